"""People as written: staff and guests, each by a name alone or with more about the person."""

from __future__ import annotations

from courseweek.diagnostics import Edit
from courseweek.model.origin import Origin
from courseweek.model.people import Guest, Staff
from courseweek.read.office_hours import HOURS, OFFICE_HOURS, read_hours
from courseweek.read.tables.fields import Field, Pairing, Shape, Table
from courseweek.read.tables.forms import by_table, either, one_or_list
from courseweek.read.tables.reader import Reader, fits_line, read_items
from courseweek.read.tables.shapes import ADDRESS, ASSET, EMAIL_ADDRESS, MARKDOWN, NAME, TEXT, matching
from courseweek.yamltext.document import Node, Scalar, Sequence

_ROLE_WORDS = matching(
    r"(?:(?:head|lead|senior|co-?|course|teaching|graduate|guest|assistant|associate|main|primary|student)[ -]*)*"
    r"(?:instructor|teacher|lecturer|professor|prof|faculty|assistant|ta|gsi|ugta|tutor|grader|reader|staff)s?\.?"
)


def _take_role(node: Node, reader: Reader) -> str | None:
    """Take what somebody does in a course, as a key above names; of several people, what one of them does."""
    role = _ROLE_WORDS.read(node, reader)
    return role if role is None else role.removesuffix("s")


_ROLE = Shape("a role", _take_role, TEXT.schema)


def _read_pronouns(node: Node, reader: Reader) -> str | None:
    """Read pronouns; a list of them is refused with the one text that is meant."""
    items = node.items if isinstance(node, Sequence) else ()
    words = [item.text.strip() for item in items if isinstance(item, Scalar)]
    if len(words) < 2 or len(words) != len(items) or not all(words):
        return TEXT.read(node, reader)
    text = "/".join(words)
    fix = (Edit(node.span, text),) if node.span.text.startswith("[") and fits_line(node) else ()
    reader.error("wrong-shape", "this must be text, not a list", node, f"write {text}", fix=fix)
    return None


# A list is refused, but belongs to this key and not to the list of the staff.
PRONOUNS = Shape("text", _read_pronouns, one_or_list(TEXT.schema), "she/her")

STAFF_NAME = Field("name", TEXT, "the person's name", required=True)
AFFILIATION = Field("affiliation", TEXT, "where the person works")
PERSON_URL = Field("url", ADDRESS, "the person's page")
STAFF = Table(
    "a member of the staff",
    STAFF_NAME,
    Field("pronouns", PRONOUNS, "how to speak of the person, such as she/her"),
    Field("role", TEXT, "what the person does, such as Instructor"),
    AFFILIATION,
    PERSON_URL,
    Field("email", EMAIL_ADDRESS, "the person's address"),
    Field("photo", ASSET, "a picture in `assets/`; its alternative text is the name"),
    Field("note", MARKDOWN, "more about the person, in Markdown"),
    OFFICE_HOURS,
    pairings=(
        Pairing(("role",), ("name",), _ROLE, shared=True),
        Pairing(("email",), ("name",), EMAIL_ADDRESS, NAME),
        Pairing(("name",), ("email",), NAME, EMAIL_ADDRESS),
        Pairing(("name",), ("url",), NAME, ADDRESS),
        Pairing(("name",), ("role",), TEXT, _ROLE),
        Pairing(("name",), ("role",), NAME, NAME),
    ),
)
STAFF_FORM = either(by_table("a member of the staff"), TEXT.schema)

GUEST_NAME = Field("name", TEXT, "the guest's name", required=True)
GUEST = Table(
    "a guest",
    GUEST_NAME,
    AFFILIATION,
    PERSON_URL,
    pairings=(Pairing(("name",), ("url",), NAME, ADDRESS), Pairing(("name",), ("affiliation",), NAME, NAME)),
)
GUEST_FORM = either(by_table("a guest"), TEXT.schema)


def read_staff(node: Node, reader: Reader) -> Staff | None:
    """Read one of those who teach."""
    if isinstance(node, Scalar):
        name = TEXT.read(node, reader)
        return None if name is None else Staff(name, Origin(node.span))
    record = reader.record(node, STAFF)
    if record is None or not record.whole(STAFF_NAME):
        return None
    return record.make(Staff, office_hours=read_items(record[OFFICE_HOURS], reader, read_hours, HOURS))


def read_guest(node: Node, reader: Reader) -> Guest | None:
    """Read one who visits a meeting."""
    if isinstance(node, Scalar):
        name = TEXT.read(node, reader)
        return None if name is None else Guest(name, Origin(node.span))
    record = reader.record(node, GUEST)
    if record is None or not record.whole(GUEST_NAME):
        return None
    return record.make(Guest)

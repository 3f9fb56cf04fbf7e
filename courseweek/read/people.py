"""People as written: staff and guests, each by a name alone or with more about the person."""

from __future__ import annotations

from courseweek.model.origin import Origin
from courseweek.model.people import Guest, OfficeHours, Staff
from courseweek.read.tables.fields import Field, Pairing, Shape, Table
from courseweek.read.tables.forms import by_table, either, one_or_list, unless
from courseweek.read.tables.reader import Reader, read_items
from courseweek.read.tables.shapes import ADDRESS, ASSET, EMAIL_ADDRESS, MARKDOWN, NAME, TEXT, matching, node_shape
from courseweek.read.tables.time_shapes import TIME_RANGE, WEEKDAYS
from courseweek.yamltext.document import Node, Scalar

_ROLE_WORDS = matching(
    r"(?:(?:head|lead|senior|co-?|course|teaching|graduate|guest|assistant|associate|main|primary|student)[ -]*)*"
    r"(?:instructor|teacher|lecturer|professor|prof|faculty|assistant|ta|gsi|ugta|tutor|grader|reader|staff)s?\.?"
)


def _take_role(node: Node, reader: Reader) -> str | None:
    """Take what somebody does in a course, as a key above names; of several people, what one of them does."""
    role = _ROLE_WORDS.read(node, reader)
    return role if role is None else role.removesuffix("s")


_ROLE = Shape("a role", _take_role, TEXT.schema)

STAFF_NAME = Field("name", TEXT, "the person's name", required=True)
AFFILIATION = Field("affiliation", TEXT, "where the person works")
PERSON_URL = Field("url", ADDRESS, "the person's page")
OFFICE_HOURS = Field(
    "office_hours",
    node_shape(one_or_list(either(by_table("office hours"), TEXT.schema))),
    "when to come: weekly times, or a text such as by appointment",
)
STAFF = Table(
    "a member of the staff",
    STAFF_NAME,
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

HOURS_DAY = Field("day", WEEKDAYS, "the day of the week")
HOURS_DAYS = Field("days", WEEKDAYS, "several days of the week")
HOURS_TIME = Field("time", TIME_RANGE, "from when to when")
HOURS_PLACE = Field("place", TEXT, "where; an address becomes a link")
HOURS = Table(
    "office hours",
    HOURS_DAY,
    HOURS_DAYS,
    HOURS_TIME,
    HOURS_PLACE,
    rules=unless("days", "day"),
    pairings=(Pairing(("day",), ("time",), WEEKDAYS, TIME_RANGE, shared=True),),
)

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
    return record.make(Staff, office_hours=read_items(record[OFFICE_HOURS], reader, _read_hours, HOURS))


def _read_hours(node: Node, reader: Reader) -> OfficeHours | None:
    if isinstance(node, Scalar):
        text = TEXT.read(node, reader)
        return None if text is None else OfficeHours(text=text)
    record = reader.record(node, HOURS)
    if record is None:
        return None
    days = tuple(sorted({*(record[HOURS_DAY] or ()), *(record[HOURS_DAYS] or ())}))
    if not days:
        if not record.strange and not {"day", "days"} & record.origin.fields.keys():
            message = "office hours need `day` or `days`"
            reader.found.error(
                "missing-key", message, record.origin.span, help="write day: and a day of the week, such as Monday"
            )
        return None
    return OfficeHours(days, record[HOURS_TIME], record[HOURS_PLACE])


def read_guest(node: Node, reader: Reader) -> Guest | None:
    """Read one who visits a meeting."""
    if isinstance(node, Scalar):
        name = TEXT.read(node, reader)
        return None if name is None else Guest(name, Origin(node.span))
    record = reader.record(node, GUEST)
    if record is None or not record.whole(GUEST_NAME):
        return None
    return record.make(Guest)

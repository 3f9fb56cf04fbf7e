"""People as written: staff and guests, each by a name alone or with more about the person."""

from __future__ import annotations

from courseweek.model.origin import Origin
from courseweek.model.people import Guest, Staff
from courseweek.read.fields import Field, Reader, Table
from courseweek.read.located import Node, Scalar
from courseweek.read.shapes import ADDRESS, ANY, TEXT

STAFF_NAME = Field("name", TEXT, "the person's name", required=True)
STAFF_ROLE = Field("role", TEXT, "what the person does, such as Instructor")
AFFILIATION = Field("affiliation", TEXT, "where the person works")
PERSON_URL = Field("url", ADDRESS, "the person's page")
STAFF = Table(
    "a member of the staff",
    STAFF_NAME,
    STAFF_ROLE,
    AFFILIATION,
    PERSON_URL,
    Field("email", ANY, "the person's address", later=True),
    Field("photo", ANY, "a picture in `assets/`", later=True),
    Field("note", ANY, "more about the person", later=True),
    Field("office_hours", ANY, "when to come", later=True),
)

GUEST_NAME = Field("name", TEXT, "the guest's name", required=True)
GUEST = Table("a guest", GUEST_NAME, AFFILIATION, PERSON_URL)


def read_staff(node: Node, reader: Reader) -> Staff | None:
    """Read one of those who teach."""
    if isinstance(node, Scalar):
        name = TEXT.read(node, reader)
        return None if name is None else Staff(name, None, None, None, Origin(node.span))
    record = reader.record(node, STAFF)
    if record is None or not record.whole(STAFF_NAME):
        return None
    name = record.need(STAFF_NAME)
    return Staff(name, record[STAFF_ROLE], record[AFFILIATION], record[PERSON_URL], record.origin)


def read_guest(node: Node, reader: Reader) -> Guest | None:
    """Read one who visits a meeting."""
    if isinstance(node, Scalar):
        name = TEXT.read(node, reader)
        return None if name is None else Guest(name, None, None, Origin(node.span))
    record = reader.record(node, GUEST)
    if record is None or not record.whole(GUEST_NAME):
        return None
    return Guest(record.need(GUEST_NAME), record[AFFILIATION], record[PERSON_URL], record.origin)

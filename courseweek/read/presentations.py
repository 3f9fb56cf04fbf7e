"""`presentations` and `presenters`: the rules, and the people at a meeting."""

from __future__ import annotations

import re

from courseweek.diagnostics import Span
from courseweek.model.presenting import Presentations, Presenter, Role
from courseweek.read.assignments import SERIES_FORM, read_series
from courseweek.read.mistakes.lost_names import report_lost_names
from courseweek.read.tables import patterns
from courseweek.read.tables.fields import Field, Record, Table
from courseweek.read.tables.forms import NOTHING, by_table, either, mapping_to, one_or_list, text
from courseweek.read.tables.reader import Reader
from courseweek.read.tables.shapes import ADDRESS, MARKDOWN, TEXT, choice_of, count_shape, node_shape, text_shape
from courseweek.read.values.names import fold_name, report_twice
from courseweek.yamltext.document import Mapping, Node, Scalar, Sequence

ROLES = Field(
    "roles", node_shape(one_or_list(either(by_table("a role"), TEXT.schema))), "the roles that presenters hold"
)
PRESENTERS_GROUP = Field(
    "group",
    text_shape(text("a size such as 2 or 2-3", patterns.GROUP, also=("number",))),
    "how many students give one presentation, such as 2-3",
)
EACH_STUDENT = Field(
    "each_student", node_shape(by_table("each_student")), "how often each presents, and in which roles"
)
PRESENTATIONS_EACH = Field(
    "each", node_shape(SERIES_FORM), "the meetings with presentations; by default those with required readings"
)
SIGN_UP = Field("sign_up", ADDRESS, "where students sign up")
PRESENTERS_FILE = Field("presenters", TEXT, "a CSV file beside syllabus.yaml with the columns name, meeting, role")
PRESENTATIONS_NOTE = Field("note", MARKDOWN, "a remark, in Markdown")
PRESENTATIONS = Table(
    "presentations",
    ROLES,
    PRESENTERS_GROUP,
    EACH_STUDENT,
    PRESENTATIONS_EACH,
    SIGN_UP,
    PRESENTERS_FILE,
    PRESENTATIONS_NOTE,
)

ROLE_NAME = Field("name", TEXT, "the role's name", required=True)
ROLE_NOTE = Field("note", TEXT, "what the role asks for")
ROLE = Table("a role", ROLE_NAME, ROLE_NOTE)

AT_LEAST = Field("at_least", count_shape(99), "how often")
STUDENT_ROLES = Field("roles", choice_of("different", "any"), "`different`: in another role each time")
EACH_STUDENT_TABLE = Table("each_student", AT_LEAST, STUDENT_ROLES)

_NAMES = one_or_list(TEXT.schema, NOTHING)
PRESENTERS_FORM = either(_NAMES, mapping_to("names by role", either(_NAMES, NOTHING)))


def read_presentations(node: Node | None, reader: Reader) -> tuple[Presentations | None, tuple[str, Span] | None]:
    """Return the rules, and the name and place of the presenters file, or None for each that is missing."""
    if node is None:
        return None, None
    record = reader.record(node, PRESENTATIONS)
    if record is None:
        return None, None
    roles = _read_roles(record[ROLES], reader)
    reader.roles = frozenset(role.name for role in roles)
    student = _read_each_student(record[EACH_STUDENT], reader)
    rules = Presentations(
        roles=roles,
        group=_read_group(record, reader),
        at_least=student[AT_LEAST] if student is not None else None,
        different=student is not None and student[STUDENT_ROLES] == "different",
        each=read_series(record[PRESENTATIONS_EACH], reader),
        sign_up=record[SIGN_UP],
        note=record[PRESENTATIONS_NOTE],
        listed=(),
        origin=record.origin,
    )
    name = record[PRESENTERS_FILE]
    return rules, (name, record.origin.of("presenters")) if name is not None else None


def _read_each_student(node: Node | None, reader: Reader) -> Record | None:
    return None if node is None else reader.record(node, EACH_STUDENT_TABLE)


def _read_roles(node: Node | None, reader: Reader) -> tuple[Role, ...]:
    if node is None:
        return ()
    found: list[Role] = []
    places: list[Span] = []
    for item in node.items if isinstance(node, Sequence) else (node,):
        if isinstance(item, Scalar):
            name = TEXT.read(item, reader)
            found += [] if name is None else [Role(fold_name(name), None)]
            places += [] if name is None else [item.span]
            continue
        record = reader.record(item, ROLE)
        if record is not None and record.whole(ROLE_NAME):
            found.append(Role(fold_name(record.need(ROLE_NAME)), record[ROLE_NOTE]))
            places.append(record.origin.of("name"))
    report_twice([(role.name, place) for role, place in zip(found, places, strict=True)], "role", reader.found)
    return tuple(found)


def _read_group(record: Record, reader: Reader) -> tuple[int, int] | None:
    text = record[PRESENTERS_GROUP]
    if text is None:
        return None
    match = re.fullmatch(r"(\d{1,2})(?:\s*(?:-|–|to)\s*(\d{1,2}))?", text)
    if match is None or int(match[2] or match[1]) < int(match[1]) or int(match[1]) < 1:
        reader.found.error(
            "bad-value", f"`{text}` is not a group size", record.origin.of("group"), help="write 2 or 2-3"
        )
        return None
    return int(match[1]), int(match[2] or match[1])


def read_presenters(node: Node | None, reader: Reader) -> tuple[Presenter, ...]:
    """Return the presenters at a meeting: names by role, or a list of names."""
    if node is None:
        return ()
    if report_lost_names(node, reader):
        return ()
    if not isinstance(node, Mapping):
        return tuple(_names(node, None, None, reader))
    found: list[Presenter] = []
    for key, value in node.entries:
        found += _names(value, fold_name(key.text), key.span, reader)
    return tuple(found)


def _names(node: Node, role: str | None, role_span: Span | None, reader: Reader) -> list[Presenter]:
    found = []
    for item in node.items if isinstance(node, Sequence) else (node,):
        if isinstance(item, Scalar) and item.empty:
            continue
        scalar = reader.scalar(item, "a name")
        if scalar is not None:
            found.append(Presenter(fold_name(scalar.text), role, None, scalar.span, None, role_span))
    return found

"""`presentations` and `presenters`: the rules, the people at a meeting, and a table exported from a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from courseweek.diagnostics import Source, Span
from courseweek.model.presenting import Presentations, Presenter, Role
from courseweek.read import patterns
from courseweek.read.assignments import SERIES_FORM, read_series
from courseweek.read.fields import Field, Reader, Record, Table
from courseweek.read.fragments import NOTHING, by_table, either, mapping_to, one_or_list, text
from courseweek.read.located import Mapping, Node, Scalar, Sequence
from courseweek.read.shapes import ADDRESS, MARKDOWN, TEXT, choice_of, count_shape, node_shape, text_shape

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

COLUMNS = ("name", "meeting", "role")
LARGEST_TABLE = 400_000
"""Characters in the table of presenters: a larger one is refused."""
MOST_ROWS = 2_000
"""Rows of it that name somebody: more are refused."""
CSV_HELP = "write a quote inside of quotes twice, or export the table anew as CSV"


def read_presentations(node: Node | None, reader: Reader) -> tuple[Presentations | None, tuple[str, Span] | None]:
    """Return the rules, and the name and place of the file of presenters, each None where there is none."""
    if node is None:
        return None, None
    record = reader.record(node, PRESENTATIONS)
    if record is None:
        return None, None
    student = _read_each_student(record[EACH_STUDENT], reader)
    rules = Presentations(
        roles=_read_roles(record[ROLES], reader),
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
    for item in node.items if isinstance(node, Sequence) else (node,):
        if isinstance(item, Scalar):
            name = TEXT.read(item, reader)
            found += [] if name is None else [Role(name, None)]
            continue
        record = reader.record(item, ROLE)
        if record is not None and record.whole(ROLE_NAME):
            found.append(Role(record.need(ROLE_NAME), record[ROLE_NOTE]))
    return tuple(found)


def _read_group(record: Record, reader: Reader) -> tuple[int, int] | None:
    text = record[PRESENTERS_GROUP]
    if text is None:
        return None
    match = re.fullmatch(r"(\d{1,2})(?:\s*(?:-|–|to)\s*(\d{1,2}))?", text)
    if match is None or int(match[2] or match[1]) < int(match[1]) or int(match[1]) < 1:
        reader.found.error(
            "bad-value", f"`{text}` is no size of a group", record.origin.of("group"), help="write 2 or 2-3"
        )
        return None
    return int(match[1]), int(match[2] or match[1])


def read_presenters(node: Node | None, reader: Reader) -> tuple[Presenter, ...]:
    """Return the presenters at a meeting: names by role, or a list of names."""
    if node is None:
        return ()
    if not isinstance(node, Mapping):
        return tuple(_names(node, None, None, reader))
    found: list[Presenter] = []
    for key, value in node.entries:
        found += _names(value, " ".join(key.text.split()), key.span, reader)
    return tuple(found)


def _names(node: Node, role: str | None, role_span: Span | None, reader: Reader) -> list[Presenter]:
    found = []
    for item in node.items if isinstance(node, Sequence) else (node,):
        if isinstance(item, Scalar) and item.empty:
            continue
        scalar = reader.scalar(item, "a name")
        if scalar is not None:
            found.append(Presenter(" ".join(scalar.text.split()), role, None, scalar.span, None, role_span))
    return found


def read_presenters_file(source: Source, reader: Reader) -> tuple[Presenter, ...]:
    """Return the presenters of a CSV file (RFC 4180) with the columns `name`, `meeting` and `role` in any order.

    Empty rows, and rows without a name (a slot that is open), are passed over.
    """
    if len(source.text) > LARGEST_TABLE:
        message = f"the table of presenters has more than {LARGEST_TABLE:,} characters"
        reader.found.error("too-large", message, source.whole(), help="delete the rows of other terms")
        return ()
    # A line of CSV ends at LF, CRLF or a lone CR.
    starts = [0, *(match.end() for match in re.finditer(r"\r\n?|\n", source.text)), len(source.text) + 1]
    lines = starts[1:]
    header = next((line for line in re.split(r"[\r\n]+", source.text) if line.strip()), "")
    delimiter = ";" if header.count(";") > header.count(",") else ","
    rows = csv.reader(io.StringIO(source.text, newline=""), delimiter=delimiter, strict=True)
    columns: dict[str, int] | None = None
    found: list[Presenter] = []
    number = 0
    try:
        for cells in rows:
            begin, number = starts[min(number, len(lines))], rows.line_num
            end = starts[min(number, len(lines))] - 1
            if not any(cell.strip() for cell in cells):
                continue
            if columns is None:
                columns = _read_header(cells, source.span(begin, max(begin, end)), reader)
                if columns is None:
                    return ()
                continue
            if len(found) >= MOST_ROWS:
                message = f"the table holds more than {MOST_ROWS:,} presenters"
                reader.found.error("too-many", message, source.span(begin, begin + 1), help="divide the course")
                break
            found += _read_row(cells, columns, source, begin, max(begin, end), reader)
    except csv.Error as error:
        at = starts[min(rows.line_num - 1, len(lines) - 1)]
        reader.found.error("malformed", f"this is not CSV: {error}", source.span(at, at + 1), help=CSV_HELP)
    return tuple(found)


def _read_header(cells: list[str], span: Span, reader: Reader) -> dict[str, int] | None:
    names = [cell.strip().lower() for cell in cells]
    for name in names:
        if name and name not in COLUMNS:
            near = reader.found.suggest(name, COLUMNS)
            reader.found.warning(
                "unknown-key",
                f"the column `{name}` is left out",
                span,
                help=f"did you mean `{near}`?" if near else "the columns are name, meeting, role",
            )
    for wanted in ("name", "meeting"):
        if wanted not in names:
            reader.found.error(
                "missing-key",
                f"the table of presenters needs a column `{wanted}`",
                span,
                help="begin it with name,meeting,role",
            )
            return None
    return {name: names.index(name) for name in COLUMNS if name in names}


def _read_row(
    cells: list[str], columns: dict[str, int], source: Source, begin: int, end: int, reader: Reader
) -> list[Presenter]:
    places = list(_find_cells(cells, source, begin, end))

    def cell(column: str) -> str:
        index = columns.get(column)
        return " ".join(cells[index].split()) if index is not None and index < len(cells) else ""

    def place(column: str) -> Span:
        index = columns.get(column)
        return places[index] if index is not None and index < len(cells) else source.span(begin, end)

    name, meeting, role = cell("name"), cell("meeting"), cell("role")
    if not name:
        return []
    if not meeting:
        reader.found.error(
            "missing-key", f"`{name}` has no meeting", place("name"), help="write the meeting's id in its column"
        )
        return []
    return [Presenter(name, role or None, meeting, place("name"), place("meeting"), place("role"))]


def _find_cells(cells: list[str], source: Source, begin: int, end: int) -> Iterator[Span]:
    """Yield the place of each cell of a row: one after the other, so that `a` is not found in a name before it."""
    at = begin
    for cell in cells:
        text = cell.strip()
        found = source.text.find(text, at, end)
        yield source.span(found, found + len(text)) if text and found >= 0 else source.span(begin, end)
        at = found + len(text) if found >= 0 else at

"""A table of presenters, as a spreadsheet exports it (RFC 4180), with the place of each cell."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from courseweek.diagnostics import Source, Span
from courseweek.model.presenting import Presenter
from courseweek.read.tables.reader import Reader
from courseweek.read.values.names import fold_name
from courseweek.regex import lazy_pattern
from courseweek.yamltext.slips.conflicts import find_conflict_in_rows

COLUMNS = ("name", "meeting", "role")
LARGEST_TABLE = 400_000
"""Characters in the table of presenters: a larger one is refused."""
MOST_ROWS = 2_000
"""Rows of it: more are refused."""
_SIGNS = {",": "comma", ";": "semicolon", "\t": "tab"}
CSV_HELP = "double each quote inside quotes, or export the table as CSV again"
# The line by which some spreadsheets say what divides the cells.
_SEPARATOR = lazy_pattern(r"[ \t]*\"?sep=([,;\t|])\"?[ \t]*(?:\r\n?|\n|$)", re.IGNORECASE)


def read_presenters_file(source: Source, reader: Reader) -> tuple[Presenter, ...]:
    """Return the presenters of a CSV file with the columns `name`, `meeting` and `role` in any order.

    Empty rows are passed over; a row without a name (a place that is open) gives a presenter without one.
    """
    if len(source.text) > LARGEST_TABLE:
        message = f"the table of presenters has more than {LARGEST_TABLE:,} characters"
        reader.found.error("too-large", message, source.whole(), help="delete the rows of other terms")
        return ()
    text = source.text
    conflict = find_conflict_in_rows(source)
    if conflict is not None:
        reader.found.add(conflict[0])
        text = conflict[1]
    # A line of CSV ends at LF, CRLF or a lone CR.
    separator = _SEPARATOR.match(source.text)
    begin = separator.end() if separator else 0
    lines = [match.end() for match in re.finditer(r"\r\n?|\n", source.text) if match.end() > begin]
    starts = [begin, *lines, len(source.text) + 1]
    lines = starts[1:]
    delimiter = separator[1] if separator else _find_delimiter(text)
    rows = csv.reader(io.StringIO(text[begin:], newline=""), delimiter=delimiter, strict=True)
    columns: dict[str, int] | None = None
    width = 0
    found: list[Presenter] = []
    number = 0
    try:
        for cells in rows:
            begin, number = starts[min(number, len(lines))], rows.line_num
            end = max(begin, starts[min(number, len(lines))] - 1)
            if not any(cell.strip() for cell in cells):
                continue
            places = list(_find_cells(cells, source, begin, end))
            if columns is None:
                columns, width = _read_header(cells, places, source.span(begin, end), reader), len(cells)
                if columns is None:
                    return ()
            elif len(found) >= MOST_ROWS:
                message = f"the table has more than {MOST_ROWS:,} presenters"
                reader.found.error(
                    "too-many", message, source.span(begin, begin + 1), help="split the course into several"
                )
                break
            elif not _report_surplus(cells, places, width, reader):
                found += _read_row(cells, columns, places, source.span(begin, end), reader)
    except csv.Error as error:
        message, place = _explain(
            str(error), source, starts[min(number, len(lines))], starts[min(rows.line_num, len(lines))]
        )
        reader.found.error("malformed", message, place, help=CSV_HELP)
    return tuple(found)


def _explain(problem: str, source: Source, begin: int, end: int) -> tuple[str, Span]:
    """Return what is wrong with the quotes of a row that begins here, and where: the csv module says neither."""
    row = source.text[begin:end]
    if "end of data" in problem:
        at = begin + max(0, row.find('"'))
        return "a quote in this row is never closed", source.span(at, at + 1)
    after = re.search(r'(?<=[^,;\t"])"(?=[^,;\t"\r\n])', row)
    if after is not None:
        at = begin + after.start()
        return "the text ends at this quote, but more follows", source.span(at, at + 1)
    return "this row can't be read", source.span(begin, begin + 1)


def _find_delimiter(text: str) -> str:
    """Return what divides the cells: the comma, unless the first line has more semicolons or tabs."""
    header = next((line for line in re.split(r"[\r\n]+", text) if line.strip()), "")
    return max(",;\t", key=header.count)


def _read_header(cells: list[str], places: list[Span], line: Span, reader: Reader) -> dict[str, int] | None:
    names = [fold_name(cell).lower() for cell in cells]
    for at, name in enumerate(names):
        if name and name not in COLUMNS:
            near = reader.found.suggest(name, COLUMNS)
            help = f"did you mean `{near}`?" if near else "the columns are name, meeting, role"
            reader.found.warning("unknown-key", f"the column `{name}` is ignored", places[at], help=help)
        elif name and name in names[:at]:
            other = (places[names.index(name)], "the first one is here")
            help = "keep one of the two, or rename the other"
            reader.found.error("duplicate-key", f"there are two columns `{name}`", places[at], help=help, other=other)
    for wanted in ("name", "meeting"):
        if wanted not in names:
            message = f"the table of presenters needs a column `{wanted}`"
            reader.found.error("missing-key", message, line, help="make the first line name,meeting,role")
            return None
    return {name: names.index(name) for name in COLUMNS if name in names}


def _report_surplus(cells: list[str], places: list[Span], width: int, reader: Reader) -> bool:
    """Return whether a row has more cells than the table has columns; report it if so."""
    surplus = next((at for at in range(width, len(cells)) if cells[at].strip()), None)
    if surplus is None:
        return False
    message = f"this row has {len(cells)} cells, but the table has {width} columns"
    more = sum(1 for cell in cells[width:] if cell.strip())
    whole = places[0].source.text[places[0].start : places[more].end].replace('"', "")
    sign = next((word for sign, word in _SIGNS.items() if sign in whole), "sign between the cells")
    help = f'put quotes around text that contains a {sign}, perhaps "{whole}"'
    reader.found.error("surplus-cell", message, places[surplus], help=help)
    return True


def _read_row(
    cells: list[str], columns: dict[str, int], places: list[Span], line: Span, reader: Reader
) -> list[Presenter]:
    def cell(column: str) -> str:
        index = columns.get(column)
        return fold_name(cells[index]) if index is not None and index < len(cells) else ""

    def place(column: str) -> Span:
        index = columns.get(column)
        return places[index] if index is not None and index < len(cells) else line

    name, meeting, role = cell("name"), cell("meeting"), cell("role")
    if name and not meeting:
        help = "write the meeting's id in its column"
        reader.found.error("missing-key", f"`{name}` has no meeting", place("name"), help=help)
    if not meeting:
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

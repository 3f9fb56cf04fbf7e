"""Where the lines of a new reading go: the reader finds it in the list that it is meant for, and nothing is wrong."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from courseweek.contributing.list_ends import ListEnd, find_list_end
from courseweek.diagnostics import Diagnostics, Source
from courseweek.model.reading import Reading, ReadingList
from courseweek.read.reading_lists import read_readings
from courseweek.read.tables.reader import Reader


@dataclass(frozen=True)
class Case:
    """A file, and the lines at which a required and an optional reading of `knots` go; None where none can go."""

    text: str
    required: int | None
    optional: int | None


FILES = {
    "an empty file": Case("", 0, 0),
    "comments": Case("# Readings\n\n", 1, 1),
    "another meeting": Case("links:\n  required:\n    - X\n", 3, 3),
    "no line end": Case("links:\n  required:\n    - X", 3, 3),
    "both": Case("knots:\n  required:\n    - X\n  optional:\n    - Y\n\nlinks: [Z]\n", 3, 5),
    "optional first": Case("knots:\n  optional:\n    - Y\n  required:\n    - X\n", 5, 3),
    "only required": Case("knots:\n  required:\n    - title: X\n      year: 2020\n\n# End\n", 4, 4),
    "only optional": Case("knots: # ours\n  optional: # more\n    - X\n", 3, 3),
    "a name without a list": Case("knots:\n  required:\n  optional:\n    - X\n", 2, 4),
    "a meeting without a list": Case("knots:\nlinks: [X]\n", 1, 1),
    "a list": Case("knots:\n  - X\n  - title: Y\n    note: |\n      # text\n\n      more\nlinks: [Z]\n", 7, 7),
    "a list at the margin": Case("knots:\n- X\n- title: Y\n  year: 2020\nlinks: [Z]\n", 4, None),
    "flush lists": Case("knots:\n  required:\n  - X\n  - title: Y\n    year: 2020\n  optional:\n  - Z\n", 5, 7),
    "quoted names": Case("knots:\n  'required' :\n    - X\n  \"optional\": # more\n    - Y\n", 3, 5),
    "four spaces": Case("knots:\n    required:\n        - X\n", 3, 3),
    "headings": Case("knots:\n  required:\n    First:\n      - X\n    Then:\n      - Y\n  optional: [Z]\n", 6, None),
    "flush headings": Case("knots:\n  required:\n    First:\n    - X\n    Then:\n    - Y\n", 6, 6),
    "comments inside": Case(
        "knots:\n  # first\n  required:\n    # here\n    - X\n  # then\n  optional:\n    - Y\n", 6, 8
    ),
    "a quoted id": Case('"knots":\n  required:\n    - X\n', 3, 3),
    "words of lists in a text": Case("knots:\n  required:\n    - note: |\n        optional:\n      title: X\n", 5, 5),
    "CR LF": Case("knots:\r\n  required:\r\n    - X\r\nlinks:\r\n  - Y\r\n", 3, 3),
    "brackets": Case("knots: [X]\n", None, None),
    "braces": Case("{links: [X]}\n", None, None),
    "Markdown": Case("knots:\n  required: |\n    - [X](https://example.org/x)\n", None, 3),
    "one text": Case("knots:\n  required: X\n", None, 2),
}


def read(text: str) -> tuple[dict[str, ReadingList], list[str]]:
    found = Diagnostics()
    lists = read_readings(Source("readings.yaml", text), Reader(found)).by_meeting
    return lists, [each.message for each in found]


def insert(text: str, place: ListEnd, lines: list[str]) -> str:
    """Return the file with these lines at a place, as its user types them."""
    written = text.splitlines()
    written[place.line : place.line] = [*place.before, *(" " * place.indent + line for line in lines)]
    if place.first is not None:
        written.insert(place.first_line, place.first)
    return "\n".join(written) + "\n"


def titles(listed: ReadingList, *, required: bool) -> list[str]:
    groups = listed.required if required else listed.optional
    return [each.title for group in groups for each in group.entries if isinstance(each, Reading)]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("required", [True, False])
def test_a_reading_goes_to_the_end_of_its_list(name: str, required: bool) -> None:
    case = FILES[name]
    before, messages = read(case.text)
    assert messages == []
    listed = before.get("knots")
    place = find_list_end(Source("readings.yaml", case.text), listed, "knots", required=required)
    assert (None if place is None else place.line) == (case.required if required else case.optional)
    if place is None:
        return
    after, messages = read(insert(case.text, place, ['- title: "New"', "  year: 2027"]))
    assert messages == []
    known = {True: [], False: []} if listed is None else {each: titles(listed, required=each) for each in (True, False)}
    known[required].append("New")
    assert {each: titles(after["knots"], required=each) for each in (True, False)} == known
    assert {id: each for id, each in after.items() if id != "knots"} == {
        id: each for id, each in before.items() if id != "knots"
    }


@pytest.mark.parametrize("id", ["no", "null", "2027", "a_b", "été", "-x", "week-1"])
def test_each_id_can_be_written(id: str) -> None:
    place = find_list_end(Source("readings.yaml", ""), None, id, required=False)
    assert place is not None
    after, messages = read(insert("", place, ['- "New"']))
    assert (messages, titles(after[id], required=False)) == ([], ["New"])

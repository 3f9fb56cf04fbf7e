"""`readings.yaml`: all spellings of a list, and what a reading becomes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from courseweek.model.reading import Entries, Reading, Reuse
from courseweek.read.readings import year_of_venue
from courseweek.read.values.inline_markdown import find_link, plain_text
from tests.mini import Mini, read_mini, term

SYLLABUS = term("starts: 2027-01-25\nends: 2027-05-10\nmeets: {day: Monday}")


def read(folder: Path, text: str, files: Mapping[str, str] | None = None) -> Mini:
    return read_mini(folder, SYLLABUS, text, files)


def shown(groups: tuple[Entries, ...]) -> list[object]:
    """Return headings with the titles, or the ids of what is reused, below them."""
    return [
        (each.heading, [entry.title if isinstance(entry, Reading) else f"={entry.id}" for entry in each.entries])
        for each in groups
    ]


def only(mini: Mini) -> Reading:
    assert mini.found == []
    assert mini.course is not None
    (group,) = mini.course.reading_lists["a"].required
    (entry,) = group.entries
    assert isinstance(entry, Reading)
    return entry


SPELLINGS: dict[str, tuple[list[object], list[object]]] = {
    "a: [{title: X}, Y]": ([(None, ["X", "Y"])], []),
    "a: X": ([(None, ["X"])], []),
    "a:": ([], []),
    "a: {required: [{title: X}], optional: [Y]}": ([(None, ["X"])], [(None, ["Y"])]),
    "a: {required: X, optional: }": ([(None, ["X"])], []),
    "a: |\n  - X\n  - Y\n": ([(None, ["X", "Y"])], []),
    "a: |\n  * X\n  + Y\n": ([(None, ["X", "Y"])], []),
    "a: |\n  Only X\n": ([], []),
    "a: |\n  - X\n    goes on\n\n  - Y\n": ([(None, ["X goes on", "Y"])], []),
    "a: |\n   - X\n   - Y\n": ([(None, ["X", "Y"])], []),
    "a:\n  required: |\n    - X\n  optional: |\n    - Y\n    - Z\n": ([(None, ["X"])], [(None, ["Y", "Z"])]),
    "a:\n  optional:\n    Choose one:\n      - X\n      - {reuse: y}\n    More: |\n      - Z\n    Empty:\n": (
        [],
        [("Choose one", ["X", "=y"]), ("More", ["Z"])],
    ),
    "a: ['[Delta](https://example.org/d) is the layer']": ([(None, ["Delta"])], []),
}


@pytest.mark.parametrize("text", SPELLINGS)
def test_spellings(text: str, tmp_path: Path) -> None:
    mini = read(tmp_path, text + "\n")
    assert mini.course is not None
    found = mini.course.reading_lists["a"]
    expected = SPELLINGS[text]
    if "Only" in text:
        assert mini.found == ["error[not-a-bullet]: each line of pasted readings begins with `- `"]
    else:
        assert mini.found == []
        assert (shown(found.required), shown(found.optional)) == expected


def test_a_reading_in_full(tmp_path: Path) -> None:
    reading = only(
        read(
            tmp_path,
            """
            a:
              - title: "Lakehouse: A New Generation"
                id: lakehouse
                url: http://example.org/paper.pdf
                authors: [Ada Example, Bo Example]
                venue: CIDR 2021
                award: Best paper
                doi: https://doi.org/10.1145/2723372.2742797
                arxiv: arXiv:2005.14160v2
                pages: 3-7
                note: Read *all*.
                access: Campus
                kind: talk
                links: {Free copy: copy.pdf, Slides: https://example.org/s.pdf, Video: }
            """,
            {"assets/copy.pdf": "%PDF"},
        )
    )
    assert (reading.id, reading.title, reading.url) == (
        "lakehouse", "Lakehouse: A New Generation", "http://example.org/paper.pdf",
    )  # fmt: skip
    assert reading.authors == ("Ada Example", "Bo Example")
    assert (reading.venue, reading.year, reading.award, reading.pages) == ("CIDR 2021", 2021, "Best paper", "3-7")
    assert (reading.doi, reading.arxiv) == ("10.1145/2723372.2742797", "2005.14160v2")
    assert (reading.note, reading.access, reading.kind, reading.markdown) == ("Read *all*.", "campus", "talk", None)
    assert [(each.label, each.url, each.asset) for each in reading.links] == [
        ("Free copy", "copy.pdf", True),
        ("Slides", "https://example.org/s.pdf", False),
        ("Video", None, False),
    ]


ADDRESSES = {
    "arxiv: 2005.14160": "https://arxiv.org/abs/2005.14160",
    "arxiv: cs.LG/0102003": "https://arxiv.org/abs/cs.LG/0102003",
    "arxiv: https://arxiv.org/pdf/2005.14160.pdf": "https://arxiv.org/abs/2005.14160",
    "doi: 10.1145/2723372.2742797": "https://doi.org/10.1145/2723372.2742797",
    "doi: 10.1002/(SICI)1097-0258(19980815)17:15<1661::AID>3.0.CO;2-2": (
        "https://doi.org/10.1002/(SICI)1097-0258(19980815)17:15%3C1661::AID%3E3.0.CO;2-2"
    ),
    "doi: 10.1145/1, arxiv: 2005.14160": "https://doi.org/10.1145/1",
    "doi: 10.1145/1, url: https://example.org/x": "https://example.org/x",
    "url: tel:+123": "tel:+123",
    "kind: book": None,
}


@pytest.mark.parametrize("fields", ADDRESSES)
def test_addresses(fields: str, tmp_path: Path) -> None:
    text = "a:\n  - title: X\n" + "".join(f"    {field}\n" for field in fields.split(", "))
    assert only(read(tmp_path, text)).url == ADDRESSES[fields]


YEARS = {
    "CIDR 2021": 2021, "SC'21": 2021, "ICLR’18": 2018, "NeurIPS (2019)": 2019, "CACM '08": 2008, "STOC'71": 1971,
    "VLDB 1999": 1999, "Nature": None, "ICML 20": None, "2020 Symposium": None, "Proc. 12021": None,
    "SIGRAPH, 2016": 2016,
}  # fmt: skip


@pytest.mark.parametrize("venue", YEARS)
def test_the_year_that_ends_a_venue(venue: str) -> None:
    assert year_of_venue(venue) == YEARS[venue]


def test_a_written_year_wins(tmp_path: Path) -> None:
    assert only(read(tmp_path, "a: [{title: X, venue: CIDR 2021, year: 2020}]")).year == 2020


def test_a_line_is_kept_as_written(tmp_path: Path) -> None:
    line = "See **[Mixed _precision_](https://example.org/m.pdf)** [ICLR'18], sections 1 to 4"
    reading = only(read(tmp_path, f'a:\n  - "{line}"\n'))
    assert (reading.markdown, reading.title, reading.url) == (line, "Mixed precision", "https://example.org/m.pdf")


def test_a_reuse(tmp_path: Path) -> None:
    mini = read(tmp_path, "a: [{reuse: x, note: Again., pages: '5'}]\n")
    assert mini.course is not None
    (group,) = mini.course.reading_lists["a"].required
    (entry,) = group.entries
    assert isinstance(entry, Reuse)
    assert (entry.id, entry.note, entry.pages) == ("x", "Again.", "5")


LINKS = {
    "[a](b)": ("a", "b"),
    "x [a b](https://e.org/x(1)) [c](d)": ("a b", "https://e.org/x(1)"),
    "[a [ICLR'18]](b)": ("a [ICLR'18]", "b"),
    "[a](<b c> 'title')": ("a", "b c"),
    "[a](b 'title')": ("a", "b"),
    "[note] then [a](b)": ("a", "b"),
    "![picture](p.png) [a](b)": ("a", "b"),
    "`[x](y)` [a](b)": ("a", "b"),
    "``[x](`y)`` [a](b)": ("a", "b"),
    r"\[x](y) [a](b)": ("a", "b"),
    "<https://e.org/x> [a](b)": ("https://e.org/x", "https://e.org/x"),
    "<b>[a](b)</b>": ("a", "b"),
    "[a]()": ("a", ""),
    "[a](b": None,
    "[a] (b)": None,
    "no link": None,
    "": None,
}


@pytest.mark.parametrize("text", LINKS)
def test_the_first_link(text: str) -> None:
    assert find_link(text) == LINKS[text]


PLAIN = {
    "**bold** and *it*": "bold and it",
    "__init__": "init",
    "snake_case_name": "snake_case_name",
    "2 * 3 * 4": "2 * 3 * 4",
    "`code *x*` y": "code x y",
    r"\*stars\*": "*stars*",
    "[a](b) c": "a c",
    "![pic](p.png) x": "pic x",
    "*open": "*open",
    "C++ & <b>": "C++ & <b>",
}


@pytest.mark.parametrize("text", PLAIN)
def test_plain_words(text: str) -> None:
    assert plain_text(text) == PLAIN[text]


FLOODS = [
    "[" * 4000, "[](" * 1300, "[a](" * 1000, "*a " * 1300, "_" * 4000, "`" * 3999 + "a", "![" * 2000, "\\" * 4000,
    "[" * 2000 + "]" * 2000, "(" * 2000 + ")" * 2000, "` `` " * 800, "<http:" * 600, "*" * 4000, "[a]" * 1300,
]  # fmt: skip


def test_floods_are_read_or_refused(tmp_path: Path) -> None:
    text = "a:\n" + "".join(f"  - '{flood}'\n" for flood in FLOODS) * 5
    mini = read(tmp_path, text)
    assert {each.partition(":")[0] for each in mini.found} <= {"error[too-many]"}


MISTAKES = {
    "a: {title: X}": ["error[wrong-shape]: a reading must be an item of a list"],
    "a: {required: {title: X}}": ["error[wrong-shape]: a reading must be an item of a list"],
    "a: {required: {reuse: x}}": ["error[wrong-shape]: a reading must be an item of a list"],
    "a: {Background: [X]}": ["error[unknown-key]: a reading list has no key `Background`"],
    "a: {requierd: [X]}": ["error[unknown-key]: a reading list has no key `requierd`"],
    "a: [{title: X, urll: y}]": ["error[unknown-key]: a reading has no key `urll`"],
    "a: [{url: 'https://example.org'}]": ["error[missing-key]: a reading needs `title`"],
    "a: [{title: }]": ["error[missing-key]: `title` of a reading is empty"],
    "a: [{title: X, year: '21'}]": ["error[bad-value]: `21` is not a year"],
    "a: [{title: X, access: public}]": ["error[bad-value]: `public` is not open, campus or login"],
    "a: [{title: X, links: {Slides: x.pdf}}]": ["error[missing-file]: there is no file `assets/x.pdf`"],
    "[X]": ["error[wrong-shape]: readings.yaml must have a list for each meeting, under the meeting's id"],
    "\u00e9: [X]\ne\u0301: [Y]": ["error[duplicate-key]: `\u00e9` is written twice"],
    "a: ['" + "x" * 4001 + "']": ["error[too-long]: this line has more than 4,000 characters"],
    "a: ['[x](javascript:alert)']": ["error[bad-scheme]: a link can't begin with `javascript:`"],
    "a: ['[x]()']": ["error[bad-address]: `` is not an address"],
}


@pytest.mark.parametrize("text", MISTAKES)
def test_mistakes(text: str, tmp_path: Path) -> None:
    assert read(tmp_path, text + "\n").found == MISTAKES[text]


def test_places_of_pasted_bullets(tmp_path: Path) -> None:
    mini = read(tmp_path, "a: |\n    - [x](javascript:a)\n    - fine\n    - [y](javascript:b)\n")
    assert [(each.span.line, each.span.column, each.span.text) for each in mini.diagnostics] == [
        (2, 11, "javascript:a"),
        (4, 11, "javascript:b"),
    ]

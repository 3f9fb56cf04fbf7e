"""Front matter that is nearly right: one error that shows the block, and its keys are read all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseweek.fixes import apply_fixes
from tests.mini import Mini, date_mini

SYLLABUS = """\
course: Knots
term: {starts: 2027-01-25, ends: 2027-02-08, timezone: America/Los_Angeles, meets: {day: Monday}}
schedule: [{topic: Knots, id: knots}, {topic: Links, id: links}, {topic: Braids, id: braids}]
"""
READINGS = "knots:\n  - title: Hitches\n"
RIGHT = "---\nreading: hitches\n---\nText.\n"
BLOCK = "write it at the top of the file:\n---\nreading: hitches\n---"
TWO = "---\ntitle: On hitches\nreading: hitches\n---\n"


def check(text: str, folder: Path, name: str = "notes/n") -> Mini:
    path = folder / "content" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    mini = date_mini(folder, SYLLABUS, READINGS) if not text else None
    path.write_text(text, encoding="utf-8", newline="")
    return mini or date_mini(folder, SYLLABUS, READINGS)


OPENS = "a line of three hyphens opens front matter, not `{}`"
CLOSES = "a line of three hyphens closes front matter, not `{}`"
# What is written, the message, the remedy, and the file after the fix.
NEARLY = {
    "below a heading": (
        "# On hitches\n\n---\nreading: hitches\n---\nText.\n",
        "front matter must begin on the first line",
        BLOCK,
        "---\nreading: hitches\n---\n# On hitches\nText.\n",
    ),
    "below empty lines": (
        "\n \n" + RIGHT,
        "front matter must begin on the first line",
        "delete the empty lines above `---`",
        RIGHT,
    ),
    "four hyphens": ("----\nreading: hitches\n----\nText.\n", OPENS.format("----"), BLOCK, RIGHT),
    "two hyphens": ("--\nreading: hitches\n--\nText.\n", OPENS.format("--"), BLOCK, RIGHT),
    "stars": ("***\nreading: hitches\n***\nText.\n", OPENS.format("***"), BLOCK, RIGHT),
    "plus signs": ("+++\nreading: hitches\n+++\nText.\n", OPENS.format("+++"), BLOCK, RIGHT),
    "the dash of a phone": ("—-\nreading: hitches\n—-\nText.\n", OPENS.format("—-"), BLOCK, RIGHT),
    "a long dash": ("—\nreading: hitches\n—\nText.\n", OPENS.format("—"), BLOCK, RIGHT),
    "a wrong end": ("---\nreading: hitches\n—-\nText.\n", CLOSES.format("—-"), "write --- in its place", RIGHT),
    "a wrong end above a line": (
        "---\nreading: hitches\n----\nText.\n\n---\n\nMore.\n",
        CLOSES.format("----"),
        "write --- in its place",
        "---\nreading: hitches\n---\nText.\n\n---\n\nMore.\n",
    ),
    "in a fence of code": (
        "```yaml\n---\nreading: hitches\n---\n```\nText.\n",
        "front matter has no code fence around it",
        BLOCK,
        RIGHT,
    ),
    "a fence of code for it": (
        "```\nreading: hitches\n```\nText.\n",
        "front matter has no code fence around it",
        BLOCK,
        RIGHT,
    ),
    "indented": (
        "  ---\n  reading: hitches\n  ---\nText.\n",
        "the lines of front matter begin in column 1",
        BLOCK,
        RIGHT,
    ),
    "keys alone": (
        "title: On hitches\nreading: hitches\n\nText.\n",
        "front matter begins and ends with a line of three hyphens",
        "write it at the top of the file:\n" + TWO.rstrip("\n"),
        TWO + "\nText.\n",
    ),
    "keys below a heading": (
        "# On hitches\nreading: hitches\n\nText.\n",
        "front matter begins and ends with a line of three hyphens",
        BLOCK,
        "---\nreading: hitches\n---\n# On hitches\n\nText.\n",
    ),
    "no opening line": (
        "reading: hitches\n---\nText.\n",
        "front matter begins and ends with a line of three hyphens",
        BLOCK,
        RIGHT,
    ),
    "as on Windows": (
        "----\r\nreading: hitches\r\n----\r\nText.\r\n",
        OPENS.format("----"),
        BLOCK,
        RIGHT.replace("\n", "\r\n"),
    ),
    "as a diff": (
        "".join(f"+{line}\n" for line in RIGHT.splitlines()),
        "this is a diff, not the file that it changes",
        "delete the `+` at the start of each line",
        RIGHT,
    ),
}


@pytest.mark.parametrize("case", NEARLY)
def test_it_is_one_error_and_becomes_right(case: str, tmp_path: Path) -> None:
    text, message, help, after = NEARLY[case]
    mini = check(text, tmp_path)
    (found,) = mini.diagnostics
    assert (found.severity, found.message, found.help) == ("error", message, help)
    assert apply_fixes(mini.diagnostics)["content/notes/n.md"] == after
    assert check(after, tmp_path).found == []


def test_the_keys_are_read_all_the_same(tmp_path: Path) -> None:
    mini = check("----\nreading: zebra\ntitel: X\n----\nText.\n", tmp_path)
    assert [(each.name, each.span.line) for each in mini.diagnostics] == [
        ("front-matter", 1),
        ("unknown-key", 3),
        ("unknown-reading", 2),
    ]


# A page's first lines that are text.
TEXTS = [
    "***\n\nText.\n",
    "```yaml\ntitle: An example\n```\n",
    "title: a word and its meaning\n\nText.\n",
    "# Title\n\nreading: what is read\n",
    "-----\n\nText.\n",
    "--- a\n+++ b\n",
]


@pytest.mark.parametrize("text", TEXTS)
def test_the_text_of_a_page_stays_text(text: str, tmp_path: Path) -> None:
    mini = check(text, tmp_path, "page")
    assert mini.found == []
    assert mini.course is not None


def test_a_page_below_a_heading(tmp_path: Path) -> None:
    mini = check("# Labs\n\n---\nnav: no\n---\nText.\n", tmp_path, "page")
    assert mini.found == ["error[late-front-matter]: front matter must begin on the first line"]
    assert apply_fixes(mini.diagnostics)["content/page.md"] == "---\nnav: no\n---\n# Labs\nText.\n"


AUTHORS = {
    "[Ada Lovelace, Alan Turing]": "Ada Lovelace and Alan Turing",
    "[Ada, Bo, Cy]": "Ada, Bo and Cy",
    "[Ada]": "Ada",
}


@pytest.mark.parametrize("authors", AUTHORS)
def test_several_authors(authors: str, tmp_path: Path) -> None:
    mini = check(f"---\nreading: hitches\nauthor: {authors}\n---\nText.\n", tmp_path)
    (found,) = mini.diagnostics
    assert (found.message, found.help) == ("`author` is one text, not a list", f"write author: {AUTHORS[authors]}")
    after = apply_fixes(mini.diagnostics)["content/notes/n.md"]
    assert after == f"---\nreading: hitches\nauthor: {AUTHORS[authors]}\n---\nText.\n"


OTHER_KEYS = ["paper: hitches", "id: hitches", "paper: hitches\nauthor: Ada"]


@pytest.mark.parametrize("front", OTHER_KEYS)
def test_another_word_for_reading_is_one_error(front: str, tmp_path: Path) -> None:
    (found,) = check(f"---\n{front}\n---\nText.\n", tmp_path).diagnostics
    assert found.name == "unknown-key"
    assert found.help == "write reading: and the id of the reading, or meeting: and the id of the meeting"


def test_a_note_about_two_things(tmp_path: Path) -> None:
    (found,) = check("---\nreading: hitches\nmeeting: knots\n---\nText.\n", tmp_path).diagnostics
    assert found.message == "a note is about either a reading or a meeting, and this one names both"
    assert found.help == "delete the line `reading:` or the line `meeting:`"


LINKS = {
    "See <https://example.org/a|the page>.\n": "See [the page](https://example.org/a).\n",
    "<https://example.org/?a=1&amp;b=2|A &amp; B>, <https://example.org/c|C>\n": (
        "[A & B](https://example.org/?a=1&b=2), [C](https://example.org/c)\n"
    ),
}


@pytest.mark.parametrize("text", LINKS)
def test_links_of_a_chat_in_a_note(text: str, tmp_path: Path) -> None:
    head = "---\nreading: hitches\n---\n"
    mini = check(head + text, tmp_path)
    assert [each.name for each in mini.diagnostics] == ["chat-link"]
    assert apply_fixes(mini.diagnostics)["content/notes/n.md"] == head + LINKS[text]


def test_code_may_show_what_is_pasted(tmp_path: Path) -> None:
    code = "`<https://example.org/a|b>`\n\n```diff\ndiff --git a/x b/x\n<https://example.org/a|b>\n```\n"
    assert check(f"---\nreading: hitches\n---\n{code}", tmp_path).found == []


def test_a_diff_in_a_page(tmp_path: Path) -> None:
    (found,) = check("# Page\n\ndiff --git a/x b/x\n+a\n", tmp_path, "page").diagnostics
    assert (found.name, found.span.line) == ("pasted-diff", 3)
    assert found.help == "keep the new lines, without the `+` before them, or put all of it between lines of ```"

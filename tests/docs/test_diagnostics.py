"""`docs/diagnostics.md` has an entry for each name that the code gives, and each entry shows what it says it shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.entries import DOCUMENT, entries, table_of_names, written_table
from tests.docs.examples import ROOT, blocks, build, complete, courses
from tests.names import names_in_code
from tests.remedies import read_help

NAMED = names_in_code()
ENTRIES = entries()
COURSES = courses(DOCUMENT)
SAID = re.compile(r"^(?P<place>\S.*?:\d+:\d+): (?P<severity>error|warning)\[(?P<name>[a-z-]+)\]: (?P<message>.+)", re.M)
EXACT = re.compile(r"write\b.*:?\n|begin (?:it|the line) |delete (?:it|the)\b|close it with ")
"""Helps that say what to do to the letter, besides those that `read_help` understands."""

# No text of an example can show these. Each is shown where the file, the machine or the other host can be had.
NOT_SHOWN = {
    "bad-name": "files/test_project.py",
    "encoding": "broken/encoding-latin-1/expected.txt",
    "invisible-character": "broken/invisible-blank/expected.txt",
    "link-gone": "checks/outside/test_verdicts.py",
    "link-moved": "checks/outside/test_verdicts.py",
    "link-suspect": "checks/outside/test_verdicts.py",
    "links-unasked": "checks/outside/test_verdicts.py",
    "misplaced": "broken/misplaced-files/expected.txt",
    "no-pdf": "outputs/test_typeset.py",
    "not-a-file": "files/test_project.py",
    "not-a-page": "broken/front-matter/expected.txt",
    "not-what-it-says": "checks/site/test_files.py",
    "past-term": "commands/test_archive.py",
    "offline": "checks/outside/test_verdicts.py",
    "stray-return": "broken/yaml-stray-return/expected.txt",
    "symbolic-link": "hostile/test_paths.py",
    "too-large": "files/test_project.py",
    "too-many-faults": "broken/yaml-too-many-faults/expected.txt",
    "unshown-picture": "checks/site/test_files.py",
    "unquoted-question": "yamltext/test_loaders.py",
    "unreadable": "files/test_project.py",
}
SHOWN = [name for name in ENTRIES if name not in NOT_SHOWN]


def reported(said: str) -> list[tuple[str, str]]:
    """Return the severities and names of what was told."""
    return [(match["severity"], match["name"]) for match in SAID.finditer(said)]


def test_each_name_has_an_entry_and_each_entry_a_name() -> None:
    missing = {name: NAMED[name].places for name in NAMED.keys() - ENTRIES.keys()}
    assert missing == {}, "docs/contributor.md, a new message, says what an entry is"
    assert sorted(ENTRIES.keys() - NAMED.keys()) == []


def test_the_table_has_each_name_with_its_severity() -> None:
    assert written_table() == table_of_names(), "python scripts/paste.py renews it"


@pytest.mark.parametrize("name", SHOWN)
def test_an_entry_shows_its_name_and_how_to_fix_it(name: str, tmp_path: Path) -> None:
    broken, *fixed = [course for course in COURSES if course.heading == name]
    assert broken.expected in ("broken", "warns"), "the failing example comes first, with `broken` or `warns`"
    assert broken.said is not None, "a ```text block below it shows what the tool says"
    severity = "error" if broken.expected == "broken" else "warning"
    assert set(reported(broken.said.text)) == {(severity, name)}, "the smallest example brings this alone"
    assert severity in NAMED[name].severities
    helps = re.findall(r"^help: (.+(?:\n .+)*)", broken.said.text, re.MULTILINE)
    exact = all(read_help(each) or EXACT.match(each) for each in helps)
    assert fixed or exact, "a corrected example follows a help that does not show what to write"
    for course in fixed:
        assert course.expected is None, "test_examples.py builds it, and lets nothing be said but this"
        if name == "open-days":
            assert name not in [each for _, each in reported(build(complete(course.files), tmp_path).said)]


@pytest.mark.parametrize("name", NOT_SHOWN)
def test_what_no_example_can_show_is_tested_elsewhere(name: str) -> None:
    assert name in ENTRIES
    assert [course.line for course in COURSES if course.heading == name] == [], (
        "there is an example: take it off the list"
    )
    elsewhere = (ROOT / "tests" / NOT_SHOWN[name]).read_text(encoding="utf-8")
    assert re.search(rf"\b{name}\b", elsewhere)
    for block in blocks(DOCUMENT):
        if block.heading == name and (match := SAID.search(block.text)):
            assert (match["severity"], match["name"]) in [(each, name) for each in NAMED[name].severities]
            assert " ".join(match["message"].split()[:3]) in elsewhere, "the same is said there"
            assert not NOT_SHOWN[name].endswith(".txt") or block.text in elsewhere


def test_all_not_shown_are_names() -> None:
    assert sorted(NOT_SHOWN.keys() - NAMED.keys()) == []

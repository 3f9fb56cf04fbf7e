"""Which warnings of a change are errors: those of text that is lost or spoiled, where the base does not have them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from courseweek.review.losses import LOSSES
from tests.docs.examples import ROOT, tables
from tests.names import names_in_code
from tests.review.test_review import BASE, READINGS, SYLLABUS, Change, readings, run_change

LINES = READINGS + "  - title: C# in depth #1\n    url: https://example.org/c\n"
CUT_BASE: Change = {**BASE, "readings.yaml": LINES}


def names(said: str) -> list[str]:
    return re.findall(r"(?m)^\S+: ((?:error|warning)\[[a-z-]+\])", said)


NEW: dict[str, tuple[Change, list[str]]] = {
    "a cut title": ({"readings.yaml": LINES}, ["error[comment]"]),
    "a bare address": ({"readings.yaml": f"{READINGS}  - https://example.org/c\n"}, ["error[bare-address]"]),
    "HTML that is shown": (
        {"readings.yaml": f"{READINGS}  - 'Read <a href=\"https://example.org/c\">this</a>'\n"},
        ["error[html-link]"],
    ),
    "a dead address": (readings("example.org/gray", "localhost/gray"), ["error[doubtful-address]"]),
    "a frame": (
        {"content/policies.md": '# Policies\n\n<iframe src="https://example.org/"></iframe>\n'},
        ["error[left-out]"],
    ),
    "a file that is not a page": ({"content/policies.txt": "Be kind.\n"}, ["error[not-a-page]"]),
    "other warnings pass": ({"content/policies.md": "# Policies\n\n## One\n\n#### Two\n"}, ["warning[heading-skip]"]),
}


@pytest.mark.parametrize("change", NEW)
def test_a_new_loss_fails(change: str, tmp_path: Path) -> None:
    files, expected = NEW[change]
    ran = run_change(tmp_path, files)
    assert names(ran.err) == expected
    fails = expected[0].startswith("error")
    assert ran.code == fails
    assert ran.err.endswith("\nThis change can't be merged as it is: 1 error.\n") == fails


OLD: dict[str, tuple[Change, list[str]]] = {
    "as it was": ({}, ["warning[comment]"]),
    "on another line": ({"readings.yaml": f"# What we read\n\n{LINES}"}, ["warning[comment]"]),
    "a second one": (
        {"readings.yaml": f"{LINES}  - title: F# in depth #2\n    url: https://example.org/f\n"},
        ["warning[comment]", "error[comment]"],
    ),
    "the same once more": (
        {"readings.yaml": f"{LINES}recovery:\n  - title: C# in depth #1\n    id: again\n"},
        ["warning[comment]", "error[comment]"],
    ),
    "with another text": ({"readings.yaml": LINES.replace("#1", "#2")}, ["error[comment]"]),
}


@pytest.mark.parametrize("change", OLD)
def test_a_loss_of_the_base_does_not_fail(change: str, tmp_path: Path) -> None:
    files, expected = OLD[change]
    ran = run_change(tmp_path, files, base=CUT_BASE)
    assert [each for each in names(ran.err) if "comment" in each] == expected


def test_without_a_base_a_loss_is_a_warning(tmp_path: Path) -> None:
    ran = run_change(tmp_path, {"readings.yaml": LINES, "syllabus.yaml": SYLLABUS}, base={**BASE, "syllabus.yaml": ""})
    assert (ran.code, names(ran.err)) == (0, ["warning[comment]"])


def test_an_error_of_the_course_is_said_as_without_a_base(tmp_path: Path) -> None:
    ran = run_change(tmp_path, {"readings.yaml": f"{LINES}nowhere: []\n"})
    assert ran.code == 1
    assert "\nThe course can't be published as it is: " in ran.err


PAGE = b"<!doctype html><title>Demo</title><script>1</script>\n"
SITE = SYLLABUS + "site: {scripts: [demo.html]}\n"


def test_a_change_can_not_trust_its_own_scripts(tmp_path: Path) -> None:
    ran = run_change(tmp_path, {"assets/demo.html": PAGE, "syllabus.yaml": SITE})
    assert (ran.code, names(ran.err)) == (0, ["warning[script-in-assets]"])
    assert "\n- Read it before you merge: `site.scripts` now trusts the file demo.html\n" in ran.out


def test_scripts_that_the_base_trusts_are_named_when_they_change(tmp_path: Path) -> None:
    base = {**BASE, "syllabus.yaml": SITE, "assets/demo.html": PAGE}
    ran = run_change(tmp_path, {"assets/demo.html": PAGE + b"<p>more</p>\n"}, base=base)
    assert (ran.code, ran.err) == (0, "")
    assert (
        "\n- Read it before you merge: the file assets/demo.html can run scripts, as `site.scripts` allows\n" in ran.out
    )


def test_the_documentation_lists_them() -> None:
    listed = tables(ROOT / "docs" / "diagnostics.md")["Warnings that fail in a pull request"]
    named = [re.findall(r"`([a-z-]+)`", row[0])[0] for row in listed]
    assert named == sorted(LOSSES)
    assert {name for name in named if "warning" not in names_in_code()[name].severities} <= {"too-many"}

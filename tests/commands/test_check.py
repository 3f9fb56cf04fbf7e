"""`check`: what it tells in each format, on which stream, how it ends, and that it writes nothing."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from courseweek import pipeline, terminal
from courseweek.pipeline import Site, Step
from tests.sites import COURSES, ROOT, SIX_LINES, read_tree, run_cli, write_course

CLEAN, WRONG_FILES, WRONG_USAGE, FAILED = 0, 1, 2, 3
COURSE = COURSES / "tuesday-thursday"
BROKEN = {
    "syllabus.yaml": SIX_LINES + "schedule: [One, Two, Three]\n",
    "readings.yaml": "one:\n  - {title: A, auther: B}\n",
}


def test_a_clean_course(tmp_path: Path) -> None:
    ran = run_cli("check", "--source", COURSE, "--output", tmp_path / "out")
    assert (ran.code, ran.err) == (CLEAN, "")
    assert ran.out == "Checked: 35 pages, 30 meetings, 9 readings; nothing is wrong.\n"
    assert not (tmp_path / "out").exists()


def test_a_broken_course_as_text(tmp_path: Path) -> None:
    course = write_course(tmp_path, BROKEN)
    before = read_tree(course)
    ran = run_cli("check", "--source", course)
    assert (ran.code, ran.out) == (WRONG_FILES, "")
    assert ran.err == (
        "readings.yaml:2:16: error[unknown-key]: a reading has no key `auther`\n"
        "  |\n"
        "2 |   - {title: A, auther: B}\n"
        "  |                ^^^^^^\n"
        "help: did you mean `authors`?\n"
        "\n"
        "The course can't be published as it is: 1 error.\n"
    )
    assert read_tree(course) == before


def test_warnings_are_reported_and_pass_unless_strict(tmp_path: Path) -> None:
    course = write_course(tmp_path, {"syllabus.yaml": SIX_LINES + "schedule: [One]\n"})
    ran = run_cli("check", "--source", course)
    assert ran.code == CLEAN
    assert ran.err.startswith("syllabus.yaml:7:12: warning[open-days]: ")
    assert ran.out == "Checked: 5 pages, 3 meetings, no readings; 1 warning.\n"
    ran = run_cli("check", "--source", course, "--strict")
    assert (ran.code, ran.out) == (WRONG_FILES, "")
    assert ran.err.endswith("\nThe course can't be published as it is: 1 warning, which --strict treats as an error.\n")


def test_json_is_all_that_is_on_standard_output(tmp_path: Path) -> None:
    ran = run_cli("check", "--source", write_course(tmp_path, BROKEN), "--format", "json")
    assert (ran.code, ran.err) == (WRONG_FILES, "")
    reported = json.loads(ran.out)
    assert (reported["errors"], reported["warnings"]) == (1, 0)
    assert [each["name"] for each in reported["diagnostics"]] == ["unknown-key"]
    assert json.loads(run_cli("check", "--source", COURSE, "--format", "json").out)["diagnostics"] == []


def test_annotations_name_the_file_in_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_course(tmp_path / "courses" / "ours", BROKEN)
    monkeypatch.chdir(tmp_path)
    summary = tmp_path / "summary.md"
    summary.write_text("# Before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    ran = run_cli("check", "--source", "courses/ours", "--format", "github")
    assert (ran.code, ran.err) == (WRONG_FILES, "")
    assert ran.out == (
        "::error file=courses/ours/readings.yaml,line=2,endLine=2,col=16,endColumn=22,title=unknown-key::"
        "a reading has no key `auther`%0Ahelp: did you mean `authors`?\n"
        "The course can't be published as it is: 1 error.\n"
    )
    text = summary.read_text(encoding="utf-8")
    assert text.startswith("# Before\n## The course's files\n\n```text\nreadings.yaml:2:16: error[unknown-key]: ")
    assert text.endswith("```\n\nThe course can't be published as it is: 1 error.\n")


def test_a_summary_that_can_not_be_written_hides_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path))
    ran = run_cli("check", "--source", write_course(tmp_path, BROKEN), "--format", "github")
    assert ran.code == WRONG_FILES
    assert ran.out.startswith("::error file=")
    assert ran.err == "The summary can't be written: Is a directory.\n"


GLUED = "one:\n  - {title: A, venue:CIDR}   # kept\n"


def test_fixing_shows_what_it_did_and_keeps_the_rest(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        **BROKEN,
        "readings.yaml": b"\xef\xbb\xbfone:  # list\r\n  - {title: A, venue:CIDR}   # kept\r\n",
    }
    course = write_course(tmp_path, files)
    readings = course / "readings.yaml"
    readings.chmod(0o640)
    before = {name: data for name, data in read_tree(course).items() if name != "readings.yaml"}
    ran = run_cli("check", "--source", course, "--fix")
    assert (ran.code, ran.err) == (CLEAN, "")
    assert ran.out == (
        "--- readings.yaml\n+++ readings.yaml (fixed)\n@@ -1,3 +1,3 @@\n one:  # list\n"
        "-  - {title: A, venue:CIDR}   # kept\n+  - {title: A, venue: CIDR}   # kept\n \n"
        "Fixed readings.yaml.\n\n"
        "Checked: 8 pages, 3 meetings, 1 reading; nothing is wrong.\n"
    )
    assert readings.read_bytes() == b"\xef\xbb\xbfone:  # list\r\n  - {title: A, venue: CIDR}   # kept\r\n"
    assert stat.S_IMODE(readings.stat().st_mode) == 0o640
    assert {name: data for name, data in read_tree(course).items() if name != "readings.yaml"} == before
    again = run_cli("check", "--source", course, "--fix")
    assert again.out == "Checked: 8 pages, 3 meetings, 1 reading; nothing is wrong.\n"


SLIPS_IN_TEXTS = {
    "syllabus.yaml": SIX_LINES + "schedule: [One, Two, Three]\n",
    "content/a.md": "# A\n\n| a |\n| --- |\n| $|x|$ |\n",
}


@pytest.mark.parametrize(
    ("files", "fixed", "made"),
    [
        ({**BROKEN, "readings.yaml": GLUED}, {"readings.yaml": "one:\n  - {title: A, venue: CIDR}   # kept\n"}, 1),
        # What only the rendered page shows is fixed as well, and then the site is made again.
        (SLIPS_IN_TEXTS, {"content/a.md": "# A\n\n| a |\n| --- |\n| $\\|x\\|$ |\n"}, 2),
        (
            {**SLIPS_IN_TEXTS, "readings.yaml": GLUED},
            {
                "content/a.md": "# A\n\n| a |\n| --- |\n| $\\|x\\|$ |\n",
                "readings.yaml": "one:\n  - {title: A, venue: CIDR}   # kept\n",
            },
            2,
        ),
    ],
)
def test_the_site_is_made_once_all_that_reading_finds_is_fixed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str], fixed: dict[str, str], made: int
) -> None:
    sites = []

    def count_sites(site: Site) -> Iterator[Step]:
        sites.append(site)
        return pipeline.steps(site)

    monkeypatch.setattr("courseweek.commands.fixing.steps", count_sites)
    course = write_course(tmp_path, files)
    ran = run_cli("check", "--source", course, "--fix")
    assert (ran.code, ran.err) == (CLEAN, "")
    assert {name: (course / name).read_text(encoding="utf-8") for name in fixed} == fixed
    assert len(sites) == made


def test_without_fix_the_closing_line_says_that_it_could(tmp_path: Path) -> None:
    ran = run_cli("check", "--source", write_course(tmp_path, {**BROKEN, "readings.yaml": GLUED}))
    assert ran.err.endswith("1 error. `check --fix` fixes it.\n")


def test_what_has_two_answers_is_left(tmp_path: Path) -> None:
    course = write_course(tmp_path, BROKEN)
    before = read_tree(course)
    ran = run_cli("check", "--source", course, "--fix")
    assert ran.code == WRONG_FILES
    assert read_tree(course) == before


@pytest.mark.parametrize(
    "line",
    [
        "grading: {Reviews: 60%, Project: {weight: 40%, any_of {Talk: {parts: {A: 50%, B: 50%}}, Exam: }}}",
        "grading: [{scheme: A, parts: {B: 100%}}   {scheme: C, parts: {D: 100%}}]",
        "assignments: ,[{title: A, due: 2027-03-01, note: B}]",
        "assignments:\n - {title: Essay}    - {title: Report, note: B}",
    ],
)
def test_what_is_not_text_gets_no_quotes(line: str, tmp_path: Path) -> None:
    syllabus = (write_course(tmp_path, {}) / "syllabus.yaml").read_text(encoding="utf-8") + line + "\n"
    ran = run_cli("check", "--source", write_course(tmp_path, {"syllabus.yaml": syllabus}), "--fix")
    assert ran.code == WRONG_FILES
    assert (tmp_path / "syllabus.yaml").read_text(encoding="utf-8") == syllabus


def test_a_line_whose_mistake_comes_back_stays_as_it_was(tmp_path: Path) -> None:
    syllabus = (write_course(tmp_path, {}) / "syllabus.yaml").read_text(encoding="utf-8")
    broken = f'{syllabus}schedule:\n - {{topic: First paper, "id: first}}\n  - {{topic: TBD, times: 8}}\n'
    run_cli("check", "--source", write_course(tmp_path, {"syllabus.yaml": broken}), "--fix")
    fixed = (tmp_path / "syllabus.yaml").read_text(encoding="utf-8")
    assert fixed == f'{syllabus}schedule:\n - {{topic: First paper, "id: first"}}\n - {{topic: TBD, times: 8}}\n'


def test_fixing_that_fails_says_so_and_leaves_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    course = write_course(tmp_path, {**BROKEN, "readings.yaml": GLUED})
    before = read_tree(course)

    def refuse(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device", str(target))

    monkeypatch.setattr(Path, "replace", refuse)
    ran = run_cli("check", "--source", course, "--fix")
    assert ran.code == FAILED
    assert ran.err.startswith("Fixing failed: No space left on device (")
    assert read_tree(course) == before


class Terminal:
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environment", "color"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_color_is_for_terminals(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], color: bool) -> None:
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert terminal.takes_color(Terminal()) is color  # type: ignore[arg-type]


def test_a_pipe_gets_no_color(tmp_path: Path) -> None:
    course = write_course(tmp_path, BROKEN)
    ran = subprocess.run(
        [sys.executable, "-m", "courseweek", "check", "--source", str(course)],
        cwd=ROOT,
        capture_output=True,
        env={**os.environ, "TERM": "xterm"},
        check=False,
    )
    assert ran.returncode == WRONG_FILES
    assert b"\x1b" not in ran.stderr + ran.stdout


@pytest.mark.parametrize("words", [["chekc"], ["check", "--format", "xml"], ["build", "--fix"], ["check", "build"]])
def test_wrong_usage(words: list[str]) -> None:
    assert run_cli(*words).code == WRONG_USAGE

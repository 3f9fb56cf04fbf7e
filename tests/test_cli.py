"""The command line: what it takes, what it says on which stream, and how it ends."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from courseweek import cli
from tests.sites import COURSES, ROOT, SIX_LINES, Ran, read_tree, run_cli, write_course

COURSE = COURSES / "tuesday-thursday"
BUILT, WRONG_FILES, WRONG_USAGE, FAILED = 0, 1, 2, 3
AS_OF = re.compile(r">Built (\w{3} \d+ \w{3} \d+)<")


def built_on(output: Path) -> str:
    found = AS_OF.search((output / "index.html").read_text(encoding="utf-8"))
    assert found
    return found[1]


@pytest.mark.parametrize("words", [[], ["build"]])
def test_a_build_closes_with_one_line(tmp_path: Path, words: list[str]) -> None:
    ran = run_cli(*words, "--source", COURSE, "--output", tmp_path / "out", "--today", "2026-10-01")
    assert ran.code == BUILT
    assert ran.err == ""
    line = rf"Built {re.escape(str(tmp_path))}/out: 35 pages, 30 meetings, 9 readings, no warnings in \d+\.\d\d s\.\n"
    assert re.fullmatch(line, ran.out)


def test_the_closing_line_counts_one_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    syllabus = SIX_LINES + "schedule: [One]\n"
    write_course(tmp_path, {"syllabus.yaml": syllabus, "readings.yaml": "one: [{title: A book}]"})
    monkeypatch.chdir(tmp_path)
    ran = run_cli("--today", "2027-02-01")
    assert ran.code == BUILT
    assert ran.out.startswith("Built _site: 6 pages, 3 meetings, 1 reading, 1 warning in ")
    assert ran.err.startswith("syllabus.yaml:7:12: warning[open-days]: ")


def test_errors_are_all_listed_and_nothing_is_published(tmp_path: Path) -> None:
    readings = "one:\n  - {title: A, auther: B}\n  - {title: C, url: example.org}\n"
    page = "[dead](nowhere.md)\n\n[[reading]]\n"
    files = {"syllabus.yaml": SIX_LINES + "schedule: [One]\n", "readings.yaml": readings, "content/a.md": page}
    ran = run_cli("--source", write_course(tmp_path, files))
    assert ran.code == WRONG_FILES
    assert ran.out == ""
    heads = [line for line in ran.err.splitlines() if re.match(r"[\w/.]+:\d+:\d+: ", line)]
    assert [head.partition(": ")[0] for head in heads if " error[" in head] == [
        "content/a.md:1:8",
        "content/a.md:3:1",
        "readings.yaml:2:16",
        "readings.yaml:3:21",
    ]
    assert ran.err.endswith("\nNothing was published: 4 errors.\n")
    assert not (tmp_path / "_site").exists()


def test_a_failed_build_leaves_the_site_as_it_was(tmp_path: Path) -> None:
    course = write_course(tmp_path, {"content/a.md": "# A\n"})
    assert run_cli("--source", course).code == BUILT
    site = course / "_site"
    before = {path: path.stat().st_mtime_ns for path in [site, *site.rglob("*")]}
    content = read_tree(site)
    (course / "content" / "a.md").write_text("[gone](gone.md)\n", encoding="utf-8")
    assert run_cli("--source", course).code == WRONG_FILES
    assert read_tree(site) == content
    assert {path: path.stat().st_mtime_ns for path in [site, *site.rglob("*")]} == before


def test_strict_treats_warnings_as_errors(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course", {"syllabus.yaml": SIX_LINES + "schedule: [One]\n"})
    output = tmp_path / "out"
    ran = run_cli("--source", course, "--output", output, "--strict")
    assert ran.code == WRONG_FILES
    assert ran.out == ""
    assert ran.err.endswith("\nNothing was published: 1 warning, which --strict treats as an error.\n")
    assert not output.exists()
    assert run_cli("--source", course, "--output", output).code == BUILT
    assert run_cli("--source", COURSE, "--output", tmp_path / "clean", "--strict").code == BUILT


@pytest.mark.parametrize(
    ("today", "day", "next_row"),
    [
        ("2026-08-25", "Tue 25 Aug 2026", "2026-08-25"),
        ("2026-08-25T23:59", "Tue 25 Aug 2026", "2026-08-25"),
        ("2026-08-25T23:59:59", "Tue 25 Aug 2026", "2026-08-25"),
        ("2026-08-26T00:00", "Wed 26 Aug 2026", "2026-08-27"),
        ("0001-01-01", "Mon 1 Jan 1", "2026-08-25"),
        ("9999-12-31T23:59:59", "Fri 31 Dec 9999", None),
    ],
)
def test_today_is_a_time_in_the_zone_of_the_course(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, today: str, day: str, next_row: str | None
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    ran = run_cli("--source", COURSE, "--output", tmp_path / "out", "--today", today)
    assert (ran.code, ran.err) == (BUILT, "")
    html = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert built_on(tmp_path / "out") == day
    marked = re.findall(r'<tr id="[^"]*" class="next" data-date="([^"]*)"', html)
    assert marked == ([next_row] if next_row else [])


@pytest.mark.parametrize(
    "today",
    ["", "tomorrow", "2026-02-30", "26-08-25", "2026-08-25 14:00", "2026-08-25T25:00", "2026-8-5", "2026-08-25T14:00Z"],
)
def test_a_wrong_today_is_wrong_usage(tmp_path: Path, today: str) -> None:
    ran = run_cli("--source", COURSE, "--output", tmp_path / "out", f"--today={today}")
    assert (ran.code, ran.out) == (WRONG_USAGE, "")
    assert f"argument --today: {today!r} is not a date" in ran.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("epoch", "day"), [("1787677200", "Tue 25 Aug 2026"), ("1787814000", "Thu 27 Aug 2026"), ("0", "Wed 31 Dec 1969")]
)
def test_source_date_epoch_is_the_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, epoch: str, day: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert run_cli("--source", COURSE, "--output", tmp_path / "out").code == BUILT
    assert built_on(tmp_path / "out") == day


@pytest.mark.parametrize(
    "epoch", ["now", "1.5", "99999999999999999999", "-99999999999999", "253402300799", "1_0", " 1", "١٢"]
)
def test_a_wrong_epoch_is_wrong_usage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    ran = run_cli("--source", COURSES / "new-year", "--output", tmp_path / "out")
    assert ran == Ran(WRONG_USAGE, "", "courseweek: SOURCE_DATE_EPOCH is not a number of seconds\n")


@pytest.mark.parametrize("epoch", [None, ""])
def test_without_either_the_clock_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, epoch: str | None) -> None:
    if epoch is None:
        monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    else:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    before = datetime.now(UTC)
    assert run_cli("--source", write_course(tmp_path / "utc", {"syllabus.yaml": IN_UTC})).code == BUILT
    days = {f"{now:%a} {now.day} {now:%b %Y}" for now in (before, datetime.now(UTC))}
    assert built_on(tmp_path / "utc" / "_site") in days


IN_UTC = SIX_LINES.replace("America/Los_Angeles", "UTC")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["publish"], "invalid choice: 'publish'"),
        (["--colour"], "unrecognized arguments: --colour"),
        (["--today"], "argument --today: expected one argument"),
        (["--source", "nowhere"], "there is no folder"),
        (["--source", "syllabus.yaml"], "there is no folder"),
    ],
)
def test_wrong_usage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str) -> None:
    monkeypatch.chdir(write_course(tmp_path, {}))
    ran = run_cli(*arguments)
    assert (ran.code, ran.out) == (WRONG_USAGE, "")
    assert said in ran.err
    assert not (tmp_path / "_site").exists()


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_opens_with_an_example(option: str) -> None:
    ran = run_cli(option)
    assert (ran.code, ran.err) == (BUILT, "")
    assert ran.out.startswith("example:\n  courseweek  ")
    for each in ("build ", "check ", "--version"):
        assert each in ran.out


def test_version() -> None:
    ran = run_cli("--version")
    assert (ran.code, ran.err) == (BUILT, "")
    assert re.fullmatch(r"courseweek \d+\.\d+\.\d+\n", ran.out)


def test_a_bug_says_that_it_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(options: object) -> int:
        raise LookupError("no such week")

    course = write_course(tmp_path, {})
    assert run_cli("--source", course).code == BUILT
    before = read_tree(course)
    monkeypatch.setattr(cli, "build", fail)
    ran = run_cli("--source", course)
    assert (ran.code, ran.out) == (FAILED, "")
    assert ran.err.startswith("Traceback (most recent call last):\n")
    assert "LookupError: no such week" in ran.err
    assert ran.err.splitlines()[-1].startswith("This is a bug in Courseweek, not in your course")
    assert read_tree(course) == before


def test_an_interruption_is_no_bug(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(options: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "build", interrupt)
    ran = run_cli("--source", write_course(tmp_path, {}))
    assert ran == Ran(FAILED, "", "Interrupted; the site is unchanged.\n")


def run_process(*arguments: str | Path, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding=environment.get("PYTHONIOENCODING", "utf-8"),
        check=False,
    )


@pytest.mark.parametrize("library", ["pathlib", "argparse"])
@pytest.mark.parametrize("start", ["build.py", "module", "command"])
def test_an_interruption_while_python_still_loads_is_quiet(tmp_path: Path, library: str, start: str) -> None:
    (tmp_path / "stopped").mkdir()
    (tmp_path / "stopped" / f"{library}.py").write_text("raise KeyboardInterrupt\n")
    metadata = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    module, _, function = metadata["project"]["scripts"]["courseweek"].partition(":")
    words = {
        "build.py": [str(ROOT / "build.py")],
        "module": ["-m", "courseweek"],
        # What an installer writes as the command (PyPA, entry points specification).
        "command": ["-c", f"import sys; from {module} import {function}; sys.exit({function}())"],
    }[start]
    path = f"{tmp_path / 'stopped'}{os.pathsep}{ROOT}"
    ran = run_process(*words, "--help", folder=tmp_path, PYTHONPATH=path)
    assert (ran.returncode, ran.stdout, ran.stderr) == (130, "", "")


def test_build_py_takes_its_own_folder(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course", {"build.py": (ROOT / "build.py").read_bytes()})
    ran = run_process(course / "build.py", "--today", "2027-02-01", folder=tmp_path)
    assert (ran.returncode, ran.stderr) == (BUILT, "")
    assert ran.stdout.startswith("Built course/_site: 3 pages, ")


def test_the_module_takes_the_current_folder(tmp_path: Path) -> None:
    write_course(tmp_path, {"syllabus.yaml": "course: A\n"})
    ran = run_process("-m", "courseweek", folder=tmp_path)
    assert (ran.returncode, ran.stdout) == (WRONG_FILES, "")
    assert ran.stderr.startswith("syllabus.yaml:1:1: error[missing-key]: ")


# The last two are those of consoles and pipes on Windows.
@pytest.mark.parametrize("encoding", ["ascii", "cp437", "cp1252"])
def test_a_terminal_without_unicode_is_no_obstacle(tmp_path: Path, encoding: str) -> None:
    course = write_course(tmp_path / "курс", {"content/ä.md": "[[ö]]\n"})
    plain = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    failed = run_process("-m", "courseweek", "--source", course, folder=tmp_path, **plain)
    assert failed.returncode == WRONG_FILES, failed.stderr
    (course / "content" / "ä.md").unlink()
    ran = run_process("-m", "courseweek", "--source", course, folder=tmp_path, **plain)
    assert (ran.returncode, ran.stderr) == (BUILT, "")


@pytest.mark.parametrize(("page", "code"), [("# A\n", BUILT), ("[gone](gone.md)\n", WRONG_FILES)])
@pytest.mark.parametrize("command", [[], ["check"]])
def test_a_program_without_a_console_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str], page: str, code: int
) -> None:
    """`pythonw`, which starts programs in the background on Windows, gives them no streams."""
    course = write_course(tmp_path, {"content/a.md": page})
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert cli.main([*command, "--source", str(course), "--today", "2027-02-01"]) == code
    with pytest.raises(SystemExit):
        cli.main(["--unknown"])


@pytest.mark.parametrize("words", ["new --title=--", "build --source=--", "archive sp27 --source=--"])
def test_two_hyphens_as_a_value_are_no_bug(words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run_cli(*words.split())
    assert ran.code == 2
    assert "Traceback" not in ran.err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps the folder that a program is in")
@pytest.mark.parametrize("command", ["build", "new", "pin"])
def test_a_current_folder_that_is_gone_is_no_bug(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert cli.main([command]) == 2
    said = "courseweek: the current folder is gone, or can't be read; change to another one\n"
    assert capsys.readouterr().err == said

"""`new`: a course of one's own builds at once, or nothing is written."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, cast

import pytest

from courseweek.commands import new
from courseweek.commands.shell_words import quote_word
from courseweek.read.values.zones import read_zone
from courseweek.start import machine_zone, scaffold
from courseweek.start.git_remote import web_address
from courseweek.start.machine_zone import find_zone
from courseweek.start.questions import Guesses, ask_all, guess_first_day, guess_last_day
from courseweek.start.requirement import Requirement
from tests.sites import ROOT, Ran, read_tree, run_cli, write_course

BUILT, WRONG_FILES, WRONG_USAGE, FAILED = 0, 1, 2, 3
FLAGS = {
    "title": "Databases",
    "starts": "2027-01-25",
    "ends": "2027-05-07",
    "days": "Mon,Wed",
    "time": "10:00-11:30",
    "timezone": "America/Los_Angeles",
}
TEMPLATES = ("berkeley", "seminar", "undergraduate", "smallest")
FILES = {
    ".github/ISSUE_TEMPLATE/config.yml",
    ".github/ISSUE_TEMPLATE/reading.yml",
    ".github/dependabot.yml",
    ".github/pull_request_template.md",
    ".github/workflows/check.yml",
    ".github/workflows/links.yml",
    ".github/workflows/publish.yml",
    ".github/workflows/review.yml",
    ".github/workflows/suggest.yml",
    ".gitignore",
    "CONTRIBUTING.md",
    "README.md",
    "assets/handouts/first-class.txt",
    "build.py",
    "constraints.txt",
    "content/announcements/2027-01-25-welcome.md",
    "content/first-exercise.md",
    "content/index.md",
    "content/notes/first-note.md",
    "readings.yaml",
    "requirements.txt",
    "schema/course.schema.json",
    "schema/carryover.schema.json",
    "schema/readings.schema.json",
    "schema/syllabus.schema.json",
    "syllabus.yaml",
    "vendor/courseweek-0.1.0-py3-none-any.whl",
}
WHEEL = b"the program"


@pytest.fixture(autouse=True)
def small_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a small file in the place of the program, which takes long to pack: `tests/start/` is about that."""
    path = "vendor/courseweek-0.1.0-py3-none-any.whl"
    texts = {"requirements.txt": f"-c constraints.txt\n./{path}\n".encode(), "constraints.txt": b"", path: WHEEL}
    required = Requirement(f"./{path}", texts, path, hashlib.sha256(WHEEL).hexdigest())
    monkeypatch.setattr(new, "choose_requirement", lambda installed: required)


@pytest.fixture(autouse=True)
def computer_without_a_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the computer to UTC, which is no guess for a course."""
    monkeypatch.setenv("TZ", "UTC")


def make(folder: Path, **flags: str) -> Ran:
    """Run `new` with the usual flags, and these; an empty one is left out."""
    given = FLAGS | flags
    return run_cli("new", folder, *(word for name, text in given.items() if text for word in (f"--{name}", text)))


def built(course: Path, today: str) -> dict[str, Any]:
    """Build a course strictly, and return its course.json."""
    ran = run_cli("--source", course, "--strict", "--today", today)
    assert ran.code == BUILT, ran.err
    assert ran.err == ""
    read: dict[str, Any] = json.loads((course / "_site" / "course.json").read_text(encoding="utf-8"))
    return read


def test_a_new_course_has_its_files_and_says_what_comes_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = make(Path("cs101"))
    assert (ran.code, ran.err) == (BUILT, "")
    assert ran.out == (
        f"Made a course in cs101: {len(FILES)} files.\n\n"
        "To see it in your browser, and to change it:\n\n  cd cs101\n  courseweek serve --open\n"
    )
    assert set(read_tree(tmp_path / "cs101")) == FILES
    syllabus = (tmp_path / "cs101" / "syllabus.yaml").read_text(encoding="utf-8")
    assert syllabus.startswith("# yaml-language-server: $schema=schema/syllabus.schema.json\n")
    assert b"\nsite.zip\n" in (tmp_path / "cs101" / ".gitignore").read_bytes()  # what docs/publish.md makes
    assert "\n  name: Spring 2027\n  starts: 2027-01-25\n  ends: 2027-05-07\n" in syllabus
    assert "{{" not in syllabus


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize(
    ("starts", "ends", "days", "zone", "language"),
    [
        ("2027-01-25", "2027-05-07", "Mon,Wed", "America/Los_Angeles", "en"),
        pytest.param("2026-10-12", "2027-02-05", "Tue", "Europe/Berlin", "de", marks=pytest.mark.slow),
        pytest.param("2027-02-22", "2027-06-04", "Mon-Fri", "Australia/Sydney", "en-AU", marks=pytest.mark.slow),
        pytest.param("2027-06-07", "2027-06-13", "weekdays", "Asia/Kolkata", "hi", marks=pytest.mark.slow),
        pytest.param("2027-01-03", "2028-02-06", "Sun to Thu", "Asia/Jerusalem", "he", marks=pytest.mark.slow),
        pytest.param("2027-04-01", "2027-07-30", "Sat", "Asia/Tokyo", "ja", marks=pytest.mark.slow),
    ],
)
def test_every_template_builds_strictly_on_every_day(
    tmp_path: Path, template: str, starts: str, ends: str, days: str, zone: str, language: str
) -> None:
    flags = {"from": template, "starts": starts, "ends": ends, "days": days, "timezone": zone, "language": language}
    course = tmp_path / "course"
    ran = make(course, **flags, place='Room 1: #2, "A"', institution="Universität Zürich")
    assert (ran.code, ran.err) == (BUILT, "")
    before = read_tree(course)
    for today in (f"{date.fromisoformat(starts).year - 1}-12-01", starts, ends):
        meetings = built(course, today)["meetings"]
        assert isinstance(meetings, list)
        assert len(meetings) >= 5
    assert not [
        path
        for path in before
        if "{{" in path or (b"{{" in before[path] and not path.startswith(("schema/", ".github/")))
    ]


@pytest.mark.parametrize(
    "title",
    [
        "CS 101: An Introduction",
        "# Databases",
        "Databases #1",
        "- Databases",
        "[Data]bases {and} *more*",
        "\"Quoted\" and 'quoted'",
        "back\\slash \\n",
        "no",
        "2027-01-25",
        "3.10",
        "null",
        "~",
        "@handle `code` !tag &anchor *alias %x | > ?",
        "データベース入門",
        "🎓 Databases 👩‍🔬",
        "מבוא למסדי נתונים",
        "مقدمة في قواعد البيانات",
        "<b>Bold</b> & <script>alert(1)</script>",
        "{{title}} $x$ [[schedule]]",
        "x" * 300,
        "é" * 300,
        "ends with a colon:",
        "Universities’ “Best” – a – course",
    ],
)
def test_a_title_is_what_was_asked_for(tmp_path: Path, title: str) -> None:
    ran = make(tmp_path / "course", title=title)
    assert (ran.code, ran.err) == (BUILT, "")
    assert built(tmp_path / "course", "2027-03-10")["course"]["title"] == title


def test_a_seminar_has_readings_of_its_own(tmp_path: Path) -> None:
    course = tmp_path / "course"
    assert make(course, **{"from": "seminar"}).code == BUILT
    titles = [each["title"] for each in built(course, "2027-03-10")["readings"]]
    assert titles == ["Universal Declaration of Human Rights", "Declaration of Independence"]
    assert b"SIGCOMM" not in b"".join(read_tree(course)[path] for path in ("readings.yaml", "syllabus.yaml"))


def test_a_title_is_shown_as_typed_by_markdown(tmp_path: Path) -> None:
    assert make(tmp_path / "course", title="C#: *a* [b](c) & <d>").code == BUILT
    readme = (tmp_path / "course" / "README.md").read_text(encoding="utf-8")
    assert readme.startswith("# C\\#: \\*a\\* \\[b\\](c) \\& \\<d\\>\n")


def test_line_breaks_in_a_title_are_spaces(tmp_path: Path) -> None:
    assert make(tmp_path / "course", title=" An\n\tIntroduction ").code == BUILT
    assert built(tmp_path / "course", "2027-03-10")["course"]["title"] == "An Introduction"


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        ({"title": "a\x00b"}, "--title: this contains the control character U+0000\nhelp: remove it"),
        ({"title": "a\x1b[31mb"}, "--title: this contains the control character U+001B\nhelp: remove it"),
        (
            {"title": "a\udcffb"},
            "--title: this contains bytes that are not text in UTF-8\n"
            "help: set the terminal to UTF-8, and type it again",
        ),
        ({"title": "x" * 301}, "--title: this has 301 characters; the limit is 300\nhelp: shorten it"),
        (
            {"ends": "2026-05-07"},
            "--ends: the term ends (2026-05-07) before it starts (2027-01-25)\nhelp: did you mean 2027-05-07?",
        ),
        (
            {"starts": "2027-05-07", "ends": "2027-01-25"},
            "--ends: the term ends (2027-01-25) before it starts (2027-05-07)\n"
            "help: did you mean that it starts on 2027-01-25 and ends on 2027-05-07?",
        ),
        (
            {"ends": "2029-05-07"},
            "--ends: the term has 833 days; the limit for a new term is 400\nhelp: did you mean 2027-05-07?",
        ),
        (
            {"timezone": "America/Los_Angelos"},
            "--timezone: `America/Los_Angelos` is not a time zone\nhelp: did you mean America/Los_Angeles?",
        ),
        (
            {"starts": "2027-01-25", "ends": "2027-01-26", "days": "Fri"},
            "--days: there is no Friday from 2027-01-25 to 2027-01-26\nhelp: name other days, or change the dates",
        ),
        ({"days": "Mun"}, "--days: `Mun` is not a day of the week\nhelp: write Monday or Mon"),
        (
            {"time": "2:00-3:15"},
            "--time: `2:00-3:15` begins at night\nhelp: write 2:00-3:15 pm; if it is right, write 2:00-3:15 am",
        ),
        (
            {"from": "seminr"},
            "--from: `seminr` is not berkeley, seminar, undergraduate or smallest\nhelp: did you mean `seminar`?",
        ),
        (
            {"from": "undergraduate", "ends": "2027-02-01"},
            "--from: undergraduate needs 5 class days, and this term has 3\n"
            "help: choose a longer term, or start from smallest",
        ),
        (
            {"from": "undergraduate", "days": "Mon-Sun"},
            "--from: undergraduate needs a day of the week for its lab\n"
            "help: choose fewer days, or start from smallest",
        ),
        ({"language": "x"}, "--language: `x` is not a language tag\nhelp: write one such as en or de-CH (BCP 47)"),
        (
            {"repository": "github.com"},
            "--repository: `github.com` is not an address\nhelp: write https://github.com",
        ),
    ],
)
def test_a_wrong_answer_says_why_and_nothing_is_written(tmp_path: Path, flags: dict[str, str], said: str) -> None:
    ran = make(tmp_path / "course", **flags)
    assert (ran.code, ran.out) == (WRONG_USAGE, "")
    assert ran.err == f"courseweek: {said}\nNothing was written.\n"
    assert not (tmp_path / "course").exists()


def test_a_wrong_zone_names_the_computer_s(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = FLAGS | {"timezone": "America/Springfield"}
    options = new.NewOptions(tmp_path / "course", texts, datetime(2026, 11, 30, tzinfo=UTC), None, "America/Chicago")
    assert new.new(options) == WRONG_USAGE
    assert capsys.readouterr().err == (
        "courseweek: --timezone: `America/Springfield` is not a time zone\n"
        "help: write a large city with the same time, such as America/New_York, America/Chicago, America/Denver, "
        "America/Los_Angeles or America/Sao_Paulo\n"
        "help: this computer is in America/Chicago\n"
        "Nothing was written.\n"
    )


def test_all_wrong_and_missing_answers_are_listed_at_once(tmp_path: Path) -> None:
    ran = make(tmp_path / "course", title="", time="25:00-26:00", timezone="", days="")
    assert ran.code == WRONG_USAGE
    assert [line.split()[0] for line in ran.err.splitlines()] == [
        "courseweek:", "help:", "courseweek:", "--title", "--days", "--timezone", "Nothing",
    ]  # fmt: skip
    assert ran.err.endswith(
        "courseweek: these options are missing, and there is no terminal to ask on:\n"
        '  --title "Machine Learning Systems" title of the course\n'
        "  --days Mon,Wed                     days of the week\n"
        "  --timezone America/Los_Angeles     time zone\n"
        "Nothing was written.\n"
    )
    assert not (tmp_path / "course").exists()


KEPT = {
    ".git/config": "",
    ".gitignore": "mine\n",
    "README.rst": "mine\n",
    "LICENSE": "mine\n",
    "LICENSE.txt": "mine\n",
    ".cache/x": "",
    ".venv/pyvenv.cfg": "",
    ".DS_Store": "",
}


def test_a_fresh_repository_keeps_what_it_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_course(tmp_path, KEPT)
    (tmp_path / "syllabus.yaml").unlink()
    before = read_tree(tmp_path)
    ran = make(Path())
    assert (ran.code, ran.err) == (BUILT, "")
    assert ran.out.startswith(
        f"Made a course in this folder: {len(FILES) - 2} files.\n"
        "Kept your .gitignore; make sure that it contains the lines `_site/`, `.cache/` and `.venv/`.\n"
        "Kept your README.rst.\n"
    )
    assert "cd " not in ran.out
    after = read_tree(tmp_path)
    assert after.keys() == before.keys() | FILES - {"README.md"}
    assert {path: after[path] for path in before} == before


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"notes.txt": ""}, "{} is not empty: it contains notes.txt"),
        ({"README.md": "", "src/a.py": ""}, "{} is not empty: it contains src"),
        ({".env": ""}, "{} is not empty: it contains .env"),
        (dict.fromkeys("abcdefg", ""), "{} is not empty: it contains a, b, c, d, e …"),
        ({"syllabus.yaml": "course: A\n"}, "there is already a course in {}"),
    ],
)
def test_any_other_folder_is_refused_untouched(tmp_path: Path, files: dict[str, str], said: str) -> None:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    before = read_tree(tmp_path)
    ran = make(tmp_path)
    assert (ran.code, ran.out) == (WRONG_USAGE, "")
    assert ran.err == (
        f"courseweek: {said.format(tmp_path)}; a new course begins in an empty folder or a fresh repository, "
        "for example with `courseweek new NAME`\nNothing was written.\n"
    )
    assert read_tree(tmp_path) == before


@pytest.mark.parametrize("stop", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_while_writing_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: BaseException
) -> None:
    rename = Path.rename
    write_course(tmp_path / "course", {"README.md": "mine\n"})
    (tmp_path / "course" / "syllabus.yaml").unlink()

    def fail(path: Path, target: Path) -> Path:
        if path.name == "readings.yaml" and target.parent == tmp_path / "course":
            raise stop
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fail)
    ran = make(tmp_path / "course")
    assert ran.code == FAILED
    assert read_tree(tmp_path / "course") == {"README.md": b"mine\n"}
    monkeypatch.undo()
    assert make(tmp_path / "course").code == BUILT


def test_what_a_killed_run_left_is_cleared(tmp_path: Path) -> None:
    (tmp_path / ".courseweek-new-abc" / "content").mkdir(parents=True)
    assert make(tmp_path).code == BUILT
    assert set(read_tree(tmp_path)) == FILES


@pytest.mark.parametrize("words", [[], ["check"]])
def test_a_folder_without_a_course_leads_to_new_and_stays_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    course = tmp_path / "course"
    course.mkdir()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(course)
    ran = run_cli(*words)
    assert ran.code == WRONG_FILES
    assert "\nhelp: to start a course here, run `courseweek new .`; " in ran.err
    assert list(course.iterdir()) == []


def git(folder: Path, *words: str) -> None:
    subprocess.run(("git", "-C", folder, *words), check=True, capture_output=True)


def test_the_repository_branch_and_folder_come_from_git(tmp_path: Path) -> None:
    git(tmp_path, "init", "-b", "trunk")
    git(tmp_path, "remote", "add", "origin", "git@github.com:me/courses.git")
    assert make(tmp_path / "cs 101").code == BUILT
    written = (tmp_path / "cs 101" / "syllabus.yaml").read_text(encoding="utf-8")
    line = '  repository: {url: "https://github.com/me/courses", branch: "trunk", folder: "cs 101"}\n'
    assert line in written
    assert 'working-directory: "cs 101"' in (tmp_path / ".github/workflows/publish-cs-101.yml").read_text("utf-8")
    assert not (tmp_path / "cs 101" / ".github").exists()
    helped = (tmp_path / "cs 101" / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert "(https://github.com/me/courses/edit/trunk/cs%20101/readings.yaml)" in helped


def test_files_for_github_that_are_there_stay_and_others_go_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "init", "-b", "main")
    write_course(tmp_path, {".github/dependabot.yml": "mine\n"})
    before = read_tree(tmp_path)

    rename = Path.rename

    def fail(path: Path, target: Path) -> Path:
        if target == tmp_path / "cs101" / "readings.yaml":
            raise OSError(28, "No space left on device")
        return rename(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", fail)
        ran = make(tmp_path / "cs101")
    assert (ran.code, read_tree(tmp_path)) == (FAILED, before)
    assert make(tmp_path / "cs101").code == BUILT
    assert (tmp_path / ".github" / "dependabot.yml").read_text(encoding="utf-8") == "mine\n"
    assert (tmp_path / ".github" / "workflows" / "check-cs101.yml").is_file()


@pytest.mark.parametrize(
    ("address", "web"),
    [
        ("git@github.com:me/cs101.git", "https://github.com/me/cs101"),
        ("ssh://git@gitlab.example.edu:2222/group/sub/cs101.git", "https://gitlab.example.edu/group/sub/cs101"),
        ("https://github.com/me/cs101.git", "https://github.com/me/cs101"),
        ("https://me:secret@github.com/me/cs101", "https://github.com/me/cs101"),
        ("http://git.example.edu/cs101/", "https://git.example.edu/cs101"),
        ("/srv/git/cs101.git", None),
        ("../cs101", None),
        ("file:///srv/git/cs101.git", None),
    ],
)
def test_the_web_address_of_what_git_uses(address: str, web: str | None) -> None:
    assert web_address(address) == web


@pytest.mark.parametrize(
    ("environment", "link", "file", "zone"),
    [
        ({"TZ": "Europe/Berlin"}, "/usr/share/zoneinfo/Asia/Tokyo", "", "Europe/Berlin"),
        ({"TZ": ":/usr/share/zoneinfo/Europe/Berlin"}, "", "", "Europe/Berlin"),
        ({"TZ": "EST5EDT"}, "/usr/share/zoneinfo/Asia/Tokyo", "", "Asia/Tokyo"),
        ({}, "/var/db/timezone/zoneinfo/America/New_York", "Asia/Tokyo\n", "America/New_York"),
        ({}, "", "Asia/Tokyo\n", "Asia/Tokyo"),
        ({}, "/usr/share/zoneinfo/Etc/UTC", "Asia/Tokyo\n", None),
        ({}, "", "", None),
    ],
)
def test_the_zone_of_the_computer(
    tmp_path: Path, environment: dict[str, str], link: str, file: str, zone: str | None
) -> None:
    if link:
        (tmp_path / "localtime").symlink_to(link)
    (tmp_path / "timezone").write_text(file, encoding="utf-8")
    assert find_zone(environment, tmp_path) == zone


def test_the_zone_of_windows_is_a_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    registry = SimpleNamespace(
        HKEY_LOCAL_MACHINE=0,
        OpenKey=lambda top, path: contextlib.nullcontext(path),
        QueryValueEx=lambda key, name: ("W. Europe Standard Time\0junk", 1),
    )
    monkeypatch.setitem(sys.modules, "winreg", cast("ModuleType", registry))
    assert find_zone({}, tmp_path) == "Europe/Berlin"
    assert [zone for zone in machine_zone.WINDOWS.values() if read_zone(zone).key != zone] == []


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        ("2026-11-30", "2027-01-25", "2027-05-07"),
        ("2027-01-25", "2027-01-25", "2027-05-07"),
        ("2027-01-26", "2027-08-30", "2027-12-10"),
        ("2027-12-31", "2028-01-31", "2028-05-12"),
    ],
)
def test_the_guessed_term_is_the_next_one(today: str, first: str, last: str) -> None:
    starts = guess_first_day(date.fromisoformat(today))
    assert starts.isoformat() == first
    assert guess_last_day(starts).isoformat() == last


def reply(*lines: str) -> tuple[Callable[[str], str], list[str]]:
    """Return what types these lines, and all that it was asked and shown."""
    left, seen = list(lines), list[str]()

    def ask(text: str) -> str:
        seen.append(text)
        if not left:
            raise EOFError
        return left.pop(0)

    return ask, seen


def test_each_question_has_a_guess_and_a_wrong_answer_is_asked_again() -> None:
    ask, seen = reply(
        "", "Databases", "", "", "2026-05-07", "", "Mon, Wde", "", "", "", "berlin", "", "-", "seminr", "seminar"
    )
    texts: dict[str, str] = {}
    ask_all(texts, Guesses(date(2026, 11, 30), "America/New_York", "https://github.com/me/x"), ask, seen.append)
    assert seen == [
        "Title of the course: ",
        "  the course needs an answer, such as Machine Learning Systems",
        "Title of the course: ",
        "Institution [none]: ",
        "First day of the term [2027-01-25]: ",
        "Last day of classes [2027-05-07]: ",
        "  the term ends (2026-05-07) before it starts (2027-01-25); did you mean 2027-05-07?",
        "Last day of classes [2027-05-07]: ",
        "Days of the week [Mon, Wed]: ",
        "  `Wde` is not a day of the week; write Monday or Mon",
        "Days of the week [Mon, Wed]: ",
        "Time of the class [10:00-11:30]: ",
        "Place [none]: ",
        "Time zone [America/New_York]: ",
        "  `berlin` is not a time zone; did you mean Europe/Berlin?",
        "Time zone [America/New_York]: ",
        "Web address of its repository (- for none) [https://github.com/me/x]: ",
        "A course can start from one of these:",
        "  smallest       one topic, one reading, one assignment",
        "  seminar        reading responses, discussion leaders and a final paper",
        "  berkeley       papers read as a program committee does: presenters with roles, summaries, a project",
        "  undergraduate  lectures and a weekly lab, homework, exams, staff and a late policy",
        "Start from [smallest]: ",
        "  `seminr` is not berkeley, seminar, undergraduate or smallest; did you mean `seminar`?",
        "Start from [smallest]: ",
    ]
    assert texts == {
        "title": "Databases",
        "starts": "2027-01-25",
        "ends": "2027-05-07",
        "days": "Mon, Wed",
        "time": "10:00-11:30",
        "timezone": "America/New_York",
        "from": "seminar",
    }


def test_a_template_that_does_not_fit_is_asked_again() -> None:
    ask, seen = reply("", "undergraduate", "smallest")
    texts = {**FLAGS, "ends": "2027-02-01", "institution": "UC", "place": "A"}
    ask_all(texts, Guesses(date(2026, 11, 30)), ask, seen.append)
    assert seen[-2] == (
        "  undergraduate needs 5 class days, and this term has 3; choose a longer term, or start from smallest"
    )
    assert texts["from"] == "smallest"


@pytest.mark.parametrize("stop", [EOFError, KeyboardInterrupt])
def test_stopping_in_the_middle_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], stop: type[BaseException]
) -> None:
    def ask(text: str) -> str:
        if text.startswith("Title"):
            return "Databases"
        raise stop

    options = new.NewOptions(tmp_path / "course", {}, datetime(2026, 11, 30, tzinfo=UTC), ask)
    assert new.new(options) == WRONG_USAGE
    assert capsys.readouterr().err == "\nNothing was written.\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (b"Databases\n\n\n\n\n\n\n" + b"UTC\n\n\n", 0),
        (b"F\xfchrung\n" + b"Databases\n\n\n\n\n\n\n" + b"UTC\n\n\n", 0),  # the first line is in Latin-1
        (b"Databases\n\x04", 2),
    ],
)
def test_on_a_terminal_it_asks(tmp_path: Path, typed: bytes, code: int) -> None:
    import pty

    ours, theirs = pty.openpty()
    environment = {**os.environ, "TZ": "UTC", "TERM": "dumb", "PYTHONPATH": str(ROOT)}
    environment["PYTHONIOENCODING"] = "utf-8:strict"
    words = (sys.executable, "-m", "courseweek", "new", "cs101")
    with subprocess.Popen(words, cwd=tmp_path, env=environment, stdin=theirs, stdout=subprocess.PIPE) as process:
        os.write(ours, typed)
        out, _ = process.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert process.returncode == code
    assert out.startswith(b"A new course in cs101. ")
    assert (tmp_path / "cs101" / "syllabus.yaml").is_file() == (code == 0)
    assert list(tmp_path.iterdir()) == ([tmp_path / "cs101"] if code == 0 else [])


def test_build_py_without_the_package_says_how_to_install_it(tmp_path: Path) -> None:
    assert make(tmp_path / "course").code == BUILT
    words = [sys.executable, "-I", "-S", str(tmp_path / "course" / "build.py")]
    ran = subprocess.run(words, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == (
        f"Courseweek is not installed for this Python ({sys.executable}): "
        "run `pip install -r requirements.txt` in the folder of build.py.\n"
    )


def test_build_py_is_the_front_door_of_the_course(tmp_path: Path) -> None:
    assert make(tmp_path / "course").code == BUILT
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(tmp_path / "course" / "build.py"), *words]
        return subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=environment, check=False)

    assert run("--strict").returncode == BUILT
    assert (tmp_path / "course" / "_site" / "index.html").is_file()
    asked = run("--help")
    assert asked.stdout.startswith("example:\n  python build.py ")
    assert "usage: python build.py [COMMAND] [options]\n" in asked.stdout


def test_the_templates_have_no_marks_that_nothing_fills(tmp_path: Path) -> None:
    assert {path.name for path in scaffold.TEMPLATES.iterdir()} >= {*TEMPLATES, "common", "parts"}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("file", "{0}/file is a file; a course needs a folder: name another one"),
        ("file/course", "{0}/file is a file; a course needs a folder: name another one"),
        ("nowhere", "{0}/nowhere is a link that leads nowhere; a course needs a folder: name another one"),
        ("loop/course", "{0}/loop is a link that leads nowhere; a course needs a folder: name another one"),
        ("n" * 300, "the name of the folder is too long; choose a shorter one"),
        *(
            (name, f"Windows can't store a folder called `{shown}`; choose a name that every computer can have")
            for name, shown in {
                "con": "con",
                "new/NUL": "NUL",
                "aux.txt/course": "aux.txt",
                "cs101.": "cs101.",
                "cs101 ": "cs101 ",
                "CS 101: Databases": "CS 101: Databases",
                "what?": "what?",
                "a\nb": "a\\x0ab",
                "a\udcff": "a\\udcff",
            }.items()
        ),
    ],
)
def test_a_path_that_can_be_no_folder_is_refused(tmp_path: Path, name: str, said: str) -> None:
    top = tmp_path.resolve()
    (top / "file").write_bytes(b"mine")
    (top / "nowhere").symlink_to("missing")
    (top / "loop").symlink_to("loop")
    ran = make(top / name)
    assert (ran.code, ran.err) == (WRONG_USAGE, f"courseweek: {said.format(top)}\nNothing was written.\n")
    assert sorted(each.name for each in top.iterdir()) == ["file", "loop", "nowhere"]


def test_a_folder_that_is_there_may_have_any_name(tmp_path: Path) -> None:
    (tmp_path / "CS 101: Databases").mkdir()
    assert make(tmp_path / "CS 101: Databases").code == BUILT
    assert make(tmp_path / "CS 101: Databases" / ".." / "console").code == BUILT


@pytest.mark.parametrize("name", [".github", ".github/workflows"])
def test_a_file_where_github_looks_for_a_folder_is_refused(tmp_path: Path, name: str) -> None:
    git(tmp_path, "init", "-b", "main")
    write_course(tmp_path, {name: "mine\n"})
    before = read_tree(tmp_path)
    ran = make(tmp_path / "cs101")
    assert (ran.code, ran.out) == (WRONG_USAGE, "")
    assert ran.err == (
        f"courseweek: {tmp_path.resolve()}/{name} is a file; the course's files for GitHub need a folder there: rename "
        "it or move it away\nNothing was written.\n"
    )
    assert read_tree(tmp_path) == before


@pytest.mark.parametrize(
    ("word", "posix", "windows"),
    [
        ("cs101", "cs101", "cs101"),
        ("D:\\courses\\cs101", "'D:\\courses\\cs101'", "D:\\courses\\cs101"),
        ("my course", "'my course'", '"my course"'),
        ("Tom's $5 (new)", "'Tom'\"'\"'s $5 (new)'", "'Tom''s $5 (new)'"),
        ("Übung", "'Übung'", "Übung"),
    ],
)
def test_a_folder_is_quoted_for_the_shell(word: str, posix: str, windows: str) -> None:
    assert (quote_word(word, windows=False), quote_word(word, windows=True)) == (posix, windows)


@pytest.mark.skipif(sys.platform == "win32", reason="this shell is not there")
def test_the_line_that_leads_to_the_course_can_be_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = make(Path("Tom's course"))
    (line,) = [line for line in ran.out.splitlines() if line.startswith("  cd ")]
    went = subprocess.run(("sh", "-c", f"{line} && pwd"), capture_output=True, text=True, check=True)
    assert Path(went.stdout.rstrip("\n")) == (tmp_path / "Tom's course").resolve()

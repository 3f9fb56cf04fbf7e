"""What people write where an id belongs, and the one id that is said for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseweek.diagnostics import Diagnostic
from courseweek.fixes import apply_fixes
from tests.mini import Mini, date_mini

SYLLABUS = """\
course: Knots
term: {starts: 2027-01-25, ends: 2027-03-01, timezone: America/Los_Angeles, meets: {day: Mon},
  breaks: {date: 2027-02-15, name: Presidents' Day}}
schedule:
  - {topic: Introduction, id: intro}
  - {topic: Hardware for Machine Learning, id: hardware}
  - {topic: Security, id: security, presenters: []}
  - {topic: Flow, id: flow, days: 2}
"""
ROOFLINE = "Roofline: An Insightful Visual Performance Model for Floating-Point Programs and Multicore Architectures"
READINGS = f"""\
intro:
  - {{title: "{ROOFLINE}", id: roofline, url: "https://arxiv.org/abs/2205.14135"}}
  - {{title: Eyeriss, doi: 10.1109/JSSC.2016.2616357}}
"""
HARDWARE = "write hardware (Mon, Feb 1, week 2)"
MEETINGS = {
    "Hardware for Machine Learning": HARDWARE,
    "hardware for machine learning": HARDWARE,
    "hardware-for-machine-learning": HARDWARE,
    "Hardware": HARDWARE,
    "week 2": HARDWARE,
    "Week 2": HARDWARE,
    "week-2": HARDWARE,
    "wk2": HARDWARE,
    "2": HARDWARE,
    "lecture 2": HARDWARE,
    "Class 2": HARDWARE,
    "2027-02-01": HARDWARE,
    "Feb 1": HARDWARE,
    "1 Feb": HARDWARE,
    "Mon, Feb 1": HARDWARE,
    "February 1st, 2027": HARDWARE,
    "02/01/2027": HARDWARE,
    "1.2.2027": HARDWARE,
    "2/1": HARDWARE,
    "https://example.org/course/index.html#hardware": HARDWARE,
    "index.html#hardware": HARDWARE,
    "#hardware": HARDWARE,
    "hardware.html": HARDWARE,
    "hardware.md": HARDWARE,
    "Flow": "write flow (Mon, Feb 22, week 5)",
}


def as_note(folder: Path, front: str) -> tuple[str, Mini]:
    text = f"---\n{front}\n---\nText.\n"
    return text, date_mini(folder, SYLLABUS, READINGS, {"content/notes/n.md": text})


def quote(text: str) -> str:
    return f'"{text}"' if text[0] in "#" or ": " in text else text


def only(mini: Mini) -> Diagnostic:
    (found,) = mini.diagnostics
    return found


@pytest.mark.parametrize("text", MEETINGS)
def test_a_key_of_readings(text: str, tmp_path: Path) -> None:
    lists = f"{quote(text)}:\n  - title: Links\n"
    mini = date_mini(tmp_path, SYLLABUS, lists)
    found = only(mini)
    assert (found.name, found.message) == ("unknown-meeting", f"no meeting has the id `{text}`")
    assert found.help == MEETINGS[text]
    after = apply_fixes(mini.diagnostics)["readings.yaml"]
    assert after == f"{MEETINGS[text].split()[1]}:\n  - title: Links\n"
    assert date_mini(tmp_path, SYLLABUS, after).found == []


@pytest.mark.parametrize("text", MEETINGS)
def test_the_meeting_of_a_note(text: str, tmp_path: Path) -> None:
    written, mini = as_note(tmp_path, f"meeting: {quote(text)}")
    found = only(mini)
    assert (found.name, found.message) == ("unknown-meeting", f"there is no meeting with the id `{text}`")
    assert found.help == MEETINGS[text]
    after = apply_fixes(mini.diagnostics)["content/notes/n.md"]
    assert after == written.replace(quote(text), MEETINGS[text].split()[1])
    assert date_mini(tmp_path, SYLLABUS, READINGS, {"content/notes/n.md": after}).found == []


@pytest.mark.parametrize("text", [text for text in MEETINGS if "," not in text])
def test_the_meeting_of_a_presenter(text: str, tmp_path: Path) -> None:
    syllabus, table = SYLLABUS + "presentations: {presenters: p.csv}\n", f"name,meeting\nAda,{text}\n"
    mini = date_mini(tmp_path, syllabus, READINGS, {"p.csv": table})
    assert only(mini).help == MEETINGS[text]
    after = apply_fixes(mini.diagnostics)["p.csv"]
    assert after == f"name,meeting\nAda,{MEETINGS[text].split()[1]}\n"
    assert date_mini(tmp_path, syllabus, READINGS, {"p.csv": after}).found == []


ELEVEN = "write roofline (“Roofline: An Insightful Visual Performance Model for …”)"
EYERISS = "write eyeriss (“Eyeriss”)"
READ = {
    ROOFLINE: ELEVEN,
    ROOFLINE.replace(":", ""): ELEVEN,
    "Roofline: An Insightful Visual Performance Model": ELEVEN,
    "Roofline": ELEVEN,
    "https://example.org/readings.html#reading-roofline": ELEVEN,
    "readings.html#reading-roofline": ELEVEN,
    "#reading-roofline": ELEVEN,
    "reading-roofline": ELEVEN,
    "roofline.md": ELEVEN,
    "notes/roofline.html": ELEVEN,
    "https://arxiv.org/abs/2205.14135": ELEVEN,
    "https://arxiv.org/pdf/2205.14135v2.pdf": ELEVEN,
    "arXiv:2205.14135": ELEVEN,
    "2205.14135": ELEVEN,
    "10.1109/JSSC.2016.2616357": EYERISS,
    "https://doi.org/10.1109/JSSC.2016.2616357": EYERISS,
    "Eyeriss": EYERISS,
    "eyeriss.": EYERISS,
}


@pytest.mark.parametrize("text", READ)
def test_the_reading_of_a_note(text: str, tmp_path: Path) -> None:
    written, mini = as_note(tmp_path, f"reading: {quote(text)}")
    found = only(mini)
    assert (found.name, found.help) == ("unknown-reading", READ[text])
    after = apply_fixes(mini.diagnostics)["content/notes/n.md"]
    assert after == written.replace(quote(text), READ[text].split()[1])
    assert date_mini(tmp_path, SYLLABUS, READINGS, {"content/notes/n.md": after}).found == []


@pytest.mark.parametrize("text", READ)
def test_a_reading_that_is_used_again(text: str, tmp_path: Path) -> None:
    lists = READINGS + f"security:\n  - reuse: {quote(text)}\n"
    mini = date_mini(tmp_path, SYLLABUS, lists)
    found = only(mini)
    assert (found.name, found.message) == ("unknown-reading", f"no reading has the id `{text}`")
    assert found.help == READ[text]
    after = apply_fixes(mini.diagnostics)["readings.yaml"]
    assert after == READINGS + f"security:\n  - reuse: {READ[text].split()[1]}\n"
    assert date_mini(tmp_path, SYLLABUS, after).found == []


# What a note says, the message, and the remedy, where there is nothing to fix by itself.
OTHER_KINDS = {
    "reading: hardware": (
        "`hardware` is a meeting (Mon, Feb 1, week 2), not a reading",
        "write meeting: hardware, or the id of one of its readings",
    ),
    "meeting: roofline": (
        "`roofline` is a reading, not a meeting",
        "write reading: roofline, or the id of its meeting",
    ),
    "reading: Hardware for Machine Learning": (
        "there is no reading with the id `Hardware for Machine Learning`",
        "if the note is about that meeting, write meeting: hardware",
    ),
    "meeting: Eyeriss": ("`Eyeriss` is a reading, not a meeting", "write reading: eyeriss, or the id of its meeting"),
    "reading: [roofline, eyeriss]": (
        "a note is about one reading, and here are 2",
        "write reading: roofline, and another note about `eyeriss`",
    ),
    "reading: roofline, eyeriss": (
        "a note is about one reading, and here are 2",
        "write reading: roofline, and another note about `eyeriss`",
    ),
    "meeting: [intro, hardware, security]": (
        "a note is about one meeting, and here are 3",
        "write meeting: intro, and other notes about `hardware` and `security`",
    ),
    "meeting: zebra": ("there is no meeting with the id `zebra`", "write the id of a meeting; course.json lists them"),
    "meeting: week 30": (
        "there is no meeting with the id `week 30`",
        "write the id of a meeting; course.json lists them",
    ),
}


@pytest.mark.parametrize("front", OTHER_KINDS)
def test_what_is_not_sure(front: str, tmp_path: Path) -> None:
    found = only(as_note(tmp_path, front)[1])
    assert (found.message, found.help, found.fix) == (*OTHER_KINDS[front], ())


def test_two_meetings_of_a_week(tmp_path: Path) -> None:
    syllabus = SYLLABUS.replace("day: Mon", "days: Mon and Wed")
    mini = date_mini(tmp_path, syllabus, "week 1:\n  - A\n")
    (found,) = (each for each in mini.diagnostics if each.name == "unknown-meeting")
    assert found.help == "write intro (Mon, Jan 25, week 1) or hardware (Wed, Jan 27, week 1)"
    assert found.fix == ()


def test_a_fragment_that_is_a_comment(tmp_path: Path) -> None:
    _, mini = as_note(tmp_path, "reading: #reading-roofline")
    assert only(mini).help == ELEVEN
    after = apply_fixes(mini.diagnostics)["content/notes/n.md"]
    assert after == "---\nreading: roofline\n---\nText.\n"


def test_a_list_that_there_is_already(tmp_path: Path) -> None:
    lists = "hardware:\n  - A\nHardware for Machine Learning:\n  - B\n"
    found = only(date_mini(tmp_path, SYLLABUS, lists))
    assert (found.help, found.fix) == (HARDWARE, ())
    assert found.other is not None
    assert (found.other[0].line, found.other[1]) == (1, "its list is here; move the readings there")


ANCHORS = {
    "assignments: {title: X, due: 1 day after Hardware for Machine Learning}": (
        HARDWARE,
        "assignments: {title: X, due: 1 day after hardware}",
    ),
    "assignments: [{title: The first, id: hw1, due: week 2}, {title: X, due: 1 day after The first}]": (
        "write hw1 (“The first”)",
        "assignments: [{title: The first, id: hw1, due: week 2}, {title: X, due: 1 day after hw1}]",
    ),
    "assignments: {title: X, each: meeting, except: [Security], due: end}": (
        "write security (Mon, Feb 8, week 3)",
        "assignments: {title: X, each: meeting, except: [security], due: end}",
    ),
    "presentations: {each: Security}": (
        "write security (Mon, Feb 8, week 3)",
        "presentations: {each: security}",
    ),
}


@pytest.mark.parametrize("lines", ANCHORS)
def test_ids_in_the_syllabus(lines: str, tmp_path: Path) -> None:
    help, after = ANCHORS[lines]
    mini = date_mini(tmp_path, f"{SYLLABUS}{lines}\n", READINGS)
    assert only(mini).help == help
    assert apply_fixes(mini.diagnostics)["syllabus.yaml"] == f"{SYLLABUS}{after}\n"
    assert date_mini(tmp_path, f"{SYLLABUS}{after}\n", READINGS).found == []


# Of a note that says nothing of what it is about: its name, its text, and the lines to add.
SILENT = {
    "its heading is a title": ("n", f"# {ROOFLINE}\n\nText.\n", "reading: roofline"),
    "its file has the name of a reading": ("eyeriss", "Text.\n", "reading: eyeriss"),
    "its file has the name of a meeting": ("security", "Text.\n", "meeting: security"),
    "its title is a topic": ("n", "---\ntitle: Security\n---\nText.\n", "meeting: security"),
}


@pytest.mark.parametrize("case", SILENT)
def test_a_note_of_nothing_gets_its_block(case: str, tmp_path: Path) -> None:
    name, text, line = SILENT[case]
    path = f"content/notes/{name}.md"
    mini = date_mini(tmp_path, SYLLABUS, READINGS, {path: text})
    found = only(mini)
    assert (found.name, found.message) == (
        "note-of-nothing",
        "a note names either the reading or the meeting that it is about",
    )
    opened = text.startswith("---")
    assert found.help == (f"add {line}" if opened else f"write these lines at the top of the file:\n---\n{line}\n---")
    after = apply_fixes(mini.diagnostics)[path]
    assert after == (text.replace("---\n", f"---\n{line}\n", 1) if opened else f"---\n{line}\n---\n{text}")
    assert date_mini(tmp_path, SYLLABUS, READINGS, {path: after}).found == []


UNKNOWN = {
    "Text.\n": "write these lines at the top of the file, with the id of its reading for ID:\n---\nreading: ID\n---",
    "---\nauthor: Ada\n---\nText.\n": "add reading: and the id of its reading, or meeting: and the id of its meeting",
    "---\nreading:\n---\nText.\n": "add reading: and the id of its reading, or meeting: and the id of its meeting",
}


@pytest.mark.parametrize("text", UNKNOWN)
def test_a_note_of_nothing_that_nobody_can_guess(text: str, tmp_path: Path) -> None:
    found = only(date_mini(tmp_path, SYLLABUS, READINGS, {"content/notes/n.md": text}))
    assert (found.name, found.help, found.fix) == ("note-of-nothing", UNKNOWN[text], ())


def test_an_assignment_is_not_due_by_its_own_title(tmp_path: Path) -> None:
    after = "3 days after final-report"
    syllabus = (
        f"{SYLLABUS}assignments:\n"
        f"  - {{title: Final Report, id: report, due: {after}}}\n"
        f"  - {{title: Outline, id: outline, due: {after}}}\n"
    )
    itself, other = date_mini(tmp_path, syllabus).diagnostics
    assert (itself.name, itself.fix) == ("unknown-anchor", ())
    assert itself.help == "write the id of a meeting or assignment, or the name of a break"
    assert (other.name, other.help) == ("unknown-anchor", "write report (“Final Report”)")
    assert other.span.text == "final-report"
    assert f"id: outline, due: {after.replace('final-report', 'report')}" in apply_fixes([other])["syllabus.yaml"]

"""What `check --against` says of a change: each kind of change with the exact text, and why nothing changes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from tests.sites import SIX_LINES, Ran, run_cli, write_course

TODAY = "2027-03-05T12:00"
SYLLABUS = """\
course: {code: CS 1, title: Databases}
term:
  name: Spring 2027
  starts: 2027-03-01
  ends: 2027-03-24
  timezone: Europe/Berlin
  meets: [{day: [Monday, Wednesday], time: 10:00-11:30, place: Room 1}]
  breaks:
    - {date: 2027-03-24, name: Spring day}
staff:
  - {name: Ada Lovelace, role: Lecturer, email: ada@example.edu}
schedule:
  - Introduction
  - topic: Relations
    materials:
      - {label: Slides, url: assets/slides.pdf}
      - {label: Solution, url: assets/solution.pdf, publish_on: 2027-03-20}
  - Normalization
  - topic: Hardware and the memory
    id: hardware
  - Locks
  - {topic: Recovery, times: rest}
assignments:
  - {title: Homework one, id: hw1, due: 2027-03-09}
grading: {Homework: 100%}
events:
  - {name: Open day, date: 2027-03-20, place: Aula}
"""
READINGS = """\
hardware:
  required:
    - {title: Roofline, id: roofline, url: "https://example.org/roofline"}
  optional:
    - {title: Time and clocks, id: lamport, url: "https://example.org/lamport", year: 1978}
locks:
  - {title: Granularity, id: gray, url: "https://example.org/gray"}
  - {title: Deadlocks, id: deadlocks}
"""
POLICIES = "# Policies\n\nBe kind.\n"
BASE: Mapping[str, str | bytes] = {
    "syllabus.yaml": SYLLABUS,
    "readings.yaml": READINGS,
    "content/policies.md": POLICIES,
    "content/notes/roofline.md": "---\nreading: roofline\n---\n# On rooflines\n\nA bound.\n",
    "assets/slides.pdf": b"%PDF-1.4 slides\n",
    "assets/solution.pdf": b"%PDF-1.4 solution\n",
}
Change = Mapping[str, str | bytes]


def syllabus(old: str, new: str) -> Change:
    assert SYLLABUS.count(old) == 1
    return {"syllabus.yaml": SYLLABUS.replace(old, new)}


def readings(old: str, new: str) -> Change:
    assert READINGS.count(old) == 1
    return {"readings.yaml": READINGS.replace(old, new)}


FLASH = (
    "    - {title: FlashAttention, authors: [Tri Dao, Dan Fu, Stefano Ermon], venue: NeurIPS, year: 2022, "
    'url: "https://arxiv.org/abs/2205.14135", note: "Read *this* first"}\n'
)
CHANGES: dict[str, tuple[Change, str]] = {
    "reading added": (
        readings("  optional:\n", f"  optional:\n{FLASH}"),
        """\
Your change:
- 1 reading added to Hardware and the memory (week 2, optional): FlashAttention → arxiv.org
    FlashAttention · Dao et al. · NeurIPS · 2022 · Read this first · arxiv.org
- It shows on the pages index.html, meetings/hardware.html, readings.html, syllabus.html
""",
    ),
    "reading removed": (
        readings('  - {title: Granularity, id: gray, url: "https://example.org/gray"}\n', ""),
        """\
Your change:
- 1 reading removed from Locks (week 3, required): Granularity → example.org
- It shows on the pages index.html, meetings/locks.html, readings.html, syllabus.html
""",
    ),
    "reading moved": (
        {
            "readings.yaml": READINGS.replace("  required:\n    - {title: Roof", "  - {title: Roof", 1)
            .replace("  optional:\n", "")
            .replace("    - {title: Time", "  - {title: Time")
        },
        """\
Your change:
- 1 reading is now required in Hardware and the memory (week 2): Time and clocks → example.org
- It shows on the pages index.html, meetings/hardware.html, readings.html, syllabus.html
""",
    ),
    "reading moved to another class": (
        {
            "readings.yaml": READINGS.replace("  optional:\n    - {title: Time", "locks:\n  - {title: Time").replace(
                "1978}\nlocks:\n", "1978}\n"
            )
        },
        """\
Your change:
- 1 reading moves from Hardware and the memory (week 2, optional) to Locks (week 3, required): Time and clocks → \
example.org
    Time and clocks · 1978 · example.org
- It shows on the pages index.html, meetings/hardware.html, meetings/locks.html, readings.html, syllabus.html
""",
    ),
    "order of readings": (
        {
            "readings.yaml": READINGS.replace("  - {title: Deadlocks, id: deadlocks}\n", "").replace(
                "locks:\n", "locks:\n  - {title: Deadlocks, id: deadlocks}\n"
            )
        },
        """\
Your change:
- The readings of Locks (week 3, required) are in another order
- It shows on the pages index.html, meetings/locks.html, readings.html, syllabus.html
""",
    ),
    "reading renamed": (
        readings("Time and clocks", "Clocks and the order of events"),
        """\
Your change:
- The reading Clocks and the order of events changes
  - title: Time and clocks → Clocks and the order of events
    Clocks and the order of events · 1978 · example.org
- It shows on the pages index.html, meetings/hardware.html, readings.html, syllabus.html
""",
    ),
    "typo in a reading": (
        readings("Granularity", "Granulartiy"),
        """\
Your change:
- The reading Granulartiy changes
  - title: Granularity → Granulartiy
    Granulartiy · example.org
- It shows on the pages index.html, meetings/locks.html, readings.html, syllabus.html
""",
    ),
    "another address": (
        readings("https://example.org/gray", "https://example.com/gray"),
        """\
Your change:
- The reading Granularity changes
  - address: https://example.org/gray → https://example.com/gray
    Granularity · example.com
- It shows on the pages index.html, meetings/locks.html, readings.html, syllabus.html
""",
    ),
    "note at a reading": (
        readings('roofline"}', 'roofline", note: Skip chapter 2}'),
        """\
Your change:
- The reading Roofline changes
    Roofline · Skip chapter 2 · example.org
- It shows on the pages index.html, meetings/hardware.html, readings.html, syllabus.html
""",
    ),
    "line of Markdown": (
        readings("locks:\n", 'locks:\n  - "[A talk](https://example.org/talk), with slides"\n'),
        """\
Your change:
- 1 reading added to Locks (week 3, required): A talk → example.org
    A talk, with slides · example.org
- It shows on the pages index.html, meetings/locks.html, readings.html, syllabus.html
""",
    ),
    "typo in a title": (
        syllabus("Normalization", "Normalisation"),
        """\
Your change:
- The title of the class changes: Normalization → Normalisation
- The page meetings/normalisation.html is new
- The page meetings/normalization.html is gone
- It shows on the pages index.html, meetings/hardware.html, meetings/relations.html, syllabus.html
""",
    ),
    "another title": (
        syllabus("Hardware and the memory", "Accelerators"),
        """\
Your change:
- New topic on Wed 10 Mar, 10:00: Accelerators (was Hardware and the memory)
- It shows on the pages index.html, meetings/hardware.html, meetings/locks.html, meetings/normalization.html, \
readings.html and 1 more
""",
    ),
    "due date": (
        syllabus("due: 2027-03-09", "due: 2027-03-11"),
        """\
Your change:
- Homework one is now due Thu 11 Mar, 23:59 (was Tue 9 Mar, 23:59)
- It shows on the pages deadlines.html, index.html, syllabus.html
""",
    ),
    "assignment added": (
        syllabus("grading:", "  - {title: Essay, due: 2027-03-16}\ngrading:"),
        """\
Your change:
- New: Essay, due Tue 16 Mar, 23:59
- It shows on the pages deadlines.html, index.html, syllabus.html
""",
    ),
    "weight": (
        syllabus("{Homework: 100%}", "{Homework: 60%, Exam: 40%}"),
        """\
Your change:
- The grading changes
  - no longer: Homework, weight 100
  - new: Homework, weight 60; Exam, weight 40
- It shows on the pages index.html, syllabus.html
""",
    ),
    "break": (
        syllabus("  breaks:\n", "  breaks:\n    - {date: 2027-03-15, name: Snow day}\n"),
        """\
Your change:
- No class on Mon 15 Mar: Snow day; 2 classes move
  - Locks is now on Wed 17 Mar, 10:00 (was Mon 15 Mar, 10:00)
  - Recovery is now on Mon 22 Mar, 10:00 (was Wed 17 Mar, 10:00)
- The page meetings/recovery-2.html is gone
- It shows on the pages index.html, meetings/hardware.html, meetings/locks.html, meetings/recovery.html, \
readings.html and 1 more
""",
    ),
    "break without class": (
        syllabus("  breaks:\n", "  breaks:\n    - {date: 2027-03-16, name: Holiday}\n"),
        """\
Your change: The page index.html changes
""",
    ),
    "name of a break": (
        syllabus("Spring day", "Rest day"),
        """\
Your change:
- The break Spring day, Wed 24 Mar is now Rest day, Wed 24 Mar
- It shows on the pages index.html, syllabus.html
""",
    ),
    "member of the staff added": (
        syllabus("staff:\n", "staff:\n  - {name: Bo, role: GSI}\n"),
        """\
Your change:
- New staff member: Bo
  - role: GSI
- It shows on the pages index.html, staff.html, syllabus.html
""",
    ),
    "staff": (
        syllabus("ada@example.edu", "lovelace@example.edu"),
        """\
Your change:
- The staff member Ada Lovelace changes
  - email: ada@example.edu → lovelace@example.edu
- It shows on the pages staff.html, syllabus.html
""",
    ),
    "event": (
        syllabus("place: Aula", "place: Hall, url: https://example.org/day"),
        """\
Your change:
- New place for Open day: Hall (was Aula)
- The event Open day changes
  - address: none → https://example.org/day
- It shows on the pages index.html, syllabus.html
""",
    ),
    "term": (
        syllabus("name: Spring 2027", "name: Spring term 2027"),
        """\
Your change:
- The term changes
  - name: Spring 2027 → Spring term 2027
- It shows on the pages index.html, syllabus.html
""",
    ),
    "material": (
        syllabus("{label: Slides, url: assets/slides.pdf}", "{label: Slides, url: https://example.org/s}"),
        """\
Your change:
- The class Relations changes
  - materials: Slides, address assets/slides.pdf → Slides, address https://example.org/s
- It shows on the pages index.html, meetings/relations.html
""",
    ),
    "page": (
        {"content/policies.md": "# Policies\n\nBe nice.\n"},
        """\
Your change: The page policies.html changes
""",
    ),
    "page added": (
        {"content/labs.md": "# Labs\n\nBring a laptop.\n"},
        """\
Your change:
- The page labs.html is new
- It shows on the pages 404.html, calendar.html, deadlines.html, index.html, meetings/hardware.html and 11 more
""",
    ),
    "note added": (
        {"content/notes/locks.md": "---\nmeeting: locks\n---\n# On locks\n\nA queue.\n"},
        """\
Your change:
- New note: On locks
  - address: notes/locks.html
  - meeting: locks
- The page notes/locks.html is new
- It shows on the pages index.html, meetings/locks.html
""",
    ),
    "text of a note": (
        {"content/notes/roofline.md": "---\nreading: roofline\n---\n# On rooflines\n\nTwo.\n"},
        """\
Your change: The page notes/roofline.html changes
""",
    ),
    "announcement": (
        {"content/announcements/2027-03-04-room.md": "# Another room\n\nRoom 2.\n"},
        """\
Your change:
- New announcement: Another room
  - date: 2027-03-04
- The page announcements.html is new
- It shows on the pages 404.html, calendar.html, deadlines.html, index.html, meetings/hardware.html and 11 more
""",
    ),
    "asset": (
        {"assets/slides.pdf": b"%PDF-1.4 better slides\n"},
        """\
Your change: The file assets/slides.pdf changes
""",
    ),
    "asset that no page names": (
        {"assets/old.pdf": b"%PDF-1.4 old\n"},
        """\
Your change:
- The file assets/old.pdf is new
- Published although no page names it: the file assets/old.pdf
""",
    ),
    "comment": (
        {"readings.yaml": f"# what we read\n{READINGS}"},
        """\
Nothing on the site changes: in readings.yaml only comments, spaces or quotes are different.
""",
    ),
    "quotes": (
        readings("title: Granularity", 'title: "Granularity"'),
        """\
Nothing on the site changes: in readings.yaml only comments, spaces or quotes are different.
""",
    ),
    "comment in a page": (
        {"content/policies.md": f"{POLICIES}\n<!-- for later -->\n"},
        """\
Nothing on the site changes: in content/policies.md only comments or spaces are different.
""",
    ),
    "front matter that no page shows": (
        {"content/policies.md": f"---\ntitle: Policies\n---\n{POLICIES.partition(chr(10))[2]}"},
        """\
Nothing on the site changes: no page shows what is different in content/policies.md.
""",
    ),
    "draft": (
        {"content/labs.md": "---\ndraft: yes\n---\n# Labs\n\nLater.\n"},
        """\
Nothing on the site changes: content/labs.md is a draft.
""",
    ),
    "page of a later day": (
        {"content/labs.md": "---\npublish_on: 2027-03-19\n---\n# Labs\n\nLater.\n"},
        """\
Nothing on the site changes: content/labs.md is not published before 2027-03-19.
""",
    ),
    "announcement of a later day": (
        {"content/announcements/2027-03-18-room.md": "# Another room\n\nRoom 2.\n"},
        """\
Nothing on the site changes: content/announcements/2027-03-18-room.md is not published before 2027-03-18.
""",
    ),
    "withheld file": (
        {"assets/solution.pdf": b"%PDF-1.4 better solution\n"},
        """\
Nothing on the site changes: only what is not published yet names assets/solution.pdf.
""",
    ),
    "file that nothing names": (
        {"plan.txt": "For the next term\n"},
        """\
Nothing on the site changes: nothing of the course names plan.txt.
""",
    ),
    "outside of the course": (
        {"docs/plan.txt": "For the next term\n", ".github/a.yml": "a: b\n"},
        """\
Nothing on the site changes: no file of the course is different.
""",
    ),
    "layout that no page uses": (
        {"layouts/parts/mine.html": "<p>Mine</p>\n"},
        """\
Nothing on the site changes: no page shows what is different in layouts/parts/mine.html.
""",
    ),
    "nothing": (
        {},
        """\
Nothing on the site changes: no file of the course is different.
""",
    ),
    "many": (
        {f"content/p{number:02}.md": f"# Page {number}\n\nText.\n" for number in range(25)},
        """\
Your change:
- The pages p00.html, p01.html, p02.html, p03.html, p04.html, p05.html, p06.html, p07.html, p08.html, p09.html, \
p10.html, p11.html, p12.html, p13.html, p14.html, p15.html, p16.html, p17.html, p18.html, p19.html and 5 more are new
- It shows on the pages 404.html, calendar.html, deadlines.html, index.html, meetings/hardware.html and 11 more
""",
    ),
}


def run_change(folder: Path, files: Change, *more: str | Path, base: Change = BASE) -> Ran:
    """Run `check --against` for a change of the base."""
    before = write_course(folder / "base", base)
    after = write_course(folder / "head", {**base, **files})
    return run_cli("check", "--source", after, "--against", before, "--today", TODAY, *more)


@pytest.mark.parametrize("change", CHANGES)
def test_what_a_change_does(change: str, tmp_path: Path) -> None:
    files, expected = CHANGES[change]
    ran = run_change(tmp_path, files)
    assert ran.code == 0, ran.err
    assert ran.out.startswith(f"{expected}\nChecked: ")


def test_a_deleted_draft_was_not_on_the_site(tmp_path: Path) -> None:
    base = {**BASE, "content/labs.md": "---\ndraft: yes\n---\n# Labs\n"}
    before, after = write_course(tmp_path / "base", base), write_course(tmp_path / "head", BASE)
    ran = run_cli("check", "--source", after, "--against", before, "--today", TODAY)
    assert ran.out.startswith("Nothing on the site changes: nothing of content/labs.md was on the site.\n")


def test_of_many_rows_the_number_is_given(tmp_path: Path) -> None:
    more = "".join(f"    - {{title: Paper {number}}}\n" for number in range(150))
    ran = run_change(tmp_path, readings("  optional:\n", f"  optional:\n{more}"))
    rows = [line for line in ran.out.splitlines() if line.startswith("    ") and line.strip()]
    assert (len(rows), rows[-1]) == (101, "    50 more")


BASES: dict[str, tuple[Change, str]] = {
    "no course": ({**BASE, "syllabus.yaml": ""}, "1 error"),
    "an error": ({**BASE, "content/policies.md": "# Policies\n\n[x](missing.html)\n"}, "1 error"),
    "errors": ({**BASE, "content/policies.md": "# Policies\n\n[x](missing.html), [y](gone.html)\n"}, "2 errors"),
}


@pytest.mark.parametrize("base", BASES)
def test_a_base_with_an_error_is_not_compared_and_not_reported(base: str, tmp_path: Path) -> None:
    files, why = BASES[base]
    ran = run_change(tmp_path, BASE, base=files)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(
        f"What changes is not known: the base can't be built, as it has {why} of its own.\n\nChecked: "
    )


def test_a_change_with_an_error_is_not_compared(tmp_path: Path) -> None:
    ran = run_change(tmp_path, {"readings.yaml": "hardware:\n  - {titel: A}\n"})
    assert ran.code == 1
    assert ran.out == "What changes is not known: the course has an error.\n\n"


def test_the_same_folder_changes_nothing(tmp_path: Path) -> None:
    course = write_course(tmp_path, BASE)
    ran = run_cli("check", "--source", course, "--against", course, "--today", TODAY)
    assert ran.out.startswith("Nothing on the site changes: no file of the course is different.\n")


def test_lines_that_move_change_nothing_where_people_edit(tmp_path: Path) -> None:
    course = SYLLABUS.replace("title: Databases}", "title: Databases, repository: https://github.com/ada/cs1}")
    ran = run_change(tmp_path, {"readings.yaml": f"# a\n# b\n{READINGS}"}, base={**BASE, "syllabus.yaml": course})
    assert ran.out.startswith(
        "Nothing on the site changes: in readings.yaml only comments, spaces or quotes are different.\n"
    )


FILES: dict[str, tuple[bytes | None, str]] = {
    "missing": (None, "What changes is not known: the base is not used: it doesn't exist.\n"),
    "empty": (b"", "What changes is not known: the base is not used: it is empty.\n"),
    "damaged": (b"{", "What changes is not known: the base is not used: it is damaged.\n"),
    "another file": (b"[]", "What changes is not known: the base is not used: it is not a course.json.\n"),
}


@pytest.mark.parametrize("file", FILES)
def test_a_base_that_is_no_course_json(file: str, tmp_path: Path) -> None:
    data, said = FILES[file]
    course, base = write_course(tmp_path / "course", BASE), tmp_path / "course.json"
    if data is not None:
        base.write_bytes(data)
    ran = run_cli("check", "--source", course, "--against", base, "--today", TODAY)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(said)


def write_course_json(folder: Path, files: Change = BASE) -> Path:
    course, site = write_course(folder / "base", files), folder / "site"
    assert run_cli("build", "--source", course, "--output", site, "--today", TODAY).code == 0
    return site / "course.json"


def test_a_course_json_as_the_base(tmp_path: Path) -> None:
    base = write_course_json(tmp_path)
    course = write_course(tmp_path / "head", {**BASE, **readings("  optional:\n", f"  optional:\n{FLASH}")})
    ran = run_cli("check", "--source", course, "--against", base, "--today", TODAY)
    assert ran.out.startswith(
        "Your change:\n"
        "- 1 reading added to Hardware and the memory (week 2, optional): FlashAttention → arxiv.org\n"
        "    FlashAttention · Dao et al. · NeurIPS · 2022 · Read this first · arxiv.org\n\n"
    )
    same = run_cli("check", "--source", tmp_path / "base", "--against", base, "--today", TODAY)
    assert same.out.startswith(
        "What changes is not known: dates and readings are the same, "
        "but a course.json has no texts of pages and no files.\n"
    )


def misshape(content: dict[str, Any], key: str, value: object) -> dict[str, Any]:
    return content | {key: value}


@pytest.mark.parametrize("key", ["staff", "notes", "announcements", "past_terms", "events", "assignments", "meetings"])
@pytest.mark.parametrize("value", [[[]], [{}], [{"id": 1, "name": [], "url": {}}], {}, 7])
def test_a_course_json_of_another_shape_causes_no_traceback(key: str, value: object, tmp_path: Path) -> None:
    base = write_course_json(tmp_path)
    base.write_text(json.dumps(misshape(json.loads(base.read_bytes()), key, value)), encoding="utf-8")
    ran = run_cli("check", "--source", tmp_path / "base", "--against", base, "--today", TODAY)
    assert ran.code == 0
    assert ran.out.startswith("What changes is not known: the base is ")


def test_values_of_another_shape_are_said_as_they_are(tmp_path: Path) -> None:
    base = write_course_json(tmp_path)
    content = json.loads(base.read_bytes())
    deep: object = "end"
    for _ in range(300):
        deep = [deep]
    content |= {"grading": deep, "presentations": 7, "office_hours": {"a": deep}}
    content["staff"][0]["email"] = {"a": [1, None, True]}
    base.write_text(json.dumps(content), encoding="utf-8")
    ran = run_cli("check", "--source", tmp_path / "base", "--against", base, "--today", TODAY)
    assert ran.code == 0
    assert "  - email: a 1; yes → ada@example.edu\n" in ran.out


def test_another_course_is_not_compared(tmp_path: Path) -> None:
    base = write_course_json(tmp_path, {"syllabus.yaml": SIX_LINES})
    course = write_course(tmp_path / "head", BASE)
    ran = run_cli("check", "--source", course, "--against", base, "--today", TODAY)
    assert ran.out.startswith("What changes is not known: the base is of another course or another term.\n")


def test_the_review_as_json(tmp_path: Path) -> None:
    ran = run_change(tmp_path, {"content/policies.md": "# Policies\n\nBe nice.\n"}, "--format", "json")
    assert json.loads(ran.out)["review"] == {
        "changes": [{"text": "The page policies.html changes", "details": [], "rows": []}],
        "reasons": [],
        "unknown": None,
    }
    nothing = run_change(tmp_path / "again", {}, "--format", "json")
    assert json.loads(nothing.out)["review"]["reasons"] == ["no file of the course is different"]


HOSTILE = "`a` ${{ github.token }} <b>x</b> @ada [x](https://evil.example) #1 www.evil.example ada@evil.example"


def test_the_summary_begins_with_the_change_and_nothing_in_it_is_live(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    title = f"::error::{HOSTILE} ##[error]x"
    added = f'  optional:\n    - {{title: {json.dumps(title)}, url: https://arxiv.org/a, note: "::set-output::1"}}\n'
    ran = run_change(tmp_path, readings("  optional:\n", added), "--format", "github")
    assert ran.code == 1  # an address in a title loses its link
    assert not [line for line in ran.out.splitlines() if line.lstrip().startswith(("::error::", "##[", "::set"))]
    assert "##[error]" not in ran.out
    text = summary.read_text(encoding="utf-8")
    assert text.startswith(
        "## Your change\n\n- 1 reading added to Hardware and the memory &#40;week 2, optional&#41;&#58; "
    )
    change = text.partition("## The course's files")[0]
    html = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(change)
    assert re.findall(r"<(?!/?(?:h2|ul|li|p|blockquote|strong)>)[^>]*>", html) == []
    assert re.findall(r"@\w|#\d|www\.|https?://|\$\{\{(?!\s)", html) == []
    shown = unescape(html).replace("\u2060", "")
    assert HOSTILE in shown
    assert "::error::" in shown


def test_nothing_changes_in_the_summary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    run_change(tmp_path, {"plan.txt": "x\n"}, "--format", "github")
    assert summary.read_text(encoding="utf-8").startswith(
        "## Your change\n\n**Nothing on the site changes.**\n\n- nothing of the course names plan&#46;txt\n\n"
        "## The course's files\n"
    )

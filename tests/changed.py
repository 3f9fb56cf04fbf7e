"""Courses of which something has changed: built with made-up changes, which the public `course.json` has."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tests.sites import run_cli, write_course

COURSE = """\
course: {title: Knots, code: KC 1, url: 'https://www.Example.edu/~ropes/kc1/'}
term:
  starts: 2027-03-01
  ends: 2027-04-09
  timezone: America/Chicago
  meets: {days: [Tue, Thu], time: 9:30-10:45, place: Siebel 1404}
schedule:
  - {topic: Loops, id: loops}
  - {topic: Bends, id: bends, place: Lincoln 1000}
  - {topic: Midterm, id: midterm, exam: yes}
  - {topic: Braids, id: braids, times: rest}
  - {topic: Splices, id: splices, date: TBD}
assignments:
  - {title: Sheet, id: sheet, due: 2027-03-12}
  - {title: Quiz, id: quiz, each: [loops, bends], due: start}
  - {title: Essay, id: essay, milestones: [{title: Draft, id: draft, due: 2027-03-26}, {title: Text, due: 2027-04-02}]}
events:
  - {name: Rope fair, id: fair, date: 2027-03-03}
"""
NOON = "2027-03-10T12:00:00+00:00"


def make_change(id: str = "one", *, at: str = NOON, kind: str = "class", **others: Any) -> dict[str, Any]:
    """Return a change as `course.json` has it."""
    filled = {"ids": ["loops"], "text": "Loops is now on Tue 9 Mar, 9:30", "was": None, "href": "", "details": []}
    return {"id": id, "at": at, "kind": kind, **filled, **others}


def build_changed(
    folder: Path,
    changes: Iterable[Mapping[str, Any]],
    files: Mapping[str, str | bytes] | None = None,
    today: str = "2027-03-11T12:00",
) -> Path:
    """Return the folder of the site of a course whose public `course.json` has these changes; nothing is reported."""
    course = write_course(folder / "course", {"syllabus.yaml": COURSE, **(files or {})})
    before = run_cli("--source", course, "--output", folder / "before", "--today", today)
    assert (before.code, before.err) == (0, ""), before.err
    content = json.loads((folder / "before" / "course.json").read_bytes())
    public = folder / "public.json"
    public.write_text(json.dumps({**content, "changes": list(changes)}), encoding="utf-8")
    ran = run_cli("--source", course, "--output", folder / "site", "--since", public, "--today", today)
    assert (ran.code, ran.err) == (0, ""), ran.err
    return folder / "site"

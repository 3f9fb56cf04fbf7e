"""What the README shows is what its example makes."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from courseweek.language.locale import EN
from tests.docs.examples import ROOT, build, courses, tables

README = ROOT / "README.md"


def test_the_schedule_shown_is_the_one_made(tmp_path: Path) -> None:
    course = courses(README)[0]
    made = json.loads(build(course.files, tmp_path).files["course.json"])
    rows = [
        [str(each["week"]), EN.short_day(date.fromisoformat(each["date"])), each["topic"]] for each in made["meetings"]
    ]
    assert tables(README)[course.heading] == rows
    assert [each["meetings"] for each in made["readings"]] == [["big-data"]]

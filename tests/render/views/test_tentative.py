"""What is tentative says so: an assignment with all its milestones, or one milestone alone."""

from __future__ import annotations

from pathlib import Path

from tests.sites import run_cli, write_course

SYLLABUS = """\
course: Knots
term: {starts: 2027-01-25, ends: 2027-02-08, timezone: America/Los_Angeles, meets: {day: Monday}}
schedule: [A, B, C]
assignments:
  - {title: Essay, status: tentative, milestones: [{title: Outline, due: 2027-01-25}]}
  - title: Project
    milestones: [{title: Plan, due: 2027-02-01, status: tentative}, {title: Report, due: 2027-02-08}]
"""


def test_milestones_of_a_tentative_assignment_are_tentative(tmp_path: Path) -> None:
    course = write_course(tmp_path, {"syllabus.yaml": SYLLABUS})
    ran = run_cli("--source", course, "--today", "2027-01-25")
    assert ran.code == 0, ran.err
    html = (course / "_site" / "index.html").read_text(encoding="utf-8")
    rows = html.split("<tr ")[1:]
    said = {title: "tentative" in row for title in ("Outline", "Plan", "Report") for row in rows if title in row}
    assert said == {"Outline": True, "Plan": True, "Report": False}

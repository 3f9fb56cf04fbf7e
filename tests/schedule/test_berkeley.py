"""The course at the top of the repository, given the term of Spring 2022, has the rows that its page had then."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from tests.mini import date_mini

# The dates and the titles of the published page's rows, as they stood there.
ROWS = Path(__file__).parents[1] / "courses" / "berkeley-2022" / "rows.txt"

TERM = """\
term:
  name: Spring 2022
  starts: 2022-01-24
  ends: 2022-05-09
  timezone: America/Los_Angeles
  meets: [{day: Monday, time: 13:00-16:00, place: Soda 405}]
  breaks:
    - {date: 2022-02-21, name: Holiday (Presidents Day)}
    - {from: 2022-03-21, to: 2022-03-25, name: Spring Break}
    - {from: 2022-05-02, to: 2022-05-06, name: RRR Week}
"""


def published() -> list[tuple[str, str]]:
    rows = []
    for line in ROWS.read_text(encoding="utf-8").splitlines():
        day, _, title = line.partition(" ")
        month, day_of_month, year = (int(part) for part in day.split("/"))
        rows.append((date(2000 + year, month, day_of_month).isoformat(), title))
    return rows


def test_the_list_is_whole() -> None:
    assert len(published()) == 16
    assert published()[0] == ("2022-01-24", "Introduction and Course Overview")
    assert published()[-1] == ("2022-05-09", "Project Presentations")


def test_the_dates_come_from_the_term_alone(tmp_path: Path) -> None:
    """A schedule of the page's topics flows onto the page's dates."""
    breaks = {"Holiday (Presidents Day)", "Spring Break", "RRR Week"}
    topics = "".join(f'  - "{title}"\n' for _, title in published() if title not in breaks)
    mini = date_mini(tmp_path, f"course: Machine Learning Systems\n{TERM}schedule:\n{topics}")
    assert mini.found == []
    assert [(str(row.on), row.topic) for row in mini.dated.meetings] == published()
    assert [row.week for row in mini.dated.meetings] == list(range(1, 17))


def test_another_term_needs_another_term_block_only(root: Path, tmp_path: Path) -> None:
    syllabus = (root / "syllabus.yaml").read_text(encoding="utf-8")
    rolled, count = re.subn(r"^term:\n(?:[ #].*\n|\n)*", TERM + "\n", syllabus, count=1, flags=re.MULTILINE)
    assert count == 1
    readings = (root / "readings.yaml").read_text(encoding="utf-8")
    mini = date_mini(tmp_path, rolled, readings)
    assert mini.found == []
    assert [(str(row.on), row.topic.casefold()) for row in mini.dated.meetings] == [
        (day, title.casefold()) for day, title in published()
    ]
    assert len(mini.dated.readings) >= 50

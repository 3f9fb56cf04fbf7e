"""A topic without a day, in a term without a weekly pattern: the remedy names a day that it could have."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mini import date_mini, term

DAYS = "starts: 2027-01-26\nends: 2027-02-16"
MEETS = "or add the class days to the term: meets: {day: Mon, time: 13:00-14:00}"

HELPS = {
    "- A": "{topic: A, date: 2027-01-26}",
    "- {topic: A}": "date: 2027-01-26",
    "- 'A: b, c'": '{topic: "A: b, c", date: 2027-01-26}',
    "- {topic: A, date: 2027-01-27}\n- B": "{topic: B, date: 2027-02-03}",
    "- B\n- {topic: A, date: 2027-02-04}": "{topic: B, date: 2027-01-28}",
    "- {topic: A, date: 2027-02-15}\n- B": "{topic: B, date: 2027-01-26}",
    "- {topic: A, date: 2027-02-15, days: 2}": "a topic with a date for each day",
}


@pytest.mark.parametrize("topics", HELPS)
def test_the_day_is_one_of_the_term(topics: str, tmp_path: Path) -> None:
    (wrong,) = date_mini(tmp_path, term(DAYS, topics)).diagnostics
    assert (wrong.name, wrong.help) == ("no-date", f"write {HELPS[topics]}, {MEETS}")

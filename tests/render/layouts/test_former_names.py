"""A course's own layouts of before: each keeps working, or is refused with the names of today.

`former/` has the built-in layouts as they were; a course may have copied any of them. `former/refused.txt` has what is
reported for each.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from courseweek.render.layouts.former_names import ADDED, CHANGES, FILES
from tests.former import FORMER, LAYOUTS, REMEDIES, apply_remedies, take_former
from tests.sites import POLICY, SIX_LINES, run_cli, write_course

REPORTED = re.compile(r"^(layouts/\S+: \w+\[[\w-]+\]: .*)(?:\n[ \d].*)*\n(help: .*)", re.MULTILINE)
ENTRY = re.compile(r"^layouts/.*\nhelp: .*\n", re.MULTILINE)
REFUSED = ENTRY.findall((FORMER / "refused.txt").read_text(encoding="utf-8"))


def build(course: Path) -> tuple[int, list[str]]:
    """Return the exit code, and what is reported, without the lines of the layouts that are shown."""
    ran = run_cli("--source", course, "--today", "2027-03-10")
    found = REPORTED.findall(ran.err)
    assert len(re.findall(r"^\S+: (?:error|warning)\[", ran.err, re.MULTILINE)) == len(found), ran.err
    return ran.code, [f"{said}\n{help}\n" for said, help in found]


@pytest.mark.parametrize("name", LAYOUTS)
def test_one_layout_of_before(name: str, tmp_path: Path) -> None:
    expected = [each for each in REFUSED if each.startswith(f"layouts/{name}:")]
    code = 1 if any(" error[" in each for each in expected) else 0
    assert build(take_former(tmp_path, name)) == (code, expected)


def test_all_layouts_of_before_are_reported_at_once(tmp_path: Path) -> None:
    """With its own macros and `parts/facts.html` a course has three faults fewer: all that they name is there."""
    there = ("layouts/home.html", "layouts/parts/facts.html", "layouts/parts/macros.html:1:")
    expected = [each for each in REFUSED if not each.startswith(there) and "`macros.presenters`" not in each]
    facts = "layouts/parts/facts.html:1:7: error[layout]: `facts` is now `every_week`\n"
    code, found = build(take_former(tmp_path, *LAYOUTS))
    assert code == 1
    assert [each for each in found if not each.startswith(facts)] == expected
    assert len(found) == len(expected) + 1


def test_every_change_is_in_a_layout_of_before() -> None:
    said = "".join(REFUSED) + "`facts` is now `every_week`"
    names = [f"`{change.owner}.{name}`" if change.owner else f"`{name}`" for (_, name), change in CHANGES.items()]
    assert [name for name in names if f"{name} " not in said] == []
    assert [message for _, _, message, _ in ADDED if message not in said] == []
    assert [name for name in FILES if f"`{name}` is now" not in said] == []


@pytest.mark.parametrize("name", [*REMEDIES, "all"])
def test_the_remedies_are_enough(name: str, tmp_path: Path) -> None:
    course = take_former(tmp_path, *(LAYOUTS if name == "all" else [name]))
    apply_remedies(course)
    assert build(course) == (0, [])


UNDER_OTHER_NAMES = {
    "{% for week in weeks %}{% for it in week.rows %}{{ it.own_time }}{% endfor %}{% endfor %}": (
        "2:55: error[layout]: `row.own_time` is now `row.own_hours` and `row.own_place`\n"
        "help: write `row.own_hours or row.own_place`\n"
    ),
    "{% set on = now %}{{ on.as_of }}": (
        "2:25: error[layout]: `now.as_of` is now `built`\nhelp: write `{{ built }}`\n"
    ),
    '{% import "parts/macros.html" as own %}{{ own.presenters([]) }}': (
        "2:47: error[layout]: `macros.presenters` is gone: `row.facts` has the presenters\n"
        'help: write `{{ row.facts | bdi_join(" · ") }}` for the line below the topic\n'
    ),
    "{% set deadlines = [1] %}{{ deadlines | length }}": "",
    "{% for row in schemes %}{{ row.part }}{% endfor %}{{ page.style_sheets | length }}": "",
}


@pytest.mark.parametrize("layout", UNDER_OTHER_NAMES)
def test_a_value_under_another_name(layout: str, tmp_path: Path) -> None:
    """What counts is the value, whatever a layout calls it; a name that it gives itself is not a former one."""
    files = {
        "syllabus.yaml": SIX_LINES + "schedule: [{topic: Knots, times: rest}]\n",
        "layouts/home.html": f"{POLICY}\n{layout}",
    }
    course = write_course(tmp_path, files)
    said = UNDER_OTHER_NAMES[layout]
    expected = [f"layouts/home.html:{said}"] if said else []
    assert [each for each in build(course)[1] if "error[layout]" in each] == expected

"""A course's own layouts of before: each keeps working, or is refused with the names of today.

`former/` has the built-in layouts as they were; a course may have copied any of them. `former/refused.txt` has what is
reported for each.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from courseweek.render.layouts.former_names import ADDED, CHANGES, FILES
from tests.former import FORMER, LAYOUTS, take_former
from tests.sites import POLICY, run_cli, write_course

REFUSED = (FORMER / "refused.txt").read_text(encoding="utf-8")
REPORTED = re.compile(r"^(layouts/\S+: \w+\[[\w-]+\]: .*)(?:\n[ \d].*)*\n(help: .*)", re.MULTILINE)


def build(course: Path) -> tuple[int, str]:
    """Return the exit code, and what is reported without the lines that are shown."""
    ran = run_cli("--source", course, "--today", "2027-03-10")
    found = REPORTED.findall(ran.err)
    assert len(re.findall(r"^\S+: (?:error|warning)\[", ran.err, re.MULTILINE)) == len(found), ran.err
    return ran.code, "".join(f"{line}\n" for lines in found for line in lines)


@pytest.mark.parametrize("name", LAYOUTS)
def test_one_layout_of_before(name: str, tmp_path: Path) -> None:
    expected = re.findall(rf"^layouts/{re.escape(name)}:.*\nhelp: .*\n", REFUSED, re.MULTILINE)
    code = 1 if any(" error[" in each for each in expected) else 0
    assert build(take_former(tmp_path, name)) == (code, "".join(expected))


def test_all_layouts_of_before(tmp_path: Path) -> None:
    """All former names are reported at once; the macros are complete as long as no built-in layout is used."""
    code, reported = build(take_former(tmp_path, *LAYOUTS))
    expected = [
        each
        for each in re.findall(r"^layouts/.*\nhelp: .*\n", REFUSED, re.MULTILINE)
        if not re.match(r"layouts/(home|parts/facts|parts/macros\.html:1:)", each)
        and "macros." not in each.partition("error")[2][:20]
    ]
    assert code == 1
    for each in expected:
        assert each in reported

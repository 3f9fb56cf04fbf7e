"""Pages drawn on every core, recalled or drawn one after the other are the same bytes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from courseweek.cache import Memory
from courseweek.diagnostics import Diagnostics
from courseweek.files.project import Project
from courseweek.files.stored import read_whole
from courseweek.pipeline import make_site
from courseweek.render import ahead
from tests.sites import COURSES, ROOT

NOW = datetime(2027, 3, 10, 20, tzinfo=UTC)


def make(course: Path, memory: Memory | None = None, now: datetime = NOW) -> tuple[dict[str, bytes], list[str]]:
    found = Diagnostics()
    site = make_site(Project(course, course / "_site"), now, found, memory)
    assert site is not None
    made = {path: read_whole(content) for path, content in site.artifacts.items()}
    return made, [f"{each.span.file}:{each.span.line}: {each.message}" for each in found]


@pytest.mark.parametrize(
    "course",
    [COURSES / "everything", *(pytest.param(each, marks=pytest.mark.slow) for each in (ROOT, COURSES / "kinds"))],
    ids=lambda path: path.name,
)
def test_every_way_makes_the_same_pages(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    alone = make(course)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr(ahead, "FEWEST_AHEAD", 1)
    memory = Memory()
    assert make(course, memory) == alone
    memory.settle()
    assert make(course, memory) == alone, "all of it recalled"
    later = NOW.replace(day=20)
    assert make(course, memory, later) == make(course, None, later), "much of it recalled"


def test_a_page_that_moved_is_linked_again(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "syllabus.yaml").write_bytes((COURSES / "six-lines" / "syllabus.yaml").read_bytes())
    page = tmp_path / "content" / "a.md"
    page.write_text("# A\n\n[b](b.md)\n", encoding="utf-8")
    (tmp_path / "content" / "b.md").write_text("# B\n", encoding="utf-8")
    memory = Memory()
    artifacts, reported = make(tmp_path, memory)
    assert b'href="b.html">b</a>' in artifacts["a.html"]
    assert reported == []
    (tmp_path / "content" / "b.md").rename(tmp_path / "content" / "c.md")
    clean = make(tmp_path)
    assert clean[1], "the link is dead now"
    assert make(tmp_path, memory) == clean

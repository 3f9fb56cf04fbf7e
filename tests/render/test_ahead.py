"""Pages drawn on every core, recalled or drawn one after the other are the same bytes."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from courseweek.cache import Memory
from courseweek.diagnostics import Diagnostics
from courseweek.pipeline import make_site
from courseweek.project import Project
from courseweek.render import ahead
from tests.sites import COURSES, ROOT

NOW = datetime(2027, 3, 10, 20, tzinfo=UTC)


def make(course: Path, memory: Memory | None = None, now: datetime = NOW) -> tuple[dict[str, bytes], list[str]]:
    found = Diagnostics()
    site = make_site(Project(course, course / "_site"), now, found, memory)
    assert site is not None
    return dict(site.artifacts), [f"{each.span.file}:{each.span.line}: {each.message}" for each in found]


@pytest.mark.parametrize("course", [ROOT, COURSES / "everything", COURSES / "kinds"], ids=lambda path: path.name)
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


def test_a_page_that_moved_is_linked_anew(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "syllabus.yaml").write_bytes((COURSES / "six-lines" / "syllabus.yaml").read_bytes())
    page = tmp_path / "content" / "a.md"
    page.write_text("# A\n\n[b](b.md)\n", encoding="utf-8")
    (tmp_path / "content" / "b.md").write_text("# B\n", encoding="utf-8")
    memory = Memory()
    artifacts, told = make(tmp_path, memory)
    assert b'href="b.html">b</a>' in artifacts["a.html"]
    assert told == []
    (tmp_path / "content" / "b.md").rename(tmp_path / "content" / "c.md")
    clean = make(tmp_path)
    assert clean[1], "the link is dead now"
    assert make(tmp_path, memory) == clean


BESIDE = """
import json, os, sys
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from courseweek.cache import Memory
from courseweek.diagnostics import Diagnostics
from courseweek.pipeline import make_site
from courseweek.project import Project
from courseweek.render import ahead, code

course, way = Path(sys.argv[1]), sys.argv[2]
forks = 0
fork = os.fork

def counted():
    global forks
    forks += 1
    return fork()

def refused():
    raise OSError("no more processes")

os.cpu_count = lambda: 1 if way == "alone" else 2
os.fork = refused if way == "refused" else counted
if way == "dies":
    ahead._draw_for_parent = lambda *_: os._exit(1)
if way == "breaks off":
    ahead._draw_for_parent = lambda jobs, press, memory, writing: (os.write(writing, b"\\x80\\x04]"), os._exit(1))
ahead.FEWEST_BESIDE = 2
memory = Memory()

def make():
    site = make_site(Project(course, course / "_site"), datetime(2027, 3, 10, 20, tzinfo=UTC), Diagnostics(), memory)
    return {path: sha256(data).hexdigest() for path, data in sorted(site.artifacts.items())}

made = make()
page = sorted(course.glob("content/**/*.md"))[-1]
page.write_text(page.read_text(encoding="utf-8") + "\\nOne more word.\\n", encoding="utf-8")
code._lexer = lambda language: sys.exit("code was coloured again")
os.fork = refused
make()
print(json.dumps([forks, made]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is forked")
@pytest.mark.parametrize(("way", "forks"), [("beside", 1), ("dies", 1), ("breaks off", 1), ("refused", 0)])
def test_half_of_a_few_pages_is_drawn_by_a_process_beside(way: str, forks: int, tmp_path: Path) -> None:
    def build(way: str) -> tuple[int, dict[str, str]]:
        course = tmp_path / way
        (course / "content").mkdir(parents=True)
        (course / "syllabus.yaml").write_bytes((COURSES / "six-lines" / "syllabus.yaml").read_bytes())
        for number in range(9):
            text = f"# Note {number}\n\n```python\nx = {number}\n```\n"
            (course / "content" / f"page-{number}.md").write_text(text, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-c", BESIDE, str(course), way],
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        forks, made = json.loads(done.stdout)
        return forks, made

    assert build(way) == (forks, build("alone")[1])

"""The process that draws Markdown beside a build: with it, without it, or when it goes away, the pages are the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sites import ROOT, SIX_LINES

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is forked")

BUILD = """
import json, os, signal, sys
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from courseweek.cache import Memory
from courseweek.diagnostics import Diagnostics
from courseweek.pipeline import make_site
from courseweek.files.project import Project
from courseweek.render.markdown import code
from courseweek.render.markdown import rendered_text as fragments
from courseweek.render import scribe

course, way = Path(sys.argv[1]), sys.argv[2]
fork, drawn_here = os.fork, 0
parent = os.getpid()

def refused():
    raise OSError("no more processes")

os.cpu_count = lambda: 1 if way == "alone" else 2
if way == "unattended":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    scribe._serve = lambda *_: os._exit(1)
if way == "refused":
    os.fork = refused
if way == "dies":
    scribe._serve = lambda *_: os._exit(1)
if way == "breaks off":
    scribe._serve = lambda requests, answers, languages: (os.write(answers, b"\\x80\\x04]"), os._exit(1))
if way == "is killed":
    render_text, drawn = fragments.render_text, []
    def draw_and_die(*arguments):
        drawn.append(1)
        if os.getpid() != parent and len(drawn) > 4:
            os._exit(1)
        return render_text(*arguments)
    fragments.render_text = draw_and_die

memory = Memory()

def make():
    found = Diagnostics()
    with scribe.scribe_beside() as beside:
        now = datetime(2027, 3, 10, 20, tzinfo=UTC)
        site = make_site(Project(course, course / "_site"), now, found, memory, scribe=beside)
    told = [f"{each.span.file}:{each.span.line}:{each.span.column}: {each.message}" for each in found]
    return {path: sha256(data).hexdigest() for path, data in sorted(site.artifacts.items())}, told, beside is not None

made, told, beside = make()
loaded_here = sorted({"markdown", "icalendar"} & sys.modules.keys())
page = sorted(course.glob("content/**/*.md"))[-1]
page.write_text(page.read_text(encoding="utf-8") + "\\nOne more word.\\n", encoding="utf-8")
code._lexer = lambda *_, **__: sys.exit("code was colored again")
again = make()
print(json.dumps([made, told, again[0], beside, loaded_here]))
"""


def lay_out(course: Path) -> None:
    (course / "content").mkdir(parents=True)
    (course / "syllabus.yaml").write_text(SIX_LINES + "schedule: [One, Two, Three]\n", encoding="utf-8")
    for number in range(9):
        text = (
            f"# Note *{number}*\n\n[next](page-{number + 1}.md) and $x_{number}$ and $\\frac{{$\n\n"
            f"<script>x</script>\n\n```python\nx = {number}\n```\n"
        )
        (course / "content" / f"page-{number}.md").write_text(text, encoding="utf-8")


def build(
    course: Path, way: str, lay_out: Callable[[Path], None] = lay_out
) -> tuple[dict[str, str], list[str], dict[str, str], bool, list[str]]:
    lay_out(course)
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(course), way], capture_output=True, encoding="utf-8", timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    made, reported, again, beside, loaded_here = json.loads(done.stdout)
    return made, reported, again, beside, loaded_here


def test_every_way_makes_the_same_pages_and_reports_the_same(tmp_path: Path) -> None:
    alone = build(tmp_path / "alone", "alone")
    assert alone[3:] == (False, ["markdown"])
    assert len(alone[1]) == 9 * 2 + 1, "a formula and a script on each page, and a dead link"
    for way in ("beside", "refused", "dies", "unattended", "breaks off", "is killed"):
        built = build(tmp_path / way, way)
        assert built[:3] == alone[:3], way
        assert built[3] == (way != "refused"), way
        here = {"beside": [], "is killed": ["markdown"]}.get(way, alone[4])
        assert built[4] == here, "what it does is not loaded here"


def lay_out_calendars(course: Path) -> None:
    (course / "content").mkdir(parents=True)
    (course / "content" / "page.md").write_text("# Page\n\nWords.\n", encoding="utf-8")
    (course / "syllabus.yaml").write_text(SIX_LINES + "schedule: [One, Two, Three]\n", encoding="utf-8")


def test_calendars_are_written_there(tmp_path: Path) -> None:
    alone = build(tmp_path / "alone", "alone", lay_out_calendars)
    assert {"meetings.ics", "meetings/one.ics"} < set(alone[0])
    assert alone[4] == ["icalendar", "markdown"]
    beside = build(tmp_path / "beside", "beside", lay_out_calendars)
    assert beside[:3] == alone[:3]
    assert beside[4] == []
    gone = build(tmp_path / "gone", "dies", lay_out_calendars)
    assert gone[:3] == alone[:3]


def test_more_than_pipes_hold_goes_to_and_fro(tmp_path: Path) -> None:
    lay_out(tmp_path / "course")
    for number in range(40):
        words = " ".join(f"word-{number}-{each}" for each in range(900))
        (tmp_path / "course" / "content" / f"long-{number}.md").write_text(f"# Long {number}\n\n{words}\n", "utf-8")
        (tmp_path / "course" / "content" / f"page-{number % 9}.md").write_text("# Short\n", "utf-8")
    command = [sys.executable, str(ROOT / "build.py"), "--source", str(tmp_path / "course")]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    for number in range(40):
        page = (tmp_path / "course" / "_site" / f"long-{number}.html").read_text(encoding="utf-8")
        assert f"word-{number}-899" in page


def test_it_is_gone_with_the_build(tmp_path: Path) -> None:
    lay_out(tmp_path / "course")
    read, write = os.pipe()
    with os.fdopen(read, "rb") as pipe:
        command = [sys.executable, str(ROOT / "build.py"), "--source", str(tmp_path / "course")]
        with subprocess.Popen(command, stdout=write, stderr=write) as process:
            os.close(write)
            process.wait(60)
            said = pipe.read()  # to the end: nobody else holds this pipe
    assert b"Nothing was published: " in said


def test_a_build_that_is_killed_leaves_no_process(tmp_path: Path) -> None:
    lay_out(tmp_path / "course")
    read, write = os.pipe()
    program = (
        "import os, signal\nfrom courseweek.render.scribe import scribe_beside\n"
        "with scribe_beside() as scribe:\n    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    with os.fdopen(read, "rb") as pipe:
        with subprocess.Popen([sys.executable, "-c", program], stdout=write, stderr=write, cwd=ROOT) as process:
            os.close(write)
            assert process.wait(60) < 0
        assert pipe.read() == b"", "it ends when the last process that holds it does"

"""A course's own layouts are programs: what they may do is bounded, and each refusal says where."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.hostile.floods import HEAD, of_layout
from tests.hostile.layouts import BOMBS, REPEATED
from tests.hostile.limited import MEGABYTES, build_limited
from tests.sites import POLICY, ROOT, run_cli, write_course


def test_bombs_together(tmp_path: Path) -> None:
    """One course brings them all, those that use up the steps last; each is told in its own layout."""
    bombs = sorted(BOMBS.values(), key=lambda bomb: bomb[2] == REPEATED)
    files: dict[str, str | bytes] = {"syllabus.yaml": HEAD}
    for place, (text, _, _) in enumerate(bombs):
        files[f"content/p{place:02}.md"] = f"---\nlayout: p{place:02}\nnav: no\n---\n"
        files[f"layouts/p{place:02}.html"] = text.replace("page.html", f"p{place:02}.html")
    (built,) = build_limited([write_course(tmp_path / "course", files)])
    reported = [line for line in built.err.split("\n") if "error[layout]" in line]
    reported = [line for line in reported if not line.endswith(REPEATED)]
    assert built.code == 1
    assert reported == [
        f"layouts/p{place:02}.html:{at}: error[layout]: {message}"
        for place, (_, at, message) in enumerate(bombs)
        if message != REPEATED
    ]
    assert built.err.count(REPEATED) >= sum(message == REPEATED for _, _, message in bombs)


@pytest.mark.slow
def test_bombs(tmp_path: Path) -> None:
    courses = [
        write_course(tmp_path / str(place), of_layout(text)) for place, (text, _, _) in enumerate(BOMBS.values())
    ]
    reported = {}
    for (name, (_, at, message)), built in zip(BOMBS.items(), build_limited(courses), strict=True):
        expected = (1, f"layouts/page.html:{at}: error[layout]: {message}", True)
        found = (built.code, built.err.split("\n")[0], built.megabytes < MEGABYTES)
        if found != expected:
            reported[name] = found
    assert reported == {}


ALLOWED = {
    "a loop": ("{% for a in range(3) %}{{ loop.index }}{% endfor %}", "123"),
    "a loop with a test": ("{% for a in [1, 2, 3] if a != 2 %}{{ a }}{{ loop.length }}{% endfor %}", "1232"),
    "filters": ('{{ ["b", "a"]|sort|join(", ")|upper }}', "A, B"),
    "another word": ('{{ page.title|replace("P", "C") }}', "Cage"),
    "mapped filters": ('{{ ["b", "a"]|map("upper")|join }}', "BA"),
    "joined texts": ('{{ "a" ~ 1 ~ page.title }}', "a1Page"),
    "sums": ("{{ 1 + 2 - 4 }}", "-1"),
    "a macro": ("{% macro m(a, b=2) %}[{{ a }}{{ b }}]{% endmacro %}{{ m(1) }}{{ m(3, b=4) }}", "[12][34]"),
    "a call": ("{% macro m() %}<{{ caller() }}>{% endmacro %}{% call m() %}x{% endcall %}", "<x>"),
    "a namespace": (
        "{% set n = namespace(a=1) %}{% for i in range(3) %}{% set n.a = n.a + 1 %}{% endfor %}{{ n.a }}",
        "4",
    ),
    "a method": ('{{ page.title.lower().startswith("pa") }}', "True"),
    "a slice": ('{{ "abcdef"[1:3] }}', "bc"),
    "escapes": ('{{ "<b>" }}{{ "<b>" ~ "&" }}{{ "<i>"|safe }}', "&lt;b&gt;&lt;b&gt;&amp;<i>"),
    "a block": ("{% block a %}x{% endblock %}{{ self.a() }}", "xx"),
    "the theme's layout": (
        '{% extends "base.html" %}{% block main %}<p>own {{ super() }}</p>{% endblock %}',
        "<p>own </p>",
    ),
    "a loop in a loop": (
        "{% for a in [[1, 2], [3]] recursive %}{{ loop(a) if a is iterable else a }}{% endfor %}",
        "123",
    ),
}


@pytest.mark.parametrize("name", ALLOWED)
def test_what_is_allowed(name: str, tmp_path: Path) -> None:
    layout, expected = ALLOWED[name]
    course = write_course(tmp_path / "course", of_layout(POLICY + layout))
    ran = run_cli("--source", course, "--today", "2027-03-10")
    assert ran.code == 0, ran.err
    assert expected in (course / "_site" / "page.html").read_text(encoding="utf-8")


def test_steps_are_those_of_the_course(tmp_path: Path) -> None:
    """Layouts share their steps; each further page brings some, and the built-in layouts count none."""
    files = dict(of_layout("{% for a in range(9000) %}{{ a }}{% endfor %}"))
    files |= {f"content/p{number}.md": "Words.\n" for number in range(60)}
    ran = run_cli("--source", write_course(tmp_path / "course", files), "--today", "2027-03-10")
    assert ran.code == 1
    assert "error[layout]: the layout repeats too much" in ran.err


def test_the_theme_keeps_to_the_bounds(tmp_path: Path) -> None:
    """Whoever copies a built-in layout to change a word of it must not be refused."""
    course = write_course(tmp_path / "course", {"content/page.md": "# Page\n"})
    shutil.copytree(ROOT / "layouts", course / "layouts")
    shutil.copytree(ROOT / "content", course / "content", dirs_exist_ok=True)
    for name in ("syllabus.yaml", "readings.yaml"):
        shutil.copyfile(ROOT / name, course / name)
    ran = run_cli("--source", course, "--today", "2027-03-10")
    assert "[layout]" not in ran.err
    assert ran.code == 0, ran.err

"""No input is dear: each flood is built or refused within its processor time and memory, and told in few words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.floods import FLOODS, Files, of_page
from tests.hostile.limited import MEGABYTES, build_limited
from tests.hostile.marks import MARKS
from tests.hostile.products import PRODUCTS
from tests.sites import write_course

QUICK = """
presenters in a table; a fence with a long head; long links reused; a day of entities; one footnote often;
mistakes: unknown keys of schemes; mistakes: double dashes
"""
"""Of those that once took longest, one of each kind: they run always, the others among the slow tests."""

PARTS = 4
"""In so many parts all are tried, side by side."""


def files_of(name: str) -> Files:
    if name in FLOODS or name in PRODUCTS:
        return (FLOODS | PRODUCTS)[name]()
    piece, times = MARKS[name]
    return of_page(piece * times)


def hold(folder: Path, names: list[str]) -> None:
    wrong = []
    courses = [write_course(folder / str(place), files_of(name)) for place, name in enumerate(names)]
    for name, built in zip(names, build_limited(courses), strict=True):
        if built.code not in (0, 1) or "Traceback" in built.err:
            wrong.append(f"{name}: exit code {built.code}: {built.err[-200:]}")
        if built.megabytes > MEGABYTES:
            wrong.append(f"{name}: {built.megabytes:.0f} MB")
        if len(built.err) > 700_000:
            wrong.append(f"{name}: {len(built.err):,} characters of errors")
    assert wrong == []


def test_floods(tmp_path: Path) -> None:
    hold(tmp_path, [" ".join(name.split()) for name in QUICK.split(";")])


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_all_floods(part: int, tmp_path: Path) -> None:
    hold(tmp_path, [*FLOODS, *MARKS, *PRODUCTS][part::PARTS])


@pytest.mark.slow
def test_large_assets_are_streamed(tmp_path: Path) -> None:
    """Files of `assets/` are not held in memory, neither when they are published nor when they are there already."""
    course = write_course(tmp_path / "course", {"content/page.md": "[Film](assets/film-1.bin)\n"})
    (course / "assets").mkdir()
    for number in range(4):
        with (course / "assets" / f"film-{number}.bin").open("wb") as file:
            file.truncate(90_000_000)
            file.write(b"%d" % number)
    for _ in range(2):
        (built,) = build_limited([course])
        assert (built.code, built.err) == (0, "")
        assert built.megabytes < MEGABYTES, built
    published = course / "_site" / "assets"
    assert [path.stat().st_size for path in sorted(published.iterdir()) if path.is_file()] == [90_000_000] * 4
    assert (published / "film-3.bin").read_bytes()[:2] == b"3\0"


def test_many_small_assets_are_streamed(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course", {f"assets/{number}.bin": b"%d" % number for number in range(360)})
    for path in (course / "assets").iterdir():
        with path.open("r+b") as file:
            file.truncate(900_000)
    (built,) = build_limited([course])
    assert (built.code, built.err) == (0, "")
    assert built.megabytes < MEGABYTES, built

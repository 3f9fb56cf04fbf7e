"""The compact copies of the theme's scripts and style sheets."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseweek.outputs.compact_copies import compact
from courseweek.plan.plan import STYLE_SHEET
from tests.conftest import BuildSite
from tests.sites import COURSES, ROOT

THEME = ROOT / "assets" / "theme"
COMPACT_ALREADY = "minisearch.js"
COPIED = sorted(path.name for path in THEME.iterdir() if path.suffix in {".js", ".css"} and path.name != COMPACT_ALREADY)


@pytest.mark.parametrize("name", COPIED)
def test_each_file_has_a_copy_of_its_latest_state(name: str) -> None:
    written = (THEME / name).read_bytes()
    copy = compact(written)
    assert copy != written, "run python scripts/compact.py"
    assert len(copy) < len(written)
    assert b"\n" not in copy.strip()


def test_a_file_without_a_copy_is_published_as_it_is() -> None:
    assert compact(b"// mine\n") == b"// mine\n"


@pytest.mark.parametrize("name", COPIED)
def test_the_copies_are_published(name: str, build_site: BuildSite) -> None:
    site: Path = build_site(COURSES / "everything")
    published = (site / "assets" / "theme" / name).read_bytes()
    tokens = published.partition(b"\n")[0] + b"\n" if name == Path(STYLE_SHEET).name else b""
    assert published == tokens + compact((THEME / name).read_bytes())

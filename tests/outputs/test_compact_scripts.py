"""The compact copies of the theme's scripts."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseweek.outputs.compact_scripts import compact_script
from tests.conftest import BuildSite
from tests.sites import COURSES, ROOT

LIBRARY = ROOT / "assets" / "theme" / "minisearch.js"
"""It is compact already."""
SCRIPTS = sorted(path.name for path in (ROOT / "assets" / "theme").glob("*.js") if path != LIBRARY)


@pytest.mark.parametrize("name", SCRIPTS)
def test_each_script_has_a_copy_of_its_latest_state(name: str) -> None:
    script = (ROOT / "assets" / "theme" / name).read_bytes()
    copy = compact_script(script)
    assert copy != script, "run python scripts/compact.py"
    assert len(copy) < len(script)
    assert b"\n" not in copy.strip()


def test_a_script_without_a_copy_is_published_as_it_is() -> None:
    assert compact_script(b"// mine\n") == b"// mine\n"


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_copies_are_published(name: str, build_site: BuildSite) -> None:
    site: Path = build_site(COURSES / "everything")
    script = (ROOT / "assets" / "theme" / name).read_bytes()
    assert (site / "assets" / "theme" / name).read_bytes() == compact_script(script)

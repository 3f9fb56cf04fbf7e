"""The files that docs/architecture.md and docs/contributor.md name are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_FILE = re.compile(r"`([\w./]+/[\w.]+\.py)`")


@pytest.mark.parametrize("page", ["architecture.md", "contributor.md"])
def test_each_file_is_there(page: str) -> None:
    named = _FILE.findall((ROOT / "docs" / page).read_text(encoding="utf-8"))
    assert named
    assert [name for name in named if not any((ROOT / top / name).is_file() for top in ("", "courseweek"))] == []

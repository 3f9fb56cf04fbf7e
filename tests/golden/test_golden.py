"""The golden site is what the course is built to, byte for byte."""

from __future__ import annotations

from pathlib import Path

from tests.golden.refresh import SITE, build_golden
from tests.sites import read_tree

HELP = "if the change is meant: python -m tests.golden.refresh"


def test_the_golden_site_is_built(tmp_path: Path) -> None:
    built, golden = build_golden(tmp_path / "site"), read_tree(SITE)
    assert built.keys() == golden.keys(), HELP
    for path, data in built.items():
        # Text is compared as lines, so that a failure shows the difference.
        assert data.decode("utf-8").splitlines() == golden[path].decode("utf-8").splitlines(), f"{path}; {HELP}"
        assert data == golden[path], f"{path}; {HELP}"

"""What docs/safety.md names is there, and its limits are those of the code."""

from __future__ import annotations

import importlib
import re

from tests.docs.examples import ROOT

SAFETY = (ROOT / "docs" / "safety.md").read_text(encoding="utf-8")


def test_each_test_is_there() -> None:
    named = re.findall(r"`(tests/[^`]+)`", SAFETY)
    assert len(named) > 30
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_limits_are_those_of_the_code() -> None:
    limits = re.findall(r"^\| [^|]+ \| ([0-9,]+) \| `([a-z_.]+)\.([A-Z_]+)` \|$", SAFETY, re.MULTILINE)
    assert len(limits) > 35
    for written, module, name in limits:
        found = getattr(importlib.import_module(f"courseweek.{module}"), name)
        assert int(written.replace(",", "")) == found, name

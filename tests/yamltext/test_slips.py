"""Each slip by the example in its docstring: the wrong lines are that slip, and its fix restores the right ones."""

from __future__ import annotations

import re
from textwrap import dedent

import pytest

from courseweek.diagnostics import Diagnostic, Diagnostics, Source
from courseweek.read.reading_lists import READINGS_GRAMMAR
from courseweek.yamltext.complaint import Complaint
from courseweek.yamltext.document import read_yaml
from courseweek.yamltext.draft import Draft
from courseweek.yamltext.slips import line_registry, registry
from courseweek.yamltext.slips.line_registry import LINE_SLIPS
from courseweek.yamltext.slips.registry import SLIPS, Slip, find_slip
from courseweek.yamltext.slips.seen_line import LineSlip

_EXAMPLE = re.compile(r"Wrong:\n(?P<wrong>.*)^Right:\n(?P<right>.*)\Z", re.DOTALL | re.MULTILINE)


def examples_of(slip: Slip | LineSlip) -> tuple[str, str]:
    """Return what is typed wrong in the example of a slip, and what was meant."""
    match = _EXAMPLE.search(dedent(f"    {slip.find.__doc__}"))
    assert match is not None, f"{slip.name} has no example"
    return dedent(match["wrong"]), dedent(match["right"])


def read(text: str) -> list[Diagnostic]:
    """Return what is reported of a readings.yaml."""
    found = Diagnostics()
    read_yaml(Source("readings.yaml", text), found, grammar=READINGS_GRAMMAR)
    return list(found)


def judge(found: list[Diagnostic], wrong: str, right: str) -> None:
    """Fail if what is reported of the wrong text is more than one thing, or its fix does not lead to the right one."""
    assert len({each.name for each in found}) == 1
    assert read(right) == []
    edits = [edit for each in found for edit in each.fix]
    if edits:
        fixed = Draft(found[0].span.source, 0, len(wrong)).fix(edits)
        assert fixed is not None
        assert fixed.text == right


def test_names_are_unique() -> None:
    names = [slip.name for slip in (*LINE_SLIPS, *SLIPS)]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("slip", SLIPS, ids=[slip.name for slip in SLIPS])
def test_a_slip_is_known_by_its_example(slip: Slip, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong, right = examples_of(slip)
    tried: list[tuple[str, str]] = []

    def record(fault: Complaint) -> tuple[Slip | None, Diagnostic]:
        one, reported = find_slip(fault)
        tried.append((one.name if one else "", reported.message))
        return one, reported

    monkeypatch.setattr(registry, "find_slip", record)
    found = read(wrong)
    assert [name for each in found for name, message in tried if message == each.message][:1] == [slip.name]
    judge(found, wrong, right)


@pytest.mark.parametrize("slip", LINE_SLIPS, ids=[slip.name for slip in LINE_SLIPS])
def test_a_slip_in_a_line_is_known_by_its_example(slip: LineSlip, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong, right = examples_of(slip)
    found = read(wrong)
    judge(found, wrong, right)
    monkeypatch.setattr(line_registry, "LINE_SLIPS", [each for each in LINE_SLIPS if each is not slip])
    assert read(wrong) != found, "another slip finds it as well"

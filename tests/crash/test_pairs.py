"""Builds at the same time: both end well, and the site is that of one of them, whole."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from courseweek.files.lock import LOCK
from tests.crash.machine import Machine, Run
from tests.crash.sites import differ, make_states, put
from tests.crash.test_kills import PAGES


def build_pairs(machine: Machine, folder: Path, pages: int, rounds: int, together: int = 2) -> None:
    states = make_states(machine, folder, pages)
    courses = [folder / "one", folder / "other"]
    for number, same in itertools.product(range(rounds), (True, False)):
        output = folder / f"out-{same}"
        put(courses[0], states[number % 2])
        put(courses[1], states[(number + 1) % 2])
        runs = [Run(str(courses[0 if same else each % 2]), str(output)) for each in range(together)]
        ended = machine.run(*runs)
        assert [(each.code, each.err) for each in ended] == [(0, "")] * together
        ends = [states[number % 2].site] if same else [state.site for state in states]
        assert [] in [differ(output, end) for end in ends]
        assert not (output / LOCK).exists()


def test_pairs(machine: Machine, tmp_path: Path) -> None:
    build_pairs(machine, tmp_path, pages=10, rounds=3)


@pytest.mark.slow
@pytest.mark.parametrize("together", [2, 5])
def test_pairs_often(machine: Machine, tmp_path: Path, together: int) -> None:
    build_pairs(machine, tmp_path, pages=PAGES, rounds=20 // together, together=together)


@pytest.mark.parametrize("number", [1, 40])
def test_one_dies_and_the_other_goes_on(machine: Machine, tmp_path: Path, number: int) -> None:
    states = make_states(machine, tmp_path, 10)
    courses = [tmp_path / "one", tmp_path / "other"]
    for course, state in zip(courses, states, strict=True):
        put(course, state)
    output = str(tmp_path / "out")
    first, second = machine.run(
        Run(str(courses[0]), output, kill_at=number, writing=True), Run(str(courses[1]), output)
    )
    assert (first.code, second.code, second.err) == (-9, 0, "")
    assert machine.build(courses[1], tmp_path / "out").code == 0
    assert differ(tmp_path / "out", states[1].site) == []

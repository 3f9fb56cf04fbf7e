"""The reader under coverage-guided fuzzing: COURSEWEEK_FUZZ says for how many seconds, COURSEWEEK_SEED from where."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.fuzz.loop import Watch, check, fuzz, seeds


@pytest.mark.slow
def test_reader() -> None:
    count, steps = fuzz(float(os.environ.get("COURSEWEEK_FUZZ", "60")), int(os.environ.get("COURSEWEEK_SEED", "0")))
    assert count > 0
    assert steps > 1000, "hardly anything of the reader was watched"


def test_the_loop_sees_new_steps(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    watch, (first, *_) = Watch(), [course for course in seeds() if course[0]]
    check(tmp_path, first, watch)
    assert watch.new > 100
    for _ in range(2):  # what is kept for later is kept after the first time
        check(tmp_path, first, watch)
    assert watch.new == 0
    check(tmp_path, (first[0] + "\nnav: [", first[1], first[2]), watch)
    assert watch.new > 0

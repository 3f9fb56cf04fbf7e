"""Tables of cases of which the short run tries some, and the slow tests the others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def some_slow(cases: Iterable[object], kept: int) -> list[Any]:
    """Return the cases of a table for `parametrize`: the first of each so many is quick, the others are slow.

    A plain tuple is a case of several values.
    """
    return [
        pytest.param(*(case if type(case) is tuple else (case,)), marks=pytest.mark.slow if at % kept else ())
        for at, case in enumerate(cases)
    ]

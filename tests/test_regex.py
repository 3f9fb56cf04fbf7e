"""Patterns that are compiled later do what compiled ones do, and none of the package fails when its turn comes."""

from __future__ import annotations

import importlib
import pickle
import pkgutil
import re

import pytest

import courseweek
from courseweek.regex import lazy_pattern


def test_it_does_what_a_compiled_one_does() -> None:
    lazy, compiled = lazy_pattern("(?P<a>x)|Y", re.IGNORECASE), re.compile("(?P<a>x)|Y", re.IGNORECASE)
    for _ in range(2):
        assert lazy.sub("-", "axby") == compiled.sub("-", "axby") == "a-b-"
        assert lazy.findall("XyX") == compiled.findall("XyX")
        assert [each.span() for each in lazy.finditer("axb")] == [(1, 2)]
        assert lazy.fullmatch("axb") is None
        assert lazy.split("1y2") == compiled.split("1y2")
    assert (lazy.pattern, lazy.flags, lazy.groups, dict(lazy.groupindex)) == (
        compiled.pattern,
        compiled.flags,
        compiled.groups,
        dict(compiled.groupindex),
    )


def test_a_mistake_comes_at_the_first_use() -> None:
    lazy = lazy_pattern("(")
    with pytest.raises(re.error):
        lazy.search("")


def test_it_has_no_more_names() -> None:
    with pytest.raises(AttributeError):
        lazy_pattern("x").other  # type: ignore[attr-defined]  # noqa: B018


def test_it_can_be_sent_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(lazy_pattern("x+"))).findall("xxyx") == ["xx", "x"]


def test_all_patterns_of_the_package_compile() -> None:
    kind = type(lazy_pattern(""))
    patterns = 0
    for module in pkgutil.walk_packages(courseweek.__path__, "courseweek."):
        if module.name.endswith("__main__"):
            continue
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, kind):
                assert isinstance(value.pattern, str)
                patterns += 1
    assert patterns > 150

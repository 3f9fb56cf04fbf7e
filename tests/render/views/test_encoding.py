"""What a page is rendered of has one encoding: any field of any view counts, and equal values agree everywhere."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import fields, replace
from datetime import date
from types import ModuleType, NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from markupsafe import Markup

from courseweek.render.views import layout_values
from courseweek.render.views.encoding import encode

SAMPLES: dict[Any, tuple[Any, Any]] = {
    str: ("a", "b"),
    Markup: (Markup("a"), Markup("b")),
    bool: (False, True),
    int: (1, 2),
}


def views_of(module: ModuleType) -> list[type[Any]]:
    return [each for each in vars(module).values() if isinstance(each, type) and each.__module__ == module.__name__]


def samples_of(kind: Any) -> tuple[Any, Any]:
    """Return two values of a declared type that differ in one place."""
    if kind in SAMPLES:
        return SAMPLES[kind]
    if get_origin(kind) is tuple:
        one, other = samples_of(get_args(kind)[0])
        return (one,), (other,)
    if get_origin(kind) is UnionType:
        (inner,) = (each for each in get_args(kind) if each is not NoneType)
        return samples_of(inner)[0], None
    made = make(kind)
    first = next(iter(fields(kind)))
    return made, replace(made, **{first.name: samples_of(get_type_hints(kind)[first.name])[1]})


def make(kind: type[Any]) -> Any:
    return kind(**{name: samples_of(each)[0] for name, each in get_type_hints(kind).items()})


@pytest.mark.parametrize("kind", views_of(layout_values), ids=lambda kind: kind.__name__)
def test_any_field_of_a_view_changes_its_encoding(kind: type[Any]) -> None:
    made = make(kind)
    assert encode(make(kind)) == encode(made)
    seen = {encode(made)}
    for name, declared in get_type_hints(kind).items():
        seen.add(encode(replace(made, **{name: samples_of(declared)[1]})))
    assert len(seen) == 1 + len(fields(kind))


DIFFERENT: dict[str, tuple[object, ...]] = {
    "text and HTML": ("a", Markup("a")),
    "a number, its text, and a truth": (1, "1", True),
    "nothing, and its name": (None, "None", "", ()),
    "where a text ends": (("ab", "c"), ("a", "bc"), ("abc",), "abc"),
    "what looks like an encoding": (("a", "b"), ("as1:b",), "s1:as1:b"),
    "how deep a value is": (("a",), (("a",),), "a", (("a",), ()), ((), ("a",))),
    "keys and values": ({"a": "b"}, {"b": "a"}, ("a", "b"), {"a": "b", "c": None}),
    "two views with the same fields": (
        layout_values.BlockView(None, "a"),
        layout_values.PersonView("a", None, None),
        layout_values.RoleView("a", None, ()),
    ),
}


@pytest.mark.parametrize("values", DIFFERENT.values(), ids=DIFFERENT)
def test_different_values_have_different_encodings(values: tuple[object, ...]) -> None:
    assert len({encode(each) for each in values}) == len(values)


def test_the_order_of_keys_does_not_count() -> None:
    assert encode({"a": 1, "b": 2}) == encode({"b": 2, "a": 1})


@pytest.mark.parametrize(
    "value", [date(2027, 1, 25), {"a"}, frozenset("a"), 1.5, object()], ids=lambda value: type(value).__name__
)
def test_a_value_without_an_encoding_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match=f"a {type(value).__name__} has no encoding"):
        encode((value,))


PROGRAM = """\
from tests.render.views import test_encoding as test
views = test.views_of(test.layout_values)
print(test.encode({kind.__name__: test.make(kind) for kind in sorted(views, key=lambda kind: hash(kind.__name__))}))
"""


def test_equal_values_have_equal_encodings_in_every_process() -> None:
    said = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env=dict(os.environ, PYTHONHASHSEED=seed),
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(said) == 1
    assert len(said.pop()) > 1_000

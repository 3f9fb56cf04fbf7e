"""What a layout is given, as one text: equal for equal values in every process, and different where any field differs.

By it a build knows whether a page is rendered of the same values as before. Nothing but what is named here has an
encoding: the fields that the classes of values declare, and the plain values in them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from operator import attrgetter
from typing import Any

from markupsafe import Markup

from courseweek.frozen import names_of

Opened = tuple[str, Iterable[Any]]
"""How a value begins, and the values in it. The beginning says how many these are, so no two texts are alike."""


def encode(value: object) -> str:
    """Return a value as text; raise `TypeError` for one of a kind that has no encoding."""
    made: list[str] = []
    waiting: list[Any] = [value]
    while waiting:
        each = waiting.pop()
        kind: Any = type(each)
        if kind is str:
            made.append(f"s{len(each)}:{each}")
            continue
        begun, inner = _opener(kind)(each)
        made.append(begun)
        waiting += inner
    return "".join(made)


@cache
def _opener(kind: Any) -> Callable[[Any], Opened]:
    """Return what takes values of this kind apart."""
    if (known := _OPENERS.get(kind)) is not None:
        return known
    names, begun = names_of(kind), f"{kind.__qualname__};"
    if not names:
        raise TypeError(f"a {kind.__qualname__} has no encoding")
    read = attrgetter(*names)
    return (lambda value: (begun, read(value))) if len(names) > 1 else (lambda value: (begun, (read(value),)))


def _open_plain(value: bool | int | None) -> Opened:
    return f"{value};", ()


def _open_mapping(value: Mapping[str, Any]) -> Opened:
    return f"d{len(value)};", [part for entry in sorted(value.items()) for part in entry]


_OPENERS: dict[type[Any], Callable[[Any], Opened]] = {
    type(None): _open_plain,
    bool: _open_plain,
    int: _open_plain,
    Markup: lambda value: (f"m{len(value)}:{value}", ()),
    tuple: lambda value: (f"t{len(value)};", value),
    dict: _open_mapping,
}

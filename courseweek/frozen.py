"""The classes of values: dataclasses with slots whose methods are shared, or made when they are first called.

`dataclasses` writes and compiles six functions for each class while it is imported, most of which no build calls:
for the hundred and thirty classes here that took as long as a quarter of a build of a small course (see
docs/performance.md). A class made here is a dataclass like any other to `fields`, `replace`, `pickle` and `match`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:  # to a type checker it is the one that it knows
    from dataclasses import dataclass

__all__ = ["dataclass"]

T = TypeVar("T")


def _dataclass(*, slots: bool, frozen: bool = False) -> Callable[[type[T]], type[T]]:
    """Return what makes a class a dataclass with slots, as `dataclasses.dataclass(slots=True, frozen=…)` does.

    Values of a frozen class can't be changed (FrozenInstanceError) and are hashed by what they are compared by.
    A method that the class has of its own stays. There is no class without slots.
    """
    if not slots:
        raise TypeError("a class of values has slots")

    def make(cls: type[T]) -> type[T]:
        own = set(vars(cls))
        if cls.__doc__ is None:  # else its signature would be worked out, to stand there
            cls.__doc__ = cls.__name__
        made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(cls)
        names = [each.name for each in dataclasses.fields(made) if each.compare]
        compared = attrgetter(*names) if names else _nothing
        methods: dict[str, Any] = {"__init__": _make_first_init(made), "__hash__": None}
        shown = [(f"{each.name}=", each.name) for each in dataclasses.fields(made) if each.repr]
        methods["__repr__"] = lambda one: (
            f"{type(one).__qualname__}({', '.join([f'{label}{getattr(one, name)!r}' for label, name in shown])})"
        )
        methods["__eq__"] = lambda one, other: (
            compared(one) == compared(other) if type(one) is type(other) else NotImplemented
        )
        if frozen:
            methods["__hash__"] = lambda one: hash(compared(one))
            methods |= {"__setattr__": _refuse, "__delattr__": _refuse, "__reduce__": _reduce}
        for name, method in methods.items():
            if name not in own:
                setattr(made, name, method)
        result: type[T] = made
        return result

    return make


if not TYPE_CHECKING:
    dataclass = _dataclass


def _make_first_init(cls: type[Any]) -> Callable[..., None]:
    """Return the `__init__` of a class that has no instance yet: it compiles the one that takes its place."""

    def first_init(self: object, /, *arguments: object, **named: object) -> None:
        init = _compile_init(cls)
        # A class that was derived from this one, and has its own, keeps it.
        cls.__init__ = init
        init(self, *arguments, **named)

    return first_init


def _compile_init(cls: type[Any]) -> Callable[..., None]:
    """Return the `__init__` that sets the fields: in their order, past the `__setattr__` of frozen classes."""
    names: dict[str, Any] = {"_put": object.__setattr__, "_MISSING": MISSING}
    parameters, lines = [], []
    for field in dataclasses.fields(cls):
        name, default = field.name, f"_default_{field.name}"
        given = name
        if field.default is not MISSING:
            names[default] = field.default
        elif field.default_factory is not MISSING:
            names[default] = field.default_factory
            given = f"{default}() if {name} is _MISSING else {name}" if field.init else f"{default}()"
        if field.init:
            parameters.append(_write_parameter(field, default))
        elif field.default_factory is MISSING:
            continue  # its own `__post_init__` sets it, or it is the class's
        lines.append(f"    _put(self, {name!r}, {given})")
    if hasattr(cls, "__post_init__"):
        lines.append("    self.__post_init__()")
    exec(f"def __init__(self, {', '.join(parameters)}):\n" + ("\n".join(lines) or "    pass"), names)
    init: Callable[..., None] = names["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init


def _write_parameter(field: Field[Any], default: str) -> str:
    if field.default is not MISSING:
        return f"{field.name}={default}"
    return field.name if field.default_factory is MISSING else f"{field.name}=_MISSING"


def _nothing(value: object) -> tuple[()]:
    """Return by what values without fields are compared."""
    return ()


def _refuse(self: object, name: str, value: object = None) -> None:
    raise FrozenInstanceError(f"`{name}` of a {type(self).__name__} can't be changed")


def _reduce(self: Any) -> tuple[Any, ...]:
    """Return how a value is made again: a frozen one can't be filled after it was made."""
    return type(self), tuple(getattr(self, each.name) for each in dataclasses.fields(self) if each.init)

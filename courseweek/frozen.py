"""The classes of values: dataclasses with slots whose methods are shared, or made when they are needed.

`dataclasses` writes and compiles six functions for each class while it is imported, most of which no build calls: for
the hundred and fifty classes here that took as long as a quarter of a build of a small course (see
docs/performance.md). A class made here is a dataclass like any other to `fields`, `replace`, `pickle` and `match`: what
`dataclasses` says of it is worked out when somebody asks.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import MISSING, Field, FrozenInstanceError
from functools import cache
from operator import attrgetter
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:  # to a type checker it is the one that it knows
    from dataclasses import dataclass

__all__ = ["dataclass", "names_of"]

T = TypeVar("T")

_KEPT = "__kept_fields__"
"""The attribute of a class that holds its fields by name."""
_put = object.__setattr__
_PLAIN: Field[Any] = dataclasses.field()
"""What a field is that has nothing but its type."""


def names_of(kind: type[Any]) -> tuple[str, ...]:
    """Return the names of the fields of a class made here, in order; none for any other class."""
    return tuple(getattr(kind, _KEPT, ()))


def _dataclass(*, slots: bool, frozen: bool = False) -> Callable[[type[T]], type[T]]:
    """Return what makes a class a dataclass with slots, as `dataclasses.dataclass(slots=True, frozen=…)` does.

    Values of a frozen class can't be changed (FrozenInstanceError) and are hashed by what they are compared by.
    A method that the class has of its own stays. Every class has slots.
    """
    if not slots:
        raise TypeError("a class of values has slots")

    def make(cls: type[T]) -> type[T]:
        own = dict(vars(cls))
        new = {name: _field_of(own.pop(name, MISSING)) for name in cls.__annotations__}
        kept: dict[str, Field[Any]] = {}
        for base in cls.__mro__[:0:-1]:
            kept |= vars(base).get(_KEPT, {})
        slotted = tuple(name for name in new if name not in kept)
        kept |= new
        own = {name: value for name, value in own.items() if name not in ("__dict__", "__weakref__")}
        kind: Any = type(cls)
        made = kind(
            cls.__name__,
            cls.__bases__,
            {
                **_methods_of(kept, frozen=frozen),
                **own,
                "__qualname__": cls.__qualname__,
                "__doc__": cls.__doc__ or cls.__name__,
                "__slots__": slotted,
                "__match_args__": tuple(name for name, each in kept.items() if each.init),
                "__dataclass_fields__": _FieldsLater(),
                _KEPT: kept,
            },
        )
        if "__init__" not in own:
            made.__init__ = _make_first_init(made, kept)
        result: type[T] = made
        return result

    return make


if not TYPE_CHECKING:
    dataclass = _dataclass


class _FieldsLater:
    """What `dataclasses` keeps of a class, made when it first asks."""

    def __get__(self, value: object, kind: Any) -> dict[str, Field[Any]]:
        owner: Any = next(each for each in kind.__mro__ if vars(each).get("__dataclass_fields__") is self)
        types: dict[str, Any] = {}
        for each in owner.__mro__[::-1]:
            types |= vars(each).get("__annotations__", {})
        found = {name: _complete(name, types[name], each) for name, each in getattr(owner, _KEPT).items()}
        owner.__dataclass_fields__ = found
        return found


@cache
def _standard_field() -> Field[Any]:
    @dataclasses.dataclass(init=False, repr=False, eq=False)
    class Standard:
        """A class with one field; without these words `dataclasses` would work out its signature, which takes long."""

        any: Any

    return dataclasses.fields(Standard)[0]


def _complete(name: str, type: Any, field: Field[Any]) -> Field[Any]:
    """Return a field as `dataclasses` completes it for a class."""
    made = copy(_standard_field())
    made.name, made.type = name, type
    made.default, made.default_factory = field.default, field.default_factory
    made.init, made.repr, made.compare = field.init, field.repr, field.compare
    return made


def _field_of(default: Any) -> Field[Any]:
    if default is MISSING:
        return _PLAIN
    return default if isinstance(default, Field) else dataclasses.field(default=default)


def _methods_of(kept: Mapping[str, Field[Any]], *, frozen: bool) -> dict[str, Any]:
    """Return the methods of a class with these fields but `__init__`."""
    compared = [name for name, each in kept.items() if each.compare]
    shown = [name for name, each in kept.items() if each.repr]
    key = attrgetter(*compared) if compared else _nothing
    methods: dict[str, Any] = {
        "__hash__": None,
        "__repr__": lambda one: (
            f"{type(one).__qualname__}({', '.join([f'{name}={getattr(one, name)!r}' for name in shown])})"
        ),
        "__eq__": lambda one, other: key(one) == key(other) if type(one) is type(other) else NotImplemented,
    }
    if frozen:
        methods["__hash__"] = lambda one: hash(key(one))
        methods |= {"__setattr__": _refuse, "__delattr__": _refuse, "__reduce__": _reduce}
    return methods


def _make_first_init(cls: type[Any], kept: Mapping[str, Field[Any]]) -> Callable[..., None]:
    """Return the `__init__` of a class without values; with the first one, it makes the `__init__` that replaces it."""

    def first_init(self: object, /, *arguments: object, **named: object) -> None:
        init = _make_init(cls, kept)
        # A class that was derived from this one, and has its own, keeps it.
        cls.__init__ = init
        init(self, *arguments, **named)

    return first_init


def _make_init(cls: type[Any], kept: Mapping[str, Field[Any]]) -> Callable[..., None]:
    """Return the `__init__` that sets the fields: in their order, past the `__setattr__` of frozen classes."""
    shape = "".join(map(_kind_of, kept.values()))
    code = _compile_init(shape, finished=hasattr(cls, "__post_init__"))
    # Names are all that differs between classes of one shape.
    named = {_name_in_shape(at): name for at, name in enumerate(kept)}
    code = code.replace(
        co_varnames=tuple(named.get(each, each) for each in code.co_varnames),
        co_consts=tuple(named.get(each, each) for each in code.co_consts),
    )
    names: dict[str, Any] = {"_put": object.__setattr__, "_MISSING": MISSING}
    for at, each in enumerate(kept.values()):
        names[f"_default_{at}"] = each.default if each.default_factory is MISSING else each.default_factory
    taken = [each for each in kept.values() if each.init]
    given = [each for each in taken if each.default is not MISSING or each.default_factory is not MISSING]
    if given != taken[len(taken) - len(given) :]:
        raise TypeError(f"in {cls.__name__}, a field without a default follows one with a default")
    init = FunctionType(code, names, "__init__", tuple(each.default for each in given))
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init


def _kind_of(field: Field[Any]) -> str:
    """Return a letter for how the `__init__` of a class sets a field: the shape of a class is one for each."""
    if field.init:
        return "v" if field.default_factory is MISSING else "f"
    if field.default_factory is not MISSING:
        return "m"
    return "d" if field.default is not MISSING else "-"  # its own `__post_init__` sets it


def _name_in_shape(at: int) -> str:
    return f"_{at}"


@cache
def _compile_init(shape: str, *, finished: bool) -> CodeType:
    """Return the code of the `__init__` of all classes of this shape. Copying it takes a twentieth of compiling it."""
    values = {
        "v": "{name}",
        "f": "_default_{at}() if {name} is _MISSING else {name}",
        "m": "_default_{at}()",
        "d": "_default_{at}",
    }
    parameters, lines = ["self"], []
    for at, kind in enumerate(shape):
        name = _name_in_shape(at)
        if kind in "vf":
            parameters.append(name)
        if kind in values:
            lines.append(f"    _put(self, {name!r}, {values[kind].format(name=name, at=at)})")
    if finished:
        lines.append("    self.__post_init__()")
    made: dict[str, Any] = {}
    exec(f"def __init__({', '.join(parameters)}):\n" + ("\n".join(lines) or "    pass"), made)
    code: CodeType = made["__init__"].__code__
    return code


def _nothing(value: object) -> tuple[()]:
    """Return by what values without fields are compared."""
    return ()


def _refuse(self: object, name: str, value: object = None) -> None:
    raise FrozenInstanceError(f"`{name}` of a {type(self).__name__} can't be changed")


def _reduce(self: Any) -> tuple[Any, ...]:
    """Return how a value is made again: a frozen one can't be filled after it was made."""
    kept: Mapping[str, Field[Any]] = getattr(self, _KEPT)
    return type(self), tuple(getattr(self, name) for name, each in kept.items() if each.init)

"""The classes of values: what they share, they do as the standard dataclasses do."""

from __future__ import annotations

import ast
import dataclasses
import pickle
from copy import copy
from dataclasses import FrozenInstanceError, field, fields, is_dataclass, replace
from pathlib import Path

import pytest

from courseweek.frozen import dataclass

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Point:
    x: int
    y: int = 0
    marks: list[str] = field(default_factory=list, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Named:
    first: str
    last: str
    whole: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "whole", f"{self.first} {self.last}")


@dataclass(frozen=True, slots=True)
class Alone:
    pass


@dataclass(frozen=True, slots=True)
class Single:
    only: str


@dataclass(frozen=True, slots=True)
class Own:
    x: int

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 7

    def __repr__(self) -> str:
        return "mine"


@dataclass(slots=True)
class Open:
    x: int
    seen: set[str] = field(default_factory=set)
    hidden: dict[str, str] = field(default_factory=dict, init=False)


@dataclass(frozen=True, slots=True)
class Deep(Point):
    z: int = 0


def test_values_are_made_by_place_and_by_name() -> None:
    assert (Point(1).x, Point(1).y, Point(1).marks) == (1, 0, [])
    assert Point(y=2, x=1, marks=["a"]) == Point(1, 2)
    assert Deep(1, 2, [], 3).z == Deep(1, 2, z=3).z == 3
    assert Named("Ada", "Byron").whole == "Ada Byron"


def test_each_value_has_its_own_list() -> None:
    assert Point(1).marks is not Point(1).marks
    assert Open(1).seen is not Open(1).seen
    assert Open(1).hidden == {}


@pytest.mark.parametrize("arguments", [(), (1, 2, [], 4)])
def test_arguments_that_do_not_fit(arguments: tuple[int, ...]) -> None:
    with pytest.raises(TypeError, match=r"Point\.__init__"):
        Point(*arguments)  # type: ignore[arg-type]


def test_values_are_equal_by_their_compared_fields() -> None:
    assert Point(1, 2, ["a"]) == Point(1, 2, ["b"])
    assert Point(1, 2) != Point(1, 3)
    assert Point(1, 2) != Deep(1, 2)
    assert Point(1, 2).__eq__((1, 2)) is NotImplemented
    assert Alone() == Alone()
    assert Single("a") == Single("a") != Single("b")
    assert len({Point(1, 2, ["a"]), Point(1, 2, ["b"]), Alone(), Alone(), Single("a"), Single("a")}) == 3


def test_what_can_change_has_no_hash() -> None:
    assert Open(1) == Open(1)
    with pytest.raises(TypeError, match="unhashable"):
        hash(Open(1))
    changed = Open(1)
    changed.x = 2
    assert changed == Open(2)


def test_frozen_values_stay() -> None:
    point = Point(1)
    with pytest.raises(FrozenInstanceError, match="`x` of a Point"):
        point.x = 2  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del point.x
    with pytest.raises((FrozenInstanceError, AttributeError)):
        point.other = 1  # type: ignore[attr-defined]
    assert not hasattr(point, "__dict__")


def test_they_show_what_they_hold() -> None:
    assert repr(Point(1, 2, ["a"])) == "Point(x=1, y=2)"
    assert repr(Alone()) == "Alone()"


def test_own_methods_stay() -> None:
    assert Own(1) == 5
    assert hash(Own(1)) == 7
    assert repr(Own(1)) == "mine"


@pytest.mark.parametrize("value", [Point(1, 2, ["a"]), Named("Ada", "Byron"), Alone(), Single("a"), Deep(1)])
def test_they_can_be_copied_and_sent(value: object) -> None:
    for again in (copy(value), pickle.loads(pickle.dumps(value))):
        assert again == value
        assert repr(again) == repr(value)


def test_they_are_dataclasses() -> None:
    assert is_dataclass(Point)
    assert [each.name for each in fields(Deep)] == ["x", "y", "marks", "z"]
    assert replace(Point(1, 2, ["a"]), y=3) == Point(1, 3)
    match Point(1, 2):
        case Point(x, y):
            assert (x, y) == (1, 2)


def test_the_first_value_of_each_class_is_like_the_next() -> None:
    @dataclasses.dataclass(frozen=True, slots=True)
    class Standard:
        a: str
        b: int = 3

    @dataclass(frozen=True, slots=True)
    class Ours:
        a: str
        b: int = 3

    for _ in range(2):
        assert repr(Ours("x")).split(".")[-1].replace("Ours", "Standard") == repr(Standard("x")).split(".")[-1]


def test_all_classes_of_values_are_of_this_kind() -> None:
    for path in sorted((ROOT / "courseweek").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        taken = [
            name.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module == "dataclasses"
            for name in node.names
        ]
        assert "dataclass" not in taken or path.name == "frozen.py", f"{path} takes the dear one"

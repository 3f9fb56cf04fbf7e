"""Tables of fields: a `Table` says which keys a mapping can have, a `Field` is one of them, a `Shape` its value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, cast

from courseweek.frozen import dataclass, names_of
from courseweek.model.origin import Origin
from courseweek.read.tables.forms import NOTHING, JsonSchema, name_of
from courseweek.yamltext.document import Node
from courseweek.yamltext.grammar import Kind

if TYPE_CHECKING:
    from courseweek.read.tables.reader import Reader

LABELLED_LINKS = "labels with addresses"
"""How the shapes of fields are called whose values are links by their labels."""

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Shape(Generic[T_co]):
    """What a value looks like (`what`, as in "a date such as 2027-02-15") and how it is read.

    `read` returns None after it has reported why it can't. `schema` is what an editor can check about such a value: it
    takes whatever `read` takes. `example` is a value that can be pasted.
    """

    what: str
    read: Callable[[Node, Reader], T_co | None]
    schema: JsonSchema = field(compare=False)
    example: str | None = None


@dataclass(frozen=True, slots=True)
class Field(Generic[T_co]):
    """One key of a table."""

    key: str
    shape: Shape[T_co]
    summary: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two values of an entry that people write as a key with its value: `Feb 8: HW1` is `due` and `title`.

    `keys` are the keys for which the first text is the value: none where it says nothing (`Week 1: Intro`), two where
    it is a range; `values` are those for the second one. `is_key` and `is_value` are what the texts must be; any text
    will do where `is_value` is None. Several entries may have the same first value if it is `shared`.
    """

    keys: tuple[str, ...]
    values: tuple[str, ...]
    is_key: Shape[Any]
    is_value: Shape[Any] | None = None
    shared: bool = False

    @property
    def first(self) -> str:
        """The first of the keys; an empty text where there are none."""
        return self.keys[0] if self.keys else ""


class Table:
    """The keys that one kind of mapping can have; `what` names it in messages ("a reading").

    `rules` is what its JSON Schema says beyond them, such as that there must be one of two. `pairings` are the ways in
    which people write two values as one key. `all` are the tables of the program: one may have the key that another
    one lacks, unless that is `apart`.
    """

    all: ClassVar[list[Table]] = []

    def __init__(
        self,
        what: str,
        *fields: Field[Any],
        rules: JsonSchema | None = None,
        pairings: tuple[Pairing, ...] = (),
        apart: bool = False,
    ) -> None:
        """Take the name for messages and the fields in the order of the reference."""
        self.apart = apart
        self.what = what
        self.pairings = pairings
        several = what.endswith("s")  # office hours have
        self.has, self.needs, self.is_ = ("have", "need", "are") if several else ("has", "needs", "is")
        self.rules = rules or {}
        self.fields = fields
        self.by_key = {each.key: each for each in fields}
        Table.all.append(self)

    def value_of(self, key: str) -> Kind:
        """Return what the value of a key may be."""
        return Kind([self.by_key[key].shape.schema] if key in self.by_key else [], {})


def schema_of(table: Table) -> JsonSchema:
    """Return what takes a mapping by this table."""
    properties = {
        each.key: {"description": each.summary, "anyOf": [each.shape.schema, *([] if each.required else [NOTHING])]}
        for each in table.fields
    }
    return {
        "title": table.what,
        "type": "object",
        "properties": properties,
        "required": [each.key for each in table.fields if each.required],
        "additionalProperties": False,
        **table.rules,
    }


def schemas_by_name() -> dict[str, JsonSchema]:
    """Return what takes a mapping by each table, by the name with which others refer to it.

    Of two tables of one name, it is the first one, which has all keys.
    """
    return {name_of(table.what): schema_of(table) for table in reversed(Table.all)}


@dataclass(frozen=True, slots=True)
class Record:
    """The values of one mapping by the fields of its table, and their places."""

    values: dict[str, Any]
    origin: Origin
    strange: bool = False
    """Whether a key was written that the table doesn't have, or could not be read."""

    def __getitem__(self, wanted: Field[T]) -> T | None:
        """Return the value of this field, or None where it is absent, empty or was refused."""
        return cast("T | None", self.values.get(wanted.key))

    def need(self, wanted: Field[T]) -> T:
        """Return the value of a required field, which is there in a record that is `whole`."""
        return cast(T, self.values[wanted.key])

    def make(self, kind: type[T], /, **others: Any) -> T:
        """Return a value of this class: each field has the value of the key of its name, except `others`."""
        same = {key: self.values[key] for key in names_of(kind) if key in self.values}
        return kind(**{**same, "origin": self.origin, **others})

    def whole(self, *wanted: Field[Any]) -> bool:
        """Return whether each of these fields has a value."""
        return all(each.key in self.values for each in wanted)

    def lacks(self, *wanted: Field[Any]) -> bool:
        """Return whether one of these fields was written, or may have been, but has no value."""
        return self.strange or any(each.key in self.origin.fields and each.key not in self.values for each in wanted)

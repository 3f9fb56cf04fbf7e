"""Which keys a YAML text may have under which parent, and what their values are.

A grammar is made from a JSON Schema (draft-07), and from no other list of keys: what an editor completes is what
repairs are held to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Protocol

from courseweek.diagnostics import Diagnostic, Edit, Source

Fragment = Mapping[str, Any]

OF_REFERENCES = "the id of "
"""How the message begins of a fragment that takes the id of something that is written elsewhere."""
_TEXTS = frozenset({"string", "number", "boolean"})


class Keys:
    """The keys of one kind of mapping.

    `named` are the known ones; `free` is the kind of the values of keys that the author chooses, None where there
    are no such keys. `required` are the keys that must be there.
    """

    __slots__ = ("free", "named", "required", "reserved")

    def __init__(self, fragment: Fragment, definitions: Fragment) -> None:
        """Take a fragment of type `object`."""
        properties = fragment.get("properties") or {}
        self.named = {key: Kind([value], definitions) for key, value in properties.items()}
        more = fragment.get("additionalProperties", True)
        self.free = None if more is False else Kind([more] if isinstance(more, Mapping) else [], definitions)
        self.required = frozenset(fragment.get("required") or ())
        taken = fragment.get("not")
        names = taken.get("propertyNames", {}) if isinstance(taken, Mapping) else {}
        self.reserved = frozenset(names.get("enum") or ())


class Kind:
    """What a value may be: a text, a list of a kind, a mapping; several of them, or anything."""

    __slots__ = ("_definitions", "_fragments", "_inner", "_items", "_keys", "_patterns", "_read", "_refers", "_text")

    def __init__(self, fragments: Iterable[Fragment | bool], definitions: Fragment) -> None:
        """Take alternative fragments; none at all stand for anything. They are read when they are first needed."""
        self._fragments = list(fragments)
        self._definitions = definitions
        self._read = False
        self._text = False
        self._refers = False
        self._patterns: list[str] = []
        self._items: list[Fragment] = []
        self._keys: list[Keys] = []
        self._inner: Kind | None = None

    @classmethod
    def of(cls, kinds: Iterable[Kind]) -> Kind:
        """Return the kind of what is of one of these kinds."""
        kinds = list(kinds)
        if any(each.anything for each in kinds) or not kinds:
            return ANYTHING
        return cls([fragment for each in kinds for fragment in each._fragments], kinds[0]._definitions)

    @property
    def anything(self) -> bool:
        """Whether any value will do."""
        return not self._fragments

    @property
    def text(self) -> bool:
        """Whether a text will do."""
        return self.anything or self._opened()._text

    def accepts(self, text: str) -> bool:
        """Return whether this very text will do, by its pattern if it has one."""
        return self.text and all(re.search(each, text) for each in self._opened()._patterns)

    @property
    def refers(self) -> bool:
        """Whether the value is the id of something that is written elsewhere, as its message says."""
        return not self.anything and self._opened()._refers

    @property
    def markdown(self) -> bool:
        """Whether the text is Markdown, as the description of the key says."""
        described = (each.get("description", "") for each in self._fragments if isinstance(each, Mapping))
        return any(each.endswith("in Markdown") for each in described)

    @property
    def items(self) -> Kind | None:
        """The kind of the items of a list; None where no list will do."""
        if self.anything:
            return ANYTHING
        found = self._opened()._items
        if self._inner is None and found:
            self._inner = Kind(found, self._definitions)
        return self._inner

    @property
    def keys(self) -> tuple[Keys, ...]:
        """The alternatives of a mapping; none where no mapping will do."""
        return (_ANY_KEYS,) if self.anything else tuple(self._opened()._keys)

    def _opened(self) -> Kind:
        if not self._read:
            self._read = True
            pending = list(self._fragments)
            for _ in range(1_000):
                if not pending:
                    break
                pending += self._take(pending.pop(0))
        return self

    def _take(self, fragment: Fragment | bool) -> list[Fragment]:
        """Note what one fragment takes, and return the fragments that it consists of."""
        if isinstance(fragment, bool):  # JSON Schema, draft-07, section 4.3.2
            self._text |= fragment
            return []
        reference = fragment.get("$ref")
        if isinstance(reference, str):
            return [self._definitions[reference.rpartition("/")[2]]]
        if "anyOf" in fragment:
            return list(fragment["anyOf"])
        refused = fragment.get("not")
        if "type" not in fragment and isinstance(refused, Mapping) and "type" in refused:
            named = refused["type"]
            self._text |= not set(_TEXTS) <= ({named} if isinstance(named, str) else set(named))
            return []
        types = fragment.get("type", ())
        types = {types} if isinstance(types, str) else set(types)
        self._text |= bool(types & _TEXTS) or "enum" in fragment or "pattern" in fragment
        self._refers |= fragment.get("errorMessage", "").startswith(OF_REFERENCES)
        self._patterns += [fragment["pattern"]] if "pattern" in fragment else []
        if "array" in types:
            self._items.append(fragment.get("items") or {})
        if "object" in types:
            self._keys.append(Keys(fragment, self._definitions))
        return []

    @property
    def labels(self) -> Kind | None:
        """What is behind the labels of a mapping of texts, whose keys the author chooses; None for any other kind."""
        free = () if self.anything else (keys.free for keys in self.keys)
        return next((each for each in free if each and each.text and not (each.items and each.items.keys)), None)

    @property
    def texts(self) -> bool:
        """Whether a list of texts will do, whose items are nothing else."""
        return not self.anything and self.items is not None and self.items.text and not self.items.keys

    @property
    def lists(self) -> tuple[str, ...]:
        """The names of the lists into which a list may be divided, such as `required` and `optional`."""
        divided = () if self.anything or self.items is None else (keys.named for keys in self.keys if not keys.free)
        return tuple(key for named in divided if all(each.items for each in named.values()) for key in named)

    def list_values(self) -> dict[str, Kind]:
        """Return all keys that the fragments and the definitions name, each with the kind of its values."""
        found: dict[str, list[Fragment]] = {}
        pending: list[Any] = [*self._fragments, self._definitions]
        while pending:
            each = pending.pop()
            if isinstance(each, Mapping):
                properties = each.get("properties")
                for key, value in properties.items() if isinstance(properties, Mapping) else ():
                    found.setdefault(key, []).append(value)
                pending += each.values()
            elif isinstance(each, list):
                pending += each
        return {key: Kind(values, self._definitions) for key, values in found.items()}


ANYTHING = Kind([], {})
_ANY_KEYS = Keys({"type": "object"}, {})


class Paste(Protocol):
    """Text of another kind that was pasted into a file: its one report, and the edits with which YAML can be read."""

    @property
    def diagnostic(self) -> Diagnostic:
        """What is reported."""

    @property
    def edits(self) -> Sequence[Edit]:
        """What takes its place, or cuts it out."""


class Grammar:
    """What a text of YAML may hold. It is made when the first fault asks for it."""

    def __init__(
        self, make: Callable[[], Kind], find_pasted: Callable[[Source], Sequence[Paste]] = lambda _: ()
    ) -> None:
        """Take what makes the kind of the whole text, and what finds pasted text of other kinds in it."""
        self._make = make
        self.find_pasted = find_pasted

    @cached_property
    def root(self) -> Kind:
        """The kind of the whole text."""
        return self._make()

    @cached_property
    def keys(self) -> frozenset[str]:
        """All keys that the grammar names, wherever they belong: a line that begins with one is probably not a text."""
        return frozenset(self._values)

    @cached_property
    def _values(self) -> dict[str, Kind]:
        return self.root.list_values()

    @cached_property
    def lists(self) -> tuple[str, ...]:
        """The names of lists, wherever they divide a list: a line with one belongs to no item."""
        free = (keys.free for keys in self.root.keys if keys.free is not None)
        return tuple(dict.fromkeys(name for each in (*self._values.values(), *free) for name in each.lists))

    def value_of(self, key: str) -> Kind:
        """Return what the value of a key may be, wherever the key belongs; anything for one that is not known."""
        return self._values.get(key, ANYTHING)


NO_GRAMMAR = Grammar(lambda: ANYTHING)

"""The grammars of the course's YAML, from the tables by which it is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from courseweek.diagnostics import Source
from courseweek.read.tables.fields import schemas_by_name
from courseweek.read.tables.forms import JsonSchema, list_references
from courseweek.yamltext.grammar import Grammar, Kind, Paste


def make_grammar(root: Callable[[], JsonSchema], *, readings: bool = False) -> Grammar:
    """Return the grammar of a file: `root` is what takes the whole of it, and is asked for when there is a fault.

    With `readings` the file is a list of them, and what is pasted there is shown as readings.
    """

    def make() -> Kind:
        whole = root()
        return Kind([whole], _define(whole))

    def find(source: Source) -> Sequence[Paste]:
        from courseweek.read.pasted.finder import find_pasted

        return find_pasted(source, readings=readings)

    return Grammar(make, find)


def _define(root: JsonSchema) -> dict[str, JsonSchema]:
    """Return what a schema refers to, and what that refers to, by their names."""
    known = schemas_by_name()
    found: dict[str, JsonSchema] = {}
    pending = list(list_references(root))
    while pending:
        name = pending.pop()
        if name not in found:
            found[name] = known[name]
            pending += list_references(known[name])
    return found

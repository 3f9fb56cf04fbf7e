"""Fragments of a JSON Schema (draft-07), by which an editor completes and checks a YAML file while it is written.

They see less than the reader does, and never refuse what it takes. An editor's YAML gives types to unquoted texts
(YAML 1.2.2, section 10.3.2): `3.10` is a number, `true` a boolean, a key without a value null. So most texts may also
be of other types; patterns hold for strings alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

JsonSchema = Mapping[str, Any]

_TYPES = ("array", "boolean", "null", "number", "object", "string")
_ANY_TEXT = r"\S"


def of_types(*types: str) -> JsonSchema:
    """Return what takes these types; by way of all others, or editors would propose `true`, `false` and `null`."""
    return {"not": {"type": [each for each in _TYPES if each not in types]}}


NOTHING = of_types("null")
"""A key without a value, which counts as not written."""


def text(what: str, pattern: str = _ANY_TEXT, *, also: Sequence[str] = (), examples: Sequence[str] = ()) -> JsonSchema:
    """Return what takes a text that holds the pattern, and such unquoted ones as an editor takes for `also`."""
    schema: dict[str, Any] = {"type": "string", "pattern": pattern, "errorMessage": f"{what} is expected here"}
    if examples:
        schema["examples"] = list(examples)
    return either(schema, of_types(*also)) if also else schema


def words(*proposed: str, pattern: str) -> JsonSchema:
    """Return what proposes these words, and takes what the pattern takes too."""
    return {"anyOf": [{"enum": list(proposed)}, {"type": "string", "pattern": pattern}]}


def either(*alternatives: JsonSchema) -> JsonSchema:
    """Return what takes any of these; the first one is what an editor speaks of where none fits."""
    return {"anyOf": list(alternatives)}


def list_of_each(each: JsonSchema, **more: int) -> JsonSchema:
    """Return what takes a list of these."""
    return {"type": "array", "items": each, **more}


def one_or_list(each: JsonSchema, *in_list: JsonSchema) -> JsonSchema:
    """Return what takes one of these or a list of them; a list may also hold what is `in_list`."""
    return either(each, list_of_each(either(each, *in_list) if in_list else each))


def mapping_to(what: str, value: JsonSchema, **more: Any) -> JsonSchema:
    """Return what takes a mapping from names that the author chooses to such values; `what` is all of it."""
    return {"title": what, "type": "object", "additionalProperties": value, **more}


def unless(key: str, *needed: str, also: str | None = None) -> JsonSchema:
    """Return the rule that these keys have values where that one has none, nor the one that does `also`."""
    written = _with_values(key) if also is None else either(_with_values(key), _with_values(also))
    return {"if": {"not": written}, "then": _with_values(*needed)}


def _with_values(*keys: str) -> JsonSchema:
    return {"required": list(keys), "properties": {key: {"not": NOTHING} for key in keys}}


def by_table(what: str) -> JsonSchema:
    """Return what takes a mapping by the table of this name, such as "a topic"."""
    return {"$ref": f"#/definitions/{name_of(what)}"}


def name_of(what: str) -> str:
    """Return the name of a table among the definitions: `topic` of "a topic"."""
    article, _, rest = what.partition(" ")
    return (rest if article in ("a", "an", "the") else what).replace(" ", "-")


def list_references(schema: Any) -> Iterator[str]:
    """Yield the names of the tables to which a schema refers."""
    if isinstance(schema, Mapping):
        reference = schema.get("$ref")
        if isinstance(reference, str):
            yield reference.rpartition("/")[2]
        for value in schema.values():
            yield from list_references(value)
    elif isinstance(schema, Sequence) and not isinstance(schema, str):
        for value in schema:
            yield from list_references(value)

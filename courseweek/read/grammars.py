"""The grammars of the course's YAML, from the tables by which it is read."""

from __future__ import annotations

import json
from collections.abc import Sequence

from courseweek.diagnostics import Source
from courseweek.yamltext.grammar import Grammar, Kind, Paste


def _make(name: str) -> Kind:
    from courseweek.read.schema import make_schemas  # needs all tables, and only a fault needs it

    schema = json.loads(make_schemas()[f"{name}.schema.json"])
    return Kind([schema], schema["definitions"])


def _make_front_matter() -> Kind:
    from courseweek.read.content import ANNOUNCEMENT, NOTE, PAGE
    from courseweek.read.fields import schema_of

    tables = (PAGE, NOTE, ANNOUNCEMENT)
    properties = {key: value for table in tables for key, value in schema_of(table)["properties"].items()}
    return Kind([{"type": "object", "properties": properties, "additionalProperties": False}], {})


def _find_in_readings(source: Source) -> Sequence[Paste]:
    from courseweek.read.pasted.finder import find_pasted

    return find_pasted(source, readings=True)


def _find_elsewhere(source: Source) -> Sequence[Paste]:
    from courseweek.read.pasted.finder import find_pasted

    return find_pasted(source, readings=False)


SYLLABUS_GRAMMAR = Grammar(lambda: _make("syllabus"), _find_elsewhere)
READINGS_GRAMMAR = Grammar(lambda: _make("readings"), _find_in_readings)
FRONT_MATTER_GRAMMAR = Grammar(_make_front_matter, _find_elsewhere)

"""The grammars of the course's YAML, from the tables by which it is read."""

from __future__ import annotations

import json

from courseweek.yamltext.grammar import Grammar, Kind


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


SYLLABUS_GRAMMAR = Grammar(lambda: _make("syllabus"))
READINGS_GRAMMAR = Grammar(lambda: _make("readings"))
FRONT_MATTER_GRAMMAR = Grammar(_make_front_matter)

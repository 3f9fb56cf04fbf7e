"""The grammars of the course's YAML files, from the tables by which they are read."""

from __future__ import annotations

import json
from functools import cache

from courseweek.yamltext.grammar import Kind


@cache
def grammar_of(name: str) -> Kind:
    """Return what `syllabus.yaml` or `readings.yaml` may hold; `name` is the file's name. It is made on first use."""
    from courseweek.read.schema import make_schemas  # needs all tables, and only a fault needs it

    schema = json.loads(make_schemas()[name.removesuffix(".yaml") + ".schema.json"])
    return Kind([schema], schema["definitions"])

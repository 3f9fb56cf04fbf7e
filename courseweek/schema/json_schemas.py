"""The JSON Schemas: of the YAML files of a course by the tables that read them, and of `course.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from courseweek.read.assignments import DUE, SERIES_FORM
from courseweek.read.carryover import CARRYOVER_FORM
from courseweek.read.grading import PART_FORM
from courseweek.read.links import ACCESS, LABELLED, LINKS
from courseweek.read.readings import BODY, ENTRIES, READINGS_FORM
from courseweek.read.syllabus import SYLLABUS
from courseweek.read.tables import shapes, time_shapes
from courseweek.read.tables.fields import schema_of, schemas_by_name
from courseweek.read.tables.forms import NOTHING, JsonSchema
from courseweek.read.term import STATUS
from courseweek.schema.course_json import describe_course_json

DRAFT = "http://json-schema.org/draft-07/schema#"
WIDTH = 110
VALUES: Mapping[str, JsonSchema] = {
    "nothing": NOTHING,
    "text": shapes.TEXT.schema,
    "texts": shapes.TEXTS.schema,
    "id": shapes.IDENTIFIER.schema,
    "yes-or-no": shapes.YES_NO.schema,
    "address": shapes.ADDRESS.schema,
    "date": time_shapes.DAY.schema,
    "date-with-year": time_shapes.DAY_WITH_YEAR.schema,
    "time-range": time_shapes.TIME_RANGE.schema,
    "weekdays": time_shapes.WEEKDAYS.schema,
    "moment": DUE.shape.schema,
    "series": SERIES_FORM,
    "status": STATUS.schema,
    "access": ACCESS.schema,
    "links": LINKS.schema,
    "labelled-links": LABELLED,
    "part": PART_FORM,
    "readings": ENTRIES,
    "readings-by-heading": BODY,
}
"""What several keys take: written once, and named where it is meant."""


def make_schemas() -> dict[str, str]:
    """Return the text of each file of `schema/` by its name."""
    roots = {"syllabus": schema_of(SYLLABUS), "readings": READINGS_FORM, "carryover": CARRYOVER_FORM}
    written = {f"{name}.schema.json": _write(f"{name}.yaml", root) for name, root in roots.items()}
    return {**written, "course.schema.json": _lay_out({**_head("schema"), **describe_course_json()}, "") + "\n"}


def _head(room: str) -> JsonSchema:
    return {"$schema": DRAFT, "$comment": f"made from the tables in courseweek/{room} by `python scripts/schema.py`"}


def _write(file: str, root: JsonSchema) -> str:
    builder = _Definitions()
    body = builder.fold(root)
    whole = {**_head("read"), **body, "title": file, "definitions": dict(sorted(builder.found.items()))}
    return _lay_out(whole, "") + "\n"


def _lay_out(value: Any, indent: str) -> str:
    """Return the JSON of a value, on one line where it fits."""
    line = json.dumps(value, ensure_ascii=False)
    if len(indent) + len(line) <= WIDTH or not isinstance(value, dict | list):
        return line
    inner = indent + "  "
    if isinstance(value, list):
        return "[\n" + ",\n".join(inner + _lay_out(each, inner) for each in value) + f"\n{indent}]"
    entries = (f"{inner}{json.dumps(key)}: {_lay_out(each, inner)}" for key, each in value.items())
    return "{\n" + ",\n".join(entries) + f"\n{indent}}}"


class _Definitions:
    """Collects what a schema refers to; each once, under its name."""

    def __init__(self) -> None:
        self.found: dict[str, JsonSchema] = {}
        self.known = {**schemas_by_name(), **VALUES}

    def fold(self, fragment: Any) -> Any:
        """Return the fragment with references in the place of what has a name."""
        match fragment:
            case {"$ref": str(reference)}:
                self.define(reference.rpartition("/")[2])
                return fragment
            case dict():
                for name, schema in VALUES.items():
                    if fragment is schema:
                        self.define(name)
                        return {"$ref": f"#/definitions/{name}"}
                folded = {key: self.fold(value) for key, value in fragment.items()}
                return folded | {"anyOf": _flat(folded["anyOf"])} if "anyOf" in folded else folded
            case list():
                return [self.fold(each) for each in fragment]
            case _:
                return fragment

    def define(self, name: str) -> None:
        """Put what this name means, and what that refers to, among the definitions."""
        if name not in self.found:
            self.found[name] = {}
            self.found[name] = self.fold(dict(self.known[name]))  # a copy: itself it would be a reference


def _flat(alternatives: list[JsonSchema]) -> list[JsonSchema]:
    """Return alternatives with nested alternatives flattened."""
    return [inner for each in alternatives for inner in (each["anyOf"] if each.keys() == {"anyOf"} else [each])]

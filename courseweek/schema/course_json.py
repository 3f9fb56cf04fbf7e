"""The JSON Schema of `course.json`, by which another program can check what it reads.

Each object has a table here, with its keys in order. All keys are always present, and there are no others. A new key is
one line, and a row in docs/course-json.md; tests hold both to what a build writes.
"""

from __future__ import annotations

from collections.abc import Mapping

from courseweek.published.course_data import DAYS, VERSION
from courseweek.read.tables.forms import JsonSchema

_TEXT: JsonSchema = {"type": "string"}
_NUMBER: JsonSchema = {"type": "integer"}
_YES_NO: JsonSchema = {"type": "boolean"}
_DATE: JsonSchema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_TIME: JsonSchema = {"type": "string", "pattern": r"^\d{2}:\d{2}$"}
_INSTANT: JsonSchema = {
    "type": "string",
    "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?[+-]\d{2}:\d{2}(?::\d{2})?$",
}
_TENTATIVE: JsonSchema = {"enum": ["tentative", None]}


def _or_null(schema: JsonSchema) -> JsonSchema:
    return {"anyOf": [schema, {"type": "null"}]}


def _list(each: JsonSchema) -> JsonSchema:
    return {"type": "array", "items": each}


def _a(name: str) -> JsonSchema:
    return {"$ref": f"#/definitions/{name}"}


OBJECTS: Mapping[str, Mapping[str, JsonSchema]] = {
    "whole": {
        "version": {"const": VERSION},
        "generator": _TEXT,
        "course": _a("course"),
        "term": _a("term"),
        "staff": _list(_a("person")),
        "office_hours": _list(_a("weekly-hours")),
        "meetings": _list(_a("meeting")),
        "events": _list(_a("event")),
        "assignments": _list(_a("assignment")),
        "deadlines": _list(_a("deadline")),
        "presentations": _or_null(_a("presentations")),
        "grading": _list(_a("scheme")),
        "readings": _list(_a("reading")),
        "notes": _list(_a("note")),
        "announcements": _list(_a("announcement")),
        "carried_over": _list(_TEXT),
        "past_terms": _list(_a("past-term")),
        "changes": _list(_a("change")),
        "memory": _a("memory"),
    },
    "course": {
        "code": _or_null(_TEXT),
        "title": _TEXT,
        "institution": _or_null(_TEXT),
        "language": _TEXT,
        "url": _or_null(_TEXT),
        "repository": _or_null(_TEXT),
    },
    "term": {
        "name": _or_null(_TEXT),
        "starts": _DATE,
        "ends": _DATE,
        "timezone": _TEXT,
        "status": _TENTATIVE,
    },
    "person": {
        "name": _TEXT,
        "pronouns": _or_null(_TEXT),
        "role": _or_null(_TEXT),
        "affiliation": _or_null(_TEXT),
        "url": _or_null(_TEXT),
        "email": _or_null(_TEXT),
        "office_hours": _list(_a("hours")),
    },
    "hours": {
        "days": _list({"enum": list(DAYS)}),
        "start": _or_null(_TIME),
        "end": _or_null(_TIME),
        "place": _or_null(_TEXT),
        "text": _or_null(_TEXT),
    },
    "weekly-hours": {
        "day": {"enum": list(DAYS)},
        "start": _or_null(_TIME),
        "end": _or_null(_TIME),
        "place": _or_null(_TEXT),
        "who": _list(_TEXT),
        "note": _or_null(_TEXT),
        "changed_at": _INSTANT,
    },
    "event": {
        "id": _TEXT,
        "name": _TEXT,
        "date": _DATE,
        "end_date": _DATE,
        "start": _or_null(_INSTANT),
        "end": _or_null(_INSTANT),
        "place": _or_null(_TEXT),
        "url": _or_null(_TEXT),
        "changed_at": _INSTANT,
    },
    "meeting": {
        "id": _TEXT,
        "week": _or_null(_NUMBER),
        "number": _or_null(_NUMBER),
        "date": _or_null(_DATE),
        "end_date": _or_null(_DATE),
        "start": _or_null(_INSTANT),
        "end": _or_null(_INSTANT),
        "until": _or_null(_INSTANT),
        "same_day": _or_null(_TEXT),
        "kind": _or_null(_TEXT),
        "topic": _TEXT,
        "unit": _or_null(_TEXT),
        "break": _YES_NO,
        "exam": _YES_NO,
        "status": _TENTATIVE,
        "place": _or_null(_TEXT),
        "groups": _list(_a("group")),
        "lecturer": _or_null(_TEXT),
        "lecturers": _list(_TEXT),
        "guests": _list(_a("guest")),
        "presenters": {"type": "object", "additionalProperties": _list(_TEXT)},
        "materials": _list(_a("material")),
        "readings": _a("readings"),
        "changed_at": _INSTANT,
    },
    "group": {
        "name": _TEXT,
        "date": _DATE,
        "start": _or_null(_INSTANT),
        "end": _or_null(_INSTANT),
        "place": _or_null(_TEXT),
        "leader": _or_null(_TEXT),
        "cancelled": _YES_NO,
    },
    "guest": {"name": _TEXT, "affiliation": _or_null(_TEXT), "url": _or_null(_TEXT)},
    "material": {
        "label": _TEXT,
        "url": _or_null(_TEXT),
        "access": {"enum": ["open", "campus", "login", None]},
        "publish_on": _or_null(_INSTANT),
    },
    "readings": {"required": _list(_TEXT), "optional": _list(_TEXT)},
    "assignment": {
        "id": _TEXT,
        "title": _TEXT,
        "each": _or_null(_TEXT),
        "out": _or_null(_TEXT),
        "due": _or_null(_TEXT),
        "was": _or_null(_INSTANT),
        "accepted_until": _or_null(_INSTANT),
        "for": _or_null(_TEXT),
        "group": _or_null(_TEXT),
        "counts": _or_null(_TEXT),
        "form": _or_null(_TEXT),
        "status": _TENTATIVE,
        "milestones": _list(_a("milestone")),
    },
    "milestone": {
        "id": _TEXT,
        "title": _TEXT,
        "was": _or_null(_INSTANT),
        "accepted_until": _or_null(_INSTANT),
        "weight": _or_null(_TEXT),
        "status": _TENTATIVE,
    },
    "deadline": {
        "id": _TEXT,
        "assignment": _TEXT,
        "title": _TEXT,
        "kind": {"enum": ["out", "due", "milestone"]},
        "at": _or_null(_INSTANT),
        "was": _or_null(_INSTANT),
        "accepted_until": _or_null(_INSTANT),
        "meeting": _or_null(_TEXT),
        "for": _or_null(_TEXT),
        "changed_at": _INSTANT,
    },
    "presentations": {
        "roles": _list(_TEXT),
        "group": _or_null({"type": "array", "items": _NUMBER, "minItems": 2, "maxItems": 2}),
        "at_least": _or_null(_NUMBER),
        "different": _YES_NO,
        "sign_up": _or_null(_TEXT),
        "meetings": _list(_TEXT),
    },
    "scheme": {"scheme": _or_null(_TEXT), "parts": _list(_a("part"))},
    "part": {
        "name": _TEXT,
        "weight": _or_null({"type": "number"}),
        "parts": _list(_a("part")),
        "any_of": _list(_a("part")),
    },
    "reading": {
        "id": _TEXT,
        "title": _TEXT,
        "url": _or_null(_TEXT),
        "authors": _list(_TEXT),
        "venue": _or_null(_TEXT),
        "in": _or_null(_TEXT),
        "editors": _list(_TEXT),
        "publisher": _or_null(_TEXT),
        "edition": _or_null(_TEXT),
        "year": _or_null(_NUMBER),
        "minutes": _or_null(_NUMBER),
        "language": _or_null(_TEXT),
        "meetings": _list(_TEXT),
    },
    "note": {
        "url": _TEXT,
        "title": _TEXT,
        "reading": _or_null(_TEXT),
        "meeting": _or_null(_TEXT),
        "author": _or_null(_TEXT),
    },
    "announcement": {
        "id": _TEXT,
        "date": _DATE,
        "title": _TEXT,
        "meeting": _or_null(_TEXT),
        "until": _or_null(_DATE),
    },
    "memory": {"base": _TEXT, "events": {"type": "object", "additionalProperties": _a("remembered")}},
    "remembered": {"digest": _TEXT, "sequence": _NUMBER, "changed_at": _INSTANT},
    "past-term": {"name": _TEXT, "url": _TEXT, "starts": _or_null(_DATE), "ends": _or_null(_DATE)},
    "change": {
        "id": _TEXT,
        "at": _INSTANT,
        "kind": {"enum": ["class", "deadline", "reading", "event"]},
        "ids": _list(_TEXT),
        "text": _TEXT,
        "was": _or_null(_TEXT),
        "details": _list(_TEXT),
        "href": _TEXT,
    },
}
"""The keys of each object, by the name of the object; `whole` is the file itself."""


def describe_course_json() -> JsonSchema:
    """Return what takes a `course.json` of this version, and nothing else."""
    objects = {name: _describe(keys) for name, keys in OBJECTS.items()}
    whole = objects.pop("whole")
    return {**whole, "title": "course.json", "definitions": dict(sorted(objects.items()))}


def _describe(keys: Mapping[str, JsonSchema]) -> JsonSchema:
    return {"type": "object", "properties": dict(keys), "required": list(keys), "additionalProperties": False}

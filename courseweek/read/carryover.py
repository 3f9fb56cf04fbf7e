"""`carryover.yaml`: what came from the last term, and nobody has confirmed for this one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256

from courseweek.diagnostics import Diagnostics, Source, Span
from courseweek.model.assignment import Assignment
from courseweek.model.course import Syllabus
from courseweek.model.meeting import Topic
from courseweek.model.slug import make_slug
from courseweek.read.tables.forms import NOTHING, JsonSchema, either, mapping_to
from courseweek.yamltext.document import Mapping as Entries
from courseweek.yamltext.document import Node, Scalar, read_yaml

CARRYOVER_FILE = "carryover.yaml"
CARRYOVER_FORM: JsonSchema = {
    "type": ["object", "null"],
    "additionalProperties": either(
        mapping_to(
            "what came from the last term for a topic or an assignment, by its id, or for a person (`staff/…`)",
            {"description": "a sum of the text of this key; delete the line once it is right for this term"},
        ),
        NOTHING,
    ),
}
STAFF = "staff/"
"""What the ids of people begin with, so that no topic has one of them."""
HELP = "write it as `new-term` does, or delete the file"
_COMMENT_LINE = re.compile(r"(?:^|\n)[ \t]*#[^\n]*$")


def trim_value(span: Span) -> Span:
    """Return the place of a value without the space and the lines of comments after it."""
    text = span.text.rstrip()
    while (comment := _COMMENT_LINE.search(text)) is not None:
        text = text[: comment.start()].rstrip()
    return span.within(0, len(text))


def digest_value(span: Span) -> str:
    """Return what stands for the text of a value, whatever the spaces between its words."""
    return sha256(" ".join(trim_value(span).text.split()).encode()).hexdigest()[:8]


def list_parts(syllabus: Syllabus) -> Iterator[tuple[str, Mapping[str, Span]]]:
    """Yield the id of each topic, assignment and person with the places of what is written about it; each id once.

    The ids of people begin with `staff/`. Of a person who is only named, that is the name.
    """
    known: set[str] = set()
    topics = [each for some in syllabus.topic_lists for each in some]
    parts: tuple[Topic | Assignment, ...] = (*topics, *syllabus.assignments)
    places = [(part.id or make_slug(part.title), part.origin.fields) for part in parts]
    for person in syllabus.staff:
        fields = person.origin.fields or {"name": person.origin.span}
        places.append((f"{STAFF}{make_slug(person.name)}", fields))
    for id, fields in places:
        if id not in known:
            known.add(id)
            yield id, fields


def read_carryover(source: Source, syllabus: Syllabus, found: Diagnostics) -> Mapping[str, frozenset[str]]:
    """Return the keys of each topic, assignment and person, by their id, that are as they were carried over.

    What was changed since counts as confirmed, and so does what is no longer in the file.
    """
    root = read_yaml(source, found)
    if root is None:
        return {}
    if not isinstance(root, Entries):
        _report(root, found)
        return {}
    parts = dict(list_parts(syllabus))
    carried: dict[str, frozenset[str]] = {}
    for id, keys in root.entries:
        if not isinstance(keys, Entries):
            if not (isinstance(keys, Scalar) and keys.empty):
                _report(keys, found)
            continue
        fields = parts.get(id.text, {})
        same = {
            key.text
            for key, value in keys.entries
            if isinstance(value, Scalar) and key.text in fields and digest_value(fields[key.text]) == value.text
        }
        if same:
            carried[id.text] = frozenset(same)
    return carried


def _report(node: Node, found: Diagnostics) -> None:
    message = f"`{CARRYOVER_FILE}` has ids with keys of topics, assignments and staff below them"
    found.error("wrong-shape", message, node.span.within(0, 1), help=HELP)

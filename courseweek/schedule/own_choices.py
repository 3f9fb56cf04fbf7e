"""What a student can choose: a group of each kind of meeting that has several, and a grading scheme."""

from __future__ import annotations

from collections.abc import Iterator

from courseweek.frozen import dataclass
from courseweek.model.course import Syllabus
from courseweek.model.slug import make_slug

SECTION = "section"
"""The name of the choice of a grading scheme."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of one of several `values`, with the `kind` of meeting of which they are groups; None for schemes."""

    name: str
    kind: str | None
    values: tuple[str, ...]


def name_choice(kind: str | None) -> str:
    """Return the name of the choice among the groups of a kind of meeting: "group-lab"."""
    slug = make_slug(kind or "")
    return f"group-{slug}" if slug else "group"


def list_choices(syllabus: Syllabus) -> tuple[Choice, ...]:
    """Return the choices of a course: those of groups in the order of the pattern, then that of its schemes."""
    return (*_list_groups(syllabus), *_list_schemes(syllabus))


def _list_groups(syllabus: Syllabus) -> Iterator[Choice]:
    kinds: dict[str, str | None] = {}
    groups: dict[str, dict[str, None]] = {}
    for each in syllabus.term.meets:
        name = name_choice(each.kind)
        kinds.setdefault(name, each.kind)
        groups.setdefault(name, {}).update(dict.fromkeys(group.name for group in each.groups))
    for name, values in groups.items():
        if len(values) > 1:
            yield Choice(name, kinds[name], tuple(values))


def _list_schemes(syllabus: Syllabus) -> Iterator[Choice]:
    """Yield the choice of a scheme where some work is owed by the students of one scheme only."""
    names = tuple(each.name for each in syllabus.grading if each.name is not None)
    if len(names) > 1 and any(each.owed_by is not None for each in syllabus.assignments):
        yield Choice(SECTION, None, names)

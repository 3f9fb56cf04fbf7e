"""A course of one term as that of the next one: what its files say then, and whether that builds."""

from __future__ import annotations

from datetime import datetime

from courseweek.diagnostics import Diagnostic, Diagnostics, Edit
from courseweek.files.project import Project
from courseweek.fixes import apply_edits
from courseweek.frozen import dataclass
from courseweek.language.language import Language
from courseweek.model.course import Course
from courseweek.model.meeting import Schedule
from courseweek.pipeline import make_site
from courseweek.roll.clearing import delete_key
from courseweek.roll.moves import Mover, edit_date, list_dates
from courseweek.roll.term_edit import NewTerm, edit_term


@dataclass(frozen=True, slots=True)
class Built:
    """A course that was built in memory: what it says, and what is wrong with it; no course where it can't be dated."""

    course: Course | None
    schedule: Schedule | None
    found: tuple[Diagnostic, ...]

    @property
    def errors(self) -> list[Diagnostic]:
        """What stops its publication."""
        return [each for each in self.found if each.severity == "error"]


def build_in_memory(project: Project, now: datetime, texts: dict[str, str] | None = None) -> Built:
    """Return what a course comes to with these texts in the place of its files'; nothing is written."""
    found = Diagnostics()
    site = make_site(Project(project.source, project.output, {**project.fixed, **(texts or {})}), now, found)
    if site is None:
        return Built(None, None, tuple(found))
    return Built(site.plan.course, site.plan.schedule, tuple(found))


def roll_course(course: Course, new: NewTerm) -> dict[str, str]:
    """Return the changed texts of a course's files for its next term: the term itself, and dates that move with it.

    The dates from which the last term moved its deadlines are deleted.
    """
    syllabus = course.syllabus
    language = Language(syllabus.language)
    mover = Mover(syllabus.term, new)
    edits = edit_term(syllabus, new)
    if (syllabus.term.starts, syllabus.term.ends) == (new.starts, new.ends):
        return _change(edits)  # whatever was moved is where it belongs
    for written in list_dates(course, with_breaks=new.breaks is None):
        edit = edit_date(written, mover.move(written), mover, language)
        edits += [] if edit is None else [edit]
    for assignment in syllabus.assignments:
        for origin in (assignment.origin, *(each.origin for each in assignment.milestones)):
            edits += delete_key(origin, "was") if "was" in origin.fields else ()
    return _change(edits)


def _change(edits: list[Edit]) -> dict[str, str]:
    """Return the texts that edits change, by the names of their files."""
    sources = {edit.span.file: edit.span.source.text for edit in edits}
    return {name: text for name, text in apply_edits(edits).items() if text != sources[name]}


def check_rolled(rolled: Built, new: NewTerm) -> list[Diagnostic]:
    """Return what is wrong with the next term as it was built; a name that can't be read back is."""
    if rolled.errors or rolled.course is None:
        return rolled.errors
    term = rolled.course.syllabus.term
    if (term.name, term.starts, term.ends) == (new.name, new.starts, new.ends):
        return []
    place = term.origin.of("name")
    return [Diagnostic("error", "bad-value", f"`{new.name}` can't be written as the name of the term", place)]


def find_new_warnings(old: Built, new: Built) -> list[Diagnostic]:
    """Return the warnings of the next term of kinds that the last one did not have in the same file."""
    known = {(each.name, each.span.file) for each in old.found}
    return [each for each in new.found if (each.name, each.span.file) not in known]

"""A course's folder in, a `Course` out: which files there are and in which order they are read."""

from __future__ import annotations

from dataclasses import dataclass, replace

from courseweek.diagnostics import Diagnostics, Source, suggest
from courseweek.model.course import Course
from courseweek.model.page import Announcement, Note, Page
from courseweek.model.presenting import Presenter
from courseweek.model.reading import ReadingList
from courseweek.project import Project
from courseweek.read.content import read_announcement, read_note, read_page
from courseweek.read.fields import Reader
from courseweek.read.presentations import read_presenters_file
from courseweek.read.readings import read_readings
from courseweek.read.syllabus import Syllabus, read_syllabus

SYLLABUS_FILE = "syllabus.yaml"
READINGS_FILE = "readings.yaml"


def read_course(project: Project, found: Diagnostics) -> Course | None:
    """Return the course of a project, or None where its syllabus or term can't be read; errors go to `found`.

    All files are read whatever is wrong with one of them, so that all errors come at once.
    """
    assets = frozenset(project.files("assets", found))
    source = project.read_text(SYLLABUS_FILE, found)
    syllabus, reader = None, Reader(found, assets=assets)
    if source is not None:
        syllabus, reader = read_syllabus(source, found, assets)
    elif not found.has_errors(SYLLABUS_FILE):
        _report_no_syllabus(project, found)
    listed = _read_presenters(project, syllabus, reader) if syllabus is not None else ()
    lists = _read_lists(project, reader)
    content = _read_content(project, reader)
    if syllabus is None:
        return None
    rules = syllabus.presentations
    return Course(
        title=syllabus.title,
        code=syllabus.code,
        institution=syllabus.institution,
        description=syllabus.description,
        language=syllabus.language,
        url=syllabus.url,
        repository=syllabus.repository,
        links=syllabus.links,
        term=syllabus.term,
        staff=syllabus.staff,
        topic_lists=syllabus.topic_lists,
        reading_lists=lists,
        pages=content.pages,
        notes=content.notes,
        announcements=content.announcements,
        assets=assets,
        assignments=syllabus.assignments,
        presentations=replace(rules, listed=listed) if rules is not None else None,
        grading=syllabus.grading,
        late_policy=syllabus.late_policy,
        site=syllabus.site,
        origin=syllabus.origin,
    )


def _report_no_syllabus(project: Project, found: Diagnostics) -> None:
    names = [path.name for path in project.source.glob("*.y*ml")] if project.source.is_dir() else []
    near = suggest(SYLLABUS_FILE, names)
    found.error(
        "missing-file",
        f"there is no {SYLLABUS_FILE} in this folder",
        Source(SYLLABUS_FILE, "").whole(),
        help=f"rename {near} to {SYLLABUS_FILE}"
        if near
        else "write one with course: and term:, or name the folder with --source",
    )


def _read_presenters(project: Project, syllabus: Syllabus, reader: Reader) -> tuple[Presenter, ...]:
    """Read the table of presenters that the rules name; it stands in the course's folder."""
    if syllabus.presenters_file is None:
        return ()
    name, span = syllabus.presenters_file
    if name.startswith("/") or "\\" in name or ".." in name.split("/"):
        reader.found.error("outside", f"`{name}` leads out of the course's folder", span)
        return ()
    source = project.read_text(name, reader.found)
    if source is None:
        if not reader.found.has_errors(name):
            reader.found.error("missing-file", f"there is no file `{name}`", span, help="add it, or delete the line")
        return ()
    return read_presenters_file(source, reader)


def _read_lists(project: Project, reader: Reader) -> dict[str, ReadingList]:
    source = project.read_text(READINGS_FILE, reader.found)
    return {} if source is None else read_readings(source, reader)


@dataclass(frozen=True, slots=True)
class Content:
    """What `content/` holds."""

    pages: tuple[Page, ...]
    notes: tuple[Note, ...]
    announcements: tuple[Announcement, ...]


def _read_content(project: Project, reader: Reader) -> Content:
    pages: list[Page] = []
    notes: list[Note] = []
    announcements: list[Announcement] = []
    for name in project.files("content", reader.found):
        path = f"content/{name}"
        if not name.endswith(".md"):
            help = "put it in assets/" if not name.endswith((".markdown", ".mdown")) else "name it with .md at its end"
            message = f"`{path}` is no page and is left out"
            reader.found.warning("not-a-page", message, Source(path, "").whole(), help=help)
            continue
        source = project.read_text(path, reader.found)
        if source is None:
            continue
        if name.startswith("notes/"):
            note = read_note(source, reader)
            notes += [] if note is None else [note]
        elif name.startswith("announcements/"):
            announcement = read_announcement(source, reader)
            announcements += [] if announcement is None else [announcement]
        else:
            pages.append(read_page(source, reader))
    announcements.sort(key=lambda each: each.on, reverse=True)
    return Content(tuple(pages), tuple(notes), tuple(announcements))

"""A course's folder in, a `Course` out: which files there are and in which order they are read."""

from __future__ import annotations

from courseweek.diagnostics import Diagnostics, Source, suggest
from courseweek.model.course import Course
from courseweek.model.page import Page
from courseweek.model.reading import ReadingList
from courseweek.project import Project
from courseweek.read.content import read_page
from courseweek.read.fields import Reader
from courseweek.read.readings import read_readings
from courseweek.read.syllabus import read_syllabus

SYLLABUS_FILE = "syllabus.yaml"
READINGS_FILE = "readings.yaml"
LATER_FOLDERS = ("notes", "announcements")


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
    lists = _read_lists(project, reader)
    pages = _read_pages(project, reader)
    if syllabus is None:
        return None
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
        pages=pages,
        assets=assets,
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


def _read_lists(project: Project, reader: Reader) -> dict[str, ReadingList]:
    source = project.read_text(READINGS_FILE, reader.found)
    return {} if source is None else read_readings(source, reader)


def _read_pages(project: Project, reader: Reader) -> tuple[Page, ...]:
    pages = []
    for name in project.files("content", reader.found):
        path = f"content/{name}"
        if name.partition("/")[0] in LATER_FOLDERS and "/" in name:
            folder = name.partition("/")[0]
            place = Source(f"content/{folder}", "").whole()
            reader.found.warning("not-yet", f"`content/{folder}/` is known, but this version does not show it", place)
            continue
        if not name.endswith(".md"):
            help = "put it in assets/" if not name.endswith((".markdown", ".mdown")) else "name it with .md at its end"
            reader.found.warning(
                "not-a-page", f"`{path}` is no page and is left out", Source(path, "").whole(), help=help
            )
            continue
        source = project.read_text(path, reader.found)
        if source is not None:
            pages.append(read_page(source, reader))
    return tuple(pages)

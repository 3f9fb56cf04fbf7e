"""A course's folder in, a `Course` out: which files there are and in which order they are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from courseweek.cache import Memory
from courseweek.diagnostics import Diagnostics, Source, Span, suggest
from courseweek.files.file_names import HIDDEN_HELP, is_hidden
from courseweek.files.paths import normal_form
from courseweek.files.project import Project
from courseweek.frozen import dataclass
from courseweek.model.course import Course, Syllabus
from courseweek.model.gaps import Gaps
from courseweek.model.page import Announcement, Note, Page
from courseweek.model.presenting import Presenter
from courseweek.model.sorting import natural_key
from courseweek.read.carryover import CARRYOVER_FILE, read_carryover
from courseweek.read.content import read_announcement, read_note, read_page
from courseweek.read.misplaced_files import explain_stranger, explain_wrong_root, find_misplaced, list_top
from courseweek.read.past_terms import read_past_terms
from courseweek.read.presenters import read_presenters_file
from courseweek.read.reading_lists import Lists, read_readings
from courseweek.read.remembered import Known
from courseweek.read.syllabus import Opened
from courseweek.read.tables.reader import Reader

SYLLABUS_FILE = "syllabus.yaml"
READINGS_FILE = "readings.yaml"


def read_course(
    project: Project, found: Diagnostics, known: Known | None = None, memory: Memory | None = None
) -> Course | None:
    """Return the course of a project, or None where it can't be dated; errors go to `found`.

    All files are read whatever is wrong with one of them, so that all errors come at once. `known` spares reading
    those again that have not changed, and without it `memory` their YAML.
    """
    known = known or Known(memory)
    top = list_top(project)
    assets = known.recall_assets(frozenset(project.files("assets", found)))
    source = project.read_text(SYLLABUS_FILE, found)
    opened = Opened(None, Reader(found, assets=assets))
    if source is not None:
        opened = known.open(source, found, assets)
    elif not found.has_errors(SYLLABUS_FILE):
        _report_no_syllabus(project, found)
    syllabus, reader = opened.syllabus, opened.reader
    listed = _read_presenters(project, opened.presenters_file, reader, known)
    lists = _read_lists(project, reader, known)
    content = _read_content(project, reader, known)
    past_terms = read_past_terms(project, found)
    table = opened.presenters_file
    for reported in find_misplaced(project, top, table[0] if table is not None else None, tables=syllabus is not None):
        found.add(reported)
    wrong_root = explain_wrong_root(assets)
    if wrong_root is not None:
        found.add(wrong_root)
    if syllabus is None:
        return None
    gaps = Gaps(
        ids=frozenset(reader.lost - {""}),
        days=reader.unsettled,
        assignments=not opened.assigned,
        readings=lists.torn,
        required=found.has_errors(READINGS_FILE),
    )
    rules = syllabus.presentations
    if rules is not None:
        syllabus = replace(syllabus, presentations=replace(rules, listed=listed))
    return Course(
        syllabus=syllabus,
        reading_lists=lists.by_meeting,
        pages=content.pages,
        notes=content.notes,
        announcements=content.announcements,
        assets=assets,
        past_terms=past_terms,
        gaps=gaps,
        carried=_read_carried(project, syllabus, found),
    )


def _read_carried(project: Project, syllabus: Syllabus, found: Diagnostics) -> Mapping[str, frozenset[str]]:
    source = project.read_text(CARRYOVER_FILE, found)
    return {} if source is None else read_carryover(source, syllabus, found)


def _report_no_syllabus(project: Project, found: Diagnostics) -> None:
    # Editors for plain text add `.txt`, and may drop the ending before it.
    names = sorted(name for name in list_top(project) if ".y" in name.lower() or name.lower().endswith(".txt"))
    near = suggest(SYLLABUS_FILE, names)
    found.error(
        "missing-file",
        f"there is no {SYLLABUS_FILE} in this folder",
        Source(SYLLABUS_FILE, "").whole(),
        help=f"rename {near} to {SYLLABUS_FILE}"
        if near
        else "to start a course here, run `courseweek new .`; if there is one elsewhere, name its folder with --source",
    )


def _read_presenters(
    project: Project, file: tuple[str, Span] | None, reader: Reader, known: Known
) -> tuple[Presenter, ...]:
    """Read the table of presenters that the rules name; it is in the course's folder."""
    if file is None:
        return ()
    name, span = file
    if name.startswith("/") or "\\" in name or ".." in name.split("/"):
        alone = name.replace("\\", "/").rpartition("/")[2]
        help = f"move the table to the course's folder, and write {alone or 'its name'}"
        reader.found.error("outside", f"`{name}` is outside the course's folder", span, help=help)
        return ()
    if is_hidden(name.split("/")):
        reader.found.error("hidden-file", f"`{name}` is hidden: a name in it begins with a dot", span, help=HIDDEN_HELP)
        return ()
    source = project.read_text(normal_form(name), reader.found)
    if source is None:
        if not reader.found.has_errors(name):
            reader.found.error(
                "missing-file", f"there is no file `{name}`", span, help="add the file, or delete the line"
            )
        return ()
    return known.read(source, reader, read_presenters_file)


def _read_lists(project: Project, reader: Reader, known: Known) -> Lists:
    source = project.read_text(READINGS_FILE, reader.found)
    if source is None:
        return Lists({}, reader.found.has_errors(READINGS_FILE))
    return known.read(source, reader, read_readings)


@dataclass(frozen=True, slots=True)
class Content:
    """What `content/` holds."""

    pages: tuple[Page, ...]
    notes: tuple[Note, ...]
    announcements: tuple[Announcement, ...]


def _read_content(project: Project, reader: Reader, known: Known) -> Content:
    pages: list[Page] = []
    notes: list[Note] = []
    announcements: list[Announcement] = []
    for name in project.files("content", reader.found):
        path = f"content/{name}"
        if not name.endswith(".md"):
            if project.is_astray(path, reader.found):
                continue
            message, help = explain_stranger(path)
            reader.found.warning("not-a-page", message, Source(path, "").whole(), help=help)
            continue
        # A page that can't be read is there all the same: a link to it is not dead.
        source = project.read_text(path, reader.found) or Source(path, "")
        if name.startswith("notes/"):
            notes.append(known.read(source, reader, read_note))
        elif name.startswith("announcements/"):
            announcement = known.read(source, reader, read_announcement)
            announcements += [] if announcement is None else [announcement]
        else:
            page = known.read(source, reader, read_page)
            pages += [] if page is None else [page]
    notes.sort(key=lambda each: natural_key(each.page.name))
    announcements.sort(key=lambda each: each.on, reverse=True)
    return Content(tuple(pages), tuple(notes), tuple(announcements))

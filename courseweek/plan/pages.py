"""The pages of a site: which there are, the blocks of each, and how they are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from courseweek.diagnostics import Diagnostics
from courseweek.files.paths import normal_form
from courseweek.language.locale import Locale
from courseweek.model.assignment import Assignment
from courseweek.model.course import Course
from courseweek.model.meeting import Schedule
from courseweek.model.page import Announcement, Page
from courseweek.model.sorting import natural_key
from courseweek.plan.calendar_page import plan_calendar_page
from courseweek.plan.changes import CHANGES
from courseweek.plan.full_syllabus import plan_full_syllabus
from courseweek.plan.parts import TITLES, Block, Part, PartName, label_of_part, place_card, split_page, whole_page
from courseweek.plan.plan import MEETINGS, Plan, PlannedPage
from courseweek.plan.suggest_page import plan_suggest_page
from courseweek.schedule.releases import is_withheld

MOST_UNDER_TITLE = 2
"""People who are named under the course's title."""
MOST_PLACES = 12
"""Pages that can show one part of the course: each renders it again."""
_LAYOUTS_WITHOUT_CARD = ("page", "note", "404")
"""With these the home page does not open with what is on now; with one of the course's own it is taken to do so."""


def lay_blocks(
    course: Course, now: datetime, found: Diagnostics, *, reveal: bool
) -> tuple[dict[str, Page], dict[str, tuple[Block, ...]]]:
    """Return the pages of `content/` that are shown, by name, and the blocks of each: its texts, and parts between."""
    sources = {page.name: page for page in course.pages if reveal or not is_withheld(page, now)}
    if "index" in sources and sources["index"].title.casefold() != course.syllabus.title.casefold():
        sources["index"] = sources["index"].with_heading()  # the title of the home page is the course's
    return sources, {name: split_page(page, found) for name, page in sources.items()}


def plan_pages(
    course: Course,
    schedule: Schedule,
    sources: Mapping[str, Page],
    blocks: Mapping[str, tuple[Block, ...]],
    placed: set[PartName],
    announcements: tuple[Announcement, ...],
    notes: list[PlannedPage],
    exports: frozenset[str],
    *,
    changed: bool,
) -> list[PlannedPage]:
    """Return all pages: home, those of the course's parts, of meetings, of `content/`, the notes, the 404 page.

    `exports` are the paths of the site's files for other programs; `changed` says whether anything has.
    """
    locale = course.syllabus.locale
    pages = [_plan_home(course, sources.get("index"), blocks.get("index", ()), placed)]
    named: set[str] = {"index", "404"}
    for part, wanted in _own_pages(course, schedule, announcements, changed=changed):
        page = _plan_part(
            part, label_of_part(part, course), sources.get(part), blocks.get(part, ()), placed, locale, wanted=wanted
        )
        pages += [] if page is None else [page]
        named.add(part)
    pages += _plan_meetings(course, schedule)
    owned = _list_owned(course)
    for name in sorted(sources.keys() - named, key=natural_key):
        pages.append(_plan_page(sources[name], blocks[name], owned=name in owned))
    return [
        *pages,
        *plan_full_syllabus(course),
        *plan_calendar_page(course, exports),
        *plan_suggest_page(course, schedule),
        *notes,
        _plan_missing(sources.get("404"), blocks.get("404", ()), locale),
    ]


def limit_parts(
    sources: dict[str, Page], blocks: dict[str, tuple[Block, ...]], notes: list[PlannedPage], found: Diagnostics
) -> tuple[dict[str, tuple[Block, ...]], list[PlannedPage]]:
    """Return the blocks of all pages, and the notes; a part on too many pages is removed.

    That is reported.
    """
    written = sources | {note.source.name: note.source for note in notes if note.source is not None}
    laid = blocks | {note.name: note.blocks for note in notes}
    places = Counter(block for each in laid.values() for block in each if isinstance(block, Part))
    crowded = {part: count for part, count in places.items() if count > MOST_PLACES}
    for part, count in crowded.items():
        last = max(name for name, each in laid.items() if part in each)
        message = f"`[[{part.name}]]` is on {count:,} pages; the limit is {MOST_PLACES}"
        found.error("too-many", message, written[last].body.source.whole(), help="link to one page that shows it")

    def thin(some: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(block for block in some if block not in crowded)

    if crowded:
        blocks = {name: thin(each) for name, each in blocks.items()}
        notes = [replace(note, blocks=thin(note.blocks)) for note in notes]
    return blocks, notes


def path_of(page: Page) -> str:
    """Return the path of the page that a file of `content/` becomes."""
    return f"{page.name}.html"


def _plan_home(course: Course, source: Page | None, blocks: tuple[Block, ...], placed: set[PartName]) -> PlannedPage:
    # What a page places that only a preview shows counts as placed nowhere, and must not follow on that page again.
    others = [Part(part) for part in _home_parts(course) if part not in placed and Part(part) not in blocks]
    first = others[: Part("schedule") in others]
    blocks = (*first, *blocks, *others[len(first) :])
    layout = source.layout if source is not None and source.layout else "home"
    return PlannedPage(
        "index.html",
        "schedule",
        course.syllabus.title,
        course.syllabus.locale.gettext("Now"),
        layout,
        True,
        blocks,
        source,
    )


def _home_parts(course: Course) -> Iterable[PartName]:
    """Yield the parts that follow on the home page unless a page places them."""
    yield "schedule"
    if course.syllabus.grading or course.syllabus.late_policy:
        yield "grading"


def _own_pages(
    course: Course, schedule: Schedule, announcements: tuple[Announcement, ...], *, changed: bool
) -> Iterable[tuple[PartName, bool]]:
    """Yield the parts that have a page each unless a page places them, and whether the course has any such thing."""
    exams = any(row.exam for row in schedule.all_meetings)
    yield "deadlines", bool(course.syllabus.assignments or schedule.events) or exams
    yield "staff", _has_staff_page(course)
    yield "readings", bool(course.reading_lists)
    yield "presentations", course.syllabus.presentations is not None
    yield "announcements", bool(announcements)
    yield CHANGES, changed


def _has_staff_page(course: Course) -> bool:
    """Return whether there is more to say of the staff than the names under the course's title."""
    staff = course.syllabus.staff
    return (
        len(staff) > MOST_UNDER_TITLE
        or bool(course.syllabus.office_hours)
        or not all(each.only_named for each in staff)
    )


def _plan_part(
    part: PartName,
    label: str,
    source: Page | None,
    blocks: tuple[Block, ...],
    placed: set[PartName],
    locale: Locale,
    *,
    wanted: bool,
) -> PlannedPage | None:
    """Return the page that a part has of its own, or None; the part follows the text of a page of the same name."""
    if source is None and (part in placed or not wanted):
        return None
    if part not in placed and wanted and Part(part) not in blocks:
        blocks = (*blocks, Part(part))
    title = source.title if source is not None and source.titled else locale.gettext(TITLES[part])
    label = title if source is not None and source.titled else label
    layout = source.layout if source is not None and source.layout else "page"
    in_nav = part != CHANGES if source is None else source.in_nav and (part != CHANGES or _says_nav(source))
    return PlannedPage(f"{part}.html", part, title, label, layout, in_nav, blocks, source)


def _plan_meetings(course: Course, schedule: Schedule) -> Iterable[PlannedPage]:
    """Yield a page for each meeting with a topic, with or without a date: not for a break, or an open class day."""
    for row in schedule.all_meetings if course.syllabus.site.meeting_pages else ():
        if row.written is not None:
            name = f"{MEETINGS}/{row.id}"
            yield PlannedPage(f"{name}.html", name, row.topic, row.topic, "meeting", False, (), None, meeting=row.id)


def with_card(page: PlannedPage) -> PlannedPage:
    """Return the page with what is on now in its place."""
    opens = page.path == "index.html" and page.layout not in _LAYOUTS_WITHOUT_CARD
    blocks = place_card(page.blocks, opens=opens)
    return page if blocks == page.blocks else replace(page, blocks=blocks)


def planned_notes(before: Plan | None) -> dict[int, PlannedPage]:
    """Return the pages of notes in an earlier plan by what they were planned of: texts in which no part is placed."""
    pages = before.pages if before is not None else ()
    return {
        id(page.source): page
        for page in pages
        if page.source is not None
        and page.source.name.startswith("notes/")
        and page.blocks == (whole_page(page.source),)
    }


def plan_note(source: Page, found: Diagnostics) -> PlannedPage:
    """Return the page of a note."""
    layout = source.layout or "note"
    blocks = split_page(source, found)
    return PlannedPage(path_of(source), source.name, source.title, source.title, layout, False, blocks, source)


def _list_owned(course: Course) -> frozenset[str]:
    """Return the names of the pages that belong to a topic or an assignment, and are not in the navigation."""
    topics = _page_names(topic.page for topics in course.syllabus.topic_lists for topic in topics)
    return topics.union(*map(pages_of_assignment, course.syllabus.assignments))


def pages_of_assignment(assignment: Assignment) -> frozenset[str]:
    """Return the names of the pages that describe an assignment or one of its milestones."""
    return _page_names((assignment.page, *(each.page for each in assignment.milestones)))


def _page_names(written: Iterable[str | None]) -> frozenset[str]:
    return frozenset(normal_form(each).removesuffix(".md") for each in written if each is not None)


def _plan_page(source: Page, blocks: tuple[Block, ...], *, owned: bool) -> PlannedPage:
    layout = source.layout or "page"
    in_nav = source.in_nav and (not owned or _says_nav(source))
    return PlannedPage(path_of(source), source.name, source.title, source.title, layout, in_nav, blocks, source)


def _says_nav(source: Page) -> bool:
    """Return whether a page itself says that it is in the navigation, or not."""
    return "nav" in source.origin.fields


def _plan_missing(source: Page | None, blocks: tuple[Block, ...], locale: Locale) -> PlannedPage:
    title = source.title if source is not None and source.titled else locale.gettext("Page not found")
    return PlannedPage("404.html", "404", title, title, "404", False, blocks, source)

"""What the site will consist of: each output has one path, no two share one, and all link targets are known."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from datetime import datetime
from urllib.parse import unquote

from courseweek.diagnostics import Diagnostics, Source
from courseweek.frozen import dataclass
from courseweek.model.course import Course
from courseweek.model.meeting import Schedule
from courseweek.model.origin import Origin
from courseweek.model.page import Announcement, Note, Page
from courseweek.model.sorting import natural_key
from courseweek.parts import PARTS, Block, Part, PartName, place_card, split_page, whole_page
from courseweek.paths import normal_form
from courseweek.schedule.releases import hold_back, is_withheld, release_notice

STYLE_SHEET = "assets/theme/style.css"
SCRIPT = "assets/theme/today.js"
MOST_IN_NAV = 100
"""Pages in the navigation, which every page repeats."""
LONGEST_NAV = 20_000
"""Characters of its labels together."""
MOST_PLACES = 12
"""Pages that can show one part of the course: each renders it again."""
_LAYOUTS_WITHOUT_CARD = ("page", "note", "404")
"""With these the home page does not open with what is on now; with one of the course's own it is taken to do so."""


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """A page of the site: `path` is where it goes, `name` what `site.nav` calls it, `label` its words there.

    `source` is the page of `content/` behind it, if there is one; `place` is set in the navigation alone, where an
    entry leads to a place on the page.
    """

    path: str
    name: str
    title: str
    label: str
    layout: str
    in_nav: bool
    blocks: tuple[Block, ...]
    source: Page | None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole site before it is rendered. `withheld` has the paths of drafts and later pages, among others.

    `theme_assets` and `course.assets` are published under `assets/`, `exports` are the paths of the files for other
    programs; `nav` is in order. `paths` are all those that a link may lead to; what only a preview shows is not among
    them. `revealed` is None except in a preview, which also shows what is withheld: it says from when each path (or
    place, after `#`) is published, None for a draft. `to_come` are the announcements that are not published yet, in a
    preview too. `others` are the paths of pages that the site has and that are not planned this time, as only some of
    the notes were read.
    """

    course: Course
    schedule: Schedule
    now: datetime
    pages: tuple[PlannedPage, ...]
    nav: tuple[PlannedPage, ...]
    assets: tuple[str, ...]
    withheld: frozenset[str]
    notes: tuple[Note, ...]
    announcements: tuple[Announcement, ...]
    to_come: tuple[Announcement, ...] = ()
    revealed: Mapping[str, datetime | None] | None = None
    exports: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    paths: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Work out once what is asked for at each link."""
        hidden = set(self.revealed or ()) - {"index.html", "404.html"}  # these two are there in any case
        paths = frozenset({*(page.path for page in self.pages), *self.assets, *self.exports, *self.others}) - hidden
        object.__setattr__(self, "paths", paths)

    @property
    def notices_path(self) -> str:
        """The path of the page with the announcements, or of the one that comes with the first of them."""
        page = self.page_with("announcements")
        return page.path if page is not None else "announcements.html"

    @property
    def withheld_pages(self) -> tuple[Page, ...]:
        """Return the pages, notes and announcements that are not published by now."""
        written = (*self.course.pages, *(note.page for note in self.course.notes))
        notices = (each.page for each in self.to_come)
        return (*(page for page in written if is_withheld(page, self.now)), *notices)

    def page_with(self, part: PartName) -> PlannedPage | None:
        """Return the first page on which this part of the course is rendered."""
        return next((page for page in self.pages if Part(part) in page.blocks), None)

    def page_named(self, name: str) -> PlannedPage | None:
        """Return the page of this name."""
        name = normal_form(name)
        return next((page for page in self.pages if page.name == name), None)


def plan_site(
    course: Course,
    schedule: Schedule,
    now: datetime,
    theme_assets: frozenset[str],
    found: Diagnostics,
    *,
    exports: frozenset[str] = frozenset(),
    reveal: bool = False,
    before: Plan | None = None,
) -> Plan:
    """Return the plan of the site as of `now` (an aware instant); what collides or leads nowhere is reported.

    `reveal` plans what is withheld too, for a preview; the site must not be published then. An earlier plan, `before`,
    spares planning notes again that have not changed.
    """

    notes = tuple(note for note in course.notes if reveal or not is_withheld(note.page, now))
    planned = _planned_notes(before)
    drawn = [planned.get(id(note.page)) or _plan_note(note.page, found) for note in notes]
    sources, blocks = _lay_blocks(course, now, found, reveal=reveal)
    blocks, drawn = _limit_parts(sources, blocks, drawn, found)
    # What only a preview shows takes no part away from where students find it.
    public = [each for name, each in blocks.items() if not is_withheld(sources[name], now)]
    placed = {block.name for each in public for block in each if isinstance(block, Part)}
    notices = {each: release_notice(each, course.syllabus.term.zone) for each in course.announcements}
    out = tuple(each for each, at in notices.items() if at is not None and at <= now)
    announcements = course.announcements if reveal else out
    pages = [_with_card(page) for page in _plan_pages(course, sources, blocks, placed, announcements, drawn)]
    held = hold_back(course, schedule, now)
    withheld = _withhold(course, now, held)
    if course.announcements and not out and "announcements" not in {*placed, *(page.name for page in course.pages)}:
        # It comes with the first announcement.
        withheld["announcements.html"] = min((at for at in notices.values() if at is not None), default=None)
    assets = course.assets if reveal else course.assets - held.keys()
    plan = Plan(
        course=course,
        schedule=schedule,
        now=now,
        pages=tuple(pages),
        nav=_limit_nav(_plan_nav(course, pages, frozenset(withheld), found), course, found),
        assets=tuple(sorted({f"assets/{name}" for name in assets | theme_assets})),
        withheld=frozenset(withheld),
        notes=notes,
        announcements=announcements,
        to_come=tuple(each for each in course.announcements if each not in out),
        revealed=withheld | _place_notices(pages, notices, now) if reveal else None,
        exports=exports,
    )
    _check_paths(plan, found)
    _check_named_pages(plan, found)
    _check_notices(plan, found)
    return plan


def notice_at(fragment: str, notices: Iterable[Announcement]) -> Announcement | None:
    """Return the one of these announcements to which a fragment leads, or to a place in its text."""
    places = {fragment, unquote(fragment)}
    for each in notices:
        if any(place == each.id or place.startswith(f"{each.id}.") for place in places):
            return each
    return None


def _lay_blocks(
    course: Course, now: datetime, found: Diagnostics, *, reveal: bool
) -> tuple[dict[str, Page], dict[str, tuple[Block, ...]]]:
    """Return the pages of `content/` that are shown, by name, and the blocks of each: its texts, and parts between."""
    sources = {page.name: page for page in course.pages if reveal or not is_withheld(page, now)}
    if "index" in sources and sources["index"].title.casefold() != course.syllabus.title.casefold():
        sources["index"] = sources["index"].with_heading()  # the title of the home page is the course's
    return sources, {name: split_page(page, found) for name, page in sources.items()}


def _plan_pages(
    course: Course,
    sources: Mapping[str, Page],
    blocks: Mapping[str, tuple[Block, ...]],
    placed: set[PartName],
    announcements: tuple[Announcement, ...],
    notes: list[PlannedPage],
) -> list[PlannedPage]:
    """Return all pages: the home page, those of the course's parts, those of `content/`, the notes, the 404 page."""
    pages = [_plan_home(course, sources.get("index"), blocks.get("index", ()), placed)]
    named: set[str] = {"index", "404"}
    for part, wanted in _own_pages(course, announcements):
        page = _plan_part(part, sources.get(part), blocks.get(part, ()), placed, wanted=wanted)
        pages += [] if page is None else [page]
        named.add(part)
    pages += [_plan_page(sources[name], blocks[name]) for name in sorted(sources.keys() - named, key=natural_key)]
    return [*pages, *notes, _plan_missing(sources.get("404"), blocks.get("404", ()))]


def _withhold(course: Course, now: datetime, held: Mapping[str, datetime | None]) -> dict[str, datetime | None]:
    """Return the paths of what is written and not shown by now, and from when each is: pages, notes, and assets."""
    written = [*course.pages, *(note.page for note in course.notes)]
    pages = {_path_of(page): page.publish_at if not page.draft else None for page in written if is_withheld(page, now)}
    return pages | {f"assets/{name}": at for name, at in held.items()}


def _place_notices(
    pages: list[PlannedPage], notices: Mapping[Announcement, datetime | None], now: datetime
) -> dict[str, datetime | None]:
    """Return where each withheld announcement is in a preview, and when it is published."""
    if not notices:
        return {}
    path = next((page.path for page in pages if Part("announcements") in page.blocks), "")
    return {f"{path}#{each.id}": at for each, at in notices.items() if at is None or at > now}


def _limit_parts(
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


def _path_of(page: Page) -> str:
    return f"{page.name}.html"


def _plan_home(course: Course, source: Page | None, blocks: tuple[Block, ...], placed: set[PartName]) -> PlannedPage:
    following = (Part(part) for part in _home_parts(course) if part not in placed)
    # What a page places that only a preview shows counts as placed nowhere, and must not follow on that page again.
    blocks = (*blocks, *(part for part in following if part not in blocks))
    layout = source.layout if source is not None and source.layout else "home"
    return PlannedPage("index.html", "schedule", course.syllabus.title, "Schedule", layout, True, blocks, source)


def _home_parts(course: Course) -> Iterable[PartName]:
    """Yield the parts that follow on the home page unless a page places them."""
    yield "schedule"
    if any(each.email or each.photo or each.note or each.office_hours for each in course.syllabus.staff):
        yield "staff"  # the facts under the title name them anyway
    if course.syllabus.grading or course.syllabus.late_policy:
        yield "grading"


def _own_pages(course: Course, announcements: tuple[Announcement, ...]) -> Iterable[tuple[PartName, bool]]:
    """Yield the parts that have a page each unless a page places them, and whether the course has any such thing."""
    yield "readings", bool(course.reading_lists)
    yield "deadlines", bool(course.syllabus.assignments)
    yield "presentations", course.syllabus.presentations is not None
    yield "announcements", bool(announcements)


def _plan_part(
    part: PartName, source: Page | None, blocks: tuple[Block, ...], placed: set[PartName], *, wanted: bool
) -> PlannedPage | None:
    """Return the page that a part has of its own, or None; the part follows the text of a page of the same name."""
    if source is None and (part in placed or not wanted):
        return None
    if part not in placed and wanted and Part(part) not in blocks:
        blocks = (*blocks, Part(part))
    title = source.title if source is not None and source.titled else part.capitalize()
    layout = source.layout if source is not None and source.layout else "page"
    in_nav = source is None or source.in_nav
    return PlannedPage(f"{part}.html", part, title, title, layout, in_nav, blocks, source)


def _with_card(page: PlannedPage) -> PlannedPage:
    """Return the page with what is on now in its place."""
    opens = page.path == "index.html" and page.layout not in _LAYOUTS_WITHOUT_CARD
    blocks = place_card(page.blocks, opens=opens)
    return page if blocks == page.blocks else replace(page, blocks=blocks)


def _planned_notes(before: Plan | None) -> dict[int, PlannedPage]:
    """Return the pages of notes in an earlier plan by what they were planned of: texts in which no part is placed."""
    pages = before.pages if before is not None else ()
    return {
        id(page.source): page
        for page in pages
        if page.source is not None
        and page.source.name.startswith("notes/")
        and page.blocks == (whole_page(page.source),)
    }


def _plan_note(source: Page, found: Diagnostics) -> PlannedPage:
    layout = source.layout or "note"
    blocks = split_page(source, found)
    return PlannedPage(_path_of(source), source.name, source.title, source.title, layout, False, blocks, source)


def _plan_page(source: Page, blocks: tuple[Block, ...]) -> PlannedPage:
    layout = source.layout or "page"
    return PlannedPage(_path_of(source), source.name, source.title, source.title, layout, source.in_nav, blocks, source)


def _plan_missing(source: Page | None, blocks: tuple[Block, ...]) -> PlannedPage:
    title = source.title if source is not None and source.titled else "Page not found"
    return PlannedPage("404.html", "404", title, title, "404", False, blocks, source)


def _plan_nav(
    course: Course, pages: list[PlannedPage], withheld: frozenset[str], found: Diagnostics
) -> tuple[PlannedPage, ...]:
    if course.syllabus.site.nav is None:
        return tuple(page for page in pages if page.in_nav)
    by_name = {page.name: page for page in pages if page.name != "404"}
    by_name.setdefault("index", pages[0])
    nav = []
    for name, place in course.syllabus.site.nav:
        bare = normal_form(name).removesuffix(".md").removesuffix(".html")
        page = by_name.get(bare)
        if page is None and (f"{bare}.html" in withheld or bare in PARTS):
            nav += _nav_to_part(bare, pages, course)
            continue
        if page is None:
            near = found.suggest(name, by_name)
            found.error(
                "unknown-page",
                f"no page is called `{name}`",
                place,
                help=f"did you mean `{near}`?"
                if near
                else "the pages are " + ", ".join(f"`{each}`" for each in by_name),
            )
        elif page not in nav:
            nav.append(page)
    return tuple(nav)


def _limit_nav(nav: tuple[PlannedPage, ...], course: Course, found: Diagnostics) -> tuple[PlannedPage, ...]:
    """Return the navigation; report one that is longer than each page can repeat, and cut it."""
    nav = _limit_labels(nav, course, found)
    if len(nav) <= MOST_IN_NAV:
        return nav
    source = nav[MOST_IN_NAV].source
    by_itself = source is not None and course.syllabus.site.nav is None
    span = source.body.source.whole() if source is not None and by_itself else course.syllabus.site.origin.of("nav")
    message = f"the navigation has {len(nav):,} pages; the limit is {MOST_IN_NAV}"
    help = "list its pages in nav: under site:, or write nav: no at the top of pages to leave out"
    found.error("too-many", message, span, help=help)
    return nav[:MOST_IN_NAV]


def _limit_labels(nav: tuple[PlannedPage, ...], course: Course, found: Diagnostics) -> tuple[PlannedPage, ...]:
    """Return the navigation up to where its labels are too long; report that before any page repeats them."""
    length = 0
    for at, page in enumerate(nav):
        length += len(page.label)
        if length <= LONGEST_NAV:
            continue
        longest = max(nav, key=lambda each: len(each.label))
        source = longest.source.body.source if longest.source is not None else course.syllabus.origin.span.source
        message = f"the navigation has more than {LONGEST_NAV:,} characters, and every page repeats it"
        help = "give this page a shorter title, or write nav: no at its top"
        found.error("too-long", message, source.whole(), help=help)
        return nav[:at]
    return nav


def _nav_to_part(name: str, pages: list[PlannedPage], course: Course) -> list[PlannedPage]:
    """Return an entry for a part that has no page of its own: its place on the page that shows it, if any does."""
    label = name.replace("-", " ").capitalize()
    for page in pages:
        if any(isinstance(block, Part) and block.name == name for block in page.blocks):
            nothing = name == "presentations" and course.syllabus.presentations is None
            return [] if nothing else [replace(page, place=f"page.{name}", label=label)]
    return []  # the course has no such part yet


def _check_paths(plan: Plan, found: Diagnostics) -> None:
    """Report two outputs whose paths differ only in case, or not at all: many file systems hold only one of them."""
    taken: dict[str, str] = {}
    for path in (*sorted(plan.exports), *plan.assets):
        first = taken.setdefault(path.casefold(), path)
        if first != path:
            message = f"this file and {first} differ only in case"
            found.error("same-path", message, Source(path, "").whole(), help="rename one of the two")
    for page in plan.pages:
        other = taken.get(page.path.casefold())
        if other is not None and page.source is not None:
            found.error(
                "same-path",
                f"this page and {other} both become {page.path}"
                if other == page.path
                else f"this page becomes {page.path}, which differs from {other} only in case",
                page.source.body.source.whole(),
                help="rename one of the two",
            )
        taken[page.path.casefold()] = page.path
    clashes: dict[str, tuple[str, ...]] = {}
    for page in plan.pages:
        folder = posixpath.dirname(page.path)
        if folder not in clashes:
            clashes[folder] = tuple(taken[each] for each in _parents(folder.casefold()) if each in taken)
        for other in clashes[folder]:
            _report_folder(page, other, found)


def _parents(folder: str) -> Iterator[str]:
    """Yield a folder and those around it."""
    while folder:
        yield folder
        folder = posixpath.dirname(folder)


def _report_folder(page: PlannedPage, other: str, found: Diagnostics) -> None:
    """Report a page that lies in a folder with the name of another output."""
    if page.source is not None:
        found.error(
            "same-path",
            f"this page becomes {page.path}, but {other} is already a file",
            page.source.body.source.whole(),
            help="rename the folder",
        )


def _check_notices(plan: Plan, found: Diagnostics) -> None:
    """Report announcements whose id another one has, or a meeting on the same page; those of all days are meant."""
    taken: dict[str, Announcement] = {}
    together = any({Part("announcements"), Part("schedule")} <= {*page.blocks} for page in plan.pages)
    meetings = {row.id: row for row in plan.schedule.meetings} if together else {}
    for each in plan.course.announcements:
        place, row = each.page.body.source.whole(), meetings.get(each.id)
        other = taken.setdefault(each.id, each)
        if other is not each:
            message = f"this announcement and {other.page.body.file} both get the id `{each.id}`"
            found.error("duplicate-id", message, place, help="rename one of the two files")
        elif row is not None:
            message = f"this announcement and the meeting `{row.topic}` both get the id `{each.id}`"
            found.error("duplicate-id", message, place, help="rename the file, or give the meeting another id")


def _check_named_pages(plan: Plan, found: Diagnostics) -> None:
    """Report missing pages that topics, assignments and milestones name."""
    names = {page.name for page in plan.pages} | {path.removesuffix(".html") for path in plan.withheld}
    written: list[tuple[str | None, Origin]] = []
    for topics in plan.course.syllabus.topic_lists:
        written += [(topic.page, topic.origin) for topic in topics]
    for assignment in plan.course.syllabus.assignments:
        written.append((assignment.page, assignment.origin))
        written += [(step.page, step.origin) for step in assignment.milestones]
    for page, origin in written:
        if page is None or normal_form(page).removesuffix(".md") in names:
            continue
        near = found.suggest(page, names)
        found.error(
            "unknown-page",
            f"there is no page `content/{page.removesuffix('.md')}.md`",
            origin.of("page"),
            help=f"did you mean `{near}`?" if near else "add the file, or fix the name",
        )

"""The navigation, which every page repeats: the pages in it, within limits."""

from __future__ import annotations

from dataclasses import replace

from courseweek.diagnostics import Diagnostics
from courseweek.files.paths import normal_form
from courseweek.model.course import Course
from courseweek.plan.parts import PARTS, Part, label_of_part
from courseweek.plan.plan import PlannedPage

MOST_IN_NAV = 100
"""Pages in the navigation, which every page repeats."""
LONGEST_NAV = 20_000
"""Characters of its labels together."""


def plan_nav(
    course: Course, pages: list[PlannedPage], withheld: frozenset[str], found: Diagnostics
) -> tuple[PlannedPage, ...]:
    """Return the navigation: the pages that the syllabus lists, or all that are in it by themselves.

    `withheld` are the paths of pages that are not published yet: a list may name them.
    """
    return _limit_nav(_list_nav(course, pages, withheld, found), course, found)


def _list_nav(
    course: Course, pages: list[PlannedPage], withheld: frozenset[str], found: Diagnostics
) -> tuple[PlannedPage, ...]:
    if course.syllabus.site.nav is None:
        return tuple(each for page in pages if page.in_nav for each in _list_entries(page, course))
    by_name = {page.name: page for page in pages[1:] if page.name != "404"}
    listed = [name for name, page in by_name.items() if page.meeting is None]
    by_name["index"] = _list_entries(pages[0], course)[0]
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
                else "the pages are " + ", ".join(f"`{each}`" for each in ("schedule", *listed)),
            )
        elif page not in nav:
            nav.append(page)
    return tuple(nav)


def _list_entries(page: PlannedPage, course: Course) -> list[PlannedPage]:
    """Return the entries of a page: itself, and after the home page the schedule if that is on it."""
    if page.path != "index.html" or Part("schedule") not in page.blocks:
        return [page]
    return [page, replace(page, place="page.schedule", label=label_of_part("schedule", course))]


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
    for page in pages:
        if any(isinstance(block, Part) and block.name == name for block in page.blocks):
            nothing = name == "presentations" and course.syllabus.presentations is None
            return [] if nothing else [replace(page, place=f"page.{name}", label=label_of_part(name, course))]
    return []  # the course has no such part yet, or it is a page of later

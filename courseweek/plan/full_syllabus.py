"""The full syllabus, the whole course as one document: where it is, and the pages whose texts are in it.

It is `syllabus.html`, and `syllabus.md` for other programs. Where the course has a page of that name itself, it is
`course.html` and `course.md`; with a page `course` too, it is not made.
"""

from __future__ import annotations

from courseweek.diagnostics import Diagnostics
from courseweek.files.paths import normal_form
from courseweek.model.course import Course
from courseweek.plan.parts import Prose
from courseweek.plan.plan import Plan, PlannedPage
from courseweek.schedule.releases import is_withheld

LAYOUT = "syllabus"
NAMES = ("syllabus", "course")


def name_full_syllabus(course: Course) -> str | None:
    """Return the name of the full syllabus, the first that is not the name of a page, a draft included."""
    taken = {page.name.casefold() for page in course.pages}
    return next((name for name in NAMES if name not in taken), None)


def plan_full_syllabus(course: Course) -> list[PlannedPage]:
    """Return the page of the full syllabus, if there is one; its texts are those of other pages."""
    name, title = name_full_syllabus(course), course.syllabus.locale.gettext("Syllabus")
    return [] if name is None else [PlannedPage(f"{name}.html", name, title, title, LAYOUT, False, (), None)]


def find_full_syllabus(plan: Plan) -> PlannedPage | None:
    """Return the page of the full syllabus in a plan."""
    name = name_full_syllabus(plan.course)
    return plan.page_named(name) if name is not None else None


def list_chapters(plan: Plan) -> tuple[PlannedPage, ...]:
    """Return the pages that `site.syllabus` names and that are published by now, each once.

    The home page, of which the text is in the full syllabus in any case, is not among them.
    """
    pages = {page.name: page for page in plan.pages if page.source is not None and page.name != "404"}
    named = dict.fromkeys(_bare(name) for name, _ in plan.course.syllabus.site.syllabus)
    chapters = (pages[name] for name in named if name in pages)
    return tuple(page for page in chapters if is_public(page, plan) and page.path != "index.html")


def list_shown(plan: Plan, path: str) -> frozenset[str]:
    """Return the paths of the pages whose texts the page at `path` shows: its own, and in the full syllabus others'."""
    full = find_full_syllabus(plan)
    if full is None or full.path != path:
        return frozenset((path,))
    return frozenset(page.path for page in (full, plan.pages[0], *list_chapters(plan)))


def is_public(page: PlannedPage, plan: Plan) -> bool:
    """Return whether a page is published by now: a preview has others too."""
    return page.source is None or not is_withheld(page.source, plan.now)


def text_of(page: PlannedPage) -> str:
    """Return the text of a page without the parts of the course in it."""
    return "\n\n".join(block.text.strip("\r\n") for block in page.blocks if isinstance(block, Prose))


def check_chapters(course: Course, found: Diagnostics) -> None:
    """Report what `site.syllabus` names that is not a page of `content/`; one that appears later may be named."""
    names = {page.name for page in course.pages} - {"404"}
    for name, place in course.syllabus.site.syllabus:
        if _bare(name) in names:
            continue
        near = found.suggest(name, names)
        help = f"did you mean `{near}`?" if near else "add the file, or fix the name"
        found.error("unknown-page", f"there is no page `content/{_bare(name)}.md`", place, help=help)


def _bare(name: str) -> str:
    return normal_form(name).removesuffix(".md").removesuffix(".html")

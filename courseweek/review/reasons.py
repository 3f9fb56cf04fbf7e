"""Why a change does nothing to a site: what is different in the course's files, and why no page shows it."""

from __future__ import annotations

from collections.abc import Iterator

from courseweek.diagnostics import Diagnostics, Source
from courseweek.files.file_names import is_of_the_system
from courseweek.files.project import Project
from courseweek.files.receipt import hash_content
from courseweek.model.page import Page
from courseweek.pipeline import Site
from courseweek.plan.plan import Plan, path_of_asset
from courseweek.regex import lazy_pattern
from courseweek.review.effect import shorten_text
from courseweek.yamltext.document import Mapping, Node, Scalar, Sequence, read_yaml

MOST_REASONS = 10
"""Files that are named, each with its reason; of more only the number is given."""
_COMMENT = lazy_pattern(r"<!--[^>]*-->")
_FOLDERS = ("content", "assets", "layouts", "archive")


def find_reasons(before: Project, site: Site) -> Iterator[str]:
    """Yield why a site is the same as the base's: a clause for each file that is different.

    `before` is the base's folder, `site` the site of the change.
    """
    now = site.dependencies.project
    used = frozenset(now.read)  # before the files are compared, which reads all of them
    old, new = _list_files(before), _list_files(now)
    changed = [
        name
        for name in sorted({*old} | {*new})
        if (_digest(before, name) if name in old else None) != (_digest(now, name) if name in new else None)
    ]
    if not changed:
        yield "no file of the course is different"
    for name in changed[:MOST_REASONS]:
        yield _explain(name, before, site, used) if name in new else f"nothing of {shorten_text(name)} was on the site"
    if len(changed) > MOST_REASONS:
        yield f"{len(changed) - MOST_REASONS:,} more files"


def _list_files(project: Project) -> frozenset[str]:
    """Return the files of a course: those at the top of its folder, and those in its four folders."""
    unread = Diagnostics()
    names = {f"{folder}/{name}" for folder in _FOLDERS for name in project.files(folder, unread)}
    try:
        top = [each.name for each in project.source.iterdir() if each.is_file() and not each.is_symlink()]
    except OSError:
        top = []
    return frozenset({*names, *(name for name in top if not is_of_the_system(name))})


def _digest(project: Project, name: str) -> str | None:
    content = project.read_content(name, Diagnostics())
    return hash_content(content) if content is not None else None


def _explain(name: str, before: Project, site: Site, used: frozenset[str]) -> str:
    plan, shown = site.plan, shorten_text(name)
    folder, _, inner = name.partition("/")
    if name.endswith((".yaml", ".yml")) and name in used:
        if _read_values(before, name) == _read_values(site.dependencies.project, name):
            return f"in {shown} only comments, spaces or quotes are different"
        return f"the site of {plan.now:%Y-%m-%d} shows nothing of what is different in {shown}"
    page = next((each for each in _list_pages(plan) if f"content/{each.name}.md" == name), None)
    if page is not None:
        return _explain_page(page, shown, before, site)
    if folder == "assets" and path_of_asset(inner) not in site:
        return f"only what is not published yet names {shown}"
    if folder == "layouts" or name in used:
        return f"no page shows what is different in {shown}"
    return f"nothing of the course names {shown}"


def _list_pages(plan: Plan) -> Iterator[Page]:
    course = plan.course
    yield from course.pages
    yield from (note.page for note in course.notes)
    yield from (each.page for each in course.announcements)


def _explain_page(page: Page, shown: str, before: Project, site: Site) -> str:
    plan, name = site.plan, f"content/{page.name}.md"
    later = {each.page.name: each.on for each in plan.to_come}
    at = page.publish_at or later.get(page.name)
    if page.draft:
        return f"{shown} is a draft"
    if page in plan.withheld_pages and at is not None:
        return f"{shown} is not published before {at:%Y-%m-%d}"
    if _read_words(before, name) == _read_words(site.dependencies.project, name):
        return f"in {shown} only comments or spaces are different"
    return f"no page shows what is different in {shown}"


def _read_words(project: Project, name: str) -> list[str]:
    """Return the words of a page, without its comments."""
    source = project.read_text(name, Diagnostics())
    return _COMMENT.sub("", source.text).split() if source is not None else []


def _read_values(project: Project, name: str) -> object:
    """Return what a YAML file says, without its comments and its layout."""
    source = project.read_text(name, Diagnostics()) or Source(name, "")
    return _value_of(read_yaml(source, Diagnostics()))


def _value_of(node: Node | None) -> object:
    match node:
        case Scalar():
            return node.text
        case Sequence():
            return [_value_of(each) for each in node.items]
        case Mapping():
            return [(key.text, _value_of(value)) for key, value in node.entries]
    return None

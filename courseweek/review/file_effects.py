"""Which pages and files of a site are new, gone or different, by their bytes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from courseweek.files.receipt import hash_content
from courseweek.files.stored import Content
from courseweek.pipeline import Site
from courseweek.plan.plan import PlannedPage
from courseweek.plan.suggest_page import find_suggest_page
from courseweek.regex import lazy_pattern
from courseweek.review.effect import Effect

MOST_NAMED = 20
MOST_SHOWN = 5
"""Of more pages or files that change in the same way, and of more that show a change, only the number is given."""
_LINE = lazy_pattern(r'(href="[^"#]*/edit/[^"#]*)#L\d+(?=")')
"""The line at which the editor opens: it moves with every line above it."""


def find_file_effects(before: Site, now: Site, *, explained: bool) -> Iterator[Effect]:
    """Yield which pages and files are different.

    Where the difference is `explained` by what the course says, pages without a text of their own are summed up, and
    files for other programs are left out.
    """
    old, new = (_list_pages(site) for site in (before, now))
    changed = {path for path in {*old} | {*new} if _digest(before, path) != _digest(now, path)}
    written = {path for path in changed if _text(old.get(path)) != _text(new.get(path))}
    yield from _say("page", sorted(changed & written), old, new)
    explained = explained or bool(written)
    others = sorted(changed - written)
    shown = [path for path in others if explained and path in old and path in new]
    yield from _say("page", [path for path in others if path not in shown], old, new)
    if shown:
        yield Effect(f"It shows on {_join('page', shown, MOST_SHOWN)}")
    assets = sorted(
        path for path in {*before.plan.assets} | {*now.plan.assets} if _digest(before, path) != _digest(now, path)
    )
    trusted = {f"assets/{name}" for name in before.plan.course.syllabus.site.scripts}
    yield from _say("file", assets, before.artifacts, now.artifacts)
    named = [*sorted({*now.plan.course.syllabus.site.scripts} - {*before.plan.course.syllabus.site.scripts})]
    if named:
        yield Effect(f"Read it before you merge: `site.scripts` now trusts {_join('file', named)}")
    runs = [path for path in assets if path in trusted and path in now.artifacts]
    if runs:
        yield Effect(f"Read it before you merge: {_join('file', runs)} can run scripts, as `site.scripts` allows")
    unnamed = [path for path in assets if path in now.unnamed]
    if unnamed:
        yield Effect(f"Published although no page names it: {_join('file', unnamed)}")
    exports = sorted(
        path for path in before.plan.exports | now.plan.exports if _digest(before, path) != _digest(now, path)
    )
    if not (explained or changed or assets):
        yield from _say("file", exports, before.artifacts, now.artifacts)


def _list_pages(site: Site) -> dict[str, PlannedPage]:
    """Return the pages of a site by path, except the one on which people suggest a reading: it has lines of files."""
    return {page.path: page for page in site.plan.pages if page is not find_suggest_page(site.plan)}


def _say(noun: str, paths: list[str], old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[Effect]:
    """Yield one sentence for each way of changing."""
    ways = (
        ("is new", "are new", [path for path in paths if path not in old]),
        ("is gone", "are gone", [path for path in paths if path not in new]),
        ("changes", "change", [path for path in paths if path in old and path in new]),
    )
    for one, many, some in ways:
        if some:
            words = _join(noun, some)
            yield Effect(f"{words[0].upper()}{words[1:]} {one if len(some) == 1 else many}")


def _join(noun: str, paths: list[str], most: int = MOST_NAMED) -> str:
    named = ", ".join(paths[:most])
    more = f" and {len(paths) - most:,} more" if len(paths) > most else ""
    return f"the {noun}{'s' if len(paths) > 1 else ''} {named}{more}"


def _text(page: PlannedPage | None) -> tuple[str, str] | None:
    return (page.source.title, page.source.text) if page is not None and page.source is not None else None


def _digest(site: Site, path: str) -> str | None:
    """Return the hash of a file of a site, without the lines of its sources; None where it has none."""
    content: Content | None = site.artifacts.get(path)
    if isinstance(content, bytes) and b"/edit/" in content:
        content = _LINE.sub(r"\1", content.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
    return hash_content(content) if content is not None else None

"""A link to a place on a page leads to one that is there.

Passing: `index.html#week-3`, `readings.html#reading-lakehouse`, `#top`.
Failing: `[x](#no-such)`, `index.html#week-19` in a term of 15 weeks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from courseweek.checks.links import withheld_notice
from courseweek.checks.places import Places
from courseweek.checks.readback import read_back, recall_facts
from courseweek.checks.words import hide_code
from courseweek.diagnostics import MOST_SUGGESTIONS, Diagnostic, Span, suggest
from courseweek.model.page import Announcement, id_of_notice
from courseweek.paths import relative_link, resolve_link
from courseweek.plan import Plan, notice_at
from courseweek.regex import lazy_pattern
from courseweek.render.pages import DrawnPages
from courseweek.render.prose import PageLinks

# What the site puts before an id of the course: a reading's, an assignment's, a part's.
_PREFIXES = ("reading-", "assignment-", "page.")
_WEEK = lazy_pattern(r"week-(\d+)")
TOP = "index.html"


class _Ids:
    """The ids of the drawn pages, looked for when the first link asks for them."""

    def __init__(self, drawn: DrawnPages) -> None:
        self.html = drawn.html
        self.described = drawn.described
        self.known: dict[str, dict[str, None]] = {}
        self.suggested = 0

    def of(self, path: str) -> dict[str, None]:
        """Return the ids of a page in their order."""
        if path not in self.known:
            described = self.described.get(path)
            facts = recall_facts(described) if described else read_back(self.html.get(path, b""))
            self.known[path] = dict.fromkeys(facts.ids)
        return self.known[path]

    def near(self, path: str, fragment: str) -> tuple[str, str] | None:
        """Return page and id that were probably meant: under the id's full name, on another page, or a near miss."""
        for prefix in _PREFIXES:
            if f"{prefix}{fragment}" in self.of(path):
                return path, f"{prefix}{fragment}"
        for other in (TOP, "readings.html", "deadlines.html"):
            for name in (fragment, *(f"{prefix}{fragment}" for prefix in _PREFIXES)):
                if other != path and name in self.of(other):
                    return other, name
        self.suggested += 1
        near = suggest(fragment, self.of(path)) if self.suggested <= MOST_SUGGESTIONS else None
        return (path, near) if near is not None else None


def check_anchors(plan: Plan, drawn: DrawnPages, yaml: Places) -> Iterator[Diagnostic]:
    """Yield an error for each link to an id that its page has not; `yaml` finds those of the YAML files.

    A link to an announcement that comes later is a warning on each day until then, as one to such a page is.
    """
    ids = _Ids(drawn)
    for page in drawn.prose:
        places = Places((page.prose,))
        for target in page.links.targets:
            path = resolve_link(page.page.path, target) if "#" in target else None
            if path is None:
                continue
            path = path or page.page.path
            notice = _notice_to_come(plan, path, target)
            if notice is not None and notice.page.body.source is not page.prose.source:
                yield withheld_notice(notice, target, places.take(places.links(target)))
            elif not _is_there(ids, path, target, _prefix_of(page)):
                if target.startswith("#fnref:"):  # what leads back from a footnote to where it is named
                    yield _unused_footnote(unquote(target.removeprefix("#fnref:")), page.prose)
                    continue
                yield _dead(ids, page.page.path, path, target, places.take(places.links(target)))
    for target in dict.fromkeys(drawn.yaml.anchored):
        path = resolve_link(TOP, target.replace(".md#", ".html#")) or TOP
        notice = _notice_to_come(plan, path, target)
        if notice is not None:
            yield from (withheld_notice(notice, target, span) for span in yaml.links(target))
        elif not _is_there(ids, path, target, ""):
            yield from (_dead(ids, TOP, path, target, span) for span in yaml.links(target))


def _notice_to_come(plan: Plan, path: str, target: str) -> Announcement | None:
    """Return the announcement to which a link leads, if it is not published by now and its page is."""
    if path != plan.notices_path or path not in plan.paths:
        return None
    return notice_at(target.partition("#")[2].partition(":~:")[0], plan.to_come)


def _unused_footnote(name: str, text: Span) -> Diagnostic:
    label = r"[-\s]+".join(map(re.escape, name.split("-")))
    match = re.search(rf"^[ >]*\[\^({label})\]:", hide_code(text.text), re.MULTILINE)
    span = text.within(match.start(1) - 2, match.end(1) + 1) if match is not None else text.within(0, 0)
    help = f"write [^{name}] where it belongs"
    return Diagnostic(
        "error", "unused-footnote", f"nothing on this page refers to the footnote `[^{name}]`", span, help
    )


def _prefix_of(page: PageLinks) -> str:
    """Return what stands before the ids of a notice on the page that it shares with others."""
    name = page.prose.file
    return id_of_notice(name.removesuffix(".md")) + "." if name.startswith("content/announcements/") else ""


def _is_there(ids: _Ids, path: str, target: str, prefix: str) -> bool:
    """Tell whether a target is no place of a drawn page, or one that is there ("top" always is: HTML, 7.4.6.4)."""
    fragment = target.partition("#")[2].partition(":~:")[0]
    if path not in ids.html or fragment.lower() in ("", "top"):
        return True
    names = (fragment, unquote(fragment))
    return any(name in ids.of(path) or f"{prefix}{name}" in ids.of(path) for name in names)


def _dead(ids: _Ids, source: str, path: str, target: str, span: Span) -> Diagnostic:
    fragment = unquote(target.partition("#")[2])
    weeks = [int(match[1]) for each in ids.of(path) if (match := _WEEK.fullmatch(each))]
    near = None if weeks and _WEEK.fullmatch(fragment) else ids.near(path, fragment)
    if near is not None:
        help = f"did you mean `{relative_link(source, *near)}`?"
    elif weeks and _WEEK.fullmatch(fragment):
        help = f"the weeks run from week-{min(weeks)} to week-{max(weeks)}"
    else:
        help = "after `#`, write the id of a meeting, or a heading in lowercase with `-` between words"
    return Diagnostic("error", "dead-anchor", f"`{target}` leads nowhere: {path} has no such place", span, help)

"""A link to a place on a page leads to one that is there.

Passing: `index.html#week-3`, `readings.html#reading-lakehouse`, `#top`.
Failing: `[x](#no-such)`, `index.html#week-19` in a term of 15 weeks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from courseweek.checks.output.readback import read_back, recall_facts
from courseweek.checks.places import Turns
from courseweek.checks.site.links import withheld_announcement
from courseweek.checks.site.placed_text import PlacedText
from courseweek.comments import hide_code
from courseweek.diagnostics import MOST_SUGGESTIONS, Diagnostic, Span, suggest
from courseweek.files.paths import TOP, relative_link
from courseweek.model.meeting import Schedule
from courseweek.model.page import Announcement, id_of_announcement
from courseweek.plan.plan import Plan, announcement_at
from courseweek.regex import lazy_pattern
from courseweek.render.pages import RenderedPages

# What the site puts before an id of the course: a reading's, an assignment's, a part's.
_PREFIXES = ("reading-", "assignment-", "page.")
_WEEK = lazy_pattern(r"week-(\d+)")


class _PageIds:
    """The ids of the rendered pages, looked for when the first link asks for them."""

    def __init__(self, rendered: RenderedPages) -> None:
        self.html = rendered.html
        self.described = rendered.described
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


def check_anchors(plan: Plan, rendered: RenderedPages, texts: Iterable[PlacedText]) -> Iterator[Diagnostic]:
    """Yield an error for each link to an id that its page doesn't have.

    A link to an announcement that comes later is a warning on each day until then, as one to such a page is.
    """
    ids = _PageIds(rendered)
    for text in texts:
        turns = Turns()
        for source, found, target in text.list_links("#"):
            path = found or source
            announcement = _announcement_to_come(plan, path, target)
            if announcement is not None and not _is_of(text, announcement):
                for span in text.spans(text.places.links(target), turns):
                    yield withheld_announcement(announcement, target, span)
            elif not _is_there(ids, path, target, _prefix_of(text)) and not _is_lost(target, plan.schedule):
                if text.page is not None and target.startswith("#fnref:"):
                    # It leads back from a footnote to where that is named.
                    yield _unused_footnote(unquote(target.removeprefix("#fnref:")), text.places.texts[0])
                    continue
                for span in text.spans(text.places.links(target), turns):
                    yield _dead(ids, source, path, target, span)


def _is_of(text: PlacedText, announcement: Announcement) -> bool:
    """Return whether a text is that of the announcement itself."""
    return text.page is not None and announcement.page.body.source is text.places.texts[0].source


def _announcement_to_come(plan: Plan, path: str, target: str) -> Announcement | None:
    """Return the announcement to which a link leads, if it is not published by now and its page is."""
    if path != plan.announcements_path or path not in plan.paths:
        return None
    return announcement_at(target.partition("#")[2].partition(":~:")[0], plan.to_come)


def _unused_footnote(name: str, text: Span) -> Diagnostic:
    label = r"[-\s]+".join(map(re.escape, name.split("-")))
    match = re.search(rf"^[ >]*\[\^({label})\]:", hide_code(text.text), re.MULTILINE)
    span = text.within(match.start(1) - 2, match.end(1) + 1) if match is not None else text.within(0, 0)
    help = f"write [^{name}] where it belongs"
    return Diagnostic(
        "error", "unused-footnote", f"nothing on this page refers to the footnote `[^{name}]`", span, help
    )


def _prefix_of(text: PlacedText) -> str:
    """Return what comes before the ids of an announcement on the page that it shares with others."""
    if text.page is None:
        return ""
    name = text.places.texts[0].file
    return id_of_announcement(name.removesuffix(".md")) + "." if name.startswith("content/announcements/") else ""


def _is_there(ids: _PageIds, path: str, target: str, prefix: str) -> bool:
    """Return whether a target names an existing place or none on a rendered page ("top" exists: HTML, 7.4.6.4)."""
    fragment = target.partition("#")[2].partition(":~:")[0]
    if path not in ids.html or fragment.lower() in ("", "top"):
        return True
    names = (fragment, unquote(fragment))
    return any(name in ids.of(path) or f"{prefix}{name}" in ids.of(path) for name in names)


def _is_lost(target: str, schedule: Schedule) -> bool:
    """Return whether a target may be a place that is missing because of an error that has been reported."""
    gaps, fragment = schedule.gaps, unquote(target.partition("#")[2].partition(":~:")[0])
    if fragment.startswith("assignment-"):
        return gaps.hide_assignment(fragment.removeprefix("assignment-"))
    if not fragment.startswith("reading-"):
        return gaps.hide_meeting(fragment)
    id = fragment.removeprefix("reading-")
    groups = (group for row in schedule.meetings for group in (*row.required, *row.optional))
    is_listed = any(each.reading.id == id for group in groups for each in group.assigned)
    # A reading of no row belongs to a meeting that is missing.
    return gaps.hide_reading(id) or (not is_listed and any(each.id == id for each in schedule.readings))


def _dead(ids: _PageIds, source: str, path: str, target: str, span: Span) -> Diagnostic:
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

"""The frame around a page in the preview: what is wrong, the strip of days, and marks on what is withheld.

It is put into the bytes that are served, never into those of the site. The frame has its own shadow tree, so that the
style of the site does not reach into the frame, nor the other way round.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from itertools import groupby
from pathlib import Path

from courseweek.cache import Memory
from courseweek.diagnostics import Diagnostics
from courseweek.files.paths import resolve_link
from courseweek.language.locale import EN
from courseweek.plan.plan import DATES_SCRIPT, SCRIPT, Plan
from courseweek.regex import lazy_pattern
from courseweek.render.layouts.templates import Layouts
from courseweek.report.text import report_text
from courseweek.schedule.deadlines import NEVER
from courseweek.serve.days import Snapshot
from courseweek.serve.policy import widen_policies
from courseweek.serve.strip import DayView, view_days
from courseweek.serve.urls import OWN, Address

FOLDER = Path(__file__).parent
OWN_FILES: Mapping[str, Path] = {
    f"{OWN}{name}": FOLDER / "browser" / name for name in ("preview.js", "page.css", "frame.css")
}
"""The files that the frame loads."""
SOCKET = f"{OWN}socket"
REPORT = f"{OWN}report"
MOST_STRIPS = 16

_HEAD = f'<link rel="stylesheet" href="{OWN}page.css"><script src="{OWN}preview.js" defer></script>'
_HEAD_END = lazy_pattern(r"</head\s*>", re.IGNORECASE)
_BODY_END = lazy_pattern(r"</body\s*>(?![\s\S]*</body\s*>)", re.IGNORECASE)
_LINK = lazy_pattern(r"<a(?=\s)(?=[^>]*?\shref=\"([^\"]*)\")")
_ID = lazy_pattern(r"<\w+(?=\s)(?=[^>]*?\sid=\"([^\"]*)\")")
_COLOR = lazy_pattern(r"\x1b\[([\d;]+)m(.*?)\x1b\[0m", re.DOTALL)
_LINES = lazy_pattern(r"(?:\x1b\[[\d;]+m)?\s*\d* *\|")
_ROLES = {"1;31": "error", "1;33": "warning", "1": "place", "34": "quiet", "36": "help"}

Piece = tuple[str, str]


class PageFrame:
    """Renders the frame of each page."""

    def __init__(self, memory: Memory | None = None) -> None:
        """Read the layouts of the frame with the first page; `memory` keeps them compiled."""
        self.layouts = Layouts(FOLDER, FOLDER, memory)
        self.strips: dict[tuple[DayView, ...], str] = {}

    def wrap(self, page: bytes, snapshot: Snapshot, address: Address, version: str, socket: str) -> bytes:
        """Return a page of the site with the frame around it; `socket` is where its script listens for changes."""
        assert snapshot.good is not None
        text = page.decode("utf-8")
        text = _mark(text, snapshot.good.plan, address.path)
        text = widen_policies(text, socket)
        text = _insert(text, _HEAD_END, _HEAD)
        return _insert(text, _BODY_END, self._render("frame", snapshot, address, version).strip()).encode("utf-8")

    def render_alone(self, snapshot: Snapshot, address: Address, version: str) -> bytes:
        """Return a page with nothing but the frame, for a course that never had a good version."""
        return self._render("alone", snapshot, address, version).encode("utf-8")

    def render_report(self, snapshot: Snapshot, address: Address, version: str) -> bytes:
        """Return only what is wrong, for a page that is already open."""
        return self._render("report", snapshot, address, version).encode("utf-8")

    def _render(self, layout: str, snapshot: Snapshot, address: Address, version: str) -> str:
        plan = snapshot.good.plan if snapshot.good is not None else None
        found = Diagnostics()
        rendered = self.layouts.render(
            layout,
            None,
            found,
            own=OWN,
            version=version,
            errors=snapshot.errors,
            warnings=snapshot.warnings,
            bug=snapshot.bug,
            failed=snapshot.failed,
            is_old=snapshot.is_old,
            report=tuple(_paragraphs(report_text(snapshot.found, color=True))),
            as_of=EN.dated_day(plan.now.astimezone(plan.course.syllabus.term.zone).date())
            if plan is not None
            else None,
            back=Address(None, address.path).link if address.day is not None else None,
            strip=self._render_strip(view_days(plan, address)) if plan is not None else "",
            withheld=_explain(plan, address.path) if plan is not None else None,
        )
        assert rendered is not None, [each.message for each in found]
        return rendered

    def _render_strip(self, days: tuple[DayView, ...]) -> str:
        """Return the strip of a page; few edits change it."""
        strip = self.strips.pop(days, None)
        if strip is None:
            strip = self.layouts.render("strip", None, Diagnostics(), days=days) or ""
        self.strips[days] = strip
        while len(self.strips) > MOST_STRIPS:
            del self.strips[next(iter(self.strips))]
        return strip


def hold_clock(script: bytes, now: datetime) -> bytes:
    """Return a script of the theme with its clock held at `now`: it takes the chosen day for today."""
    return f"Date.now = () => {round(now.timestamp() * 1000)};\n".encode() + script


def is_clocked(path: str) -> bool:
    """Return whether a file of the site goes by the browser's clock."""
    return path in (SCRIPT, DATES_SCRIPT)


def _say(plan: Plan, place: str) -> str | None:
    """Return in a word why a place of the site is withheld ("draft", "from 14 Mar, 9:00"), or None if it is not."""
    return _in_words(plan, place, "draft", "from", EN.short_day, "to come")


def _explain(plan: Plan, path: str) -> str | None:
    """Return what a page that is withheld does, as the end of a sentence, or None."""
    return _in_words(plan, path, "is a draft", "appears on", EN.dated_day, "is still to come")


def _in_words(
    plan: Plan, place: str, draft: str, appears: str, name_day: Callable[[date], str], comes: str
) -> str | None:
    """Return in these words why a place is withheld, or None: a draft, something with a date, or without one."""
    if plan.revealed is None or place not in plan.revealed:
        return None
    at = plan.revealed[place]
    if at is None:
        return draft
    if at >= NEVER:
        return comes
    local = at.astimezone(plan.course.syllabus.term.zone)
    hour = f", {EN.clock(local.time())}" if local.time() != time(0) else ""
    return f"{appears} {name_day(local.date())}{hour}"


def _mark(text: str, plan: Plan, path: str) -> str:
    """Return a page whose links to what is withheld, and whose announcements that are, say so to the style sheet."""
    if not plan.revealed:
        return text

    def mark_link(link: re.Match[str]) -> str:
        target = html.unescape(link[1])
        return _with_word(link[0], _say(plan, resolve_link(path, target) or ""))

    def mark_place(opening: re.Match[str]) -> str:
        return _with_word(opening[0], _say(plan, f"{path}#{html.unescape(opening[1])}"))

    text = _LINK.sub(mark_link, text)
    if any(place.startswith(f"{path}#") for place in plan.revealed):
        text = _ID.sub(mark_place, text)
    return text


def _with_word(opening: str, word: str | None) -> str:
    return f'{opening} data-withheld="{html.escape(word)}"' if word is not None else opening


def _insert(text: str, before: re.Pattern[str], what: str) -> str:
    """Return a page with something put before an end tag; HTML lets authors leave these out (WHATWG, 13.1.2.4)."""
    found = before.search(text)
    at = found.start() if found is not None else len(text)
    return f"{text[:at]}{what}{text[at:]}"


def _paragraphs(report: str) -> Iterator[tuple[bool, tuple[Piece, ...]]]:
    """Yield a report for a terminal in paragraphs: whether it is lines of a file, which are never broken, and pieces.

    A piece is a text with the role that its color stands for.
    """
    for lines, group in groupby(report.splitlines(), key=lambda line: _LINES.match(line) is not None):
        text = "\n".join(group)
        if text.strip():
            yield lines, tuple(_pieces(text))


def _pieces(text: str) -> Iterator[Piece]:
    at = 0
    for piece in _COLOR.finditer(text):
        yield "", text[at : piece.start()]
        yield _ROLES.get(piece[1], ""), piece[2]
        at = piece.end()
    yield "", text[at:]

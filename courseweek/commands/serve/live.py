"""The preview while it runs: what changes is shown at once, checked as a whole after, and told to the open pages.

All of it runs in one loop. What takes long is done in slices between which requests are answered, so there are no
locks, and an edit that comes meanwhile puts an end to work that it outdates.
"""

from __future__ import annotations

import asyncio
import gc
import secrets
from collections.abc import Callable, Iterable
from dataclasses import field
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Protocol

from courseweek.frozen import dataclass
from courseweek.plan import STYLE_SHEET
from courseweek.preview.addresses import Address, Door
from courseweek.preview.frame import REPORT, Frames
from courseweek.preview.making import Making
from courseweek.preview.sites import MOST_DAYS, Shown, Sites
from courseweek.preview.strip import DayView, view_days
from courseweek.preview.watcher import Watcher
from courseweek.stored import Content

PAUSE = 0.02
"""Seconds between two looks at the files; more where a look takes long, so that it costs a sixteenth of one core."""
LONGEST_PAUSE = 1.0
STEP = 0.01
"""Seconds between two looks while files are still being written: a checkout writes many."""
MOST_STEPS = 5
SLICE = 0.004
"""Seconds of work between which requests are answered."""
TURNS = 6
"""So many turns of the loop a request takes, from its connection to its answer."""
PATIENCE = 0.15
"""Seconds after which open pages show an edit though the whole is not checked yet."""
MOST_DELIVERED = 200

Delivered = tuple[bytes, tuple[DayView, ...]]
"""What an answer showed: the page of the site, and the strip."""


class OpenPage(Protocol):
    """A page in a browser: which place of the site it shows, and as of which version."""

    address: Address | None
    version: str

    def tell(self, path: str) -> None:
        """Say that a file has changed: `*` to load the page anew."""


@dataclass(slots=True)
class Live:
    """What the requests and the watching share.

    `tell` shows on the terminal what came of an edit, `pages` are those that are open in a browser.
    """

    sites: Sites
    watcher: Watcher
    door: Door
    tell: Callable[[Shown], None]
    trouble: Callable[[Exception], None]
    pages: Callable[[], Iterable[OpenPage]]
    frames: Frames
    started: str = field(default_factory=lambda: secrets.token_hex(4))
    last: datetime | None = None
    work: asyncio.Task[None] | None = None
    days: list[datetime | None] = field(default_factory=list)
    told: int = -1
    changed: set[Path] = field(default_factory=set)
    accent: str | None = None
    delivered: dict[Address, Delivered] = field(default_factory=dict)

    def version(self, shown: Shown) -> str:
        """Return what tells a page whether it is the latest: it may have missed a message."""
        return f"{self.started}-{shown.making.turn}-{int(shown.done)}"

    def look(self, day: datetime | None, *, fresh: bool = True) -> Shown:
        """Return what there is to see of a day; a `fresh` look takes in what was saved a moment ago."""
        if fresh:
            self.catch_up()
            self.last = day
        shown = self._show(day)
        if not shown.done and day not in self.days:
            self._begin()
        return shown

    def read(self, shown: Shown, path: str) -> tuple[Shown, Content | None]:
        """Return a file of the site that is shown; the last good site's where drawing it shows a fault."""
        if shown.good is None:
            return shown, None
        body = shown.good.read(path)
        if body is None and not shown.kept:
            shown = self._show(shown.making.day)
            body = shown.good.read(path) if shown.good is not None and path in shown.good else None
        return shown, body

    def deliver(self, shown: Shown, address: Address, body: bytes) -> None:
        """Remember what a page shows, to know later whether it has changed."""
        self.delivered.pop(address, None)
        self.delivered[address] = body, self._strip(shown, address)
        while len(self.delivered) > MOST_DELIVERED:
            del self.delivered[next(iter(self.delivered))]

    def catch_up(self) -> float:
        """Take in what has changed since the look before, if anything; return how many seconds the look took."""
        began = perf_counter()
        changed = self.watcher.changed()
        took = perf_counter() - began
        if changed:
            self.changed |= changed
            self.sites.outdate(changed)
            self._begin()
        return took

    async def watch(self) -> None:
        """Catch up for ever; no failure ends it, but is told."""
        self._begin()
        pause = PAUSE
        while True:
            await asyncio.sleep(pause)
            try:
                pause = min(LONGEST_PAUSE, max(PAUSE, 16 * self.catch_up()))
            except Exception as error:
                self.trouble(error)
                pause = LONGEST_PAUSE

    def _show(self, day: datetime | None) -> Shown:
        shown = self.sites.show(day)
        self.watcher.add(self.sites.workshop.project.asked)
        self.sites.workshop.project.asked.clear()
        return shown

    def _begin(self) -> None:
        """Begin to make the whole, and leave what an edit has outdated."""
        if self.work is not None:
            self.work.cancel()
        days = [page.address.day for page in self.pages() if page.address is not None]
        self.days = list(dict.fromkeys([self.last, *days]))[:MOST_DAYS]
        self.work = asyncio.get_running_loop().create_task(self._finish())

    async def _finish(self) -> None:
        """Make the whole of the days that are looked at, tell of the first, and tell the open pages."""
        try:
            await self._settle()
            patience = perf_counter() + PATIENCE
            for day in tuple(self.days):
                patience = await self._make(self._show(day).making, patience)
                shown = self._show(day)
                if shown.making.turn != self.told:
                    self.told = shown.making.turn
                    self.tell(shown)
            self._tell_pages()
        except Exception as error:
            self.trouble(error)
        self.days = []
        self.sites.tidy()
        if not gc.get_freeze_count():
            # What is there now stays: looking through it again and again for what can go would delay answers.
            gc.collect()
            gc.freeze()

    async def _settle(self) -> None:
        """Wait until no more files are written, or a moment has passed."""
        for _ in range(MOST_STEPS if self.changed else 0):
            await asyncio.sleep(STEP)
            more = self.watcher.changed()
            if not more:
                break
            self.changed |= more
            self.sites.outdate(more)

    async def _make(self, making: Making, patience: float) -> float:
        """Do all steps of a making in slices; return until when the open pages can wait."""
        began = perf_counter()
        for _ in making.steps():
            now = perf_counter()
            if now > patience:
                self._tell_pages()
                patience = float("inf")
            if now > began + SLICE:
                for _ in range(TURNS):
                    await asyncio.sleep(0)
                began = perf_counter()
        return patience

    def _tell_pages(self) -> None:
        """Tell each open page what it has to load anew, if anything."""
        sheets, others = self._changed_assets()
        for page in tuple(self.pages()):
            if page.address is None:
                continue
            shown = self._show(page.address.day)
            if others or self._shows_other(shown, page.address):
                page.tell("*")
                continue
            for sheet in sheets:
                page.tell(sheet)
            if page.version != self.version(shown):
                page.version = self.version(shown)
                page.tell(REPORT)

    def _changed_assets(self) -> tuple[tuple[str, ...], bool]:
        """Return the style sheets that have changed since the open pages were told, and whether other assets have."""
        roots = (self.sites.workshop.project.source, self.sites.workshop.theme)
        names = {
            path.relative_to(root).as_posix() for path in self.changed for root in roots if path.is_relative_to(root)
        }
        self.changed.clear()
        assets = {name for name in names if name.startswith("assets/")}
        sheets = {name for name in assets if name.endswith(".css")}
        shown = self._show(self.last)
        accent = repr(shown.good.plan.course.site.accent) if shown.good is not None else None
        if self.accent not in (None, accent):
            sheets.add(STYLE_SHEET)  # which opens with it
        self.accent = accent
        return tuple(sorted(sheets)), bool(assets - sheets)

    def _shows_other(self, shown: Shown, address: Address) -> bool:
        """Tell whether this place shows something else than when it was delivered."""
        before = self.delivered.get(address)
        shown, body = self.read(shown, address.path)
        return before is None or body is None or before != (body, self._strip(shown, address))

    def greet(self, page: OpenPage) -> None:
        """Tell a page that has just come what it has missed while it was on its way."""
        if page.address is None:
            return
        shown = self._show(page.address.day)
        if page.version == self.version(shown):
            return
        turn = f"{self.started}-{shown.making.turn}-"
        if not page.version.startswith(turn) or self._shows_other(shown, page.address):
            page.tell("*")
        else:
            page.version = self.version(shown)
            page.tell(REPORT)

    def _strip(self, shown: Shown, address: Address) -> tuple[DayView, ...]:
        return view_days(shown.good.plan, address) if shown.good is not None else ()


def start_live(
    sites: Sites,
    door: Door,
    tell: Callable[[Shown], None],
    trouble: Callable[[Exception], None],
    pages: Callable[[], Iterable[OpenPage]],
) -> Live:
    """Return the preview of these sites; it looks at their files for the first time before anything is read."""
    watcher = Watcher(sites.workshop.project.source, sites.workshop.theme)
    return Live(sites, watcher, door, tell, trouble, pages, Frames(sites.workshop.memory))

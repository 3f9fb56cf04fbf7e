"""The preview while it runs: what changes is built once, told on the terminal, and sent to the pages that are open."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from courseweek.preview.addresses import Door
from courseweek.preview.frame import REPORT, Frames
from courseweek.preview.sites import MOST_DAYS, Shown, Sites, changed_files
from courseweek.preview.watcher import Watcher

PAUSE = 0.02
"""Seconds between two looks at the files; more where a look takes long, so that it costs an eighth of one core."""
LONGEST_PAUSE = 1.0


@dataclass(slots=True)
class Live:
    """What the requests and the watching share. All of it runs in one loop; what takes time does so in a thread.

    `tell` shows on the terminal what came of a build; `days_open` and `send` are the side of the open pages: which days
    they show, and how they hear that a file of the site (`*` for more than a style sheet) has changed.
    """

    sites: Sites
    watcher: Watcher
    door: Door
    tell: Callable[[Shown], None]
    days_open: Callable[[], Iterable[datetime | None]]
    send: Callable[[str], None]
    frames: Frames
    started: str
    lock: asyncio.Lock
    last: datetime | None = None

    @property
    def version(self) -> str:
        """What tells a page whether it is the latest: it may have missed the message."""
        return f"{self.started}-{self.sites.turn}"

    async def first(self) -> None:
        """Make the first site, and all that changes meanwhile."""
        async with self.lock:
            self.tell(await self._show(None))
        await self.catch_up()

    async def look(self, day: datetime | None, *, fresh: bool) -> Shown:
        """Return what there is to see of a day; a `fresh` look takes in what was saved a moment ago."""
        if not fresh and day in self.sites.known:
            return self.sites.known[day]
        if fresh:
            await self.catch_up(settle=False)
            self.last = day
        async with self.lock:
            return await self._show(day)

    async def catch_up(self, *, settle: bool = True) -> float:
        """Build what has changed since the look before, if anything, and return how many seconds the look took."""
        async with self.lock:
            began = time.perf_counter()
            if settle:
                changed = await asyncio.to_thread(self.watcher.settle, time.sleep)
            else:
                changed = await asyncio.to_thread(self.watcher.changed)
            took = time.perf_counter() - began
            if changed:
                await self._renew()
            return took

    async def watch(self, trouble: Callable[[Exception], None]) -> None:
        """Catch up for ever; no failure ends it, but is told."""
        pause = PAUSE
        while True:
            await asyncio.sleep(pause)
            try:
                pause = min(LONGEST_PAUSE, max(PAUSE, 8 * await self.catch_up()))
            except Exception as error:
                trouble(error)
                pause = LONGEST_PAUSE

    async def _show(self, day: datetime | None) -> Shown:
        shown = await asyncio.to_thread(self.sites.show, day)
        self.watcher.add(self.sites.project.asked)
        return shown

    async def _renew(self) -> None:
        """Make the sites of the days that are looked at, tell of the first, and send what has changed."""
        self.sites.outdate()
        changed: set[str] = set()
        days = list(dict.fromkeys(self.days_open()))[:MOST_DAYS] or [self.last]
        for day in days:
            before = self.sites.known.get(day)
            shown = await self._show(day)
            if day == days[0]:
                self.tell(shown)
            files = changed_files(before, shown)
            changed |= {"*"} if files is None else files
        for path in messages(changed):
            self.send(path)


def messages(changed: Iterable[str]) -> tuple[str, ...]:
    """Return what open pages have to hear: `*` to load anew, or the style sheets, or that the report is another."""
    paths = tuple(sorted(changed))
    if not paths:
        return (REPORT,)
    return paths if all(path.endswith(".css") for path in paths) else ("*",)


def start_live(
    sites: Sites,
    theme: Path,
    door: Door,
    tell: Callable[[Shown], None],
    days_open: Callable[[], Iterable[datetime | None]],
    send: Callable[[str], None],
) -> Live:
    """Return the preview of these sites; it looks at their files for the first time before anything is read."""
    watcher = Watcher(sites.project.source, theme)
    return Live(sites, watcher, door, tell, days_open, send, Frames(), secrets.token_hex(4), asyncio.Lock())

"""The sites of a preview: each day's is made from memory when somebody looks at it, and the last good one is kept."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import perf_counter

from courseweek.diagnostics import Diagnostic, Diagnostics
from courseweek.pipeline import Site, make_site
from courseweek.preview.watcher import Facts, look_at
from courseweek.project import LARGEST_ASSET, Project

MOST_DAYS = 4
"""The sites of so many days are kept."""


@dataclass(frozen=True, slots=True)
class ReadProject(Project):
    """A course's folder that remembers which files were asked for, and their facts before they were read."""

    asked: dict[Path, Facts | None] = field(default_factory=dict)

    def read_bytes(self, name: str, found: Diagnostics, *, largest: int = LARGEST_ASSET) -> bytes | None:
        """Read a file as any project does."""
        path = self.source / name
        self.asked[path] = look_at(path)
        return Project.read_bytes(self, name, found, largest=largest)


@dataclass(frozen=True, slots=True)
class Shown:
    """What there is to see of one day: the last good site, and what is wrong with the course now.

    `good` is None where there never was a good site. `failed` tells that it is not the course's as it is now; `bug` is
    the builder's own failure. `turn` counts the changes before it was made.
    """

    day: datetime | None
    now: datetime
    turn: int
    good: Site | None
    found: tuple[Diagnostic, ...]
    failed: bool
    bug: str | None
    seconds: float

    @property
    def errors(self) -> int:
        """How many errors the course has."""
        return sum(1 for each in self.found if each.severity == "error")

    @property
    def warnings(self) -> int:
        """How many warnings the course has."""
        return len(self.found) - self.errors


class Sites:
    """Makes the site of a day, and keeps those of the days that were looked at last."""

    def __init__(self, source: Path, output: Path, clock: Callable[[], datetime], today: datetime | None) -> None:
        """Take the course's folders, the clock, and the day of the site at `/` if it is not that of the clock."""
        self.project = ReadProject(source, output)
        self.clock = clock
        self.today = today
        self.turn = 0
        self.known: dict[datetime | None, Shown] = {}

    def outdate(self) -> None:
        """Say that the course has changed: each site is made anew when somebody looks at it."""
        self.turn += 1

    def show(self, day: datetime | None) -> Shown:
        """Return what there is to see of a day, made anew if the course has changed since."""
        known = self.known.get(day)
        if known is None or known.turn != self.turn or self._is_past(known):
            known = self._make(day, known)
        self.known.pop(day, None)
        self.known[day] = known  # the last in order is the one that was looked at last
        while len(self.known) > MOST_DAYS:
            del self.known[next(iter(self.known))]
        return known

    def _is_past(self, known: Shown) -> bool:
        """Tell whether the clock has come to another hour: something may be due since then."""
        if known.day is not None or self.today is not None:
            return False
        return known.now.replace(minute=0, second=0, microsecond=0) != self.clock().replace(
            minute=0, second=0, microsecond=0
        )

    def _make(self, day: datetime | None, before: Shown | None) -> Shown:
        started, turn = perf_counter(), self.turn
        now = day or self.today or self.clock()
        found, site, bug = Diagnostics(), None, None
        try:
            site = make_site(self.project, now, found, reveal=True)
        except Exception:
            # A failure of the builder must not end the preview: it may go with the next edit.
            bug = traceback.format_exc()
        failed = site is None or found.has_errors()
        good = self._last_good(before) if failed else site
        return Shown(day, now, turn, good, tuple(found), failed, bug, perf_counter() - started)

    def _last_good(self, before: Shown | None) -> Site | None:
        """Return the day's last good site, or else the one of any day that was good last."""
        shown = [*([before] if before is not None else []), *reversed(self.known.values())]
        return next((each.good for each in shown if each.good is not None), None)


def changed_files(before: Shown | None, after: Shown) -> frozenset[str] | None:
    """Return the files of the site that differ between two moments, or None where one of them had none."""
    if before is None or before.good is None or after.good is None:
        return None
    old, new = before.good.artifacts, after.good.artifacts
    return frozenset(path for path in old.keys() | new.keys() if old.get(path) != new.get(path))

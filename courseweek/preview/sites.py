"""The sites of a preview: each day's is made when somebody looks at it, and the last good one is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from courseweek.cache import Memory
from courseweek.diagnostics import Diagnostic
from courseweek.frozen import dataclass
from courseweek.preview.kept import KeptProject
from courseweek.preview.making import Making, Workshop

MOST_DAYS = 4
"""The sites of so many days are kept."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What there is to see of one day: the site as it is now, or the last good one, and what is wrong.

    `good` is the site to show; None where the course never could be planned. `found` is what is wrong as far as it is
    known: all of it once `done`.
    """

    making: Making
    good: Making | None
    found: tuple[Diagnostic, ...]
    failed: bool
    done: bool

    @property
    def bug(self) -> str | None:
        """What failed in the builder itself, if anything did."""
        return self.making.bug

    @property
    def errors(self) -> int:
        """How many errors the course has."""
        return sum(1 for each in self.found if each.severity == "error")

    @property
    def warnings(self) -> int:
        """How many warnings the course has."""
        return len(self.found) - self.errors

    @property
    def kept(self) -> bool:
        """Whether an earlier site is shown in place of that of the course as it is now."""
        return self.good is not None and self.good is not self.making


class Sites:
    """Makes the site of a day, and keeps those of the days that were looked at last."""

    def __init__(
        self,
        source: Path,
        output: Path,
        theme: Path,
        clock: Callable[[], datetime],
        today: datetime | None,
        memory: Memory | None = None,
    ) -> None:
        """Take the course's folders, the clock, and the day of the site at `/` if it is not that of the clock."""
        self.workshop = Workshop(KeptProject(source, output), theme, memory or Memory())
        self.clock = clock
        self.today = today
        self.turn = 0
        self.known: dict[datetime | None, Making] = {}
        self.good: dict[datetime | None, Making] = {}
        self.old: list[Making | None] = []

    def outdate(self, changed: Iterable[Path]) -> None:
        """Say that these files have changed: each site is made anew when somebody looks at it."""
        self.workshop.forget(changed)
        for day, making in self.known.items():
            making.leave()
            if not making.failed:  # it may be the last good one soon
                self.old = [*self.old[-1:], self.good.pop(day, None)]
                self.good[day] = making
        self.turn += 1

    def tidy(self) -> None:
        """Let go of outdated sites, when nobody waits: those of a large course are many objects."""
        self.old.clear()

    def show(self, day: datetime | None) -> Shown:
        """Return what there is to see of a day, planned anew if the course has changed since."""
        making = before = self.known.pop(day, None)
        if making is None or making.turn != self.turn or self._is_past(making):
            making = Making(self.workshop, day, day or self.today or self.clock(), self.turn, before)
        self.known[day] = making  # the last in order is the one that was looked at last
        while len(self.known) > MOST_DAYS:
            dropped = next(iter(self.known))
            del self.known[dropped]
            self.good.pop(dropped, None)
        return Shown(making, self._good_of(making), tuple(making.found), making.failed, making.done)

    def _good_of(self, making: Making) -> Making | None:
        """Return the site to show: this one, or the day's last good one, or that of the day that was good last."""
        if not making.failed:
            return making
        good = self.good.get(making.day) or next(reversed(self.good.values()), None)
        # Of a course that never was good, what can be drawn says more than nothing.
        return good or (making if making.outline is not None else None)

    def _is_past(self, making: Making) -> bool:
        """Tell whether the clock has come to another hour: something may be due since then."""
        if making.day is not None or self.today is not None:
            return False
        return _hour_of(making.now) != _hour_of(self.clock())


def _hour_of(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)

"""How long the readings of a week take."""

from __future__ import annotations

from courseweek.frozen import dataclass


@dataclass(frozen=True, slots=True)
class ReadingTime:
    """How many `minutes` some readings take: `counted` of them say so, of `readings` in all."""

    minutes: int
    counted: int
    readings: int

    @property
    def about(self) -> int:
        """The minutes as they are shown: to a quarter of an hour and at least one, above an hour to a half."""
        step = 15 if self.minutes <= 60 else 30
        return max(step, step * ((self.minutes + step // 2) // step))


@dataclass(frozen=True, slots=True)
class Workload:
    """The reading of a week; what is required somewhere in it is not optional too."""

    required: ReadingTime
    optional: ReadingTime

"""What could not be read, so that later stages don't report what follows from it."""

from __future__ import annotations

from courseweek.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Gaps:
    """What the course lacks because of errors that have been reported.

    `ids` may be the ids of things that could not be read: everything written where an id belongs, as typed and as
    a slug. `days` says that something that gives topics their days is missing, so no day is certain; `assignments`
    and `readings` that some are missing altogether; `required` that a required reading may be.
    """

    ids: frozenset[str] = frozenset()
    days: bool = False
    assignments: bool = False
    readings: bool = False
    required: bool = False

    def hide_meeting(self, id: str) -> bool:
        """Return whether the meeting of this id may be one that could not be read."""
        return id in self.ids

    def hide_assignment(self, id: str) -> bool:
        """Return whether the assignment of this id may be one that could not be read."""
        return self.assignments or id in self.ids

    def hide_reading(self, id: str) -> bool:
        """Return whether the reading of this id may be one that could not be read."""
        return self.readings or id in self.ids


NO_GAPS = Gaps()
"""Nothing is missing."""

"""How two meetings at one time could share a class: what can be written for it so that no other date moves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from courseweek.diagnostics import Diagnostics
from courseweek.model.meeting import Topic
from courseweek.schedule.calendar import Calendar
from courseweek.schedule.overlaps import list_overlaps
from courseweek.schedule.placement import Placed, Placement
from courseweek.yamltext.document import FLAGS
from courseweek.yamltext.slips.glued import write_between_braces

MOST_TRIED = 20
"""Pairs of meetings after these get no remedy: each takes up to two placements of all topics."""


class Remedies:
    """Finds which of two meetings can have the day of the other one by its id; each change is tried first."""

    def __init__(
        self, calendar: Calendar, lists: Sequence[tuple[Topic, ...]], ids: Mapping[int, str], *, days_known: bool
    ) -> None:
        """Take the calendar, the lists of topics and the ids of their rows by order."""
        self.calendar = calendar
        self.lists = lists
        self.ids = ids
        self.days_known = days_known
        self._tried = 0
        self._before: tuple[list[Placed], Counter[str]] | None = None

    def suggest(self, one: Placed, other: Placed) -> str | None:
        """Return what to write so that two rows share a day, or None if all of it moves another date or warns."""
        self._tried += 1
        if self._tried > MOST_TRIED or not self.days_known:
            return None
        for row, host in sorted(((other, one), (one, other)), key=lambda pair: not _is_dated(pair[0])):
            topic, name = row.topic, self.ids[host.order]
            alone = topic is not None and topic.days == topic.times == 1
            if topic is None or not alone or topic.rest or topic.until or topic.same_day or name in FLAGS:
                continue
            if self._keeps_days(row, replace(topic, date=None, same_day=name)):
                return _write(topic, name, here=row is other)
        return None

    def _keeps_days(self, row: Placed, changed: Topic) -> bool:
        """Return whether all rows keep their days, and the others their times, and a warning goes and none comes."""
        if self._before is None:
            self._before = self._place(self.lists)
        before, warnings = self._before
        lists = [tuple(changed if each is row.topic else each for each in topics) for topics in self.lists]
        after, left = self._place(lists)
        return _show(before, row) == _show(after, row) and left < warnings

    def _place(self, lists: Sequence[tuple[Topic, ...]]) -> tuple[list[Placed], Counter[str]]:
        """Return the rows of these topics, and what is reported of them."""
        found = Diagnostics()
        rows = Placement(self.calendar, found, days_known=self.days_known).place(tuple(lists))
        overlaps = (message for _, _, message in list_overlaps(rows, days_known=self.days_known))
        return rows, Counter([*(each.message for each in found), *overlaps])


def _is_dated(row: Placed) -> bool:
    return row.topic is not None and row.topic.date is not None


def _write(topic: Topic, name: str, *, here: bool) -> str:
    """Return the words that give a topic the day of the meeting of this id; `here` if they are shown at it."""
    if topic.date is not None:
        return f"write same_day: {name} in place of {'date:' if here else f'the date of `{topic.title}`'}"
    if "topic" in topic.origin.fields:
        return f"add same_day: {name}" + ("" if here else f" to `{topic.title}`")
    short = f"write {{topic: {write_between_braces(topic.title)}, same_day: {name}}}"
    return short if here else f"{short} in place of `{topic.title}`"


def _show(rows: Sequence[Placed], changed: Placed) -> list[tuple[str, ...]]:
    """Return what must not change: the days of all rows, and the times and places of others than `changed`."""
    shown = []
    for row in rows:
        order = str(row.order) if row.topic is not None else "open"
        own = row.order == changed.order
        time = "" if own and changed.time is None else str(row.time)
        shown.append((order, str(row.on), time, "" if own else str(row.place)))
    return sorted(shown)

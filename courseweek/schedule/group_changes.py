"""Groups: what a topic changes for single ones of its session, and when and where each of them meets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from courseweek.diagnostics import Diagnostics, Span
from courseweek.model.meeting import GroupChange, GroupMeeting, Topic
from courseweek.model.term import GroupPattern, Term, TimeRange
from courseweek.schedule.calendar import ClassDay
from courseweek.schedule.instants import begin_day, finish_day, place_time
from courseweek.schedule.sessions import GroupDay, Groups, list_held
from courseweek.schedule.window import check_window
from courseweek.yamltext.slips.glued import write_between_braces

LONGEST_SHOWN = 60
"""Characters of a value that a remedy repeats."""


class GroupChanges:
    """Applies what a topic changes for single groups of its session, and reports what can't be changed so."""

    def __init__(self, term: Term, days: Sequence[ClassDay], found: Diagnostics) -> None:
        """Take the term and all its class days."""
        self.term = term
        self.days = days
        self.found = found

    def apply(self, topic: Topic, slot: ClassDay, groups: Groups) -> Groups:
        """Return the groups of the session `slot` as the topic changes them; `groups` are those before."""
        bare = [key for key in ("time", "place") if key in topic.origin.fields]
        if bare:
            self._report_bare(topic, bare, groups)
        patterns = {each.name.casefold(): each for each in slot.pattern.groups}
        by_name = {each.name: each for each in groups}
        for change in topic.groups:
            pattern = patterns.get(change.name.casefold())
            if pattern is None:
                self._report_unknown(change, slot)
                continue
            day = self._change(by_name.get(pattern.name), change, pattern, topic, slot)
            if day is not None:
                by_name[pattern.name] = day
        return tuple(by_name[each.name] for each in slot.pattern.groups if each.name in by_name)

    def report_none(self, topic: Topic) -> None:
        """Report changes of groups for a topic that takes no session of groups."""
        if topic.groups:
            self.found.error(
                "unknown-group",
                f"`{topic.title}` takes no class with groups",
                topic.origin.key("groups"),
                help="delete groups:, or change the kind or the date of the topic",
            )

    def _change(
        self, day: GroupDay | None, change: GroupChange, pattern: GroupPattern, topic: Topic, slot: ClassDay
    ) -> GroupDay | None:
        """Return the day of a group with what the topic changes; None if it has none."""
        fields = change.origin.fields
        if change.date is None and (day is None or day.taken_by is not None):
            self.found.warning(
                "no-effect",
                f"the group `{pattern.name}` has no class in the session of `{topic.title}`",
                change.origin.span,
                help="give the group a date:, or delete it here",
            )
            return day
        on = change.date or (day.on if day is not None else slot.on)
        what = f"`{topic.title}` for the group `{pattern.name}`"
        if change.date is not None and not check_window(what, on, self.term, fields["date"], self.found):
            return day
        before = day or GroupDay(pattern, on, pattern.time, pattern.place, None)
        changed = replace(
            before,
            on=on,
            time=change.time or before.time,
            place=change.place or before.place,
            taken_by=None if change.date is not None else before.taken_by,
        )
        self._warn_twice(changed, change, slot)
        return changed

    def _warn_twice(self, day: GroupDay, change: GroupChange, slot: ClassDay) -> None:
        """Warn of a group that has another session of its own at the time to which a topic moves it."""
        if change.date is None and change.time is None:
            return
        others = (each for each in self.days if each is not slot and each.pattern is slot.pattern)
        for other in (group for each in others if each.taken_by is None for group in list_held(each.groups)):
            if other.name == day.name and other.on == day.on and _overlaps(other.time, day.time):
                self.found.warning(
                    "same-time",
                    f"the group `{day.name}` has another class on {day.on} at that time",
                    change.origin.of("date") if change.date is not None else change.origin.of("time"),
                    help="choose another date or time for the group",
                )
                return

    def _report_bare(self, topic: Topic, keys: Sequence[str], groups: Groups) -> None:
        """Report a time or place of a topic that holds for no group, with the group's change to write instead."""
        place = topic.origin.key(keys[0])
        written = ", ".join(f"{key}: {_show(topic.origin.of(key))}" for key in keys)
        name = next((each.name for each in groups if each.taken_by is None), groups[0].name)
        instead = f"write groups: {{{write_between_braces(name)}: {{{written}}}}}"
        both = " in place of both" if len(keys) > 1 else ""
        if topic.groups:
            instead, both = f"move {' and '.join(keys)} into groups:", ""
        self.found.error(
            "contradiction",
            f"`{topic.title}` meets in groups, so {' and '.join(f'`{key}`' for key in keys)} must say for which group",
            place.source.span(place.start, topic.origin.of(keys[0]).end),
            help=f"{instead}{both}; name each group that changes",
        )

    def _report_unknown(self, change: GroupChange, slot: ClassDay) -> None:
        names = [each.name for each in slot.pattern.groups]
        near = self.found.suggest(change.name, names)
        listed = " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
        of_kind = f" of `{slot.kind}`" if slot.kind is not None else ""
        self.found.error(
            "unknown-group",
            f"no group{of_kind} is called `{change.name}`",
            change.origin.span,
            help=f"did you mean `{near}`?" if near else f"the groups are {listed}",
        )


def _overlaps(one: TimeRange | None, other: TimeRange | None) -> bool:
    return one is None or other is None or one.overlaps(other)


def _show(place: Span) -> str:
    written = " ".join(place.text.split())
    return written if len(written) <= LONGEST_SHOWN else "…"


def meet_groups(groups: Groups, zone: ZoneInfo) -> tuple[GroupMeeting, ...]:
    """Return when and where each group of a session meets, in the order of the pattern."""
    return tuple(_meet(each, zone) for each in groups)


def _meet(day: GroupDay, zone: ZoneInfo) -> GroupMeeting:
    canceled = day.taken_by is not None
    moment = None if canceled else day.time
    return GroupMeeting(
        name=day.name,
        on=day.on,
        time=day.time,
        starts_at=place_time(day.on, moment.start, zone) if moment else None,
        ends_at=place_time(day.on, moment.end, zone) if moment else None,
        place=day.place,
        leader=day.pattern.leader,
        canceled=canceled,
    )


def span_days(groups: Groups, zone: ZoneInfo) -> tuple[tuple[datetime, datetime], ...]:
    """Return the instants at which each day begins and ends on which a group meets, in order."""
    return tuple((begin_day(on, zone), finish_day(on, zone)) for on in sorted({each.on for each in list_held(groups)}))

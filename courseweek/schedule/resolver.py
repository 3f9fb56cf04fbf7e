"""Moments as instants: `2 days after hw1` is resolved, then what depends on it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from courseweek.diagnostics import Diagnostics, Edit, Span
from courseweek.frozen import dataclass
from courseweek.model.assignment import Assignment, Milestone, Series
from courseweek.model.clock import describe_odd_time, suggest_odd_time
from courseweek.model.gaps import NO_GAPS, Gaps
from courseweek.model.meeting import AnyMeeting, Meeting, UndatedMeeting
from courseweek.model.moment import ByAnchor, InWeek, Moment, OnDay
from courseweek.model.slug import make_slug
from courseweek.model.term import Break
from courseweek.regex import lazy_pattern
from courseweek.schedule.calendar import Calendar
from courseweek.schedule.instants import place_time
from courseweek.schedule.lookup import MOST_MEANT, Lookup, Meant
from courseweek.schedule.series import report_no_meeting
from courseweek.schedule.window import check_window

LONGEST_CHAIN = 50
"""Moments in one chain of dependencies: longer chains are refused."""
MIDNIGHT = time(0)
LAST_MINUTE = time(23, 59)


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a moment can be relative to: from when to when it is. `own_time` is kept by days counted from it."""

    starts_at: datetime
    ends_at: datetime
    own_time: time | None = None


_NAME = lazy_pattern(r"[^\W\d_](?:[^:#,\[\]{}\"`&*!|>%@\n]*[^\W_])?")
"""The name of a break that can be written in a moment as it is, also between braces."""

_LIKE_A_MOMENT = lazy_pattern(r"^week \d+|(?:noon|midnight|\d ?[ap]\.?m\.?)$", re.IGNORECASE)


def _find_id(moment: Moment, id: str) -> Span | None:
    """Return the place of an id in a moment, None if it is not there once as typed."""
    written = moment.span.text
    at = written.find(id)
    return moment.span.within(at, at + len(id)) if written.count(id) == 1 else None


def _is_named(pause: Break, name: str) -> bool:
    return pause.name.casefold() == name.casefold()


def _from_date(rule: ByAnchor, text: str) -> str | None:
    """Return the moment meant by `2 days after 2027-02-08`, or None if it is not a day."""
    try:
        return rule.from_day(date.fromisoformat(text))
    except (ValueError, OverflowError):
        return None


class Resolver:
    """Finds the instants of moments; each deadline that others depend on is resolved once.

    `rows` are the dated rows with their readings. What `gaps` hide was reported before. Where they leave the days of
    meetings unsure, nothing that depends on these is reported.
    """

    def __init__(
        self,
        assignments: tuple[Assignment, ...],
        rows: Sequence[AnyMeeting],
        calendar: Calendar,
        found: Diagnostics,
        gaps: Gaps = NO_GAPS,
    ) -> None:
        self.term = term = calendar.term
        self.weeks = calendar.weeks
        self.class_days = calendar.open_days
        self.found = found
        self.gaps = gaps
        self.meetings = [row for row in rows if isinstance(row, Meeting) and row.pause is None]
        self.by_id = {row.id: row for row in self.meetings}
        self.undated = {row.id: row for row in rows if isinstance(row, UndatedMeeting)}
        """What is relative to one of these is to be decided too."""
        self.assignments = {each.id: each for each in assignments}
        self.milestones = {f"{each.id}-{step.id}": (each, step) for each in assignments for step in each.milestones}
        self.breaks = {each.name.casefold(): each for each in reversed(term.breaks)}
        # By the ids of the assignment and of the milestone: `a-b` alone could be either.
        self.known: dict[tuple[str, str | None], datetime | None] = {}
        self.chain: list[tuple[str, str | None]] = []
        self.unsure = False
        # The pairs of moments and breaks that are already reported.
        self.warned: set[tuple[int, int]] = set()

    def due_of(self, assignment: Assignment) -> datetime | None:
        """Return when an assignment is due."""
        return self._due((assignment.id, None), assignment.due)

    def due_of_milestone(self, assignment: Assignment, milestone: Milestone) -> datetime | None:
        """Return when a milestone is due."""
        return self._due((assignment.id, milestone.id), milestone.due)

    def _due(self, key: tuple[str, str | None], moment: Moment | None) -> datetime | None:
        if key not in self.known and len(self.chain) >= LONGEST_CHAIN:
            self.known[key] = None
            message = f"more than {LONGEST_CHAIN} moments depend on each other"
            place = moment.span if moment is not None else self.term.origin.span
            self.found.error("too-many", message, place, help="write some of them as dates")
        elif key not in self.known:
            self.chain.append(key)
            self.known[key] = self.resolve(moment, self.term.due_time, None) if moment is not None else None
            self.chain.pop()
        return self.known[key]

    def resolve(self, moment: Moment, default: time, row: Meeting | None) -> datetime | None:
        """Return the instant of a moment in the course's zone; None if it is to be decided, or wrong and reported.

        `default` is the time of day of a date alone, `row` the meeting for which a series holds.
        """
        at = self._resolve(moment, default, row)
        if at is not None and not (self.gaps.days and isinstance(moment.rule, ByAnchor)):
            self._warn_break(at.date(), moment, row)
        return at

    def release(self, moment: Moment, row: Meeting | None) -> datetime | None:
        """Return when a material of this meeting, or an assignment, comes out, which a break does not hinder."""
        return self._resolve(moment, MIDNIGHT, row)

    def accept(self, moment: Moment | None, row: Meeting | None) -> datetime | None:
        """Return until when late work is accepted, which a break does not hinder."""
        return self._resolve(moment, self.term.due_time, row) if moment is not None else None

    def was_due(self, moment: Moment | None, at: datetime | None) -> datetime | None:
        """Return when something was due that is due `at` now; a date alone keeps the time of day."""
        kept = at.timetz().replace(tzinfo=None) if at is not None else self.term.due_time
        return self._resolve(moment, kept, None) if moment is not None else None

    def _resolve(self, moment: Moment, default: time, row: Meeting | None) -> datetime | None:
        rule = moment.rule
        self.unsure = self.gaps.days and isinstance(rule, ByAnchor)
        if rule is None:
            return None
        if isinstance(rule, OnDay):
            at: datetime | None = self._at(rule.on, moment.time or default, moment)
        elif isinstance(rule, InWeek):
            at = self._in_week(rule, moment, default)
        else:
            at = self._by_anchor(rule, moment, default, row)
        if at is None or (self.gaps.days and isinstance(rule, ByAnchor)):
            return at
        inside = check_window(f"`{moment.text}`", at.date(), self.term, moment.span, self.found)
        return at if inside else None

    def _at(self, on: date, moment_of_day: time, moment: Moment) -> datetime:
        odd = describe_odd_time(on, moment_of_day, self.term.zone)
        if odd is not None and not self.unsure:
            help = suggest_odd_time(on, moment_of_day, self.term.zone)
            self.found.warning("clock-change", odd, moment.span, help=help)
        return place_time(on, moment_of_day, self.term.zone)

    def _warn_break(self, on: date, moment: Moment, row: Meeting | None) -> None:
        """Warn of a deadline in a break, once for all meetings of a series; one that names the break is meant."""
        inside = [each for each in self.term.breaks if each.holds(on)]
        if not inside or self._is_meant(on, moment, row, inside):
            return
        pause = inside[0]
        place = (moment.span.start, pause.origin.span.start)
        reported = place in self.warned or self._follows_one_reported(moment, pause)
        self.warned.add(place)
        if reported:
            return
        written = isinstance(moment.rule, OnDay)
        of_row = f" for `{row.id}`" if row is not None and not written else ""
        self.found.warning(
            "due-in-break",
            f"{f'{on} is' if written else f'`{moment.text}`{of_row} is {on},'} in the break `{pause.name}`",
            moment.span,
            help=self._move_out(moment, row, pause),
            other=(pause.origin.span, "the break is here"),
        )

    def _is_meant(self, on: date, moment: Moment, row: Meeting | None, inside: Sequence[Break]) -> bool:
        """Return whether a deadline counts from something in its break: the break by name, or a meeting."""
        rule = moment.rule
        if not isinstance(rule, ByAnchor):
            return False
        id = rule.id or ""
        if any(_is_named(each, id) for each in inside):
            return True
        if rule.relation == "next":
            return True
        meeting = row if rule.id is None else self.by_id.get(id)
        if meeting is None:
            return False
        own = [each for each in self.meetings if each.part and each.written is meeting.written]
        return any(on in each.days for each in (meeting, *own))

    def _follows_one_reported(self, moment: Moment, pause: Break) -> bool:
        """Return whether a deadline counts from one already reported to be in this break."""
        id = moment.rule.id or "" if isinstance(moment.rule, ByAnchor) else ""
        step = self.milestones.get(id)
        due = self.assignments[id].due if id in self.assignments else step[1].due if step is not None else None
        return due is not None and (due.span.start, pause.origin.span.start) in self.warned

    def _move_out(self, moment: Moment, row: Meeting | None, pause: Break) -> str:
        """Return the remedy: for what is meant, a moment that names the break, else another day."""
        if row is not None and isinstance(moment.rule, ByAnchor):
            return f"choose another moment, or leave `{row.id}` out with except: [{row.id}]"
        clock = f" at {moment.time.hour}:{moment.time:%M}" if moment.time is not None else ""
        kept = (
            f"if you mean the break, write end of {pause.name}{clock}; otherwise "
            if row is None and self._names(pause)
            else ""
        )
        if isinstance(moment.rule, OnDay):
            return f"{kept}choose another day"
        after = next((day for day in self.class_days if day > pause.ends), None)
        near = f", such as {after}{clock}" if after is not None else ""
        return f"{kept}choose another day{near}"

    def _names(self, pause: Break) -> bool:
        """Return whether a break's name is unique and can be written in a moment as it is."""
        name = pause.name
        others = {**self.by_id, **self.undated, **self.assignments, **self.milestones}
        alone = sum(_is_named(each, name) for each in self.term.breaks) == 1 and name not in others
        return alone and _NAME.fullmatch(name) is not None and _LIKE_A_MOMENT.search(name) is None

    def _in_week(self, rule: InWeek, moment: Moment, default: time) -> datetime | None:
        lowest = self.term.first_week
        if rule.number < lowest:
            message, help = f"weeks are counted from {lowest}", f"write week {lowest} or a later week"
            self.found.error("unknown-week", message, moment.span, help=help)
            return None
        first = self.weeks.first_day(rule.number)
        if rule.at == "start":
            return self._at(first, moment.time or MIDNIGHT, moment)
        if rule.at == "end":
            return self._at(first + timedelta(days=6), moment.time or LAST_MINUTE, moment)
        if isinstance(rule.at, int):
            day_of_week = timedelta(days=(rule.at - self.term.week_starts) % 7)
            return self._at(first + day_of_week, moment.time or default, moment)
        days = [day for day in self.class_days if first <= day < first + timedelta(days=7)]
        if not days:
            last = max((self.weeks.number(day) or 0 for day in self.class_days), default=0)
            self.found.error(
                "unknown-week",
                f"week {rule.number} has no class day",
                moment.span,
                help=f"the last week with class is week {last}; write end of week {rule.number}, or a day in it",
            )
            return None
        return self._at(days[-1], moment.time or default, moment)

    def _by_anchor(self, rule: ByAnchor, moment: Moment, default: time, row: Meeting | None) -> datetime | None:
        if rule.relation == "next":
            at = self._next_start(row)
            return at if at is None or moment.time is None else self._at(at.date(), moment.time, moment)
        of_meeting = row is not None and rule.id is None
        anchor = self._of_meeting(row, row) if row is not None and of_meeting else self._find(rule.id or "", moment)
        if anchor is None:
            return None
        zone = self.term.zone
        first, last = anchor.starts_at.date(), anchor.ends_at.date()
        if rule.relation in ("start", "end"):
            at = anchor.starts_at if rule.relation == "start" else anchor.ends_at
            return at if moment.time is None else self._at(at.date(), moment.time, moment)
        if rule.relation == "hours":
            base = anchor.ends_at if rule.amount > 0 else anchor.starts_at
            return (base.astimezone(UTC) + timedelta(hours=rule.amount)).astimezone(zone)
        if rule.relation == "day":
            on = first
        elif rule.relation == "days":
            on = (last if rule.amount > 0 else first) + timedelta(days=rule.amount)
        elif rule.relation == "weekday-after":
            on = last + timedelta(days=(rule.amount - last.weekday() - 1) % 7 + 1)
        else:
            on = first - timedelta(days=(first.weekday() - rule.amount - 1) % 7 + 1)
        # Days from a deadline keep its time of day, but what comes out comes out at 00:00.
        kept = anchor.own_time if rule.relation == "days" and default != MIDNIGHT else None
        return self._at(on, moment.time or kept or default, moment)

    def _next_start(self, row: Meeting | None) -> datetime | None:
        if row is None:
            return None
        start = self._start(row)
        return min((self._start(each) for each in self.meetings if self._start(each) > start), default=None)

    def _start(self, row: Meeting) -> datetime:
        if row.held:  # it begins with the first group that meets
            return min(each.starts_at or place_time(each.on, MIDNIGHT, self.term.zone) for each in row.held)
        return row.starts_at or place_time(row.on, MIDNIGHT, self.term.zone)

    def _end(self, row: Meeting) -> datetime:
        if row.held:
            return max(each.ends_at or place_time(each.on, self.term.due_time, self.term.zone) for each in row.held)
        return row.ends_at or place_time(row.on, self.term.due_time, self.term.zone)

    def _of_meeting(self, first: Meeting, last: Meeting) -> Anchor:
        return Anchor(self._start(first), last.until or self._end(last))

    def _find(self, id: str, moment: Moment) -> Anchor | None:
        """Return the anchor of this id, or None: unknown or ambiguous and reported, or itself to be decided."""
        meeting, assignment, step = self.by_id.get(id), self.assignments.get(id), self.milestones.get(id)
        pause = self.breaks.get(id.casefold())
        if self._is_ambiguous(id, moment):
            return None
        if meeting is not None:
            days = [row for row in self.meetings if row.part and row.written is meeting.written] or [meeting]
            return self._of_meeting(meeting, days[-1] if meeting.leads else meeting)
        if id in self.undated:
            return None
        if assignment is not None and assignment.each is not None:
            self.found.error(
                "bad-moment",
                f"`{id}` is due at several meetings, so it has no single date",
                moment.span,
                help="write the id of a meeting instead",
            )
            return None
        if assignment is not None:
            return self._of_due((id, None), assignment.due, moment)
        if step is not None:
            return self._of_due((step[0].id, step[1].id), step[1].due, moment)
        if pause is not None:
            return self._of_break(pause)
        if not self.gaps.hide_assignment(id):
            self._report_unknown(id, moment)
        return None

    def _any_meeting(self, id: str) -> AnyMeeting | None:
        return self.by_id.get(id) or self.undated.get(id)

    def _is_ambiguous(self, id: str, moment: Moment) -> bool:
        """Return whether several things have this id, or this name if they are breaks; report it if so."""
        meeting, assignment, step = self._any_meeting(id), self.assignments.get(id), self.milestones.get(id)
        named = [
            *([("the id of a meeting", meeting.written.origin.of("id"))] if meeting and meeting.written else []),
            *([("the id of an assignment", assignment.origin.of("id"))] if assignment else []),
            *([("the id of a milestone", step[1].origin.of("id"))] if step else []),
            *(("the name of a break", each.origin.of("name")) for each in self.term.breaks if _is_named(each, id)),
        ]
        if len(named) < 2:
            return False
        (first, _), (second, place) = named[:2]
        if first == second:
            message, help = f"two breaks are called `{id}`", "rename one of the two, or write a date"
        else:
            message, help = (
                f"`{id}` is {first} and {second.replace('the id of', 'of')}",
                "give one of the two another id",
            )
        self.found.error("ambiguous-id", message, moment.span, help=help, other=(place, "the second one is here"))
        return True

    def _of_due(self, key: tuple[str, str | None], due: Moment | None, moment: Moment) -> Anchor | None:
        if key in self.chain:
            keys = [*self.chain[self.chain.index(key) :], key]
            path = " → ".join("-".join(part for part in each if part is not None) for each in keys)
            self.found.error("cycle", f"circular deadline: {path}", moment.span, help="give one of them a date")
            return None
        at = self._due(key, due)
        return None if at is None else Anchor(at, at, at.timetz().replace(tzinfo=None))

    def _of_break(self, pause: Break) -> Anchor:
        zone = self.term.zone
        return Anchor(place_time(pause.starts, MIDNIGHT, zone), place_time(pause.ends, LAST_MINUTE, zone))

    def _report_unknown(self, id: str, moment: Moment) -> None:
        message = f"no meeting, assignment or break is called `{id}`"
        meant = self._mean(id, moment)
        if meant is not None:
            place = _find_id(moment, id)
            fix = (Edit(place, meant.only),) if place is not None and meant.only is not None else ()
            self.found.error("unknown-anchor", message, place or moment.span, help=meant.help, fix=fix)
            return
        names = [each.name for each in self.term.breaks]
        near = self.found.suggest(id, [*self.by_id, *self.undated, *self._titles_of_others(moment), *names])
        help = f"did you mean `{near}`?" if near else "write the id of a meeting or assignment, or the name of a break"
        if isinstance(moment.rule, ByAnchor) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", id):
            clear = _from_date(moment.rule, id)
            help = (
                f"write {clear}; a moment is relative to an id, not to a date"
                if clear
                else "write the date and the time"
            )
        self.found.error("unknown-anchor", message, moment.span, help=help)

    def _titles_of_others(self, moment: Moment) -> dict[str, str]:
        """Return the titles of assignments and milestones by their ids, without the one that is due at this moment."""
        of_all = {key: (each.title, each.due) for key, each in self.assignments.items()}
        of_all |= {key: (step.title, step.due) for key, (_, step) in self.milestones.items()}
        # Nothing is due by itself.
        return {key: title for key, (title, due) in of_all.items() if due is None or due.span != moment.span}

    def _mean(self, id: str, moment: Moment) -> Meant | None:
        """Return the meetings, assignments and milestones of which an anchor is the title, or what else names them."""
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", id):
            return None  # a moment that is counted from a date can be the date itself
        titled = self._titles_of_others(moment).items()
        found = [(key, f"“{title}”") for key, title in titled if make_slug(title) == make_slug(id) != ""]
        return Meant(tuple(found[:MOST_MEANT])) if found else Lookup(self.all_meetings).meeting(id)

    @property
    def all_meetings(self) -> list[AnyMeeting]:
        """The dated meetings in order of time, then those whose date is to be decided."""
        return [*self.meetings, *self.undated.values()]

    def check_skipped(self, assignment: Assignment) -> frozenset[str]:
        """Return the ids that a series leaves out; one that no meeting has is reported."""
        for id, span in assignment.skipped:
            if self._any_meeting(id) is None and not self.gaps.hide_meeting(id):
                report_no_meeting(id, span, self.all_meetings, self.found)
        return frozenset(id for id, _ in assignment.skipped)

    def report_empty(self, series: Series, *, excepted: bool) -> None:
        """Report a series without meetings: an error, but a warning where readings may still come."""
        if series.select == "required":
            if self.gaps.required:
                return
            message = f"no meeting {'that `except` leaves ' if excepted else ''}has required readings yet"
            help = "add readings to readings.yaml, or write each: meeting for all meetings"
            self.found.warning("empty-series", message, series.span, help=help)
        elif all(self._any_meeting(name) for name in series.names) or series.select == "all":
            message = f"`each: {series.text}` matches no meeting"
            help = "write meeting, a kind of meeting, or the ids of meetings"
            if series.select == "all":
                message, help = "the course has no meetings yet", "add topics under schedule:"
            elif excepted:
                message = f"`except` leaves out every meeting of `each: {series.text}`"
                help = "delete an id after except:, or name more meetings after each:"
            self.found.error("empty-series", message, series.span, help=help)

"""How the deadlines of another system agree with ours: which are the same, which differ, which one of us lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from courseweek.frozen import dataclass
from courseweek.lms.exported import Entry, Exported
from courseweek.lms.matching import Pair, choose_courses, match_deadlines
from courseweek.lms.own_deadlines import OwnDeadline, list_own_deadlines
from courseweek.model.course import Course
from courseweek.model.meeting import Schedule

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
FARTHEST_ZONE = timedelta(hours=14)
OTHER_TERM = timedelta(days=60)
"""If all deadlines are this far apart, they are those of another term."""
LONGEST_AHEAD = timedelta(days=60)
"""How far Moodle looks ahead in its usual export."""

Verdict = Literal["same", "other day", "differs"]


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair, what comes of it, and how much later theirs is: by the clock, None if one of them has no moment.

    `other day` is the same moment under the date of the next day: 23:59 here is 0:00 there.
    """

    pair: Pair
    verdict: Verdict
    later: timedelta | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a comparison comes to.

    `courses` are the courses of the file that are ours, `others` those that are not. `judged` are in order of time.
    `only_here` and `only_there` are what the other side lacks, `exceptions` dates of single sections or students.
    `uncovered` are deadlines of ours at which the file does not look: they are before its first entry or after its
    last, and `covered` are the days at which it does, if these are only one week. `shift` is by how much their clock is
    ahead of ours, the least and the most, None if it is not. `other_term` is whether the file is of another term.
    """

    courses: tuple[str, ...]
    others: tuple[str, ...]
    judged: tuple[Judged, ...]
    only_here: tuple[OwnDeadline, ...]
    only_there: tuple[Entry, ...]
    exceptions: tuple[Pair, ...]
    uncovered: tuple[OwnDeadline, ...]
    covered: tuple[date, date] | None
    shift: tuple[timedelta, timedelta] | None
    other_term: bool
    left_out: int
    left_out_of_others: int

    @property
    def differing(self) -> tuple[Judged, ...]:
        """The pairs that differ."""
        return tuple(each for each in self.judged if each.verdict == "differs")

    @property
    def is_whole(self) -> bool:
        """Whether nothing differs, nobody lacks anything, and something could be compared."""
        lacking = self.only_here or self.only_there or (self.uncovered and not self.judged)
        return not (self.differing or lacking)


def compare_deadlines(course: Course, schedule: Schedule, exported: Exported, now: datetime) -> Agreement | None:
    """Return how an export agrees with a course as of `now`; None if it is of other courses."""
    syllabus = course.syllabus
    own = list_own_deadlines(course, schedule)
    ours = choose_courses(own, exported.entries, syllabus.code, syllabus.title)
    others = tuple(dict.fromkeys(each.course for each in exported.entries if each.course and each.course not in ours))
    if others and not ours:
        return None
    entries = [each for each in exported.entries if each.course is None or each.course in ours]
    matched = match_deadlines(own, entries, exported.system)
    if not (matched.pairs or ours) and own and matched.theirs:
        return None
    judged = tuple(_judge(each, exported.system) for each in matched.pairs)
    covered = _find_week(exported, matched.ours, syllabus.term.week_starts)
    uncovered = _find_uncovered(exported, matched.ours, now, covered)
    return Agreement(
        tuple(each for each in dict.fromkeys(entry.course for entry in entries) if each is not None),
        others,
        judged,
        tuple(each for each in matched.ours if each not in uncovered),
        matched.theirs,
        matched.exceptions,
        uncovered,
        covered,
        _find_shift(judged),
        _is_of_other_term(judged),
        matched.left_out + exported.repeated,
        len(exported.entries) - len(entries),
    )


def _judge(pair: Pair, system: str) -> Judged:
    own, entry = pair.own, pair.entry
    if own.at is None:
        return Judged(pair, "differs", None)
    same_day = own.at.date() == entry.at.date()
    # Canvas writes a day for 23:59. In another system, a day has no time that could differ.
    if own.exam or (entry.whole_day and system != "Canvas"):
        days = timedelta(days=(entry.at.date() - own.at.date()).days)
        return Judged(pair, "same" if same_day else "differs", days)
    later = entry.at.astimezone(UTC) - own.at.astimezone(UTC)
    if abs(later) <= MINUTE:
        return Judged(pair, "same" if same_day else "other day", timedelta(0))
    by_the_clock = entry.at.replace(tzinfo=None) - own.at.replace(tzinfo=None)
    return Judged(pair, "differs", by_the_clock or later)


def _find_shift(judged: Sequence[Judged]) -> tuple[timedelta, timedelta] | None:
    """Return by how much the clock of another system is ahead if most of its deadlines are off by the same hours.

    A clock change that only one of the two zones makes is an hour more or less.
    """
    timed = [each for each in judged if not (each.pair.entry.whole_day or each.pair.own.exam or each.later is None)]
    counted = Counter(each.later for each in timed if each.later is not None and _is_shift(each.later))
    if not counted:
        return None
    most = counted.most_common(1)[0][0]
    wider = max((most - HOUR, most + HOUR), key=lambda other: counted[other])
    low, high = sorted((most, wider)) if counted[wider] else (most, most)
    number = counted[low] + (counted[high] if high != low else 0)
    return (low, high) if number > 1 and number * 4 >= len(timed) * 3 else None


def _is_shift(later: timedelta) -> bool:
    """Return whether two time zones can be that far apart."""
    return timedelta(0) < abs(later) <= FARTHEST_ZONE and later % timedelta(minutes=15) == timedelta(0)


def _is_of_other_term(judged: Sequence[Judged]) -> bool:
    """Return whether all deadlines are months apart from ours."""
    apart = [each.later for each in judged if each.later is not None]
    return len(apart) > 1 and all(abs(each) >= OTHER_TERM for each in apart)


def _find_week(exported: Exported, missing: Sequence[OwnDeadline], week_starts: int) -> tuple[date, date] | None:
    """Return the week that a file of Moodle covers if it is one of a week: all of its entries are in it.

    None if nothing of ours is outside of it.
    """
    days = [each.at.date() for each in exported.entries]
    if exported.system != "Moodle" or not days:
        return None
    first = min(days) - timedelta(days=(min(days).weekday() - week_starts) % 7)
    last = first + timedelta(days=6)
    return (first, last) if max(days) <= last and any(not first <= day <= last for day in _days(missing)) else None


def _find_uncovered(
    exported: Exported, missing: Sequence[OwnDeadline], now: datetime, week: tuple[date, date] | None
) -> tuple[OwnDeadline, ...]:
    """Return which of our deadlines a file does not cover: systems leave out what is past, and what is far away."""
    if not exported.entries:
        return ()
    moments = [each.at for each in exported.entries]
    first, last = min(moments), max(moments)
    farthest = now + LONGEST_AHEAD
    is_short = exported.system == "Moodle" and last <= farthest

    def is_uncovered(at: datetime) -> bool:
        if week is not None:
            return not week[0] <= at.date() <= week[1]
        return (at < first and at < now) or (is_short and at > farthest)

    return tuple(each for each in missing if each.at is not None and is_uncovered(each.at))


def _days(deadlines: Sequence[OwnDeadline]) -> list[date]:
    return [each.at.date() for each in deadlines if each.at is not None]

"""The rule of a series as an English sentence: "Due at the start of every lecture except the first."

It is made from the rule, not from the text that somebody typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from markupsafe import Markup, escape

from courseweek.frozen import dataclass
from courseweek.language.locale import Locale
from courseweek.model.assignment import Assignment, Deadline, Series
from courseweek.model.meeting import AnyMeeting
from courseweek.model.moment import ByAnchor, Moment
from courseweek.render.direction import isolate

_MIDNIGHT = time(0)
_COUNTED = ("", "", " two", " three", " four", " five")
"""How many meetings at an end of the series are left out, in words after "the first"."""


@dataclass(frozen=True, slots=True)
class _Meetings:
    """The meetings of a series in words: `every` of them at once, `each` by itself, `rest` for what is left out."""

    every: str
    each: str
    rest: str = ""

    def of(self, edge: str) -> str:
        """Return "the start of every lecture", or "its start" for a meeting that is named before."""
        return f"its {edge}" if self is _IT else Markup("the {} of {}").format(edge, self.every)


_IT = _Meetings("it", "it")


def say_series(
    assignment: Assignment, deadlines: Sequence[Deadline], meetings: Sequence[AnyMeeting], usual: time, locale: Locale
) -> str | None:
    """Return the rule of a series as a sentence, None for what is due once.

    `deadlines` are those of the assignment, `meetings` all of the course; `usual` is the time of a date alone.
    """
    if assignment.each is None:
        return None
    named = _name_meetings(assignment, assignment.each, deadlines, meetings, locale)
    fixed = {kind: _find_fixed(deadlines, kind) for kind in ("out", "due")}
    parts = [_say_due(assignment.due, named, fixed["due"], usual, locale)]
    if assignment.out is not None and assignment.out.rule is not None:
        parts.append(Markup("out {}").format(_join_phrase(_say(assignment.out, _IT, fixed["out"], _MIDNIGHT, locale))))
    if assignment.accepted_until is not None and assignment.accepted_until.rule is not None:
        last = next((each.accepted_until for each in deadlines if each.accepted_until and each.own is None), None)
        until = _say(assignment.accepted_until, _IT, last, usual, locale)
        parts.append(Markup("late work is accepted until {}").format(until[1]))
    return Markup("{}.").format(Markup("; ").join(parts))


def _find_fixed(deadlines: Sequence[Deadline], kind: str) -> datetime | None:
    """Return the instant that all deadlines of a kind share where their rule is a date."""
    return next((each.at for each in deadlines if each.kind == kind and each.own is None and each.at), None)


def _say_due(due: Moment | None, named: _Meetings, fixed: datetime | None, usual: time, locale: Locale) -> str:
    if due is None or due.rule is None:
        return Markup("Due for {}{}, on dates to be decided").format(named.every, named.rest)
    phrase = _join_phrase(_say(due, named, fixed, usual, locale))
    if not isinstance(due.rule, ByAnchor):
        return Markup("Due {} for {}{}").format(phrase, named.every, named.rest)
    # What follows the meetings would be read as a part of the exception.
    comma = "," if named.rest and not phrase.endswith((escape(named.every), escape(named.each))) else ""
    return Markup("Due {}{}{}").format(phrase, comma, named.rest)


def _join_phrase(phrase: tuple[str, str]) -> str:
    return Markup(" ").join(each for each in phrase if each)


def _say(moment: Moment, named: _Meetings, fixed: datetime | None, usual: time, locale: Locale) -> tuple[str, str]:
    """Return a moment by the meetings of a series as its preposition and the words after it.

    `fixed` is its instant where it is the same for all of them, `usual` the time of a date alone.
    """
    rule = moment.rule
    clock = locale.clock(moment.time or usual)
    at = "" if moment.time is None and usual == _MIDNIGHT else f" at {clock}"
    if not isinstance(rule, ByAnchor):
        if fixed is None:
            return "on", "a date to be decided"
        midnight = "" if fixed.time() == _MIDNIGHT and usual == _MIDNIGHT else f" at {locale.clock(fixed.time())}"
        return "on", f"{locale.short_day(fixed.date())}{midnight}"
    if rule.relation == "day" or (rule.relation in ("start", "end") and moment.time is not None):
        return "on", Markup("{}{}").format(named.of("day"), at)
    if rule.relation in ("start", "end"):
        return "at", named.of(rule.relation)
    side = "before" if rule.amount < 0 else "after"
    if rule.relation == "hours":
        edge = named.of("start" if rule.amount < 0 else "end")
        return "", Markup("{} {} {}").format(_count(abs(rule.amount), "hour"), side, edge)
    if rule.relation == "days":
        if rule.amount == 0:
            return "on", Markup("{}{}").format(named.of("day"), at)
        weeks, days = divmod(abs(rule.amount), 7)
        amount = _count(weeks, "week") if not days else _count(abs(rule.amount), "day")
        return "", Markup("{} {} {}{}").format(amount, side, named.each, at)
    if rule.relation == "next":
        after = Markup("the next meeting after {}").format(named.each)
        if moment.time is not None:
            return "on", Markup("the day of {}{}").format(after, at)
        return "at", Markup("the start of {}").format(after)
    side = "before" if rule.relation == "weekday-before" else "after"
    return "", Markup("the {} {} {}{}").format(locale.weekday(rule.amount), side, named.each, at)


def _count(amount: int, unit: str) -> str:
    return f"{amount} {unit}{'' if amount == 1 else 's'}"


def _name_meetings(
    assignment: Assignment,
    series: Series,
    deadlines: Sequence[Deadline],
    meetings: Sequence[AnyMeeting],
    locale: Locale,
) -> _Meetings:
    """Return the meetings of a series in words."""
    skipped = {id for id, _ in assignment.skipped}
    own = {each.meeting for each in deadlines if each.kind == "due"} | skipped
    rest = _except([row for row in meetings if row.id in own], skipped, locale)
    if series.select != "named":
        tail = " with required readings" if series.select == "required" else ""
        return _Meetings(f"every meeting{tail}", f"each meeting{tail}", rest)
    topics = {row.id: row.topic for row in meetings if row.pause is None}
    kinds = {row.kind.casefold(): row.kind for row in meetings if row.kind is not None}
    nouns = [isolate(_lower(kinds[name.casefold()])) for name in series.names if name.casefold() in kinds]
    titles = [isolate(topics.get(name, name)) for name in series.names if name.casefold() not in kinds]
    if not nouns:
        each_of = _join(titles, locale) if len(titles) == 1 else Markup("each of {}").format(_join(titles, locale))
        return _Meetings(each_of, each_of, rest)
    every, each = ([Markup("{} {}").format(word, noun) for noun in nouns] for word in ("every", "each"))
    return _Meetings(_join([*every, *titles], locale), _join([*each, *titles], locale), rest)


def _join(names: Sequence[str], locale: Locale) -> Markup:
    """Return "A, B and C"; each of them is isolated."""
    return Markup(locale.join_list([escape(name) for name in names]))  # as text: it joins what is HTML already


def _lower(kind: str) -> str:
    """Return the name of a kind within a sentence: "lecture", but "Q&A" and "GSI section"."""
    return " ".join(word.lower() if word.isalpha() and word.istitle() else word for word in kind.split(" "))


def _except(rows: Sequence[AnyMeeting], skipped: set[str], locale: Locale) -> str:
    """Return " except the first", or the meetings that a series leaves out by name; `rows` are all of the series."""
    left_out = [row.id in skipped for row in rows]
    if True not in left_out:
        return ""
    if False in left_out:
        first, last = left_out.index(False), left_out[::-1].index(False)
        if first + last == left_out.count(True) and max(first, last) < len(_COUNTED):
            ends = [f"the {end}{_COUNTED[count]}" for end, count in (("first", first), ("last", last)) if count]
            return f" except {locale.join_list(ends)}"
    return Markup(" except {}").format(_join([isolate(row.topic) for row in rows if row.id in skipped], locale))

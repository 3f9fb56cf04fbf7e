"""The rule of a series as a sentence of the page's language: "Due at the start of every lecture except the first."

It is made from the rule, not from the text that somebody typed. A moment is a phrase that a language has as a whole,
with the meetings in it; "it" in the messages is a meeting that the sentence has named before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time

from markupsafe import Markup, escape

from courseweek.frozen import dataclass
from courseweek.language.locale import Locale, noted, noted_counts
from courseweek.model.assignment import Assignment, Deadline, Series
from courseweek.model.meeting import AnyMeeting
from courseweek.model.moment import ByAnchor, Moment
from courseweek.render.direction import isolate

_MIDNIGHT = time(0)
_FIRST = (
    noted("the first"),
    noted("the first two"),
    noted("the first three"),
    noted("the first four"),
    noted("the first five"),
)
_LAST = (
    noted("the last"),
    noted("the last two"),
    noted("the last three"),
    noted("the last four"),
    noted("the last five"),
)
# By what a moment is relative to: what is said of the meetings of a series, of "it", and after "until".
_EDGES = {
    "start": (noted("at the start of {meetings}"), noted("at its start"), noted("its start")),
    "end": (noted("at the end of {meetings}"), noted("at its end"), noted("its end")),
    "day": (noted("on the day of {meetings}"), noted("on its day"), noted("its day")),
    "next": (
        noted("at the start of the next meeting after {meetings}"),
        noted("at the start of the next meeting after it"),
        noted("the start of the next meeting after it"),
    ),
    "next day": (
        noted("on the day of the next meeting after {meetings}"),
        noted("on the day of the next meeting after it"),
        noted("the day of the next meeting after it"),
    ),
    "weekday-before": (noted("the {weekday} before {meetings}"), *2 * (noted("the {weekday} before it"),)),
    "weekday-after": (noted("the {weekday} after {meetings}"), *2 * (noted("the {weekday} after it"),)),
}
_COUNTS = {
    ("hours", "before"): (
        noted_counts("{count} hour before the start of {meetings}", "{count} hours before the start of {meetings}"),
        noted_counts("{count} hour before its start", "{count} hours before its start"),
    ),
    ("hours", "after"): (
        noted_counts("{count} hour after the end of {meetings}", "{count} hours after the end of {meetings}"),
        noted_counts("{count} hour after its end", "{count} hours after its end"),
    ),
    ("days", "before"): (
        noted_counts("{count} day before {meetings}", "{count} days before {meetings}"),
        noted_counts("{count} day before it", "{count} days before it"),
    ),
    ("days", "after"): (
        noted_counts("{count} day after {meetings}", "{count} days after {meetings}"),
        noted_counts("{count} day after it", "{count} days after it"),
    ),
    ("weeks", "before"): (
        noted_counts("{count} week before {meetings}", "{count} weeks before {meetings}"),
        noted_counts("{count} week before it", "{count} weeks before it"),
    ),
    ("weeks", "after"): (
        noted_counts("{count} week after {meetings}", "{count} weeks after {meetings}"),
        noted_counts("{count} week after it", "{count} weeks after it"),
    ),
}
"""What is said of the meetings of a series, and of "it", by unit and side, for one and for many."""
_OF_SERIES, _OF_IT, _UNTIL = range(3)
_MOST_MOVED = 3
"""Meetings with a due moment of their own that a sentence names; with more, each deadline says its own."""


@dataclass(frozen=True, slots=True)
class _Meetings:
    """The meetings of a series in words: `every` of them at once, `each` by itself, `left_out` what is not of it."""

    every: str
    each: str
    left_out: str | None = None


def say_series(
    assignment: Assignment, deadlines: Sequence[Deadline], meetings: Sequence[AnyMeeting], usual: time, locale: Locale
) -> str | None:
    """Return the rule of a series as a sentence, None for what is due once.

    `deadlines` are those of the assignment, `meetings` all of the course; `usual` is the time of a date alone.
    """
    if assignment.each is None:
        return None
    say = _Sentence(_name_meetings(assignment, assignment.each, deadlines, meetings, locale), locale)
    fixed = {kind: _find_fixed(deadlines, kind) for kind in ("out", "due")}
    clauses = [say.say_due(assignment.due, fixed["due"], usual)]
    if assignment.out is not None and assignment.out.rule is not None:
        out = say.say_moment(assignment.out, fixed["out"], _MIDNIGHT, _OF_IT)
        clauses.append(locale.gettext("out {moment}", moment=out))
    if assignment.accepted_until is not None and assignment.accepted_until.rule is not None:
        last = next((each.accepted_until for each in deadlines if each.accepted_until and each.own is None), None)
        until = say.say_moment(assignment.accepted_until, last, usual, _UNTIL)
        clauses.append(locale.gettext("late work is accepted until {moment}", moment=until))
    moved = [each for each in deadlines if each.own is not None]
    if 0 < len(moved) <= _MOST_MOVED:
        clauses.append(say.say_moved(moved, {row.id: row.topic for row in meetings if row.pause is None}, usual))
    sentence = clauses[0]
    for each in clauses[1:]:
        sentence = locale.gettext("{clause}; {following}", clause=sentence, following=each)
    return locale.gettext("{clauses}.", clauses=sentence)


def _find_fixed(deadlines: Sequence[Deadline], kind: str) -> datetime | None:
    """Return the instant that all deadlines of a kind share where their rule is a date."""
    return next((each.at for each in deadlines if each.kind == kind and each.own is None and each.at), None)


class _Sentence:
    """Says moments of a series in a language."""

    def __init__(self, named: _Meetings, locale: Locale) -> None:
        self.named = named
        self.locale = locale

    def say_due(self, due: Moment | None, fixed: datetime | None, usual: time) -> str:
        """Return when all of the series is due, and what is left out."""
        every = self.named.every
        if due is None or due.rule is None:
            return self.locale.gettext("Due for {meetings}, on dates to be decided", meetings=self._except(every))
        phrase = self.say_moment(due, fixed, usual, _OF_SERIES)
        if not isinstance(due.rule, ByAnchor):
            return self._except(self.locale.gettext("Due {moment} for {meetings}", moment=phrase, meetings=every))
        # What follows the meetings would be read as a part of the exception.
        ends = phrase.endswith((escape(every), escape(self.named.each)))
        return self._except(self.locale.gettext("Due {moment}", moment=phrase), comma=not ends)

    def say_moved(self, moved: Sequence[Deadline], topics: Mapping[str, str], usual: time) -> str:
        """Return when the meetings are due that have a moment of their own; `topics` are those of all, by their ids."""
        said = []
        for each in moved:
            topic = _name_topic(topics.get(each.meeting or "", ""), self.locale)
            when = self._fixed(each.at, usual, _OF_IT)
            said.append(self.locale.gettext("due for {meeting} {moment}", meeting=topic, moment=when))
        return _join(said, self.locale)

    def _except(self, said: str, *, comma: bool = False) -> str:
        left_out = self.named.left_out
        if left_out is None:
            return said
        if comma:
            return self.locale.gettext("{clause}, except {meetings}", clause=said, meetings=left_out)
        return self.locale.gettext("{clause} except {meetings}", clause=said, meetings=left_out)

    def say_moment(self, moment: Moment, fixed: datetime | None, usual: time, of: int) -> str:
        """Return a moment as a phrase.

        `fixed` is its instant where it is the same for all meetings, `usual` the time of a date alone. `of` says of
        what the phrase speaks: an index of each of the `_EDGES`.
        """
        rule = moment.rule
        if not isinstance(rule, ByAnchor):
            return self._fixed(fixed, usual, of)
        if rule.relation == "hours":
            return self._count(rule.amount, "hours", of)
        if rule.relation in ("start", "end", "next") and moment.time is None:
            return self._phrase(rule.relation, of)
        if rule.relation == "days" and rule.amount:
            days = abs(rule.amount)
            phrase = self._count(rule.amount, "weeks" if days % 7 == 0 else "days", of)
        elif rule.relation.startswith("weekday"):
            phrase = self._phrase(rule.relation, of, weekday=self.locale.weekday(rule.amount))
        else:
            phrase = self._phrase("next day" if rule.relation == "next" else "day", of)
        if moment.time is None and usual == _MIDNIGHT:
            return phrase
        return self.locale.gettext("{moment} at {time}", moment=phrase, time=self.locale.clock(moment.time or usual))

    def _fixed(self, fixed: datetime | None, usual: time, of: int) -> str:
        if fixed is None:
            return (
                self.locale.gettext("a date to be decided")
                if of == _UNTIL
                else self.locale.gettext("on a date to be decided")
            )
        day = self.locale.short_day(fixed.date())
        phrase = day if of == _UNTIL else self.locale.gettext("on {day}", day=day)
        if fixed.time() == _MIDNIGHT and usual == _MIDNIGHT:
            return phrase
        return self.locale.gettext("{moment} at {time}", moment=phrase, time=self.locale.clock(fixed.time()))

    def _phrase(self, relation: str, of: int, **values: str) -> str:
        every = relation in ("start", "end", "day")
        meetings = self.named.every if every else self.named.each
        named = {"meetings": meetings} if of == _OF_SERIES else {}
        return self.locale.gettext(_EDGES[relation][of], **values, **named)

    def _count(self, amount: int, unit: str, of: int) -> str:
        """Return how many hours, days or weeks a moment is before or after a meeting."""
        side = "before" if amount < 0 else "after"
        one, many = _COUNTS[unit, side][min(of, _OF_IT)]
        count = abs(amount) // 7 if unit == "weeks" else abs(amount)
        meetings = self.named.every if unit == "hours" else self.named.each
        named = {"meetings": meetings} if of == _OF_SERIES else {}
        return self.locale.ngettext(one, many, count, **named)


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
    left_out = _name_left_out([row for row in meetings if row.id in own], skipped, locale)
    if series.select == "required":
        every, each = (
            locale.gettext("every meeting with required readings"),
            locale.gettext("each meeting with required readings"),
        )
        return _Meetings(every, each, left_out)
    if series.select != "named":
        return _Meetings(locale.gettext("every meeting"), locale.gettext("each meeting"), left_out)
    topics = {row.id: row.topic for row in meetings if row.pause is None}
    kinds = {row.kind.casefold(): row.kind for row in meetings if row.kind is not None}
    nouns = [isolate(_name_kind(kinds[name.casefold()], locale)) for name in series.names if name.casefold() in kinds]
    titles = [_name_topic(topics.get(name, name), locale) for name in series.names if name.casefold() not in kinds]
    if not nouns:
        all_of: str = _join(titles, locale)
        each_of = all_of if len(titles) == 1 else locale.gettext("each of {meetings}", meetings=all_of)
        return _Meetings(each_of, each_of, left_out)
    everyone = [locale.gettext("every {kind}", kind=noun) for noun in nouns]
    each_one = [locale.gettext("each {kind}", kind=noun) for noun in nouns]
    return _Meetings(_join([*everyone, *titles], locale), _join([*each_one, *titles], locale), left_out)


def _join(names: Sequence[str], locale: Locale) -> Markup:
    """Return "A, B and C"; each of them is isolated."""
    return Markup(locale.join_list([escape(name) for name in names]))  # as text: it joins what is HTML already


def _name_topic(topic: str, locale: Locale) -> str:
    """Return the title of a meeting as it is within a sentence."""
    return locale.gettext("{topic}", topic=isolate(topic))


def _name_kind(kind: str, locale: Locale) -> str:
    """Return the name of a kind within a sentence: "lecture", but "Q&A"; as written if not English."""
    if locale.page_tag.partition("-")[0].lower() != "en":
        return kind
    return " ".join(word.lower() if word.isalpha() and word.istitle() else word for word in kind.split(" "))


def _name_left_out(rows: Sequence[AnyMeeting], skipped: set[str], locale: Locale) -> str | None:
    """Return "the first", or the meetings that a series leaves out by name; `rows` are all of the series."""
    left_out = [row.id in skipped for row in rows]
    if True not in left_out:
        return None
    if False in left_out:
        first, last = left_out.index(False), left_out[::-1].index(False)
        if first + last == left_out.count(True) and max(first, last) <= len(_FIRST):
            ends = [names[count - 1] for names, count in ((_FIRST, first), (_LAST, last)) if count]
            return locale.join_list([locale.gettext(each) for each in ends])
    return _join([_name_topic(row.topic, locale) for row in rows if row.id in skipped], locale)

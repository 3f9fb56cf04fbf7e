"""A date that prose gives as an assignment's deadline is its deadline.

Passing: "Homework 1 is due Friday, 12 February", where it is due on that day.
Failing: "Homework 1 (due 5 February)", "5 February: Homework 1 due", "The deadline for Homework 1 is 5 February".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from courseweek.checks.passages import Passage
from courseweek.checks.prose.mentions import Mention
from courseweek.diagnostics import Diagnostic, Span
from courseweek.frozen import dataclass
from courseweek.model.assignment import Assignment, Deadline
from courseweek.model.meeting import Schedule
from courseweek.model.term import Term
from courseweek.read.values.dates import Window
from courseweek.regex import lazy_pattern
from courseweek.render.views.words import clock, dated_day, short_day

_SMALL_HOURS = 6
"""A deadline before this hour is of the night before, as people say it."""
LONGEST_SENTENCE = 1_000
"""Characters in a sentence: longer text is not compared."""
_DUE = lazy_pattern(r"\b(?:[Dd](?:ue|eadline)|DUE|[Ss]ubmit|[Hh]and(?:ed)? in|[Tt]urn(?:ed)? in)")
_SENTENCE_END = lazy_pattern(
    r"(?<=[\w)*_\"”]{2}[.;!?])(?<!Mon\.)(?<!Tue\.)(?<!Wed\.)(?<!Thu\.)(?<!Fri\.)(?<!Sat\.)(?<!Sun\.)\s+(?=[A-Z*_\[])"
    r"|\n[ \t]*\r?\n|\n(?=[ \t]*(?:[-*+|#>]|\d+[.)])[ \t])"
)
_MARKS = r"[\s*_:()\[\]|,–—-]*"
_CLOCK = r"(?:at|by|on|before|is|the|end of|end of day|noon|midnight|in class|\d{1,2}(?::\d\d)?(?:[ ]?[ap]\.?m\.?)?)"
# Between the name and the date, the date before the name, and the name inside: "the deadline for … is 5 February".
_NAME_DUE = (
    rf"(?i:{_MARKS}(?:(?:is|are|was|will be|must be|to be|has to be|should be)\s+)?"
    rf"(?:due|deadline|submitted|handed in|turned in)(?: date)?{_MARKS}(?:{_CLOCK}(?!\w){_MARKS})*)"
)
_DEADLINE_OF = r"(?i)\b(?:deadline|due date)s?\s+(?:for|of)\s+(?:the\s+|your\s+)?[*_\[]*$"
_SUBMIT = r"(?i)\b(?:submit|hand in|turn in)\s+(?:the\s+|your\s+)?[*_\[]*$"
_UNTIL = rf"(?i){_MARKS}(?:is|by|on|until|no later than)?{_MARKS}(?:{_CLOCK}(?!\w){_MARKS})*"
_DUE_AFTER = r"(?i)[*_\]]*\s+(?:is\s+|are\s+)?due\b(?!\s*\w*\s*\d)"


@dataclass(frozen=True, slots=True)
class _DatedAssignment:
    """What has one name: when it is due, until when late work is accepted, and the deadline to show."""

    title: str
    days: frozenset[date]
    late: frozenset[date]
    deadline: Deadline


class DueDays:
    """The days on which the assignments of a course are due, by what they are called in prose.

    Only those whose every deadline has a date, and that are due once or by milestones, can be held against it.
    """

    def __init__(self, schedule: Schedule, term: Term) -> None:
        """Take the dated course and its term."""
        self.window = Window(term.starts, term.ends)
        self.by_name: dict[str, _DatedAssignment | None] = {}
        self.by_assignment: dict[int, _DatedAssignment | None] = {}
        by_assignment: dict[int, list[Deadline]] = {}
        for deadline in schedule.deadlines:
            if deadline.kind != "out":
                by_assignment.setdefault(id(deadline.assignment), []).append(deadline)
        for assignment in schedule.assignments:
            own = by_assignment.get(id(assignment), [])
            known = _known(assignment.title, own)
            self.by_assignment[id(assignment)] = known
            self._add(assignment.title, known)
            self._add(assignment.id, known)
            for each in own:
                if each.milestone is not None:
                    self._add(each.milestone.title, _known(each.milestone.title, [each]))
        names = sorted((re.escape(name).replace(r"\ ", r"\s+") for name in self.by_name), key=len, reverse=True)
        self.names = re.compile(rf"(?<![\w-])(?:{'|'.join(names)})(?![\w-])", re.IGNORECASE) if names else None

    def _add(self, name: str, known: _DatedAssignment | None) -> None:
        name = " ".join(name.casefold().split())
        if name in self.by_name:
            before = self.by_name[name]
            same = before is not None and known is not None and before.days == known.days
            known = known if same else None  # two things with one name: it is unclear which is meant
        self.by_name[name] = known

    def named(self, words: str) -> _DatedAssignment | None:
        """Return what has this name."""
        return self.by_name.get(" ".join(words.casefold().split()))

    def of(self, assignment: Assignment | None) -> _DatedAssignment | None:
        """Return what an assignment's own page speaks of."""
        return self.by_assignment.get(id(assignment)) if assignment is not None else None


def _known(title: str, deadlines: list[Deadline]) -> _DatedAssignment | None:
    dated = [each for each in deadlines if each.at is not None and each.meeting is None]
    if not dated or len(dated) != len(deadlines):
        return None
    days: set[date] = set()
    for each in dated:
        assert each.at is not None
        days.add(each.at.date())
        if each.at.hour < _SMALL_HOURS:
            days.add(each.at.date() - timedelta(days=1))
    late = frozenset(each.accepted_until.date() for each in dated if each.accepted_until is not None)
    return _DatedAssignment(title, frozenset(days), late, dated[0])


def check_due(passage: Passage, words: str, mentions: list[Mention], due: DueDays) -> Iterator[Diagnostic]:
    """Yield a warning for each date that is given as a deadline but is not one of that assignment's."""
    if passage.on_reading or not mentions or not _DUE.search(words):
        return
    start = at = 0
    for end in (*(match.end() for match in _SENTENCE_END.finditer(words)), len(words)):
        first = at
        while at < len(mentions) and mentions[at].start < end:
            at += 1
        inside = mentions[first:at]
        if inside and end - start <= LONGEST_SENTENCE and _DUE.search(words, start, end):
            yield from _check_sentence(passage, words, (start, end), inside, due)
        start = end


def _check_sentence(
    passage: Passage, words: str, sentence: tuple[int, int], mentions: list[Mention], due: DueDays
) -> Iterator[Diagnostic]:
    """Compare the dates of one sentence; one that names several dates, of which one is right, is taken as right."""
    found = _claims(passage, words, sentence, mentions, due)
    for known, claimed in found:
        right = any((known.days | known.late).intersection(each.days(due.window)) for each in mentions)
        inside = [day for day in claimed.days(due.window) if due.window.first <= day <= due.window.last]
        if right or claimed.ranged or not inside or _is_midnight(words, claimed, known, inside):
            continue
        place: Span | None = known.deadline.moment.span if known.deadline.moment is not None else None
        at = known.deadline.at
        assert at is not None
        shown = " or ".join(short_day(day) for day in sorted(known.days)[:3])
        if at.hour < _SMALL_HOURS and len(known.days) == 2:
            shown = f"{short_day(at.date())}, {clock(at.time())}"
        yield Diagnostic(
            "warning",
            "other-deadline",
            f"`{known.title}` is due on {shown}, not on {claimed.name}",
            passage.span.within(claimed.start, claimed.end),
            f"write {shown} here, or change the deadline",
            (place, f"it is due on {dated_day(at.date())}, {clock(at.time())}") if place is not None else None,
        )


def _claims(
    passage: Passage, words: str, sentence: tuple[int, int], mentions: list[Mention], due: DueDays
) -> list[tuple[_DatedAssignment, Mention]]:
    """Return what a sentence says to be due when; nothing where it names two things."""
    start, end = sentence
    names = list(due.names.finditer(words, start, end)) if due.names is not None else []
    if len({" ".join(name[0].casefold().split()) for name in names}) > 1:
        return []
    own = due.of(passage.assignment)
    if not names:
        return [
            (own, each)
            for each in mentions
            if own is not None and re.fullmatch(rf"[\s#>]*{_NAME_DUE}", words[start : each.start])
        ]
    known = due.named(names[0][0])
    if known is None:
        return []
    return [(known, each) for name in names for each in mentions if _says_due(words, name, each)]


def _says_due(words: str, name: re.Match[str], mention: Mention) -> bool:
    before = words[max(0, name.start() - 40) : name.start()]
    if mention.start >= name.end():
        between = words[name.end() : mention.start]
        if re.fullmatch(_NAME_DUE, between):
            return True
        reported = re.search(_DEADLINE_OF, before) or (re.search(_SUBMIT, before) and between.strip("*_ \t\r\n"))
        return bool(reported) and re.fullmatch(_UNTIL, between) is not None
    between = words[mention.end : name.start()]
    return re.fullmatch(_MARKS, between) is not None and re.compile(_DUE_AFTER).match(words, name.end()) is not None


def _is_midnight(words: str, claimed: Mention, known: _DatedAssignment, days: list[date]) -> bool:
    """Return whether "midnight" beside the date can mean the other end of the day."""
    around = words[max(0, claimed.start - 24) : claimed.end + 24]
    near = {day + timedelta(days=by) for day in days for by in (-1, 1)}
    return "midnight" in around.lower() and bool(near & known.days)

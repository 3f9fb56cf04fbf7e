"""A date that prose gives as an assignment's deadline is its deadline.

Passing: "Homework 1 is due Friday, 12 February", where it is due on that day.
Failing: "Homework 1 (due 5 February)", "5 February: Homework 1 due", "The deadline for Homework 1 is 5 February";
"Submit by 5 February" and "Deadline: 2/5" on the page of Homework 1, or below a heading of that name.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from courseweek.checks.passages import Passage
from courseweek.checks.prose.mentions import Mention, find_slashed
from courseweek.checks.prose.sentences import LONGEST_SENTENCE, SENTENCE_END, Headings
from courseweek.diagnostics import Diagnostic, Span
from courseweek.frozen import dataclass
from courseweek.language.locale import EN
from courseweek.model.assignment import Assignment, Deadline
from courseweek.model.meeting import Schedule
from courseweek.model.term import Term
from courseweek.read.values.dates import Window
from courseweek.regex import lazy_pattern

_SMALL_HOURS = 6
"""A deadline before this hour is of the night before, as people say it."""
_DUE = lazy_pattern(
    r"\b(?:[Dd](?:ue|eadline)|DUE|DEADLINE|[Ss]ubmi(?:t|ssion)|[Hh]and(?:ed)?(?: it| this| them)? in|[Uu]pload"
    r"|[Tt]urn(?:ed)?(?: it| this| them)? in)"
)
# A sign that it begins with is found sooner than a digit.
_SLASH = lazy_pattern(r"/(?:(?<=[^\w/.:$&+-]\d/)|(?<=[^\w/.:$&+-]\d\d/)|(?<=^\d/)|(?<=^\d\d/))\d")
_MARKS = r"[\s*_:()\[\]|,–—-]*"
_CLOCK = (
    r"(?:at|by|on|before|is|the|(?:no|not)\s+later\s+than|until|latest|end of|start of|beginning of"
    r"|(?:end of )?day|EOD|noon|midnight|(?:in )?class|\d{1,2}(?::\d\d)?(?:[ ]?[ap]\.?m\.?)?)"
)
_IT = r"(?:it|this|them|these|everything|yours?(?:\s+work)?)"
_TO_SUBMIT = rf"(?:please\s+)?(?:(?:submit|hand\s+in|turn\s+in|upload)(?:\s+{_IT})?|(?:hand|turn)\s+{_IT}\s+in)"
_TO_BE = r"(?:is|are|was|will be|must be|to be|has to be|have to be|should be)"
# Between the name and the date, the date before the name, and the name inside: "the deadline for … is 5 February".
_NAME_DUE = (
    rf"(?i:{_MARKS}(?:(?:{_TO_BE}\s+)?(?:due|deadline|submitted|handed in|turned in)(?: date)?"
    rf"|{_TO_SUBMIT}\s+(?=by|on|before|until|at|no)){_MARKS}(?:{_CLOCK}(?!\w){_MARKS})*)"
)
_DEADLINE_OF = r"(?i)\b(?:deadline|due date)s?\s+(?:for|of)\s+(?:the\s+|your\s+)?[*_\[]*$"
_WHOLE = (
    r"(?:the|your|an?|our|of|to|final|full|complete|completed|finished|printed|signed|version|copy|pdf|solutions?|code"
    r"|write-?up|answers?)"
)
_SUBMIT = rf"(?i)\b(?:submit|hand in|turn in|upload)\s+(?:{_WHOLE}\s+){{0,7}}[*_\[]*$"
_UNTIL = rf"(?i:{_MARKS}(?:is|by|on|until|no later than)?{_MARKS}(?:{_CLOCK}(?!\w){_MARKS})*)"
_DUE_AFTER = r"(?i)[*_\]]*\s+(?:is\s+|are\s+)?due\b(?!\s*\w*\s*\d)"
# What a page or a section about one assignment calls it.
_WORK = (
    r"(?:assignment|homework|problem\s+set|p-?set|project|lab|paper|essay|report|exercises?|sheet|work|submissions?"
    r"|solutions?|write-?up|code|answers?)"
)
_SUBJECT = rf"(?:this|it|they|these|everything|(?:(?:all|this|the|your)\s+)?{_WORK})"
_OWN_DUE = (
    r"(?i:[\s#>\d.*+|-]*(?:"
    rf"(?:(?:{_SUBJECT}|the|(?:the\s+)?final)(?=\W))?{_NAME_DUE}"
    rf"|the\s+(?:deadline|due\s+date)\s+(?:for|of)\s+{_SUBJECT}\b{_UNTIL}"
    r"|(?:you\s+(?:must|should|have\s+to|need\s+to)\s+|please\s+)?"
    rf"(?:{_TO_SUBMIT}|(?:submit|hand\s+in|turn\s+in|upload)(?:\s+{_WHOLE}){{0,4}}(?:\s+{_WORK})?)\s+{_UNTIL}"
    "))"
)
# A part of an assignment without a deadline of its own: "the draft of Homework 1".
_PART_OF = (
    r"(?i)\b(?:drafts?|outlines?|proposals?|abstracts?|parts?(?:\s+\w+)?|first\s+version)\s+(?:of|for)\s+(?:\w+\s+)?"
    r"[*_\[]*$"
)
_JOINT = r"(?i)[*_\s]*(?:of|for|:|–|-|,|\()?[*_\s]*(?:(?:the|your|our)\s+)?[*_\s]*"
"""What is between the names of a milestone and its assignment: "the draft of your first paper"."""


@dataclass(frozen=True, slots=True)
class _DatedAssignment:
    """What has one name: when it is due, until when late work is accepted, and the deadline to show."""

    title: str
    days: frozenset[date]
    late: frozenset[date]
    deadline: Deadline


@dataclass(frozen=True, slots=True)
class _Named:
    """A name in a text, from `start` to `end`, and what it is the name of; None where that is unclear."""

    name: str
    start: int
    end: int
    known: _DatedAssignment | None


class DueDays:
    """The days on which the assignments of a course are due, by what they are called in prose.

    Only those whose every deadline has a date, and that are due once or by milestones, can be held against it.
    """

    def __init__(self, schedule: Schedule, term: Term, language: str) -> None:
        """Take the dated course, its term, and the language in which 2/15 is read."""
        self.language = language
        self.window = Window(term.starts, term.ends)
        self.by_name: dict[str, _DatedAssignment | None] = {}
        self.by_assignment: dict[int, _DatedAssignment | None] = {}
        self.steps: dict[str, dict[str, _DatedAssignment | None]] = {}
        by_assignment: dict[int, list[Deadline]] = {}
        for deadline in schedule.deadlines:
            if deadline.kind != "out":
                by_assignment.setdefault(id(deadline.assignment), []).append(deadline)
        for assignment in schedule.assignments:
            own = by_assignment.get(id(assignment), [])
            known = _known(assignment.title, own)
            self.by_assignment[id(assignment)] = known
            steps = {
                _fold(each.milestone.title): _known(each.milestone.title, [each])
                for each in own
                if each.milestone is not None
            }
            for name in (assignment.title, assignment.id):
                self._add(name, known)
                self.steps[_fold(name)] = steps
            for name, step in steps.items():
                self._add(name, step)
        names = sorted((re.escape(name).replace(r"\ ", r"\s+") for name in self.by_name), key=len, reverse=True)
        self.names = re.compile(rf"(?<![\w-])(?:{'|'.join(names)})(?![\w-])", re.IGNORECASE) if names else None

    def _add(self, name: str, known: _DatedAssignment | None) -> None:
        name = _fold(name)
        if name in self.by_name:
            before = self.by_name[name]
            same = before is not None and known is not None and before.days == known.days
            known = known if same else None  # two things with one name: it is unclear which is meant
        self.by_name[name] = known

    def find(self, words: str, start: int, end: int, own: Assignment | None) -> list[_Named]:
        """Return what a stretch of text names, each with its place; a milestone with its assignment is one."""
        found: list[_Named] = []
        for match in self.names.finditer(words, start, end) if self.names is not None else ():
            name = _fold(match[0])
            last = found[-1] if found else None
            between = words[last.end : match.start()] if last is not None else ""
            if last is not None and re.fullmatch(_JOINT, between):
                joint = self.steps.get(name, {}).get(last.name) or self.steps.get(last.name, {}).get(name)
                if joint is not None:
                    found[-1] = _Named(f"{last.name} {name}", last.start, match.end(), joint)
                    continue
            mine = self.steps.get(_fold(own.id), {}).get(name) if own is not None else None
            found.append(_Named(name, *match.span(), mine or self.by_name.get(name)))
        return found

    def of(self, assignment: Assignment | None) -> _DatedAssignment | None:
        """Return what an assignment's own page speaks of."""
        return self.by_assignment.get(id(assignment)) if assignment is not None else None


def _fold(name: str) -> str:
    return " ".join(name.casefold().split())


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


def may_be_due(text: str) -> bool:
    """Return quickly whether a text may give a deadline as numbers."""
    return _SLASH.search(text) is not None and _DUE.search(text) is not None


def check_due(passage: Passage, words: str, mentions: list[Mention], due: DueDays) -> Iterator[Diagnostic]:
    """Yield a warning for each date that is given as a deadline but is not one of that assignment's."""
    if passage.on_reading or not _DUE.search(words):
        return
    mentions = sorted([*mentions, *find_slashed(words, due.window, due.language)], key=lambda each: each.start)
    headings = Headings(words)
    start = at = 0
    for end in (*(match.end() for match in SENTENCE_END.finditer(words)), len(words)) if mentions else ():
        first = at
        while at < len(mentions) and mentions[at].start < end:
            at += 1
        inside = mentions[first:at]
        if inside and end - start <= LONGEST_SENTENCE and _DUE.search(words, start, end):
            yield from _check_sentence(passage, words, (start, end), inside, due, headings.above(start))
        start = end


def _check_sentence(
    passage: Passage, words: str, sentence: tuple[int, int], mentions: list[Mention], due: DueDays, heading: str
) -> Iterator[Diagnostic]:
    """Compare the dates of one sentence; one that names several dates, of which one is right, is taken as right."""
    found = _claims(passage, words, sentence, mentions, due, heading)
    for known, claimed in found:
        right = any((known.days | known.late).intersection(each.days(due.window)) for each in mentions)
        if right or claimed.ranged or not _is_ours(claimed, due.window) or _is_midnight(words, claimed, known, due):
            continue
        place: Span | None = known.deadline.moment.span if known.deadline.moment is not None else None
        at = known.deadline.at
        assert at is not None
        shown = " or ".join(EN.short_day(day) for day in sorted(known.days)[:3])
        if at.hour < _SMALL_HOURS and len(known.days) == 2:
            shown = f"{EN.short_day(at.date())}, {EN.clock(at.time())}"
        yield Diagnostic(
            "warning",
            "other-deadline",
            f"`{known.title}` is due on {shown}, not on {claimed.name}",
            passage.span.within(claimed.start, claimed.end),
            f"write {shown} here, or change the deadline",
            (place, f"it is due on {EN.dated_day(at.date())}, {EN.clock(at.time())}") if place is not None else None,
        )


def _claims(
    passage: Passage, words: str, sentence: tuple[int, int], mentions: list[Mention], due: DueDays, heading: str
) -> list[tuple[_DatedAssignment, Mention]]:
    """Return what a sentence says to be due when; nothing where it names two things."""
    start, end = sentence
    named = due.find(words, start, end, passage.assignment)
    if len({each.name for each in named}) > 1:
        return []
    if not named:
        own = _find_subject(passage, heading, due)
        said = (each for each in mentions if own is not None and re.fullmatch(_OWN_DUE, words[start : each.start]))
        return [(own, each) for each in said if own is not None]
    known = named[0].known
    if known is None:
        return []
    return [(known, each) for name in named for each in mentions if _says_due(words, name, each)]


def _find_subject(passage: Passage, heading: str, due: DueDays) -> _DatedAssignment | None:
    """Return what a sentence without a name is about: what the heading names, or the page."""
    titles = due.find(heading, 0, len(heading), passage.assignment)
    if not titles:
        return due.of(passage.assignment)
    return titles[0].known if len({each.name for each in titles}) == 1 else None


def _is_ours(claimed: Mention, window: Window) -> bool:
    """Return whether a date is meant to be one of this term: one in it, or one without a year that is in no term."""
    if claimed.year is None:
        return claimed.day <= monthrange(2024, claimed.month)[1]
    return any(window.first <= day <= window.last for day in claimed.days(window))


def _says_due(words: str, name: _Named, mention: Mention) -> bool:
    before = words[max(0, name.start - 80) : name.start]
    if re.search(_PART_OF, before):
        return False
    if mention.start >= name.end:
        between = words[name.end : mention.start]
        if re.fullmatch(_NAME_DUE, between):
            return True
        reported = re.search(_DEADLINE_OF, before) or (re.search(_SUBMIT, before) and between.strip("*_ \t\r\n"))
        return bool(reported) and re.fullmatch(_UNTIL, between) is not None
    between = words[mention.end : name.start]
    return re.fullmatch(_MARKS, between) is not None and re.compile(_DUE_AFTER).match(words, name.end) is not None


def _is_midnight(words: str, claimed: Mention, known: _DatedAssignment, due: DueDays) -> bool:
    """Return whether "midnight" beside the date can mean the other end of the day."""
    around = words[max(0, claimed.start - 24) : claimed.end + 24]
    near = {day + timedelta(days=by) for day in claimed.days(due.window) for by in (-1, 1)}
    return "midnight" in around.lower() and bool(near & known.days)

"""A week of the term that prose names is one of the term.

Passing: "week 15" in a term of 15 weeks, "week 19 of the season", "in 19 weeks".
Failing: "week 19".
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from courseweek.checks.passages import Passage
from courseweek.diagnostics import Diagnostic
from courseweek.model.meeting import Schedule
from courseweek.model.term import Term
from courseweek.regex import lazy_pattern

_WEEK = lazy_pattern(
    r"[Ww](?<![\w-].)eeks?[ \t]+(?P<first>\d{1,2})"
    r"(?:[ \t]*(?:[–—-]|to|and|through)[ \t]*(?P<last>\d{1,2}))?(?![\w%:-]|\.\d)"
)
_HINT = lazy_pattern(r"[Ww]eeks?[ \t]+\d")
# Weeks of something else: "week 19 of 2020", "calendar week 19", "CS231n week 19".
_OF_OTHER = lazy_pattern(
    r"[ \t\r\n]+(?:of|in)[ \t\r\n]+(?!(?:the|this|our)\s+(?:term|course|class|semester|quarter|schedule)\b)"
)
_NOT_OURS = lazy_pattern(r"(?:\b(?:calendar|ISO)|[’']s|\w*\d\w*)[ \t]+$")


class Weeks:
    """The numbers that the weeks of a course have."""

    def __init__(self, term: Term, schedule: Schedule) -> None:
        """Take the term and its dated course."""
        self.term = term
        self.schedule = schedule

    @cached_property
    def last(self) -> int:
        """The greatest number: that of the week in which the term ends, or of a later one with something on."""
        return max(self.schedule.last_week or 0, *(week.number or 0 for week in self.schedule.weeks), 0)


def may_number_week(passage: Passage, text: str) -> bool:
    """Return quickly whether a text may name a week of the course by its number."""
    # The weeks of what is on somebody else's text are those of the text.
    return "eek" in text and not passage.on_reading and _HINT.search(text) is not None


def check_weeks(passage: Passage, words: str, weeks: Weeks) -> Iterator[Diagnostic]:
    """Yield a warning for each numbered week that comes after the last one."""
    for match in _WEEK.finditer(words):
        group = "last" if match["last"] and int(match["last"]) > int(match["first"]) else "first"
        if int(match[group]) <= weeks.last or not weeks.last:
            continue
        if _OF_OTHER.match(words, match.end()) or _NOT_OURS.search(words[max(0, match.start() - 30) : match.start()]):
            continue
        start = match.start(group) if group == "last" else match.start()
        yield Diagnostic(
            "warning",
            "unknown-week",
            f"there is no week {int(match[group])}: the last one is week {weeks.last}",
            passage.span.within(start, match.end(group)),
            f"the weeks run from {weeks.term.first_week} to {weeks.last}; change the number or the term",
            (weeks.term.origin.of("ends"), f"the term ends here, on {weeks.term.ends}"),
        )

"""Prose against data: one walk over the course's own texts, each held against the dated course.

Passing: what agrees with the course, and what is about something else.
Failing: "Friday, April 31", "week 19" in a term of 15 weeks, "Homework (25%)" where it has 20%.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from courseweek.checks.own_words import bare_words
from courseweek.checks.passages import Passage
from courseweek.checks.prose.dates import check_dates
from courseweek.checks.prose.due import DueDays, check_due, may_be_due
from courseweek.checks.prose.held import check_held
from courseweek.checks.prose.mentions import find_mentions, may_mention
from courseweek.checks.prose.terms import TermNames, check_terms, may_name_term
from courseweek.checks.prose.weeks import Weeks, check_weeks, may_number_week
from courseweek.checks.prose.weights import Shares, check_weights, may_give_weight
from courseweek.diagnostics import Diagnostic
from courseweek.model.course import Course
from courseweek.model.meeting import Schedule
from courseweek.model.term import is_of_other_term


class CourseFacts:
    """What prose is held against: the weeks, deadlines and shares of a course, worked out once for all its texts."""

    def __init__(self, course: Course, schedule: Schedule) -> None:
        """Take a dated course."""
        self.language = course.syllabus.language
        self.term = course.syllabus.term
        self.names = TermNames(self.term, course.syllabus.origin.fields.get("title"))
        self.weeks = Weeks(self.term, schedule)
        self.due = DueDays(schedule, self.term, self.language)
        self.shares = Shares(course.syllabus.grading)


def check_passages(passages: Iterable[Passage], facts: CourseFacts) -> Iterator[Diagnostic]:
    """Yield a warning for each date, week and weight in these texts of the course that the course itself contradicts.

    Only English is read: nothing is reported about a course in another language.
    """
    if facts.language.partition("-")[0].lower() != "en":
        return
    for passage in passages:
        if passage.kind == "line":
            continue  # the words of a paper, most of them
        yield from _check_passage(passage, facts)


def _check_passage(passage: Passage, facts: CourseFacts) -> Iterator[Diagnostic]:
    term, text = facts.term, passage.span.text
    if passage.said_on is not None and is_of_other_term(passage.said_on, term.starts, term.ends):
        # What was said in another term, which is reported on its own, is not held against this one.
        if may_mention(text):
            yield from check_dates(passage, find_mentions(bare_words(text)), term)
        return
    dated, due, numbered = may_mention(text), may_be_due(text), may_number_week(passage, text)
    weighted, named = may_give_weight(passage, text, facts.shares), may_name_term(passage, text, facts.names)
    if not (dated or due or numbered or weighted or named):
        return
    words = text if passage.kind == "title" else bare_words(text)
    mentions = find_mentions(words) if dated else []
    if mentions:
        yield from check_dates(passage, mentions, term)
        yield from check_held(passage, words, mentions, term)
    if mentions or due:
        yield from check_due(passage, words, mentions, facts.due)
    if numbered:
        yield from check_weeks(passage, words, facts.weeks)
    if weighted:
        yield from check_weights(passage, words, facts.shares)
    if named:
        yield from check_terms(passage, words, facts.names)

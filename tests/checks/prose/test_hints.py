"""A text that is passed over quickly is one of which the whole check would say nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from courseweek.checks.own_words import bare_words
from courseweek.checks.passages import Passage
from courseweek.checks.prose.due import DueDays, check_due, may_be_due
from courseweek.checks.prose.mentions import find_mentions, may_mention
from courseweek.checks.prose.terms import TermNames, check_terms, may_name_term
from courseweek.checks.prose.weeks import Weeks, check_weeks, may_number_week
from courseweek.checks.prose.weights import Shares, check_weights, may_give_weight
from courseweek.diagnostics import Source
from courseweek.plan.plan import Plan
from tests.sites import COURSES, make_in_memory

PIECES = (
    *("week", "Week", "weeks", "9", "45", "%", " %", "Reviews", "Project", " is ", "(", ")", ": ", " ", "\n", "\t"),
    *("May", "March", "Feb.", "2027-03-01", "-", "2027", "th", " of ", "Monday", ", ", "`", "<b>", "</b>", ">", '"'),
    *("Spring", "Winter ", "2026", "WS", "2026/27", "'26", "due ", "Submit by ", "2/15", "Homework", "# ", "exam "),
    *("[a](https://a.example/)", "https://a.example/", "$", "–", "to", "x", "~~~\n", "\r\n"),
)  # fmt: skip


@cache
def plan() -> Plan:
    return make_in_memory(COURSES / "everything", datetime(2027, 3, 10, tzinfo=UTC)).plan


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_nothing_is_passed_over(text: str) -> None:
    course, schedule = plan().course, plan().schedule
    passage = Passage(Source("a.md", text).span(0, len(text)), "page")
    shares, words = Shares(course.syllabus.grading), bare_words(text)
    assert may_mention(text) or not find_mentions(words)
    assert may_give_weight(passage, text, shares) or not list(check_weights(passage, words, shares))
    due = DueDays(schedule, course.syllabus.term, "en")
    assert may_mention(text) or may_be_due(text) or not list(check_due(passage, words, [], due))
    term = course.syllabus.term
    for starts in (term.starts, term.starts.replace(month=4, day=1), term.starts.replace(month=9)):
        names = TermNames(replace(term, starts=starts))
        assert may_name_term(passage, text, names) or not list(check_terms(passage, words, names))
    assert may_number_week(passage, text) or not list(
        check_weeks(passage, words, Weeks(course.syllabus.term, schedule))
    )

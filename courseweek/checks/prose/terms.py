"""A text that names the term of the course names this one, and not one that is over.

Passing: "Spring 2028" in that term, "taught in Spring 2027", "since Fall 2025", "In Spring 2027 we used Rust".
Failing: "# Schedule, Spring 2027", "Welcome to Spring 2027!", "Syllabus 2026/27", "Final exam 2027";
"Knots 2027" as the title of the course.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from courseweek.checks.passages import Passage, inner
from courseweek.checks.prose.sentences import Headings, find_introduction, find_sentence
from courseweek.checks.prose.term_names import TermName, find_term_names
from courseweek.diagnostics import Diagnostic, Span
from courseweek.model.term import Term
from courseweek.regex import lazy_pattern

MOST_YEARS = 4
"""Years before the term: what is older than that was not left behind by the last one."""
MOST_NAMES = 100
"""Terms that a text names: one with more is a list of them."""
_FIRST_MONTH = 8
"""The month in which an academic year begins, at the earliest."""

# Words by which a sentence speaks of a past term as such, or of something else that has a season and a year.
_PAST = lazy_pattern(
    r"\b(?:since|ago|last|past|prior|previous(?:ly)?|earlier|former(?:ly)?|old(?:er)?|original(?:ly)?|until|used\s+to|archived?"
    r"|alum(?:ni|n[ai]|nus)|histor(?:y|ical(?:ly)?)|offer(?:ed|ings?)|taught|versions?|editions?|iterations?|adapted"
    r"|based\s+on|borrowed|inspired|thanks?|evaluations?|graduat(?:ed?|ing|ion)|ph\.?d|joined|students?\s+(?:from|of|in)"
    r"|copyright|licensed?|updated|retrieved|accessed|published|appeared|conference|workshop|proceedings|journal"
    r"|bulletin|magazine|vol(?:ume|\.)|issue|was|were|had|did|been|went|took|gave|ran|began|wrote|became|has|have)\b"
    r"|©|\(c\)|n't\s+\w+ed\b|\b(?:we|i|he|she|they|it|students?|who|that|which|course|class|project)\s+(?:\w+ly\s+)?\w+ed\b",
    re.IGNORECASE,
)
_BEFORE = lazy_pattern(
    r"(?:\b(?:from|like|as\s+(?:of|in)|than|after|before|until|till|through|by|vs\.?|not)\s+(?:the\s+)?|&\s+|\d\s*[/–—-]\s*)$",
    re.IGNORECASE,
)
_IN = lazy_pattern(r"(?:^|\s)in\s+(?:the\s+)?$", re.IGNORECASE)
_PAST_VERB = lazy_pattern(r"(?<!\bis)(?<!\bare)(?<!\bbe)(?<!\bneed)\s+\w{2,}ed\b")
_COURSE_WORD = (
    r"(?:syllabus|schedule|calendar|course|class|term|semester|(?:final\s+|midterm\s+)?exams?|midterms?|finals?|deadlines?"
    r"|assignments?|homeworks?|problem\s+sets?|labs?|projects?|lectures?|readings|staff|office\s+hours|sign-up|presentations?)"
)
_YEAR = r"(?<![\w.–/-])(?P<year{}>(?:19|20|21)\d\d)(?![\w–/-]|\.\d)"
_COURSE_YEAR = lazy_pattern(
    rf"\b{_COURSE_WORD}[\s,:(]{{1,3}}{_YEAR.format(1)}|{_YEAR.format(2)}\s+{_COURSE_WORD}\b", re.IGNORECASE
)
_TITLE_YEAR = lazy_pattern(rf"(?<!\bof )(?<!\bin ){_YEAR.format(1)}(?=\W*$)|^{_YEAR.format(2)}(?= )", re.IGNORECASE)
_HEADING_LINE = lazy_pattern(r" {0,3}#{1,6}[ \t]")
_SHORT_YEAR = lazy_pattern(r"['’]\d\d")
_SPRING = 3
"""The month in which a term ends, at the earliest, that began in the year before."""


class TermNames:
    """What a course calls its term, and which other terms are over."""

    def __init__(self, term: Term, title: Span | None = None) -> None:
        """Take the term, and where the title of the course is."""
        self.term = term
        self.title = title
        self.name = term.origin.fields.get("name")

    @cached_property
    def own(self) -> tuple[TermName, ...]:
        """The terms that the term's own name names; none if they are over before it starts."""
        named = find_term_names(self.term.name or "")
        return tuple(name for name in named if name.last >= self.term.starts)

    @cached_property
    def years(self) -> tuple[str, ...]:
        """The years that a term which is over can be named after."""
        starts = self.term.starts
        last = starts.year if starts.month > _SPRING else starts.year - 1
        return tuple(str(year) for year in range(starts.year - MOST_YEARS, last + 1))

    @cached_property
    def place(self) -> tuple[Span, str]:
        """Where the course says which term it is, and what it says."""
        if self.own and self.name is not None:
            return self.name, "the term is here"
        return self.term.origin.of("starts"), "the term starts here"

    @cached_property
    def shown(self) -> str:
        """This term in a sentence: "is Spring 2028", or "starts on 2028-01-24" where its name does not say which."""
        return f"is {self.term.name}" if self.own else f"starts on {self.term.starts}"

    def write(self, name: TermName | None) -> str:
        """Return what to write for a past term, or for a past year without one."""
        starts = self.term.starts
        if name is None:
            return str(starts.year)
        if name.season or name.until is None:
            own = self.own[0] if self.own else None
            return "the name of this term" if own is None else (self.term.name or "")[own.start : own.end]
        first = starts.year if starts.month >= _FIRST_MONTH else starts.year - 1
        return f"{first}/{(first + 1) % 100:02d}"

    def is_over(self, name: TermName) -> bool:
        """Return whether a term was over when this one began, though not so long ago that it is history."""
        starts = self.term.starts
        if name.year < starts.year - MOST_YEARS or any(name.is_same(own) for own in self.own):
            return False
        same = [own for own in self.own if own.season == name.season]
        if same:  # a winter may be the one at the start of its year or at the end
            return name.year < min(own.year for own in same)
        if not any(own.season.isalpha() for own in self.own) and name.season and name.until is None:
            return name.year < starts.year  # on which half of the earth is it?
        return name.last < starts

    def is_past_year(self, year: int) -> bool:
        """Return whether a year is before all days of this term, and not in its name."""
        starts = self.term.starts
        return starts.year - MOST_YEARS <= year < starts.year and str(year) not in (self.term.name or "")


def may_name_term(passage: Passage, text: str, terms: TermNames) -> bool:
    """Return quickly whether a text may name a term that is over; notes and readings are of their time, and left alone.

    The large patterns below are compiled only for a text that may.
    """
    if passage.in_note or passage.on_reading:
        return False
    return any(year in text for year in terms.years) or _SHORT_YEAR.search(text) is not None


def check_terms(passage: Passage, words: str, terms: TermNames) -> Iterator[Diagnostic]:
    """Yield a warning for each past term that a text names as if it were this one."""
    named = find_term_names(words)
    over = [name for name in named if terms.is_over(name)] if len(named) <= MOST_NAMES else []
    seasons = {(name.season, name.year) for name in over}
    headings = Headings(words)
    for name in over:
        is_title = _is_title(passage, words, name.start)
        # A text that names several of them is about the history of the course.
        if is_title or len(seasons) == 1:
            above = "" if is_title else f"{headings.above(name.start)}\n{find_introduction(words, name.start)}"
            if _PAST.search(above) is None and not _is_history(words, name, named):
                yield _warn(passage, words, (name.start, name.end), name, terms)
    is_course = terms.title is not None and passage.span == inner(terms.title)
    for match in islice((_TITLE_YEAR if is_course else _COURSE_YEAR).finditer(words), MOST_NAMES):
        group = "year1" if match["year1"] else "year2"
        start, end = match.span(group)
        if not terms.is_past_year(int(match[group])) or any(name.start <= start < name.end for name in named):
            continue
        sentence = words[slice(*find_sentence(words, start, end))]
        if _is_title(passage, words, start) and _PAST.search(sentence) is None:
            yield _warn(passage, words, (start, end), None, terms)


def _is_title(passage: Passage, words: str, at: int) -> bool:
    return passage.kind == "title" or _HEADING_LINE.match(words, words.rfind("\n", 0, at) + 1) is not None


def _is_history(words: str, name: TermName, named: list[TermName]) -> bool:
    """Return whether a sentence speaks of a past term as such, or compares terms."""
    begin, end = find_sentence(words, name.start, name.end)
    before = words[begin : name.start]
    return (
        any(begin <= other.start < end and not other.is_same(name) for other in named)
        or _PAST.search(words, begin, end) is not None
        or _BEFORE.search(before) is not None
        or (_IN.search(before) is not None and _PAST_VERB.search(words, begin, end) is not None)
    )


def _warn(passage: Passage, words: str, place: tuple[int, int], name: TermName | None, terms: TermNames) -> Diagnostic:
    text = " ".join(words[slice(*place)].split())
    help = f"write {terms.write(name)} here; if you mean the past term, say so: taught in {text}"
    if terms.name is not None and passage.span in (terms.name, inner(terms.name)):
        help = "write the name of this term here, or change its dates"
    return Diagnostic(
        "warning",
        "other-term",
        f"`{text}` is over: the term {terms.shown}",
        passage.span.within(*place),
        help,
        terms.place,
    )

"""The questions about the next term of a course; the guess is the same term of a later year."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from courseweek.model.course import Syllabus
from courseweek.model.term import Term
from courseweek.read.values.misread import Misread
from courseweek.start.answers import check_answer, name_term, read_first_day, read_last_day
from courseweek.start.questions import Ask, Question, Show, ask_until_right

LONGEST_NAME = 100
"""Characters of a term's name."""
TERM_QUESTIONS = (
    Question("name", "Name of the term", "Spring 2028"),
    Question("starts", "First day of the term", "2028-01-24"),
    Question("ends", "Last day of classes", "2028-05-08"),
)
_YEAR = re.compile(r"(?<!\d)(\d{4})(?:([/-])(\d{2}|\d{4})(?!\d))?(?!\d)")
"""A year in a name, or two: 2027, 2027/28."""


def ask_for_term(
    given: Mapping[str, str], syllabus: Syllabus, today: date, ask: Ask, show: Show
) -> tuple[str, date, date]:
    """Return the name, the first and the last day of the next term, asked for where they are not `given` as texts.

    `EOFError` and `KeyboardInterrupt` come from `ask`.
    """
    texts = {"language": syllabus.language, **given}
    for question in TERM_QUESTIONS:
        if question.name not in texts:
            guess = guess_term_answer(question.name, texts, syllabus.term, today)
            texts[question.name] = ask_until_right(question, texts, guess, _check, ask, show) or ""
    return " ".join(texts["name"].split()), read_first_day(texts), read_last_day(texts)


def explain_name(name: str) -> str | None:
    """Return why a term can't have this name, or None."""
    if name and len(name) <= LONGEST_NAME and name.isprintable():
        return None
    return f"a term's name is one line of at most {LONGEST_NAME} characters"


def guess_term_answer(name: str, texts: Mapping[str, str], term: Term, today: date) -> str | None:
    """Return the likely answer to a question about the term after `term`, or None."""
    starts = read_first_day(texts) if "starts" in texts else guess_next_start(term, today)
    if name == "starts":
        return starts.isoformat()
    if name == "ends":
        return (read_first_day(texts) + (term.ends - term.starts)).isoformat()
    years = starts.year - term.starts.year
    if term.name is None or years <= 0:  # or it is another term
        return name_term(starts, term.timezone)
    return _YEAR.sub(lambda match: _add_years(match, years), term.name) if _YEAR.search(term.name) else None


def guess_next_start(term: Term, today: date) -> date:
    """Return the first day of the same term in the first later year in which it is not over.

    It is on the same day of the week, as near to the same date as that allows.
    """
    for year in range(term.starts.year + 1, date.max.year - 1):
        same = date(year, 1, 1) + (term.starts - date(term.starts.year, 1, 1))
        starts = same + timedelta(days=(term.starts.weekday() - same.weekday() + 3) % 7 - 3)
        if starts + (term.ends - term.starts) >= today:
            return starts
    return term.starts


def _add_years(match: re.Match[str], years: int) -> str:
    first, sign, second = match.groups()
    if not second:
        return f"{int(first) + years:04d}"
    return f"{int(first) + years:04d}{sign}{(int(second) + years) % 10 ** len(second):0{len(second)}d}"


def _check(name: str, texts: Mapping[str, str]) -> None:
    """Raise `Misread` for an answer that is not right."""
    if name != "name":
        check_answer(name, texts)
    elif (why := explain_name(" ".join(texts["name"].split()))) is not None:
        raise Misread(why, "write a short name, such as Spring 2028")

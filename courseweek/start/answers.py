"""From the texts that somebody types or gives as options to the details of a new course, each checked at once."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta
from typing import get_args

from courseweek.diagnostics import Diagnostics, Source
from courseweek.language.language import Language
from courseweek.model.term import same_day_in_term
from courseweek.read.tables.fields import Shape, T
from courseweek.read.tables.reader import Reader
from courseweek.read.tables.shapes import LANGUAGE, REPOSITORY, TEXT, choice_of
from courseweek.read.tables.time_shapes import DAY_WITH_YEAR, TIME_RANGE, WEEKDAYS, ZONE
from courseweek.read.values.misread import Misread
from courseweek.read.values.weekdays import WEEKDAYS as DAY_NAMES
from courseweek.start.class_days import count_days
from courseweek.start.details import CourseDetails, Template
from courseweek.start.git_remote import Remote, web_address
from courseweek.start.scaffold import list_values
from courseweek.yamltext.tree import Scalar

REQUIRED = ("title", "starts", "ends", "days", "time", "timezone")
"""What a course can't be made without, by the names of the options."""
LONGEST_TERM = 400
"""Days. The longest term that a course can have is longer, but one that is asked for and this long is a wrong year."""
LONGEST_LINE = 300
"""Characters of a title, a place or an institution."""
_TEMPLATE: Shape[Template] = choice_of(*get_args(Template))

Texts = Mapping[str, str]
"""Answers as texts, by the names of the options."""


def check_answer(name: str, texts: Texts) -> None:
    """Check the answer of this name; raise `Misread` with the reason and the remedy.

    The other answers are those that were given before, and have been checked.
    """
    language = texts.get("language", "en")
    if name in ("title", "place", "institution"):
        _read_line(texts[name])
    elif name == "starts":
        _read(DAY_WITH_YEAR, texts[name], language)
    elif name == "ends":
        ends = _read(DAY_WITH_YEAR, texts[name], language)
        if "starts" in texts:
            _check_term(read_first_day(texts), ends)
    elif name == "time":
        _read(TIME_RANGE, texts[name], language)
    elif name == "days":
        days = _read(WEEKDAYS, texts[name], language)
        if "starts" in texts and "ends" in texts:
            _check_days(read_first_day(texts), read_last_day(texts), days)
    elif name == "timezone":
        _read(ZONE, texts[name], language)
    elif name == "language":
        _read(LANGUAGE, texts[name], language)
    elif name == "repository":
        _read_repository(texts[name])
    else:
        _read(_TEMPLATE, texts[name], language)
        if texts.keys() >= set(REQUIRED):
            list_values(make_details(texts, None))


def read_first_day(texts: Texts) -> date:
    """Return the first day of the term, from an answer that has been checked."""
    return _read(DAY_WITH_YEAR, texts["starts"], texts.get("language", "en"))


def read_last_day(texts: Texts) -> date:
    """Return the last day of the term, from an answer that has been checked."""
    return _read(DAY_WITH_YEAR, texts["ends"], texts.get("language", "en"))


def make_details(texts: Texts, remote: Remote | None) -> CourseDetails:
    """Return the details of a course from answers that have been checked.

    `remote` is where the course's folder is in a Git repository, if it is in one.
    """
    language = texts.get("language", "en")
    starts = read_first_day(texts)
    timezone = _read(ZONE, texts["timezone"], language).key
    return CourseDetails(
        title=_read_line(texts["title"]),
        starts=starts,
        ends=read_last_day(texts),
        days=_read(WEEKDAYS, texts["days"], language),
        time=_read(TIME_RANGE, texts["time"], language),
        timezone=timezone,
        term_name=name_term(starts, timezone),
        place=_read_line(texts["place"]) if "place" in texts else None,
        institution=_read_line(texts["institution"]) if "institution" in texts else None,
        language=_read(LANGUAGE, language, language),
        repository=_read_repository(texts["repository"]) if "repository" in texts else None,
        branch=remote.branch if remote is not None else "main",
        subfolder=remote.subfolder if remote is not None else "",
        template=_read(_TEMPLATE, texts.get("from", "smallest"), language),
    )


def name_term(starts: date, timezone: str) -> str | None:
    """Return the usual name of a term in America; None elsewhere, where each country has its own."""
    if not timezone.startswith(("America/", "US/", "Canada/")):
        return None
    season = "Spring" if starts.month <= 4 else "Summer" if starts.month <= 7 else "Fall"
    return f"{season} {starts.year}"


def _read(shape: Shape[T], text: str, language: str) -> T:
    """Return the value of a text, read as the syllabus will be; raise `Misread` for an error or a warning."""
    found = Diagnostics()
    _refuse_control(text)
    scalar = Scalar(text, Source("", text).whole(), '"')
    value = shape.read(scalar, Reader(found, language=Language(language)))
    for each in found:
        raise Misread(each.message, each.help, each.name)
    if value is None:
        raise Misread("this has no text", f"write {shape.what}")
    return value


def _read_line(text: str) -> str:
    line = _read(TEXT, text, "en")
    if len(line) > LONGEST_LINE:
        raise Misread(f"this has {len(line):,} characters; the limit is {LONGEST_LINE}", "shorten it")
    return line


def _read_repository(text: str) -> str:
    """Return the web address of a repository, also from the address that Git uses."""
    return _read(REPOSITORY, web_address(text.strip()) or text, "en")


def _refuse_control(text: str) -> None:
    """Raise `Misread` for what no text file of a course can hold; a line break is a space."""
    for each in text:
        if unicodedata.category(each) == "Cs":  # what Python makes of bytes that are no letters
            raise Misread(
                "this contains bytes that are not text in UTF-8", "set the terminal to UTF-8, and type it again"
            )
        if unicodedata.category(each) == "Cc" and each not in "\t\r\n":
            raise Misread(f"this contains the control character U+{ord(each):04X}", "remove it")


def _check_term(starts: date, ends: date) -> None:
    """Raise `Misread` for a last day that does not fit the first one."""
    limit = starts + timedelta(days=LONGEST_TERM)
    meant = same_day_in_term(ends, starts, limit)
    if ends < starts:
        message = f"the term ends ({ends}) before it starts ({starts})"
        swapped = (starts - ends).days <= LONGEST_TERM and starts.year == ends.year
        raise Misread(
            message,
            f"did you mean that it starts on {ends} and ends on {starts}?"
            if swapped
            else f"did you mean {meant}?"
            if meant is not None
            else "change one of the two dates",
        )
    if ends > limit:
        message = f"the term has {(ends - starts).days} days; the limit for a new term is {LONGEST_TERM}"
        raise Misread(message, f"did you mean {meant}?" if meant is not None else "change one of the two dates")


def _check_days(starts: date, ends: date, days: tuple[int, ...]) -> None:
    """Raise `Misread` for days of the week that the term does not have."""
    if not count_days(starts, ends, days):
        names = " or ".join(DAY_NAMES[day] for day in days)
        raise Misread(f"there is no {names} from {starts} to {ends}", "name other days, or change the dates")

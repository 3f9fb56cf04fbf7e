"""No page has a word that only English has: whatever is not the course's own comes out of a catalog or the CLDR.

A course with every feature is built in a language in which each message and each date is between ⟦ and ⟧. What is
left of its pages without them, and without the texts of the course, has no letters.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml

from courseweek.files.stored import read_whole
from courseweek.language import locale
from courseweek.language.formats import Formats
from scripts.catalogs import collect
from tests.sites import COURSES, make_in_memory

COURSES_AND_DAYS = [
    (name, datetime.fromisoformat(f"{day}T18:00+00:00"))
    for name, days in {
        "everything": ("2027-01-04", "2027-03-02", "2027-03-24", "2027-06-01"),
        "labs": ("2027-03-03",),
    }.items()
    for day in days
]
"""A course with every feature before its term, in it, in a break and after it; and one that has groups."""
SPOKEN = ("aria-label", "title", "alt", "placeholder", "data-label", "data-words", "content")
"""Attributes whose values somebody reads or hears."""
CONTRIBUTED = {"prose", "about", "note", "readings"}
"""Classes of elements that hold a contributor's Markdown, or titles of readings with their facts."""
SAME = {"Exam", "Links", "Meeting", "TBD"}
"""Texts of the courses that are words of the pages too, such as a topic."""
NAMES = {"BibTeX", "RIS", "CSL-JSON"}
"""Names of formats, which are the same in all languages."""
UNITS = r"%|UTC|Z|T"


class Marked(Formats):
    """Writes dates and times between the marks."""

    def _write(self, pattern: str, at: date | time) -> str:
        return f"⟦{super()._write(pattern, at)}⟧"

    def weekday(self, day: int, *, short: bool = False) -> str:
        return f"⟦{super().weekday(day, short=short)}⟧"


MESSAGES = set(collect())


class Pseudo(gettext.NullTranslations):
    """Puts each message between the marks; one that the catalogs lack stays as it is."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧" if message in MESSAGES else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        message = msgid1 if n == 1 else msgid2
        return f"⟦{message}⟧" if (msgid1, msgid2) in MESSAGES else message


class Words(HTMLParser):
    """Collects the texts of a page and its spoken attributes, without what a contributor wrote in Markdown."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self.feed(html.replace("<wbr>", ""))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        named = values.get("name") or values.get("property") or ""
        is_title = tag == "meta" and ("title" in named or named.endswith("site_name"))
        is_coins = tag == "span" and values.get("class") == "Z3988"  # for programs alone
        for name in () if is_coins else SPOKEN:
            if values.get(name) and (name != "content" or is_title):
                self.found.append(str(values[name]))
        if tag in ("meta", "link", "img", "br", "col", "input", "hr"):
            return
        skipped = tag in ("script", "style") or bool(CONTRIBUTED & set((values.get("class") or "").split()))
        self._open.append((tag, skipped or self._is_skipped))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    @property
    def _is_skipped(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def handle_data(self, data: str) -> None:
        if not self._is_skipped and data.strip():
            self.found.append(data)


def list_texts(value: Any) -> Iterator[str]:
    """Yield all texts of a YAML file, but not its keys of `courseweek`."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield str(key)
            yield from list_texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from list_texts(each)
    elif isinstance(value, str):
        yield value


def own_texts(course: Path) -> list[str]:
    """Return the texts of a course, the longest first."""
    found: set[str] = set()
    for path in sorted(course.rglob("*")):
        if path.suffix == ".yaml":
            found |= set(list_texts(yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)))
        elif path.suffix == ".md":
            for line in path.read_text(encoding="utf-8").splitlines():
                found |= {line.lstrip("# "), line.partition(": ")[2]}
        found.add(path.stem.capitalize())  # the title of a page that has none
    found |= {re.sub(r"[*$`]", "", each) for each in found}
    # A word that the pages have too is not taken for a text of the course.
    messages = {form for message in MESSAGES for form in ([message] if isinstance(message, str) else message)}
    return sorted(
        {each for each in (found | NAMES) - (messages - SAME) if len(each) > 2 or each.istitle()}, key=len, reverse=True
    )


def without_marks(text: str) -> str:
    """Return a text without what is between marks, which can be in each other."""
    while (cut := re.sub("⟦[^⟦⟧]*⟧", " ", text)) != text:
        text = cut
    return text


@pytest.fixture
def pseudo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(locale, "open_catalog", lambda language: Pseudo())
    monkeypatch.setattr(locale, "find_formats", Marked)
    monkeypatch.setattr(locale, "name_zone", lambda zone, tag: None)
    locale._open.cache_clear()
    yield
    locale._open.cache_clear()


@pytest.mark.usefixtures("pseudo")
@pytest.mark.parametrize(("name", "now"), COURSES_AND_DAYS, ids=str)
def test_no_word_of_a_page_is_only_english(name: str, now: datetime) -> None:
    course = COURSES / name
    own = own_texts(course)
    left: dict[str, set[str]] = {}
    for path, data in make_in_memory(course, now).artifacts.items():
        if not path.endswith((".html", ".md")):
            continue
        made = read_whole(data).decode("utf-8")
        for text in Words(made).found if path.endswith(".html") else re.sub(r"\]\([^)]*\)", "]", made).splitlines():
            rest = without_marks(text.replace("\xa0", " "))
            for each in own:
                rest = re.sub(rf"(?<!\w){re.escape(each)}(?!\w)", "", rest)
            rest = re.sub(rf"\b(?:{UNITS})\b|https?://\S+|\S+@\S+|\S+\.example\.\w+", "", rest)
            rest = " ".join(rest.split())
            if re.search(r"[^\W\d_]", rest):
                left.setdefault(rest, set()).add(path)
    assert left == {}

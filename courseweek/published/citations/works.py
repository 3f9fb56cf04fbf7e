"""The readings of a course as works to cite: their kinds, names, keys and addresses, in lines of plain text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property
from typing import Literal
from zlib import crc32

from courseweek.frozen import dataclass
from courseweek.model.author import AND_OTHERS, PersonName, divide_name
from courseweek.model.course import Course
from courseweek.model.meeting import AnyMeeting, Schedule
from courseweek.model.reading import Reading
from courseweek.plan.plan import path_of_asset
from courseweek.regex import lazy_pattern

WorkKind = Literal[
    "article",
    "paper",
    "chapter",
    "book",
    "thesis",
    "report",
    "preprint",
    "blog post",
    "video",
    "talk",
    "web page",
    "document",
]
"""What a work is; a `paper` is in the proceedings of a conference, and a `document` may be anything."""

_KINDS: tuple[tuple[re.Pattern[str], WorkKind], ...] = (
    (lazy_pattern(r"\bchapters?\b", re.IGNORECASE), "chapter"),
    (lazy_pattern(r"book\b", re.IGNORECASE), "book"),
    (lazy_pattern(r"\b(?:thesis|dissertation)\b", re.IGNORECASE), "thesis"),
    (lazy_pattern(r"\b(?:report|white ?paper)\b", re.IGNORECASE), "report"),
    (lazy_pattern(r"\bpreprint\b", re.IGNORECASE), "preprint"),
    (lazy_pattern(r"\bblog\b", re.IGNORECASE), "blog post"),
    (lazy_pattern(r"\b(?:video|film|movie|documentary)\b", re.IGNORECASE), "video"),
    (lazy_pattern(r"\b(?:talk|slides|lecture|keynote|presentation)\b", re.IGNORECASE), "talk"),
    (lazy_pattern(r"\b(?:web ?(?:site|page)|documentation|tutorial|wiki)\b", re.IGNORECASE), "web page"),
)
"""The kind of a work by what its reading says of it, or by where it appeared."""
_PREPRINTS = lazy_pattern(r"\b(?:arxiv|biorxiv|medrxiv|ssrn|preprint)\b", re.IGNORECASE)
_JOURNAL = lazy_pattern(
    r"\b(?:journal|transactions|review|reviews|annals|quarterly|magazine|communications|bulletin|letters|surveys"
    r"|zeitschrift|revue|revista|CACM|PVLDB|VLDB Endowment|JMLR|TMLR|PNAS|TODS|TOCS|TOPLAS|JACM|Nature|Science)\b"
    r"|\bProceedings of the National Academy\b",
    re.IGNORECASE,
)
_CONFERENCE = lazy_pattern(r"\b(?:proceedings|proc\.|conference|conf\.|symposium|workshop)", re.IGNORECASE)
_YEAR_AT_END = lazy_pattern(r"(?:\(?\b(?:19|20)\d\d\)?|['’]\d\d)$")
_PAGES = lazy_pattern(r"(?:pp?\.?\s*|pages?\s+)?(\d{1,6})(?:\s*(?:-{1,3}|[\u2010-\u2015\u2212]|\bto\b)\s*(\d{1,6}))?")
_DOI_ADDRESS = lazy_pattern(
    r"https?://(?:(?:dx\.)?doi\.org|dl\.acm\.org/doi(?:/(?:abs|pdf|full|fullHtml))?)/(?P<number>10\.\d{4,9}/[^?#]+)(?:[?#].*)?",
    re.IGNORECASE,
)
_RESOLVERS = ("doi.org", "dx.doi.org")
_ARXIV_ADDRESS = lazy_pattern(
    r"https?://(?:www\.)?arxiv\.org/(?:abs|pdf|html)/(?P<number>(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?)(?:\.pdf)?"
)
_NOT_OF_ADDRESS = lazy_pattern(r"[\s\"<>\\^`{|}]")
_NOT_OF_KEY = lazy_pattern(r"[^A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class CitedWork:
    """A reading as a work. Each text is one line without controls, and is not empty.

    `key` names it in a file, where no other differs from it only in case. `container` is the journal, book, conference
    or site in which it appeared, `series` the rest of what its reading says of that. `pages` are its first and last.
    `url` is absolute.
    """

    key: str
    kind: WorkKind
    title: str
    authors: tuple[PersonName, ...] = ()
    editors: tuple[PersonName, ...] = ()
    container: str | None = None
    series: str | None = None
    publisher: str | None = None
    edition: str | None = None
    year: int | None = None
    pages: tuple[str, str | None] | None = None
    doi: str | None = None
    arxiv: str | None = None
    url: str | None = None
    language: str | None = None


class Bibliography:
    """The works of a dated course, each once, in the order in which they are first read."""

    def __init__(self, course: Course, schedule: Schedule) -> None:
        """Take the course; nothing is made of its readings before they are asked for."""
        self._base = course.syllabus.url
        self._schedule = schedule
        self._made: dict[str, CitedWork] = {}

    @property
    def works(self) -> tuple[CitedWork, ...]:
        """The works of the whole course."""
        return self._make(self._keys)

    def works_of(self, row: AnyMeeting) -> tuple[CitedWork, ...]:
        """Return the works that are read for a meeting."""
        return self._make(list_readings(row))

    def work(self, reading: Reading) -> CitedWork:
        """Return the work of a reading that is in the schedule."""
        if reading.id not in self._made:
            self._made[reading.id] = _describe(reading, self._keys[reading.id], self._base)
        return self._made[reading.id]

    def _make(self, ids: Iterable[str]) -> tuple[CitedWork, ...]:
        return tuple(self.work(self._readings[id]) for id in ids)

    @cached_property
    def _readings(self) -> dict[str, Reading]:
        return {each.id: each for each in self._schedule.readings}

    @cached_property
    def _keys(self) -> dict[str, str]:
        """The key of each reading that is used, by its id."""
        ids = dict.fromkeys(id for row in self._schedule.all_meetings for id in list_readings(row))
        taken = set[str]()
        keys = {}
        for id in ids:
            key = base = _make_key(id)
            number = 1
            while key.casefold() in taken:
                number += 1
                key = f"{base}-{number}"
            taken.add(key.casefold())
            keys[id] = key
        return keys


def list_readings(row: AnyMeeting) -> tuple[str, ...]:
    """Return the ids of what is read for a meeting, each once."""
    return tuple(dict.fromkeys(each.reading.id for group in (*row.required, *row.optional) for each in group.assigned))


def clean_text(text: str) -> str:
    """Return a text as one line; the reader leaves no other controls in it."""
    return " ".join(text.split())


def _make_key(id: str) -> str:
    """Return a key in ASCII for an id of any script."""
    if id.isascii():
        return id
    letters = unicodedata.normalize("NFKD", id).encode("ascii", "ignore").decode("ascii")
    key = _NOT_OF_KEY.sub("", letters).strip("-_")
    return key or f"reading-{crc32(id.encode('utf-8', 'surrogatepass')):08x}"


def _describe(reading: Reading, key: str, base: str | None) -> CitedWork:
    venue, publisher = _clean(reading.venue), _clean(reading.publisher)
    book = _clean(reading.book)
    url = _make_absolute(reading, base)
    doi, arxiv = _find_number(reading.doi, url, _DOI_ADDRESS), _find_number(reading.arxiv, url, _ARXIV_ADDRESS)
    kind = _find_kind(reading, arxiv=arxiv is not None, doi=doi is not None)
    container, series = (book, venue) if book is not None else (venue, None)
    if kind in ("book", "thesis", "report") and book is None and venue is not None:
        # There is nothing around these: it is who published them, or the series.
        container, series, publisher = (None, None, venue) if publisher is None else (None, venue, publisher)
    if kind == "article" and container is not None:
        container = _YEAR_AT_END.sub("", container).rstrip(" ,") or container
    pages = (
        _PAGES.fullmatch(reading.pages.strip()) if reading.pages and kind in ("article", "paper", "chapter") else None
    )
    return CitedWork(
        key=key,
        kind=kind,
        title=clean_text(reading.title) or key,
        authors=_divide_names(reading.authors),
        editors=_divide_names(reading.editors),
        container=container,
        series=series,
        publisher=publisher,
        edition=_clean(reading.edition),
        year=reading.year,
        pages=(pages[1], pages[2]) if pages is not None else None,
        doi=doi,
        arxiv=arxiv,
        url=url if doi is None or url is None or url.casefold() not in _addresses_of(doi) else None,
        language=_clean(reading.language),
    )


def _find_kind(reading: Reading, *, arxiv: bool, doi: bool) -> WorkKind:
    """Return what a reading is: by its own word, by where it appeared, and by what else is known of it."""
    named = next((kind for pattern, kind in _KINDS if reading.kind and pattern.search(reading.kind)), None)
    if reading.book and named in (None, "book"):
        return "paper" if _CONFERENCE.search(reading.book) else "chapter"
    if named is not None:
        return named
    venue = reading.venue or ""
    if _PREPRINTS.search(venue):
        return "preprint"
    if _JOURNAL.search(venue):
        return "article"
    if venue and (_CONFERENCE.search(venue) or _YEAR_AT_END.search(venue)):
        return "paper"
    if venue:
        return "blog post" if re.search(r"\bblog\b", venue, re.IGNORECASE) else "article"
    if reading.publisher or reading.edition:
        return "book"
    if arxiv:
        return "preprint"
    return "web page" if reading.url is not None and not doi and not reading.asset else "document"


def _make_absolute(reading: Reading, base: str | None) -> str | None:
    """Return the address of a reading; None for a file of a site of which the address is not known."""
    url = reading.url
    if url is not None and reading.asset:
        url = f"{base.rstrip('/')}/{path_of_asset(url)}" if base is not None else None
    return _NOT_OF_ADDRESS.sub(_encode, url) if url is not None else None


def _encode(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8"))


def _find_number(written: str | None, url: str | None, address: re.Pattern[str]) -> str | None:
    """Return the number of a paper, as it is written or in its address."""
    match = address.fullmatch(url) if written is None and url is not None else None
    number = written or (match["number"] if match is not None else None)
    return _NOT_OF_ADDRESS.sub(_encode, number) if number is not None else None


def _addresses_of(doi: str) -> tuple[str, ...]:
    return tuple(f"{scheme}://{host}/{doi}".casefold() for scheme in ("https", "http") for host in _RESOLVERS)


def _clean(text: str | None) -> str | None:
    return clean_text(text) or None if text is not None else None


def _divide_names(names: Iterable[str]) -> tuple[PersonName, ...]:
    """Return names by their parts, without those that stand for others."""
    cleaned = (clean_text(name) for name in names if not AND_OTHERS.fullmatch(name))
    return tuple(name for name in map(divide_name, filter(None, cleaned)) if name.family)

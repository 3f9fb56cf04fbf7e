"""A citation from another program, and the keys of a reading that say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from courseweek.frozen import dataclass
from courseweek.regex import lazy_pattern

# What stays one text in YAML without quotes, inside `[…]` as well.
_PLAIN = lazy_pattern(r"[^\W_](?:[^:#,\[\]{}\"'`\\|<>\s]|[ ](?=\S)(?!#)|:(?=[^\s,\[\]{}]))*")
_TEXT = lazy_pattern(r"[^\W_](?:[^:#\"\\\s]|[ ](?=\S)(?!#)|:(?=\S)|(?<=\S)#)*")
_WORDS_OF_YAML = frozenset({"null", "true", "false", "yes", "no", "on", "off", "none"})
DOI = lazy_pattern(r"10\.\d{4,9}/[^\s\"<>]*[^\s\"<>.,;:]")
ARXIV = lazy_pattern(r"(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?")
_ARXIV_IN = lazy_pattern(
    r"(?:arxiv[:.]\s*|arxiv\.org/(?:abs|pdf|html)/|\babs/)(\d{4}\.\d{4,5}(?:v\d+)?)", re.IGNORECASE
)
_ADDRESS = lazy_pattern(r"https?://[^\s\"<>]+", re.IGNORECASE)
_PREPRINT = lazy_pattern(r"(?:arxiv(?: preprint)?|corr)\b.*|abs/\S+|ArXiv.org", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation says of one work; what it lacks is empty."""

    title: str = ""
    authors: tuple[str, ...] = ()
    venue: str = ""
    year: str = ""
    doi: str = ""
    arxiv: str = ""
    url: str = ""
    kind: str = ""
    note: str = ""

    def written(self) -> Iterator[tuple[str, str]]:
        """Yield the keys of a reading with their values, as YAML."""
        if self.title:
            yield "title", write_text(self.title)
        if self.authors:
            yield "authors", f"[{', '.join(map(write_item, self.authors))}]"
        for key, value in (
            ("venue", self.venue),
            ("year", self.year),
            ("doi", self.doi),
            ("arxiv", self.arxiv),
            ("url", self.url),
            ("kind", self.kind),
            ("note", self.note),
        ):
            if value:
                yield key, write_text(value)


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Lines of YAML of one or more readings, without the indent of their place."""

    lines: tuple[str, ...]

    @property
    def title(self) -> str:
        """The title of the first reading."""
        return self.lines[0].partition("title:")[2]


Entry = Citation | Verbatim | str
"""A reading that was recognized; a text is a line of Markdown."""


def make_linked(words: str, url: str, before: str = "", after: str = "") -> tuple[Citation | str, bool]:
    """Return the reading of a link with the text around it, and whether it says all of that."""
    sure = re.match(r"https?://\S+$", url) is not None
    if not before and not after:
        return Citation(title=words, url=url), sure
    gap = "" if re.match(r"[,.;:)]", after) else " "
    text = f"{before} [{words}]({url}){gap}{after}".strip()
    return text, sure and not re.search(r"[\[\]]", words) and url.count("(") == url.count(")")


def make_citation(
    *,
    title: str,
    authors: tuple[str, ...] = (),
    venue: str = "",
    year: str = "",
    doi: str = "",
    arxiv: str = "",
    url: str = "",
    kind: str = "",
    note: str = "",
) -> Citation:
    """Return a citation of which each value is one that a reading can have; the others are left out."""
    year_of = re.search(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)", year)
    doi_of, address = DOI.search(doi), _ADDRESS.search(url)
    number = ARXIV.fullmatch(arxiv) or None
    preprint = _ARXIV_IN.search(venue) or _ARXIV_IN.search(url)
    found = number[0] if number is not None else preprint[1] if preprint is not None else ""
    shown = address[0].rstrip(".,;") if address is not None else ""
    reported = (doi_of is not None and doi_of[0].lower() in shown.lower()) or (found and "arxiv.org" in shown.lower())
    if not doi_of and not found and shown:
        inner = re.search(r"doi\.org/(10\.\d{4,9}/\S+)", shown)
        doi_of, shown = (DOI.search(inner[1]), "") if inner is not None else (None, shown)
    return Citation(
        title=_fold(title).rstrip(".") if not title.rstrip().endswith("...") else _fold(title),
        authors=tuple(name for name in map(_fold, authors) if name),
        venue="" if found and _PREPRINT.match(_fold(venue)) else _fold(venue),
        year=year_of[0] if year_of is not None else "",
        doi=doi_of[0] if doi_of is not None and not (found and "arxiv" in doi_of[0].lower()) else "",
        arxiv=found,
        url="" if reported else shown,
        kind=kind,
        note=_fold(note),
    )


def write_entry(entry: Entry, indent: int) -> list[str]:
    """Return the lines of YAML for a reading, its dash at this indent."""
    lead = " " * indent
    if isinstance(entry, Verbatim):
        return [f"{lead}{line}" for line in entry.lines]
    if isinstance(entry, str):
        return [f"{lead}- {write_text(entry)}"]
    return [f"{lead}{'  ' if at else '- '}{key}: {value}" for at, (key, value) in enumerate(entry.written())]


def write_bullet(entry: Entry, indent: int) -> list[str]:
    """Return the line of Markdown for a reading in a list below `|`."""
    if isinstance(entry, Verbatim):
        return write_entry(entry, indent)
    return [f"{' ' * indent}- {entry if isinstance(entry, str) else _markdown(entry)}"]


def _markdown(entry: Citation) -> str:
    address = entry.url or (f"https://doi.org/{entry.doi}" if entry.doi else "")
    address = address or (f"https://arxiv.org/abs/{entry.arxiv}" if entry.arxiv else "")
    title = f"[{entry.title}]({address})" if address and not re.search(r"[\[\]]", entry.title) else entry.title
    parts = (title, ", ".join(entry.authors), f"{entry.venue} {entry.year}".strip())
    return ". ".join(part for part in parts if part)


def _fold(text: str) -> str:
    return " ".join(text.split())


def write_text(text: str) -> str:
    """Return a text as the value of a key: plain where that is safe, else between quotes."""
    if _TEXT.fullmatch(text) and text.casefold() not in _WORDS_OF_YAML:
        return text
    return _quote(text)


def write_item(text: str) -> str:
    """Return a text as an item of a list between brackets, or as a key or value between braces."""
    return text if _PLAIN.fullmatch(text) and text.casefold() not in _WORDS_OF_YAML else _quote(text)


def _quote(text: str) -> str:
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"

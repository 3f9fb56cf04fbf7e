"""Styles of references: which parts of a text are the people, the title, the place and the year of a work.

ACM, ACL: Tri Dao and Daniel Y. Fu. 2022. FlashAttention: Fast Attention. In NeurIPS. https://doi.org/10.1145/1
APA: Dao, T., & Fu, D. Y. (2022). FlashAttention: Fast attention. NeurIPS, 35, 1–10.
Harvard: Dao, T. and Fu, D.Y., 2022. FlashAttention: Fast attention. NeurIPS, 35, pp.1-10.
Nature: Dao, T. & Fu, D. Y. FlashAttention: fast attention. NeurIPS 35, 1–10 (2022).
Vancouver: Dao T, Fu DY. FlashAttention: fast attention. NeurIPS. 2022;35:1-10.
IEEE: T. Dao and D. Y. Fu, "FlashAttention: Fast attention," in Proc. NeurIPS, 2022, pp. 1–10.
MLA, Chicago: Dao, Tri, and Daniel Y. Fu. "FlashAttention: Fast Attention." NeurIPS 35 (2022): 1–10.
DBLP: Tri Dao, Daniel Y. Fu: FlashAttention: Fast Attention. NeurIPS 2022: 1-10
"""

from __future__ import annotations

import re
from collections.abc import Callable

from courseweek.frozen import dataclass
from courseweek.read.pasted.citation import DOI, Citation, make_citation
from courseweek.regex import lazy_pattern

_NUMBER = lazy_pattern(r"(?:\[\d{1,3}\]|\d{1,3}[.)]|[•*])[ ]+(?=\S)")
_INITIALS = r"(?:[A-Z]\.[ -]?){1,4}"
_LAST_FIRST = rf"[^\W\d_][^\s,&()]*(?: [^\s,&()]+){{0,3}}, {_INITIALS}"
_ACM = lazy_pattern(
    r"(?P<authors>[A-Z].{2,600}?)\. (?P<year>(?:19|20)\d\d)[a-z]?\. (?P<title>.{3,300}?[.?!]) (?P<rest>.+)"
)
_APA = lazy_pattern(
    r"(?P<authors>[A-Z][^\s,()]*(?: [A-Z]?[^\s,()]+){0,3}, (?:[A-Z]\.[ -]?){1,4}.{0,600}?)"
    r" ?\((?P<year>(?:19|20)\d\d)[a-z]?(?:, [^()]{3,20})?\)\. (?P<title>.{3,300}?[.?!]) (?P<rest>.+)"
)
_HARVARD = lazy_pattern(
    rf"(?P<authors>{_LAST_FIRST}.{{0,600}}?),? (?P<year>(?:19|20)\d\d)[a-z]?\. (?P<title>.{{3,300}}?[.?!]) (?P<rest>.+)"
)
_NATURE = lazy_pattern(
    rf"(?P<authors>{_LAST_FIRST}(?:(?:, | ?& |(?<= )& |,? and ){_LAST_FIRST})*(?:,? ?et al\. ?)?)"
    r"(?P<title>[^\s.?!(].{2,300}?[.?!]) (?P<rest>.*\((?P<year>(?:19|20)\d\d)\).*)"
)
_LAST_SHORT = r"[^\W\d_][^\s,.]*(?: [^\s,.]+){0,2} [A-Z]{1,3}"
_VANCOUVER = lazy_pattern(
    rf"(?P<authors>{_LAST_SHORT}(?:, {_LAST_SHORT})*(?:, et al)?)\. (?P<title>[^\s].{{2,300}}?[.?!])"
    r" (?P<rest>[^.\d]{3,120}\. (?P<year>(?:19|20)\d\d)(?:;| [A-Z][a-z]{2}\b).*)"
)
_QUOTED = lazy_pattern(
    r"(?P<authors>[A-Z][^\"“”]{2,600}?)[.,] [\"“](?P<title>[^\"“”]{3,300}?)[.,]?[\"”][.,]? (?P<rest>.+)"
)
_DBLP = lazy_pattern(
    r"(?P<authors>[^\W\d_][^:]{2,600}): (?P<title>[^\s].{2,300}?[.?!])"
    r" (?P<rest>[^.?!:].{1,120}?(?: (?P<year>(?:19|20)\d\d)(?:: ?[\d:–-]+)?| \((?:19|20)\d\d\)))\.?(?: https?://\S+)?"
)
_ARXIV_NUMBER = lazy_pattern(r"arxiv[: ]*(?:preprint )?(?:arxiv:)?\s*(\d{4}\.\d{4,5})", re.IGNORECASE)
_IN = lazy_pattern(r"[Ii]n:? (?:(?:Proceedings|Proc\.) (?:of )?(?:the )?)?")
_AFTER_VENUE = lazy_pattern(
    r"https?://|\bdoi:|\barXiv:|[,.] (?:\d|Article|pages? |pp\.|[Vv]ol)|\. |[ ]\d+(?:\.\d+)? \(|[ ](?:19|20)\d\d:",
    re.IGNORECASE,
)
_VOLUME = lazy_pattern(r"(?P<venue>[^\d(]{3,100}?),? (?:vol\. ?)?\d{1,3}(?=[,.(: ])")


def read_people(text: str) -> tuple[str, ...]:
    """Return the people of `Tri Dao, Daniel Y. Fu, and Christopher Ré`; none where a part is not a name."""
    names = [name.strip() for name in re.split(r",? and |, |,? & ", text) if name.strip()]
    good = all(re.fullmatch(r"[^\W\d_][^\d:;!?]{1,40}", name) and len(name.split()) <= 5 for name in names)
    return tuple(names) if good else ()


def _read_quoted(text: str) -> tuple[str, ...]:
    """Return the people of `T. Dao and D. Y. Fu`, or of `Dao, Tri, and Daniel Fu`, whose first name is turned."""
    more = re.search(r",? et al\.?$", text)
    names = list(read_people(text[: more.start()] if more is not None else text))
    if len(names) > 1 and " " not in names[0] and "." not in names[0]:
        names[:2] = [f"{names[1]} {names[0]}"]
    return (*names, "et al.") if more is not None and names else tuple(names)


def _read_initials(text: str) -> tuple[str, ...]:
    """Return the people of `Dao, T., Fu, D. Y., & Ré, C.`, first names first."""
    text = re.sub(r",? and ", ", ", text)
    found = re.findall(r"([^\s,&][^,&]*), ((?:[A-Z]\.[ -]?)+)", text)
    left = re.sub(r"([^\s,&][^,&]*), ((?:[A-Z]\.[ -]?)+)", "", text)
    names = tuple(f"{first.strip()} {last.strip()}" for last, first in found)
    return (*names, "et al.") if "et al" in left else names if not re.sub(r"[\s,&….]", "", left) else ()


def _read_short(text: str) -> tuple[str, ...]:
    """Return the people of `Dao T, Fu DY, et al`, first names first."""
    names = []
    for name in text.split(", "):
        last, _, initials = name.rpartition(" ")
        names.append("et al." if name == "et al" else f"{' '.join(f'{each}.' for each in initials)} {last}")
    return tuple(names)


def read_listed(text: str, least: int = 2) -> tuple[str, ...]:
    """Return the people of `Tri Dao, Daniel Y. Fu`: each with a first and a last name, and `least` of them or more."""
    names = read_people(text)
    full = all(len(name.split()) > 1 and name[0].isupper() and name.split()[-1][0].isupper() for name in names)
    return names if full and len(names) >= least else ()


@dataclass(frozen=True, slots=True)
class _Style:
    """A style: the pattern of the whole text, what reads its people, and whether the end of a title is clear."""

    pattern: re.Pattern[str]
    people: Callable[[str], tuple[str, ...]]
    clear: bool = True


_STYLES = (
    _Style(_APA, _read_initials),
    _Style(_HARVARD, _read_initials),
    _Style(_ACM, read_people, clear=False),
    _Style(_QUOTED, _read_quoted),
    _Style(_NATURE, _read_initials),
    _Style(_VANCOUVER, _read_short),
    _Style(_DBLP, read_listed),
)


def read_reference(text: str) -> tuple[Citation, bool] | None:
    """Return the work of a reference, and whether it shows where the title ends; None for any other text."""
    number = _NUMBER.match(text)
    text = text[number.end() :] if number is not None else text
    for style in _STYLES:
        match = style.pattern.fullmatch(text)
        people = style.people(match["authors"]) if match is not None else ()
        if match is None or not people:
            continue
        citation = _cite(match, people)
        identified = bool(citation.doi or citation.arxiv or citation.url)
        return citation, style.clear or ". In " in text or identified or _QUOTED.fullmatch(text) is not None
    return None


def _cite(match: re.Match[str], people: tuple[str, ...]) -> Citation:
    rest, whole = match["rest"], match.string
    doi, number, address = DOI.search(rest), _ARXIV_NUMBER.search(rest), re.search(r"https?://\S+", whole)
    venue = _IN.sub("", rest, count=1) if _IN.match(rest) else rest
    volume = _VOLUME.match(venue)
    venue = volume["venue"] if volume is not None else _AFTER_VENUE.split(f"{venue.strip()} ")[0].strip(" .,")
    year = match.groupdict().get("year") or next(iter(re.findall(r"\(((?:19|20)\d\d)\)", rest)), rest)
    return make_citation(
        title=match["title"].rstrip(".,"),
        authors=people,
        venue=re.sub(r"\s*\([^()]*\)?$", "", venue) if "(" in venue and ")" not in venue else venue,
        year=year,
        doi=doi[0] if doi is not None else "",
        arxiv=number[1] if number is not None else "",
        url=address[0] if address is not None else "",
    )

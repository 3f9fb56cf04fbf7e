"""References and listings as pages of publishers show them: plain text in a known order.

Tri Dao and Daniel Y. Fu. 2022. FlashAttention: Fast Attention. In NeurIPS. https://doi.org/10.1145/1
Dao, T., & Fu, D. Y. (2022). FlashAttention: Fast attention. NeurIPS, 35, 1–10.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from courseweek.read.pasted.citation import ARXIV, DOI, Citation, make_citation
from courseweek.read.pasted.text_lines import Pasted, TextLine
from courseweek.regex import lazy_pattern

MOST_REFERENCE_LINES = 8
"""Lines that one reference is wrapped over."""
_ACM = lazy_pattern(
    r"(?:\[\d+\] )?(?P<authors>[A-Z].{2,600}?)\. (?P<year>(?:19|20)\d\d)[a-z]?\. (?P<title>.{3,300}?[.?!]) (?P<rest>.+)"
)
_APA = lazy_pattern(
    r"(?P<authors>[A-Z][^\s,()]*(?: [A-Z]?[^\s,()]+){0,3}, (?:[A-Z]\.[ -]?){1,4}.{0,600}?)"
    r" ?\((?P<year>(?:19|20)\d\d)[a-z]?(?:, [^()]{3,20})?\)\. (?P<title>.{3,300}?[.?!]) (?P<rest>.+)"
)
_QUOTED = lazy_pattern(
    r"(?:\[\d+\] )?(?P<authors>[A-Z][^\"“”]{2,600}?)[.,]? [\"“](?P<title>[^\"“”]{3,300}?)[.,]?[\"”][.,]? (?P<rest>.+)"
)
_ARXIV_NUMBER = lazy_pattern(r"arxiv[: ]*(?:preprint )?(?:arxiv:)?\s*(\d{4}\.\d{4,5})", re.IGNORECASE)
_AFTER_VENUE = lazy_pattern(
    r"https?://|\bdoi:|\barXiv:|[,.] (?:\d|Article|pp\.|[Vv]ol)|\. |[ ]\d+(?:\.\d+)? \(", re.IGNORECASE
)
_VOLUME = lazy_pattern(r"(?P<venue>[^\d(]{3,100}?),? \d{1,3}(?=[,.(: ])")
_STAMP = lazy_pattern(r"(?:\[\d+\]\s*)?arXiv:(?P<number>\d{4}\.\d{4,5}(?:v\d+)?)\b.*", re.IGNORECASE)
_LABEL = lazy_pattern(
    r"(?P<label>Title|Authors?|Subjects?|Comments?|Abstract|Cite as|Journal reference|Related DOI|DOI|Report number"
    r"|MSC classes|ACM classes)[ ]?:[ ]*(?P<value>.*)"
)
_SUBMITTED = lazy_pattern(r"\[?\(?Submitted on .*|View (?:a )?PDF.*|Download.*|Computer Science > .*|HTML \(.*")
_LINK = lazy_pattern(
    r"(?:https?://(?:dx\.)?doi\.org/|doi:? ?|https?://arxiv\.org/(?:abs|pdf)/|arxiv: ?)\S+", re.IGNORECASE
)


def find_reference(lines: Sequence[TextLine], at: int) -> Pasted | None:
    """Return the reference that begins on a line, or None: one that YAML takes as one text is left alone."""
    first = lines[at]
    if not re.match(r"\[\d+\] |[A-Z]", first.body):
        return None
    text = ""
    best: Pasted | None = None
    for count in range(1, MOST_REFERENCE_LINES + 1):
        if at + count > len(lines):
            break
        line = lines[at + count - 1]
        if line.is_blank or (count > 1 and (line.dashes or line.is_entry or line.is_comment or _is_key(line))):
            break
        text = f"{text} {line.body}".strip()
        citation = _read_reference(text)
        if citation is not None and _is_refused(lines, at, count, text):
            best = Pasted("citation", "a reference", count, (citation,), sure=_is_sure(text, citation))
    return best


def _is_sure(text: str, citation: Citation) -> bool:
    """Return whether a reference shows where its title ends: in the form of APA, or before `In` or an address."""
    quoted = _QUOTED.fullmatch(text) is not None
    return (
        quoted
        or ". In " in text
        or bool(citation.doi or citation.arxiv or citation.url)
        or _APA.fullmatch(text) is not None
    )


def _is_key(line: TextLine) -> bool:
    return re.match(r"[a-z_]+:(?:[ ]|$)", line.body) is not None


def _is_refused(lines: Sequence[TextLine], at: int, count: int, text: str) -> bool:
    """Return whether YAML refuses the lines as one item, so that they can't be meant as they are."""
    column = lines[at].column
    outside = any(each.indent < column for each in lines[at + 1 : at + count])
    return not lines[at].dashes or ": " in text or " #" in text or outside


def _read_reference(text: str) -> Citation | None:
    match = _APA.fullmatch(text)
    people = _split_apa(match["authors"]) if match is not None else ()
    if match is None:
        match = _ACM.fullmatch(text)
        people = _split_acm(match["authors"]) if match is not None else ()
    if match is None or not people:
        match = _QUOTED.fullmatch(text)
        people = _split_quoted(match["authors"]) if match is not None else ()
    if match is None or not people:
        return None
    rest = match["rest"]
    year = match.groupdict().get("year") or rest
    doi, number, address = DOI.search(rest), _ARXIV_NUMBER.search(rest), re.search(r"https?://\S+", rest)
    venue = re.sub(r"^[Ii]n:? (?:(?:Proceedings|Proc\.) (?:of )?(?:the )?)?", "", rest)
    volume = _VOLUME.match(venue)
    venue = volume["venue"] if volume is not None else _AFTER_VENUE.split(f"{venue.strip()} ")[0].strip(" .,")
    return make_citation(
        title=match["title"].rstrip(".,"),
        authors=people,
        venue=re.sub(r"\s*\([^()]*\)?$", "", venue) if "(" in venue and ")" not in venue else venue,
        year=year,
        doi=doi[0] if doi is not None else "",
        arxiv=number[1] if number is not None else "",
        url=address[0] if address is not None else "",
    )


def _split_acm(text: str) -> tuple[str, ...]:
    """Return the people of `Tri Dao, Daniel Y. Fu, and Christopher Ré`; none where a part is not a name."""
    names = [name.strip() for name in re.split(r",? and |, |,? & ", text) if name.strip()]
    good = all(re.fullmatch(r"[^\W\d_][^\d:;!?]{1,40}", name) and len(name.split()) <= 5 for name in names)
    return tuple(names) if good else ()


def _split_quoted(text: str) -> tuple[str, ...]:
    """Return the people of `T. Dao and D. Y. Fu`, or of `Dao, Tri, and Daniel Fu`, whose first name is turned."""
    more = re.search(r",? et al\.?$", text)
    names = list(_split_acm(text[: more.start()] if more is not None else text))
    if len(names) > 1 and " " not in names[0] and "." not in names[0]:
        names[:2] = [f"{names[1]} {names[0]}"]
    return (*names, "et al.") if more is not None and names else tuple(names)


def _split_apa(text: str) -> tuple[str, ...]:
    """Return the people of `Dao, T., Fu, D. Y., & Ré, C.`, first names first."""
    found = re.findall(r"([^\s,&][^,&]*), ((?:[A-Z]\.[ -]?)+)", text)
    left = re.sub(r"([^\s,&][^,&]*), ((?:[A-Z]\.[ -]?)+)", "", text)
    names = tuple(f"{first.strip()} {last.strip()}" for last, first in found)
    return (*names, "et al.") if "et al" in left else names if not re.sub(r"[\s,&….]", "", left) else ()


def find_listing(lines: Sequence[TextLine], at: int) -> Pasted | None:
    """Return the work of a page of arXiv or of a DOI that was copied from a line on, or None."""
    return _find_arxiv(lines, at) or _find_lines_above_doi(lines, at)


def _find_arxiv(lines: Sequence[TextLine], at: int) -> Pasted | None:
    """Return what a page of arXiv says: lines with labels, one of them its number or its subjects."""
    body = lines[at].body
    if not (_STAMP.fullmatch(body) or _SUBMITTED.fullmatch(body) or re.match(r"Title:", body)):
        return None
    said: dict[str, str] = {}
    number, marks, end, loose = "", 0, at, ""
    for place in range(at, min(len(lines), at + 40)):
        line = lines[place]
        label, stamp = _LABEL.fullmatch(line.body), _STAMP.fullmatch(line.body)
        if place > at and (line.is_entry or line.dashes or _is_key(line) or line.is_comment):
            break
        if stamp is not None:
            number = number or stamp["number"]
            marks += 1
        elif label is not None:
            said.setdefault(label["label"], label["value"])
            marks += label["label"] in ("Subjects", "Cite as", "Comments")
            cited = re.search(r"arXiv:(\d{4}\.\d{4,5})", label["value"])
            number = number or (cited[1] if cited is not None else "")
        elif _SUBMITTED.fullmatch(line.body):
            marks += 1
        elif line.is_blank:
            continue
        elif "Abstract" not in said and place > at and not loose:
            loose = line.body
        end = place + 1
    if not marks or end - at < 2 or not (said.get("Title") or loose):
        return None
    title = said.get("Title") or loose
    names = _split_acm(re.sub(r"\s*\(.*?\)", "", said.get("Authors", said.get("Author", ""))))
    citation = make_citation(title=title, authors=names, arxiv=number, doi=said.get("DOI", said.get("Related DOI", "")))
    sure = bool(said.get("Title")) and bool(number) and ARXIV.fullmatch(number) is not None
    return Pasted("citation", "a page of arXiv", end - at, (citation,), sure)


def _find_lines_above_doi(lines: Sequence[TextLine], at: int) -> Pasted | None:
    """Return what lines of plain text say above a DOI or the address of one: the title first, the people below."""
    body = lines[at].body
    if len(body) < 4 or _is_key(lines[at]) or lines[at].is_entry or not body[0].isalnum() or _LINK.match(body):
        return None
    before = next((lines[place] for place in range(at - 1, -1, -1) if not lines[place].is_blank), None)
    if not lines[at].dashes and before is not None and lines[at].indent > before.column and not before.opens_block:
        return None  # it goes on with the text above
    for place in range(at + 1, min(len(lines), at + MOST_REFERENCE_LINES)):
        line = lines[place]
        link = _LINK.fullmatch(line.body)
        if link is not None and not line.dashes:
            people = _split_acm(lines[at + 1].body) if place > at + 1 else ()
            doi, number = DOI.search(link[0]), re.search(r"\d{4}\.\d{4,5}", link[0])
            is_arxiv = "arxiv" in link[0].lower()
            citation = make_citation(
                title=body,
                authors=people if len(people) > 1 else (),
                doi=doi[0] if doi is not None and not is_arxiv else "",
                arxiv=number[0] if number is not None and is_arxiv else "",
                url=link[0],
            )
            what = "a page of arXiv" if is_arxiv else "a page of a publisher"
            return Pasted("citation", what, place + 1 - at, (citation,), sure=False)
        if line.is_blank or line.dashes or line.is_entry or line.is_comment or _is_key(line):
            return None
    return None

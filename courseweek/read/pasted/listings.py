"""Pages that were copied as text: of arXiv, a publisher, Semantic Scholar, the ACM Digital Library and OpenReview."""

from __future__ import annotations

import re
from collections.abc import Sequence

from courseweek.read.pasted.citation import ARXIV, DOI, make_citation
from courseweek.read.pasted.styles import read_people
from courseweek.read.pasted.text_lines import Pasted, TextLine, is_key
from courseweek.regex import lazy_pattern

MOST_LINES_TO_LINK = 8
"""Lines from a title on in which the address of its page is looked for."""
MOST_LINES_TO_MARK = 6
"""Lines from a title on in which a page shows what it is."""
MOST_PAGE_LINES = 60
"""Lines of one page that are taken together."""
_STAMP = lazy_pattern(r"(?:\[\d+\]\s*)?arXiv:(?P<number>\d{4}\.\d{4,5}(?:v\d+)?)\b.*", re.IGNORECASE)
_LABEL = lazy_pattern(
    r"(?P<label>Title|Authors?|Subjects?|Comments?|Abstract|Cite as|Journal reference|Related DOI|DOI|Report number"
    r"|MSC classes|ACM classes)[ ]?:[ ]*(?P<value>.*)"
)
_SUBMITTED = lazy_pattern(r"\[?\(?Submitted on .*|View (?:a )?PDF.*|Download.*|Computer Science > .*|HTML \(.*")
_LINK = lazy_pattern(
    r"(?:https?://(?:dx\.)?doi\.org/|doi:? ?|https?://arxiv\.org/(?:abs|pdf)/|arxiv: ?)\S+", re.IGNORECASE
)
_PAGES = (
    (
        "a page of Semantic Scholar",
        lazy_pattern(
            r"Published in .+|TLDR|Corpus ID:? ?\d+|.*\+\d+ authors?\b.*|[\d,]+ Citations.*|Semantic Scholar.*"
        ),
    ),
    (
        "a page of the ACM Digital Library",
        lazy_pattern(r".*\bAuthors Info\b.*|Published: ?\d\d? [A-Z][a-z]+ \d{4}(?!,).*|Total Citations.*"),
    ),
    (
        "a page of OpenReview",
        lazy_pattern(
            r"Published: .*Last Modified:.*|TL;DR: .*|.*\bReaders: Everyone.*|Keywords: .+|.*\bEveryone.?Revisions.*"
        ),
    ),
)
_AROUND_PEOPLE = lazy_pattern(r"^Authors?: ?|,? *\+\d+ authors?\b|,? *Authors? Info.*")
_PUBLISHED_IN = lazy_pattern(r"Published in (?P<venue>.+?),? (?:\d{1,2} )?(?:[A-Z][a-z]+ )?(?:19|20)\d\d")


def find_listing(lines: Sequence[TextLine], at: int) -> Pasted | None:
    """Return the work of a page that was copied from a line on, or None."""
    return _find_arxiv(lines, at) or _find_page(lines, at) or _find_lines_above_doi(lines, at)


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
        if place > at and (line.is_entry or line.dashes or is_key(line) or line.is_comment):
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
        elif line.is_empty:
            continue
        elif "Abstract" not in said and place > at and not loose:
            loose = line.body
        end = place + 1
    if not marks or end - at < 2 or not (said.get("Title") or loose):
        return None
    title = said.get("Title") or loose
    names = read_people(re.sub(r"\s*\(.*?\)", "", said.get("Authors", said.get("Author", ""))))
    citation = make_citation(title=title, authors=names, arxiv=number, doi=said.get("DOI", said.get("Related DOI", "")))
    sure = bool(said.get("Title")) and bool(number) and ARXIV.fullmatch(number) is not None
    return Pasted("citation", "a page of arXiv", end - at, (citation,), sure)


def _find_page(lines: Sequence[TextLine], at: int) -> Pasted | None:
    """Return what a page of another site says: the title on the first line, the people below, then what marks it."""
    first = lines[at]
    if not first.body[0].isalnum() or is_key(first) or first.is_entry or first.opens_block:
        return None
    what = ""
    for line in lines[at + 1 : at + MOST_LINES_TO_MARK]:
        if line.dashes or line.is_comment or is_key(line) or (line.is_entry and not _is_label(line)):
            break
        what = what or next((name for name, mark in _PAGES if mark.fullmatch(line.body)), "")
    if not what:
        return None
    end = at + 1
    for place in range(at + 1, min(len(lines), at + MOST_PAGE_LINES)):
        line = lines[place]
        if line.dashes or line.is_comment or is_key(line) or (line.is_entry and not _is_label(line)):
            break
        end = end if line.is_empty else place + 1
    texts = [each.body for each in lines[at + 1 : end] if not each.is_empty]
    joined = "\n".join(texts)
    venue, doi = _PUBLISHED_IN.search(joined), DOI.search(joined)
    people = read_people(_AROUND_PEOPLE.sub("", texts[0]))
    citation = make_citation(
        title=first.body,
        authors=people if len(people) > 1 else (),
        venue=venue["venue"] if venue is not None else "",
        year=next((text for text in texts if text.startswith("Published")), ""),
        doi=doi[0] if doi is not None else "",
    )
    return Pasted("citation", what, end - at, (citation,), sure=False)


def _is_label(line: TextLine) -> bool:
    """Return whether a line is the head of a part of a page, such as `Abstract:`."""
    return line.body[:1].isupper()


def _find_lines_above_doi(lines: Sequence[TextLine], at: int) -> Pasted | None:
    """Return what lines of plain text say above a DOI or the address of one: the title first, the people below."""
    body = lines[at].body
    if len(body) < 4 or is_key(lines[at]) or lines[at].is_entry or not body[0].isalnum() or _LINK.match(body):
        return None
    for place in range(at + 1, min(len(lines), at + MOST_LINES_TO_LINK)):
        line = lines[place]
        link = _LINK.fullmatch(line.body)
        if link is not None and not line.dashes:
            people = read_people(lines[at + 1].body) if place > at + 1 else ()
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
        if line.is_empty or line.dashes or line.is_entry or line.is_comment or is_key(line):
            return None
    return None

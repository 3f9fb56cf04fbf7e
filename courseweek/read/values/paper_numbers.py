"""Numbers of papers, DOI and arXiv, in the texts that people copy them with."""

from __future__ import annotations

import re

from courseweek.frozen import dataclass
from courseweek.read.values.misread import Misread
from courseweek.regex import lazy_pattern

LONGEST_COPIED = 500
"""Characters of a text in which a number is looked for: a longer one is not a copied number."""
# DOI Handbook, 2.2: `10.`, the registrant's number, `/` and anything.
_DOI = lazy_pattern(r"(?<![\w.])10\.\d{4,9}/[^\s?#]+")
# arXiv identifiers: of today, and until March 2007.
_ARXIV = lazy_pattern(
    r"(?<!\d)(?<!\d\.)(?:\d{2}(?:0[1-9]|1[0-2])[.,]\d{4,5}|[a-z]+(?:-[a-z]+)?(?:\.[A-Z]{2})?/\d{7})(?:v\d{1,2})?(?!\d)"
)
# What comes with a number: the site, its folders, the name of the number, the subject in brackets.
_AROUND_ARXIV = lazy_pattern(
    r"https?://|www\.|export\.|10\.48550/|doi\.org/|arxiv\.org/|ar5iv\.(?:labs\.arxiv\.)?org/|huggingface\.co/|alphaxiv\.org/"
    r"|papers/|abs/|pdf/|html/|arxiv|\.pdf|doi|[\[(][a-z][\w., -]{0,40}[\])]|[\s:.,;/]",
    re.IGNORECASE,
)
_BEFORE_DOI = lazy_pattern(
    r"(?:doi)?[\s:]*(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}/(?:[\w-]+/){0,4}|(?:doi)?[\s:]*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Number:
    """The number that a text holds; it is `sure` where the text is nothing but that number and where it is found."""

    text: str
    sure: bool


def find_arxiv(text: str) -> Number | None:
    """Return the only number of arXiv in a text, or None."""
    found = list(_ARXIV.finditer(text)) if len(text) <= LONGEST_COPIED else []
    if len(found) != 1:
        return None
    (match,) = found
    around = _AROUND_ARXIV.sub("", f"{text[: match.start()]} {text[match.end() :]}")
    return Number(match[0].replace(",", "."), not around and "," not in match[0])


def find_doi(text: str) -> Number | None:
    """Return the only DOI of a text, without what ends a sentence, or None."""
    found = list(_DOI.finditer(text)) if len(text) <= LONGEST_COPIED else []
    if len(found) != 1:
        return None
    (match,) = found
    doi = match[0].rstrip(".,;")
    alone = _BEFORE_DOI.fullmatch(text[: match.start()]) is not None and not text[match.end() :].strip()
    return Number(doi, alone and re.search(r"[<>\"'{}\[\]|\\]|,", doi) is None)


def read_doi(text: str) -> str:
    """Return the DOI that is alone, behind `doi:`, or in its address; raise `Misread` for anything else."""
    doi = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", text.strip(), flags=re.IGNORECASE)
    if re.fullmatch(r"10\.\d{4,9}/\S+", doi):
        return doi
    raise _misread(text, "a DOI", find_doi(text), "10.1145/2723372.2742797")


def read_arxiv(text: str) -> str:
    """Return the number that is alone, behind `arXiv:`, or in its address; raise `Misread` for anything else."""
    prefix = r"^(?:https?://(?:www\.)?arxiv\.org/(?:abs/|pdf/|html/)?|arxiv:\s*)"
    number = re.sub(prefix, "", text.strip(), flags=re.IGNORECASE).removesuffix(".pdf")
    if re.fullmatch(r"(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?", number):
        return number
    raise _misread(text, "an arXiv number", find_arxiv(text), "2005.14165")


def _misread(text: str, what: str, found: Number | None, example: str) -> Misread:
    """Return why a text is not the number of a paper, with the number that it holds."""
    message = f"`{text.strip()}` is not {what}"
    if found is None:
        return Misread(message, f"write one such as {example}", "bad-address")
    return Misread(message, name="bad-address", write=found.text, fixed=found.text if found.sure else None)

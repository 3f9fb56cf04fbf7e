"""What two spellings of one address share, and the numbers by which papers are known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from courseweek.regex import lazy_pattern

_ARXIV = lazy_pattern(
    r"(?:arxiv\.org/(?:abs/|pdf/|html/)?|10\.48550/arxiv\.|arxiv:\s*)(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})",
    re.IGNORECASE,
)
"""The number in an address or a DOI of arXiv, without its version."""
_DOI = lazy_pattern(
    r"(?:doi\.org|dl\.acm\.org/doi(?:/abs|/pdf|/full|/fullHtml|/epdf)?)/(10\.\d{4,9}/[^\s?#]+)", re.IGNORECASE
)


def paper_keys(address: str) -> Iterator[str]:
    """Yield what all spellings of an address have in common: an arXiv number or a DOI, and the address without what
    makes no difference."""
    if match := _ARXIV.search(address):
        yield f"arxiv:{match[1].lower()}"
    elif match := _DOI.search(unquote(address)):
        yield f"doi:{match[1].rstrip('.,;').lower()}"
    if "://" in address:
        yield f"address:{bare_address(address)}"


def bare_address(address: str) -> str:
    """Return an address without its scheme, `www.`, fragment and last slash, in lower case."""
    return address.partition("://")[2].partition("#")[0].removeprefix("www.").rstrip("/").lower()

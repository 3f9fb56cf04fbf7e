"""A past term: the frozen site of a term that is over, as the course keeps it in `archive/`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date

from courseweek.diagnostics import Span
from courseweek.frozen import dataclass
from courseweek.regex import lazy_pattern

ARCHIVE = "archive"
"""The folder of a course with its past terms."""
LONGEST_NAME = 40
_NAME = lazy_pattern(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)


@dataclass(frozen=True, slots=True)
class FrozenFile:
    """A file of a past term: its SHA-256 sum in hexadecimal digits, and the line that lists it."""

    sum: str
    line: Span


@dataclass(frozen=True, slots=True)
class PastTerm:
    """A past term: its folder's name, what it is called, its days if they are known, and its files by their paths.

    `origin` is the head of the list of its files.
    """

    name: str
    title: str
    starts: date | None
    ends: date | None
    files: Mapping[str, FrozenFile]
    origin: Span = field(compare=False)

    @property
    def home(self) -> str:
        """The path of its home page in the site."""
        return f"{self.name}/index.html"


def is_term_name(text: str) -> bool:
    """Return whether a past term may have this name: small letters and digits, with hyphens between them."""
    return len(text) <= LONGEST_NAME and _NAME.fullmatch(text) is not None


def list_frozen_files(terms: Iterable[PastTerm]) -> dict[str, FrozenFile]:
    """Return all files of past terms by their paths in the site."""
    return {f"{term.name}/{path}": file for term in terms for path, file in term.files.items()}


def is_frozen_page(path: str) -> bool:
    """Return whether a file of a past term, by its path in the site, is a page of its own and not one of its assets."""
    inner = path.partition("/")[2]
    return inner.endswith((".html", ".htm", ".xhtml")) and not inner.startswith("assets/")

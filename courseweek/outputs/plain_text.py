"""The words of a Markdown text for a search: what a page shows of it, nearly, and nothing that a page hides."""

from __future__ import annotations

import html
import re

from courseweek.comments import drop_comments
from courseweek.regex import lazy_pattern

_NOT_SHOWN = lazy_pattern(
    r"</?[A-Za-z][^<>]*>|<[a-z]+:[^<>\s]*>"  # tags, and addresses in angle brackets
    r"|(?<=\])\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"\n]*\")?\)"  # where a link leads
    r"|^ {0,3}\[[^\]\n]+\]:[ \t]*\S[^\n]*"
    r"|(?:https?://|www\.)\S+",
    re.MULTILINE,
)
_MARKS = lazy_pattern(r"[*_`~|>\[\]\\=]+|(?<!\w)#+|-{2,}")
_CUT = 4
"""A text is shortened to this many times the wanted length before it is looked at."""


def list_words(text: str, most: int) -> str:
    """Return the words of a Markdown text with single spaces between them, at most this many characters."""
    text = text[: _CUT * most]
    text, opened = drop_comments(text)
    text = text[:opened] if opened >= 0 else text
    text = html.unescape(_MARKS.sub(" ", _NOT_SHOWN.sub(" ", text)))
    return shorten(" ".join(text.split()), most)


def shorten(text: str, most: int) -> str:
    """Return a text of at most this many characters, without the word that would be cut."""
    if len(text) <= most:
        return text
    cut = text[: most + 1]
    return cut.rpartition(" ")[0] or cut[:most]

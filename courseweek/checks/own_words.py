"""The words of a text that are its author's own: code, addresses and quotations are masked."""

from __future__ import annotations

import re

from courseweek.comments import CODE_SPAN, FENCED_CODE, mask
from courseweek.regex import lazy_pattern

_QUOTED = "|".join(
    (
        r"<!--(?s:.{0,4000}?)-->",
        r"</?[A-Za-z][^<>]{0,4000}>",  # a tag, or an address in angle brackets
        r"\[[^\[\]]{0,300}\]\(<?https?://[^()\s]*(?:\([^()\s]*\)[^()\s]*)*[^()\n]*\)",  # often the title of a paper
        r"(?<=\])\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"\n]*\")?\)",
        r"^ {0,3}\[[^\]\n]+\]:[ \t]*\S[^\n]*",
        r"(?:https?://|www\.)\S+",
        r"^ {0,3}>[^\n]*",
        r"“[^”]{1,400}”|«[^»]{1,400}»|\"[^\"\n]{1,400}\"",
        r"\$(?=[^\s$])[^$\n]*[^\s$]\$",
    )
)
# What none of them begins with is passed over quickly.
_OTHERS = lazy_pattern(rf"(?=[`~<\[(hw“«\"$> \t*+\-\d])(?:{FENCED_CODE}|{CODE_SPAN}|{_QUOTED})", re.MULTILINE)


def bare_words(text: str) -> str:
    """Return a text of the same length that keeps only its author's own words.

    Code, formulas, tags, addresses, the words of links to other sites and quotations are masked, line ends kept.
    """
    return _OTHERS.sub(mask, text)

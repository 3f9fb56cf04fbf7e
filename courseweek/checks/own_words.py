"""The words of a text that are its author's own: code, addresses and quotations are masked."""

from __future__ import annotations

import re

from courseweek.regex import lazy_pattern

MASK = "\ufffc"
"""The character that masks another: neither a space nor part of a word."""

_FENCED = (
    r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+){0,4}(?P<fence>`{3,}|~{3,})"
    r"[^\n]*(?:\n(?s:.*?)(?:^[ \t>]*(?P=fence)[`~]*[ \t]*\r?$|\Z)|\Z)"
)
_SPAN = r"(?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n)(?s:.)){0,2000}?(?<!`)(?P=ticks)(?!`)"
_CODE = lazy_pattern(f"{_FENCED}|{_SPAN}", re.MULTILINE)
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
_OTHERS = lazy_pattern(rf"(?=[`~<\[(hw“«\"$> \t*+\-\d])(?:{_FENCED}|{_SPAN}|{_QUOTED})", re.MULTILINE)


def hide_code(text: str) -> str:
    """Return a text of the same length with fenced code and code spans masked (CommonMark 0.31, 4.5 and 6.1)."""
    return _CODE.sub(_mask_code, text) if "`" in text or "~~~" in text else text


def bare_words(text: str) -> str:
    """Return a text of the same length that keeps only its author's own words.

    Code, formulas, tags, addresses, the words of links to other sites and quotations are masked, line ends kept.
    """
    return _OTHERS.sub(_mask, text)


def _mask_code(match: re.Match[str]) -> str:
    before, after = match.string[max(match.start() - 1, 0) : match.start()], match.string[match.end() : match.end() + 1]
    return match[0] if match["ticks"] == "`" and before == after == "$" else _mask(match)  # a formula: $`x`$


def _mask(match: re.Match[str]) -> str:
    return re.sub(r"[^\r\n]", MASK, match[0])

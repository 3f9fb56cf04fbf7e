"""How blocks of HTML begin and end in Markdown (CommonMark 0.31, 4.6)."""

from __future__ import annotations

import re

from courseweek.regex import lazy_pattern

_CLOSED_BY = (
    None,
    lazy_pattern(r"</(?:script|pre|style|textarea)>", re.IGNORECASE),
    lazy_pattern(r"-->"),
    lazy_pattern(r"\?>"),
    lazy_pattern(r">"),
    lazy_pattern(r"\]\]>"),
)
_TAG_NAMES = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt"
    "|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu"
    "|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|source|summary|table|tbody|td|tfoot|th|thead"
    "|title|tr|track|ul"
)
_ATTRIBUTE = r"[ \t]+[A-Za-z_:][\w.:-]*(?:[ \t]*=[ \t]*(?:[^\s\"'=<>`]+|'[^']*'|\"[^\"]*\"))?"
_OPENED_BY = (
    None,
    lazy_pattern(r"<(?:script|pre|style|textarea)(?=[ \t>]|$)", re.IGNORECASE),
    lazy_pattern(r"<!--"),
    lazy_pattern(r"<\?"),
    lazy_pattern(r"<![A-Z]"),
    lazy_pattern(r"<!\[CDATA\["),
    lazy_pattern(rf"</?(?:{_TAG_NAMES})(?=[ \t>]|/>|$)", re.IGNORECASE),
    lazy_pattern(rf"(?:<[A-Za-z][A-Za-z0-9-]*(?:{_ATTRIBUTE})*+[ \t]*/?>|</[A-Za-z][A-Za-z0-9-]*[ \t]*>)[ \t]*$"),
)


def list_kinds(line: str, at: int) -> list[int]:
    """Return the kinds of HTML blocks, 1 to 7 as CommonMark counts them, that can begin at this place of a line."""
    return [kind for kind, opening in enumerate(_OPENED_BY) if opening is not None and opening.match(line, at)]


def ends_block(kind: int, line: str) -> bool:
    """Return whether a block of this kind ends with this line; those of kind 6 and 7 end with an empty one instead."""
    closing = _CLOSED_BY[kind] if kind < 6 else None
    return closing is not None and closing.search(line) is not None

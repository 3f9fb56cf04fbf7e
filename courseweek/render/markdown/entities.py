"""Characters that are written as `&amp;` or behind a backslash (CommonMark 0.31, 2.4 and 2.5)."""

from __future__ import annotations

from html.entities import html5

from courseweek.regex import lazy_pattern

ENTITY = r"&(?:#[0-9]{1,8}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
_ENTITY = lazy_pattern(ENTITY)
_ESCAPE_OR_ENTITY = lazy_pattern(rf"\\([!-/:-@\[-`{{-~])|{ENTITY}")
# No text has control characters (but tabs and line ends), halves of pairs, or what stands for formulas on their way.
_REFUSED = lazy_pattern("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\uf8f0-\uf8f7]")


def read_entity(written: str) -> str:
    """Return the characters that `&…;` stands for, or itself if it stands for nothing."""
    if written[1] != "#":
        return html5.get(written[1:], written)
    number = int(written[3:-1], 16) if written[2] in "xX" else int(written[2:-1])
    character = chr(number) if 0 < number < 0x110000 else "\ufffd"
    return _REFUSED.sub("\ufffd", character)


def put_characters(text: str) -> str:
    """Return a text with its escapes and entities as the characters that they stand for."""
    if "\\" not in text and "&" not in text:
        return text
    return _ESCAPE_OR_ENTITY.sub(lambda match: match[1] or read_entity(match[0]), text)


def drop_refused(text: str) -> str:
    """Return a text without characters that no page may have."""
    return _REFUSED.sub("\ufffd", text) if _REFUSED.search(text) else text

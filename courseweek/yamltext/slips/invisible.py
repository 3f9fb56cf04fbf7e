"""Characters that nobody sees and nobody means: pasted along, they turn words around or cut them."""

from __future__ import annotations

import re

from courseweek.diagnostics import Diagnostic, Edit
from courseweek.regex import lazy_pattern
from courseweek.yamltext.tree import Scalar

# Unicode 16, chapter 9.2 and UAX #9, section 2: embeddings, overrides and isolates reorder what is around them.
# The marks U+200E and U+200F only give a direction, and ZWJ and ZWNJ (U+200D, U+200C) belong to scripts and emoji.
_TURNS = "\u202a-\u202e\u2066-\u2069"
# Thai, Lao, Burmese and Khmer write no spaces: there U+200B parts words, and is meant.
_STRAY = lazy_pattern(
    f"[{_TURNS}\u2060\ufeff]|(?<![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])\u200b|\u200b(?![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])"
)
# A soft hyphen says where a word may be divided: it is meant in prose, and never in a key or an id.
_SOFT = "\u00ad"
_SOFT_OR_STRAY = lazy_pattern(f"[{_SOFT}{_TURNS}\u2060\ufeff\u200b]")
_ID = lazy_pattern(f"[a-z0-9_{_SOFT}-]+")


def find_stray(scalar: Scalar) -> Diagnostic | None:
    """Return what is to be reported of the first such character of a text, with the edits that delete all of them."""
    if scalar.text.isascii():
        return None
    first = _pattern_for(scalar.text).search(scalar.text)
    if first is None or re.fullmatch(r"\S*://\S*", scalar.text):
        return None  # an address says itself what it can't hold
    raw = scalar.span.text
    turns = re.match(f"[{_TURNS}]", first[0]) is not None
    what = "reverses the text after it" if turns else "does nothing"
    places = [scalar.span.within(match.start(), match.end()) for match in _pattern_for(scalar.text).finditer(raw)]
    message = f"an invisible character (U+{ord(first[0]):04X}) in this text {what}"
    shown = re.sub(r"\s+", " ", without_strays(scalar.text)).strip()
    help = f"delete it: {shown}" if len(shown) <= 120 else "delete it"
    place = places[0] if places else scalar.span
    fix = tuple(Edit(place, "") for place in places)
    return Diagnostic("error" if turns else "warning", "invisible-character", message, place, help, fix=fix)


def without_strays(text: str) -> str:
    """Return the text without such characters."""
    return _pattern_for(text).sub("", text)


def _pattern_for(text: str) -> re.Pattern[str]:
    return _SOFT_OR_STRAY if _SOFT in text and _ID.fullmatch(text) else _STRAY

"""Several names where one belongs: `authors: Jack Goody and Ian Watt` is one author in YAML.

wrong:   authors: Jack Goody and Ian Watt          right:   authors: [Jack Goody, Ian Watt]
"""

from __future__ import annotations

import re

from courseweek.diagnostics import Diagnostics, Span
from courseweek.model.author import AND_OTHERS, COMPANY, SUFFIX
from courseweek.regex import lazy_pattern
from courseweek.yamltext.document import quote_text
from courseweek.yamltext.slips.glued import write_between_braces

LONGEST_NAMES = 400
"""A longer text is not taken for a list of names."""
_AND = lazy_pattern(r"\s*(?:,\s*)?(?:\s(?:and|und|et|y)\s(?!al\b)|\s?&\s)\s*|\s*;\s*")
_NAME = lazy_pattern(r"[^\W\d_][^\d,:]*")


def warn_of_several(name: str, place: Span, found: Diagnostics) -> None:
    """Warn of a name that is probably a list of them, and show the list; one between braces is meant as one."""
    names = find_several(name)
    if not names:
        return
    written = ", ".join(map(write_between_braces, names))
    whole = quote_text("{" + name + "}")
    help = f"make each name an item of the list, as in [{written}]; if this is one name, write {whole}"
    found.warning("several-names", f"`{name}` is read as one name", place, help=help)


def find_several(text: str) -> list[str]:
    """Return the names that a text is probably a list of; none where it is one name."""
    if len(text) > LONGEST_NAMES or text.startswith("{") or not re.search(r"[,;&]|\s(?:and|und|et|y)\s", text):
        return []
    parts = [part for each in _AND.split(text) if each.strip() for part in _split_commas(each.strip())]
    if len(parts) < 2 or not all(_NAME.match(part) for part in parts):
        return []
    return parts


def _split_commas(text: str) -> list[str]:
    """Return the names between the commas of a text; `Goody, Jack` is one, and so is a name with a suffix."""
    pieces = [piece.strip() for piece in text.split(",") if piece.strip()]
    if len(pieces) > 1 and not any(map(_goes_on, pieces[1:])) and all(" " in piece for piece in pieces[:-1]):
        return pieces
    if len(pieces) > 3 and len(pieces) % 2 == 0 and all(" " not in piece for piece in pieces[::2]):
        return [f"{last}, {first}" for last, first in zip(pieces[::2], pieces[1::2], strict=True)]
    return [text]


def _goes_on(piece: str) -> bool:
    return bool(SUFFIX.fullmatch(piece) or COMPANY.fullmatch(piece)) and not AND_OTHERS.fullmatch(piece)

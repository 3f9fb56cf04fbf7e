"""Text of any direction: what a contributor wrote in a script that runs from right to left moves nothing beside it.

Beside the words of a page such a text reorders dates and punctuation of others (UAX #9), so that it is isolated
wherever it is shown. Text that can't do that is left as it is: no page pays for what it does not hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup

from courseweek.regex import lazy_pattern

# Letters and digits of scripts that run from right to left, unassigned ones included (Unicode, DerivedBidiClass.txt),
# and the characters that set a direction until another ends it (UAX #9, section 2).
_TURNING = (
    "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff\u200f\u202a-\u202e\u2066-\u2069"
)
_TURNS = lazy_pattern(f"[{_TURNING}]")
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"

# What is outside these has no direction of its own, and code has its own always.
_BLOCKS = frozenset(
    """
    blockquote caption dd details dl dt figcaption h1 h2 h3 h4 h5 h6 li ol p summary table td th ul
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
_CODE = frozenset(("code", "kbd", "pre", "samp"))
# Of these the first letter anywhere inside decides: where the marks of a list, a quotation's line, the columns are.
_HOLDERS = frozenset(("blockquote", "details", "dl", "ol", "table", "ul"))
_BLOCK = lazy_pattern(r"<(?:p|ul|ol|dl|table|blockquote|details|div|pre|h[1-6]|hr)\b")
# A tag as the cleaner writes it, with each value between double quotes.
_TAG = lazy_pattern(r'<(/?)([a-z][a-z0-9]*)((?:[^<>"]|"[^"]*")*)>')
# No digit, and no mark that stands for a formula: a private use character is not a letter.
_LETTER = lazy_pattern(r"[^\W\d_]")
_MARK = lazy_pattern("[\ue000-\uf8ff]")


def turns(text: str) -> bool:
    """Return whether a text can change the order of the text beside it."""
    return not text.isascii() and _TURNS.search(text) is not None


def isolate(text: str | Markup, language: str | None = None) -> str | Markup:
    """Return a contributed text for use inside an element: in `<bdi>` where it may run from right to left.

    The direction is then that of its first letter (HTML, the `bdi` element). With a `language`, any text has it.
    """
    if language is not None and text and not (isinstance(text, Markup) and _BLOCK.search(text)):
        return Markup('<bdi lang="{}">{}</bdi>').format(language, text)
    if not turns(text) or (isinstance(text, Markup) and _BLOCK.search(text)):
        return text  # blocks of Markdown are isolated already, by `direct_blocks`
    return Markup("<bdi>{}</bdi>").format(text)


def isolate_each(texts: Iterable[str | Markup], between: str, language: str | None = None) -> Markup:
    """Return contributed texts in a row, each isolated."""
    return Markup("{}").format(between).join(isolate(each, language) for each in texts)


def isolate_plain(text: str) -> str:
    """Return a contributed text for where no element can be: between isolating characters, where it needs them."""
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}" if turns(text) else text


def direct_blocks(cleaned: str) -> str:
    """Return cleaned HTML of Markdown in which each block goes by its own text, if any of it may run to the left.

    Blocks get `dir="auto"`: their first letter decides (HTML, the `dir` attribute), not counting what has a `dir` of
    its own. Blocks that hold others would find no letter then, so they get the direction of the first one inside. Code
    runs from left to right whatever surrounds it.
    """
    if not turns(cleaned):
        return cleaned
    tags = list(_TAG.finditer(cleaned))
    letters = _first_letters(cleaned, tags)
    directions: dict[int, str] = {}
    open_at: list[tuple[int, bool]] = []
    for at, tag in enumerate(tags):
        name = tag[2]
        if name in _CODE and not tag[1]:
            directions[at] = "ltr"
        elif name in _BLOCKS and not tag[1]:
            follows = tags[at + 1] if at + 1 < len(tags) else None
            inside = cleaned[tag.end() : follows.start()] if follows is not None else ""
            holds = name in _HOLDERS or (
                not inside.strip() and follows is not None and not follows[1] and follows[2] in {*_BLOCKS, "pre", "div"}
            )
            open_at.append((at, holds))
        elif name in _BLOCKS and open_at:
            start, holds = open_at.pop()
            found, direction = letters[start]
            # A browser would count a formula's letters, but they are not the text's.
            if not holds and not _MARK.search(cleaned, tags[start].end(), min(found, tag.start())):
                directions[start] = "auto"
            elif found < tag.start():
                directions[start] = direction
    pieces, end = [], 0
    for at, direction in sorted(directions.items()):
        if " dir=" not in tags[at][3]:
            pieces += [cleaned[end : tags[at].end() - 1], f' dir="{direction}"']
            end = tags[at].end() - 1
    return "".join([*pieces, cleaned[end:]])


def _first_letters(cleaned: str, tags: list[re.Match[str]]) -> list[tuple[int, str]]:
    """Return for each tag the place of the first letter after it, outside code, and its direction."""
    from unicodedata import bidirectional  # needed by few courses

    found: list[tuple[int, str]] = []
    last = (len(cleaned), "ltr")
    end, depth = len(cleaned), 0
    for tag in reversed(tags):
        letter = _LETTER.search(cleaned, tag.end(), end) if depth == 0 else None
        if letter is not None:
            last = (letter.start(), "rtl" if bidirectional(letter[0]) in ("R", "AL") else "ltr")
        found.append(last)
        if tag[2] in _CODE:
            depth += 1 if tag[1] else -1
        end = tag.start()
    return found[::-1]

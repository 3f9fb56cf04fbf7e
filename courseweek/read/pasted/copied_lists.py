"""Items of a list as word processors and mail programs copy them: `•`, `1.` or `*` before each."""

from __future__ import annotations

from collections.abc import Sequence

from courseweek.read.pasted.citation import Citation, make_linked
from courseweek.read.pasted.text_lines import KEY, Pasted, TextLine, split_bullet
from courseweek.read.values.bare_addresses import find_bare
from courseweek.regex import lazy_pattern

_LINK = lazy_pattern(r"\[[^\[\]]+\]\([^\s()]+\)")
MOST_PLAIN_ITEMS = 30
"""Items in which the first that needs more than another bullet is looked for."""


def find_bullets(lines: Sequence[TextLine], at: int) -> Pasted | None:
    """Return the readings of the items that begin on a line, or None.

    Items that need nothing but another bullet are left to the reader of YAML.
    """
    end = at
    entries: list[Citation | str] = []
    sure, more = True, _is_at_margin(lines, at)
    most = at + MOST_PLAIN_ITEMS
    while end < len(lines) and (more or end < most) and (text := _read_item(lines[end])):
        bare = None if _LINK.search(text) else find_bare(text)
        entry, whole = (
            (text, True) if bare is None else make_linked(bare.words, bare.url, bare.before, bare.after.strip())
        )
        entries.append(entry)
        sure, more = sure and whole, more or bare is not None
        end += 1
    if not entries or not more:
        return None
    bullet, _ = split_bullet(lines[at].body)
    message = f"a list item begins with a hyphen and a space, not with `{bullet}`"
    return Pasted("bullet", "a list", end - at, tuple(entries), sure, message=message)


def _read_item(line: TextLine) -> str:
    """Return the text of an item that is no reading with keys; nothing for any other line."""
    bullet, text = ("", "") if line.dashes else split_bullet(line.body)
    return "" if not bullet or text[0] in "\"'" or KEY.match(text) else text


def _is_at_margin(lines: Sequence[TextLine], at: int) -> bool:
    """Return whether a line is at the margin, and the line above it is not."""
    above = next((lines[place] for place in range(at - 1, -1, -1) if not lines[place].is_empty), None)
    return lines[at].indent == 0 and above is not None and above.indent > 0

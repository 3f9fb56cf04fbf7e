"""Marks such as `<b>` that a text leaves open: they end where their paragraph, list entry or cell does.

A browser opens them again for all that follows, and so would the cleaner: between the entries of a list, where
only entries are allowed (HTML, 13.2.6.4.7 and 4.4.5).
"""

from __future__ import annotations

import re

from courseweek.regex import lazy_pattern
from courseweek.render.sizes import Tally

_MARKS = "b|code|em|i|s|small|strong|u"
_BLOCKS = (
    "blockquote|caption|dd|details|div|dl|dt|figcaption|figure|h[1-6]|hr|li|ol|p|pre|summary|table|tbody|td|tfoot|th"
    "|thead|tr|ul"
)
_WRITTEN = lazy_pattern(rf"<(?:{_MARKS})\b", re.IGNORECASE)
_TAG = lazy_pattern(rf"<(?P<end>/?)(?:(?P<mark>{_MARKS})|(?P<block>{_BLOCKS}))(?:\s[^<>]*)?>", re.IGNORECASE)


def close_marks(written: str, rendered: str, tally: Tally) -> str:
    """Return HTML whose marks reach over no block; `written` is the Markdown that it was made from.

    What is repeated goes to `tally`. A mark goes on in the next paragraph. Anything else ends it.
    """
    if _WRITTEN.search(written) is None:
        return rendered
    pieces: list[str] = []
    open_marks: list[tuple[str, str]] = []  # name and tag, outermost first
    shown, at = True, 0  # whether they are open in what is written so far
    for match in _TAG.finditer(rendered):
        pieces.append(rendered[at : match.start()])
        at = match.end()
        if match["mark"]:
            name = match["mark"].lower()
            if not match["end"]:
                pieces.append(match[0])
                open_marks.append((name, match[0]))
                continue
            places = [place for place, (each, _) in enumerate(open_marks) if each == name]
            if places:
                del open_marks[places[-1]]
                pieces += [match[0]] if shown else []
            continue
        if shown:
            pieces += [f"</{name}>" for name, _ in reversed(open_marks)]
        pieces.append(match[0])
        paragraph = match["block"].lower() == "p"
        # Of several of one name one goes on: else each paragraph of a flood would repeat all before it.
        open_marks = list({name: (name, tag) for name, tag in open_marks}.values()) if paragraph else []
        shown = not open_marks or (paragraph and not match["end"])
        if shown:
            tally.add(sum(len(tag) for _, tag in open_marks))
            pieces += [tag for _, tag in open_marks]
    return "".join([*pieces, rendered[at:]])

"""Texts that anybody may have written, in the Markdown of a summary: nothing in them is a mark, a link or a mention."""

from __future__ import annotations

import re

from courseweek.regex import lazy_pattern
from courseweek.report.text import printable

_MARK = lazy_pattern(r"[!-&(-+\--/:-@\[-`{-~]")
"""All signs of ASCII except `'` and `,`, which mean nothing in Markdown."""
_ADDRESS = lazy_pattern(r"(?i:www)(?=\.)|[@#](?=\w)|:(?=[/A-Za-z_+])")
"""Where GitHub would find an address, a person, an issue or an emoji, also in a text whose marks are escaped."""
_JOINER = "\u2060"


def write_inert(text: str) -> str:
    """Return a text for a line of Markdown that is shown as it is; control characters are shown as escapes."""
    text = _ADDRESS.sub(rf"\g<0>{_JOINER}", printable(text).strip())
    return _MARK.sub(lambda mark: f"&#{ord(mark[0])};", text)


def write_block(text: str, info: str = "text") -> str:
    """Return a text as a fenced block, whose fence is longer than any row of backticks in it."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{info}\n{text}{fence}\n"

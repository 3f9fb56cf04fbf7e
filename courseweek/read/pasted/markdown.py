"""Links of Markdown and bullets where labels with addresses belong: `links: [Slides](https://…)`."""

from __future__ import annotations

from collections.abc import Sequence

from courseweek.read.pasted.citation import write_item
from courseweek.read.pasted.text_lines import Pasted, TextLine
from courseweek.regex import lazy_pattern

_KEY = lazy_pattern(r"(?P<key>links|materials):[ \t]+(?P<rest>\S.*)")
_LINKS = lazy_pattern(r"(?:\[[^\[\]]+\]\([^\s()]+\)(?:,?[ ]+(?:and[ ]+)?|$))+")
_LINK = lazy_pattern(r"\[(?P<words>[^\[\]]+)\]\((?P<url>[^\s()]+)\)")
_BULLET = lazy_pattern(r"-[ ]+(?P<words>[^:\s](?:[^:]{0,100}[^:\s])?)[ ]?:?[ ](?P<url>https?://\S+)")


def find_markdown_links(lines: Sequence[TextLine], at: int) -> Pasted | None:
    """Return the line of `links:` or `materials:` with links of Markdown or a bullet after it, or None."""
    line = lines[at]
    match = _KEY.fullmatch(line.body)
    if match is None:
        return None
    bullet = _BULLET.fullmatch(match["rest"])
    links = [bullet] if bullet is not None else []
    if not links and _LINKS.fullmatch(match["rest"]):
        links = list(_LINK.finditer(match["rest"]))
    if not links:
        return None
    pairs = ", ".join(f"{write_item(each['words'].strip())}: {write_item(each['url'])}" for each in links)
    written = f"{match['key']}: {{{pairs}}}"
    message = "a link has a label and an address"
    rewritten = (f"{' ' * line.indent}{line.dashes}{written}",)
    return Pasted("wrong-shape", "a link", 1, (), True, rewritten, f"write {written}", message)

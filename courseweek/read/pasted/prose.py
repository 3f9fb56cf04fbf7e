"""What is pasted into the Markdown of a page: links as Slack writes them, and a diff with its head."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape

from courseweek.diagnostics import Diagnostic, Edit, Source
from courseweek.read.pasted.diff import has_head
from courseweek.regex import lazy_pattern

_LINK = lazy_pattern(r"<(?P<url>https?://[^|<>\s]+)\|(?P<words>[^<>|\n]+)>")
_FENCE = lazy_pattern(r"[ \t]*(?:[-*+>][ \t]+)*(?P<fence>`{3,}|~{3,})")


def find_pasted_in_prose(source: Source, start: int) -> Iterator[Diagnostic]:
    """Yield the errors for what was pasted into a page, outside code, from an index on."""
    text = source.text
    has_link, has_diff = "|" in text and _LINK.search(text, start) is not None, "diff --git a/" in text
    if not (has_link or has_diff):
        return
    edits: list[Edit] = []
    for at, line in _lines_of_text(text, start):
        if has_diff and line.startswith("diff --git ") and has_head(line):
            help = "keep the new lines, without the `+` before them, or put all of it between lines of ```"
            yield Diagnostic("error", "pasted-diff", "this is a diff, not text", source.span(at, at + len(line)), help)
            return
        for match in _LINK.finditer(line):
            if line.count("`", 0, match.start()) % 2 == 0:
                written = f"[{unescape(match['words']).strip()}]({unescape(match['url'])})"
                edits.append(Edit(source.span(at + match.start(), at + match.end()), written))
    if edits:
        more = len(edits) - 1
        help = f"write {edits[0].text}" + (f"; likewise with {more} more link{'s' if more > 1 else ''}" if more else "")
        message = "this is a link from a chat; in Markdown it is [words](address)"
        yield Diagnostic("error", "chat-link", message, edits[0].span, help, fix=tuple(edits))


def _lines_of_text(text: str, start: int) -> Iterator[tuple[int, str]]:
    """Yield the lines outside fences of code, each with its place."""
    fence, at = "", start
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        line = text[at:end].rstrip("\r")
        match = _FENCE.match(line)
        if match is None:
            if not fence:
                yield at, line
        elif not fence:
            fence = match["fence"]
        elif match["fence"].startswith(fence) and not line[match.end() :].strip():
            fence = ""
        at = end + 1

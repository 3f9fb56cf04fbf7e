"""Links as other markup has them: Org, MediaWiki, reStructuredText, AsciiDoc, and Markdown with its addresses below.

- [[https://example.org/a.pdf][Knots]]
- [https://example.org/a.pdf Knots]
- `Knots <https://example.org/a.pdf>`_
- https://example.org/a.pdf[Knots]
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from courseweek.read.pasted.citation import Citation, make_linked
from courseweek.read.pasted.text_lines import Pasted, TextLine, split_bullet
from courseweek.regex import lazy_pattern

MOST_USES = 100
"""Links without their addresses that are taken together."""
_FORMS = {
    "an Org link": lazy_pattern(r"\[\[(?P<url>https?://[^\[\]\s]+)\]\[(?P<words>[^\[\]]+)\]\]"),
    "a MediaWiki link": lazy_pattern(r"\[(?P<url>https?://[^\[\]\s]+)[ ]+(?P<words>[^\[\]]+)\](?!\()"),
    "a reStructuredText link": lazy_pattern(r"`(?P<words>[^`<>]*[^`<>\s])\s*<(?P<url>https?://[^<>\s]+)>`__?"),
    "an AsciiDoc link": lazy_pattern(
        r"(?:link:|\b)(?P<url>https?://[^\[\]\s()<>\"]+)\[(?P<words>[^\[\]=]+?)\^?\](?!\()"
    ),
}
_USE = lazy_pattern(r"\[(?P<words>[^\[\]]+)\](?:\[(?P<label>[^\[\]]*)\])(?P<after>[^\[\]]*)")
_DEFINITION = lazy_pattern(
    r"\[(?P<label>[^\[\]]+)\]:[ ]+<?(?P<url>https?://[^\s<>]+)>?(?:[ ]+[\"'(](?P<title>.+)[\"')])?"
)


def find_markup_links(lines: Sequence[TextLine], at: int) -> Pasted | None:
    """Return the readings of lines that have a link of another markup, or None."""
    if "http" not in lines[at].body:
        return None
    for what, form in _FORMS.items():
        entries: list[Citation | str] = []
        sure, end = True, at
        while end < len(lines) and (read := _read_link(lines[end], form)) is not None:
            entries.append(read[0])
            sure = sure and read[1]
            end += 1
        if entries:
            return Pasted("pasted-markup", what, end - at, tuple(entries), sure)
    return None


def _read_link(line: TextLine, form: re.Pattern[str]) -> tuple[Citation | str, bool] | None:
    """Return the reading of a line with one link, and whether it says the same; None for a line without one."""
    _, body = split_bullet(line.body)
    links = list(form.finditer(body))
    if not links or line.is_comment or body[0] in "\"'" or (line.has_key and links[0].start()):
        return None
    link = links[0]
    before, after = body[: link.start()].strip(), body[link.end() :].strip()
    reading, sure = make_linked(link["words"].strip(), link["url"], before, after)
    return reading, sure and len(links) == 1


def find_markdown_references(lines: Sequence[TextLine], at: int) -> Pasted | None:
    """Return the readings of Markdown that has its addresses below: `- [Knots][1]`, and `[1]: https://…`; or None."""
    uses, end = [], at
    while (
        end < min(len(lines), at + MOST_USES) and (use := _USE.fullmatch(split_bullet(lines[end].body)[1])) is not None
    ):
        uses.append(use)
        end += 1
    addresses: dict[str, re.Match[str]] = {}
    last = end
    while end < len(lines) and (lines[end].is_empty or (place := _DEFINITION.fullmatch(lines[end].body)) is not None):
        if not lines[end].is_empty:
            assert place is not None
            addresses.setdefault(place["label"].casefold(), place)
            last = end + 1
        end += 1
    if not addresses:
        return None
    named = [(use["label"] or use["words"]).casefold() for use in uses]
    use_words = dict(zip(named, (use["words"] for use in uses), strict=True))
    entries: list[Citation | str] = []
    sure = all(label in addresses for label in named)
    for use, label in zip(uses, named, strict=True):
        url = addresses[label]["url"] if label in addresses else ""
        entry, whole = make_linked(use["words"], url, "", use["after"].strip())
        entries.append(entry)
        sure = sure and whole
    for label, place in addresses.items():
        if label in named:
            sure = sure and (place["title"] or "").casefold() in use_words[label].casefold()
        else:
            numbered = re.fullmatch(r"\d+", place["label"]) is not None
            entries.append(Citation(title=place["title"] or ("" if numbered else place["label"]), url=place["url"]))
            sure = sure and bool(place["title"])
    what = "a Markdown reference" if not uses else "Markdown with its addresses below"
    if not all(isinstance(each, str) or each.title for each in entries):
        help = f"write title: and the title, and below it url: {next(iter(addresses.values()))['url']}"
        more = len(addresses) - 1
        help += f"; likewise on {more} more line{'s' if more > 1 else ''}" if more else ""
        return Pasted("pasted-markup", what, last - at, sure=False, rewritten=(), help=help)
    return Pasted("pasted-markup", what, last - at, tuple(entries), sure)

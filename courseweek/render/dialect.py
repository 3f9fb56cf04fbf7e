"""Where Python-Markdown would leave out words without a word: what is written is shown, or what is not is noted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import field
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import HashHeaderProcessor
from markdown.extensions.tables import TableProcessor

from courseweek.frozen import dataclass
from courseweek.regex import lazy_pattern
from courseweek.render.sizes import Tally

_HTML = frozenset(
    """
    a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br
    button canvas caption center cite code col colgroup command content data datalist dd del details dfn dialog dir div
    dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr
    html i iframe image img input ins isindex kbd keygen label legend li link listing main map mark marquee math menu
    menuitem meta meter multicol nav nextid nobr noembed noframes noscript object ol optgroup option output p param
    picture plaintext portal pre progress q rb rp rt rtc ruby s samp script search section select shadow slot small
    source spacer span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time
    title tr track tt u ul var video wbr xmp
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
"""The elements of HTML, those of old included (HTML, 4 and 16.2), and those that hold other languages."""
_LEFT_OUT = frozenset(
    "script style svg math template iframe video audio embed object canvas form input textarea select applet".split()  # noqa: SIM905
)
"""What shows something, and nothing is shown of it on a page."""
_SHOWN = _HTML - _LEFT_OUT
_TAG = lazy_pattern(r"<(/?)([A-Za-z][^\s<>/]*)")


@dataclass(slots=True)
class Losses:
    """What of a text is not shown: rows of tables as they were written, and the names of definitions of links."""

    rows: list[str] = field(default_factory=list)
    definitions: list[str] = field(default_factory=list)


def add_dialect(converter: Markdown, tally: Tally) -> Losses:
    """Teach a converter to keep words that it would drop; return what fills with those that it drops all the same."""
    losses = Losses()
    blocks = converter.parser.blockprocessors
    blocks.register(_Headings(converter.parser), "hashheader", 70)
    table = blocks["table"]
    blocks.register(_Tables(converter.parser, getattr(table, "config", {}), losses), "table", 75)
    converter.references = _References(tally)
    return losses


def note_definitions(converter: Markdown, losses: Losses) -> None:
    """Note which definitions of links no link of the text at hand goes by."""
    references = converter.references
    if isinstance(references, _References):
        losses.definitions += [name for name in references if name not in references.used]
        references.used.clear()


def show_unknown_tags(rendered: str) -> tuple[str, list[str]]:
    """Return HTML with what only looks like a tag as text, and the names of tags of which nothing will be shown.

    `vector<int>` and `<your name>` are no HTML; a cleaner would drop them, and for some of them all that follows.
    """
    if {name.lower() for _, name in _TAG.findall(rendered)} <= _SHOWN:
        return rendered, []
    left_out: list[str] = []

    def show(match: re.Match[str]) -> str:
        name = match[2].lower()
        if name not in _HTML:
            return f"&lt;{match[1]}{match[2]}"
        if name in _LEFT_OUT and not match[1] and name not in left_out:
            left_out.append(name)
        return match[0]

    return _TAG.sub(show, rendered), left_out


class _Headings(HashHeaderProcessor):
    """`## C#` ends in a sharp: only after a blank does `#` close a heading (CommonMark 0.31, 4.2)."""

    RE = re.compile(r"(?:^|\n)(?P<level>#{1,6})(?P<header>(?:\\.|[^\\\n])*?)(?:(?<=[ \t])#+[ \t]*|(?<=\n)#+)?(?:\n|$)")


class _Tables(TableProcessor):
    """Notes rows with more cells than the head of their table: the others are not shown."""

    def __init__(self, parser: Any, config: dict[str, Any], losses: Losses) -> None:
        super().__init__(parser, config)
        self.losses = losses

    def test(self, parent: Element, block: str) -> bool:
        """Look only at blocks whose first line can be the head of a table: each part of a list is asked about."""
        return "|" in block.partition("\n")[0] and super().test(parent, block)

    def _build_row(self, row: str, parent: Element, align: Sequence[str | None]) -> None:
        super()._build_row(row, parent, align)  # type: ignore[misc]  # the stubs leave out what is private
        if row.count("|") < len(align):
            return
        cells: list[str] = self._split_row(row)  # type: ignore[attr-defined]
        if any(cell.strip() for cell in cells[len(align) :]):
            self.losses.rows.append(row)


class _References(dict[str, tuple[str, str]]):
    """The definitions of links; `used` are those that a link goes by."""

    def __init__(self, tally: Tally) -> None:
        super().__init__()
        self.used: set[str] = set()
        self.tally = tally

    def clear(self) -> None:
        super().clear()
        self.used.clear()

    def __getitem__(self, name: str) -> tuple[str, str]:
        self.used.add(name)
        definition = super().__getitem__(name)
        self.tally.add(sum(len(part) for part in definition if part))
        return definition

"""The marks in a line of Markdown as GitHub reads them: emphasis, links, code, addresses, HTML, formulas.

The text of a block is cut into pieces from left to right; runs of `*`, `_` and `~` are paired last, as CommonMark 0.31
lays it down (appendix, "An algorithm for parsing nested emphasis and links").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from xml.etree.ElementTree import Element

from courseweek.regex import lazy_pattern
from courseweek.render.markdown.bare_addresses import find_address
from courseweek.render.markdown.definitions import LinkDefinitions
from courseweek.render.markdown.emphasis import PUNCTUATION, read_flanks
from courseweek.render.markdown.entities import ENTITY, read_entity
from courseweek.render.markdown.formulas import find_formula
from courseweek.render.markdown.links import LinkReader
from courseweek.render.markdown.own_classes import BARE, OWN
from courseweek.render.markdown.pieces import RAW, ElementBuilder, Pieces, Run

_SPECIAL = lazy_pattern(r"[\\`*_~\[\]<&\n$]|!(?=\[)|:(?=//)|www(?=\.)")
_TICKS = lazy_pattern(r"`+")
_ENTITY = lazy_pattern(ENTITY)
_ATTRIBUTE = r"\s+[A-Za-z_:][\w.:-]*+(?:\s*=\s*(?:[^\s\"'=<>`]+|'[^']*'|\"[^\"]*\"))?"
_TAG = lazy_pattern(
    rf"<[A-Za-z][A-Za-z0-9-]*+(?:{_ATTRIBUTE})*+\s*/?>|</[A-Za-z][A-Za-z0-9-]*\s*>|<\?.*?\?>|<![A-Z][^>]*>"
    r"|<!\[CDATA\[.*?\]\]>",
    re.DOTALL | re.ASCII,
)
_ANGLED = lazy_pattern(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>\x00-\x1f]*)>")
_ANGLED_MAIL = lazy_pattern(
    r"<([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,200}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*)>"
)


class LineReader(LinkReader):
    """Reads the lines of one text."""

    def __init__(
        self,
        definitions: LinkDefinitions,
        formula: Callable[[str, bool], str],
        note: Callable[[str], Element | None],
        *,
        html: bool,
    ) -> None:
        """Take what the text defines, and what makes a formula and the reference to a footnote.

        `note` returns None if the footnote does not exist. Without `html` tags are text.
        """
        super().__init__(definitions, note)
        self.formula = formula
        self.html = html

    def fill(self, element: Element, text: str) -> None:
        """Put the text of a block with its marks into the element of that block, behind what it holds already."""
        if _SPECIAL.search(text) is None:
            ElementBuilder(element).add_text(text)
            return
        pieces = self._cut(text)
        ElementBuilder(element).build(pieces)

    # --- pieces -----------------------------------------------------------------------------------------------------

    def _cut(self, text: str) -> Pieces:
        self._begin(text)
        self._ticks: dict[int, list[int]] | None = None
        self._no: set[str] = set()
        at, written, length = 0, 0, len(text)
        while at < length:
            found = _SPECIAL.search(text, at)
            if found is None:
                break
            at = found.start()
            end = self._read(found[0], at, written)
            if end is None:
                at = found.end()
                continue
            at = written = end
        self._put(text[written:])
        self._pair(0)
        return self._pieces

    def _read(self, sign: str, at: int, written: int) -> int | None:
        """Read what begins at this sign, and before it the text not yet put; None where the sign is text."""
        if sign == "\n":
            return self._line_end(at, written)
        if sign in "*_~[]!":
            self._put(self._text[written:at])
            if sign == "]":
                return self._close_bracket(at)
            return self._open_bracket(sign, at) if sign in "[!" else self._run(sign, at)
        if sign in (":", "www"):
            return self._bare_address(at, written)
        made, end = self._mark(sign, at)
        if made is None:
            return None
        self._put(self._text[written:at])
        self._pieces.append(made)
        return end

    def _mark(self, sign: str, at: int) -> tuple[str | Element | None, int]:
        """Return what this sign and what follows it stand for, if anything, and where that ends."""
        if sign == "\\":
            return self._backslash(at)
        if sign == "`":
            return self._code(at)
        if sign == "$":
            return self._dollar(at)
        if sign == "<":
            return self._angle(at)
        entity = _ENTITY.match(self._text, at)
        return (read_entity(entity[0]), entity.end()) if entity is not None else (None, at)

    def _bare_address(self, at: int, written: int) -> int | None:
        """Read a bare address; in brackets, which may become a link, GitHub looks for none."""
        address = find_address(self._text, at) if not self._brackets else None
        if address is None or address[0] < written:
            return None
        start, end, target = address
        self._put(self._text[written:start])
        element = Element("a", {"href": target, "class": f"{OWN}{BARE}"})
        element.text = self._text[start:end]
        self._pieces.append(element)
        return end

    def _line_end(self, at: int, written: int) -> int:
        text = self._text
        before = text[written:at]
        kept = before.rstrip(" ")
        if not kept and written and self._pieces and isinstance(self._pieces[-1], str):
            self._pieces[-1] = self._pieces[-1].rstrip(" ")
        self._put(kept)
        if len(before) - len(kept) >= 2:
            self._pieces.append(Element("br"))
        self._pieces.append("\n")
        end = at + 1
        while end < len(text) and text[end] in " \t":
            end += 1
        return end

    def _backslash(self, at: int) -> tuple[str | Element | None, int]:
        text = self._text
        following = text[at + 1 : at + 2]
        if following == "\n":
            return Element("br"), at + 1
        if following in ("(", "[") and following not in self._no:
            closing = "\\)" if following == "(" else "\\]"
            if text.find(closing, at) < 0:
                self._no.add(following)
            elif (formula := find_formula(text, at)) is not None:
                latex, display, end = formula
                return self.formula(latex, display), end
        if following in PUNCTUATION and following:
            return following, at + 2
        return None, at

    def _code(self, at: int) -> tuple[str | Element | None, int]:
        text = self._text
        if self._ticks is None:
            self._ticks = {}
            for run in _TICKS.finditer(text):
                self._ticks.setdefault(len(run[0]), []).append(run.start())
        opening = _TICKS.match(text, at)
        length = len(opening[0]) if opening is not None else 1
        inner = at + length
        closing = self._ticks.get(length, [])
        place = bisect_left(closing, inner)
        if place == len(closing):
            return "`" * length, inner
        code = text[inner : closing[place]].replace("\n", " ")
        if len(code) > 2 and code[0] == code[-1] == " " and code.strip(" "):
            code = code[1:-1]
        element = Element("code")
        element.text = code
        return element, closing[place] + length

    def _dollar(self, at: int) -> tuple[str | Element | None, int]:
        formula = find_formula(self._text, at)
        if formula is None:
            return None, at
        latex, display, end = formula
        return self.formula(latex, display), end

    def _angle(self, at: int) -> tuple[str | Element | None, int]:
        text = self._text
        for pattern, lead in ((_ANGLED, ""), (_ANGLED_MAIL, "mailto:")):
            angled = pattern.match(text, at)
            if angled is not None:
                element = Element("a", {"href": lead + angled[1]})
                element.text = angled[1]
                return element, angled.end()
        if text.startswith("<!--", at):
            end = text.find("-->", at + 2)
            return ("", end + 3) if end >= 0 else (None, at)
        if not self.html:
            return None, at
        for opening, closing in (("<?", "?>"), ("<![CDATA[", "]]>")):
            if text.startswith(opening, at) and (opening in self._no or text.find(closing, at) < 0):
                self._no.add(opening)
                return None, at
        tag = _TAG.match(text, at)
        if tag is None:
            return None, at
        element = Element(RAW)
        element.text = tag[0]
        return element, tag.end()

    # --- emphasis ---------------------------------------------------------------------------------------------------

    def _run(self, sign: str, at: int) -> int:
        text, end = self._text, at
        while end < len(text) and text[end] == sign:
            end += 1
        can_open, can_close = read_flanks(text, at, end)
        count = end - at
        if not (can_open or can_close) or (sign == "~" and count > 2):
            self._put(text[at:end])
            return end
        run = Run(sign, count, can_open=can_open, can_close=can_close, at=len(self._pieces))
        self._pieces.append(run)
        self._runs.append(run)
        return end

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
from courseweek.render.markdown.definitions import LONGEST_NAME, LinkDefinitions, pass_space, read_address, read_title
from courseweek.render.markdown.emphasis import PUNCTUATION, pair_runs, read_flanks
from courseweek.render.markdown.entities import ENTITY, read_entity
from courseweek.render.markdown.formulas import find_formula
from courseweek.render.markdown.own_classes import BARE, OWN
from courseweek.render.markdown.pieces import CLOSE_LINK, Bracket, ElementBuilder, Pieces, Run

RAW = "raw"
"""The tag of an element whose text is HTML as it was written."""

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
_SPACED = lazy_pattern(r"\((?:https?|mailto):[^\s()<>\"']*+[ \t]+[^\s()<>\"']+\)", re.IGNORECASE)
_NAME = lazy_pattern(r"\[((?:[^\[\]\\]|\\.){0,999}+)\]", re.DOTALL)


class LineReader:
    """Reads the lines of one text.

    `formula` makes a formula, `note` the reference to a footnote, None if it does not exist.
    """

    def __init__(
        self,
        definitions: LinkDefinitions,
        formula: Callable[[str, bool], str],
        note: Callable[[str], Element | None],
        *,
        html: bool,
    ) -> None:
        """Take what the text defines; without `html` tags are text."""
        self.definitions = definitions
        self.formula = formula
        self.note = note
        self.html = html
        self.broken: list[str] = []  # the words of links whose addresses contain spaces, which are not links

    def fill(self, element: Element, text: str) -> None:
        """Put the text of a block with its marks into the element of that block, behind what it holds already."""
        if _SPECIAL.search(text) is None:
            ElementBuilder(element).add_text(text)
            return
        pieces = self._cut(text)
        ElementBuilder(element).build(pieces)

    # --- pieces -----------------------------------------------------------------------------------------------------

    def _cut(self, text: str) -> Pieces:
        self._text = text
        self._pieces: Pieces = []
        self._runs: list[Run] = []
        self._brackets: list[Bracket] = []
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

    def _put(self, text: str) -> None:
        if text:
            self._pieces.append(text)

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

    # --- links ------------------------------------------------------------------------------------------------------

    def _open_bracket(self, sign: str, at: int) -> int:
        end = at + (2 if sign == "!" else 1)
        bracket = Bracket(image=sign == "!", source=end, at=len(self._pieces), runs=len(self._runs))
        self._pieces.append(bracket)
        self._brackets.append(bracket)
        return end

    def _close_bracket(self, at: int) -> int:
        if not self._brackets:
            self._put("]")
            return at + 1
        bracket = self._brackets.pop()
        if not bracket.active:
            if (end := self._footnote(bracket, at)) is not None:
                return end
            self._put("]")
            return at + 1
        link = self._find_link(bracket, at)
        if link is None:
            if (end := self._footnote(bracket, at)) is not None:
                return end
            if _SPACED.match(self._text, at + 1):
                self.broken.append(self._text[bracket.source : at])
            self._put("]")
            return at + 1
        target, title, end = link
        self._pair(bracket.runs)
        href = target.replace(" ", "%20")
        if bracket.image:
            inner = self._pieces[bracket.at + 1 :]
            del self._pieces[bracket.at :]
            holder = Element("span")
            ElementBuilder(holder).build(inner)
            element = Element("img", {"alt": _words_of(holder), "src": href})
        else:
            element = Element("a", {"href": href})
            bracket.element = element
            self._pieces.append(CLOSE_LINK)
            for each in self._brackets:
                if not each.image:
                    each.active = False
        if title is not None:
            element.set("title", title)
        if bracket.image:
            self._pieces.append(element)
        return end

    def _footnote(self, bracket: Bracket, at: int) -> int | None:
        text = self._text
        if not text.startswith("^", bracket.source) or at - bracket.source < 2:
            return None
        reference = self.note(text[bracket.source + 1 : at])
        if reference is None:
            return None
        del self._pieces[bracket.at :]
        del self._runs[bracket.runs :]
        if bracket.image:
            self._pieces.append("!")
        self._pieces.append(reference)
        return at + 1

    def _find_link(self, bracket: Bracket, at: int) -> tuple[str, str | None, int] | None:
        """Return address, title and end of the link whose words end at this `]`."""
        text = self._text
        if text.startswith("(", at + 1) and (inline := _read_inline(text, at + 2)) is not None:
            return inline
        end = at + 1
        name = _NAME.match(text, end)
        if name is not None and name[1]:
            end = name.end()
            written = name[1]
        else:
            if name is not None:
                end = name.end()
            written = text[bracket.source : at]
            if "[" in written and re.search(r"(?<!\\)\[", written):
                return None
        if not written.strip() or len(written) > LONGEST_NAME:
            return None
        found = self.definitions.find(written)
        return (*found, end) if found is not None else None

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

    def _pair(self, first: int) -> None:
        """Pair the runs from this one on, and forget them."""
        pair_runs(self._runs[first:])
        del self._runs[first:]


def _read_inline(text: str, at: int) -> tuple[str, str | None, int] | None:
    """Return address, title and end of `(address "title")`, of which the `(` is right before this place."""
    start = pass_space(text, at)
    address = read_address(text, start)
    if address is None:
        return None
    target, end = address
    after = pass_space(text, end)
    title: str | None = None
    if after > end and (found := read_title(text, after)) is not None:
        title, end = found
        after = pass_space(text, end)
    return (target, title, after + 1) if text.startswith(")", after) else None


def _words_of(element: Element) -> str:
    """Return what can be read of an element: its text, and that of its images."""
    words = [(element.get("alt") or "") if element.tag == "img" else "" if element.tag == RAW else element.text or ""]
    for child in element:
        words += [_words_of(child), child.tail or ""]
    return "".join(words)

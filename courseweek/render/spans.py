"""The marks in a line of Markdown as GitHub reads them: emphasis, links, code, addresses, HTML, formulas.

The text of a block is cut into pieces from left to right; runs of `*`, `_` and `~` are paired last, as CommonMark 0.31
lays it down (appendix, "An algorithm for parsing nested emphasis and links").
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable
from xml.etree.ElementTree import Element

from courseweek.regex import lazy_pattern
from courseweek.render.addresses import find_address, find_mail
from courseweek.render.definitions import LONGEST_NAME, Definitions, pass_space, read_address, read_title
from courseweek.render.entities import ENTITY, read_entity
from courseweek.render.formulas import find_formula
from courseweek.render.own import BARE, OWN

RAW = "raw"
"""The tag of an element whose text is HTML as it was written."""
DEEPEST = 40
"""Marks inside each other: what would open more of them is text."""

_SPECIAL = lazy_pattern(r"[\\`*_~\[\]<&\n$]|!(?=\[)|:(?=//)|www(?=\.)")
_TICKS = lazy_pattern(r"`+")
_ENTITY = lazy_pattern(ENTITY)
_ESCAPED = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
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

Pieces = list["str | Element | _Run | _Bracket"]


class _Run:
    """A run of one of the signs that emphasize; what it opens and closes is found when all runs are known."""

    __slots__ = ("at", "can_close", "can_open", "closes", "count", "left", "opens", "sign")

    def __init__(self, sign: str, count: int, *, can_open: bool, can_close: bool, at: int) -> None:
        self.sign = sign
        self.count = count  # as written
        self.left = count
        self.can_open = can_open
        self.can_close = can_close
        self.at = at  # among the pieces
        self.closes = 0
        self.opens: list[str] = []


class _Bracket:
    """A `[` or `![` that may open a link or an image, and what it has become."""

    __slots__ = ("active", "at", "element", "image", "runs", "shown", "source")

    def __init__(self, *, image: bool, source: int, at: int, runs: int) -> None:
        self.image = image
        self.source = source  # where what it holds begins in the text
        self.at = at
        self.runs = runs  # how many runs there are before it
        self.active = True
        self.shown = "![" if image else "["
        self.element: Element | None = None


_CLOSE_LINK = Element("close")


class LineReader:
    """Reads the lines of one text.

    `formula` makes a formula, `note` the reference to a footnote, None if it does not exist.
    """

    def __init__(
        self,
        definitions: Definitions,
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
            _Builder(element).add_text(text)
            return
        pieces = self._cut(text)
        _Builder(element).build(pieces)

    # --- pieces -----------------------------------------------------------------------------------------------------

    def _cut(self, text: str) -> Pieces:
        self._text = text
        self._pieces: Pieces = []
        self._runs: list[_Run] = []
        self._brackets: list[_Bracket] = []
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
        if following in _ESCAPED and following:
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
        bracket = _Bracket(image=sign == "!", source=end, at=len(self._pieces), runs=len(self._runs))
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
            _Builder(holder).build(inner)
            element = Element("img", {"alt": _words_of(holder), "src": href})
        else:
            element = Element("a", {"href": href})
            bracket.element = element
            self._pieces.append(_CLOSE_LINK)
            for each in self._brackets:
                if not each.image:
                    each.active = False
        if title is not None:
            element.set("title", title)
        if bracket.image:
            self._pieces.append(element)
        return end

    def _footnote(self, bracket: _Bracket, at: int) -> int | None:
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

    def _find_link(self, bracket: _Bracket, at: int) -> tuple[str, str | None, int] | None:
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
        first, last = at, end
        if sign != "~":  # which GitHub does not see beside the others
            while first and text[first - 1] == "~":
                first -= 1
            while text[last : last + 1] == "~":
                last += 1
        before, after = text[first - 1 : first] if first else "\n", text[last : last + 1] or "\n"
        blank_before, blank_after = before.isspace(), after.isspace()
        sign_before, sign_after = _is_punctuation(before), _is_punctuation(after)
        left = not blank_after and (not sign_after or blank_before or sign_before)
        right = not blank_before and (not sign_before or blank_after or sign_after)
        if sign == "_":
            can_open, can_close = left and (not right or sign_before), right and (not left or sign_after)
        else:
            can_open, can_close = left, right
        count = end - at
        if not (can_open or can_close) or (sign == "~" and count > 2):
            self._put(text[at:end])
            return end
        run = _Run(sign, count, can_open=can_open, can_close=can_close, at=len(self._pieces))
        self._pieces.append(run)
        self._runs.append(run)
        return end

    def _pair(self, first: int) -> None:
        """Pair the runs from this one on, and forget them."""
        waiting: list[_Run] = []  # that may open, innermost last
        bottoms: dict[tuple[str, bool, int], int] = {}
        for run in self._runs[first:]:
            while run.can_close and run.left:
                key = (run.sign, run.can_open, run.count % 3 if run.sign != "~" else run.count)
                place = self._opener(run, waiting, bottoms.get(key, 0))
                if place is None:
                    bottoms[key] = len(waiting)
                    break
                opener = waiting[place]
                if run.sign == "~" and opener.count != run.count:  # which undoes all between them, as GitHub does
                    del waiting[place:]
                    run.can_open = False
                    break
                del waiting[place + 1 :]
                used = run.left if run.sign == "~" else 2 if run.left >= 2 and opener.left >= 2 else 1
                opener.opens.append("del" if run.sign == "~" else "strong" if used == 2 else "em")
                opener.left -= used
                run.left -= used
                run.closes += 1
                if not opener.left:
                    waiting.pop()
                bottoms = {key: min(bottom, len(waiting)) for key, bottom in bottoms.items()}
            if run.left and run.can_open:
                waiting.append(run)
        del self._runs[first:]

    @staticmethod
    def _opener(run: _Run, waiting: list[_Run], bottom: int) -> int | None:
        """Return the place of the nearest run that this one closes (CommonMark 0.31, 6.2, rules 9 and 10)."""
        for place in range(len(waiting) - 1, bottom - 1, -1):
            opener = waiting[place]
            if opener.sign != run.sign:
                continue
            if run.sign == "~":
                return place
            both_ways = opener.can_close or run.can_open
            if not both_ways or (opener.count + run.count) % 3 or not (opener.count % 3 or run.count % 3):
                return place
        return None


class _Builder:
    """Builds what an element holds from pieces in their order."""

    def __init__(self, element: Element) -> None:
        self.open = [element]
        self.skipped = 0

    def build(self, pieces: Pieces) -> None:
        text: list[str] = []
        for piece in pieces:
            if isinstance(piece, str):
                text.append(piece)
                continue
            if isinstance(piece, _Run) and not piece.closes and not piece.opens:
                text.append(piece.sign * piece.left)
                continue
            if isinstance(piece, _Bracket) and piece.element is None:
                text.append(piece.shown)
                continue
            if text:
                self.add_text("".join(text))
                text = []
            if isinstance(piece, _Run):
                self._add_run(piece)
            elif isinstance(piece, _Bracket):
                if piece.element is not None:
                    self._start(piece.element)
            elif piece is _CLOSE_LINK:
                self._end()
            else:
                self.open[-1].append(piece)
        if text:
            self.add_text("".join(text))

    def _add_run(self, run: _Run) -> None:
        for _ in range(run.closes):
            self._end()
        if run.left:
            self.add_text(run.sign * run.left)
        for tag in reversed(run.opens):
            self._start(Element(tag))

    def _start(self, element: Element) -> None:
        if len(self.open) > DEEPEST:
            self.skipped += 1
            return
        if element.tag == "strong" == self.open[-1].tag:  # which says no more than one of them
            self.open.append(self.open[-1])
            return
        self.open[-1].append(element)
        self.open.append(element)

    def _end(self) -> None:
        if self.skipped:
            self.skipped -= 1
        elif len(self.open) > 1:
            self.open.pop()

    def add_text(self, text: str) -> None:
        """Add a text, with the addresses of mail in it as links where it is in none."""
        if "@" in text and not any(each.tag == "a" for each in self.open):
            at = 0
            for start, end, target in find_mail(text):
                self._add_plain(text[at:start])
                link = Element("a", {"href": target})
                link.text = text[start:end]
                self.open[-1].append(link)
                at = end
            text = text[at:]
        self._add_plain(text)

    def _add_plain(self, text: str) -> None:
        if not text:
            return
        holder = self.open[-1]
        if len(holder):
            holder[-1].tail = (holder[-1].tail or "") + text
        else:
            holder.text = (holder.text or "") + text


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


def _is_punctuation(character: str) -> bool:
    return character in _ESCAPED if character < "\x80" else unicodedata.category(character)[0] == "P"

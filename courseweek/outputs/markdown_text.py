"""Texts in one document of Markdown (CommonMark with GitHub's additions): plain ones escaped, Markdown fitted in."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import unquote

from markupsafe import Markup

from courseweek.comments import CODE_SPAN, FENCED_CODE, MASK, hide_code
from courseweek.model.slug import make_slug
from courseweek.regex import lazy_pattern
from courseweek.render.markdown.definitions import same_name

LOWEST = 6
"""The level of the smallest heading."""
LEVELS_IN_YAML = 3
"""Headings of a YAML text are this many levels lower, as on the pages."""
_SIGNS = lazy_pattern(r"[\\`*_~\[\]<>#|$]|&(?=#?\w+;)")
_NUMBER = lazy_pattern(r"(\d{1,9})([.)])(?=\s|$)")
_BULLET = lazy_pattern(r"[-+=]")
_ESCAPE = lazy_pattern(r"\\([!-/:-@\[-`{-~])")
_COMMENT = lazy_pattern(rf"{FENCED_CODE}|{CODE_SPAN}|(?P<comment><!--(?s:.*?)(?:-->|\Z))", re.MULTILINE)
# The places of addresses: `](…`, `](<…>`, `[…]: …`, `href="…"`, `src="…"`.
_ADDRESS = lazy_pattern(
    r"\]\([ \t\n]*(?:<(?P<angle>[^<>\n]*)>|(?P<inline>(?:\\.|[^\\\s()]|\([^()\s]*\))*))"
    r"|^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*(?:\n[ \t]*)?(?:<(?P<framed>[^<>\n]*)>|(?P<defined>\S+))"
    r"|\b(?:href|src)[ \t]*=[ \t]*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')",
    re.MULTILINE | re.IGNORECASE,
)
_HEADING = lazy_pattern(r"((?: {0,3}>)* {0,3}(?:(?:[-*+]|\d{1,9}[.)]) {1,3})?)(#{1,6})(?=[ \t]|$)")
_HEADING_TAG = lazy_pattern(r"(?<=<)(/?h)([1-6])\b", re.IGNORECASE)
_UNDERLINE = lazy_pattern(r" {0,3}(=+|-+)[ \t]*")
_OTHER_BLOCK = lazy_pattern(r" {0,3}(?:[-*+>|<#]|\d{1,9}[.)](?:\s|$)|\[[^\]]+\]:)")
_CODE_LINE = lazy_pattern(r" {4}|\t")
_CONTENTS = lazy_pattern(r"^ {0,3}\[TOC\][ \t]*$", re.MULTILINE)
_FOOTNOTE = lazy_pattern(r"(?<=\[\^)[^\]\s]+(?=\])")
_BRACKETS = lazy_pattern(r"(?<!\\)\[((?:\\.|[^\[\]\\])+)\]")
_FENCE = lazy_pattern(r" {0,3}(`{3,}|~{3,})([^\n]*)")
_TAG = lazy_pattern(r"<(/?)(pre|script|style|textarea|details|div|section|article|table|blockquote)\b", re.IGNORECASE)
# A `<` of HTML, and not that of an address in angle brackets.
_HTML = lazy_pattern(
    r"(?<!\\)(?<!\]\()(?<!\]: )<(?=[A-Za-z/!?])(?![A-Za-z][A-Za-z0-9+.-]+:[^\s<>]*>|[^\s<>@]+@[^\s<>]+>)"
)

Edit = tuple[int, int, str]
"""The start and the end of a stretch of a text, and what takes its place."""


def write_plain(text: str) -> str:
    """Return a text without Markdown on one line, with all of its signs to be shown; HTML loses its tags."""
    text = text.striptags() if isinstance(text, Markup) else text
    text = _SIGNS.sub(r"\\\g<0>", " ".join(text.split()))
    text = _NUMBER.sub(r"\1\\\2", text, count=1) if _NUMBER.match(text) else text
    return f"\\{text}" if _BULLET.match(text) else text


def write_link(words: str, address: str | None) -> str:
    """Return words in Markdown as a link, or alone without an address."""
    return f"[{words}]({write_address(address)})" if address else words


def write_address(address: str) -> str:
    """Return an address as the destination of a link (CommonMark 0.31, 6.3)."""
    address = address.replace("\\", "%5C").replace("<", "%3C").replace(">", "%3E")
    address = re.sub(r"&(?=#?\w+;)", "&amp;", address)
    return f"<{address}>" if re.search(r"[\s()]", address) else address


def indent(text: str, by: int) -> str:
    """Return a text as it continues an entry of a list, this far from the left."""
    return "\n".join(" " * by + line if line.strip() else "" for line in text.split("\n"))


class MarkdownFitter:
    """Fits texts into one document; `follow` gives the address in it for one on the page at a path."""

    def __init__(self, follow: Callable[[str, str], str]) -> None:
        """Take what gives the addresses."""
        self._follow = follow
        self._taken: set[str] = set()
        self._texts = 0

    def fit_page(self, text: str, path: str, below: int) -> str:
        """Return a text of the page at `path`: its headings go this many levels lower, and below level 1."""
        text = _drop_comments(_same_line_ends(text))
        text = _CONTENTS.sub("", text) if "[TOC]" in text else text
        has_top = any(level == 1 for level, _ in _list_headings(text))
        return self._fit(text, path, below + has_top)

    def fit_yaml(self, text: str, path: str) -> str:
        """Return a text of a YAML file as the page at `path` has it; HTML in it is shown as it was typed."""
        text = _drop_comments(_same_line_ends(text))
        escapes = ((at.start(), at.start(), "\\") for at in _HTML.finditer(hide_code(text)))
        return self._fit(_change(text, escapes), path, LEVELS_IN_YAML)

    def _fit(self, text: str, path: str, by: int) -> str:
        self._texts += 1
        places = {make_slug(words) for _, words in _list_headings(text)}
        text = _lower(text, by)
        shown = hide_code(text)
        text = _change(text, (*self._lead(text, shown, path, places), *self._rename(shown)))
        return _close(text.strip("\n").rstrip())

    def _lead(self, text: str, shown: str, path: str, places: set[str]) -> Iterator[Edit]:
        """Yield the addresses that are others in the document; places of the text itself stay."""
        for at in _ADDRESS.finditer(shown):
            group = at.lastgroup
            if group is None:
                continue
            written = html.unescape(_ESCAPE.sub(r"\1", text[at.start(group) : at.end(group)]))
            if written.startswith("#") and unquote(written[1:]) in places:
                continue
            address = self._follow(written, path)
            if address != written:
                bare = group in ("inline", "defined")
                new = write_address(address) if bare else html.escape(address.replace("<", "%3C").replace(">", "%3E"))
                yield at.start(group), at.end(group), new

    def _rename(self, shown: str) -> Iterator[Edit]:
        """Yield other names for the footnotes and addresses of this text whose names an earlier one has."""
        own = {f"^{at[0]}" for at in _FOOTNOTE.finditer(shown)}
        own |= {same_name(at[1]) for at in _BRACKETS.finditer(shown) if _defines(at)}
        twice, suffix = own & self._taken, f"-{self._texts}"
        self._taken |= own
        if not twice:
            return
        for note in _FOOTNOTE.finditer(shown):
            if f"^{note[0]}" in twice:
                yield note.end(), note.end(), suffix
        for at in _BRACKETS.finditer(shown):
            if at[1].startswith("^") or same_name(at[1]) not in twice or shown.startswith("(", at.end()):
                continue
            if _defines(at) or shown.startswith("]", at.start() - 1):
                yield at.end(1), at.end(1), suffix
            elif shown.startswith("[]", at.end()):
                yield at.end() + 1, at.end() + 1, at[1] + suffix
            elif not shown.startswith("[", at.end()):
                yield at.end(), at.end(), f"[{at[1]}{suffix}]"


def _same_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")


def _change(text: str, edits: Iterable[Edit]) -> str:
    pieces, done = [], 0
    for start, end, new in sorted(edits):
        if start >= done:
            pieces += [text[done:start], new]
            done = end
    return "".join([*pieces, text[done:]])


def _drop_comments(text: str) -> str:
    """Return a text without its comments, which nobody is to read; one that is never closed is text inside a line."""

    def drop(found: re.Match[str]) -> str:
        if not found["comment"]:
            return found[0]
        opens_line = not text[text.rfind("\n", 0, found.start()) + 1 : found.start()].strip()
        return "" if found[0].endswith("-->") or opens_line else f"\\{found[0]}"

    return _COMMENT.sub(drop, text) if "<!--" in text else text


def _defines(name: re.Match[str]) -> bool:
    """Return whether a name in brackets is that of a definition, `[name]: address`."""
    line = name.string.rfind("\n", 0, name.start()) + 1
    before = name.string[line : name.start()]
    return name.string.startswith(":", name.end()) and not before.strip() and len(before) <= LEVELS_IN_YAML


def _walk_headings(text: str) -> Iterator[tuple[int, int, int, str, str]]:
    """Yield each heading: its first line and that after its last, its level, what is before it, its words."""
    lines, shown = text.split("\n"), hide_code(text).split("\n")
    opened: int | None = None
    inside = False
    for at, line in enumerate(shown):
        heading = _HEADING.match(line)
        underline = _UNDERLINE.fullmatch(line) if opened is not None else None
        if heading is not None:
            yield at, at + 1, len(heading[2]), heading[1], lines[at][heading.end() :].strip()
            opened = None
        elif underline is not None and opened is not None:
            first = lines[opened]
            lead = first[: len(first) - len(first.lstrip(" "))]
            words = " ".join(each.strip() for each in lines[opened:at])
            yield opened, at + 1, 1 if underline[1][0] == "=" else 2, lead, words
            opened = None
        elif not line.strip(f" \t>{MASK}"):
            opened, inside = None, False
        elif opened is None and not inside:
            inside = _OTHER_BLOCK.match(line) is not None
            opened = None if inside or _CODE_LINE.match(line) else at
        elif opened is not None and _OTHER_BLOCK.match(line):
            opened, inside = None, True


def _list_headings(text: str) -> list[tuple[int, str]]:
    """Return the level and the words of each heading."""
    tags = [(int(at[2]), "") for at in _HEADING_TAG.finditer(hide_code(text))]
    return [(level, words) for _, _, level, _, words in _walk_headings(text)] + tags


def _lower(text: str, by: int) -> str:
    """Return a text with its headings this many levels lower, all marked by signs before them."""
    if by == 0:
        return text
    lines, pieces, done = text.split("\n"), list[str](), 0
    for start, end, level, lead, words in _walk_headings(text):
        pieces += [*lines[done:start], f"{lead}{'#' * min(level + by, LOWEST)} {words}"]
        done = end
    text = "\n".join([*pieces, *lines[done:]])
    tags = _HEADING_TAG.finditer(hide_code(text))
    return _change(text, ((*at.span(), f"{at[1]}{min(int(at[2]) + by, LOWEST)}") for at in tags))


def _close(text: str) -> str:
    """Return a text with the code and the elements closed that it leaves open."""
    fence = ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if mark is None:
            continue
        if not fence and ("`" not in mark[2] or mark[1][0] == "~"):
            fence = mark[1]
        elif fence and mark[1].startswith(fence) and not mark[2].strip(" \t`~"):
            fence = ""
    text = f"{text}\n{fence}" if fence else text
    waiting: list[str] = []
    for tag in _TAG.finditer(hide_code(text)):
        name = tag[2].lower()
        if not tag[1]:
            waiting.append(name)
        elif name in waiting:
            del waiting[len(waiting) - 1 - waiting[::-1].index(name) :]
    closing = "".join(f"</{name}>" for name in reversed(waiting))
    return f"{text}\n\n{closing}" if closing else text

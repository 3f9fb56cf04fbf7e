"""Safe HTML as a tree of values for a document: what it shows, without what only a page can do."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from courseweek.regex import lazy_pattern

Node = str | dict[str, Any]
"""A text, or an element: its kind `t`, what is in it `c`, and its other values."""

_SAME = {
    **{
        name: name
        for name in ("p", "ul", "ol", "li", "table", "tr", "th", "td", "pre", "code", "sub", "sup", "br", "hr")
    },
    "strong": "strong",
    "b": "strong",
    "th": "th",
    "em": "em",
    "i": "em",
    "cite": "em",
    "del": "del",
    "s": "del",
    "blockquote": "quote",
    "dt": "p",
    "dd": "quote",
    "kbd": "code",
    "samp": "code",
    "summary": "p",
    "caption": "p",
}
"""The kinds of elements by their tags; what is in any other is shown without it."""
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(("p", "ul", "ol", "li", "table", "tr", "th", "td", "pre", "quote", "heading", "hr"))
_EMPTY = frozenset(("br", "hr", "img", "input", "wbr"))
DEEPEST = 28
"""Elements within each other; what is deeper is shown without them."""
MOST_QUOTES = 8
"""Quotes within each other; typst takes no more with what is in them."""
_CONTROL = lazy_pattern("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
_SCHEMES = ("http", "https", "mailto", "tel")


def make_tree(html: str) -> list[Node]:
    """Return what cleaned HTML shows; headings skip no level, the first heading of level 1 is the title."""
    builder = _TreeBuilder()
    builder.feed(html)
    builder.close()
    last = [0]
    nodes = [each for node in builder.top for each in _level(node, last)]
    return [each for each in nodes if not isinstance(each, str) or each.strip()]


def _read_start(text: str | None) -> int:
    """Return the number of the first entry of a list."""
    return int(text) if text is not None and text.isascii() and text.isdecimal() and len(text) < 7 else 1


def drop_signs(text: str) -> str:
    """Return a text without the control characters that a tagged PDF can't have."""
    return _CONTROL.sub("", text)


class _TreeBuilder(HTMLParser):
    """Builds the tree while it reads."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.top: list[Node] = []
        self._open: list[tuple[str, list[Node]]] = [("", self.top)]
        self._formula: list[Node] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        inside = self._open[-1][1]
        if tag == "img":
            inside.append({"t": "picture", "c": [drop_signs(values.get("alt") or "")]})
        elif tag == "input":
            inside.append("☑ " if "checked" in values else "☐ ")
        elif len(self._open) < DEEPEST and (node := self._make(tag, values)) is not None:
            inside.append(node)
            inside = node["c"]
        if tag not in _EMPTY:
            self._open.append((tag, inside))

    def _make(self, tag: str, values: dict[str, str | None]) -> dict[str, Any] | None:
        """Return the element for a tag, None where only what is in it is shown."""
        if tag in _HEADINGS:
            return {"t": "heading", "c": [], "level": _HEADINGS[tag]}
        if tag == "a":
            address = values.get("href") or ""
            if values.get("class") == "footnote-backref" or urlsplit(address).scheme not in _SCHEMES:
                return {"t": "drop", "c": []} if values.get("class") == "footnote-backref" else None
            return {"t": "link", "c": [], "href": address}
        if tag == "math":
            return {"t": "math", "c": [], "block": values.get("display") == "block"}
        if tag[0] == "m" and any(opened == "math" for opened, _ in self._open):
            return {"t": tag, "c": []}
        kind = _SAME.get(tag)
        if kind == "quote" and sum(_SAME.get(opened) == "quote" for opened, _ in self._open) >= MOST_QUOTES:
            return None
        if kind == "ol":
            return {"t": kind, "c": [], "start": _read_start(values.get("start"))}
        return None if kind is None else {"t": kind, "c": []}

    def handle_endtag(self, tag: str) -> None:
        for at in range(len(self._open) - 1, 0, -1):
            if self._open[at][0] == tag:
                del self._open[at:]
                return

    def handle_data(self, data: str) -> None:
        self._open[-1][1].append(drop_signs(data))


def _level(node: Node, last: list[int]) -> Iterator[Node]:
    """Yield a node without what is dropped, its headings no more than one below the `last` level."""
    if isinstance(node, str):
        yield node
        return
    if node["t"] == "drop":
        return
    children = [each for child in node["c"] for each in _level(child, last)]
    if node["t"] in ("heading", "link", "math") and not any(map(_says_something, children)):
        return
    if node["t"] == "heading":
        last[0] = min(node["level"], last[0] + 1)
        node = {**node, "level": last[0]}
    elif node["t"] in _BLOCKS - {"pre", "p", "heading"}:
        # Between blocks is only the layout of the HTML.
        children = [each for each in children if not isinstance(each, str) or each.strip()]
    yield {**node, "c": children}


def _says_something(node: Node) -> bool:
    return bool(node.strip()) if isinstance(node, str) else any(map(_says_something, node["c"]))

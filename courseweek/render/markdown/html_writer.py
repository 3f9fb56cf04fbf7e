"""The tree of a text as HTML."""

from __future__ import annotations

import html
from xml.etree.ElementTree import Element, ElementTree

from courseweek.render.markdown.pieces import RAW

_VOID = frozenset(("br", "hr", "img"))


def write_html(root: Element | ElementTree) -> str:
    """Return a tree as HTML; nothing in it is taken for an entity."""
    top = root.getroot() if isinstance(root, ElementTree) else root
    pieces: list[str] = []
    stack: list[Element | str] = [top] if top is not None else []
    while stack:
        each = stack.pop()
        if isinstance(each, str):
            pieces.append(each)
            continue
        tail = html.escape(each.tail, quote=False) if each.tail else ""
        if each.tag == RAW:
            pieces += (each.text or "", tail)
            continue
        attributes = "".join([f' {name}="{html.escape(value)}"' for name, value in each.items()])
        pieces.append(f"<{each.tag}{attributes}>")
        if each.text:
            pieces.append(html.escape(each.text, quote=False))
        stack.append(tail if each.tag in _VOID else f"</{each.tag}>{tail}")
        stack.extend(reversed(each))
    return "".join(pieces)

"""What is in the place of a dash: the bullets of word processors, of Markdown and of lists with numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from courseweek.diagnostics import Edit
from courseweek.regex import lazy_pattern
from courseweek.yamltext.complaint import error_at, quote_text, starts_oddly
from courseweek.yamltext.slips.keys import begins_with_key
from courseweek.yamltext.slips.seen_line import BULLETS, ODD, Found, SeenLine

_ODD_CHARS = "\t\u00a0\u1680\u200b\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_BULLET = lazy_pattern(
    rf"[-=]>(?=[ \t{ODD}])|[{re.escape(BULLETS)}](?=[ \t{ODD}])|[•‣▪●⁃](?=\S)|--(?=[ \t{ODD}])"
    rf"|(?:[–—]|--)(?=[a-z_]+:)|-:(?=[ \t{ODD}])|\d{{1,2}}[.)](?=[ \t{ODD}])"
)
_ROW = lazy_pattern(r"[ ]*\|.*\|[ \t]*$")


def find_table_row(seen: SeenLine) -> Iterator[Found]:
    """Find a row of a table in Markdown, which is left out.

    Wrong:
        a:
          - title: X
          | Y | https://example.org/y |
    Right:
        a:
          - title: X
          - title: Y
            url: https://example.org/y
    """
    if _ROW.match(seen.text) is None or seen.is_in_brackets or seen.continues_markdown:
        return
    message = "a Markdown table is not a list of entries"
    help = f"write an entry for each row, such as {_show_entry(seen)}"
    report = error_at("lonely-text", message, seen.span(seen.indent, len(seen.text.rstrip())), help)
    cut = Edit(seen.span(0, len(seen.text)), "")
    yield Found(("lonely-text",), report, (cut,), "", left_out=True)


def _show_entry(seen: SeenLine) -> str:
    """Return how an entry of the list begins in which a line is, by the first keys that it can have."""
    owner = next((each for each in reversed(seen.above) if each.indent < seen.indent and each.opens), None)
    items = seen.grammar.value_of(owner.key).items if owner is not None else None
    known = next((each for each in items.keys if each.required), None) if items is not None else None
    if known is None or {"title", "url"} <= known.named.keys():
        return "- title: and the title, and below it url: and the address"
    first = next(key for key in known.named if key in known.required)
    second = next((key for key in known.named if key not in (first, "id")), None)
    return f"- {first}: with its text" + (f", and below it {second}:" if second else "")


def find_bullet(seen: SeenLine) -> Iterator[Found]:
    """Find a bullet that begins no item where an item must begin.

    Wrong:
        a:
          • title: X
    Right:
        a:
          - title: X
    """
    line = seen.text
    indent = len(line) - len(line.lstrip(" "))
    bullet = _BULLET.match(line, indent)
    if bullet is None or not _may_be_item(seen, indent, bullet[0]):
        return
    rest = line[bullet.end() :].strip(f" {_ODD_CHARS}")
    needs_quotes = bool(rest) and rest[0] not in "\"'" and not begins_with_key(rest) and starts_oddly(rest)
    written = quote_text(rest) if needs_quotes else rest
    dash = _dash_for(seen, indent)
    message = f"a list item begins with a hyphen and a space, not with `{bullet[0]}`"
    after = len(line) - len(line[bullet.end() :].lstrip(f" {_ODD_CHARS}"))
    edit = Edit(seen.span(indent, after), dash)
    if needs_quotes:
        edit = Edit(seen.span(indent, len(line.rstrip())), f"{dash}{written}")
    kind = ("bullet", re.sub(r"\d+", "1", bullet[0]))
    report = error_at("bullet", message, seen.span(indent, bullet.end()), f"write {dash}{written}")
    yield Found(kind, report, (edit,), " " * indent + dash + written)


def _dash_for(seen: SeenLine, indent: int) -> str:
    """Return a dash with as many spaces as the key on the next line asks for."""
    end = seen.source.text.find("\n", seen.begin) + 1
    below = re.compile(r"(?P<gap>[ ]*)[a-z_]+:").match(seen.source.text, end)
    wide = len(below["gap"]) - indent if below is not None and begins_with_key(seen.text.lstrip(" ->=")) else 2
    return "-" + " " * (wide - 1 if 2 <= wide <= 6 else 1)


def _may_be_item(seen: SeenLine, indent: int, bullet: str) -> bool:
    """Return whether an item is at this indent: below another one, or first below a key without a value."""
    for above in reversed(seen.above):
        if above.indent > indent:
            continue
        if above.indent < indent and seen.holds_text(above.key):
            return False
        if above.indent == indent:
            return above.item or above.opens
        return above.opens
    return bullet not in ("*", "+") and not bullet[0].isdigit()

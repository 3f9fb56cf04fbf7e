"""What is not an ordinary space where YAML takes only those: special spaces and tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from courseweek.diagnostics import Edit
from courseweek.regex import lazy_pattern
from courseweek.yamltext.complaint import error_at
from courseweek.yamltext.slips.list_names import indent_by, say_count
from courseweek.yamltext.slips.seen_line import ODD, Found, SeenLine

_TAB_INDENT = lazy_pattern(r"[ ]*\t[ \t]*(?=-[ \t]|(?P<key>[a-z_]+):(?:[ \t]|$))")
_TAB_DASH = lazy_pattern(r"[ ]*-(?P<tab>[ ]*\t[ \t]*)(?=\S)")


def find_special_spaces(seen: SeenLine) -> Iterator[Found]:
    """Find special spaces in the indent, after a dash and after a key.

    Wrong:
        a:
          - title: X
            year:\u00a02020
    Right:
        a:
          - title: X
            year: 2020
    """
    line = seen.text
    lead = re.match(rf"(?:[ {ODD}]|-(?=[ {ODD}]))*", line)
    end = lead.end() if lead else 0
    key = re.compile(rf"(?P<key>[\w-]+):(?P<odd>[ ]*[{ODD}]+[ {ODD}]*)(?P<value>\S)?").match(line, end)
    if key is not None and (not key["value"] or key["key"] in seen.grammar.keys):
        line = line[: key.start("odd")] + " " * len(key["odd"]) + line[key.end("odd") :]
        yield _explain_spaces(seen, key.start("odd"), key.end("odd"), f"after `{key['key']}:`", line)
    if end and re.search(f"[{ODD}]", line[:end]):
        dash = line.rfind("-", 0, end)
        odd = re.search(f"[{ODD}]+", line[:end])
        assert odd is not None
        rest = line[end:]
        word = re.match(r"[\w-]+(?=:)", rest)
        behind = word[0] if word else rest[:1]
        shown = "-" if dash >= odd.end() else behind
        where = "after `-`" if 0 <= dash < odd.start() else f"before `{shown}`" if shown else ""
        yield _explain_spaces(seen, odd.start(), end, where, re.sub(f"[{ODD}]", " ", line[:end]) + rest)


def _explain_spaces(seen: SeenLine, start: int, end: int, where: str, written: str) -> Found:
    line = seen.text
    odd = re.compile(f"[{ODD}]+").search(line, start, end)
    assert odd is not None
    code = f"(U+{ord(odd[0][0]):04X})"
    if where:
        message = f"the space {where} is not a normal one {code}"
        help = "delete it and indent with spaces" if where.startswith("before") else "write a normal space"
        place = seen.span(odd.start(), odd.end())
    else:
        message = f"this line is indented with a special space {code}"
        help = "indent with spaces"
        place = seen.span(odd.start(), odd.start() + 1)
    edits = tuple(
        Edit(seen.span(at, at + 1), "" if line[at] == "\u200b" else " ")
        for at in range(start, end)
        if re.match(f"[{ODD}]", line[at])
    )
    kind = ("indent-character", where.partition(" ")[0], code)
    return Found(kind, error_at("indent-character", message, place, help), edits, written)


def find_tabs(seen: SeenLine) -> Iterator[Found]:
    """Find tabs before an entry and behind its dash.

    Wrong:
        a:
          -\ttitle: X
    Right:
        a:
          - title: X
    """
    line = seen.text
    if "\t" not in line or not seen.as_written:
        return
    match = _TAB_INDENT.match(line)
    if match is not None and (not match["key"] or match["key"] in seen.grammar.keys) and not seen.is_in_brackets:
        wanted = indent_by(line.strip(), seen.lines, seen.grammar)
        if wanted is None:
            return
        at = line.index("\t")
        help = f"begin the line with {say_count(wanted)}, like the line above"
        report = error_at("indent-character", "this line is indented with a tab", seen.span(at, at + 1), help)
        edits = (Edit(seen.span(0, match.end()), " " * wanted),)
        yield Found(("indent-character", "tab"), report, edits, " " * wanted + line[match.end() :], single=True)
        return
    match = _TAB_DASH.match(line)
    if match is not None:
        place = seen.span(match.start("tab"), match.end("tab"))
        rest = line[match.end() :].strip()
        report = error_at("stray-tab", "a space is needed here, not a tab", place, f"write - {rest}")
        written = f"{line[: match.start('tab')]} {line[match.end() :]}"
        yield Found(("stray-tab",), report, (Edit(place, " "),), written)

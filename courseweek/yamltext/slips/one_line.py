"""What is written on one line and needs several: a list behind its key, or keys one behind the other.

    wrong:   authors: - Tri Dao                  right:   authors:
                                                            - Tri Dao
    wrong:   title: Knots url: https://…         right:   title: Knots
                                                          url: https://…

What the key may hold decides what is meant: each way to write it is held to the grammar first.
"""

from __future__ import annotations

import re

from courseweek.diagnostics import Diagnostic, Edit
from courseweek.regex import lazy_pattern
from courseweek.yamltext.complaint import Complaint, error_at, one_character, quote_text, starts_oddly
from courseweek.yamltext.lines import lex_lines
from courseweek.yamltext.outline import find_misfits
from courseweek.yamltext.slips.glued import write_labels

_BEHIND_KEY = lazy_pattern(r"(?P<lead>[ ]*(?:-[ ]+)*)(?P<key>[^\s:#\"'\[{][^:#]*?):[ ]+(?P<dash>-[ ]+)(?P<text>\S.*)")
_KEYS = lazy_pattern(r"(?P<lead>[ ]*(?:-[ ]+)*)(?P<owner>[^\s:#\"'\[{][^:#]*?:[ ]+)?(?P<key>[a-z_]+):[ ]+(?=\S)")
_NEXT_KEY = lazy_pattern(r",[ ]*(?P<key>[a-z_]+):[ ]+(?=\S)|[ ]+(?P<address>[a-z_]+):[ ]+(?=https?://\S+$)")
_PLAIN = lazy_pattern(r"[^\s\"'#\[\]{}&*!|>%@`,?:-](?:[^:#]|:(?=\S)|(?<=\S)#)*")


def find_list_behind_key(fault: Complaint) -> Diagnostic | None:
    """Explain `authors: - Tri Dao`: a list begins on the line below, and a key with a text has no `-`.

    Wrong:
        a:
          - title: X
            authors: - Tri Dao
    Right:
        a:
          - title: X
            authors:
              - Tri Dao
    """
    begin, end = fault.bounds(fault.index)
    match = _BEHIND_KEY.fullmatch(fault.source.text[begin:end])
    if match is None or fault.in_brackets:
        return None
    lead, key, text = match["lead"], match["key"], match["text"]
    place = fault.source.span(begin + match.start("dash"), end)
    source = fault.source.text
    below = re.compile(r"(?:[ \t\r]*\n)+(?P<indent>[ ]*)(?=\S)").match(source, end)
    deeper = below is not None and len(below["indent"]) > len(lead)
    column = match.start("text") - 2 if deeper else len(lead) + 2
    listed, fits = f"\n{' ' * column}- {text}", below is None or not deeper or len(below["indent"]) == column + 2
    plain = f" {quote_text(text) if starts_oddly(text) else text}"
    labels = write_labels(text, listed=False)
    ways = [(listed, f"write\n{key}:\n  - {text}") if fits else None]
    ways += [(plain, f"write {key}:{plain}") if not deeper and _PLAIN.fullmatch(text) else None]
    ways += [(f" {labels}", f"write {key}: {labels}") if labels is not None and not deeper else None]
    start = begin + match.end("key") + 1
    for way in ways:
        if way is not None and _fits(fault, begin, end, source[begin:start] + way[0]):
            edit = Edit(fault.source.span(start, end), way[0])
            message = f"`{key}` takes a text, and `-` begins an item of a list"
            if labels is not None and way[0] == f" {labels}":
                message = f"keys with values behind `{key}:` are written between braces"
            if way[0] == listed:
                message = f"a list begins on the line below its key, and this one begins behind `{key}:`"
            return error_at("one-line", message, place, way[1], (edit,))
    message = f"a list begins on the line below its key, and this one begins behind `{key}:`"
    return error_at("one-line", message, place, None)


def find_keys_on_one_line(fault: Complaint) -> Diagnostic | None:
    """Explain `- title: "Knots", url: …`, where keys are on one line as they would be between braces.

    Wrong:
        a:
          - title: X, url: https://example.org/x
    Right:
        a:
          - title: X
            url: https://example.org/x
    """
    if fault.in_brackets:
        return None
    begin, end = fault.bounds(fault.index)
    line = fault.source.text[begin:end]
    match = _KEYS.match(line)
    keys = fault.grammar.keys
    if match is None or match["key"] not in keys or line[match.end() : match.end() + 1] in ("[", "{", ""):
        return None
    found = [each for each in _NEXT_KEY.finditer(line, match.end()) if (each["key"] or each["address"]) in keys]
    first = line[match.end() : found[0].start()] if found else ""
    if not found or _is_inside_quotes(first) or "{" in first:
        return None
    owner, lead, dash = match["owner"], match["lead"], "- " if "-" in match["lead"] else ""
    starts = [match.start("key"), *(each.start("key") if each["key"] else each.start("address") for each in found)]
    ends = [*(each.start() for each in found), len(line)]
    pieces = [_quote_value(line[at:stop]) for at, stop in zip(starts, ends, strict=True)]
    indent = len(lead) + (4 if owner else 0)
    head = f"{lead}{owner.rstrip()}\n{' ' * (len(lead) + 2)}- " if owner else lead
    written = head + f"\n{' ' * indent}".join(pieces)
    place = one_character(fault, begin + found[0].start())
    message = "each key is on a line of its own, without a comma"
    if not _fits(fault, begin, end, written):
        return None
    shown = f"{owner.rstrip()}\n  - " if owner else dash
    help = f"write\n{shown}" + f"\n{' ' * (4 if owner else len(dash))}".join(pieces)
    return error_at(
        "one-line", message, place, help, (Edit(fault.source.span(begin + len(lead), end), written[len(lead) :]),)
    )


def _quote_value(piece: str) -> str:
    """Return `key: value` with the value in quotes where YAML would take it for something else."""
    key, _, value = piece.partition(": ")
    value = value.strip()
    closed = len(value) > 1 and value[0] in "\"'" and value[-1] == value[0]
    return f"{key}: {quote_text(value) if starts_oddly(value) and not closed else value}"


def _is_inside_quotes(text: str) -> bool:
    quote = text[:1]
    return quote in ("'", '"') and (len(text) < 2 or text.rstrip()[-1] != quote)


def _fits(fault: Complaint, begin: int, end: int, written: str) -> bool:
    """Return whether a line, written so, fits the grammar where it is; without a grammar anything does."""
    if fault.grammar.root.anything:
        return True
    ways = [written]
    if written.startswith("  "):  # the keys of an entry may be read without its dash
        lead = len(written) - len(written.lstrip(" "))
        ways.append(f"{written[: lead - 2]}- {written[lead:]}")
    above = fault.before + fault.source.text[:begin]
    first = above.count("\n")
    for way in ways:
        misfits = find_misfits(lex_lines(above + way + fault.source.text[end:]), fault.grammar.root)
        if not any(first <= each.line <= first + way.count("\n") for each in misfits):
            return True
    return False

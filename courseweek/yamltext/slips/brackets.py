"""What a person did when YAML can't be read inside or around `[…]` and `{…}`."""

from __future__ import annotations

import re
from dataclasses import replace

from courseweek.diagnostics import Diagnostic, Edit
from courseweek.yamltext.complaint import (
    CUT,
    LONGEST_QUOTED,
    VALUE,
    Complaint,
    error_at,
    lead_of,
    one_character,
    quote_text,
    rewrite,
)
from courseweek.yamltext.slips.starts import unquoted_start


def find_bracketed_start(fault: Complaint) -> Diagnostic | None:
    """Explain a text that begins with a list or mapping and goes on after it: `- [words](address) and more`.

    Wrong:
        a:
          - [Knots](https://example.org/x) and links
    Right:
        a:
          - "[Knots](https://example.org/x) and links"
    """
    if fault.in_brackets or not fault.says("block", "expected key", "'-' indicator", "document start"):
        return None
    begin, end = fault.bounds(fault.index)
    match = VALUE.fullmatch(fault.source.text[begin:end])
    if match is None or match["value"][0] not in "[{" or begin + match.start("value") >= fault.index:
        return None
    if fault.char in ("]", "}"):
        place = one_character(fault, fault.index)
        alone = not fault.source.text[fault.index + 1 : end].strip()
        text = match["value"]
        shown = text[:-1] if len(text) <= 80 else f"…{text[-30:-1]}"
        help = f"delete it, so that the line ends in {shown}" if alone else "delete it, or put the text in quotes"
        message = f"this `{fault.char}` closes a bracket that was never opened"
        return error_at("stray-bracket", message, place, help, (Edit(place, ""),) if alone else ())
    at = begin + match.start("value")
    return unquoted_start(fault, at, match["value"], lead_of(match))


def find_wrong_brackets(fault: Complaint) -> Diagnostic | None:
    """Explain what is wrong inside brackets: not closed, cut by a comment, a comma or quotes missing.

    Wrong:
        a:
          - title: X
            authors: [A, B
    Right:
        a:
          - title: X
            authors: [A, B]
    """
    text = fault.source.text
    at = fault.context if fault.in_brackets else _opened(fault) if fault.says("flow node") else None
    if at is None:
        return None
    fault = replace(fault, context=at)
    opening, closing = ("[", "]") if text[at] == "[" else ("{", "}")
    cut = CUT.search(text, fault.context, fault.bounds(fault.context)[1])
    if cut is not None and cut.start() < fault.index:
        message = f"YAML reads the rest of this line as a comment, including its `{closing}`"
        piece = _piece(fault, cut.start(1))
        match = re.fullmatch(r"(?P<key>[^:]*?):\s+(?P<value>.+)", piece)
        whole = f"{match['key']}: {quote_text(match['value'])}" if match else quote_text(piece)
        return error_at("comment", message, fault.source.span(cut.start(1), cut.end(1)), f"write {whole}")
    if "\n" in text[fault.context : fault.index] or not fault.char.strip():
        help, fix = _close(fault, closing)
        help += f"; a text that begins with `{opening}` needs quotes"
        message = f"this `{opening}` is never closed"
        return error_at("unclosed-bracket", message, one_character(fault, fault.context), help, fix)
    if fault.char in ("]", "}") and closing not in text[fault.index : fault.bounds(fault.index)[1]]:
        place = one_character(fault, fault.index)
        message = f"the `{opening}` that opens here needs a `{closing}`, not a `{fault.char}`"
        around = text[fault.bounds(fault.context)[0] : fault.context]
        outer = {"]": "[", "}": "{"}[fault.char]
        needed = closing + (fault.char if around.count(outer) > around.count(fault.char) else "")
        written = f"{text[fault.context : fault.index]}{needed}"
        help = f"write {written}" if len(written) <= LONGEST_QUOTED else f"write {needed} in place of {fault.char}"
        return error_at("unclosed-bracket", message, one_character(fault, fault.context), help, (Edit(place, needed),))
    return _explain_piece(fault, opening, closing)


def _close(fault: Complaint, closing: str) -> tuple[str, tuple[Edit, ...]]:
    """Return how a bracket is closed: at the end of its line, if the next one is an entry and no other is open."""
    text = fault.source.text
    begin, end = fault.bounds(fault.context)
    line, whole = text[fault.context : end], text[begin:end]
    below = re.compile(r"\s*(?:- |[\w-]+:(?: |\r?\n)|\Z)").match(text, end)
    if (
        below is None
        or line.endswith(",")
        or sum(map(whole.count, "[{")) != sum(map(whole.count, "]}")) + 1
        or len(line) < 2
    ):
        return f"close it with `{closing}`", ()
    if line.endswith(":"):
        return f"write the value after `{line[-30:]}` on the same line, and close it there with `{closing}`", ()
    last = line if len(line) <= 80 else f"…{line[-30:]}"
    # A word behind a `[` may be no list at all.
    sure = not re.search(r"[\"'#]", line) and (closing == "}" or "," in line)
    fix = (Edit(fault.source.span(end, end), closing),) if sure else ()
    return f"close it with `{closing}` at the end of its line: {last}{closing}", fix


def _explain_piece(fault: Complaint, opening: str, closing: str) -> Diagnostic:
    piece, here = _piece(fault, fault.index), one_character(fault, fault.index)
    word = re.match(r"(?:[\"'][\w -]{1,40}[\"']|[a-z_]+)(?=\s*:)", fault.source.text[fault.index : fault.index + 60])
    if word is not None:
        place = fault.source.span(fault.index, fault.index + word.end())
        before = _end_before(fault)
        comma = (Edit(fault.source.span(before, before), ","),)
        return error_at("missing-comma", f"a `,` is missing before `{word[0]}`", place, "write , before it", comma)
    match = re.fullmatch(r"(?P<key>[^:]*?):\s+(?P<value>.+)", piece)
    if match is not None and fault.char == "?":
        help, fix = _quote_value(fault, piece, match)
        return error_at("unquoted-question", "a text that contains `?` needs quotes here", here, help, fix)
    if match is not None and not re.search(r"\s[a-z_]+:", match["value"]) and ": " in f"{match['value']} ":
        help, fix = _quote_value(fault, piece, match)
        return error_at("unquoted-colon", "a text that contains `: ` needs quotes", here, help, fix)
    help = f"a text with `,`, `: `, brackets or braces inside `{opening}…{closing}` needs quotes"
    begin = fault.context
    word = re.search(r"\s([a-z_]+)$", fault.source.text[begin : fault.index])
    if fault.char == ":" and word is not None:
        place = fault.source.span(begin + word.start(1), fault.index)
        before = begin + word.start()
        comma = (Edit(fault.source.span(before, before), ","),)
        help = f"write , before it; {help}"
        return error_at("missing-comma", f"a `,` is missing before `{word[1]}`", place, help, comma)
    return error_at("missing-comma", f"here a `,` or the closing `{closing}` is missing", here, help)


def _quote_value(fault: Complaint, piece: str, match: re.Match[str]) -> tuple[str, tuple[Edit, ...]]:
    """Return the remedy that puts the value of a piece in quotes, in words and as an edit."""
    begin = fault.source.text.rfind(piece, fault.context, fault.bounds(fault.index)[1])
    written = quote_text(match["value"])
    fix = rewrite(fault, begin + match.start("value"), match["value"], written) if begin >= 0 else ()
    return f"write {match['key']}: {written}", fix


def _opened(fault: Complaint) -> int | None:
    """Return where the bracket opens that is open at the fault."""
    begin = max(fault.start, fault.index - 10_000)
    # Brackets in comments don't count.
    text = CUT.sub(lambda comment: " " * len(comment[0]), fault.source.text[begin : fault.index])
    depth = 0
    for at in range(fault.index - 1, begin - 1, -1):
        char = text[at - begin]
        depth += (char in "]}") - (char in "[{")
        if depth < 0:
            return at
    return None


def _piece(fault: Complaint, index: int) -> str:
    """Return the part of a `{…}` or `[…]` between two commas in which `index` lies."""
    text = fault.source.text
    begin = max(text.rfind(char, fault.context, index) for char in ",{[") + 1
    end = fault.bounds(index)[1]
    stop = re.compile(r"[,}\]]").search(text, index, end)
    return text[begin : stop.start() if stop else end].strip()


def _end_before(fault: Complaint) -> int:
    """Return where what is written before the fault ends."""
    return fault.context + len(fault.source.text[fault.context : fault.index].rstrip())

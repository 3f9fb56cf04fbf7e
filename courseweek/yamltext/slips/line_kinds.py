"""What a person did when YAML can't be read for the sake of a line's indent, or of what kind of line it is."""

from __future__ import annotations

import re

from courseweek.diagnostics import Diagnostic, Edit
from courseweek.regex import lazy_pattern
from courseweek.yamltext.complaint import (
    CUT,
    KEY,
    LONGEST_KEY,
    SECOND_HELP,
    Complaint,
    error_at,
    lines_above,
    quote_text,
    starts_oddly,
)
from courseweek.yamltext.slips.dashes import explain_dashless
from courseweek.yamltext.slips.indents import say_spaces
from courseweek.yamltext.slips.list_names import (
    indent_by,
    indent_of,
    say_count,
)
from courseweek.yamltext.slips.stray_lines import find_lonely_line, first_key_above

_INDENT = lazy_pattern("[ ]*([\t\u00a0\u2000-\u200b\u202f\u3000])")
_TEXT_ITEM = lazy_pattern(r"(?P<lead>[ ]*)-[ ]+(?P<text>[^\s\[{|>#&*!].*)$")
_DASH = lazy_pattern(r"[ ]*-(?:[ ]|$)")


def find_indent_character(fault: Complaint) -> Diagnostic | None:
    """Explain a tab in the indent, or a special space.

    Wrong:
        a:
          - title: X
            note:
        \tRead it.
    Right:
        a:
          - title: X
            note:
              Read it.
    """
    for begin, line in fault.written(2):
        match = _INDENT.match(line)
        if match:
            name = "a tab" if match[1] == "\t" else f"a special space (U+{ord(match[1]):04X})"
            place = fault.source.span(begin + match.start(1), begin + match.end(1))
            help, fix = _fix_indent(fault, begin, line)
            return error_at("indent-character", f"this line is indented with {name}", place, help, fix)
    return None


def _fix_indent(fault: Complaint, begin: int, line: str) -> tuple[str, tuple[Edit, ...]]:
    """Return the remedy for an indent of other characters, and the edits where it is sure what the line goes with."""
    above = lines_above(fault, begin)
    text = line.strip()
    wanted = None if above and _INDENT.match(above[0]) else indent_by(text, above, fault.grammar)
    if wanted is None:
        return "indent with as many spaces as the lines it goes with", ()
    own = KEY.match(text)
    sure = own is None or (own.end() < len(text) and own["key"] not in fault.grammar.lists)
    fix = (Edit(fault.source.span(begin, begin + len(line) - len(line.lstrip())), " " * wanted),) if sure else ()
    return f"begin the line with {say_count(wanted)}, like the line above", fix


def find_return(fault: Complaint) -> Diagnostic | None:
    """Explain a carriage return inside a line, at which YAML ends the line and editors don't.

    Wrong:
        a:
          - title: X
            note: Read\rit.
    Right:
        a:
          - title: X
            note: Read it.
    """
    begin, _ = fault.bounds(min(fault.context, fault.index))
    match = re.compile(r"\r(?!\n)").search(fault.source.text, begin, fault.index + 1)
    if match is None or "\n" not in fault.source.text:
        return None
    message = "this line contains a carriage return, which YAML reads as the end of the line"
    place = fault.source.span(match.start(), match.end())
    return error_at("stray-return", message, place, "delete it, or write a space", (Edit(place, " "),))


def explain_misaligned(fault: Complaint) -> Diagnostic | None:
    """Explain a line whose indent fits no other."""
    begin, end = fault.bounds(fault.index)
    line = fault.source.text[begin:end]
    if not line.strip():
        return None
    lead = len(line) - len(line.lstrip())
    place = fault.source.span(begin + lead, end)
    lost = explain_dashless(fault, place, line) or _explain_untitled(fault, line)
    if lost is not None:
        return lost
    message = "the indent of this line doesn't match the lines before it"
    wanted = _wanted_indent(line, lines_above(fault, fault.index))
    if wanted is None or wanted == lead:
        help = "give the keys of one entry the same indent, and each `-` of one list too"
        return error_at("indent", message, place, help)
    help = f"to go with the line above, begin it in column {wanted + 1}: {say_spaces(wanted - lead)} before it"
    if wanted == 0 and not line.lstrip().startswith("- "):
        help += ", or indent the line above as much as this one"
    return error_at("indent", message, place, help)


def _explain_untitled(fault: Complaint, line: str) -> Diagnostic | None:
    """Explain `- Knots` with keys below it: its own text needs a key as well."""
    own, lines = KEY.match(line), fault.written(2)
    match = _TEXT_ITEM.match(lines[1][1]) if len(lines) > 1 else None
    if own is None or match is None or own["key"] not in fault.grammar.keys or KEY.match(match["text"]):
        return None
    if len(own["lead"]) <= len(match["lead"]) or own["key"] == "title":
        return None
    key = first_key_above(fault, lines[1][0], own["key"])
    text = match["text"]
    written = quote_text(text) if starts_oddly(text) and text[0] not in "\"'" else text
    at = lines[1][0] + match.start("text")
    place = fault.source.span(at, at + len(text))
    fix = (Edit(place, f"{key}: {written}"),)
    message = f"this line has no key, but the one below it has `{own['key']}`"
    return error_at("missing-key", message, place, f"write - {key}: {written}", fix)


def _wanted_indent(line: str, above: list[str]) -> int | None:
    """Return the indent with which `line` would go with the ones above it: dash below dash, key below key.

    Of the keys whose entries are still open it is the nearest column, and of two as near the inner one.
    """
    if not above:
        return None
    if _DASH.match(line):
        dash = _DASH.match(above[0])
        return indent_of(above[0]) if dash else None
    if KEY.match(above[0]) is None:
        return None
    lead, least = indent_of(line), LONGEST_KEY
    columns = []
    for each in above:
        key = KEY.match(each)
        if key is not None and indent_of(each) < least:
            least = indent_of(each)
            columns.append(key.end("lead"))
    return min(columns, key=lambda column: abs(column - lead))


def find_odd_indent(fault: Complaint) -> Diagnostic | None:
    """Explain a line that the parser did not expect at its indent.

    Wrong:
        a:
          - title: X
           - note: y
            url: https://example.org/x
    Right:
        a:
          - title: X
            note: y
            url: https://example.org/x
    """
    if fault.says("block end", "block mapping", "block collection", "expected key", "'-' indicator"):
        return explain_misaligned(fault)
    return None


def find_second_document(fault: Complaint) -> Diagnostic | None:
    """Explain what follows where the parser thought that the file had ended.

    Wrong:
        a:
          - title: X
        ...
        b:
          - title: Y
    Right:
        a:
          - title: X
        b:
          - title: Y
    """
    if re.match(r"\.\.\.\s*$", fault.line(fault.index)) and not fault.in_brackets:
        begin, end = fault.bounds(fault.index)
        message = "a second document starts here, but a file can have only one"
        return error_at("second-document", message, fault.source.span(begin, begin + 3), SECOND_HELP)
    if not fault.says("document start") or fault.in_brackets:
        return None
    begin, end = fault.bounds(fault.start)
    marker = re.compile(r"^(?:---|\.\.\.)(?=\s)", re.MULTILINE).search(fault.source.text, end, fault.index)
    if marker is not None:
        message = "a second document starts here, but a file can have only one"
        place = fault.source.span(marker.start(), marker.end())
        return error_at("second-document", message, place, SECOND_HELP)
    cut = CUT.search(fault.source.text, begin, fault.index)
    if cut is not None:
        help = "put the text that contains ` #` in quotes"
        place = fault.source.span(cut.start(1), cut.end(1))
        return error_at("comment", "YAML reads the rest of this line as a comment", place, help)
    if KEY.match(fault.line(begin)) and fault.line(begin)[:1] == " ":
        return explain_misaligned(fault)
    return find_lonely_line(fault) or error_at(
        "lonely-text",
        "the file begins with something that is neither `key: value` nor `- item`",
        fault.source.span(begin, end),
        "fix this line, or delete it",
    )

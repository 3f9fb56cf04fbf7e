"""What a person did when YAML can't be read for the sake of quotes: not closed, closed too early, escapes in them."""

from __future__ import annotations

import re

from courseweek.diagnostics import Diagnostic, Edit
from courseweek.yamltext.complaint import (
    ESCAPES,
    VALUE,
    Complaint,
    error_at,
    explain_escape,
    is_reference,
    lead_of,
    one_character,
    quote_text,
    rewrite,
)

_CLOSING = {'"': "”“„»", "'": "’‘"}


def find_bad_escape(fault: Complaint) -> Diagnostic | None:
    """Explain `\\k` between double quotes, where a backslash begins an escape.

    Wrong:
        a:
          - title: "The \\k-means"
    Right:
        a:
          - title: "The \\\\k-means"
    """
    if not fault.says("escape", "hexdecimal"):  # as the libraries spell it
        return None
    at = fault.source.text.rfind("\\", fault.context, fault.index + 1)
    at = at if at >= 0 else fault.index
    word = fault.source.text[at : at + 2]
    if word in ESCAPES:
        return explain_escape(fault.source, at)
    return error_at(
        "bad-escape",
        f"`{word}` means nothing in double quotes",
        fault.source.span(at, at + 2),
        f"write `\\{word}`, or put the text in single quotes",
        (Edit(fault.source.span(at, at), "\\"),),
    )


def find_open_quote(fault: Complaint) -> Diagnostic | None:
    """Explain a quote that is not closed, or closed only by the one that should open another text.

    Wrong:
        a:
          - title: "X
            year: 2020
    Right:
        a:
          - title: "X"
            year: 2020
    """
    at = None
    if fault.says("quoted scalar"):
        at = fault.context
    elif ends_before(fault) and fault.last is not None and "\n" in fault.last.span.text:
        at = fault.last.span.start
    if at is None:
        return None
    quote = fault.source.text[at]
    line = fault.source.text[at : fault.bounds(at)[1]]
    text = line[1:].rstrip()
    if fault.source.text[max(0, at - 1) : at] in ("[", "{") or re.search(r",\s*[a-z_]+:\s|[}\]]$", text):
        text = re.split(r",\s*[a-z_]+:\s|[,}\]]", text)[0].rstrip()
    whole = text[:-1] if text[-1:] and text[-1] in _CLOSING[quote] else text
    written = f'"{whole}"' if quote == '"' else quote_text(whole)
    close = f"write {lead_before(fault, at)}{written}"
    help = f"{close}; an apostrophe inside '…' is written twice" if quote == "'" else close
    message = "this quote is never closed"
    if whole != text:
        message = "this quote is straight, but the one at the end is curly"
    if is_reference(fault, at):
        return error_at("unclosed-quote", message, one_character(fault, at), "an id needs no quotes")
    return error_at(
        "unclosed-quote", message, one_character(fault, at), help, rewrite(fault, at, quote + text, written)
    )


def lead_before(fault: Complaint, at: int) -> str:
    """Return what comes before a value, for a remedy."""
    match = VALUE.fullmatch(fault.line(at))
    return lead_of(match) if match and fault.bounds(at)[0] + match.start("value") == at else ""


def ends_before(fault: Complaint) -> bool:
    """Return whether a quoted text ended right before the fault."""
    last = fault.last
    if last is None or last.style not in ("'", '"') or last.span.end > fault.index:
        return False
    between = fault.source.text[last.span.end : fault.index]
    return not between.strip() and "\n" not in between


def find_early_quote(fault: Complaint) -> Diagnostic | None:
    """Explain a text that ends at a quote while the line goes on.

    Wrong:
        a:
          - title: 'Knots' and links
    Right:
        a:
          - title: "'Knots' and links"
    """
    if fault.char in ("", ":") or (fault.in_brackets and fault.char in ('"', "'")):
        return None  # two texts without a comma between them
    quoted = _quoted_before(fault)
    if quoted is None:
        return None
    start, end = quoted
    if fault.in_brackets and re.compile(r"\s+[a-z_]+:\s").match(fault.source.text, end):
        return None  # a key follows, and a comma is missing
    stop = fault.bounds(start)[1]
    if fault.in_brackets:
        close = re.compile(r"[,}\]]").search(fault.source.text, end, stop)
        stop = close.start() if close else stop
    whole = fault.source.text[start:stop].rstrip()
    lead = lead_before(fault, start)
    if whole[end - start :].strip() == ",":
        help = f"write {lead}{whole[: end - start]}"
        fix = (Edit(fault.source.span(end, start + len(whole)), ""),)
        place = one_character(fault, fault.index)
        return error_at("stray-comma", "a line doesn't end with `,`", place, help, fix)
    if is_reference(fault, start):
        place = fault.source.span(end - 1, end)
        return error_at("early-quote", "this quote ends the id, but more text follows", place, "an id needs no quotes")
    apostrophe = whole[0] == "'" and fault.index == end
    closed = whole[0] == whole[-1] and len(whole) > 2
    inner = whole.strip("'\"") if closed else whole.strip("'") if apostrophe else whole
    return error_at(
        "early-quote",
        "this apostrophe ends the quote" if apostrophe else "this quote ends the text, but more text follows",
        fault.source.span(end - 1, end),
        f"write {lead}{quote_text(inner)}",
        rewrite(fault, start, whole, quote_text(inner)) if closed else (),
    )


def explain_cut_quote(fault: Complaint, start: int, end: int) -> Diagnostic:
    """Explain `title: "Knots": a history`, where the quotes are around a part of a text with a colon."""
    whole = fault.source.text[start : fault.bounds(start)[1]]
    inner = whole[:-1] if whole.count(whole[0]) % 2 and whole.endswith(whole[0]) else whole
    written = quote_text(inner)
    place = fault.source.span(end - 1, end)
    help = f"write {lead_before(fault, start)}{written}"
    message = "this quote ends the text, but more text follows"
    return error_at("early-quote", message, place, help, rewrite(fault, start, whole, written))


def _quoted_before(fault: Complaint) -> tuple[int, int] | None:
    """Return where the quoted text begins and ends after which the parser stopped."""
    if fault.last is not None and ends_before(fault):
        return fault.last.span.start, fault.last.span.end
    begin, _ = fault.bounds(fault.index)
    match = VALUE.fullmatch(fault.source.text[begin : fault.index])
    if match is None or match["value"][0] not in "\"'" or match["value"][-1] != match["value"][0]:
        return None
    return begin + match.start("value"), fault.index

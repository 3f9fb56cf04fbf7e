"""What a person did when YAML can't be read: the mistake in their words, at the place where it was made."""

from __future__ import annotations

import re

from courseweek.diagnostics import Diagnostic
from courseweek.read.brackets import (
    explain_bare_colon,
    explain_bracketed_start,
    explain_brackets,
    is_inside_brackets,
)
from courseweek.read.fault import (
    CUT,
    ESCAPES,
    LONGEST_KEY,
    SECOND_HELP,
    VALUE,
    Fault,
    error_at,
    explain_escape,
    lead_of,
    one_character,
    quote_text,
    unquoted_start,
)

_CONFLICT = re.compile(r"^(<{7}|>{7}|\|{7})(?: |\r?$)", re.MULTILINE)
_INDENT = re.compile("[ ]*([\t\u00a0\u2000-\u200b\u202f\u3000])")
_KEY = re.compile(r"(?P<lead>\s*(?:-[ \t]+)*)(?P<key>[^\s\"'#\[{:][^:#]*?):(?:[ \t]+|$)")
_LEAD = re.compile(r"(?P<lead>\s*(?:-[ \t]+)*)(?:(?P<key>[^\s\"'#\[{:][^:#]*?):[ \t]+)?")
_NO_SPACE_DASH = re.compile(r"\s*(-)(?=[A-Za-z\"'\[{“])")
_NO_SPACE_COLON = re.compile(r"\s*(?:-[ \t]+)*[A-Za-z_]+(:)(?=[^\s/])")


def explain_malformed(fault: Fault) -> Diagnostic:
    """Return the diagnostic for what a YAML parser could not read."""
    for attempt in _ATTEMPTS:
        explained = attempt(fault)
        if explained is not None:
            return explained
    span = fault.source.span(fault.index, min(fault.index + 1, fault.end))
    return error_at("malformed", "YAML can't be read on from here", span, "each line is `key: value` or `- item`")


def _conflict(fault: Fault) -> Diagnostic | None:
    match = _CONFLICT.search(fault.source.text, fault.start, fault.end)
    if match is None:
        return None
    return error_at(
        "merge-conflict",
        "two versions of this part were never merged",
        fault.source.span(match.start(1), match.end(1)),
        "keep the lines that are right and delete the marks `<<<<<<<`, `=======` and `>>>>>>>`",
    )


def _indent_character(fault: Fault) -> Diagnostic | None:
    for begin, line in fault.written(2):
        match = _INDENT.match(line)
        if match:
            name = "a tab" if match[1] == "\t" else f"a blank that is no ordinary one (U+{ord(match[1]):04X})"
            place = fault.source.span(begin + match.start(1), begin + match.end(1))
            return error_at("indent-character", f"the indent of this line holds {name}", place, "indent with blanks")
    return None


def _stray_return(fault: Fault) -> Diagnostic | None:
    """Explain a carriage return inside a line, at which YAML ends the line and editors don't."""
    begin, _ = fault.bounds(min(fault.context, fault.index))
    match = re.compile(r"\r(?!\n)").search(fault.source.text, begin, fault.index + 1)
    if match is None or "\n" not in fault.source.text:
        return None
    message = "a carriage return stands inside this line, and YAML takes it for its end"
    return error_at(
        "stray-return", message, fault.source.span(match.start(), match.end()), "delete it, or write a blank"
    )


def _escape(fault: Fault) -> Diagnostic | None:
    if not fault.says("escape"):
        return None
    at = fault.source.text.rfind("\\", fault.context, fault.index + 1)
    at = at if at >= 0 else fault.index
    word = fault.source.text[at : at + 2]
    if word in ESCAPES:
        return explain_escape(fault.source, at)
    return error_at(
        "bad-escape",
        f"`{word}` means nothing between double quotes",
        fault.source.span(at, at + 2),
        f"write `\\{word}`, or put the text between single quotes",
    )


def _open_quote(fault: Fault) -> Diagnostic | None:
    """Explain a quote that is not closed, or closed only by the one that should open another text."""
    at = None
    if fault.says("quoted scalar"):
        at = fault.context
    elif _ends_before(fault) and fault.last is not None and "\n" in fault.last.span.text:
        at = fault.last.span.start
    if at is None:
        return None
    quote = fault.source.text[at]
    line = fault.source.text[at : fault.bounds(at)[1]]
    close = f'write {line}"' if quote == '"' else f"write {quote_text(line[1:])}"
    help = f"{close}; an apostrophe inside '…' is written twice" if quote == "'" else close
    return error_at("unclosed-quote", "the quote that opens here is not closed", one_character(fault, at), help)


def _ends_before(fault: Fault) -> bool:
    """Tell whether a quoted text ended right before the fault."""
    last = fault.last
    if last is None or last.style not in ("'", '"') or last.span.end > fault.index:
        return False
    between = fault.source.text[last.span.end : fault.index]
    return not between.strip() and "\n" not in between


def _early_quote(fault: Fault) -> Diagnostic | None:
    if fault.char in ("", ":") or (fault.in_brackets and fault.char in ('"', "'")):
        return None  # two texts without a comma between them
    quoted = _quoted_before(fault)
    if quoted is None:
        return None
    start, end = quoted
    stop = fault.bounds(start)[1]
    if fault.in_brackets:
        close = re.compile(r"[,}\]]").search(fault.source.text, end, stop)
        stop = close.start() if close else stop
    whole = fault.source.text[start:stop].rstrip()
    apostrophe = whole[0] == "'" and fault.index == end
    return error_at(
        "early-quote",
        "this apostrophe ends the quote" if apostrophe else "the text ends at this quote, and more follows",
        fault.source.span(end - 1, end),
        f"write {quote_text(whole.strip(chr(39)) if apostrophe else whole)}",
    )


def _quoted_before(fault: Fault) -> tuple[int, int] | None:
    """Return where the quoted text begins and ends after which the parser stopped."""
    if fault.last is not None and _ends_before(fault):
        return fault.last.span.start, fault.last.span.end
    begin, _ = fault.bounds(fault.index)
    match = VALUE.fullmatch(fault.source.text[begin : fault.index])
    if match is None or match["value"][0] not in "\"'" or match["value"][-1] != match["value"][0]:
        return None
    return begin + match.start("value"), fault.index


def _odd_start(fault: Fault) -> Diagnostic | None:
    """Explain a text that begins with a character that means something to YAML."""
    if fault.says("directive") or (fault.says("document start") and fault.source.text[fault.start] == "%"):
        at = fault.context if fault.says("directive") else fault.start
    elif fault.says("alias", "anchor", "tag", "block scalar"):
        at = fault.context
    elif fault.says("cannot start any token", "node content", "sequence entries are not allowed"):
        at = fault.index
    else:
        return None
    begin, end = fault.bounds(at)
    if at >= end or re.compile(r"(?:---|\.\.\.)(?:\s|$)").match(fault.source.text, at):
        return None
    if fault.source.text[at] == "\t":
        help = "write a blank in its place"
        return error_at("stray-tab", "a tab stands where YAML takes only blanks", one_character(fault, at), help)
    if fault.source.text[at] == ",":
        help = "delete it; a text that begins with `,` needs quotes"
        return error_at("stray-comma", "nothing stands before this `,`", one_character(fault, at), help)
    text = fault.source.text[at:end]
    if fault.in_brackets or is_inside_brackets(fault, at):
        stop = re.search(r"[,}\]]", text)
        text = text[: stop.start()].rstrip() if stop and stop.start() else text
    match = _LEAD.fullmatch(fault.source.text, begin, at)
    lead = lead_of(match) if match else ""
    return unquoted_start(fault, at, text, lead)


def _spacing(fault: Fault) -> Diagnostic | None:
    for begin, line in fault.written(2):
        dash = _NO_SPACE_DASH.match(line)
        if dash:
            place = fault.source.span(begin + dash.start(1), begin + dash.end(1))
            return error_at("missing-space", "a blank is missing after `-`", place, f"write - {line[dash.end(1) :]}")
        colon = _NO_SPACE_COLON.match(line)
        if colon and not fault.in_brackets:
            place = fault.source.span(begin + colon.start(1), begin + colon.end(1))
            help = f"write {line[: colon.end(1)].strip()} {line[colon.end(1) :]}"
            return error_at("missing-space", "a blank is missing after `:`", place, help)
    if fault.char == ":" and _ends_before(fault) and fault.last is not None:
        help = f"write {fault.last.span.text}: {fault.source.text[fault.index + 1 : fault.bounds(fault.index)[1]]}"
        return error_at("missing-space", "a blank is missing after `:`", one_character(fault, fault.index), help)
    return None


def _colon(fault: Fault) -> Diagnostic | None:
    """Explain `key: a text: with a colon`, and a key that is indented more than the line above it."""
    if not fault.says("mapping values"):
        return None
    begin, end = fault.bounds(fault.index)
    line = fault.source.text[begin:end]
    match = VALUE.fullmatch(line)
    own = _KEY.match(line)
    if own is not None and begin + own.end("key") == fault.index:
        if len(own["key"]) > LONGEST_KEY:
            help = "a text that holds `: ` needs quotes"
            return error_at("too-long", "this text is too long to be a key", one_character(fault, fault.index), help)
        return _misaligned(fault)
    if match is None:
        return None
    curly = "curly quotes mean nothing to YAML: " if match["value"][0] in "“„‟" else ""
    message = f"{curly}a text that holds `: ` needs quotes"
    help = f"write {lead_of(match)}{quote_text(match['value'])}"
    return error_at("unquoted-colon", message, one_character(fault, fault.index), help)


def _lonely(fault: Fault) -> Diagnostic | None:
    """Explain a line that is neither `key: value` nor `- item`."""
    if fault.says("could not find expected ':'"):
        begin, end = fault.bounds(fault.context)
    elif fault.char.strip() and fault.says("expected key", "<scalar>", "'-' indicator"):
        begin, end = fault.bounds(fault.index)
    else:
        return None
    line = fault.source.text[begin:end]
    if _KEY.match(line) or line.lstrip().startswith("- ") or not line.strip():
        return None
    lead = len(line) - len(line.lstrip())
    return error_at(
        "lonely-text",
        "this line is neither `key: value` nor `- item`",
        fault.source.span(begin + lead, end),
        "if it goes on with the text above, indent it more than that text's key, with no comment in between",
    )


def _misaligned(fault: Fault) -> Diagnostic | None:
    begin, end = fault.bounds(fault.index)
    line = fault.source.text[begin:end]
    if not line.strip():
        return None
    lead = len(line) - len(line.lstrip())
    place = fault.source.span(begin + lead, end)
    message = "this line does not line up with the ones before it"
    help = "give the keys of one entry the same indent, and each `-` of one list too"
    wanted = _wanted_indent(line, [above for _, above in fault.written(2)[1:]])
    if wanted is not None and wanted != lead:
        help += f"; to go with the line above, begin it in column {wanted + 1}"
    return error_at("indent", message, place, help)


def _wanted_indent(line: str, above: list[str]) -> int | None:
    """Return the indent with which `line` would go with the one above it: dash below dash, key below key."""
    if not above:
        return None
    dash, key = re.match(r"\s*(-)[ \t]", above[0]), _KEY.match(above[0])
    if re.match(r"\s*-(?:[ \t]|$)", line):
        return dash.start(1) if dash else None
    return key.end("lead") if key else None


def _indent(fault: Fault) -> Diagnostic | None:
    if fault.says("block end", "block mapping", "block collection", "expected key", "'-' indicator"):
        return _misaligned(fault)
    return None


def _document(fault: Fault) -> Diagnostic | None:
    if not fault.says("document start") or fault.in_brackets:
        return None
    begin, end = fault.bounds(fault.start)
    marker = re.compile(r"^(?:---|\.\.\.)(?=\s)", re.MULTILINE).search(fault.source.text, end, fault.index)
    if marker is not None:
        message = "a second document starts here, and there is one in a file"
        place = fault.source.span(marker.start(), marker.end())
        return error_at("second-document", message, place, SECOND_HELP)
    cut = CUT.search(fault.source.text, begin, fault.index)
    if cut is not None:
        help = "put the text that holds ` #` in quotes"
        place = fault.source.span(cut.start(1), cut.end(1))
        return error_at("comment", "from here on the line is a comment to YAML", place, help)
    if _KEY.match(fault.line(begin)) and fault.line(begin)[0] == " ":
        return _misaligned(fault)
    return _lonely(fault) or error_at(
        "lonely-text",
        "the file begins with what is neither `key: value` nor `- item`",
        fault.source.span(begin, end),
        "mend this line, or delete it",
    )


_ATTEMPTS = (
    _conflict,
    _indent_character,
    _stray_return,
    _escape,
    _open_quote,
    _spacing,
    _early_quote,
    explain_bare_colon,
    explain_bracketed_start,
    _odd_start,
    _document,
    _colon,
    explain_brackets,
    _lonely,
    _indent,
)

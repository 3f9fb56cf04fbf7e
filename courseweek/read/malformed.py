"""What a person did when YAML can't be read: the mistake in their words, at the place where it was made."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Protocol

from courseweek.diagnostics import Diagnostic, Source, Span


class Quoted(Protocol):
    """A text that the parser had read before: where, and between which quotes."""

    @property
    def span(self) -> Span:
        """Its place."""

    @property
    def style(self) -> str:
        """How it was written."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What a YAML parser complains of.

    `problem` are its words, `index` is where it noticed, `context` where the thing begins that it was reading;
    the YAML goes from `start` to `end`. `last` is the text that it had read before.
    """

    source: Source
    problem: str
    index: int
    context: int
    start: int
    end: int
    last: Quoted | None

    def says(self, *words: str) -> bool:
        """Tell whether the parser's words hold one of these."""
        return any(word in self.problem for word in words)

    @property
    def char(self) -> str:
        """The character at which the parser stopped."""
        return self.source.text[self.index : min(self.index + 1, self.end)]

    @property
    def in_brackets(self) -> bool:
        """Whether the parser was inside `[…]` or `{…}`."""
        return self.says("flow sequence", "flow mapping")

    def bounds(self, index: int) -> tuple[int, int]:
        """Return where the line at `index` begins and where its text ends."""
        text = self.source.text
        begin = text.rfind("\n", 0, index) + 1
        end = text.find("\n", begin)
        end = len(text) if end < 0 else end
        return begin, begin + len(text[begin:end].rstrip())

    def line(self, index: int) -> str:
        """Return the text of the line at `index`."""
        begin, end = self.bounds(index)
        return self.source.text[begin:end]

    def written(self, most: int) -> list[tuple[int, str]]:
        """Return the line of the fault and the written ones before it, nearest first, each with its beginning."""
        found: list[tuple[int, str]] = []
        at = self.index
        while at >= self.start and len(found) < most:
            begin, _ = self.bounds(at)
            line = self.line(at)
            if line.strip() and not line.lstrip().startswith("#"):
                found.append((begin, line))
            at = begin - 1
        return found


SECOND_HELP = "delete the line; a text that begins with `---` or `...` needs quotes"
LONGEST_KEY = 1000
"""YAML looks no further than 1,024 characters for the `:` of a key."""
ESCAPES = ("\\x", "\\u", "\\U")
"""What begins the escapes of a text in double quotes that name a character by its number."""
_CONFLICT = re.compile(r"^(<{7}|>{7}|\|{7})(?: |\r?$)", re.MULTILINE)
_INDENT = re.compile("[ ]*([\t\u00a0\u2000-\u200b\u202f\u3000])")
_KEY = re.compile(r"(?P<lead>\s*(?:-[ \t]+)*)(?P<key>[^\s\"'#\[{:][^:#]*?):(?:[ \t]+|$)")
_VALUE = re.compile(r"(?P<lead>\s*(?:-[ \t]+)*)(?:(?P<key>[^\s\"'#\[{:][^:#]*?):[ \t]+)?(?P<value>\S.*?)\s*")
_LEAD = re.compile(r"(?P<lead>\s*(?:-[ \t]+)*)(?:(?P<key>[^\s\"'#\[{:][^:#]*?):[ \t]+)?")
_NO_SPACE_DASH = re.compile(r"\s*(-)(?=[A-Za-z\"'\[{“])")
_NO_SPACE_COLON = re.compile(r"\s*(?:-[ \t]+)*[A-Za-z_]+(:)(?=[^\s/])")
_CUT = re.compile(r"[ \t](#[^\r\n]*)")
_CURLY = re.compile("[“„‟]([^”“]*)[”“‟]")


def explain_malformed(fault: Fault) -> Diagnostic:
    """Return the diagnostic for what a YAML parser could not read."""
    for attempt in _ATTEMPTS:
        explained = attempt(fault)
        if explained is not None:
            return explained
    span = fault.source.span(fault.index, min(fault.index + 1, fault.end))
    return _error("malformed", "YAML can't be read on from here", span, "each line is `key: value` or `- item`")


def quote_text(text: str) -> str:
    """Return the text between quotes, so that YAML reads it as it stands."""
    curly = _CURLY.fullmatch(text)
    text = curly[1] if curly else text
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def _error(name: str, message: str, span: Span, help: str | None) -> Diagnostic:
    return Diagnostic("error", name, message, span, help)


def _one(fault: Fault, index: int) -> Span:
    return fault.source.span(index, min(index + 1, len(fault.source.text)))


def _conflict(fault: Fault) -> Diagnostic | None:
    match = _CONFLICT.search(fault.source.text, fault.start, fault.end)
    if match is None:
        return None
    return _error(
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
            return _error("indent-character", f"the indent of this line holds {name}", place, "indent with blanks")
    return None


def _escape(fault: Fault) -> Diagnostic | None:
    if not fault.says("escape"):
        return None
    at = fault.source.text.rfind("\\", fault.context, fault.index + 1)
    at = at if at >= 0 else fault.index
    word = fault.source.text[at : at + 2]
    if word in ESCAPES:
        return explain_escape(fault.source, at)
    return _error(
        "bad-escape",
        f"`{word}` means nothing between double quotes",
        fault.source.span(at, at + 2),
        f"write `\\{word}`, or put the text between single quotes",
    )


def explain_escape(source: Source, at: int) -> Diagnostic:
    """Return the diagnostic for an escape such as `\\ud800`, at index `at`, that names no character."""
    word = re.compile(r"\\.[0-9A-Fa-f]*").match(source.text, at)
    span = source.span(at, word.end() if word else at + 1)
    help = f"write `\\{span.text}`, or put the text between single quotes"
    return _error("bad-escape", f"`{span.text}` names no character", span, help)


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
    return _error("unclosed-quote", "the quote that opens here is not closed", _one(fault, at), help)


def _ends_before(fault: Fault) -> bool:
    """Tell whether a quoted text ended right before the fault."""
    last = fault.last
    if last is None or last.style not in ("'", '"') or last.span.end > fault.index:
        return False
    between = fault.source.text[last.span.end : fault.index]
    return not between.strip() and "\n" not in between


def _early_quote(fault: Fault) -> Diagnostic | None:
    if not _ends_before(fault) or fault.last is None or fault.char in ("", ":"):
        return None
    if fault.in_brackets and fault.char in ('"', "'"):
        return None  # two texts without a comma between them
    span = fault.last.span
    end = fault.bounds(span.start)[1]
    if fault.in_brackets:
        stop = re.compile(r"[,}\]]").search(fault.source.text, span.end, end)
        end = stop.start() if stop else end
    whole = fault.source.text[span.start : end].rstrip()
    apostrophe = fault.last.style == "'" and fault.index == span.end
    inner = whole.strip("'") if apostrophe else whole
    return _error(
        "early-quote",
        "this apostrophe ends the quote" if apostrophe else "the text ends at this quote, and more follows",
        fault.source.span(span.end - 1, span.end),
        f"write {quote_text(inner)}",
    )


def _bracketed_start(fault: Fault) -> Diagnostic | None:
    """Explain a text that begins with a list or mapping and goes on after it: `- [words](address) and more`."""
    if fault.in_brackets or not fault.says("block", "expected key", "'-' indicator", "document start"):
        return None
    begin, end = fault.bounds(fault.index)
    match = _VALUE.fullmatch(fault.source.text[begin:end])
    if match is None or match["value"][0] not in "[{" or begin + match.start("value") >= fault.index:
        return None
    if fault.char in ("]", "}"):
        help = "delete it, or put the text in quotes"
        return _error(
            "stray-bracket", f"no bracket opens that this `{fault.char}` closes", _one(fault, fault.index), help
        )
    at = begin + match.start("value")
    return _unquoted_start(fault, at, match["value"], _lead(match))


def _lead(match: re.Match[str]) -> str:
    """Return what stands before a value, for a remedy: its key, or the `-` of its item."""
    return f"{match['key']}: " if match["key"] else "- " if "-" in match["lead"] else ""


def _unquoted_start(fault: Fault, at: int, text: str, lead: str = "") -> Diagnostic:
    char = fault.source.text[at : at + 1]
    shown = "a backtick" if char == "`" else f"`{char}`"
    help = f"write {lead}{quote_text(text)}"
    if text.startswith("- "):
        help += "; a list begins on the next line"
    return _error("unquoted-start", f"a text that starts with {shown} needs quotes", _one(fault, at), help)


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
        return _error("stray-tab", "a tab stands where YAML takes only blanks", _one(fault, at), help)
    if fault.source.text[at] == ",":
        help = "delete it; a text that begins with `,` needs quotes"
        return _error("stray-comma", "nothing stands before this `,`", _one(fault, at), help)
    text = fault.source.text[at:end]
    if fault.in_brackets or _is_inside_brackets(fault, at):
        stop = re.search(r"[,}\]]", text)
        text = text[: stop.start()].rstrip() if stop and stop.start() else text
    match = _LEAD.fullmatch(fault.source.text, begin, at)
    lead = _lead(match) if match else ""
    return _unquoted_start(fault, at, text, lead)


def _is_inside_brackets(fault: Fault, at: int) -> bool:
    begin, _ = fault.bounds(at)
    before = fault.source.text[begin:at]
    return before.count("{") + before.count("[") > before.count("}") + before.count("]")


def _spacing(fault: Fault) -> Diagnostic | None:
    for begin, line in fault.written(2):
        dash = _NO_SPACE_DASH.match(line)
        if dash:
            place = fault.source.span(begin + dash.start(1), begin + dash.end(1))
            return _error("missing-space", "a blank is missing after `-`", place, f"write - {line[dash.end(1) :]}")
        colon = _NO_SPACE_COLON.match(line)
        if colon and not fault.in_brackets:
            place = fault.source.span(begin + colon.start(1), begin + colon.end(1))
            help = f"write {line[: colon.end(1)].strip()} {line[colon.end(1) :]}"
            return _error("missing-space", "a blank is missing after `:`", place, help)
    if fault.char == ":" and _ends_before(fault) and fault.last is not None:
        help = f"write {fault.last.span.text}: {fault.source.text[fault.index + 1 : fault.bounds(fault.index)[1]]}"
        return _error("missing-space", "a blank is missing after `:`", _one(fault, fault.index), help)
    return None


def _colon(fault: Fault) -> Diagnostic | None:
    """Explain `key: a text: with a colon`, and a key that is indented more than the line above it."""
    if not fault.says("mapping values"):
        return None
    begin, end = fault.bounds(fault.index)
    line = fault.source.text[begin:end]
    match = _VALUE.fullmatch(line)
    own = _KEY.match(line)
    if own is not None and begin + own.end("key") == fault.index:
        if len(own["key"]) > LONGEST_KEY:
            help = "a text that holds `: ` needs quotes"
            return _error("too-long", "this text is too long to be a key", _one(fault, fault.index), help)
        return _misaligned(fault)
    if match is None:
        return None
    curly = "curly quotes mean nothing to YAML: " if match["value"][0] in "“„‟" else ""
    message = f"{curly}a text that holds `: ` needs quotes"
    help = f"write {_lead(match)}{quote_text(match['value'])}"
    return _error("unquoted-colon", message, _one(fault, fault.index), help)


def _brackets(fault: Fault) -> Diagnostic | None:
    text = fault.source.text
    at = fault.context if fault.in_brackets else _opened(fault) if fault.says("flow node") else None
    if at is None:
        return None
    fault = replace(fault, context=at)
    opening, closing = ("[", "]") if text[at] == "[" else ("{", "}")
    cut = _CUT.search(text, fault.context, fault.bounds(fault.context)[1])
    if cut is not None and cut.start() < fault.index:
        message = f"from here on the line is a comment to YAML, its `{closing}` too"
        piece = _piece(fault, cut.start(1))
        match = re.fullmatch(r"(?P<key>[^:]*?):\s+(?P<value>.+)", piece)
        whole = f"{match['key']}: {quote_text(match['value'])}" if match else quote_text(piece)
        return _error("comment", message, fault.source.span(cut.start(1), cut.end(1)), f"write {whole}")
    if "\n" in text[fault.context : fault.index] or not fault.char.strip():
        help = f"close it with `{closing}`; a text that begins with `{opening}` needs quotes"
        message = f"the `{opening}` that opens here is not closed"
        return _error("unclosed-bracket", message, _one(fault, fault.context), help)
    piece = _piece(fault, fault.index)
    match = re.fullmatch(r"(?P<key>[^:]*?):\s+(?P<value>.+)", piece)
    if fault.char == "?" and match is not None:
        help = f"write {match['key']}: {quote_text(match['value'])}"
        return _error("unquoted-question", "a text that holds `?` needs quotes here", _one(fault, fault.index), help)
    if match is not None and not re.search(r"\s[a-z_]+:", match["value"]) and ": " in f"{match['value']} ":
        help = f"write {match['key']}: {quote_text(match['value'])}"
        return _error("unquoted-colon", "a text that holds `: ` needs quotes", _one(fault, fault.index), help)
    help = f"a text with `,`, `: `, brackets or braces inside `{opening}…{closing}` needs quotes"
    message = f"here a `,` or the closing `{closing}` is missing"
    return _error("missing-comma", message, _one(fault, fault.index), help)


def _opened(fault: Fault) -> int | None:
    """Return where the bracket opens that is open at the fault."""
    depth = 0
    for at in range(fault.index - 1, max(fault.start, fault.index - 10_000) - 1, -1):
        char = fault.source.text[at]
        depth += (char in "]}") - (char in "[{")
        if depth < 0:
            return at
    return None


def _piece(fault: Fault, index: int) -> str:
    """Return the part of a `{…}` or `[…]` between two commas in which `index` lies."""
    text = fault.source.text
    begin = max(text.rfind(char, fault.context, index) for char in ",{[") + 1
    end = fault.bounds(index)[1]
    stop = re.compile(r"[,}\]]").search(text, index, end)
    return text[begin : stop.start() if stop else end].strip()


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
    return _error(
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
    return _error("indent", message, place, help)


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
        return _error("second-document", message, place, SECOND_HELP)
    cut = _CUT.search(fault.source.text, begin, fault.index)
    if cut is not None:
        help = "put the text that holds ` #` in quotes"
        place = fault.source.span(cut.start(1), cut.end(1))
        return _error("comment", "from here on the line is a comment to YAML", place, help)
    if _KEY.match(fault.line(begin)) and fault.line(begin)[0] == " ":
        return _misaligned(fault)
    return _lonely(fault) or _error(
        "lonely-text",
        "the file begins with what is neither `key: value` nor `- item`",
        fault.source.span(begin, end),
        "mend this line, or delete it",
    )


_ATTEMPTS = (
    _conflict,
    _indent_character,
    _escape,
    _open_quote,
    _spacing,
    _early_quote,
    _bracketed_start,
    _odd_start,
    _document,
    _colon,
    _brackets,
    _lonely,
    _indent,
)

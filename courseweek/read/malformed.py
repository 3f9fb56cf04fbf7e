"""What a person did when YAML can't be read: the mistake in their words, at the place where it was made."""

from __future__ import annotations

import re

from courseweek.diagnostics import Diagnostic, Source, Span

_CONFLICT = re.compile(r"^(<{7}|={7}|>{7}|\|{7})(?: |\r?$)", re.MULTILINE)
_INDENT = re.compile(r"^[ ]*([\t\u00a0\u2003\u3000])", re.MULTILINE)
_VALUE = re.compile(r"^(?P<lead>\s*(?:- +)*)(?:(?P<key>[^\s'\"#:{\[-][^:#]*?):(?P<gap> +|$))?(?P<value>.*?)\s*$")
_NO_SPACE_DASH = re.compile(r"^\s*(-)(?=[A-Za-z\"'\[{])")
_NO_SPACE_COLON = re.compile(r"^\s*(?:- +)*[A-Za-z_]+(:)(?=[^\s/])")


def explain_malformed(source: Source, problem: str, index: int, context: int, start: int) -> Diagnostic:
    """Return the diagnostic for a YAML parser's `problem`.

    `index` and `context` are where the parser noticed it and where the thing begins that it was reading; `start` is
    where the YAML begins in the source.
    """
    for attempt in (_conflict, _indent_character, _quote, _bracketed_start, _odd_start, _spacing, _colon, _bracket):
        explained = attempt(source, problem, index, context, start)
        if explained is not None:
            return explained
    span = source.span(index, index + 1)
    if "block end" in problem or "block mapping" in problem or "block collection" in problem:
        return _error(
            "indent",
            "this line does not line up with the ones before it",
            _line_span(source, index),
            "give the keys of one entry the same indent, and each `-` of one list too",
        )
    return _error("malformed", f"this is not YAML: {problem or 'it ends too early'}", span, None)


def _error(name: str, message: str, span: Span, help: str | None) -> Diagnostic:
    return Diagnostic("error", name, message, span, help)


def _line_bounds(source: Source, index: int) -> tuple[int, int]:
    begin = source.text.rfind("\n", 0, index) + 1
    end = source.text.find("\n", begin)
    return begin, len(source.text) if end < 0 else end


def _line_span(source: Source, index: int) -> Span:
    begin, end = _line_bounds(source, index)
    line = source.text[begin:end].rstrip()
    return source.span(begin + len(line) - len(line.lstrip()), begin + len(line))


def _lines_before(source: Source, index: int, start: int, most: int = 3) -> list[tuple[int, str]]:
    """Return the line at `index` and the written ones before it, nearest first: (where it begins, its text)."""
    found: list[tuple[int, str]] = []
    at = index
    while at >= start and len(found) < most:
        begin, end = _line_bounds(source, at)
        line = source.text[begin:end].rstrip("\r")
        if line.strip() and not line.lstrip().startswith("#"):
            found.append((begin, line))
        at = begin - 1
    return found


def _quoted(text: str) -> str:
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def _conflict(source: Source, problem: str, index: int, context: int, start: int) -> Diagnostic | None:
    match = _CONFLICT.search(source.text, start)
    if match is None:
        return None
    return _error(
        "merge-conflict",
        "two versions of this part were never merged",
        source.span(match.start(1), match.end(1)),
        "keep the lines that are right and delete the marks `<<<<<<<`, `=======` and `>>>>>>>`",
    )


def _indent_character(source: Source, problem: str, index: int, context: int, start: int) -> Diagnostic | None:
    for begin, line in _lines_before(source, index, start):
        match = _INDENT.match(line)
        if match:
            name = "a tab" if match[1] == "\t" else "a non-breaking space"
            return _error(
                "indent-character",
                f"the indent of this line holds {name}",
                source.span(begin + match.start(1), begin + match.end(1)),
                "indent with blanks",
            )
    return None


def _quote(source: Source, problem: str, index: int, context: int, start: int) -> Diagnostic | None:
    if "quoted scalar" in problem:
        return _error(
            "unclosed-quote",
            "the quote that opens here is not closed",
            source.span(context, context + 1),
            "close it, or write an apostrophe inside '…' twice",
        )
    for begin, line in _lines_before(source, index, start, 2):
        match = re.search(r"(?:^|[:\-\[,{] *)'([^']*)'(?=[^\s,\]}:#'])", line)
        if match:
            at = begin + match.end(1)
            return _error(
                "early-quote",
                "this apostrophe ends the quote",
                source.span(at, at + 1),
                "use double quotes around the text, or write the apostrophe twice",
            )
        match = re.search(r'(?:^|[:\-] +)"([^"]*)"(?= *[^\s,\]}:#])', line)
        if match:
            at = begin + match.end(1)
            return _error(
                "early-quote",
                "the text ends at this quote, and more follows",
                source.span(at, at + 1),
                "put all of the text between single quotes",
            )
    return None


def _bracketed_start(source: Source, problem: str, index: int, context: int, start: int) -> Diagnostic | None:
    for begin, line in _lines_before(source, index, start, 2):
        match = re.match(r"^(\s*- +)(\[[^\]]*\]\(.*)$", line)
        if match:
            text = match[2].rstrip()
            return _error(
                "unquoted-start",
                "a text that starts with `[` needs quotes",
                source.span(begin + match.start(2), begin + match.start(2) + 1),
                f"write - {_quoted(text)}",
            )
    return None


def _odd_start(source: Source, problem: str, index: int, context: int, start: int) -> Diagnostic | None:
    if not ("cannot start any token" in problem or "anchor" in problem or "alias" in problem or "tag" in problem):
        return None
    at = context if "anchor" in problem or "alias" in problem or "tag" in problem else index
    char = source.text[at : at + 1]
    _, end = _line_bounds(source, at)
    return _error(
        "unquoted-start",
        f"a text that starts with `{char}` needs quotes",
        source.span(at, at + 1),
        f"write {_quoted(source.text[at:end].strip())}",
    )


def _spacing(source: Source, problem: str, index: int, context: int, start: int) -> Diagnostic | None:
    for begin, line in _lines_before(source, index, start, 2):
        dash = _NO_SPACE_DASH.match(line)
        if dash:
            return _error(
                "missing-space",
                "a blank is missing after `-`",
                source.span(begin + dash.start(1), begin + dash.end(1)),
                f"write {line[: dash.start(1)].strip()}- {line[dash.end(1) :].strip()}",
            )
        colon = _NO_SPACE_COLON.match(line)
        if colon and not re.match(r"^\s*(?:- +)*[A-Za-z_]+: ", line):
            return _error(
                "missing-space",
                "a blank is missing after `:`",
                source.span(begin + colon.start(1), begin + colon.end(1)),
                f"write {line[: colon.end(1)].strip()} {line[colon.end(1) :].strip()}",
            )
    return None


def _colon(source: Source, problem: str, index: int, context: int, start: int) -> Diagnostic | None:
    if "mapping values" not in problem:
        return None
    begin, end = _line_bounds(source, index)
    line = source.text[begin:end].rstrip("\r")
    match = _VALUE.match(line)
    if match is None or ": " not in f"{match['value']} ":
        return None
    key = f"{match['key']}: " if match["key"] else match["lead"].strip() + " "
    return _error(
        "unquoted-colon",
        "a text that holds `: ` needs quotes",
        source.span(index, index + 1),
        f"write {key}{_quoted(match['value'])}",
    )


def _bracket(source: Source, problem: str, index: int, context: int, start: int) -> Diagnostic | None:
    if "flow sequence" not in problem and "flow mapping" not in problem:
        return None
    opening, closing = ("[", "]") if "flow sequence" in problem else ("{", "}")
    if source.text[index : index + 1].strip() and source.position(index)[0] == source.position(context)[0]:
        return _error(
            "missing-comma",
            f"here a `,` or the closing `{closing}` is missing",
            source.span(index, index + 1),
            "a text with `,`, `: `, brackets or braces inside `{…}` or `[…]` needs quotes",
        )
    return _error(
        "unclosed-bracket",
        f"the `{opening}` that opens here is not closed",
        source.span(context, context + 1),
        f"close it with `{closing}`; a text that begins with `{opening}` needs quotes",
    )

"""What the template language complains of in a layout, in its author's words, at the exact place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from courseweek.diagnostics import Source, suggest
from courseweek.render.layouts.bounds import KNOWN_FILTERS
from courseweek.render.layouts.faults import Fault, find_span, line_span
from courseweek.render.layouts.tags import CLOSERS, find_open, find_tags, index_of_read

# What other template languages call it.
_ELSEWHERE = {
    "assign": "{% set … %}",
    "capture": "{% set … %}",
    "comment": "{# … #}",
    "each": "{% for … in … %}",
    "elseif": "{% elif … %}",
    "elsif": "{% elif … %}",
    "foreach": "{% for … in … %}",
    "include_relative": "{% include … %}",
    "let": "{% set … %}",
    "unless": "{% if not … %}",
}
_WORDS = ("if", "elif", "else", "for", "block", "extends", "include", "import", "from", "macro", "call", "set")
_ENDS = frozenset({"else", "elif", *(f"end{word}" for word in (*_WORDS, "filter", "with", "raw"))})
_SIGNS = {
    **dict.fromkeys("“”„‘’", "write straight quotes"),
    "?": "write `{{ A if B else C }}`",
    "&": "write `and`",
    "!": "write `not`, or `!=` between two values",
    "$": "delete it",
    ";": "delete it",
    "=": "write `==` to compare",
    ":": "write what a filter is given between ( and )",
    "|": "write `or` between two questions",
    ">": "write `.` between a name and its part",
    "contains": "write `{% if A in B %}`",
}
Teller = Callable[[re.Match[str], Source, int], Fault]


def misspelling(message: str, source: Source, line: int, tests: Iterable[str]) -> Fault:
    """Return the fault of a layout, from the template language's message; `tests` are those that it knows."""
    for pattern, explain in _TELLERS:
        match = re.fullmatch(pattern, message, re.DOTALL)
        if match is not None:
            return (explain in _OF_SIGNS and _open_sign(source, line)) or explain(match, source, line)
    match = re.fullmatch(r"a layout has no filter `(\w+)`|No (?:filter|test) named '(\w+)' found\.", message)
    if match is not None:
        return _unknown(match, source, line, tests)
    return Fault(message.rstrip("."), line_span(source, line))


def _unknown(match: re.Match[str], source: Source, line: int, tests: Iterable[str]) -> Fault:
    name = match[1] or match[2]
    kind = "test" if " test " in match[0] else "filter"
    lead = r"\bis\s+(?:not\s+)?" if kind == "test" else r"(?:\||\bfilter\b|\(\s*[\"'])\s*"
    near = suggest(name, tests if kind == "test" else KNOWN_FILTERS)
    span = find_span(source, line, rf"{lead}({name})\b")
    return Fault(f"a layout has no {kind} `{name}`", span, f"did you mean `{near}`?" if near else None)


def _open_sign(source: Source, line: int) -> Fault | None:
    """Return the fault of the last `{{` or `{%` as far as this line, if what follows shows that it is not closed."""
    whole = line_span(source, line)
    tag = None
    for tag in find_tags(source.text):
        closed = source.text.endswith(CLOSERS[tag.sign], tag.start + 2, tag.end)
        inner = source.text[tag.start + 2 : tag.end - 2 if closed else tag.end]
        if tag.end >= whole.start and (not closed or _runs_on(inner)):
            break
        if tag.start > whole.end:
            return None
    else:
        return None
    if tag.start > whole.end:
        return None
    span = source.span(tag.start, tag.start + 2)
    return Fault(f"`{tag.sign}` is not closed", span, f"write `{CLOSERS[tag.sign]}` where it ends")


def _runs_on(inner: str) -> bool:
    """Return whether a tag holds what only comes after its end: another tag, one of HTML, or a brace that closes."""
    depth = 0
    for sign in inner:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0:
            return True
    return re.search(r"\{[{%]|<\s*/?[A-Za-z]", inner) is not None


def _missing_end(match: re.Match[str], source: Source, line: int) -> Fault:
    opened = find_open(source.text, len(source.text))
    word = match["open"]
    span = source.span(opened.start, opened.end) if opened else line_span(source, line)
    help = f"write `{{% end{word} %}}` where it ends"
    if word == "set":
        help = "write `{% set NAME = … %}`, or `{% endset %}` where its text ends"
    return Fault(f"`{{% {word} %}}` is not closed", span, help)


def _bad_tag(match: re.Match[str], source: Source, line: int) -> Fault:
    """Explain a tag that does not exist or does not belong here."""
    word, wanted = match["tag"], match.groupdict().get("open")
    span = find_span(source, line, rf"\{{%[-+]?\s*({word})\b")
    if word in _ENDS and wanted:
        opened = find_open(source.text, span.start)
        other = (source.span(opened.start, opened.end), "it opens here") if opened else None
        message = f"`{{% {word} %}}` is here, but `{{% {wanted} %}}` is still open"
        return Fault(message, span, f"write `{{% end{wanted} %}}` before it", other)
    if word in _ENDS:
        opener = word.removeprefix("end") if word.startswith("end") else "if"
        verb = "closes" if word.startswith("end") else "belongs to"
        return Fault(f"`{{% {word} %}}` {verb} no `{{% {opener} %}}`", span, "delete it, or write what it lacks above")
    guess = f"end{wanted}" if word == "end" and wanted else suggest(word, _WORDS, cutoff=0.5 if len(word) < 4 else 0.6)
    near = _ELSEWHERE.get(word) or (f"{{% {guess} %}}" if guess else None)
    return Fault(f"there is no `{{% {word} %}}`", span, f"write `{near}`" if near else "delete it")


def _unexpected(match: re.Match[str], source: Source, line: int) -> Fault:
    """Explain a sign or a word in the wrong place."""
    sign, wanted = match["sign"], match.groupdict().get("wanted")
    if wanted in (")", "]", "}"):
        opener = {")": "(", "]": "[", "}": "{"}[wanted]
        span = find_span(source, line, rf"[^{{%]({re.escape(opener)})")
        return Fault(f"`{opener}` is not closed", span, f"write `{wanted}` where it ends")
    if wanted == "in":
        return Fault("`{% for %}` lacks `in`", find_span(source, line, r"\{%[-+]?\s*(for)\b"), _FOR)
    if (at := match.groupdict().get("at")) is not None:
        start = index_of_read(source.text, int(at))
        span = source.span(start, start + 1)
    elif sign in ("integer", "float", "string"):
        span = line_span(source, line)
        return Fault(
            f"a {'text' if sign == 'string' else 'number'} isn't allowed here", span, "write `,` between values"
        )
    else:
        span = find_span(source, line, _sign_pattern(sign, line_span(source, line).text))
    if sign in ('"', "'"):
        return Fault(f"the text that opens here with `{sign}` is not closed", span, f"write `{sign}` where it ends")
    after_else = sign == "if" and source.text[max(0, span.start - 20) : span.start].rstrip().endswith("else")
    return Fault(f"`{sign}` isn't allowed here", span, "write `{% elif … %}`" if after_else else _SIGNS.get(sign))


def _sign_pattern(sign: str, line: str) -> str:
    if sign == "if" and re.search(r"\belse\s+if\b", line):
        return r"\belse\s+(if)\b"
    if sign == "=":
        return r"==(=)|(?<![=!<>])(=)(?!=)"
    return rf"(?<![\w.\"'])({re.escape(sign)})\b" if sign.isidentifier() else re.escape(sign)


def _ends_early(match: re.Match[str], source: Source, line: int) -> Fault:
    """Explain a tag that ends before all of it is there."""
    wanted = match.groupdict().get("wanted")
    closer = "}}" if "print" in match[0] else "%}"
    span = find_span(source, line, re.escape(closer))
    if wanted == "as":
        return Fault("`{% import %}` lacks `as` and a name", span, 'write `{% import "parts/macros.html" as macros %}`')
    if wanted == "in":
        return Fault("`{% for %}` lacks `in` and a list", span, _FOR)
    return Fault(f"{'a name' if wanted == 'name' else 'something'} is missing before `{closer}`", span)


def _second_block(match: re.Match[str], source: Source, line: int) -> Fault:
    places = [
        source.span(tag.start, tag.end)
        for tag in find_tags(source.text)
        if tag.word == "block" and re.search(rf"\bblock\s+{match[1]}\b", source.text[tag.start : tag.end])
    ]
    other = (places[0], "it is first defined here") if len(places) > 1 else None
    span = places[1] if other else line_span(source, line)
    return Fault(f"the block `{match[1]}` is defined twice", span, "give one of the two another name", other)


def _open_comment(_match: re.Match[str], source: Source, _line: int) -> Fault:
    *_, last = find_tags(source.text)
    return Fault("`{#` is not closed", source.span(last.start, last.start + 2), "write `#}` where the comment ends")


def _call(match: re.Match[str], source: Source, line: int) -> Fault:
    name = match[1]
    help = f"write `|{name}(…)`: it is a filter" if name in KNOWN_FILTERS else None
    return Fault(match[0], find_span(source, line, rf"\.\s*({name})\b"), help)


def _changed(_match: re.Match[str], source: Source, line: int) -> Fault:
    """Explain `{% set page.title = … %}`, for which the template language gives no line."""
    made = re.search(r"\{%[-+]?\s*set\s+(\w+\.\w+)", source.text)
    span = source.span(*made.span(1)) if made else line_span(source, line)
    return Fault("a layout can't change what it is given", span, "write `{% set NAME = … %}` with a new name")


def _slash(match: re.Match[str], source: Source, line: int) -> Fault:
    span = find_span(source, line, r"(?<![\"'])(/)(?![\"'])")
    named = re.search(r"\{%[-+]?\s*(include|extends|import|from)\s", line_span(source, line).text)
    help = f'put the name of the file in quotes: `{{% {named[1]} "parts/now.html" %}}`' if named else None
    return Fault(match[0], span if named else line_span(source, line), help)


def _plain(message: str, help: str | None = None, word: str | None = None) -> Teller:
    """Return a function that fills in the match; `word` is the pattern of the text at the place."""

    def explain(match: re.Match[str], source: Source, line: int) -> Fault:
        def fill(text: str) -> str:
            return re.sub(r"<(\d)>", lambda place: match[int(place[1])], text)

        span = find_span(source, line, fill(word)) if word else line_span(source, line)
        return Fault(fill(message), span, help and fill(help))

    return explain


_FOR = "write `{% for week in weeks %}`"
_WANTED = (
    r"(?:Jinja was looking for the following tags: |You probably made a nesting mistake\. ).*"
    r" The innermost block that needs to be closed is '(?P<open>\w+)'\."
)
_END = r"'?end of (?:print statement|statement block)'?"
_OF_SIGNS = (_unexpected, _ends_early)
_TELLERS: tuple[tuple[str, Teller], ...] = (
    (rf"Unexpected end of template\. {_WANTED}", _missing_end),
    (rf"Encountered unknown tag '(?P<tag>\w+)'\.(?: {_WANTED})?", _bad_tag),
    (rf"expected token '(?P<wanted>\w+)', got {_END}", _ends_early),
    (rf"(?:Expected an expression, got|unexpected) {_END}", _ends_early),
    (r"unexpected char (?P<q>[\"'])(?P<sign>.)(?P=q) at (?P<at>\d+)", _unexpected),
    (r"unexpected '(?P<sign>[^']+)'(?:, expected '(?P<wanted>.)')?", _unexpected),
    (r"expected token '(?P<wanted>[^']+)', got '(?P<sign>[^']+)'", _unexpected),
    (r"Expected an expression, got '(?P<sign>[^']+)'", _unexpected),
    (r"block '(\w+)' defined twice", _second_block),
    (r"Missing end of comment tag", _open_comment),
    (r"Missing end of raw directive", _plain("`{% raw %}` is not closed", "write `{% endraw %}` where it ends", "raw")),
    (r"tag name expected", _plain("`{% %}` is empty", "delete it", r"\{%[-+]?\s*[-+]?%\}")),
    (r"expected name or number", _plain("a name is missing after `.`", None, r"\.(?![\w.])")),
    (r"can't assign to '\w+'", _plain("`{% set %}` and `{% for %}` give a name a value, but this is not a name")),
    (
        r"non-default argument follows default argument",
        _plain("a value with `=` comes before one without", "put those with `=` last", r"\bmacro\b"),
    ),
    (r"cannot assign attribute on non-namespace object", _changed),
    (
        r"there is no parent block called '(\w+)'\.",
        _plain(
            "`super()` shows the block `<1>` of the layout that this one extends, but there is none",
            'write `{% extends "base.html" %}` at the top, or delete it',
            r"\bsuper\b",
        ),
    ),
    (
        r"the template '([^']+)' .* does not export the requested name '(\w+)'",
        _plain("`<1>` has no macro `<2>`", None, r"\bimport\b.*\b(<2>)\b"),
    ),
    (r"parameter '(\w+)' was not provided", _plain("the macro is given no `<1>`", None, None)),
    (
        r"No (first|last) item, sequence was empty\.",
        _plain("`<1>` finds nothing: the list is empty", "ask first: `{% if … %}`", r"\b<1>\b"),
    ),
    (r"the filter `(\w+)` can't use what it is given here", _plain("<0>", None, r"(?:\||\(\s*[\"'])\s*(<1>)\b")),
    (r"`(\w+)` can't use what it is given here", _plain("<0>", None, r"\.\s*(<1>)\b")),
    (r"a layout can't call `(\w+)`", _call),
    (
        r"`\( \)` follows the name of a macro, but this is not a macro",
        _plain("<0>", "delete the `( )`", r"\([^()]*\)"),
    ),
    (
        r"a layout shows text and numbers, but this is neither",
        _plain(
            "<0>",
            "show a part of it, as {{ page.title }}, or each entry: {% for one in … %}{{ one.title }}{% endfor %}",
        ),
    ),
    (
        r"access to attribute '(\w+)' of '\w+' object is unsafe\.",
        _plain("a layout can't reach `<1>`", None, r"\b<1>\b"),
    ),
    (r"a layout computes nothing: `/` isn't allowed here", _slash),
)

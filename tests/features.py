"""What a style sheet and a script use of a browser, found in their text."""

from __future__ import annotations

import re
from collections.abc import Iterator

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'')
_FAMILIES = re.compile(r"(?<=\s)-?[A-Z][A-Za-z-]*")
"""Names of fonts: nothing else in a value begins with a capital, but for a color of the system, which stays."""
_SCRIPT = re.compile(
    r"""(?P<skipped>//[^\n]*|/\*.*?\*/|\s+|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<regex>(?:(?<=[=(,:!\[])|(?<=[=(,:&|?>]\s)|(?<=return\s))/(?![*/])(?:[^/\\\n]|\\.)+/[a-z]*)
    |(?P<template>`[^`]*`)
    |(?P<number>\d[\w.]*)
    |(?P<name>\#?[A-Za-z_$][\w$]*)
    |(?P<sign>>>>=|\.\.\.|===|!==|\*\*=|<<=|>>=|>>>|&&=|\|\|=|\?\?=|=>|==|!=|<=|>=|&&|\|\||\?\?|\?\.(?!\d)|\+\+|--|\+=|-=
        |\*=|/=|%=|&=|\|=|\^=|<<|>>|\*\*|[^\w\s])""",
    re.VERBOSE | re.DOTALL,
)
_RESERVED = frozenset(
    """
    async await break case catch class const continue debugger default delete do else export extends finally for
    function get if import in instanceof let new of return set static super switch this throw try typeof var void while
    with yield
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
_DECLARED = re.compile(r"\b(?:const|let|var|function|class)\s+([\w$]+)")


def find_in_style(css: str) -> set[str]:
    """Return what a style sheet uses: `@media`, `(max-width)`, `:is()`, `display`, `display: flex`, `clamp()`, `1rem`.

    Rules in rules, which are no at-rules, are `nesting`.
    """
    return set(_rules(_STRING.sub('""', _COMMENT.sub("", css)), nested=False))


def _rules(css: str, *, nested: bool) -> Iterator[str]:
    at = 0
    while at < len(css):
        brace, semicolon = css.find("{", at), css.find(";", at)
        if brace == -1 or -1 < semicolon < brace:
            end = semicolon if semicolon != -1 else len(css)
            yield from _declaration(css[at:end])
            at = end + 1
            continue
        close, depth = brace + 1, 1
        while depth:
            depth += {"{": 1, "}": -1}.get(css[close], 0)
            close += 1
        head, body = css[at:brace].strip(), css[brace + 1 : close - 1]
        if head.startswith("@"):
            yield re.match(r"@[\w-]+", head)[0]  # type: ignore[index]
            yield from (f"({name})" for name in re.findall(r"\(\s*([\w-]+)", head))
            yield from (word for word in re.findall(r"(?<![\w(@-])[a-z]+(?![\w-])", head.partition(" ")[2]))
            yield from re.findall(r"[<>]=?", head)
            yield from _rules(body, nested=head.startswith("@page"))
        else:
            if nested:
                yield "nesting"
            yield from _selector(head)
            yield from _rules(body, nested=True)
        at = close


def _selector(head: str) -> Iterator[str]:
    for name, call in re.findall(r"(::?[a-z-]+)(\(?)", head):
        yield f"{name}()" if call else name
    yield from (f"[{sign}]" for sign in re.findall(r"\[[\w-]+([~|^$*]?=)", head))
    yield from (f"[{flag}]" for flag in re.findall(r'""\s+([a-z])\]', head))
    yield from re.findall(r"&|\|\|", head)


def _declaration(text: str) -> Iterator[str]:
    name, _, value = (part.strip() for part in text.partition(":"))
    if not name:
        return
    if not name.startswith("--"):
        yield name
    owner = name if not name.startswith("--") else "--"
    value = re.sub(r"--[\w-]+|#[0-9a-f]{3,8}\b", "", value)
    families = owner in ("--", "font", "font-family")
    yield from (f"{function}()" for function in re.findall(r"([a-z-]+)\(", value))
    yield from (f"1{unit}" for unit in re.findall(r"(?<![\w#])[\d.]+([a-z%]+)", value))
    if families:
        value = _FAMILIES.sub("", f" {value}")
    yield from (f"{owner}: {word}" for word in re.findall(r"(?<![\w.#-])(-?[A-Za-z][\w-]*)(?![\w(-])", value))


def find_in_script(text: str) -> set[str]:
    """Return what a script uses: `=>`, `const`, `.append`, `Date`, `fetch()`, `template`, and `regex` with its flags.

    A name counts where it is a member, is called or made and not declared in the script, or begins with a capital.
    """
    declared = set(_DECLARED.findall(text))
    tokens = [(match.lastgroup or "", match[0]) for match in _SCRIPT.finditer(text) if match.lastgroup != "skipped"]
    tokens = [(kind, token.strip()) for kind, token in tokens]
    found = set()
    for place, (kind, token) in enumerate(tokens):
        before = tokens[place - 1][1] if place else ""
        after = tokens[place + 1][1] if place + 1 < len(tokens) else ""
        if kind == "regex":
            flags = token.rpartition("/")[2]
            found.add(f"regex {flags}".strip())
            found |= {"lookbehind"} if "(?<" in token else set()
        elif kind == "template":
            found.add(kind)
        elif kind == "number":
            found |= {"1_000"} & {"1_000"} if "_" in token else set()
            found |= {"1n"} if token.endswith("n") else set()
        elif kind == "sign":
            found.add(token)
        elif before in (".", "?."):
            found.add(f".{token}")
        elif token in _RESERVED or token.startswith("#"):
            found.add(token if not token.startswith("#") else "#private")
        elif token not in declared and (after == "(" or token[0].isupper()):
            found.add(f"{token}()" if after == "(" and not token[0].isupper() else token)
    return found

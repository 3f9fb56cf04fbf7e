"""The words of the house: plain American English, without the turns that a native speaker does not use.

`PATTERNS` has what is refused, each with what to write instead. `EXCEPTIONS` has good English that a pattern would hit;
it is taken out of a text before the patterns are tried. Both are tried over the prose of the documentation, the words
of the layouts, the comments of the workflows and courses, and the strings and names of the code in `STRINGS_OF` and
`NAMES_OF`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.docs.examples import ROOT, documents

STRINGS_OF: tuple[str, ...] = ("courseweek",)
"""Folders of Python whose messages and docstrings are held to the words, such as `courseweek`."""

NAMES_OF: tuple[str, ...] = ("courseweek", "tests", "scripts", "benchmarks")
"""Folders of Python whose names are held to the words, such as `courseweek`."""

PUBLIC_NAMES = {"notice"}
"""Names that stay as they are: layouts of courses use them."""

_WORDS = {
    r"stands?|stood|standing": "is, is in, is on, appears",
    r"blanks?": "space",
    r"tells?|told": "report, say, show",
    r"mend(s|ed|ing)?": "fix",
    r"drawn|drew|draws?|drawing": "render",
    r"licences?": "license",
    r"colour\w*": "color, highlight",
    r"grey\w*": "gray",
    r"catalogues?": "catalog",
    r"behaviour\w*|favour\w*|neighbour\w*|honour\w*|labour\w*": "the American spelling: -or",
    r"centres?|metres?": "the American spelling: -er",
    r"cancell(ed|ing)": "canceled, canceling",
    r"(organ|recogn|normal|summar|initial)is(e[sd]?|ing|ation)": "the American spelling: -ize",
    r"misspelt|spelt|learnt": "misspelled, spelled, learned",
    r"whoever|whosoever": "anyone who, people who, if you",
    r"notices?": "announcement",
    r"per cent": "percent",
    r"maths": "math, formulas",
    r"dear": "expensive",
}
_PHRASES = {
    r"(?<!there )(is|are) none": "is not one, is not a …",
    r"that there (is|are) not\b|there (is|are) no such": "doesn't exist",
    r"(?<!there )(is|are) no (address|date|day|time|page|file|key|id|link|text|word|name|one|part|list|place|formula)\b"
    r"(?! (is|are|in|for|with|of|on|called|at)\b)": "is not a …",
    r"takes? warnings (for|as) errors": "treat warnings as errors",
    r"so many": "a number, or as many",
    r"what is (no|none)\b": "things that are not …",
    r"hangs? on": "depends on",
    r"of its own accord|as it were|be it\b": "shorter words",
    r"at (any|each) rate": "anyway",
    r"lest\b": "so that … not",
    r"(has|have) not\b(?! (been|yet|changed|had|come|run|seen|happened|\w+ed)\b)": "doesn't have",
    r"but for (?!(each|all|every|now)\b)": "except",
    r"in one go": "at once, together",
    r"anew": "again",
    r"in its stead": "instead",
}
PATTERNS = {
    **{rf"\b(?:{words})\b": instead for words, instead in _WORDS.items()},
    **{rf"\b(?:{phrase})": instead for phrase, instead in _PHRASES.items()},
}
"""What is refused, in any case, and what to write instead."""

EXCEPTIONS = (
    r"stands? for\b",
    r"standing on the shoulders",
    r"blank (line|page)s?",
    r"untold",
    r"drawing (tool|program)s?|embedded drawings?",
    r"tells? (the )?difference|tell (\w+ )?apart|tell permanent ones from",
    r"tells? (open pages|the next build|you|people|readers|GitHub|Chromium|the browser)\b",
    r"notices? (that|when|how|a|the|what)\b|it notices",
    r"no longer",
    r"citation\|notice\b",
    r"(?-i:(is|are) None\b)",
)
"""Good English, in any case, that a pattern hits."""

_REFUSED = re.compile("|".join(f"(?P<p{number}>{pattern})" for number, pattern in enumerate(PATTERNS)), re.IGNORECASE)
_EXCEPTED = re.compile("|".join(EXCEPTIONS), re.IGNORECASE)
_FENCED = re.compile(r"^(`{3,})[^\n]*\n.*?^\1$", re.MULTILINE | re.DOTALL)
_QUOTED = re.compile(r"``[^\n]*?``|`[^`\n]*`|\]\([^)\s]*\)|https?://\S+|^> .*$", re.MULTILINE)
_GENERATED = re.compile(r"<!-- measured -->.*?<!-- /measured -->", re.DOTALL)
_TEMPLATE = re.compile(r"\{[{%#].*?[}%#]\}|<[^>]*>", re.DOTALL)
_IDENTIFIER = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def refused(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield the line, the words and what to write instead, for each place of a text that is refused."""
    patterns = list(PATTERNS.values())
    text = _EXCEPTED.sub(_hide, text)
    for match in _REFUSED.finditer(text):
        number = int(str(match.lastgroup)[1:])
        yield text.count("\n", 0, match.start()) + 1, match[0], patterns[number]


def _hide(match: re.Match[str]) -> str:
    """Return the text of a match with everything but its line breaks hidden, so that lines keep their numbers."""
    return re.sub(r"[^\n]", "\0", match[0])


def prose_of_document(text: str) -> str:
    """Return the prose of a page of Markdown: no code, no examples, no generated tables, no addresses."""
    for hidden in (_GENERATED, _FENCED, _QUOTED):
        text = hidden.sub(_hide, text)
    return text


def prose_of_layout(text: str) -> str:
    """Return the words that a layout shows."""
    return _TEMPLATE.sub(_hide, text)


def prose_of_comments(text: str) -> str:
    """Return the comments of a YAML file."""
    return "\n".join(line[line.index("#") :] if re.search(r"(^|\s)#", line) else "" for line in text.splitlines())


def strings_of_code(text: str) -> Iterator[tuple[int, str]]:
    """Yield the strings of Python code with their lines: messages and docstrings, without what backticks quote."""
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Constant(value=str(value), lineno=line) if " " in value:
                yield line, _QUOTED.sub(_hide, value)
            case _:
                pass


def names_of_code(text: str) -> Iterator[tuple[int, str]]:
    """Yield the words of the names that Python code defines, with their lines."""
    for node in ast.walk(ast.parse(text)):
        match node:
            case (
                ast.FunctionDef(name=name, lineno=line)
                | ast.AsyncFunctionDef(name=name, lineno=line)
                | ast.ClassDef(name=name, lineno=line)
                | ast.Name(id=name, ctx=ast.Store(), lineno=line)
                | ast.Attribute(attr=name, ctx=ast.Store(), lineno=line)
                | ast.arg(arg=name, lineno=line)
                | ast.alias(asname=str(name), lineno=line)
                | ast.MatchAs(name=str(name), lineno=line)
                | ast.ExceptHandler(name=str(name), lineno=line)
            ) if name not in PUBLIC_NAMES:
                yield line, " ".join(_IDENTIFIER.findall(name))
            case _:
                pass


def pages() -> list[tuple[Path, Callable[[str], str]]]:
    """Return the files whose prose is held to the words, each with what takes the prose out."""
    yaml = (
        *ROOT.glob(".github/**/*.yml"),
        ROOT / "syllabus.yaml",
        ROOT / "readings.yaml",
        *ROOT.glob("examples/*/*.yaml"),
    )
    return [
        *((path, prose_of_document) for path in documents()),
        *((path, prose_of_document) for path in sorted(ROOT.glob("examples/*/README.md"))),
        *((path, prose_of_document) for path in sorted(ROOT.glob(".github/*.md"))),
        *((path, prose_of_layout) for path in sorted((ROOT / "layouts").rglob("*.html"))),
        *((path, prose_of_comments) for path in sorted(yaml)),
        (ROOT / ".github" / "ISSUE_TEMPLATE" / "reading.yml", prose_of_document),
    ]


def modules(folders: tuple[str, ...]) -> list[Path]:
    """Return the modules in these folders, without this one: it holds what is refused."""
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in found if path != Path(__file__).resolve()]


def test_pages_use_plain_words() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line}: {words!r}: write {instead}"
        for path, take in pages()
        for line, words, instead in refused(take(path.read_text(encoding="utf-8")))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("folders", "take"),
    [pytest.param(STRINGS_OF, strings_of_code, id="strings"), pytest.param(NAMES_OF, names_of_code, id="names")],
)
def test_code_uses_plain_words(folders: tuple[str, ...], take: Callable[[str], Iterator[tuple[int, str]]]) -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{first + line - 1}: {words!r}: write {instead}"
        for path in modules(folders)
        for first, text in take(path.read_text(encoding="utf-8"))
        for line, words, instead in refused(text)
    ]
    assert wrong == []


def test_modules_have_plain_names() -> None:
    assert [path for path in modules(NAMES_OF) if list(refused(" ".join(_IDENTIFIER.findall(path.stem))))] == []


@pytest.mark.parametrize(
    "text",
    [
        "The name stands in brackets.",
        "Put two blanks before it.",
        "The place is told with the remedy.",
        "It tells what is wrong.",
        "It is an id, and `x` is none.",
        "It names a page that there is not.",
        "Mend the line.",
        "How a page is drawn.",
        "Take warnings for errors.",
        "the MIT licence",
        "in colour",
        "Whoever builds the site reads it.",
        "There are so many as before.",
        "The text is no date.",
        "The file has not a key.",
        "It hangs on another.",
        "A misspelt word.",
        "Look for what is no page.",
    ],
)
def test_a_turn_is_refused(text: str) -> None:
    assert list(refused(text))


@pytest.mark.parametrize(
    "text",
    [
        "The letters stand for a name.",
        "Leave a blank line below it.",
        "There is no page for it.",
        "There is no date in this line.",
        "The page has not changed.",
        "There are none, and it is no longer there.",
        "Many readers can tell them apart.",
    ],
)
def test_good_english_is_not_refused(text: str) -> None:
    assert list(refused(text)) == []


def test_lines_keep_their_numbers() -> None:
    text = "One.\n\n```yaml a.yaml\nIt stands here.\n```\n\nIt `stands`, and stands\nthere.\n"
    assert list(refused(prose_of_document(text))) == [(7, "stands", "is, is in, is on, appears")]


def test_code_is_read() -> None:
    text = 'def blank_line(told: int) -> str:\n    """Tell it."""\n    return f"it stands in {told}"\n'
    assert [line for line, each in strings_of_code(text) if list(refused(each))] == [2, 3]
    assert [line for line, each in names_of_code(text) if list(refused(each))] == [1]

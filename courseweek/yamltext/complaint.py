"""What a YAML parser complains of, and the parts of which explanations are made."""

from __future__ import annotations

import re
from typing import Protocol

from courseweek.diagnostics import Diagnostic, Edit, Source, Span
from courseweek.frozen import dataclass
from courseweek.regex import lazy_pattern
from courseweek.yamltext.grammar import NO_GRAMMAR, Grammar

SECOND_HELP = "delete the line; a text that begins with `---` or `...` needs quotes"
LONGEST_QUOTED = 300
"""A remedy repeats no longer text."""
LONGEST_KEY = 1000
"""YAML looks no further than 1,024 characters for the `:` of a key."""
ESCAPES = ("\\x", "\\u", "\\U")
"""What begins the escapes of a text in double quotes that name a character by its number."""
_MOST_ABOVE = 40
"""Lines above a place that are looked at."""
VALUE = lazy_pattern(r"(?P<lead>\s*(?:-[ \t]+)*)(?:(?P<key>[^\s\"'#\[{:][^:#]*?):[ \t]+)?(?P<value>\S.*)")
KEY = lazy_pattern(r"(?P<lead>\s*(?:-[ \t]+)*)(?P<key>[^\s\"'#\[{:][^:#]*?):(?:[ \t]+|$)")
CUT = lazy_pattern(r"[ \t](#[^\r\n]*)")
_KEY_BEFORE = lazy_pattern(r"([\w-]+):[ \t]+$")
_KEYED = lazy_pattern(r"\{[ \t]*[a-z_]+:[ \t]")
_CURLY = lazy_pattern("[“„‟]([^”“]*)[”“‟]|[‘‚]([^‘’]*)[’‘]")


class Quoted(Protocol):
    """A text that the parser had read before: where, and between which quotes."""

    @property
    def span(self) -> Span:
        """Its place."""

    @property
    def style(self) -> str:
        """How it was written."""


@dataclass(frozen=True, slots=True)
class Complaint:
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
    before: str = ""
    """The end of what is above the part of the file that was read."""
    after: str = ""
    """The line below it."""
    grammar: Grammar = NO_GRAMMAR
    """What the text may hold."""

    def says(self, *words: str) -> bool:
        """Return whether the parser's words hold one of these."""
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
        return begin, begin + len(text[begin:end].rstrip(" \t\r"))

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
            if line.strip(" \t\r") and not line.lstrip().startswith("#"):
                found.append((begin, line))
            at = begin - 1
        return found


def lines_above(fault: Complaint, index: int) -> list[str]:
    """Return the written lines above the one at `index`, nearest first, also those above the part that was read."""
    begin, _ = fault.bounds(index)
    text = fault.before + fault.source.text[fault.start : begin]
    lines = (line.rstrip(" \t\r") for line in reversed(text.split("\n")[-4 * _MOST_ABOVE :]))
    return [line for line in lines if line and not line.lstrip().startswith("#")][:_MOST_ABOVE]


def quote_text(text: str) -> str:
    """Return the text between quotes, so that YAML reads it as it is; of a long one, only the quotes."""
    if len(text) > LONGEST_QUOTED:
        return '"…"'
    curly = _CURLY.fullmatch(text)
    text = (curly[1] or curly[2] or text) if curly else text
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def error_at(name: str, message: str, span: Span, help: str | None, fix: tuple[Edit, ...] = ()) -> Diagnostic:
    """Return an error of this name at this place."""
    return Diagnostic("error", name, message, span, help, fix=fix)


def starts_oddly(text: str) -> bool:
    """Return whether an unquoted text would be something else to YAML, or be cut (YAML 1.2.2, section 7.3.3)."""
    return (
        text[:1] in set("@`*&!%|>[]{},#\"'")
        or text[:2] in ("- ", "? ", ": ")
        or ": " in text
        or " #" in text
        or text.endswith(":")
    )


def one_character(fault: Complaint, index: int) -> Span:
    """Return the place of the character at `index`."""
    return fault.source.span(index, min(index + 1, len(fault.source.text)))


def explain_escape(source: Source, at: int) -> Diagnostic:
    """Return the diagnostic for an escape such as `\\ud800`, at index `at`, that names no character."""
    word = re.compile(r"\\.[0-9A-Fa-f]*").match(source.text, at)
    span = source.span(at, word.end() if word else at + 1)
    help = f"write `\\{span.text}`, or put the text in single quotes"
    return error_at("bad-escape", f"`{span.text}` names no character", span, help)


def key_before(fault: Complaint, at: int) -> str:
    """Return the key of the value at an index, also of one between braces; an empty text where there is none."""
    key = _KEY_BEFORE.search(fault.source.text, fault.bounds(at)[0], at)
    return "" if key is None else key[1]


def is_reference(fault: Complaint, at: int) -> bool:
    """Return whether the value at an index is the id of something else: no text in quotes is one for sure."""
    return fault.grammar.value_of(key_before(fault, at)).refers


def lead_of(match: re.Match[str]) -> str:
    """Return what comes before a value, for a remedy: its key, or the `-` of its item."""
    return f"{match['key']}: " if match["key"] else "- " if "-" in match["lead"] else ""


def rewrite(fault: Complaint, at: int, old: str, new: str) -> tuple[Edit, ...]:
    """Return the edit that writes `new` for the `old` text at `at`; none where it does not are there.

    None either for a text that opens a bracket and does not close it, or holds keys between braces: it is not a text.
    """
    if not old or not fault.source.text.startswith(old, at) or new == '"…"':
        return ()
    uneven = any(old.count(opening) != old.count(closing) for opening, closing in ("[]", "{}"))
    if (uneven and old[0] not in "]}") or _KEYED.search(old):
        return ()
    return (Edit(fault.source.span(at, at + len(old)), new),)

"""The lines of a YAML text, each lexed once: its indent, its dashes, its key and what kind of value follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from courseweek.frozen import dataclass
from courseweek.regex import lazy_pattern

Value = Literal["none", "text", "quoted", "flow list", "flow mapping", "block"]
"""What follows a key or a dash: `block` begins with `|` or `>`."""
MOST_CONTINUED = 200
"""Lines of one quoted text or of one list in brackets; what goes on longer was never closed."""
MOST_LOOKED_AT = 20_000
"""Lines that are looked at for the ends of such texts and lists, in all."""

_HEAD = lazy_pattern(r"(?P<indent>[ ]*)(?P<dashes>(?:-[ ]+)*(?:-(?=$))?)(?P<rest>.*)")
# YAML 1.2.2, sections 7.3.3 and 7.4: what may be a key on one line.
_KEY = lazy_pattern(
    r"(?P<key>\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|(?:[^\s\"'\[\]{}#&*!|>%@`,?:-]|[?:-](?=\S))(?:[^:#]|:(?=\S)|(?<=\S)#)*?)"
    r"[ \t]*:(?=[ \t]|$)"
)
_COMMENT = lazy_pattern(r"(?:^|[ \t]+)#.*")
_BLOCK = lazy_pattern(r"[|>][-+0-9]*[ \t]*(?:#.*)?$")
_QUOTED = {"'": lazy_pattern(r"(?:[^']|'')*'"), '"': lazy_pattern(r'(?:[^"\\]|\\.)*"')}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: where it begins in the text, and what is on it. Columns count from 0.

    `dashes` are the columns of its `-`, `column` is where its key or its text begins. `key` is the key without quotes,
    None where there is none. A line that is `inside` continues a quoted text or a list in brackets from above.
    """

    begin: int
    text: str
    indent: int
    dashes: tuple[int, ...]
    column: int
    key: str | None
    value: Value
    written: str
    empty: bool
    inside: bool = False

    @property
    def first(self) -> int:
        """The column of the first thing on the line."""
        return self.dashes[0] if self.dashes else self.column

    @property
    def opens(self) -> bool:
        """Whether the line ends with a key, or with a dash, whose value is below it."""
        return self.value == "none" and not self.empty

    def moved(self, by: int) -> Line:
        """Return the line with `by` more spaces before it, or fewer if `by` is negative."""
        return replace(
            self,
            indent=self.indent + by,
            dashes=tuple(each + by for each in self.dashes),
            column=self.column + by,
        )


def lex_lines(text: str) -> list[Line]:
    """Return the lines of a text, lexed once."""
    lines: list[Line] = []
    at = 0
    raw: list[tuple[int, str]] = []
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        raw.append((at, text[at:end].rstrip(" \t\r")))
        at = end + 1
    inside_until, looked_at = -1, MOST_LOOKED_AT
    block: int | None = None
    for number, (begin, line) in enumerate(raw):
        lexed = _lex(begin, line)
        if block is not None and (lexed.empty or lexed.indent > block):
            lines.append(lexed)
            continue
        block = None
        if number <= inside_until:
            lines.append(replace(lexed, inside=True))
            continue
        lines.append(lexed)
        if lexed.value == "block":
            block = (lexed.dashes[-1] if lexed.key is None else lexed.column) if lexed.dashes else lexed.column
        elif lexed.value in ("quoted", "flow list", "flow mapping"):
            below = raw[number + 1 : number + 1 + min(MOST_CONTINUED, looked_at)]
            more = _count_more(lexed, below)
            inside_until = number + more
            looked_at -= more or len(below)
    return lines


def _lex(begin: int, line: str) -> Line:
    head = _HEAD.match(line)
    assert head is not None
    indent, rest = len(head["indent"]), head["rest"]
    dashes = tuple(indent + at for at, char in enumerate(head["dashes"]) if char == "-")
    column = head.start("rest")
    if not rest or rest.startswith("#"):
        return Line(begin, line, indent, dashes, column, None, "none", "", not dashes)
    match = _KEY.match(rest)
    key = None if match is None else match["key"].strip("\"'") if match["key"][0] in "\"'" else match["key"]
    written = rest[match.end() :].strip() if match is not None else rest
    value = _value_of(written)
    if value == "text":
        written = _COMMENT.sub("", written)
    return Line(begin, line, indent, dashes, column, key, value, written, False)


def _value_of(written: str) -> Value:
    if not written or written[0] == "#":
        return "none"
    if written[0] in "\"'":
        return "quoted"
    if written[0] in "[{":
        return "flow list" if written[0] == "[" else "flow mapping"
    return "block" if _BLOCK.match(written) else "text"


def _count_more(line: Line, below: list[tuple[int, str]]) -> int:
    """Return over how many more lines a quoted text or a list in brackets goes on; 0 where nothing closes it."""
    scan = _scan_quoted if line.value == "quoted" else _scan_flow
    state = scan(line.written, "")
    for more, (_, text) in enumerate(below, 1):
        if state is None:
            return more - 1
        state = scan(text.strip(), state)
    return len(below) if state is None else 0


def _scan_quoted(text: str, state: str) -> str | None:
    """Return None where the quoted text ends in this line; otherwise its quote."""
    quote = state or text[0]
    rest = text if state else text[1:]
    return None if _QUOTED[quote].match(rest) else quote


def _scan_flow(text: str, state: str) -> str | None:
    """Return None where all brackets are closed at the end of this line; otherwise those that are open."""
    opened = state
    for char in _without_quoted(text):
        if char in "[{":
            opened += char
        elif char in "]}" and opened:
            opened = opened[:-1]
            if not opened:
                return None
    return opened or None


def _without_quoted(text: str) -> Iterator[str]:
    """Yield the characters that are not between quotes. A quote opens a text only where a text may begin."""
    at, before = 0, " "
    while at < len(text):
        char = text[at]
        if char in _QUOTED and before in " ,[{:\t":
            match = _QUOTED[char].match(text, at + 1)
            if match is not None:
                at, before = match.end(), char
                continue
        if char == "#" and before in " \t":
            return
        yield char
        before, at = char, at + 1

"""What a line holds that YAML takes in another sense than intended, as seen without a parser.

The scan walks over the lines, past what is in blocks and in quotes, and gives each one to the slips of
`line_registry.py`. What they find is fixed for the reading, so that the rest of the file is checked as well. Fences
around the file and versions that were never merged are found first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import field, replace

from courseweek.diagnostics import Diagnostic, Edit, Source
from courseweek.frozen import dataclass
from courseweek.regex import lazy_pattern
from courseweek.yamltext.complaint import error_at
from courseweek.yamltext.grammar import NO_GRAMMAR, Grammar
from courseweek.yamltext.slips.seen_line import BULLETS, ODD, AboveLine, Found, LineSlip, SeenLine

# Most texts hold none of these, and so no slip.
_CANDIDATE = lazy_pattern(
    rf"[{ODD}{re.escape(BULLETS[:-2])}“”„‘’：；]|^[ ]*(?:[*+]|--|[-=]>|\d{{1,2}}[.)])[ \t]|^(?:`{{3}}|~{{3}})"
    r"|^(?:<{7}|>{7}|\|{7}|={7})(?:[ \r\n]|\Z)|^[ -]*[a-z_]+[ \t]*[=;]|^[ -]*\w[\w-]*[ \t]*(?:[:.,][ ]*:|:[=;-])"
    r"|^[ ]*(?:-:[ \t]|--[a-z_]+:)|^[ -]*[a-z_]+[ \t]+<?https?://"
    r"|^[ ]*\t|^[ ]*-[ ]*\t|^[ -]*[*_]{1,2}[a-z_]+[:*_]|^[ ]*\|.*\|",
    re.MULTILINE,
)
_HEAD = lazy_pattern(r"(?P<indent>[ ]*)(?P<dashes>(?:-[ ]+)*)(?P<rest>.*)")
_KEY_OF = lazy_pattern(r"[ -]*([a-z_]+):")
_LAST_COLON = lazy_pattern(r":[ ]*(?:#.*)?$")
_KEY_BEGINS = lazy_pattern(r"(?:^|[ ])[^\s\"'#\[{:]")
_BLOCK = lazy_pattern(r"(?:^|[ ])[|>][-+0-9]*[ \t]*(?:[ ]#.*)?$")
_OPEN_QUOTE = lazy_pattern(r"(?:[^\s\"'#\[{:][^:#]*:[ ]+)?(?P<quote>[\"'])(?P<text>.*)$")
_CONFLICT = lazy_pattern(
    r"^<{7}(?: [^\n]*)?\n(?P<ours>(?:(?!={7}|\|{7})[^\n]*\n)*)"
    r"(?P<theirs>(?:(?!>{7})[^\n]*\n)*)(?:>{7}[^\n]*(?:\n|\Z))?",
    re.MULTILINE,
)
_FENCE = lazy_pattern(r"^(?:`{3}|~{3})[^\n]*(?:\n|\Z)", re.MULTILINE)
_MOST_SINGLE = 12
"""Finds of a single kind that are reported one by one."""
_MOST_ABOVE = 60
"""Lines above that are remembered."""


@dataclass(slots=True)
class Slips:
    """What was found: what is reported, with indices of the text, and what is fixed besides its fixes.

    `partial` says that part of the text is not read.
    """

    reported: list[Diagnostic] = field(default_factory=list)
    cuts: list[Edit] = field(default_factory=list)
    partial: bool = False


@dataclass(slots=True)
class _Repeated:
    """One kind of slip at its first place, and the edits at all its places."""

    first: Diagnostic
    edits: list[Edit]
    lines: int = 1


def find_slips(text: str, grammar: Grammar = NO_GRAMMAR) -> Slips:
    """Return the slips of a text of YAML, in one pass over its lines."""
    found = Slips()
    if _CANDIDATE.search(text) is None:
        return found
    # What explains mistakes is read in only where one may be.
    from courseweek.yamltext.slips.line_registry import LINE_SLIPS

    source = Source("", text)
    hidden = _find_conflicts(source, found) + _find_fences(source, found)
    scan = _Scan(source, hidden, grammar, LINE_SLIPS)
    scan.run()
    found.cuts += scan.cuts
    reported = [*found.reported, *map(_report, scan.kinds.values())]
    edits = [*found.cuts, *(edit for each in reported for edit in each.fix)]
    if reported:
        from courseweek.yamltext.trial import keep_good_fix

        found.reported = [keep_good_fix(text, each, grammar, besides=edits) for each in reported]
        for kept, before in zip(found.reported, reported, strict=True):
            found.cuts += () if kept.fix else before.fix  # to read on, it is as good as any
    found.partial = found.partial or bool(scan.cuts)
    return found


def _report(kind: _Repeated) -> Diagnostic:
    first, more = kind.first, kind.lines - 1
    help = first.help
    if more:
        help = f"{help}; likewise on {more} more line{'s' if more > 1 else ''}"
    return Diagnostic("error", first.name, first.message, first.span, help, fix=tuple(kind.edits))


def _find_conflicts(source: Source, found: Slips) -> list[tuple[int, int]]:
    """Explain versions that were never merged; the first of each two is read, the other one left out."""
    if re.search(r"^(?:<{7}|>{7}|\|{7})(?: |\r?$)", source.text, re.MULTILINE) is None:
        return []
    places: list[tuple[int, int]] = []
    for match in _CONFLICT.finditer(source.text):
        first = not places
        places.append(match.span())
        found.partial = True
        head = source.span(match.start(), match.start("ours"))
        tail = source.span(match.start("theirs"), match.end())
        found.cuts += [Edit(head, ""), Edit(tail, "")]
        message = "two versions of this part were never merged"
        help = "keep the lines that are right and delete the marks `<<<<<<<`, `=======` and `>>>>>>>`"
        if first or len(places) <= 10:
            found.reported.append(
                error_at("merge-conflict", message, source.span(match.start(), match.start() + 7), help)
            )
    return places


def _find_fences(source: Source, found: Slips) -> list[tuple[int, int]]:
    """Explain the fences of Markdown code around a file."""
    places = [match.span() for match in _FENCE.finditer(source.text)]
    if places:
        start, end = places[0]
        shown = source.text[start:end].rstrip()
        message = "this line is Markdown, but this file is not"
        help = "delete the line" if len(places) == 1 else "delete the line, and the one like it further down"
        fix = tuple(Edit(source.span(*place), "") for place in places)
        found.reported.append(error_at("fence", message, source.span(start, start + len(shown)), help, fix))
    return places


class _Scan:
    """Walks over the lines, past what is in blocks and in quotes."""

    def __init__(
        self, source: Source, hidden: list[tuple[int, int]], grammar: Grammar, slips: Sequence[LineSlip]
    ) -> None:
        self.grammar = grammar
        self.source = source
        self.hidden = hidden
        self.slips = slips
        self.kinds: dict[tuple[str, ...], _Repeated] = {}
        self.above: list[AboveLine] = []
        self.block: int | None = None
        self.quoted_until = 0
        self.lines: list[str] = []
        self.singles = 0
        self.cuts: list[Edit] = []

    def run(self) -> None:
        at, text = 0, self.source.text
        while at < len(text):
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            if not any(start <= at < stop for start, stop in self.hidden[:20]):
                self.take(at, text[at:end].rstrip("\r"))
            at = end + 1

    def add(self, found: Found) -> None:
        """Note a find, or count it to those of its kind."""
        kind = found.kind
        if found.single:
            self.singles += 1
            kind = (*kind, str(min(self.singles, _MOST_SINGLE)))
        edits = () if found.left_out else found.edits
        if found.left_out:
            self.cuts += found.edits
        if kind in self.kinds:
            self.kinds[kind].edits += edits
            self.kinds[kind].lines += 1
        else:
            self.kinds[kind] = _Repeated(found.report, list(edits))

    def take(self, begin: int, line: str) -> None:
        indent = len(line) - len(line.lstrip(" "))
        if begin < self.quoted_until:
            return
        if self.block is not None:
            if indent > self.block or not line.strip():
                return
            self.block = None
        if line.lstrip().startswith("#") or not line.strip(" "):
            return
        seen = SeenLine(self.source, self.grammar, begin, line, self.lines, self.above)
        for slip in self.slips:
            for found in slip.find(seen):
                self.add(found)
                if found.left_out:
                    return
                seen.text = found.line
            if not seen.text.strip():
                return
        self.lines = [seen.text, *self.lines[: _MOST_ABOVE - 1]]
        self.remember(seen)

    def remember(self, seen: SeenLine) -> None:
        """Note where a line is, for the lines below it, and what it opens."""
        line = seen.text
        head = _HEAD.match(line)
        assert head is not None
        indent = len(head["indent"])
        if _BLOCK.search(head["rest"]):
            self.block = indent
        quote = _OPEN_QUOTE.match(head["rest"])
        if quote is not None and seen.as_written:
            start = seen.begin + head.start("rest") + quote.start("text")
            self.quoted_until = self.end_of_quote(start, quote["quote"])
        while self.above and self.above[-1].indent >= indent:
            self.above.pop()
        key = _KEY_OF.match(line)
        above = AboveLine(indent, bool(head["dashes"]), _ends_open(line), key[1] if key else "")
        self.above.append(above)
        if head["dashes"]:  # a key behind a dash has an indent of its own
            self.above.append(replace(above, indent=indent + len(head["dashes"]), item=False))

    def end_of_quote(self, start: int, quote: str) -> int:
        """Return where a quoted text ends that goes on over lines which are no entries; else 0."""
        text = self.source.text
        stop = text.find("\n", start)
        if stop < 0 or re.search(rf"{quote}[ \t]*(?:#.*|[,}}\]].*)?\r?$", text[start:stop]):
            return 0
        for _ in range(200):
            end = text.find("\n", stop + 1)
            line = text[stop + 1 : end if end >= 0 else len(text)].strip()
            if line.endswith(quote):
                return end if end >= 0 else len(text)
            if end < 0 or re.match(r"(?:- )|[a-z_]+:(?: |$)", line):
                return 0
            stop = end
        return 0


def _ends_open(line: str) -> bool:
    """Return whether a line ends with a key that has nothing after it."""
    colon = _LAST_COLON.search(line)
    if colon is None:
        return False
    begin = max(line.rfind(mark, 0, colon.start()) for mark in ":#") + 1
    before = line[begin : colon.start()]
    return _KEY_BEGINS.search(before if begin == 0 else f":{before}") is not None

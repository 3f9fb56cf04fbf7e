"""What a line holds that is not YAML, or YAML with another meaning than intended, as seen without a parser.

A special space, a bullet of a word processor, `=` for `:`, quotes of a typesetter around a key, a fence of
Markdown around the file, two versions that were never merged. YAML takes most of these in silence. Each kind is
reported once with all its places, and fixed for the reading, so that the rest of the file is checked as well.
"""

from __future__ import annotations

import re
from dataclasses import field

from courseweek.diagnostics import Diagnostic, Edit, Source
from courseweek.frozen import dataclass
from courseweek.regex import lazy_pattern
from courseweek.yamltext.complaint import error_at, quote_text, starts_oddly
from courseweek.yamltext.grammar import NO_GRAMMAR, Grammar
from courseweek.yamltext.slips.list_names import indent_by, say_count
from courseweek.yamltext.trial import keep_good_fix

ODD = "\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000"
"""Spaces that YAML takes for letters."""
_ODD_CHARS = "\t\u00a0\u1680\u200b\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_BULLETS = "•·‣◦▪●○∙⁃–—−*+"
_CANDIDATE = lazy_pattern(
    rf"[{ODD}{re.escape(_BULLETS[:-2])}“”„‘’：；]|^[ ]*(?:[*+]|--|[-=]>|\d{{1,2}}[.)])[ \t]|^(?:`{{3}}|~{{3}})"
    r"|^(?:<{7}|>{7}|\|{7}|={7})(?:[ \r\n]|\Z)|^[ -]*[a-z_]+[ \t]*[=;]|^[ -]*\w[\w-]*[ \t]*(?:[:.,][ ]*:|:[=;-])"
    r"|^[ ]*(?:-:[ \t]|--[a-z_]+:)|^[ -]*[a-z_]+[ \t]+<?https?://"
    r"|^[ ]*\t|^[ ]*-[ ]*\t|^[ -]*[*_]{1,2}[a-z_]+[:*_]|^[ ]*\|.*\|",
    re.MULTILINE,
)
_BULLET = lazy_pattern(
    rf"[-=]>(?=[ \t{ODD}])|[{re.escape(_BULLETS)}](?=[ \t{ODD}])|[•‣▪●⁃](?=\S)|--(?=[ \t{ODD}])"
    rf"|(?:[–—]|--)(?=[a-z_]+:)|-:(?=[ \t{ODD}])|\d{{1,2}}[.)](?=[ \t{ODD}])"
)
_HEAD = lazy_pattern(r"(?P<indent>[ ]*)(?P<dashes>(?:-[ ]+)*)(?P<rest>.*)")
_EQUALS = lazy_pattern(
    r"(?P<key>\w[\w-]*)[ \t]*(?P<sign>:(?:[:=;]+|-(?=[ ])|[ ]+:(?=[ ]))|[=;.,]+:|[=;：；](?=[ \t]*\S))[ \t]*"
)
_NO_COLON = lazy_pattern(r"(?P<key>[a-z_]+)(?P<gap>[ \t]+)(?=<?https?://)")
_CURLY_KEY = lazy_pattern(r"(?P<open>[“”„‘’])(?P<key>[a-z_]+)(?P<close>[“”‘’]):(?=[ ]|$)")
_BOLD_KEY = lazy_pattern(r"(?P<mark>\*{1,2}|_{1,2})(?P<key>[a-z][a-z_]*[a-z])(?::(?P=mark)|(?P=mark):)(?=[ \t]|$)")
_TAB_INDENT = lazy_pattern(r"[ ]*\t[ \t]*(?=-[ \t]|(?P<key>[a-z_]+):(?:[ \t]|$))")
_TAB_DASH = lazy_pattern(r"[ ]*-(?P<tab>[ ]*\t[ \t]*)(?=\S)")
_ROW = lazy_pattern(r"[ ]*\|.*\|[ \t]*$")
_SINGLE_TABS = 12
"""Lines with tabs in their indent that are reported one by one."""
_KEY = lazy_pattern(r"[^\s\"'#\[{:][^:#]*:(?:[ ]|$)")
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
_KEY_OF = lazy_pattern(r"[ -]*([a-z_]+):")


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
    source = Source("", text)
    hidden = _find_conflicts(source, found) + _find_fences(source, found)
    scan = _Scan(source, hidden, grammar)
    scan.run()
    found.cuts += scan.cuts
    edits = [*found.cuts, *(edit for kind in scan.kinds.values() for edit in kind.edits)]
    for kind in scan.kinds.values():
        reported = _report(kind)
        kept = keep_good_fix(text, reported, grammar, besides=edits)
        found.reported.append(kept)
        found.cuts += () if kept.fix else reported.fix  # to read on, it is as good as any
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
        message = "this line belongs around code in Markdown, but this file is not Markdown"
        help = "delete the line" if len(places) == 1 else "delete the line, and the one like it further down"
        fix = tuple(Edit(source.span(*place), "") for place in places)
        found.reported.append(error_at("fence", message, source.span(start, start + len(shown)), help, fix))
    return places


class _Scan:
    """Walks over the lines, past what is in blocks and in quotes."""

    def __init__(self, source: Source, hidden: list[tuple[int, int]], grammar: Grammar) -> None:
        self.grammar = grammar
        self.source = source
        self.hidden = hidden
        self.kinds: dict[tuple[str, ...], _Repeated] = {}
        # The written lines above, outermost first: indent, whether an item, whether open (a key with nothing after),
        # and the key.
        self.above: list[tuple[int, bool, bool, str]] = []
        self.block: int | None = None
        self.quoted_until = 0
        self.lines: list[str] = []
        self.tabs = 0
        self.cuts: list[Edit] = []

    def run(self) -> None:
        at, text = 0, self.source.text
        while at < len(text):
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            if not any(start <= at < stop for start, stop in self.hidden[:20]):
                self.take(at, text[at:end].rstrip("\r"))
            at = end + 1

    def add(self, kind: tuple[str, ...], report: Diagnostic, edits: list[Edit]) -> None:
        """Explain a slip, or count it to those of its kind."""
        if kind in self.kinds:
            self.kinds[kind].edits += edits
            self.kinds[kind].lines += 1
        else:
            self.kinds[kind] = _Repeated(report, edits)

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
        line = self.fix_tab(begin, self.fix_spaces(begin, line))
        if not line.strip() or self.is_row(begin, line):
            return
        line = self.fix_bullet(begin, line)
        line = self.fix_key(begin, line)
        self.lines = [line, *self.lines[:59]]
        self.remember(begin, line)

    def remember(self, begin: int, line: str) -> None:
        head = _HEAD.match(line)
        assert head is not None
        indent = len(head["indent"])
        if _BLOCK.search(head["rest"]):
            self.block = indent
        quote = _OPEN_QUOTE.match(head["rest"])
        if quote is not None and self.is_as_written(begin, line):
            self.quoted_until = self.end_of_quote(begin + head.start("rest") + quote.start("text"), quote["quote"])
        while self.above and self.above[-1][0] > indent:
            self.above.pop()
        entry = (
            indent,
            bool(head["dashes"]),
            _ends_open(line),
            match[1] if (match := _KEY_OF.match(line)) else "",
        )
        if self.above and self.above[-1][0] == indent:
            self.above.pop()
        self.above.append(entry)
        if head["dashes"]:  # a key behind a dash has an indent of its own
            own = indent + len(head["dashes"])
            self.above.append((own, False, entry[2], entry[3]))

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

    def fix_spaces(self, begin: int, line: str) -> str:
        """Explain special spaces in the indent, after a dash and after a key; return the line without them."""
        lead = re.match(rf"(?:[ {ODD}]|-(?=[ {ODD}]))*", line)
        end = lead.end() if lead else 0
        key = re.compile(rf"[\w-]+:(?P<odd>[ ]*[{ODD}]+[ {ODD}]*)(?P<value>\S)?").match(line, end)
        if key is not None and (not key["value"] or key[0].partition(":")[0] in self.grammar.keys):
            self.report_spaces(begin, line, key.start("odd"), key.end("odd"), f"after `{key[0].partition(':')[0]}:`")
            line = line[: key.start("odd")] + " " * len(key["odd"]) + line[key.end("odd") :]
        if end and re.search(f"[{ODD}]", line[:end]):
            dash = line.rfind("-", 0, end)
            odd = re.search(f"[{ODD}]+", line[:end])
            assert odd is not None
            rest = line[end:]
            word = re.match(r"[\w-]+(?=:)", rest)
            behind = word[0] if word else rest[:1]
            shown = "-" if dash >= odd.end() else behind
            where = "after `-`" if 0 <= dash < odd.start() else f"before `{shown}`" if shown else ""
            self.report_spaces(begin, line, odd.start(), end, where)
            line = re.sub(f"[{ODD}]", " ", line[:end]) + rest
        return line

    def fix_tab(self, begin: int, line: str) -> str:
        """Explain tabs before an entry and behind its dash; return the line with spaces in their place."""
        if "\t" not in line or not self.is_as_written(begin, line):
            return line
        match = _TAB_INDENT.match(line)
        if (
            match is not None
            and (not match["key"] or match["key"] in self.grammar.keys)
            and not _opens_bracket(self.lines[:1])
        ):
            wanted = indent_by(line.strip(), self.lines, self.grammar)
            if wanted is None:
                return line
            at = line.index("\t")
            place = self.source.span(begin + at, begin + at + 1)
            help = f"begin the line with {say_count(wanted)}, like the line above"
            report = error_at("indent-character", "the indent of this line holds a tab", place, help)
            self.tabs += 1
            kind = ("indent-character", "tab", str(min(self.tabs, _SINGLE_TABS)))
            self.add(kind, report, [Edit(self.source.span(begin, begin + match.end()), " " * wanted)])
            return " " * wanted + line[match.end() :]
        match = _TAB_DASH.match(line)
        if match is not None:
            place = self.source.span(begin + match.start("tab"), begin + match.end("tab"))
            rest = line[match.end() :].strip()
            report = error_at("stray-tab", "YAML takes only spaces here, not a tab", place, f"write - {rest}")
            self.add(("stray-tab",), report, [Edit(place, " ")])
            return f"{line[: match.start('tab')]} {line[match.end() :]}"
        return line

    def is_row(self, begin: int, line: str) -> bool:
        """Explain a row of a table in Markdown, which is left out."""
        if _ROW.match(line) is None or _opens_bracket(self.lines[:1]):
            return False
        lead = begin_of(line)
        place = self.source.span(begin + lead, begin + len(line.rstrip()))
        message = "a Markdown table is not a list of entries"
        help = "write an entry for each row, such as - title: and the title, and below it url: and the address"
        self.add(("lonely-text",), error_at("lonely-text", message, place, help), [])
        self.cuts.append(Edit(self.source.span(begin, begin + len(line)), ""))
        return True

    def report_spaces(self, begin: int, line: str, start: int, end: int, where: str) -> None:
        odd = re.compile(f"[{ODD}]+").search(line, start, end)
        assert odd is not None
        code = f"(U+{ord(odd[0][0]):04X})"
        if where:
            message = f"the space {where} is not an ordinary one {code}"
            help = "delete it and indent with spaces" if where.startswith("before") else "write an ordinary space"
            place = self.source.span(begin + odd.start(), begin + odd.end())
        else:
            message = f"the indent of this line holds a special space {code}"
            help = "indent with spaces"
            place = self.source.span(begin + odd.start(), begin + odd.start() + 1)
        edits = [
            Edit(self.source.span(begin + at, begin + at + 1), "" if line[at] == "\u200b" else " ")
            for at in range(start, end)
            if re.match(f"[{ODD}]", line[at])
        ]
        kind = where.partition(" ")[0]
        self.add(("indent-character", kind, code), error_at("indent-character", message, place, help), edits)

    def fix_bullet(self, begin: int, line: str) -> str:
        """Explain a bullet that begins no item where an item must begin; return the line with a dash for it."""
        indent = len(line) - len(line.lstrip(" "))
        bullet = _BULLET.match(line, indent)
        if bullet is None or not self.may_be_item(indent, bullet[0]):
            return line
        rest = line[bullet.end() :].strip(f" {_ODD_CHARS}")
        needs_quotes = bool(rest) and rest[0] not in "\"'" and not _is_keyed(rest) and starts_oddly(rest)
        written = quote_text(rest) if needs_quotes else rest
        dash = self.dash_for(begin, indent, line)
        message = f"`{bullet[0]}` does not begin a list item: a hyphen and a space do"
        place = self.source.span(begin + indent, begin + bullet.end())
        after = begin + len(line) - len(line[bullet.end() :].lstrip(f" {_ODD_CHARS}"))
        edits = [Edit(self.source.span(begin + indent, after), dash)]
        if needs_quotes:
            edits = [Edit(self.source.span(begin + indent, begin + len(line.rstrip())), f"{dash}{written}")]
        shape = re.sub(r"\d+", "1", bullet[0])
        self.add(("bullet", shape), error_at("bullet", message, place, f"write {dash}{written}"), edits)
        return " " * indent + dash + written

    def dash_for(self, begin: int, indent: int, line: str) -> str:
        """Return a dash with as many spaces as the key on the next line asks for."""
        end = self.source.text.find("\n", begin) + 1
        below = re.compile(r"(?P<gap>[ ]*)[a-z_]+:").match(self.source.text, end)
        wide = len(below["gap"]) - indent if below is not None and _KEY.match(line.lstrip(" ->=")) else 2
        return "-" + " " * (wide - 1 if 2 <= wide <= 6 else 1)

    def may_be_item(self, indent: int, bullet: str) -> bool:
        """Return whether an item is at this indent: below another one, or first below a key without a value."""
        for above, item, opens, key in reversed(self.above):
            if above > indent:
                continue
            if above < indent and self.holds_text(key):
                return False
            if above == indent:
                return item or opens
            return opens
        return bullet not in ("*", "+") and not bullet[0].isdigit()

    def holds_text(self, key: str) -> bool:
        """Return whether a key can hold nothing but a text: a list of Markdown below it is part of that."""
        value = self.grammar.value_of(key)
        return not value.anything and value.items is None and not value.keys

    def fix_key(self, begin: int, line: str) -> str:
        """Explain a key that is not followed by a colon, or that is in curly quotes; return the line fixed."""
        head = _HEAD.match(line)
        if head is None or not head["rest"]:
            return line
        at = head.start("rest")
        lead = "- " if head["dashes"] else ""
        match = _EQUALS.match(line, at)
        if match is not None and self.is_key_with_sign(match) and line[begin_of(line) : at].strip("- ") == "":
            value = line[match.end() :].strip()
            written = f"{match['key']}: {_ready(value)}".rstrip()
            message = f"a key ends in `:`, not `{match['sign']}`"
            place = self.source.span(begin + match.start("sign"), begin + match.end("sign"))
            whole = self.source.span(begin + at, begin + len(line.rstrip()))
            report = error_at("missing-colon", message, place, f"write {lead}{written}")
            if self.is_as_written(begin, line):
                self.add(("missing-colon", match["sign"]), report, [Edit(whole, written)])
            return line[:at] + written
        match = _NO_COLON.match(line, at)
        if match is not None and match["key"] in self.grammar.keys:
            key = match["key"]
            message = f"a `:` is missing after `{key}`"
            place = self.source.span(begin + at, begin + at + len(key))
            help = f"write {lead}{key}: {line[match.end() :].strip()}"
            end = begin + match.end("gap")
            report = error_at("missing-colon", message, place, help)
            if self.is_as_written(begin, line):
                self.add(("missing-colon", key), report, [Edit(self.source.span(place.end, end), ": ")])
            return f"{line[:at]}{key}: {line[match.end() :]}"
        match = _BOLD_KEY.match(line, at)
        if match is not None and match["key"] in self.grammar.keys and self.is_as_written(begin, line):
            rest = line[match.end() :].strip()
            message = f"`{match['key']}` is a key, and is written without `{match['mark']}`"
            place = self.source.span(begin + match.start(), begin + match.end())
            report = error_at("unknown-key", message, place, f"write {lead}{match['key']}: {_ready(rest)}".rstrip())
            self.add(("unknown-key",), report, [Edit(place, f"{match['key']}:")])
            return f"{line[:at]}{match['key']}:{line[match.end() :]}"
        match = _CURLY_KEY.match(line, at)
        if match is not None and match["key"] in self.grammar.keys and self.is_as_written(begin, line):
            message = f"curly quotes mean nothing to YAML, and `{match['key']}` needs none"
            place = self.source.span(begin + match.start("open"), begin + match.end("close"))
            help = f"write {lead}{match['key']}:{line[match.end() :]}"
            report = error_at("curly-quotes", message, place, help)
            self.add(("curly-quotes",), report, [Edit(place, match["key"])])
            return f"{line[:at]}{match['key']}:{line[match.end() :]}"
        return line

    def is_key_with_sign(self, match: re.Match[str]) -> bool:
        """Return whether a word before a sign other than `:` is a key: a known one, or any before two colons."""
        key, sign = match["key"], match["sign"]
        if sign == "::" and (match.end() > match.end("sign") or match.end() == len(match.string.rstrip())):
            return True
        return key in self.grammar.keys and (sign != ":-" or self.holds_text(key))

    def is_as_written(self, begin: int, line: str) -> bool:
        """Return whether the line is as in the file: its columns are, then."""
        return self.source.text.startswith(line.rstrip(), begin)


def begin_of(line: str) -> int:
    """Return where the indent of a line ends."""
    return len(line) - len(line.lstrip(" "))


def _is_keyed(text: str) -> bool:
    """Return whether a text begins with a key, also with one that has another sign after it."""
    return _KEY.match(text) is not None or _EQUALS.match(text) is not None


def _opens_bracket(above: list[str]) -> bool:
    """Return whether a bracket of the line above is still open."""
    return any(
        line.count("{") + line.count("[") > line.count("}") + line.count("]") or line.endswith(",") for line in above
    )


def _ready(value: str) -> str:
    """Return a value as YAML reads it: between quotes where it must."""
    return quote_text(value) if value and value[0] not in "\"'[{" and starts_oddly(value) else value


def _ends_open(line: str) -> bool:
    """Return whether a line ends with a key that has nothing after it."""
    colon = _LAST_COLON.search(line)
    if colon is None:
        return False
    begin = max(line.rfind(mark, 0, colon.start()) for mark in ":#") + 1
    before = line[begin : colon.start()]
    return _KEY_BEGINS.search(before if begin == 0 else f":{before}") is not None

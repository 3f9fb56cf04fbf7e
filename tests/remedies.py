"""Remedies followed as a person would follow them, and what is wrong with what comes of it.

A fix is applied. A help is read: what it says to write takes the place of what is marked. A remedy works if its error
is gone, the changed lines have no new one, each word that was typed is still there, and no text of the course shows
marks that belong to YAML, Markdown or HTML.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from courseweek.diagnostics import Diagnostic, Diagnostics, Edit, Span
from courseweek.files.project import Project
from courseweek.fixes import apply_fixes
from courseweek.model.author import full_name
from courseweek.model.page import Page
from courseweek.pipeline import make_site
from courseweek.read.course import read_course
from courseweek.read.reading_lists import READINGS_GRAMMAR
from courseweek.read.syllabus import SYLLABUS_GRAMMAR
from courseweek.schedule.schedule import schedule_course
from courseweek.yamltext.trial import is_good_fix

NOW = datetime(2027, 3, 10, 12, tzinfo=UTC)
SHOWN_MARKS = re.compile(
    r"(?:^|\s)(?:title|url|topic|name): |\]\(|<a |<li>|<ul|<p>|^- |%20(?:http|:)|^\{.*\}$|^\[.*\]\s*$"
)
"""What no title, name or address shows that was read as it was meant."""


@dataclass(frozen=True)
class Look:
    """What is found in a course, and the texts that it shows."""

    found: tuple[Diagnostic, ...]
    shown: frozenset[str]


Looker = Callable[[Mapping[str, str]], Look]
"""Looks at the course in which some files have other texts."""


def reader_of(folder: Path) -> Looker:
    """Return what reads and dates the course in a folder."""

    def look(texts: Mapping[str, str]) -> Look:
        found = Diagnostics()
        course = read_course(Project(folder, folder / "_site", dict(texts)), found)
        if course is not None:
            schedule_course(course, found)
        return Look(tuple(found), frozenset(_list_texts(course)))

    return look


def maker_of(folder: Path) -> Looker:
    """Return what makes the whole site of the course in a folder."""

    def look(texts: Mapping[str, str]) -> Look:
        found = Diagnostics()
        project = Project(folder, folder / "_site", dict(texts))
        make_site(project, NOW, found)
        return Look(tuple(found), frozenset(_list_texts(read_course(project, Diagnostics()))))

    return look


# Fields that hold Markdown, as a whole or in a line, and those that no page shows.
_MARKDOWN = {"body", "markdown", "note", "description", "late_policy", "text", "origin", "assets"}


_TAGS = re.compile(r"<(?:a|li|ul|p) ?[^<>]*>")


def _list_texts(value: Any) -> Iterator[str]:
    """Yield the texts of a value of the model that are shown as they are."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value) and not isinstance(value, Span | Page):
        for each in fields(value):
            if each.name == "markdown":
                yield from _TAGS.findall(getattr(value, each.name) or "")
            elif each.name in ("authors", "editors"):
                yield from map(full_name, getattr(value, each.name))
            elif each.name not in _MARKDOWN:
                yield from _list_texts(getattr(value, each.name))
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _list_texts(each)
    elif isinstance(value, list | tuple | frozenset | set):
        for each in value:
            yield from _list_texts(each)


def assert_remedy_works(look: Looker, diagnostic: Diagnostic) -> None:
    """Fail if the fix of a diagnostic, or what its help says to write, does not fix what it is about."""
    complaints = list(try_remedies(look, diagnostic))
    assert complaints == [], "\n".join(complaints)


def try_remedies(look: Looker, diagnostic: Diagnostic) -> Iterator[str]:
    """Yield what is wrong with the remedies of a diagnostic: one text for each that does not work."""
    before = look({})
    if diagnostic.span.file.startswith("layouts/"):
        return  # what is read of a course can be given otherwise, and layouts can't
    if diagnostic.name in OF_SLIPS and not _is_good(diagnostic, before):
        yield f"{diagnostic.name}: {diagnostic.message}\n  the fix: YAML can't read it, or keys or letters are lost"
    if diagnostic.fix:
        yield from _try(look, before, diagnostic, "the fix", [list(diagnostic.fix)])
    for written in read_help(diagnostic.help or ""):
        ways = list(place(written, diagnostic))
        yield from _try(look, before, diagnostic, f"`{written}`", ways)
    # With a fix, the lines that are to be moved are those of the fix.
    for column in re.findall(r"begin it in column (\d+)", diagnostic.help or "") if not diagnostic.fix else ():
        ways = list(_move(int(column) - 1, diagnostic))
        yield from _try(look, before, diagnostic, f"column {column}", ways)


OF_SLIPS = {
    "bad-escape", "bullet", "curly-quotes", "early-quote", "fence", "list-as-key", "lonely-text", "missing-colon",
    "missing-comma", "missing-dash", "missing-space", "one-line", "stray-bracket", "stray-tab", "unclosed-bracket",
    "unclosed-quote", "unquoted-colon", "unquoted-start",
}  # fmt: skip
"""What is reported of the YAML alone, so that the trial of the program must find its fix good."""


def _is_good(diagnostic: Diagnostic, before: Look) -> bool:
    """Return whether a fix is good by the program's own trial, next to the other fixes of the file."""
    file = diagnostic.span.file
    if file not in _GRAMMARS:
        return True
    own = {(edit.span.start, edit.span.end) for edit in diagnostic.fix}
    others = [edit for each in before.found for edit in each.fix if edit.span.file == file]
    besides = [edit for edit in others if (edit.span.start, edit.span.end) not in own]
    return is_good_fix(diagnostic.span.source.text, diagnostic.fix, _GRAMMARS[file], besides=besides)


_GRAMMARS = {"syllabus.yaml": SYLLABUS_GRAMMAR, "readings.yaml": READINGS_GRAMMAR}


def list_shown(look: Looker, diagnostic: Diagnostic) -> Iterator[frozenset[str]]:
    """Yield the texts that a course shows after each of the remedies that work."""
    before = look({})
    ways = [[list(diagnostic.fix)]] if diagnostic.fix else []
    ways += [list(place(written, diagnostic)) for written in read_help(diagnostic.help or "")]
    for way in ways:
        right = next((edits for edits in way if not list(_judge(look, before, diagnostic, edits))), None)
        if right is not None:
            yield look(apply_fixes([Diagnostic("error", diagnostic.name, "", diagnostic.span, fix=tuple(right))])).shown


def _try(look: Looker, before: Look, diagnostic: Diagnostic, what: str, ways: list[list[Edit]]) -> Iterator[str]:
    """Yield why none of the ways to follow a remedy works, if none does."""
    worst: list[str] = []
    for edits in ways:
        complaints = list(_judge(look, before, diagnostic, edits))
        if not complaints:
            return
        worst = worst or complaints
    at = f"{diagnostic.span.file}:{diagnostic.span.line}: {diagnostic.name}: {diagnostic.message}"
    yield f"{at}\n  help: {diagnostic.help}\n  {what}: {'; '.join(worst) or 'nobody can follow this'}"


REPLACED = {
    "ambiguous-time", "bad-date", "bad-day", "bad-id", "bad-moment", "bad-time", "bad-value", "bad-weight",
    "clock-change", "doubtful-time", "due-in-break", "unknown-anchor", "unknown-key", "unknown-zone", "wrong-weekday",
    "doubtful-address", "unknown-reading", "unknown-meeting", "unknown-scheme", "wrong-sum", "curly-quotes",
    "bad-address", "bad-scheme", "fence", "unknown-series",
}  # fmt: skip
"""What is marked by these is written in another way: its words need not be kept, those around it must."""
READ_NOW = {
    "due-before-out", "no-day-to-share", "outside-term", "reserved-id", "unknown-anchor", "unknown-scheme",
    "unknown-series", "unknown-week", "wrong-sum",
}  # fmt: skip
"""Errors of what could not be judged before it could be read."""


def _judge(look: Looker, before: Look, diagnostic: Diagnostic, edits: list[Edit]) -> Iterator[str]:
    fixed = Diagnostic("error", diagnostic.name, "", diagnostic.span, fix=tuple(edits))
    texts = apply_fixes([fixed])
    after = look(texts)
    counts = Counter((each.name, each.message) for each in before.found)
    counts[diagnostic.name, diagnostic.message] -= 1
    changed = {(edit.span.file, line) for edit in edits for line in _lines_after(edit, edits)}
    cut = any(each.name in ("too-many-faults", "too-many") for each in before.found)
    repeated = "likewise on " in (diagnostic.help or "")
    for each in after.found:
        key = each.name, each.message
        same = key == (diagnostic.name, diagnostic.message) and not repeated and not cut
        if counts[key] > 0:
            counts[key] -= 1
        elif diagnostic.name != each.name and (each.name in READ_NOW or _is_respelled(diagnostic)):
            continue
        elif same or ((each.span.file, each.span.line) in changed and each.severity == "error"):
            yield f"then {each.name}: {each.message}"
            return
    for file, text in texts.items():
        old = next(edit.span.source.text for edit in edits if edit.span.file == file)
        moved = "the others under" in (diagnostic.help or "")
        free = diagnostic.span.text if moved or diagnostic.name in REPLACED else ""
        if diagnostic.name in ("citation", "front-matter"):
            free += " ".join(_OF_FORMATS.findall("\n".join(edit.span.text for edit in edits)))
        if diagnostic.name == "pasted-table":
            free += " ".join(_HEADS_OF_COLUMNS.findall(diagnostic.span.text))
        if lost := list(_lost_words(old, text, free)):
            yield f"loses {', '.join(lost)}"
            return
    written = " ".join(" ".join(edit.text.replace('"', "").split()) for edit in edits)
    marks = [
        text
        for text in after.shown
        if SHOWN_MARKS.search(text) and (text not in before.shown or text.replace('"', "") in written)
    ]
    if marks:
        yield f"then shows {marks[0]!r}"


def _is_respelled(diagnostic: Diagnostic) -> bool:
    """Tell whether a key is spelled anew, so that its value is read for the first time."""
    near = re.fullmatch(r"did you mean `(.+)`\?", diagnostic.help or "")
    return near is not None and bool(get_close_matches(diagnostic.span.text.casefold(), [near[1]], 1, 0.7))


def _lines_after(edit: Edit, edits: list[Edit]) -> range:
    """Return the lines that an edit changes, as they are counted when all are applied."""
    shift = 0
    for each in edits:
        if each.span.file == edit.span.file and each.span.start < edit.span.start:
            shift += each.text.count("\n") - each.span.text.count("\n")
    first = edit.span.line + shift
    return range(first, first + edit.text.count("\n") + 1)


_WORD = re.compile(r"[^\W_]+")
_MADE = re.compile(
    r"h?t+ps?|www|doi|arxiv|org|abs|pdf|dx|url|link|retrieved|from|title|a|href|li|b|i|ol|ul|p|br|percent|and|to|at|am|pm"
    r"|uhr|h|\d.*",
    re.IGNORECASE,
)
"""Words of addresses, tags, dates and times, which are written in another way."""
_OF_FORMATS = re.compile(r"^\s*(?:- +)?(?:@\w+(?=\{)|\w+(?= *= *[{\"\d])|`{3}\w+)", re.MULTILINE)
"""Words of BibTeX and of a fence, which are no words of what is in them."""

_HEADS_OF_COLUMNS = re.compile(r"\b(?:title|paper|authors?|url|link|address|year|doi|venue|notes?)\b", re.IGNORECASE)
"""Words of the first row of a table, which say what the columns are."""


def _lost_words(before: str, after: str, free: str = "") -> Iterator[str]:
    """Yield the words of a text that are no longer there, but those of `free`; one spelled anew is not lost."""
    old, new = Counter(_WORD.findall(before)), Counter(_WORD.findall(after)) + Counter(_WORD.findall(free))
    gained = [word.casefold() for word in new - old]
    joined = "".join(_WORD.findall(after)).casefold()
    for word in old - new:
        if _MADE.fullmatch(word) or word.casefold() in gained or get_close_matches(word.casefold(), gained, 1, 0.5):
            continue
        if new[word] == 0 and word.casefold() in joined:
            continue
        if new[word] and re.search(rf"\b{word}\b['\"]?[ ]*:", after):  # a key that is written once
            continue
        yield word


# Sentences around what is to be written.
_STARTS = re.compile(
    r"(?:^|[;,:] |\bown )"
    r"(?:[Ww]rite(?: %20 for a (?:blank|space):| one of them,| the keys out:)?"
    r"|put (?:it|the whole text) in quotes:|did you mean) (?=\S)"
)
_TAILS = re.compile(
    "|".join(
        (
            r" in place of \w+:$",
            r", without (?:brackets|braces|quotes|keys|\w+:).*",
            r", with the words .*",
            r", in quotes$",
            r", the end of the day before$",
            r" alone$",
            r" on one line",
            r" in (?:the column of|column \d+).*",
            r" for (?:its|the|what) (?:end|beginning|is to be).*",
            r" here$",
            r", or$",
            r",? or (?:delete|say|add|fix|put|change|another|title: and) .*",
            r",? if (?:you mean the meeting|it is a comment)$",
            r" for all (?:meetings|of them)$",
            r" in syllabus\.yaml$",
            r", and (?:another note|other notes) about .*",
            r", (?:which is|and choose|and the others) .*",
        )
    )
)
"""What comes behind a text that is to be written."""
_MEANING = re.compile(
    r" \((?:“.*?”|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), [A-Z][a-z]{2} \d+(?:, week \d+)?)\)(?=[,;] | or |$)"
)
"""Which reading or meeting an id is of."""
_ON_TOP = re.compile(r"write these lines at the top of the file:\n(.*)", re.DOTALL)
_ADVICE = re.compile(
    "|".join(
        (
            r"\bsuch as\b|\bas in\b|…|words\b|, and an id|and an id",
            r": and (?:its|the|what)\b",
            r"\b(?:one of|in its place|in place of|above|as the lines)\b|before it$|where (?:it|a key ends)",
            r"^(?:it|its|one|the|this|which|when|each|all|a|an|at|another|four|out|digits|in)\b(?! \d|:)",
            r"^Tuesday before, 1",
        )
    )
)
"""What is no text to be written, but says in words what is."""


def read_help(help: str) -> list[str]:
    """Return the texts that a help says to write."""
    if on_top := _ON_TOP.fullmatch(help):
        return [on_top[1]]
    help = _MEANING.sub("", help)
    starts = list(_STARTS.finditer(help))
    found: list[str] = []
    for at, match in enumerate(starts):
        end = starts[at + 1].start() if at + 1 < len(starts) else len(help)
        part = _cut(help[match.end() : end])
        if "did you mean" in match[0]:
            part = part.partition("?")[0] if not part.startswith("`") else part.rpartition("?")[0] or part
        while (shorter := _TAILS.sub("", part).strip(" ,")) != part:
            part = shorter
        if _ADVICE.search(part):
            continue
        texts = (each.strip(" ,") for each in _alternatives(part))
        bare = (each[1:-1] if len(each) > 2 and each[0] == each[-1] == "`" else each for each in texts)
        found += [each for each in bare if each and not _ADVICE.search(each)]
    return found


def _cut(text: str) -> str:
    """Return the text up to the first `; ` that is not in quotes."""
    quote = ""
    for at, char in enumerate(text):
        if quote:
            quote = "" if char == quote and text[at - 1] != "\\" else quote
        elif char in '"`' or (char == "'" and (at == 0 or text[at - 1] in " [{(")):
            quote = char
        elif text.startswith("; ", at):
            return text[:at]
    return text


def _alternatives(text: str) -> list[str]:
    """Return what is written with `or` between: all of it, where that is in quotes or brackets."""
    if re.search("[\"'\\[{(]", text) or len(text) > 80:
        return [text]
    return re.split(r",? or |, (?=[a-z-]+(?:,| or ))", text) if " or " in text else [text]


def _find_column(diagnostic: Diagnostic) -> int | None:
    """Return the column, from 0, in which a help says to write; None if it says none."""
    help, text = diagnostic.help or "", diagnostic.span.source.text
    if match := re.search(r"in column (\d+)", help):
        return int(match[1]) - 1
    match = re.search(r"in the column of (?:`(\w+)`|its other keys)", help)
    if match is None:
        return None
    above = list(re.finditer(rf"^[ -]*(?={match[1] or 'title'}:)", text[: diagnostic.span.start], re.MULTILINE))
    return len(above[-1][0]) if above else None


def _move(column: int, diagnostic: Diagnostic) -> Iterator[list[Edit]]:
    """Yield how a person moves a line to a column: alone, with the deeper lines below it, or with all of its list."""
    source, begin = diagnostic.span.source, _line_of(diagnostic.span).begin
    lines = list(re.compile(r"^(?P<indent>[ ]*)(?=\S).*", re.MULTILINE).finditer(source.text, begin))
    if not lines:
        return
    old = len(lines[0]["indent"])
    deeper = [len(line["indent"]) > old for line in lines]
    entries = [more or re.match(r"[-•*]", line[0][old:]) for more, line in zip(deeper, lines, strict=True)]
    for kept in ([], deeper, entries):
        below = 0
        while below + 1 < len(kept) and kept[below + 1]:
            below += 1
        yield [
            Edit(source.span(*line.span("indent")), " " * max(0, len(line["indent"]) + column - old))
            for line in lines[: below + 1]
        ]


def _find_collections(span: Span) -> Iterator[Span]:
    """Yield the collections around a place, inner ones first: between brackets, then as lines below a key."""
    source, text = span.source, span.source.text
    begin, end = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
    end = len(text) if end < 0 else end
    for start in range(span.start, begin - 1, -1):
        if text[start] not in "{[":
            continue
        depth = 0
        for at in range(start, end):
            depth += (text[at] in "{[") - (text[at] in "}]")
            if depth == 0:
                if at + 1 >= span.end:
                    yield source.span(start, at + 1)
                break
    indent = re.compile(r"[ ]*").match(text, begin)
    assert indent is not None
    for match in re.compile(r"\b[\w-]+: (?=(?P<value>[^{}\n]*))").finditer(text, begin, end):
        if match.start("value") <= span.start <= match.end("value"):
            yield source.span(*match.span("value"))
    lines = re.compile(rf"(?:^[ ]{{{len(indent[0])},}}\S.*\n)+", re.MULTILINE)
    for match in lines.finditer(text):
        if match.start() <= span.start < match.end():
            yield source.span(match.start() + len(indent[0]), match.end() - 1)


@dataclass(frozen=True)
class _Line:
    """The line on which something is marked: where it begins and ends, and where its words begin behind indent and `-`.

    `last` is the end of the last line that is marked.
    """

    span: Span
    begin: int
    lead: int
    words: int
    end: int
    last: int


def _line_of(span: Span) -> _Line:
    text = span.source.text
    begin = text.rfind("\n", 0, span.start) + 1
    lead = _match(r"[ \t\u00a0]*", text, begin)
    words = _match(r"(?:-[ \t]+)*", text, lead)
    ends = [at if at >= 0 else len(text) for at in (text.find("\n", span.start), text.find("\n", span.end))]
    return _Line(span, begin, lead, words, ends[0], max(ends[1], span.end))


def _match(pattern: str, text: str, at: int) -> int:
    """Return where a pattern that may be empty ends."""
    found = re.compile(pattern).match(text, at)
    return found.end() if found else at


Way = tuple[int, int, str]
"""What takes the place of the text between two indices."""


def place(written: str, diagnostic: Diagnostic) -> Iterator[list[Edit]]:
    """Yield the ways in which a person may put into the file what a help says to write, the likeliest first."""
    line, help = _line_of(diagnostic.span), diagnostic.help or ""
    ways = list(_place_as_reported(written, line, help))
    if not ways or _find_column(diagnostic) is not None or "on one line" in help:
        ways += _place_pair(written, line, missing=diagnostic.name in ("missing-key", "no-date"))
        ways += _place_mark(written, line, whole="brackets" in help or written[0] in "{[")
        ways += _place_line(written, line)
    source = diagnostic.span.source
    yield from ([Edit(source.span(start, max(start, end)), text)] for start, end, text in ways)


_KEYS = re.compile(r"(?P<first>[\w -]+: .*?),? and (?P<second>[a-z_]+: \S+) below it$")


def _place_as_reported(written: str, line: _Line, help: str) -> Iterator[Way]:
    """Yield where a help itself says that something is to be written."""
    text = line.span.source.text
    if _ON_TOP.fullmatch(help):
        yield 0, 0, f"{written}\n"
    column = _find_column(Diagnostic("error", "", "", line.span, help))
    if column is not None:
        yield line.begin, line.last, " " * column + written
    if pair := _KEYS.match(written):
        indent = " " * (line.words - line.begin)
        yield line.words, max(line.end, line.span.end), f"{pair['first']}\n{indent}{pair['second']}"
    above = text.rfind(written.partition(" ")[0], 0, line.span.start)
    if "on one line" in help and above >= 0:
        yield above, line.last, written
    instead = re.search(r"in place of (\w+):", help)
    if instead and (old := re.compile(rf"\b{instead[1]}: [^,}}\n]+").search(text, line.begin)):
        yield old.start(), old.end(), written


def _place_pair(written: str, line: _Line, *, missing: bool) -> Iterator[Way]:
    """Yield where `key: value` takes the place of a key and its value, or is added where the key is missing."""
    text, span = line.span.source.text, line.span
    if not re.match(r"[\w-]+: ?", written) or re.match(r"[a-z]+://|mailto:|\d", written):
        return
    name = written.partition(":")[0]
    pattern = re.compile(rf"(?<![\w-]){re.escape(name)}[ ]*:[ ]*")
    keys = [each.start() for each in pattern.finditer(text, line.begin, line.end) if each.start() <= span.start]
    for at in keys[-1:]:
        stop = _STOP.search(text, span.end)
        yield at, span.end, written
        yield at, line.last, written
        yield at, max(span.end, stop.end() if stop else 0), written
    key = re.compile(r"[\w-]+: $").search(text, line.begin, span.start)
    for at in (span.start, *([key.start()] if key else [])) if missing else ():
        yield at, at, f"{written}, "
        yield at, at, f"{written}\n{' ' * (at - line.begin)}"


_STOP = re.compile(r"(?=,[ ]+)|(?=[}\]]+[,}\]]*[ ]*$)|$", re.MULTILINE)
"""The end of a value: a comma, closing brackets at the end of the line, or that."""


def _place_mark(written: str, line: _Line, *, whole: bool) -> Iterator[Way]:
    """Yield the mark itself, the words that begin there, and the collections around it."""
    text, span = line.span.source.text, line.span
    spaced = re.compile(r"[ ]+".join(re.escape(each) for each in written.split(": ", 1)))
    if ": " in written and (split := spaced.match(text, span.start)):
        yield split.start(), split.end(), written
    yield span.start, span.end, written
    if whole:
        yield from ((each.start, each.end, written) for each in _find_collections(span))


def _place_line(written: str, line: _Line) -> Iterator[Way]:
    """Yield the lines of the mark, as far as they can be meant: with the `-`, the key, or the indent, or without."""
    text, span = line.span.source.text, line.span
    through = max(line.end, span.end)
    if written.startswith("- "):
        yield line.lead, line.last, written
        yield line.lead, line.end, written
        yield line.begin, line.last, written
    key = re.compile(r"(?:[\w *-]+?)[ ]?:(?!//)[ ]*").match(text, line.words)
    if key is not None and re.fullmatch(r"[\w-]+:", written):
        yield line.words, key.end(), written
    elif key is not None:
        yield key.end(), through, written
        yield line.words, key.end() - 1, written
    yield line.words, through, written
    yield line.lead, through, written
    yield span.start, through, written
    yield line.begin, through, written
    for word in re.finditer(r"[\w.:/-]+", span.text):
        if get_close_matches(written, [word[0]], 1, 0.6):
            yield span.start + word.start(), span.start + word.end(), written
    yield span.end, span.end, written

"""Pasted text in a file of YAML, found on its lines before any YAML is read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from courseweek.diagnostics import Diagnostic, Edit, Source
from courseweek.frozen import dataclass
from courseweek.model.slug import make_slug
from courseweek.read.pasted.citation import Verbatim, write_bullet, write_entry
from courseweek.read.pasted.place import find_place
from courseweek.read.pasted.signs import may_hold
from courseweek.read.pasted.text_lines import KEY, Pasted, TextLine, goes_on, split_lines
from courseweek.regex import lazy_pattern

if TYPE_CHECKING:
    from courseweek.read.pasted.recognizers import Recognize

MOST_SHOWN = 3
"""Readings that a remedy shows."""
MOST_MERGED = 200
"""Readings of one source that are reported together, though others follow."""
MOST_PASTES = 20
"""Pastes of one file that are reported."""
MOST_TRIED = 500
"""Lines with a bracket at their start that are looked at: the end of each may be far below."""
MOST_PLAIN = 200_000
"""Characters of lines that are looked at and are not part of a paste."""
_BRACKETS = ("[", "{")
_SPECIAL = lazy_pattern(r"(?:links|materials|optional|required|mandatory):[ ]")
_FENCE = lazy_pattern(r"(?:`{3}|~{3})\w*")


@dataclass(frozen=True, slots=True)
class FoundPaste:
    """Pasted lines of a file: the error, and the indices between which they are.

    What is read on is what `diagnostic.fix` writes there, or nothing.
    """

    diagnostic: Diagnostic
    start: int
    end: int

    @property
    def edits(self) -> tuple[Edit, ...]:
        """What makes the rest of the file readable: the fix, or else the lines cut out."""
        span = self.diagnostic.span
        return self.diagnostic.fix or (Edit(span.source.span(self.start, self.end), ""),)


def find_pasted(source: Source, *, readings: bool) -> list[FoundPaste]:
    """Return what was pasted into a file of YAML; citations are looked for only in a list of `readings`."""
    if not may_hold(f"\n{source.text}", readings=readings):
        return []
    # Hardly any file needs them.
    from courseweek.read.pasted.recognizers import ANYWHERE, IN_READINGS, IN_TEXT

    lines = split_lines(source.text)
    recognizers = IN_READINGS if readings else ANYWHERE
    found: list[FoundPaste] = []
    kept: list[TextLine] = []  # what is above, without the pastes
    block: int | None = None
    begun = False
    at = tried = plain = 0
    while at < len(lines) and len(found) < MOST_PASTES and tried < MOST_TRIED and plain < MOST_PLAIN:
        line = lines[at]
        if block is not None and (line.is_empty or line.indent > block):
            kept.append(line)
            at += 1
            continue
        block = None
        paste = None
        if not _is_ordinary(line, begun=begun):
            plain += len(line.body)
            paste = _recognize_all(IN_TEXT if readings and goes_on(lines, at) else recognizers, lines, at)
        if paste is None:
            block = line.indent if line.opens_block else None
            begun = begun or not (line.is_empty or line.is_comment)
            tried += line.body[:1] in _BRACKETS
            kept.append(line)
            at += 1
            continue
        plain -= len(line.body)
        before = 1 if kept and _FENCE.fullmatch(kept[-1].body) and _closes(lines, at + paste.count) else 0
        first, last = at - before, at + paste.count + before
        found.append(_report(source, lines, kept[: len(kept) - before], paste, first, last))
        at = last
    return found


def _is_ordinary(line: TextLine, *, begun: bool) -> bool:
    """Return whether a line is space, a comment, or a key that only YAML has."""
    if line.is_empty or line.is_comment:
        return True
    return begun and KEY.match(line.body) is not None and "{" not in line.body and _SPECIAL.match(line.body) is None


def _recognize_all(recognizers: Sequence[Recognize], lines: Sequence[TextLine], at: int) -> Pasted | None:
    """Return what is recognized on a line, with all of the same source that follows it directly, as one paste."""
    paste = _recognize(recognizers, lines, at)
    while paste is not None:
        below = at + paste.count
        while below < len(lines) and lines[below].is_empty:
            below += 1
        more = _recognize(recognizers, lines, below) if below < len(lines) and paste.rewritten is None else None
        if (
            more is None
            or len(paste.entries) > MOST_MERGED
            or (more.name, more.what, more.sure) != (paste.name, paste.what, paste.sure)
        ):
            break
        entries = (*paste.entries, *more.entries)
        paste = Pasted(paste.name, paste.what, below + more.count - at, entries, paste.sure)
    return paste


def _recognize(recognizers: Sequence[Recognize], lines: Sequence[TextLine], at: int) -> Pasted | None:
    for recognize in recognizers:
        paste = recognize(lines, at)
        if paste is not None:
            return paste
    return None


def _closes(lines: Sequence[TextLine], at: int) -> bool:
    return at < len(lines) and lines[at].body in ("```", "~~~")


def _report(
    source: Source, lines: Sequence[TextLine], above: Sequence[TextLine], paste: Pasted, first: int, last: int
) -> FoundPaste:
    """Return the error for a paste on the lines from `first` to before `last`, with what to write in its place."""
    start, end = lines[first].start, lines[last - 1].end
    span = source.span(start + lines[first].indent, lines[first].end)
    name = paste.name
    message = paste.message or f"this is {paste.what}; a reading has keys such as `title:` and `url:`"
    if paste.rewritten is not None:
        written, sure, help = list(paste.rewritten), paste.sure, paste.help
    else:
        written, sure, help = _convert(lines, above, paste, last)
    line_end = "\r\n" if source.text[end : end + 2] == "\r\n" else "\n"
    fix = (Edit(source.span(start, end), line_end.join(written)),) if sure else ()
    return FoundPaste(Diagnostic("error", name, message, span, help, fix=fix), start, end)


def _convert(
    lines: Sequence[TextLine], above: Sequence[TextLine], paste: Pasted, last: int
) -> tuple[list[str], bool, str]:
    """Return the lines of YAML that say what a paste says, whether they can be written there, and the remedy."""
    place = find_place([*above, *lines[last:]], len(above), len(above))
    indent = place.indent if place is not None else 4
    write = write_bullet if place is not None and place.markdown else write_entry
    entries = [write(entry, indent) for entry in paste.entries]
    if not entries:
        return [], False, "write title: and the title, and below it url: and the address"
    titles = {make_slug(each if isinstance(each, str) else each.title) for each in paste.entries}
    known = {make_slug(each.body.partition("title:")[2]) for each in above if "title:" in each.body}
    sure = paste.sure and place is not None and place.sure and not titles & known
    sure = sure and not (
        place is not None and place.markdown and any(isinstance(each, Verbatim) for each in paste.entries)
    )
    head = "write in its place:"
    if place is None or not place.sure:
        head = "write it below `required:` or `optional:` of its meeting:"
    elif not paste.sure:
        head = "write in its place, with the title, the authors and the year where they belong:"
    shown = [line for entry in entries[:MOST_SHOWN] for line in entry]
    if len(entries) > MOST_SHOWN:
        shown.append(f"{' ' * indent}# … and {len(entries) - MOST_SHOWN} more")
    return [line for entry in entries for line in entry], sure, "\n".join([head, *shown])

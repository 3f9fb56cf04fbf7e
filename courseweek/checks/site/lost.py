"""Each word that was written is shown, and as GitHub's preview shows it.

Passing: a row with as many cells as its table's head, `[1]: https://…` where a link goes by `[1]`, `<!-- a note -->`.
Failing: a row with more cells, `[1]: https://…` that no link goes by, `<iframe src="…">`, `[^1]` without its note, a
comment in the middle of a line with an empty line in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from courseweek.checks.site.placed_text import PlacedText
from courseweek.comments import hide_code
from courseweek.diagnostics import Diagnostic, Edit, Span
from courseweek.regex import lazy_pattern
from courseweek.render.markdown.remarks import Remark
from courseweek.render.pages import RenderedPages

_DEFINITION = lazy_pattern(r"^[ >]*(\[([^\[\]\r\n]*)\]:[^\r\n]*[^\s])", re.MULTILINE)
_NOTE = lazy_pattern(r"^[ >]*\[\^(\w{1,60})\]:", re.MULTILINE)
_MARK = lazy_pattern(r"(?<!\\)\[\^(\w{1,60})\](?!:)")
# The mark of a formula in a row that is being rendered, and formulas as written.
_FORMULA = lazy_pattern(r"[\ue000-\uf8ff]\d*[\ue000-\uf8ff]|\$[^$\n]*\$")

_BAR = lazy_pattern(r"(?<!\\)\|")
_PLAIN_LINE = lazy_pattern(r"[^\W\d_]")


def explain_surplus_rows(remarks: Sequence[Remark], text: PlacedText) -> Iterator[Diagnostic]:
    """Yield a warning for each row with more cells than its table has columns."""
    rows = {_key(remark.text) for remark in remarks}
    message = "this row has more cells than its table's first row; the extra cells are not shown"
    help = "give the first two rows the same number of cells, or write `\\|` for a `|` inside the text"
    for each in text.places.texts:
        for line in re.finditer(r"[^\r\n]*\|[^\r\n]*", each.text):
            if _key(line[0].lstrip(" >")) in rows:
                yield Diagnostic("warning", "lost-cell", message, _words_in(each, line), help)


def _key(row: str) -> str:
    """Return a row without spaces and formulas."""
    return "".join(_FORMULA.sub("", row).split())


def explain_unused_definitions(remarks: Sequence[Remark], text: PlacedText) -> Iterator[Diagnostic]:
    """Yield a warning for each definition of a link that no link goes by."""
    names = {remark.text for remark in remarks}
    for each in text.places.texts:
        for line in _DEFINITION.finditer(hide_code(each.text)):
            name = line[2].strip()
            if name.lower() in names:
                message = f"no link uses `[{name}]`, so this line is not shown"
                help = (
                    f"write [words][{name}] where the link belongs; if the line is plain text, write \\[ in "
                    f"place of `[`"
                )
                yield Diagnostic("warning", "unused-link", message, each.within(*line.span(1)), help)


def check_footnotes(rendered: RenderedPages) -> Iterator[Diagnostic]:
    """Yield a warning for each mark of a footnote that is not written."""
    for each in rendered.prose:
        if "[^" in each.prose.text:
            yield from _footnotes(each.prose)


def _footnotes(text: Span) -> Iterator[Diagnostic]:
    words = hide_code(text.text)
    written = {name.lower() for name in _NOTE.findall(words)}
    for mark in _MARK.finditer(words):
        if mark[1].lower() not in written:
            message = f"this page has no footnote `{mark[0]}`, so the mark is shown as typed"
            help = f"add a line such as {mark[0]}: The note. If it is not a footnote, put it in backticks"
            yield Diagnostic("warning", "unwritten-footnote", message, text.within(*mark.span()), help)


def explain_left_out_tags(remarks: Sequence[Remark], text: PlacedText) -> Iterator[Diagnostic]:
    """Yield a warning for each tag of which nothing is shown."""
    names = {remark.text for remark in remarks}
    pattern = re.compile(rf"<({'|'.join(sorted(names))})(?![^\s<>/])[^<>\n]*>?", re.IGNORECASE)
    help = "pages show Markdown and images; write a link to a video, a form or another site"
    for each in text.places.texts:
        for tag in pattern.finditer(hide_code(each.text)):
            message = f"`<{tag[1].lower()}>` isn't allowed on a page and is left out"
            yield Diagnostic("warning", "left-out", message, each.within(*tag.span()), help)


def explain_cut_formulas(remarks: Sequence[Remark], text: PlacedText) -> Iterator[Diagnostic]:
    """Yield a warning for each formula of a table that GitHub cuts at a `|`."""
    for formula in dict.fromkeys(remark.text for remark in remarks):
        place = text.places.words(formula)[0]
        escaped = _BAR.sub(r"\\|", formula)
        yield Diagnostic(
            "warning",
            "markdown-differs",
            "GitHub's preview ends the cell at the `|` in this formula",
            place,
            f"write {escaped}",
            fix=(Edit(place, escaped),) if text.page is not None and place.text == formula else (),
        )


def explain_open_comments(remarks: Sequence[Remark], text: PlacedText) -> Iterator[Diagnostic]:
    """Yield a warning for each comment without an end."""
    for remark in dict.fromkeys(remarks):
        effect = "nothing below it is shown" if remark.kind == "endless-comment" else "it is shown as typed"
        message = f"this comment is never closed, so {effect}"
        yield Diagnostic("warning", "open-comment", message, _opening_of(remark, text), "write --> where it ends")


def explain_across_comments(remarks: Sequence[Remark], text: PlacedText) -> Iterator[Diagnostic]:
    """Yield a warning for each comment in the middle of a line that GitHub takes for words."""
    for remark in dict.fromkeys(remarks):
        opening = _opening_of(remark, text)
        yield Diagnostic(
            "warning",
            "markdown-differs",
            "GitHub's preview shows this comment or hides what follows it; this site hides only the comment",
            opening,
            "put `<!--` on a line of its own, and indent the other lines of the comment the same",
            fix=_edits_of(opening) if text.page is not None else (),
        )


def _opening_of(remark: Remark, text: PlacedText) -> Span:
    """Return the place of the `<!--` of a comment."""
    place = text.places.words(remark.text.rstrip())[0]
    return Span(place.source, place.start, min(place.start + 4, place.end))


def _edits_of(opening: Span) -> tuple[Edit, ...]:
    """Return what puts a comment between paragraphs on lines of its own; nothing where it is in a list or the like."""
    text = opening.source.text
    line_start = text.rfind("\n", 0, opening.start) + 1
    end = text.find("-->", opening.start) + 3
    before, after = text[line_start : opening.start], text[end:].partition("\n")[0]
    if end < 3 or not _PLAIN_LINE.match(before) or not before.strip():
        return ()
    edits = [Edit(Span(opening.source, opening.start, opening.start), "\n")]
    if after.strip():
        edits.append(Edit(Span(opening.source, end, end), "\n"))
    return tuple(edits)


def _words_in(text: Span, line: re.Match[str]) -> Span:
    """Return the place of a line without the spaces around it."""
    lead = len(line[0]) - len(line[0].lstrip())
    return text.within(line.start() + lead, line.start() + len(line[0].rstrip()))

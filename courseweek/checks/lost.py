"""Each word that was written is shown, and as GitHub's preview shows it.

Passing: a row with as many cells as its table's head, `[1]: https://…` where a link goes by `[1]`, `<!-- a note -->`.
Failing: a row with more cells, `[1]: https://…` that no link goes by, `<iframe src="…">`, `[^1]` without its note, a
comment in the middle of a line with an empty line in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from courseweek.checks.places import Places
from courseweek.checks.words import hide_code
from courseweek.diagnostics import Diagnostic, Edit, Span
from courseweek.regex import lazy_pattern
from courseweek.render.markup import Links
from courseweek.render.pages import DrawnPages

_DEFINITION = lazy_pattern(r"^[ >]*(\[([^\[\]\r\n]*)\]:[^\r\n]*[^\s])", re.MULTILINE)
_NOTE = lazy_pattern(r"^[ >]*\[\^(\w{1,60})\]:", re.MULTILINE)
_MARK = lazy_pattern(r"(?<!\\)\[\^(\w{1,60})\](?!:)")
# The mark of a formula in a row that is being rendered, and formulas as written.
_FORMULA = lazy_pattern(r"[\ue000-\uf8ff]\d*[\ue000-\uf8ff]|\$[^$\n]*\$")

_BAR = lazy_pattern(r"(?<!\\)\|")
_PLAIN_LINE = lazy_pattern(r"[^\W\d_]")


def check_lost(drawn: DrawnPages, yaml: Places) -> Iterator[Diagnostic]:
    """Yield a warning for what was written and is not shown, at its place; `yaml` knows the texts of the YAML files."""
    for page in drawn.prose:
        yield from _lost(page.links, (page.prose,))
        if "[^" in page.prose.text:
            yield from _footnotes(page.prose)
        yield from _differences(page.links, Places((page.prose,)), mend=True)
    yield from _lost(drawn.yaml, yaml.texts)
    yield from _differences(drawn.yaml, yaml, mend=False)


def _lost(links: Links, texts: tuple[Span, ...]) -> Iterator[Diagnostic]:
    if links.surplus_rows:
        yield from _rows({_key(row) for row in links.surplus_rows}, texts)
    if links.unused_definitions:
        yield from _definitions(frozenset(links.unused_definitions), texts)
    if links.left_out:
        yield from _tags(frozenset(links.left_out), texts)


def _key(row: str) -> str:
    """Return a row without spaces and formulas."""
    return "".join(_FORMULA.sub("", row).split())


def _rows(rows: set[str], texts: tuple[Span, ...]) -> Iterator[Diagnostic]:
    message = "this row has more cells than its table's first row; the extra cells are not shown"
    help = "give the first two rows the same number of cells, or write `\\|` for a `|` inside the text"
    for text in texts:
        for line in re.finditer(r"[^\r\n]*\|[^\r\n]*", text.text):
            if _key(line[0].lstrip(" >")) in rows:
                yield Diagnostic("warning", "lost-cell", message, _words_in(text, line), help)


def _definitions(names: frozenset[str], texts: tuple[Span, ...]) -> Iterator[Diagnostic]:
    for text in texts:
        for line in _DEFINITION.finditer(hide_code(text.text)):
            name = line[2].strip()
            if name.lower() in names:
                message = f"no link uses `[{name}]`, so this line is not shown"
                help = (
                    f"write [words][{name}] where the link belongs; if the line is plain text, write \\[ in "
                    f"place of `[`"
                )
                yield Diagnostic("warning", "unused-link", message, text.within(*line.span(1)), help)


def _footnotes(text: Span) -> Iterator[Diagnostic]:
    words = hide_code(text.text)
    written = {name.lower() for name in _NOTE.findall(words)}
    for mark in _MARK.finditer(words):
        if mark[1].lower() not in written:
            message = f"this page has no footnote `{mark[0]}`, so the mark is shown as typed"
            help = f"add a line such as {mark[0]}: The note. If it is not a footnote, put it in backticks"
            yield Diagnostic("warning", "unwritten-footnote", message, text.within(*mark.span()), help)


def _tags(names: frozenset[str], texts: tuple[Span, ...]) -> Iterator[Diagnostic]:
    pattern = re.compile(rf"<({'|'.join(sorted(names))})(?![^\s<>/])[^<>\n]*>?", re.IGNORECASE)
    help = "pages show Markdown and images; write a link to a video, a form or another site"
    for text in texts:
        for tag in pattern.finditer(hide_code(text.text)):
            message = f"`<{tag[1].lower()}>` isn't allowed on a page and is left out"
            yield Diagnostic("warning", "left-out", message, text.within(*tag.span()), help)


def _differences(links: Links, places: Places, *, mend: bool) -> Iterator[Diagnostic]:
    """Yield a warning for each comment and formula that GitHub reads otherwise; with `mend` its text may be changed."""
    for kind, words in dict.fromkeys(links.strange_comments):
        yield _comment(kind, places.words(words.rstrip())[0], mend=mend)
    for formula in dict.fromkeys(links.cut_formulas):
        place = places.words(formula)[0]
        escaped = _BAR.sub(r"\\|", formula)
        yield Diagnostic(
            "warning",
            "markdown-differs",
            "GitHub's preview ends the cell at the `|` in this formula",
            place,
            f"write {escaped}",
            fix=(Edit(place, escaped),) if mend and place.text == formula else (),
        )


def _comment(kind: str, place: Span, *, mend: bool) -> Diagnostic:
    opening = Span(place.source, place.start, min(place.start + 4, place.end))
    if kind != "across":
        effect = "nothing below it is shown" if kind == "endless" else "it is shown as typed"
        message = f"this comment is never closed, so {effect}"
        return Diagnostic("warning", "open-comment", message, opening, "write --> where it ends")
    edits = _edits_of(opening) if mend else ()
    return Diagnostic(
        "warning",
        "markdown-differs",
        "GitHub's preview shows this comment or hides what follows it; this site hides only the comment",
        opening,
        "put `<!--` on a line of its own, and indent the other lines of the comment the same",
        fix=edits,
    )


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

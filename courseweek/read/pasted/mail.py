"""Lines of an e-mail that is quoted: each with `>` before it."""

from __future__ import annotations

from collections.abc import Sequence

from courseweek.read.pasted.citation import Citation, Entry, Verbatim, make_linked
from courseweek.read.pasted.text_lines import Pasted, TextLine, split_bullet, split_lines
from courseweek.read.values.bare_addresses import find_bare
from courseweek.regex import lazy_pattern

_QUOTED = lazy_pattern(r"(?:>[ ]?)+(?P<text>.*)")
_CONFLICT = ">" * 7
"""What git writes below a merge conflict."""
_BLOCK = lazy_pattern(r">[-+0-9]*(?:[ ]+#.*)?")


def find_mail(lines: Sequence[TextLine], at: int) -> Pasted | None:
    """Return the readings of the lines with `>` that begin here, or None."""
    texts: list[str] = []
    end = at
    while end < len(lines) and (text := _read_line(lines[end])) is not None:
        texts.append(text)
        end += 1
    if not any(text.strip() for text in texts):
        return None
    bare = split_lines("\n".join(texts))
    if bare[0].is_entry and bare[0].dashes and bare[0].has_key:
        entries: tuple[Entry, ...] = (_dedent(bare),)
        return Pasted("pasted-mail", "a quoted e-mail", end - at, entries, all(map(_is_yaml, bare)))
    entries, sure = (), True
    for line in bare:
        entry, whole = _read_text(line)
        entries += (entry,) if entry is not None else ()
        sure = sure and whole
    return Pasted("pasted-mail", "a quoted e-mail", end - at, entries, sure and bool(entries))


def _read_line(line: TextLine) -> str | None:
    match = _QUOTED.fullmatch(line.body) if not line.body.startswith(_CONFLICT) else None
    return None if match is None or (_BLOCK.fullmatch(line.body) and line.body != ">") else match["text"]


def _is_yaml(line: TextLine) -> bool:
    return line.is_empty or line.has_key or bool(line.dashes)


def _dedent(lines: Sequence[TextLine]) -> Verbatim:
    """Return lines of YAML without the indent of the first."""
    by = lines[0].indent
    return Verbatim(tuple(each.text[min(by, each.indent) :].rstrip() for each in lines if not each.is_empty))


def _read_text(line: TextLine) -> tuple[Citation | str | None, bool]:
    """Return the reading of a line of text with an address, and whether the line says no more."""
    bullet, text = split_bullet(line.body)
    bare = find_bare(text)
    if bare is None:
        return None, not text
    entry, sure = make_linked(bare.words, bare.url, bare.before, bare.after.strip())
    # Without a bullet the words may be those of a letter.
    return entry, sure and bool(line.dashes or bullet)

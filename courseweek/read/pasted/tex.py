r"""LaTeX: items of a list with links (`\item \href{https://…}{Knots}`), and entries of a bibliography (`\bibitem`)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from courseweek.read.pasted.bibtex import read_latex
from courseweek.read.pasted.citation import Citation, make_citation, make_linked
from courseweek.read.pasted.styles import read_people, read_reference
from courseweek.read.pasted.text_lines import Pasted, TextLine, is_key, join_bodies
from courseweek.read.values.bare_addresses import find_bare
from courseweek.regex import lazy_pattern

MOST_ITEM_LINES = 400
"""Lines of one list or bibliography that are taken together."""
MOST_CHARACTERS = 20_000
"""Characters of LaTeX that are read: in longer ones it is only named."""
_COMMAND = lazy_pattern(r"\\(?:item|href|url|bibitem|newblock|begin|end)\b")
_FRAME = lazy_pattern(r"\\(?:begin|end)\{\w+\*?\}(?:\{\w*\}|\[[^\]]*\])*")
_ITEM = lazy_pattern(r"\\item\b(?:[ ]*\[[^\]]*\])?")
_HREF = lazy_pattern(r"\\href[ ]*\{(?P<url>[^{}\s]+)\}[ ]*\{(?P<words>(?:[^{}]|\{[^{}]*\})+)\}")
_URL = lazy_pattern(r"\\url[ ]*\{(?P<url>[^{}\s]+)\}")
_BIBITEM = lazy_pattern(r"\\bibitem(?:\[(?:[^\[\]{}]|\{[^{}]*\})*\])?\{[^{}]*\}")


def find_latex(lines: Sequence[TextLine], at: int) -> Pasted | None:
    """Return the readings of LaTeX that begins on a line, or None."""
    if _COMMAND.match(lines[at].body) is None:
        return None
    end = at + 1
    for number in range(at + 1, min(len(lines), at + MOST_ITEM_LINES)):
        line = lines[number]
        if _COMMAND.match(line.body):
            end = number + 1
        elif line.is_empty:
            continue
        elif line.dashes or line.is_entry or line.is_comment or is_key(line) or number > end:
            break
        else:
            end = number + 1
    text = _FRAME.sub("", join_bodies(lines[at:end]))
    if len(text) > MOST_CHARACTERS:
        return Pasted("pasted-markup", "LaTeX", end - at, sure=False)
    if _BIBITEM.search(text):
        return _read_bibliography(_BIBITEM.split(text)[1:], end - at)
    entries: list[Citation | str] = []
    sure = True
    for item in _split_items(text):
        entry, whole = _read_item(item)
        entries.append(entry)
        sure = sure and whole and "\\" not in item[item.rfind("}") :]
    return Pasted("pasted-markup", "LaTeX", end - at, tuple(entries), sure and bool(entries))


def _split_items(text: str) -> list[str]:
    """Return the items of a list; without `\\item`, each line is one."""
    parts = _ITEM.split(text) if _ITEM.search(text) else text.split("\n")
    return [" ".join(part.split()) for part in parts if part.strip()]


def _read_item(text: str) -> tuple[Citation | str, bool]:
    """Return the reading of an item, and whether it says all of it."""
    links = [*_HREF.finditer(text), *_URL.finditer(text)]
    if len(links) != 1:
        return read_latex(text), not links
    link = links[0]
    url = re.sub(r"\\([#%&_~])", r"\1", link["url"])
    before, after = read_latex(text[: link.start()].strip()), read_latex(text[link.end() :].strip())
    if "words" in link.groupdict():
        return make_linked(read_latex(link["words"]), url, before, after)
    bare = find_bare(f"{before} {url} {after}".strip())
    return (url, False) if bare is None else make_linked(bare.words, bare.url, bare.before, bare.after.strip())


def _read_bibliography(texts: Sequence[str], count: int) -> Pasted:
    """Return the works of a bibliography: people, title and place, each after `\\newblock`, or as one text."""
    entries = []
    sure = True
    for text in texts:
        parts = [read_latex(part.replace("~", " ").strip()).rstrip(".,") for part in re.split(r"\\newblock\b", text)]
        people = read_people(parts[0])
        if len(parts) > 2 and people:
            rest = ". ".join(parts[2:])
            venue = re.sub(r"^[Ii]n:? (?:(?:Proceedings|Proc\.) (?:of )?(?:the )?)?", "", parts[2]).split(",")[0]
            entries.append(make_citation(title=parts[1], authors=people, venue=venue, year=rest, doi=rest, url=rest))
            continue
        read = read_reference(f"{'. '.join(parts)}.")
        sure = sure and read is not None and read[1]
        if read is not None:
            entries.append(read[0])
        elif parts[0]:
            entries.append(Citation(title=". ".join(parts)))
    kept = tuple(each for each in entries if each.title)
    return Pasted("citation", "a LaTeX bibliography", count, kept, sure and len(kept) == len(texts))

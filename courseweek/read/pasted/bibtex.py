"""BibTeX: entries (`@inproceedings{…}`), and fields of one without its head (`title={…},`).

    title={FlashAttention}, author={Dao, Tri and Fu, Daniel Y.}

Where an entry ends is counted by its braces; what it says, bibtexparser reads, and pylatexenc makes letters of LaTeX.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from courseweek.read.pasted.citation import Citation, make_citation
from courseweek.read.pasted.text_lines import Pasted, TextLine, join_bodies
from courseweek.regex import lazy_pattern

MOST_ENTRY_LINES = 400
"""Lines of one entry that are looked at for its end."""
_HEAD = lazy_pattern(r"@(?P<kind>[A-Za-z]+)[ \t]*\{")
_NAMES = """
    abstract address annote archiveprefix author authors booktitle chapter crossref date doi edition editor eprint
    howpublished institution isbn issn issue journal key keywords location month note number organization pages
    primaryclass publisher school series title type url urldate volume year
"""
_FIELDS = frozenset(_NAMES.split())
_TITLES = frozenset({"title", "booktitle", "journal"})
_FIELD = lazy_pattern(
    rf"(?P<key>{'|'.join(_NAMES.split())})[ \t]*(?P<sign>[=:])[ \t]*(?P<value>\{{.*\}}|\".*\"|\d+|[a-z]{{3}})[ \t]*,?",
    re.IGNORECASE,
)
_BRACED = lazy_pattern(r"(?P<key>[a-z]+)[ \t]*:[ \t]*\{(?P<text>(?:[^{}]|\{[^{}]*\})*)\}[ \t]*,?")


def find_bibtex(lines: Sequence[TextLine], at: int) -> Pasted | None:
    """Return the entries of BibTeX that begin on a line, with those that follow; or None."""
    if _HEAD.match(lines[at].body) is None:
        return _find_fields(lines, at)
    end, below, sure = at, at, True
    texts: list[str] = []
    while below < len(lines) and _HEAD.match(lines[below].body):
        end, closed = _end_of_entry(lines, below)
        text = join_bodies(lines[below:end])
        texts.append(text if closed else text.rstrip().rstrip(",") + "}")
        sure = sure and closed
        below = end
        while below < len(lines) and lines[below].is_empty:
            below += 1
    entries, whole = read_entries("\n".join(texts))
    return Pasted("citation", "BibTeX", end - at, entries, sure and whole)


def _end_of_entry(lines: Sequence[TextLine], at: int) -> tuple[int, bool]:
    """Return the number of the line after an entry, and whether its braces are even there."""
    depth = 0
    most = min(len(lines), at + MOST_ENTRY_LINES)
    for number in range(at, most):
        line = lines[number]
        if number > at and (line.is_entry or _HEAD.match(line.body) or _is_end(lines, number)):
            return number, False
        body = line.body.replace("\\{", "").replace("\\}", "")
        depth += body.count("{") - body.count("}")
        if depth <= 0:
            return number + 1, depth == 0 and line.body.rstrip(", \t").endswith("}")
    return most, False


def _is_end(lines: Sequence[TextLine], number: int) -> bool:
    """Return whether a line is space and no field of BibTeX follows below it."""
    if not lines[number].is_empty:
        return False
    below = next((lines[at] for at in range(number, len(lines)) if not lines[at].is_empty), None)
    return below is None or not (_FIELD.match(below.body) or below.body.startswith("}"))


def _find_fields(lines: Sequence[TextLine], at: int) -> Pasted | None:
    """Return the fields of an entry without its head: `title={…},` and those below it."""
    first = _FIELD.match(lines[at].body)
    if first is None or first["value"][:1] not in ("{", '"'):
        return None
    if first["sign"] == ":":
        return _find_braced(lines, at)
    end = at
    while end < len(lines) and not (end > at and lines[end].dashes) and _FIELD.fullmatch(lines[end].body):
        end += 1
    texts = [each.body.rstrip(", \t") for each in lines[at:end]]
    if end < len(lines) and lines[end].body == "}":
        end += 1
    if end == at:
        # Several fields on one line.
        texts, end = [lines[at].body.strip().removesuffix("}").rstrip(", \t")], at + 1
        if texts[0].count("{") > texts[0].count("}"):
            texts[0] += "}"
    fields = ",\n".join(texts)
    if "title" not in (each.partition("=")[0].strip().lower() for each in texts) and not lines[at].dashes:
        entries, whole = read_entries(f"@misc{{x,\ntitle={{x}},\n{fields}\n}}")
        keys = [f"{' ' * lines[at].column}{key}: {value}" for each in entries for key, value in each.written()][1:]
        help = "write in its place:\n" + "\n".join(keys) if keys else "delete the lines"
        return Pasted("citation", "BibTeX", end - at, (), whole and bool(keys), tuple(keys), help)
    entries, whole = read_entries(f"@misc{{x,\n{fields}\n}}")
    return Pasted("citation", "BibTeX", end - at, entries, whole)


def _find_braced(lines: Sequence[TextLine], at: int) -> Pasted | None:
    """Return the keys of one reading whose values are in the braces of BibTeX: `year: {2022},`."""
    written: list[str] = []
    changed = end = at
    for place in range(at, len(lines)):
        line = lines[place]
        if (place > at and line.dashes) or not line.has_key:
            break
        stripped = strip_braces(line.body)
        if stripped is not None:
            end, changed = place + 1, changed + 1
        elif place == at:
            return None
        written.append(line.text if stripped is None else f"{' ' * line.indent}{line.dashes}{stripped}")
    if end == at:
        return None
    kept = tuple(written[: end - at])
    help = f"write {kept[0].strip()}"
    more = changed - at - 1
    help += f"; likewise on {more} more line{'s' if more > 1 else ''}" if more else ""
    return Pasted("citation", "BibTeX", end - at, (), True, kept, help)


def read_entries(text: str) -> tuple[tuple[Citation, ...], bool]:
    """Return the citations of whole entries of BibTeX, and whether all of them could be read."""
    # They take longer to load than most files to read.
    import logging

    from bibtexparser.entrypoint import parse_string

    logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
    logging.getLogger("bibtexparser").propagate = False
    library = parse_string(text)
    found = []
    for entry in library.entries:
        fields = {each.key.lower(): str(each.value) for each in entry.fields}
        found.append(_citation_of(entry.entry_type.lower(), fields))
    whole = not library.failed_blocks and all(each.title for each in found) and bool(found)
    return tuple(each for each in found if each.title), whole


def _citation_of(kind: str, fields: Mapping[str, str]) -> Citation:
    def field(*names: str) -> str:
        return next((read_latex(fields[name]) for name in names if fields.get(name)), "")

    venue = field("booktitle", "journal", "journaltitle", "school", "institution")
    volume = field("volume")
    if volume.startswith("abs/"):  # as DBLP tells of arXiv
        venue = f"arXiv {volume}"
    link = fields.get("url") or fields.get("howpublished", "")
    archive = fields.get("archiveprefix", fields.get("eprinttype", "arxiv")).lower()
    return make_citation(
        title=field("title"),
        authors=split_names(fields.get("author", fields.get("authors", fields.get("editor", "")))),
        venue=venue,
        year=field("year", "date"),
        doi=fields.get("doi", "").replace("\\_", "_"),
        arxiv=fields.get("eprint", "").strip() if archive == "arxiv" else "",
        url=link.replace("\\_", "_").replace("\\%", "%").replace("\\&", "&").replace("\\url{", "").rstrip("}"),
        kind="book" if kind == "book" else "",
        note="",
    )


def split_names(text: str) -> tuple[str, ...]:
    """Return the people of a field of BibTeX, each as it is said: first name, last name."""
    names, depth, begin = [], 0, 0
    words = " ".join(text.split())
    for match in re.finditer(r"[{}]|[ ]and[ ]", words):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if match[0] == " and " and depth == 0:
            names.append(words[begin : match.start()])
            begin = match.end()
    names.append(words[begin:])
    return tuple(_say_name(name.strip()) for name in names if name.strip())


def _say_name(name: str) -> str:
    if name.lower() == "others":
        return "et al."
    if name.startswith("{") and name.endswith("}"):
        return read_latex(name)
    parts = [read_latex(part.strip()) for part in name.split(",")]
    return " ".join(part for part in (parts[-1], *parts[:-1]) if part)


def read_latex(text: str) -> str:
    """Return what a piece of LaTeX says, formulas as they are: letters for accents, no braces."""
    if not re.search(r"[\\{}$~%&`']|--", text):
        return " ".join(text.split())
    import logging

    from pylatexenc.latex2text import LatexNodes2Text

    logging.getLogger("pylatexenc").addHandler(logging.NullHandler())
    logging.getLogger("pylatexenc").propagate = False
    # A `%` would begin a comment, and people type it as it is.
    text = re.sub(r"(?<!\\)([%&#])", r"\\\1", text)
    formulas = {} if re.search(r"(?<!\\)\$", text) is None else {"math_mode": "verbatim"}
    try:
        said = str(LatexNodes2Text(**formulas).latex_to_text(text))
    except (AttributeError, LookupError, RecursionError, TypeError, ValueError):
        said = text  # what lacks an end, such as `\href{` alone
    return " ".join(said.split())


def strip_braces(body: str) -> str | None:
    """Return a key of YAML with the value of a field of BibTeX (`year: {2022},`) as YAML has it; None for any other."""
    match = _BRACED.fullmatch(body)
    if match is None or match["key"] not in _FIELDS:
        return None
    if ": " in match["text"] and match["key"] not in _TITLES:
        return None  # keys between braces
    pairs = list(_citation_of("", {match["key"]: match["text"]}).written())
    return ": ".join(pairs[0]) if len(pairs) == 1 else None

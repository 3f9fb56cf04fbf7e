"""Works as entries of BibTeX, in UTF-8 and with all signs of TeX escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from courseweek.model.author import PersonName
from courseweek.published.citations.works import CitedWork, WorkKind
from courseweek.regex import lazy_pattern

_TYPES: dict[WorkKind, str] = {
    "article": "article",
    "paper": "inproceedings",
    "chapter": "incollection",
    "book": "book",
    "thesis": "phdthesis",
    "report": "techreport",
}
_PUBLISHERS: dict[WorkKind, str] = {"thesis": "school", "report": "institution"}
_CONTAINERS: dict[WorkKind, str] = {"article": "journal", "paper": "booktitle", "chapter": "booktitle"}
# Readers count braces without regard to a backslash before them, so an escaped one would still need its other half.
_ESCAPED = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "&%$#_"},
    }
)
_AROUND_WORDS = "\"'“”‘’„«»()[]{}.,;:!?…–—-/*_"
_PARTS_NAMES = lazy_pattern(r"(?i:\band\b)|,")


def write_bibtex(works: Iterable[CitedWork]) -> Iterator[str]:
    """Yield the entries of works, with an empty line between."""
    for at, work in enumerate(works):
        yield "\n" if at else ""
        yield f"{write_entry(work)}\n"


def write_entry(work: CitedWork) -> str:
    """Return the entry of a work, a field on each line."""
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _list_fields(work))
    return f"@{_TYPES.get(work.kind, 'misc')}{{{work.key},\n{fields}}}"


def _list_fields(work: CitedWork) -> Iterator[tuple[str, str]]:
    yield "title", " ".join(map(_write_word, work.title.split(" ")))
    if work.authors:
        yield "author", " and ".join(map(_write_name, work.authors))
    if work.editors:
        yield "editor", " and ".join(map(_write_name, work.editors))
    texts = {
        _CONTAINERS.get(work.kind, "howpublished"): work.container,
        "series": work.series,
        "edition": work.edition,
        _PUBLISHERS.get(work.kind, "publisher"): work.publisher,
    }
    for name, text in texts.items():
        if text is not None:
            yield name, _escape(text)
    if work.year is not None:
        yield "year", str(work.year)
    if work.pages is not None:
        yield "pages", "--".join(filter(None, work.pages))
    if work.language is not None:
        yield "language", _escape(work.language)
    if work.arxiv is not None:
        yield "eprint", work.arxiv
        yield "archiveprefix", "arXiv"
    if work.doi is not None:
        yield "doi", work.doi
    if work.url is not None:
        yield "url", work.url


def _escape(text: str) -> str:
    return text.translate(_ESCAPED)


def _write_word(word: str) -> str:
    """Return a word of a title: in braces if its capitals must stay in any style of citations, as in `{TFX}`, `{C++}`.

    What is around it stays outside: a title between two pairs of braces would be taken for a name.
    """
    bare = word.strip(_AROUND_WORDS)
    inner = (char for part in bare.split("-") for char in part[1:])
    is_sign = len(bare) > 1 and bare[0].isupper() and not any(map(str.isalpha, bare[1:]))
    if not is_sign and not any(map(str.isupper, inner)):
        return _escape(word)
    before, _, after = word.partition(bare)
    return f"{_escape(before)}{{{_escape(bare)}}}{_escape(after)}"


def _write_name(name: PersonName) -> str:
    """Return a name as "Last, First", or in braces if it is one whole or would be taken for several."""
    parts = [part for part in (name.family, name.suffix, name.given) if part is not None]
    if name.given is None or any(map(_PARTS_NAMES.search, parts)):
        return f"{{{_escape(', '.join(filter(None, (name.family, name.given))))}}}"
    return ", ".join(map(_escape, parts))

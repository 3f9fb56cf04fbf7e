"""Where in the sources something in a rendered page comes from.

The links of a text are looked up as Markdown and HTML write them, outside code: a target that appears twice is
found once after the other, and one that was escaped or percent-encoded is found as well.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from urllib.parse import unquote

from courseweek.checks.passages import list_passages
from courseweek.comments import hide_code
from courseweek.diagnostics import Span
from courseweek.files.paths import normal_form
from courseweek.model.course import Course
from courseweek.model.meeting import Schedule
from courseweek.regex import lazy_pattern

# The places of addresses: `](…`, `](<…>`, `[…]: …`, `<…>`, `href="…"`, `src="…"`, each with what comes before it.
_ADDRESS = lazy_pattern(
    r"\]\([ \t\r\n]*(?:<(?P<angle>[^<>\n]*)>|(?P<inline>(?:\\.|[^\\\s()]|\([^()\s]*\))*))"
    r"|^ {0,3}\[[^\]\n]+\]:[ \t]*(?:\r?\n[ \t]*)?(?:<(?P<framed>[^<>\n]*)>|(?P<defined>\S+))"
    r"|<(?P<auto>[A-Za-z][A-Za-z0-9+.-]*:[^\s<>]*)>"
    r"|\b(?:href|src)[ \t]*=[ \t]*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'>]+))",
    re.MULTILINE | re.IGNORECASE,
)
_TAG = lazy_pattern(r"<[A-Za-z](?:\"[^\"]*\"|'[^']*'|[^<>\"'])*>")
_ATTRIBUTE = lazy_pattern(
    r"[\s\"'/](?P<name>[^\s\"'<>/=]+)"
    r"(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'<>=`]+)))?"
)
_ESCAPE = lazy_pattern(r"\\([!-/:-@\[-`{-~])")
_UNNAMED_REFERENCE = lazy_pattern(r"!\[[ \t]*\]\[[^\]\n]*\]")
_EMPTY_BEFORE = lazy_pattern(r"(?<!!)\[\s*(?:!\[\s*\]\([^()]*\)\s*)?\]\(\s*<?$")
_PAGE = lazy_pattern(r"\.md(?=$|[#?])")


class Places:
    """Finds rendered things in the texts they come from; made once for each text or set of texts."""

    def __init__(self, texts: tuple[Span, ...], otherwise: tuple[Span, ...] = ()) -> None:
        """Take the places of the texts in their order, and of other texts to search when these lack something."""
        self.texts = texts
        self.otherwise = otherwise
        self._links: dict[str, list[Span]] | None = None
        self._words: dict[str, list[Span]] = {}

    @cached_property
    def _bare(self) -> list[tuple[Span, str]]:
        return [(each, hide_code(each.text)) for each in self.texts]

    @property
    def start(self) -> Span:
        """The start of the first text: the place of what is not found anywhere."""
        return (*self.texts, *self.otherwise)[0].within(0, 0)

    def links(self, target: str) -> list[Span]:
        """Return the places of all links and images with this target, at least one place."""
        if self._links is None:
            self._links = {}
            for span, address in _addresses(self._bare):
                self._links.setdefault(_same(address), []).append(span)
        return self._links.get(_same(target)) or self.words(self._as_written(target))

    def _as_written(self, target: str) -> str:
        """Return a bare address as a text has it: `www.…` leads to `http://www.…`, and one of mail to `mailto:…`."""
        bare = target.removeprefix("mailto:")
        bare = bare.removeprefix("http://") if bare.startswith("http://www.") else bare
        return bare if bare != target and not any(target in text for _, text in self._bare) else target

    def images(self, source: str) -> list[Span]:
        """Return the places of all images with this source and without alternative text, at least one place."""
        found = self.links(source)
        unnamed = [span for span in found if _is_unnamed(span)]
        if not unnamed:
            unnamed = [
                each.within(match.start(), match.end())
                for each, text in self._bare
                for match in _UNNAMED_REFERENCE.finditer(text)
            ]
        return unnamed or found

    def wordless(self, target: str) -> list[Span]:
        """Return the places of all links with this target and without words, at least one place."""
        found = self.links(target)
        empty = (
            span for span in found if _EMPTY_BEFORE.search(span.source.text[max(0, span.start - 400) : span.start])
        )
        return list(empty) or found

    def words(self, words: str) -> list[Span]:
        """Return the places of all stretches of text with these words outside code, at least one place."""
        if words not in self._words:
            self._words[words] = self._find_words(words)
        return self._words[words]

    def _find_words(self, words: str) -> list[Span]:
        exact = [each.within(at, at + len(words)) for each, text in self._bare for at in _occurrences(text, words)]
        if exact:
            return exact
        # A text of several lines was read as one.
        pattern = re.compile(r"\s+".join(re.escape(word) for word in words.split()) or r"\Z")
        found = [each.within(*match.span()) for each, text in self._bare for match in pattern.finditer(text)]
        if found:
            return found
        for each in self.otherwise:
            match = pattern.search(each.text)
            if match is not None:
                return [each.within(*match.span())]
        return [self.start]

    def attributes(self, name: str, value: str) -> list[Span]:
        """Return the places in HTML where an attribute has this value, which may be none."""
        return [span for each in self.texts for span in find_attribute(each, name, value)]


class Turns:
    """Gives the places of what is found several times one after the other."""

    def __init__(self) -> None:
        """Begin with the first of each."""
        self._given: Counter[tuple[str, int, int]] = Counter()

    def take(self, found: list[Span]) -> Span:
        """Return the first of these places, the second one when they are asked for again, and so on to the last."""
        key = found[0].file, found[0].start, found[0].end
        self._given[key] += 1
        return found[min(self._given[key], len(found)) - 1]


def places_in_yaml(course: Course, schedule: Schedule) -> Places:
    """Return what finds things in the Markdown of the YAML files, and where they are not found there in all of them."""
    texts = tuple(each.span for each in list_passages(course, schedule) if each.kind in ("text", "line"))
    return Places(texts, _yaml_files(course))


def find_attribute(text: Span, name: str, value: str) -> list[Span]:
    """Return the places in HTML, outside code, where an attribute has this value, in whatever spelling."""
    found: list[Span] = []
    for tag in _TAG.finditer(hide_code(text.text)):
        for match in _ATTRIBUTE.finditer(tag[0]):
            written = match["double"] or match["single"] or match["bare"] or ""
            # Markdown makes spaces of tabs.
            same = normal_form(html.unescape(written)).split() == value.split()
            if match["name"].lower() == name and same:
                found.append(text.within(tag.start() + match.start("name"), tag.start() + match.end()))
    return found


def place_in_yaml(course: Course, text: str) -> Span:
    """Return where a text appears first in the YAML files, wherever it is, or the start of the syllabus."""
    return Places((), _yaml_files(course)).words(text)[0]


def _yaml_files(course: Course) -> tuple[Span, ...]:
    sources = {course.syllabus.origin.span.file: course.syllabus.origin.span.source}
    for each in course.reading_lists.values():
        sources[each.origin.span.file] = each.origin.span.source
    return tuple(source.span(0, len(source.text)) for source in sources.values())


def _occurrences(text: str, words: str) -> Iterator[int]:
    at = text.find(words) if words else -1
    while at >= 0:
        yield at
        at = text.find(words, at + len(words))


def _is_unnamed(span: Span) -> bool:
    """Return whether this is the address of an image without words."""
    text = span.source.text
    before = text[max(0, span.start - 400) : span.start]
    if re.search(r"!\[\s*\]\(\s*<?$", before):
        return True
    tag = before.rpartition("<")[2] + text[span.start : text.find(">", span.end)]
    return (
        re.match(r"img\b", tag, re.IGNORECASE) is not None and re.search(r"\balt\s*=\s*[\"']?\s*[^\s\"'>]", tag) is None
    )


def _addresses(texts: list[tuple[Span, str]]) -> Iterator[tuple[Span, str]]:
    for each, text in texts:
        for match in _ADDRESS.finditer(text):
            group = match.lastgroup
            if group is not None:
                yield each.within(match.start(group), match.end(group)), match[group]


def _same(address: str) -> str:
    """Return one form of an address for all ways to write it."""
    plain = normal_form(unquote(html.unescape(_ESCAPE.sub(r"\1", address))))
    return _PAGE.sub(".html", plain.strip())

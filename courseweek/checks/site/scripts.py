"""What runs in a browser from the course's own `assets/` is read by somebody before it is published.

Passing: a picture, HTML without a script, `demo.html` with one where `site: {scripts: [demo.html]}` names it.
Failing: a `.js` file, HTML, XML or SVG with a script, a handler (`onload=`), a `javascript:` link or a frame, and a
`theme/today.js` or another script of the theme in place of the theme's, as long as nobody has named it.

A file is judged by its bytes, and rather too strictly: nothing is worked out of them that a browser would have to.
"""

from __future__ import annotations

import codecs
import html
import json
import re
from collections.abc import Callable, Iterable, Iterator

from courseweek.diagnostics import Diagnostic, Source, Span
from courseweek.files.stored import Changed, Content, read_start
from courseweek.frozen import dataclass
from courseweek.regex import lazy_pattern

LARGEST_LOOKED = 4_000_000
"""A larger HTML, XML or SVG file (bytes) is not looked through: it may run something."""
MOST_LOOKED = 24_000_000
"""Bytes of such files searched in all; the rest counts as unknown."""
MOST_MARKS = 2_000_000
"""`<` and `&` in them, searched in all: they take the time."""
MOST_SHOWN = 20
"""Files named one by one; the rest are only counted."""

PROGRAMS = frozenset(("js", "mjs", "cjs", "xsl", "xslt"))
"""Endings of programs: a browser runs each, a style sheet of XSLT too."""
_MARKUP = """
    html htm xhtml xht xhtm shtml shtm phtml hta mht mhtml svg svgz xml rdf rss atom mathml mml kml gpx gml wml xul xsd
    dtd
"""
MARKUP = frozenset(_MARKUP.split())
"""Endings of what a browser may take for HTML, XHTML, SVG or other XML."""
_INERT = """
    pdf png jpg jpeg gif webp avif ico bmp tif tiff mp3 mp4 m4a m4v ogg oga ogv wav webm mov avi zip tar tgz csv tsv txt
    json css woff woff2 ttf otf ics doc docx ppt pptx xls xlsx odt odp ods rtf ps eps
"""
INERT = frozenset(_INERT.split())
"""Endings that each server knows and no browser runs; a file with any other is judged by how it begins."""

# Names in markup end at a space, `/` or `>` (WHATWG HTML, section 13.2.5.8); in XML a prefix may come before.
_ELEMENT = lazy_pattern(
    r"<(?:[^\s<>/:=\"']{0,80}:)?(script|iframe|frame|frameset|object|embed|applet|portal|fencedframe)(?=[\s/>])",
    re.IGNORECASE,
)
# Attributes follow a space, a `/` or a closing quote (section 13.2.5.33); no event has so few letters as `only`.
_HANDLER = lazy_pattern(
    r"(?<=[\s\"'/])(?!(?:onset|online|ongoing|onwards?|onshore|onions?)\b)(on[a-z]{3,40})\s*=", re.IGNORECASE
)
# Tabs and line ends inside an address, and what is not a letter before it, are dropped (WHATWG URL, section 4.4).
_ADDRESS = lazy_pattern(
    r"[=\"';,][\x00-\x20]*(" + r"[\t\n\r]*".join("javascript") + r"[\t\n\r]*:)",
    re.IGNORECASE,
)
_TRANSFORMED = lazy_pattern(r"https?://www\.w3\.org/(?:1999/XSL/Transform|TR/WD-xsl)", re.IGNORECASE)
# A style sheet of XML is CSS, or else a program (Associating Style Sheets with XML documents 1.0, section 3).
_LONGEST_STYLED = 2_000
_STYLED = lazy_pattern(rf"<\?xml-stylesheet((?:(?!\?>).){{0,{_LONGEST_STYLED}}})", re.DOTALL | re.IGNORECASE)
_CSS = lazy_pattern(r"\btype\s*=\s*(?:\"text/css\"|'text/css')")
# What a document's own names stand for may be markup, and a default attribute a handler (XML 1.0, sections 3.3, 4.2).
_DECLARED = lazy_pattern(r"<!(?:ATTLIST\b|ENTITY\s++(?!\S+\s+(?:\"https?://[\w./#-]*\"|'https?://[\w./#-]*')\s*>))")
# A change of the character set in the middle of a text (ISO/IEC 2022), which some browsers follow.
_SHIFTS = lazy_pattern(r"\x1b(?:\$?[()]?[@ABDIJ])?")
# An address whose letters may be spelled as references (WHATWG HTML, section 13.2.5.72).
_SPELLED = lazy_pattern(r"[=\"';,](?=[^&]{0,40}&)((?:[javscript:\x00-\x20]|&[#\w]{1,40};?)++)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Running:
    """What a browser would run of a file, in words that follow its name, and where it begins."""

    what: str
    span: Span


def may_run(path: str) -> bool:
    """Return whether a browser may run a file, by its name alone."""
    return _kind_of(path) != "inert"


def is_looked_at(name: str, head: bytes) -> bool:
    """Return whether a file of this name, which begins with `head`, may be one that a browser runs something of."""
    kind = _kind_of(name)
    return kind in ("program", "markup") or (kind == "unknown" and _looks_like_markup(head))


def find_script(path: str, data: bytes) -> Running | None:
    """Return what a browser would run of the file at `path` (from the course's folder), or None.

    What can't be known counts as a script: a packed file, a very large one.
    """
    kind = _kind_of(path)
    whole = Source(path, "").whole()
    if kind == "program":
        return Running("is a program that browsers run", whole)
    if kind == "inert" or (kind == "unknown" and not _looks_like_markup(data[:512])):
        return None
    if data[:2] == b"\x1f\x8b":
        return Running("is compressed, so it can't be searched for scripts", whole)
    if len(data) > LARGEST_LOOKED:
        return Running("is too large to search for scripts", whole)
    return _search(Source(path, _decode(data)))


def _search(source: Source) -> Running | None:
    text = source.text
    if found := _ELEMENT.search(text):
        return Running(f"contains `<{found[1].lower()}>`", source.span(*found.span()))
    if found := _HANDLER.search(text):
        return Running(f"runs a script with `{found[1].lower()}`", source.span(*found.span(1)))
    if found := _ADDRESS.search(text):
        return Running("contains an address that runs a script", source.span(*found.span(1)))
    for found in _SPELLED.finditer(text):
        if _ADDRESS.search(f"={html.unescape(found[1])}"):
            return Running("contains an address that runs a script", source.span(*found.span(1)))
    if (found := _DECLARED.search(text) or _TRANSFORMED.search(text)) is not None:
        return Running("is assembled by the browser and may run a script", source.span(*found.span()))
    for found in _STYLED.finditer(text):
        rest, times = _CSS.subn("", found[1])
        if times != 1 or "type" in rest.lower() or len(found[1]) >= _LONGEST_STYLED:
            return Running("is transformed by a program", source.span(*found.span()))
    return None


def check_scripts(
    paths: Iterable[str], named: Iterable[str], look: Callable[[str], Running | None]
) -> Iterator[Diagnostic]:
    """Yield a warning for each of the course's own published assets that runs a script and is not named.

    `named` are names inside `assets/`; `look` says what a browser would run of the file at a path.
    """
    allowed = {f"assets/{name}" for name in named}
    more: list[Span] = []
    for number, (path, running) in enumerate(
        (path, running) for path in sorted(paths) if path not in allowed and (running := look(path)) is not None
    ):
        if number >= MOST_SHOWN:
            more.append(running.span)
            continue
        name = _quote(path.removeprefix("assets/"))
        help = f"review it; if you trust it, add {name} to the list scripts: under site: in syllabus.yaml"
        yield Diagnostic("warning", "script-in-assets", f"`{path}` {running.what}", running.span, help)
    if more:
        message = f"{len(more)} more file{'s' if len(more) > 1 else ''} of `assets/` can run scripts in a browser"
        help = "review them, and add those that you trust to the list scripts: under site: in syllabus.yaml"
        yield Diagnostic("warning", "script-in-assets", message, Source("assets", "").whole(), help)


class Looker:
    """Looks through files for scripts, and stops when it has read enough of them in all."""

    def __init__(self, read: Callable[[str], Content | None], theme: Callable[[str], bytes | None]) -> None:
        """Take what gives the bytes of a course's asset, and those of the theme's of the same path."""
        self._read = read
        self._theme = theme
        self._bytes, self._marks = MOST_LOOKED, MOST_MARKS

    def __call__(self, path: str) -> Running | None:
        """Return what a browser would run of a file; a copy of the theme's own runs what it always did."""
        kind = _kind_of(path)
        if kind == "inert":
            return None
        content = self._read(path)
        if content is None:
            return None
        try:
            data = read_start(content, LARGEST_LOOKED + 1)
        except Changed:
            return None  # it can't be published as it is now, which publishing reports
        if path.startswith("assets/theme/") and data == self._theme(path):
            return None
        if kind != "program" and is_looked_at(path, data[:512]):
            size, marks = min(len(data), LARGEST_LOOKED), data.count(b"<") + data.count(b"&")
            if size > self._bytes or marks > self._marks:
                return Running("is not searched for scripts: there are too many files", Source(path, "").whole())
            self._bytes, self._marks = self._bytes - size, self._marks - marks
        return find_script(path, data)


def _kind_of(path: str) -> str:
    """Return what a server makes of a file by its endings: the last one that is known counts."""
    for ending in reversed(path.rpartition("/")[2].lower().split(".")[1:]):
        if ending in PROGRAMS:
            return "program"
        if ending in MARKUP:
            return "markup"
        if ending in INERT:
            return "inert"
    return "unknown"


def _looks_like_markup(head: bytes) -> bool:
    """Return whether a browser may take a file without a type for markup (MIME Sniffing, section 7.1)."""
    marks = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    head = next((head[len(mark) :] for mark in marks if head.startswith(mark)), head)
    return head.lstrip(bytes(range(0x21))).startswith(b"<")


def _decode(data: bytes) -> str:
    """Return a text as a browser would read it, as far as its ASCII goes; zeros and changes of the set are dropped."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            return data[2:].decode(encoding, "replace").replace("\0", "")
    text = data.removeprefix(codecs.BOM_UTF8).replace(b"\0", b"").decode("utf-8", "replace")
    return _SHIFTS.sub("", text) if "\x1b" in text else text


def _quote(name: str) -> str:
    """Return a name as it is written in a list of YAML."""
    return name if re.fullmatch(r"[A-Za-z_][\w./-]*", name, re.ASCII) else json.dumps(name, ensure_ascii=False)

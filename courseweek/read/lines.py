"""Readings as lines of Markdown: pasted bullets, and what a line says to other programs: its words, its link."""

from __future__ import annotations

import re

from courseweek.diagnostics import Edit, Span
from courseweek.frozen import dataclass
from courseweek.model.origin import Origin
from courseweek.model.reading import Reading
from courseweek.model.slug import make_slug
from courseweek.read.addresses import check_address
from courseweek.read.bare import MESSAGE, find_bare, fix_line, has_address
from courseweek.read.doubts import warn_of_address
from courseweek.read.fields import Reader
from courseweek.read.moments import Misread
from courseweek.regex import lazy_pattern
from courseweek.yamltext.document import Scalar, quote_text

LONGEST_LINE = 4_000
"""Characters in one line of Markdown: more are refused."""
_BULLET = lazy_pattern(r"([-*+])(?:[ \t]+|$)")
# Word processors' bullets, numbers, and a hyphen with an unusual space or none before a link.
_ODD_BULLET = lazy_pattern(r"(?:[•·‣◦▪●○∙⁃–—]|\d{1,2}[.)]|-(?=[\[\u00a0\u202f]))[ \t\u00a0\u202f]*(?=\S)")
_HTML_LINK = lazy_pattern(r"<a\s[^<>]*?href\s*=\s*[\"']?([^\s\"'<>]+)[\"']?[^<>]*>([^<>]{1,200})</a>", re.IGNORECASE)
_TAG_AROUND = lazy_pattern(r"</?(?:li|ul|ol|p|div|span|br|td|tr)\b[^<>]{0,200}>", re.IGNORECASE)
_WITH_KEYS = lazy_pattern(
    r"title:[ ]+(?P<title>.+?)(?=$|[ ](?:url|authors|venue|year|note|id|award):[ ])(?:[ ]url:[ ]+(?P<url>https?://\S+))?"
)
_ADDRESS = lazy_pattern(r"https?://\S+", re.IGNORECASE)
_MARK = lazy_pattern(r"`+|\*\*|__|\*|_")
_AUTOLINK = lazy_pattern(r"<((?:https?|mailto|tel):[^\s<>]*)>", re.IGNORECASE)
_LINK = lazy_pattern(r"!?\[([^\[\]]{0,500})\]\([^()\s]{0,1000}\)")


@dataclass(slots=True)
class _Line:
    """A bullet with the lines that continue it, and the place of its first line."""

    text: str
    span: Span


def read_bullets(node: Scalar, reader: Reader) -> list[Reading]:
    """Read Markdown bullets, pasted as they are: one reading each; a text without a bullet is one reading."""
    if node.style == ">" and _BULLET.match(node.text):
        help = "replace it with `|`"
        place = node.span.within(0, 1)
        reader.found.error(
            "joined-bullets", "`>` joins the lines below it, but each reading needs its own line", place, help=help
        )
        return []
    readings = []
    for line in _split_bullets(node, reader):
        if node.style == "|" and _report_keys(line, reader):
            continue
        if line.text.strip():
            readings += read_line(line.text.strip(), line.span, reader, block=node.style == "|")
        else:
            reader.found.error("empty", "this reading is empty", line.span, help="write it, or delete the line")
    return readings


def _report_keys(line: _Line, reader: Reader) -> bool:
    """Return whether a line of pasted Markdown is a reading with keys; report it if so."""
    match = _WITH_KEYS.match(line.text)
    if match is None:
        return False
    title = match["title"].strip("\"' ")
    shown = f"[{title}]({match['url']})" if match["url"] else title
    message = "this list is pasted Markdown (`|`), in which a reading is one line without keys"
    reader.lost.add(make_slug(title))
    reader.found.error("wrong-shape", message, line.span, help=f"write - {shown}")
    return True


def _split_bullets(node: Scalar, reader: Reader) -> list[_Line]:
    lines: list[_Line] = []
    odds: list[Span] = []
    bulleted = False
    for text, span in node.lines():
        stripped = text.strip()
        if not stripped:
            continue
        indented = len(text) - len(text.lstrip(" \t"))
        bullet = _BULLET.match(stripped)
        odd = _ODD_BULLET.match(stripped) if node.style == "|" and not (bulleted and indented) else None
        if odd is not None:
            bullet = odd
            odds.append(span.within(indented, indented + odd.end()))
        inner = span.within(indented, indented + len(stripped)) if node.style == "|" else span
        if bullet and (indented < 2 or not bulleted):
            bulleted = True
            place = inner.within(bullet.end(), len(stripped)) if node.style == "|" else inner
            lines.append(_Line(stripped[bullet.end() :], place))
        elif bullet:
            help = "give each reading a bullet of its own, all with the same indent"
            reader.found.error("nested-bullet", "a bullet can't be nested in another", inner, help=help)
            # It is read all the same, so that nothing else is said of what names it.
            place = inner.within(bullet.end(), len(stripped)) if node.style == "|" else inner
            lines.append(_Line(stripped[bullet.end() :], place))
        elif bulleted and indented:
            lines[-1].text += " " + stripped
        elif node.style == "|":
            message = "each line of pasted readings begins with `- `"
            help = f"write - {stripped}" if len(stripped) <= 120 else "put `- ` before it"
            if bulleted:
                help = f"indent it more if it continues the line above; for a separate reading, {help}"
            reader.found.error("not-a-bullet", message, inner, help=help)
        else:
            lines.append(_Line(stripped, inner))
    if odds:
        _report_odd_bullets(odds, lines, reader)
    return lines


def _report_odd_bullets(odds: list[Span], lines: list[_Line], reader: Reader) -> None:
    """Report what is written instead of `- ` in pasted readings, once for all places."""
    first = odds[0]
    text = next(line.text for line in lines if line.span.start >= first.end)
    message = "each line of pasted readings begins with `- `"
    help = f"write - {text}" if len(text) <= 120 else "replace it with `- `"
    help += f"; likewise on {len(odds) - 1} more line{'s' if len(odds) > 2 else ''}" if len(odds) > 1 else ""
    fix = tuple(Edit(each, "- ") for each in odds)
    reader.found.error("not-a-bullet", message, first, help=help, fix=fix)


def read_line(text: str, span: Span, reader: Reader, *, block: bool = False) -> list[Reading]:
    """Read one line of Markdown: its first link gives title and address, and without one it is its own title."""
    if len(text) > LONGEST_LINE:
        message = f"this line has more than {LONGEST_LINE:,} characters"
        help = "shorten it, or write the reading as title:, url: and note:"
        reader.found.error("too-long", message, span.within(0, 1), help=help)
        return []
    flood = reader.find_flood(text)
    if flood is not None:
        reader.found.error("too-many", flood, span.within(0, 1), help="write the reading as title:, url: and note:")
        return []
    link = find_link(text)
    if link is not None and "|" in link[1] and find_bare(text) is not None:
        link = None  # `<https://…|words>`, as it is copied out of a chat
    if link is None:
        _warn_no_link(text, span, reader, block)
    title, url = link if link is not None else (text, None)
    if url is not None:
        raw = span.source.text.find(url, span.start, max(span.end, span.start + len(text))) if url else -1
        place = span.source.span(raw, raw + len(url)) if raw >= 0 else span
        try:
            url = check_address(url)
            warn_of_address(url, place, reader.found)
        except Misread as misread:
            fix = (Edit(place, misread.fixed),) if raw >= 0 and misread.fixed is not None else ()
            reader.found.error(misread.name, misread.message, place, help=misread.help, fix=fix)
            url = None
    reading = Reading(
        id="",
        title=plain_text(title) or text,
        url=url,
        authors=(),
        venue=None,
        year=None,
        award=None,
        doi=None,
        arxiv=None,
        pages=None,
        note=None,
        access=None,
        links=(),
        kind=None,
        markdown=text,
        origin=Origin(span),
    )
    return [reading]


def _warn_no_link(text: str, span: Span, reader: Reader, block: bool) -> None:
    """Warn of a reading that is only an address, and of a link in HTML: both are shown as typed.

    Below a `|` (`block`) a text needs no quotes, and would show them.
    """
    tag = _HTML_LINK.search(text)
    if _ADDRESS.fullmatch(text):
        link = f"[its title]({text})" if block else f'"[its title]({text})"'
        keys = "" if block else ", or title: and the title, and below it url: and this address"
        help = f"write {link}{keys}"
        reader.found.warning("bare-address", "this address is shown as plain text, without a link", span, help=help)
    elif tag is not None:
        words = f"[{tag[2].strip()}]({tag[1]})"
        message = "an HTML link is shown as typed"
        written = _TAG_AROUND.sub("", text.replace(tag[0], words)).strip()
        alone = span.text == text and re.fullmatch(r"\S+", tag[1]) is not None and "\n" not in text
        quoted = written if block else quote_text(written)
        fix = (Edit(span, quoted),) if alone and "…" not in quoted else ()
        reader.found.warning("html-link", message, span, help=f"write {quoted}", fix=fix)
    elif has_address(text):
        _warn_bare(text, span, reader, block)


def _warn_bare(text: str, span: Span, reader: Reader, block: bool) -> None:
    """Warn of an address in a line without a link."""
    bare = find_bare(text)
    if bare is None:
        help = "write [words](address) for the first of them, as in [its title](https://…)"
        reader.found.warning("bare-address", MESSAGE, span, help=help)
        return
    written, fix = fix_line(bare, text, span, block=block)
    reader.found.warning("bare-address", MESSAGE, span, help=f"write {written}", fix=fix)


def find_link(text: str) -> tuple[str, str] | None:
    """Return words and address of the first link of a line of Markdown, `[words](address)` or `<address>`.

    Brackets in the words and parentheses in the address may be inside each other (CommonMark 0.31, 6.3); what
    is in a code span or after a backslash is not a link, nor is an image.
    """
    hidden = _code_spans(text)
    brackets, parentheses = _pairs(text, "[]", hidden), _pairs(text, "()", hidden)
    at = 0
    while at < len(text):
        if at in hidden:
            at = hidden[at]
            continue
        auto = _AUTOLINK.match(text, at) if text[at] == "<" else None
        if auto is not None:
            return auto[1], auto[1]
        close = brackets.get(at)
        if close is not None and text[close + 1 : close + 2] == "(" and close + 1 in parentheses:
            if at == 0 or text[at - 1] != "!":
                return text[at + 1 : close], _target(text[close + 2 : parentheses[close + 1]])
            at = parentheses[close + 1]
        at += 1
    return None


def _target(inner: str) -> str:
    """Return the address in a link's parentheses: it may be in `<…>`, and a title may follow."""
    inner = inner.strip()
    if inner.startswith("<") and ">" in inner:
        return inner[1 : inner.find(">")]
    return inner.split(maxsplit=1)[0] if inner else ""


def _code_spans(text: str) -> dict[int, int]:
    """Return the end of each code span by its beginning."""
    runs = [(match.start(), match.end()) for match in re.finditer("`+", text)]
    by_length: dict[int, list[int]] = {}
    for place, (start, end) in enumerate(runs):
        by_length.setdefault(end - start, []).append(place)
    spans: dict[int, int] = {}
    reached = 0
    for place, (start, end) in enumerate(runs):
        same = by_length[end - start]
        same.pop(0)
        if place >= reached and same:
            spans[start] = runs[same[0]][1]
            reached = same[0] + 1
    return spans


def _pairs(text: str, marks: str, hidden: dict[int, int]) -> dict[int, int]:
    """Return the place of each closing mark by that of the opening one, in one pass."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    at = 0
    while at < len(text):
        if at in hidden:
            at = hidden[at]
            continue
        if text[at] == "\\":
            at += 1
        elif text[at] == marks[0]:
            opened.append(at)
        elif text[at] == marks[1] and opened:
            pairs[opened.pop()] = at
        at += 1
    return pairs


def plain_text(markdown: str) -> str:
    """Return the words of a piece of inline Markdown without its marks."""
    text = _LINK.sub(r"\1", markdown)
    opened: dict[str, re.Match[str]] = {}
    dropped: list[tuple[int, int]] = []
    for match in _MARK.finditer(text):
        mark = match[0]
        before, after = text[: match.start()][-1:], text[match.end() : match.end() + 1]
        if before == "\\":
            continue
        inside = mark[0] == "_" and before.isalnum() and after.isalnum()
        if mark in opened and (before.strip() or mark[0] == "`") and not inside:
            dropped += [opened.pop(mark).span(), match.span()]
        elif after.strip() and not inside and (mark[0] != "_" or not before.isalnum()):
            opened[mark] = match
    for start, end in sorted(dropped, reverse=True):
        text = text[:start] + text[end:]
    return " ".join(re.sub(r"\\([\\`*_{}\[\]()#+\-.!|<>])", r"\1", text).split())

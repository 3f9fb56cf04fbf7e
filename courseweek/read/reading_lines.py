"""Readings as lines of Markdown: pasted bullets, and texts with one link."""

from __future__ import annotations

import re
from urllib.parse import unquote

from courseweek.diagnostics import Edit, Span
from courseweek.files.paths import normal_form
from courseweek.frozen import dataclass
from courseweek.model.origin import Origin
from courseweek.model.reading import Reading
from courseweek.model.slug import make_slug
from courseweek.read.tables.fields import Table
from courseweek.read.tables.reader import Reader
from courseweek.read.values.addresses import check_address, is_file_name
from courseweek.read.values.bare_addresses import MESSAGE, find_bare, fix_line, has_address
from courseweek.read.values.doubtful_addresses import warn_of_address
from courseweek.read.values.inline_markdown import find_link, plain_text
from courseweek.read.values.misread import Misread
from courseweek.regex import lazy_pattern
from courseweek.yamltext.document import Scalar, quote_text

LONGEST_LINE = 4_000
"""Characters in one line of Markdown: more are refused."""
_BULLET = lazy_pattern(r"([-*+])(?:[ \t]+|$)")
# Word processors' bullets, numbers, and a hyphen with an unusual space or none before a link.
_ODD_BULLET = lazy_pattern(r"(?:[•·‣◦▪●○∙⁃–—]|\d{1,2}[.)]|-(?=[\[\u00a0\u202f]))[ \t\u00a0\u202f]*(?=\S)")
_HTML_LINK = lazy_pattern(r"<a\s[^<>]*?href\s*=\s*[\"']?([^\s\"'<>]+)[\"']?[^<>]*>([^<>]{1,200})</a>", re.IGNORECASE)
_TAG_AROUND = lazy_pattern(r"</?(?:li|ul|ol|p|div|span|br|td|tr)\b[^<>]{0,200}>", re.IGNORECASE)
_ADDRESS = lazy_pattern(r"https?://\S+", re.IGNORECASE)


@dataclass(slots=True)
class _BulletLine:
    """A bullet with the lines that continue it, and the place of its first line."""

    text: str
    span: Span


def read_bullets(node: Scalar, reader: Reader, table: Table) -> list[Reading]:
    """Read Markdown bullets, pasted as they are: one reading each; a text without a bullet is one reading.

    The keys of the `table` belong elsewhere: a line with them is reported.
    """
    if node.style == ">" and _BULLET.match(node.text):
        help = "replace it with `|`"
        place = node.span.within(0, 1)
        reader.found.error(
            "joined-bullets", "`>` joins the lines below it, but each reading needs its own line", place, help=help
        )
        return []
    readings = []
    for line in _split_bullets(node, reader):
        if node.style == "|" and _report_keys(line, reader, table):
            continue
        if line.text.strip():
            readings += read_line(line.text.strip(), line.span, reader, block=node.style == "|")
        else:
            reader.found.error("empty", "this reading is empty", line.span, help="complete it, or delete the line")
    return readings


def _report_keys(line: _BulletLine, reader: Reader, table: Table) -> bool:
    """Return whether a line of pasted Markdown is a reading with keys; report it if so."""
    if not line.text.startswith("title:"):
        return False
    keys = "|".join(table.by_key)
    match = re.match(
        rf"title:[ ]+(?P<title>.+?)(?=$|[ ](?:{keys}):[ ])(?:[ ]url:[ ]+(?P<url>https?://\S+))?", line.text
    )
    if match is None:
        return False
    title = match["title"].strip("\"' ")
    shown = f"[{title}]({match['url']})" if match["url"] else title
    message = "this list is pasted Markdown (`|`), in which a reading is one line without keys"
    reader.lost.add(make_slug(title))
    reader.found.error("wrong-shape", message, line.span, help=f"write - {shown}")
    return True


def _split_bullets(node: Scalar, reader: Reader) -> list[_BulletLine]:
    lines: list[_BulletLine] = []
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
            lines.append(_BulletLine(stripped[bullet.end() :], place))
        elif bullet:
            help = "give each reading a bullet of its own, all with the same indent"
            reader.found.error("nested-bullet", "a bullet can't be nested in another", inner, help=help)
            # It is read all the same, so that nothing else is said of what names it.
            place = inner.within(bullet.end(), len(stripped)) if node.style == "|" else inner
            lines.append(_BulletLine(stripped[bullet.end() :], place))
        elif bulleted and indented:
            lines[-1].text += " " + stripped
        elif node.style == "|":
            message = "each line of pasted readings begins with `- `"
            help = f"write - {stripped}" if len(stripped) <= 120 else "put `- ` before it"
            if bulleted:
                help = f"indent it more if it continues the line above; for a separate reading, {help}"
            reader.found.error("not-a-bullet", message, inner, help=help)
        else:
            lines.append(_BulletLine(stripped, inner))
    if odds:
        _report_odd_bullets(odds, lines, reader)
    return lines


def _report_odd_bullets(odds: list[Span], lines: list[_BulletLine], reader: Reader) -> None:
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
    asset = url is not None and url.startswith("assets/")
    if url is not None and asset:  # a file that is missing is a dead link, as in any other text
        path = normal_form(unquote(url.partition("#")[0])).removeprefix("assets/")
        url = path if path in reader.assets else None
    elif url is not None:
        raw = span.source.text.find(url, span.start, max(span.end, span.start + len(text))) if url else -1
        place = span.source.span(raw, raw + len(url)) if raw >= 0 else span
        try:
            _check_folder(url, reader)
            url = check_address(url)
            warn_of_address(url, place, reader.found)
        except Misread as misread:
            fix = (Edit(place, misread.fixed),) if raw >= 0 and misread.fixed is not None else ()
            reader.found.error(misread.name, misread.message, place, help=misread.help, fix=fix)
            # What was reported is no dead link as well.
            text = text.replace(f"({url})", f"({misread.fixed})") if misread.fixed is not None else text
            url = None
    return [Reading(plain_text(title) or text, Origin(span), url=url, asset=asset and url is not None, markdown=text)]


def _check_folder(target: str, reader: Reader) -> None:
    """Refuse the path of a file that does not begin with `assets/`: the links of a text are those of the site."""
    path = normal_form(unquote(target)).removeprefix("./")
    if path in reader.assets or is_file_name(target):
        written = f"assets/{target.removeprefix('./')}"
        message = f"`{target}` is a file, and its path begins with `assets/` here"
        there = path in reader.assets
        help = f"write {written}" if there else f"put the file into assets/, and write {written}"
        raise Misread(message, help, "bad-address", fixed=written if there else None)


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

"""From located texts to typed values: tables of fields, and the shapes that a field's value can have.

A `Table` says which keys a mapping can have. `Reader.record` reads a mapping by its table and reports unknown keys
(with the one that was probably meant), missing ones and values of the wrong shape, each at its place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Generic, TypeVar, cast
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from courseweek.diagnostics import Diagnostics, Span, suggest
from courseweek.model.origin import Origin
from courseweek.model.slug import LONGEST_ID, is_id_character, make_slug
from courseweek.read.located import Mapping, Node, Scalar, Sequence
from courseweek.read.moments import (
    Misread,
    Window,
    read_day,
    read_instant,
    read_time,
    read_time_range,
    read_weekday,
    read_weeks,
    read_zone,
)

T = TypeVar("T")
SCHEMES = ("http", "https", "mailto", "tel")
"""The schemes that a link may have; all others are refused."""


@dataclass(frozen=True, slots=True)
class Shape(Generic[T]):
    """What a value looks like (`what`, as in "a date such as 2027-02-15") and how it is read.

    `read` returns None after it has reported why it can't.
    """

    what: str
    read: Callable[[Node, Reader], T | None]


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """One key of a table. A `later` one is known, and what it says is not shown by this version."""

    key: str
    shape: Shape[T]
    summary: str
    required: bool = False
    later: bool = False


class Table:
    """The keys that one kind of mapping can have; `what` names it in messages ("a reading")."""

    def __init__(self, what: str, *fields: Field[Any]) -> None:
        """Take the name for messages and the fields in the order of the reference."""
        self.what = what
        self.fields = fields
        self.by_key = {each.key: each for each in fields}


@dataclass(frozen=True, slots=True)
class Record:
    """The values of one mapping by the fields of its table, and their places."""

    values: dict[str, Any]
    origin: Origin

    def __getitem__(self, wanted: Field[T]) -> T | None:
        """Return the value of this field, or None where it is absent, empty or was refused."""
        return cast("T | None", self.values.get(wanted.key))

    def need(self, wanted: Field[T]) -> T:
        """Return the value of a required field, which is there in a record that is `whole`."""
        return cast(T, self.values[wanted.key])

    def whole(self, *wanted: Field[Any]) -> bool:
        """Tell whether each of these fields has a value."""
        return all(each.key in self.values for each in wanted)


@dataclass(slots=True)
class Reader:
    """What reading a file needs besides its nodes: the collector, the term's days and zone, the course's assets."""

    found: Diagnostics
    window: Window | None = None
    zone: ZoneInfo | None = None
    assets: frozenset[str] = frozenset()
    _told_later: set[str] = field(default_factory=set)

    def record(self, node: Node, table: Table) -> Record | None:
        """Read a mapping by its table; None, and reported, if it is no mapping."""
        if not isinstance(node, Mapping):
            keys = ", ".join(f"`{each.key}`" for each in table.fields[:3])
            self.error("wrong-shape", f"{table.what} is written as keys with values", node, f"its keys are {keys} …")
            return None
        start = node.entries[0][0].span if node.entries else node.span
        values: dict[str, Any] = {}
        fields: dict[str, Span] = {}
        keys: dict[str, Span] = {}
        for key, value in node.entries:
            known = table.by_key.get(key.text)
            if known is None:
                self._report_unknown(key, table)
                continue
            keys[known.key] = key.span
            if isinstance(value, Scalar) and value.empty:
                continue
            fields[known.key] = value.span
            if known.later:
                self._report_later(key, table)
                continue
            read = known.shape.read(value, self)
            if read is not None:
                values[known.key] = read
        for each in table.fields:
            if each.required and each.key not in values and each.key not in fields:
                self._report_missing(each, table, keys.get(each.key, start), each.key in keys)
        return Record(values, Origin(start, fields, keys))

    def _report_unknown(self, key: Scalar, table: Table) -> None:
        near = suggest(key.text, table.by_key)
        known = ", ".join(f"`{each}`" for each in table.by_key)
        help = f"did you mean `{near}`?" if near else f"its keys are {known}"
        self.found.error("unknown-key", f"{table.what} has no key `{key.text}`", key.span, help=help)

    def _report_later(self, key: Scalar, table: Table) -> None:
        if key.text not in self._told_later:
            self._told_later.add(key.text)
            self.found.warning("not-yet", f"`{key.text}` of {table.what} is known, but this version does not show it", key.span)

    def _report_missing(self, missing: Field[Any], table: Table, span: Span, empty: bool) -> None:
        if empty:
            message = f"`{missing.key}` of {table.what} is empty"
        else:
            message = f"{table.what} needs `{missing.key}`"
        self.found.error("missing-key", message, span, help=f"write {missing.key}: and {missing.shape.what}")

    def error(self, name: str, message: str, node: Node, help: str | None = None) -> None:
        """Report an error at a node; for a list or mapping at its first line."""
        span = node.span
        if not isinstance(node, Scalar):
            end = span.source.text.find("\n", span.start, span.end)
            span = Span(span.source, span.start, end if end >= 0 else span.end)
        self.found.error(name, message, span, help=help)

    def scalar(self, node: Node, what: str) -> Scalar | None:
        """Return the node if it is a text that is not empty; otherwise report that `what` was expected."""
        if isinstance(node, Scalar) and node.text.strip():
            return node
        if isinstance(node, Scalar):
            self.error("wrong-shape", f"here is nothing where {what} is expected", node)
            return None
        kind = "a list" if isinstance(node, Sequence) else "a mapping"
        brackets = _looks_like_text(node)
        help = f"put the text in quotes: {brackets}" if brackets else None
        self.error("wrong-shape", f"here is {kind} where {what} is expected", node, help)
        return None


def _looks_like_text(node: Node) -> str | None:
    """Return in quotes what was probably meant as text and became a list or mapping, if it is short."""
    text = node.span.text
    if "\n" in text or len(text) > 120 or '"' in text:
        return None
    return f'"{text.strip()}"'


def _shape_of_text(what: str, convert: Callable[[str, Reader], T]) -> Shape[T]:
    """Return the shape of a text that `convert` turns into a value, or raises `Misread` for."""

    def read(node: Node, reader: Reader) -> T | None:
        scalar = reader.scalar(node, what)
        if scalar is None:
            return None
        try:
            return convert(scalar.text, reader)
        except Misread as misread:
            reader.error(misread.name, misread.message, scalar, misread.help)
            return None

    return Shape(what, read)


def list_of(shape: Shape[T], what: str) -> Shape[tuple[T, ...]]:
    """Return the shape of a list of such values; one value alone stands for a list of one."""

    def read(node: Node, reader: Reader) -> tuple[T, ...] | None:
        if isinstance(node, Sequence):
            values = [shape.read(item, reader) for item in node.items if not (isinstance(item, Scalar) and item.empty)]
            return tuple(value for value in values if value is not None)
        value = shape.read(node, reader)
        return None if value is None else (value,)

    return Shape(what, read)


def choice_of(*words: str) -> Shape[str]:
    """Return the shape of one of these words, in any case."""
    what = " or ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else words[0]

    def convert(text: str, reader: Reader) -> str:
        for word in words:
            if text.strip().casefold() == word.casefold():
                return word
        near = suggest(text.strip(), words)
        raise Misread(f"`{text.strip()}` is not {what}", f"did you mean `{near}`?" if near else f"write {what}")

    return _shape_of_text(what, convert)


def _convert_text(text: str, reader: Reader) -> str:
    return " ".join(text.split())


def _convert_markdown(text: str, reader: Reader) -> str:
    return text.strip("\n")


def _convert_identifier(text: str, reader: Reader) -> str:
    text = text.strip()
    if len(text) > LONGEST_ID:
        raise Misread(f"an id has at most {LONGEST_ID} characters", None, "bad-id")
    for char in text:
        if not is_id_character(char):
            slug = make_slug(text)
            raise Misread(
                f"an id holds letters, digits, `-` and `_`, and `{text}` holds `{char}`", f"write `{slug}`" if slug else None, "bad-id"
            )
    return unicodedata.normalize("NFC", text)


def _convert_yes_no(text: str, reader: Reader) -> bool:
    word = text.strip().lower()
    if word in ("yes", "true", "on", "y"):
        return True
    if word in ("no", "false", "off", "n"):
        return False
    raise Misread(f"`{text.strip()}` is neither yes nor no", "write yes or no")


def count_shape(most: int) -> Shape[int]:
    """Return the shape of a whole number from 1 to `most`."""

    def convert(text: str, reader: Reader) -> int:
        if re.fullmatch(r"[0-9]{1,4}", text.strip()) and 1 <= int(text) <= most:
            return int(text)
        raise Misread(f"`{text.strip()}` is not a number from 1 to {most}")

    return _shape_of_text(f"a number from 1 to {most}", convert)


def _convert_year(text: str, reader: Reader) -> int:
    if re.fullmatch(r"[0-9]{4}", text.strip()):
        return int(text)
    raise Misread(f"`{text.strip()}` is not a year", "write four digits")


def scheme_of(text: str) -> str | None:
    """Return the scheme of an address in lower case, or None (RFC 3986, section 3.1).

    Blanks and control characters are dropped first, as a browser does (WHATWG URL, basic URL parser).
    """
    cleaned = "".join(char for char in text if char > " " and unicodedata.category(char) not in ("Cc", "Cf"))
    match = re.match(r"([A-Za-z][A-Za-z0-9+.\-]*):", cleaned)
    return match[1].lower() if match else None


def check_address(text: str) -> str:
    """Return the address if it is one that a page may link to; raise `Misread` otherwise."""
    text = text.strip()
    scheme = scheme_of(text)
    if scheme is None:
        if re.match(r"(?:www\.|[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}(?:/|$))", text) and " " not in text:
            raise Misread(f"`{text}` is no whole address", f"write https://{text}", "bad-address")
        raise Misread(f"`{text}` is not an address", "an address begins with https://", "bad-address")
    if scheme not in SCHEMES:
        raise Misread(f"a link can't have the scheme `{scheme}:`", "use " + ", ".join(f"{each}:" for each in SCHEMES), "bad-scheme")
    if re.search(r"\s", text):
        raise Misread("an address holds no blanks", "write %20 for a blank", "bad-address")
    if scheme in ("http", "https"):
        try:
            parts = urlsplit(text)
            host, _ = parts.hostname, parts.port
        except ValueError:
            raise Misread(f"`{text}` is not an address", None, "bad-address") from None
        if not host or not text[len(scheme) + 1 :].startswith("//"):
            raise Misread(f"`{text}` names no host", "an address looks like https://example.edu/paper.pdf", "bad-address")
    return text


def check_asset_path(text: str, assets: frozenset[str]) -> str:
    """Return the path of a file in `assets/`; raise `Misread` where there is none or it leads elsewhere."""
    path = text.strip().removeprefix("./")
    trimmed = path.removeprefix("assets/")
    if trimmed in assets:
        return trimmed
    if path.startswith("/") or "\\" in path or ".." in path.split("/"):
        raise Misread(f"`{text}` leads out of `assets/`", "write the path as it is inside `assets/`", "outside")
    near = suggest(trimmed, assets)
    raise Misread(
        f"there is no file `assets/{trimmed}`", f"did you mean `{near}`?" if near else "add the file, or mend the path", "missing-file"
    )


def _convert_repository(text: str, reader: Reader) -> str:
    address = check_address(text)
    if not address.startswith("https://"):
        raise Misread("the repository's address begins with https://", None, "bad-address")
    return address.rstrip("/").removesuffix(".git")


def _convert_language(text: str, reader: Reader) -> str:
    if re.fullmatch(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*", text.strip()):
        return text.strip()
    raise Misread(f"`{text.strip()}` is no language tag", "write one such as en or de-CH (BCP 47)")


def _convert_accent(text: str, reader: Reader) -> str:
    match = re.fullmatch(r"#?([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})", text.strip())
    if match is None:
        raise Misread(f"`{text.strip()}` is no colour", 'write one such as "#003262", in quotes')
    digits = match[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(char * 2 for char in digits))


def _convert_day(text: str, reader: Reader) -> date:
    return read_day(text, reader.window)


def _convert_day_with_year(text: str, reader: Reader) -> date:
    return read_day(text, None)


def _convert_instant(text: str, reader: Reader) -> datetime:
    if reader.zone is None:
        raise Misread("this needs the term's time zone", None)
    return read_instant(text, reader.window, reader.zone, time(0))


def _read_weekdays(node: Node, reader: Reader) -> tuple[int, ...] | None:
    items: Iterable[Node] = node.items if isinstance(node, Sequence) else (node,)
    days: list[int] = []
    for item in items:
        scalar = reader.scalar(item, "a day of the week")
        if scalar is None:
            continue
        for word in re.split(r"\s*(?:,|/|&|\band\b)\s*", scalar.text.strip()):
            try:
                days.append(read_weekday(word))
            except Misread as misread:
                reader.error(misread.name, misread.message, scalar, misread.help)
    return tuple(sorted(set(days))) or None


def _read_weeks(node: Node, reader: Reader) -> Any:
    items: Iterable[Node] = node.items if isinstance(node, Sequence) else (node,)
    words = [scalar.text for scalar in (reader.scalar(item, WEEKS_WHAT) for item in items) if scalar]
    try:
        return read_weeks(", ".join(words)) if words else None
    except Misread as misread:
        reader.error(misread.name, misread.message, node, misread.help)
        return None


WEEKS_WHAT = "weeks such as odd, 2-14 or [1, 3, 5]"

TEXT = _shape_of_text("a text", _convert_text)
MARKDOWN = _shape_of_text("a text in Markdown", _convert_markdown)
IDENTIFIER = _shape_of_text("an id such as big-data", _convert_identifier)
YES_NO = _shape_of_text("yes or no", _convert_yes_no)
YEAR = _shape_of_text("a year such as 2021", _convert_year)
ADDRESS = _shape_of_text("an address such as https://example.edu/", lambda text, reader: check_address(text))
REPOSITORY = _shape_of_text("an address such as https://github.com/example/course", _convert_repository)
LANGUAGE = _shape_of_text("a language tag such as en", _convert_language)
ACCENT = _shape_of_text('a colour such as "#003262"', _convert_accent)
DAY = _shape_of_text("a date such as 2027-02-15", _convert_day)
DAY_WITH_YEAR = _shape_of_text("a date such as 2027-01-25", _convert_day_with_year)
INSTANT = _shape_of_text("a date, and a time if wanted", _convert_instant)
TIME = _shape_of_text("a time such as 23:59", lambda text, reader: read_time(text))
TIME_RANGE = _shape_of_text("a range such as 13:00-16:00", lambda text, reader: read_time_range(text))
ZONE = _shape_of_text("a time zone such as America/Los_Angeles", lambda text, reader: read_zone(text))
WEEKDAY = _shape_of_text("a day of the week", lambda text, reader: read_weekday(text))
WEEKDAYS = Shape("days of the week such as [Tue, Thu]", _read_weekdays)
WEEKS = Shape(WEEKS_WHAT, _read_weeks)
ANY: Shape[Node] = Shape("anything", lambda node, reader: node)
TEXTS = list_of(TEXT, "a list of texts")

"""Reading a made page back: what it says, found in its bytes alone, without a word from what made it.

Pages are rendered well formed, and one that is not is reported. So a scanner for start tags (WHATWG HTML, section
13.1.2) is enough; it takes a tenth of the time of a whole parser, and a test compares the two.
"""

from __future__ import annotations

import html
import json
import re
from datetime import datetime, timedelta

from courseweek.checks.output.policy import find_policy_flaw
from courseweek.checks.output.start_tags import ATTRIBUTES, read_attributes
from courseweek.frozen import dataclass
from courseweek.model.link import SCHEMES, SUBSCRIBED
from courseweek.regex import lazy_pattern

# Tags that say nothing of what is looked for, and the text after them: most of a page, and passed over at once.
_SILENT = (
    r"""</?(?!(?:tr|tbody|table|section|main|script|style|title|textarea)\b)[a-z][a-z0-9]*+"""
    r"""(?: class="(?!day")[^"<>]*+")?>[^<]*+"""
)
_TOKEN = lazy_pattern(
    rf"(?:{_SILENT})++"
    r"|<!--.*?-->|<!doctype html>"
    rf"|<(?P<raw>script|style|title|textarea)\b({ATTRIBUTES})\s*>(?P<text>.*?)</(?P=raw)\s*>"
    rf"|<(?P<tag>[a-z][^\s<>/]*+)({ATTRIBUTES})\s*/?>"
    r"|</(?P<end>[a-z][^\s<>/]*+)\s*>"
    r"|<(?P<broken>)",
    re.DOTALL | re.IGNORECASE,
)
# What is looked at: most tags have none of these, and their attributes need not be taken apart.
_NOTED = lazy_pattern(r"\s(?:id|href|src|style|on[a-z]+|data-date|data-at|datetime)\b|\sclass=\"day\"", re.IGNORECASE)
_MARKUP = lazy_pattern(r"<[^>]*>")
_SCHEMES = (*SCHEMES, SUBSCRIBED)
_SCHEME = lazy_pattern(r"[\x00-\x20]*([A-Za-z][A-Za-z0-9+.\-]*):")
_POLICY_CLUES = ("block policy", "Content-Security-Policy", "content-security-policy", "<head")
_WEEK_ID = lazy_pattern(r"week-(\d+)")
_ROW_ENDS = {"tbody", "table", "section", "main"}


@dataclass(frozen=True, slots=True)
class ShownTime:
    """A `<time>`: its moment, its words, and the id of the row around it, if one is.

    So is the first element of a row with the class `day`, whose moment is the row's date, and without words a list's
    item with `data-at`, in minutes from the begin of its week. `tabled` says whether it is in a table.
    """

    moment: str
    words: str
    row: str | None
    line: int
    tabled: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a schedule: an element with `data-date`."""

    id: str
    date: str
    week: str | None
    line: int
    tabled: bool


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that no page may have: one clause, and its line in the page.

    `written` is how a person may have written it in a text, None for what no text can bring; `clues` are what to look
    for in a layout. `lacking` is the path of another page that should have a place to which this one links.
    """

    message: str
    line: int
    written: str | None
    clues: tuple[str, ...]
    lacking: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page says: its ids, its links with their lines, its rows and times, and its flaws."""

    ids: tuple[str, ...]
    links: tuple[tuple[str, int], ...]
    rows: tuple[Row, ...]
    times: tuple[ShownTime, ...]
    flaws: tuple[Flaw, ...]


def read_back(page: bytes) -> Facts:
    """Return what a made page says. Its bytes alone decide, so the answer may be kept for them."""
    return _TagWalk(page.decode("utf-8")).facts()


def describe_page(page: bytes) -> str:
    """Return the facts of a page as text, to be kept with it."""
    return write_facts(read_back(page))


def write_facts(facts: Facts) -> str:
    """Return facts as text, to be kept."""
    rows = [(each.id, each.date, each.week, each.line, each.tabled) for each in facts.rows]
    times = [(each.moment, each.words, each.row, each.line, each.tabled) for each in facts.times]
    flaws = [(each.message, each.line, each.written, each.clues) for each in facts.flaws]
    return json.dumps([facts.ids, facts.links, rows, times, flaws])


def recall_facts(text: str) -> Facts:
    """Return the facts that `write_facts` wrote."""
    ids, links, rows, times, flaws = json.loads(text)
    return Facts(
        ids=tuple(ids),
        links=tuple((target, line) for target, line in links),
        rows=tuple(Row(*each) for each in rows),
        times=tuple(ShownTime(*each) for each in times),
        flaws=tuple(Flaw(message, line, written, tuple(clues)) for message, line, written, clues in flaws),
    )


class _TagWalk:
    """The one walk over a page's tags."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.ids: dict[str, None] = {}
        self.links: list[tuple[str, int]] = []
        self.rows: list[Row] = []
        self.times: list[ShownTime] = []
        self.flaws: list[Flaw] = []
        self.row: str | None = None
        self.day: str | None = None
        self.week: str | None = None
        self.begins = ""
        self.tables = 0
        self._counted = (0, 1)

    def facts(self) -> Facts:
        unsafe = find_policy_flaw(self.text)
        if unsafe is not None:
            line = self.text.count("\n", 0, unsafe[1]) + 1
            self.flaws.append(Flaw(unsafe[0], line, None, _POLICY_CLUES))
        for found in _TOKEN.finditer(self.text):
            if (tag := found["tag"] or found["raw"]) is not None:
                self._start(tag.lower(), found[5] if found["tag"] else found[2], found)
            elif (end := found["end"]) is not None:
                self._end(end.lower())
            elif found["broken"] is not None:
                self._flaw("is not a tag that browsers understand", found, "<")
        return Facts(tuple(self.ids), tuple(self.links), tuple(self.rows), tuple(self.times), tuple(self.flaws))

    def _end(self, tag: str) -> None:
        if tag in _ROW_ENDS:
            self.row = self.week = None
        self.tables -= tag == "table" and self.tables > 0

    def _start(self, tag: str, written: str, found: re.Match[str]) -> None:
        if tag == "tr":
            self.row = self.day = None
        self.tables += tag == "table"
        if tag == "style":
            self._flaw("is an inline style", found, "<style")
        if tag != "script" and _NOTED.search(written) is None:
            return
        attributes = dict(read_attributes(written))
        self._check(tag, attributes, found)
        if "id" in attributes:
            self._take_id(attributes["id"], found)
        if tag == "tbody":
            self._begin_week(attributes)
        for name in ("href", "src"):
            if name in attributes:
                self._take_link(attributes, attributes[name], found)
        if "data-date" in attributes:
            self.row = attributes.get("id", "")
            week, tabled = attributes.get("data-week", self.week), self.tables > 0
            self.rows.append(Row(self.row, attributes["data-date"], week, self._line(found), tabled))
            self.day = attributes["data-date"]
        if tag == "time" and "datetime" in attributes:
            self._take_time(tag, attributes["datetime"], found)
        elif tag == "li" and "data-at" in attributes:
            moment = _find_instant(self.begins, attributes["data-at"])
            self.times.append(ShownTime(moment, "", self.row, self._line(found), self.tables > 0))
        elif self.day is not None and attributes.get("class") == "day":
            self._take_time(tag, self.day, found)
            self.day = None

    def _begin_week(self, attributes: dict[str, str]) -> None:
        week_id = _WEEK_ID.fullmatch(attributes.get("id", ""))
        if week_id is not None:
            self.week = week_id[1]
        self.begins = attributes.get("data-from", "")

    def _take_time(self, tag: str, moment: str, found: re.Match[str]) -> None:
        end = self.text.find(f"</{tag}>", found.end())
        words = html.unescape(_MARKUP.sub("", self.text[found.end() : max(end, found.end())]))
        self.times.append(ShownTime(moment, words, self.row, self._line(found), self.tables > 0))

    def _check(self, tag: str, attributes: dict[str, str], found: re.Match[str]) -> None:
        # A block of data, such as JSON-LD, is not a script (WHATWG HTML, section 4.12.1).
        if tag == "script" and "src" not in attributes and "json" not in attributes.get("type", ""):
            self._flaw("is an inline script", found, "<script")
        for name in attributes:
            if name == "style" or name.startswith("on"):
                what = "a style" if name == "style" else "a script"
                self._flaw(f"has {what} in the attribute `{name}`", found, f" {name}=", f"{name}=")

    def _take_id(self, id: str, found: re.Match[str]) -> None:
        if id in self.ids:
            self._flaw(
                f"has the id `{id}`, which another element already has",
                found,
                f'id="{id}"',
                'id="',
                written=f'id="{id}"',
            )
        self.ids[id] = None

    def _take_link(self, attributes: dict[str, str], target: str, found: re.Match[str]) -> None:
        scheme = _SCHEME.match(target)
        if scheme is None:
            self.links.append((target, self._line(found)))
        elif scheme[1].lower() not in _SCHEMES and not (attributes.get("rel") == "icon" and scheme[1] == "data"):
            self._flaw(f"has an address with the scheme `{scheme[1]}:`", found, target, f"{scheme[1]}:", "href=")

    def _flaw(self, message: str, found: re.Match[str], *clues: str, written: str | None = None) -> None:
        end = found.end()
        if found["raw"] is not None:
            end = found.start("text")
        elif found["broken"] is not None:
            end = self.text.find("\n", end, end + 80) if "\n" in self.text[end : end + 80] else end + 80
        tag = self.text[found.start() : end]
        self.flaws.append(Flaw(f"`{_shorten(tag)}` {message}", self._line(found), written, (tag, *clues)))

    def _line(self, found: re.Match[str]) -> int:
        """Return the line of a tag, from 1; the tags come in order."""
        at, line = self._counted
        line += self.text.count("\n", at, found.start())
        self._counted = (found.start(), line)
        return line


def _find_instant(begins: str, minutes: str) -> str:
    """Return the instant that is a number of minutes after a week begins; any other text stays as it is."""
    if not begins or not minutes.removeprefix("-").isdecimal():
        return minutes
    try:
        return (datetime.fromisoformat(begins) + timedelta(minutes=int(minutes))).isoformat()
    except (ValueError, OverflowError):
        return minutes


def _shorten(tag: str) -> str:
    line = " ".join(tag.split())
    return line if len(line) <= 80 else f"{line[:79]}…"

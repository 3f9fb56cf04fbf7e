"""What a person reads of a comparison: a list of what agrees and what does not, and a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from courseweek.frozen import dataclass
from courseweek.language.formats import Formats
from courseweek.lms.agreement import Agreement, Judged
from courseweek.lms.exported import Entry, Exported
from courseweek.lms.own_deadlines import OwnDeadline
from courseweek.lms.titles import split_title
from courseweek.report.text import count_cells, disarm, printable

WIDEST_TITLE = 40
"""Terminal cells of the column of titles; longer ones are cut."""
COLUMNS = ("Title", "Due date", "Due time", "Compared", "Title there", "Date there", "Time there")
"""The first line of the table."""
_FORMULA = ("=", "+", "-", "@")
"""What a spreadsheet takes for the beginning of a formula."""
_FORMATS = Formats("en")


@dataclass(frozen=True, slots=True)
class Account:
    """Writes what comes of a comparison; `name` is that of the file, `zone` that of the course."""

    agreement: Agreement
    exported: Exported
    name: str
    zone: str

    def describe(self) -> str:
        """Return the comparison as text for a terminal; nothing that comes from the file can do anything there."""
        if self.agreement.other_term:
            return f"{self._say_other_term()}\n"
        rows = {
            "Agree": [(each.pair.own.title, self._describe(each)) for each in self._of("same")],
            "Agree, with the date of the next day there": [
                (each.pair.own.title, self._describe(each)) for each in self._of("other day")
            ],
            "Differ": [(each.pair.own.title, self._describe(each)) for each in self._unexplained()],
            "Only here": list(self._list_missing()),
            "Only there": [(each.name, self._when(each)) for each in self.agreement.only_there],
            "Exceptions there": [(each.own.title, self._when(each.entry)) for each in self.agreement.exceptions],
        }
        lists = [_list_rows(heading, listed) for heading, listed in rows.items() if listed]
        remarks = [*map(_clean, self._remark()), _clean(self._close())]
        return "\n".join("".join(f"{line}\n" for line in lines) for lines in (*lists, remarks))

    def tabulate(self) -> str:
        """Return all deadlines as a table in CSV: what is to be entered or changed there, and what agrees."""
        rows = [
            *((each.pair.own, each.pair.entry, _WORDS[each.verdict]) for each in self.agreement.judged),
            *((each, None, "enter") for each in self.agreement.only_here),
            *((each, None, "not in the file") for each in self.agreement.uncovered),
            *((None, each, "only there") for each in self.agreement.only_there),
        ]
        file = io.StringIO(newline="")
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for own, entry, word in sorted(rows, key=lambda row: _instant(row[0], row[1])):
            ours = (own.title, *_split(own.at)) if own is not None else ("", "", "")
            theirs = (entry.name, *_split(entry.at, whole_day=entry.whole_day)) if entry is not None else ("", "", "")
            writer.writerow([_defuse(cell) for cell in (*ours, word, *theirs)])
        return file.getvalue()

    def _of(self, verdict: str) -> list[Judged]:
        return [each for each in self.agreement.judged if each.verdict == verdict]

    def _unexplained(self) -> list[Judged]:
        """Return what differs by more than the clock of the other system."""
        return [each for each in self.agreement.differing if not self._is_shifted(each)]

    def _list_missing(self) -> Iterator[tuple[str, str]]:
        """Yield a row for each deadline that is only here, one for all of a series of which nothing is there."""
        matched = {each.pair.own.series for each in self.agreement.judged}
        whole: dict[str, list[OwnDeadline]] = {}
        for each in self.agreement.only_here:
            if each.series is not None and each.series not in matched:
                whole.setdefault(each.series, []).append(each)
        for each in self.agreement.only_here:
            of_series = whole.get(each.series or "", [])
            if len(of_series) < 2:
                yield each.title, _moment(each.at)
            elif of_series[0] is each:
                first, last = (_moment(of_series[place].at) for place in (0, -1))
                yield each.series or "", f"{len(of_series)} deadlines, {first} – {last}"

    def _is_shifted(self, judged: Judged) -> bool:
        return self.agreement.shift is not None and judged.later in self.agreement.shift

    def _describe(self, judged: Judged) -> str:
        """Return the moment of a pair, that of the other system if it is another one, and its name there."""
        own, entry = judged.pair.own, judged.pair.entry
        parts = [_moment(own.at)]
        if judged.verdict != "same":
            parts.append(f"there {self._when(entry)}")
            parts[-1] += f": {_describe_gap(judged.later)}" if judged.later else ""
        elif entry.exception is not None:
            parts.append(f"for {_cut(entry.exception)}")
        if split_title(entry.name) not in own.names:
            parts.append(f"there called “{_cut(entry.name)}”")
        return "   ".join(parts)

    def _when(self, entry: Entry) -> str:
        """Return when an entry is due, with the year if that is not one of ours, and for whom."""
        years = {each.pair.own.at.year for each in self.agreement.judged if each.pair.own.at is not None}
        when = _moment(entry.at, entry.whole_day, dated=bool(years) and entry.at.year not in years)
        return when if entry.exception is None else f"{when}, for {_cut(entry.exception)}"

    def _remark(self) -> Iterator[str]:
        """Yield what is said once, of all."""
        found, system = self.agreement, self.exported.system or "the other system"
        if found.shift is not None:
            shifted = sum(map(self._is_shifted, found.differing))
            low, high = found.shift
            gap = _describe_gap(low) if low == high else f"{_describe_gap(low)} or {_describe_gap(high)}"
            yield f"{_count(shifted, 'deadline')} there {_be(shifted)} {gap}: the time zone there is not {self.zone}."
        days = sum(each.pair.entry.whole_day for each in found.judged)
        if days and self.exported.system == "Canvas":
            yield f"Canvas gives no time for {_count(days, 'deadline')}: it writes 23:59 as a day."
        elif days:
            yield f"The file has no time for {_count(days, 'deadline')}, so only the day is compared."
        if found.covered is not None:
            week = _FORMATS.day_range(*found.covered)
            number = len(found.uncovered)
            yield f"All entries there are of {week}, as in Moodle's export of one week. Export all, to compare all."
            yield f"{_count(number, 'deadline')} of other days {_be(number)} not compared."
        elif found.uncovered:
            yield (
                f"{_count(len(found.uncovered), 'deadline')} {_be(len(found.uncovered))} not compared: "
                "an export leaves out what is long past or far away."
            )
        if found.left_out:
            are = "is not a deadline" if found.left_out == 1 else "are not deadlines"
            yield f"{_count(found.left_out, 'other entry', 'other entries')} there {are}, such as classes and openings."
        if found.others:
            number = found.left_out_of_others
            yield f"{_count(number, 'entry', 'entries')} there {_be(number)} of {name_courses(found.others)}."
        if self.exported.unreadable:
            number = self.exported.unreadable
            yield f"{_count(number, 'entry', 'entries')} there {'has' if number == 1 else 'have'} no date."
        if not found.courses and found.only_there and self.exported.entries:
            yield f"{system[:1].upper()}{system[1:]} does not say to which course an entry belongs."

    def _close(self) -> str:
        found = self.agreement
        agree = len(found.judged) - len(found.differing)
        if not (found.judged or found.only_here or found.only_there):
            return f"{self.name} has nothing to compare."
        if found.is_whole:
            return f"{_count(agree, 'deadline')} {'agrees' if agree == 1 else 'agree'} with {self.name}."
        counts = (
            (len(found.differing), "differs", "differ"),
            (len(found.only_here), "is only here", "are only here"),
            (len(found.only_there), "is only there", "are only there"),
            (agree, "agrees", "agree"),
        )
        said = [f"{number} {one if number == 1 else several}" for number, one, several in counts if number]
        return f"Compared with {self.name}: {', '.join(said)}."

    def _say_other_term(self) -> str:
        """Return the sentence about a file of another term."""
        later = sorted(each.later for each in self.agreement.judged if each.later is not None)
        usual = later[len(later) // 2]
        months = round(abs(usual).days / 30.4)
        gap = "a year" if months == 12 else f"{months} months"
        way = "later" if usual > timedelta(0) else "earlier"
        return _clean(f"{self.name} is of another term: its deadlines are about {gap} {way} than ours.")


_WORDS = {"same": "agrees", "other day": "agrees, with the next day", "differs": "change"}


def name_courses(courses: Sequence[str], most: int = 3) -> str:
    """Return the names of courses, the first of many."""
    more = len(courses) - most
    return _FORMATS.join([*map(_cut, courses[:most]), *([_count(more, "other course")] if more > 0 else [])])


def _list_rows(heading: str, rows: Sequence[tuple[str, str]]) -> list[str]:
    """Return lines: a heading with the number of rows, and the rows in two columns."""
    titles = [_cut(printable(title)) for title, _ in rows]
    width = max(map(count_cells, titles))
    return [
        f"{heading}: {len(rows)}",
        *(
            disarm(f"  {title}{' ' * (width - count_cells(title))}   {printable(text)}".rstrip())
            for title, (_, text) in zip(titles, rows, strict=True)
        ),
    ]


def _cut(title: str) -> str:
    """Return a title that is not too wide for its column."""
    if count_cells(title) <= WIDEST_TITLE:
        return title
    kept = title[:WIDEST_TITLE]
    while count_cells(kept) >= WIDEST_TITLE:
        kept = kept[:-1]
    return f"{kept}…"


def _clean(line: str) -> str:
    return disarm(printable(line))


def _moment(at: datetime | None, whole_day: bool = False, *, dated: bool = False) -> str:
    """Return "Thu 4 Mar, 23:59", with the year if it is `dated`, and without the time of a whole day."""
    if at is None:
        return "to be decided"
    day = _FORMATS.dated_day(at.date()) if dated else _FORMATS.day(at.date())
    return day if whole_day else f"{day}, {_FORMATS.clock(at.time(), '24-hour')}"


def _describe_gap(gap: timedelta) -> str:
    """Return "2 days later" or "1 h 30 min earlier"."""
    minutes = abs(gap) // timedelta(minutes=1)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [_count(days, "day")] if days else []
    parts += [f"{hours} h"] if hours else []
    parts += [f"{rest} min"] if rest else []
    return f"{' '.join(parts)} {'later' if gap > timedelta(0) else 'earlier'}"


def _count(number: int, one: str, several: str | None = None) -> str:
    return f"{number} {one if number == 1 else several or f'{one}s'}"


def _be(number: int) -> str:
    return "is" if number == 1 else "are"


def _instant(own: OwnDeadline | None, entry: Entry | None) -> tuple[bool, str]:
    """Return by what a row of the table is sorted: our moment, else theirs; what is to be decided is last."""
    at = own.at if own is not None else entry.at if entry is not None else None
    return (at is None, at.isoformat() if at is not None else "")


def _split(at: datetime | None, *, whole_day: bool = False) -> Iterable[str]:
    """Return the cells of a moment: its date and its time."""
    if at is None:
        return ("", "")
    return (at.date().isoformat(), "" if whole_day else f"{at:%H:%M}")


def _defuse(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula, with invisible characters as escapes."""
    cell = printable(cell)
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) else cell

"""Topics onto class days: each takes the next free one of its kind, a dated one its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from courseweek.diagnostics import Diagnostics, suggest
from courseweek.model.meeting import Topic
from courseweek.model.term import Term, TimeRange
from courseweek.schedule.calendar import ClassDay
from courseweek.schedule.window import check_window


@dataclass(frozen=True, slots=True)
class Placed:
    """A topic on a day; None stands for the topic of a class day that is left over.

    `slot` is the class that it takes or shares, None for an extra meeting; `part` which of how many days it is, for a
    topic that runs over several; `order` its place in the file among all rows.
    """

    topic: Topic | None
    on: date
    slot: ClassDay | None
    part: tuple[int, int] | None
    order: int

    @property
    def first(self) -> bool:
        """Whether it is the topic's first day, for which its own time and place hold."""
        return self.part is None or self.part[0] == 1

    @property
    def time(self) -> TimeRange | None:
        """Its time: the topic's own on its first day, else that of the class."""
        if self.topic is not None and self.topic.time is not None and self.first:
            return self.topic.time
        return self.slot.pattern.time if self.slot is not None else None

    @property
    def place(self) -> str | None:
        """Its place: the topic's own on its first day, else that of the class."""
        if self.topic is not None and self.topic.place is not None and self.first:
            return self.topic.place
        return self.slot.pattern.place if self.slot is not None else None

    @property
    def begins(self) -> tuple[date, time, int]:
        """What rows are sorted by: day, time, place in the file."""
        moment = self.time
        return self.on, moment.start if moment else time.min, self.order


@dataclass(slots=True)
class _Line:
    """The class days of one kind, and which of them are taken."""

    days: list[ClassDay]
    taken: set[int]
    overfull: bool = False

    def take_next(self, after: date | None = None) -> ClassDay | None:
        for index, day in enumerate(self.days):
            if index not in self.taken and (after is None or day.on > after):
                self.taken.add(index)
                return day
        return None

    def take_on(self, on: date, moment: TimeRange | None) -> ClassDay | None:
        """Take the free class of this date that `moment`, if there is one, does not miss."""
        for index, day in enumerate(self.days):
            if day.on != on or index in self.taken:
                continue
            own = day.pattern.time
            if moment is None or own is None or own.overlaps(moment):
                self.taken.add(index)
                return day
        return None


class Kinds:
    """The kinds of the weekly pattern; their case does not matter."""

    def __init__(self, term: Term) -> None:
        """Take them from the pattern, each as it is first spelled there."""
        self.spelled: dict[str, str] = {}
        for pattern in term.meets:
            if pattern.kind is not None:
                self.spelled.setdefault(pattern.kind.casefold(), pattern.kind)
        self.first = self.spell(term.meets[0].kind) if term.meets else None
        self.numbered = {self.spell(pattern.kind) for pattern in term.meets if pattern.numbered}

    def spell(self, kind: str | None) -> str | None:
        """Return the kind as the pattern spells it; one that it does not have as it is."""
        return None if kind is None else self.spelled.get(kind.casefold(), kind)

    def line(self, kind: str | None) -> str | None:
        """Return the kind on whose class days a topic of this kind flows: its own, else the first entry's."""
        spelled = self.spell(kind)
        return spelled if spelled in self.spelled.values() else self.first


class Placement:
    """Gives each topic its day, on a line of class days for each kind of the pattern."""

    def __init__(self, term: Term, kinds: Kinds, days: tuple[ClassDay, ...], found: Diagnostics) -> None:
        """Take the term, its kinds and its class days; those that a break takes are left aside."""
        self.term = term
        self.kinds = kinds
        self.found = found
        self.lines = {kinds.spell(pattern.kind): _Line([], set()) for pattern in term.meets}
        for day in days:
            if day.taken_by is None:
                self.lines[kinds.spell(day.kind)].days.append(day)
        self.used: set[str | None] = set()
        self._orders: dict[int, int] = {}

    def place(self, lists: tuple[tuple[Topic, ...], ...]) -> list[Placed]:
        """Return the rows in order of time. Dated topics come first, the others take what is left in their order."""
        topics = [topic for topics in lists for topic in topics]
        self._orders = {id(topic): index * 100 for index, topic in enumerate(topics)}
        rows: dict[int, list[Placed]] = {}
        for topic in topics:
            self._note_kind(topic)
            if topic.date is not None:
                rows[id(topic)] = self._place_dated(topic, topic.date)
        for each in lists:
            before: Topic | None = None
            for topic in each:
                if topic.same_day:
                    rows[id(topic)] = self._share_day(topic, before, rows)
                elif topic.date is None:
                    rows[id(topic)] = self._place_next(topic)
                before = topic
        placed = [row for topic in topics for row in rows[id(topic)]]
        placed += self._open_days(topics)
        return sorted(placed, key=lambda row: row.begins)

    def _note_kind(self, topic: Topic) -> None:
        if not self.lines:
            return
        self.used.add(self.kinds.line(topic.kind))
        if topic.kind is not None and topic.kind.casefold() not in self.kinds.spelled:
            near = suggest(topic.kind, self.kinds.spelled.values())
            if near is not None:
                self.found.warning(
                    "unknown-kind",
                    f"the weekly pattern has no kind `{topic.kind}`",
                    topic.origin.of("kind"),
                    help=f"did you mean `{near}`?",
                )

    def _row(self, topic: Topic, slot: ClassDay | None, on: date, part: tuple[int, int] | None = None, step: int = 0) -> Placed:
        return Placed(topic, on, slot, part, self._orders[id(topic)] + step)

    def _place_dated(self, topic: Topic, on: date) -> list[Placed]:
        if not check_window(f"`{topic.title}`", on, self.term, topic.origin.of("date"), self.found):
            return []
        line = self.lines.get(self.kinds.line(topic.kind))
        slot = line.take_on(on, topic.time) if line is not None else None
        part = (1, topic.days) if topic.days > 1 else None
        rows = [self._row(topic, slot, on, part)]
        for step in range(1, topic.days):
            following = line.take_next(after=rows[-1].on) if line is not None else None
            if following is None:
                self._report_left_over(topic, line)
                break
            rows.append(self._row(topic, following, following.on, (step + 1, topic.days), step))
        return rows

    def _share_day(self, topic: Topic, before: Topic | None, rows: dict[int, list[Placed]]) -> list[Placed]:
        if before is None:
            self.found.error(
                "no-day-to-share",
                f"`{topic.title}` shares the day of the topic before it, and there is none",
                topic.origin.key("same_day"),
                help="delete same_day, or put a topic before it",
            )
            return []
        host = rows.get(id(before))
        return [self._row(topic, host[-1].slot, host[-1].on)] if host else []

    def _place_next(self, topic: Topic) -> list[Placed]:
        line = self.lines.get(self.kinds.line(topic.kind))
        if line is None:
            self.found.error(
                "no-date",
                f"`{topic.title}` needs a date: the term has no weekly pattern",
                topic.origin.span,
                help="write date: 2027-02-15, or give the term meets:",
            )
            return []
        rows = []
        count = max(topic.days, topic.times)
        for step in range(count):
            slot = line.take_next()
            if slot is None:
                self._report_left_over(topic, line)
                break
            part = (step + 1, topic.days) if topic.days > 1 else None
            rows.append(self._row(topic, slot, slot.on, part, step))
        return rows

    def _report_left_over(self, topic: Topic, line: _Line | None) -> None:
        if line is None or line.overfull:
            return
        line.overfull = True
        kind = self.kinds.line(topic.kind)
        of_kind = f" of kind {kind}" if kind is not None and len(self.lines) > 1 else ""
        count = len(line.days)
        self.found.error(
            "too-many-topics",
            f"no class day is left for `{topic.title}`: the term has {count} class day{'' if count == 1 else 's'}{of_kind}",
            topic.origin.span,
            help="delete or join topics, share a day with same_day: yes, or let the term end later",
            other=(self.term.origin.of("ends"), f"the term ends here ({self.term.ends})"),
        )

    def _open_days(self, topics: list[Topic]) -> list[Placed]:
        """Return a row for each class day left over on a line that has topics; one warning names them."""
        rows: list[Placed] = []
        for kind, line in self.lines.items():
            if kind in self.used:
                rows += [
                    Placed(None, day.on, day, None, len(topics) * 100 + index)
                    for index, day in enumerate(line.days)
                    if index not in line.taken
                ]
        rows.sort(key=lambda row: row.begins)
        if rows:
            days = ", ".join(f"{row.on:%Y-%m-%d}" for row in rows[:8]) + (", …" if len(rows) > 8 else "")
            noun = "class day has" if len(rows) == 1 else "class days have"
            last = topics[-1].origin.span
            self.found.warning(
                "open-days",
                f"{len(rows)} {noun} no topic yet: {days}",
                last,
                help="add topics after this one; TBD with times: says that they are open",
            )
        return rows


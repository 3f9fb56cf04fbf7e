"""Topics onto class days: each takes the next free one of its kind, a dated one its own."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from courseweek.diagnostics import Diagnostics
from courseweek.frozen import dataclass
from courseweek.model.meeting import Topic
from courseweek.model.term import TimeRange
from courseweek.regex import lazy_pattern
from courseweek.schedule.calendar import Calendar, ClassDay
from courseweek.schedule.group_changes import GroupChanges
from courseweek.schedule.ids import ROWS_OF_TOPIC
from courseweek.schedule.joining import Joining
from courseweek.schedule.sessions import Groups, common_place, common_time, list_held, order_time
from courseweek.schedule.window import check_window

NEAR_KIND = 0.8
"""How near a kind must be to one of the pattern to count as a slip: `Review lecture` is not one."""
_PLAIN = lazy_pattern(r"[^\W\d_][\w .()/+-]*")


@dataclass(frozen=True, slots=True)
class Placed:
    """A topic on a day; the topic is None for a class day left over.

    `slot` is the class that it takes or shares, None for an extra meeting; `part` which of how many days it is, for
    a topic that runs over several; `order` its place in the file among all rows; `host` the order of the row whose day
    it shares.
    """

    topic: Topic | None
    on: date
    time: TimeRange | None
    place: str | None
    slot: ClassDay | None
    part: tuple[int, int] | None
    order: int
    groups: Groups = ()
    host: int | None = None

    @property
    def first(self) -> bool:
        """Whether it is the topic's first day, for which its own time and place hold."""
        return self.part is None or self.part[0] == 1

    @property
    def begins(self) -> tuple[date, tuple[bool, dt.time], int]:
        """What rows are sorted by: day, time, place in the file; a session is where its first group is."""
        if self.groups:
            return *list_held(self.groups)[0].begins, self.order
        return self.on, order_time(self.time), self.order


@dataclass(slots=True)
class _DaysOfKind:
    """The class days of one kind, which of them are taken, and how many more the topics need.

    `without_day` is the first topic that found no day.
    """

    days: list[ClassDay]
    taken: set[int]
    missed: int = 0
    without_day: Topic | None = None

    @property
    def left(self) -> int:
        """How many of its class days are free."""
        return len(self.days) - len(self.taken)

    def miss(self, topic: Topic, days: int) -> None:
        self.without_day = self.without_day or topic
        self.missed += days

    def take_next(self, after: date | None = None) -> ClassDay | None:
        for index, day in enumerate(self.days):
            if index not in self.taken and (after is None or day.on > after):
                self.taken.add(index)
                return day
        return None

    def take_on(self, on: date, moment: TimeRange | None) -> ClassDay | None:
        """Take the free class of this date that `moment`, if there is one, does not miss."""
        for index, day in enumerate(self.days):
            if index not in self.taken and day.is_on(on, moment):
                self.taken.add(index)
                return day
        return None


class Placement:
    """Gives each topic its day, on a line of class days for each kind of the pattern."""

    def __init__(self, calendar: Calendar, found: Diagnostics, *, days_known: bool = True) -> None:
        """Take the calendar of the term; class days that a break takes are left aside.

        Without `days_known` it is not known how many days topics take, so too many or too few are not reported.
        """
        term, kinds = calendar.term, calendar.kinds
        self.days_known = days_known
        self.term = term
        self.kinds = kinds
        self.found = found
        self.placed: list[Placed] = []
        self.lines = {kinds.spell(pattern.kind): _DaysOfKind([], set()) for pattern in term.meets}
        for day in calendar.days:
            if day.taken_by is None:
                self.lines[kinds.spell(day.kind)].days.append(day)
        self.changes = GroupChanges(term, calendar.days, found)
        self._repeats = GroupChanges(term, calendar.days, Diagnostics())
        """What is wrong with a topic is reported of its first row."""
        self.used: set[str | None] = set()
        self._orders: dict[int, int] = {}
        self._dates: dict[int, date] = {}
        self._repeated: dict[str | None, Topic] = {}
        """The last topic with `times` of each kind: with fewer of them, the topics after it have days."""
        self._rests: dict[str | None, Topic] = {}
        self._rows: dict[int, list[Placed]] = {}
        self._queue: list[Topic] = []

    def place(self, lists: tuple[tuple[Topic, ...], ...]) -> list[Placed]:
        """Return the rows in order of time; topics with the date TBD have none.

        Dated topics come first, and what has the day of one, then what goes on from a dated one; the others take what
        is left in their order.
        """
        topics = [topic for topics in lists for topic in topics]
        self._orders = {id(topic): index * ROWS_OF_TOPIC for index, topic in enumerate(topics)}
        self._dates = {self._orders[id(topic)]: topic.date for topic in topics if topic.date is not None}
        self.joining = Joining(lists, self.found)
        self.days_known &= not self.joining.unsure
        self._rows = {}
        for topic in topics:
            if self.joining.is_dated(topic):
                self._place_fixed(topic)
        for topic in topics:
            self._note_kind(topic)
        for topic in topics:
            if topic.date is not None and not topic.same_day:
                self._rows[id(topic)] += self._continue(topic, self._rows[id(topic)])
        self._flow(topics)
        for kind, line in self.lines.items():
            if line.without_day is not None and self.days_known:
                self._report_left_over(line.without_day, kind, line)
        placed = [row for topic in topics for row in self._rows[id(topic)]]
        placed += self._open_days(topics)
        self.placed = sorted(placed, key=lambda row: row.begins)
        return self.placed

    def _place_fixed(self, topic: Topic) -> None:
        """Place a topic with a date, its own or that of a chain of others, which are placed before it."""
        chain = [topic]
        while (host := self.joining.host(chain[-1])) is not None and id(host.topic) not in self._rows:
            chain.append(host.topic)
        for each in reversed(chain):
            if id(each) not in self._rows:
                self._rows[id(each)] = self._share_day(each) if each.same_day else self._place_dated(each)

    def _flow(self, topics: Sequence[Topic]) -> None:
        """Place the topics without a date in their order, and what shares the day of one as soon as that is known.

        For what has the day of a meeting of another kind, the topics up to that meeting are placed first.
        """
        waiting = [topic for topic in topics if topic.same_day and id(topic) not in self._rows]
        self._queue = [topic for topic in topics if not topic.same_day and topic.date is None]
        while waiting:
            left: list[Topic] = []
            for topic in waiting:
                host = self.joining.host(topic)
                if host is None:
                    self._rows[id(topic)] = []
                elif id(host.topic) in self._rows:
                    self._rows[id(topic)] = self._share_day(topic)
                else:
                    left.append(topic)
            if len(left) == len(waiting):
                self._place_until(self._choose_root(left))
            waiting = left
        self._place_until(None)

    def _choose_root(self, waiting: Sequence[Topic]) -> Topic:
        """Return the topic to place next: the first one on whose class days nothing waits for another kind."""
        roots = [self.joining.root(topic) for topic in waiting]
        lines = [self.kinds.line(topic.kind) for topic in roots]
        held = {
            self.kinds.line(topic.kind)
            for topic, line in zip(waiting, lines, strict=True)
            if topic.same_day is not True and self.kinds.line(topic.kind) != line
        }
        return next((root for root, line in zip(roots, lines, strict=True) if line not in held), roots[0])

    def _place_until(self, last: Topic | None) -> None:
        """Place the topics of the queue: all of them, or those on the line of `last` up to it."""
        left: list[Topic] = []
        for at, topic in enumerate(self._queue):
            if last is not None and self.kinds.line(topic.kind) != self.kinds.line(last.kind):
                left.append(topic)
                continue
            placeable = not (topic.undated or topic.undecided)
            self._rows[id(topic)] = self._place_next(topic, self._queue[at + 1 :]) if placeable else []
            if topic is last:
                left += self._queue[at + 1 :]
                break
        self._queue = left

    def _note_kind(self, topic: Topic) -> None:
        if not self.lines:
            return
        if not topic.undecided:
            self.used.add(self.kinds.line(topic.kind))
        if topic.kind is not None and topic.kind.casefold() not in self.kinds.spelled:
            near = self.found.suggest(topic.kind, self.kinds.spelled.values(), cutoff=NEAR_KIND)
            if near is not None:
                self.found.warning(
                    "unknown-kind",
                    f"the weekly pattern has no kind `{topic.kind}`",
                    topic.origin.of("kind"),
                    help=f"did you mean `{near}`?",
                )

    def _row(
        self, topic: Topic, on: date, slot: ClassDay | None, step: int = 0, groups: Groups | None = None
    ) -> Placed:
        """Return a row of the topic: its own time and place on its first day, else those of the class.

        `groups` are those of the session if they are not as the class has them.
        """
        own = step == 0 or topic.days == 1
        row = Placed(
            topic=topic,
            on=on,
            time=(topic.time if own else None) or (slot.time if slot else None),
            place=(topic.place if own else None) or (slot.place if slot else None),
            slot=slot,
            part=(step + 1, topic.days) if topic.days > 1 else None,
            order=self._orders[id(topic)] + step,
        )
        changes = self.changes if step == 0 else self._repeats
        if slot is None or not slot.groups:
            if self.days_known:
                changes.report_none(topic)
            return row
        groups = groups or slot.groups
        return _with_groups(row, changes.apply(topic, slot, groups) if own else groups)

    def _place_dated(self, topic: Topic) -> list[Placed]:
        on = topic.date
        place = topic.origin.of("date")
        if on is None or not check_window(f"`{topic.title}`", on, self.term, place, self.found):
            return []
        line = self.lines.get(self.kinds.line(topic.kind))
        slot = line.take_on(on, topic.time) if line is not None else None
        return [self._row(topic, on, slot)]

    def _continue(self, topic: Topic, rows: list[Placed]) -> list[Placed]:
        """Return the further days of a dated topic that runs over several: the class days after its date."""
        line = self.lines.get(self.kinds.line(topic.kind))
        found: list[Placed] = []
        for step in range(1, topic.days if rows else 1):
            if line is None:
                self._report_no_pattern(f"day {step + 1} of `{topic.title}`", topic, several=True)
                break
            slot = line.take_next(after=(rows + found)[-1].on)
            if slot is None:
                line.miss(topic, topic.days - step)
                break
            found.append(self._row(topic, slot.on, slot, step))
        return found

    def _share_day(self, topic: Topic) -> list[Placed]:
        """Return the row of a topic on the day of its host.

        By id it takes the free class of its own kind on that day; else it shares the class of a host of that kind. With
        `yes` it always shares the class of its host.
        """
        host = self.joining.host(topic)
        rows = self._rows[id(host.topic)] if host is not None else []
        if host is None or not rows[host.step :]:
            if host is not None and host.topic.rest and rows:
                self.joining.unknown.append(topic)
            elif host is not None and host.topic.rest:
                self.joining.report_no_rest(topic, host.topic)
            return []
        shared = rows[host.step]
        kind, slot = self.kinds.line(topic.kind), shared.slot
        if topic.same_day is not True:
            line = self.lines.get(kind)
            own = line.take_on(shared.on, topic.time) if line is not None else None
            if own is not None:
                return [replace(self._row(topic, shared.on, own), host=shared.order)]
            if slot is not None and self.kinds.spell(slot.kind) != kind:
                slot = None
        row = replace(self._row(topic, shared.on, slot, groups=shared.groups), host=shared.order)
        if row.groups:
            return [row]
        return [replace(row, time=topic.time or shared.time, place=topic.place or shared.place)]

    def _report_no_pattern(self, what: str, topic: Topic, *, several: bool = False) -> None:
        written = f"date: {self._likely_day(topic).isoformat()}"
        if several:
            written = "a topic with a date for each day"
        elif "topic" not in topic.origin.fields:  # only the title is written
            title = topic.title if _PLAIN.fullmatch(topic.title) else json.dumps(topic.title, ensure_ascii=False)
            written = f"{{topic: {title}, {written}}}"
        self.found.error(
            "no-date",
            f"{what} needs a date: the term has no weekly pattern",
            topic.origin.span,
            help=f"write {written}, or add the class days to the term: meets: {{day: Mon, time: 13:00-14:00}}",
        )

    def _likely_day(self, topic: Topic) -> date:
        """Return a day that a topic could have: weeks after the dated one before it or before the next, else any."""
        order = self._orders[id(topic)]
        before = max((each for each in self._dates if each < order), default=None)
        after = min((each for each in self._dates if each > order), default=None)
        for known in (before, after):
            if known is not None:
                on = self._dates[known] + dt.timedelta(weeks=(order - known) // ROWS_OF_TOPIC)
                if self.term.starts <= on <= self.term.ends:
                    return on
        return self.term.starts

    def _place_next(self, topic: Topic, after: Sequence[Topic]) -> list[Placed]:
        """Return the rows of a topic on the next class days; those `after` it are not placed yet."""
        kind = self.kinds.line(topic.kind)
        line = self.lines.get(kind)
        if line is None:
            self._report_no_pattern(f"`{topic.title}`", topic)
            return []
        if topic.times > 1:
            self._repeated[kind] = topic
        steps = max(topic.days, topic.times)
        if topic.rest:
            if not self._begin_rest(topic, kind):
                return []
            steps = max(line.left - sum(self._need(each) for each in after if self.kinds.line(each.kind) == kind), 0)
        rows: list[Placed] = []
        for step in range(steps):
            slot = line.take_next()
            if slot is None:
                line.miss(topic, steps - step)
                break
            rows.append(self._row(topic, slot.on, slot, step))
        return rows

    def _begin_rest(self, topic: Topic, kind: str | None) -> bool:
        """Note that a topic fills the class days left over of this kind; report it if another one does."""
        first = self._rests.setdefault(kind, topic)
        if first is topic:
            return True
        of_kind = f" of the kind {kind}" if kind is not None and len(self.lines) > 1 else ""
        message = f"only one topic{of_kind} can have `times: rest`"
        other = (first.origin.key("times"), "the first one is here")
        help = "write a number in one of the two, or delete one"
        self.found.error("contradiction", message, topic.origin.key("times"), help=help, other=other)
        return False

    def _need(self, topic: Topic) -> int:
        """Return how many class days a topic of the queue takes."""
        return 0 if topic.rest or topic.undated or topic.undecided else max(topic.days, topic.times)

    def _report_left_over(self, topic: Topic, kind: str | None, line: _DaysOfKind) -> None:
        of_kind = f" of kind {kind}" if kind is not None and len(self.lines) > 1 else ""
        days = f"{len(line.days)} class day{'' if len(line.days) == 1 else 's'}"
        help = "delete or combine topics, share a day with same_day: yes, or end the term later"
        repeated = self._repeated.get(kind)
        if repeated is not None and repeated.times >= line.missed:
            fewer = repeated.times - line.missed
            where = f"`{repeated.title}` in line {repeated.origin.of('times').line}"
            change = f"lower times: {repeated.times} of {where} to {fewer}" if fewer else f"delete {where}"
            help = f"{change}, or end the term later"
        self.found.error(
            "too-many-topics",
            f"no class day is left for `{topic.title}`: the term has {days}{of_kind}",
            topic.origin.span,
            help=help,
            other=(self.term.origin.of("ends"), f"the term ends here ({self.term.ends})"),
        )

    def _open_days(self, topics: list[Topic]) -> list[Placed]:
        """Return a row for each class day left over on a line that has topics; one warning names them."""
        rows: list[Placed] = []
        order = len(topics) * ROWS_OF_TOPIC
        for kind, line in self.lines.items():
            if kind in self.used:
                rows += [
                    Placed(None, day.on, day.time, day.place, day, None, order + index, day.groups)
                    for index, day in enumerate(line.days)
                    if index not in line.taken
                ]
        rows = [replace(row, order=order + at) for at, row in enumerate(sorted(rows, key=lambda row: row.begins))]
        if rows and self.days_known:
            repeated = self._repeated.get(self.kinds.line(topics[-1].kind)) if len(self.lines) == 1 else None
            help = "add topics after this one; a topic `TBD` with `times: rest` marks days as open"
            if repeated is not None and repeated.title.casefold() == "tbd":
                where = f"`{repeated.title}` in line {repeated.origin.of('times').line}"
                help = f"add topics, or raise times: {repeated.times} of {where} to {repeated.times + len(rows)}"
            noun = "class day has" if len(rows) == 1 else "class days have"
            self.found.warning(
                "open-days",
                f"{len(rows)} {noun} no topic yet: {', '.join(str(row.on) for row in rows)}",
                topics[-1].origin.span,
                help=help,
            )
        return rows


def _with_groups(row: Placed, groups: Groups) -> Placed:
    """Return the row of a session, on the day of the first of these groups that meets."""
    on = list_held(groups)[0].on
    return replace(row, on=on, time=common_time(groups), place=common_place(groups), groups=groups)

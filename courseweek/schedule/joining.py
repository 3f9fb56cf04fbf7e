"""Joined classes: which meeting each topic with `same_day` shares the day of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from courseweek.diagnostics import Diagnostics
from courseweek.frozen import dataclass
from courseweek.model.gaps import Gaps
from courseweek.model.meeting import AnyMeeting, Meeting, Topic
from courseweek.model.slug import make_slug
from courseweek.model.term import Term
from courseweek.schedule.ids import ROWS_OF_TOPIC, give_ids
from courseweek.schedule.lookup import Lookup

LAST = -1
"""The last row of a topic, as a step."""
MOST_ROWS = 200
"""Later rows of a topic with `times: rest` can't be named."""


@dataclass(frozen=True, slots=True)
class Host:
    """The topic whose day another one shares, and which of its rows, from 0; `LAST` for its last one."""

    topic: Topic
    step: int


class Joining:
    """The hosts of topics with `same_day`; what can't be joined has none.

    `unsure` says that some have a host that is not known, and so perhaps a class day of their own.
    """

    def __init__(self, lists: Sequence[Sequence[Topic]], found: Diagnostics) -> None:
        """Take the lists of topics; a topic without a day to share, and a circle of topics, are reported.

        An id without a topic is not: `unknown` are the topics that have one.
        """
        self.found = found
        self.unknown: list[Topic] = []
        self.unsure = False
        self._hosts: dict[int, Host] = {}
        self._names: dict[int, str] = {}
        topics = [topic for topics in lists for topic in topics]
        if not any(topic.same_day for topic in topics):
            return
        named = self._name(topics) if any(isinstance(topic.same_day, str) for topic in topics) else {}
        for each in lists:
            before: Topic | None = None
            for topic in each:
                if topic.same_day:
                    self._join(topic, before, named)
                before = topic
        self._report_circles(topics)

    def host(self, topic: Topic) -> Host | None:
        """Return whose day a topic shares, if it shares one."""
        return self._hosts.get(id(topic))

    def root(self, topic: Topic) -> Topic:
        """Return the topic at the end of a chain of shared days: one that has its day by itself."""
        while (host := self._hosts.get(id(topic))) is not None:
            topic = host.topic
        return topic

    def is_dated(self, topic: Topic) -> bool:
        """Return whether a topic has a date, also by the first day of another one that has."""
        while (host := self._hosts.get(id(topic))) is not None:
            if host.step != 0 and host.topic.days > 1:
                return False
            topic = host.topic
        return topic.date is not None and not topic.same_day

    def _name(self, topics: Sequence[Topic]) -> dict[str, Host]:
        """Return the host that each id means, as if each topic had all its rows."""
        orders = {
            index * ROWS_OF_TOPIC + step: topic
            for index, topic in enumerate(topics)
            for step in range(max(topic.days, topic.times))
        }
        ids = give_ids(orders, Diagnostics())
        self._names = {id(topic): ids[index * ROWS_OF_TOPIC] for index, topic in enumerate(topics)}
        named = {name: Host(orders[order], order % ROWS_OF_TOPIC) for order, name in ids.items()}
        for topic in topics:
            for step in range(1, MOST_ROWS if topic.rest else 1):
                named.setdefault(f"{self._names[id(topic)]}-{step + 1}", Host(topic, step))
        return named

    def _join(self, topic: Topic, before: Topic | None, named: Mapping[str, Host]) -> None:
        """Find the host of a topic, and report it if there is none to share the day of."""
        if isinstance(topic.same_day, str):
            host = named.get(topic.same_day)
            if host is None:
                self.unknown.append(topic)
                self.unsure = True
                return
        elif before is None:
            self._report(
                topic,
                f"`{topic.title}` shares the day of the topic before it, but it is the first topic",
                "delete same_day, or put a topic before it",
            )
            return
        else:
            host = Host(before, LAST)
        if host.topic.undecided:
            by_id = isinstance(topic.same_day, str)
            instead = "the id of another meeting" if by_id else "put the topic after one with a day"
            self.found.error(
                "no-day-to-share",
                f"`{topic.title}` shares the day of `{host.topic.title}`, whose date is to be decided",
                topic.origin.key("same_day"),
                help=f"write date: TBD in place of same_day, or {instead}",
                other=(host.topic.origin.of("date"), "its date is here"),
            )
        self._hosts[id(topic)] = host

    def report_no_rest(self, topic: Topic, host: Topic) -> None:
        """Report a topic that shares the day of one with `times: rest` for which no class day is left."""
        message = f"`{topic.title}` shares the day of `{host.title}`, but no class day is left for times: rest"
        self._report(topic, message, "write date: and its day in place of same_day")

    def _report(self, topic: Topic, message: str, help: str) -> None:
        self.found.error("no-day-to-share", message, topic.origin.key("same_day"), help=help)

    def _report_circles(self, topics: Sequence[Topic]) -> None:
        """Report each circle of shared days once; no topic of it has a host then."""
        done: set[int] = set()
        for topic in topics:
            path: list[Topic] = []
            each = topic
            while (host := self._hosts.get(id(each))) is not None and id(each) not in done:
                done.add(id(each))
                path.append(each)
                each = host.topic
            if any(each is other for other in path):
                at = next(index for index, other in enumerate(path) if other is each)
                self._report_circle(path[at:])

    def _report_circle(self, circle: Sequence[Topic]) -> None:
        first = circle[0]
        self.unsure = True
        message = f"`{first.title}` can't share its own day"
        if len(circle) > 1:
            message = f"circular same_day: {' → '.join(self._names[id(each)] for each in (*circle, first))}"
        help = "write the id of another meeting" if len(circle) == 1 else "give one of them a date"
        self.found.error("cycle", message, first.origin.of("same_day"), help=help)
        for topic in circle:
            del self._hosts[id(topic)]


def check_joined(
    topics: Sequence[Topic],
    rows: Sequence[AnyMeeting],
    joining: Joining,
    others: Mapping[str, str],
    term: Term,
    gaps: Gaps,
    found: Diagnostics,
) -> None:
    """Report each id in `same_day` that is not the id of a meeting, with the one that is meant.

    `others` says what else has an id, such as an assignment. What `gaps` hide was reported before.
    """
    shared = {id(row.written): row.same_day for row in rows if isinstance(row, Meeting)}
    unknown = {id(topic) for topic in joining.unknown}
    for topic in topics:
        name = topic.same_day
        if not isinstance(name, str):
            continue
        # Rows of `times: rest` may be fewer than their ids were taken for.
        if (id(topic) in unknown or shared.get(id(topic), name) != name) and not (
            gaps.hide_meeting(name) or gaps.hide_meeting(make_slug(name))
        ):
            _report_unknown(topic, name, rows, others, term, found)


def _report_unknown(
    topic: Topic, name: str, rows: Sequence[AnyMeeting], others: Mapping[str, str], term: Term, found: Diagnostics
) -> None:
    place = topic.origin.of("same_day")
    message = f"there is no meeting with the id `{name[:100]}`"
    help = "write the id of a meeting; course.json lists them"
    pause = next((each for each in term.breaks if make_slug(each.name) == make_slug(name)), None)
    if pause is not None or name in others:
        what = "a break" if pause is not None else others[name]
        help = "write the id of a meeting, or date: and the day"
        found.error("unknown-meeting", f"`{name[:100]}` is {what}, not a meeting", place, help=help)
        return
    held = [row for row in rows if row.pause is None and row.written is not None and row.written is not topic]
    meant = Lookup(held).meeting(name)
    if meant is not None:
        found.error("unknown-meeting", message, place, help=meant.help, fix=meant.fix(name, place))
        return
    candidates = {make_slug(row.topic): row.id for row in held} | {row.id: row.id for row in held}
    near = found.suggest(name, candidates)
    found.error("unknown-meeting", message, place, help=f"did you mean `{candidates[near]}`?" if near else help)

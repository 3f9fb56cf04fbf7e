"""Two meetings at once: times that overlap, and a class that two topics with a date would take."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from courseweek.diagnostics import Diagnostics, Span
from courseweek.model.meeting import Topic
from courseweek.model.term import Pattern
from courseweek.schedule.parallel import check_parallel, shares_day
from courseweek.schedule.placement import Placed
from courseweek.schedule.sessions import list_held

APART = "give one of the two another day or time"
Pair = tuple[Placed, Placed, str]
"""Two rows at one time, in the order of the file, and the message about them."""


def check_overlaps(
    placed: Sequence[Placed], found: Diagnostics, suggest: Callable[[Placed, Placed], str | None], *, days_known: bool
) -> None:
    """Warn of meetings at one time, each pair of topics once; `suggest` says how the two could share a class.

    Classes of the pattern may be held side by side, as sections of different kinds are. Without `days_known` it is not
    known on which days topics are, so only those with a date are compared.
    """
    for one, other, message in list_overlaps(placed, days_known=days_known):
        assert one.topic is not None
        assert other.topic is not None
        shared = suggest(one, other)
        help = f"if they share a class, {shared}; otherwise {APART}" if shared is not None else APART
        place = (_place(one.topic), f"`{one.topic.title}` is here")
        found.warning("same-time", message, _place(other.topic), help=help, other=place)


def check_pattern(meets: Sequence[Pattern], found: Diagnostics) -> None:
    """Warn of entries of the weekly pattern that are at one time and have one kind."""
    check_parallel(meets, found)
    for first, second in combinations(meets, 2):
        if _collide(first, second):
            found.warning(
                "same-time",
                "two entries of the weekly pattern have the same kind and overlap",
                second.origin.of("time"),
                help="change the day or time of one, or give each its own kind",
                other=(first.origin.of("time"), "the other entry is here"),
            )


def list_overlaps(placed: Sequence[Placed], *, days_known: bool) -> Iterator[Pair]:
    """Yield each two topics that have rows at one time, once, with the first two rows."""
    roots = _find_roots(placed)
    by_day: dict[object, list[Placed]] = {}
    for row in placed:
        if row.topic is not None and (days_known or row.topic.date is not None):
            for each in _list_groups(row):
                by_day.setdefault(each.on, []).append(each)
    reported: set[tuple[int, int]] = set()
    for rows in by_day.values():
        for one, other, message in _pairs(rows, roots):
            if (id(one.topic), id(other.topic)) not in reported:
                reported.add((id(one.topic), id(other.topic)))
                yield one, other, message


def _list_groups(row: Placed) -> list[Placed]:
    """Return a row for each group of a session that meets, with its day and time; any other row as it is."""
    held = list_held(row.groups)
    return [replace(row, on=each.on, time=each.time, place=each.place) for each in held] or [row]


def _collide(first: Pattern, second: Pattern) -> bool:
    """Return whether two entries without a kind hold classes at one time in some week."""
    if first.kind or second.kind or first.time is None or second.time is None:
        return False
    return first.time.overlaps(second.time) and shares_day(first, second)


def _pairs(rows: Sequence[Placed], roots: Mapping[int, int]) -> Iterator[Pair]:
    """Yield each row of one day that is at the time of one before it in the file, with the first such one."""
    ordered = sorted(rows, key=lambda row: row.order)
    for at, other in enumerate(ordered):
        for one in ordered[:at]:
            message = _describe(one, other) if roots[one.order] != roots[other.order] else None
            if message is not None:
                yield one, other, message
                break


def _describe(one: Placed, other: Placed) -> str | None:
    """Return what is wrong with two rows of one day, or None where nothing is, or it was meant."""
    if one.topic is None or other.topic is None or one.topic is other.topic or other.topic.same_day is True:
        return None
    if one.groups and other.groups:
        return None
    if one.slot is None and other.slot is None and one.topic.same_day is True:
        return None
    if not (_is_own(one) or _is_own(other)):
        return None
    if one.time is not None and other.time is not None and one.time.overlaps(other.time):
        return f"`{other.topic.title}` and `{one.topic.title}` are at the same time on {one.on}"
    if _is_second(one, other) or _is_second(other, one):
        return f"`{other.topic.title}` and `{one.topic.title}` both take the only class on {one.on}"
    return None


def _find_roots(placed: Sequence[Placed]) -> dict[int, int]:
    """Return, for each row by its order, the row whose day it shares, also by way of others: itself if none."""
    hosts = {row.order: row.host for row in placed}
    roots: dict[int, int] = {}
    for order in hosts:
        path, at = [order], order
        while at not in roots and (host := hosts.get(at)) is not None:
            at = host
            path.append(at)
        roots |= dict.fromkeys(path, roots.get(at, at))
    return roots


def _is_own(row: Placed) -> bool:
    """Whether its day or its time is the topic's own, and not the pattern's."""
    if row.groups:
        return False
    topic = row.topic
    return topic is not None and (
        topic.date is not None or isinstance(topic.same_day, str) or (topic.time is not None and row.first)
    )


def _is_second(one: Placed, other: Placed) -> bool:
    """Whether `other` would take the class of its day that `one` took: it has a date, and no time of its own."""
    if other.topic is None or other.topic.same_day or other.slot is not None or other.time is not None:
        return False
    kind, taken = other.topic.kind, one.slot.kind if one.slot is not None else None
    same_kind = kind is None or (taken is not None and kind.casefold() == taken.casefold())
    return one.slot is not None and one.topic is not None and same_kind


def _place(topic: Topic) -> Span:
    written = topic.origin.fields
    return written.get("time") or written.get("date") or topic.origin.span

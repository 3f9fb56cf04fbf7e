"""Entries of the weekly pattern that are probably parallel groups: several of one kind on one day.

Passing: lectures on Tuesday and on Thursday, two labs as `groups` of one entry.
Failing: two labs on Friday as two entries, which take a topic each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from string import ascii_uppercase

from courseweek.diagnostics import Diagnostics
from courseweek.model.term import Pattern, WeekFilter
from courseweek.yamltext.slips.glued import write_between_braces

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MOST_WEEKS = 130
"""No term has more weeks."""


def check_parallel(meets: Sequence[Pattern], found: Diagnostics) -> None:
    """Warn of entries of one kind on one day, once for each kind, with the groups to write instead."""
    by_kind: dict[str, list[Pattern]] = {}
    for each in meets:
        if each.kind is not None and not each.groups:
            by_kind.setdefault(each.kind.casefold(), []).append(each)
    for entries in by_kind.values():
        pair = next(_list_sharing(entries), None)
        if pair is None:
            continue
        first, second = pair
        day = next(_DAYS[each] for each in first.days if each in second.days)
        found.warning(
            "same-kind",
            f"two entries of the kind {first.kind} are on {day}, so each of them takes a topic of its own",
            second.origin.of("kind"),
            help=f"if they are groups with one topic, write {write_groups(entries)} in place of these entries; "
            "otherwise give each its own kind",
            other=(first.origin.of("kind"), "the other entry is here"),
        )


def _list_sharing(entries: Iterable[Pattern]) -> Iterator[tuple[Pattern, Pattern]]:
    return (pair for pair in combinations(entries, 2) if shares_day(*pair))


def shares_day(first: Pattern, second: Pattern) -> bool:
    """Return whether two entries hold classes on one day in some week."""
    if not set(first.days) & set(second.days):
        return False
    weeks = range(1, MOST_WEEKS)
    return any(all(each.weeks is None or each.weeks.takes(week) for each in (first, second)) for week in weeks)


def write_groups(entries: Sequence[Pattern]) -> str:
    """Return one entry of the weekly pattern, as YAML on one line, with these as its groups."""
    names = ascii_uppercase if len(entries) <= len(ascii_uppercase) else [f"{at}" for at in range(1, len(entries) + 1)]
    groups = ", ".join(_write_group(name, each) for name, each in zip(names, entries, strict=False))
    numbered = ", numbered: yes" if any(each.numbered for each in entries) else ""
    return f"{{kind: {write_between_braces(entries[0].kind or '')}{numbered}, groups: [{groups}]}}"


def _write_weeks(weeks: WeekFilter) -> str:
    if weeks.parity is not None:
        return "odd" if weeks.parity else "even"
    numbers = sorted(weeks.numbers)
    if numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"{numbers[0]}-{numbers[-1]}" if len(numbers) > 1 else str(numbers[0])
    return f"[{', '.join(map(str, numbers))}]"


def _write_group(name: str, entry: Pattern) -> str:
    days = [_DAYS[day] for day in entry.days]
    parts = [f"name: {name}", f"day: {days[0]}" if len(days) == 1 else f"days: [{', '.join(days)}]"]
    if entry.time is not None:
        parts.append(f"time: {entry.time.start.hour}:{entry.time.start:%M}-{entry.time.end.hour}:{entry.time.end:%M}")
    if entry.place is not None:
        parts.append(f"place: {write_between_braces(entry.place)}")
    if entry.weeks is not None:
        parts.append(f"weeks: {_write_weeks(entry.weeks)}")
    return f"{{{', '.join(parts)}}}"

"""Which entry of another system is which deadline of ours: by their names, then by their moments, never by order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta

from courseweek.frozen import dataclass
from courseweek.lms.exported import ONE_STUDENT, Entry, split_override
from courseweek.lms.own_deadlines import NEAR, OwnDeadline
from courseweek.lms.titles import Words, holds, is_telling, names_course, numbers_of, split_title

MOST_ADDED = 4
"""Words beside our title in an entry that is written in a language that is not known here."""
_WORK = frozenset(("homework", "assignment", "problem", "exercise", "task", "sheet"))
"""Words for the same, each course has its own."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A deadline of ours, and the entry of the other system that is the same."""

    own: OwnDeadline
    entry: Entry


@dataclass(frozen=True, slots=True)
class Matched:
    """What belongs together, what is ours alone, and what is theirs alone.

    `exceptions` are other dates of single sections, groups or students; `left_out` counts entries that are not
    deadlines.
    """

    pairs: tuple[Pair, ...]
    ours: tuple[OwnDeadline, ...]
    theirs: tuple[Entry, ...]
    exceptions: tuple[Pair, ...]
    left_out: int


Fits = Callable[[OwnDeadline, Words, Entry], bool]


def match_deadlines(own: tuple[OwnDeadline, ...], entries: Iterable[Entry], system: str) -> Matched:
    """Return which entries are which deadlines; the entries are those of our course, and those of no course."""
    entries = list(entries)
    known = {name for each in own for name in each.names}
    if system == "Moodle":
        entries = [_find_override(each, known) for each in entries]
    named_due = {split_title(each.name) for each in entries if each.kind == "due" and each.exception is None}
    tasks = [
        each
        for each in entries
        if each.kind in ("due", "other") or (each.kind == "ends" and split_title(each.name) not in named_due)
    ]
    for_all = _Matcher(own, [each for each in tasks if each.exception is None])
    for_all.match_names()
    for_all.match_moments()
    single = _Matcher(tuple(for_all.ours), [each for each in tasks if each.exception is not None])
    single.match_names()
    pairs = for_all.pairs + single.pairs
    exceptions, strangers = _find_exceptions(single.theirs, pairs)
    of_sections, others = _find_exceptions(for_all.theirs, pairs, of_sections=True)
    labeled = any(each.course is not None for each in entries)
    theirs = [
        each
        for each in (*others, *strangers)
        if each.kind in ("due", "ends") and (each.course is not None or not labeled)
    ]
    places = {id(each): place for place, each in enumerate(own)}
    pairs.sort(key=lambda pair: places[id(pair.own)])
    used = len(pairs) + len(exceptions) + len(of_sections) + len(theirs)
    return Matched(
        tuple(pairs),
        tuple(each for each in single.ours if not each.exam and each.at is not None),
        tuple(sorted(theirs, key=lambda each: each.at)),
        (*exceptions, *(pair for pair in of_sections if pair.entry.at != pair.own.at)),
        len(entries) - used,
    )


def choose_courses(own: tuple[OwnDeadline, ...], entries: Iterable[Entry], code: str | None, title: str) -> set[str]:
    """Return which courses of a file are ours: those that are named so, else the one with most of our deadlines.

    Without our name, titles that any course could have count only where they are due at the same time. Empty if the
    file has courses, and none of them is ours.
    """
    entries = [each for each in entries if each.course is not None]
    labels = dict.fromkeys(each.course for each in entries if each.course is not None)
    ours = {label for label in labels if names_course(label, code, title)}
    if ours:
        return ours
    by_name = {name: each for each in own for name in each.names}
    votes = dict.fromkeys(labels, 0)
    for entry in entries:
        words = split_title(entry.name)
        same = by_name.get(words)
        if same is None or entry.course is None or entry.kind == "never":
            continue
        votes[entry.course] += is_telling(words) or (same.at is not None and abs(entry.at - same.at) <= NEAR)
    best = max(votes, key=lambda label: votes[label], default=None)
    return {best} if best is not None and votes[best] else set()


def _find_override(entry: Entry, known: set[Words]) -> Entry:
    """Return an entry of Moodle, with the name of its activity if it is the date of one group or student."""
    divided = split_override(entry.name)
    if divided is None or entry.exception is not None or split_title(entry.name) in known:
        return entry
    name, whose = divided
    if entry.kind == "never" or split_title(name) not in known:
        return entry
    # The date of a student belongs to no course, that of a group does.
    return replace(entry, name=name, kind="due", exception=whose if entry.course is not None else ONE_STUDENT)


def _find_exceptions(
    entries: list[Entry], pairs: list[Pair], *, of_sections: bool = False
) -> tuple[list[Pair], list[Entry]]:
    """Return those entries that are for some students what a pair is for all, and the others.

    With `of_sections`, these students are another course there.
    """
    exceptions: list[Pair] = []
    strangers: list[Entry] = []
    for entry in entries:
        words = split_title(entry.name)
        same = [pair for pair in pairs if words in pair.own.names or words == split_title(pair.entry.name)]
        if of_sections:
            same = [pair for pair in same if pair.own.series is None and pair.entry.course != entry.course]
        if same:
            nearest = min(same, key=lambda pair: _gap(pair.own, entry)).own
            exceptions.append(Pair(nearest, replace(entry, exception=entry.exception or entry.course)))
        else:
            strangers.append(entry)
    return exceptions, strangers


def _gap(own: OwnDeadline, entry: Entry) -> timedelta:
    return timedelta(0) if own.at is None else abs(entry.at - own.at)


class _Matcher:
    """Deadlines and entries that are not matched yet, and the pairs."""

    def __init__(self, own: tuple[OwnDeadline, ...], entries: list[Entry]) -> None:
        self.ours = list(own)
        self.theirs = entries
        self.pairs: list[Pair] = []
        self._words = {id(each): split_title(each.name) for each in entries}

    def match_names(self) -> None:
        """Match by the names alone, the surest first; those of a series by the nearest moment too."""
        self._take(_is_named)
        self._take(_is_of_series)
        self._take(_is_named_within, alone=True)

    def match_moments(self) -> None:
        """Match by moments that are near each other, where the names are not too different."""
        self._take(_is_in_other_words, NEAR, alone=True)
        self._take(_is_alike, NEAR)

    def _take(self, fits: Fits, near: timedelta = timedelta.max, *, alone: bool = False) -> None:
        """Match what fits and is near enough, the nearest first; `alone` only what fits nothing else."""
        found = [
            (gap, at, place)
            for at, own in enumerate(self.ours)
            for place, entry in enumerate(self.theirs)
            if fits(own, self._words[id(entry)], entry) and (gap := _gap(own, entry)) <= min(near, own.near)
        ]
        if alone:
            ats, places = Counter(each[1] for each in found), Counter(each[2] for each in found)
            found = [each for each in found if ats[each[1]] == places[each[2]] == 1]
        taken_ours: set[int] = set()
        taken_theirs: set[int] = set()
        for _, at, place in sorted(found):
            if at not in taken_ours and place not in taken_theirs:
                taken_ours.add(at)
                taken_theirs.add(place)
                self.pairs.append(Pair(self.ours[at], self.theirs[place]))
        self.ours = [each for at, each in enumerate(self.ours) if at not in taken_ours]
        self.theirs = [each for place, each in enumerate(self.theirs) if place not in taken_theirs]


def _is_named(own: OwnDeadline, words: Words, _: Entry) -> bool:
    return words in own.names


def _is_of_series(own: OwnDeadline, words: Words, entry: Entry) -> bool:
    """Whether an entry is one of a series by its beginning, such as `Paper review 3`."""
    return own.series is not None and entry.kind != "other" and words[: len(own.names[0])] == own.names[0]


def _is_named_within(own: OwnDeadline, words: Words, entry: Entry) -> bool:
    """Whether one name is in the other, with more than one word: `Homework 2` in `Homework 2: Caches`."""
    if own.series is not None or own.exam or entry.kind == "other":
        return False
    return any((len(name) > 1 and holds(words, name)) or (len(words) > 1 and holds(name, words)) for name in own.names)


def _is_in_other_words(own: OwnDeadline, words: Words, entry: Entry) -> bool:
    """Whether an entry that is not known to be a deadline has our name in it, and little else."""
    if entry.kind != "other" or not entry.instant:
        return False
    return any(holds(words, name) and len(words) - len(name) <= MOST_ADDED for name in own.names)


def _is_alike(own: OwnDeadline, words: Words, entry: Entry) -> bool:
    """Whether two names share a word that few titles have, or the same number of the same kind of work."""
    if entry.kind == "other" or own.exam:
        return False
    name = own.names[0]
    ours, theirs = set(numbers_of(name)), set(numbers_of(words))
    if ours and theirs and not ours & theirs:
        return False
    shared = set(name) & set(words) - ours
    if is_telling(tuple(shared)):
        return True
    return bool(ours & theirs) and (bool(shared) or bool(_WORK & set(name) and _WORK & set(words)))

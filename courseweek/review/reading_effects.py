"""What a change does to the readings of a course: which are new, gone, moved or different, and how they look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from courseweek.frozen import dataclass
from courseweek.model.reading import Assigned
from courseweek.outputs.plain_text import list_words
from courseweek.plan.plan import Plan
from courseweek.published.comparison import MeetingPair, match_readings
from courseweek.published.normal_form import NormalForm
from courseweek.regex import lazy_pattern
from courseweek.render.views.reading_facts import list_facts, name_people
from courseweek.review.data_effects import compare_entries
from courseweek.review.effect import LONGEST_TEXT, Effect, ShownRow, shorten_text

Entry = Mapping[str, Any]
Place = tuple[str, str]
"""A class by its id now, and `required` or `optional`."""
MOST_LISTED = 20
"""Of more readings in a sentence, only the number is given."""
_SPACE = lazy_pattern(r" (?=[,.;:!?])")
"""What a mark before a comma leaves."""
_ISOLATES = str.maketrans("", "", "\u2066\u2067\u2068\u2069")


def show_readings(plan: Plan) -> dict[tuple[str, str], ShownRow]:
    """Return how each reading looks in the list of each class, by the ids of the class and of the reading."""
    rows = {}
    for meeting in plan.schedule.all_meetings:
        for group in (*meeting.required, *meeting.optional):
            for each in group.assigned:
                rows[meeting.id, each.reading.id] = _show(each, plan)
    return rows


def _show(assigned: Assigned, plan: Plan) -> ShownRow:
    """Return a reading as a line of a list shows it: links by their hosts, nothing as HTML."""
    reading, locale = assigned.reading, plan.locale
    if reading.markdown is not None and not assigned.again:
        return ShownRow(_read_words(reading.markdown), _host(reading.url))
    authors = name_people(reading.authors, locale, full=False)
    facts = [*([authors] if authors else []), *list_facts(reading, assigned.pages, locale, full=False)]
    texts = [each.striptags().translate(_ISOLATES) for each in facts]
    texts += [f"{each.label}{_point(each.url)}" for each in reading.links]
    texts += [_read_words(assigned.note)] if assigned.note else []
    return ShownRow(
        shorten_text(reading.title), shorten_text(" · ".join([*texts, *filter(None, [_host(reading.url)])]))
    )


def _read_words(text: str) -> str:
    """Return a text without its Markdown."""
    return _SPACE.sub("", list_words(text, LONGEST_TEXT))


def find_reading_effects(
    before: Mapping[str, Any],
    now: Mapping[str, Any],
    forms: tuple[NormalForm, NormalForm],
    pairs: Iterable[MeetingPair],
    shown: tuple[Mapping[tuple[str, str], ShownRow], Mapping[tuple[str, str], ShownRow]],
) -> Iterator[Effect]:
    """Yield what is different about readings between two contents of a `course.json`.

    `shown` is how each looks, before and now; nothing is known of before where only a `course.json` is.
    """
    if forms[0].readings is None or forms[1].readings is None:
        return
    same = match_readings(forms[0].readings, forms[1].readings)
    renamed = {was.id: is_now.id for was, is_now in pairs if was is not None and is_now is not None}
    old = {same[each["id"]]: each for each in before["readings"]}
    new = {each["id"]: each for each in now["readings"]}
    weeks = {
        each["id"]: (each["topic"], each.get("week"))
        for content in (before, now)
        for each in content.get("meetings", ())
    }
    lists = _ReadingPlaces(weeks, old | new, shown[1])
    yield from lists.compare(_list_places(forms[0], renamed, same), _list_places(forms[1], {}, {}))
    looks = {(renamed.get(meeting, meeting), same.get(id, id)): row for (meeting, id), row in shown[0].items()}
    rows_of: dict[str, dict[tuple[str, str], ShownRow]] = {}
    for place, row in shown[1].items():
        rows_of.setdefault(place[1], {})[place] = row
    for id, reading in new.items():
        details = tuple(compare_entries(old[id], reading, frozenset({"meetings"}))) if id in old else ()
        rows = rows_of.get(id, {})
        other = [row for place, row in rows.items() if looks.get(place, row) != row]
        if details or other:
            text = f"The reading {shorten_text(reading['title'])} changes"
            yield Effect(text, details, tuple(dict.fromkeys(other or rows.values())))


@dataclass(frozen=True, slots=True)
class _ReadingPlaces:
    """The lists of readings: the topics and weeks of their classes, the readings, and how each looks."""

    weeks: Mapping[str, tuple[str, int | None]]
    readings: Mapping[str, Entry]
    shown: Mapping[tuple[str, str], ShownRow]

    def compare(self, old: Mapping[Place, list[str]], new: Mapping[Place, list[str]]) -> Iterator[Effect]:
        """Yield which readings are new in a list, which are gone, and which moved."""
        lost = {place: [id for id in ids if id not in new.get(place, ())] for place, ids in old.items()}
        found = {place: [id for id in ids if id not in old.get(place, ())] for place, ids in new.items()}
        gone = {id: place for place, ids in lost.items() for id in ids}
        for place, ids in found.items():
            yield from (self._move(id, gone[id], place) for id in ids if id in gone)
            added = [id for id in ids if id not in gone]
            if added:
                text = f"{_count(added)} added to {self._name(place)}: {self._say(added)}"
                yield Effect(text, rows=self._look(place, added))
        came = {id for ids in found.values() for id in ids}
        for place, ids in lost.items():
            removed = [id for id in ids if id not in came]
            if removed:
                yield Effect(f"{_count(removed)} removed from {self._name(place)}: {self._say(removed)}")
        for place, ids in new.items():
            before = old.get(place, [])
            if [id for id in ids if id in before] != [id for id in before if id in ids]:
                yield Effect(f"The readings of {self._name(place)} are in another order")

    def _move(self, id: str, was: Place, now: Place) -> Effect:
        if was[0] == now[0]:
            return Effect(f"1 reading is now {now[1]} in {self._name(now, how=False)}: {self._say([id])}")
        text = f"1 reading moves from {self._name(was)} to {self._name(now)}: {self._say([id])}"
        return Effect(text, rows=self._look(now, [id]))

    def _name(self, place: Place, *, how: bool = True) -> str:
        topic, week = self.weeks[place[0]]
        said = [*([f"week {week}"] if week is not None else []), *([place[1]] if how else [])]
        return f"{shorten_text(topic)} ({', '.join(said)})" if said else shorten_text(topic)

    def _say(self, ids: list[str]) -> str:
        named = [self.readings[id] for id in ids if id in self.readings]
        said = [f"{shorten_text(each['title'])}{_point(each.get('url'))}" for each in named]
        more = [f"{len(said) - MOST_LISTED} more"] if len(said) > MOST_LISTED else []
        return "; ".join([*said[:MOST_LISTED], *more])

    def _look(self, place: Place, ids: Iterable[str]) -> tuple[ShownRow, ...]:
        return tuple(row for id in ids if (row := self.shown.get((place[0], id))) is not None)


def _list_places(form: NormalForm, renamed: Mapping[str, str], same: Mapping[str, str]) -> dict[Place, list[str]]:
    """Return the readings of each list of each class, by their ids now."""
    return {
        (renamed.get(row.id, row.id), how): [same.get(id, id) for id in ids]
        for row in (form.meetings or {}).values()
        for how, ids in (("required", row.required), ("optional", row.optional))
    }


def _count(ids: list[str]) -> str:
    return f"{len(ids)} reading{'s' if len(ids) > 1 else ''}"


def _host(url: str | None) -> str:
    """Return the host to which an address leads; of a file of the site, its path."""
    try:
        return (urlsplit(url).hostname or url).removeprefix("www.") if url else ""
    except ValueError:
        return ""


def _point(url: str | None) -> str:
    return f" → {shorten_text(_host(url))}" if _host(url) else ""

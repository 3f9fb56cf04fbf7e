"""What is different between two contents of a `course.json`, complete: for who reviews a change, not for students."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from courseweek.frozen import dataclass
from courseweek.language.locale import EN
from courseweek.published.comparison import MeetingPair, Read, Released, Story, compare_forms
from courseweek.published.normal_form import JsonObject, MeetingFacts, NormalForm
from courseweek.published.typos import is_same_title
from courseweek.published.wording import say_story
from courseweek.review.effect import Effect, shorten_text

DEEPEST = 8
"""Lists and objects in each other that are said in words."""
Entry = Mapping[str, Any]
_ISOLATES = str.maketrans("", "", "\u2068\u2069")
_WITHOUT_MEANING = frozenset({"id", "changed_at"})
_LABELS = {"url": "address", "for": "owed by", "each": "for each", "publish_on": "published on", "in": "part of"}
_BARE = frozenset({"name", "label", "title", "text", "parts", "day", "who"})
"""Values that need no label."""
_PARTS = {
    "office_hours": "The office hours change",
    "grading": "The grading changes",
    "presentations": "The rules for presentations change",
}


@dataclass(frozen=True, slots=True)
class _Section:
    """A list of `course.json`: what an entry is called, and the keys of what it is known by and of its title.

    `elsewhere` are the keys that stories speak of. If there are any, they also speak of what is new or gone.
    """

    key: str
    noun: str
    by: str
    title: str
    elsewhere: frozenset[str] = frozenset()


_SECTIONS = (
    _Section("events", "event", "id", "name", frozenset({"name", "date", "end_date", "start", "end", "place"})),
    _Section("assignments", "assignment", "id", "title", frozenset({"title", "due", "was"})),
    _Section("staff", "staff member", "name", "name"),
    _Section("notes", "note", "url", "title"),
    _Section("announcements", "announcement", "id", "title"),
    _Section("past_terms", "past term", "url", "name"),
)
_MEETINGS = _Section(
    "meetings",
    "class",
    "id",
    "topic",
    frozenset(
        {"topic", "date", "start", "end", "until", "week", "number", "same_day", "place", "groups", "readings", "break"}
    ),
)


def check_shape(content: Mapping[str, Any]) -> None:
    """Raise `Misshapen` where a `course.json` from outside lacks what is compared here; its normal form was read."""
    whole = JsonObject(content)
    for section in (*_SECTIONS, _MEETINGS):
        for row in whole.rows(section.key):
            row.text(section.by)
            row.text(section.title)
    for row in whole.rows("readings"):
        row.maybe("url")


def find_data_effects(
    before: Mapping[str, Any],
    now: Mapping[str, Any],
    forms: tuple[NormalForm, NormalForm],
    pairs: Iterable[MeetingPair],
) -> Iterator[Effect]:
    """Yield what is different between two contents, apart from readings.

    `forms` are their normal forms, `pairs` the classes before and now.
    """
    stories = compare_forms(*forms)
    yield from _say_stories(stories)
    yield from _compare_breaks(*forms, {id for story in stories for id in story.ids})
    for key in ("course", "term"):
        details = list(compare_entries(before[key], now[key]))
        if details:
            yield Effect(f"The {key} changes", tuple(details))
    old, new = _by(before, _MEETINGS), _by(now, _MEETINGS)
    for was, is_now in pairs:
        if was is not None and is_now is not None:
            yield from _compare_titles("class", was.topic, is_now.topic)
            yield from _compare_entry(_MEETINGS, old[was.id], new[is_now.id])
    for section in _SECTIONS:
        if section.key in before:
            yield from _compare_section(section, before, now)
    for key, sentence in _PARTS.items():
        if key in before:
            lost, found = (list(map(_say, _rows(each[key]))) for each in (before, now))
            lines = [f"no longer: {each}" for each in lost if each not in found]
            lines += [f"new: {each}" for each in found if each not in lost]
            if lost != found:
                yield Effect(sentence, tuple(lines))


def _say_stories(stories: Iterable[Story]) -> Iterator[Effect]:
    """Yield the stories of the changes page, without those of readings and of materials."""
    for story in stories:
        parts = [each for each in (story.lead, *story.parts) if not isinstance(each, Read | Released)]
        if story.kind == "reading" or not parts:
            continue
        text, was, details = say_story(Story(story.kind, story.ids, parts[0], tuple(parts[1:])), EN)
        sentence = f"{text} (was {was})" if was else text
        yield Effect(sentence.translate(_ISOLATES), tuple(each.translate(_ISOLATES) for each in details))


def _compare_breaks(before: NormalForm, now: NormalForm, said: set[str]) -> Iterator[Effect]:
    """Yield which breaks are new, gone or different, apart from those of the stories."""
    old, new = (
        {id: row for id, row in (form.meetings or {}).items() if row.is_break and id not in said}
        for form in (before, now)
    )
    for id, row in new.items():
        if id not in old:
            yield Effect(f"New break: {_say_break(row)}")
        elif _say_break(old[id]) != _say_break(row):
            yield Effect(f"The break {_say_break(old[id])} is now {_say_break(row)}")
    for id, row in old.items():
        if id not in new:
            yield Effect(f"No longer a break: {_say_break(row)}")


def _say_break(row: MeetingFacts) -> str:
    day, last = row.when.day, row.when.last_day
    days = "" if day is None else EN.day_range(day, last) if last not in (None, day) else EN.short_day(day)
    return f"{shorten_text(row.topic)}, {days}" if days else shorten_text(row.topic)


def _compare_section(section: _Section, before: Entry, now: Entry) -> Iterator[Effect]:
    """Yield what is different about the entries of a section."""
    old, new = _by(before, section), _by(now, section)
    for id, entry in new.items():
        title = shorten_text(str(entry[section.title]))
        if id in old:
            if section.elsewhere:
                yield from _compare_titles(section.noun, old[id][section.title], entry[section.title])
            yield from _compare_entry(section, old[id], entry)
        elif not section.elsewhere:
            yield Effect(f"New {section.noun}: {title}", tuple(_list_values(section, entry)))
    for id, entry in old.items():
        if id not in new and not section.elsewhere:
            yield Effect(f"No longer a {section.noun}: {shorten_text(str(entry[section.title]))}")


def _compare_titles(noun: str, was: str, now: str) -> Iterator[Effect]:
    """Yield a typo in a title, of which the stories don't speak."""
    if was != now and is_same_title(was, now):
        yield Effect(f"The title of the {noun} changes: {shorten_text(was)} → {shorten_text(now)}")


def _compare_entry(section: _Section, was: Entry, now: Entry) -> Iterator[Effect]:
    details = tuple(compare_entries(was, now, section.elsewhere))
    if details:
        yield Effect(f"The {section.noun} {shorten_text(str(now[section.title]))} changes", details)


def compare_entries(was: Entry, now: Entry, without: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield "address: example.org → example.com" for each value that is different."""
    for key in now:
        # A key that the other one lacks is of another version of the program.
        if key in was and key not in without and key not in _WITHOUT_MEANING and was[key] != now[key]:
            before, after = was[key], now[key]
            if isinstance(before, list) and isinstance(after, list):
                before, after = [e for e in before if e not in after], [e for e in after if e not in before]
            said = f"{_say(before) or 'none'} → {_say(after) or 'none'}" if before or after else "in another order"
            yield f"{_name(key)}: {said}"


def _list_values(section: _Section, entry: Entry) -> Iterator[str]:
    for key, value in entry.items():
        if key not in _WITHOUT_MEANING and key != section.title and (said := _say(value)):
            yield f"{_name(key)}: {said}"


def _name(key: str) -> str:
    return _LABELS.get(key, key.replace("_", " "))


def _say(value: object, deep: int = 0) -> str:
    """Return a value of JSON in words; nothing for none, and not what is deeper than anything that a site says."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if deep > DEEPEST:
        return "…"
    if isinstance(value, Mapping):
        named = [(key, _say(each, deep + 1)) for key, each in value.items() if key not in _WITHOUT_MEANING]
        return shorten_text(", ".join(said if key in _BARE else f"{_name(key)} {said}" for key, said in named if said))
    if isinstance(value, list):
        return shorten_text("; ".join(filter(None, (_say(each, deep + 1) for each in value))))
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else shorten_text(str(value))


def _by(content: Entry, section: _Section) -> dict[str, Entry]:
    return {str(each[section.by]): each for each in content.get(section.key, ())}


def _rows(value: object) -> list[object]:
    """Return the entries of a list; of anything else its values, each with its key."""
    if isinstance(value, list):
        return value
    return [{key: each} for key, each in value.items()] if isinstance(value, Mapping) else []

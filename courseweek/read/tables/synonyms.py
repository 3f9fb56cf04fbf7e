"""Keys as they are called elsewhere, and what they are here."""

from __future__ import annotations

from collections.abc import Collection

# What others call a key, and which ones of this format may be meant, the likeliest first.
SYNONYMS = {
    "abstract": "note description",
    "address": "url",
    "article": "title",
    "by": "authors",
    "calendar": "schedule",
    "class": "topic",
    "classes": "schedule",
    "comment": "note",
    "comments": "note",
    "conference": "venue",
    "deadline": "due",
    "deadlines": "assignments",
    "end": "ends",
    "file": "materials links",
    "files": "materials links",
    "finish": "ends",
    "handouts": "materials",
    "heading": "title",
    "homeworks": "assignments",
    "href": "url",
    "instructor": "lecturer staff",
    "instructors": "staff",
    "journal": "venue",
    "lecture": "topic",
    "lectures": "schedule",
    "link": "url",
    "location": "place",
    "mail": "email",
    "name": "title topic label",
    "paper": "title",
    "pdf": "url",
    "people": "staff",
    "picture": "photo",
    "published": "venue",
    "recording": "materials",
    "remark": "note",
    "room": "place",
    "session": "topic",
    "sessions": "schedule",
    "slides": "materials links",
    "speaker": "guests lecturer",
    "start": "starts",
    "subject": "topic",
    "summary": "description note",
    "teacher": "lecturer staff",
    "teachers": "staff",
    "title": "topic name",
    "topics": "schedule",
    "website": "url",
    "where": "place",
    "zone": "timezone",
}


# Keys of other tools whose meaning is written in another way here.
_OTHER_WAYS = {
    ("a topic", "week"): "topics take the class days in the order of the file; "
    "to give one a fixed day, write date: and the day",
    ("a topic", "readings"): "readings are in readings.yaml, under the id of the topic",
    ("a topic", "cancelled"): "a day without class is a break: write it under term:, as breaks: {date: 2027-02-15, "
    "name: Canceled}",
    **{
        (
            "a note's front matter",
            key,
        ): "write reading: and the id of the reading, or meeting: and the id of the meeting"
        for key in ("id", "paper", "article", "about", "topic", "lecture", "class", "week", "session", "url")
    },
}


_LABELS = frozenset(
    [
        "slides",
        "video",
        "recording",
        "code",
        "talk",
        "poster",
        "demo",
        "handout",
        "handouts",
        "dataset",
        "podcast",
        "lecture_notes",
    ]
)


def label_of(key: str) -> str | None:
    """Return the label of a link for a key that is one: `Slides` for `slides`; None for any other key."""
    word = key.strip().casefold()
    return word.replace("_", " ").capitalize() if word in _LABELS else None


def explain_other_way(what: str, key: str) -> str | None:
    """Return how to write in `what` what other tools mean by this key, or None."""
    return _OTHER_WAYS.get((what, key.strip().casefold()))


def find_synonym(key: str, free: Collection[str]) -> str | None:
    """Return the key that is meant by another word for it, of those that are `free`; or None."""
    return next((each for each in SYNONYMS.get(key.strip().casefold(), "").split() if each in free), None)

"""Keys as they are called elsewhere, and what they are here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from courseweek.diagnostics import Diagnostics
from courseweek.read.tables.fields import Table
from courseweek.read.tables.foreign_words import FOREIGN_WORDS

_SHORTEST = 3
_SHORT = 4
_LONG = 8
_NEAR = 0.85

# What others call a key, and which ones of this format may be meant, the likeliest first.
SYNONYMS = {
    "about": "note description",
    "abstract": "note description",
    "additional": "optional",
    "address": "url",
    "affiliations": "affiliation",
    "anthology": "in",
    "article": "title",
    "assigned": "out",
    "avatar": "photo",
    "background": "optional",
    "begin": "starts from",
    "begins": "starts from",
    "bio": "note",
    "book": "in",
    "booktitle": "in venue",
    "building": "place",
    "by": "authors who lecturer",
    "calendar": "schedule events",
    "category": "kind",
    "chapter": "pages",
    "chapters": "pages",
    "class": "topic",
    "class_days": "meets",
    "classes": "schedule meetings",
    "closes": "accepted_until",
    "collection": "in",
    "color": "accent",
    "colour": "accent",
    "comment": "note",
    "comments": "note",
    "conference": "venue",
    "consultation": "office_hours",
    "consultation_hours": "office_hours",
    "consultations": "office_hours",
    "core": "required",
    "cutoff": "accepted_until",
    "date": "due year",
    "dates": "date from events",
    "day": "date",
    "deadline": "due",
    "deadlines": "assignments",
    "deliverable": "title",
    "department": "affiliation institution",
    "description": "note",
    "details": "note description",
    "duration": "days minutes",
    "ed": "editors edition",
    "edited_by": "editors",
    "editor": "editors authors",
    "eds": "editors",
    "end": "ends to until",
    "end_date": "ends to until date",
    "event": "topic name",
    "examination": "exam",
    "exceptions": "except instead",
    "expires": "until",
    "expiry": "until",
    "expiry_date": "until",
    "extended_from": "was",
    "extra": "optional",
    "faculty": "staff affiliation",
    "file": "url materials links",
    "files": "materials links",
    "final": "exam",
    "final_deadline": "accepted_until",
    "finish": "ends to",
    "first_day": "starts from",
    "formerly": "was",
    "from": "in",
    "further": "optional",
    "further_reading": "optional",
    "github": "repository",
    "grace": "accepted_until",
    "grace_period": "accepted_until",
    "grade": "grading weight",
    "grades": "grading",
    "group": "groups name",
    "gsi": "leader staff",
    "guest": "guests",
    "handouts": "materials",
    "heading": "title",
    "headshot": "photo",
    "held_by": "who",
    "hidden": "draft",
    "hide_after": "until",
    "holiday": "breaks",
    "holidays": "breaks",
    "homepage": "url",
    "homework": "assignments",
    "homeworks": "assignments",
    "host": "who",
    "hours": "office_hours",
    "href": "url",
    "hw": "assignments",
    "id": "name",
    "image": "photo",
    "instructor": "lecturer leader staff who",
    "instructors": "staff who",
    "job": "role",
    "journal": "venue",
    "label": "title name",
    "last_day": "ends to",
    "late": "accepted_until",
    "late_deadline": "accepted_until",
    "late_due": "accepted_until",
    "late_until": "accepted_until",
    "lecture": "topic",
    "lecturer": "leader who",
    "lecturers": "lecturer staff",
    "lectures": "schedule meetings",
    "link": "url",
    "link_text": "label",
    "links": "materials links",
    "location": "place note",
    "lock_at": "accepted_until",
    "mail": "email",
    "main": "required",
    "mandatory": "required",
    "menu": "nav",
    "midterm": "exam",
    "moved_from": "was",
    "must_read": "required",
    "name": "title topic label course who",
    "names": "who",
    "navbar": "nav",
    "navigation": "nav",
    "notes": "note description materials",
    "number": "code",
    "office": "place note",
    "oh": "office_hours",
    "old_due": "was",
    "organization": "affiliation institution",
    "original": "was",
    "original_due": "was",
    "overrides": "instead",
    "pages": "nav",
    "paper": "title",
    "path": "url",
    "pattern": "meets",
    "pdf": "url",
    "people": "staff who",
    "percent": "weight",
    "percentage": "weight",
    "person": "who name",
    "phone": "note",
    "picture": "photo",
    "position": "role",
    "posted": "out",
    "pp": "pages",
    "presenter": "presenters",
    "press": "publisher",
    "previously": "was",
    "private": "draft",
    "professor": "lecturer staff",
    "professors": "staff",
    "project": "assignments",
    "projects": "assignments",
    "publication": "venue",
    "publish": "publish_on",
    "publish_date": "publish_on",
    "published": "venue publish_on",
    "quarter": "name term",
    "quiz": "exam",
    "reading_time": "minutes",
    "reason": "name",
    "recommended": "optional",
    "recording": "materials",
    "recordings": "materials",
    "release": "out publish_on",
    "release_date": "out publish_on",
    "released": "out publish_on",
    "remark": "note",
    "repo": "repository",
    "room": "place note",
    "school": "affiliation institution",
    "section": "groups name pages",
    "sections": "groups pages",
    "semester": "name term",
    "session": "topic",
    "sessions": "schedule meetings",
    "share": "weight",
    "show_on": "publish_on",
    "slides": "materials links",
    "source": "venue",
    "speaker": "guests lecturer",
    "staff": "who leader lecturer",
    "start": "starts out from",
    "start_date": "starts from date",
    "subject": "topic",
    "submission": "form",
    "submit": "form",
    "submit_to": "form",
    "suggested": "optional",
    "summary": "description note",
    "supplemental": "optional",
    "supplementary": "optional",
    "syllabus": "schedule",
    "ta": "staff who leader lecturer",
    "tas": "staff who",
    "teacher": "lecturer staff",
    "teachers": "staff",
    "team": "staff group",
    "teams": "group",
    "test": "exam",
    "theme": "accent",
    "through": "until to",
    "time": "minutes",
    "title": "topic name",
    "topic": "name",
    "topics": "schedule meetings",
    "tutor": "leader staff who",
    "type": "kind role",
    "tz": "timezone",
    "university": "affiliation institution",
    "until": "ends to accepted_until",
    "vacation": "breaks",
    "vacations": "breaks",
    "video": "materials links",
    "visible_from": "publish_on",
    "was_due": "was",
    "webpage": "url",
    "website": "url",
    "weekday": "day date",
    "weekdays": "day days",
    "weights": "grading parts",
    "what": "name topic title",
    "when": "due date time",
    "where": "place",
    "who": "name",
    "with": "who",
    "works": "affiliation",
    "writer": "authors",
    "written_by": "authors",
    "year_published": "year",
    "zone": "timezone",
    **dict.fromkeys(("important_dates", "key_dates", "other_dates", "special_dates"), "events"),
}


# Keys of other tools whose meaning is written in another way here.
_IN_READINGS = "readings are in readings.yaml, under the id of the topic"
_BREAK = "a day without class is a break: write it under term:, as breaks: {date: 2027-02-15, name: Canceled}"
_EXAM = "an exam is a topic: write it under schedule:, as in - {topic: Midterm, kind: Exam, date: 2027-02-15}"
_EVENT = "an event takes no class day: write it under events:, as in - {name: Career fair, date: 2027-02-15}"
_ASSIGNED = "what is handed in is under assignments: of syllabus.yaml, as in - {title: HW1, due: 2027-02-15}"
_IN_GRADING = "weights are under grading: of syllabus.yaml, as in {Homework: 40%, Project: 60%}"
ENDS_OF_TIME = "write time: with both ends, as in 13:00-16:00"
_PLACED = "a reading belongs to the meeting under whose id it is in readings.yaml"
_NO_TAGS = "delete the line; pages have no tags"
_NAMED_ADDRESS = "delete the line; the name of the file makes the address"
_OF_PAGES = {
    "published": "write draft: yes to keep the page off the site, or publish_on: for when it appears",
    **dict.fromkeys(("tags", "tag", "categories", "category", "keywords"), _NO_TAGS),
    **dict.fromkeys(("permalink", "slug", "url", "aliases"), _NAMED_ADDRESS),
    **dict.fromkeys(
        ("date", "created", "modified", "updated"), "delete the line, or write publish_on: for when it appears"
    ),
}
_IN_NAV = "delete the line; the order of pages is nav: under site: in syllabus.yaml"
_ABOUT = "write reading: and the id of the reading, or meeting: and the id of the meeting"
_MOVED = "write the new date after due:, and the old one after was:"
_ONLINE = "write the address after place:"
_WEEKLY = "office hours are the same each week; say in note: what differs"
_OF_ENTRY = "it is the same for all groups: write it in the entry, beside groups:"
_NO_CLASS = "a break takes a day from all groups; say in description: of the topic which group has no class"
_OTHER_FACTS = "write it in note:"
_LATER = "a day to be decided is date: TBD"
_HOURS = "write office_hours: at the start of a line of its own, outside of term: and course:"
_OTHER_WAYS: dict[str, dict[str, str]] = {
    "a topic": {
        "week": "topics take the class days in the order of the file; to give one a fixed day, write date: and the day",
        **dict.fromkeys(("readings", "reading", "paper", "papers", "required", "optional"), _IN_READINGS),
        **dict.fromkeys(("cancelled", "canceled", "no_class", "holiday", "break"), _BREAK),
        **dict.fromkeys(("from", "to"), "a window of days has `date` and `until`"),
        "event": _EVENT,
        **dict.fromkeys(("tbd", "tba", "undated", "unscheduled"), _LATER),
        **dict.fromkeys(("homework", "homeworks", "hw", "assignment", "assignments", "deadline"), _ASSIGNED),
    },
    "a reading list": {
        **dict.fromkeys(("readings", "reading", "papers"), "delete the line; the list is directly under the meeting"),
    },
    "a reading": {
        **dict.fromkeys(("topic", "meeting", "week", "lecture", "session", "class"), _PLACED),
        **dict.fromkeys(("translator", "isbn", "issn", "volume", "series", "city", "issue", "tags"), _OTHER_FACTS),
    },
    "an assignment": {
        **dict.fromkeys(("weight", "points", "percent", "percentage", "worth", "grade"), _IN_GRADING),
        **dict.fromkeys(("extended", "extended_to", "extension", "moved", "moved_to", "postponed", "new_due"), _MOVED),
        **dict.fromkeys(
            ("late_days", "slip_days"), "write accepted_until: and a moment, or late_policy: for all assignments"
        ),
    },
    "a milestone": dict.fromkeys(
        ("extended", "extended_to", "extension", "moved", "moved_to", "postponed", "new_due"), _MOVED
    ),
    "a group": {
        **dict.fromkeys(("kind", "numbered"), _OF_ENTRY),
        **dict.fromkeys(("start", "starts", "end", "ends", "from", "to", "hours"), ENDS_OF_TIME),
        **dict.fromkeys(("url", "link", "zoom", "online"), _ONLINE),
    },
    "a change for a group": {
        "day": "write date: and the day, such as 2027-02-15",
        **dict.fromkeys(("cancelled", "canceled", "no_class", "break"), _NO_CLASS),
        **dict.fromkeys(("start", "starts", "end", "ends", "from", "to", "hours"), ENDS_OF_TIME),
    },
    "a member of the staff": {"title": "write name: for the name, or role: for what the person does"},
    "an entry of the weekly pattern": dict.fromkeys(
        ("start", "starts", "end", "ends", "from", "to", "hours"), ENDS_OF_TIME
    ),
    "an event": {
        "until": "several days have `from` and `to`, without `date`",
        "kind": f"an event has no kind, and {_EXAM}",
        "exam": _EXAM,
        "page": "write note: with a link to the page, as in '[More](fair.html)'",
        **dict.fromkeys(("start_time", "end_time", "hours"), ENDS_OF_TIME),
    },
    "office hours": {
        **dict.fromkeys(("start", "starts", "end", "ends", "from", "to", "hours"), ENDS_OF_TIME),
        "who": "hours that several people share are under office_hours: of syllabus.yaml, outside of staff:",
    },
    "shared office hours": {
        **dict.fromkeys(("start", "starts", "end", "ends", "from", "to", "hours"), ENDS_OF_TIME),
        **dict.fromkeys(("url", "link", "zoom", "online"), _ONLINE),
        **dict.fromkeys(("weeks", "until", "except", "date", "dates"), _WEEKLY),
    },
    "the term": {"office_hours": _HOURS, **dict.fromkeys(("exams", "exam", "midterm", "final", "final_exam"), _EXAM)},
    "the course": {"office_hours": _HOURS, **dict.fromkeys(("exams", "exam", "midterm", "final", "final_exam"), _EXAM)},
    "syllabus.yaml": {
        **dict.fromkeys(("readings", "reading", "papers", "reading_list"), "readings are in readings.yaml, by meeting"),
        "announcements": "an announcement is a file in content/announcements/, such as 2027-01-20-welcome.md",
        **dict.fromkeys(("holidays", "holiday", "vacation", "vacations"), "write breaks: under term:"),
        **dict.fromkeys(("exams", "exam", "midterm", "midterms", "final", "finals"), _EXAM),
    },
    "front matter": {
        **_OF_PAGES,
        **dict.fromkeys(("nav_order", "order", "weight", "parent", "menu", "sidebar"), _IN_NAV),
        **dict.fromkeys(("author", "authors"), "delete the line, or write the name in the text"),
    },
    "an announcement's front matter": {
        **_OF_PAGES,
        "date": "delete the line; the name of the file begins with the date, as in 2027-01-20-welcome.md",
        **dict.fromkeys(
            ("lecture", "class", "session", "topic", "about", "for"), "write meeting: and the id of the meeting"
        ),
        **dict.fromkeys(("ends", "end", "to", "expires"), "write until: and the last day"),
        **dict.fromkeys(("from", "pinned"), "the home page shows it from its date on; write until: and the last day"),
        **dict.fromkeys(("nav", "layout"), "delete the line; all announcements are on one page"),
        **dict.fromkeys(("author", "authors"), "delete the line, or write the name in the text"),
    },
    "a note's front matter": {
        **_OF_PAGES,
        **{f"{key}s": f"write {key}: and one id; for several, write a note for each" for key in ("meeting", "reading")},
        **dict.fromkeys(
            ("id", "paper", "article", "about", "topic", "lecture", "class", "week", "session", "url"), _ABOUT
        ),
    },
}
"""How to write what other tools mean by a key: by the name of a table, and the key."""


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
    return _OTHER_WAYS.get(what, {}).get(key.strip().casefold())


def find_synonym(key: str, free: Collection[str]) -> str | None:
    """Return the key that is meant by another word for it, of those that are `free`; or None."""
    word = fold_key(key)
    meant = SYNONYMS.get(word) or FOREIGN_WORDS.get(word, "")
    return next((each for each in meant.split() if each in free), None)


def find_near_key(key: str, free: Collection[str], found: Diagnostics) -> str | None:
    """Return the key of those that are `free` that `key` is a misspelling or the beginning of, or None.

    It is one mistake away, or two where it is long: `late` and `date` share most letters and are two words.
    """
    word = fold_key(key)
    near = next((each for each in free if word == each or _is_one_mistake(word, each)), None)
    plurals = (each for each in free if each.endswith("s") and not each.endswith("us"))
    near = near or next((each for each in plurals if _is_one_mistake(word, each[:-1])), None)
    parts = next((each for each in free if _is_part(word, each)), None)
    others = (find_synonym(each, free) for each in SYNONYMS if len(each) > _SHORT and _is_one_mistake(word, each))
    near = near or parts or (None if word in SYNONYMS else next(filter(None, others), None))
    return near or (found.suggest(word, free, cutoff=_NEAR) if len(word) >= _LONG else None)


def fold_key(key: str) -> str:
    """Return a key in the form in which only its spelling differs: case, and what joins its words."""
    return unicodedata.normalize("NFC", re.sub(r"[-_ ]+", "_", key.strip()).casefold())


def is_key_elsewhere(key: str) -> bool:
    """Return whether a word in lower case is a key of some table, or another word for one."""
    named = key in SYNONYMS or key in FOREIGN_WORDS
    return key.islower() and (named or any(key in each.by_key for each in Table.all))


def _is_one_mistake(word: str, other: str) -> bool:
    """Return whether one letter is wrong, missing, too many, or two are in the wrong order; the first is right."""
    if len(word) < _SHORTEST or abs(len(word) - len(other)) > 1 or word[0] != other[0] != word[1]:
        return False
    start = _count_same(word, other)
    end = _count_same(word[start:][::-1], other[start:][::-1])
    left, right = word[start : len(word) - end], other[start : len(other) - end]
    if len(left) == len(right) == 1:
        return len(word) >= _SHORT
    return len(left) + len(right) == 1 or (len(left) == 2 and left == right[::-1])


def _count_same(word: str, other: str) -> int:
    """Return how many letters at the beginning of two words are the same."""
    pairs = enumerate(zip(word, other, strict=False))
    return next((at for at, (one, two) in pairs if one != two), min(len(word), len(other)))


def _is_part(word: str, key: str) -> bool:
    """Return whether a word is the beginning of a key, or one of the words that it is made of; or the other way."""
    if len(word) < _SHORT or any(word in each.by_key for each in Table.all):
        return False
    return key.startswith(word) or word in key.split("_") or (len(key) >= _SHORT and key in word.split("_"))

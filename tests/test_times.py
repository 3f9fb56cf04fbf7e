"""Times, days, zones and dates in a course: what is doubted, where, how often, and that each remedy works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from courseweek.diagnostics import Diagnostic
from tests.mini import Mini, date_mini
from tests.test_remedies import fix

HEAD = """\
course: {title: Knots, language: LANGUAGE}
term:
  starts: STARTS
  ends: 2027-05-10
  timezone: ZONE
  due_time: DUE_TIME
  meets: [{day: DAYS, time: TIME, kind: Lecture}, {day: Friday, kind: Lab, weeks: odd}]
  breaks: [{from: 2027-03-22, to: 2027-03-26, name: Recess}]
staff: {name: Ada, office_hours: [{day: HOURS_DAY, time: HOURS}, by appointment]}
schedule:
  Lecture:
    - {topic: A, id: a, time: TOPIC_TIME, materials: {Slides: {url: https://example.org/a, publish_on: RELEASE}}}
    - {topic: B, id: b}
    - {topic: C, id: c, date: DATE}
    - {topic: D, id: d, times: 12}
  Lab: [E]
assignments:
  - {title: One, id: one, out: OUT, due: DUE}
  - {title: Two, id: two, due: 2027-02-26 17:00, milestones: [{title: Step, due: STEP}]}
  - {title: Each, id: each, each: Lecture, due: EACH}
"""
PLAIN = {
    "LANGUAGE": "en", "STARTS": "2027-01-25", "ZONE": "America/Los_Angeles", "DUE_TIME": "23:59", "DAYS": "Monday",
    "TIME": "13:00-16:00", "HOURS_DAY": "Tuesday", "HOURS": "10:00-11:00", "TOPIC_TIME": "13:00-15:00",
    "RELEASE": "end", "DATE": "2027-03-08", "OUT": "2027-02-01", "DUE": "2027-02-20", "STEP": "2027-02-26",
    "EACH": "start",
}  # fmt: skip
OTHER = "open-days"


def write(**written: str) -> str:
    text = HEAD
    for key in sorted(PLAIN, key=len, reverse=True):
        text = re.sub(rf"\b{key}\b", written.get(key, PLAIN[key]).replace("\\", r"\\"), text)
    return text


def date_course(folder: Path, **written: str) -> Mini:
    return date_mini(folder, write(**written))


def reported(mini: Mini) -> list[Diagnostic]:
    return [each for each in mini.diagnostics if each.name != OTHER]


def test_the_plain_course_has_no_fault(tmp_path: Path) -> None:
    assert reported(date_course(tmp_path)) == []


# --- What is hardly meant --------------------------------------------------------------------------------------

DOUBTS = {
    ("TIME", "2:00-3:15"): "`2:00-3:15` begins at night | write 2:00-3:15 pm; if it is right, write 2:00-3:15 am",
    ("TIME", "2-3"): "`2-3` begins at night | write 2:00-3:00 pm; if it is right, write 2:00-3:00 am",
    ("TIME", "0:00-1:00"): "`0:00-1:00` begins at night | write 12:00-1:00 pm",
    ("TIME", "6:59-8:00"): "`6:59-8:00` begins at night | write 6:59-8:00 pm; if it is right, write 6:59-8:00 am",
    ("TIME", "6:30-12:00"): "`6:30-12:00` begins at night | if it is right, write 6:30 am-12:00",
    ("TIME", "2:00-15:15"): "`2:00-15:15` begins at night | write 14:00-15:15; if it is right, write 2:00 am-15:15",
    ("TIME", "12 am - 1 am"): "`12 am - 1 am` begins at night | write 12:00-1:00 pm",
    ("TOPIC_TIME", "1:30-3:00"): "`1:30-3:00` begins at night | write 1:30-3:00 pm; if it is right, write 1:30-3:00 am",
    ("HOURS", "3:00-4:30"): "`3:00-4:30` begins at night | write 3:00-4:30 pm; if it is right, write 3:00-4:30 am",
    ("DUE_TIME", "11:59"): "`11:59` is in the morning | write 23:59",
    ("DUE_TIME", "11:59 am"): "`11:59 am` is in the morning | write 23:59",
    ("DUE_TIME", "0:00"): "`0:00` is the first minute of each day | write 23:59",
    ("DUE_TIME", "12:00 am"): "`12:00 am` is the first minute of each day | write 23:59",
    ("DUE_TIME", "5:00"): "`5:00` is at night | write 17:00; if it is right, write 5:00 am",
    ("DUE_TIME", "0:01"): "`0:01` is at night | write 12:01",
    ("DUE", "2027-02-15 at 5:00"): "`2027-02-15 at 5:00` is at night | write 2027-02-15 at 17:00; if it is right, "
                                   "write 2027-02-15 at 5:00 am",
    ("DUE", "2027-02-15 5:00"): "`2027-02-15 5:00` is at night | write 2027-02-15 17:00; if it is right, write "
                                "2027-02-15 5:00 am",
    ("DUE", "2027-02-15T11:59"): "`2027-02-15T11:59` is in the morning | write 2027-02-15T23:59",
    ("DUE", "Feb 15, 2027 at 11:59 am"): "`Feb 15, 2027 at 11:59 am` is in the morning | "
    "write Feb 15, 2027 at 23:59",
    ("DUE", "2027-02-15 00:00"): "`2027-02-15 00:00` is the first minute of that day | "
    "write 2027-02-14 at 23:59, the end of the day before",
    ("DUE", "15 Feb at 12:00 am"): "`15 Feb at 12:00 am` is the first minute of that day | "
    "write 2027-02-14 at 23:59, the end of the day before",
    ("DUE", "15 Feb 12:15 am"): "`15 Feb 12:15 am` is at night | write 15 Feb 12:15 pm",
    ("DUE", "week 3 Friday at 11:59"): "`week 3 Friday at 11:59` is in the morning | write week 3 Friday at 23:59",
    ("DUE", "week 3 Friday at 0:00"): "`week 3 Friday at 0:00` is the first minute of that day | "
    "write week 3 Thursday at 23:59, the end of the day before",
    ("DUE", "week 3 Monday at 0:00"): "`week 3 Monday at 0:00` is the first minute of that day | "
    "write week 3 Monday at 23:59",
    ("DUE", "1 day before d at 5:00"): "`1 day before d at 5:00` is at night | write 1 day before d at 17:00; "
    "if it is right, write 1 day before d at 5:00 am",
    ("DUE", "1 day before d at 0:00"): "`1 day before d at 0:00` is the first minute of that day | "
    "write 2 days before d at 23:59, the end of the day before",
    ("DUE", "1 day after d at 0:00"): "`1 day after d at 0:00` is the first minute of that day | "
    "write end of d at 23:59, the end of the day before",
    ("DUE", "same day as d at 12 am"): "`same day as d at 12 am` is the first minute of that day | "
    "write 1 day before d at 23:59, the end of the day before",
    ("DUE", "Friday after d at 6:59"): "`Friday after d at 6:59` is at night | write Friday after d at 18:59; "
    "if it is right, write Friday after d at 6:59 am",
    ("DUE", "end of week 3 at 11:59"): "`end of week 3 at 11:59` is in the morning | write end of week 3 at 23:59",
    ("STEP", "2027-02-26 11:59"): "`2027-02-26 11:59` is in the morning | write 2027-02-26 23:59",
    ("EACH", "1 day before at 5:00"): "`1 day before at 5:00` is at night | write 1 day before at 17:00; "
    "if it is right, write 1 day before at 5:00 am",
    ("EACH", "same day at 0:00"): "`same day at 0:00` is the first minute of that day | "
    "write 1 day before at 23:59, the end of the day before",
}  # fmt: skip


@pytest.mark.parametrize(("key", "text"), DOUBTS)
def test_what_is_hardly_meant_is_reported_once(key: str, text: str, tmp_path: Path) -> None:
    mini = date_course(tmp_path, **{key: quoted(text)})
    assert [f"{each.severity} {each.name}: {each.message} | {each.help}" for each in reported(mini)] == [
        f"warning doubtful-time: {DOUBTS[key, text]}"
    ]
    assert reported(mini)[0].span.text.strip("'") == text


NO_DOUBT = [
    ("TIME", "7:00-8:15"), ("TIME", "2-3:15 pm"), ("TIME", "5:00-7:00 am"), ("TIME", "5 am-13:00"),
    ("HOURS", "12:00-13:00"), ("DUE_TIME", "12:00"), ("DUE_TIME", "7:00"), ("DUE_TIME", "11:58"),
    ("DUE_TIME", "5 am"), ("DUE_TIME", "11:59 pm"), ("DUE", "2027-02-15 at noon"), ("DUE", "2027-02-15 12:00 pm"),
    ("DUE", "2027-02-15 7:00"), ("DUE", "2027-02-15 5:00 am"), ("DUE", "start of week 3"), ("DUE", "end of week 3"),
    ("DUE", "start of d"), ("DUE", "12 hours before d"), ("DUE", "start of Recess"),
    ("OUT", "2027-02-01 0:00"), ("OUT", "2027-02-01 5:00"), ("OUT", "2027-02-01 12:00 am"), ("OUT", "start of week 2"),
    ("RELEASE", "2027-02-01 5:00"), ("RELEASE", "1 day after at 0:00"), ("EACH", "5 hours after"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "text"), NO_DOUBT)
def test_what_may_be_meant_is_not_doubted(key: str, text: str, tmp_path: Path) -> None:
    assert reported(date_course(tmp_path, **{key: quoted(text)})) == []


def test_front_matter_is_not_doubted(tmp_path: Path) -> None:
    page = {"content/later.md": "---\npublish_on: 2027-02-15 5:00\n---\n\nLater.\n"}
    assert [each for each in date_mini(tmp_path, write(), files=page).diagnostics if each.name != OTHER] == []


# --- Sets of days, dates with dots ------------------------------------------------------------------------------

DAYS = {
    "Mon-Fri": 5, "Monday to Friday": 5, "weekdays": 5, "Mon–Thu": 4, "[Mon-Wed, Fri]": 4, "Mon-Wed, Fri": 4,
    "Mon, Wed, and Fri": 3, "Tue/Thu": 2, "Sun-Thu": 5, "[weekdays]": 5, "Mon-Tue and Thu-Fri": 4,
}  # fmt: skip


@pytest.mark.parametrize("text", DAYS)
@pytest.mark.parametrize("key", ["day", "days"])
def test_days_are_sets(key: str, text: str, tmp_path: Path) -> None:
    written = text if text.startswith("[") else quoted(text)
    mini = date_mini(tmp_path, write(DAYS=written, HOURS_DAY=written).replace("{day: Mon", f"{{{key}: Mon"))
    assert reported(mini) == []
    assert mini.course is not None
    assert len(mini.course.syllabus.term.meets[0].days) == DAYS[text]
    assert len(mini.course.syllabus.staff[0].office_hours[0].days) == DAYS[text]


DAY_FIRST = ["de", "de-CH", "fr", "pl", "tr"]


@pytest.mark.parametrize("language", DAY_FIRST)
def test_the_language_says_that_the_day_comes_first(language: str, tmp_path: Path) -> None:
    page = {"content/later.md": "---\npublish_on: 1.3.2027 17:00\n---\n\nLater.\n"}
    text = write(LANGUAGE=language, STARTS="25.1.2027", DATE="8.3.", DUE="8.2.2027 17:00", STEP="1.3.2027")
    mini = date_mini(tmp_path, text, files=page)
    assert reported(mini) == []
    assert mini.course is not None
    assert mini.course.syllabus.term.starts.isoformat() == "2027-01-25"
    assert mini.row("c").on.isoformat() == "2027-03-08"
    published = mini.course.pages[0].publish_at
    assert published is not None
    assert published.isoformat() == "2027-03-01T17:00:00-08:00"
    assert {each.id: each.at.isoformat() for each in mini.dated.deadlines if each.at and each.meeting is None} == {
        "one-out": "2027-02-01T00:00:00-08:00",
        "one-due": "2027-02-08T17:00:00-08:00",
        "two-due": "2027-02-26T17:00:00-08:00",
        "two-step": "2027-03-01T23:59:00-08:00",
    }


@pytest.mark.parametrize("language", ["en", "en-US", "en-GB", "EN"])
def test_in_english_nobody_knows(language: str, tmp_path: Path) -> None:
    (found,) = reported(date_course(tmp_path, LANGUAGE=language, DATE="8.3.2027"))
    assert (found.name, found.help) == ("ambiguous-date", "write 2027-03-08")


# --- Each remedy works -----------------------------------------------------------------------------------------

WRITTEN: dict[str, list[str]] = {
    "TIME": [
        "12:30-1:45", "9-5", "11-1", "10:00-9:00", "16:00-13:00", "14:00-1:30", "16:00-3:00", "10 am - 2 am", "9-9",
        "13:00-13:00", "9 pm-9 pm", "11 pm - 12 am", "11 pm-12", "23:00-01:00", "22-6", "23:00-0:00", "20:00-24:00",
        "9 pm - midnight", "midnight-2 am", "13 pm-2 pm", "13:00-14:00 pm", "0:30 am-2", "2-3p", "2p-3p",
        "2.30-3.30 pm", "12.30-1.45", "14-16 Uhr", "13.00-16.00", "1300-1600", "13h-16h30", "13:00-16:00 Uhr",
        "1030-1145 am", "from 2 to 3 pm", "between 9 and 10", "13:00", "9", "2 pm", "noon", "23:30", "23:59",
        "7:30 pm-7 pm", "11:59 pm - 12:30 am", "12:00-1:00", "13:00–16.00", "8-24",
    ],
    "DAYS": ["M-F", "Mo-Fr", "T-Th", "T-F", "M-W", "Mon-Wed-Fri", "Mon-Fryday", "Mon-Mon", "daily", "every day",
             "every weekday", "weekend", "MWF", "TTh", "T", "W", "Wendesday", "Mon-Thu, Fryday", "workdays"],
    "ZONE": ["EST", "MST", "HST", "GMT", "CET", "EST5EDT", "PST8PDT", "Japan", "Etc/GMT+8", "Etc/GMT", "Etc/Zulu",
             "est", "utc", "america/new_york", "America/New York", "posix/Asia/Tokyo", "PST", "Berlin", "localtime",
             "Factory", "Eastern Time"],
    "DATE": ["3/8/27", "8.3.2027", "28.2.2027", "2/28/2027", "28/2", "2027/3/8", "2027.3.8", "Tue 8 Mar", "8.3.",
             "2027–03–08", "2027-O3-08", "8-3-2027"],
    "STARTS": ["1/25/2027", "25.1.2027", "2027/1/25", "Tuesday 25 Jan 2027"],
    "DUE_TIME": ["13.00", "13h", "24:00", "13 pm", "0:30 am", "1.30 pm", "17 Uhr", "midnight", "5p"],
    "DUE": ["3/8/27", "3/8/27 at 17:00", "28.2.2027 5 pm", "Tue 8 Mar at 5 pm", "2027/02/26 17:00", "2027-02-26, 5 pm",
            "2027-02-26 at 24:00", "2027-02-26 17.00", "2027-02-26 at 5p", "26 Feb 17 Uhr", "2027-02-26 at 17:00 pm",
            "2027-02-26 at midnight", "2027-02-26 12 midnight", "Friday of week 5", "Friday of week 5 at 5 pm", "tba",
            "2 days after 2027-02-08", "2 days after 8 Feb 2027", "2 days after 28.2.2027",
            "week 9 Friday", "week 9 Wednesday at 17:00",
            "2027-03-24", "2027-03-24 at 17:00", "2 weeks after c",],
    "STEP": ["week 9 Friday", "2027-03-24", "2/28/27", "2027-02-26 24:00"],
    "RELEASE": ["2/28/27", "28.2.2027 13:00", "2027-02-28 24:00"],
    "EACH": ["1 day before at 24:00", "same day at 13.00", "3/8/27"],
}  # fmt: skip


# What a remedy may not come to; that a term which begins on another day has fewer Mondays is another matter.
READ = {
    "ambiguous-date", "ambiguous-time", "bad-date", "bad-day", "bad-moment", "bad-time", "ends-before-start",
    "outside-term", "unknown-zone", "unknown-week", "unknown-anchor", "wrong-weekday",
}  # fmt: skip


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def remedies(help: str | None) -> list[str]:
    """Return the texts that a help offers to write, each of which has to work."""
    found = []
    for clause in re.split("; (?:otherwise )?", help or ""):
        offered = re.search(r"(?:^|, )(?:write|choose another day, such as|did you mean) (.+?)\??$", clause)
        if offered is None or re.match("when |a |the |one such as |each |an ", offered[1]):
            continue
        words = re.split(r", the end | for its | for the end ", offered[1])[0]
        found += [each.removeprefix("or ") for each in re.split(",? or ", words)]
    return found


CASES = [(key, text) for key, texts in WRITTEN.items() for text in texts] + list(DOUBTS)


@pytest.mark.parametrize(("key", "text"), CASES)
def test_each_remedy_works(key: str, text: str, tmp_path: Path) -> None:
    mini = date_course(tmp_path, **{key: quoted(text)})
    found = reported(mini)
    assert found
    for each in found:
        for remedy in remedies(each.help):
            after = reported(date_course(tmp_path, **{key: quoted(remedy)}))
            assert [one.message for one in after if one.name in READ] == [], remedy
            if each.name in ("doubtful-time", "due-in-break"):
                assert [one.message for one in after if one.name == each.name] == [], remedy


@pytest.mark.parametrize(("key", "text"), CASES)
def test_each_fix_works(key: str, text: str, tmp_path: Path) -> None:
    before = write(**{key: quoted(text)})
    mini = date_mini(tmp_path, before)
    if any(each.fix for each in mini.diagnostics):
        after = fix(before, "syllabus.yaml", mini.diagnostics)
        assert after != before
        assert [each.message for each in date_mini(tmp_path, after).diagnostics if each.severity == "error"] == []


FIXED = {
    ("TIME", "12:30-1:45"): "12:30-13:45", ("TIME", "9-5"): "9:00-17:00", ("TIME", "20:00-24:00"): "20:00-23:59",
    ("TIME", "10:00-9:00"): None, ("TIME", "23:00-01:00"): None, ("TIME", "midnight-2 am"): None,
    ("DAYS", "M-F"): "Mon-Fri", ("DAYS", "T-Th"): None, ("ZONE", "Japan"): "Asia/Tokyo", ("ZONE", "EST"): None,
    ("ZONE", "america/new_york"): "America/New_York", ("DATE", "28.2.2027"): "2027-02-28", ("DATE", "8.3.2027"): None,
    ("DUE", "28.2.2027 5 pm"): "2027-02-28 5 pm", ("DUE", "Friday of week 5 at 5 pm"): "week 5 Friday at 5 pm",
    ("DUE", "2027-02-15 at 5:00"): None, ("DUE_TIME", "24:00"): "23:59",
}  # fmt: skip


@pytest.mark.parametrize(("key", "text"), FIXED)
def test_what_is_sure_is_fixed(key: str, text: str, tmp_path: Path) -> None:
    before = write(**{key: quoted(text)})
    after = fix(before, "syllabus.yaml", date_mini(tmp_path, before).diagnostics)
    assert after == write(**{key: quoted(FIXED[key, text] or text)})

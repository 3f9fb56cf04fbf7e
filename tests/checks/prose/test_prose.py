"""Dates, weeks, deadlines and weights in prose against the course: what is told, and all that is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseweek.diagnostics import Diagnostic
from tests.checks.reported import SYLLABUS, report, report_page, show

REPORTED = {
    # Dates that there are not.
    "See you on Friday, April 31.": "1:12 [Friday, April 31] warning[impossible-date]: there is no 31 April",
    "On 30 February.": "1:4 [30 February] warning[impossible-date]: there is no 30 February",
    "On February 29.": "1:4 [February 29] warning[impossible-date]: there is no 29 February in 2027",
    "Born 29 Feb 2023.": "1:6 [29 Feb 2023] warning[impossible-date]: there is no 29 February in 2023",
    "By 2027-06-31.": "1:4 [2027-06-31] warning[impossible-date]: there is no 31 June",
    "On **Friday**, the 31st of April": "1:6 [Friday**, the 31st of April] warning[impossible-date]: "
    "there is no 31 April",
    # Days of the week.
    "Thursday, April 30": "1:1 [Thursday, April 30] warning[weekday-mismatch]: 2027-04-30 is a Friday, not a Thursday",
    "on Mon. 2 Feb.": "1:4 [Mon. 2 Feb] warning[weekday-mismatch]: 2027-02-02 is a Tuesday, not a Monday",
    "# Title\n\nOn\nTuesday\nApril 30": "4:1 [Tuesday\nApril 30] warning[weekday-mismatch]: "
    "2027-04-30 is a Friday, not a Tuesday",
    "Monday, 3 March 2020": "1:1 [Monday, 3 March 2020] warning[weekday-mismatch]: "
    "2020-03-03 is a Tuesday, not a Monday",
    "30 April (Thu)": "1:1 [30 April (Thu)] warning[weekday-mismatch]: 2027-04-30 is a Friday, not a Thursday",
    "Thu 2027-04-30": "1:1 [Thu 2027-04-30] warning[weekday-mismatch]: 2027-04-30 is a Friday, not a Thursday",
    # Weeks.
    "In Week 19 we rest.": "1:4 [Week 19] warning[unknown-week]: there is no week 19: the last one is week 15",
    "Weeks 14–16 are for talks.": "1:10 [16] warning[unknown-week]: there is no week 16: the last one is week 15",
    "week 16 of the term": "1:1 [week 16] warning[unknown-week]: there is no week 16: the last one is week 15",
    # Deadlines.
    "Homework 1 is due 5 February.": "1:19 [5 February] warning[other-deadline]: "
    "`Homework 1` is due on Fri 12 Feb, not on 5 February",
    "- **hw1** (due Friday, Feb 5 at 5 pm)": "1:16 [Friday, Feb 5] warning[other-deadline]: "
    "`Homework 1` is due on Fri 12 Feb, not on 5 February",
    "The deadline for Homework 1 is 5 February": "1:32 [5 February] warning[other-deadline]: "
    "`Homework 1` is due on Fri 12 Feb, not on 5 February",
    "5 February: Homework 1 due": "1:1 [5 February] warning[other-deadline]: "
    "`Homework 1` is due on Fri 12 Feb, not on 5 February",
    "Please submit Homework 1 by 5 February.": "1:29 [5 February] warning[other-deadline]: "
    "`Homework 1` is due on Fri 12 Feb, not on 5 February",
    "The project proposal is due on March 6.": "1:32 [March 6] warning[other-deadline]: "
    "`Project proposal` is due on Fri 5 Mar, not on 6 March",
    "| Homework 2 | due Feb 27 |\n| --- | --- |": "1:20 [Feb 27] warning[other-deadline]: "
    "`Homework 2` is due on Fri 26 Feb, 0:00, not on 27 February",
    "Homework 1 is due 2/15.": "1:19 [2/15] warning[other-deadline]: "
    "`Homework 1` is due on Fri 12 Feb, not on 15 February",
    "Homework 1 is due on September 5.": "1:22 [September 5] warning[other-deadline]: "
    "`Homework 1` is due on Fri 12 Feb, not on 5 September",
    "Homework 1: submit by 15 February": "1:23 [15 February] warning[other-deadline]: "
    "`Homework 1` is due on Fri 12 Feb, not on 15 February",
    "Homework 1: please hand it in by 15 February.": "1:34 [15 February] warning[other-deadline]: "
    "`Homework 1` is due on Fri 12 Feb, not on 15 February",
    "Hand in the final version of your homework 1 by March 3rd": "1:49 [March 3rd] warning[other-deadline]: "
    "`Homework 1` is due on Fri 12 Feb, not on 3 March",
    "Turn in the solutions to Homework 1 no later than Feb 10": "1:51 [Feb 10] warning[other-deadline]: "
    "`Homework 1` is due on Fri 12 Feb, not on 10 February",
    "The final report of your course project is due on May 3.": "1:51 [May 3] warning[other-deadline]: "
    "`Final report` is due on Wed 5 May, not on 3 May",
    "Course project (project proposal): due March 6": "1:40 [March 6] warning[other-deadline]: "
    "`Project proposal` is due on Fri 5 Mar, not on 6 March",
    "## Homework 1: knots\n\n**Deadline:** Mon 2/15": "3:15 [Mon 2/15] warning[other-deadline]: "
    "`Homework 1` is due on Fri 12 Feb, not on 15 February",
    "Homework 1\n---\n\n- Submit your code by Feb 15": "4:23 [Feb 15] warning[other-deadline]: "
    "`Homework 1` is due on Fri 12 Feb, not on 15 February",
    # Weights.
    "- Homework (25%)": "1:13 [25%] warning[other-weight]: `Homework` is worth 2 × 10%, not 25%",
    "**Paper reviews**: 20%": "1:20 [20%] warning[other-weight]: `Paper reviews` is worth 30%, not 20%",
    "The project is worth 50% of your grade.": "1:22 [50%] warning[other-weight]: `Project` is worth 40%, not 50%",
    "| Participation | 15 % |\n| --- | --- |": "1:19 [15 %] warning[other-weight]: "
    "`Participation` is worth 10%, not 15%",
}


@pytest.mark.parametrize("text", REPORTED)
def test_what_the_course_contradicts(text: str, tmp_path: Path) -> None:
    assert report_page(tmp_path, text) == [REPORTED[text]]


RIGHT = [
    "Friday, April 30, 2 May and Monday, 2 March 2020; Saturday the 29th of February 2020",
    "Published 3 March 2019 in the Proceedings of 30 April.",
    "Monday, 31 August is outside of the term, so nobody knows its year.",
    "You may 31 times march 30 miles; the sun 31 sat.",
    "In April 31 students asked; in March 45 did.",
    "Tuesday and Thursday, March 2 and 4; Mon–Wed 1–3 March; Sat/Sun, April 3/4",
    "Mondays, March 1 to May 3",
    "Tue Apr 15 12:34:56 PDT 2014; Tue Apr 15 12:34:56 2014; Tue, 15 Apr 12:34 2014",
    "A leap year has February 29.",
    "`Friday, April 31` is no date.",
    "```text\nFriday, April 31, week 19\n```\n\n~~~\nHomework (25%)\n~~~",
    'He wrote “Friday, April 31” and "week 19".',
    "> Friday, April 31\n\n[Friday, April 31](https://example.org/april)",
    "https://example.org/2027-02-30/week%2019 and <https://example.org/2027-02-30>",
    '<span title="Friday, April 31">x</span> <!-- week 19 -->',
    "Version 2.31 April, ratio 3/30 February, May 30%, chapter 1:31 June.",
    "week 15, weeks 2-14, in 19 weeks, 19-week, week 19 of 2020, calendar week 19, CS231n week 19, Stanford's week 19",
    "Week 19% of the time, midweek 20",
    "Homework 1 is due Friday, 12 February at 23:59, and Homework 2 is due 25 February.",
    "Homework 1 was due 5 February; the deadline is now 12 February.",
    "Homework 1 comes out on 5 February. The talk is due 6 February.",
    "Homework 1 builds on what was due 5 February.",
    "Homework 1 and homework 2 are due 5 February.",
    "The course project: drafts are due 6 March.",
    "Course project due March 5. Final report due May 5, 2027. Paper review due 3 February.",
    "Homework 1, due February 12, 2026.",
    "Homework 1 is due February 10 – 14.",
    "The draft of Homework 1 is due on 5 February. Submit a draft of Homework 1 by 5 February.",
    "Submit your regrade request for Homework 1 by 20 February.",
    "Homework 1 is due 2/12. Homework 2 is due 26/2.",
    "Homework 1 (due 3/4) is 3/15 of the grade, and due 2/15%, 2/15-3, 1/2/15/4, a/2/15.",
    "## Homework 1\n\nDue 12 Feb.\n\n## Rules\n\nDue 15 Feb.\n\n## Homework 1 and Homework 2\n\nDue 15 Feb.",
    "## Homework 1\n\nYour topic is due 5 Feb. Submit questions by 5 Feb. It was due 5 Feb, and is now due 12 Feb.",
    "Homework 1 is due 11 February at midnight.",
    "Homework (20%), two of 10% each, paper reviews: 30%, Project 40%, Proposal (10%), Report (30% of the grade)",
    "50% of GPUs; homework loses 10% per day; Homework: 5% off for each day, Homework: 50% to pass",
    "Participation: 85% of you came; Optional homework (5%); Homework 1 (3%); the homework was 60% harder",
]


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_or_about_something_else(text: str, tmp_path: Path) -> None:
    assert report_page(tmp_path, text) == []


def test_weeks_that_are_counted_from_0(tmp_path: Path) -> None:
    syllabus = SYLLABUS.replace("  meets:", "  first_week: 0\n  meets:")
    found = report(tmp_path, {"syllabus.yaml": syllabus, "content/page.md": "From week 0 to week 15."})
    assert [(each.message, each.help) for each in found] == [
        ("there is no week 15: the last one is week 14", "the weeks run from 0 to 14; change the number or the term")
    ]


def test_the_words_around_it(tmp_path: Path) -> None:
    text = "Friday, April 31. Thursday, April 30. February 29. week 19. Homework 1 is due 5 February. Homework (25%)."
    found = report(tmp_path, {"content/page.md": text})
    assert [(each.help, _other(each)) for each in found] == [
        ("April has 30 days; the nearest Friday is 30 April", None),
        (
            "write Friday, or 29 April, which is a Thursday",
            "syllabus.yaml:3 [2027-01-25] the year comes from the term",
        ),
        ("February has 28 days", "syllabus.yaml:3 [2027-01-25] the year comes from the term"),
        (
            "the weeks run from 1 to 15; change the number or the term",
            "syllabus.yaml:4 [2027-05-07] the term ends here, on 2027-05-07",
        ),
        (
            "write Fri 12 Feb here, or change the deadline",
            "syllabus.yaml:12 [2027-02-12] it is due on Fri 12 Feb 2027, 23:59",
        ),
        ("write 2 × 10% here, or change the grading", "syllabus.yaml:21 [Homework] it is worth 2 × 10% here"),
    ]


def _other(each: Diagnostic) -> str | None:
    return f"{each.other[0].file}:{each.other[0].line} [{each.other[0].text}] {each.other[1]}" if each.other else None


HELD = {
    "content/notes/a.md": {
        "---\nmeeting: intro\ntitle: Notes, 26 Jan\n---\nText.": "3:15 [26 Jan] warning[other-day]: "
        "`Introduction` is on Mon 25 Jan, not on 26 January",
        "---\nmeeting: bends\n---\n# Bends, 15 Feb\n\nText.": "4:10 [15 Feb] warning[other-day]: "
        "`Bends and hitches` is on Mon 1 Feb and Mon 8 Feb, not on 15 February",
        "---\nmeeting: intro\n---\nText.\n\n**Date:** January 26\n": "6:11 [January 26] warning[other-day]: "
        "`Introduction` is on Mon 25 Jan, not on 26 January",
        "---\nmeeting: intro\n---\nNotes of the lecture on Tue, 26 Jan 2027.": "4:25 [Tue, 26 Jan 2027] "
        "warning[other-day]: `Introduction` is on Mon 25 Jan, not on 26 January",
    },
    "content/intro.md": {
        "# Introduction, Jan 26\n\nText.": "1:17 [Jan 26] warning[other-day]: "
        "`Introduction` is on Mon 25 Jan, not on 26 January",
    },
    "content/hw1.md": {
        "**Due:** 13 February, 17:00": "1:10 [13 February] warning[other-deadline]: "
        "`Homework 1` is due on Fri 12 Feb, not on 13 February",
        **{
            text: f"1:{text.index(day) + 1} [{day}] warning[other-deadline]: "
            "`Homework 1` is due on Fri 12 Feb, not on 15 February"
            for text, day in {
                "This is due Feb 15 at noon": "Feb 15",
                "Submit by 15 February": "15 February",
                "Deadline: 2/15": "2/15",
                "Please hand it in by Feb 15.": "Feb 15",
                "The deadline is Feb 15.": "Feb 15",
                "The deadline for this assignment is Feb 15.": "Feb 15",
                "This homework is due on February 15th at 5 pm.": "February 15th",
                "Your solutions are due by the end of the day on Feb 15": "Feb 15",
                "You must submit your work no later than Feb 15, in class.": "Feb 15",
                "1. Upload the PDF by Feb 15": "Feb 15",
            }.items()
        },
    },
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in HELD.items() for text in texts])
def test_a_page_about_a_meeting_or_an_assignment(name: str, text: str, tmp_path: Path) -> None:
    assert report_page(tmp_path, text, name) == [HELD[name][text]]


SUBJECT_RIGHT = {
    "content/notes/a.md": [
        "---\nmeeting: intro\ntitle: Notes, 25 Jan\n---\nHeld on 25 January. See the notes of 8 February too.",
        "---\nmeeting: intro\n---\n# Reading for 1 Feb is due\n\nThe next lecture is on 1 February; proposed 26 Jan.",
        "---\nmeeting: bends\n---\n# Bends, 1–8 Feb\n\nHeld on 8 Feb. The bridge was met on 7 November 1940.",
        "---\nreading: r\n---\n# Trained until week 19\n\nHomework (25%), held on 26 January.",
    ],
    "content/hw1.md": [
        "**Due:** 12 February\n\nA draft is due 5 February.\n\nHomework 2 is due 25 Feb.",
        "Submit your topic by Feb 3. Part 1 is due Feb 11. Due 2/12. Deadline: 12/2. Submit by 15 Feb, not 12 Feb.",
    ],
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in SUBJECT_RIGHT.items() for text in texts])
def test_other_days_beside_it(name: str, text: str, tmp_path: Path) -> None:
    found = report(tmp_path, {name: text, "readings.yaml": "intro: [{title: R, id: r}]\n"})
    assert [show(each) for each in found] == []


def test_the_old_date_of_a_deadline_is_wrong_and_that_of_late_work_right(tmp_path: Path) -> None:
    text = "Please submit Homework 1 by 10 February.\n\nYou can submit Homework 1 until 15 February.\n"
    syllabus = SYLLABUS.replace("id: hw1,", "id: hw1, was: 2027-02-10, accepted_until: 2027-02-15,")
    assert [show(each) for each in report(tmp_path, {"content/page.md": text}, syllabus)] == [
        "content/page.md:1:29 [10 February] warning[other-deadline]: "
        "`Homework 1` is due on Fri 12 Feb, not on 10 February"
    ]


def test_the_texts_of_the_yaml_files(tmp_path: Path) -> None:
    syllabus = SYLLABUS.replace("course: Knots", "course:\n  title: Knots\n  description: 'Ends on Friday, April 31.'")
    syllabus = syllabus.replace("topic: Introduction,", 'topic: "Intro (26 Jan)", description: Given on Jan 26,')
    syllabus = syllabus.replace("page: hw1}", "note: Due 13 Feb}")
    syllabus = syllabus.replace("Participation: 10%", "Participation: {weight: 10%, note: From week 19}")
    syllabus += "late_policy: |\n  None.\n\n  Not in week 20\n  and not on\n  30 February.\n"
    syllabus += "staff:\n  - {name: Ada, note: Away on 31 June.}\npresentations: {note: From week 21}\n"
    readings = 'intro:\n  - {title: "Friday, April 31", note: Read by Friday, venue: "31 June"}\n'
    readings += '  - {title: B, note: "Until 31 June"}\n  - "[On February 30](https://example.org/) and 31 June"\n'
    found = [show(each) for each in report(tmp_path, {"readings.yaml": readings}, syllabus)]
    day = "`Intro (26 Jan)` is on Mon 25 Jan, not on 26 January"
    assert found == [
        "readings.yaml:3:29 [31 June] warning[impossible-date]: there is no 31 June",
        "syllabus.yaml:3:25 [Friday, April 31] warning[impossible-date]: there is no 31 April",
        f"syllabus.yaml:10:21 [26 Jan] warning[other-day]: {day}",
        f"syllabus.yaml:10:53 [Jan 26] warning[other-day]: {day}",
        "syllabus.yaml:14:61 [13 Feb] warning[other-deadline]: `Homework 1` is due on Fri 12 Feb, not on 13 February",
        "syllabus.yaml:25:43 [week 19] warning[unknown-week]: there is no week 19: the last one is week 15",
        "syllabus.yaml:30:10 [week 20] warning[unknown-week]: there is no week 20: the last one is week 15",
        "syllabus.yaml:32:3 [30 February] warning[impossible-date]: there is no 30 February",
        "syllabus.yaml:34:31 [31 June] warning[impossible-date]: there is no 31 June",
        "syllabus.yaml:35:28 [week 21] warning[unknown-week]: there is no week 21: the last one is week 15",
    ]


NUMBERS = [
    # The language, what is written for 12 February, and the day that is read.
    ("en", "2/12", None),
    ("en", "3/10", "10 March"),
    ("en", "4/3", None),
    ("en-US", "4/3", "3 April"),
    ("en-GB", "4/3", "4 March"),
    ("en-GB", "3/15", None),
    ("en", "3/15/27", "15 March"),
    ("en", "3/15/2026", None),
]


@pytest.mark.parametrize(("language", "written", "day"), NUMBERS)
def test_days_in_numbers(language: str, written: str, day: str | None, tmp_path: Path) -> None:
    syllabus = SYLLABUS.replace("course: Knots", f"course: {{title: Knots, language: {language}}}")
    found = report(tmp_path, {"content/page.md": f"Homework 1 is due {written}."}, syllabus)
    expected = [] if day is None else [f"`Homework 1` is due on Fri 12 Feb, not on {day}"]
    assert [each.message for each in found] == expected


def test_only_english_is_read(tmp_path: Path) -> None:
    syllabus = SYLLABUS.replace("course: Knots", "course: {title: Knoten, language: de}")
    assert report(tmp_path, {"content/page.md": "April 31"}, syllabus) == []


def test_a_draft_is_left_alone(tmp_path: Path) -> None:
    assert report_page(tmp_path, "---\ndraft: yes\n---\nApril 31") == []


def test_an_announcement_of_another_term_is_not_held_against_this_one(tmp_path: Path) -> None:
    text = "---\ntitle: Hi\n---\nWe meet on Thursday, April 30.\n"
    names = {
        day: [each.name for each in report(tmp_path / day, {f"content/announcements/{day}-hi.md": text})]
        for day in ("2027-02-01", "2026-01-20")
    }
    assert names == {"2027-02-01": ["weekday-mismatch"], "2026-01-20": ["outside-term"]}

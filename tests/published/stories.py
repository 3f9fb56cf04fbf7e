"""Courses of a few weeks, and what has changed between two of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from courseweek.language.locale import Locale
from courseweek.published.comparison import compare_courses
from courseweek.published.course_data import describe_dates
from courseweek.published.summary import summarize
from courseweek.published.wording import say_story
from courseweek.schedule.schedule import schedule_course
from tests.mini import read_mini

NOW = datetime(2027, 3, 1, 8, tzinfo=UTC)
SYLLABUS = """
course: {code: CS 1, title: Databases}
term:
  name: Spring 2027
  starts: 2027-03-01
  ends: 2027-04-16
  timezone: Europe/Berlin
  meets: [{day: [Monday, Wednesday], time: 10:00-11:30, place: Room 1}]
  breaks:
    - {date: 2027-04-14, name: Spring day}
schedule:
  - Introduction
  - Relations
  - Normalization
  - Transactions
  - Locks
  - Field trip
  - Recovery
  - Replication
  - Consensus
  - Retrospect
assignments:
  - {title: Homework 2, id: hw2, due: 2027-03-02}
  - {title: Essay, due: 1 day before recovery}
  - {title: Quiz, each: meeting, due: start, except: [introduction]}
  - {title: Project, milestones: [{title: Proposal, due: 2027-03-10}, {title: Report, due: 2027-04-09}]}
events:
  - {name: Open day, date: 2027-03-20, time: 9:00-12:00, place: Aula}
"""
READINGS = """
introduction:
  - {title: A relational model, id: codd, url: https://example.org/codd}
locks:
  required:
    - {title: Time and clocks, id: lamport, url: https://example.org/lamport}
  optional:
    - {title: Granularity of locks, id: gray, url: https://example.org/gray}
"""


def describe(folder: Path, syllabus: str = SYLLABUS, readings: str = READINGS) -> dict[str, Any]:
    """Return the dates of a course, as `course.json` has them."""
    read = read_mini(folder, syllabus, readings)
    assert read.course is not None, read.found
    schedule = schedule_course(read.course, read.diagnostics)
    assert not read.diagnostics.has_errors(), read.found
    return describe_dates(read.course, schedule, NOW)


def say(before: Mapping[str, Any], now: Mapping[str, Any], tag: str = "en") -> list[str]:
    """Return what has changed: each change with what was before in brackets, its parts below it."""
    lines = []
    for story in compare_courses(before, now):
        text, was, details = say_story(story, Locale(tag))
        lines.append(f"{story.kind}: {text}" + (f" [{was}]" if was else ""))
        lines += [f"  {each}" for each in details]
    return lines


def sum_up(before: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """Return the line for the command."""
    return summarize(compare_courses(before, now))

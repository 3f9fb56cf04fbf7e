"""A course in German has the dates that its German words say, as a paper calendar has them."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from courseweek.files.stored import read_whole
from tests.sites import COURSES, make_in_memory, run_cli

GERMAN = COURSES / "german"

LECTURES = """
2027-10-18 +02:00 kodex
2027-10-25 +02:00 buchdruck
2027-11-08 +01:00 zensur
2027-11-15 +01:00 lesegesellschaften
2027-11-22 +01:00 taschenbuch
2027-11-29 +01:00 taschenbuch-2
2027-12-06 +01:00 taschenbuch-3
2027-12-13 +01:00 taschenbuch-4
2027-12-20 +01:00 taschenbuch-5
2028-01-10 +01:00 taschenbuch-6
2028-01-17 +01:00 taschenbuch-7
2028-01-24 +01:00 taschenbuch-8
2028-01-31 +01:00 taschenbuch-9
2028-02-07 +01:00 klausur
"""
"""Mondays, around All Saints' Day and the weeks of the New Year. Summer time ends on October 31."""

GROUPS = """
2027-10-20 2027-10-22 handschriften
2027-10-27 2027-10-28 typen
2027-11-03 2027-11-04 typen-2
2027-11-10 2027-11-11 typen-3
2027-11-17 2027-11-18 typen-4
2027-11-24 2027-11-25 typen-5
2027-12-01 2027-12-02 typen-6
2027-12-08 2027-12-09 typen-7
2027-12-15 2027-12-16 typen-8
2027-12-22 2027-12-23 typen-9
2028-01-12 2028-01-13 typen-10
2028-01-19 2028-01-20 typen-11
2028-01-26 2028-01-27 typen-12
2028-02-02 2028-02-03 typen-13
2028-02-09 2028-02-10 typen-14
"""
"""The Wednesdays of group A and the Thursdays of group B, which has its first one on a Friday."""


def rows(table: str) -> list[list[str]]:
    return [line.split() for line in table.strip().splitlines()]


def test_every_date() -> None:
    course: dict[str, Any] = json.loads(
        read_whole(make_in_memory(GERMAN, datetime(2027, 10, 20)).artifacts["course.json"])
    )
    meetings = [each for each in course["meetings"] if not each["break"]]
    lectures = [each for each in meetings if each["kind"] != "Übung"]
    assert [(each["start"], each["id"]) for each in lectures] == [
        (f"{on}T14:15:00{offset}", name) for on, offset, name in rows(LECTURES)
    ]
    labs = [each for each in meetings if each["kind"] == "Übung"]
    assert [[*(group["date"] for group in each["groups"]), each["id"]] for each in labs] == rows(GROUPS)
    pauses = [each["date"] for each in course["meetings"] if each["break"]]
    assert pauses == ["2027-11-01", "2027-12-27", "2028-01-03"]
    assert [(each["date"], each["end_date"]) for each in course["events"]] == [("2028-01-10", "2028-01-28")]
    assert [(each["id"], each["at"], each["was"]) for each in course["deadlines"]] == [
        ("essay-out", "2027-10-27T00:00:00+02:00", None),
        ("protokoll-zensur", "2027-11-12T23:59:00+01:00", None),
        ("essay-due", "2027-12-03T18:00:00+01:00", "2027-11-26T18:00:00+01:00"),
    ]
    assert [(each["day"], each["start"]) for each in course["office_hours"]] == [
        (day, "13:00") for day in ("Tuesday", "Wednesday", "Thursday")
    ]


def test_it_has_no_warning() -> None:
    assert run_cli("check", "--source", GERMAN, "--strict", "--today", "2027-10-20").err == ""

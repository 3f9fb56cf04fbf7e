"""The reference of the format lists the keys that the reader knows, and no others."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

from courseweek import read
from courseweek.files import project
from courseweek.model.slug import LONGEST_ID
from courseweek.plan.parts import PARTS
from courseweek.read.reading_lists import MOST_READINGS
from courseweek.read.tables.fields import Table
from courseweek.read.term import LONGEST_TERM
from courseweek.read.topics import MOST_DAYS, MOST_TOPICS
from courseweek.render.markdown.code import LONGEST_CODE
from courseweek.schedule.deadlines import MOST_DEADLINES
from tests.docs.examples import ROOT, tables

FORMAT = ROOT / "docs" / "format.md"
"""A section of the reference that is there while a key is known and not shown."""


def known_tables() -> list[Table]:
    """Return the tables of all modules that read."""
    names = [f"{read.__name__}.{each.name}" for each in pkgutil.iter_modules(read.__path__)]
    modules = [importlib.import_module(name) for name in names]
    found = [each for module in modules for each in vars(module).values() if isinstance(each, Table)]
    return list(dict.fromkeys(found))


TABLES = known_tables()

NOTHING_SHOWN = {"none", "not shown", "no link"}
"""Defaults that the page states once, above all tables."""

# What the reference calls each shape; those of `Shape("anything")` have a shape of their own, told in words.
SHAPES = {
    "a text": "text",
    "text in Markdown": "Markdown",
    "a list of texts": "list of texts",
    "a list of names": "list of texts",
    "an id such as big-data": "id",
    "the id of something else, such as big-data": "id",
    "yes or no": "`yes` or `no`",
    "a year such as 2021": "year",
    "an address such as https://example.edu/": "address",
    "an address such as https://example.edu/cs294/": "address (web)",
    "an address such as https://github.com/example/course": "address (https)",
    "a language tag such as en": "language tag",
    'a colour such as "#003262"': "color",
    "a date such as 2027-02-15": "date",
    "a date such as 2027-01-25": "date with its year",
    "a date such as 2027-02-15, or TBD": "date, or `TBD`",
    "a date, with or without a time": "date and time",
    "a time such as 23:59": "time",
    "a range such as 13:00-16:00": "time range",
    "a time zone such as America/Los_Angeles": "time zone",
    "a day of the week": "weekday",
    "days of the week such as [Tue, Thu]": "weekdays",
    "weeks such as odd, 2-14 or [1, 3, 5]": "weeks",
    "a number of minutes such as 40": "number",
    "a number from 1 to 60": "1 to 60",
    "a number from 1 to 99": "1 to 99",
    "an address such as ta@example.edu": "mail address",
    "a file in `assets/`": "file in `assets/`",
    "github or gitlab": "`github` or `gitlab`",
    "different or any": "`different` or `any`",
    "tentative": "`tentative`",
    "open, campus or login": "`open`, `campus` or `login`",
    "this week or next meeting": "`this week` or `next meeting`",
    "labels with addresses": "[links](#a-link)",
    "labels with addresses or files of `assets/`": "[links](#a-link)",
}


def heading_of(table: Table) -> str:
    if "_" in table.what:
        return f"`{table.what}`"
    return table.what[:1].upper() + table.what[1:] if "." not in table.what else table.what


def rows() -> dict[str, list[list[str]]]:
    return tables(FORMAT)


def key_of(cell: str) -> str:
    match = re.fullmatch(r"`(\w+)`", cell)
    assert match is not None, f"{cell} is no key"
    return match[1]


@pytest.mark.parametrize("what", sorted({table.what for table in TABLES}))
def test_each_key_has_its_row_and_each_row_its_key(what: str) -> None:
    named = [table for table in TABLES if table.what == what]
    expected = {field.key: field for table in named for field in table.fields}
    listed = rows().get(heading_of(named[0]), [])
    assert [key_of(row[0]) for row in listed] == list(dict.fromkeys(expected)), f"in the section of {what}"


@pytest.mark.parametrize("what", sorted({table.what for table in TABLES}))
def test_each_row_says_what_is_required_and_of_which_shape(what: str) -> None:
    table = max((table for table in TABLES if table.what == what), key=lambda table: len(table.fields))
    for key, shape, default, meaning in rows()[heading_of(table)]:
        field = table.by_key[key_of(key)]
        assert (default == "**required**") is field.required, f"{key} of {what}"
        assert default not in NOTHING_SHOWN, f"{key} of {what}: leave it empty"
        assert meaning, f"{key} of {what}: say what it is"
        assert shape == SHAPES.get(field.shape.what, shape), f"{key} of {what}"


def test_each_part_is_listed() -> None:
    assert {row[0].strip("`[]") for row in rows()["Parts"]} == set(PARTS)


def test_limits_are_those_of_the_code() -> None:
    """Those that the page names itself; `test_safety.py` holds the list of all."""
    text = FORMAT.read_text(encoding="utf-8")
    limits = text[text.index("\n## Limits\n") :].partition("\n\nControl")[0]
    million = 1_000_000
    assert [int(each.replace(",", "")) for each in re.findall(r"(?<!-)\b\d[\d,]*\b", limits)] == [
        project.LARGEST_TEXT // million,
        project.LARGEST_ASSET // million,
        MOST_TOPICS,
        MOST_READINGS,
        MOST_DEADLINES,
    ]
    assert f"at most {LONGEST_ID} characters" in text
    assert f"at most {LONGEST_TERM.days} days later" in text
    assert text.count(f"1 to {MOST_DAYS} ") == len({"days", "times"})
    assert f"code over {LONGEST_CODE:,} characters" in " ".join(text.split())

"""Reading the `course.json` that was published: whatever is in the file, the build gets it whole, or a reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courseweek.model.published import Published
from courseweek.published.published import LARGEST, MOST_KEPT, is_relative, read_published

CHANGE = {
    "id": "class-a-20270301T080000Z",
    "at": "2027-03-01T08:00:00+00:00",
    "kind": "class",
    "ids": ["a"],
    "text": "A is now on Mon 8 Mar",
    "was": "Mon 1 Mar",
    "details": [],
    "href": "meetings/a.html",
}
COURSE: dict[str, Any] = {
    "version": 2,
    "course": {"code": "CS 1", "title": "Databases"},
    "term": {"name": "Spring 2027", "starts": "2027-03-01", "ends": "2027-04-16"},
    "meetings": [{"id": "a", "topic": "A", "date": "2027-03-08", "start": "2027-03-08T10:00:00+01:00"}],
    "changes": [CHANGE],
}


def read(**changed: Any) -> Published | str:
    return read_published(json.dumps({**COURSE, **changed}).encode(), public=True)


def test_what_was_published() -> None:
    published = read()
    assert isinstance(published, Published)
    (change,) = published.changes
    assert (change.id, change.text, change.was, change.href) == (
        "class-a-20270301T080000Z",
        "A is now on Mon 8 Mar",
        "Mon 1 Mar",
        "meetings/a.html",
    )


def test_the_newest_changes_are_kept() -> None:
    many = [{**CHANGE, "id": str(day), "at": f"2027-03-{day:02}T08:00:00+00:00"} for day in range(1, 32)] * 2
    published = read(changes=many)
    assert isinstance(published, Published)
    assert [each.id for each in published.changes][:3] == ["31", "30", "29"]
    assert len(published.changes) == MOST_KEPT


DAMAGE: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "it is empty"),
    "spaces": (b" \n", "it is empty"),
    "a page": (b"<!doctype html>", "it is damaged"),
    "half of it": (json.dumps(COURSE).encode()[:-9], "it is damaged"),
    "another encoding": (json.dumps(COURSE).encode("utf-16"), ""),
    "no text": (b'{"a": "\xff"}', "it is damaged"),
    "half a character": (b'{"a": "\\ud800"}', "it is damaged"),
    "a deep one": (b"[" * 100_000, "it is damaged"),
    "a long number": (b"1" * 5_000, "it is damaged"),
    "a large one": (b" " * LARGEST + b"{}", "it is larger than 5,000,000 bytes"),
    "a list": (b"[]", "it is not a course.json"),
    "a number": (b"1", "it is not a course.json"),
    "an empty object": (b"{}", "it is not a course.json"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_another_file_says_why(damage: str) -> None:
    data, why = DAMAGE[damage]
    assert (read_published(data, public=True) == why) is bool(why)


WRONG: dict[str, dict[str, Any]] = {
    "no course": {"course": None},
    "a course of texts": {"course": {"code": "A", "title": 1}},
    "no term": {"term": {}},
    "a day that is none": {"term": {"starts": "2027-02-30", "ends": "2027-04-16"}},
    "a day of long ago": {"term": {"starts": "0001-01-01", "ends": "2027-04-16"}},
    "a day far away": {"term": {"starts": "2027-03-01", "ends": "9999-12-31"}},
    "meetings that are no list": {"meetings": {}},
    "a meeting that is a text": {"meetings": ["a"]},
    "a meeting without id": {"meetings": [{"topic": "A"}]},
    "an instant without a zone": {"meetings": [{"id": "a", "topic": "A", "start": "2027-03-08T10:00:00"}]},
    "a place that is a number": {"meetings": [{"id": "a", "topic": "A", "place": 1}]},
    "a break that is a text": {"meetings": [{"id": "a", "topic": "A", "break": "yes"}]},
    "too many meetings": {"meetings": [{"id": "a", "topic": "A"}] * 5_001},
    "a change that is null": {"changes": [None]},
    "a change of another kind": {"changes": [{**CHANGE, "kind": "script"}]},
    "a change of nothing": {"changes": [{**CHANGE, "ids": []}]},
    "a change without an instant": {"changes": [{**CHANGE, "at": None}]},
    "a change far away": {"changes": [{**CHANGE, "at": "9999-12-31T23:59:59+00:00"}]},
    "a change that leads to a script": {"changes": [{**CHANGE, "href": "javascript:alert(1)"}]},
    "a change that leads elsewhere": {"changes": [{**CHANGE, "href": "//example.org/"}]},
    "a change of a whole book": {"changes": [{**CHANGE, "text": "a" * 5_001}]},
    "a change of a thousand lines": {"changes": [{**CHANGE, "details": ["a"] * 1_000}]},
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_has_another_shape_is_not_read(wrong: str) -> None:
    assert read(**WRONG[wrong]) == "it is not a course.json"


def test_another_version_is_not_read() -> None:
    assert read(version=1) == read(version=3) == read(version=None) == "it is of another version"


RELATIVE = {
    "": True,
    "index.html#a": True,
    "meetings/a.html": True,
    "#a": True,
    "a%20b.html#%C3%A9": True,
    "./a.html": True,
    "/a.html": False,
    "//example.org": False,
    "https://example.org": False,
    "javascript:alert(1)": False,
    "java%73cript:x": False,
    "\\\\example.org": False,
    "a/../../b": False,
    "%2e%2e/b": False,
    "%2f%2fexample.org": False,
    "?a": False,
    " index.html": False,
    "java\tscript": False,
    "a\nb": False,
}


@pytest.mark.parametrize("href", RELATIVE)
def test_an_address_is_of_the_same_site(href: str) -> None:
    assert is_relative(href) is RELATIVE[href]


def any_json(leaves: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*COURSE, *CHANGE]), inner),
        max_leaves=12,
    )


@settings(max_examples=150, deadline=None)
@given(content=any_json(st.none() | st.booleans() | st.floats() | st.text() | st.sampled_from(["2027-03-01", 2])))
def test_no_json_does_harm(content: Any) -> None:
    for whole in (content, {**COURSE, **content} if isinstance(content, dict) else [content]):
        for public in (False, True):
            assert isinstance(read_published(json.dumps(whole).encode(), public=public), (str, Published))


@settings(max_examples=150, deadline=None)
@given(
    data=st.binary(max_size=60), change=st.sampled_from([bytes, lambda data: b'{"a": ' + data, lambda data: data * 99])
)
def test_no_bytes_do_harm(data: bytes, change: Callable[[bytes], bytes]) -> None:
    assert isinstance(read_published(change(data)), str)

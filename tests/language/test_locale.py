"""The words of a page: messages with values in them."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from courseweek.language.locale import EN, Locale

FILLED: dict[str, tuple[str, dict[str, object], str]] = {
    "no values": ("a & {b}", {}, "a & {b}"),
    "a text": ("week {n}", {"n": 3}, "week 3"),
    "a text with braces": ("for {a}, {b}", {"a": "{b}", "b": "x"}, "for {b}, x"),
    "an unknown name": ("{a} {b}", {"a": 1}, "1 {b}"),
    "nothing inside a value": ("{a.__class__} {a[0]} {a!r}", {"a": "x"}, "{a.__class__} {a[0]} {a!r}"),
    "HTML": ("{a} & {b}", {"a": Markup("<b>x</b>"), "b": "<i>"}, "<b>x</b> &amp; &lt;i&gt;"),
}


@pytest.mark.parametrize("case", FILLED)
def test_a_message_is_filled(case: str) -> None:
    message, values, expected = FILLED[case]
    assert EN.gettext(message, **values) == expected


def test_a_filled_message_is_html_if_a_value_is() -> None:
    assert not isinstance(EN.gettext("{a}", a="x"), Markup)
    assert isinstance(EN.gettext("{a}", a=Markup("x")), Markup)


@pytest.mark.parametrize(("count", "expected"), [(0, "0 weeks"), (1, "1 week"), (2, "2 weeks")])
def test_a_message_for_a_count(count: int, expected: str) -> None:
    assert EN.ngettext("{count} week", "{count} weeks", count) == expected


@pytest.mark.parametrize(
    ("tag", "days", "first", "expected"),
    [
        ("en", (1, 3), 0, "Tuesdays and Thursdays"),
        ("en", (0, 1, 2, 3), 0, "Mondays to Thursdays"),
        ("en", (0, 1, 2, 3, 6), 6, "Sundays to Thursdays"),
        ("en-US", (0, 2, 4), 0, "Mondays, Wednesdays, and Fridays"),
        ("de", (1, 3), 0, "dienstags und donnerstags"),
        ("fr", (0, 1, 2, 3, 4), 0, "du lundi au vendredi"),
        ("es", (5, 6), 0, "sábados y domingos"),
        ("zh", (0, 2), 0, "周一和周三"),
        ("ar", (1, 6), 6, "الأحد والثلاثاء"),
    ],
)
def test_days_of_the_week(tag: str, days: tuple[int, ...], first: int, expected: str) -> None:
    assert Locale(tag).weekdays(days, first) == expected


@pytest.mark.parametrize(
    ("tag", "zone", "expected"),
    [
        ("en-US", "America/Chicago", "Times are Central time, America/Chicago"),
        ("de", "Europe/Berlin", "Alle Zeiten: Mitteleuropäische Zeit, Europe/Berlin"),
        ("en", "UTC", "Times are UTC"),
        ("fr", "Etc/UTC", "Heures indiquées : UTC"),
    ],
)
def test_the_time_zone_in_words(tag: str, zone: str, expected: str) -> None:
    assert Locale(tag).zone(zone) == expected


@pytest.mark.parametrize(("tag", "comma"), [("en", ", "), ("de", ", "), ("zh", "，"), ("ar", "، ")])
def test_the_comma_of_a_language(tag: str, comma: str) -> None:
    assert Locale(tag).comma == comma

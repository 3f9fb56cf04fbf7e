"""The words of a page: messages with values in them."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from courseweek.language.locale import EN

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

"""The catalogs have every word of the pages, in every language, and nothing else."""

from __future__ import annotations

from functools import cache

import pytest
from babel import Locale as Cldr
from babel.messages.catalog import Catalog

from courseweek.language.locale import Locale, open_catalog
from courseweek.language.replaced_words import NUMBERED, OWN_WORDS
from scripts.catalogs import FOLDER, LANGUAGES, collect, find_faults, make_files, read_catalog

made = cache(make_files)


def test_the_catalogs_are_what_the_script_makes() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(made())
    for name, data in made().items():
        assert (FOLDER / name).read_bytes() == data, f"run python scripts/catalogs.py for {name}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalog_translates_everything(language: str) -> None:
    assert list(find_faults(read_catalog(language))) == []


def faulty(message: str, translation: str, *, fuzzy: bool = False) -> list[str]:
    catalog = Catalog(locale="de")
    catalog.add(message, translation, flags={"fuzzy"} if fuzzy else ())
    return list(find_faults(catalog))


def test_what_is_wrong_with_a_catalog_is_found() -> None:
    assert faulty("Week {number}", "Woche {number}") == []
    assert faulty("Week {number}", "") == ["not translated: Week {number}"]
    assert faulty("Week {number}", "Woche {nummer}") == ["other placeholders: Week {number}"]
    assert faulty("Week", "Woche", fuzzy=True) == ["doubtful: Week"]
    assert faulty("Week", "Woche ") == ["spaces around it: Week"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_are_those_of_the_cldr(language: str) -> None:
    rule = Cldr.parse(language.replace("-", "_")).plural_form
    catalog = open_catalog(language)
    forms: dict[str, set[str]] = {}
    for count in range(300):
        shown = catalog.ngettext("{count} hour before its start", "{count} hours before its start", count)
        forms.setdefault(rule(count), set()).add(shown)
    assert all(len(each) == 1 for each in forms.values())


def test_arabic_counts_in_its_own_way() -> None:
    said = [
        Locale("ar").ngettext("{count} day before it", "{count} days before it", count) for count in (1, 2, 3, 11, 100)
    ]
    assert said == ["قبلها بيوم واحد", "قبلها بيومين", "قبلها بـ 3 أيام", "قبلها بـ 11 يومًا", "قبلها بـ 100 يومًا"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_week_is_never_a_calendar_week(language: str) -> None:
    for message in read_catalog(language):
        if message.id and "calendar week" not in str(message.id):
            assert "KW" not in str(message.string)


def test_words_that_a_course_can_replace_are_on_its_pages() -> None:
    messages = collect()
    replaced = {*NUMBERED, *(message for messages in OWN_WORDS.values() for message in messages)}
    assert replaced <= messages.keys()


@pytest.mark.parametrize(
    ("tag", "words", "message", "expected"),
    [
        ("en", {"week": "Session"}, "Week {number}", "Session 3"),
        ("en", {"week": "Session"}, "Week {number} of {last}", "Session 3 of 9"),
        ("en", {"week": "Session"}, "week {number}", "session 3"),
        ("en", {"week": "Session"}, "This week", "This week"),
        ("de", {"week": "Sitzung"}, "week {number}", "Sitzung 3"),
        ("de", {"week": "Sitzung"}, "Week {number} of {last}", "Sitzung 3 von 9"),
        ("zh", {"week": "讲"}, "Week {number}", "第3讲"),
        ("fr", {"schedule": "Programme"}, "Schedule", "Programme"),
        ("en", {"office_hours": "Help"}, "Hours", "Help"),
    ],
)
def test_a_course_has_words_of_its_own(tag: str, words: dict[str, str], message: str, expected: str) -> None:
    locale = Locale(tag, None, tuple(words.items()))
    values = {} if "{" not in message else {"number": 3, "last": 9}
    assert locale.gettext(message, **values) == expected


@pytest.mark.parametrize(
    ("tag", "page", "text", "direction"),
    [
        ("en", "en", None, "ltr"),
        ("en-GB", "en-GB", None, "ltr"),
        ("de-CH", "de-CH", None, "ltr"),
        ("ar-EG", "ar-EG", None, "rtl"),
        ("zh-Hant", "en", "zh-Hant", "ltr"),
        ("he", "en", "he", "ltr"),
        ("fi", "en", "fi", "ltr"),
    ],
)
def test_a_page_says_in_which_language_it_is(tag: str, page: str, text: str | None, direction: str) -> None:
    locale = Locale(tag)
    assert (locale.page_tag, locale.text_tag, locale.direction) == (page, text, direction)


def test_a_clock_of_its_own() -> None:
    assert [Locale(tag).hour_cycle for tag in ("en", "en-US", "ar")] == ["h23", "h12", "h23"]
    assert Locale("en-US", "24-hour").hour_cycle == "h23"
    assert Locale("de", "12-hour").hour_cycle == "h12"

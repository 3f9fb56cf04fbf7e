"""Dates and days of the week in the course's language, against the names and the forms of the Unicode CLDR."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from babel import Locale
from babel.dates import format_date, format_skeleton

from courseweek.cli import main
from courseweek.language.language import Language
from courseweek.read.tables import patterns
from courseweek.read.values.dates import Window, read_day
from courseweek.read.values.misread import Misread
from courseweek.read.values.weekdays import divide_days, read_weekday, read_weekdays
from courseweek.roll.written_dates import rewrite_day
from scripts.languages import LANGUAGES, make_files
from tests.sites import write_course

TERM = Window(date(2027, 1, 25), date(2027, 5, 10))
DATA = Path(__file__).parents[2] / "courseweek" / "language"

DATES = {
    ("de", "15. Februar 2027"): "2027-02-15",
    ("de", "15. Februar"): "2027-02-15",
    ("de", "Mo., 15. Feb. 2027"): "2027-02-15",
    ("de", "Montag, 15.2.2027"): "2027-02-15",
    ("de", "3. März"): "2027-03-03",
    ("de", "3. Marz"): "2027-03-03",
    ("de-AT", "25. Jänner 2027"): "2027-01-25",
    ("de-CH", "15 Feb 2027"): "2027-02-15",
    ("fr", "1er mars 2027"): "2027-03-01",
    ("fr", "lundi 1er mars"): "2027-03-01",
    ("fr-CA", "15 févr. 2027"): "2027-02-15",
    ("fr", "mar. 16 mars"): "2027-03-16",
    ("fr", "Mar 16"): "2027-03-16",
    ("es", "15 de febrero de 2027"): "2027-02-15",
    ("es", "mar, 16 mar 2027"): "2027-03-16",
    ("es-MX", "lunes, 15 de febrero"): "2027-02-15",
    ("zh", "2027年2月15日"): "2027-02-15",
    ("zh-CN", "2月15日"): "2027-02-15",
    ("zh-Hans", "2027年2月15日（周一）"): "2027-02-15",
    ("zh-Hant", "2027年2月15日"): "2027-02-15",
    ("ja", "2027年2月15日(月)"): "2027-02-15",
    ("ar", "15 فبراير 2027"): "2027-02-15",
    ("ar-EG", "الاثنين، 15 فبراير 2027"): "2027-02-15",
    ("ar", "١٥ فبراير ٢٠٢٧"): "2027-02-15",
    ("ru", "15 февраля 2027"): "2027-02-15",
    ("ru", "15 февраля 2027 г."): "2027-02-15",
    ("pt-BR", "15 de fevereiro de 2027"): "2027-02-15",
    ("hu", "2027. február 15."): "2027-02-15",
    ("xx", "15 Feb 2027"): "2027-02-15",
}
REFUSED = {
    ("en", "15. Februar 2027"): "did you mean February?",
    ("de", "15. Februarr 2027"): "did you mean Februar?",
    ("de", "30. Februar 2027"): "February 2027 has 28 days",
    ("de", "Di, 15. Februar 2027"): "write Monday 15 Feb 2027, or Tuesday 16 Feb 2027",
    ("fr", "15 de febrero de 2027"): "write a date such as 2027-02-15 or 15 Feb 2027",
    ("zh", "2027年2月30日"): "February 2027 has 28 days",
    ("zh", "2027年13月1日"): "write a date such as 2027-02-15 or 15 Feb 2027",
    ("es", "2/3/27"): "write 2027-02-03 or 2027-03-02",
}
WEEKDAYS = {
    ("de", "Mo"): (0,),
    ("de", "Dienstag"): (1,),
    ("de", "dienstags"): (1,),
    ("de", "Mo-Fr"): (0, 1, 2, 3, 4),
    ("de", "Montag bis Mittwoch"): (0, 1, 2),
    ("de", "Mo und Do"): (0, 3),
    ("de", "Mon/Wed"): (0, 2),
    ("fr", "lundi"): (0,),
    ("fr", "mardi et jeudi"): (1, 3),
    ("fr", "lundi à mercredi"): (0, 1, 2),
    ("es", "miercoles"): (2,),
    ("es", "lunes a viernes"): (0, 1, 2, 3, 4),
    ("zh", "周一"): (0,),
    ("zh", "星期二、星期四"): (1, 3),
    ("zh-CN", "周一至周五"): (0, 1, 2, 3, 4),
    ("ar", "الاثنين والأربعاء"): (0, 2),
    ("pt", "segunda-feira"): (0,),
    ("en", "weekdays"): (0, 1, 2, 3, 4),
}


@pytest.mark.parametrize(("tag", "text"), DATES)
def test_dates(tag: str, text: str) -> None:
    assert read_day(text, TERM, Language(tag)).isoformat() == DATES[tag, text]
    assert re.search(patterns.DAY, text)


@pytest.mark.parametrize(("tag", "text"), REFUSED)
def test_refused_dates(tag: str, text: str) -> None:
    with pytest.raises(Misread) as misread:
        read_day(text, TERM, Language(tag))
    assert misread.value.help == REFUSED[tag, text]


@pytest.mark.parametrize(("tag", "text"), WEEKDAYS)
def test_days_of_the_week(tag: str, text: str) -> None:
    language = Language(tag)
    days = [day for part in divide_days(text, language) for day in read_weekdays(part, language)]
    assert tuple(sorted(days)) == WEEKDAYS[tag, text]
    assert re.search(patterns.WEEKDAYS_TOGETHER, text)


def test_a_misspelled_day_names_that_of_the_language() -> None:
    with pytest.raises(Misread) as misread:
        read_weekday("Dienstg", Language("de"))
    assert misread.value.help == "did you mean Dienstag?"


def list_forms(locale: Locale, day: date) -> Iterator[str]:
    """Yield a day with its year as the CLDR writes it: long, medium, and with the day of the week where it has that."""
    for width in ("long", "medium"):
        yield format_date(day, width, locale)
    for skeleton in ("yMMMd", "yMMMMd"):
        if skeleton in locale.datetime_skeletons:
            yield format_skeleton(skeleton, day, locale=locale)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_day_of_a_year_is_read_as_the_cldr_writes_it(tag: str) -> None:
    locale, language = Locale.parse(tag.replace("-", "_")), Language(tag)
    days = [date(2027, 1, 1) + timedelta(days=step) for step in range(365)]
    written = [(day, text) for day in days for text in list_forms(locale, day)]
    assert [text for day, text in written if read_day(text, None, language) != day] == []
    assert [text for _, text in written if not re.search(patterns.DAY_WITH_YEAR, text)] == []


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_name_of_a_day_is_read(tag: str) -> None:
    locale, language = Locale.parse(tag.replace("-", "_")), Language(tag)
    names = [
        (key, name)
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for key, name in locale.days[context][width].items()
        if len(name) > 1 or not name.isascii()
    ]
    assert [name for key, name in names if read_weekday(name, language) != key] == []
    assert [name for _, name in names if not re.search(patterns.WEEKDAY, name)] == []


def test_no_name_has_two_meanings() -> None:
    for tag in LANGUAGES:
        for names in (Language(tag).month_names, Language(tag).weekday_names):
            assert len(set(names)) == len(names), tag


def test_what_is_known_of_languages_is_from_the_cldr() -> None:
    for name, text in make_files().items():
        assert (DATA / name).read_text(encoding="utf-8") == text, f"run python scripts/languages.py for {name}"


GERMAN = """\
course: {title: Verteilte Systeme, language: de}
term:
  starts: 25. Januar 2027
  ends: 10. Mai 2027
  timezone: Europe/Berlin
  meets: {days: Mo und Mi, time: 10:00-12:00}
  breaks: {from: 22. März, to: 26. März, name: Osterferien}
schedule:
  - {topic: Einführung, id: intro}
  - {topic: Uhren, date: "Mi, 3. Februar"}
  - {topic: Ausblick, times: 27}
assignments:
  - {title: Blatt 1, due: 15. Februar 2027 17:00}
  - {title: Blatt 2, due: Dienstag after intro}
  - {title: Blatt 3, due: week 5 Freitag}
staff: {name: Ada Beispiel, office_hours: {day: Donnerstag, time: 14:00-15:00}}
"""


def test_a_course_in_its_language(tmp_path: Path) -> None:
    write_course(tmp_path, {"syllabus.yaml": GERMAN})
    assert main(["build", "--source", str(tmp_path), "--strict"]) == 0
    course = json.loads((tmp_path / "_site" / "course.json").read_text(encoding="utf-8"))
    dates = {row["topic"]: row["date"] for row in reversed(course["meetings"])}
    assert (course["term"]["starts"], course["term"]["ends"]) == ("2027-01-25", "2027-05-10")
    assert (dates["Einführung"], dates["Uhren"], dates["Osterferien"]) == ("2027-01-25", "2027-02-03", "2027-03-22")
    assert [each["at"] for each in course["deadlines"]] == [
        "2027-01-26T23:59:00+01:00",
        "2027-02-15T17:00:00+01:00",
        "2027-02-26T23:59:00+01:00",
    ]
    assert course["staff"][0]["office_hours"][0]["days"] == ["Thursday"]


@pytest.mark.parametrize(
    ("tag", "text", "moved"),
    [
        ("de", "Mo., 15. Februar 2027", "Mo., 14. Februar 2028"),
        ("de", "15. Feb.", "14. Feb."),
        ("de", "05.02.2027", "14.02.2028"),
        ("fr", "lundi 15 février 2027", "lundi 14 février 2028"),
        ("es", "Lunes, 1 de marzo de 2027", "Lunes, 14 de febrero de 2028"),
        ("zh", "2027年3月1日", "2028年2月14日"),
        ("zh", "2027年3月1日（周二）", "2028年2月14日（周一）"),
        ("ar", "1 مارس 2027", "14 فبراير 2028"),
        ("en", "1 March 2027", "14 February 2028"),
    ],
)
def test_a_date_is_moved_in_its_language(tag: str, text: str, moved: str) -> None:
    assert rewrite_day(text, date(2028, 2, 14), Language(tag)) == moved

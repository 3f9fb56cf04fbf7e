"""Days, times and lists as a page writes them: samples to read, and Babel's own words for many days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pytest
from babel import Locale
from babel.dates import format_interval, format_skeleton
from babel.lists import format_list

from courseweek.language.formats import WRITTEN, find_formats, find_written, name_zone

DAY, TIME, LATE = date(2027, 2, 15), time(9, 30), time(12, 45)

SAMPLES = {
    "en": (
        "Mon 15 Feb; Mon 15 Feb 2027; Mon 22 – Wed 24 Mar; Mon 29 Mar – Fri 2 Apr; 25 Jan – 10 May 2027; 9:30; "
        "9:30–12:45; Mon 15 Feb, 9:30; a, b and c"
    ),
    "en-US": (
        "Mon, Feb 15; Mon, Feb 15, 2027; Mon, Mar 22 – Wed, Mar 24; Mon, Mar 29 – Fri, Apr 2; Jan 25 – May 10, 2027; "
        "9:30 AM; 9:30 AM–12:45 PM; Mon, Feb 15, 9:30 AM; a, b, and c"
    ),
    "de": (
        "Mo., 15. Feb.; Mo., 15. Feb. 2027; Mo., 22. – Mi., 24. März; Mo., 29. März – Fr., 2. Apr.; "
        "25. Jan. – 10. Mai 2027; 09:30; 09:30–12:45 Uhr; Mo., 15. Feb., 09:30; a, b und c"
    ),
    "fr": (
        "lun. 15 févr.; lun. 15 févr. 2027; lun. 22 – mer. 24 mars; lun. 29 mars – ven. 2 avr.; "
        "25 janv. – 10 mai 2027; 09:30; 09:30–12:45; lun. 15 févr., 09:30; a, b et c"
    ),
    "es": (
        "lun, 15 feb; lun, 15 feb 2027; lun, 22 mar – mié, 24 mar; lun, 29 mar – vie, 2 abr; 25 ene – 10 may 2027; "
        "9:30; 9:30–12:45; lun, 15 feb, 9:30; a, b y c"
    ),
    "zh-Hans": (
        "2月15日周一; 2027年2月15日周一; 3月22日周一至24日周三; 3月29日周一至4月2日周五; 2027年1月25日 – 5月10日; "
        "09:30; 09:30–12:45; 2月15日周一 09:30; a、b和c"
    ),
    "ar": (
        "الاثنين، 15 فبراير; الاثنين، 15 فبراير 2027; الاثنين، 22 – الأربعاء، 24 مارس; "
        "الاثنين، 29 مارس – الجمعة، 2 أبريل; 25 يناير – 10 مايو 2027; 09:30; 09:30–12:45; "
        "الاثنين، 15 فبراير، 09:30; a وb وc"
    ),
}

TAGS = {
    "de-CH": "de", "en": "en", "en-GB": "en", "EN-us": "en-US", "zh": "zh-Hans", "zh-CN": "zh-Hans",
    "zh-Hans-SG": "zh-Hans", "zh-Hant": None, "zh-TW": None, "zh-Hant-HK": None, "ar-EG": "ar", "fi": None,
    "fr-CA": "fr", "es-419": "es", "dex": None,
}  # fmt: skip

ZONES = {
    ("America/Chicago", "en"): "Central time",
    ("US/Pacific", "en-US"): "Pacific time",
    ("Asia/Calcutta", "en"): "India Standard Time",
    ("Europe/Berlin", "de"): "Mitteleuropäische Zeit",
    ("America/New_York", "fr"): "heure de l’Est nord-américain",
    ("America/Chicago", "es"): "hora central",
    ("Asia/Shanghai", "zh-Hans"): "中国时间",
    ("Africa/Cairo", "ar"): "توقيت شرق أوروبا",
    ("UTC", "en"): None,
}


@pytest.mark.parametrize("tag", WRITTEN)
def test_days_times_and_lists_look_so(tag: str) -> None:
    formats = find_formats(tag)
    clock = formats.usual_clock
    written = (
        formats.day(DAY),
        formats.dated_day(DAY),
        formats.day_range(date(2027, 3, 22), date(2027, 3, 24)),
        formats.day_range(date(2027, 3, 29), date(2027, 4, 2)),
        formats.long_range(date(2027, 1, 25), date(2027, 5, 10)),
        formats.clock(TIME, clock),
        formats.time_range(TIME, LATE, clock),
        formats.moment(datetime.combine(DAY, TIME), clock),
        formats.join(["a", "b", "c"]),
    )
    assert "; ".join(written) == SAMPLES[tag]


def test_both_halves_of_a_day_are_named_where_they_differ() -> None:
    formats = find_formats("en-US")
    assert formats.time_range(TIME, time(10, 45), "12-hour") == "9:30–10:45 AM"
    assert formats.time_range(time(13, 0), time(14, 5), "12-hour") == "1:00–2:05 PM"
    assert [formats.clock(time(hour, 5), "12-hour") for hour in (0, 12)] == ["12:05 AM", "12:05 PM"]
    assert find_formats("zh-Hans").time_range(TIME, time(13, 0), "12-hour") == "上午9:30至下午1:00"


@pytest.mark.parametrize("tag", TAGS)
def test_the_longest_known_beginning_of_a_tag_counts(tag: str) -> None:
    assert find_written(tag) == TAGS[tag]


@pytest.mark.parametrize(("zone", "tag"), ZONES)
def test_a_zone_has_a_name(zone: str, tag: str) -> None:
    assert name_zone(zone, tag) == ZONES[zone, tag]


def plain(text: str) -> str:
    """Return what Babel writes, without the thin spaces that a page does without."""
    for space in ("\u2009", "\u202f", "\xa0"):
        text = text.replace(space, " ")
    return text.replace(" – ", "–")


def sample_days() -> Iterator[tuple[date, date]]:
    for start in range(0, 730, 13):
        first = date(2027, 1, 1) + timedelta(start)
        yield from ((first, first + timedelta(length)) for length in (1, 9, 40))


@pytest.mark.parametrize("tag", [each for each in WRITTEN if each != "en"])
def test_babel_writes_the_same(tag: str) -> None:
    formats, locale = find_formats(tag), Locale.parse(tag.replace("-", "_"))
    for first, last in sample_days():
        assert formats.day(first) == plain(format_skeleton("MMMEd", first, locale=locale))
        assert formats.dated_day(first) == plain(format_skeleton("yMMMEd", first, locale=locale))
        if first.year == last.year:
            days = plain(format_interval(first, last, "MMMEd", locale=locale))
            assert plain(formats.day_range(first, last)) == days
        assert plain(formats.long_range(first, last)) == plain(format_interval(first, last, "yMMMd", locale=locale))
    for minutes in range(0, 24 * 60, 35):
        start = time(minutes // 60, minutes % 60)
        assert formats.clock(start, "24-hour") == plain(format_skeleton("Hm", start, locale=locale))
        assert formats.clock(start, "12-hour") == plain(format_skeleton("hm", start, locale=locale))
        end = time(min(start.hour + 1, 23), 59)
        assert formats.time_range(start, end, "24-hour") == plain(format_interval(start, end, "Hm", locale=locale))
        assert formats.time_range(start, end, "12-hour") == plain(format_interval(start, end, "hm", locale=locale))
    for count in range(6):
        parts = [str(each) for each in range(count)]
        assert formats.join(parts) == format_list(parts, locale=locale)

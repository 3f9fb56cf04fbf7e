"""What is shown of a reading after its title: who wrote it, where it appeared, which pages, how long it takes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markupsafe import Markup, escape

from courseweek.language.locale import Locale
from courseweek.model.author import full_name, shorten_names
from courseweek.model.page_ranges import find_pages, is_one_page
from courseweek.model.reading import Reading
from courseweek.regex import lazy_pattern
from courseweek.render.direction import isolate, isolate_each
from courseweek.render.views.links import name_access

_ORDINAL = lazy_pattern(r"(\d{1,3})(?:st|nd|rd|th)?\.?(?: ed(?:ition|\.)?)?", re.IGNORECASE)
_EDITION = lazy_pattern(r"\bed(?:ition|\.|$)|\bAufl", re.IGNORECASE)


def name_people(names: tuple[str, ...], locale: Locale, *, full: bool) -> Markup | None:
    """Return "Goody and Watt", "Dao et al.", or all names where it is `full`; None without names."""
    if full:
        whole = list(map(full_name, names))
        return isolate_each(whole, "; " if any("," in name for name in whole) else locale.comma) if whole else None
    named, others = shorten_names(names)
    shown = Markup(locale.join_list([escape(isolate(name)) for name in named]))
    if others:
        shown = Markup("{}").format(locale.gettext("{names} et al.", names=shown))
    return shown if named else None


def list_facts(reading: Reading, pages: str | None, locale: Locale, *, full: bool) -> Iterator[Markup]:
    """Yield the small type after a title and its authors.

    With all of it where it is `full`; else only what says where to find it, and whether it can be opened.
    """
    editors = _name_editors(reading.editors, locale, full=full) if full or not reading.book else None
    if reading.book:
        book = _show(locale.gettext("in {book}", book=isolate(reading.book)))
        yield Markup("{}, {}").format(book, editors) if editors else book
    elif editors:
        yield editors
    if reading.venue:
        yield _show(reading.venue)
    if full and reading.edition:
        yield name_edition(reading.edition, locale)
    if full and reading.publisher:
        yield _show(reading.publisher)
    if reading.year is not None and not _says_year(reading.venue or "", reading.year):
        yield _show(str(reading.year))
    if reading.award:
        yield _show(reading.award)
    if reading.kind and reading.kind.lower() != "paper":
        yield _show(reading.kind)
    if pages:
        yield _show(name_pages(pages, locale))
    if full and reading.minutes is not None:
        yield _show(locale.gettext("{count} min", count=reading.minutes))
    access = name_access(reading.access, locale)
    if access is not None:
        yield _show(access)


def _show(text: str) -> Markup:
    return Markup("{}").format(isolate(text))


def name_pages(pages: str, locale: Locale) -> str:
    """Return "pp. 1–52" for `1-52`, "p. 5" for `5`, and a text such as `ch. 3` as it was typed."""
    listed = find_pages(pages)
    if listed is None:
        return pages
    one = is_one_page(listed)
    return locale.gettext("p. {pages}", pages=listed) if one else locale.gettext("pp. {pages}", pages=listed)


def name_edition(edition: str, locale: Locale) -> Markup:
    """Return "2nd ed." for `2`, "revised ed." for `revised`, and what names an edition as it was typed."""
    number = _ORDINAL.fullmatch(edition.strip())
    if number is not None:
        return _show(_number_edition(int(number[1]), locale))
    if _EDITION.search(edition):
        return _show(edition)
    return _show(locale.gettext("{edition} ed.", edition=isolate(edition)))


def _number_edition(number: int, locale: Locale) -> str:
    match 0 if number % 100 in (11, 12, 13) else number % 10:
        case 1:
            return locale.gettext("{number}st ed.", number=number)
        case 2:
            return locale.gettext("{number}nd ed.", number=number)
        case 3:
            return locale.gettext("{number}rd ed.", number=number)
    return locale.gettext("{number}th ed.", number=number)


def _name_editors(editors: tuple[str, ...], locale: Locale, *, full: bool) -> Markup | None:
    names = name_people(editors, locale, full=full)
    if names is None:
        return None
    return _show(locale.ngettext("ed. {names}", "eds. {names}", len(editors), names=names))


def _says_year(venue: str, year: int) -> bool:
    return re.search(rf"\b{year}\b|['’]{year % 100:02d}\b", venue) is not None

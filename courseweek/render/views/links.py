"""Links as a page shows them."""

from __future__ import annotations

import re

from courseweek.files.paths import relative_link
from courseweek.language.locale import Locale, noted
from courseweek.model.link import Link
from courseweek.model.reading import Reading
from courseweek.plan.plan import Plan, path_of_asset
from courseweek.plan.suggest_page import find_suggest_page
from courseweek.render.views.layout_values import LinkView
from courseweek.render.views.texts import Texts

_ACCESS = {"campus": noted("campus access"), "login": noted("login needed")}


def name_access(access: str | None, locale: Locale) -> str | None:
    """Return who can open something, None if everybody can."""
    return locale.gettext(_ACCESS[access]) if access in _ACCESS else None


def is_address(text: str | None) -> bool:
    """Return whether a place is an address, which is shown as a link."""
    return text is not None and re.match(r"https?://\S+$", text) is not None


def link_to_reading(reading: Reading, path: str) -> str | None:
    """Return where a reading is, as seen from the page at this path of the site; None without an address."""
    if reading.url is None or not reading.asset:
        return reading.url
    return relative_link(path, path_of_asset(reading.url))


def link_to_meeting(id: str, plan: Plan, path: str) -> str:
    """Return the link to a meeting as seen from the page at this path: to its page, or to its row without one."""
    return relative_link(path, *plan.place_of_meeting(id))


def link_to_suggest(plan: Plan, path: str, place: str = "") -> str | None:
    """Return the link from the page at this path to a place of the page for suggestions; None without that page."""
    page = find_suggest_page(plan)
    return relative_link(path, page.path, place) if page is not None else None


def view_link(link: Link, texts: Texts) -> LinkView:
    """Return a link as seen from a page; one that is announced says that it is to come."""
    texts.scale.add(link.label, link.url)
    text = texts.inline(link.text) if link.text else None
    note = name_access(link.access, texts.plan.locale)
    if link.url is None:
        return LinkView(link.label, None, text, note if text else texts.plan.locale.gettext("to come"))
    return LinkView(
        link.label, relative_link(texts.path, path_of_asset(link.url)) if link.asset else link.url, None, note
    )

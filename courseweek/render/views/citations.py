"""How a reading is cited, as its meeting's page and the page of readings show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup, escape

from courseweek.files.paths import relative_link
from courseweek.language.locale import Locale
from courseweek.model.author import PersonName
from courseweek.plan.plan import Plan
from courseweek.published.citations.bibtex_entries import write_entry
from courseweek.published.citations.citation_files import FORMATS
from courseweek.published.citations.coins import write_coins
from courseweek.published.citations.works import CitedWork
from courseweek.render.direction import isolate, isolate_each
from courseweek.render.views.layout_values import CitationView, LinkView
from courseweek.render.views.reading_facts import name_edition, name_pages


def link_citations(plan: Plan, name: str, path: str) -> tuple[LinkView, ...]:
    """Return links to the files of this name for reference managers, as seen from the page at `path`; none if none."""
    files = {f"{name}.{end}": label for end, label in FORMATS.items()}
    return tuple(LinkView(label, relative_link(path, file)) for file, label in files.items() if file in plan.exports)


def is_citable(work: CitedWork) -> bool:
    """Return whether enough is known of a work to cite it: more than a title and an address."""
    return bool(work.authors or work.editors or work.doi or work.arxiv)


def view_citation(work: CitedWork, locale: Locale) -> CitationView:
    """Return how a work is cited: as text in the language of the page, and for programs."""
    return CitationView(Markup(locale.comma).join(_list_parts(work, locale)), write_entry(work), write_coins(work))


def _list_parts(work: CitedWork, locale: Locale) -> Iterator[Markup]:
    if work.authors:
        yield _name_people(work.authors, locale)
    yield Markup("<cite>{}</cite>").format(isolate(work.title))
    if work.container is not None:
        container = isolate(work.container)
        shown = locale.gettext("in {book}", book=container) if work.kind in ("paper", "chapter") else container
        yield escape(shown)
    if work.editors:
        names = _name_people(work.editors, locale)
        yield Markup("{}").format(locale.ngettext("ed. {names}", "eds. {names}", len(work.editors), names=names))
    if work.edition is not None:
        yield name_edition(work.edition, locale)
    for text in (work.series, work.publisher, str(work.year) if work.year is not None else None):
        if text is not None:
            yield escape(isolate(text))
    if work.pages is not None:
        yield escape(name_pages("-".join(filter(None, work.pages)), locale))
    address = f"https://doi.org/{work.doi}" if work.doi is not None else work.url
    if address is not None:
        yield Markup("<bdi>{}</bdi>").format(address)


def _name_people(names: Iterable[PersonName], locale: Locale) -> Markup:
    return isolate_each(map(_name_person, names), locale.comma)


def _name_person(name: PersonName) -> str:
    parts = (name.family, name.given) if name.eastern else (name.given, name.family, name.suffix)
    return " ".join(filter(None, parts))

"""The texts of pages as they fit into them: levels of headings, ids, and the words that begin alerts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup, escape

from courseweek.language.locale import Locale, noted
from courseweek.regex import lazy_pattern
from courseweek.render.markdown.element_ids import put_under
from courseweek.render.markdown.markup import lower_headings
from courseweek.render.views.layout_values import BlockView

_ALERTS = {
    "Note": noted("Note"),
    "Tip": noted("Tip"),
    "Important": noted("Important"),
    "Warning": noted("Warning"),
    "Caution": noted("Caution"),
}
_ALERT = lazy_pattern(rf'(<blockquote class="alert"[^>]*>\s*<p[^>]*><strong>)({"|".join(_ALERTS)})(?=</strong>)')


def level_blocks(blocks: Sequence[BlockView]) -> tuple[BlockView, ...]:
    """Return the blocks of a page, their headings one level down where one is of the title's level, the first."""
    if not any(block.prose is not None and "<h1" in block.prose for block in blocks):
        return tuple(blocks)
    return tuple(
        block if block.prose is None else replace(block, prose=lower_headings(block.prose, 1)) for block in blocks
    )


def name_alerts(text: Markup, locale: Locale) -> Markup:
    """Return a text as HTML whose alerts begin with their words in the language of the page."""
    if 'class="alert"' not in text or locale.page_tag.startswith("en"):
        return text
    return Markup(_ALERT.sub(lambda found: found[1] + str(escape(locale.gettext(_ALERTS[found[2]]))), str(text)))


def fit_announcement(text: Markup, id: str) -> Markup:
    """Return an announcement's text for a page with others: under its level 2 title, ids prefixed with its own."""
    text = lower_headings(text, 2 if "<h1" in text else 1) if "<h" in text else text
    return Markup(put_under(text, id))

"""What layouts had under another name before, and what is written now: the one table of these changes.

A course's own layout that uses such a name gets an error with the name of today. The former names in all its other
layouts are reported with it, each at its first place in each file, so that all of them can be changed together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from courseweek.diagnostics import Source, Span
from courseweek.frozen import dataclass
from courseweek.render.layouts.faults import Fault, line_span, names_given
from courseweek.render.layouts.tags import find_in_tags


@dataclass(frozen=True, slots=True)
class Renaming:
    """What became of a name: a sentence without the name, which begins it, and the remedy.

    `owner` is what layouts call the value whose part it is.
    """

    message: str
    help: str
    owner: str = ""


_FACTS = 'write `{{ row.facts | bdi_join(" · ") }}` for the line below the topic'
_HOURS = "in the loop over `office_hours.rows`"
MACROS = "parts/macros.html"

CHANGES = {
    ("", "facts"): Renaming(
        "is now `every_week`", 'write `{% include "parts/every-week.html" %}`, or loop over `every_week.patterns`'
    ),
    ("", "deadlines"): Renaming(
        "is now `agenda`", "write `{% if agenda %}{% for it in agenda.coming %}`; `it.item.date` is a deadline"
    ),
    ("PageView", "style_sheet"): Renaming(
        "is now a list, `page.style_sheets`",
        'write `{% for sheet in page.style_sheets %}<link rel="stylesheet" href="{{ sheet }}">{% endfor %}`',
        "page",
    ),
    ("NowView", "panels"): Renaming(
        "is now one list, `now.entries`, below `now.message`",
        "for both loops, write "
        "`{% if now.message %}<h2>{{ now.message }}</h2>{% endif %}{% for entry in now.entries %}`",
        "now",
    ),
    ("NowView", "due"): Renaming("is now `due_next.items`", "write `{% for it, of in due_next.items %}`", "now"),
    ("NowView", "as_of"): Renaming("is now `built`", "write `{{ built }}`", "now"),
    ("EntryView", "read"): Renaming("is gone: each entry can list its readings", "delete it", "entry"),
    **{
        ("ColumnsView", name): Renaming(
            "is gone: the schedule has no such column", f"delete the column, and {_FACTS}", "columns"
        )
        for name in ("lecturer", "presenters")
    },
    ("RowView", "marks"): Renaming(
        "is now one word, `row.mark`",
        'write `{% if row.mark %}<span class="mark">{{ row.mark }}</span>{% endif %}`',
        "row",
    ),
    ("RowView", "marked"): Renaming("is now `row.mark`", "write `row.mark`", "row"),
    ("RowView", "own_time"): Renaming(
        "is now `row.own_hours` and `row.own_place`", "write `row.own_hours or row.own_place`", "row"
    ),
    **{
        ("RowView", name): Renaming("is now part of `row.facts`", _FACTS, "row")
        for name in ("exam_word", "part", "swap", "tentative", "carried", "lecturers", "presenters")
    },
    ("HoursView", "places"): Renaming("is gone", f"write `{{% if it.place %}}` {_HOURS}", "office_hours"),
    ("HoursView", "notes"): Renaming("is gone", f"write `{{% if it.note is not none %}}` {_HOURS}", "office_hours"),
    ("TemplateModule", "presenters"): Renaming("is gone: `row.facts` has the presenters", _FACTS, "macros"),
}
"""What became of each name: by the kind of value whose part it is, or none."""

ADDED = (
    (
        r"\bmacros\.(about)\b",
        "materials",
        "`macros.about` no longer shows materials and notes",
        'write `<p class="materials">{{ macros.materials(row) }}</p>` too',
    ),
    (
        r"\bpage\.(style_sheets?)\b",
        "page.print_style",
        "the print style is now a file of its own, `page.print_style`",
        'write `<link rel="stylesheet" href="{{ page.print_style }}" media="print">` too',
    ),
    (
        r"\bnow\.(follow_next)\b",
        "now.words",
        "the script that follows the clock needs `now.words`, `now.zone` and `now.clock` as well",
        'write `data-words="{{ now.words }}" data-zone="{{ now.zone }}" data-clock="{{ now.clock }}"` in the same tag',
    ),
    (
        r"\{\{\s*page\.(script)\b",
        "page.countdown",
        "`page.script` is now one of two scripts: a page with dates has `page.countdown` as well",
        'write `{% if page.countdown %}<script src="{{ page.countdown.script }}" data-zone="{{ page.countdown.zone }}" '
        'data-own="{{ _("{time} your time") }}" data-clock="{{ page.countdown.clock }}" defer></script>{% endif %}`',
    ),
)
"""What shows less than before: its pattern, the word that a layout has where it shows the rest, message and remedy."""

FILES = {"parts/facts.html": "parts/every-week.html"}
"""The built-in layouts that are called otherwise now."""


def former_name(kind: str, name: str, span: Span) -> Fault | None:
    """Return the fault of a name that such a value had before, or that layouts were given if the kind is empty."""
    change = CHANGES.get((kind, name))
    return Fault(_sentence(name, change), span, change.help) if change is not None else None


def find_former(sources: Sequence[Source]) -> Iterator[Fault]:
    """Yield a fault for each former name in these layouts of a course, at its first place in each of them."""
    texts = {source.name.removeprefix("layouts/"): source.text for source in sources}
    macros = names_given(texts.get(MACROS, ""))
    for source in sources:
        own = names_given(source.text)
        for (kind, name), change in CHANGES.items():
            if (kind == "TemplateModule" and name in macros) or (not kind and name in own):
                continue
            before = rf"(?<![\w.])(?:\w+\.)?{change.owner}\." if kind else r"(?<![\w./\"'|-])"
            yield from _find(source, rf"{before}({name})\b", _sentence(name, change), change.help)
        for pattern, word, message, help in ADDED:
            if word not in source.text:
                yield from _find(source, pattern, message, help)
        for name, now in FILES.items():
            if name not in texts:
                yield from _find(
                    source, rf"[\"']({re.escape(name)})[\"']", f"`{name}` is now `{now}`", f"write `{now}`"
                )


def lacking_macros(sources: Sequence[Source], read_built_in: Callable[[str], str]) -> Fault | None:
    """Return the fault of a course's own file of macros, if there is one, that the built-in layouts can't use."""
    own = next((source for source in sources if source.name == f"layouts/{MACROS}"), None)
    if own is None:
        return None
    lacking = sorted(_macros(read_built_in(MACROS)) - _macros(own.text))
    which = f"lacks macros such as `{lacking[0]}`" if lacking else "has macros that take other values"
    help = "start again from a copy of the built-in file, or give yours another name: then only your layouts use it"
    return Fault(f"`{MACROS}` {which}, but the built-in layouts use the macros of today", line_span(own, 1), help)


def _sentence(name: str, change: Renaming) -> str:
    return f"`{change.owner}.{name}` {change.message}" if change.owner else f"`{name}` {change.message}"


def _macros(text: str) -> set[str]:
    return set(re.findall(r"\{%[-+]?\s*macro\s+(\w+)", text))


def _find(source: Source, pattern: str, message: str, help: str) -> Iterator[Fault]:
    found = find_in_tags(source.text, pattern, 0, len(source.text))
    if found is not None:
        yield Fault(message, source.span(*found.span(1)), help)

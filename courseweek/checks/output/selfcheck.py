"""Whose fault it is that a made page does not hold: that of a text, of a layout of the course, or of the builder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from courseweek.checks.output.flaws import MadeSite, find_flaws
from courseweek.checks.output.readback import Facts, Flaw
from courseweek.checks.places import Places, find_attribute, places_in_yaml
from courseweek.diagnostics import Diagnostic, Span
from courseweek.plan.full_syllabus import list_shown
from courseweek.plan.plan import Plan
from courseweek.render.layouts.templates import Layouts
from courseweek.render.pages import RenderedPages

MOST_REPORTED = 10
_REMEDIES = (
    ("allows scripts from anywhere", "name the hosts that the page needs instead"),
    ("has no `default-src`", "begin the block policy with {{ super() }}, or begin the policy with default-src 'none'"),
    (
        "Content-Security-Policy",
        'begin the layout with {% extends "base.html" %} and leave the block policy out; or copy the meta tag of the '
        "built-in layouts/base.html to the top of its <head>",
    ),
    ("a script in the attribute", "delete the attribute: a page runs only scripts in `assets/`"),
    ("a style in the attribute", "delete the attribute, and style a class in a file of `assets/`"),
    ("is an inline script", "move the script to a file in `assets/`, and name the file with src"),
    ("is an inline style", "move the style to a file in `assets/`"),
    ("has the id", "give one of the two elements another id"),
    ("with the scheme", "use http:, https:, mailto: or tel: instead"),
    ("to which", "show everything that the built-in layout of this name shows"),
    ("leads nowhere", "fix the link"),
    ("is shown for", "show the value of datetime or, as the day of a row, of data-date"),
    ("the schedule ", "show everything that the built-in layout of this name shows"),
    ("the row ", "show it as the built-in layout of this name does"),
)
"""What to do about a flaw whose message holds these words."""


class SelfCheckError(Exception):
    """The builder made a page that does not hold; nothing of the course explains it."""


def check_facts(
    plan: Plan,
    rendered: RenderedPages,
    pages: Mapping[str, Facts],
    made: MadeSite,
    layouts: Layouts,
    reported: Iterable[Diagnostic],
) -> Iterator[Diagnostic]:
    """Yield an error for each place in a text or a layout that spoils a rendered page.

    `pages` are the facts of each page, by its path, `made` what they are held to. `reported` has what is found so far:
    a line that has one already gets no other. Raises `SelfCheckError` where no text and no layout of the course
    has a part in it.
    """
    placed: dict[tuple[str, str, int], list[tuple[str, Flaw, Span]]] = {}
    lines = {(each.span.file, each.span.line) for each in reported}
    unexplained = []
    for path, seen in find_flaws(pages, made):
        flaw = seen
        found = _place_in_texts(plan, rendered, path, flaw) or _place_in_layouts(plan, layouts, path, flaw)
        if found is None and flaw.lacking is not None:
            found = _place_in_layouts(plan, layouts, flaw.lacking, flaw)
            place = (flaw.written or "").partition("#")[2]
            flaw = replace(seen, message=f"{seen.lacking} has no place `{place}`, to which {path} links")
        if found is None:
            unexplained.append(f"{path}:{flaw.line}: {flaw.message}")
            continue
        name, span = found
        if (span.file, span.line) in lines:
            continue
        placed.setdefault((name, span.file, span.start), []).append((path, flaw, span))
    if unexplained:
        more = [f"and {len(unexplained) - MOST_REPORTED} more"] if len(unexplained) > MOST_REPORTED else []
        raise SelfCheckError("\n".join(["the pages fail the self-check:", *unexplained[:MOST_REPORTED], *more]))
    for (name, _, _), flaws in placed.items():
        path, flaw, span = flaws[0]
        more_often = f", and {len(flaws) - 1} more like it" if len(flaws) > 1 else ""
        help = f"{_remedy_of(flaw)}; it is on line {flaw.line} of the generated {path}{more_often}"
        yield Diagnostic("error", name, flaw.message, span, help)


def _remedy_of(flaw: Flaw) -> str:
    return next((remedy for words, remedy in _REMEDIES if words in flaw.message), "fix it here")


def _place_in_texts(plan: Plan, rendered: RenderedPages, path: str, flaw: Flaw) -> tuple[str, Span] | None:
    """Return the name and place of a flaw that somebody wrote into a text of this page."""
    if flaw.written is None:
        return None
    shown = list_shown(plan, path)
    for stretch in rendered.prose:
        if stretch.page.path not in shown:
            continue
        if flaw.written in stretch.findings.targets:
            return "dead-link", Places((stretch.prose,)).links(flaw.written)[0]
        name, _, value = flaw.written.partition("=")
        spans = find_attribute(stretch.prose, name, value.strip('"')) if value else []
        if spans or flaw.written in stretch.prose.text:
            return "self-check", (spans or Places((stretch.prose,)).links(flaw.written))[0]
    if flaw.written in rendered.yaml.targets:
        places = places_in_yaml(plan.course, plan.schedule)
        return "dead-link", places.links(flaw.written.removeprefix("../"))[0]
    return None


def _place_in_layouts(plan: Plan, layouts: Layouts, path: str, flaw: Flaw) -> tuple[str, Span] | None:
    """Return the place of a flaw in the course's own layouts, as nearly as it can be found; None without any."""
    page = next((page for page in plan.pages if page.path == path), None)
    sources = layouts.own_sources(page.layout) if page is not None else ()
    for clue in flaw.clues:
        for source in sources:
            at = source.text.find(clue)
            if at >= 0:
                return "self-check", source.span(at, at + len(clue))
    return ("self-check", sources[0].whole()) if sources else None

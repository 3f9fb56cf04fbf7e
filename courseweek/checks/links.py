"""Links between pages lead somewhere, have words (WCAG 2.2, criterion 2.4.4), and no scheme that a page may not have.

Passing: `[projects](projects.html)` where `content/projects.md` is a page.
Failing: `[projects](project.html)`, `[x](javascript:alert(1))`, `[](projects.html)`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from courseweek.checks.places import Places
from courseweek.diagnostics import Diagnostic, Diagnostics, Span
from courseweek.model.page import Announcement
from courseweek.paths import normal_form, relative_link, resolve_link
from courseweek.plan import Plan
from courseweek.render.pages import DrawnPages
from courseweek.render.prose import PageLinks


def check_links(plan: Plan, drawn: DrawnPages, yaml: Places, found: Diagnostics) -> Iterator[Diagnostic]:
    """Yield an error for each dead or refused link of the prose and of the texts in the YAML files.

    `yaml` finds the latter: a dead target is dead everywhere. `found` is asked for what was
    probably meant.
    """
    for page in drawn.prose:
        places = Places((page.prose,))
        for target in page.links.refused:
            yield _refused(target, places.take(places.links(target)))
        for target in page.links.wordless:
            yield _wordless(target, places.take(places.wordless(target)))
        for words in page.links.unreadable:
            yield _unreadable(words, places.take(places.words(words)))
        for target in page.links.targets:
            diagnostic = _check_target(plan, page, target, places, found)
            if diagnostic is not None:
                yield diagnostic
    for target in dict.fromkeys(drawn.yaml.refused):
        yield from (_refused(target, span) for span in yaml.links(target))
    for target in dict.fromkeys(drawn.yaml.wordless):
        yield from (_wordless(target, span) for span in yaml.wordless(target))
    for words in dict.fromkeys(drawn.yaml.unreadable):
        yield from (_unreadable(words, span) for span in yaml.words(words))
    for target in dict.fromkeys(drawn.yaml.withheld):
        path = resolve_link("index.html", re.sub(r"\.md(?=$|[#?])", ".html", target)) or target
        yield from (withheld(path, target, span, plan) for span in yaml.links(target))
    for target in dict.fromkeys(drawn.yaml.dead):
        yield from (_dead(target, span, plan, "index.html", found) for span in yaml.links(target))


def withheld(path: str, target: str, span: Span, plan: Plan) -> Diagnostic:
    """Return the warning about a link to a page or file that is not published by now."""
    help, other = _why_withheld(path, plan)
    message = f"`{target}` leads to something that is not published yet"
    return Diagnostic("warning", "withheld-page", message, span, help, other)


def _why_withheld(path: str, plan: Plan) -> tuple[str, tuple[Span, str] | None]:
    """Return the remedy for a link to what is withheld, and the place that says so, if it is a page."""
    for page in (*plan.course.pages, *(note.page for note in plan.course.notes)):
        if f"{page.name}.html" != path:
            continue
        if page.draft:
            help = "remove the link until it is written; then delete draft: yes there"
            return help, (page.origin.of("draft"), "the page is a draft")
        help = "remove the link until then, or publish it earlier"
        return help, (page.origin.of("publish_on"), "the page appears at this time")
    if path == "announcements.html":
        return "remove the link until the first announcement appears", None
    return "remove the link until the file appears, or publish the file earlier", None


def withheld_notice(notice: Announcement, target: str, span: Span) -> Diagnostic:
    """Return the warning about a link to an announcement that is not published by now."""
    page = notice.page
    if page.draft:
        help = "remove the link until it is written; then delete draft: yes there"
        other = page.origin.of("draft"), "the announcement is a draft"
    else:
        help = "remove the link until then, or publish it earlier"
        other = page.origin.of("publish_on"), f"the announcement appears on {(page.publish_at or notice.on):%Y-%m-%d}"
    message = f"`{target}` leads to something that is not published yet"
    return Diagnostic("warning", "withheld-page", message, span, help, other)


def _wordless(target: str, span: Span) -> Diagnostic:
    help = f"say where it leads: [words]({target})"
    return Diagnostic("error", "empty-link", "this link has no words", span, help)


def _unreadable(words: str, span: Span) -> Diagnostic:
    help = "write an address such as https://example.edu/paper.pdf, without spaces"
    return Diagnostic("error", "bad-address", f"the address of the link `{words}` isn't valid", span, help)


def _refused(target: str, span: Span) -> Diagnostic:
    scheme = target.partition(":")[0].strip()
    return Diagnostic(
        "error", "bad-scheme", f"a link can't begin with `{scheme}:`", span, "use http:, https:, mailto: or tel:"
    )


def _check_target(plan: Plan, page: PageLinks, target: str, places: Places, found: Diagnostics) -> Diagnostic | None:
    path = resolve_link(page.page.path, target)
    if path is None or path == "" or path in plan.paths:
        return None
    span = places.take(places.links(target))
    if path in plan.withheld:
        return withheld(path, target, span, plan)
    return _dead(target, span, plan, page.page.path, found)


def _dead(target: str, span: Span, plan: Plan, source: str, found: Diagnostics) -> Diagnostic:
    drawn = re.sub(r"\.md(?=$|[#?])", ".html", target)
    message = f"`{target}` leads nowhere: this site has no such page or file"
    named = next(
        (each for each in _names_with_signs(source, drawn) if each in plan.paths or each in plan.withheld), None
    )
    if named is not None:
        help = (
            f"write `{relative_link(source, named)}`: an address can't contain `#`, `?` or `%` of a file name as "
            f"they are"
        )
        return Diagnostic("error", "dead-link", message, span, help)
    path = resolve_link(source, drawn) or drawn
    near = found.suggest(path.removeprefix("../"), plan.paths)
    help = f"did you mean `{relative_link(source, near)}`?" if near else "fix the link, or add the file"
    return Diagnostic("error", "dead-link", message, span, help)


def _names_with_signs(source: str, link: str) -> Iterator[str]:
    """Yield the paths of files that a link may name if no sign in it has a meaning of its own.

    Markdown writes a space of an address as `%20`, which then is one.
    """
    for name in (link, unquote(link)):
        yield posixpath.normpath(posixpath.join(posixpath.dirname(source), normal_form(name)))

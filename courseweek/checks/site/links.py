"""Links between pages lead somewhere, have words (WCAG 2.2, criterion 2.4.4), and no scheme that a page may not have.

Passing: `[projects](projects.html)` where `content/projects.md` is a page.
Failing: `[projects](project.html)`, `[x](javascript:alert(1))`, `[](projects.html)`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import unquote

from courseweek.checks.places import Turns
from courseweek.checks.site.placed_text import PlacedText
from courseweek.diagnostics import Diagnostic, Diagnostics, Span
from courseweek.files.paths import normal_form, relative_link, resolve_link, to_page
from courseweek.model.page import Announcement, Page
from courseweek.plan import changes
from courseweek.plan.plan import MEETINGS, Plan
from courseweek.render.markdown.remarks import Remark

_APPEARS = {"announcements.html": "the first announcement appears", changes.PATH: "the first change appears"}
"""What a link to a page that has no file waits for."""


def check_links(plan: Plan, texts: Iterable[PlacedText], found: Diagnostics) -> Iterator[Diagnostic]:
    """Yield an error for each dead link, and a warning for each to what is not published yet.

    `found` is asked for what was probably meant.
    """
    for text in texts:
        turns = Turns()
        for source, path, target in text.list_links():
            if not path or path in plan.paths or _is_lost(path, plan):
                continue
            for span in text.spans(text.places.links(target), turns):
                if path in plan.withheld:
                    yield withheld(path, target, span, plan)
                else:
                    yield _dead(target, span, plan, source, found)


def _is_lost(path: str, plan: Plan) -> bool:
    """Return whether this may be the page of a meeting that is missing because of an error that has been reported."""
    folder, _, name = path.rpartition("/")
    return folder == MEETINGS and plan.schedule.gaps.hide_meeting(name.removesuffix(".html"))


def withheld(path: str, target: str, span: Span, plan: Plan) -> Diagnostic:
    """Return the warning about a link to a page or file that is not published by now."""
    pages = (*plan.course.pages, *(note.page for note in plan.course.notes))
    page = next((page for page in pages if f"{page.name}.html" == path), None)
    if page is not None:
        return _link_too_early(page, "the page", "at this time", target, span)
    appears = _APPEARS.get(path, "the file appears, or publish the file earlier")
    return _too_early(target, span, f"remove the link until {appears}")


def withheld_announcement(announcement: Announcement, target: str, span: Span) -> Diagnostic:
    """Return the warning about a link to an announcement that is not published by now."""
    when = f"on {(announcement.page.publish_at or announcement.on):%Y-%m-%d}"
    return _link_too_early(announcement.page, "the announcement", when, target, span)


def _link_too_early(page: Page, what: str, when: str, target: str, span: Span) -> Diagnostic:
    """Return the warning about a link to a page with its own time, and the place that says so."""
    if page.draft:
        help = "remove the link until it is written; then delete draft: yes there"
        return _too_early(target, span, help, (page.origin.of("draft"), f"{what} is a draft"))
    help = "remove the link until then, or publish it earlier"
    return _too_early(target, span, help, (page.origin.of("publish_on"), f"{what} appears {when}"))


def _too_early(target: str, span: Span, help: str, other: tuple[Span, str] | None = None) -> Diagnostic:
    message = f"`{target}` leads to something that is not published yet"
    return Diagnostic("warning", "withheld-page", message, span, help, other)


def explain_wordless_links(remarks: Sequence[Remark], text: PlacedText) -> Iterator[Diagnostic]:
    """Yield an error for each link without words."""
    for remark, span in text.place(remarks, text.places.wordless):
        help = f"say where it leads: [words]({remark.text})"
        yield Diagnostic("error", "empty-link", "this link has no words", span, help)


def explain_unreadable_links(remarks: Sequence[Remark], text: PlacedText) -> Iterator[Diagnostic]:
    """Yield an error for each link whose address no browser reads."""
    help = "write an address such as https://example.edu/paper.pdf, without spaces"
    for remark, span in text.place(remarks, text.places.words):
        message = f"the address of the link `{remark.text}` isn't valid"
        yield Diagnostic("error", "bad-address", message, span, help)


def explain_refused_links(remarks: Sequence[Remark], text: PlacedText) -> Iterator[Diagnostic]:
    """Yield an error for each link with a scheme that a page may not have."""
    help = "use http:, https:, mailto: or tel:"
    for remark, span in text.place(remarks, text.places.links):
        scheme = remark.text.partition(":")[0].strip()
        yield Diagnostic("error", "bad-scheme", f"a link can't begin with `{scheme}:`", span, help)


def _dead(target: str, span: Span, plan: Plan, source: str, found: Diagnostics) -> Diagnostic:
    page = to_page(target)
    message = f"`{target}` leads nowhere: this site has no such page or file"
    named = next(
        (each for each in _names_with_signs(source, page) if each in plan.paths or each in plan.withheld), None
    )
    if named is not None:
        help = (
            f"write `{relative_link(source, named)}`: an address can't contain `#`, `?` or `%` of a file name as "
            f"they are"
        )
        return Diagnostic("error", "dead-link", message, span, help)
    path = resolve_link(source, page) or page
    near = found.suggest(path.removeprefix("../"), plan.paths)
    help = f"did you mean `{relative_link(source, near)}`?" if near else "fix the link, or add the file"
    return Diagnostic("error", "dead-link", message, span, help)


def _names_with_signs(source: str, link: str) -> Iterator[str]:
    """Yield the paths of files that a link may name if no sign in it has a meaning of its own.

    Markdown writes a space of an address as `%20`, which then is one.
    """
    for name in (link, unquote(link)):
        yield posixpath.normpath(posixpath.join(posixpath.dirname(source), normal_form(name)))

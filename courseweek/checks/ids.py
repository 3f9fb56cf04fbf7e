"""The ids in HTML of pages are ids, and each is given once on a page (WHATWG HTML, section 3.2.6).

Passing: `<h2 id="labs">`, `<a id='plan'>`.
Failing: `<a id="">`, `<a id="two words">`, `<p id=labs>` below `## Labs`, `<a id="page.main">`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from courseweek.checks.places import find_attribute
from courseweek.diagnostics import Diagnostic, Span
from courseweek.render.pages import DrawnPages
from courseweek.render.prose import PageLinks


def check_ids(drawn: DrawnPages) -> Iterator[Diagnostic]:
    """Yield what is wrong with the ids of each page and announcement: those named here are not published."""
    above: dict[str, list[Span]] = {}
    for page in drawn.prose:
        texts = above.setdefault(page.page.path, [])
        links = page.links
        for value in dict.fromkeys(links.repeated_ids):
            yield _repeated(value, page, texts)
        for value in dict.fromkeys(links.bad_ids):
            yield from _bad(value, page.prose)
        for value in dict.fromkeys(links.taken_ids):
            for span in find_attribute(page.prose, "id", value) or (page.prose.within(0, 0),):
                message = f"the page itself uses the id `{value}`, so it is left out here"
                yield Diagnostic("warning", "reserved-id", message, span, "choose another id")
        texts.append(page.prose)


def _repeated(value: str, page: PageLinks, texts: Sequence[Span]) -> Diagnostic:
    """Return the error about an id that another element of the page has: a heading, or one in the HTML of its texts."""
    found = find_attribute(page.prose, "id", value)
    earlier = [span for text in texts for span in find_attribute(text, "id", value)]
    first = (earlier or found[:-1])[:1]
    span = found[-1] if found else page.prose.within(0, 0)
    message = f"the id `{value}` is used twice on this page"
    if not first:
        message = f"a heading or footnote on this page already has the id `{value}`"
    other = (first[0], "it is first used here") if first else None
    return Diagnostic("error", "duplicate-id", message, span, "choose another id, and change the links to it", other)


def _bad(value: str, text: Span) -> Iterator[Diagnostic]:
    shown = " ".join(value.split())
    message = f"the id `{shown}` contains a space" if value else "this id is empty"
    help = f"write id={'-'.join(value.split())}" if shown else "write an id, or delete the attribute"
    for span in find_attribute(text, "id", value) or (text.within(0, 0),):
        yield Diagnostic("warning", "bad-id", f"{message}; it is left out", span, help)

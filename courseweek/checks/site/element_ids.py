"""The ids in HTML of pages are ids, and each is given once on a page (WHATWG HTML, section 3.2.6).

Passing: `<h2 id="labs">`, `<a id='plan'>`.
Failing: `<a id="">`, `<a id="two words">`, `<p id=labs>` below `## Labs`, `<a id="page.main">`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from courseweek.checks.places import find_attribute
from courseweek.checks.site.placed_text import PlacedText
from courseweek.diagnostics import Diagnostic
from courseweek.render.markdown.remarks import Remark


def explain_repeated_ids(remarks: Sequence[Remark], text: PlacedText) -> Iterator[Diagnostic]:
    """Yield an error for each id that another element of the page has: a heading, or one in the HTML of its texts."""
    for value in _values(remarks):
        found = text.places.attributes("id", value)
        earlier = [span for above in text.above for span in find_attribute(above, "id", value)]
        first = (earlier or found[:-1])[:1]
        span = found[-1] if found else text.places.start
        message = f"the id `{value}` is used twice on this page"
        if not first:
            message = f"a heading or footnote on this page already has the id `{value}`"
        other = (first[0], "it is first used here") if first else None
        help = "choose another id, and change the links to it"
        yield Diagnostic("error", "duplicate-id", message, span, help, other)


def explain_bad_ids(remarks: Sequence[Remark], text: PlacedText) -> Iterator[Diagnostic]:
    """Yield a warning for each value that can't be an id; it is not published."""
    for value in _values(remarks):
        shown = " ".join(value.split())
        message = f"the id `{shown}` contains a space" if value else "this id is empty"
        help = f"write id={'-'.join(value.split())}" if shown else "write an id, or delete the attribute"
        for span in text.places.attributes("id", value) or [text.places.start]:
            yield Diagnostic("warning", "bad-id", f"{message}; it is left out", span, help)


def explain_taken_ids(remarks: Sequence[Remark], text: PlacedText) -> Iterator[Diagnostic]:
    """Yield a warning for each id that the page uses itself; it is not published."""
    for value in _values(remarks):
        message = f"the page itself uses the id `{value}`, so it is left out here"
        for span in text.places.attributes("id", value) or [text.places.start]:
            yield Diagnostic("warning", "reserved-id", message, span, "choose another id")


def _values(remarks: Sequence[Remark]) -> Iterator[str]:
    """Yield each id once, in order."""
    yield from dict.fromkeys(remark.text for remark in remarks)

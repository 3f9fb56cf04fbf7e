"""An image says in words what it shows (WCAG 2.2, criterion 1.1.1).

Passing: `![Throughput grows with the batch](assets/throughput.png)`.
Failing: `![](assets/throughput.png)`, `<img src="assets/throughput.png">`.
"""

from __future__ import annotations

from collections.abc import Iterator

from courseweek.checks.places import place_in_prose, place_in_yaml
from courseweek.diagnostics import Diagnostic, Span
from courseweek.model.course import Course
from courseweek.render.pages import DrawnPages


def check_images(course: Course, drawn: DrawnPages) -> Iterator[Diagnostic]:
    """Yield an error for each image of a text without alternative text."""
    for page in drawn.prose:
        for source in page.links.unnamed_images:
            yield _error(source, place_in_prose(page.prose, source))
    for source in drawn.yaml.unnamed_images:
        yield _error(source, place_in_yaml(course, source))


def _error(source: str, place: Span) -> Diagnostic:
    help = f"say what it shows: ![A plot of …]({source})"
    return Diagnostic("error", "missing-alt", "this image has no alternative text", place, help)

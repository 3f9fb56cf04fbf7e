"""An image says in words what it shows (WCAG 2.2, criterion 1.1.1).

Passing: `![Throughput grows with the batch](assets/throughput.png)`.
Failing: `![](assets/throughput.png)`, `<img src="assets/throughput.png">`.
"""

from __future__ import annotations

from collections.abc import Iterator

from courseweek.checks.places import Places
from courseweek.diagnostics import Diagnostic, Span
from courseweek.render.pages import RenderedPages


def check_images(rendered: RenderedPages, yaml: Places) -> Iterator[Diagnostic]:
    """Yield an error for each image of a text without alternative text; `yaml` finds those of the YAML files."""
    for page in rendered.prose:
        places = Places((page.prose,))
        for source in page.links.unnamed_images:
            yield _error(source, places.take(places.images(source)))
    for source in dict.fromkeys(rendered.yaml.unnamed_images):
        for span in yaml.images(source):
            yield _error(source, span)


def _error(source: str, place: Span) -> Diagnostic:
    help = f"say what it shows: ![A plot of …]({source})"
    return Diagnostic("error", "missing-alt", "this image has no alternative text", place, help)

"""An image says in words what it shows (WCAG 2.2, criterion 1.1.1).

Passing: `![Throughput grows with the batch](assets/throughput.png)`.
Failing: `![](assets/throughput.png)`, `<img src="assets/throughput.png">`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from courseweek.checks.site.placed_text import PlacedText
from courseweek.diagnostics import Diagnostic
from courseweek.render.markdown.remarks import Remark


def explain_unnamed_images(remarks: Sequence[Remark], text: PlacedText) -> Iterator[Diagnostic]:
    """Yield an error for each image without alternative text."""
    for remark, span in text.place(remarks, text.places.images):
        help = f"say what it shows: ![A plot of …]({remark.text})"
        yield Diagnostic("error", "missing-alt", "this image has no alternative text", span, help)

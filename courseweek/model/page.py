"""Pages of prose."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from courseweek.diagnostics import Span
from courseweek.model.origin import Origin


@dataclass(frozen=True, slots=True)
class Page:
    """A page of `content/`.

    `name` is its path there without `.md` (`projects`, `labs/one`). `text` is the Markdown after the front
    matter and `body` its place in the file. `publish_at` is an instant in the course's zone, before which it is
    withheld.
    """

    name: str
    title: str
    titled: bool
    """Whether the title was written in the front matter."""
    layout: str | None
    in_nav: bool
    draft: bool
    publish_at: datetime | None
    text: str
    body: Span
    origin: Origin = field(compare=False)

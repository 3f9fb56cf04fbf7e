"""A change of a published course: what is different from before, as students read it."""

from __future__ import annotations

from datetime import datetime

from courseweek.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """One change, as `course.json` has it.

    `id` holds the instant, so a change that is undone and made again has another one. `at` is the instant, in UTC, of
    the build that found it. `kind` is `class`, `deadline`, `reading` or `event`; `ids` are those of the meetings,
    assignments or events that it is about. `text` is the sentence in the course's language, `was` what was before in
    words, `details` the lines of a change that has several parts. `href` is relative to the top of the site.
    """

    id: str
    at: datetime
    kind: str
    ids: tuple[str, ...]
    text: str
    was: str | None = None
    href: str = ""
    details: tuple[str, ...] = ()

"""Pages of prose."""

from __future__ import annotations

from dataclasses import field, replace
from datetime import date, datetime, timedelta

from courseweek.diagnostics import Span
from courseweek.frozen import dataclass
from courseweek.model.origin import Origin


@dataclass(frozen=True, slots=True)
class Page:
    """A page of `content/`.

    `name` is its path there without `.md` (`projects`, `labs/one`). `text` is the Markdown after the front matter and
    after the heading that is its title; `body` is the place of the one, `heading` that of the other's words.
    `publish_at` is an instant in the course's zone, before which it is withheld.
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
    heading: Span | None
    origin: Origin = field(compare=False)

    def with_heading(self) -> Page:
        """Return the page with the heading that is its title in its text again."""
        if self.heading is None:
            return self
        source = self.body.source
        body = source.span(source.text.rfind("\n", 0, self.heading.start) + 1, self.body.end)
        return replace(self, text=body.text, body=body, heading=None)


@dataclass(frozen=True, slots=True)
class Note:
    """A page of `content/notes/` about a reading or a meeting, by the id of one of them.

    `torn` says that its front matter has a mistake that was reported, so that the id may be missing for it.
    """

    page: Page
    reading: str | None
    meeting: str | None
    author: str | None
    torn: bool = False


DAYS_CURRENT = 7
"""Calendar days for which an announcement without `until` is current, its own the first."""


def id_of_announcement(name: str) -> str:
    """Return the id of an announcement by its page's name: the file's name, with `-` for spaces, which no id holds."""
    return "-".join(name.rpartition("/")[2].split())


@dataclass(frozen=True, slots=True)
class Announcement:
    """A dated announcement of `content/announcements/`, about a meeting where one is named.

    It is current from its day `on` through `until`, or for a week where that is None.
    """

    page: Page
    on: date
    meeting: str | None = None
    until: date | None = None

    @property
    def last_day(self) -> date:
        """The last day on which it is current."""
        return self.until or self.on + timedelta(days=DAYS_CURRENT - 1)

    @property
    def id(self) -> str:
        """The place of the announcement on its page."""
        return id_of_announcement(self.page.name)

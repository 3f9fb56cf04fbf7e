"""The plan of a site: its pages, each with one path, and all that a link may lead to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import datetime
from urllib.parse import unquote

from courseweek.files.paths import TOP, normal_form
from courseweek.frozen import dataclass
from courseweek.language.locale import Locale
from courseweek.model.change import Change
from courseweek.model.course import Course
from courseweek.model.meeting import Schedule
from courseweek.model.page import Announcement, Note, Page
from courseweek.model.published import Published
from courseweek.plan.parts import Block, Part, PartName
from courseweek.schedule.releases import is_withheld

ROOT = "root/"
"""The folder of `assets/` whose files are copied to the top of the site."""
MEETINGS = "meetings"
"""The folder of the site with a page for each meeting."""
CALENDAR_ENDING = ".ics"
"""How the names of calendars end."""
STYLE_SHEET = "assets/theme/style.css"
MORE_STYLE = "assets/theme/pages.css"
"""What the home page does without, unless it shows a part that has a page of its own elsewhere, or such texts."""
PRINT_STYLE = "assets/theme/print.css"
"""How pages look on paper."""
ICON = "assets/theme/icon.svg"
"""The first letter of the course on its accent, where the course has no icon of its own."""
SCRIPT = "assets/theme/today.js"
"""Keeps right what is on now."""
DATES_SCRIPT = "assets/theme/dates.js"
"""Keeps right what is to come, and says how far away it is."""
CITE_SCRIPT = "assets/theme/cite.js"
"""Copies a citation, where a page has any."""
SUGGEST_SCRIPT = "assets/theme/suggest.js"
"""Makes the lines of what is suggested, on the page for that."""
CHOICE_SCRIPT = "assets/theme/choice.js"
"""Loads `CHOSEN_SCRIPT` for a reader who has chosen a group or a section, in courses that have several."""
CHOSEN_SCRIPT = "assets/theme/chosen.js"
"""Shows what is for the reader's own group and section."""
FINDER_SCRIPT = "assets/theme/finder.js"
"""Makes the search button, and loads the rest of the search when it is first used."""
SEARCH_DIALOG = "assets/theme/search-dialog.js"
"""Asks and answers, by the library `minisearch.js`."""
SEARCH_STYLE = "assets/theme/search.css"
SEARCH = "search.js"
"""What can be found in the course."""


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """A page of the site: `path` is where it goes, `name` what `site.nav` calls it, `label` its words there.

    `source` is the page of `content/` behind it, if there is one; `place` is set in the navigation alone, where an
    entry leads to a place on the page. `meeting` is the id of the meeting of which it is the page.
    """

    path: str
    name: str
    title: str
    label: str
    layout: str
    in_nav: bool
    blocks: tuple[Block, ...]
    source: Page | None
    place: str = ""
    meeting: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole site before it is rendered. `withheld` has the paths of drafts and later pages, among others.

    `assets` are the paths of what is copied: the theme's and the course's assets, and what is in `copies`, which says
    of each file with another path in the site which file of the course it is. `exports` are the paths of the files for
    other programs; `nav` is in order. `paths` are all those that a link may lead to; what only a preview shows is not
    among them. `revealed` is None except in a preview, which also shows what is withheld: it says from when each path
    (or place, after `#`) is published, None for a draft. `to_come` are the announcements that are not published yet, in
    a preview too. `others` are the paths of pages that the site has and that are not planned this time, as only some of
    the notes were read. `changes` is what has changed in the published site, the newest first. `published` is what
    was published before; what is remembered of it is carried forward.
    """

    course: Course
    schedule: Schedule
    now: datetime
    pages: tuple[PlannedPage, ...]
    nav: tuple[PlannedPage, ...]
    assets: tuple[str, ...]
    withheld: frozenset[str]
    notes: tuple[Note, ...]
    announcements: tuple[Announcement, ...]
    copies: Mapping[str, str] = field(default_factory=dict)
    to_come: tuple[Announcement, ...] = ()
    revealed: Mapping[str, datetime | None] | None = None
    exports: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    changes: tuple[Change, ...] = ()
    published: Published | None = None
    paths: frozenset[str] = field(init=False)
    _meetings: Mapping[str, str] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Work out once what is asked for at each link."""
        meetings = {page.meeting: page.path for page in self.pages if page.meeting is not None}
        object.__setattr__(self, "_meetings", meetings)
        hidden = set(self.revealed or ()) - {"index.html", "404.html"}  # these two are there in any case
        paths = frozenset({*(page.path for page in self.pages), *self.assets, *self.exports, *self.others}) - hidden
        object.__setattr__(self, "paths", paths)

    @property
    def locale(self) -> Locale:
        """How the pages are written in the course's language."""
        return self.course.syllabus.locale

    @property
    def announcements_path(self) -> str:
        """The path of the page with the announcements, or of the one that comes with the first of them."""
        page = self.page_with("announcements")
        return page.path if page is not None else "announcements.html"

    @property
    def withheld_pages(self) -> tuple[Page, ...]:
        """Return the pages, notes and announcements that are not published by now."""
        written = (*self.course.pages, *(note.page for note in self.course.notes))
        announcements = (each.page for each in self.to_come)
        return (*(page for page in written if is_withheld(page, self.now)), *announcements)

    def page_with(self, part: PartName) -> PlannedPage | None:
        """Return the first page on which this part of the course is rendered."""
        return next((page for page in self.pages if Part(part) in page.blocks), None)

    def place_of_meeting(self, id: str) -> tuple[str, str]:
        """Return the path of a meeting's page and ""; without one, that of the schedule and the id of the row there."""
        if id in self._meetings:
            return self._meetings[id], ""
        scheduled = self.page_with("schedule")
        return (scheduled.path if scheduled is not None else TOP), id

    def page_named(self, name: str) -> PlannedPage | None:
        """Return the page of this name."""
        name = normal_form(name)
        return next((page for page in self.pages if page.name == name), None)


def path_of_asset(name: str) -> str:
    """Return the path in the site of a file of `assets/`; those in `assets/root/` are at its top."""
    return name.removeprefix(ROOT) if name.startswith(ROOT) else f"assets/{name}"


def announcement_at(fragment: str, announcements: Iterable[Announcement]) -> Announcement | None:
    """Return the one of these announcements to which a fragment leads, or to a place in its text."""
    places = {fragment, unquote(fragment)}
    for each in announcements:
        if any(place == each.id or place.startswith(f"{each.id}.") for place in places):
            return each
    return None

"""`feed.xml`: the announcements and what has changed, as Atom (RFC 4287), for programs that follow a site.

There is a feed only where the course has an address. Its entries need names that hold for the whole world and never
change, and links that lead somewhere wherever they are read.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from urllib.parse import quote, urljoin, urlsplit

from markupsafe import Markup

from courseweek.cache import Memory
from courseweek.files.paths import TOP, relative_link
from courseweek.frozen import dataclass
from courseweek.language.locale import noted
from courseweek.model.change import Change
from courseweek.model.course import Course
from courseweek.model.meeting import Schedule
from courseweek.model.slug import make_slug
from courseweek.plan.changes import CHANGES, FEED, name_place
from courseweek.plan.plan import Plan
from courseweek.published.stamps import find_lasting_base
from courseweek.regex import lazy_pattern
from courseweek.render.direction import isolate_plain
from courseweek.render.layouts.templates import Layouts
from courseweek.render.markdown.rendered_text import TextRenderer
from courseweek.render.markdown.rewriter import Rewriter
from courseweek.render.views.changes import link_to_subject, name_kind_of_change, say_change
from courseweek.render.views.levels import fit_announcement, name_alerts
from courseweek.render.views.words import utc_instant
from courseweek.schedule.instants import begin_day
from courseweek.schedule.releases import release_announcement

MOST_ENTRIES = 60
"""The newest announcements and changes in the feed."""
LARGEST = 1_000_000
"""Characters of texts in the feed; what is older than fits has no text there, only its link."""
_ANNOUNCEMENT = noted("Announcement")
# XML 1.0, section 2.2: no reader accepts a document with another character. A carriage return would become a line feed.
_NOT_IN_XML = lazy_pattern("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# A tag as the cleaner writes it, with each value between double quotes.
_TAG = lazy_pattern(r'<[a-z][^<>"]*(?:"[^"]*"[^<>"]*)*>')
_ADDRESS = lazy_pattern(r'(?<= )(href|src|cite|poster)="([^"]*)"')


@dataclass(frozen=True, slots=True)
class EntryOfFeed:
    """An entry: what happened at an instant, and where more is said of it.

    `kind` is `announcement` or that of a change, `label` the same in the page's language. An `announcement` has its id
    and its `text` as HTML, a change its `sentence` and its `details`.
    """

    id: str
    kind: str
    label: str
    title: str
    at: datetime
    href: str
    announcement: str | None = None
    text: Markup | None = None
    sentence: str = ""
    details: tuple[str, ...] = ()

    @property
    def instant(self) -> str:
        """The instant as Atom has it (RFC 3339)."""
        return utc_instant(self.at)


@dataclass(frozen=True, slots=True)
class FeedView:
    """The feed as its layout has it; `changes` is the address of the page with all changes, if there is one.

    `language` is that of its words, `text_language` that of the texts of announcements where it is another one.
    """

    id: str
    title: str
    author: str
    language: str
    text_language: str | None
    home: str
    address: str
    updated: str
    changes: str | None
    entries: tuple[EntryOfFeed, ...]


def export_feed(course: Course, schedule: Schedule) -> dict[str, Callable[[Plan, Layouts, Memory], bytes]]:
    """Return the one file of this export with its maker; none where the course has no address."""
    return {FEED: make_feed} if course.syllabus.url is not None else {}


def make_feed(plan: Plan, layouts: Layouts, memory: Memory) -> bytes:
    """Return the feed as XML in UTF-8: the same for the same announcements and changes, whenever it is made."""
    syllabus, base = plan.course.syllabus, _find_base(plan)
    id, shown = name_feed(plan), plan.page_with(CHANGES) if plan.changes else None
    entries = [*_list_changes(plan, id, base), *_list_announcements(plan, id, base)]
    entries.sort(key=lambda entry: entry.at, reverse=True)
    entries = list(_add_texts(entries[:MOST_ENTRIES], plan, base, memory))
    updated = max((each.at for each in entries), default=begin_day(syllabus.term.starts, syllabus.term.zone))
    feed = FeedView(
        id=id,
        title=syllabus.title,
        author=syllabus.institution or syllabus.title,
        language=plan.locale.page_tag,
        text_language=plan.locale.text_tag,
        home=base,
        address=base + FEED,
        updated=utc_instant(updated),
        changes=base + quote(shown.path) if shown is not None else None,
        entries=tuple(entries),
    )
    return _NOT_IN_XML.sub("", layouts.render_built_in("feed.xml", plan.locale, feed=feed)).encode()


def name_feed(plan: Plan) -> str:
    """Return the name of the feed, a tag (RFC 4151): that of the course's first address, in the year of its term."""
    syllabus = plan.course.syllabus
    host, _, path = find_lasting_base(plan).partition("/")
    if "." not in host:  # it was published without an address first
        parts = urlsplit(syllabus.url or "")
        host, path = parts.hostname or "", parts.path
    course = quote(path.strip("/"), safe="/%~") or quote(make_slug(syllabus.code or syllabus.title)) or "course"
    return f"tag:{_to_ascii(host)},{syllabus.term.starts.year}:{course}"


def _to_ascii(host: str) -> str:
    """Return a host's name in ASCII, as a tag has it."""
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return quote(host)


def _find_base(plan: Plan) -> str:
    return f"{(plan.course.syllabus.url or '').rstrip('/')}/"


def _list_changes(plan: Plan, feed: str, base: str) -> Iterator[EntryOfFeed]:
    for change in plan.changes:
        label, sentence = name_kind_of_change(change, plan.locale), say_change(change, plan.locale)
        yield EntryOfFeed(
            id=f"{feed}/change/{quote(change.id, safe='')}",
            kind=change.kind,
            label=label,
            title=_title(label, sentence, plan),
            at=change.at,
            href=base + (link_to_subject(change, TOP) or _link_to_change(change, plan)),
            sentence=sentence,
            details=change.details,
        )


def _link_to_change(change: Change, plan: Plan) -> str:
    shown = plan.page_with(CHANGES)
    return relative_link(TOP, shown.path, name_place(change)) if shown is not None else ""


def _list_announcements(plan: Plan, feed: str, base: str) -> Iterator[EntryOfFeed]:
    label = plan.locale.gettext(_ANNOUNCEMENT)
    for each in plan.announcements:
        at = release_announcement(each, plan.course.syllabus.term.zone)
        if at is not None and each not in plan.to_come:
            yield EntryOfFeed(
                id=f"{feed}/announcement/{quote(each.id, safe='')}",
                kind="announcement",
                label=label,
                title=_title(label, each.page.title, plan),
                at=at,
                href=base + relative_link(TOP, plan.announcements_path, each.id),
                announcement=each.id,
            )


def _title(label: str, text: str, plan: Plan) -> str:
    """Return a title with its kind before it, so that programs can sort the entries out."""
    return plan.locale.gettext("{kind}: {text}", kind=label, text=isolate_plain(" ".join(text.split())))


def _add_texts(entries: list[EntryOfFeed], plan: Plan, base: str, memory: Memory) -> Iterator[EntryOfFeed]:
    """Yield the entries, the announcements with their texts as their page shows them, and absolute addresses."""
    announcements = {each.id: each for each in plan.announcements}
    path, renderer, left = plan.announcements_path, TextRenderer(memory), LARGEST
    rewrite = Rewriter(path, plan.paths | plan.withheld)
    for entry in entries:
        announcement = announcements.get(entry.announcement or "")
        if announcement is None:
            yield entry
            continue
        text = name_alerts(renderer.render("prose", announcement.page.text, rewrite).html, plan.locale)
        left -= len(text)
        whole = _make_absolute(fit_announcement(text, announcement.id), base + quote(path)) if left >= 0 else Markup("")
        yield replace(entry, text=whole)


def _make_absolute(text: Markup, page: str) -> Markup:
    """Return HTML whose addresses lead where they lead on the page at this address."""

    def follow(found: re.Match[str]) -> str:
        try:
            address = urljoin(page, html.unescape(found[2]))
        except ValueError:  # which no browser follows either
            return found[0]
        return f'{found[1]}="{html.escape(address)}"'

    return Markup(_TAG.sub(lambda tag: _ADDRESS.sub(follow, tag[0]), str(text)))

"""What collides in a plan or leads nowhere: two outputs of one path, two announcements of one id, missing pages."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from courseweek.diagnostics import Diagnostics, Source
from courseweek.files.file_names import fits_windows
from courseweek.files.paths import normal_form
from courseweek.model.meeting import AnyMeeting
from courseweek.model.origin import Origin
from courseweek.model.page import Announcement
from courseweek.model.past_term import ARCHIVE, list_frozen_files
from courseweek.plan.parts import Part
from courseweek.plan.plan import MEETINGS, Plan, PlannedPage, path_of_asset

LONGEST_NAME = 250
"""Bytes of a file's name; file systems take a few more (POSIX, NAME_MAX), which publishing needs for itself."""


def check_paths(plan: Plan, found: Diagnostics) -> None:
    """Report two outputs whose paths differ only in case, or not at all: many file systems hold only one of them."""
    taken: dict[str, str] = {}
    of_meetings = {page.path for page in plan.pages if page.meeting is not None}
    for path in (*sorted(plan.exports), *(path for path in plan.assets if path not in plan.copies)):
        first = taken.setdefault(path.casefold(), path)
        if first != path and not path.startswith(f"{MEETINGS}/"):  # there a meeting's page collides too
            message = f"this file and {first} differ only in case"
            found.error("same-path", message, Source(path, "").whole(), help="rename one of the two")
    meetings = {row.id: row for row in plan.schedule.all_meetings}
    for page in plan.pages:
        other = taken.get(page.path.casefold())
        if page.meeting is not None:
            _check_meeting(page, meetings[page.meeting], other, found)
        elif other is not None and page.source is not None:
            found.error(
                "same-path",
                f"this page becomes {page.path}, which is already the page of a meeting"
                if page.path in of_meetings
                else f"this page and {other} both become {page.path}"
                if other == page.path
                else f"this page becomes {page.path}, which differs from {other} only in case",
                page.source.body.source.whole(),
                help="rename one of the two",
            )
        taken[page.path.casefold()] = page.path
    clashes: dict[str, tuple[str, ...]] = {}
    for page in plan.pages:
        folder = posixpath.dirname(page.path)
        if folder not in clashes:
            clashes[folder] = tuple(taken[each] for each in _parents(folder.casefold()) if each in taken)
        for other in clashes[folder]:
            _report_folder(page, other, found)
    _check_copies(plan, taken, found)


def _check_copies(plan: Plan, taken: Mapping[str, str], found: Diagnostics) -> None:
    """Report what is copied to a path that the site uses itself, or that differs from another only in case."""
    taken = {path.casefold(): path for path in plan.withheld} | dict(taken)
    for term in plan.course.past_terms:
        user = find_user_of(term.name, plan)
        if user is not None:
            message = f"the past term `{term.name}` becomes {term.name}/, but the site already has {user}"
            help = f"rename {ARCHIVE}/{term.name}/ and {ARCHIVE}/{term.name}.sums"
            found.error("same-path", message, term.origin, help=help)
    folders = {each: path for path in taken.values() for each in _parents(posixpath.dirname(path.casefold()))}
    for path, name in sorted(plan.copies.items()):
        if not name.startswith("assets/"):
            continue
        key = path.casefold()
        above = (taken[each] for each in _parents(posixpath.dirname(key)) if each in taken)
        other = taken.get(key) or folders.get(key) or next(above, None)
        if other is None and key.startswith("assets/"):
            other = "assets/"
        if other is not None:
            message = f"this file becomes {path}, but the site already has {other}"
            found.error("same-path", message, Source(name, "").whole(), help="rename or delete the file")
        taken[key] = path
        folders |= dict.fromkeys(_parents(posixpath.dirname(key)), path)


def find_user_of(name: str, plan: Plan) -> str | None:
    """Return what of the site uses this name at its top, so that no past term can have it: a page, a folder, a file.

    A host may show the page `sp27.html` at `sp27`.
    """
    own = {*plan.paths, *plan.withheld} - {*list_frozen_files(plan.course.past_terms)}
    own.update(map(path_of_asset, plan.course.assets))
    tops = {path.casefold().partition("/")[0].removesuffix(".html"): path for path in sorted(own, reverse=True)}
    return tops.get(name)


def _check_meeting(page: PlannedPage, row: AnyMeeting, other: str | None, found: Diagnostics) -> None:
    """Report a meeting whose page can't be stored everywhere: by its id, or as `other` differs only in case."""
    assert row.written is not None
    place, name = row.written.origin.of("id"), posixpath.basename(page.path)
    help = "give the topic another id"
    if other is not None:
        message = f"the page of this meeting becomes {page.path}, which differs from {other} only in case"
        found.error("same-path", message, place, help=help)
    elif len(name.encode("utf-8", "surrogatepass")) > LONGEST_NAME:
        message = f"the page of this meeting would be a file with a name of more than {LONGEST_NAME} bytes"
        found.error("too-long", message, place, help="give the topic a shorter id")
    elif not fits_windows(name):
        found.warning("bad-name", f"Windows can't store a file called `{name}`", place, help=help)


def _parents(folder: str) -> Iterator[str]:
    """Yield a folder and those around it."""
    while folder:
        yield folder
        folder = posixpath.dirname(folder)


def _report_folder(page: PlannedPage, other: str, found: Diagnostics) -> None:
    """Report a page that lies in a folder with the name of another output."""
    if page.source is not None:
        found.error(
            "same-path",
            f"this page becomes {page.path}, but {other} is already a file",
            page.source.body.source.whole(),
            help="rename the folder",
        )


def check_announcements(plan: Plan, found: Diagnostics) -> None:
    """Report announcements whose id another one has, or a meeting on the same page; those of all days are meant."""
    taken: dict[str, Announcement] = {}
    together = any({Part("announcements"), Part("schedule")} <= {*page.blocks} for page in plan.pages)
    meetings = {row.id: row for row in plan.schedule.all_meetings} if together else {}
    for each in plan.course.announcements:
        place, row = each.page.body.source.whole(), meetings.get(each.id)
        other = taken.setdefault(each.id, each)
        if other is not each:
            message = f"this announcement and {other.page.body.file} both get the id `{each.id}`"
            found.error("duplicate-id", message, place, help="rename one of the two files")
        elif row is not None:
            message = f"this announcement and the meeting `{row.topic}` both get the id `{each.id}`"
            found.error("duplicate-id", message, place, help="rename the file, or give the meeting another id")


def check_named_pages(plan: Plan, found: Diagnostics) -> None:
    """Report missing pages that topics, assignments and milestones name."""
    names = {page.name for page in plan.pages} | {path.removesuffix(".html") for path in plan.withheld}
    written: list[tuple[str | None, Origin]] = []
    for topics in plan.course.syllabus.topic_lists:
        written += [(topic.page, topic.origin) for topic in topics]
    for assignment in plan.course.syllabus.assignments:
        written.append((assignment.page, assignment.origin))
        written += [(step.page, step.origin) for step in assignment.milestones]
    for page, origin in written:
        if page is None or normal_form(page).removesuffix(".md") in names:
            continue
        near = found.suggest(page, names)
        found.error(
            "unknown-page",
            f"there is no page `content/{page.removesuffix('.md')}.md`",
            origin.of("page"),
            help=f"did you mean `{near}`?" if near else "add the file, or fix the name",
        )

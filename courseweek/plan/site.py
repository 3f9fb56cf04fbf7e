"""What the site will consist of: each output has one path, no two share one, and all link targets are known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from courseweek.diagnostics import Diagnostics
from courseweek.model.change import Change
from courseweek.model.course import Course
from courseweek.model.meeting import Schedule
from courseweek.model.page import Announcement
from courseweek.model.past_term import ARCHIVE, list_frozen_files
from courseweek.model.published import Published
from courseweek.plan.changes import CHANGES
from courseweek.plan.changes import PATH as CHANGES_PATH
from courseweek.plan.collisions import check_announcements, check_named_pages, check_paths
from courseweek.plan.full_syllabus import check_chapters
from courseweek.plan.navigation import plan_nav
from courseweek.plan.pages import lay_blocks, limit_parts, path_of, plan_note, plan_pages, planned_notes, with_card
from courseweek.plan.parts import Part, PartName
from courseweek.plan.plan import ROOT, Plan, PlannedPage, path_of_asset
from courseweek.schedule.releases import hold_back, is_withheld, release_announcement


def plan_site(
    course: Course,
    schedule: Schedule,
    now: datetime,
    theme_assets: frozenset[str],
    found: Diagnostics,
    *,
    exports: frozenset[str] = frozenset(),
    reveal: bool = False,
    before: Plan | None = None,
    changes: tuple[Change, ...] = (),
    published: Published | None = None,
) -> Plan:
    """Return the plan of the site as of `now` (an aware instant); what collides or leads nowhere is reported.

    `reveal` plans what is withheld too, for a preview; the site must not be published then. An earlier plan, `before`,
    spares planning notes again that have not changed. `changes` and `published` are what the plan says of them.
    """

    notes = tuple(note for note in course.notes if reveal or not is_withheld(note.page, now))
    planned = planned_notes(before)
    planned_pages = [planned.get(id(note.page)) or plan_note(note.page, found) for note in notes]
    sources, blocks = lay_blocks(course, now, found, reveal=reveal)
    blocks, planned_pages = limit_parts(sources, blocks, planned_pages, found)
    # What only a preview shows takes no part away from where students find it.
    public = [each for name, each in blocks.items() if not is_withheld(sources[name], now)]
    placed = {block.name for each in public for block in each if isinstance(block, Part)}
    releases = {each: release_announcement(each, course.syllabus.term.zone) for each in course.announcements}
    out = tuple(each for each, at in releases.items() if at is not None and at <= now)
    announcements = course.announcements if reveal else out
    changed = bool(changes)
    laid = plan_pages(course, schedule, sources, blocks, placed, announcements, planned_pages, exports, changed=changed)
    pages = [with_card(page) for page in laid]
    held = hold_back(course, schedule, now)
    withheld = _withhold(course, now, held)
    if course.announcements and not out and "announcements" not in {*placed, *(page.name for page in course.pages)}:
        # It comes with the first announcement.
        withheld["announcements.html"] = min((at for at in releases.values() if at is not None), default=None)
    assets = course.assets if reveal else course.assets - held.keys()
    copies = {path_of_asset(name): f"assets/{name}" for name in assets if name.startswith(ROOT)}
    copies |= {path: f"{ARCHIVE}/{path}" for path in list_frozen_files(course.past_terms)}
    plan = Plan(
        course=course,
        schedule=schedule,
        now=now,
        pages=tuple(pages),
        nav=plan_nav(course, pages, frozenset(withheld), found),
        assets=tuple(sorted({*map(path_of_asset, assets | theme_assets), *copies})),
        copies=copies,
        withheld=frozenset(withheld) | _find_to_come(course, placed, changes),
        notes=notes,
        announcements=announcements,
        to_come=tuple(each for each in course.announcements if each not in out),
        revealed=withheld | _place_announcements(pages, releases, now) if reveal else None,
        exports=exports,
        changes=changes,
        published=published,
    )
    check_paths(plan, found)
    check_named_pages(plan, found)
    check_chapters(course, found)
    check_announcements(plan, found)
    return plan


def _withhold(course: Course, now: datetime, held: Mapping[str, datetime | None]) -> dict[str, datetime | None]:
    """Return the paths of what is written and not shown by now, and from when each is: pages, notes, and assets."""
    written = [*course.pages, *(note.page for note in course.notes)]
    pages = {path_of(page): page.publish_at if not page.draft else None for page in written if is_withheld(page, now)}
    return pages | {path_of_asset(name): at for name, at in held.items()}


def _find_to_come(course: Course, placed: set[PartName], changes: tuple[Change, ...]) -> frozenset[str]:
    """Return the path of the page of changes, if it comes with the first change."""
    there = bool(changes) or CHANGES in {*placed, *(page.name for page in course.pages)}
    return frozenset() if there else frozenset({CHANGES_PATH})


def _place_announcements(
    pages: list[PlannedPage], releases: Mapping[Announcement, datetime | None], now: datetime
) -> dict[str, datetime | None]:
    """Return where each withheld announcement is in a preview, and when it is published."""
    if not releases:
        return {}
    path = next((page.path for page in pages if Part("announcements") in page.blocks), "")
    return {f"{path}#{each.id}": at for each, at in releases.items() if at is None or at > now}

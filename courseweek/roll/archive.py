"""A term's site is frozen: it is built as of the term's end, and kept in `archive/` as later builds publish it.

The frozen site needs nothing of the course that goes on. Its pages say that the term is past and lead to the current
one, and no link of theirs edits the course of today.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from html import escape, unescape
from pathlib import Path

from courseweek.checks.output.start_tags import ATTRIBUTES
from courseweek.checks.site.past_terms import compute_sum
from courseweek.diagnostics import Diagnostics
from courseweek.files.file_names import fits_windows
from courseweek.files.paths import TOP, relative_link, resolve_link
from courseweek.files.project import LARGEST_SUMS, MOST_FILES, Project
from courseweek.files.replacing import TEMPORARY
from courseweek.files.stored import Content, pieces_of
from courseweek.frozen import dataclass
from courseweek.model.course import Course
from courseweek.model.past_term import ARCHIVE, LONGEST_NAME, is_term_name
from courseweek.outputs.data import PATH as COURSE_JSON
from courseweek.outputs.data import make_course_json
from courseweek.outputs.full_syllabus import make_full_syllabus
from courseweek.pipeline import Site, Step, open_dependencies, outline_site, steps
from courseweek.plan.collisions import find_user_of
from courseweek.plan.full_syllabus import find_full_syllabus
from courseweek.plan.parts import PARTS
from courseweek.plan.plan import MEETINGS, Plan
from courseweek.regex import lazy_pattern
from courseweek.schedule.instants import begin_day, finish_day

_KEPT_NAMES = frozenset({*PARTS, MEETINGS, "notes", "index", "404"})
_MISSING = "404.html"
_ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)
_TAG = lazy_pattern(rf"<[a-z][a-z0-9]*{ATTRIBUTES}\s*/?>", re.IGNORECASE)
_ADDRESS = lazy_pattern(r"""(\s(?:href|src)=")([^"]*)(")""", re.IGNORECASE)
_OPENING = lazy_pattern(r"<body\b[^>]*>\s*(?:<a class=\"skip\"[^>]*>[^<]*</a>\s*)?", re.IGNORECASE)


class Unfit(Exception):
    """A past term can't have this name; the message says why in one clause."""


class Oversized(Exception):
    """A past term is larger than a build reads; the message says in one clause what there is too much of."""


@dataclass(frozen=True, slots=True)
class FrozenTerm:
    """A frozen term: its name and title, the instant as of which it is shown, its files by path, and their sums.

    `pages` is the number of its pages.
    """

    name: str
    title: str
    as_of: datetime
    files: Mapping[str, Content]
    sums: str
    pages: int


def freeze_term(
    project: Project, name: str, found: Diagnostics, show: Callable[[Step], None] = lambda step: None
) -> FrozenTerm | None:
    """Return the site of a course as it is at the end of its term; nothing is written.

    None where the course has errors, which go to `found`. Raises `Unfit` for a name that a past term can't have, and
    `Oversized` for a site that no build would read back.
    """
    check_term_name(project, name)
    dependencies = open_dependencies(project)
    show(Step("reading the course"))
    dated = outline_site(dependencies, _ANY_DAY, Diagnostics())
    as_of = find_end(dated.plan) if dated is not None else _ANY_DAY
    site = outline_site(dependencies, as_of, found, adapt=partial(_close, name=name))
    if site is None:
        return None
    user = find_user_of(name, site.plan)
    if user is not None:
        raise Unfit(f"the site already has {user}")
    for step in steps(site):
        show(step)
    if found.has_errors():
        return None
    files = dict(_freeze_files(site))
    term = site.plan.course.syllabus.term
    title = " ".join((term.name or f"{term.starts.year}").split())
    lines = [f"{compute_sum(content)}  {path}" for path, content in sorted(files.items())]
    sums = "\n".join([f"# {title} ({term.starts} to {term.ends})", *lines, ""])
    _check_size(project, files, sums)
    return FrozenTerm(name, title, as_of, files, sums, sum(path in site.rendered.html for path in files))


def check_term_name(project: Project, name: str) -> None:
    """Raise `Unfit` for a name that no past term can have, or that one has already."""
    if not is_term_name(name):
        raise Unfit(f"a name has small letters and digits with hyphens between them, at most {LONGEST_NAME}")
    if name in _KEPT_NAMES:
        raise Unfit("a page of every course may have this name")
    if not fits_windows(name):
        raise Unfit("Windows can't store a folder of this name")
    with suppress(OSError):
        taken = [each for each in os.listdir(project.source / ARCHIVE) if each.casefold() == name]  # noqa: PTH208
        if taken:
            raise Unfit(f"{ARCHIVE}/{taken[0]}/ is already there, and an archive is never overwritten")


def _check_size(project: Project, files: Mapping[str, Content], sums: str) -> None:
    """Raise `Oversized` if a build would refuse the archive with these files and their list."""
    number = len(project.files(ARCHIVE, Diagnostics())) + len(files) + 1
    if number > MOST_FILES:
        raise Oversized(f"{ARCHIVE}/ would have {number:,} files; the limit is {MOST_FILES:,}")
    if len(sums.encode()) > LARGEST_SUMS:
        raise Oversized(f"the list of its files would be larger than {LARGEST_SUMS:,} bytes")


def find_end(plan: Plan) -> datetime:
    """Return the first instant at which nothing of a term is to come: no day, no deadline, no week of its schedule."""
    term = plan.course.syllabus.term
    instants = [finish_day(term.ends, term.zone), *(week.finishes_at for week in plan.schedule.weeks)]
    instants += [each.at + timedelta(seconds=1) for each in plan.schedule.deadlines if each.at is not None]
    last = max(each.astimezone(term.zone) for each in instants)
    day = last.date()
    return last if begin_day(day, term.zone) == last else finish_day(day, term.zone)


def _close(course: Course, name: str) -> Course:
    """Return a course without its repository: a page of a past term must not edit that of the current one.

    Its address is that of the past term. Nothing of it is tentative, or from the term before and to be confirmed.
    """
    syllabus = course.syllabus
    url = f"{syllabus.url.rstrip('/')}/{name}/" if syllabus.url is not None else None
    closed = replace(syllabus, repository=None, url=url, term=replace(syllabus.term, tentative=False))
    return replace(course, syllabus=closed, carried={})


def _freeze_files(site: Site) -> Iterator[tuple[str, Content]]:
    """Yield the files of a frozen site: its pages, marked, and what they need."""
    plan, document = site.plan, find_full_syllabus(site.plan)
    linked: set[str] = set()
    for path, content in site.artifacts.items():
        if path == COURSE_JSON:
            yield path, make_course_json(replace(plan, course=replace(plan.course, past_terms=())))
        elif document is not None and path == f"{document.name}.md":
            course = plan.course  # without its address the links are relative, and stay in the archive
            yield (
                path,
                make_full_syllabus(replace(plan, course=replace(course, syllabus=replace(course.syllabus, url=None)))),
            )
        elif path in site.rendered.html:
            if path != _MISSING:  # which a host shows only at the top of a site
                yield path, _freeze_page(path, site.rendered.html[path].decode("utf-8"), plan, linked).encode("utf-8")
        elif path not in plan.copies:
            yield path, content
    for path in sorted(linked):
        yield path, site.artifacts[path]


def _freeze_page(path: str, page: str, plan: Plan, linked: set[str]) -> str:
    """Return a page with a line that leads to the current term, and with links to past terms from one folder deeper.

    What it links to at the top of the site goes to `linked`.
    """

    def turn(address: re.Match[str]) -> str:
        target = unescape(address[2])
        copied = resolve_link(path, target)
        if copied is None or copied not in plan.copies:
            return address[0]
        if not plan.copies[copied].startswith(f"{ARCHIVE}/"):
            linked.add(copied)
            return address[0]
        return f"{address[1]}../{address[2].removeprefix('./')}{address[3]}"

    if any(copied.partition("/")[0] in page for copied in plan.copies):
        page = _TAG.sub(lambda tag: _ADDRESS.sub(turn, tag[0]), page)
    opening = _OPENING.search(page)
    at = opening.end() if opening is not None else 0
    return f"{page[:at]}{_render_mark(path, plan)}\n{page[at:]}"


def _render_mark(path: str, plan: Plan) -> str:
    """Return the line that leads from a page of a past term to the current one."""
    name = plan.course.syllabus.term.name
    which = f": <bdi>{escape(name)}</bdi>" if name else ""
    home = relative_link(path, f"../{TOP}")
    return (
        '<aside class="past-term" aria-label="Past term">'
        f'<p>This site is of a past term{which}. <a href="{home}">Go to the current term</a></p></aside>'
    )


def write_archive(source: Path, frozen: FrozenTerm) -> None:
    """Write a frozen term into the course's `archive/`, whole or not at all; raise `OSError` where the machine refuses.

    Everything is written beside its place first. The folder comes last: a program that is killed before leaves at most
    the list of sums, and a build says so.
    """
    archive = source / ARCHIVE
    is_new = not archive.exists()
    archive.mkdir(exist_ok=True)
    place, sums = archive / frozen.name, archive / f"{frozen.name}.sums"
    beside = Path(tempfile.mkdtemp(prefix=TEMPORARY, dir=archive))
    try:
        for path, content in frozen.files.items():
            target = beside / "site" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as file:
                for piece in pieces_of(content):
                    file.write(piece)
        (beside / "sums").write_bytes(frozen.sums.encode("utf-8"))
        (beside / "sums").replace(sums)
        (beside / "site").rename(place)
    except BaseException:
        if not place.exists():
            sums.unlink(missing_ok=True)
        raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)
        if is_new:
            with suppress(OSError):
                archive.rmdir()  # which only an empty one allows

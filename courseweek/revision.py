"""Which notes a build has to make again where nothing but their texts has changed, and whether that is enough.

Such a change concerns no other page: what other pages show of a note comes before its text, and places to which they
link must still be there. All other pages stay as they were published, without being read, recalled or compared.
Whatever is not sure, or is wrong with the notes, is left to a build of the whole site, so the bytes are the same.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from urllib.parse import unquote

from courseweek.cache import Memory
from courseweek.checks.output.flaws import describe_site
from courseweek.checks.output.readback import describe_page, read_back, recall_facts
from courseweek.checks.output.selfcheck import SelfCheckError, check_facts
from courseweek.checks.passages import list_passages
from courseweek.checks.prose.walk import CourseFacts, check_passages
from courseweek.checks.site.rules import check_pages
from courseweek.diagnostics import Diagnostics
from courseweek.files.paths import resolve_link
from courseweek.files.project import Project
from courseweek.files.receipt import NOTES, NoteMark, Receipt, Sources, hash_bytes
from courseweek.frozen import dataclass
from courseweek.model.published import Published
from courseweek.outputs.data import PATH as COURSE_JSON
from courseweek.outputs.search import revise_search
from courseweek.pipeline import open_dependencies, outline_site
from courseweek.plan.parts import Part
from courseweek.plan.plan import CALENDAR_ENDING, READINGS_SCRIPT, SEARCH, Plan
from courseweek.published.citations.citation_files import FORMATS, list_citation_files
from courseweek.published.published import read_published
from courseweek.render.pages import RenderedPages, SiteRenderer
from courseweek.render.scribe import Scribe
from courseweek.render.sizes import most_of_site
from courseweek.schedule.focus import focus_on

MOST_CHANGED = 50
"""Notes that have changed; where more have, a build of the whole site loses little."""
WITHOUT_TEXTS = frozenset(
    {"course.json", "syllabus.md", "syllabus.pdf", "course.md", "course.pdf", "feed.xml", READINGS_SCRIPT}
)
"""The files beside pages and assets in which nothing of the text of a note is, besides calendars and citations. In
`search.js` it has a line."""
_ASSET = re.compile(r"assets/[^\"<>\r\n]*")
"""Where an asset may be named, to the end of the line: an asset that no page names is counted, or stays away."""


@dataclass(frozen=True, slots=True)
class NotesOnly(Project):
    """A course with all of its files but the notes, of which it has only `notes`, by their names."""

    notes: frozenset[str] = frozenset()

    def files(self, folder: str, found: Diagnostics) -> tuple[str, ...]:
        """Return the files below a folder, as `Project` does."""
        names = Project.files(self, folder, found)
        if folder != "content":
            return names
        return tuple(name for name in names if not _is_note(f"content/{name}") or f"content/{name}" in self.notes)


def _is_note(name: str) -> bool:
    return name.startswith(NOTES) and name.endswith(".md")


def mark_notes(plan: Plan, rendered: RenderedPages, made: Mapping[str, object]) -> dict[str, NoteMark]:
    """Return the marks of the notes that a later build can make alone: those that show no part of the course.

    There are none where the site has files besides pages and assets that may be made of the texts of notes.
    """
    citations = {f"{name}.{format}" for name in list_citation_files(plan.course, plan.schedule) for format in FORMATS}
    others = made.keys() - WITHOUT_TEXTS - citations - {SEARCH, *plan.assets} - rendered.html.keys()
    if not all(path.endswith(CALENDAR_ENDING) for path in others):
        return {}
    marks = {}
    for page in plan.pages:
        if page.source is None or page.path not in rendered.html or not f"content/{page.source.name}".startswith(NOTES):
            continue
        if not any(isinstance(block, Part) for block in page.blocks):
            head = page.source.body.source.text[: page.source.body.start]
            marks[page.path] = NoteMark(len(head), _hash_text(head), rendered.around[page.path])
    return marks


@dataclass(frozen=True, slots=True)
class _SiteInPlace:
    """The site that is there: its folder, and its receipt."""

    output: Path
    receipt: Receipt

    def read(self, path: str) -> bytes | None:
        """Return the bytes of one of its files, or None: it has none of this path, or a damaged one."""
        made = self.receipt.made.get(path)
        try:
            page = (self.output / path).read_bytes() if made is not None else None
        except OSError:
            return None
        return page if page is not None and hash_bytes(page) == made else None


def revise(
    source: Path,
    output: Path,
    now: datetime,
    receipt: Receipt,
    sources: Sources,
    changed: frozenset[str],
    memory: Memory,
    scribe: Scribe | None = None,
) -> tuple[dict[str, bytes], Receipt] | None:
    """Return the pages of the changed notes and `search.js` by path, and the receipt of the site with them.

    None where the whole site has to be made. The output folder holds what `receipt` says.
    """
    if len(changed) > MOST_CHANGED:
        return None
    paths = {f"{name.removeprefix('content/').removesuffix('.md')}.html": name for name in changed}
    project = NotesOnly(source, output, notes=changed)
    if not all(_begins_alike(project, name, receipt.marks.get(path)) for path, name in paths.items()):
        return None
    published = _SiteInPlace(output, receipt)
    found = Diagnostics()
    try:
        remade = _remake(project, now, found, published, memory, scribe)
    except SelfCheckError:
        return None
    if remade is None:
        return None
    rendered, search, copied = remade
    if found.found or rendered.html.keys() != paths.keys():
        return None
    weight = receipt.weight
    for path, page in rendered.html.items():
        before = published.read(path)
        if before is None or not _takes_place(path, rendered, before, receipt):
            return None
        weight += len(page) - len(before)
    if weight > most_of_site(sum(map(_is_page, receipt.made.keys() - copied))):
        return None
    files = {**rendered.html, SEARCH: search}
    made = {**receipt.made, **{path: hash_bytes(data) for path, data in files.items()}}
    return files, replace(receipt, made=made, sources=sources, weight=weight)


def _remake(
    project: NotesOnly,
    now: datetime,
    found: Diagnostics,
    published: _SiteInPlace,
    memory: Memory,
    scribe: Scribe | None,
) -> tuple[RenderedPages, bytes, frozenset[str]] | None:
    """Return the pages of the notes of a project, rendered and checked, `search.js`, and the paths of what is copied.

    None where the course could not be dated, the site lacks what it says of itself, or `search.js` is damaged.
    """
    receipt = published.receipt
    # Nothing but texts has changed, so what is new since it was public is in the site already.
    course_json = published.read(COURSE_JSON)
    previous = read_published(course_json) if course_json is not None else None
    if not isinstance(previous, Published):
        return None
    site = outline_site(open_dependencies(project, memory), now, found, previous=previous)
    if site is None:
        return None
    # Other notes were not read, and a link to one of them leads somewhere all the same.
    plan = replace(site.plan, others=receipt.places, withheld=receipt.withheld)
    before = published.read(SEARCH)
    search = revise_search(before, plan) if before is not None else None
    if search is None:
        return None
    changed = {f"{note.page.name}.html" for note in plan.notes}
    some = [page for page in plan.pages if page.path in changed]
    layouts = site.dependencies.layouts
    focus = focus_on(plan.schedule, plan.now, follow_next=plan.course.syllabus.site.highlight == "next meeting")
    renderer = SiteRenderer(plan, focus, layouts, found, memory, describe_page)
    for _ in renderer.render_ahead(scribe, some):
        pass  # so few pages need no progress
    rendered = renderer.finish(some)
    copied = frozenset(plan.copies)
    pages = check_pages(plan, _with_targets(rendered, published, copied), found)
    rules = (*pages, check_passages(list_passages(plan.course, plan.schedule), CourseFacts(plan.course, plan.schedule)))
    for diagnostic in chain.from_iterable(rules):
        found.add(diagnostic)
    if not found.has_errors():
        facts = {path: recall_facts(described) for path, described in rendered.described.items()}
        made = describe_site(plan, receipt.made, b"")
        for diagnostic in check_facts(plan, rendered, facts, made, layouts, tuple(found)):
            found.add(diagnostic)
    return rendered, search, copied


def _with_targets(rendered: RenderedPages, published: _SiteInPlace, copied: frozenset[str]) -> RenderedPages:
    """Return the pages with those on which a link of theirs leads to a place."""
    html = dict(rendered.html)
    for each in rendered.prose:
        for target in each.findings.targets:
            path = resolve_link(each.page.path, target) if "#" in target else None
            if not path or path in html or path in copied or not _is_page(path):
                continue
            page = published.read(path)
            if page is not None:
                html[path] = page
    return replace(rendered, html=html)


def _is_page(path: str) -> bool:
    return path.endswith(".html") and not path.startswith("assets/")


def _takes_place(path: str, rendered: RenderedPages, before: bytes, receipt: Receipt) -> bool:
    """Return whether a page can take the place of the one before without a change of anything else."""
    old, new = read_back(before), recall_facts(rendered.described[path])
    if rendered.around[path] != receipt.marks[path].around or not set(old.ids) <= set(new.ids):
        return False
    if receipt.later and not {target for target, _ in new.links} <= {target for target, _ in old.links}:
        return False
    return _named_assets(before) == _named_assets(rendered.html[path])


def _begins_alike(project: Project, name: str, mark: NoteMark | None) -> bool:
    """Return whether all that comes before the text of a note is as it was."""
    text = project.read_text(name, Diagnostics()) if mark is not None else None
    return text is not None and mark is not None and _hash_text(text.text[: mark.length]) == mark.head


def _hash_text(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()


def _named_assets(page: bytes) -> frozenset[str]:
    text = page.decode("utf-8")
    return frozenset(_ASSET.findall(text)) | frozenset(_ASSET.findall(unquote(html.unescape(text))))

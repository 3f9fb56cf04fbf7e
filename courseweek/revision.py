"""Which notes a build has to make anew where nothing but their texts has changed, and whether that is enough.

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
from pathlib import Path
from urllib.parse import unquote

from courseweek.cache import Memory
from courseweek.checks.readback import Facts, read_back, recall_facts
from courseweek.checks.selfcheck import SelfCheckError
from courseweek.diagnostics import Diagnostics
from courseweek.frozen import dataclass
from courseweek.parts import Part
from courseweek.pipeline import Rest, remake_notes
from courseweek.plan import MACHINE_FILES, Plan
from courseweek.project import Project
from courseweek.receipt import NOTES, NoteMark, Receipt, Sources, hash_bytes
from courseweek.render.pages import RenderedPages
from courseweek.render.scribe import Scribe
from courseweek.render.sizes import most_of_site

MOST_CHANGED = 50
"""Notes that have changed; where more have, a build of the whole site loses little."""
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


def mark_notes(plan: Plan, drawn: RenderedPages, made: Mapping[str, object]) -> dict[str, NoteMark]:
    """Return the marks of the notes that a later build can make alone: those that show no part of the course.

    There are none where the site has files besides pages and assets that may be made of the texts of notes.
    """
    if any(not path.startswith("assets/") and path not in drawn.html for path in made.keys() - set(MACHINE_FILES)):
        return {}
    marks = {}
    for page in plan.pages:
        if page.source is None or page.path not in drawn.html or not f"content/{page.source.name}".startswith(NOTES):
            continue
        if not any(isinstance(block, Part) for block in page.blocks):
            head = page.source.body.source.text[: page.source.body.start]
            marks[page.path] = NoteMark(len(head), _hash_text(head), drawn.around[page.path])
    return marks


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
    """Return the pages of the changed notes by path, and the receipt of the site with them.

    None where the whole site has to be made. The output folder holds what `receipt` says.
    """
    if len(changed) > MOST_CHANGED:
        return None
    paths = {f"{name.removeprefix('content/').removesuffix('.md')}.html": name for name in changed}
    project = NotesOnly(source, output, notes=changed)
    if not all(_begins_alike(project, name, receipt.marks.get(path)) for path, name in paths.items()):
        return None

    def read(path: str) -> bytes | None:
        try:
            page = (output / path).read_bytes() if path in receipt.made else None
        except OSError:
            return None
        return page if page is not None and hash_bytes(page) == receipt.made[path] else None

    before = {path: read(path) for path in paths}
    found = Diagnostics()
    rest = Rest(receipt.places, receipt.withheld, frozenset(receipt.made), read)
    try:
        drawn = remake_notes(project, now, found, rest, memory, scribe)
    except SelfCheckError:
        return None
    if drawn is None or found.found or drawn.html.keys() != paths.keys():
        return None
    weight = receipt.weight
    for path, page in drawn.html.items():
        old = before[path]
        if old is None or drawn.around[path] != receipt.marks[path].around:
            return None
        if not _serves(read_back(old), recall_facts(drawn.described[path]), later=receipt.later):
            return None
        if _named_assets(old) != _named_assets(page):
            return None
        weight += len(page) - len(old)
    pages = sum(path.endswith(".html") and not path.startswith("assets/") for path in receipt.made)
    if weight > most_of_site(pages):
        return None
    made = {**receipt.made, **{path: hash_bytes(page) for path, page in drawn.html.items()}}
    return drawn.html, replace(receipt, made=made, sources=sources, weight=weight)


def _begins_alike(project: Project, name: str, mark: NoteMark | None) -> bool:
    """Tell whether all that comes before the text of a note is as it was."""
    text = project.read_text(name, Diagnostics()) if mark is not None else None
    return text is not None and mark is not None and _hash_text(text.text[: mark.length]) == mark.head


def _hash_text(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()


def _serves(old: Facts, new: Facts, *, later: bool) -> bool:
    """Tell whether a page can take the place of another for all that link to it, and for what appears `later`."""
    if not set(old.ids) <= set(new.ids):
        return False
    return not later or {target for target, _ in new.links} <= {target for target, _ in old.links}


def _named_assets(page: bytes) -> frozenset[str]:
    text = page.decode("utf-8")
    return frozenset(_ASSET.findall(text)) | frozenset(_ASSET.findall(unquote(html.unescape(text))))

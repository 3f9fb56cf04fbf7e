"""The files of a previewed course: each is read once, and again when the watcher says that it has changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from pathlib import Path

from courseweek.diagnostics import Diagnostics, Source
from courseweek.files.paths import normal_form
from courseweek.files.project import LARGEST_ASSET, Project
from courseweek.files.stored import Content
from courseweek.frozen import dataclass
from courseweek.model.past_term import ARCHIVE
from courseweek.pipeline import Dependencies
from courseweek.serve.watcher import FileFacts, look_at


@dataclass(frozen=True, slots=True)
class CachedProject(Project):
    """A course's folder that remembers texts and listings; `asked` are the facts of files before they were read.

    Nothing is remembered of a file that is reported: it is read again each time.
    """

    asked: dict[Path, FileFacts | None] = field(default_factory=dict)
    texts: dict[str, Source] = field(default_factory=dict)
    listings: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def read_text(self, name: str, found: Diagnostics, *, largest: int | None = None) -> Source | None:
        """Return the text of a file, from memory if it has not changed."""
        kept = self.texts.get(name)
        if kept is not None:
            return kept
        total = found.total
        source = Project.read_text(self, name, found, largest=largest)
        if source is not None and found.total == total:
            self.texts[name] = source
        return source

    def read_content(
        self, name: str, found: Diagnostics, *, largest: int = LARGEST_ASSET, held: int = 0
    ) -> Content | None:
        """Read a file as any project does."""
        path = self.source / self.spell(name)
        self.asked[path] = look_at(path)
        return Project.read_content(self, name, found, largest=largest, held=held)

    def files(self, folder: str, found: Diagnostics) -> tuple[str, ...]:
        """Return the files below a folder, from memory if none was added or removed."""
        kept = self.listings.get(folder)
        if kept is not None:
            return kept
        total = found.total
        names = Project.files(self, folder, found)
        if found.total == total:
            self.listings[folder] = names
        return names

    def name_of(self, path: Path) -> str | None:
        """Return the name of a file in the course's folder, or None for one outside it."""
        return normal_form(path.relative_to(self.source).as_posix()) if path.is_relative_to(self.source) else None

    def forget(self, changed: Iterable[Path]) -> None:
        """Read these files again when they are needed."""
        self._folders.clear()  # any of them may be a link by now
        for path in changed:
            name = self.name_of(path)
            if name is None:
                continue
            self.texts.pop(name, None)
            folder, _, inner = name.partition("/")
            if (inner in self.listings.get(folder, ())) != path.exists():
                self.listings.pop(folder, None)


def forget_files(dependencies: Dependencies, project: CachedProject, changed: Iterable[Path]) -> None:
    """Forget what sites learned of these files, and read them and the layouts among them again when needed."""
    changed = tuple(changed)
    project.forget(changed)
    for name in filter(None, map(project.name_of, changed)):
        dependencies.readable.discard(name)
        dependencies.scripts.pop(name, None)
        if name.startswith(f"{ARCHIVE}/") and name.endswith(".sums"):
            folder = f"{name.removesuffix('.sums')}/"
            dependencies.readable -= {each for each in dependencies.readable if each.startswith(folder)}
    if any(path.is_relative_to(folder) for path in changed for folder in dependencies.layouts.folders):
        dependencies.renew_layouts()

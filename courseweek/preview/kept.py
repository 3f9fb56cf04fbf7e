"""A course's folder whose files are read once, until the watcher says that they have changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from pathlib import Path

from courseweek.checks.site.scripts import Running
from courseweek.diagnostics import Diagnostics, Source
from courseweek.frozen import dataclass
from courseweek.paths import normal_form
from courseweek.preview.watcher import Facts, look_at
from courseweek.project import LARGEST_ASSET, Project
from courseweek.stored import Content


@dataclass(frozen=True, slots=True)
class KeptProject(Project):
    """A course's folder that remembers texts and listings; `asked` are the files' facts before they were read.

    Nothing is remembered of what was complained about: it is looked at anew each time.
    """

    asked: dict[Path, Facts | None] = field(default_factory=dict)
    texts: dict[str, Source] = field(default_factory=dict)
    listings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sound: set[str] = field(default_factory=set)
    """The assets that could be read."""
    running: dict[str, Running | None] = field(default_factory=dict)
    """What a browser would run of the assets that were searched for scripts."""

    def read_text(self, name: str, found: Diagnostics) -> Source | None:
        """Return the text of a file, from memory if it has not changed."""
        kept = self.texts.get(name)
        if kept is not None:
            return kept
        total = found.total
        source = Project.read_text(self, name, found)
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
        """Return the files below a folder, from memory if none came or went."""
        kept = self.listings.get(folder)
        if kept is not None:
            return kept
        total = found.total
        names = Project.files(self, folder, found)
        if found.total == total:
            self.listings[folder] = names
        return names

    def forget(self, changed: Iterable[Path]) -> None:
        """Read these files again when they are asked for."""
        self._folders.clear()  # any of them may be a link by now
        for path in changed:
            if not path.is_relative_to(self.source):
                continue
            name = normal_form(path.relative_to(self.source).as_posix())
            self.texts.pop(name, None)
            self.sound.discard(name)
            self.running.pop(name, None)
            folder, _, inner = name.partition("/")
            if (inner in self.listings.get(folder, ())) != path.exists():
                self.listings.pop(folder, None)

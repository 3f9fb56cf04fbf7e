"""What the benchmark asks of a builder: its files, its commands, and where it puts its pages."""

from __future__ import annotations

import os
import shutil
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import ClassVar

from benchmarks.course import Course, Note


class Change(Enum):
    """What happened since the last build, in the words of the table."""

    ALL = "nothing built yet"
    NONE = "nothing changed"
    NOTE = "one note changed"
    READING = "one reading changed"


@dataclass(frozen=True, slots=True)
class Command:
    """What is run in the folder of a site, with what it needs in its environment."""

    words: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)


class Peer(ABC):
    """A builder at its best settings: one configuration for all work, but for documented options of a rebuild."""

    name: ClassVar[str]
    how_to_get: ClassVar[str]
    # What is told about it in the notes on fairness.
    settings: ClassVar[str]
    output: ClassVar[str]
    # What it remembers between builds; removed, with its output, before a build that begins from nothing.
    memory: ClassVar[Sequence[str]] = ()

    def __init__(self, program: Path, version: str) -> None:
        self.program = program
        self.version = version

    @classmethod
    def find(cls, folders: Sequence[Path]) -> Peer | None:
        """Return the builder if it is installed in one of the folders, or is found as commands are found."""
        program = find_program(cls.name.lower(), folders)
        if program is None:
            return None
        asked = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
        return cls(program, read_version(asked.stdout)) if asked.returncode == 0 else None

    @classmethod
    @abstractmethod
    def frame(cls) -> Mapping[str, str]:
        """Return the files that do not depend on the course: configuration, layouts, style."""

    @classmethod
    @abstractmethod
    def course_files(cls, course: Course) -> Mapping[str, str]:
        """Return the files that hold the meetings and the readings."""

    @classmethod
    @abstractmethod
    def note_file(cls, course: Course, note: Note) -> tuple[str, str]:
        """Return the path and the text of a note."""

    @abstractmethod
    def build(self, change: Change) -> Command:
        """Return the quickest command that builds rightly after a change."""

    @abstractmethod
    def serve(self, port: int) -> Command | None:
        """Return the command that serves a preview on 127.0.0.1, or None if there is none."""

    @classmethod
    def lay_out(cls, folder: Path, course: Course) -> None:
        """Write the site of the course into the folder."""
        files = dict(cls.frame()) | dict(cls.course_files(course))
        files |= dict(cls.note_file(course, note) for note in course.notes)
        for path, text in files.items():
            replace_file(folder / path, text)

    def forget(self, folder: Path) -> None:
        """Remove what was built and what is remembered."""
        for name in (self.output, *self.memory):
            path = folder / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)

    def home_page(self) -> str:
        """Return the path of the page with the schedule in the output."""
        return "index.html"

    def note_page(self, note: Note) -> str:
        """Return the path of a note's page in the output."""
        return f"notes/{note.name}.html"


def replace_file(path: Path, text: str) -> None:
    """Write a file as editors do: beside its place, then by rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.parent / f".{path.name}.tmp"
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def find_program(name: str, folders: Sequence[Path]) -> Path | None:
    """Return the path of a command, from the folders before those of the environment."""
    found = shutil.which(name, path=os.pathsep.join([*map(str, folders), os.environ.get("PATH", "")]))
    return Path(found) if found else None


def find_in(folders: Sequence[Path], name: str) -> Path | None:
    """Return the path of a command in one of the folders, and in these only."""
    found = shutil.which(name, path=os.pathsep.join(map(str, folders))) if folders else None
    return Path(found) if found else None


def read_version(text: str) -> str:
    """Return the first word of what a command says about itself that looks like a version."""
    words = (word.strip("v,()") for word in text.split())
    return next((word.split("-")[0] for word in words if word[:1].isdigit() and "." in word), "unknown")

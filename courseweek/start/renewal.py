"""What changes in the files of a course when another version of the program is to build it."""

from __future__ import annotations

import errno
import re
from pathlib import Path

from courseweek.frozen import dataclass
from courseweek.start.requirement import REQUIREMENTS, VENDOR, Requirement
from courseweek.start.scaffold import list_schemas
from courseweek.start.workflows import renew_comparison

_OURS = re.compile(r"^(?:courseweek\b(?![-.\w])|\./vendor/courseweek-).*$", re.MULTILINE | re.IGNORECASE)
"""The line of requirements.txt that names the program."""


@dataclass(frozen=True, slots=True)
class Renewal:
    """What is written and what is removed, by path.

    `compared` says whether some workflow compares the wheel with its sum.
    """

    written: tuple[tuple[Path, bytes], ...]
    removed: tuple[Path, ...]
    compared: bool


def renew_requirement(folder: Path, requirement: Requirement) -> Renewal:
    """Return what changes in a course so that this program builds it; nothing is written.

    What else is in requirements.txt stays. Schemas are renewed where the course has them. What is written is in this
    order: after each file, what the others name is there. Raises `OSError` if a file can't be read, or
    something else has the name of one.
    """
    wanted = {folder / path: data for path, data in requirement.files.items()}
    requirements = folder / REQUIREMENTS
    if requirements.is_file():
        wanted[requirements] = _renew_line(_read(requirements), requirement).encode("utf-8")
    schemas = {folder / path: text for path, text in list_schemas().items()}
    wanted |= {path: text for path, text in schemas.items() if path.is_file()}
    top = _find_top(folder)
    subfolder = folder.relative_to(top).as_posix() if folder != top else ""
    compared = False
    for path in sorted((top / ".github" / "workflows").glob("*.yml")):
        renewed = renew_comparison(_read(path), requirement, subfolder)
        if renewed is not None:
            wanted[path] = renewed.encode("utf-8")
            compared = True
    changed = [(path, data) for path, data in wanted.items() if not path.is_file() or path.read_bytes() != data]
    old = [path for path in sorted((folder / VENDOR).glob("courseweek-*.whl")) if path not in wanted]
    for path in (*wanted, *old):
        _check_place(path, top)
    return Renewal(tuple(sorted(changed, key=lambda each: each[0] == requirements)), tuple(old), compared)


def _check_place(path: Path, top: Path) -> None:
    """Raise `OSError` if a folder has the name of a file, or a file that of a folder above it."""
    if path.is_dir():
        raise OSError(errno.EISDIR, "it is a folder", str(path))
    for above in path.relative_to(top).parents:
        if (top / above).exists() and not (top / above).is_dir():
            raise OSError(errno.ENOTDIR, "it is not a folder", str(top / above))


def _read(path: Path) -> str:
    """Return the text of a file with its line ends as they are."""
    if path.is_dir():  # what the system says of it differs
        raise OSError(errno.EISDIR, "it is a folder", str(path))
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise OSError(errno.EILSEQ, "it is not UTF-8", str(path)) from None


def _renew_line(text: str, requirement: Requirement) -> str:
    """Return the text of requirements.txt with this program in place of the one that it names."""
    renewed, found = _OURS.subn(lambda _: requirement.line, text, count=1)
    if found:
        return renewed
    ending = "" if not text or text.endswith("\n") else "\n"
    return f"{text}{ending}{requirement.line}\n"


def _find_top(folder: Path) -> Path:
    """Return the top of the repository that a course is in; the course's folder if it is in none."""
    return next((each for each in (folder, *folder.parents) if (each / ".git").exists()), folder)

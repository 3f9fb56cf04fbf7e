"""How a course gets the program that builds it: from an index, from a repository, or in a wheel of its own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from courseweek import __version__
from courseweek.frozen import dataclass
from courseweek.start.wheel import PACKAGE, pack_wheel, read_constraints

VENDOR = "vendor"
"""The folder of a course that holds the wheel."""
REQUIREMENTS = "requirements.txt"
_CONSTRAINTS = "constraints.txt"
_TOP = """\
# The version of Courseweek that builds this site. To install it, run `pip install -r requirements.txt` in this folder.
# `courseweek pin` writes the line of Courseweek.
-c constraints.txt
"""
_HEAD = """\
# The versions of the packages that Courseweek needs. `courseweek pin` writes this file.
"""


@dataclass(frozen=True, slots=True)
class Requirement:
    """How a course gets the program.

    `line` names the program to pip. `files` are the files that do it, by their paths in the course's folder:
    `requirements.txt`, `constraints.txt` and, if the course carries the program, the wheel. `wheel` is the path of
    that wheel and `sha256` its sum; both are None for a program from an index or a repository.
    """

    line: str
    files: Mapping[str, bytes]
    wheel: str | None = None
    sha256: str | None = None


def find_program() -> Distribution | None:
    """Return what is recorded of the installed program; None for a checkout that is not installed."""
    try:
        return distribution("courseweek")
    except PackageNotFoundError:
        return None


def choose_requirement(installed: Distribution | None) -> Requirement:
    """Return how a course gets the running program: from where it came, so that it is the same one.

    `installed` is what `find_program` returns. A program from an index is named by its version, one from a Git
    repository by its commit (PEP 610). Any other is packed into a wheel. Raises `OSError` or `LookupError` if that
    can't be done.
    """
    constraints = read_constraints(installed)
    line = _name_origin(installed) if installed is not None else None
    if line is not None and installed is not None:
        return Requirement(line, _write_files(line, _pin(installed.requires or (), constraints)))
    wheel = pack_wheel(installed)
    path = f"{VENDOR}/{wheel.name}"
    files = _write_files(f"./{path}", _pin(wheel.requires, constraints))
    return Requirement(f"./{path}", {**files, path: wheel.data}, path, wheel.sha256)


def _name_origin(installed: Distribution) -> str | None:
    """Return the requirement that brings the running program from where it came; None if nobody else can get it."""
    package = Path(str(installed.locate_file("courseweek")))
    if not package.is_dir() or not package.samefile(PACKAGE):
        return None  # a checkout runs, and something else is installed
    recorded = installed.read_text("direct_url.json")
    if recorded is None:
        return f"courseweek=={__version__}"
    try:
        origin = json.loads(recorded)
        vcs = origin["vcs_info"]
        url = urlsplit(origin["url"])
        if vcs["vcs"] != "git" or url.scheme != "https":  # a workflow has no key for ssh
            return None
        public = urlunsplit(url._replace(netloc=url.netloc.rpartition("@")[2]))
        folder = f"#subdirectory={origin['subdirectory']}" if origin.get("subdirectory") else ""
        return f"courseweek @ git+{public}@{vcs['commit_id']}{folder}"
    except (ValueError, KeyError, TypeError):
        return None


def _write_files(line: str, pins: Mapping[str, str]) -> dict[str, bytes]:
    """Return the two text files of a requirement."""
    constraints = _HEAD + "".join(f"{name}=={version}\n" for name, version in sorted(pins.items()))
    return {REQUIREMENTS: f"{_TOP}{line}\n".encode(), _CONSTRAINTS: constraints.encode()}


def _pin(requires: Iterable[str], constraints: str) -> dict[str, str]:
    """Return the versions of all packages that the program needs, by name.

    They are those of `constraints`, the text of the program's own. A package that these don't name has the version
    that is installed.
    """
    tested = {
        name: version for name, same, version in (line.partition("==") for line in constraints.splitlines()) if same
    }
    pins: dict[str, str] = {}
    left = list(requires)
    while left:
        name, _, marker = left.pop().partition(";")
        name = _normalize_name(name)
        if name in pins or re.search(r"\bextra\b", marker):
            continue
        try:
            found = distribution(name)
        except PackageNotFoundError:  # which another system needs
            found = None
        version = tested.get(name) or (found.version if found is not None else None)
        if version is not None:
            pins[name] = version
        left += (found.requires or ()) if found is not None else ()
    return pins


def _normalize_name(text: str) -> str:
    """Return the name at the start of a requirement, normalized (PyPA, names and normalization)."""
    match = re.match(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)", text)
    return re.sub(r"[-_.]+", "-", match[1]).lower() if match else ""

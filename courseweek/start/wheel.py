"""A wheel of the program that is running: what a course carries when no index and no repository has this program.

Its bytes depend on the program's own files alone: a checkout, an editable install and a wheel of them give the same.
The version ends with a hash of the contents (PEP 440, local version), because pip leaves an installed program as it is
when a wheel in a folder has the same version.
"""

from __future__ import annotations

import base64
import csv
import io
import os
import re
import tomllib
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from importlib.metadata import Distribution
from pathlib import Path
from typing import Any

from courseweek import __version__
from courseweek.frozen import dataclass

PACKAGE = Path(__file__).resolve().parents[1]
"""The folder of the package that is running."""
_NAME = "courseweek"
_CONSTRAINTS = "extra_metadata/constraints.txt"
"""Where an installed program has the versions with which its tests passed."""
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The time of each file in the wheel: the first that a ZIP file can hold."""
_LEFT_OUT = re.compile(r"__pycache__|\.DS_Store|.*(?:\.py[co]|\.swp|~)")
"""What Python, editors and systems leave in a folder."""
_SPECIFIER = re.compile(r"\s*(?P<name>[\w.-]+(?:\[[^\]]*\])?)\s*(?P<range>[^;]*?)\s*(?P<marker>;.*)?")


@dataclass(frozen=True, slots=True)
class Wheel:
    """A wheel: the name of its file (PyPA, binary distribution format), its bytes, and what it requires."""

    name: str
    data: bytes
    requires: tuple[str, ...]

    @property
    def sha256(self) -> str:
        """The SHA-256 of its bytes, as `sha256sum` writes it."""
        return sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class _Program:
    """What a wheel is packed from: the package's files by their paths in the wheel, and what describes them."""

    files: Mapping[str, bytes]
    summary: str
    license: str
    python: str
    requires: tuple[str, ...]
    scripts: tuple[tuple[str, str], ...]
    license_text: bytes
    constraints: bytes


def find_checkout() -> Path | None:
    """Return the checkout that the running package is in; None if it is installed."""
    try:
        project = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return PACKAGE.parent if project.get("project", {}).get("name") == _NAME else None


def read_constraints(installed: Distribution | None) -> str:
    """Return the text of the constraints that the program comes with: versions with which its tests passed."""
    checkout = find_checkout()
    if checkout is not None:
        return (checkout / "constraints.txt").read_text(encoding="utf-8")
    return (installed.read_text(_CONSTRAINTS) if installed is not None else None) or ""


def pack_wheel(installed: Distribution | None) -> Wheel:
    """Return a wheel of the running program.

    `installed` is the metadata of the installed package; a checkout needs none. Raises `OSError` if a file of the
    program can't be read, and `LookupError` if the program is neither installed nor a checkout.
    """
    checkout = find_checkout()
    if checkout is not None:
        program = _read_checkout(checkout)
    elif installed is not None:
        program = _read_installed(installed)
    else:
        raise LookupError("this copy of Courseweek has no metadata")
    described = _describe(program)
    contents = sorted([*program.files.items(), *described.items()])
    sums = "".join(f"{sha256(data).hexdigest()} {name}\n" for name, data in contents)
    # With a letter in front, because digits alone would be a number without its leading zeros.
    version = f"{__version__}+c{sha256(sums.encode()).hexdigest()[:10]}"
    info = f"{_NAME}-{version}.dist-info"
    described["METADATA"] = described["METADATA"].replace(b"\nVersion: ", f"\nVersion: {version}".encode(), 1)
    data = _zip({**program.files, **{f"{info}/{name}": each for name, each in described.items()}}, f"{info}/RECORD")
    return Wheel(f"{_NAME}-{version}-py3-none-any.whl", data, program.requires)


def _read_checkout(folder: Path) -> _Program:
    """Return the program in a checkout, by the tables of pyproject.toml that hatchling goes by too."""
    tables: dict[str, Any] = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
    project, packed = tables["project"], tables["tool"]["hatch"]["build"]["targets"]["wheel"]
    files: dict[str, bytes] = {}
    for included in packed["only-include"]:
        files |= _read_files(folder / included, packed["sources"].get(included, included))
    return _Program(
        files=files,
        summary=project["description"],
        license=project["license"],
        python=project["requires-python"],
        requires=_normalize(project["dependencies"]),
        scripts=tuple(sorted(project["scripts"].items())),
        license_text=(folder / "LICENSE").read_bytes(),
        constraints=read_constraints(None).encode(),
    )


def _read_installed(installed: Distribution) -> _Program:
    """Return the program in a `site-packages` folder."""
    known = installed.metadata
    return _Program(
        files=_read_files(PACKAGE, _NAME),
        summary=known["Summary"],
        license=known["License-Expression"],
        python=known["Requires-Python"],
        requires=_normalize(each for each in installed.requires or () if "extra ==" not in each),
        scripts=tuple(sorted((each.name, each.value) for each in installed.entry_points)),
        license_text=(installed.read_text("licenses/LICENSE") or "").encode(),
        constraints=read_constraints(installed).encode(),
    )


def _read_files(top: Path, name: str) -> dict[str, bytes]:
    """Return the bytes of all files of a folder, by their paths in a wheel that calls it `name`."""
    return {f"{name}/{path.relative_to(top).as_posix()}": path.read_bytes() for path in _walk(top)}


def _walk(top: Path) -> Iterator[Path]:
    for where, folders, names in os.walk(top):
        folders[:] = [each for each in folders if not _LEFT_OUT.fullmatch(each)]
        yield from (Path(where, each) for each in names if not _LEFT_OUT.fullmatch(each))


def _normalize(requires: Iterable[str]) -> tuple[str, ...]:
    """Return requirements in one spelling: a checkout and a wheel write the same range in another order."""
    found = []
    for each in requires:
        match = _SPECIFIER.fullmatch(each)
        if match is None:
            raise ValueError(each)
        ranges = ",".join(sorted(part.strip() for part in match["range"].strip("()").split(",")))
        found.append(f"{match['name']}{ranges}{match['marker'] or ''}")
    return tuple(sorted(found))


def _describe(program: _Program) -> dict[str, bytes]:
    """Return the files of `.dist-info` but its record (PyPA, core metadata); the version is still empty."""
    metadata = [
        "Metadata-Version: 2.4",
        f"Name: {_NAME}",
        "Version: ",
        f"Summary: {program.summary}",
        f"License-Expression: {program.license}",
        "License-File: LICENSE",
        f"Requires-Python: {program.python}",
        *(f"Requires-Dist: {each}" for each in program.requires),
    ]
    wheel = ["Wheel-Version: 1.0", f"Generator: {_NAME}", "Root-Is-Purelib: true", "Tag: py3-none-any"]
    scripts = ["[console_scripts]", *(f"{name} = {value}" for name, value in program.scripts)]
    texts = {"METADATA": metadata, "WHEEL": wheel, "entry_points.txt": scripts}
    described = {name: "".join(f"{line}\n" for line in lines).encode() for name, lines in texts.items()}
    return {**described, "licenses/LICENSE": program.license_text, _CONSTRAINTS: program.constraints}


def _zip(files: Mapping[str, bytes], record: str) -> bytes:
    """Return a wheel of files with their record, which comes last as the format asks for.

    Nothing is compressed: compressed bytes differ with the version of zlib, and Git compresses them itself, as
    differences from the last version.
    """
    table = io.StringIO()
    rows = csv.writer(table, lineterminator="\n")
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, data in sorted(files.items()):
            hashed = base64.urlsafe_b64encode(sha256(data).digest()).rstrip(b"=").decode()
            rows.writerow((name, f"sha256={hashed}", len(data)))
            archive.writestr(_entry(name), data)
        rows.writerow((record, "", ""))
        archive.writestr(_entry(record), table.getvalue())
    return made.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EARLIEST)
    entry.create_system = 3  # Unix, on Windows too
    entry.external_attr = 0o100644 << 16
    return entry

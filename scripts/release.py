"""Build the source archive and the wheel of a release into `dist/`, twice, and compare the bytes.

    python scripts/release.py [--tag v0.2.0]

Refuses a tag of another version, a version without a section in CHANGELOG.md, and one that CITATION.cff does not name.
"""

from __future__ import annotations

import argparse
import filecmp
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def read_version(top: Path) -> str:
    """Return the version of the program: the one place that names it is `courseweek/__init__.py`."""
    (version,) = re.findall(
        r'^__version__ = "(.+)"$', (top / "courseweek" / "__init__.py").read_text(encoding="utf-8"), re.MULTILINE
    )
    return str(version)


def find_faults(top: Path, tag: str | None) -> Iterator[str]:
    """Yield why the checkout at `top` can't be released as `tag`; None is any tag."""
    version = read_version(top)
    if tag is not None and tag != f"v{version}":
        yield f"the tag is {tag}, but courseweek/__init__.py says {version}"
    changes = (top / "CHANGELOG.md").read_text(encoding="utf-8")
    if not re.search(rf"^## \[{re.escape(version)}\] - \d{{4}}-\d\d-\d\d$", changes, re.MULTILINE):
        yield f"CHANGELOG.md has no section for {version}"
    if not re.search(rf'^version: "?{re.escape(version)}"?$', (top / "CITATION.cff").read_text("utf-8"), re.MULTILINE):
        yield f"CITATION.cff has another version than {version}"


def build(top: Path, folder: Path) -> list[Path]:
    """Build both files into a folder and return their paths, sorted. Raises `CalledProcessError`."""
    command = [sys.executable, "-m", "hatchling", "build", "--directory", str(folder)]
    subprocess.run(command, cwd=top, check=True, stdout=subprocess.DEVNULL)
    return sorted(folder.iterdir())


def main(arguments: list[str]) -> int:
    """Build, compare, and print the SHA-256 of each file; return the exit code."""
    parser = argparse.ArgumentParser(description="Build a release twice and compare the bytes.")
    parser.add_argument("--tag", help="the tag of the release, such as v0.2.0; it must name the version")
    faults = list(find_faults(ROOT, parser.parse_args(arguments).tag))
    if faults:
        print(*faults, sep="\n", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        first, second = (build(ROOT, Path(folder, name)) for name in ("first", "second"))
        if [each.name for each in first] != [each.name for each in second]:
            print("the two builds have other files", file=sys.stderr)
            return 1
        different = [a.name for a, b in zip(first, second, strict=True) if not filecmp.cmp(a, b, shallow=False)]
        if different:
            print("the two builds differ:", *different, file=sys.stderr)
            return 1
        shutil.rmtree(ROOT / "dist", ignore_errors=True)
        shutil.copytree(Path(folder, "first"), ROOT / "dist")
    for path in sorted((ROOT / "dist").iterdir()):
        print(f"{sha256(path.read_bytes()).hexdigest()}  {path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

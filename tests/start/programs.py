"""Environments with a wheel of the program alone, and distributions as an installer records them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
from importlib.metadata import Distribution, PathDistribution
from pathlib import Path

from courseweek.start.wheel import PACKAGE

# What an installed program can't be: the checkout that pytest puts on the path.
_ALONE = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}


def run(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a program in a folder, without the checkout on the path of Python."""
    return subprocess.run(
        [str(each) for each in arguments],
        cwd=folder,
        env=_ALONE,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def make_environment(folder: Path) -> Path:
    """Make a virtual environment in which the packages of this one are, but not the checkout; return its Python."""
    venv.create(folder)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    packages = Path(
        run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", folder=folder).stdout.strip()
    )
    # A `.pth` file in a folder that comes by a `.pth` file does not count, and one of those leads to the checkout.
    (packages / "packages.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    return python


def install(python: Path, *arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Install into the environment of `python` what the arguments of pip name, without an index."""
    pip = (sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check")
    return run(*pip, "install", "--no-index", "--no-deps", *arguments, folder=folder)


class Recorded(PathDistribution):
    """The running program, as a record in another folder describes it."""

    def locate_file(self, path: str | os.PathLike[str]) -> Path:
        """Return where a file of the distribution is."""
        return PACKAGE.parent / path


def record(folder: Path, origin: object, *, here: bool = True) -> Distribution:
    """Return the running program as if it came from an origin (PEP 610) when it was installed; None is an index.

    Without `here`, it is another copy that is installed, in `folder`.
    """
    (folder / "courseweek").mkdir()
    info = folder / "courseweek-9.9.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        "Metadata-Version: 2.4\nName: courseweek\nVersion: 9.9\nRequires-Dist: markupsafe>=2\n"
        "Requires-Dist: pytest>=8; extra == 'test'\n",
        encoding="utf-8",
    )
    if origin is not None:
        text = origin if isinstance(origin, str) else json.dumps(origin)
        (info / "direct_url.json").write_text(text, encoding="utf-8")
    return Recorded(info) if here else Distribution.at(info)

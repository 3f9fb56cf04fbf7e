"""Write into `constraints.txt` the newest versions of all packages that pyproject.toml allows.

    python scripts/constraints.py

Run the tests with them before you commit what it changed.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HEAD = """\
# The versions of all packages with which the tests passed. Both commands of the README and the workflows install
# these, so that no release of another package decides what is built. `python scripts/constraints.py` renews them.
"""
# What is not one of the packages: this project, and what a virtual environment begins with.
LEFT_OUT = {"courseweek", "pip", "setuptools", "wheel"}


def find_newest(folder: Path) -> dict[str, str]:
    """Install the project with all its extras into a new environment in `folder`; return the versions by name.

    Names are normalized (PyPA, "Names and normalization"). Raises `CalledProcessError` where pip fails.
    """
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    pip = [str(python), "-m", "pip", "--disable-pip-version-check"]
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    subprocess.run([*pip, "install", "--quiet", "-e", f"{ROOT}[{','.join(extras)}]"], check=True)
    listed = subprocess.run([*pip, "list", "--format", "json"], check=True, stdout=subprocess.PIPE, encoding="utf-8")
    found = {re.sub(r"[-_.]+", "-", each["name"]).lower(): each["version"] for each in json.loads(listed.stdout)}
    return {name: version for name, version in found.items() if name not in LEFT_OUT}


def write_constraints(versions: dict[str, str]) -> str:
    """Return the text of the file: a package a line, by name."""
    return HEAD + "".join(f"{name}=={version}\n" for name, version in sorted(versions.items()))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        text = write_constraints(find_newest(Path(folder)))
    (ROOT / "constraints.txt").write_text(text, encoding="utf-8", newline="\n")

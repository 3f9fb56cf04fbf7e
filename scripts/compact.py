"""Make the compact copies of the theme's scripts and style sheets, which are published in place of the readable ones.

    python scripts/compact.py
    python scripts/compact.py --library

It needs Node.js; `npx` brings terser. Run it after a change of a file in `assets/theme/`: until then, that one is
published as it is, and a test fails. A compact copy does the same, and students load less. With `--library` it makes
`minisearch.js` again, from the version that is named here.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tarfile
import tempfile
from hashlib import sha256
from pathlib import Path

from rcssmin import cssmin

ROOT = Path(__file__).resolve().parents[1]
COPIES = ROOT / "courseweek" / "outputs" / "compact_copies.json"
TERSER = ("npx", "--yes", "terser@5.51.4", "--compress", "passes=3", "--mangle")
OWN_PROPERTIES = "actual|classes|current|due|gone|marked|notice|renew|shown"
"""Names that the scripts give to properties of their own, and that no standard has."""
LIBRARY = ROOT / "assets" / "theme" / "minisearch.js"
VERSION = "7.2.0"


def main() -> None:
    """Write the copies, each by the SHA-256 sum of its file; the library is compact already."""
    if "--library" in sys.argv:
        LIBRARY.write_text(make_library(), encoding="utf-8")
    theme = ROOT / "assets" / "theme"
    scripts = sorted(set(theme.glob("*.js")) - {LIBRARY})
    copies = {sha256(each.read_bytes()).hexdigest(): compact_script(each) for each in scripts}
    copies |= {sha256(each.read_bytes()).hexdigest(): compact_style(each) for each in sorted(theme.glob("*.css"))}
    COPIES.write_text(json.dumps(copies, indent=1) + "\n", encoding="utf-8")


def compact_script(script: Path) -> str:
    """Return a script without what only its readers need."""
    command = [*TERSER, "--mangle-props", f"regex=/^({OWN_PROPERTIES})$/", "--", str(script)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
    return f"{ran.stdout.strip()}\n"


def compact_style(sheet: Path) -> str:
    """Return a style sheet without spaces, comments and zeros before a point."""
    return re.sub(r"(?<![\w.])0(?=\.\d)", "", cssmin(sheet.read_text(encoding="utf-8"))) + "\n"


def make_library() -> str:
    """Return the library of the search as one compact script, below its license."""
    with tempfile.TemporaryDirectory() as folder:
        pack = ("npm", "pack", "--silent", f"minisearch@{VERSION}")
        subprocess.run(pack, cwd=folder, capture_output=True, check=True)
        with tarfile.open(Path(folder, f"minisearch-{VERSION}.tgz")) as packed:
            packed.extractall(folder, filter="data")
        script = Path(folder, "package", "dist", "umd", "index.js")
        license = Path(folder, "package", "LICENSE.txt").read_text(encoding="utf-8").strip()
        return f"/*! MiniSearch {VERSION}, MIT License\n\n{license}\n*/\n{compact_script(script)}"


if __name__ == "__main__":
    main()

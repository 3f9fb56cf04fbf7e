"""Make the compact copies of the theme's scripts, which are published in place of the readable ones.

    python scripts/compact.py
    python scripts/compact.py --library

It needs Node.js; `npx` brings terser. Run it after a change of a script in `assets/theme/`: until then, that one is
published as it is, and a test fails. A compact copy does the same, and students load a quarter less. With `--library`
it makes `minisearch.js` again, from the version that is named here.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
import tempfile
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COPIES = ROOT / "courseweek" / "outputs" / "compact_scripts.json"
TERSER = ("npx", "--yes", "terser@5.51.4", "--compress", "--mangle")
LIBRARY = ROOT / "assets" / "theme" / "minisearch.js"
VERSION = "7.2.0"


def main() -> None:
    """Write the copies, each by the SHA-256 sum of its script."""
    if "--library" in sys.argv:
        LIBRARY.write_text(make_library(), encoding="utf-8")
    scripts = sorted(set((ROOT / "assets" / "theme").glob("*.js")) - {LIBRARY})
    copies = {sha256(script.read_bytes()).hexdigest(): compact(script) for script in scripts}
    COPIES.write_text(json.dumps(copies, indent=1) + "\n", encoding="utf-8")


def compact(script: Path) -> str:
    """Return a script without what only its readers need."""
    ran = subprocess.run([*TERSER, "--", str(script)], capture_output=True, text=True, check=True, encoding="utf-8")
    return f"{ran.stdout.strip()}\n"


def make_library() -> str:
    """Return the library of the search as one compact script, below its license."""
    with tempfile.TemporaryDirectory() as folder:
        pack = ("npm", "pack", "--silent", f"minisearch@{VERSION}")
        subprocess.run(pack, cwd=folder, capture_output=True, check=True)
        with tarfile.open(Path(folder, f"minisearch-{VERSION}.tgz")) as packed:
            packed.extractall(folder, filter="data")
        script = Path(folder, "package", "dist", "umd", "index.js")
        license = Path(folder, "package", "LICENSE.txt").read_text(encoding="utf-8").strip()
        return f"/*! MiniSearch {VERSION}, MIT License\n\n{license}\n*/\n{compact(script)}"


if __name__ == "__main__":
    main()

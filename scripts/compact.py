"""Make the compact copies of the theme's scripts and style sheets, which are published in place of the readable ones.

    python scripts/compact.py

It needs Node.js; `npx` brings terser. Run it after a change of a file in `assets/theme/`: until then, that one is
published as it is, and a test fails. A compact copy does the same, and students load less.
"""

from __future__ import annotations

import json
import re
import subprocess
from hashlib import sha256
from pathlib import Path

from rcssmin import cssmin

ROOT = Path(__file__).resolve().parents[1]
COPIES = ROOT / "courseweek" / "outputs" / "compact_copies.json"
TERSER = ("npx", "--yes", "terser@5.51.4", "--compress", "passes=3", "--mangle")
OWN_PROPERTIES = "actual|classes|current|due|gone|marked|notice|renew|shown"
"""Names that the scripts give to properties of their own, and that no standard has."""


def main() -> None:
    """Write the copies, each by the SHA-256 sum of its file."""
    theme = ROOT / "assets" / "theme"
    copies = {sha256(each.read_bytes()).hexdigest(): compact_script(each) for each in sorted(theme.glob("*.js"))}
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


if __name__ == "__main__":
    main()

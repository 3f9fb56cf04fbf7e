"""Write the golden site anew, after a change that is meant:

python -m tests.golden.refresh
"""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from courseweek.files.publish import RECORD
from courseweek.plan.plan import DATES_SCRIPT, SCRIPT, STYLE_SHEET
from tests.sites import read_tree, run_cli

HERE = Path(__file__).parent
COURSE, SITE = HERE / "course", HERE / "site"
TODAY = "2027-03-10T12:00"
THEME = (STYLE_SHEET, SCRIPT, DATES_SCRIPT, RECORD)
"""Not kept: the theme's files stand at the top of the checkout, and the record lists all these."""


def build_golden(output: Path) -> dict[str, bytes]:
    """Return the files of the site as it is built now."""
    ran = run_cli("--source", COURSE, "--output", output, "--today", TODAY, "--strict")
    if ran.code:
        raise RuntimeError(ran.err)
    return {path: data for path, data in read_tree(output).items() if path not in THEME}


def refresh() -> None:
    """Replace the golden site by the one that is built now."""
    with TemporaryDirectory() as folder:
        files = build_golden(Path(folder) / "site")
    shutil.rmtree(SITE, ignore_errors=True)
    for path, data in files.items():
        (SITE / path).parent.mkdir(parents=True, exist_ok=True)
        (SITE / path).write_bytes(data)


if __name__ == "__main__":
    refresh()

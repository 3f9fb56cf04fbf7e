"""Write the JSON Schemas into `schema/`: of the YAML files of a course for editors, and of `course.json`.

    python scripts/schema.py

Run it when a key, its meaning or its shape has changed, and read what it changed before you commit it.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from courseweek.schema.json_schemas import make_schemas

FOLDER = Path(__file__).resolve().parents[1] / "schema"

if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in make_schemas().items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")

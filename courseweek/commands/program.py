"""Which program this is: what its answers depend on besides the questions."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from courseweek import __version__


def identify_program() -> str:
    """Return a text that differs where Python, this package or any installed library does.

    The package goes by the sizes and times of its files, so that a change of its code counts in a checkout too; the
    libraries by the names of their `.dist-info` folders, which hold the versions (PyPA, recording installed projects).
    Asking `importlib.metadata` would take longer than all the rest of a build in which nothing has changed.
    """
    parts = [__version__, sys.version, sys.byteorder]
    for folder in sorted({path for path in sys.path if path}):
        try:
            names = os.listdir(folder)  # noqa: PTH208 - names are wanted
            parts += sorted(name for name in names if name.endswith(".dist-info"))
        except OSError:
            continue
    top = Path(__file__).parents[1]
    for where, folders, names in os.walk(top):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            if name.endswith(".py"):
                status = os.stat(os.path.join(where, name))  # noqa: PTH116, PTH118 - a path object takes five times as long
                parts.append(f"{name} {status.st_size} {status.st_mtime_ns}")
    return "\n".join(parts)

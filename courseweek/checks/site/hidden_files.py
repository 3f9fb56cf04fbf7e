"""A hidden file of `assets/root/` does not get to the top of the site, which somebody may rely on.

Passing: `assets/root/robots.txt`, `assets/root/.well-known/security.txt`; what systems and editors make: `.DS_Store`.
Failing: `assets/root/.nojekyll`, `assets/root/.htaccess`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from courseweek.diagnostics import Diagnostic, Source
from courseweek.files.file_names import ROOT, WELL_KNOWN, is_left_behind
from courseweek.files.project import Project


def check_hidden_files(project: Project) -> Iterator[Diagnostic]:
    """Yield a warning for each hidden file or folder of `assets/root/` that is left out."""
    try:
        names = sorted(os.listdir(project.source / ROOT))  # noqa: PTH208 - names are wanted
    except OSError:
        return
    for name in names:
        if name.startswith(".") and name != WELL_KNOWN and name.isprintable() and not is_left_behind(name):
            path = f"{ROOT}/{name}"
            message = f"`{path}` is hidden and left out: its name begins with a dot"
            help = f"delete it, or copy it to the site when you publish; only {WELL_KNOWN}/ is copied by itself"
            yield Diagnostic("warning", "hidden-file", message, Source(path, "").whole(), help)

"""Where a folder is in a Git repository, and the web address of that repository."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from courseweek.frozen import dataclass

_PATIENCE = 5
"""Seconds. Nothing that is asked needs the network."""
_SSH = re.compile(r"(?:ssh://)?(?:[\w.-]+@)(?P<host>[\w.-]+)(?::\d+/|[:/])/?(?P<path>[^\s?#]+)")
_WEB = re.compile(r"https?://(?:[^@/\s]*@)?(?P<host>[\w.:-]+)/(?P<path>[^\s?#]+)")


@dataclass(frozen=True, slots=True)
class Remote:
    """The web address of a repository (None where it has none), its branch, and a folder's place in it ("" the top)."""

    url: str | None
    branch: str
    subfolder: str


def find_remote(folder: Path) -> Remote | None:
    """Return where a folder, which need not be there yet, is in a Git repository; None if it is in none."""
    there = folder
    while not there.is_dir() and there != there.parent:
        there = there.parent
    prefix = _ask_git(there, "rev-parse", "--show-prefix")
    if prefix is None:
        return None
    inner = folder.relative_to(there).as_posix()
    subfolder = f"{prefix}{'' if inner == '.' else inner}".strip("/")
    address = _ask_git(there, "remote", "get-url", "origin")
    branch = _ask_git(there, "symbolic-ref", "--short", "HEAD")
    return Remote(web_address(address) if address else None, branch or "main", subfolder)


def web_address(address: str) -> str | None:
    """Return the web address (https) of a repository from the address that Git uses; None for a path on the disk.

    A name or a password in it is left out.
    """
    match = _WEB.fullmatch(address) or _SSH.fullmatch(address)
    if match is None:
        return None
    path = match["path"].strip("/").removesuffix(".git")
    return f"https://{match['host']}/{path}" if path else None


def _ask_git(folder: Path, *words: str) -> str | None:
    """Return what Git answers, or None: no repository, no such thing in it, or no Git."""
    try:
        ran = subprocess.run(
            ("git", "-C", folder, *words),
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return ran.stdout.rstrip("\r\n") if ran.returncode == 0 else None

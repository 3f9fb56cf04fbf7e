"""The names of a course's files: which are read, how the disk spells them, and which can't be in an address."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from courseweek.diagnostics import Diagnostics, Source
from courseweek.files.paths import normal_form
from courseweek.regex import lazy_pattern

HIDDEN_HELP = "rename it without the dot: names that begin with a dot are neither read nor published"

WELL_KNOWN = ".well-known"
"""The one hidden folder of a site, at its top: there hosts and services look for files (RFC 8615)."""
ROOT = "assets/root"
"""The folder of a course whose files are copied to the top of its site."""
WELL_KNOWN_SOURCE = f"{ROOT}/{WELL_KNOWN}"
"""Where a course has it."""

# Names and signs that Windows keeps no file under (Naming Files, Paths, and Namespaces).
_NOT_ON_WINDOWS = lazy_pattern(
    # Only the names are compared without case: it takes 4 ms to compile a range of signs so.
    r"(?i:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])(?:\..*)?|.*[. ]|.*[<>:\"|?*\\\x00-\x1f\ud800-\udfff].*",
    re.DOTALL,
)
# Windows, macOS, and what editors keep of a file that is open: Vim, Emacs, LibreOffice and others.
_OF_SYSTEMS = lazy_pattern(
    r"thumbs\.db|ehthumbs(?:_vista)?\.db|desktop\.ini|\$recycle\.bin|icon\r|__macosx|.+~|#.*#|.+\.sw[opx]|lost\+found",
    re.IGNORECASE,
)
_UNPRINTABLE = lazy_pattern("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def is_of_the_system(name: str) -> bool:
    """Return whether a file or folder of this name is hidden, or was made by a system or an editor for itself."""
    return name.startswith((".", "~$")) or _OF_SYSTEMS.fullmatch(name) is not None


def is_left_behind(name: str) -> bool:
    """Return whether a hidden file is one that systems, editors and Git make, and that nobody misses."""
    return name.startswith((".DS_Store", "._", ".git", ".Spotlight", ".Trash", ".courseweek-")) or name.endswith(
        (".swp", ".swo", ".swx", "~")
    )


def is_hidden(parts: Iterable[str]) -> bool:
    """Return whether the name of a file or of one of its folders begins with a dot, except `WELL_KNOWN_SOURCE`."""
    parts, known = tuple(parts), tuple(WELL_KNOWN_SOURCE.split("/"))
    shown = parts[len(known) :] if parts[: len(known)] == known else parts
    return any(part.startswith(".") and part not in (".", "..") for part in shown)


def spell_path(top: Path | str, name: str) -> str:
    """Return a path below `top` as the disk spells it: that of the same name in another Unicode form, if there is one.

    File names that come from a Mac are often decomposed (NFD), and people type them composed (NFC).
    """
    if name.isascii() or os.path.lexists(os.path.join(top, name)):  # noqa: PTH118 - as below
        return name
    found: list[str] = []
    for piece in name.split("/"):
        inner = os.path.join(top, *found)  # noqa: PTH118
        try:
            if piece.isascii() or os.path.lexists(os.path.join(inner, piece)):  # noqa: PTH118
                found.append(piece)
                continue
            wanted = normal_form(piece)
            found.append(next((each for each in sorted(os.listdir(inner)) if normal_form(each) == wanted), piece))  # noqa: PTH208
        except (OSError, ValueError):
            return name
    return "/".join(found)


def fits_windows(name: str) -> bool:
    """Return whether Windows can store a file or folder of this name."""
    return _NOT_ON_WINDOWS.fullmatch(name) is None


def check_name(name: str, folder: str, found: Diagnostics) -> bool:
    """Return whether a file's name can be in an address; report it if not."""
    if name.isprintable() or _UNPRINTABLE.search(name) is None:
        if not fits_windows(name):
            place = Source(f"{folder}{name}" if folder.endswith("/") else f"{folder}/{name}", "").whole()
            message = f"Windows can't store a file called `{name}`"
            found.warning(
                "bad-name", message, place, help="rename it, so that people can work on the course on Windows"
            )
        return True
    shown = _UNPRINTABLE.sub("\ufffd", name)
    place = Source(f"{folder}{shown}", "").whole()
    found.error("bad-name", f"the file name `{shown}` contains unprintable characters", place, help="rename it")
    return False


def report_forms(name: str, found: Diagnostics) -> None:
    """Report a second file or folder of one name, which differs from the first only in its Unicode form."""
    alone = name.rpartition("/")[2]
    message = f"two files here are called `{alone}`, in two Unicode forms; other computers can keep only one of them"
    found.error("same-path", message, Source(name, "").whole(), help="rename or delete one of the two")

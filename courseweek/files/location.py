"""Where a file of the course really lies: in its folder, with links followed only inside one top folder."""

from __future__ import annotations

from pathlib import Path

from courseweek.files.file_names import HIDDEN_HELP, is_hidden

OUTSIDE_HELP = "it is a link to another place on this computer: replace it with a copy"
COPY_HELP = "replace the link with a copy of the file"
FOLDER_HELP = "replace the link with the folder itself, or with a copy"
HIDDEN_LINK_HELP = "delete the link: names that begin with a dot are neither read nor published"


class Astray(Exception):
    """A name of a course's file leads to what is not read under it; holds a diagnostic's name, message and help."""

    def __init__(self, name: str, message: str, help: str) -> None:
        super().__init__(message)
        self.name = name
        self.message = message
        self.help = help


def locate(source: Path, name: str) -> Path:
    """Return where the file `name` of the course in `source` lies, its link followed; it need not be there.

    A symbolic link is followed to a file in the same top folder that no dot hides; for a file beside the syllabus that
    is the course's folder itself. Raises `Astray` for any other link, for a folder that is one, and for a hidden name;
    `OSError` or `RuntimeError` where the links lead in a circle.
    """
    parts = name.split("/")
    if ".." in parts or Path(name).anchor:
        raise Astray("outside", f"`{name}` is outside the course's folder", OUTSIDE_HELP)
    if is_hidden(parts):
        raise Astray("hidden-file", f"`{name}` is hidden: a name in it begins with a dot", HIDDEN_HELP)
    top = source.resolve()
    check_folders(source, name.rpartition("/")[0], name)
    real = (source / name).resolve()
    if real == top.joinpath(*parts):
        return real
    if not real.is_relative_to(top):
        raise Astray("outside", f"`{name}` is outside the course's folder", OUTSIDE_HELP)
    led = real.relative_to(top).parts
    if is_hidden(led):
        raise Astray("hidden-file", f"`{name}` is a symbolic link to a hidden file or folder", HIDDEN_LINK_HELP)
    if real.is_dir():
        raise Astray(
            "symbolic-link", f"`{name}` is a symbolic link to a folder; such links are not followed", FOLDER_HELP
        )
    if led[:-1][:1] != tuple(parts[:-1][:1]):
        where = f"`{parts[0]}/`" if len(parts) > 1 else "the course's own folder"
        raise Astray("symbolic-link", f"`{name}` is a symbolic link to a file outside {where}", COPY_HELP)
    return real


def check_folders(source: Path, folder: str, name: str) -> None:
    """Raise `Astray` where a folder, or one above it, is a symbolic link; `name` is the file that lies in it."""
    top = source.resolve()
    if (source / folder).resolve() == top / folder:
        return
    parts = folder.split("/")
    for end in range(1, len(parts) + 1):  # the outermost is the one to speak of
        inner = "/".join(parts[:end])
        real = (source / inner).resolve()
        if not real.is_relative_to(top):
            raise Astray("outside", f"`{name}` is outside the course's folder", OUTSIDE_HELP)
        if is_hidden(real.relative_to(top).parts):
            raise Astray("hidden-file", f"`{inner}` is a symbolic link to a hidden file or folder", HIDDEN_LINK_HELP)
        if real != top / inner:
            message = f"`{inner}` is a symbolic link to a folder; such links are not followed"
            raise Astray("symbolic-link", message, FOLDER_HELP)

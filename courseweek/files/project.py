"""Where a course's files are, and how they are read: inside its folder, as UTF-8, within limits."""

from __future__ import annotations

import codecs
import contextlib
import errno
import os
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from courseweek.diagnostics import Diagnostics, Source
from courseweek.files.file_names import WELL_KNOWN_SOURCE, check_name, is_of_the_system, report_forms, spell_path
from courseweek.files.location import Astray, check_folders, locate
from courseweek.files.paths import normal_form
from courseweek.files.stored import Content, NotAFile, StoredFile, open_plain, store_file
from courseweek.files.text_encoding import decode_text
from courseweek.frozen import dataclass

NO_FILE_HELP = "rename or delete what has this name, then add the file"
LARGEST_TEXT = 1_000_000
"""A larger YAML or Markdown file (bytes) is refused."""
LARGEST_ASSET = 100_000_000
"""A larger file in `assets/` (bytes) is refused."""
LARGEST_SUMS = 10_000_000
"""A larger list of the files of a past term (bytes) is refused: it is 500 bytes for each of `MOST_FILES`."""
MOST_FILES = 20_000
"""More files in one folder of a course are refused."""


def theme_folder() -> Path:
    """Return the folder that holds the built-in `layouts/` and `assets/theme/`."""
    package = Path(__file__).parents[1]
    return package / "theme" if (package / "theme").is_dir() else package.parent


@dataclass(frozen=True, slots=True)
class Project:
    """The folders of one course: its sources and where its site goes, both absolute.

    The names of files are in Unicode form NFC, whatever form the disk keeps them in.

    `fixed` holds texts that replace those of files, by name: their texts with mistakes fixed.
    `read` fills with the names of the files that were asked for.
    """

    source: Path
    output: Path
    fixed: Mapping[str, str] = field(default_factory=dict)
    read: set[str] = field(default_factory=set, compare=False)
    _folders: dict[str, str] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Where the folders of files lie, by name, once it was looked for."""
    _spelled: dict[str, str] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Files whose names are not in NFC on the disk: how they are spelled there."""

    def read_text(self, name: str, found: Diagnostics, *, largest: int | None = None) -> Source | None:
        """Return the text of the file `name` (relative, `/` between folders), or None and the reason reported.

        A byte order mark at its start is dropped. A file that is not there gives None without a word. `largest` is the
        limit in bytes, by default that of a YAML or Markdown file.
        """
        if name in self.fixed:
            return decode_text(name, self.fixed[name].encode("utf-8", "surrogatepass"), found)
        data = self.read_bytes(name, found, largest=LARGEST_TEXT if largest is None else largest)
        if data is None:
            return None
        return decode_text(name, data, found)

    def read_bytes(self, name: str, found: Diagnostics, *, largest: int = LARGEST_ASSET) -> bytes | None:
        """Return the bytes of the file `name`, or None: not there, or refused with the reason reported."""
        content = self.read_content(name, found, largest=largest, held=largest)
        assert not isinstance(content, StoredFile)
        return content

    def read_content(
        self, name: str, found: Diagnostics, *, largest: int = LARGEST_ASSET, held: int = 0
    ) -> Content | None:
        """Return the file `name`: its bytes where they are at most `held`, else where they are stored.

        None where it is not there, or refused with the reason reported.
        """
        self.read.add(name)
        place = Source(name, "").whole()
        try:
            return _read_file(self._locate(name), largest, held)
        except NotAFile:
            found.error("not-a-file", f"`{name}` is not a file", place, help=NO_FILE_HELP)
        except _LargeFile:
            remedies = {LARGEST_TEXT: "divide it", LARGEST_SUMS: "archive a smaller site of that term"}
            help = remedies.get(largest, "put it on another site and link to it, or make it smaller")
            found.error("too-large", f"`{name}` is larger than {largest:,} bytes", place, help=help)
        except FileNotFoundError:
            if (self.source / self.spell(name)).is_symlink():
                message = f"`{name}` is a link to a missing file"
                found.error("unreadable", message, place, help="replace the link with the file, or delete it")
        except (Astray, OSError, RuntimeError, ValueError) as error:
            _report(name, error, found)
        return None

    def peek(self, name: str, most: int) -> bytes:
        """Return the first bytes of a file inside the course's folder, at most this many; empty if it can't be read.

        Nothing is reported: reading the whole file does that.
        """
        try:
            with open_plain(self._locate(name)) as file:
                return file.read(most)
        except (Astray, OSError, RuntimeError, ValueError):
            return b""

    def _locate(self, name: str) -> str:
        """Return where a file really lies, its link followed; raise as `locate` does.

        Each folder is looked at once: to follow a path from the top of the disk takes longer than to read a page.
        """
        name = self.spell(name)
        folder, _, last = name.rpartition("/")
        if folder not in self._folders:
            locate(self.source, name)
            self._folders[folder] = str(self.source.resolve() / folder)
        if last and not last.startswith("."):
            path = os.path.join(self._folders[folder], last)  # noqa: PTH118 - a path object takes five times as long
            if not os.path.islink(path):  # noqa: PTH114
                return path
        return str(locate(self.source, name))

    def link_of(self, name: str) -> str | None:
        """Return the name of the file that a symbolic link is followed to, or None if the name is not such a link."""
        name = self.spell(name)
        if not os.path.islink(self.source / name):  # noqa: PTH114 - a path object raises where it may not look
            return None
        try:
            return normal_form(locate(self.source, name).relative_to(self.source.resolve()).as_posix())
        except (Astray, OSError, RuntimeError, ValueError):
            return None

    def is_astray(self, name: str, found: Diagnostics) -> bool:
        """Return whether a name is a symbolic link that is not followed; report it if so."""
        spelled = self.spell(name)
        if not (self.source / spelled).is_symlink():
            return False
        try:
            locate(self.source, spelled)
        except Astray as astray:
            _report(name, astray, found)
            return True
        except (OSError, RuntimeError):
            return False
        return False

    def spell(self, name: str) -> str:
        """Return the name of a file of the course as the disk spells it."""
        if name.isascii():
            return name
        known = self._spelled.get(name)
        if known is not None and os.path.lexists(os.path.join(self.source, known)):  # noqa: PTH118
            return known
        return spell_path(self.source, name)

    def write_texts(self, texts: Mapping[str, str]) -> None:
        """Write files of the course in this order, all or none; the byte order mark of one that is there stays.

        Raises `OSError` where the machine refuses, and for a symbolic link: nothing is written through one.
        """
        from courseweek.files.replacing import replace_files  # a build writes no files of the course

        contents: dict[Path, bytes] = {}
        for name, text in texts.items():
            spelled = self.spell(name)
            path = self.source / spelled
            if path.is_symlink() or path.parent.resolve() != (self.source.resolve() / spelled).parent:
                raise OSError(errno.ELOOP, "it is a symbolic link", str(path))
            with contextlib.suppress(FileNotFoundError), path.open("rb") as file:
                contents[path] = codecs.BOM_UTF8 if file.read(3) == codecs.BOM_UTF8 else b""
            contents[path] = contents.get(path, b"") + text.encode("utf-8")
        replace_files(contents)

    def files(self, folder: str, found: Diagnostics) -> tuple[str, ...]:
        """Return the files below `folder`, sorted, as paths relative to it, but those of systems and editors."""
        try:
            check_folders(self.source, folder, folder)
        except (Astray, OSError, RuntimeError) as error:
            _report(folder, error, found)
            return ()
        names: list[str] = []
        # How the disk spells each name: a folder is looked into by that.
        spelled: dict[str, str] = {"": ""}
        pending = [""]
        while pending:
            inner = pending.pop()
            try:
                entries = sorted(os.scandir(self.source / folder / spelled[inner]), key=lambda entry: entry.name)
            except FileNotFoundError:
                continue
            except OSError as error:
                _report(f"{folder}/{inner}".rstrip("/"), error, found)
                continue
            for entry in entries:
                is_known = f"{folder}/{inner}{entry.name}" == WELL_KNOWN_SOURCE
                if not is_known and is_of_the_system(entry.name):
                    continue
                if not check_name(entry.name, f"{folder}/{inner}", found):
                    continue
                path = f"{inner}{normal_form(entry.name)}"
                if path in spelled or f"{path}/" in spelled:
                    report_forms(f"{folder}/{path}", found)
                    continue
                if not path.isascii():
                    spelled[path] = f"{spelled[inner]}{entry.name}"
                    self._spelled[f"{folder}/{path}"] = f"{folder}/{spelled[path]}"
                if entry.is_dir(follow_symlinks=False):
                    pending.append(f"{path}/")
                    spelled[f"{path}/"] = f"{spelled[inner]}{entry.name}/"
                else:
                    names.append(path)
            if len(names) > MOST_FILES:
                place = Source(folder, "").whole()
                help = "remove files that are not part of the course"
                found.error("too-many", f"`{folder}` contains more than {MOST_FILES:,} files", place, help=help)
                return ()
        return tuple(sorted(names))


class _LargeFile(Exception):
    """A file holds more than is read of it."""


def _read_file(path: str, largest: int, held: int) -> Content:
    """Return a file, as bytes up to `held` of them; raise as `open_plain`, or `_LargeFile` for more than `largest`."""
    with open_plain(path) as file:
        size = os.fstat(file.fileno()).st_size
        if size > held:
            stored = store_file(path, file, largest)
            if stored is None:
                raise _LargeFile
            return stored
        data = file.read(size + 1) if size <= largest else b""
        if len(data) != size:  # or it grows while it is read
            raise _LargeFile
        return data


def _report(name: str, error: Exception, found: Diagnostics) -> None:
    """Report a file or folder that can't be read."""
    place = Source(name, "").whole()
    if isinstance(error, Astray):
        found.error(error.name, error.message, place, help=error.help)
    else:
        found.error("unreadable", f"`{name}` can't be read: {_reason_of(error)}", place, help=remedy_of(error))


def _reason_of(error: Exception) -> str:
    """Return why the machine refused, without the paths that its own message may hold."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return "its links form a circle" if isinstance(error, RuntimeError) else "its name is not valid"


def remedy_of(error: Exception) -> str:
    """Return what to do about a file that the machine refuses."""
    if isinstance(error, PermissionError):
        if os.name == "nt":
            return "close the program that has it open, or give your account the right to read it"
        return "make it readable, for example with chmod u+r"
    if isinstance(error, NotADirectoryError):
        return "this must be a folder: rename the file"
    if isinstance(error, RuntimeError):
        return "replace the links with the file"
    return "rename it, or copy it there again"

"""Where a course's files are, and how they are read: inside its folder, as UTF-8, within limits."""

from __future__ import annotations

import codecs
import contextlib
import errno
import os
import re
import shutil
import stat
import tempfile
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import field
from pathlib import Path

from courseweek.diagnostics import Diagnostics, Source
from courseweek.frozen import dataclass
from courseweek.regex import lazy_pattern
from courseweek.stored import Content, StoredFile, store_file

NO_FILE_HELP = "rename or delete what has this name, then add the file"
OUTSIDE_HELP = "it is a link to another place on this computer: replace it with a copy"
COPY_HELP = "replace the link with a copy of the file"
FOLDER_HELP = "replace the link with the folder itself, or with a copy"
HIDDEN_LINK_HELP = "delete the link: names that begin with a dot are neither read nor published"
HIDDEN_HELP = "rename it without the dot: names that begin with a dot are neither read nor published"
LARGEST_TEXT = 1_000_000
"""A larger YAML or Markdown file (bytes) is refused."""
LARGEST_ASSET = 100_000_000
"""A larger file in `assets/` (bytes) is refused."""
MOST_FILES = 20_000
"""More files in one folder of a course are refused."""

_CONTROL = lazy_pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# Names and signs that Windows keeps no file under (Naming Files, Paths, and Namespaces).
_NOT_ON_WINDOWS = lazy_pattern(
    r"(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])(?:\..*)?|.*[. ]|.*[<>:\"|?*\\].*", re.IGNORECASE
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


def theme_folder() -> Path:
    """Return the folder that holds the built-in `layouts/` and `assets/theme/`."""
    packed = Path(__file__).parent / "theme"
    return packed if packed.is_dir() else Path(__file__).parent.parent


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
            wanted = _composed(piece)
            found.append(next((each for each in sorted(os.listdir(inner)) if _composed(each) == wanted), piece))  # noqa: PTH208
        except (OSError, ValueError):
            return name
    return "/".join(found)


def _composed(name: str) -> str:
    """Return a name in the form in which all are compared: NFC (UAX #15)."""
    return name if name.isascii() else unicodedata.normalize("NFC", name)


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


def is_hidden(parts: Iterable[str]) -> bool:
    """Return whether the name of a file or of one of its folders begins with a dot."""
    return any(part.startswith(".") and part not in (".", "..") for part in parts)


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

    def read_text(self, name: str, found: Diagnostics) -> Source | None:
        """Return the text of the file `name` (relative, `/` between folders), or None and the reason reported.

        A byte order mark at its start is dropped. A file that is not there gives None without a word.
        """
        if name in self.fixed:
            return decode_text(name, self.fixed[name].encode("utf-8", "surrogatepass"), found)
        data = self.read_bytes(name, found, largest=LARGEST_TEXT)
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
            real = self._locate(name)
            data = _read_file(real, largest, held)
        except Astray as astray:
            found.error(astray.name, astray.message, place, help=astray.help)
            return None
        except _NoFile:
            found.error("not-a-file", f"`{name}` is not a file", place, help=NO_FILE_HELP)
            return None
        except _LargeFile:
            help = (
                "divide it"
                if largest == LARGEST_TEXT
                else ("put it on another site and link to it, or make it smaller")
            )
            found.error("too-large", f"`{name}` is larger than {largest:,} bytes", place, help=help)
            return None
        except FileNotFoundError:
            if (self.source / self.spell(name)).is_symlink():
                message = f"`{name}` is a link to a missing file"
                found.error("unreadable", message, place, help="replace the link with the file, or delete it")
            return None
        except (OSError, RuntimeError, ValueError) as error:
            found.error("unreadable", f"`{name}` can't be read: {_reason_of(error)}", place, help=remedy_of(error))
            return None
        return data

    def peek(self, name: str, most: int) -> bytes:
        """Return the first bytes of a file inside the course's folder, at most this many; empty if it can't be read.

        Nothing is reported: reading the whole file does that.
        """
        try:
            return _read_head(self._locate(name), most)
        except (Astray, OSError, RuntimeError, ValueError, _NoFile):
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
            return _composed(locate(self.source, name).relative_to(self.source.resolve()).as_posix())
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
            found.error(astray.name, astray.message, Source(name, "").whole(), help=astray.help)
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

    def write_text(self, name: str, text: str) -> None:
        """Replace a file of the course by this text, whole or not at all; its mode and byte order mark stay.

        Raises `OSError` where the machine refuses, and for a symbolic link: nothing is written through one.
        """
        name = self.spell(name)
        path = self.source / name
        if path.is_symlink() or path.parent.resolve() != (self.source.resolve() / name).parent:
            raise OSError(errno.ELOOP, "it is a symbolic link", str(path))
        before = path.read_bytes()
        mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
        handle, temporary = tempfile.mkstemp(prefix=".courseweek-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(mark + text.encode("utf-8"))
            shutil.copymode(path, temporary)
            Path(temporary).replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
            raise

    def files(self, folder: str, found: Diagnostics) -> tuple[str, ...]:
        """Return the files below `folder`, sorted, as paths relative to it, but those of systems and editors."""
        try:
            check_folders(self.source, folder, folder)
        except Astray as astray:
            found.error(astray.name, astray.message, Source(folder, "").whole(), help=astray.help)
            return ()
        except (OSError, RuntimeError) as error:
            place = Source(folder, "").whole()
            found.error("unreadable", f"`{folder}` can't be read: {_reason_of(error)}", place, help=remedy_of(error))
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
                name = f"{folder}/{inner}".rstrip("/")
                place = Source(name, "").whole()
                found.error("unreadable", f"`{name}` can't be read: {_reason_of(error)}", place, help=remedy_of(error))
                continue
            for entry in entries:
                if is_of_the_system(entry.name) or not _is_named_in_text(entry.name, f"{folder}/{inner}", found):
                    continue
                path = f"{inner}{_composed(entry.name)}"
                if path in spelled or f"{path}/" in spelled:
                    _report_forms(f"{folder}/{path}", found)
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


class _NoFile(Exception):
    """What has the file's name is a folder, a pipe or a device."""


class _LargeFile(Exception):
    """A file holds more than is read of it."""


def _read_file(path: str, largest: int, held: int) -> Content:
    """Return a file, as bytes up to `held` of them; raise `_NoFile`, or `_LargeFile` for more than `largest`.

    What is opened is looked at, not what had the name before; a pipe that nobody writes to is not waited for, and a
    link that took the file's place since the path was resolved is not followed.
    """
    handle, status = _open_file(path)
    with open(handle, "rb") as file:  # noqa: PTH123 - a path has no flags
        if status.st_size > held:
            stored = store_file(path, file, largest)
            if stored is None:
                raise _LargeFile
            return stored
        data = file.read(status.st_size + 1) if status.st_size <= largest else b""
        if len(data) != status.st_size:  # or it grows while it is read
            raise _LargeFile
        return data


def _read_head(path: str, most: int) -> bytes:
    """Return the first bytes of a file; raise `_NoFile` for anything else."""
    handle, _ = _open_file(path)
    with open(handle, "rb") as file:  # noqa: PTH123 - a path has no flags
        return file.read(most)


def _open_file(path: str) -> tuple[int, os.stat_result]:
    """Return a file opened for reading, and its status; raise `_NoFile` for anything else."""
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
    try:
        handle = os.open(path, flags)
    except PermissionError:
        if os.path.isdir(path):  # noqa: PTH112 - which Windows won't open
            raise _NoFile from None
        raise
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        os.close(handle)
        raise _NoFile
    return handle, status


def _reason_of(error: Exception) -> str:
    """Return why the machine refused, without the paths that its own message may hold."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return "its links form a circle" if isinstance(error, RuntimeError) else "its name is not valid"


def remedy_of(error: Exception) -> str:
    """Return what to do about a file that the machine refuses."""
    if isinstance(error, PermissionError):
        return "make it readable, for example with chmod u+r"
    if isinstance(error, NotADirectoryError):
        return "this must be a folder: rename the file"
    if isinstance(error, RuntimeError):
        return "replace the links with the file"
    return "rename it, or copy it there again"


def _is_named_in_text(name: str, folder: str, found: Diagnostics) -> bool:
    """Return whether a file's name can be in an address; report it if not."""
    if _UNPRINTABLE.search(name) is None:
        if _NOT_ON_WINDOWS.fullmatch(name):
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


def _report_forms(name: str, found: Diagnostics) -> None:
    """Report a second file or folder of one name, which differs from the first only in its Unicode form."""
    alone = name.rpartition("/")[2]
    message = f"two files here are called `{alone}`, in two Unicode forms; other computers can keep only one of them"
    found.error("same-path", message, Source(name, "").whole(), help="rename or delete one of the two")


def decode_text(name: str, data: bytes, found: Diagnostics) -> Source | None:
    """Return the text of a file's bytes, or None with the place of what is not UTF-8 or can't be shown."""
    wide = _wide_encoding(data)
    if wide is not None:
        place = Source(name, "").whole()
        found.error("encoding", f"the file is saved as {wide}", place, help="save it as UTF-8")
        return None
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        source = Source(name, _with_lines(data.decode("utf-8")))
    except UnicodeDecodeError as error:
        _report_encoding(name, data, error, found)
        return None
    control = _CONTROL.search(source.text)
    if control:
        found.error(
            "control-character",
            f"the control character U+{ord(control[0]):04X} can't be shown on a page",
            source.span(control.start(), control.end()),
            help="delete it; it is invisible in most editors",
        )
        return None
    return source


def _wide_encoding(data: bytes) -> str | None:
    """Return which encoding by two or four bytes it is: by its byte order mark, or by the zeros beside ASCII."""
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "UTF-32"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "UTF-16"
    if b"\0" not in data[:8]:
        return None
    zeros = [place for place, byte in enumerate(data[:8]) if byte == 0]
    if zeros in ([1, 2, 3, 5, 6, 7], [0, 1, 2, 4, 5, 6]):
        return "UTF-32"
    return "UTF-16" if zeros in ([1, 3, 5, 7], [0, 2, 4, 6]) else None


def _with_lines(text: str) -> str:
    """Return the text with line ends that editors know: one that has only CR, as old ones wrote it, gets LF."""
    return text if "\n" in text else text.replace("\r", "\n")


def _report_encoding(name: str, data: bytes, error: UnicodeDecodeError, found: Diagnostics) -> None:
    good = data[: error.start].decode("utf-8")
    end = data.find(b"\n", error.start)
    rest = data[error.end : end if end >= 0 else len(data)].decode("utf-8", errors="replace")
    source = Source(name, f"{good}\ufffd{rest}")
    found.error(
        "encoding",
        f"the file is not UTF-8: it has the byte 0x{data[error.start]:02X} here",
        source.span(len(good), len(good) + 1),
        help="save the file as UTF-8",
    )

"""Fixes to press: as a patch that `git apply` takes, and as lines to copy."""

from __future__ import annotations

import codecs
import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path

from courseweek.files.project import Project
from courseweek.frozen import dataclass
from courseweek.report.inert import write_block, write_inert
from courseweek.report.text import printable

BEGINNING = b"diff --git "
MOST_FIXES = 30
"""Of more places the summary says only that there are more."""
LONGEST_FIX = 4_000
"""Characters of the lines of one place; longer ones are in the patch only."""
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}


@dataclass(frozen=True, slots=True)
class Fixes:
    """The files that fixes change: their bytes before and after, by their names in the course."""

    before: Mapping[str, bytes]
    after: Mapping[str, bytes]

    def write_patch(self, folder: str) -> bytes:
        """Return the fixes as a patch; `folder` is the course's in its repository, with `/` at its end."""
        lines: list[str] = []
        for name in sorted(self.after):
            old, new = (_quote(f"{side}/{folder}{name}") for side in ("a", "b"))
            lines.append(f"diff --git {old} {new}\n")
            # A name with a space ends at a tab.
            end = "\t" if " " in name or " " in folder else ""
            # Each byte as one character, so that whatever is in the file stays as it is.
            before, after = (_split(data) for data in (self.before[name], self.after[name]))
            for line in difflib.unified_diff(before, after, f"{old}{end}", f"{new}{end}"):
                lines.append(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n")
        return "".join(lines).encode("latin-1")

    def format_markdown(self) -> str:
        """Return the fixes as lines to copy, for the summary of a job; nothing if there are none."""
        blocks = list(self._list_blocks())
        more = f"\n{len(blocks) - MOST_FIXES:,} more are in the patch.\n" if len(blocks) > MOST_FIXES else ""
        return "## Fixes\n\n" + "\n".join(blocks[:MOST_FIXES]) + more if blocks else ""

    def _list_blocks(self) -> Iterator[str]:
        for name in sorted(self.after):
            old, new = (_lines(data) for data in (self.before[name], self.after[name]))
            for kind, begin, end, start, stop in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
                if kind == "equal":
                    continue
                where = f"{write_inert(name)}, {_range(begin, end) if end > begin else f'after line {begin}'}"
                text = "".join(f"{line}\n" for line in new[start:stop])
                if not text:
                    yield f"{where}: delete.\n"
                elif len(text) > LONGEST_FIX or any(printable(line) != line for line in new[start:stop]):
                    yield f"{where}: these lines are in the patch only, as they can't be shown here.\n"
                else:
                    yield f"{where}:\n\n{write_block(text, 'yaml' if name.endswith('.yaml') else 'text')}"


def make_fixes(project: Project, before: Mapping[str, str], after: Mapping[str, str]) -> Fixes:
    """Return the fixes of a course's files as bytes, of their texts; a byte order mark stays."""
    old, new = {}, {}
    for name, text in after.items():
        whole = before[name].encode("utf-8", "surrogatepass")
        mark = codecs.BOM_UTF8 if project.peek(name, len(codecs.BOM_UTF8)) == codecs.BOM_UTF8 else b""
        old[name], new[name] = mark + whole, mark + text.encode("utf-8", "surrogatepass")
    return Fixes(old, new)


def find_folder(source: Path) -> str:
    """Return the folder of a course in its repository, with `/` at its end; "" at the top, and without a repository."""
    top = next((each for each in (source, *source.parents) if (each / ".git").exists()), source)
    inner = source.relative_to(top).as_posix()
    return "" if inner == "." else f"{inner}/"


def _split(data: bytes) -> list[str]:
    """Return the lines of a file with their ends, a character for each byte."""
    lines = data.decode("latin-1").split("\n")
    return [*(f"{line}\n" for line in lines[:-1]), *filter(None, lines[-1:])]


def _lines(data: bytes) -> list[str]:
    lines = data.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace").split("\n")
    return [line.removesuffix("\r") for line in lines]


def _range(begin: int, end: int) -> str:
    return f"line {end}" if end == begin + 1 else f"lines {begin + 1} to {end}"


def _quote(name: str) -> str:
    """Return a name as Git writes it: in quotes if it has such signs; bytes of UTF-8 stay."""
    raw = name.encode("utf-8", "surrogateescape").decode("latin-1")
    if not any(char in _ESCAPES or char < " " for char in raw):
        return raw
    escaped = (_ESCAPES.get(char) or (f"\\{ord(char):03o}" if char < " " else char) for char in raw)
    return f'"{"".join(escaped)}"'

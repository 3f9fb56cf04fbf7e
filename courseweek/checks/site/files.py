"""A file of `assets/` is what its name says, and a picture is one that browsers show.

Passing: a PDF, a PNG with the ending `.jpg`, an empty `.txt`.
Failing: a pointer of Git LFS, an empty `.pdf`, a web page saved as `.pdf`, `.heic`, `.tiff`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from courseweek.diagnostics import Diagnostic, Source, Span
from courseweek.files.project import Project
from courseweek.model.course import Course
from courseweek.regex import lazy_pattern
from courseweek.yamltext.slips.conflicts import find_conflict

MOST_PLACED = 50
"""Warnings for which it is looked up where the file is named; others are at the file itself."""
LONGEST_LAYOUT = 200_000
"""Bytes of a layout in which marks of a merge are looked for."""
HEAD = 512
"""Bytes of a file that say what it is."""

_PICTURES = frozenset(("png", "jpg", "jpeg", "gif", "webp", "avif", "bmp", "ico", "apng"))
_UNSHOWN = frozenset(("heic", "heif", "hif", "tif", "tiff"))
_ARCHIVES = frozenset(("zip", "docx", "pptx", "xlsx", "odt", "odp", "ods", "epub"))
_FILMS = frozenset(("mp4", "m4v", "mov", "webm", "mp3", "m4a", "wav", "ogg", "ogv"))
_WHOLE = _PICTURES | _UNSHOWN | _ARCHIVES | _FILMS | {"pdf", "svg", "html", "htm", "ipynb", "gz", "ps", "djvu"}
"""What is never empty."""
_PAGE = lazy_pattern(r"\ufeff?\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_SIGNS = (
    (b"version https://git-lfs.github.com/spec/", "a Git LFS pointer"),
    (b"%PDF-", "a PDF"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
)
_SHOWN = ("a PNG image", "a JPEG image", "a GIF image")
_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})


def check_files(course: Course, project: Project) -> Iterator[Diagnostic]:
    """Yield a warning for each asset that is not what its name says, where it is named, else at the file itself."""
    reported = 0
    for name in sorted(course.assets):
        ending = name.rpartition(".")[2].lower() if "." in name.rpartition("/")[2] else ""
        head = project.peek(f"assets/{name}", HEAD)
        if head or ending in _WHOLE:
            for each in _judge(name, ending, head, course if reported < MOST_PLACED else None, project):
                reported += 1
                yield each


def check_layouts(project: Project) -> Iterator[Diagnostic]:
    """Yield an error for the marks of a merge in each of the course's own layouts."""
    folder = project.source / "layouts"
    if not folder.is_dir() or folder.is_symlink():
        return
    for path in sorted(folder.rglob("*.html")):
        name = path.relative_to(project.source).as_posix()
        text = project.peek(name, LONGEST_LAYOUT).decode("utf-8", "replace")
        reported = find_conflict(Source(name, text)) if "<<<<<<<" in text else None
        if reported is not None:
            yield reported


def _judge(name: str, ending: str, head: bytes, course: Course | None, project: Project) -> Iterator[Diagnostic]:
    path, kind = f"assets/{name}", what_is(head)
    if not head:
        if (project.source / path).is_file():
            help = "copy the file there again"
            yield Diagnostic("warning", "not-what-it-says", f"`{path}` is empty", _place(name, course), help)
    elif kind == "a Git LFS pointer":
        message = f"`{path}` is a Git LFS pointer, not the file itself"
        help = "run git lfs pull; in a workflow, add lfs: true to the checkout step"
        yield Diagnostic("warning", "not-what-it-says", message, _place(name, course), help)
    elif ending in _UNSHOWN or (ending in _PICTURES and kind in ("a HEIC image", "a TIFF image")):
        format = "TIFF" if kind == "a TIFF image" or ending.startswith("tif") else "HEIC"
        message = f"most browsers can't show `{path}`: it is a {format} image"
        help = "export it as JPEG or PNG, and use that file"
        yield Diagnostic("warning", "unshown-picture", message, _place(name, course), help)
    elif kind == "a web page" and ending in _WHOLE - {"html", "htm"}:
        message = f"`{path}` is a web page saved under this name"
        help = "download the file itself, and replace this one"
        yield Diagnostic("warning", "not-what-it-says", message, _place(name, course), help)
    elif kind is not None and not _fits(kind, ending):
        message = f"`{path}` is {kind}, despite its name"
        help = "replace it with the right file, or give it the extension that fits"
        yield Diagnostic("warning", "not-what-it-says", message, _place(name, course), help)


def _fits(kind: str, ending: str) -> bool:
    """Return whether this kind of file may have this extension; browsers show images with any."""
    if ending in _PICTURES:
        return kind in _SHOWN
    if ending in _ARCHIVES:
        return kind in ("a ZIP archive", "an old Office document")
    return kind == "a PDF" if ending == "pdf" else ending != "svg"


def what_is(head: bytes) -> str | None:
    """Return what a file is by its first bytes, or None where they do not say.

    HEIC is known by its brand (ISO/IEC 14496-12, 4.3; ISO/IEC 23008-12, 10): AVIF begins alike, and browsers show
    it.
    """
    for sign, kind in _SIGNS:
        if head.startswith(sign):
            return kind
    if head[4:8] == b"ftyp":
        brands = {head[at : at + 4] for at in range(8, min(len(head), int.from_bytes(head[:4], "big")), 4)}
        return "a HEIC image" if brands & _HEIC and not brands & {b"avif", b"avis"} else None
    return "a web page" if _PAGE.match(head.decode("utf-8", "replace")) else None


def _place(name: str, course: Course | None) -> Span:
    """Return where a course names a file of `assets/` first, or the file itself; without a course the latter."""
    if course is None:
        return Source(f"assets/{name}", "").whole()
    whole = re.compile(rf"(?<![\w./-])(?:[./]*assets/)?({re.escape(name)})(?![\w/-]|\.\w)")
    sources = {course.syllabus.origin.span.file: course.syllabus.origin.span.source}
    sources |= {each.origin.span.file: each.origin.span.source for each in course.reading_lists.values()}
    notes = (*(note.page for note in course.notes), *(each.page for each in course.announcements))
    sources |= {page.body.file: page.body.source for page in (*course.pages, *notes)}
    for source in sources.values():
        match = whole.search(source.text)
        if match is not None:
            return source.span(*match.span())
    return Source(f"assets/{name}", "").whole()

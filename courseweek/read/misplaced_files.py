"""Files that do nothing where they are, with the place where each would do something.

Only the top of the course's folder is looked at, and a folder there that has the name of one of `content/`. What
repositories hold besides a course is left alone: README.md, LICENSE, docs/, tests/, and whatever is hidden or begins
with `_`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator
from collections.abc import Set as AbstractSet

from courseweek.diagnostics import Diagnostic, Source
from courseweek.files.file_names import ROOT, WELL_KNOWN_SOURCE
from courseweek.files.paths import normal_form
from courseweek.files.project import Project
from courseweek.read.front_matter import FRONT_MATTER, NOTE_READING, SUBJECTS
from courseweek.regex import lazy_pattern

COURSE_FILES = ("syllabus.yaml", "readings.yaml")
MOST_NAMED = 10
"""Files of one folder that are named one by one."""
LONGEST_HEAD = 2_000
"""Bytes of a Markdown file in which its front matter is looked for."""

# What programs make of a name when a file is copied, downloaded or uploaded again, or saved as text.
_COPY = lazy_pattern(r"(?: ?\(\d+\)|[ _-]+copy(?: ?\(?\d+\)?)?|[ _-]+kopie| \d)?", re.IGNORECASE)
_FOLDERS = {
    "notes": "content/notes",
    "note": "content/notes",
    "announcements": "content/announcements",
    "announcement": "content/announcements",
    "pages": "content",
}
_OWN = ("content", "assets", "layouts", "archive")
_MARKDOWN = lazy_pattern(r"(.+?)(?:\.(?:md|markdown|mdown|mkd))(?:\.txt)?", re.IGNORECASE)
_DATED = lazy_pattern(r"\d{4}-\d{2}-\d{2}(?:-.*)?")
# Files about a repository, not about a course; most of them are written in capitals.
_ABOUT = lazy_pattern(
    r"(?-i:[A-Z][A-Z0-9_. -]*)"
    r"|readme.*|contributing|licen[cs]e.*|copying|change(?:s|log)|history|news|todo|authors|contributors"
    r"|maintainers|governance|security|support|code[-_ ]of[-_ ]conduct|(?:pull_request|issue)_template|citation|notice"
    r"|install|agents|claude|gemini|roadmap|release(?:s|[-_ ]notes)",
    re.IGNORECASE,
)
# What hosts and browsers look for at the top of a site.
_AT_TOP = lazy_pattern(
    r"robots\.txt|CNAME|favicon\.(?:ico|svg|png)|apple-touch-icon\.png|humans\.txt|ads\.txt|security\.txt"
    r"|site\.webmanifest|google[0-9a-f]{16}\.html"
)
_KEY = lazy_pattern(r"^([a-z_]+):", re.MULTILINE)


def list_top(project: Project) -> frozenset[str]:
    """Return the names of what is at the top of a course's folder."""
    try:
        return frozenset(os.listdir(project.source))  # noqa: PTH208 - names are wanted
    except OSError:
        return frozenset()


def find_misplaced(
    project: Project, before: Collection[str], table: str | None, *, tables: bool
) -> Iterator[Diagnostic]:
    """Yield a warning for each file at the top of a course's folder that belongs elsewhere or has another's name.

    `before` are the names that were there before the course was read: a file that comes meanwhile may be named by what
    was not read. `table` is the table of presenters that the course names; without `tables` it is not known which one
    that is.
    """
    try:
        entries = sorted(os.scandir(project.source), key=lambda entry: entry.name)
    except OSError:
        return
    names = {entry.name for entry in entries}
    for entry in entries:
        name = entry.name
        if (
            name not in before
            or name[:1] in "._~"
            or name.endswith("~")
            or not name.isprintable()
            or entry.is_symlink()
        ):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _in_folder(project, name, names)
        elif entry.is_file(follow_symlinks=False):
            reported = (
                _explain_copy(project, name, names)
                or (_explain_table(name, table, names) if tables else None)
                or _explain_page(project, name)
                or _explain_file_of_site(name)
            )
            if reported is not None:
                yield reported


def _warn(name: str, message: str, help: str) -> Diagnostic:
    return Diagnostic("warning", "misplaced", message, Source(name, "").whole(), help)


def _explain_copy(project: Project, name: str, names: Collection[str]) -> Diagnostic | None:
    """Explain `readings (1).yaml`, `readings.yml` and the like: only the very name is read."""
    for wanted in COURSE_FILES:
        stem = wanted.removesuffix(".yaml")
        plural = re.escape(stem) if stem != "readings" else "readings?"
        like = re.fullmatch(rf"{plural}(?P<copy>.*?)\.ya?ml(?:\.txt)?", name, re.IGNORECASE) or re.fullmatch(
            rf"{plural}(?P<copy>)(?:\.ya?ml)?\.txt", name, re.IGNORECASE
        )
        if name == wanted or like is None or _COPY.fullmatch(like["copy"]) is None:
            continue
        if _is_same(project, name, wanted):
            if wanted in names:  # a link leads from one to the other
                continue
            return _warn(name, f"`{name}` is not read on computers where case matters", f"rename it {wanted}")
        if wanted == COURSE_FILES[0] and wanted not in names:
            continue  # that there is none is reported, with the name that is near
        message = f"`{name}` is not read: only a file named exactly `{wanted}` is"
        if wanted in names:
            return _warn(name, message, f"move what is new in it into {wanted}, and delete it")
        return _warn(name, message, f"rename it {wanted}")
    return None


def _is_same(project: Project, name: str, wanted: str) -> bool:
    """Return whether both names lead to one file, as they do where case makes no difference."""
    try:
        return os.path.samefile(project.source / name, project.source / wanted)  # noqa: PTH121 - a name may be missing
    except OSError:
        return False


def _explain_table(name: str, table: str | None, names: Collection[str]) -> Diagnostic | None:
    """Explain a table that the course does not name."""
    stem, _, ending = name.rpartition(".")
    if (table is not None and normal_form(name) == normal_form(table)) or (
        ending.lower() != "csv" and not re.fullmatch(r"presenters\.(?:xlsx?|ods|tsv|numbers)", name)
    ):
        return None
    if ending.lower() in ("xlsx", "xls", "ods", "numbers"):
        help = f"export it as {stem}.csv, and write presentations: {{presenters: {stem}.csv}} in syllabus.yaml"
        return None if f"{stem}.csv" in names else _warn(name, f"`{name}` is not read: a table is read as CSV", help)
    help = f"if it is the table of presenters, write presentations: {{presenters: {_quoted(name)}}} in syllabus.yaml"
    if table is not None:
        help = f"the table of presenters is {table}: move what is new in this one there, and delete it"
    return _warn(
        name, f"`{name}` is not read: no key names it", f"{help}; if students should have it, put it in assets/"
    )


def _quoted(name: str) -> str:
    return name if re.fullmatch(r"\w[\w. -]*", name) else f'"{name}"'


def _explain_page(project: Project, name: str) -> Diagnostic | None:
    """Explain a file of Markdown at the top, which no page is made of."""
    match = _MARKDOWN.fullmatch(name)
    if match is None:
        return None
    keys = _keys_of(project, name)
    if not keys and _ABOUT.fullmatch(match[1]):
        return None
    folder = _home_of(match[1], keys)
    message = f"`{name}` is not read: pages are files in content/"
    help = f"move it to {folder}/{match[1]}.md"
    if not keys:
        help += "; if it is not a page of the site, put it in a folder of its own, such as docs/"
    return _warn(name, message, help)


def _explain_file_of_site(name: str) -> Diagnostic | None:
    """Explain a file that belongs at the top of the site: beside the syllabus it stays out of it."""
    if _AT_TOP.fullmatch(name) is None:
        return None
    where = f"{WELL_KNOWN_SOURCE}/" if name == "security.txt" else f"{ROOT}/"
    return _warn(name, f"`{name}` does not get into the site", f"move it to {where}")


def explain_wrong_root(assets: Iterable[str]) -> Diagnostic | None:
    """Explain `assets/Root/`: only files of `assets/root/` get to the top of the site.

    `assets` are the names of files relative to `assets/`.
    """
    root = ROOT.removeprefix("assets/")
    folders = (name.partition("/")[0] for name in assets if "/" in name)
    wrong = next((each for each in sorted(folders) if each != root and each.lower() == root), None)
    if wrong is None:
        return None
    return _warn(f"assets/{wrong}", f"files of `assets/{wrong}/` don't get to the top of the site", f"rename it {ROOT}")


def _home_of(stem: str, keys: Collection[str]) -> str:
    """Return the folder to which a file of Markdown belongs, by its keys and its name."""
    if _DATED.fullmatch(stem) and NOTE_READING.key not in keys:
        return "content/announcements"
    return "content/notes" if SUBJECTS & set(keys) else "content"


def _keys_of(project: Project, name: str) -> AbstractSet[str]:
    """Return the keys of front matter at the top of a file."""
    head = project.peek(name, LONGEST_HEAD).decode("utf-8", "replace").lstrip("\ufeff")
    match = re.match(r"\s*---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$", head, re.DOTALL | re.MULTILINE)
    return FRONT_MATTER & set(_KEY.findall(match[1])) if match is not None else set()


def _in_folder(project: Project, folder: str, names: Collection[str]) -> Iterator[Diagnostic]:
    """Yield warnings for the pages of a folder at the top that has the name of one of `content/`."""
    lower = folder.lower()
    if lower in _OWN and folder not in _OWN and lower not in names:
        yield _warn(folder, f"`{folder}` is not read: the folder's name is `{lower}`", f"rename it {lower}")
        return
    home = _FOLDERS.get(lower)
    if home is None:
        return
    try:
        inner = sorted(entry.name for entry in os.scandir(project.source / folder) if entry.is_file())
    except OSError:
        return
    found = [name for name in inner if name[:1] not in "._~" and name.isprintable() and _MARKDOWN.fullmatch(name)]
    pages = [name for name in found if not _is_about(name)]
    for name in pages[:MOST_NAMED]:
        stem = _MARKDOWN.sub(r"\1", name)
        keys = _keys_of(project, f"{folder}/{name}") if home == "content" else ()
        place = _home_of(stem, keys) if home == "content" else home
        message = f"`{folder}/{name}` is not read: pages are files in content/"
        help = f"move it to {place}/{stem}.md"
        if len(pages) > MOST_NAMED and name == pages[MOST_NAMED - 1]:
            help += f"; likewise with {len(pages) - MOST_NAMED} more in this folder"
        yield _warn(f"{folder}/{name}", message, help)


def _is_about(name: str) -> bool:
    return re.fullmatch(r"readme\..*", name, re.IGNORECASE) is not None


def explain_stranger(path: str) -> tuple[str, str]:
    """Return what is reported of a file in `content/` that is not Markdown, and what to do with it."""
    folder, _, name = path.rpartition("/")
    lower = name.lower()
    stem = name.partition(".")[0] if name[:1] != "." else name
    message = f"`{path}` is not a page and is left out"
    if lower.endswith((".markdown", ".mdown")):
        return message, "give it a name that ends in .md"
    if lower.endswith((".md", ".md.txt", ".mkd", ".mdx", ".qmd", ".rmd")):
        plain = re.sub(r"\.(?:md|md\.txt|mkd|mdx|qmd|rmd)$", "", name, flags=re.IGNORECASE)
        return message, f"rename it {plain}.md"
    if lower.endswith(".txt") or "." not in name:
        return message, f"if it is a page, rename it {name.removesuffix('.txt')}.md; otherwise put it in assets/"
    if lower.endswith(".ipynb"):
        return message, f"export it as Markdown, to {folder}/{stem}.md; or put it in assets/, and link to it"
    if lower.endswith((".docx", ".doc", ".odt", ".rtf", ".pages", ".tex", ".rst", ".org", ".adoc")):
        return message, f"write its text as Markdown, in {folder}/{stem}.md; or put it in assets/, and link to it"
    return message, "put it in assets/"


def explain_wrong_folder(path: str, keys: Collection[str]) -> Diagnostic | None:
    """Explain a note that is in `content/` itself or in a folder there with almost the right name.

    `keys` are those of its front matter, of which no page has `reading` and `meeting`. An announcement in such a folder
    is explained too.
    """
    inner = path.removeprefix("content/")
    folder, slash, rest = inner.partition("/")
    announced = slash and folder.lower() in ("announcement", "announcements") and _DATED.match(rest) is not None
    if not SUBJECTS & set(keys) or (announced and NOTE_READING.key not in keys):
        if not announced:
            return None
        message = f"`{path}` is left out: announcements are files in content/announcements/"
        return _warn(path, message, f"move it to content/announcements/{rest}")
    name = rest if slash and folder.lower() in _FOLDERS else inner
    message = f"`{path}` is left out: it is a note by its front matter, and notes are files in content/notes/"
    return _warn(path, message, f"move it to content/notes/{name}")

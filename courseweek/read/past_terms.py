"""`archive/`: the past terms, each a folder with a list of its files and their sums beside it.

The list, `NAME.sums`, is in the format of `sha256sum`. Its first line is a comment with the name of the term and its
days: `# Spring 2027 (2027-01-20 to 2027-05-07)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from courseweek.diagnostics import Diagnostic, Diagnostics, Source, Span
from courseweek.files.paths import normal_form
from courseweek.files.project import LARGEST_SUMS, Project
from courseweek.frozen import dataclass
from courseweek.model.past_term import ARCHIVE, LONGEST_NAME, FrozenFile, PastTerm, is_term_name
from courseweek.regex import lazy_pattern

MOST_NAMED = 10
"""Files of one term that are reported one by one."""
LONGEST_TITLE = 100
_ENDING = ".sums"
_HOME = "index.html"
_HEAD = lazy_pattern(r"#[ \t]*(.*?)(?:[ \t]*\((\d{4}-\d\d-\d\d) to (\d{4}-\d\d-\d\d)\))?[ \t]*")
_LINE = lazy_pattern(r"([0-9a-f]{64}) [ *](\S.*)", re.ASCII)
_RESTORE = "restore it as it was"


@dataclass(frozen=True, slots=True)
class _Listed:
    """What a list of sums says: the head, the files, and the lines that are not understood."""

    head: Span
    files: dict[str, FrozenFile]
    wrong: list[Diagnostic]


def read_past_terms(project: Project, found: Diagnostics) -> tuple[PastTerm, ...]:
    """Return the past terms of a course, the latest first; what is missing or does not belong there is reported."""
    folders: dict[str, list[str]] = {}
    lists: set[str] = set()
    for path in project.files(ARCHIVE, found):
        name, slash, inner = path.partition("/")
        if slash:
            folders.setdefault(name, []).append(inner)
        elif name.endswith(_ENDING):
            lists.add(name.removesuffix(_ENDING))
    terms = [_read_term(name, folders.get(name, []), name in lists, project, found) for name in {*folders, *lists}]
    known = [term for term in terms if term is not None]
    return tuple(sorted(known, key=lambda term: (-(term.ends or date.min).toordinal(), term.name)))


def _read_term(name: str, files: list[str], listed: bool, project: Project, found: Diagnostics) -> PastTerm | None:
    """Return one past term, or None where it has no list of sums or a name that is not allowed."""
    place = f"{ARCHIVE}/{name}"
    if not is_term_name(name):
        message = f"`{name}` can't be the name of a past term"
        help = f"use small letters and digits with hyphens between them, at most {LONGEST_NAME}, such as sp27"
        found.error("past-term", message, Source(place, "").whole(), help=help)
        return None
    source = project.read_text(f"{place}{_ENDING}", found, largest=LARGEST_SUMS) if listed else None
    if source is None:
        if not listed:
            message = f"the past term `{name}` has no list of its files"
            help = f"restore {place}{_ENDING}; or move the folder out of {ARCHIVE}/, which is for past terms"
            found.error("past-term", message, Source(place, "").whole(), help=help)
        return None
    sums = _read_sums(source)
    if not files:
        message = f"the past term `{name}` is listed, but its folder is missing"
        help = f"restore {place}/, or delete {place}{_ENDING}"
        found.error("past-term", message, sums.head, help=help)
        return None
    _report_some(sums.wrong, found)
    if _HOME not in sums.files and not sums.wrong:
        message = f"the past term `{name}` has no {_HOME}, to which the site would link"
        found.error("past-term", message, sums.head, help=f"restore {place}/ and {place}{_ENDING} as they were")
        return None
    missing = sums.files.keys() - {*files}
    _report_some([_explain_missing(place, path, sums.files[path].line) for path in sorted(missing)], found)
    if not sums.wrong:
        _report_some([_explain_extra(place, path) for path in files if path not in sums.files], found)
    kept = {path: file for path, file in sums.files.items() if path not in missing}
    title, starts, ends = _read_head(sums.head)
    return PastTerm(name, title or name, starts, ends, kept, sums.head)


def _read_sums(source: Source) -> _Listed:
    """Return what a list of sums says."""
    sums = _Listed(source.span(0, len(source.line(1))), {}, [])
    for number, line, span in _lines_of(source):
        match = _LINE.fullmatch(line)
        if match is not None and normal_form(match[2]) not in sums.files:
            sums.files[normal_form(match[2])] = FrozenFile(match[1], span)
        elif line.strip() and not line.startswith("#"):
            what = "not a SHA-256 sum and a path" if match is None else f"about `{match[2]}`, which is listed above"
            help = "restore the list as it was; each line is a sum, two spaces and a path"
            sums.wrong.append(Diagnostic("error", "past-term", f"line {number} is {what}", span, help))
    return sums


def _lines_of(source: Source) -> Iterator[tuple[int, str, Span]]:
    at = 0
    for number, line in enumerate(source.text.split("\n"), 1):
        yield number, line.removesuffix("\r"), source.span(at, at + len(line.removesuffix("\r")))
        at += len(line) + 1


def _read_head(head: Span) -> tuple[str, date | None, date | None]:
    """Return the name and the days of a term; an empty name where the head has none."""
    match = _HEAD.fullmatch(head.text)
    if match is None:
        return "", None, None
    title = match[1] if match[1].isprintable() and len(match[1]) <= LONGEST_TITLE else ""
    try:
        return title, date.fromisoformat(match[2]), date.fromisoformat(match[3])
    except (TypeError, ValueError):  # a head without days, or with one that no calendar has
        return title, None, None


def _explain_missing(place: str, path: str, line: Span) -> Diagnostic:
    message = f"`{place}/{path}` is missing, and a past term is published whole"
    return Diagnostic("error", "past-term", message, line, f"{_RESTORE}; or delete this line, to publish without it")


def _explain_extra(place: str, path: str) -> Diagnostic:
    message = f"`{place}/{path}` is not in the list of this past term"
    help = f"delete it; or add a line to {place}{_ENDING}: its SHA-256 sum, two spaces, and {path}"
    return Diagnostic("error", "past-term", message, Source(f"{place}/{path}", "").whole(), help)


def _report_some(reported: list[Diagnostic], found: Diagnostics) -> None:
    """Report the first of these; the last of them says how many more there are."""
    more = len(reported) - MOST_NAMED
    for number, each in enumerate(reported[:MOST_NAMED], 1):
        rest = f"; likewise with {more} more" if more > 0 and number == MOST_NAMED else ""
        found.error(each.name, each.message, each.span, help=f"{each.help}{rest}")

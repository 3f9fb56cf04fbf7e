"""`new`: make a course of one's own, from a few answers."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from courseweek.commands.counts import count
from courseweek.commands.exits import BUILT, FAILED, WRONG_USAGE
from courseweek.commands.shell_words import quote_word
from courseweek.diagnostics import Diagnostics
from courseweek.files.project import Project, theme_folder
from courseweek.frozen import dataclass
from courseweek.pipeline import make_site
from courseweek.read.values.misread import Misread
from courseweek.report.text import printable, report_text
from courseweek.start.answers import check_answer, make_details
from courseweek.start.details import CourseDetails
from courseweek.start.folder import Occupied, Unusable, adding_missing, check_folder, check_places, write_files
from courseweek.start.git_remote import Remote, find_remote
from courseweek.start.questions import QUESTIONS, Ask, Guesses, ask_all, describe_missing, list_missing
from courseweek.start.requirement import choose_requirement, find_program
from courseweek.start.scaffold import make_files
from courseweek.start.workflows import make_workflows

_MOST_NAMED = 5
"""Files in the way that are named."""
_NOTHING = "Nothing was written."


@dataclass(frozen=True, slots=True)
class NewOptions:
    """What the command line says: `texts` are the answers given as options, by their names.

    `ask` shows a question and returns what is typed; None if nobody is at a terminal. `timezone` is the computer's,
    if it is known, and `command` is how the program was called.
    """

    folder: Path
    texts: Mapping[str, str]
    now: datetime
    ask: Ask | None
    timezone: str | None = None
    command: str = "courseweek"
    color: bool = False


def new(options: NewOptions) -> int:
    """Make a course in a folder and return the exit code; unless all is right, nothing is written."""
    folder = _relative(options.folder)
    shown = "this folder" if folder == Path() else printable(str(folder))
    try:
        check_folder(options.folder)
        details = _gather_details(options, shown)
        if details is None:
            return WRONG_USAGE
        files, beside = _make_all(details)
        top = _find_top(options.folder, details)
        check_places(top, beside)
        if not _try_out(details, files, options):
            return WRONG_USAGE
        with adding_missing(top, beside) as added:
            kept = write_files(options.folder, files)
    except Occupied as occupied:
        _refuse_folder(options, shown, occupied.names)
        return WRONG_USAGE
    except Unusable as unusable:
        print(f"courseweek: {printable(str(unusable))}", file=sys.stderr)
        print(_NOTHING, file=sys.stderr)
        return WRONG_USAGE
    except (OSError, LookupError) as error:
        what = f"{error.strerror} ({error.filename or options.folder})" if isinstance(error, OSError) else str(error)
        print(f"{_NOTHING[:-1]}: {printable(what)}.", file=sys.stderr)
        return FAILED
    _say_made(options, shown, len(files) - len(kept), kept, added)
    return BUILT


def _make_all(details: CourseDetails) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Return the files of a course by their paths in its folder, and those for GitHub by theirs in the repository."""
    requirement = choose_requirement(find_program())
    workflows = make_workflows(
        requirement,
        title=details.title,
        timezone=details.timezone,
        branch=details.branch,
        subfolder=details.subfolder,
    )
    files = make_files(details) | dict(requirement.files)
    return (files, workflows) if details.subfolder else (files | workflows, {})


def _gather_details(options: NewOptions, shown: str) -> CourseDetails | None:
    """Return the details from options and questions; None, and reported, if they are wrong or not all there."""
    remote = _find_repository(options.folder)
    texts: dict[str, str] = {}
    wrong = False
    for name in ("language", *(each.name for each in QUESTIONS)):
        if name in options.texts:
            try:
                check_answer(name, texts | {name: options.texts[name]})
                texts[name] = options.texts[name]
            except Misread as misread:
                _print_misread(f"--{name}", misread)
                if name == "timezone" and options.timezone is not None:
                    print(f"help: this computer is in {options.timezone}", file=sys.stderr)
                wrong = True
    missing = list_missing(options.texts)
    if missing and options.ask is None:
        print(describe_missing(missing), file=sys.stderr)
        wrong = True
    if wrong:
        print(_NOTHING, file=sys.stderr)
        return None
    if missing and options.ask is not None:
        print(f"A new course in {shown}. Enter takes the answer in brackets; Ctrl-C stops, and nothing is written.\n")
        guesses = Guesses(options.now.date(), options.timezone, remote.url if remote is not None else None)
        try:
            ask_all(texts, guesses, options.ask, print)
        except (EOFError, KeyboardInterrupt):
            print(f"\n{_NOTHING}", file=sys.stderr)
            return None
        print()
    elif remote is not None and remote.url is not None:
        texts.setdefault("repository", remote.url)
    return make_details(texts, remote)


def _find_repository(folder: Path) -> Remote | None:
    """Return where the folder is in a Git repository; an address that a course can't have is left out."""
    if folder.resolve().is_relative_to(theme_folder().resolve()):
        return None  # within a checkout of the program, of which the course is no part
    remote = find_remote(folder)
    if remote is not None and remote.url is not None:
        try:
            check_answer("repository", {"repository": remote.url})
        except Misread:
            return replace(remote, url=None)
    return remote


def _try_out(details: CourseDetails, files: Mapping[str, bytes], options: NewOptions) -> bool:
    """Return whether the course builds without a warning, and says what was answered; report it if not."""
    with TemporaryDirectory(prefix="courseweek-new-", ignore_cleanup_errors=True) as place:
        folder = Path(place).resolve()
        write_files(folder / "course", files)
        found = Diagnostics()
        site = make_site(Project(folder / "course", folder / "site"), options.now, found)
    if found.found:
        print(report_text(found, color=options.color), file=sys.stderr)
    if found.found or site is None:
        print(f"The course would begin with {count(len(found.found), 'problem')}. {_NOTHING}", file=sys.stderr)
        return False
    read = site.plan.course.syllabus.title
    if read != details.title:
        print(f"courseweek: --title: this would become `{printable(read)}`. {_NOTHING}", file=sys.stderr)
        return False
    return True


def _refuse_folder(options: NewOptions, shown: str, names: list[str]) -> None:
    listed = ", ".join(names[:_MOST_NAMED]) + (" …" if len(names) > _MOST_NAMED else "")
    if "syllabus.yaml" in names:
        message = f"there is already a course in {shown}"
    else:
        message = f"{shown} is not empty: it contains {printable(listed)}"
    print(
        f"courseweek: {message}; a new course begins in an empty folder or a fresh repository, for example with "
        f"`{options.command} new NAME`",
        file=sys.stderr,
    )
    print(_NOTHING, file=sys.stderr)


def _print_misread(option: str, misread: Misread) -> None:
    print(f"courseweek: {option}: {printable(misread.message)}", file=sys.stderr)
    if misread.help:
        print(f"help: {printable(misread.help)}", file=sys.stderr)


def _say_made(options: NewOptions, shown: str, written: int, kept: list[str], added: list[str]) -> None:
    print(f"Made a course in {shown}: {count(written, 'file')}.")
    if added:
        print(f"At the top of the repository: {', '.join(added)}.")
    for name in kept:
        more = "; make sure that it contains the lines `_site/`, `.cache/` and `.venv/`" if name == ".gitignore" else ""
        print(f"Kept your {name}{more}.")
    go = "" if _relative(options.folder) == Path() else f"cd {quote_word(shown)}\n  "
    print(f"\nTo see it in your browser, and to change it:\n\n  {go}{options.command} serve --open")


def _find_top(folder: Path, details: CourseDetails) -> Path:
    """Return the top of the repository of a course."""
    return folder.joinpath(*(".." for part in details.subfolder.split("/") if part)).resolve()


def _relative(folder: Path) -> Path:
    """Return a folder as seen from the working one, if it is below that."""
    try:
        return folder.relative_to(Path.cwd())
    except ValueError:
        return folder

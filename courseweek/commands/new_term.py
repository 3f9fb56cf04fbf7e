"""`new-term`: a course's files are changed for its next term, after the changes were shown."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from contextlib import nullcontext, redirect_stdout
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from stat import S_ISREG

from courseweek.commands.counts import count, count_problems
from courseweek.commands.exits import BUILT, FAILED, WRONG_FILES, WRONG_USAGE
from courseweek.commands.settling import Person, settle
from courseweek.commands.working import run_alone
from courseweek.diagnostics import Diagnostic, Diagnostics, Source
from courseweek.files.project import LARGEST_TEXT, Project
from courseweek.files.text_encoding import decode_text
from courseweek.fixes import apply_edits, report_difference
from courseweek.frozen import dataclass
from courseweek.language.language import Language
from courseweek.model.course import Course
from courseweek.model.past_term import ARCHIVE
from courseweek.model.term import Break
from courseweek.read.carryover import CARRYOVER_FILE
from courseweek.read.term import LONGEST_TERM
from courseweek.read.values.dates import Window
from courseweek.report.side_by_side import NARROWEST, report_side_by_side
from courseweek.report.text import disarm, printable, report_text
from courseweek.roll.carryover import write_carryover
from courseweek.roll.interruption import Interrupted
from courseweek.roll.lists import TodoFormat, report_todo, write_todo
from courseweek.roll.next_term import Built, build_in_memory, check_rolled, find_new_warnings, roll_course
from courseweek.roll.term_edit import NewTerm, read_new_breaks
from courseweek.roll.todo import Todo, list_todo
from courseweek.start.questions import describe_missing
from courseweek.start.term_questions import TERM_QUESTIONS, ask_for_term, explain_name


@dataclass(frozen=True, slots=True)
class NewTermOptions:
    """What the command line says; `now` without a zone is a time in the course's.

    `name`, `starts` and `ends` are asked for on a terminal where they are None.
    `breaks` is the file that lists the new breaks, None for moving the old ones. `clear` and `keep` are the kinds of
    items of the to-do list that are settled so. `ask` asks a question on a terminal and returns the line that is typed,
    `press` the key that is pressed; both are None without one. `width` is that of the terminal, 0 without one.
    `archive` is the name under which the site of the old term is kept first, None for not keeping it. The command
    `resumes` if one was killed before it.
    """

    source: Path
    output: Path
    now: datetime
    name: str | None
    starts: date | None
    ends: date | None
    breaks: Path | None
    dry_run: bool
    yes: bool
    format: TodoFormat
    clear: frozenset[str]
    keep: frozenset[str]
    color: bool
    width: int
    ask: Callable[[str], str] | None
    press: Callable[[str], str] | None = None
    archive: str | None = None
    resumes: bool = False


def new_term(options: NewTermOptions) -> int:
    """Change a course's files for its next term, and return the exit code.

    Nothing is written unless the course builds before and after, and somebody said yes.
    """
    refused = _refuse(options)
    if refused is not None:
        print(refused, file=sys.stderr)
        return WRONG_USAGE
    if options.dry_run:
        return _change_term(options)
    return run_alone(options.source, lambda interrupted: _change_term(options, interrupted), "Nothing was written")


def _change_term(options: NewTermOptions, interrupted: Interrupted | None = None) -> int:
    """Do what `new_term` does; `interrupted` is what a command left that was killed before this one."""
    options = replace(options, resumes=interrupted is not None)
    project = Project(options.source, options.output)
    old = build_in_memory(project, options.now)
    if old.course is None or old.errors:
        return _fail("Fix the course before its next term", old.errors, options)
    asked = _ask_for_term(old.course, options)
    if asked is None:
        return WRONG_USAGE
    name, starts, ends = asked
    found = Diagnostics()
    breaks = _read_breaks(options, Window(starts, ends), old.course, found)
    if found.errors:
        return _fail("The breaks can't be used", list(found), options)
    return _roll(project, old, old.course, NewTerm(name, starts, ends, breaks), options)


def _ask_for_term(course: Course, options: NewTermOptions) -> tuple[str, date, date] | None:
    """Return the name and the days of the next term, asked for where no option gives them; None if that was stopped."""
    if options.name is not None and options.starts is not None and options.ends is not None:
        return options.name, options.starts, options.ends
    assert options.ask is not None  # or that was refused
    print("The next term. Enter takes the answer in brackets; Ctrl-C stops, and nothing is written.\n")
    given = {each.name: str(value) for each in TERM_QUESTIONS if (value := getattr(options, each.name)) is not None}
    try:
        answers = ask_for_term(given, course.syllabus, options.now.date(), options.ask, print)
    except (EOFError, KeyboardInterrupt):
        print("\nNothing was written.", file=sys.stderr)
        return None
    print()
    return answers


def _roll(project: Project, old: Built, course: Course, new: NewTerm, options: NewTermOptions) -> int:
    """Change the files of a course for a term, show the changes, and write them if somebody agrees."""
    texts = roll_course(course, new)
    built = build_in_memory(project, options.now, texts)
    if errors := check_rolled(built, new):
        return _fail("The next term can't be built", errors, options)
    items = _list_items(course, built, new)
    asked = not options.yes and not options.dry_run
    if asked:
        print(_show(_read_texts(project, texts), texts, options), end="")
    person = Person(options.ask, options.press or options.ask) if asked and options.ask is not None else None
    settled = settle(items, options.clear, options.keep, person)
    if settled.edits:
        changed = apply_edits(settled.edits)
        built = build_in_memory(project, options.now, texts | changed)
        if errors := check_rolled(built, new):
            return _fail("The next term can't be built with that", errors, options)
        if asked:
            print(_show(_read_texts(project, changed) | texts, changed, options), end="")
        texts |= changed
        items = _list_items(course, built, new)
    left = settled.leave_out(items)
    texts |= _carry_over(project, left, tuple(each for each in items if each not in left), course, built)
    if options.format == "json":
        print(write_todo(left, texts), end="")
        return _finish(project, texts, new, options, say=lambda sentence: None)
    if not asked:
        print(_show(_read_texts(project, texts), texts, options), end="")
    print(report_todo(left, color=options.color), end="")
    if warnings := find_new_warnings(old, built):
        print(report_text(warnings, color=options.color), file=sys.stderr)
    return _finish(project, texts, new, options, say=print)


def _list_items(old: Course, built: Built, new: NewTerm) -> tuple[Todo, ...]:
    assert built.course is not None  # or there were errors
    assert built.schedule is not None
    return list_todo(old, built.course, built.schedule, with_breaks=new.breaks is None)


def _carry_over(
    project: Project, left: tuple[Todo, ...], settled: tuple[Todo, ...], old: Course, built: Built
) -> dict[str, str]:
    """Return the text of the file that lists what nobody has looked at, if it changes."""
    assert built.course is not None  # or there were errors
    text = write_carryover(left, settled, built.course, old)
    same = text is None or text == _read_texts(project, [CARRYOVER_FILE]).get(CARRYOVER_FILE)
    return {} if text is None or same else {CARRYOVER_FILE: text}


def _refuse(options: NewTermOptions) -> str | None:
    """Return what is said of what is wrong with the options, whatever the course; None if nothing is."""
    if options.name is not None and (why := explain_name(options.name)) is not None:
        return f"courseweek: {why}"
    if options.starts is not None and options.ends is not None:
        days = (options.ends - options.starts).days
        if days < 0:
            return f"courseweek: the term ends ({options.ends}) before it starts ({options.starts})"
        if days > LONGEST_TERM.days:
            return f"courseweek: the term has {days} days; the limit is {LONGEST_TERM.days}"
    missing = [each for each in TERM_QUESTIONS if getattr(options, each.name) is None]
    if missing and (options.ask is None or options.format == "json"):
        return describe_missing(missing, at_terminal=options.ask is not None)
    if not (options.dry_run or options.yes or options.ask is not None):
        return "courseweek: add --yes to write the files without a terminal, or --dry-run to only show the changes"
    if options.format == "json" and not (options.dry_run or options.yes):
        return "courseweek: --format json asks nothing: add --yes or --dry-run"
    return None


def _read_breaks(
    options: NewTermOptions, window: Window, course: Course, found: Diagnostics
) -> tuple[Break, ...] | None:
    """Return the breaks of the file that the command line names, None without one."""
    if options.breaks is None:
        return None
    name = options.breaks.name
    place = Source(name, "").whole()
    try:
        if not S_ISREG(options.breaks.stat().st_mode):  # a device or a pipe may never end
            found.error("unreadable", f"`{options.breaks}` is not a file", place)
            return ()
        data = options.breaks.read_bytes()
    except OSError as error:
        found.error("unreadable", f"`{options.breaks}` can't be read: {error.strerror}", place)
        return ()
    if len(data) > LARGEST_TEXT:
        found.error("too-large", f"`{options.breaks}` is larger than {LARGEST_TEXT:,} bytes", place)
        return ()
    source = decode_text(name, data, found)
    if source is None:
        return ()
    return read_new_breaks(source, window, Language(course.syllabus.language), found)


def _fail(sentence: str, errors: list[Diagnostic], options: NewTermOptions) -> int:
    """Show errors and say that nothing was written; return the exit code."""
    print(report_text(errors, color=options.color), file=sys.stderr)
    print(f"{sentence}: {count_problems(len(errors), 0)}. Nothing was written.", file=sys.stderr)
    return WRONG_FILES


def _read_texts(project: Project, names: Iterable[str]) -> dict[str, str]:
    """Return the texts of files as they are on the disk, by name."""
    sources = {name: project.read_text(name, Diagnostics()) for name in names}
    return {name: source.text for name, source in sources.items() if source is not None}


def _show(before: dict[str, str], after: dict[str, str], options: NewTermOptions) -> str:
    """Return old and new lines beside each other, or below each other where the terminal is narrow."""
    if options.width < NARROWEST:
        return report_difference(before, after, color=options.color, after_name="next term")
    return report_side_by_side(before, after, options.width, color=options.color)


def _finish(
    project: Project, texts: dict[str, str], new: NewTerm, options: NewTermOptions, say: Callable[[str], None]
) -> int:
    """Write the files if that was asked for, the syllabus last; say what was written, and return the exit code."""
    if not texts:
        say(f"The term is already {disarm(printable(new.name))}; there is nothing to write.")
        return BUILT
    if options.dry_run:
        if options.archive is not None and _keep_old_term(options) != BUILT:
            return WRONG_FILES
        say("Nothing was written: this was a dry run.")
        return BUILT
    names = sorted(texts, key=lambda name: ("/" not in name, name))
    if not options.yes and not _agrees(f"Write {count(len(names), 'file')}? [y/N] ", options):
        say("Nothing was written.")
        return BUILT
    if options.archive is not None and _keep_old_term(options) != BUILT:
        print("The files of the course are unchanged.", file=sys.stderr)
        return WRONG_FILES
    try:
        project.write_texts({name: texts[name] for name in names})
    except OSError as error:
        why = printable(f"{error.strerror or error} ({error.filename})")
        print(f"Writing failed: {why}. Nothing was written.", file=sys.stderr)
        return FAILED
    say(f"Wrote {', '.join(names)}.")
    return BUILT


def _keep_old_term(options: NewTermOptions) -> int:
    """Keep the site of the term that is in the files now; return the exit code."""
    from courseweek.commands.archive import ArchiveOptions, archive_alone

    assert options.archive is not None
    place = options.source / ARCHIVE / options.archive
    if options.resumes and place.is_dir() and place.with_name(f"{options.archive}.sums").is_file():
        print(f"{ARCHIVE}/{options.archive}/ is already there, from the command that was interrupted.", file=sys.stderr)
        return BUILT
    # Only for whether the term is over, so a day without a zone may be in any.
    now = options.now if options.now.tzinfo is not None else options.now.replace(tzinfo=UTC)
    kept = ArchiveOptions(options.source, options.output, options.archive, now, options.dry_run, options.color)
    with redirect_stdout(sys.stderr) if options.format == "json" else nullcontext():
        return archive_alone(kept)


def _agrees(question: str, options: NewTermOptions) -> bool:
    assert options.ask is not None
    try:
        return options.ask(question).strip().lower() in ("y", "yes")
    except EOFError:
        return False

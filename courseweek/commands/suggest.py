"""`suggest`: a reading that somebody suggested in a form, added to `readings.yaml`."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from courseweek.commands.counts import count_problems
from courseweek.commands.exits import BUILT, FAILED, WRONG_FILES, WRONG_USAGE
from courseweek.contributing.insertion import find_insertion
from courseweek.contributing.issue_form import ADDRESS, TITLE, WHY, Answers, read_answers, shorten
from courseweek.diagnostics import Diagnostic, Diagnostics, Source
from courseweek.files.project import Project
from courseweek.files.stored import NotAFile, open_plain
from courseweek.fixes import apply_edits, apply_fixes, report_difference
from courseweek.frozen import dataclass
from courseweek.model.reading import ReadingList
from courseweek.pipeline import Site, make_site
from courseweek.read.course import READINGS_FILE
from courseweek.report.text import disarm, printable, report_text
from courseweek.schedule.lookup import Lookup, Meant, name_day

LARGEST_FORM = 300_000
"""A larger text of an issue (bytes) is refused; GitHub takes 65,536 characters."""
MOST_ROUNDS = 3
"""Rounds of fixes: one may uncover the next mistake."""
_QUESTIONS = {"title": TITLE, "url": ADDRESS, "note": WHY}


@dataclass(frozen=True, slots=True)
class SuggestOptions:
    """What the command line says; `now` without a zone is a time in the course's.

    `form` is the file with the text of the issue. With `dry_run` nothing is written.
    """

    source: Path
    output: Path
    now: datetime
    form: str
    dry_run: bool = False
    color: bool = False


def suggest(options: SuggestOptions) -> int:
    """Add the reading of a form to its meeting, say so in one line, and return the exit code.

    What can't be added is said in sentences that the person can be answered with, and nothing is written.
    """
    text = _read_form(options.form)
    if isinstance(text, int):
        return text
    answers = read_answers(text)
    if isinstance(answers, list):
        return _refuse(answers)
    project = Project(options.source, options.output)
    found = Diagnostics()
    site = make_site(project, options.now, found)
    if site is None or found.has_errors():
        errors = [each for each in found if each.severity == "error"]
        print(report_text(errors, color=options.color), file=sys.stderr)
        return _refuse([f"Fix the course before a reading is added: {count_problems(len(errors), 0)}."])
    meant = Lookup(site.plan.schedule.all_meetings, (), site.plan.course.notes).meeting(answers.meeting)
    if meant is None or meant.only is None:
        return _refuse([_ask_for_meeting(answers.meeting, meant)])
    return _add(answers, meant.only, project, site, found, options)


def _read_form(name: str) -> str | int:
    """Return the text of a file, or the exit code where it can't be read."""
    try:
        with open_plain(str(Path(name).resolve())) as file:
            data = file.read(LARGEST_FORM + 1)
    except NotAFile:
        return _refuse([f"courseweek: {name} is not a file"], WRONG_USAGE)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "its name is not valid"
        return _refuse([f"courseweek: {name} can't be read: {why}"], WRONG_USAGE)
    if len(data) > LARGEST_FORM:
        return _refuse([f"The text is longer than {LARGEST_FORM:,} bytes."])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _refuse(["The text is not UTF-8."])


def _ask_for_meeting(text: str, meant: Meant | None) -> str:
    """Return a sentence about an answer that is not the name of one meeting."""
    if meant is None:
        return f"No meeting is called “{shorten(text)}”: write its topic, or its date."
    *others, last = [f"{id} ({what})" for id, what in meant.choices]
    return f"“{shorten(text)}” may be {', '.join(others)} or {last}: write which one."


def _add(
    answers: Answers, meeting: str, project: Project, site: Site, found: Diagnostics, options: SuggestOptions
) -> int:
    """Add the reading to the list of a meeting, if the course has no further mistake with it."""
    lists = site.plan.course.reading_lists
    before = project.read_text(READINGS_FILE, Diagnostics()) or Source(READINGS_FILE, "")
    edits = find_insertion(before, lists.get(meeting), meeting, answers.entry, required=answers.required)
    written = "\n".join(answers.entry.lines(4))
    by_hand = f"The list of {meeting} in {READINGS_FILE} can't be added to. Add these lines by hand:\n{written}"
    if edits is None:
        return _refuse([by_hand])
    texts, after, changed = _try(apply_edits(edits), project, found, options)
    new = [each for each in after if _key_of(each) not in {_key_of(old) for old in found}]
    errors = [each for each in new if each.severity == "error"]
    if errors:
        return _refuse([_describe(each) for each in errors])
    if changed is None or not _is_added(lists, changed.plan.course.reading_lists, meeting, required=answers.required):
        return _refuse([by_hand])
    if new:
        print(report_text(new, color=options.color), file=sys.stderr)
    row = next(row for row in site.plan.schedule.all_meetings if row.id == meeting)
    kind = "required" if answers.required else "optional"
    what = f"“{answers.entry.title}” to the {kind} readings of {meeting} ({name_day(row)})"
    if options.dry_run:
        print(report_difference({before.name: before.text}, texts, color=options.color, after_name="new"), end="")
        print(f"Nothing was written; this adds {printable(what)}.")
        return BUILT
    try:
        project.write_texts(texts)
    except OSError as error:
        return _refuse([f"{READINGS_FILE} can't be written: {error.strerror or error}."], FAILED)
    print(f"Added {printable(what)}.")
    return BUILT


def _try(
    texts: dict[str, str], project: Project, found: Diagnostics, options: SuggestOptions
) -> tuple[dict[str, str], Diagnostics, Site | None]:
    """Return the texts with what has one safe fix fixed, what is wrong with the course then, and its site."""
    known = {_key_of(each) for each in found}
    for left in range(MOST_ROUNDS, -1, -1):
        after = Diagnostics()
        site = make_site(Project(project.source, project.output, texts), options.now, after)
        fixable = [each for each in after if each.fix and _key_of(each) not in known]
        if not left or not fixable or any(edit.span.file not in texts for each in fixable for edit in each.fix):
            return texts, after, site
        texts = apply_fixes(fixable)
    raise AssertionError("the last round fixes nothing")


def _key_of(diagnostic: Diagnostic) -> tuple[str, str, str]:
    return diagnostic.name, diagnostic.span.file, diagnostic.message


def _is_added(
    before: Mapping[str, ReadingList], after: Mapping[str, ReadingList], meeting: str, *, required: bool
) -> bool:
    """Return whether one list has one more reading, and all else is as it was."""
    others = {id: each for id, each in after.items() if id != meeting}
    if others != {id: each for id, each in before.items() if id != meeting}:
        return False
    sizes = Counter[bool]()
    for sign, each in ((-1, before.get(meeting)), (1, after[meeting])):
        for is_required in (True, False):
            groups = (each.required if is_required else each.optional) if each is not None else ()
            sizes[is_required] += sign * sum(len(group.entries) for group in groups)
    return sizes[required] == 1 and sizes[not required] == 0


def _describe(diagnostic: Diagnostic) -> str:
    """Return a mistake as a sentence that begins with the question, where it is in an answer."""
    line = diagnostic.span.source.line(diagnostic.span.line)
    question = _QUESTIONS.get(line.strip().removeprefix("- ").partition(":")[0])
    sentence = f"{diagnostic.message}; {diagnostic.help}." if diagnostic.help else f"{diagnostic.message}."
    return f"{question}: {sentence}" if question else f"{sentence[0].upper()}{sentence[1:]}"


def _refuse(sentences: Iterable[str], code: int = WRONG_FILES) -> int:
    for line in "\n".join(sentences).split("\n"):
        print(disarm(printable(line)), file=sys.stderr)
    return code

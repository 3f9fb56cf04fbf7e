"""The page for suggestions: what its script goes by, and what it shows without one."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from typing import Any

from courseweek.contributing.field_rules import make_rules
from courseweek.contributing.list_ends import ListEnd, find_list_end
from courseweek.diagnostics import Source
from courseweek.files.paths import relative_link
from courseweek.model.meeting import AnyMeeting, Meeting
from courseweek.model.repository import Repository
from courseweek.plan.plan import SUGGEST_SCRIPT, Plan
from courseweek.read.course import READINGS_FILE, SYLLABUS_FILE
from courseweek.render.views.layout_values import SubjectView, SuggestView
from courseweek.render.views.rows import name_day

FORM = "reading.yml"
"""The form for issues that suggest a reading, in `.github/ISSUE_TEMPLATE/`."""
NAME, TEXT = "-name-", "-text-"
"""What the script replaces in the address of a new file."""
_LONGEST_SHOWN = 80
_SAMPLE = (
    '- title: "Roofline: An Insightful Visual Performance Model"',
    '  url: "https://example.org/roofline.pdf"',
    '  venue: "CACM 2009"',
)


def view_suggesting(plan: Plan, path: str) -> SuggestView:
    """Return what the page at `path` shows."""
    repository = plan.course.syllabus.repository
    assert repository is not None, "the page is made only for a course with a repository"
    rows = [row for row in plan.schedule.all_meetings if row.written is not None]
    rules, roles = plan.course.syllabus.presentations, tuple[str, ...]()
    if rules is not None:
        roles = tuple(role.name for role in rules.roles)
    presents = rules is not None and rules.sign_up is None
    create = repository.create(f"content/notes/{NAME}.md", TEXT)
    # A file that nothing was read from may not exist, and an editor has nothing to open.
    editor = repository.edit(READINGS_FILE) if plan.course.reading_lists else repository.url
    form = repository.file_issue(FORM)
    data = {
        "rules": make_rules(),
        "places": {row.id: list(_places(plan, row)) for row in rows},
        "edit": editor,
        "lines": repository.host is not None and bool(plan.course.reading_lists),
        "form": form,
        "fields": repository.host == "github",
        "create": create,
        "notes": sorted(note.page.name.removeprefix("notes/") for note in plan.course.notes),
        "present": _describe_table(plan, repository) if presents else None,
        "topics": {row.id: repository.edit(SYLLABUS_FILE, row.written.origin.span.line) for row in rows if row.written}
        if presents
        else {},
        "words": _say(plan),
    }
    return SuggestView(
        script=relative_link(path, SUGGEST_SCRIPT),
        data=json.dumps(data, ensure_ascii=False, separators=(",", ":")),
        meetings=tuple(
            SubjectView(row.id, row.topic, name_day(row, plan.locale) if isinstance(row, Meeting) else None)
            for row in rows
        ),
        readings=tuple(SubjectView(each.id, each.title) for each in plan.schedule.readings),
        form=form,
        editor=editor,
        create=create.partition("?")[0] if create is not None else None,
        sample="\n".join(f"{' ' * 4}{line}" for line in _SAMPLE),
        roles=roles,
        presenters=(SYLLABUS_FILE if not rules or not rules.listed else rules.listed[0].span.file)
        if presents
        else None,
    )


def _places(plan: Plan, row: AnyMeeting) -> Iterator[list[Any] | None]:
    """Yield the places for a required and an optional reading of a meeting, as the script takes them."""
    lists = plan.course.reading_lists
    listed = lists.get(row.id)
    source = next((each.origin.span.source for each in lists.values()), Source(READINGS_FILE, ""))
    for required in (True, False):
        place = find_list_end(source, listed, row.id, required=required)
        yield None if place is None else _pack(place, source)


def _pack(place: ListEnd, source: Source) -> list[Any]:
    above = source.line(place.line)[:_LONGEST_SHOWN].rstrip() if place.line else ""
    packed = [place.line, place.indent, list(place.before), above]
    return packed if place.first is None else [*packed, place.first, place.first_line]


def _describe_table(plan: Plan, repository: Repository) -> list[Any] | None:
    """Return the address of the table of presenters at its end, its columns and what divides them; None without one."""
    rules = plan.course.syllabus.presentations
    if rules is None or not rules.listed:
        return None
    source = rules.listed[0].span.source
    lines = source.text.rstrip().splitlines()
    head = next((line for line in lines if "name" in line.casefold()), "name,meeting,role")
    sign = max(",;\t", key=head.count)
    columns = [cell.strip().casefold() for cell in next(csv.reader([head], delimiter=sign))]
    return [repository.edit(source.name, len(lines)), columns, sign]


def _say(plan: Plan) -> dict[str, str]:
    """Return what the script says, in the course's language."""
    _ = plan.locale.gettext
    return {
        "below": _("Below line {line} of {file}:", line="{line}", file="{file}"),
        "end": _("At the end of {file}:", file="{file}"),
        "first": _("And this line below line {line}:", line="{line}"),
        "closed": _("This list is written in another way. Open the form or the file, and say what you suggest."),
        "title": _("A title is needed too."),
        "read": _("Filled in: {fields}. Check the fields.", fields="{fields}"),
        "address": _("An address says no title: type the title, too."),
        "copied": _("Copied"),
        "selected": _("Selected: copy it with the keyboard"),
        "minutes": _("{count} min", count="{count}"),
        "topic": _("Add this to the topic in {file}:", file="{file}"),
    }

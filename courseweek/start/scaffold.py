"""The files of a new course, from its details and the templates in `templates/`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

from courseweek.model.repository import Repository
from courseweek.read.topics import MOST_DAYS
from courseweek.read.values.misread import Misread
from courseweek.read.values.weekdays import WEEKDAYS as DAY_NAMES
from courseweek.schema.json_schemas import make_schemas
from courseweek.start.class_days import count_days
from courseweek.start.details import CourseDetails, Template

TEMPLATES = Path(__file__).parent / "templates"
_COMMON = "common"
"""The folder of what every course begins with."""
_PARTS = "parts"
"""The folder of what the templates share within a file, each under its own name as a mark."""
_TOPICS: Mapping[Template, int] = {"berkeley": 4, "seminar": 3, "undergraduate": 5, "smallest": 1}
"""How many class days the topics of a template take; the other days are open."""
_LAB_DAYS = (4, 3, 2, 1, 0, 5, 6)
"""Days of the week for the lab, the likeliest first."""
_MARK = re.compile(r"\{\{(\w+)\}\}")
_PLAIN = re.compile(r"[^\W\d_](?:[\w .()/&+'-]*[\w.)+'])?")
"""A text that YAML reads as it is written."""
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~&$])")
"""What means something in a line of Markdown."""

Values = Mapping[str, str | None]
"""What the marks of a template stand for, by name; a line with a mark that has no value is left out."""


def make_files(details: CourseDetails) -> dict[str, bytes]:
    """Return the files of a new course by path, without those that bring the program to it.

    Raises `Misread` if the term has too few class days for the template.
    """
    values = list_values(details)
    files = list_schemas()
    for folder in (_COMMON, details.template):
        for path in _list_files(TEMPLATES / folder):
            name = fill(path, values).removesuffix(".template")
            files[name] = fill(_read(TEMPLATES / folder / path), values).encode()
    return dict(sorted(files.items()))


def list_schemas() -> dict[str, bytes]:
    """Return the schemas for editors by their paths in a course."""
    return {f"schema/{name}": text.encode() for name, text in make_schemas().items()}


def fill(text: str, values: Values) -> str:
    """Return a text of a template with its marks replaced.

    A mark alone on its line can stand for several lines, which are indented like it.
    """
    return "".join(_fill_line(line, values) for line in text.splitlines(keepends=True))


def quote(text: str) -> str:
    """Return a text as YAML reads it: as it is, or in double quotes."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _fill_line(line: str, values: Values) -> str:
    for match in reversed(list(_MARK.finditer(line))):
        value = values[match[1]]
        if value is None:
            return ""
        indent = line[: match.start()]
        lines = value if indent.strip() else value.replace("\n", f"\n{indent}")
        line = f"{line[: match.start()]}{lines}{line[match.end() :]}"
    return line


def _list_files(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(folder).as_posix()


def list_values(details: CourseDetails) -> dict[str, str | None]:
    """Return what each mark of the templates stands for.

    Raises `Misread` if the term has too few class days for the template.
    """
    open_days = count_days(details.starts, details.ends, details.days) - _TOPICS[details.template]
    if open_days < 0:
        needed = _TOPICS[details.template]
        message = f"{details.template} needs {needed} class days, and this term has {open_days + needed}"
        raise Misread(message, "choose a longer term, or start from smallest")
    values: dict[str, str | None] = {
        "title": quote(details.title),
        "title_markdown": _MARKDOWN.sub(r"\\\1", details.title),
        "institution": quote(details.institution) if details.institution is not None else None,
        "language": quote(details.language),
        "repository": _describe_repository(details),
        "term_name": quote(details.term_name) if details.term_name is not None else None,
        "starts": details.starts.isoformat(),
        "holiday": (details.starts + timedelta(weeks=3)).isoformat(),
        "break_starts": (details.starts + timedelta(weeks=8)).isoformat(),
        "break_ends": (details.starts + timedelta(weeks=8, days=4)).isoformat(),
        "ends": details.ends.isoformat(),
        "timezone": details.timezone,
        "days": ", ".join(DAY_NAMES[day] for day in details.days),
        "time": _spell_time(details),
        "place": quote(details.place) if details.place is not None else None,
        "open_days_before": _list_open(open_days // 2),
        "edit_readings": _edit(details, "readings.yaml"),
        "branch": details.branch,
    }
    if details.template == "undergraduate":
        values |= _describe_lab(details)
    return values | {part.stem: fill(_read(part), values).rstrip("\n") for part in (TEMPLATES / _PARTS).iterdir()}


def _list_open(days: int) -> str | None:
    """Return the topics of days that are still open; None for no day."""
    whole, rest = divmod(days, MOST_DAYS)
    lines = [f"- {{topic: TBD, times: {times}}}" for times in (*[MOST_DAYS] * whole, rest) if times]
    return "\n".join(lines) or None


def _spell_time(details: CourseDetails) -> str:
    start, end = details.time.start, details.time.end
    night = start.hour < 7  # which is a warning without am
    first = f"{start.hour}:{start.minute:02d}{' am' if night else ''}"
    last = f"{end.hour}:{end.minute:02d}{' am' if night and end.hour < 12 else ''}"
    return f"{first}-{last}"


def _describe_lab(details: CourseDetails) -> dict[str, str | None]:
    """Return the day of the week of the lab, one without a lecture."""
    free = [day for day in _LAB_DAYS if day not in details.days and count_days(details.starts, details.ends, (day,))]
    if not free:
        raise Misread("undergraduate needs a day of the week for its lab", "choose fewer days, or start from smallest")
    return {"lab_day": DAY_NAMES[free[0]]}


def _describe_repository(details: CourseDetails) -> str | None:
    """Return the value of `repository`: its address, with the branch and the folder where these are not the usual."""
    if details.repository is None:
        return None
    if details.branch == "main" and not details.subfolder:
        return quote_address(details.repository)
    fields = {"url": details.repository, "branch": details.branch, "folder": details.subfolder}
    written = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items() if value)
    return f"{{{', '.join(written)}}}"


def quote_address(address: str) -> str:
    """Return an address as YAML reads it: as it is unless something in it means something else."""
    return address if re.fullmatch(r"https://[\w./~%+-]+", address) else json.dumps(address, ensure_ascii=False)


def _edit(details: CourseDetails, path: str) -> str:
    """Return where a file of the course is edited: in the web if the repository is known, else the file itself."""
    if details.repository is None:
        return path
    from courseweek.read.repository import find_host

    host = find_host(details.repository)
    return Repository(details.repository, details.branch, details.subfolder, host).edit(path)

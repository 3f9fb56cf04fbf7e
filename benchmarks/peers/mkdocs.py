"""MkDocs. It reads no data: the schedule and the readings are written in Markdown."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.course import TITLE, Course, Meeting, Note
from benchmarks.peers.peer import Change, Command, Peer
from benchmarks.peers.texts import DESCRIPTION, make_front_matter, read_style

_CONFIGURATION = f"""site_name: {TITLE}
use_directory_urls: false
plugins: []
theme: {{name: null, custom_dir: theme}}
nav: [{{Schedule: index.md}}, {{Readings: readings.md}}]
validation: {{nav: {{omitted_files: ignore}}}}
markdown_extensions:
  - codehilite: {{guess_lang: false}}
  - toc
"""
_MAIN = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ page.title | e }} · {{ config.site_name | e }}</title>
<link rel="stylesheet" href="{{ 'style.css' | url }}">
</head>
<body>
<nav>{% for each in nav %}<a href="{{ each.url | url }}">{{ each.title | e }}</a> {% endfor %}</nav>
<main>
{% if page.meta.author %}<h1>{{ page.title | e }}</h1>
<p>Notes by {{ page.meta.author | e }} · <a href="{{ page.meta.source }}">The text itself</a> ·
<a href="{{ 'index.html' | url }}#{{ page.meta.meeting }}">Where it is read</a></p>{% endif %}
{{ page.content }}
</main>
</body>
</html>
"""


class MkDocs(Peer):
    name = "MkDocs"
    how_to_get = "pip install mkdocs"
    settings = (
        "no plug-ins (so no search), a theme of one small layout whose navigation leaves the notes out; --dirty, in"
        " the preview too. It reads no data: schedule and readings are Markdown"
    )
    output = "site"

    @classmethod
    def frame(cls) -> Mapping[str, str]:
        return {"mkdocs.yml": _CONFIGURATION, "theme/main.html": _MAIN, "theme/style.css": read_style()}

    @classmethod
    def course_files(cls, course: Course) -> Mapping[str, str]:
        rows = "".join(
            f'| {week} | {meeting.held_on:%a %d %b} | <a id="{meeting.id}"></a>{meeting.topic} {meeting.description} |'
            f" {' · '.join(_write_readings(course, meeting))} |\n"
            for week, meeting in enumerate(course.meetings, 1)
        )
        lists = "".join(
            f"## {meeting.topic}\n\n" + "".join(f"- {each}\n" for each in _write_readings(course, meeting)) + "\n"
            for meeting in course.meetings
        )
        home = f"# {TITLE}\n\n{DESCRIPTION}\n\n| Week | Day | Topic | Readings |\n| --- | --- | --- | --- |\n{rows}"
        return {"docs/index.md": home, "docs/readings.md": f"# Readings\n\n{lists}"}

    @classmethod
    def note_file(cls, course: Course, note: Note) -> tuple[str, str]:
        meeting, reading = next(
            (meeting, reading)
            for meeting in course.meetings
            for reading in meeting.readings
            if reading.id == note.reading
        )
        front = make_front_matter(title=note.title, author=note.author, source=reading.url, meeting=meeting.id)
        return f"docs/notes/{note.name}.md", front + note.text.replace("](../index.html)", "](../index.md)")

    def build(self, change: Change) -> Command:
        return Command([str(self.program), "build", "--quiet", *([] if change is Change.ALL else ["--dirty"])])

    def serve(self, port: int) -> Command | None:
        return Command([str(self.program), "serve", "--quiet", "--dirty", "--dev-addr", f"127.0.0.1:{port}"])


def _write_readings(course: Course, meeting: Meeting) -> list[str]:
    notes: dict[str, str] = {}
    for note in course.notes:
        notes[note.reading] = f"{notes.get(note.reading, '')} [notes by {note.author}](notes/{note.name}.md)"
    return [
        f"[{each.title}]({each.url}), {each.authors}, {each.venue}{' (optional)' if each.optional else ''}"
        f"{notes.get(each.id, '')}"
        for each in meeting.readings
    ]

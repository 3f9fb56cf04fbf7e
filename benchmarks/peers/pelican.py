"""Pelican. Its settings are Python: they read the course's data."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.course import TITLE, Course, Note
from benchmarks.peers.peer import Change, Command, Peer
from benchmarks.peers.texts import DESCRIPTION, make_meetings, make_readings, read_style

_CONFIGURATION = f"""import json
from pathlib import Path

SITENAME = "{TITLE}"
SITEURL = ""
PATH = "content"
PAGE_PATHS = ["notes"]
ARTICLE_PATHS = []
STATIC_PATHS = ["style.css"]
PAGE_URL = PAGE_SAVE_AS = "notes/{{slug}}.html"
SLUGIFY_SOURCE = "basename"
TIMEZONE = "America/Los_Angeles"
THEME = "theme"
DIRECT_TEMPLATES = ["index", "readings"]
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None
PLUGINS = []
CACHE_CONTENT = LOAD_CONTENT_CACHE = True
CONTENT_CACHING_LAYER = "generator"
CHECK_MODIFIED_METHOD = "mtime"
MARKDOWN = {{
    "extension_configs": {{
        "markdown.extensions.codehilite": {{"css_class": "highlight", "guess_lang": False}},
        "markdown.extensions.extra": {{}},
        "markdown.extensions.meta": {{}},
        "markdown.extensions.toc": {{}},
    }},
    "output_format": "html5",
}}
MEETINGS = json.loads(Path("data/meetings.json").read_text(encoding="utf-8"))
READINGS = json.loads(Path("data/readings.json").read_text(encoding="utf-8"))
"""
_BASE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{% block title %}{{ SITENAME | e }}{% endblock %}</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<nav><a href="/index.html">Schedule</a> <a href="/readings.html">Readings</a></nav>
<main>
{% block main %}{% endblock %}
</main>
</body>
</html>
"""
_NOTE = """{% extends "base.html" %}
{% block title %}{{ page.title | e }} · {{ SITENAME | e }}{% endblock %}
{% block main %}{% set reading = READINGS[page.reading] %}
<h1>{{ page.title }}</h1>
<p>Notes on {{ reading.title | e }} by {{ page.author }} · <a href="{{ reading.url }}">The text itself</a> ·
<a href="/index.html#{{ reading.meeting }}">Where it is read</a></p>
{{ page.content }}
{% endblock %}
"""
_GROUPS = """{% set groups = {} %}{% for id, notes in pages | groupby("reading") %}\
{% set _ = groups.update({id: notes}) %}{% endfor %}
"""
_READING = """{% set reading = READINGS[id] %}
<li id="{{ id }}"><a href="{{ reading.url }}">{{ reading.title | e }}</a>, {{ reading.authors | e }}, \
{{ reading.venue | e }}{% if reading.optional %} (optional){% endif %}
{% for note in groups.get(id, ()) %}<a href="/{{ note.url }}">notes by {{ note.author }}</a> {% endfor %}</li>
"""
_HOME = (
    f'{{% extends "base.html" %}}\n{{% block main %}}<h1>{TITLE}</h1>\n<p>{DESCRIPTION}</p>\n'
    + _GROUPS
    + """<table>
{% for meeting in MEETINGS %}<tr id="{{ meeting.id }}"><td>{{ meeting.week }}</td><td>{{ meeting.date }}</td>
<td>{{ meeting.topic | e }}<p>{{ meeting.description | e }}</p></td><td><ul>{% for id in meeting.readings %}"""
    + _READING
    + "{% endfor %}</ul></td></tr>\n{% endfor %}</table>\n{% endblock %}\n"
)
_READINGS = (
    '{% extends "base.html" %}\n{% block main %}<h1>Readings</h1>\n'
    + _GROUPS
    + "{% for meeting in MEETINGS %}<h2>{{ meeting.topic | e }}</h2><ul>{% for id in meeting.readings %}"
    + _READING
    + "{% endfor %}</ul>\n{% endfor %}{% endblock %}\n"
)


class Pelican(Peer):
    name = "Pelican"
    how_to_get = 'pip install "pelican[markdown]"'
    settings = "notes are its pages; no feeds, authors, categories or tags; its cache of content is on"
    output = "output"
    memory = ("cache",)

    @classmethod
    def frame(cls) -> Mapping[str, str]:
        return {
            "pelicanconf.py": _CONFIGURATION,
            "content/style.css": read_style(),
            "theme/templates/base.html": _BASE,
            "theme/templates/index.html": _HOME,
            "theme/templates/page.html": _NOTE,
            "theme/templates/readings.html": _READINGS,
            # What Pelican looks for in any theme.
            "theme/static/empty.txt": "",
        }

    @classmethod
    def course_files(cls, course: Course) -> Mapping[str, str]:
        return {"data/meetings.json": make_meetings(course), "data/readings.json": make_readings(course)}

    @classmethod
    def note_file(cls, course: Course, note: Note) -> tuple[str, str]:
        front = f"Title: {note.title}\nAuthor: {note.author}\nReading: {note.reading}\n\n"
        return f"content/notes/{note.name}.md", front + note.text

    def build(self, change: Change) -> Command:
        return Command([str(self.program), "--quiet"])

    def serve(self, port: int) -> Command | None:
        words = ["--quiet", "--autoreload", "--listen", "--bind", "127.0.0.1", "--port", str(port)]
        return Command([str(self.program), *words])

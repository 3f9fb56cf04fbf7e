"""Eleventy, with its own plug-in for coloured code."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.course import TITLE, Course, Note
from benchmarks.peers.peer import Change, Command, Peer, find_program
from benchmarks.peers.texts import DESCRIPTION, make_meetings, make_note, make_readings, read_style

_CONFIGURATION = """const highlight = require("@11ty/eleventy-plugin-syntaxhighlight");

module.exports = function (config) {
  config.addPlugin(highlight.default || highlight);
  config.addPassthroughCopy("style.css");
  config.addCollection("byReading", (all) => {
    const groups = {};
    for (const note of all.getFilteredByGlob("notes/*.md")) (groups[note.data.reading] ||= []).push(note);
    return groups;
  });
  // The headings have ids, as they have them elsewhere.
  config.amendLibrary("md", (md) => {
    md.renderer.rules.heading_open = (tokens, at, options, env, self) => {
      tokens[at].attrSet("id", tokens[at + 1].content.toLowerCase().replace(/[^a-z0-9]+/g, "-"));
      return self.renderToken(tokens, at, options);
    };
  });
  return {
    markdownTemplateEngine: false,
    htmlTemplateEngine: false,
    templateFormats: ["md", "11ty.js"],
    dir: { input: ".", output: "_site" },
  };
};
"""
_BASE = f"""const {{ escape }} = require("./parts.cjs");

module.exports = class {{
  render(data) {{
    return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${{escape(data.title)}} · {TITLE}</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<nav><a href="/index.html">Schedule</a> <a href="/readings.html">Readings</a></nav>
<main>
${{data.content}}
</main>
</body>
</html>
`;
  }}
}};
"""
_NOTE = """const { escape } = require("./parts.cjs");

module.exports = class {
  data() { return { layout: "base.11ty.cjs" }; }
  render(data) {
    const reading = data.readings[data.reading];
    return `<h1>${escape(data.title)}</h1>
<p>Notes on ${escape(reading.title)} by ${escape(data.author)} · <a href="${reading.url}">The text itself</a> ·
<a href="/index.html#${reading.meeting}">Where it is read</a></p>
${data.content}`;
  }
};
"""
_PARTS = """const signs = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escape = (text) => String(text).replace(/[&<>"]/g, (sign) => signs[sign]);

function list(data, ids) {
  return ids.map((id) => {
    const reading = data.readings[id];
    const notes = (data.collections.byReading[id] || []).map(
      (note) => `<a href="${note.url}">notes by ${escape(note.data.author)}</a>`
    );
    return `<li id="${id}"><a href="${reading.url}">${escape(reading.title)}</a>, ${escape(reading.authors)},
${escape(reading.venue)}${reading.optional ? " (optional)" : ""} ${notes.join(" ")}</li>`;
  }).join("\\n");
}

module.exports = { escape, list };
"""
_HOME = f"""const {{ escape, list }} = require("./_includes/parts.cjs");

module.exports = class {{
  data() {{ return {{ layout: "base.11ty.cjs", title: "{TITLE}", permalink: "index.html" }}; }}
  render(data) {{
    const rows = data.meetings.map((each) => `<tr id="${{each.id}}"><td>${{each.week}}</td><td>${{each.date}}</td>
<td>${{escape(each.topic)}}<p>${{escape(each.description)}}</p></td>
<td><ul>${{list(data, each.readings)}}</ul></td></tr>`);
    return `<h1>{TITLE}</h1><p>{DESCRIPTION}</p><table>${{rows.join("\\n")}}</table>`;
  }}
}};
"""
_READINGS = """const { escape, list } = require("./_includes/parts.cjs");

module.exports = class {
  data() { return { layout: "base.11ty.cjs", title: "Readings", permalink: "readings.html" }; }
  render(data) {
    const parts = data.meetings.map((each) => `<h2>${escape(each.topic)}</h2><ul>${list(data, each.readings)}</ul>`);
    return `<h1>Readings</h1>${parts.join("\\n")}`;
  }
};
"""


class Eleventy(Peer):
    name = "Eleventy"
    how_to_get = "npm install @11ty/eleventy @11ty/eleventy-plugin-syntaxhighlight (then --tools node_modules/.bin)"
    settings = "layouts in JavaScript, no templates in Markdown; --incremental for the preview"
    output = "_site"

    @classmethod
    def find(cls, folders: Sequence[Path]) -> Peer | None:
        node, program = find_program("node", folders), find_program("eleventy", folders)
        if node is None or program is None:
            return None
        modules = next((each for each in program.resolve().parents if each.name == "node_modules"), None)
        if modules is None or not (modules / "@11ty" / "eleventy-plugin-syntaxhighlight").is_dir():
            return None
        asked = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
        found = cls(program.resolve(), asked.stdout.strip())
        found._node, found._modules = node, modules
        return found

    def __init__(self, program: Path, version: str) -> None:
        super().__init__(program, version)
        self._node = self._modules = Path()

    @classmethod
    def frame(cls) -> Mapping[str, str]:
        return {
            "eleventy.config.cjs": _CONFIGURATION,
            "_includes/base.11ty.cjs": _BASE,
            "_includes/note.11ty.cjs": _NOTE,
            "_includes/parts.cjs": _PARTS,
            "index.11ty.cjs": _HOME,
            "readings.11ty.cjs": _READINGS,
            "notes/notes.json": json.dumps({"layout": "note.11ty.cjs"}),
            "style.css": read_style(),
        }

    @classmethod
    def course_files(cls, course: Course) -> Mapping[str, str]:
        return {"_data/meetings.json": make_meetings(course), "_data/readings.json": make_readings(course)}

    @classmethod
    def note_file(cls, course: Course, note: Note) -> tuple[str, str]:
        return f"notes/{note.name}.md", make_note(note, permalink=f"notes/{note.name}.html")

    def build(self, change: Change) -> Command:
        # A build of one file alone (--incremental=FILE) fails with layouts in JavaScript (3.1).
        return self._command("--quiet")

    def serve(self, port: int) -> Command | None:
        return self._command("--serve", "--incremental", "--quiet", f"--port={port}")

    def _command(self, *words: str) -> Command:
        return Command([str(self._node), str(self.program), *words], {"NODE_PATH": str(self._modules)})

"""The built-in layouts of before, which courses may have copied, and the same with the names of today."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.sites import COURSES

FORMER = Path(__file__).parent / "render" / "layouts" / "former"
LAYOUTS = sorted(path.relative_to(FORMER).as_posix() for path in FORMER.rglob("*.html"))


def take_former(folder: Path, *names: str, course: Path = COURSES / "everything") -> Path:
    """Return a copy of a course with these layouts of before."""
    copied = shutil.copytree(course, folder / "course", ignore=shutil.ignore_patterns("_site"))
    for name in names:
        (copied / "layouts" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(FORMER / name, copied / "layouts" / name)
    return copied


SHEETS = '{% for sheet in page.style_sheets %}<link rel="stylesheet" href="{{ sheet }}">{% endfor %}'
PRINT = '<link rel="stylesheet" href="{{ page.print_style }}" media="print">'
COUNTDOWN = (
    '{% if page.countdown %}<script src="{{ page.countdown.script }}" data-zone="{{ page.countdown.zone }}" '
    'data-own="{{ _("{time} your time") }}" data-clock="{{ page.countdown.clock }}" defer></script>{% endif %}'
)
WORDS = ' data-words="{{ now.words }}" data-zone="{{ now.zone }}" data-clock="{{ now.clock }}"'
MESSAGE = "{% if now.message %}<h2>{{ now.message }}</h2>{% endif %}"
REMEDIES = {
    "base.html": {
        '<link rel="stylesheet" href="{{ page.style_sheet }}">': SHEETS,
        "</head>": f"{PRINT}{COUNTDOWN}</head>",
    },
    "home.html": {"parts/facts.html": "parts/every-week.html"},
    "parts/deadlines.html": {
        "{% if deadlines %}": "{% if agenda %}",
        "{% for it in deadlines %}": "{% for entry in agenda.coming %}{% set it = entry.item.date %}",
    },
    "parts/now.html": {
        "{% if now.follow_next %}": f"{WORDS}{{% if now.follow_next %}}",
        "{% for panel in now.panels %}": MESSAGE,
        '<h2{% if panel.notice %} class="notice"{% endif %}>{% if panel.anchor %}<span id="today"></span>{% endif %}'
        "{{ panel.heading }}{% if panel.aside %} <small>{{ panel.aside | fsi }}</small>{% endif %}</h2>\n": "",
        "{% for entry in panel.entries %}": "{% for entry in now.entries %}",
        "{% endfor %}\n</div>\n{% endfor %}\n{% if now.due %}": "{% endfor %}\n</div>\n{% if due_next.items %}",
        "entry.read and ": "",
        "{{ macros.deadlines(now.due) }}": "{% for it, of in due_next.items %}<p>{{ macros.what(it) }}</p>{% endfor %}",
        "now.as_of": "built",
    },
    "parts/schedule.html": {
        "{% for each in (columns.lecturer, columns.presenters, columns.deadlines) if each %}<col>{% endfor %}": (
            "{% if columns.deadlines %}<col>{% endif %}"
        ),
        '{% if columns.lecturer %}<th scope="col">Lecturer</th>{% endif %}': "",
        '{% if columns.presenters %}<th scope="col">Presenters</th>{% endif %}': "",
        "row.marked": "row.mark",
        "{{ macros.about(row) -}}": '{{ macros.about(row) }}<p class="materials">{{ macros.materials(row) }}</p>',
        '{% if row.marks %}<p class="marks">{% for mark in row.marks %}<span class="mark{{ \' this\' if mark == '
        '"This week" }}">{{ mark }}</span>{% endfor %}</p>{% endif %}': (
            '{% if row.mark %}<span class="mark">{{ row.mark }}</span>{% endif %}'
        ),
        '{% if columns.lecturer %}<td class="extra" data-label="Lecturer">{% if row.lecturers %}<p>{{ row.lecturers | '
        'bdi_join(", ") }}</p>{% endif %}</td>\n{% endif %}\n': "",
        '{% if columns.presenters %}<td class="extra" data-label="Presenters">{% if row.presenters %}{{ '
        "macros.presenters(row.presenters) }}{% endif %}</td>\n{% endif %}\n": "",
        '{% if row.lecturers %}<p>{{ row.lecturers | bdi_join(", ") }}</p>{% endif %}\n': "",
        "{% if row.presenters %}{{ macros.presenters(row.presenters) }}{% endif %}\n": "",
    },
    "parts/staff.html": {
        '{% if office_hours.places %}<th scope="col">Place</th>{% endif %}': '<th scope="col">Place</th>',
        '{% if office_hours.notes %}<th scope="col">Note</th>{% endif %}': '<th scope="col">Note</th>',
        "{% if office_hours.places %}<td>": "<td>",
        "{% if office_hours.notes %}<td>": "<td>",
        "</td>{% endif %}": "</td>",
    },
}
"""What each remedy makes of a layout of before."""


def apply_remedies(course: Path) -> None:
    """Bring the layouts of a course up to date as their diagnostics say, and no further.

    The macros start again from the built-in ones.
    """
    (course / "layouts/parts/macros.html").unlink(missing_ok=True)
    (course / "layouts/parts/facts.html").unlink(missing_ok=True)
    for name, changes in REMEDIES.items():
        path = course / "layouts" / name
        if path.exists():
            text = path.read_text(encoding="utf-8")
            for old, new in changes.items():
                assert old in text, old
                text = text.replace(old, new)
            path.write_text(text, encoding="utf-8")

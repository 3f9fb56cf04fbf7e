"""Courses that try to cost too much: each a name and its files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

Files = Mapping[str, str | bytes]

HEAD = """\
course: Knots
term:
  starts: 2027-01-25
  ends: 2027-05-14
  timezone: America/Los_Angeles
  meets:
    - {day: Monday, time: "13:00-14:00"}
"""
LONG = """\
course: Knots
term:
  starts: 2026-01-01
  ends: 2028-03-10
  timezone: America/Los_Angeles
  meets:
"""
DAYS = "[Mon, Tue, Wed, Thu, Fri, Sat, Sun]"


def of_syllabus(more: str) -> Files:
    return {"syllabus.yaml": HEAD + more}


def of_readings(text: str) -> Files:
    return {"syllabus.yaml": HEAD + "schedule:\n  - {topic: Bends, id: bends}\n", "readings.yaml": text}


def of_mistakes(head: str, line: str) -> Files:
    """Return two thousand mistakes of one kind, in the readings of a meeting or in a list of the syllabus."""
    text = head + "".join(map(line.format, range(2_000)))
    return of_readings(text) if head == "bends:\n" else of_syllabus(text)


def of_page(text: str) -> Files:
    return {"syllabus.yaml": HEAD, "content/page.md": text}


def of_policy(text: str) -> Files:
    return of_syllabus("late_policy: |\n" + "".join(f"  {line}\n" for line in text.split("\n")))


def of_layout(text: str) -> Files:
    return {"syllabus.yaml": HEAD, "layouts/page.html": text, "content/page.md": "# Page\n\nWords.\n"}


FLOODS: dict[str, Callable[[], Files]] = {
    "200 kinds every day": lambda: {
        "syllabus.yaml": LONG + "".join(f"    - {{days: {DAYS}, kind: K{n}}}\n" for n in range(200))
    },
}
FLOODS |= {
    "200 breaks of a long term": lambda: {
        "syllabus.yaml": LONG
        + f"    - {{days: {DAYS}}}\n  breaks:\n"
        + "".join(f"    - {{from: 2026-01-01, to: 2028-03-10, name: B{n}}}\n" for n in range(200))
    },
    "49,000 readings": lambda: of_readings("bends:\n" + "- A knot\n" * 49_000),
    "49,000 readings of other titles": lambda: of_readings(
        "bends:\n" + "".join(f"- Knot {n}\n" for n in range(49_000))
    ),
    "20,000 links": lambda: of_readings(
        "bends:\n" + "".join(f"- '[Knot {n}](https://example.org/{n})'\n" for n in range(20_000))
    ),
    "pasted bullets": lambda: of_readings(
        "bends: |\n" + "".join(f"  - [K{n}](https://e.org/{n})\n" for n in range(7_000))
    ),
    "as many full readings as a course may have": lambda: of_readings(
        "bends:\n"
        + "".join(
            f"  {side}:\n"
            + "".join(
                f"  - {{title: {side} {n}, url: https://e.org/{side}/{n}, year: 2020, venue: V, note: '*n*'}}\n"
                for n in range(1_250)
            )
            for side in ("required", "optional")
        )
    ),
    "8,000 full readings": lambda: of_readings(
        "bends:\n"
        + "".join(
            f"- {{title: T{n}, url: https://e.org/{n}, year: 2020, venue: V, note: '*n*'}}\n" for n in range(8_000)
        )
    ),
    "reading lists": lambda: of_readings("".join(f"m{n}: [a]\n" for n in range(30_000))),
    "unknown keys": lambda: of_readings("bends:\n" + "".join(f"- {{title: a, k{n}: b}}\n" for n in range(18_000))),
    "wrong values": lambda: of_readings(
        "bends:\n" + "".join(f"- {{title: a, year: y{n}, access: b{n}}}\n" for n in range(12_000))
    ),
    "duplicate keys": lambda: of_readings("a: [b]\n" * 40_000),
    "reuses": lambda: of_readings("bends:\n" + "".join(f"- {{reuse: r{n}}}\n" for n in range(30_000))),
    "1,000 topics": lambda: of_syllabus("schedule:\n" + "".join(f"  - Topic {n}\n" for n in range(1000))),
    "1,000 topics of 60 days": lambda: {
        "syllabus.yaml": LONG
        + "".join(f"    - {{days: {DAYS}, kind: K{n}}}\n" for n in range(5))
        + "schedule:\n"
        + "".join(f"  - {{topic: T{n}, days: 60}}\n" for n in range(1000))
    },
    "50 lists of 1,000 topics": lambda: of_syllabus(
        "schedule:\n" + "".join(f"  K{k}:\n" + "".join(f"    - Topic {n}\n" for n in range(1000)) for k in range(50))
    ),
    "1,000 dated topics": lambda: of_syllabus(
        "schedule:\n" + "".join(f"  - {{topic: T{n}, date: 2027-02-01}}\n" for n in range(1000))
    ),
    "1,000 topics with presenters": lambda: of_syllabus(
        "presentations: {roles: [A, B]}\nschedule:\n"
        + "".join(f"  - {{topic: T{n}, presenters: [{', '.join(f'P{i}' for i in range(30))}]}}\n" for n in range(1000))
    ),
    "1,000 topics with materials": lambda: of_syllabus(
        "schedule:\n"
        + "".join(
            f"  - {{topic: T{n}, materials: {{{', '.join(f'L{i}: https://e.org/' for i in range(20))}}}}}\n"
            for n in range(1000)
        )
    ),
    "1,000 topics with guests": lambda: of_syllabus(
        "schedule:\n"
        + "".join(f"  - {{topic: T{n}, guests: [{', '.join(f'G{i}' for i in range(30))}]}}\n" for n in range(1000))
    ),
    "descriptions": lambda: of_syllabus(
        "schedule:\n" + "".join(f"  - {{topic: T{n}, description: '{'*a* ' * 400}'}}\n" for n in range(1000))
    ),
    "assignments": lambda: of_syllabus(
        "assignments:\n" + "".join(f"  - {{title: A{n}, id: a{n}, due: 2027-03-01}}\n" for n in range(10_000))
    ),
    "a chain of assignments": lambda: of_syllabus(
        "assignments:\n"
        + "".join(f"  - {{title: A{n}, id: a{n}, due: 1 day after a{n + 1}}}\n" for n in range(3_000))
        + "  - {title: A, id: a3000, due: 2027-03-01}\n"
    ),
    "a circle of assignments": lambda: of_syllabus(
        "assignments:\n"
        + "".join(f"  - {{title: A{n}, id: a{n}, due: 1 day after a{(n + 1) % 3000}}}\n" for n in range(3_000))
    ),
    "assignments of unknown anchors": lambda: of_syllabus(
        "assignments:\n" + "".join(f"  - {{title: A{n}, id: a{n}, due: 1 day after hw{n}}}\n" for n in range(5_000))
    ),
    "series": lambda: {
        "syllabus.yaml": LONG
        + f"    - {{days: {DAYS}}}\nassignments:\n"
        + "".join(f"  - {{title: A{n}, id: a{n}, each: meeting, due: 1 day before}}\n" for n in range(500))
    },
    "milestones": lambda: of_syllabus(
        "assignments:\n"
        + "".join(
            f"  - title: A{n}\n    id: a{n}\n    milestones:\n"
            + "".join(f"      - {{title: M{m}, due: 2027-03-01}}\n" for m in range(100))
            for n in range(100)
        )
    ),
    "grading": lambda: of_syllabus("grading:\n" + "".join(f"  P{n}: 1%\n" for n in range(1_900))),
    "staff": lambda: of_syllabus(
        "staff:\n" + "".join(f"  - {{name: P{n}, role: TA, email: ta@example.edu}}\n" for n in range(10_000))
    ),
    "course links": lambda: {
        "syllabus.yaml": HEAD.replace(
            "course: Knots",
            "course:\n  title: Knots\n  links: {" + ", ".join(f"L{n}: https://e.org/{n}" for n in range(20_000)) + "}",
        )
    },
    "roles": lambda: of_syllabus("presentations:\n  roles: [" + ", ".join(f"R{n}" for n in range(20_000)) + "]\n"),
    "nav": lambda: of_syllabus("site: {nav: [" + ", ".join(f"p{n}" for n in range(20_000)) + "]}\n"),
    "presenters in a table": lambda: {
        "syllabus.yaml": HEAD
        + "presentations: {roles: [A], presenters: p.csv}\nschedule:\n  - {topic: Bends, id: bends}\n",
        "p.csv": "name,meeting,role\n" + "".join(f"P{n},bends,A\n" for n in range(100_000)),
    },
    "unknown meetings in a table": lambda: {
        "syllabus.yaml": HEAD
        + "presentations: {roles: [A], presenters: p.csv}\nschedule:\n  - {topic: Bends, id: bends}\n",
        "p.csv": "name,meeting,role\n" + "".join(f"P{n},m{n},R{n}\n" for n in range(60_000)),
    },
    "columns": lambda: {
        "syllabus.yaml": HEAD + "presentations: {roles: [A], presenters: p.csv}\n",
        "p.csv": ",".join(f"c{n}" for n in range(500_000)) + "\n" + "," * 500_000,
    },
    "an open quote in a table": lambda: {
        "syllabus.yaml": HEAD + "presentations: {roles: [A], presenters: p.csv}\n",
        "p.csv": 'name,meeting,role\n"' + "a\n" * 1_500_000,
    },
    "empty lines of a table": lambda: {
        "syllabus.yaml": HEAD + "presentations: {roles: [A], presenters: p.csv}\n",
        "p.csv": "\n" * 3_900_000,
    },
    "cells with the same word": lambda: {
        "syllabus.yaml": HEAD
        + "presentations: {roles: [A], presenters: p.csv}\nschedule:\n  - {topic: Bends, id: bends}\n",
        "p.csv": "name,meeting,role\n" + ("a" * 100_000 + ",bends,A" + ",x" * 20_000 + "\n") * 20,
    },
    "a YAML file of blanks": lambda: of_readings(" " * 3_999_990),
    "a YAML file of lines": lambda: of_readings("\n" * 3_999_990),
    "a YAML file of tabs": lambda: of_readings("a:" + "\t" * 3_999_000),
    "tabs and blanks": lambda: of_readings("a:" + "\t x" * 1_000_000),
    "a YAML file of comments": lambda: of_readings("# a\n" * 900_000),
    "a YAML file of brackets": lambda: of_readings("[" * 3_000_000),
    "a YAML file of braces": lambda: of_readings("{" * 3_000_000),
    "a YAML file of dashes": lambda: of_readings("- " * 1_900_000),
    "a YAML file of quotes": lambda: of_readings('"' * 3_000_001),
    "a YAML file of question marks": lambda: of_readings("? " * 1_900_000),
    "a YAML file of colons": lambda: of_readings("a: " * 1_000_000),
    "a long plain text": lambda: of_readings("a: " + "b " * 1_900_000),
    "a long folded text": lambda: of_readings("a: >\n" + " b\n" * 1_000_000),
    "a long quoted text": lambda: of_readings('a: "' + "\\n" * 1_900_000 + '"'),
    "a long key": lambda: of_readings("a" * 3_900_000 + ": b"),
    "an open quote at the top": lambda: of_readings('a: "' + "b: c\n" * 700_000),
    "a flow of commas": lambda: of_readings("a: [" + "a," * 99_000 + "]"),
    "a flow of empty items": lambda: of_readings("a: [" + "," * 3_000_000),
    "merge conflict marks": lambda: of_readings("<<<<<<" * 600_000),
    "a line without an end before a fault": lambda: of_readings("a: b" + " #c" * 1_000_000 + "\n\t- x"),
    "keys inside a line": lambda: of_readings("- a" + "- " * 500_000 + ": b: c\n"),
    "comments of many texts": lambda: of_readings("a:\n" + "- b #c\n" * 40_000),
    "control characters": lambda: of_readings("a:\n" + '- "\\x07"\n' * 40_000),
    "odd blanks": lambda: of_readings("a:\n" + "- b\n\u00a0" * 200_000),
    "escapes": lambda: of_readings('a: "' + "\\alpha $" * 20_000 + '"'),
    "backslashes": lambda: of_readings('a: "$' + "\\\\" * 90_000 + '"'),
    "spaces in a text": lambda: of_syllabus(f"late_policy: '{' ' * 19_000}x'\n"),
}
for name, text in {
    "text of stars": "*a" * 9_000,
    "underlines": "_a" * 9_000,
    "brackets": "[" * 60 + "a" * 19_000,
    "dollars": "$a" * 9_000,
    "quotes": ">" * 19_000,
    "lists": "- a\n" * 4_900,
    "nested quotes": "> " * 9_000,
    "backticks": "`a" * 9_000,
    "bars": "|" * 19_000,
    "hashes": "#" * 19_000,
    "deep lists": "\n".join(" " * 4 * n + "- a" for n in range(95)),
    "mixed": "> - " * 4_000,
    "tables": "|a|b|\n|-|-|\n" * 1_400,
}.items():
    FLOODS[f"text: {name}"] = partial(of_policy, text)

FLOODS |= {
    "1,900 assignments": lambda: of_syllabus(
        "assignments:\n" + "".join(f"  - {{title: A{n}, id: a{n}, due: week 3}}\n" for n in range(1_900))
    ),
    "series of a long term": lambda: {
        "syllabus.yaml": LONG
        + f"    - {{days: {DAYS}}}\nschedule:\n"
        + "  - {topic: TBD, times: 60}\n" * 13
        + "assignments:\n"
        + "".join(f"  - {{title: A{n}, id: a{n}, each: meeting, due: 1 day before}}\n" for n in range(500))
    },
    "five classes each day": lambda: {
        "syllabus.yaml": LONG + "".join(f"    - {{days: {DAYS}, kind: K{n}}}\n" for n in range(4))
    },
    "1,900 readings": lambda: of_readings(
        "bends:\n" + "".join(f"- '[Knot *{n}*](https://e.org/{n}), `a`'\n" for n in range(1_900))
    ),
    "readings full of marks": lambda: of_readings(
        "bends:\n" + "".join("- " + "*a* `b` _c_ " * 300 + f"{n}\n" for n in range(200))
    ),
    "1,900 full readings": lambda: of_readings(
        "bends:\n"
        + "".join(
            f"- {{title: T{n}, url: https://e.org/{n}, authors: [A, B, C], year: 2020, venue: V, note: '*n*'}}\n"
            for n in range(1_900)
        )
    ),
    "long kinds": lambda: {
        "syllabus.yaml": LONG.replace("2028", "2026")
        + "".join(f"    - {{day: Mon, kind: {'k' * 80}{n}}}\n" for n in range(200))
        + "schedule:\n"
        + "".join(f"  - {{topic: T, kind: {'k' * 79}{n}}}\n" for n in range(900))
    },
    "pages of the schedule": lambda: {
        "syllabus.yaml": HEAD.replace("day: Monday", f"days: {DAYS}"),
        **{f"content/p{n}.md": "[[schedule]]\n" for n in range(400)},
    },
    "pages of readings": lambda: {
        **of_readings("bends:\n" + "- a\n" * 500),
        **{f"content/p{n}.md": "[[readings]]\n" for n in range(12)},
    },
    "600 notes": lambda: {
        **of_readings("bends: [a]\n"),
        **{f"content/notes/n{n}.md": "---\nmeeting: bends\n---\n# N\n\nWords.\n" for n in range(600)},
    },
    "600 announcements": lambda: {
        "syllabus.yaml": HEAD,
        **{f"content/announcements/2027-02-01-n{n}.md": "# N\n\nWords.\n" for n in range(600)},
    },
    "presenters at the limit": lambda: {
        "syllabus.yaml": HEAD + "presentations: {roles: [A], presenters: p.csv, each_student: {at_least: 3}}\n"
        "schedule:\n  - {topic: Bends, id: bends}\n",
        "p.csv": "name,meeting,role\n" + "".join(f"P{n},bends,A\n" for n in range(1_999)),
    },
    "notes of nothing": lambda: {"syllabus.yaml": HEAD, **{f"content/notes/n{n}.md": "x" for n in range(600)}},
    "long ids": lambda: of_syllabus(
        "schedule:\n" + "".join(f"  - {{topic: T, id: {'a' * 19_000}}}\n" for n in range(40))
    ),
    "titles of one slug": lambda: of_syllabus("assignments:\n" + "  - {title: A, due: 2027-03-01}\n" * 1_900),
    "titles of wide letters": lambda: of_syllabus("schedule:\n" + ("  - " + "\ufdfa" * 19_000 + "\n") * 15),
    "zones": lambda: {"syllabus.yaml": HEAD.replace("America/Los_Angeles", "a/" * 300_000)},
    "a long date": lambda: {"syllabus.yaml": HEAD + "schedule:\n  - {topic: T, date: '" + "1" * 900_000 + "'}\n"},
    "long dates": lambda: {
        "syllabus.yaml": HEAD + "schedule:\n" + ("  - {topic: T, date: '" + "a 1 " * 4_000 + "'}\n") * 50
    },
    "long times": lambda: {
        "syllabus.yaml": HEAD + "schedule:\n" + ("  - {topic: T, time: '" + "1 " * 9_000 + "'}\n") * 50
    },
    "long moments": lambda: of_syllabus("assignments:\n" + ("  - {title: A, due: '" + "a at " * 9_000 + "'}\n") * 20),
    "long weeks": lambda: {
        "syllabus.yaml": HEAD.replace("day: Monday", "day: Monday, weeks: '" + "1, " * 200_000 + "1'")
    },
    "long weekdays": lambda: {"syllabus.yaml": HEAD.replace("day: Monday", "day: '" + "Mon and " * 100_000 + "Tue'")},
    "a long weekday": lambda: {"syllabus.yaml": HEAD.replace("day: Monday", "day: '" + "a" + " " * 100_000 + "b'")},
    "long weights": lambda: of_syllabus("grading: {A: '" + "1" * 400_000 + "%'}\n"),
    "long venues": lambda: of_readings("bends:\n" + ("- {title: a, venue: '" + "1999 " * 3_000 + "x'}\n") * 60),
    "long dois": lambda: of_readings("bends:\n" + ("- {title: a, doi: '" + "10." * 6_000 + "'}\n") * 50),
    "long addresses": lambda: of_readings(
        "bends:\n" + ("- {title: a, url: '" + "https://e.org/" + "a" * 90_000 + " '}\n") * 10
    ),
    "long hosts": lambda: of_readings("bends:\n" + ("- {title: a, url: '" + "a." * 45_000 + "'}\n") * 10),
    "hosts of hyphens": lambda: of_readings("bends:\n" + ("- {title: a, url: '" + "a-" * 45_000 + "'}\n") * 10),
    "long mail addresses": lambda: of_syllabus("staff:\n" + ("  - {name: A, email: 'a@" + "b." * 45_000 + "'}\n") * 10),
    "long languages": lambda: {
        "syllabus.yaml": HEAD.replace("course: Knots", "course: {title: K, language: '" + "aa-" * 200_000 + "'}")
    },
    "brackets after a fault": lambda: of_readings("a: {" + "b, " * 3_000 + "\n" + "'" + "[{" * 100_000),
    "lines of keys before a fault": lambda: of_readings("a" * 900 + ": b\n" * 200_000),
    "dashes in a line before a fault": lambda: of_readings("- " * 20 + "a b" * 200_000 + "\n c: d: e\n"),
    "a fault in a long line": lambda: of_readings("a: b: " + "c: " * 300_000),
    "spaces before a fault": lambda: of_readings("a: 'b' " + " " * 900_000 + "c"),
    "a fault in blanks": lambda: of_readings("- a:\n" + " " * 450_000 + "b\n" + "- " * 10 + " " * 450_000 + ": c"),
}
for name, (head, line) in {
    "unknown keys": ("bends:\n", "- title: A{0}\n  titel{0}: x\n"),
    "missing colons": ("bends:\n", "- title A{0}\n  note: x\n"),
    "no spaces behind dashes": ("bends:\n", "-title: A{0}\n"),
    "keys too far in": ("bends:\n", "- title: A{0}\n   note: x\n"),
    "keys too far out": ("bends:\n", " - title: A{0}\n  note: x\n"),
    "tabs before keys": ("bends:\n", "- title: A{0}\n\tnote: x\n"),
    "double dashes": ("bends:\n", "- - title: A{0}\n"),
    "long references": ("bends:\n", f"  Smith, J. (2001). {'A title word ' * 32}{{0}}. Journal, 3(2), 1-10.\n"),
    "unknown keys of schemes": ("grading:\n", "  - {{name: G{0}, wight: 3}}\n"),
    "unknown keys of people": ("staff:\n", "  - {{name: G{0}, emial: a}}\n"),
    "unknown keys of topics": ("schedule:\n", "  - {{topic: T{0}, titel{0}: x}}\n"),
    "unreadable deadlines": ("assignments:\n", "  - {{title: A{0}, due: day before bend{0}}}\n"),
}.items():
    FLOODS[f"mistakes: {name}"] = partial(of_mistakes, head, line)
for name, code in {
    "a long layout": "{{ 1 }}" * 7_000,
    "an open sign": "{{ " * 16_000,
    "an open comment": "{# " * 16_000,
    "an open text": '{{ "' + "a" * 49_000,
    "many blocks": "".join(f"{{% block b{n} %}}{{% endblock %}}" for n in range(1_400)),
    "many ifs": "{% if 1 %}" * 5_000,
    "many else": "{% if 1 %}" + "{% elif 1 %}" * 4_000 + "{% endif %}",
    "a long sum": "{{ 1" + " + 1" * 12_000 + " }}",
    "many filters": "{{ 1" + "|abs" * 12_000 + " }}",
    "many names": "{{ a" + ".a" * 24_000 + " }}",
    "many signs": "{{ " + "- " * 24_000 + "1 }}",
    "many nots": "{{ " + "not " * 12_000 + "1 }}",
}.items():
    FLOODS[f"layout: {name}"] = partial(of_layout, code)
FLOODS |= {
    "numbers in long lines": lambda: of_readings(("1. " * 3_000 + "\n\n") * 100),
    "a note of empty bullets": lambda: of_readings("bends:\n  - title: A\n    note: |\n" + "      -\n" * 2_700),
    "tabs before all entries": lambda: of_readings(
        "bends:\n" + "".join(f"\t- title: T{n}\n\t  url: https://e.org/{n}\n" for n in range(2_000))
    ),
    "tabs and a fault in each list": lambda: of_readings("".join(f"m{n}:\n\t- a\n\t- *a\n" for n in range(12_000))),
    "tabs after 40,000 dashes": lambda: of_readings("bends:\n" + "-\tA knot\n" * 40_000 + "- *a\n"),
    "blanks below a key": lambda: of_readings("- a:\n" + " " * 450_000 + "b\n- c\n"),
}

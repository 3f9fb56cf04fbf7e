"""Courses in which little is written and much would be made of it: each a name and its files."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tests.hostile.floods import DAYS, HEAD, LONG, Files, of_layout, of_page, of_readings

TOPIC = "schedule:\n  - {topic: Bends, id: bends}\n"
LARGE = "{% set x %}{% for i in range(130) %}" + "a" * 14_000 + "{% endfor %}{% endset %}"
OTHER = LARGE.replace("set x", "set y").replace("a" * 14_000, "a" * 13_999 + "b")
DEFINED = "[a]: https://e.org/" + "x" * 19_000 + "\n\n"
USES = ("[a] " * 200 + "\n\n") * 24
FORGED = "$" + "x" * 3_990 + "$\n\n"


def of_announcement(text: str) -> Files:
    pages = {f"content/p{n:02}.md": "[[announcements]]\n" for n in range(12)}
    return {"syllabus.yaml": HEAD, "content/announcements/2027-02-01-a.md": text, **pages}


def of_reuse(reading: str, times: int = 1_900) -> Files:
    return of_readings("bends:\n" + f"- {{id: r, {reading}}}\n" + "- {reuse: r}\n" * times)


def of_titles(pages: int, letters: int, notes: int = 0) -> Files:
    return {
        "syllabus.yaml": HEAD + TOPIC,
        **{f"content/p{n:03}.md": f"# {'t' * letters}{n}\n" for n in range(pages)},
        **{f"content/notes/n{n:03}.md": "---\nmeeting: bends\n---\nWords.\n" for n in range(notes)},
    }


def of_series(title: str) -> Files:
    return {
        "syllabus.yaml": LONG
        + f"    - {{days: {DAYS}}}\nschedule:\n"
        + "  - {topic: TBD, times: 60}\n" * 13
        + f"assignments:\n  - {{title: {title}, each: meeting, due: 1 day before}}\n"
    }


def links(count: int, letters: int) -> str:
    return "links: {" + ", ".join(f"L{n}: https://e.org/{'x' * letters}{n}" for n in range(count)) + "}"


PRODUCTS: dict[str, Callable[[], Files]] = {
    "300 lists of 2,000 headings": lambda: of_page("[TOC]\n\n" * 300 + "# hN\n\n" * 2_000),
    "200 lists of 1,000 headings": lambda: of_page("[TOC]\n\n" * 200 + "# hN\n\n" * 1_000),
    "500 lists of 2,000 headings": lambda: of_page("[TOC]\n\n" * 500 + "# hN\n\n" * 2_000),
    "4,000 lists of long headings": lambda: of_page("[TOC]\n\n" * 4_000 + ("# " + "h" * 300 + "\n\n") * 300),
    "lists of headings on twelve pages": lambda: of_announcement("[TOC]\n\n" * 300 + "# hN\n\n" * 2_000),
    "a long definition": lambda: of_page(DEFINED + USES),
    "a long definition that leads nowhere": lambda: of_page(DEFINED.replace("https://e.org/", "page.md#") + USES),
    "the title of a definition": lambda: of_page("[a]: b.html '" + "x" * 19_000 + "'\n\n" + USES),
    "a long picture": lambda: of_page(DEFINED + ("![w][a] " * 150 + "\n\n") * 33),
    "a long definition on twelve pages": lambda: of_announcement(DEFINED + USES),
    "a page as large as can be on twelve pages": lambda: of_announcement(DEFINED + USES[: 800 * 100 // 20]),
    "long definitions in YAML": lambda: of_readings(
        "bends:\n"
        + "".join(
            f"- title: T{n}\n  note: |\n    [a]: https://e.org/{'x' * 16_000}\n\n    {'[a] ' * 58}\n" for n in range(55)
        )
    ),
    "forged formulas": lambda: of_page(FORGED + ("&\\#63728;0&\\#63729; " * 60 + "\n\n") * 25),
    "many forged formulas": lambda: of_page(FORGED + ("&\\#63728;0&\\#63729; " * 60 + "\n\n") * 80),
    "formulas of cells": lambda: of_page(("$\\begin{matrix}" + "&" * 900 + "\\end{matrix}$\n\n") * 21),
    "formulas of letters": lambda: of_page(("$" + "x" * 3_900 + "$\n\n") * 60),
    "formulas of roots": lambda: of_page(("$" + "\\sqrt x " * 490 + "$\n\n") * 40),
    "open marks with long titles": lambda: of_page(f'<b title="{"x" * 19_000}">a\n\n' + "a\n\n" * 4_000),
    "code of marks": lambda: of_page("```python\n" + "+a-1*" * 3_900 + "\n```\n" + "\n\n```python\n" * 1),
    "code of a whole page": lambda: of_page(("```python\n" + "+a-1*" * 3_900 + "\n```\n\n") * 12),
    "a long reading reused": lambda: of_reuse("title: " + "r" * 19_000),
    "a long note reused": lambda: of_reuse("title: R, note: '*n* " + "r" * 19_000 + "'"),
    "many links reused": lambda: of_reuse("title: R, " + links(40, 300)),
    "long links reused": lambda: of_reuse("title: R, " + links(40, 15_000)),
    "many authors reused": lambda: of_reuse("title: R, authors: [" + "Ada Lovelace, " * 1_900 + "B]"),
    "100 long titles": lambda: of_titles(100, 19_000),
    "99 long titles": lambda: of_titles(97, 19_000),
    "100 long titles and 400 notes": lambda: of_titles(100, 19_000, 400),
    "titles of 900 letters and 400 notes": lambda: of_titles(97, 900, 400),
    "a long title of the course": lambda: {
        **of_titles(90, 5, 400),
        "syllabus.yaml": HEAD.replace("Knots", "k" * 19_000) + TOPIC,
    },
    "a day of entities": lambda: {"syllabus.yaml": HEAD.replace("day: Monday", "day: '" + "&a" * 9_950 + "'")},
    "days of entities": lambda: {
        "syllabus.yaml": HEAD + ("    - {day: '" + "&a" * 9_950 + "', time: '13:00-14:00'}\n") * 40
    },
    "a long series": lambda: of_series("s" * 19_000),
    "a long description of a series": lambda: of_series("S, description: '*d* " + "s" * 19_000 + "'"),
    "a long name of a place": lambda: {
        "syllabus.yaml": LONG + f"    - {{days: {DAYS}, place: {'p' * 19_000}}}\n    - {{day: Mon, place: Q}}\n"
    },
    "a long name of a kind": lambda: {"syllabus.yaml": LONG + f"    - {{days: {DAYS}, kind: {'p' * 19_000}}}\n"},
    "a long topic": lambda: {
        "syllabus.yaml": LONG + f"    - {{days: {DAYS}}}\nschedule:\n  - {{topic: {'t' * 19_000}, times: 60}}\n"
    },
    "a long reading about which are notes": lambda: {
        **of_readings("bends: [{title: " + "r" * 19_000 + ", id: r}]\n"),
        **{f"content/notes/n{n:03}.md": "---\nreading: r\n---\nWords.\n" for n in range(600)},
    },
    "notes of long authors": lambda: {
        **of_readings("bends: [{title: R, id: r}]\n"),
        **{
            f"content/notes/n{n:03}.md": f"---\nmeeting: bends\nauthor: {'a' * 19_000}\n---\nWords.\n"
            for n in range(400)
        },
    },
    "notes about what is reused": lambda: {
        **of_reuse("title: R", 1_900),
        **{f"content/notes/n{n:03}.md": "---\nreading: r\n---\nWords.\n" for n in range(300)},
    },
    "a schedule on twelve pages": lambda: {
        "syllabus.yaml": LONG + "".join(f"    - {{days: {DAYS}, kind: K{n}}}\n" for n in range(4)),
        **{f"content/p{n:02}.md": "[[schedule]]\n" for n in range(12)},
    },
    "parts on twelve pages": lambda: {
        "syllabus.yaml": HEAD
        + TOPIC
        + "presentations: {roles: [A], presenters: p.csv}\nstaff:\n"
        + "".join(f"  - {{name: P{n}, role: TA, note: '*a* {'b' * 400}'}}\n" for n in range(1_900)),
        "p.csv": "name,meeting,role\n" + "".join(f"P{n},bends,A\n" for n in range(1_900)),
        **{f"content/p{n:02}.md": "[[staff]]\n\n[[presentations]]\n\n[[deadlines]]\n" for n in range(12)},
    },
    "a late policy on each page": lambda: {
        **of_titles(90, 5, 400),
        "syllabus.yaml": HEAD + f"late_policy: '*a* {'b' * 19_000}'\n" + TOPIC,
    },
    "a long footnote": lambda: of_page("[^1]\n\n" * 900 + "\n[^1]: " + "f" * 19_000 + "\n"),
    "a long name of a footnote": lambda: of_page(f"[^{'f' * 1_000}]\n\n" * 200 + f"\n[^{'f' * 1_000}]: note\n"),
    "a link with a long place": lambda: of_page(("[a](x.md#" + "y" * 15_000 + ") \n\n") * 15),
}
for name, code in {
    "1,500 large texts sorted": "{{ [" + "x, " * 1_500 + "x]|sort|length }}",
    "large texts sorted": "{{ [" + "x, " * 800 + "x]|sort|length }}",
    "large texts sorted by a part": "{% set n = namespace(a=x) %}{{ ["
    + "n, " * 2_000
    + "n]|sort(attribute='a')|length }}",
    "large texts in groups": "{% set n = namespace(a=x) %}{{ [" + "n, " * 2_000 + "n]|groupby('a')|length }}",
    "large texts of a mapping": "{{ {"
    + "".join(f"'a{n}': x, " for n in range(800))
    + "}|dictsort(by='value')|length }}",
    "the largest text": "{{ [" + "x, " * 900 + "x]|max|length }}{{ [" + "x, " * 900 + "x]|min|length }}",
    "the largest of many texts": "{{ [" + "x, " * 800 + "x]|max|length }}",
    "different large texts": "{{ [" + "x, " * 800 + "x]|unique|list|length }}",
    "equal large texts": OTHER + "{{ [" + "x, " * 2_500 + "x]|select('eq', y)|list|length }}",
    "large texts in order": OTHER + "{{ [" + "x, " * 2_500 + "x]|reject('lt', y)|list|length }}",
    "a large text in a list": OTHER + "{% set l = [" + "x, " * 900 + "x] %}" + "{{ y in l }}" * 100,
    "large lists compared": OTHER + "{{ [" + "x, " * 900 + "x] == [" + "y, " * 900 + "y] }}",
}.items():
    PRODUCTS[f"layout: {name}"] = partial(of_layout, LARGE + code)

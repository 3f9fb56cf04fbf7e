"""Courses made by chance, of all that has ever stood in the way of a site that could have been published.

Each is made of a number alone: the same one gives the same course. What people may write and should not is in them as
well, since an error has its place in the course, and never is a failure of the program.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, TypeVar
from urllib.parse import quote

T = TypeVar("T")

STARTS, ENDS = date(2027, 1, 25), date(2027, 4, 12)
STEMS = (
    "c", "c#", "C#", "C++", "f?", "50%", "100%25", "a b", "a&b", "a+b", "a[1]", "it's", "übung", "日本語", "🎉", "שלום",
    "a;b", "a=b", "x,y", "lab 1", "lab 10", "Lab 2",
    "c#/x", "deep/a b/c", "~x", "a(b)", "e\u0301t\u00e9", "a.b", "two spaces",
)  # fmt: skip
TITLES = (
    "Introduction", "Week 3", "Today", "Reading one", "Assignment HW1", "C", "C++", "C#", "F*", "<b>Bold</b> & more",
    "TBD", "שלום עולם", "مقدمة", "日本語", "x" * 300, "2027-03-01-final", "Page main", "a: b", "&amp;", "🎉",
    "…", "HW1",
    "One", "One", "reading", "page.schedule", "now", "<time datetime=2027-02-15>x</time>", "{{ 7 * 7 }}",
)  # fmt: skip
PARTS = (
    "schedule",
    "this-week",
    "readings",
    "staff",
    "grading",
    "deadlines",
    "presentations",
    "announcements",
    "changes",
)
IDS = (
    "x", "X", "x y", "", "\t", "today", "week-1", "page.main", "page.schedule", "intro", "head", "fn:1", "fnref:1", "é",
    "e\u0301", "reading-one", "2027-03-01-final", "2027-03-01-final.x", "a&b", "a'b", "x#y", "50%", "topic-1", "main",
)  # fmt: skip
TAGS = ("a", "h2", "li", "p", "div", "sup", "td", "h6")
ZONES = ("America/Los_Angeles", "Europe/Berlin", "Pacific/Auckland", "America/St_Johns", "UTC")


class Course:
    """One course made by chance: its files by name."""

    def __init__(self, seed: int) -> None:
        """Make the course of this number."""
        self.random = Random(seed)
        # Most people make no mistakes, and only what has no errors is read back.
        self.careless = self._maybe(0.2)
        self.files: dict[str, str | bytes] = {}
        self.pages: list[str] = []
        self.assets: list[str] = []
        self.announcements: list[str] = []
        self._name_files()
        self.placed = self._maybe(0.5)  # whether pages place parts of the course
        self.topics: list[str] = []
        self.files["syllabus.yaml"] = self._syllabus()
        if self._maybe(0.6):
            self.files["readings.yaml"] = self._readings()
        for name in self.pages:
            self.files[name] = self._page(name)
        for name in self.announcements:
            self.files[name] = self._page(name)

    @property
    def days(self) -> tuple[date, date]:
        """Two days on which it is built."""
        one, other = (STARTS + timedelta(days=self.random.randint(-25, 100)) for _ in range(2))
        return one, other

    def _maybe(self, chance: float) -> bool:
        return self.random.random() < chance

    def _some(self, make: Callable[[], T], most: int) -> list[T]:
        return [make() for _ in range(self.random.randint(0, most))]

    def _pick(self, words: Sequence[T]) -> T:
        return self.random.choice(words)

    def _form(self, name: str) -> str:
        """Return a name in one of its two Unicode forms."""
        return unicodedata.normalize("NFD" if self._maybe(0.3) else "NFC", name)

    def _day(self) -> str:
        """Return a date before, in or after the term, most of them near its edges or in its break."""
        near = self._pick((STARTS, STARTS, ENDS, date(2027, 3, 15), date(2027, 2, 22)))
        return str(near + timedelta(days=self.random.randint(-16 if self.careless else -13, 16)))

    def _name_files(self) -> None:
        for _ in range(self.random.randint(0, 3)):
            self.assets.append(f"assets/{self._form(self._pick(STEMS))}.pdf")
        for _ in range(self.random.randint(0, 4)):
            folder = self._pick(("", "", "notes/"))
            self.pages.append(f"content/{folder}{self._form(self._pick(STEMS))}.md")
        for name in ("index", "announcements", "404", "readings", "deadlines"):
            if self._maybe(0.15):
                self.pages.append(f"content/{name}.md")
        for _ in range(self.random.randint(0, 3)):
            words = self._pick(
                (
                    "-final",
                    f"-{len(self.announcements)}",
                    f"-{len(self.announcements)} of 3",
                    "-week 1",
                    "-week-1",
                    "",
                    "-final.x",
                    "-c#",
                    "-übung",
                    '-a"b',
                    "-a&b",
                    "/b" if self.careless else f"-{len(self.announcements)}/b{len(self.announcements)}",
                )
            )
            self.announcements.append(f"content/announcements/{self._pick(('2027-03-01', self._day()))}{words}.md")
        for name in self.assets:
            self.files[name] = b"%PDF-1.7"

    def _syllabus(self) -> str:
        term: dict[str, Any] = {"starts": str(STARTS), "ends": str(ENDS), "timezone": self._pick(ZONES)}
        self.meets = self._maybe(0.8)
        if self.meets:
            days = self._pick((["Monday"], ["Wednesday"], ["Sunday"], ["Tue", "Thu"], ["Saturday"]))
            term["meets"] = [{"day": day, "time": self._pick(("13:00-16:00", "9:00-10:30"))} for day in days]
            for entry in term["meets"] if self._maybe(0.2) else ():
                entry["kind"] = self._pick(("Lecture", "Lab"))
        if self._maybe(0.2):
            term |= {"week_starts": self._pick(("Monday", "Sunday", "Sat")), "first_week": self._pick((0, 1))}
        if self._maybe(0.5):
            begin = self._pick((date(2027, 3, 15), STARTS, date(2027, 4, 5)))
            end = begin + timedelta(days=self.random.randint(0, 9))
            term["breaks"] = [{"from": str(begin), "to": str(end), "name": "Recess"}]
            kinds = sorted({entry["kind"] for entry in term.get("meets", ()) if "kind" in entry})
            if kinds and self._maybe(0.5):
                term["breaks"].append({"date": str(begin), "name": "Rest", "kind": self._pick(kinds)})
        if self._maybe(0.1):
            term["swaps"] = [{"date": "2027-04-06", "follows": "Mon", "name": "Monday schedule"}]
        topics = [self._topic(number) for number in range(self.random.randint(0, 6))]
        course: dict[str, object] = {
            "course": {"title": self._pick(TITLES), "language": self._pick(("en", "he"))},
            "term": term,
            "schedule": topics,
            "assignments": self._some(self._assignment, 4),
        }
        if self._maybe(0.4):
            course["late_policy"] = f"Ask. {self._link('')}"
        if self._maybe(0.3) and self.assets:
            course["course"] = {"title": "Knots", "links": {"Slides": self._asset(), "Forum": "https://example.org"}}
        if self._maybe(0.2) and self.assets:
            course["staff"] = [{"name": "Ada", "photo": self._asset(), "note": self._link("")}]
        if self._maybe(0.2):
            named = [name for name in self.pages if not name.endswith(("/404.md", "/index.md"))]
            names = [name.removeprefix("content/").removesuffix(".md") for name in named]
            course["site"] = {"nav": ["schedule", "readings", "announcements", *map(self._form, names)]}
        return json.dumps({key: value for key, value in course.items() if value != []}, ensure_ascii=False)

    def _topic(self, number: int) -> dict[str, object]:
        topic: dict[str, object] = {"topic": self._pick(TITLES)}
        if self._maybe(0.4):
            clashing = ("intro", "2027-03-01-final") if self.careless or number == 0 else ()
            topic["id"] = self._pick((f"topic-{number}", f"reading-{number}", f"übung-{number}", *clashing))
        if self._maybe(0.25) or not (self.meets or self.careless):
            topic["date"] = self._day()
            if self._maybe(0.5):
                topic["time"] = "18:00-19:00"
        if self._maybe(0.3) and self.assets:
            link = {"label": "Slides", "url": self._asset(), "publish_on": self._pick(("end", self._day()))}
            topic["materials"] = [link] if self._maybe(0.5) else {"Slides": self._asset()}
        named = [name for name in self.pages if not name.endswith("/index.md")]
        if self._maybe(0.2) and named:
            topic["page"] = self._form(self._pick(named).removeprefix("content/").removesuffix(".md"))
        if self._maybe(0.3):
            topic["description"] = f"See {self._link('')}"
        self.topics.append(str(topic.get("id", "")))
        return topic

    def _moment(self) -> str:
        clock = self._pick(("", " 17:00", " 23:59", " 0:00"))
        others = ("TBD", "week 1", "week 1 Monday", "end of week 2", "week 3", "start of week 1", "end of week 11")
        return self._day() + clock if self._maybe(0.8) or not (self.meets or self.careless) else self._pick(others)

    def _order(self, *moments: str) -> list[str]:
        """Return moments in order where all are dates, else `TBD` for all but the last."""
        if self.careless:
            return list(moments)
        days = sorted(moments)
        return days if all(each.startswith("2027") for each in days) else [*("TBD" for _ in moments[1:]), moments[-1]]

    def _assignment(self) -> dict[str, object]:
        work: dict[str, object] = {"title": self._pick(TITLES)}
        if self._maybe(0.15) and (self.careless or (self.meets and self.topics)):
            return work | {"each": "meeting", "due": self._pick(("1 day before", "end", "next meeting"))}
        if self._maybe(0.3):
            moments = self._order(*(self._moment() for _ in range(self.random.randint(1, 3))))
            steps = [{"title": f"Step {n}", "due": due} for n, due in enumerate(moments)]
            return work | {"milestones": steps}
        if self._maybe(0.5):
            out, due = self._order(self._moment(), self._moment())
            return work | {"out": out, "due": due}
        return work | {"due": self._moment()}

    def _readings(self) -> str:
        listed: dict[str, object] = {}
        for id in filter(None, self.topics):
            readings = [{"title": self._pick(TITLES), "note": self._link("")} for _ in range(self.random.randint(1, 2))]
            listed[id] = readings if self._maybe(0.7) else {"required": readings}
        return json.dumps(listed, ensure_ascii=False)

    def _asset(self) -> str:
        return self._form(self._pick(self.assets).removeprefix("assets/"))

    def _link(self, up: str) -> str:
        """Return a link in Markdown to something of the course, in one of its spellings."""
        announcements = [
            f"announcements.html#{'-'.join(name.rpartition('/')[2][:-3].split())}" for name in self.announcements
        ]
        places = ["index.html", "#top", "course.json", *(announcements if not self.placed or self.careless else ())]
        places += ["index.html#today", "index.html#week-2", "readings.html", "a.html#b"] if self.careless else []
        files = [name.removeprefix("content/") for name in self.pages] + self.assets
        if files and self._maybe(0.7):
            name = self._form(self._pick(files))
            written = quote(name) if not self.careless or self._maybe(0.5) else name
            target = up + written
        else:
            path, mark, place = self._pick(places).partition("#")
            target = f"{up}{path}{mark}{quote(place)}" if path else f"#{place}"
        return self._pick((f"[here](<{target}>)", f"[there]({quote(target, safe='/#%:.')})"))

    def _html(self) -> str:
        tag, id = self._pick(TAGS), self._pick(IDS)
        entity = "".join(f"&#{ord(char)};" for char in id)
        spelled = (
            f'id="{id}"',
            f"id='{id}'",
            f'ID="{id}"',
            f'iD = "{entity}"',
            f"id={id.split()[0] if id.split() else ''}",
            "id",
        )
        right = f'<{tag} id="{id}-{self.random.random()}">x</{tag}>'
        if not self.careless:
            tagged = f"<{tag} {self._pick(spelled)}>x</{tag}>" if self._maybe(0.3) else right
            image = (
                f'<img src="{quote(self._up + "assets/" + self._asset())}" alt="x" title="a > b">'
                if self.assets
                else ""
            )
            return self._pick((tagged, right, image, f'`<a id=\'{id}\'>` and id="x" id="x"', "<p>`a`</p>"))
        others = (
            f"<{tag} {self._pick(spelled)}>x</{tag}>",
            f"<time datetime={self._pick(('2027-02-15', 'PT2H'))}>{self._pick(('Tue 16 Feb', 'then'))}</time>",
            f"<time datetime='2027-02-15T10:00'>Mon 15 Feb, {self._pick(('9:00', '10:00'))}</time>",
            '<a href="#x" title="id=&quot;x&quot; <b>">x</a>',
            f'`<a id="{id}">` and id="x" id="x"',
        )
        return self._pick(others)

    def _page(self, name: str) -> str:
        inner = name.removeprefix("content/")
        up = self._up = "../" * inner.count("/") if not inner.startswith("announcements/") else ""
        front: list[str] = []
        if inner.startswith("notes/"):
            ids = [id for id in self.topics if id]
            self.careless = self.careless or not ids
            front.append(f"meeting: {self._pick([*ids, 'intro'] if self.careless else ids)}")
        if self._maybe(0.25):
            front.append(self._pick(("draft: yes", f"publish_on: {self._day()}", f"publish_on: {self._day()} 9:30")))
        lines = ["---", *front, "---"] if front else []
        if self._maybe(0.6):
            lines += [f"# {self._pick(TITLES)}", ""]
        pieces: tuple[Callable[[], str], ...] = (
            lambda: f"See {self._link(up)} and {self._link(up)}.",
            self._html,
            lambda: f"## {self._pick(('Head', 'x', 'Today', 'Intro', '日本語', '…'))}",
            lambda: f"Noted.[^{(n := self.random.random())}] And.[^a {n}]\n\n[^{n}]: One.\n[^a {n}]: Two.",
            lambda: f"[[{self._pick(PARTS)}]]" if self.placed else "Text.",
            lambda: "[TOC]",
            lambda: "| a | b |\n|---|---|\n| $x$ | <b id=x>y</b> |",
        )
        for _ in range(self.random.randint(0, 5)):
            lines += [self._pick(pieces)(), ""]
        return "\n".join(lines) + "\n"

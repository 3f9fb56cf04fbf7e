"""A change of any one key is seen: what is made with all that earlier builds remember is what is made anew."""

from __future__ import annotations

import importlib
import pkgutil
from datetime import UTC, datetime
from pathlib import Path
from textwrap import dedent

import pytest

from courseweek import read
from courseweek.cache import Memory
from courseweek.diagnostics import Diagnostics
from courseweek.files.project import Project
from courseweek.files.stored import read_whole
from courseweek.language.replaced_words import OWN_WORDS
from courseweek.pipeline import Dependencies, open_dependencies, outline_site, steps
from courseweek.read.tables.fields import Table
from tests.sampling import some_slow
from tests.sites import write_course

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
SYLLABUS, READINGS = "syllabus.yaml", "readings.yaml"
PAGE, NOTE, NEWS = "content/rules.md", "content/notes/a.md", "content/announcements/2027-02-27-hello.md"
FILES = {
    SYLLABUS: dedent("""\
        course:
          title: Knots
          code: KC 8
          institution: Knot College
          description: How to tie.
          language: en
          url: https://example.edu/knots/
          repository: {url: "https://git.example.edu/a/knots", branch: main, folder: course, host: gitlab}
          links: {Forum: "https://example.org/forum"}
        term:
          name: Spring 2027
          starts: 2027-02-22
          ends: 2027-04-16
          timezone: America/Los_Angeles
          due_time: 23:59
          status: tentative
          meets:
            - {day: Monday, time: 13:00-14:00, place: Room 1, kind: Lecture, numbered: yes}
            - {days: [Wed, Thu], time: 9:00-10:00, place: Room 2, kind: Seminar, weeks: 1-6}
            - kind: Lab
              groups:
                - {name: A, day: Friday, time: 9:00-10:00, place: L1, leader: Bo, weeks: 1-6}
                - {name: B, days: [Thu], time: 14:00-15:00, place: L2}
          breaks:
            - {from: 2027-03-22, to: 2027-03-26, name: Recess, description: Rest., numbered: no}
            - {date: 2027-04-14, name: Fair}
          swaps: [{date: 2027-04-13, follows: Monday}]
        staff:
          - name: Ada Lovelace
            pronouns: she/her
            role: Instructor
            affiliation: Lab
            url: https://example.edu/ada
            email: ada@example.edu
            photo: ada.png
            note: Ask me.
            office_hours: [{day: Mon, time: 10:00-11:00, place: Room 2}, {days: [Tue, Wed], time: 10:00-11:00}]
          - {name: Bo Bell, role: Assistant}
        office_hours:
          - {days: [Mon, Fri], time: 15:00-16:00, place: Hall, who: [Ada Lovelace], note: Bring rope.}
          - {day: Tue, time: 15:00-16:00, who: [Bo Bell]}
        schedule:
          - unit: Basics
            description: What a knot is.
            meetings:
              - topic: Knots
                id: knots
                description: From *rope*.
                lecturer: Ada Lovelace
                guests: [{name: Cy, affiliation: Guild, url: "https://example.org/cy"}]
                materials:
                  - {label: Slides, url: ada.png, access: campus, publish_on: 2027-02-24}
                  - Code: {url: demo.js}
                page: rules
                status: tentative
                presenters: {Lead: [Di]}
                forms: {review: "https://example.edu/form"}
          - {topic: Links, id: links, date: 2027-03-02, time: 18:00-19:00, place: Room 9}
          - {topic: Midterm, id: midterm, exam: yes, date: 2027-03-09, until: 2027-03-11 12:00, time: 8:00-9:00}
          - {topic: Both, id: both, same_day: yes}
          - {topic: Long, id: long, times: 2}
          - {topic: Block, id: block, days: 2}
          - {topic: Tying, id: tying, kind: Lab, groups: {A: {date: 2027-02-27, time: 9:00-11:00, place: L9}}}
          - {topic: Seminar one, id: sem, kind: Seminar}
        events:
          - name: Fair
            id: fair
            date: 2027-03-05
            time: 10:00-16:00
            place: Quay
            url: https://example.edu/fair
            note: Come.
          - {name: Demos, from: 2027-03-08, to: 2027-03-09}
        assignments:
          - id: hw1
            title: Sheet
            out: week 1
            due: week 2
            was: 2027-03-03
            accepted_until: 2027-03-20
            for: Full
            group: 1-4
            form: https://example.edu/f
            url: https://example.edu/hw
            materials: {Data: ada.png}
            note: Easy.
            status: tentative
          - id: review
            title: Review
            each: lecture
            except: [both]
            instead: {knots: 2027-02-20}
            due: Sunday before at 23:00
            counts: best 2
            page: rules
          - id: project
            title: Project
            milestones:
              - title: Plan
                id: plan
                due: 2027-03-10
                was: 2027-03-08
                accepted_until: 2027-03-12
                weight: 10%
                note: Short.
                page: rules
                status: tentative
              - {title: Code, due: 2027-03-15, url: "https://example.edu/code"}
        presentations:
          roles: [{name: Lead, note: speaks}]
          group: 1-2
          each_student: {at_least: 1, roles: different}
          each: lecture
          sign_up: https://example.edu/sheet
          presenters: presenters.csv
          note: Twenty minutes.
        grading:
          - scheme: Full
            note: For all.
            parts:
              Sheet: {weight: 60%, note: Hard., parts: {One: 50%, Two: 50%}}
              Rest: {weight: 40%, any_of: {Exam: , Talk: }}
          - {scheme: Half, parts: {Sheet: 100%}}
        late_policy: Three days.
        site: {accent: "#a02020", highlight: this week, scripts: [demo.js], syllabus: [rules]}
        """),
    READINGS: dedent("""\
        knots:
          required:
            - title: Ashley
              id: ashley
              url: https://example.org/ashley
              authors: [Clifford Ashley]
              venue: Press
              in: The book
              editors: [Eva Ed]
              publisher: Doubleday
              edition: 1
              year: 1944
              award: Prize
              pages: 1-9
              minutes: 40
              note: Read *all*.
              language: en
              access: campus
              links: [{label: Copy, url: "https://example.org/copy"}]
              kind: book
            - {title: Doi, id: doi, doi: 10.1000/182}
            - {title: Arxiv, id: arxiv, arxiv: "2101.00001"}
          optional: [{title: More, id: more}]
        sem:
          - {reuse: ashley, note: Again., pages: 3-4}
        """),
    PAGE: "---\ntitle: Rules\nlayout: page\ndraft: no\npublish_on: 2027-02-26\n---\n\nAs told.\n",
    NOTE: "---\ntitle: A note\nreading: ashley\nauthor: Cy\nlayout: note\ndraft: no\npublish_on: 2027-02-26\n---\nx\n",
    NEWS: "---\ntitle: Hello\nmeeting: knots\nuntil: 2027-03-10\ndraft: no\n---\n\nWelcome.\n",
    "content/notes/b.md": "---\nmeeting: knots\n---\n\nText.\n",
    "content/announcements/2027-02-28-more.md": "---\npublish_on: 2027-02-28 12:00\n---\n\nMore.\n",
    "content/other.md": "# Other\n\n[[deadlines]]\n\n[[staff]]\n",
    "content/plain.md": "---\nnav: yes\n---\n\nPlain.\n",
    "presenters.csv": "name,meeting,role\nFlo,long,Lead\n",
    "other.csv": "name,meeting,role\nGus,long,Lead\n",
    "assets/ada.png": "a",
    "assets/bo.png": "b",
    "assets/demo.js": "1",
    "layouts/own.html": "{% extends 'page.html' %}{% block main %}<p>{{ page.title }}</p>{% endblock %}\n",
}
# By table and key: a text that is in one file once, and what takes its place.
CHANGES: dict[str, dict[str, tuple[str, str]]] = {
    "syllabus.yaml": {
        "course": ("  title: Knots\n", "  title: Ropes\n"),
        "term": ("ends: 2027-04-16", "ends: 2027-04-15"),
        "staff": ("  - {name: Bo Bell, role: Assistant}\n", "  - {name: Bo Bell, role: Tutor}\n"),
        "office_hours": ("  - {day: Tue, time: 15:00-16:00, who: [Bo Bell]}\n", ""),
        "schedule": (
            "  - {topic: Both, id: both, same_day: yes}\n",
            "  - {topic: Both and all, id: both, same_day: yes}\n",
        ),
        "assignments": ("{title: Code, due: 2027-03-15", "{title: Code, due: 2027-03-16"),
        "events": ("  - {name: Demos, from: 2027-03-08, to: 2027-03-09}\n", ""),
        "presentations": ("note: Twenty minutes.", "note: Thirty minutes."),
        "grading": ("  - {scheme: Half, parts: {Sheet: 100%}}\n", ""),
        "late_policy": ("Three days.", "Four days."),
        "site": ('site: {accent: "#a02020", ', "site: {"),
    },
    "the course": {
        "title": ("  title: Knots\n", "  title: Ropes\n"),
        "code": ("KC 8", "KC 9"),
        "institution": ("Knot College", "Rope College"),
        "description": ("How to tie.", "How to untie."),
        "language": ("  language: en\n  url", "  language: de\n  url"),
        "url": ("https://example.edu/knots/", "https://example.edu/ropes/"),
        "repository": ("a/knots", "a/ropes"),
        "links": ("{Forum:", "{Chat:"),
    },
    "a repository": {
        "url": ("a/knots", "b/knots"),
        "branch": ("branch: main", "branch: trunk"),
        "folder": ("folder: course", "folder: site"),
        "host": ("host: gitlab", "host: github"),
    },
    "the term": {
        "name": ("Spring 2027", "Spring"),
        "starts": ("starts: 2027-02-22", "starts: 2027-02-21"),
        "ends": ("ends: 2027-04-16", "ends: 2027-04-15"),
        "timezone": ("America/Los_Angeles", "America/Denver"),
        "due_time": ("due_time: 23:59", "due_time: 22:00"),
        "status": ("  status: tentative\n  meets", "  meets"),
        "week_starts": ("  status: tentative\n  meets", "  week_starts: Sunday\n  status: tentative\n  meets"),
        "first_week": ("  status: tentative\n  meets", "  first_week: 0\n  status: tentative\n  meets"),
        "weekly_hours": ("  status: tentative\n  meets", "  weekly_hours: 80\n  status: tentative\n  meets"),
        "meets": ("13:00-14:00", "13:00-14:30"),
        "breaks": ("    - {date: 2027-04-14, name: Fair}\n", ""),
        "swaps": ("  swaps: [{date: 2027-04-13, follows: Monday}]\n", ""),
    },
    "an entry of the weekly pattern": {
        "day": ("{day: Monday, time", "{day: Tuesday, time"),
        "days": ("days: [Wed, Thu]", "days: [Tue, Thu]"),
        "time": ("13:00-14:00", "13:00-14:30"),
        "place": ("Room 1, kind", "Room 3, kind"),
        "kind": ("kind: Seminar, weeks", "kind: Section, weeks"),
        "numbered": ("numbered: yes", "numbered: no"),
        "weeks": ("kind: Seminar, weeks: 1-6", "kind: Seminar, weeks: 2-6"),
        "groups": ("        - {name: B, days: [Thu], time: 14:00-15:00, place: L2}\n", ""),
    },
    "a group": {
        "name": ("{name: B, days", "{name: C, days"),
        "day": ("day: Friday", "day: Tuesday"),
        "days": ("{name: B, days: [Thu]", "{name: B, days: [Wed]"),
        "time": ("time: 14:00-15:00", "time: 14:00-15:30"),
        "place": ("place: L2", "place: L3"),
        "leader": ("leader: Bo", "leader: Cy"),
        "weeks": ("leader: Bo, weeks: 1-6", "leader: Bo, weeks: 2-6"),
    },
    "a change for a group": {
        "date": ("{A: {date: 2027-02-27", "{A: {date: 2027-02-25"),
        "time": ("time: 9:00-11:00", "time: 9:00-12:00"),
        "place": ("place: L9", "place: L8"),
    },
    "a break": {
        "date": ("{date: 2027-04-14, name: Fair", "{date: 2027-04-15, name: Fair"),
        "from": ("from: 2027-03-22", "from: 2027-03-23"),
        "to": ("to: 2027-03-26", "to: 2027-03-25"),
        "name": ("name: Recess", "name: Rest"),
        "description": ("description: Rest.", "description: Sleep."),
        "numbered": ("Rest., numbered: no", "Rest., numbered: yes"),
        "kind": ("date: 2027-04-14, name: Fair", "date: 2027-04-14, kind: Seminar, name: Fair"),
    },
    "a swap": {
        "date": ("date: 2027-04-13", "date: 2027-04-15"),
        "follows": ("follows: Monday", "follows: Thursday"),
        "name": ("follows: Monday", "follows: Monday, name: Monday schedule"),
    },
    "a member of the staff": {
        "name": ("- name: Ada Lovelace", "- name: Ada King"),
        "pronouns": ("she/her", "they/them"),
        "role": ("role: Instructor", "role: Lecturer"),
        "affiliation": ("affiliation: Lab\n", "affiliation: Hall\n"),
        "url": ("https://example.edu/ada", "https://example.edu/a"),
        "email": ("ada@example.edu", "a@example.edu"),
        "photo": ("photo: ada.png", "photo: bo.png"),
        "note": ("Ask me.", "Ask him."),
        "office_hours": ("10:00-11:00, place: Room 2", "10:00-11:30, place: Room 2"),
    },
    "office hours": {
        "day": ("{day: Mon, time: 10:00", "{day: Thu, time: 10:00"),
        "days": ("days: [Tue, Wed]", "days: [Tue, Fri]"),
        "time": ("10:00-11:00, place: Room 2", "10:00-11:30, place: Room 2"),
        "place": ("10:00-11:00, place: Room 2", "10:00-11:00, place: Room 5"),
    },
    "shared office hours": {
        "day": ("{day: Tue, time: 15:00", "{day: Thu, time: 15:00"),
        "days": ("days: [Mon, Fri]", "days: [Mon, Thu]"),
        "time": ("time: 15:00-16:00, place", "time: 15:00-16:30, place"),
        "place": ("place: Hall", "place: Foyer"),
        "who": ("who: [Ada Lovelace]", "who: [Ada Lovelace, Bo Bell]"),
        "note": ("Bring rope.", "Bring *rope*."),
    },
    "a unit": {
        "unit": ("unit: Basics", "unit: First"),
        "description": ("What a knot is.", "What it is."),
        "meetings": ("topic: Knots\n", "topic: All knots\n"),
    },
    "a topic": {
        "topic": ("topic: Knots\n", "topic: All knots\n"),
        "id": ("id: long,", "id: longer,"),
        "description": ("From *rope*.", "From **rope**."),
        "kind": ("id: sem, kind: Seminar", "id: sem, kind: Lecture"),
        "date": ("date: 2027-03-02, time", "date: 2027-03-03, time"),
        "until": ("until: 2027-03-11 12:00", "until: 2027-03-11 13:00"),
        "time": ("time: 18:00-19:00", "time: 18:00-19:30"),
        "place": ("place: Room 9", "place: Room 8"),
        "groups": ("place: L9", "place: L8"),
        "same_day": ("same_day: yes", "same_day: no"),
        "days": ("days: 2}", "days: 3}"),
        "times": ("times: 2", "times: 3"),
        "lecturer": ("lecturer: Ada Lovelace", "lecturer: Bo Bell"),
        "guests": ("{name: Cy, aff", "{name: Cyd, aff"),
        "materials": ("label: Slides", "label: Talk"),
        "page": (
            "page: rules\n        status: tentative\n        pres",
            "page: other\n        status: tentative\n        pres",
        ),
        "status": ("        status: tentative\n        presenters", "        presenters"),
        "exam": ("exam: yes", "exam: no"),
        "presenters": ("Lead: [Di]", "Lead: [Eve]"),
        "forms": ('edu/form"', 'edu/forms"'),
    },
    "a guest": {
        "name": ("{name: Cy, aff", "{name: Cyd, aff"),
        "affiliation": ("affiliation: Guild", "affiliation: Union"),
        "url": ("https://example.org/cy", "https://example.org/c"),
    },
    "a link": {
        "label": ("label: Slides", "label: Talk"),
        "url": ("label: Slides, url: ada.png", "label: Slides, url: bo.png"),
        "access": ("ada.png, access: campus", "ada.png, access: login"),
        "publish_on": ("publish_on: 2027-02-24", "publish_on: 2027-03-05"),
    },
    "an event": {
        "name": ("- name: Fair", "- name: Market"),
        "id": ("id: fair", "id: market"),
        "date": ("date: 2027-03-05", "date: 2027-03-04"),
        "from": ("from: 2027-03-08", "from: 2027-03-07"),
        "to": ("to: 2027-03-09", "to: 2027-03-10"),
        "time": ("time: 10:00-16:00", "time: 10:00-17:00"),
        "place": ("place: Quay", "place: Pier"),
        "url": ("https://example.edu/fair", "https://example.edu/market"),
        "note": ("note: Come.", "note: Stay."),
    },
    "an assignment": {
        "title": ("title: Sheet\n", "title: Paper\n"),
        "id": ("id: hw1", "id: hw"),
        "out": ("out: week 1", "out: 2027-02-24"),
        "due": ("due: week 2", "due: week 3"),
        "was": ("was: 2027-03-03", "was: 2027-03-02"),
        "accepted_until": ("accepted_until: 2027-03-20", "accepted_until: 2027-03-21"),
        "each": ("each: lecture\n    except", "each: seminar\n    except"),
        "except": ("    except: [both]\n", ""),
        "instead": ("instead: {knots: 2027-02-20}", "instead: {knots: TBD}"),
        "counts": ("best 2", "best 3"),
        "for": ("for: Full", "for: Half"),
        "group": ("group: 1-4", "group: 1-3"),
        "form": ("https://example.edu/f\n", "https://example.edu/g\n"),
        "url": ("https://example.edu/hw", "https://example.edu/h"),
        "page": ("best 2\n    page: rules", "best 2\n    page: other"),
        "materials": ("{Data: ada.png}", "{Data: bo.png}"),
        "note": ("note: Easy.", "note: Hard work."),
        "status": ("note: Easy.\n    status: tentative\n", "note: Easy.\n"),
        "milestones": ('      - {title: Code, due: 2027-03-15, url: "https://example.edu/code"}\n', ""),
    },
    "a milestone": {
        "title": ("title: Plan", "title: Sketch"),
        "id": ("id: plan", "id: sketch"),
        "due": ("due: 2027-03-10", "due: 2027-03-11"),
        "was": ("was: 2027-03-08", "was: 2027-03-09"),
        "accepted_until": ("accepted_until: 2027-03-12", "accepted_until: 2027-03-13"),
        "weight": ("weight: 10%", "weight: 20%"),
        "note": ("note: Short.", "note: Long."),
        "page": ("note: Short.\n        page: rules", "note: Short.\n        page: other"),
        "url": ("https://example.edu/code", "https://example.edu/c"),
        "status": ("page: rules\n        status: tentative\n      -", "page: rules\n      -"),
    },
    "presentations": {
        "roles": ("name: Lead, note", "name: Chair, note"),
        "group": ("  group: 1-2\n", "  group: 1-3\n"),
        "each_student": ("at_least: 1", "at_least: 2"),
        "each": ("each: lecture\n  sign_up", "each: seminar\n  sign_up"),
        "sign_up": ("https://example.edu/sheet", "https://example.edu/list"),
        "presenters": ("presenters: presenters.csv", "presenters: other.csv"),
        "note": ("Twenty minutes.", "Thirty minutes."),
    },
    "a role": {"name": ("name: Lead, note", "name: Chair, note"), "note": ("note: speaks", "note: listens")},
    "each_student": {"at_least": ("at_least: 1", "at_least: 2"), "roles": ("roles: different", "roles: any")},
    "a grading scheme": {
        "scheme": ("scheme: Full", "scheme: All"),
        "parts": ("{One: 50%, Two: 50%}", "{One: 40%, Two: 60%}"),
        "note": ("For all.", "For most."),
    },
    "a part of the grade": {
        "weight": ("One: 50%", "One: {weight: 50%, note: First.}"),
        "note": ("note: Hard.", "note: Harder."),
        "parts": ("{One: 50%, Two: 50%}", "{One: 40%, Two: 60%}"),
        "any_of": ("{Exam: , Talk: }", "{Exam: , Essay: }"),
    },
    "site": {
        "accent": ("#a02020", "#2020a0"),
        "nav": ("highlight: this week", "nav: [other, plain], highlight: this week"),
        "highlight": ("this week", "next meeting"),
        "scripts": ("scripts: [demo.js]", "scripts: []"),
        "meeting_pages": ("scripts: [demo.js]", "scripts: [demo.js], meeting_pages: no"),
        "syllabus": ("syllabus: [rules]", "syllabus: [rules, plain]"),
        "time": ("highlight: this week", "highlight: this week, time: 12-hour"),
        "words": ("highlight: this week", "highlight: this week, words: {week: Session}"),
        "pdf": ("scripts: [demo.js]", "scripts: [demo.js], pdf: yes"),
        "fonts": ("scripts: [demo.js]", "scripts: [demo.js], fonts: [demo.js]"),
        "calendar_week": ("highlight: this week", "highlight: this week, calendar_week: yes"),
    },
    "site words": {key: ("highlight: this week", f"highlight: this week, words: {{{key}: Own}}") for key in OWN_WORDS},
    "a reading": {
        "title": ("title: Ashley", "title: The Ashley"),
        "id": ("id: more", "id: less"),
        "url": ("https://example.org/ashley", "https://example.org/a"),
        "authors": ("Clifford Ashley", "C. W. Ashley"),
        "venue": ("venue: Press", "venue: Print"),
        "in": ("The book", "The books"),
        "editors": ("Eva Ed", "Eva Edd"),
        "publisher": ("Doubleday", "Faber"),
        "edition": ("edition: 1", "edition: 2"),
        "year": ("year: 1944", "year: 1945"),
        "award": ("award: Prize", "award: Medal"),
        "doi": ("10.1000/182", "10.1000/183"),
        "arxiv": ("2101.00001", "2101.00002"),
        "pages": ("pages: 1-9", "pages: 1-8"),
        "minutes": ("minutes: 40", "minutes: 45"),
        "note": ("Read *all*.", "Read **all**."),
        "language": ("language: en\n      access", "language: fr\n      access"),
        "access": ("language: en\n      access: campus", "language: en\n      access: login"),
        "links": ("label: Copy", "label: Free copy"),
        "kind": ("kind: book", "kind: talk"),
    },
    "a reused reading": {
        "reuse": ("reuse: ashley", "reuse: doi"),
        "note": ("note: Again.", "note: Once more."),
        "pages": ("pages: 3-4", "pages: 3-5"),
    },
    "a reading list": {"required": ("title: Arxiv", "title: ArXiv"), "optional": ("title: More", "title: Much more")},
    "front matter": {
        "title": ("title: Rules", "title: Laws"),
        "layout": ("layout: page", "layout: own"),
        "nav": ("nav: yes", "nav: no"),
        "draft": ("layout: page\ndraft: no", "layout: page\ndraft: yes"),
        "publish_on": (
            "draft: no\npublish_on: 2027-02-26\n---\n\nAs told",
            "draft: no\npublish_on: 2027-03-03\n---\n\nAs told",
        ),
    },
    "a note's front matter": {
        "title": ("title: A note", "title: The note"),
        "reading": ("reading: ashley", "reading: doi"),
        "meeting": ("---\nmeeting: knots\n---", "---\nmeeting: links\n---"),
        "author": ("author: Cy", "author: Di"),
        "layout": ("layout: note", "layout: page"),
        "draft": ("layout: note\ndraft: no", "layout: note\ndraft: yes"),
        "publish_on": ("publish_on: 2027-02-26\n---\nx", "publish_on: 2027-03-03\n---\nx"),
    },
    "an announcement's front matter": {
        "title": ("title: Hello", "title: Good day"),
        "meeting": ("title: Hello\nmeeting: knots", "title: Hello\nmeeting: links"),
        "until": ("until: 2027-03-10", "until: 2027-02-28"),
        "draft": ("until: 2027-03-10\ndraft: no", "until: 2027-03-10\ndraft: yes"),
        "publish_on": ("publish_on: 2027-02-28 12:00", "publish_on: 2027-03-02 12:00"),
    },
}


def known_keys() -> dict[str, set[str]]:
    """Return the keys of all tables, by what a table describes."""
    for module in pkgutil.iter_modules(read.__path__):
        importlib.import_module(f"{read.__name__}.{module.name}")
    keys: dict[str, set[str]] = {}
    for table in Table.all:
        keys.setdefault(table.what, set()).update(table.by_key)
    return keys


def test_each_key_of_each_table_is_changed() -> None:
    assert {what: set(changes) for what, changes in CHANGES.items()} == known_keys()


Made = tuple[dict[str, bytes], list[str]]


def make(dependencies: Dependencies, now: datetime = NOW) -> Made:
    """Return the files of the site, and what is reported."""
    found = Diagnostics()
    site = outline_site(dependencies, now, found)
    made = {}
    if site is not None:
        for _ in steps(site):
            pass
        made = {path: read_whole(content) for path, content in site.artifacts.items()}
    return made, [f"{each.span.file}:{each.span.line}: {each.message}" for each in found]


def open_course(course: Path, memory: Memory | None = None) -> Dependencies:
    return open_dependencies(Project(course, course / "_site"), memory)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Made, Memory, Dependencies]:
    """Return a course that was built: the site, what the build remembers, and what a preview keeps."""
    course = write_course(tmp_path_factory.mktemp("keys") / "course", FILES)
    memory = Memory()
    before = make(open_course(course, memory))
    assert before[0]["index.html"]
    kept = open_course(course, memory)
    assert make(kept) == before
    return course, before, memory, kept


@pytest.mark.parametrize(
    ("what", "key"),
    some_slow(((what, key) for what, changes in CHANGES.items() for key in changes), 12),
    ids=lambda each: each,
)
def test_a_change_of_a_key_is_seen(built: tuple[Path, Made, Memory, Dependencies], what: str, key: str) -> None:
    course, before, memory, kept = built
    old, new = CHANGES[what][key]
    (name,) = (name for name, text in FILES.items() if old in text)
    assert FILES[name].count(old) == 1
    try:
        (course / name).write_text(FILES[name].replace(old, new), encoding="utf-8")
        clean = make(open_course(course))
        assert clean != before
        assert make(open_course(course, memory)) == clean
        assert make(kept) == clean
    finally:
        (course / name).write_text(FILES[name], encoding="utf-8")

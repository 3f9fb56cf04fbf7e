"""Text of any direction: contributed text is isolated wherever it is shown, and moves nothing beside it."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markupsafe import Markup

from courseweek.render.direction import direct_blocks, isolate, isolate_each, isolate_plain, turns
from courseweek.render.markdown.markup import render_block, render_inline, render_prose
from courseweek.render.markdown.remarks import Findings
from tests.sites import COURSES, read_tree, run_cli, write_course

# Each text is a word of its own, so that one that is not shown anywhere is noticed; each file of a course is there.
SYLLABUS = """\
course:
  title: אאא
  code: אאב
  institution: אאג
  description: אאד
  repository: https://github.com/example/course
  links: {אאה: https://example.org/channel, אאו: אאז, אאח: {url: https://example.org/x, access: campus}}
term:
  name: אבא
  starts: 2027-02-22
  ends: 2027-04-05
  timezone: Asia/Jerusalem
  meets:
    - {day: Monday, time: 13:00-16:00, kind: אבב, place: אבג}
    - {day: Thursday, time: 9:00-10:00, kind: אבד, place: אבה}
  breaks:
    - {from: 2027-03-08, to: 2027-03-08, name: אבז, description: אבח}
    - {from: 2027-03-22, to: 2027-03-26, name: אבו}
staff:
  - name: אגא
    role: אגב
    affiliation: אגג
    email: a@example.edu
    url: https://example.edu/a
    photo: ada.png
    note: אגד
    office_hours: [{day: Monday, time: 10:00-11:00, place: אגה}, אגו]
  - {name: אגז, role: אגח}
schedule:
  - unit: אדא
    description: אדב
    meetings:
      - {topic: אדג, id: one, description: אדד, kind: אדה, lecturer: [אדו, אנז], presenters: {אדז: [אדח, אדט]}}
      - topic: אדי
        id: two
        guests: [{name: אדכ, affiliation: אדל}, {name: אדמ, url: https://example.org/guest}]
        materials: [{label: אדנ, url: ada.png}, {label: אדס}]
  - {topic: אדצ, id: three, date: 2027-03-02, place: אדק, time: 18:00-19:00, status: tentative}
  - {topic: אדר, id: four, kind: אבד, times: 2, page: more.md}
assignments:
  - {id: sheet, title: אהא, out: week 1, due: week 2, note: אהב, status: tentative, for: אזא, url: https://example.org/s}
  - id: review
    title: אהד
    each: meeting with required readings
    except: [four]
    due: Tuesday before at 23:30
    counts: אהה
  - {id: other, title: אהו, each: [one, two], due: Tuesday before at 23:30}
  - {id: kinds, title: אהז, each: [אבב, אבד], due: Tuesday before at 23:30}
  - id: project
    title: אהח
    materials: [{label: אהט, url: https://example.org/m}, {label: אהי, url: https://example.org/n, access: login}]
    form: https://example.org/form
    milestones:
      - {title: אהכ, due: 2027-03-06 17:00, weight: 10%, note: אהל}
      - {title: אהמ, due: TBD, url: https://example.org/t}
presentations:
  roles: [אדז, {name: אוא, note: אוב}]
  each_student: {at_least: 2}
  note: אוג
grading:
  - scheme: אזא
    parts: {אזב: {weight: 60%, note: אזג}, אזד: {weight: 40%, any_of: {אזה: , אזו: }}}
  - {scheme: אזז, parts: {אזח: 100%}, note: אזט}
late_policy: אחא
"""
READINGS = """\
one:
  required:
    - {title: אטא, authors: [אטב, אטג], venue: אטד, year: 2020, award: אטה, kind: אטו, pages: אטז, note: אטח, url: https://example.org/1}
    - אטט [אטי](https://example.org/2) אטכ
    - {title: אנא, in: אנב, editors: [אנג, אנד], publisher: אנה, edition: אנו, pages: 1-5, language: he}
    - {title: אטל, links: {אטמ: https://example.org/3}}
  optional: [אטצ]
two:
  required:
    אטע: [{title: אטפ, id: book}]
    אטנ: [{title: אטק, url: https://example.org/4, access: campus}]
"""
PROSE = """\
# איא

איב **איג** `code` [איד](more.md)

- איה
- איו

1. איז

   איח

> איט

| איי | איכ |
| --- | --- |
| איל | אימ |

אינ[^1]

[^1]: איס

<details><summary>איע</summary>איפ</details>

$x$ איצ

    x = 1
"""
COURSE: dict[str, str | bytes] = {
    "syllabus.yaml": SYLLABUS,
    "readings.yaml": READINGS,
    "content/index.md": "[[this-week]]\n\n[[announcements]]\n\n[[deadlines]]\n\n[[grading]]\n\n[[staff]]\n",
    "content/more.md": PROSE,
    "content/named.md": "---\ntitle: איק\n---\nאיר\n",
    "content/presentations.md": "# איש\n\nאית\n\n[[presentations]]\n",
    "content/notes/book.md": "---\nreading: book\nauthor: אכא\n---\n# אכב\n\nאכג\n",
    "content/notes/meeting.md": "---\nmeeting: one\nauthor: אכד\n---\n# אכה\n\nאכו\n",
    "content/announcements/2027-02-20-welcome.md": "# אכז *אכח*\n\nאכט\n",
    "content/announcements/2027-03-01.md": "---\nmeeting: one\ntitle: אכי\n---\nאכל\n",
    "assets/ada.png": (COURSES / "everything" / "assets" / "ada.png").read_bytes(),
}
WORD = re.compile("[א-ת]{3}")
PLAIN = re.compile("\u2068[^\u2068\u2069A-Za-z0-9]*\u2069")
VOID = {"br", "hr", "img", "input", "link", "meta", "wbr", "col"}
# Names by which scripts know a group or a section, and what they go by, are not shown.
ADDRESSES = {"href", "src", "id", "aria-labelledby", "data-key", "data-choices", "data-for", "value", "name", "for"}
ADDRESSES.add("data-suggesting")


class Walk(HTMLParser):
    """Notes each contributed word with the element that isolates it, and each that none does."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool, list[str]]] = [("", False, [])]
        self.torn: list[str] = []
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            self.found |= set(WORD.findall(value or ""))
            if name not in ADDRESSES and WORD.search(PLAIN.sub("", value or "")):
                self.torn.append(f"{tag} {name}={value!r}")
        if tag not in VOID:
            given = dict(attrs)
            # An entry of BibTeX is code with the words of the course in it, from left to right.
            kind = "script" if given.get("translate") == "no" else tag
            self.open.append((kind, tag == "bdi" or "dir" in given, []))

    def handle_data(self, data: str) -> None:
        if self.open[-1][0] == "script":  # data for programs
            return
        self.found |= set(WORD.findall(data))
        isolating = next((each for each in reversed(self.open) if each[1]), None)
        if isolating is not None:
            isolating[2].append(data)
        elif WORD.search(PLAIN.sub("", data)):
            self.torn.append(f"{' '.join(each[0] for each in self.open[1:])}: {data.strip()!r}")

    def handle_endtag(self, tag: str) -> None:
        name, _, texts = self.open.pop()
        assert name in (tag, "script")
        text = "".join(texts)
        # Words and dates of the page must not be in the same piece; code and the number of a footnote may.
        own = set(re.findall(r"[A-Za-z]{2,}|\d+", text))
        if WORD.search(text) and own - {"code", "1"}:
            self.torn.append(f"{tag} holds words of the page too: {text.strip()!r}")


def test_no_contributed_text_is_beside_words_of_the_page(tmp_path: Path) -> None:
    """Each layout, each field: a new view can't forget it."""
    course = write_course(tmp_path / "course", COURSE)
    shown: set[str] = set()
    for today in ("2027-02-22", "2027-03-08", "2027-03-01"):
        ran = run_cli("--source", course, "--output", tmp_path / "site", "--today", today)
        assert ran.code == 0, ran.err
        for name, data in read_tree(tmp_path / "site").items():
            if name.endswith(".html"):
                walk = Walk()
                walk.feed(data.decode("utf-8"))
                assert walk.torn == [], name
                shown |= walk.found
    written = set(WORD.findall("".join(each for each in COURSE.values() if isinstance(each, str))))
    assert written - shown == set()


TURNING = {
    "Hebrew": "שלום",
    "Arabic": "مرحبا",
    "Arabic digits": "٢٠٢٧",
    "Syriac": "ܫܠܡܐ",
    "Thaana": "ދިވެހި",
    "N'Ko": "ߒߞߏ",
    "Adlam": "𞤀𞤁",
    "presentation forms": "ﷲ",
    "one letter among others": "Talk by דנה, 2027",
    "a mark alone": "2027\u200f",
    "an override that is never ended": "abc \u202e def",
    "an isolate that is never ended": "abc \u2067 def",
    "the end of an isolate": "abc \u2069 def",
}
STRAIGHT = {
    "ASCII": "Knots & links, 2027",
    "accents": "Übung – «naïve» 5 €",
    "Greek": "Γεωμετρία",
    "Japanese": "結び目",
    "Devanagari": "गाँठ",
    "emoji": "🎓",
    "nothing": "",
}


@pytest.mark.parametrize("text", TURNING.values(), ids=TURNING)
def test_what_may_turn_its_surroundings_is_isolated(text: str) -> None:
    assert isolate(text) == Markup(f"<bdi>{text}</bdi>")
    assert isolate_plain(text) == f"\u2068{text}\u2069"
    assert direct_blocks(f"<p>{text}</p>") == f'<p dir="auto">{text}</p>'


@pytest.mark.parametrize("text", STRAIGHT.values(), ids=STRAIGHT)
def test_what_can_not_costs_nothing(text: str) -> None:
    assert isolate(text) == isolate_plain(text) == text
    assert direct_blocks(f"<p>{text}</p>") == f"<p>{text}</p>"


def test_every_character_that_turns_others_is_known() -> None:
    """By the Unicode data of this Python, which may be newer than the ranges."""
    turning = {"R", "AL", "AN", "RLE", "LRE", "RLO", "LRO", "PDF", "RLI", "LRI", "FSI", "PDI"}
    assert [
        hex(code)
        for code in range(0x110000)
        if unicodedata.bidirectional(chr(code)) in turning and not turns(chr(code))
    ] == []


def test_markup_stays_escaped_and_blocks_stay_out_of_a_phrase() -> None:
    assert isolate("<ש>") == Markup("<bdi>&lt;ש&gt;</bdi>")
    assert isolate(Markup("<em>ש</em>")) == Markup("<bdi><em>ש</em></bdi>")
    assert isolate(Markup('<p dir="auto">ש</p>')) == Markup('<p dir="auto">ש</p>')
    assert isolate_each(("ש", "<b>"), " · ") == Markup("<bdi>ש</bdi> · &lt;b&gt;")


BLOCKS = {
    "each item of a list": (
        "- שלום\n- abc",
        '<ul dir="rtl">\n<li dir="auto">שלום</li>\n<li dir="auto">abc</li>\n</ul>',
    ),
    "items of blocks": (
        "1. שלום\n\n    abc",
        '<ol dir="rtl">\n<li dir="rtl">\n<p dir="auto">שלום</p>\n<p dir="auto">abc</p>\n</li>\n</ol>',
    ),
    "a quotation": ("> שלום", '<blockquote dir="rtl">\n<p dir="auto">שלום</p>\n</blockquote>'),
    "code in it and before it": (
        "`let x` שלום\n\n    x = 1",
        '<p dir="auto"><code dir="ltr">let x</code> שלום</p>\n<pre dir="ltr"><code dir="ltr">x = 1\n</code></pre>',
    ),
    "a direction of its own": ('<p dir="rtl">שלום</p>', '<p dir="rtl">שלום</p>'),
    "a heading": ("## שלום", '<h2 id="שלום" dir="auto">שלום</h2>'),
    "a number first": ("> 7 שלום", '<blockquote dir="rtl">\n<p dir="auto">7 שלום</p>\n</blockquote>'),
    "beside a text that turns nothing": ("abc\n\nשלום", '<p dir="auto">abc</p>\n<p dir="auto">שלום</p>'),
}


@pytest.mark.parametrize(("text", "html"), BLOCKS.values(), ids=BLOCKS)
def test_each_block_of_markdown_goes_by_its_own_text(text: str, html: str) -> None:
    assert render_prose(text, Findings(), str) == html


def test_a_formula_says_nothing_about_the_direction() -> None:
    assert render_prose("$x$ שלום", Findings(), str).startswith('<p dir="rtl"><math')
    assert render_prose("שלום $x$", Findings(), str).startswith('<p dir="auto">')


def test_a_text_of_yaml_in_one_line_brings_no_block_and_one_of_blocks_does() -> None:
    assert render_inline("שלום *x*") == "שלום <em>x</em>"
    assert render_inline("שלום") == "שלום"
    assert render_block("שלום") == '<p dir="auto">שלום</p>'

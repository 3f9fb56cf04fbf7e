"""The page for suggestions in Chromium: what it makes, the reader reads as it was typed, and reports nothing of it."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from courseweek.contributing.field_rules import clean_text, explain
from courseweek.diagnostics import Diagnostics, Source
from courseweek.fixes import apply_fixes
from courseweek.model.reading import Reading
from courseweek.read.reading_lists import read_readings
from courseweek.read.tables.reader import Reader
from tests.browser.axe import axe_violations
from tests.browser.conftest import OpenPage
from tests.contributing.mistakes import MISTAKES
from tests.mini import date_mini
from tests.sites import run_cli, write_course

SYLLABUS = """\
course: {title: Knots, repository: https://github.com/example/knots}
term: {starts: 2027-01-25, ends: 2027-02-19, timezone: America/Los_Angeles, meets: {day: Monday}}
schedule: [{topic: Knots, id: knots}, {topic: Links, id: links}, {topic: Braids, id: braids}, {topic: No, id: "no"}]
"""
READINGS = """\
# Readings of the course
knots:
  required:
    - title: Hitches
      url: https://example.org/hitches
    - title: Splices
      note: |
        # A long one

        of several lines
links:
  - title: Links
    id: chains
  - Rings
"""
CASES = json.loads((Path(__file__).parents[1] / "contributing" / "pasted.json").read_text(encoding="utf-8"))
MEETINGS = ("knots", "links", "braids", "no")

MAKE = """entries => entries.map(({ meeting, list, fields }) => {
  const named = (name) => document.getElementById(`page.${name}`);
  named("meeting").value = meeting;
  named("list").value = list;
  const taken = {};
  for (const [key, text] of Object.entries(fields)) {
    named(key).value = text;
    taken[key] = named(key).value;
  }
  named("title").dispatchEvent(new Event("input", { bubbles: true }));
  const box = named("lines");
  const [lines, first] = box.querySelectorAll("pre");
  const hints = Object.keys(fields).filter((key) => named(key).getAttribute("aria-invalid"));
  return {
    taken,
    wrong: Object.fromEntries(hints.map((key) => [key, named(`${key}.hint`).textContent])),
    lines: box.hidden ? null : lines.textContent,
    first: first.hidden ? null : first.textContent,
    where: [...box.querySelectorAll(".where")].map((each) => each.textContent),
    edit: document.querySelector("[data-edit]").getAttribute("href"),
  };
})"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("suggest"), READINGS)


def build(folder: Path, readings: str, syllabus: str = SYLLABUS) -> Path:
    write_course(folder / "course", {"syllabus.yaml": syllabus, "readings.yaml": readings})
    ran = run_cli("--source", folder / "course", "--output", folder / "site", "--today", "2027-02-01")
    assert ran.code == 0, ran.err
    return folder / "site"


@pytest.fixture
def page(site: Path, open_page: OpenPage) -> Page:
    return open_page(site / "suggest.html")


def entry(meeting: str = "braids", list: str = "optional", **fields: str) -> dict[str, Any]:
    keys = ("title", "url", "authors", "venue", "year", "pages", "minutes", "note")
    return {"meeting": meeting, "list": list, "fields": {key: fields.get(key, "") for key in keys}}


def insert(text: str, made: dict[str, Any]) -> str:
    """Return the file with what the page shows, where the page says."""
    lines = text.splitlines()
    at = int(urlsplit(made["edit"]).fragment.removeprefix("L") or len(lines))
    lines[at:at] = made["lines"].split("\n")
    if made["first"] is not None:
        number = int("".join(filter(str.isdigit, made["where"][1])))
        lines.insert(number, made["first"])
    return "\n".join(lines) + "\n"


def read(text: str, meeting: str, list: str) -> tuple[Reading | None, list[str]]:
    """Return the last reading of a list, and what is reported."""
    found = Diagnostics()
    lists = read_readings(Source("readings.yaml", text), Reader(found)).by_meeting
    groups = (lists[meeting].required if list == "required" else lists[meeting].optional) if meeting in lists else ()
    last = groups[-1].entries[-1] if groups else None
    return last if isinstance(last, Reading) else None, [each.message for each in found]


# A thousand entries

PIECES = (
    '"', "'", "\\", "#", " #", ": ", ":", "${{ secrets.X }}", "`", "```", "\n", "\t", "\r\n", "\u202e",
    "\u2066", "\u2069", "\x01", "\x1b", "\x7f", "\x85", "\u2028", "\u2029", "😀", "👩\u200d🚀", " ", "  ", "- ",
    "? ", "|", ">", "%", "@", "&", "*", "!", "no", "null", "~", "2005.14160", "1e3", "0x10", "2027-02-01",
    "yes", "{", "}", "[", "]", ",", "---", "...", "<<", "=", "title: X", "- title: X", "required:", "<b>x</b>",
    "[x](https://example.org)", "<!--", "-->", "{{ x }}", "{% x %}", "\\n", "\\x41", "\\u0041", "\\", "é",
    "e\u0301", "שלום", "\u200f", "ก\u200bข", "a\u200bb", "\u00ad", "\u00a0", "ﬁ", "$x^2$", "Knots", "of the",
    "Attention", "1.", "(a)", "@misc{x,", "TY  - CONF", "$(rm -rf /)", "; ls", "\ufeff",
)  # fmt: skip
ADDRESSES = (
    "https://example.org/a.pdf", "http://example.org/?a=1&b=2#c", "https://example.org/a_(b)", "mailto:a@example.org",
    "https://arxiv.org/abs/2205.14135", "https://example.org/%20'x'y", "https://例え.jp/ü?q={x}", "tel:+123",
    "https://example.org/~a;b=c", "HTTPS://Example.org/X", "https://user@example.org:8080/x", "https://doi.org/10.1145/1.2",
)  # fmt: skip
BAD = {
    "url": ("example", "ftp://example.org/x", "javascript:alert(1)", "https:x", "https://", "https://[x/", "paper.pdf",
            "TBD", "https://a.example/ https://b.example/", "https://a.example/x y", "file:///x", "C:\\x.pdf",
            "http://localhost/x", "data:text/html,x"),
    "year": ("22", "2022x", "MMXXII", "0999", "20 22", "-2022", "circa"),
    "minutes": ("0", "x", "1 h", "-5", "99999", "6001"),
    "title": ("X https://example.org/x", "T" * 20_001),
    "note": ("[" * 61, "<" * 61),
}  # fmt: skip


def make_text(chance: random.Random) -> str:
    return "".join(chance.choice(PIECES) for _ in range(chance.randint(1, 6)))


def make_entries(count: int, seed: int) -> Iterator[dict[str, Any]]:
    """Yield entries of all kinds; one in five has a field that is refused."""
    chance = random.Random(seed)
    for _ in range(count):
        fields = {"title": f"{make_text(chance)}{chance.choice(['', 'x', 'Knots'])}".replace("https://", "")}
        for key in ("venue", "pages", "note"):
            if chance.random() < 0.4:
                fields[key] = make_text(chance)
        if chance.random() < 0.6:
            fields["url"] = chance.choice(ADDRESSES)
        if chance.random() < 0.4:
            fields["year"] = str(chance.randint(1000, 9999))
        if chance.random() < 0.3:
            fields["minutes"] = str(chance.randint(1, 6000))
        if chance.random() < 0.4:
            names = (
                "Ada Lovelace",
                "Paul Erdős",
                'Jo "Q" Doe',
                "O'Neil",
                "#1: X",
                "李",
                "J. Doe, Jr.",
                "no",
                "{A, B and C}",
            )
            fields["authors"] = ", ".join(chance.sample(names, chance.randint(1, 3)))
        if chance.random() < 0.2:
            key = chance.choice(sorted(BAD))
            fields[key] = chance.choice(BAD[key])
        yield entry(chance.choice(MEETINGS), chance.choice(["required", "optional"]), **fields)


def agree(page: Page, entries: list[dict[str, Any]]) -> tuple[int, int]:
    """Check that page and reader agree on these entries; return how many both take, and how many both refuse."""
    counts = [0, 0]
    for given, made in zip(entries, page.evaluate(MAKE, entries), strict=True):
        taken = {key: clean_text(text) for key, text in made["taken"].items()}
        if made["lines"] is None:
            counts[1] += 1
            assert made["wrong"] or not any(taken.values()), given
            for key in made["wrong"]:
                empty = key == "title" and not taken[key]
                assert empty or "address is shown as text" in made["wrong"][key] or explain(key, taken[key]), (
                    given,
                    made,
                )
            continue
        counts[0] += 1
        reading, messages = read(insert(READINGS, made), given["meeting"], given["list"])
        assert messages == [], (given, made, messages)
        assert reading is not None
        got = {key: getattr(reading, key) or "" for key in ("title", "venue", "pages", "note", "url")}
        assert got == {key: taken[key] for key in got}, (given, made)
        assert [str(reading.year or ""), str(reading.minutes or "")] == [
            taken["year"] or year_of(taken["venue"], reading), taken["minutes"],
        ]  # fmt: skip
        assert ", ".join(reading.authors) == taken["authors"], (given, made)
    return counts[0], counts[1]


def year_of(venue: str, reading: Reading) -> str:
    """Return the year that the reader takes from a venue."""
    return str(reading.year) if reading.year is not None and venue else ""


def test_what_the_page_makes_is_read_as_it_was_typed(page: Page) -> None:
    taken, refused = agree(page, list(make_entries(200, 1)))
    assert taken > 100
    assert refused > 10


@pytest.mark.slow
def test_a_thousand_entries_are_read_as_they_were_typed(page: Page) -> None:
    taken, refused = agree(page, list(make_entries(1_000, 2)))
    assert taken + refused == 1_000


@pytest.mark.parametrize("key", sorted(BAD))
def test_the_page_says_what_the_reader_says(page: Page, key: str) -> None:
    for text in BAD[key]:
        (made,) = page.evaluate(MAKE, [entry(**{"title": "X", key: text})])
        assert made["lines"] is None, text
        said = explain(key, text)
        if said is not None:
            assert made["wrong"][key].split(": ")[0] == said[0].split(": ")[0], text
        page.reload()


# What is pasted

PASTE = """texts => texts.map((text) => {
  const named = (name) => document.getElementById(`page.${name}`);
  const keys = ["title", "authors", "venue", "year", "url"];
  for (const key of keys) named(key).value = "";
  named("paste").value = text;
  named("paste").dispatchEvent(new Event("input", { bubbles: true }));
  return Object.fromEntries(keys.map((key) => [key, named(key).value]));
})"""


def test_each_pasted_text_fills_the_fields(page: Page) -> None:
    found = page.evaluate(PASTE, [case["pasted"] for case in CASES])
    for case, fields in zip(CASES, found, strict=True):
        assert {key: text for key, text in fields.items() if text} == case["fields"], case["name"]


def test_another_paste_leaves_nothing_of_the_first(page: Page) -> None:
    paste = page.locator("#page\\.paste")
    paste.fill("@article{a, title={First}, author={One, A}, journal={J1}, year={2019}, url={https://one.example/}}")
    page.locator("#page\\.year").fill("2020")
    paste.fill("@article{b, title={Second}, author={Two, B}}")
    fields = ("title", "authors", "venue", "year", "url")
    assert [page.locator(f"#page\\.{name}").input_value() for name in fields] == ["Second", "B Two", "", "2020", ""]


@pytest.mark.parametrize("typed", ["محمد، علي", "王伟，李娜", "王伟、李娜", "A؛ B", "A; B"])
def test_names_are_divided_as_in_each_language(page: Page, typed: str) -> None:
    page.locator("#page\\.title").fill("X")
    page.locator("section[data-of=reading] summary").click()
    page.locator("#page\\.authors").fill(typed)
    assert (page.locator("#page\\.lines pre").first.text_content() or "").count('", "') == 1


@pytest.mark.parametrize("case", [case for case in CASES if case["reader"]], ids=lambda case: str(case["name"]))
def test_the_reader_finds_the_same(case: dict[str, Any], tmp_path: Path) -> None:
    head = "knots:\n  required:\n    - title: Hitches\n"
    mini = date_mini(tmp_path, SYLLABUS, f"{head}{case['pasted']}\nlinks: [X]\n")
    reading, messages = read(apply_fixes(mini.diagnostics)["readings.yaml"], "knots", "required")
    assert messages == []
    assert reading is not None
    found = {key: getattr(reading, key) for key in ("title", "venue", "url")}
    found |= {"authors": ", ".join(reading.authors), "year": str(reading.year or "")}
    assert {key: text for key, text in found.items() if text} == case["fields"]


# Mistakes


@pytest.mark.parametrize("name", MISTAKES)
def test_no_mistake_of_pasting_ends_in_a_red_check(name: str, page: Page, tmp_path: Path) -> None:
    typed = MISTAKES[name]
    if "paste" in typed:
        page.locator("#page\\.paste").fill(typed["paste"])
    for key in ("title", "url", "authors", "venue", "year", "pages", "note"):
        if key in typed:
            if not page.locator(f"#page\\.{key}").is_visible():
                page.locator("summary").filter(has_text="More").click()
            page.locator(f"#page\\.{key}").fill(typed[key])
    keys = ("title", "url", "authors", "venue", "year", "pages", "note")
    fields = {key: page.locator(f"#page\\.{key}").input_value() for key in keys}
    (made,) = page.evaluate(MAKE, [entry("braids", **fields)])
    assert made["lines"] is not None, made
    for words in typed["expect"]:
        assert words in made["lines"], made["lines"]
    files = {"syllabus.yaml": SYLLABUS, "readings.yaml": insert(READINGS, made)}
    ran = run_cli("check", "--strict", "--source", write_course(tmp_path, files), "--today", "2027-02-01")
    assert ran.code == 0, ran.err + ran.out


# The page itself


def test_a_link_opens_the_page_with_its_meeting(site: Path, open_page: OpenPage) -> None:
    page = open_page(site / "meetings" / "links.html")
    page.get_by_role("link", name="Suggest a reading").first.click()
    expect(page.locator("#page\\.meeting")).to_have_value("links")
    page = open_page(site / "meetings" / "braids.html")
    page.get_by_role("link", name="Write one").click()
    expect(page.locator("#page\\.noted")).to_have_value("braids")
    assert page.locator("#page\\.file pre").first.text_content() == '---\nmeeting: "braids"\n---\n'
    page = open_page(site / "readings.html")
    page.get_by_role("link", name="Write a note").nth(2).click()
    assert page.locator("#page\\.about").input_value() == "chains"


def test_the_form_is_filled_in(page: Page) -> None:
    page.locator("#page\\.title").fill('A "title" & more')
    page.locator("#page\\.url").fill("https://example.org/x?a=1&b=2")
    page.locator("#page\\.meeting").select_option("braids")
    form = urlsplit(page.get_by_role("link", name="Open the form").get_attribute("href") or "")
    assert form._replace(query="").geturl() == "https://github.com/example/knots/issues/new"
    assert parse_qs(form.query) == {
        "template": ["reading.yml"],
        "title": ['Reading: A "title" & more'],
        "reading": ['A "title" & more'],
        "address": ["https://example.org/x?a=1&b=2"],
        "meeting": ["braids"],
        "list": ["Optional, as further reading"],
    }


def test_a_note_begins_with_its_front_matter(page: Page) -> None:
    page.get_by_role("button", name="A note").click()
    page.locator("#page\\.about").select_option("chains")
    page.locator("#page\\.heading").fill('On "chains": a note')
    page.locator("#page\\.author").fill("Ada Lovelace")
    create = urlsplit(page.get_by_role("link", name="Begin the note").get_attribute("href") or "")
    assert create.path == "/example/knots/new/main/content/notes"
    text = '---\ntitle: "On \\"chains\\": a note"\nreading: "chains"\nauthor: "Ada Lovelace"\n---\n\n'
    assert parse_qs(create.query) == {"filename": ["chains.md"], "value": [text]}


def test_a_presenter_gets_a_row(tmp_path: Path, open_page: OpenPage) -> None:
    rules = "presentations: {roles: [Lead, Scribe], presenters: presenters.csv}\n"
    files = {
        "syllabus.yaml": SYLLABUS + rules,
        "readings.yaml": READINGS,
        "presenters.csv": "meeting;name;role\nknots;Alan Turing;Lead\n",
    }
    write_course(tmp_path / "course", files)
    ran = run_cli("--source", tmp_path / "course", "--output", tmp_path / "site", "--today", "2027-02-01")
    assert ran.code == 0, ran.err
    page = open_page(tmp_path / "site" / "suggest.html")
    page.get_by_role("button", name="A presentation").click()
    page.locator("#page\\.presented").select_option("links")
    page.locator("#page\\.role").select_option("Scribe")
    page.locator("#page\\.presenter").fill('Ada "A" Lovelace')
    assert page.locator("#page\\.row pre").first.text_content() == 'links;"Ada ""A"" Lovelace";Scribe'
    link = page.locator("[data-table]").get_attribute("href")
    assert link == "https://github.com/example/knots/edit/main/presenters.csv#L2"


def test_without_javascript_it_shows_the_form_and_the_lines(site: Path, open_page: OpenPage) -> None:
    page = open_page(site / "suggest.html", javascript=False)
    assert page.locator(".suggesting").is_hidden()
    links = [each.get_attribute("href") for each in page.locator(".without-script a").all()]
    assert links == [
        "https://github.com/example/knots/edit/main/readings.yaml",
        "https://github.com/example/knots/issues/new?template=reading.yml",
        "https://github.com/example/knots/new/main/content/notes",
    ]
    assert (page.locator(".without-script pre").text_content() or "").count("\n") == 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_fits_on_a_phone(tmp_path: Path, open_page: OpenPage, language: str, scheme: Any) -> None:
    syllabus = SYLLABUS.replace("title: Knots,", f"title: Knots, language: {language},")
    page = open_page(build(tmp_path, READINGS, syllabus) / "suggest.html", width=390, color_scheme=scheme)
    page.locator("#page\\.title").fill("A title of a paper " * 8)
    page.locator("#page\\.url").fill("https://example.org/" + "x" * 90)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert axe_violations(page) == []
    for button in page.locator(".kinds button").all():
        button.click()
        assert axe_violations(page) == []


def test_it_weighs_little(site: Path) -> None:
    own = [site / "suggest.html", site / "assets/theme/suggest.js"]
    assert sum(len(gzip.compress(each.read_bytes(), 9)) for each in own) < 20_000
    others = [each for each in site.rglob("*.html") if each.name != "suggest.html"]
    assert all(b"suggest.js" not in each.read_bytes() for each in others)

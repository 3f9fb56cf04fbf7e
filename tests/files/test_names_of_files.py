"""Files of any name: signs that mean something in an address, and both Unicode forms of one name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from courseweek.diagnostics import Diagnostics
from courseweek.files.paths import normal_link, relative_link, resolve_link
from courseweek.files.project import Project
from courseweek.model.slug import title_key
from courseweek.model.sorting import natural_key
from courseweek.serve.urls import find_file, read_path
from tests.sites import Ran, read_tree, run_cli, write_course

SYLLABUS = """\
course: {title: Knots%s}
term: {starts: 2027-01-25, ends: 2027-02-22, timezone: America/Los_Angeles, meets: {day: Monday, time: 13:00-16:00}}
staff: [{name: Ada, photo: "%s"}]
schedule: [{topic: One, id: one, page: "%s", materials: {Slides: "%s"}}, {topic: TBD, times: 4}]
"""
NAMES = {
    "c#": "c%23",
    "C#": "C%23",
    "a?b": "a%3Fb",
    "50%": "50%25",
    "50%25": "50%2525",
    "a b": "a%20b",
    "a&b": "a%26b",
    "a+b": "a%2Bb",
    "a[1]": "a%5B1%5D",
    "it's": "it%27s",
    "x (1)": "x%20%281%29",
    "日本語": "%E6%97%A5%E6%9C%AC%E8%AA%9E",
    "🎉": "%F0%9F%8E%89",
    "a#b/c#d": "a%23b/c%23d",
}


def build(folder: Path, files: dict[str, str | bytes], *options: str) -> Ran:
    write_course(folder / "course", files)
    return run_cli("--source", folder / "course", "--output", folder / "site", "--today", "2027-02-01", *options)


def links_of(page: bytes) -> set[str]:
    return {unescape(link) for link in re.findall(r'(?:href|src)="([^"]*)"', page.decode())}


def write_named(name: str, address: str) -> dict[str, str | bytes]:
    """Return a course in which a page, a note, an announcement, slides and a photo have this name."""
    alone = name.rpartition("/")[2]
    links = f", links: {{Sheet: '{name.replace(chr(39), chr(39) * 2)}.pdf'}}"
    return {
        "syllabus.yaml": SYLLABUS % (links, f"{name}.png", name, f"{name}.pdf"),
        "readings.yaml": f'one: [{{title: Book, links: {{Copy: "{name}.pdf"}}, note: "[a]({address}.md)"}}]\n',
        f"assets/{name}.pdf": b"%PDF-1.7",
        f"assets/{name}.png": b"\x89PNG",
        "content/all.md": f"[p]({address}.md), [n](notes/{address}.md#here), [a](assets/{address}.pdf),\n"
        f'![i](assets/{address}.png) and <a href="{address}.html">it</a>\n',
        f"content/{name}.md": f"# P\n\n[n]({'../' * name.count('/')}notes/{address}.md)\n",
        f"content/notes/{name}.md": "---\nmeeting: one\n---\n# N\n\n## Here\n",
        f"content/announcements/2027-01-26-{alone}.md": '# News\n\n<h2 id="x">X</h2>\n',
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_file_of_this_name_is_published_and_linked(tmp_path: Path, name: str) -> None:
    address = NAMES[name]
    ran = build(tmp_path, write_named(name, address))
    assert ran.code == 0, ran.err
    assert not re.search(r"warning\[(?!bad-name)", ran.err), ran.err
    site = read_tree(tmp_path / "site")
    assert {f"{name}.html", f"notes/{name}.html", f"assets/{name}.pdf", f"assets/{name}.png"} <= site.keys()
    written = {f"{address}.html", f"notes/{address}.html#here", f"assets/{address}.pdf", f"assets/{address}.png"}
    assert written <= links_of(site["all.html"])
    home = links_of(site["index.html"]) | links_of(site["staff.html"])
    made = {resolve_link("index.html", link) for link in home}
    assert {f"{name}.html", f"notes/{name}.html", f"assets/{name}.pdf", f"assets/{name}.png"} <= made
    for link in home:
        path = resolve_link("index.html", link)
        assert not path or path in site, link
    assert find_file((read_path(f"/assets/{address}.pdf") or "")[1:], site.keys()) == f"assets/{name}.pdf"


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        ("assets/c#.pdf", "assets/c%23.pdf"),
        ("assets/a b?.pdf", "assets/a%20b%3F.pdf"),
        ("assets/100%25.pdf", "assets/100%2525.pdf"),
        ("C#.md", "C%23.html"),
        ("c#/in.md", "c%23/in.html"),
    ],
)
def test_a_remedy_for_signs_works(tmp_path: Path, written: str, remedy: str) -> None:
    files: dict[str, str | bytes] = {
        **{f"assets/{name}.pdf": b"%PDF-1.7" for name in ("c#", "a b?", "100%25")},
        "content/C#.md": "# C\n",
        "content/c#/in.md": "# In\n",
    }
    ran = build(tmp_path, {**files, "content/a.md": f"[x](<{written}>)\n"})
    assert ran.code == 1
    assert f"help: write `{remedy}`: an address can't contain " in ran.err
    assert build(tmp_path, {**files, "content/a.md": f"[x]({remedy})\n"}).code == 0


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


FORMS: dict[str, tuple[Callable[[str], str], Callable[[str], str]]] = {
    "the disk": (nfd, str),
    "the texts": (str, nfd),
    "both": (nfd, nfd),
}
COMPOSED = "übung é"


@pytest.mark.parametrize("where", FORMS)
def test_a_decomposed_name_is_the_same_name(tmp_path: Path, where: str) -> None:
    on_disk, in_texts = FORMS[where]
    files: dict[str, str | bytes] = {}
    for name, text in write_named(COMPOSED, in_texts(COMPOSED).replace(" ", "%20")).items():
        given = text if isinstance(text, bytes) else in_texts(text)
        files[on_disk(name)] = given
    table = "name,meeting,role\nBo,one,Lead\n"
    rules = f"presentations: {{roles: [Lead], presenters: {in_texts('käse.csv')}}}\n"
    nav = f"site: {{nav: [index, '{in_texts(COMPOSED)}', '{in_texts('notes/' + COMPOSED)}']}}\n"
    files["syllabus.yaml"] = str(files["syllabus.yaml"]) + rules + nav
    files[on_disk("käse.csv")] = table
    files[on_disk("layouts/tür.html")] = '{% extends "page.html" %}\n'
    files["content/way.md"] = (
        f"---\nlayout: {in_texts('tür')}\n---\n# Way\n\n## Über uns\n\n[x]({in_texts('#über-uns')})\n"
    )
    ran = build(tmp_path, files, "--strict")
    assert ran.code == 0, ran.err
    site = read_tree(tmp_path / "site")
    assert {f"{COMPOSED}.html", f"notes/{COMPOSED}.html", f"assets/{COMPOSED}.pdf"} <= site.keys()
    assert all(unicodedata.is_normalized("NFC", path) for path in site)
    for path in (page for page in site if page.endswith(".html")):
        for link in links_of(site[path]):
            reached = resolve_link(path, link)
            assert reached is None or reached == "" or reached in site
            assert normal_link(link) == link
    assert find_file(nfd(f"assets/{COMPOSED}.pdf"), site.keys()) == f"assets/{COMPOSED}.pdf"
    assert build(tmp_path, files).code == 0


def test_a_fix_is_written_into_the_file_that_is_there(tmp_path: Path) -> None:
    name = nfd("content/übung.md")
    write_course(tmp_path, {name: "\n---\ntitle: Late\n---\nText.\n"})
    before = sorted((tmp_path / "content").iterdir())
    assert run_cli("check", "--source", tmp_path, "--fix").code == 0
    assert sorted((tmp_path / "content").iterdir()) == before
    assert (tmp_path / name).read_text(encoding="utf-8").startswith("---\n")


TWICE = {
    "a page": ("content/{}.md", "content/é.md"),
    "a file of assets": ("assets/{}.pdf", "assets/é.pdf"),
    "a folder": ("content/{}/a.md", "content/é"),
    "a note": ("content/notes/{}.md", "content/notes/é.md"),
}


@pytest.mark.parametrize("name", TWICE)
def test_two_files_of_one_name_are_an_error(tmp_path: Path, name: str) -> None:
    pattern, reported = TWICE[name]
    paths = [pattern.format("é"), pattern.format(nfd("é"))]
    for path in paths:
        write_course(tmp_path / "course", {path: "---\nmeeting: one\n---\n# A\n" if "notes" in path else "# A\n"})
    if (
        len(
            {file.name for file in (tmp_path / "course" / reported).parent.iterdir() if "yaml" not in file.name}
            - {"announcements"}
        )
        < 2
    ):
        return  # this disk holds only one of them
    ran = run_cli("--source", tmp_path / "course", "--output", tmp_path / "site")
    alone = reported.rpartition("/")[2]
    assert ran.code == 1
    assert (
        f"{reported}:1:1: error[same-path]: two files here are called `{alone}`, in two Unicode forms;"
        " other computers can keep only one of them\n"
    ) in ran.err


def test_files_are_named_in_one_form(tmp_path: Path) -> None:
    write_course(tmp_path, {nfd("content/ä/ö.md"): "# O\n"})
    project, found = Project(tmp_path, tmp_path / "_site"), Diagnostics()
    assert project.files("content", found) == ("ä/ö.md",)
    source = project.read_text("content/ä/ö.md", found)
    assert source is not None
    assert source.text == "# O\n"
    again = Project(tmp_path, tmp_path / "_site").read_text(nfd("content/ä/ö.md"), found)
    assert again is not None
    assert again.text == source.text


ORDERED = [
    ["Lab 1", "Lab 2", "Lab 10", "Lab 11"],
    ["Ähre", "Apfel 2", "apple", "Zebra"],
    ["1 Start", "2 Middle", "010 End", "About"],
    ["lab01", "lab1", "lab2", "lab 2"],
    ["Oder", "Ödland", "Øre", "Osten", "Zug"],
    ["C", "C#", "C++"],
    ["7", "9" * 5000, "1" + "0" * 5000],
    ["A", "a", "ä", "b"],
]


@pytest.mark.parametrize("names", ORDERED, ids=lambda names: names[0])
def test_natural_order(names: list[str]) -> None:
    for turn in range(len(names)):
        assert sorted([*names[turn:], *names[:turn]], key=natural_key) == names
    assert [natural_key(nfd(name))[:2] for name in names] == [natural_key(name)[:2] for name in names]


def test_pages_notes_and_readings_are_in_natural_order(tmp_path: Path) -> None:
    labs = ["Lab 1", "lab 2", "Lab 10", "Ähre", "apple", "Zebra"]
    readings = "".join(f"  - {{title: {name}, id: r{at}}}\n" for at, name in enumerate(reversed(labs)))
    files: dict[str, str | bytes] = {
        "syllabus.yaml": SYLLABUS.replace("staff: ", "# ") % ("", "", "Zebra", "a.pdf"),
        "assets/a.pdf": b"%PDF-1.7",
        "readings.yaml": f"one:\n{readings}",
        **{f"content/{name}.md": f"# {name}\n" for name in labs},
        **{f"content/notes/{name}.md": f"---\nmeeting: one\nauthor: By {name}\n---\n" for name in labs},
    }
    ran = build(tmp_path, files)
    assert ran.code == 0, ran.err
    site = read_tree(tmp_path / "site")
    ordered = ["Ähre", "apple", "Lab 1", "lab 2", "Lab 10", "Zebra"]
    home, listed = site["index.html"].decode(), site["readings.html"].decode()
    nav = re.findall(r"<li><a[^>]*>([^<]*)</a></li>", home.partition("</nav>")[0])
    assert [name for name in nav if name in labs] == ordered[:-1]  # the page of a topic is not in the navigation
    assert re.findall(r"Notes by By ([^<]*)<", home) == ordered
    by_title = listed[listed.index("By title") :] if "By title" in listed else listed
    assert [name for name in re.findall(r'href="#reading-r\d">([^<]*)<', by_title) if name in labs] == ordered


DIFFERENT = [
    ("The C Programming Language", "The C++ Programming Language"),
    ("Learning C#", "Learning C++"),
    ("F# in depth", "F* in depth"),
    ("A search", "A* search"),
    ("R&D", "R D"),
    ("C", "C--"),
    ("日本語 C", "日本語 C++"),
]
SAME = [
    ("Knots: A Study", "Knots – a study"),
    ("*Knots*", "Knots!"),
    ("What's new", "Whats New?"),
    ("Übung", nfd("Übung")),
    ("Self-attention", "Self attention"),
]


@pytest.mark.parametrize(("one", "other"), [*DIFFERENT, *SAME])
def test_titles_are_compared_by_letters_and_signs(tmp_path: Path, one: str, other: str) -> None:
    files: dict[str, str | bytes] = {
        "syllabus.yaml": SYLLABUS.replace("staff: ", "# ") % ("", "", "a", "a.pdf"),
        "assets/a.pdf": b"%PDF-1.7",
        "content/a.md": "# A\n",
        "readings.yaml": f"one:\n  - {{title: '{one.replace(chr(39), chr(39) * 2)}', url: 'https://example.org/1'}}\n"
        f"  - {{title: '{other.replace(chr(39), chr(39) * 2)}', url: 'https://example.org/2'}}\n",
    }
    ran = build(tmp_path, files)
    assert ran.code == 0, ran.err
    assert ("warning[duplicate-reading]" in ran.err) is ((one, other) in SAME)
    assert (title_key(one) == title_key(other)) is ((one, other) in SAME)


def test_links_keep_signs_of_names() -> None:
    assert relative_link("a.html", "assets/c#?.pdf") == "assets/c%23%3F.pdf"
    assert relative_link("notes/a.html", "c#.html", "x y") == "../c%23.html#x%20y"
    assert relative_link("a.html", "a.html", "é") == "#%C3%A9"
    assert normal_link("assets/u%CC%88.pdf?a=%2F#%23") == "assets/%C3%BC.pdf?a=%2F#%23"
    assert normal_link("%FF%CC%88") == "%FF%CC%88"

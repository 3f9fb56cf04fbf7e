"""The build as a whole: the same bytes for the same inputs, a course's own theme, and text that tries to break out."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from courseweek.outputs.compact_copies import compact
from tests.sites import COURSES, POLICY, ROOT, SIX_LINES, read_tree, run_cli, write_course

KINDS = COURSES / "kinds"


def build(course: Path, output: Path, today: str = "2027-02-01") -> dict[str, bytes]:
    ran = run_cli("--source", course, "--output", output, "--today", today)
    assert ran.code == 0, ran.err
    return read_tree(output)


# --- The same inputs give the same bytes ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "environment",
    [
        {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1"},
        {"TZ": "America/Los_Angeles", "PYTHONHASHSEED": "2", "LC_ALL": "C", "PYTHONUTF8": "0"},
        {"LC_ALL": "tr_TR.UTF-8", "LANG": "de_DE", "PYTHONHASHSEED": "3", "SOURCE_DATE_EPOCH": "0"},
    ],
    ids=["zone", "C", "locale"],
)
def test_the_host_leaves_no_trace(tmp_path: Path, environment: dict[str, str]) -> None:
    expected = build(KINDS, tmp_path / "here")
    copied = tmp_path / "öther place" / "kinds"
    shutil.copytree(KINDS, copied)
    ran = subprocess.run(
        [sys.executable, "-m", "courseweek", "--output", "../out", "--today", "2027-02-01"],
        cwd=copied,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert read_tree(copied.parent / "out") == expected


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such masks")
@pytest.mark.parametrize("mask", ["077", "002"])
def test_who_copied_the_course_and_when_leaves_no_trace(tmp_path: Path, mask: str) -> None:
    """Another mask, other times and modes, another order on the disk, and a build from another folder."""
    expected = build(KINDS, tmp_path / "here")
    copied, files = tmp_path / "copied", sorted((path for path in KINDS.rglob("*") if path.is_file()), reverse=True)
    for number, path in enumerate(files):
        target = copied / path.relative_to(KINDS)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
        target.chmod(0o600)
        os.utime(target, (number, number))
    (tmp_path / "elsewhere").mkdir()
    program = f"import os, sys; os.umask(0o{mask}); from courseweek.cli import main; sys.exit(main())"
    ran = subprocess.run(
        [sys.executable, "-c", program, "--source", "../copied", "--output", "../out", "--today", "2027-02-01"],
        cwd=tmp_path / "elsewhere",
        env={**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C", "PYTHONHASHSEED": "4"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert read_tree(tmp_path / "out") == expected
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "out").rglob("*") if path.is_file()} == {0o644}


@pytest.mark.parametrize(
    ("epoch", "today"),
    [("1801483200", "2027-02-01T16:00"), ("1801497600", "2027-02-01T20:00"), ("0", "1970-01-01T04:00")],
)
def test_the_time_of_the_build_can_be_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, epoch: str, today: str
) -> None:
    """As seconds for machines, or as people say it where the course is: the same instant is the same site."""
    syllabus = SIX_LINES.replace("America/Los_Angeles", "Asia/Dubai")
    files = {"syllabus.yaml": syllabus, "content/a.md": "---\npublish_on: 2027-02-01 18:00\n---\n# A\n"}
    course = write_course(tmp_path / "course", files)
    expected = build(course, tmp_path / "asked", today)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    ran = run_cli("--source", course, "--output", tmp_path / "set")
    assert ran.code == 0, ran.err
    assert read_tree(tmp_path / "set") == expected
    assert ("a.html" in expected) == (today == "2027-02-01T20:00")


def test_the_order_of_the_files_does_not_matter(tmp_path: Path) -> None:
    names = ["zeta", "alpha", "Mid", "b10", "b9"]
    trees = []
    for number, order in enumerate((names, names[::-1])):
        course = tmp_path / str(number)
        for name in order:
            write_course(course, {f"content/{name}.md": f"# {name}\n", f"assets/{name}.txt": name})
        trees.append(build(course, tmp_path / f"out-{number}"))
    assert trees[0] == trees[1]


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course", {"content/a.md": "# A\n\nOne.\n", "content/b.md": "# B\n"})
    output = tmp_path / "out"
    build(course, output)
    for path in output.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    build(course, output)
    assert changed_since(output) == set()
    write_course(course, {"content/a.md": "# A\n\nTwo.\n"})
    build(course, output)
    assert changed_since(output) == {"a.html", "search.js"}


def changed_since(output: Path) -> set[str]:
    files = (path for path in output.rglob("*") if path.is_file())
    return {path.relative_to(output).as_posix() for path in files if path.stat().st_mtime != 1_000_000_000}


def test_the_sources_are_left_alone(tmp_path: Path) -> None:
    course = tmp_path / "kinds"
    shutil.copytree(KINDS, course)
    before = read_tree(course)
    assert run_cli("--source", course).code == 0
    after = {path: data for path, data in read_tree(course).items() if not path.startswith("_site/")}
    assert after == before
    # The site inside the sources is no part of the next one.
    first = read_tree(course / "_site")
    assert run_cli("--source", course).code == 0
    assert read_tree(course / "_site").keys() == first.keys()


# --- What may be missing -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("meets", "row", "facts"),
    [
        ("{day: Monday}", "Mon 25 Jan", "Mondays"),
        (
            "{day: Monday, time: 13:00-16:00}",
            'Mon 25 Jan</span> <span class="hours usual">13:00–16:00',
            "Mondays, 13:00–16:00",
        ),
        ("{day: Monday, place: Soda 405}", "Soda 405", "Soda 405"),
        (
            "{day: Monday, place: https://example.org/room}",
            ' usual" href="https://example.org/room">Online</a>',
            "online",
        ),
    ],
)
def test_time_and_place_may_be_missing(tmp_path: Path, meets: str, row: str, facts: str) -> None:
    syllabus = SIX_LINES.replace("{day: Monday}", meets) + "schedule: [One, Two, Three]\n"
    tree = build(write_course(tmp_path / "course", {"syllabus.yaml": syllabus}), tmp_path / "out")
    html = tree["index.html"].decode("utf-8")
    head, _, table = html.replace("\N{NO-BREAK SPACE}", " ").partition("<table ")
    assert row in table
    assert facts in head[head.index('class="every-week"') :]


def test_empty_files_and_folders_are_no_obstacle(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course", {"readings.yaml": "", "content/a.md": "", "content/b.md": "---\n---\n"})
    (course / "assets").mkdir()
    (course / "layouts").mkdir()
    tree = build(course, tmp_path / "out")
    assert {"a.html", "b.html"} <= tree.keys()


# --- A course's own layouts and assets -----------------------------------------------------------------------


def test_own_layouts_and_assets_win(tmp_path: Path) -> None:
    own = {
        "layouts/page.html": '{% extends "base.html" %}{% block main %}<h1>Own {{ page.title }}</h1>{% endblock %}',
        "layouts/parts/every-week.html": "<p>Own facts</p>\n",
        "layouts/wide.html": POLICY + "<title>{{ page.title }}</title> wide {{ course.title }}",
        "assets/theme/style.css": "p { color: red }\n",
        "assets/logo.svg": "<svg/>",
        "content/a.md": "# A\n",
        "content/b.md": "---\nlayout: wide\n---\n# B\n",
    }
    tree = build(write_course(tmp_path / "course", own), tmp_path / "out")
    assert b"<h1>Own A</h1>" in tree["a.html"]
    assert b"Skip to the content" in tree["a.html"]
    assert b"<p>Own facts</p>" in tree["index.html"]
    assert tree["b.html"] == POLICY.encode() + b"<title>B</title> wide A small course"
    head, body = tree["assets/theme/style.css"].decode("utf-8").split("\n", 1)
    assert head.startswith(":root{--accent:#")
    assert body == "p { color: red }\n"
    assert tree["assets/logo.svg"] == b"<svg/>"
    assert tree["assets/theme/today.js"] == compact((ROOT / "assets" / "theme" / "today.js").read_bytes())


@pytest.mark.parametrize(
    ("layouts", "head"),
    [
        ({"page.html": "<p>\n{% if %}\n"}, "layouts/page.html:2:7: error[layout]: "),
        ({"page.html": "<p>\n\n{{ page.tittle }}\n"}, "layouts/page.html:3:9: error[layout]: "),
        ({"page.html": "<p>\n{{ 1 // 0 }}\n"}, "layouts/page.html:2:1: error[layout]: "),
        ({"page.html": "<p>\n{{ ''.__class__.__mro__ }}\n"}, "layouts/page.html:2:7: error[layout]: "),
        (
            {"page.html": "\n{% include 'parts/own.html' %}", "parts/own.html": "a\nb\n{{ nowhere }}"},
            "layouts/parts/own.html:3:4: error[layout]: ",
        ),
        (
            {"page.html": "\n{% include 'parts/own.html' %}", "parts/own.html": "a\n{% for %}"},
            "layouts/parts/own.html:2:8: error[layout]: ",
        ),
        ({"page.html": "{% include 'parts/gone.html' %}"}, "layouts/page.html:1:13: error[unknown-layout]: "),
        ({"page.html": b"\xff\xfe"}, "layouts/page.html:1:1: error["),
    ],
)
def test_a_broken_layout_is_an_error_at_its_line(tmp_path: Path, layouts: dict[str, str | bytes], head: str) -> None:
    files = {f"layouts/{name}": content for name, content in layouts.items()}
    ran = run_cli("--source", write_course(tmp_path, {**files, "content/a.md": "# A\n"}))
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(head)
    assert "Traceback" not in ran.err
    assert not (tmp_path / "_site").exists()


def test_an_unknown_layout_is_an_error_where_it_is_asked_for(tmp_path: Path) -> None:
    ran = run_cli("--source", write_course(tmp_path, {"content/a.md": "---\nlayout: pgae\n---\n"}))
    assert ran.code == 1
    assert ran.err.startswith("content/a.md:2:9: error[unknown-layout]: there is no layout `layouts/pgae.html`")
    assert "help: did you mean `page`?" in ran.err


@pytest.mark.parametrize("layout", ["parts/macros", "./parts//now", "base", "Base"])
def test_a_page_asks_for_a_layout_of_pages(tmp_path: Path, layout: str) -> None:
    ran = run_cli("--source", write_course(tmp_path, {"content/a.md": f"---\nlayout: {layout}\n---\n"}))
    assert ran.code == 1
    assert ran.err.startswith(f"content/a.md:2:9: error[unknown-layout]: there is no layout `layouts/{layout}.html`")
    assert re.search(
        r"^help: (?:did you mean `page`\?|"
        r"the layouts are `404`, `calendar`, `home`, `meeting`, `note`, `page`, `suggest`, `syllabus`)$",
        ran.err,
        re.M,
    )


@pytest.mark.parametrize("layout", ["../../secret", "/etc/passwd", "parts/../../../secret"])
def test_a_layout_comes_from_no_other_folder(tmp_path: Path, layout: str) -> None:
    (tmp_path / "secret.html").write_text("secret", encoding="utf-8")
    course = write_course(tmp_path / "course", {"content/a.md": f"---\nlayout: {layout}\n---\n"})
    ran = run_cli("--source", course)
    assert ran.code == 1
    assert "error[unknown-layout]" in ran.err


# --- Text that tries to break out ----------------------------------------------------------------------------

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "]]> --> </title></table>",
    "{{ 7*7 }} {% raw %} ${7*7}",
    "__init__ and *not* a `mark`",
    "<b>bold</b> &amp; &lt;",
    "C# in depth #1",
]
FIELDS = """
course:
  code: CODE
  title: COURSE
  institution: INSTITUTION
  links: [{LABEL: https://example.org}]
term:
  name: TERM
  starts: 2027-01-25
  ends: 2027-02-08
  timezone: UTC
  meets: [{day: Monday, place: PLACE, kind: KIND, numbered: yes}]
  breaks: [{date: 2027-02-08, name: BREAK}]
schedule:
  - unit: UNIT
    meetings:
      - topic: TOPIC
        id: topic
        lecturer: LECTURER
        guests: [{name: GUEST, affiliation: GUESTS}]
        materials: {MATERIAL: https://example.org/m}
      - {topic: SECOND, date: 2027-01-27, place: PLACE TWO, kind: KIND TWO}
"""
PEOPLE = """
staff: [{name: STAFF, pronouns: PRONOUNS, role: ROLE, affiliation: AFFILIATION, office_hours: WORDS}]
office_hours: {day: Monday, place: ROOM, who: STAFF}
"""
READINGS = """
topic:
  required:
    HEADING:
      - {title: READING, authors: [AUTHOR], venue: VENUE, award: AWARD, pages: PAGES, kind: SORT,
         links: [{COPY: https://example.org}]}
"""
PLACEHOLDER = re.compile(r"[A-Z]{4,}(?: TWO)?(?=[,}\]:\n])")


class Words(HTMLParser):
    """Collects what a reader sees, and what a browser would run."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read_words(html: bytes) -> Words:
    words = Words()
    words.feed(html.decode("utf-8"))
    return words


@pytest.mark.parametrize("text", HOSTILE)
def test_plain_text_shows_as_typed_and_does_nothing(tmp_path: Path, text: str) -> None:
    shown, plain = build_filled(tmp_path / "hostile", text), build_filled(tmp_path / "plain", "x")
    for path, template in (("index.html", FIELDS), ("staff.html", PEOPLE), ("readings.html", READINGS)):
        words = "".join(shown[path].words).replace("\N{NO-BREAK SPACE}", " ")
        assert [name for name in PLACEHOLDER.findall(template) if f"{name} {text}" not in words] == [], path
        assert shown[path].tags == plain[path].tags
        assert shown[path].attributes == plain[path].attributes


def build_filled(folder: Path, text: str) -> dict[str, Words]:
    files = {"syllabus.yaml": quote_all(FIELDS + PEOPLE, text), "readings.yaml": quote_all(READINGS, text)}
    tree = build(write_course(folder, files), folder / "_site", "2027-01-25")
    return {path: read_words(html) for path, html in tree.items() if path.endswith(".html")}


def quote_all(template: str, text: str) -> str:
    """Return the template with each word in capitals followed by this text, in the quotes that YAML needs."""
    doubled = text.replace("'", "''")
    return PLACEHOLDER.sub(lambda match: f"'{match[0]} {doubled}'", template)


MARKDOWN = """
course: {title: A, description: DESC, links: [{Note: LINKTEXT}]}
term:
  starts: 2027-01-25
  ends: 2027-02-08
  timezone: UTC
  meets: [{day: Monday}]
  breaks: [{date: 2027-02-08, name: Off, description: PAUSE}]
schedule:
  - unit: U
    description: UNITDESC
    meetings: [{topic: T, id: t, description: TOPICDESC}, V]
"""
LINES = "t: {required: [LINE, {title: R, note: NOTE}]}\n"


def check_inert(html: bytes) -> None:
    """No script but the theme's own, no handler, no style, no frame, and no address that runs."""
    words = read_words(html)
    assert not words.tags & {"iframe", "object", "embed", "style", "form", "input", "base", "svg", "math"}
    assert not {name for name in words.attributes if name.startswith("on") or name in {"style", "srcdoc", "formaction"}}
    scripts = re.findall(rb"<script[^>]*>", html)
    data = b'<script type="application/ld+json">'
    own = re.compile(
        rb'<script src="(?:\.\./)?assets/theme/(?:today|dates|finder|cite|suggest)\.js"(?: data-[a-z]+="[^"]*")* defer>'
    )
    assert [each for each in scripts if each != data and own.fullmatch(each) is None] == []
    for block in re.findall(data + rb"(.*?)</script>", html, re.DOTALL):
        assert json.loads(block)["@type"] == "Course"
    assert not re.search(rb"""(?:href|src)=["']?\s*(?:javascript|vbscript|data:text)""", html, re.IGNORECASE)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<img src="https://example.org/x.png" onerror="alert(1)"> "><svg onload=alert(1)>',
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<style>*{display:none}</style> <base href=https://example.org>",
        "{{ 7*7 }} {% raw %} ]]>",
        '**bold** <a href="https://example.org" onclick="alert(1)">a</a>',
        "[a](https://example.org 'x\" onmouseover=\"alert(1)')",
    ],
)
def test_markdown_fields_and_pages_are_inert(tmp_path: Path, text: str) -> None:
    files = {
        "syllabus.yaml": quote_all(MARKDOWN, text),
        "readings.yaml": quote_all(LINES, text),
        "content/page.md": f"# Page\n\n{text}\n\nWords {text}\n",
    }
    tree = build(write_course(tmp_path / "course", files), tmp_path / "out", "2027-01-25")
    for path, html in tree.items():
        if path.endswith(".html"):
            check_inert(html)
    words = "".join(read_words(tree["index.html"]).words)
    assert "49" not in words
    # In YAML raw HTML is text: what was typed is what is shown.
    if text.startswith("<script"):
        assert words.count(text) >= 5


BAD_LINKS = [
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#10;script:alert(1))",
    "[x](<java script:alert(1)>)",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](vbscript:msgbox(1))",
    "![x](javascript:alert(1))",
    "[x]\n\n[x]: javascript:alert(1)",
    "<javascript:alert(1)>",
]


@pytest.mark.parametrize("text", BAD_LINKS)
def test_a_page_with_a_link_that_runs_is_refused_or_inert(tmp_path: Path, text: str) -> None:
    course = write_course(tmp_path / "course", {"content/page.md": f"# Page\n\n{text}\n"})
    ran = run_cli("--source", course, "--output", tmp_path / "out")
    assert ran.code in {0, 1}
    if ran.code == 1:
        assert re.match(r"content/page\.md:\d+:\d+: error\[(?:bad-scheme|dead-link)\]: ", ran.err)
        assert not (tmp_path / "out").exists()
    else:
        check_inert(read_tree(tmp_path / "out")["page.html"])


@pytest.mark.parametrize(
    ("field", "template"),
    [
        ("description", MARKDOWN.replace("DESC", "'[x](javascript:alert(1))'", 1)),
        ("url", SIX_LINES + "staff: [{name: A, url: 'javascript:alert(1)'}]\n"),
    ],
)
def test_a_link_that_runs_is_an_error_in_yaml(tmp_path: Path, field: str, template: str) -> None:
    ran = run_cli("--source", write_course(tmp_path, {"syllabus.yaml": template}))
    assert ran.code == 1
    assert re.search(
        r"^syllabus\.yaml:\d+:\d+: error\[bad-scheme\]: a link can't begin with `javascript:`",
        ran.err,
        re.MULTILINE,
    )


def test_json_holds_the_text_as_typed(tmp_path: Path) -> None:
    text = '</script> ]]> " \\ é 🎓'
    syllabus = SIX_LINES.replace("A small course", f"'{text}'")
    tree = build(write_course(tmp_path / "course", {"syllabus.yaml": syllabus}), tmp_path / "out")
    assert json.loads(tree["course.json"])["course"]["title"] == text


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("## Why\n\n[[schedule]]\n\n## Why\n\n## Why\n\n[[staff]]\n\n## Why\n", ["why", "why_1", "why_2", "why_3"]),
        ("## Why_1\n\n[[schedule]]\n\n## Why\n\n## Why\n", ["why_1", "why", "why_2"]),
        ("## Knots\n\n[[schedule]]\n\n## Knots\n", ["knots-section", "knots-section_1"]),
        ("[[announcements]]\n\n## 2027-02-20 welcome\n", ["2027-02-20-welcome-section"]),
        ("## Today\n\n[[schedule]]\n\n## Today\n", ["today-section", "today-section_1"]),
        (
            "A[^1] B[^1]\n\n[^1]: one\n\n[[schedule]]\n\nC[^1]\n\n[^1]: two\n\n[[staff]]\n\nD[^1]\n\n[^1]: three\n",
            ["fnref:1", "fnref2:1", "fn:1", "fnref:2-1", "fn:2-1", "fnref:3-1", "fn:3-1"],
        ),
    ],
)
def test_a_page_with_parts_between_its_texts_has_each_id_once(tmp_path: Path, text: str, ids: list[str]) -> None:
    files: dict[str, str | bytes] = {
        "syllabus.yaml": (COURSES / "everything/syllabus.yaml").read_bytes(),
        "readings.yaml": "knots: [A book on knots]\n",
        "assets/ada.png": b"a picture",
        "content/announcements/2027-02-20-welcome.md": "Welcome.\n",
        "content/plan.md": text,
    }
    course = write_course(tmp_path, files)
    links = "".join(f"[{each}](plan.html#{each})\n" for each in ids)
    for way in ("anew", "recalled"):
        (course / "content/links.md").write_text(f"{links}{way}\n", encoding="utf-8")
        ran = run_cli("--source", course, "--today", "2027-03-01")
        assert ran.err == ""
        page = (course / "_site/plan.html").read_text(encoding="utf-8")
        found = re.findall(r'<(?:h[12]|sup|li) id="([^"]*)"', page)
        assert [each for each in found if not each.startswith("page.") and each != "guild"] == ids  # an undated meeting
        for each in ids:
            if each.startswith("fn:"):
                assert f'href="#{each}"' in page

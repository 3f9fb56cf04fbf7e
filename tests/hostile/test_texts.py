"""Whatever is written: no traceback, an exit code, the old site untouched on error, every word shown, nothing alive."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hostile.pages import PageReader
from tests.markup.nu import check_html
from tests.read.test_any_text import PIECES, SYLLABUS, mutated
from tests.sites import ROOT, read_tree, run_cli

READINGS = (ROOT / "readings.yaml").read_text(encoding="utf-8")[:3000]
HEAD = """\
course: {title: %s, description: %s}
term:
  starts: 2027-01-25
  ends: 2027-05-14
  timezone: America/Los_Angeles
  meets:
    - {day: Monday, time: "13:00-14:00", place: %s}
schedule:
  - {topic: %s, id: bends, description: %s}
"""
ATTACKS = st.sampled_from(
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "</title><script>",
        "</script>", '" onmouseover="alert(1)', "' autofocus onfocus='x", "javascript:alert(1)",
        "[a](javascript:alert(1))", "[a](JaVa&#115;cript:alert(1))", "[a](java\tscript:alert(1))",
        "[a][b]\n\n[b]: javascript:alert(1)", "<javascript:alert(1)>", "[a](data:text/html,x)",
        "![a](data:image/svg+xml,x)", "[a](vbscript:x)", "<a href='javascript:x'>a</a>", "<style>*{}</style>",
        '<p style="position:fixed">a</p>', "<iframe src=//e.org></iframe>", "<base href=//e.org>",
        "<meta http-equiv=refresh content=0>", "<form action=//e.org><button>a</button></form>",
        "<math><mi xlink:href='javascript:x'>a</mi></math>", "<!-- -->", "<![CDATA[", "{{ 7 * 7 }}",
        "{% for a in b %}", "``` {onclick=x}\na\n```", "```js onload=x\na\n```", "[a]{onclick=x}",
        "$\\href{javascript:x}{a}$", "$<b>$", "[^1]\n\n[^1]: <b>", '[a](x \'onclick="b"\')', "&#x6A;avascript:",
        '\u202e', '\u2066', '\ufffd', 'a\u0301a\u0301a\u0301a\u0301a\u0301a\u0301a\u0301a\u0301a\u0301',
        "&lt;script&gt;", "&amp;", "]]>", "-->", "'", '"', "\\", "#", "@a",
    ]
)  # fmt: skip
WORDS = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=12)
TEXTS = st.lists(st.one_of(ATTACKS, WORDS, WORDS), min_size=1, max_size=4).map(" ".join)
MARKDOWN = st.lists(st.one_of(ATTACKS, WORDS, PIECES), min_size=1, max_size=10).map("".join)


OF_LETTERS = re.compile("starts with a composing character|is not in Unicode Normalization Form C")
"""What the checker remarks on the letters that were written: they are published as they are, and the page is valid."""


def quote(text: str) -> str:
    return "'" + text.replace("'", "''").replace("\n", "\n\n") + "'"


def words_of(text: str) -> str:
    """Return a title as a reader sees it: blanks run together."""
    return " ".join(re.sub(r"[ \t\r\n\u2028\u2029]+", " ", text).split(" ")).strip(" ")


def build(folder: Path, files: dict[str, str]) -> tuple[int, str]:
    """Build a course over the site that is there; hold what must hold whatever was written."""
    for path in sorted(folder.glob("content/**/*.md")):
        path.unlink()
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode("utf-8", "surrogatepass"))
    before = read_tree(folder / "_site")
    ran = run_cli("--source", folder, "--today", "2027-03-10")
    assert ran.code in (0, 1), ran.err
    assert "Traceback" not in ran.err
    assert re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", ran.out + ran.err) is None
    if ran.code == 1:
        assert read_tree(folder / "_site") == before
    else:
        for page in sorted((folder / "_site").rglob("*.html")):
            check_inert(PageReader(page.read_text(encoding="utf-8")))
    return ran.code, ran.err


def check_inert(page: PageReader) -> None:
    """Hold a page to what only the theme may bring, and its markup to its own balance."""
    assert page.unbalanced == []
    for tag, attributes in page.tags:
        assert tag not in {"style", "iframe", "object", "embed", "form", "base", "template", "svg", "noscript"}, tag
        names = [name for name, _ in attributes]
        assert len(names) == len(set(names)), (tag, names)
        for name, value in attributes:
            assert not name.startswith("on"), (tag, name)
            assert name not in {"style", "srcdoc", "formaction", "ping", "xlink:href"}, (tag, name)
            if name == "http-equiv":
                assert (tag, (value or "").lower()) == ("meta", "content-security-policy")
            if name in {"href", "src", "cite", "action"}:
                assert scheme_of(value or "") in {"", "http", "https", "mailto", "tel"}, (tag, value)
    scripts = [dict(attributes) for tag, attributes in page.tags if tag == "script"]
    loaded = [each for each in scripts if each != {"type": "application/ld+json"}]
    assert all(
        re.fullmatch(r"(?:\.\./|/)*assets/theme/(?:today|dates|choice|finder|cite|suggest)\.js", each["src"] or "")
        for each in loaded
    )
    assert [json.loads(each)["@type"] for each in page.blocks] == ["Course"] * (len(scripts) - len(loaded))


def scheme_of(value: str) -> str:
    """Return the scheme as a browser finds it (WHATWG URL)."""
    stripped = re.sub(r"^[\x00-\x20]+|[\t\r\n]", "", value)
    match = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", stripped)
    return match[1].lower() if match else urlsplit("").scheme


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    code, _ = build(folder, {"syllabus.yaml": HEAD % (("Knots",) * 5)})
    assert code == 0
    return folder


@st.composite
def courses(pick: st.DrawFn) -> tuple[dict[str, str], list[str]]:
    """Return a course whose texts are attacks and words, and the titles that its pages must show."""
    title, topic, place, reading, heading, author = (pick(TEXTS) for _ in range(6))
    files = {
        "syllabus.yaml": HEAD % (quote(title), quote(pick(TEXTS)), quote(place), quote(topic), quote(pick(TEXTS))),
        "readings.yaml": "bends:\n"
        f"  - {{title: {quote(reading)}, authors: [{quote(author)}], note: {quote(pick(TEXTS))}}}\n",
        "content/page.md": f"---\ntitle: {quote(heading)}\n---\n{pick(MARKDOWN)}\n",
    }
    return files, [title, topic, reading, heading, author]


def hold_texts(folder: Path, course: tuple[dict[str, str], list[str]]) -> bool:
    files, titles = course
    code, _ = build(folder, files)
    if code:
        return False
    shown = "\n".join(
        PageReader(page.read_text(encoding="utf-8")).text for page in sorted((folder / "_site").rglob("*.html"))
    )
    shown = " ".join(shown.split())
    for title in titles:
        assert " ".join(words_of(title).split()) in shown, title
    return True


def hold_mutations(folder: Path, syllabus: str, readings: str, page: str) -> None:
    build(folder, {"syllabus.yaml": syllabus, "readings.yaml": readings, "content/page.md": page})


def run_texts(folder: Path, examples: int) -> None:
    built: list[bool] = []

    @given(courses())
    @settings(max_examples=examples)
    def run(course: tuple[dict[str, str], list[str]]) -> None:
        built.append(hold_texts(folder, course))

    run()
    assert sum(built) > len(built) // 10, "hardly any of these courses is built"


def run_mutations(folder: Path, examples: int) -> None:
    @given(mutated(SYLLABUS), mutated(READINGS), MARKDOWN)
    @settings(max_examples=examples)
    def run(syllabus: str, readings: str, page: str) -> None:
        hold_mutations(folder, syllabus, readings, page)

    run()


RUNS: dict[str, Callable[[Path, int], None]] = {"texts": run_texts, "mutations": run_mutations}


@pytest.mark.parametrize("name", RUNS)
def test_any_course(name: str, folder: Path) -> None:
    RUNS[name](folder, 10)


@pytest.mark.slow
@pytest.mark.parametrize("name", RUNS)
def test_many_courses(name: str, folder: Path) -> None:
    RUNS[name](folder, 500)


@pytest.mark.slow
def test_pages_are_valid(folder: Path, tmp_path: Path) -> None:
    pages: list[Path] = []

    @given(courses())
    @settings(max_examples=80)
    def run(course: tuple[dict[str, str], list[str]]) -> None:
        if hold_texts(folder, course):
            for page in sorted((folder / "_site").glob("*.html")):
                copied = tmp_path / f"{len(pages)}.html"
                copied.write_bytes(page.read_bytes())
                pages.append(copied)

    run()
    assert [each for each in check_html(pages) if OF_LETTERS.search(each) is None] == []


def test_what_a_reader_sees_is_read() -> None:
    page = PageReader("<p>a &lt;b&gt; <em>c</em></p><script>x</script><br><p>d")
    assert (page.text, page.unbalanced) == ("a <b> cd", ["p"])

"""`syllabus.pdf`: read back as a reader of PDF does, with all that the course has, whatever was typed."""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pypdf import PdfReader

from courseweek.diagnostics import Diagnostics
from courseweek.files.project import Project
from courseweek.outputs.typeset.html_tree import make_tree
from courseweek.pipeline import make_site
from tests.sites import ROOT, SIX_LINES, make_in_memory, write_course

NOW = datetime(2027, 2, 1, 12, tzinfo=UTC)
HOSTILE = '#let x = 1 [a] $ * _ @ < \\ // c #sys.exit() "q" `` \u202e \u2028 ]]> </script> %PDF #{'
SYLLABUS = f"""\
{SIX_LINES.replace("A small course", "{title: Knots, language: de-CH, description: Ein **Kurs**.}")}
schedule: [One, Two, Three]
staff: [{{name: Ada, note: 'Übt `#let`, [hier](https://example.edu/a?b=1&c=#d).'}}]
site: {{pdf: yes}}
"""
HOME = """\
# Über den Kurs

#### Zu tief

Eine Formel $x^2 + \\frac{1}{\\sqrt{y_1}}$, und eine lange:

$$
\\sum_{i=1}^n \\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}
$$

| a | b |
| - | - |
| 1 | 2 |

1. eins
2. zwei
   - [x] drei

> [!NOTE]
> Wichtig.[^1]

```python
x = "#let"
```

![Ein Knoten](assets/k.png) [Regeln](rules.html) ~~alt~~ H~2~O

[^1]: Eine Fußnote.
"""
FILES: dict[str, str | bytes] = {
    "syllabus.yaml": SYLLABUS,
    "content/index.md": HOME,
    "content/rules.md": "# Regeln\n\nText.\n",
    "assets/k.png": b"\x89PNG\r\n\x1a\n",
}


def make_pdf(folder: Path, files: dict[str, str | bytes]) -> bytes:
    made = make_in_memory(write_course(folder, files), NOW).artifacts["syllabus.pdf"]
    assert isinstance(made, bytes)
    return made


def read_text(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def report(folder: Path, files: dict[str, str | bytes]) -> list[str]:
    found = Diagnostics()
    course = write_course(folder, files)
    make_site(Project(course, course / "_site"), NOW, found)
    return [
        f"{each.span.line}:{each.span.column} {each.name}: {each.message}; {each.help}"
        for each in found
        if each.severity == "error"
    ]


def test_it_is_tagged_and_has_everything(tmp_path: Path) -> None:
    reader = PdfReader(io.BytesIO(make_pdf(tmp_path, FILES)))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "de-CH"
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a value of PDF
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert reader.metadata is not None
    assert reader.metadata.title == "Knots"
    text = read_text(make_pdf(tmp_path, FILES))
    for words in (
        *(
            "Knots",
            "Ein Kurs.",
            "Über den Kurs",
            "Zu tief",
            "1 2",
            "∑",
            "eins",
            "zwei",
            "☑ drei",
            "Wichtig.",
            "Eine Fußnote.",
        ),
        *('x = "#let"', "Ein Knoten", "Regeln", "alt", "Ada", "Übt #let, hier.", "One", "Two"),
    ):
        assert words in text, words
    links = [
        annotation.get_object()["/A"]["/URI"]
        for page in reader.pages
        for annotation in page.get("/Annots", ())
        if "/URI" in annotation.get_object().get("/A", {})
    ]
    assert "https://example.edu/a?b=1&c=#d" in links
    assert "rules.html" not in links


def test_the_page_leads_to_it(tmp_path: Path) -> None:
    site = make_in_memory(write_course(tmp_path, FILES), NOW)
    assert b'<a href="syllabus.pdf">PDF</a>' in site.artifacts["syllabus.html"]  # type: ignore[operator]


def test_it_is_only_there_if_asked_for(tmp_path: Path) -> None:
    site = make_in_memory(write_course(tmp_path, {**FILES, "syllabus.yaml": SYLLABUS.replace("yes", "no")}), NOW)
    assert "syllabus.pdf" not in site.artifacts
    assert b"PDF" not in site.artifacts["syllabus.html"]  # type: ignore[operator]


def test_the_same_bytes_twice(tmp_path: Path) -> None:
    assert make_pdf(tmp_path / "a", FILES) == make_pdf(tmp_path / "b", FILES)


def test_texts_are_never_source(tmp_path: Path) -> None:
    quoted = HOSTILE.replace("'", "''")
    syllabus = f"{SIX_LINES}schedule: ['{quoted}', Two]\nsite: {{pdf: yes}}\n"
    text = read_text(make_pdf(tmp_path, {"syllabus.yaml": syllabus.replace("\u202e", "").replace("\u2028", "")}))
    assert "#let x = 1 [a] $ * _ @ < \\ // c #sys.exit()" in text


def test_the_course_here(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for folder in ("content", "assets")
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    }
    syllabus = (ROOT / "syllabus.yaml").read_text(encoding="utf-8")
    files |= {"readings.yaml": (ROOT / "readings.yaml").read_bytes()}
    assert "\nsite:\n" in syllabus
    made = make_pdf(tmp_path, {**files, "syllabus.yaml": syllabus.replace("\nsite:\n", "\nsite:\n  pdf: yes\n")})
    text = read_text(made)
    assert "Machine Learning Systems" in text
    assert "Hardware for Machine Learning" in text


def test_without_the_package_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    line = SYLLABUS.splitlines().index("site: {pdf: yes}") + 1
    assert report(tmp_path, FILES) == [
        f"{line}:13 no-pdf: a PDF needs the package typst, which is not installed; "
        'run `pip install "typst>=0.15,<0.16"`, or remove `pdf` from `site`'
    ]


def test_a_character_without_a_font_is_an_error(tmp_path: Path) -> None:
    # No font has private characters of the last plane.
    found = report(tmp_path, {"syllabus.yaml": SYLLABUS, "content/index.md": "\U0010fff0 \U0010fff1\n"})
    line = SYLLABUS.splitlines().index("site: {pdf: yes}") + 1
    assert found == [
        f"{line}:13 no-pdf: no font on this computer has \\u{{10fff0}} \\u{{10fff1}}; put a font that has it into "
        "`assets/`, such as one of the Noto fonts, and name it in `fonts` of `site`"
    ]


def test_what_typst_says_is_never_a_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def fail(*arguments: Any, **options: Any) -> bytes:
        asked.append(options["font_paths"])
        raise RuntimeError("something else")

    monkeypatch.setitem(sys.modules, "typst", SimpleNamespace(compile=fail))
    files = {**FILES, "assets/fonts/a.ttf": b"x", "assets/fonts/b.ttf": b"y"}
    files["syllabus.yaml"] = SYLLABUS.replace("pdf: yes", "pdf: yes, fonts: [fonts/a.ttf, fonts/b.ttf]")
    line = SYLLABUS.splitlines().index("site: {pdf: yes}") + 1
    assert report(tmp_path, files) == [
        f"{line}:13 no-pdf: typst can't set the PDF: something else; remove `pdf` from `site`, and report this text"
    ]
    assert asked == [[str(tmp_path.resolve() / "assets" / "fonts")]]


def test_fonts_without_a_pdf_have_no_effect(tmp_path: Path) -> None:
    syllabus = f"{SIX_LINES}schedule: [One, Two]\nsite: {{fonts: [a.ttf]}}\n"
    found = Diagnostics()
    course = write_course(tmp_path, {"syllabus.yaml": syllabus, "assets/a.ttf": b"\0\1\0\0"})
    make_site(Project(course, course / "_site"), NOW, found)
    (warning,) = (each for each in found if each.name == "no-effect")
    assert (warning.message, warning.help) == (
        "fonts are only for the PDF, and the site has none",
        "add `pdf: yes`, or remove `fonts`",
    )


def test_odd_html_is_set(tmp_path: Path) -> None:
    odd = """\
<table></table>

<table><tr><td>a</td></tr><tr><td>b</td><td><ul><li>c</li></ul></td></tr></table>

<ul><p>x</p></ul>

<a href="https://example.edu"><p>y</p></a> <b><p>z</p></b> <pre></pre>

## ![](a.png) `code` $y$

$$\\phantom{x}$$
"""
    files: dict[str, str | bytes] = {"syllabus.yaml": SYLLABUS, "content/index.md": odd, "content/a.png": b""}
    found = [each for each in report(tmp_path, files) if "no-pdf" in each]
    assert found == []


def test_deep_texts_end(tmp_path: Path) -> None:
    deep = f"{'>' * 12} Unten.\n\n{'<blockquote>' * 250}<b>Ganz unten.</b>\n"
    assert "Ganz unten." in read_text(make_pdf(tmp_path, {"syllabus.yaml": SYLLABUS, "content/index.md": deep}))


@pytest.mark.parametrize(
    ("html", "tree"),
    [
        ("<p>a<br>b</p>\n<hr>", [{"t": "p", "c": ["a", {"t": "br", "c": []}, "b"]}, {"t": "hr", "c": []}]),
        (
            "<h1>a</h1><h4>b</h4><div><h2>c</h2></div>",
            [
                {"t": "heading", "c": ["a"], "level": 1},
                {"t": "heading", "c": ["b"], "level": 2},
                {"t": "heading", "c": ["c"], "level": 2},
            ],
        ),
        ('<ol start="-1"></ol><ol start="x"></ol>', [{"t": "ol", "c": [], "start": 1}] * 2),
        ("<h2> </h2><math><mspace></mspace></math><a href='https://a.b'><b></b></a>", []),
        ("<p>a\x07b\ufeff</p>", [{"t": "p", "c": ["ab"]}]),
        ("<ul>\n<li>a</li>\n</ul>", [{"t": "ul", "c": [{"t": "li", "c": ["a"]}]}]),
        ('<ol start="3"><li>a</li></ol>', [{"t": "ol", "c": [{"t": "li", "c": ["a"]}], "start": 3}]),
        ('<a href="a.html">b</a> <a href="mailto:c">d</a>', ["b", {"t": "link", "c": ["d"], "href": "mailto:c"}]),
        ('<img alt="x" src="y"><input checked>', [{"t": "picture", "c": ["x"]}, "☑ "]),
    ],
)
def test_what_a_document_shows_of_html(html: str, tree: list[Any]) -> None:
    assert make_tree(html) == tree

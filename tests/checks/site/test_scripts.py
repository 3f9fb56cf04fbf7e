"""What runs in a browser from `assets/` is a warning until the syllabus names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseweek.checks.site.scripts import LARGEST_LOOKED, MOST_MARKS, MOST_SHOWN, find_script
from courseweek.diagnostics import Diagnostic, Diagnostics
from courseweek.files.project import Project
from courseweek.pipeline import make_site
from tests.checks.reported import NOW, SYLLABUS
from tests.sites import ROOT, write_course

SVG = '<svg xmlns="http://www.w3.org/2000/svg">'
RUN: dict[str, tuple[str, str | bytes]] = {
    "a script": ("a.html", "<p>x\n<script>1</script>"),
    "upper case": ("a.HTML", "<SCRIPT\n>1</SCRIPT>"),
    "a slash after the name": ("a.htm", "<script/src=x.js>"),
    "a prefix": ("a.svg", '<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:script>1</s:script></s:svg>'),
    "another prefix in XML": ("feed.xml", '<f xmlns:h="http://www.w3.org/1999/xhtml"><h:script>1</h:script></f>'),
    "a handler": ("a.svg", '<svg onload="x()"/>'),
    "a handler after a slash": ("a.svg", "<svg/onload=x()>"),
    "a handler after a quote": ("a.html", "<img src='x'onerror\n=x()>"),
    "a handler that a comment hides from a careless reader": ("a.html", '<!-- <a b=" --><img onerror=x()>"'),
    "an event of animation": ("a.svg", f"{SVG}<animate onbegin='x()'/></svg>"),
    "an address": ("a.html", "<a href=javascript:x()>x</a>"),
    "an address with a tab": ("a.html", "<a href=' java\tscript:x()'>x</a>"),
    "an address with entities": ("a.html", "<a href='java&#10;script&colon;x()'>x</a>"),
    "an address with letters as numbers": ("a.xhtml", "<a href='&#x6A;avascript:x()'>x</a>"),
    "an address with a zero in its numbers": ("a.html", "<a href=' &#1; java&Tab;&#0115cript&#58;x()'>x</a>"),
    "an address by animation": ("a.svg", f"{SVG}<a><set attributeName='href' to='javascript:x()'/></a></svg>"),
    "one of several values": ("a.svg", f"{SVG}<animate attributeName='href' values='#a;javascript:x()'/></svg>"),
    "a frame": ("a.html", "<iframe src='https://example.org/'></iframe>"),
    "an object": ("a.html", "<object data='a.svg'></object>"),
    "an embedded file": ("a.html", "<EMBED src='a.svg'>"),
    "a frame in a foreign object": ("a.svg", f"{SVG}<foreignObject><h:iframe srcdoc='x'/></foreignObject></svg>"),
    "UTF-16": ("a.html", "<script>1</script>".encode("utf-16")),
    "UTF-16, the other way round": ("a.svg", b"\xfe\xff" + "<svg onload='x()'/>".encode("utf-16-be")),
    "UTF-16 without its mark": ("a.xml", "<?xml version='1.0'?><h:script/>".encode("utf-16-le")),
    "a byte order mark": ("a.html", b"\xef\xbb\xbf<script>1</script>"),
    "a change of the character set": ("a.html", b"<scr\x1b(Bipt>1</script>"),
    "zeros": ("a.html", b"<img \0onerror=x()>"),
    "an entity that is markup": ("a.svg", "<!DOCTYPE svg [<!ENTITY a '&#60;script>1&#60;/script>'>]><svg>&a;</svg>"),
    "an entity within an address": ("a.svg", "<!DOCTYPE svg [<!ENTITY a 'javascr'>]><svg><a href='&a;ipt:x()'/></svg>"),
    "a handler by default": ("a.svg", "<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'x()'>]><svg/>"),
    "XSLT": ("a.xml", "<?xml-stylesheet type='text/xsl' href='a.xsl'?><a/>"),
    "XSLT behind entities": ("a.xml", "<?xml-stylesheet type='text/&#120;sl' href='a'?><a/>"),
    "XSLT beside CSS": ("a.xml", "<?xml-stylesheet title='type=\"text/css\"' type='text/xsl' href='a'?><a/>"),
    "a style sheet of XSLT": ("a.xslt", "<a/>"),
    "a program": ("a.js", ""),
    "a module": ("lib/a.MJS", "export {}"),
    "a packed picture": ("a.svgz", b"\x1f\x8b\x08"),
    "packed HTML": ("a.html.gz", b"\x1f\x8b\x08"),
    "another ending of HTML": ("a.xht", "<script/>"),
    "an ending that no server knows": ("a.html.bak", "<script>1</script>"),
    "no ending": ("demo", " \n<script>1</script>"),
    "an unknown ending": ("a.draft", "<!doctype html><script>1</script>"),
    "too large": ("a.html", b" " * (LARGEST_LOOKED + 1)),
}
RUN_NOT: dict[str, tuple[str, str | bytes]] = {
    "a picture": ("a.svg", f"{SVG}<style>a {{}}</style><path d='M0 0'/><use href='#a'/></svg>"),
    "a drawing with text": (
        "a.svg",
        f"{SVG}<foreignObject><div xmlns='http://www.w3.org/1999/xhtml'>x</div></foreignObject></svg>",
    ),
    "a drawing of Illustrator": (
        "a.svg",
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [\n'
        '\t<!ENTITY  ns_svg "http://www.w3.org/2000/svg">\n]>\n<svg xmlns="&ns_svg;"/>',
    ),
    "HTML": ("a.html", "<!doctype html><title>A</title><p>JavaScript: the good parts; on = 1, only = 2, online = 3"),
    "words about scripts": ("a.html", "<p>&lt;script> and &lt;b onclick=1>".replace("onclick=", "click=")),
    "a longer name": ("a.html", "<scripture>x</scripture>"),
    "a style of CSS": ("a.xml", '<?xml-stylesheet type="text/css" href="a.css"?><a/>'),
    "a feed": ("feed.xml", "<rss><title>News</title></rss>"),
    "a text": ("a.txt", "<script>"),
    "data": ("a.json", '{"a": "<script>"}'),
    "a page of Markdown": ("a.md", "# x\n<script>"),
    "a program for a machine": ("a.py", "print('<script>')"),
    "a picture of points": ("a.png", b"\x89PNG<script>"),
    "an empty file": ("README", ""),
}


def _bytes(content: str | bytes) -> bytes:
    return content.encode("utf-8") if isinstance(content, str) else content


@pytest.mark.parametrize("case", RUN)
def test_what_runs(case: str) -> None:
    name, content = RUN[case]
    assert find_script(f"assets/{name}", _bytes(content)) is not None


@pytest.mark.parametrize("case", RUN_NOT)
def test_what_does_not_run(case: str) -> None:
    name, content = RUN_NOT[case]
    assert find_script(f"assets/{name}", _bytes(content)) is None


def _report(folder: Path, files: dict[str, str | bytes], site: str = "") -> list[Diagnostic]:
    course = write_course(
        folder, {"syllabus.yaml": SYLLABUS + site, "content/intro.md": "", "content/hw1.md": "", **files}
    )
    found = Diagnostics()
    make_site(Project(course, course / "_site"), NOW, found)
    return sorted(found, key=Diagnostic.sort_key)


def test_a_script_is_reported_where_it_begins(tmp_path: Path) -> None:
    (reported,) = _report(tmp_path, {"assets/x/demo.html": "<p>\n<b><script>"})
    assert (reported.severity, reported.name, reported.span.file, reported.span.line) == (
        "warning",
        "script-in-assets",
        "assets/x/demo.html",
        2,
    )
    assert reported.message == "`assets/x/demo.html` contains `<script>`"
    assert reported.help == (
        "review it; if you trust it, add x/demo.html to the list scripts: under site: in syllabus.yaml"
    )


NAMED: dict[str, tuple[str, list[str]]] = {
    "named": ("site: {scripts: [demo.html, theme/today.js]}\n", []),
    "named from the course": ("site: {scripts: [assets/demo.html, ./theme/today.js]}\n", []),
    "one of two": (
        "site: {scripts: demo.html}\n",
        ["warning[script-in-assets]: `assets/theme/today.js` is a program that browsers run"],
    ),
    "misspelled": (
        "site: {scripts: [demo.htm, theme/today.js]}\n",
        [
            "warning[script-in-assets]: `assets/demo.html` contains `<script>`",
            "error[missing-file]: there is no file `assets/demo.htm`: did you mean `demo.html`?",
        ],
    ),
}


@pytest.mark.parametrize("case", NAMED)
def test_what_the_syllabus_names(case: str, tmp_path: Path) -> None:
    site, expected = NAMED[case]
    reported = _report(tmp_path, {"assets/demo.html": "<script>", "assets/theme/today.js": "1"}, site)
    assert [
        f"{each.severity}[{each.name}]: {each.message}" + (f": {each.help}" if each.severity == "error" else "")
        for each in reported
    ] == expected


SCRIPTS = ("today", "dates", "choice", "chosen", "cite", "finder", "search-dialog", "ticks", "minisearch")


@pytest.mark.parametrize("name", [f"{name}.js" for name in SCRIPTS])
def test_a_copy_of_the_theme_is_no_script_of_the_course(name: str, tmp_path: Path) -> None:
    copy = (ROOT / "assets" / "theme" / name).read_bytes()
    assert _report(tmp_path, {f"assets/theme/{name}": copy}) == []
    changed = _report(tmp_path, {f"assets/theme/{name}": copy + b"1"})
    assert [each.message for each in changed] == [f"`assets/theme/{name}` is a program that browsers run"]


def test_what_is_withheld_is_not_reported_yet(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    page = "---\ndraft: yes\n---\n[x](assets/demo.html)\n"
    assert _report(tmp_path, {"content/later.md": page, "assets/demo.html": "<script>"}) == []


def test_many_files_are_counted(tmp_path: Path) -> None:
    reported = _report(tmp_path, {f"assets/deck/{number:03}.js": "" for number in range(MOST_SHOWN + 7)})
    assert len(reported) == MOST_SHOWN + 1
    assert "7 more files of `assets/` can run scripts in a browser" in [each.message for each in reported]


def test_no_more_is_searched_than_there_is_time_for(tmp_path: Path) -> None:
    marks = b"<" * (MOST_MARKS // 2 + 1)
    files: dict[str, str | bytes] = {"assets/a.svg": marks, "assets/b.svg": marks, "assets/c.svg": "<svg/>"}
    assert [each.message for each in _report(tmp_path, files)] == [
        "`assets/b.svg` is not searched for scripts: there are too many files"
    ]

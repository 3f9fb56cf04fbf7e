"""What a comment of HTML hides is on no page, wherever the comment is; in code it is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseweek.render.markdown.markup import render_block, render_inline, render_prose
from courseweek.render.markdown.remarks import Findings
from tests.checks.reported import report, report_page
from tests.sites import run_cli, write_course

HIDDEN = {
    "a line": "a\n\n<!-- SECRET -->\n\nb",
    "paragraphs": "a\n\n<!--\nSECRET\n\nSECRET\n-->\n\nb",
    "the middle of a line": "a <!-- SECRET --> b",
    "several lines of a paragraph": "a <!-- x\nSECRET --> b",
    "several paragraphs from the middle of a line": "a <!-- x\n\nSECRET\n\nSECRET --> b",
    "dashes in it": "a <!-- x -- SECRET --> b",
    "a list": "- a\n  <!-- x\n\n  SECRET -->\n- b",
    "a list, not indented": "- a\n  <!-- x\n\nSECRET\n\n-->\n- b",
    "a list, from the middle of a line": "- a <!-- x\n\n  SECRET\n\n  -->\n- b",
    "a list as a first word": "a\n\n- <!-- x\n\n  SECRET -->\n- b",
    "a list in a list": "1. a\n   - c <!-- x\n\n     SECRET -->\n2. b",
    "a quotation": "> a\n> <!-- x\n>\n> SECRET -->\n> b",
    "a quotation that goes on without its mark": "> a\n> <!-- x\n\nSECRET -->\n\nb",
    "a quotation, from the middle of a line": "> a <!-- x\n>\n> SECRET --> c\n\nb",
    "a footnote": "a[^1] b\n\n[^1]: c <!-- x\n\n    SECRET\n\n    -->\n",
    "a footnote's own line": "a[^1] b\n\n[^1]:\n    <!-- x\n\n    SECRET -->\n    c\n",
    "a heading": "## a <!-- SECRET -->\n\nb",
    "a heading and below": "## a <!-- x\n\nSECRET --> \n\nb",
    "an underlined heading": "a <!-- x\n---\nSECRET --> b",
    "a cell": "| a <!-- SECRET --> | b |\n|---|---|",
    "a cell with a bar": "| a <!-- x | SECRET --> | b |\n|---|---|\n| c <!-- | SECRET --> | d |",
    "rows of a table": "| a | b |\n|---|---|\n| c <!-- x | y |\n| SECRET | SECRET --> | d |",
    "the text below a table": "| a | b |\n|---|---|\n| c <!-- x | y |\n\nSECRET --> |",
    "lists, code and headings in it": "a\n\n<!--\n- SECRET\n\n# SECRET\n\n```\nSECRET\n```\n\n    SECRET\n-->\n\nb",
    "a fence in it": "a <!-- x\n```\nSECRET --> b",
    "HTML": "a\n<div>\n<!-- x\n\nSECRET -->\nc\n</div>\n\nb",
    "HTML in a line": "a <b>c <!-- x\n\nSECRET --></b> b",
    "details": "<details>\n<summary>a</summary>\n\nb\n\n<!-- x\n\nSECRET -->\n\n</details>",
    "one after the other": "a <!-- SECRET --> <!-- x\n\nSECRET --> c <!-- y\n\nSECRET --> b",
    "one after the other in lines of their own": "a\n\n<!-- SECRET --><!-- x\n\nSECRET --> b",
    "behind an escape": "a \\\\<!-- SECRET --> b",
    "behind a backtick": "a ` <!-- SECRET --> b",
    "a backtick in it": "a <!-- ` SECRET --> ` b",
    "code before it": "a `<!--` <!-- SECRET --> b",
    "words of a link": "a [c <!-- SECRET -->](x.md) b",
    "emphasis": "a *c <!-- SECRET --> d* b",
    "the shortest": "a <!--> SECRET-less <!----> b",
    "no end": "a b\n\n<!-- x\n\nSECRET",
    "no end in a list": "- a b\n  <!-- x\n\nSECRET",
    "no end in a quotation": "> a b\n> <!-- x\n\nSECRET",
    "tabs": "- a\n\n\t<!-- x\n\n\tSECRET -->\n\n\tb",
    "Windows": "a\r\n\r\n<!-- x\r\n\r\nSECRET -->\r\n\r\nb",
}


@pytest.mark.parametrize("name", HIDDEN)
def test_what_is_hidden(name: str) -> None:
    for rendered in (render_prose(HIDDEN[name], Findings(), str), render_block(HIDDEN[name])):
        assert "SECRET" not in rendered.replace("SECRET-less", "")
        assert "--" not in rendered.replace("<code>&lt;!--</code>", "")
        assert "a" in rendered
        assert "b" in rendered


@pytest.mark.parametrize(
    "text", ["`<!-- SHOWN -->`", "```\n<!-- SHOWN\n\nSHOWN -->\n```", "    <!-- SHOWN -->", "\\<!-- SHOWN -->"]
)
def test_what_is_shown(text: str) -> None:
    for rendered in (render_prose(text, Findings(), str), render_block(text)):
        assert "&lt;!-- SHOWN" in rendered
        assert "SHOWN --&gt;" in rendered


def test_a_line_of_a_yaml_text() -> None:
    assert render_inline("a <!-- SECRET --> b").split() == ["a", "b"]


ACROSS = "GitHub's preview shows this comment or hides what follows it; this site hides only the comment"
REPORTED = {
    "a <!-- b\n\nc --> d": f"1:3 [<!--] warning[markdown-differs]: {ACROSS}",
    "- a\n  <!-- b\n\nc -->": f"2:3 [<!--] warning[markdown-differs]: {ACROSS}",
    "> a <!-- b\n>\n> c -->": f"1:5 [<!--] warning[markdown-differs]: {ACROSS}",
    "a <!-- b": "1:3 [<!--] warning[open-comment]: this comment is never closed, so it is shown as typed",
    "a\n\n<!-- b": "3:1 [<!--] warning[open-comment]: this comment is never closed, so nothing below it is shown",
}


@pytest.mark.parametrize("text", REPORTED)
def test_what_differs_is_reported(text: str, tmp_path: Path) -> None:
    assert report_page(tmp_path, text) == [REPORTED[text]]


@pytest.mark.parametrize(
    "text", ["a <!-- b --> c", "- a\n  <!-- b\n\n  c -->\n- d", "> a\n> <!-- b\n>\n> c -->", "<!-- a\n\nb -->"]
)
def test_what_is_the_same_is_not(text: str, tmp_path: Path) -> None:
    assert report_page(tmp_path, text) == []


def test_the_remedy_makes_it_the_same(tmp_path: Path) -> None:
    text = "One <!-- SECRET\n\nSECRET --> two.\n\n| a |\n|---|\n| $P(x|y)$ |\n"
    course = write_course(tmp_path, {"content/page.md": text})
    assert run_cli("check", "--source", course, "--fix").code == 0
    fixed = (course / "content/page.md").read_text(encoding="utf-8")
    assert fixed == "One \n<!-- SECRET\n\nSECRET -->\n two.\n\n| a |\n|---|\n| $P(x\\|y)$ |\n"
    assert report(tmp_path / "again", {"content/page.md": fixed}) == []

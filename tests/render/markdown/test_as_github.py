"""Markdown is read as GitHub's preview shows it: the same structure as cmark-gfm makes."""

from __future__ import annotations

from html.parser import HTMLParser

import nh3
import pytest
from cmarkgfm import github_flavored_markdown_to_html
from cmarkgfm.cmark import Options

from courseweek.render.markdown.cleaning import TAGS
from courseweek.render.markdown.markup import render_prose
from courseweek.render.markdown.remarks import Findings
from tests.render.markdown.as_github import INPUTS

_OPTIONS = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
_VOID = ("br", "hr", "img", "input")
CASES = [(name, text) for name, texts in INPUTS.items() for text in texts]


class Tree(HTMLParser):
    """The elements of HTML in their order, with their texts.

    What only we or only GitHub put around the same is left out: colors of code, and what frames footnotes.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str]] = []
        self.code = self.notes = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.notes = self.notes or tag == "section" or named.get("class") == "footnote"
        self.code = self.code or tag == "pre"
        if tag not in ("div", "section", "span") and not (self.notes and tag == "hr"):
            kept = {name: named[name] or "" for name in ("start", "src", "checked", "type") if name in named}
            self.found.append(("start", f"{tag} {kept}"))

    def handle_endtag(self, tag: str) -> None:
        self.code = self.code and tag != "pre"
        if tag not in (*_VOID, "div", "section", "span"):
            self.found.append(("end", tag))

    def handle_data(self, data: str) -> None:
        if self.found and self.found[-1][0] in ("text", "code"):
            self.found[-1] = (self.found[-1][0], self.found[-1][1] + data)
        else:
            self.found.append(("code" if self.code else "text", data))


def tree_of(html: str) -> list[tuple[str, str]]:
    found = [(kind, " ".join(words.split()) if kind == "text" else words) for kind, words in Tree(html).found]
    return [each for each in found if each[1]]


def ours(text: str) -> list[tuple[str, str]]:
    return tree_of(render_prose(text, Findings(), lambda target: target))


def githubs(text: str) -> list[tuple[str, str]]:
    made = github_flavored_markdown_to_html(text, _OPTIONS)
    attributes = {"a": {"href"}, "img": {"src", "alt"}, "input": {"type", "checked", "disabled"}, "ol": {"start"}}
    # GitHub cleans what it makes as well: so do comments go, and what HTML leaves out is put in.
    return tree_of(nh3.clean(made, tags=set(TAGS) | {"input", "section"}, attributes=attributes, link_rel=None))


def test_there_are_many() -> None:
    assert len(CASES) == len(set(CASES)) >= 400


@pytest.mark.parametrize(("name", "text"), CASES)
def test_the_same_structure(name: str, text: str) -> None:
    assert ours(text) == githubs(text)

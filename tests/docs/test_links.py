"""Links of the documentation lead somewhere, and it speaks of the project alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.examples import ROOT, documents

LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCED = re.compile(r"^(`{3,})[^\n]*\n.*?^\1$", re.MULTILINE | re.DOTALL)
PICTURE = ROOT / "docs" / "images" / "home.png"


def prose(document: Path) -> str:
    return FENCED.sub("", document.read_text(encoding="utf-8"))


def anchors(document: Path) -> set[str]:
    """Return the anchors of the headings, as GitHub makes them."""
    found = set()
    for title in re.findall(r"^#+ (.+)$", prose(document), re.MULTILINE):
        words = re.sub(r"[^\w\- ]", "", title.lower())
        found.add(words.strip().replace(" ", "-"))
    return found


@pytest.mark.parametrize("document", documents(), ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    for target in LINK.findall(re.sub(r"`[^`\n]*`", "", prose(document))):
        if target.startswith(("https://", "mailto:")):
            continue
        path, _, fragment = target.partition("#")
        place = (document.parent / path).resolve() if path else document
        assert place.exists(), target
        assert place.is_relative_to(ROOT)
        if fragment:
            assert fragment in anchors(place), target


def test_each_document_is_linked_from_the_readme() -> None:
    linked = set(LINK.findall(prose(ROOT / "README.md")))
    missing = [path.relative_to(ROOT).as_posix() for path in documents() if path.name != "README.md"]
    assert sorted(set(missing) - linked) == []


def test_the_picture_is_small() -> None:
    assert PICTURE.stat().st_size < 250_000

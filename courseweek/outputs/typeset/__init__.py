"""`syllabus.pdf`: the full syllabus, set by typst as a tagged document (PDF/UA) that a screen reader can read.

It has what `syllabus.md` has. Its Markdown becomes HTML as on a page, that becomes a tree of values (`html_tree.py`),
and `document.typ` sets the tree. No text ever becomes source of typst.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

from courseweek.files.location import Astray, locate
from courseweek.model.course import Course
from courseweek.outputs.full_syllabus import make_full_syllabus
from courseweek.plan.full_syllabus import name_full_syllabus
from courseweek.plan.plan import Plan
from courseweek.regex import lazy_pattern

TEMPLATE = Path(__file__).with_name("document.typ")
MOST_NAMED = 10
"""Characters without a font that a message names."""
_GLYPH = lazy_pattern(r"the text `\"(.+)\"` could not be displayed")


class NotTypeset(Exception):
    """The document can't be made, which is for a person to change; `message` says why, and `help` what to do."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


def export_document(course: Course, source: Path) -> dict[str, Callable[[Plan], bytes]]:
    """Return the one file of this export with its maker, if the course in `source` asks for it.

    It is not in `EXPORTS`, since it needs the course's folder, for its fonts.
    """
    name = name_full_syllabus(course)
    return {f"{name}.pdf": partial(make_document, source)} if course.syllabus.site.pdf and name is not None else {}


def make_document(source: Path, plan: Plan) -> bytes:
    """Return the full syllabus as a PDF, the same bytes for the same text and fonts; raise `NotTypeset` if it can't."""
    try:
        typst = importlib.import_module("typst")
    except ModuleNotFoundError:
        raise NotTypeset(
            "a PDF needs the package typst, which is not installed",
            'run `pip install "typst>=0.15,<0.16"`, or remove `pdf` from `site`',
        ) from None
    # What `build` does without is not loaded for it.
    from courseweek.outputs.typeset.html_tree import drop_signs, make_tree
    from courseweek.render.markdown.rendered_text import render_text

    syllabus = plan.course.syllabus
    language, _, region = syllabus.language.partition("-")
    data = {
        "title": drop_signs(syllabus.title),
        "language": language.lower() if language.isalpha() and len(language) in (2, 3) else "en",
        "region": region if region.isalpha() and len(region) == 2 else None,
        "nodes": make_tree(render_text("prose", make_full_syllabus(plan).decode(), lambda address: address).html),
    }
    try:
        made = typst.compile(
            TEMPLATE.read_bytes(),
            format="pdf",
            pdf_standards=["ua-1"],
            font_paths=list(dict.fromkeys(_locate_fonts(source, syllabus.site.fonts))),
            sys_inputs={"data": json.dumps(data)},
        )
    except RuntimeError as error:
        raise _explain(error) from None
    assert isinstance(made, bytes)
    return made


def _locate_fonts(source: Path, fonts: Iterable[str]) -> Iterator[str]:
    """Yield the folders of fonts; what is wrong with a file is reported when all of `assets/` is read."""
    for font in fonts:
        with suppress(Astray, OSError, RuntimeError):
            yield str(locate(source, f"assets/{font}").parent)


def _explain(error: RuntimeError) -> NotTypeset:
    """Return what a person can do about an error of typst."""
    found = _GLYPH.findall(f"{error}\n{getattr(error, 'diagnostic', '')}")
    if not found:
        return NotTypeset(f"typst can't set the PDF: {error}", "remove `pdf` from `site`, and report this text")
    named = list(dict.fromkeys(found))
    more = " …" if len(named) > MOST_NAMED else ""
    return NotTypeset(
        f"no font on this computer has {' '.join(named[:MOST_NAMED])}{more}",
        "put a font that has it into `assets/`, such as one of the Noto fonts, and name it in `fonts` of `site`",
    )

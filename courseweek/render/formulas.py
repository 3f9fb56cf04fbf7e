"""Formulas in Markdown: `$…$` in a line, `$$…$$` on lines of their own.

While the text is converted and cleaned a mark of two private-use characters and a number stands for each formula;
the MathML takes its place last, so that neither Markdown nor the cleaner touches it.
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor

from courseweek.regex import lazy_pattern
from courseweek.render.maths import Formulas

# What stands between holds no `$$`: from each one that no line ends with, all others would be looked at.
_BLOCK = lazy_pattern(r"^[ \t]*\$\$((?:(?!\$\$)[\s\S])+)\$\$[ \t]*$", re.MULTILINE)
# As in Pandoc: no blank after the opening sign or before the closing one, no digit after it.
_INLINE = r"(?<![\\$])\$\$([^$]+?)\$\$|(?<![\\$])\$(?![\s$])((?:\\.|[^\\$\n])+?)(?<![\s\\])\$(?![\d$])"
# A formula, or the code span in which nothing is one.
_IN_ROW = lazy_pattern(rf"(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)|{_INLINE}")
_TABLE_RULE = lazy_pattern(r" {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")


def add_formulas(converter: Markdown, formulas: Formulas) -> None:
    """Teach a converter formulas; code, fenced or not, is left alone."""
    # After fenced code (25) has been taken out of the way, before anything else is looked at.
    converter.preprocessors.register(_BlockFormulas(converter, formulas), "formulas", 24)
    # After code in a line (190), before escapes (180) and emphasis.
    converter.inlinePatterns.register(_InlineFormulas(_INLINE, converter, formulas), "formulas", 185)
    if "$" not in converter.ESCAPED_CHARS:
        converter.ESCAPED_CHARS = [*converter.ESCAPED_CHARS, "$"]


class _BlockFormulas(Preprocessor):
    def __init__(self, converter: Markdown, formulas: Formulas) -> None:
        super().__init__(converter)
        self.formulas = formulas

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        if "$$" in text:
            text = _BLOCK.sub(lambda match: self.formulas.add(match[1], display=True), text)
        lines = text.split("\n")
        return self._take_from_rows(lines) if "$" in text and "|" in text else lines

    def _take_from_rows(self, lines: list[str]) -> list[str]:
        """Take the formulas that hold a `|` out of the rows of tables, which are cut at each `|`."""
        inside = False
        for place, line in enumerate(lines):
            if not line.strip():
                inside = False
            elif not inside and place and "|" in line and "|" in lines[place - 1] and _TABLE_RULE.fullmatch(line):
                inside = True
                lines[place - 1] = _IN_ROW.sub(self._take, lines[place - 1])
            elif inside and "$" in line:
                lines[place] = _IN_ROW.sub(self._take, line)
        return lines

    def _take(self, match: re.Match[str]) -> str:
        if match["ticks"] or "|" not in match[0]:
            return match[0]
        latex = match[2] or match[3]
        return self.formulas.add(latex, display=match[2] is not None)


class _InlineFormulas(InlineProcessor):
    def __init__(self, pattern: str, converter: Markdown, formulas: Formulas) -> None:
        super().__init__(pattern, converter)
        self.formulas = formulas

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the library's name; it takes a text too
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str | None, int | None, int | None]:
        latex: Any = m.group(1) or m.group(2)
        return self.formulas.add(latex, display=m.group(1) is not None), m.start(0), m.end(0)

r"""Formulas in Markdown: `$…$`, `` $`…`$ `` and `\(…\)` in a line, `$$…$$` and `\[…\]` also on lines of their own.

While the text is converted and cleaned a mark of two private-use characters and a number stands for each formula;
the MathML takes its place last, so that neither Markdown nor the cleaner touches it.
"""

from __future__ import annotations

from courseweek.regex import lazy_pattern

# As in Pandoc: no space after the opening sign or before the closing one, no digit after it.
_INLINE = r"(?<![\\$])\$\$([^$]+?)\$\$|(?<![\\$])\$(?![\s$`])((?:\\.|[^\\$\n])+?)(?<![\s\\])\$(?![\d$])"
FORMULA_IN_ROW = rf"(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)|{_INLINE}"
"""A formula in the row of a table, or the code span in which nothing is one."""
_DOLLARS = lazy_pattern(rf"{_INLINE}|\$`([^`\n]+)`\$(?!\d)")
_ROUND = lazy_pattern(r"\\\(((?:[^\\\n]|\\[^()\n])++)\\\)")
_SQUARE = lazy_pattern(r"\\\[((?:[^\\]|\\[^\[\]])++)\\\]")
_MATHEMATICAL = lazy_pattern(r"\\[A-Za-z]|[\^_=]")
# `\(see below\)` are parentheses.
_WORDS = lazy_pattern(r"[^\W\d_]{3,}+(?:[\s,;:'’-]++[^\W\d_]++)*+[.,;:!?…]*")


def find_formula(text: str, at: int) -> tuple[str, bool, int] | None:
    """Return the formula at this `$` or backslash: its LaTeX, whether it is displayed, and where it ends."""
    if text[at] == "$":
        match = _DOLLARS.match(text, at)
        if match is None:
            return None
        if match[1] is not None:
            return match[1], True, match.end()
        return match[2] or match[3], False, match.end()
    if text.startswith("\\(", at):
        match = _ROUND.match(text, at)
        if match is None or not match[1].strip() or _WORDS.fullmatch(match[1].strip()):
            return None
        return match[1], False, match.end()
    match = _SQUARE.match(text, at)
    if match is None or not _MATHEMATICAL.search(match[1]):
        return None
    return match[1], True, match.end()

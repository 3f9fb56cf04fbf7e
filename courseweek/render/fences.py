"""Fenced code whose opening line says more than a language: only its first word is kept.

CommonMark 0.31 (4.5) takes the first word of that line as the language and leaves the rest to each program; the
converter would take the whole block as text.
"""

from __future__ import annotations

from courseweek.regex import lazy_pattern

_FENCE = lazy_pattern(r"(?P<fence>`{3,}|~{3,})(?P<words>.*)")
_PLAIN = lazy_pattern(r"[ ]*\.?[\w#.+-]*[ ]*|[ ]*\{[ ]*[.#].*\}[ ]*")
_WORD = lazy_pattern(r"[\w#+][\w#.+-]*")


def plain_fences(text: str) -> str:
    """Return Markdown with the lines that open fenced code cut to the language."""
    if "```" not in text and "~~~" not in text:
        return text
    lines = text.split("\n")
    opened = ""
    for place, line in enumerate(lines):
        match = _FENCE.match(line)
        if match is None:
            continue
        fence, words = match["fence"], match["words"].rstrip("\r")
        if opened:
            opened = "" if fence.startswith(opened) and not words.strip() else opened
        elif fence[0] == "~" or "`" not in words:
            opened = fence
            if not _PLAIN.fullmatch(words):
                word = _WORD.search(words)
                lines[place] = fence + (word[0] if word else "")
    return "\n".join(lines)

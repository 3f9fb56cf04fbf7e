"""Words of a command that somebody is to type, quoted for their shell."""

from __future__ import annotations

import os
import re
import shlex

_PLAIN = re.compile(r"[\w.:\\/+-]+")
"""What the shells of Windows take as it is."""


def quote_word(word: str, *, windows: bool = os.name == "nt") -> str:
    """Return a word as it is typed: for POSIX shells, or for PowerShell and, where it can, the command prompt."""
    if not windows:
        return shlex.quote(word)
    if _PLAIN.fullmatch(word):
        return word
    # Only PowerShell knows single quotes, and within double ones it replaces `$` and the backtick.
    return "'{}'".format(word.replace("'", "''")) if re.search("[$`]", word) else f'"{word}"'

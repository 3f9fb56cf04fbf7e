"""Keys that say of a reading whether it is optional (`optional: yes`), which the list says that it is in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from courseweek.read.pasted.text_lines import Pasted, TextLine
from courseweek.regex import lazy_pattern

_FLAG = lazy_pattern(r"(?P<key>optional|required|mandatory)[ ]?:[ ]+(?P<value>yes|true|y|no|false|n)", re.IGNORECASE)
_LIST = lazy_pattern(r"(?P<name>required|optional):(?:[ ]+#.*)?")


def find_flag(lines: Sequence[TextLine], at: int) -> Pasted | None:
    """Return the key of a reading on a line that says whether it is optional, or None."""
    line = lines[at]
    match = _FLAG.fullmatch(line.body.partition(" #")[0].rstrip())
    if match is None or line.dashes or not _is_in_reading(lines, at):
        return None
    holds = match["value"].lower() in ("yes", "true", "y")
    name = "optional" if (match["key"].lower() == "optional") == holds else "required"
    message = f"a reading has no key `{match['key']}`"
    help = f"delete this line, and move the reading below `{name}:` of its meeting"
    if name == _name_of_list(lines, at):
        help = f"delete this line: the reading is below `{name}:`"
    return Pasted("unknown-key", "a key", 1, sure=False, rewritten=(), help=help, message=message)


def _is_in_reading(lines: Sequence[TextLine], at: int) -> bool:
    """Return whether a line is in the column of the keys of a reading."""
    column = lines[at].indent
    for place in range(at - 1, -1, -1):
        above = lines[place]
        if above.dashes and above.column == column:
            return above.has_key
        if not above.is_empty and not above.is_comment and above.indent < column:
            return False
    return False


def _name_of_list(lines: Sequence[TextLine], at: int) -> str:
    """Return whether the list above a line is of required or optional readings; nothing where it doesn't say."""
    for place in range(at - 1, -1, -1):
        match = _LIST.fullmatch(lines[place].body)
        if match is not None or (lines[place].indent == 0 and lines[place].is_entry and not lines[place].dashes):
            return match["name"] if match is not None else ""
    return ""

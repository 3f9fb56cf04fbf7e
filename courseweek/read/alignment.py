"""What a person did when the lines of a list or an entry don't line up: which one is odd, and where it goes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from courseweek.diagnostics import Diagnostic, Edit
from courseweek.read.fault import Fault, error_at

_DASH = re.compile(r"(?P<lead>[ ]*)-(?:[ ]+(?P<key>[^\s:]+:)?|$)")
_NAMED_LIST = re.compile(r"(?P<lead>[ ]*)(?P<dash>-[ ]+)(?P<word>required|optional)$")
_MOST_LINES = 400


@dataclass(frozen=True, slots=True)
class _Item:
    """A line that begins an item: where it is, how far in its `-` stands, and its first key, if it has one."""

    begin: int
    lead: int
    key: str | None


def indent_of(line: str) -> int:
    """Return how many blanks stand before a line."""
    return len(line) - len(line.lstrip(" "))


def shift_lines(fault: Fault, begin: int, end: int, by: int) -> tuple[Edit, ...]:
    """Return the edits that move the written lines between two indices by so many columns."""
    fix, at = [], begin
    while at < end:
        line = fault.line(at)
        if line.strip():
            lead = indent_of(line)
            fix.append(Edit(fault.source.span(at, at + lead), " " * max(0, lead + by)))
        after = fault.source.text.find("\n", at)
        at = after + 1 if after >= 0 else end
    return tuple(fix)


def end_of_item(fault: Fault, begin: int, lead: int) -> int:
    """Return where the lines end that stand deeper than the one at `begin`, whose indent is `lead`."""
    at = begin
    while at < fault.end:
        line = fault.line(at)
        if at != begin and line.strip() and indent_of(line) <= lead:
            return at
        after = fault.source.text.find("\n", at)
        at = after + 1 if after >= 0 else fault.end
    return fault.end


def explain_odd_dash(fault: Fault) -> Diagnostic | None:
    """Explain an item of a list whose `-` stands in another column than the others, above the fault or at it."""
    begin, _ = fault.bounds(fault.index)
    own = _DASH.match(fault.line(fault.index))
    if own is None or fault.in_brackets:
        return None
    here = _Item(begin, len(own["lead"]), own["key"])
    above, owner = _items_above(fault, here)
    if not above or above[-1].lead == here.lead:
        return None
    before = [each for each in above if each.lead == above[-1].lead]
    if _is_usual(here.lead, before[-1].lead, above, owner, fault):
        odd, usual, end = before[0], here, begin
        before = [each for each in above if each.begin >= odd.begin]
    else:
        odd, usual, end = here, before[-1], end_of_item(fault, begin, here.lead)
        before = [here]
    if any(each.lead != odd.lead for each in before):
        return None
    by = usual.lead - odd.lead
    same = odd.key == usual.key or odd.key is None or usual.key is None
    help = f"begin it in column {usual.lead + 1}: {_say_blanks(by)}"
    place = fault.source.span(odd.begin + odd.lead, odd.begin + odd.lead + 1)
    message = f"this `-` stands in column {odd.lead + 1}, and the others of its list in column {usual.lead + 1}"
    other = (fault.source.span(usual.begin + usual.lead, usual.begin + usual.lead + 1), "one of the others is here")
    fix = shift_lines(fault, odd.begin, end, by) if same else ()
    return Diagnostic("error", "indent", message, place, help, other, fix)


def _say_blanks(by: int) -> str:
    blanks = "1 blank" if abs(by) == 1 else f"{abs(by)} blanks"
    if by > 0:
        return f"put {blanks} more before it, and before each other line of its entry"
    return f"take {blanks} away before it, and before each other line of its entry"


def _items_above(fault: Fault, here: _Item) -> tuple[list[_Item], int]:
    """Return the items above in the same list, in the order of the file, and how far in the key of the list stands."""
    found: list[_Item] = []
    for begin, line in fault.written(_MOST_LINES)[1:]:
        dash = _DASH.match(line)
        lead = indent_of(line)
        if dash is not None:
            found.append(_Item(begin, lead, dash["key"]))
        elif lead <= min(here.lead, *(each.lead for each in found), here.lead) and line.rstrip().endswith(":"):
            return found[::-1], lead
    return found[::-1], -2


def _is_usual(here: int, other: int, above: list[_Item], owner: int, fault: Fault) -> bool:
    """Tell whether the indent `here` is that of the file's lists, rather than the `other` one above it."""
    below = [_DASH.match(line) for line in fault.source.text[fault.index : fault.end].split("\n")]
    leads = Counter(len(match["lead"]) for match in below if match is not None)
    leads.update(each.lead for each in above)
    if leads[here] != leads[other]:
        return leads[here] > leads[other]
    return here == owner + 2


def explain_named_list(fault: Fault) -> Diagnostic | None:
    """Explain `- required` above readings: the name of a list, written as a reading."""
    lines = fault.written(2)
    if fault.in_brackets or len(lines) < 2 or _DASH.match(lines[0][1]) is None:
        return None
    begin, line = lines[1]
    match = _NAMED_LIST.match(line)
    if match is None or indent_of(lines[0][1]) < len(match["lead"]):
        return None
    start, end = begin + match.start("dash"), begin + match.end("word")
    message = f"`{match['word']}` is the name of a list, which has a `:` after it and no `-` before it"
    fix = (Edit(fault.source.span(start, end), f"{match['word']}:"),)
    return error_at("wrong-shape", message, fault.source.span(start, end), f"write {match['word']}:", fix)

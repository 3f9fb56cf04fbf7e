"""What a person did when the lines of a list or an entry don't line up: which one is odd, and where it goes."""

from __future__ import annotations

import re

from courseweek.diagnostics import Diagnostic, Edit
from courseweek.frozen import dataclass
from courseweek.regex import lazy_pattern
from courseweek.yamltext.complaint import KEY, Complaint, error_at
from courseweek.yamltext.grammar import Grammar

_DASH = lazy_pattern(r"(?P<lead>[ ]*)-(?:[ ]+(?P<key>[^\s:]+:)?|$)")
_NAMED_LIST = lazy_pattern(r"(?P<lead>[ ]*)(?P<dash>-[ ]+)(?P<word>[a-z_]+)$")
_MOST_LINES = 400
_SIDE = lazy_pattern(r"(?P<lead>[ ]*)(?P<key>[a-z_]+):(?:[ ]|$)")
_OPENS_BLOCK = lazy_pattern(r"[^#]*:[ ]+[|>][-+0-9]*[ ]*(?:#.*)?$")


@dataclass(frozen=True, slots=True)
class _Item:
    """A line that begins an item: where it is, the indent of its `-`, and its first key, if it has one."""

    begin: int
    lead: int
    key: str | None


def indent_of(line: str) -> int:
    """Return how many spaces come before a line."""
    return len(line) - len(line.lstrip(" "))


def match_side(line: str, grammar: Grammar) -> re.Match[str] | None:
    """Return the match of a line with the name of a list as its key, such as `required:`, or None for any other."""
    match = _SIDE.match(line)
    return match if match is not None and match["key"] in grammar.lists else None


def end_of_item(fault: Complaint, begin: int, lead: int) -> int:
    """Return where the lines end that are deeper than the one at `begin`, whose indent is `lead`.

    A line with the name of a list belongs to no entry, wherever it is.
    """
    at = begin
    while at < fault.end:
        line = fault.line(at)
        if at != begin and line.strip() and (indent_of(line) <= lead or match_side(line, fault.grammar)):
            return at
        after = fault.source.text.find("\n", at)
        at = after + 1 if after >= 0 else fault.end
    return fault.end


def say_count(count: int) -> str:
    """Return a number of spaces in words."""
    return "no spaces" if count == 0 else "1 space" if count == 1 else f"{count} spaces"


def _items_above(fault: Complaint, here: _Item) -> tuple[list[_Item], int, bool]:
    """Return the items above in the same list, in the order of the file.

    And the indent of the key of the list, and whether it has pasted Markdown below it.
    """
    found: list[_Item] = []
    owned: tuple[list[_Item], int, bool] | None = None
    for begin, line in fault.written(_MOST_LINES)[1:]:
        dash = _DASH.match(line)
        lead = indent_of(line)
        if owned is not None and lead < owned[1]:
            if dash is None:
                break
            owned = None  # that was a list inside an entry of this one
        pasted = _OPENS_BLOCK.match(line) is not None
        if dash is not None and owned is None:
            found.append(_Item(begin, lead, dash["key"]))
        elif found and lead <= min(each.lead for each in found) and (pasted or line.rstrip().endswith(":")):
            owned, found = (found[::-1], lead, pasted), []
    return owned if owned is not None else (found[::-1], -2, False)


def _explain_below_pasted(fault: Complaint, here: _Item, usual: int) -> Diagnostic:
    """Explain an entry with keys below a list of pasted Markdown, where each reading is one line."""
    end = end_of_item(fault, here.begin, here.lead)
    written = dict(
        re.findall(r"^[ ]*(?:-[ ]+)?(title|url):[ ]+(.*?)[ \r]*$", fault.source.text[here.begin : end], re.M)
    )
    title, url = (written.get(key, "").strip("\"'") for key in ("title", "url"))
    line = f"[{title}]({url})" if title and url else title or "and one line"
    message = "this entry is below pasted Markdown, where each reading is one line"
    place = fault.source.span(here.begin + here.lead, here.begin + len(fault.line(here.begin)))
    keys = re.findall(r"^[ ]*(?:-[ ]+)?([^\s:]+):", fault.source.text[here.begin : end], re.MULTILINE)
    last = "\n" if fault.source.text[here.begin : end].endswith("\n") else ""
    whole = Edit(fault.source.span(here.begin, end), f"{' ' * usual}- {line}{last}")
    fix = (whole,) if title and url and keys == ["title", "url"] else ()
    return error_at("indent", message, place, f"write it as the lines above, in column {usual + 1}: - {line}", fix)


def find_entry_below_text(fault: Complaint) -> Diagnostic | None:
    """Explain an entry with keys below a list of pasted Markdown that is in another column.

    Wrong:
        a:
          required: |
            - one
          - title: X
            url: https://example.org/x
    Right:
        a:
          required: |
            - one
            - [X](https://example.org/x)
    """
    begin, _ = fault.bounds(fault.index)
    own = _DASH.match(fault.line(fault.index))
    if own is None or fault.in_brackets:
        return None
    here = _Item(begin, len(own["lead"]), own["key"])
    above, _, pasted = _items_above(fault, here)
    return _explain_below_pasted(fault, here, above[-1].lead) if pasted and above[-1].lead != here.lead else None


def find_named_list(fault: Complaint) -> Diagnostic | None:
    """Explain `- required` above readings: the name of a list, written as a reading.

    Wrong:
        a:
          - required
            - title: X
    Right:
        a:
          required:
            - title: X
    """
    lines = fault.written(2)
    if fault.in_brackets or len(lines) < 2 or _DASH.match(lines[0][1]) is None:
        return None
    begin, line = lines[1]
    match = _NAMED_LIST.match(line)
    if match is None or match["word"] not in fault.grammar.lists or indent_of(lines[0][1]) < len(match["lead"]):
        return None
    start, end = begin + match.start("dash"), begin + match.end("word")
    message = f"`{match['word']}` is the name of a list, which has a `:` after it and no `-` before it"
    fix = (Edit(fault.source.span(start, end), f"{match['word']}:"),)
    return error_at("wrong-shape", message, fault.source.span(start, end), f"write {match['word']}:", fix)


def find_readings_beside_list(fault: Complaint) -> Diagnostic | None:
    """Explain `required:` or `optional:` below readings that are directly under the meeting.

    Wrong:
        a:
            - title: X
          optional:
            - title: Y
    Right:
        a:
          required:
            - title: X
          optional:
            - title: Y
    """
    begin, end = fault.bounds(fault.index)
    side = match_side(fault.source.text[begin:end], fault.grammar)
    if side is None:
        return None
    lead, first = len(side["lead"]), None
    for at, line in fault.written(_MOST_LINES)[1:]:
        indent = indent_of(line)
        if indent < lead or (indent == lead and not line[indent:].startswith("- ")):
            if match_side(line, fault.grammar):
                return None  # the readings are under that one, and this line is not in its column
            break
        first = (at, line)
    if first is None or re.match(r"[ ]*- ", first[1]) is None:
        return None
    place = fault.source.span(begin + side.start("key"), begin + side.end("key"))
    start = first[0] + indent_of(first[1])
    seen = (fault.source.span(start, first[0] + len(first[1])), "the first of them is here")
    message = f"the readings above are directly under the meeting, and `{side['key']}` is beside them"
    first_list, other = _name_lists(fault.grammar, side["key"])
    if _has_side(fault, end, other, lead) or side["key"] == first_list:
        help = f"move the line {side['key']}: above the first of them"
        after = min(fault.source.text.find("\n", end) + 1 or fault.end, fault.end)
        line = fault.source.text[begin:after].rstrip() + "\n"
        fix: tuple[Edit, ...] = (
            Edit(fault.source.span(first[0], first[0]), line),
            Edit(fault.source.span(begin, after), ""),
        )
        fix = fix if side.end() >= end - begin else ()
    else:
        help = f"write {other}: on a line of its own above the first of them, as far in as {side['key']}:"
        fix = (Edit(fault.source.span(first[0], first[0]), f"{side['lead']}{other}:\n"),)
    return Diagnostic("error", "wrong-shape", message, place, help, seen, fix)


def _name_lists(grammar: Grammar, key: str) -> tuple[str, str]:
    """Return the first of the names of lists, and the first that is not this one."""
    return grammar.lists[0], next((each for each in grammar.lists if each != key), key)


def _has_side(fault: Complaint, at: int, key: str, lead: int) -> bool:
    """Return whether the block below `at` holds this line as well, as far in."""
    rest = fault.source.text[at : fault.end]
    block = re.match(rf"(?:[ ]*\r?\n|[ ]*#[^\n]*\n|[ ]{{{max(lead, 1)},}}[^\n]*(?:\n|\Z))*", rest.partition("\n")[2])
    return block is not None and re.search(rf"^[ ]{{{lead}}}{key}:", block[0], re.MULTILINE) is not None


def indent_by(text: str, above: list[str], grammar: Grammar) -> int | None:
    """Return how far in a line begins by the lines above it, nearest first, or None where that is not sure.

    Below an open key it is deeper, a key goes with a key, a dash with a dash, and the name of a list with that.
    """
    if not above:
        return None
    side, own = match_side(text, grammar), KEY.match(above[0])
    if side is not None:
        for line in above:
            if match_side(line, grammar):
                return indent_of(line)
            if indent_of(line) == 0:
                return 2 if KEY.match(line) else None
        return None
    if own is not None and own.end() >= len(above[0].rstrip()):
        return len(own["lead"]) + 2
    if _DASH.match(text):
        dashes = (_DASH.match(each) for each in above)
        return next((len(match["lead"]) for match in dashes if match is not None), None)
    return len(own["lead"]) if own is not None and KEY.match(text) else None

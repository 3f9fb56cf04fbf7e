"""What a person did when YAML can't be read for the sake of a line's indent, or of what kind of line it is."""

from __future__ import annotations

import re

from courseweek.diagnostics import Diagnostic, Edit, Span
from courseweek.read.fault import (
    CUT,
    LONGEST_KEY,
    SECOND_HELP,
    Fault,
    error_at,
    one_character,
    quote_text,
    starts_oddly,
)
from courseweek.read.slips import KEYS

KEY = re.compile(r"(?P<lead>\s*(?:-[ \t]+)*)(?P<key>[^\s\"'#\[{:][^:#]*?):(?:[ \t]+|$)")
_INDENT = re.compile("[ ]*([\t\u00a0\u2000-\u200b\u202f\u3000])")
_WORD = re.compile(r"(?P<lead>[ ]*)(?P<word>[\w-]+)[ ]*(?:[ ]#.*)?$")
_KEY_WORD = re.compile(r"(?P<lead>[ ]*(?:-[ ]+)*)(?P<key>[a-z_]+)(?P<blanks>[ ]+)(?P<value>[^\s:#].*)$")
_OPENS_BLOCK = re.compile(r"(?P<lead>[ ]*)(?:-[ ]+)?[^:#]*:[ ]+[|>][-+0-9]*[ ]*(?:#.*)?$")
_DASH = re.compile(r"[ ]*-(?:[ ]|$)")
_SIDE = re.compile(r"(?P<lead>[ ]*)(?P<key>required|optional):(?:[ ]|$)")


def explain_indent_character(fault: Fault) -> Diagnostic | None:
    """Explain a tab in the indent, or a blank that is none."""
    for begin, line in fault.written(2):
        match = _INDENT.match(line)
        if match:
            name = "a tab" if match[1] == "\t" else f"a blank that is no ordinary one (U+{ord(match[1]):04X})"
            place = fault.source.span(begin + match.start(1), begin + match.end(1))
            return error_at("indent-character", f"the indent of this line holds {name}", place, "indent with blanks")
    return None


def explain_return(fault: Fault) -> Diagnostic | None:
    """Explain a carriage return inside a line, at which YAML ends the line and editors don't."""
    begin, _ = fault.bounds(min(fault.context, fault.index))
    match = re.compile(r"\r(?!\n)").search(fault.source.text, begin, fault.index + 1)
    if match is None or "\n" not in fault.source.text:
        return None
    message = "a carriage return stands inside this line, and YAML takes it for its end"
    place = fault.source.span(match.start(), match.end())
    return error_at("stray-return", message, place, "delete it, or write a blank", (Edit(place, " "),))


def explain_block(fault: Fault) -> Diagnostic | None:
    """Explain pasted lines that stand no deeper than the key with the `|` that they belong to."""
    lines = fault.written(2)
    if len(lines) < 2 or fault.in_brackets:
        return None
    (begin, line), (_, above) = lines
    opening = _OPENS_BLOCK.match(above)
    lead = len(line) - len(line.lstrip(" "))
    if opening is None or lead > len(opening["lead"]) or not line.lstrip().startswith(("- ", "* ", "+ ")):
        return None
    end, fix = begin, []
    while end < fault.end:
        _, stop = fault.bounds(end)
        text = fault.source.text[end:stop]
        if text.strip() and not text[lead:].startswith(("- ", "* ", "+ ", " ")):
            break
        fix.append(Edit(fault.source.span(end, end), " " * (len(opening["lead"]) + 2 - lead)))
        after = fault.source.text.find("\n", stop)
        end = after + 1 if after >= 0 else fault.end
    message = "lines below a `|` are indented more than its key"
    place = fault.source.span(begin + lead, begin + len(line))
    wanted = len(opening["lead"]) + 3
    help = f"begin each of these lines in column {wanted}, with two blanks more than the key"
    return error_at("indent", message, place, help, tuple(fix))


def explain_side(fault: Fault) -> Diagnostic | None:
    """Explain `optional:` beside the items of a list that stands under no `required:`."""
    begin, end = fault.bounds(fault.index)
    side = _SIDE.match(fault.source.text[begin:end])
    if side is None:
        return None
    lead, first, at = side["lead"], None, begin
    while at > fault.start:
        at, stop = fault.bounds(at - 1)
        line = fault.source.text[at:stop]
        indent = len(line) - len(line.lstrip(" "))
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if indent < len(lead) or (indent == len(lead) and not line[indent:].startswith("- ")):
            break
        first = (at, line)
    if first is None or re.match(r"[ ]*- ", first[1]) is None:
        return None
    other = "required" if side["key"] == "optional" else "optional"
    message = f"the readings above stand directly under the meeting, and `{side['key']}` beside them"
    help = f"write {other}: on a line of its own above the first of them, as far in as {side['key']}:"
    fix = (Edit(fault.source.span(first[0], first[0]), f"{lead}{other}:\n"),)
    place = fault.source.span(begin + side.start("key"), begin + side.end("key"))
    return error_at("wrong-shape", message, place, help, fix)


def explain_missing_colon(fault: Fault) -> Diagnostic | None:
    """Explain a key, alone on its line or with its value, that no colon follows."""
    if fault.in_brackets:
        return None
    lines = fault.written(3)
    for place, (begin, line) in enumerate(lines[:2]):
        match = _KEY_WORD.match(line)
        if match is not None and match["key"] in KEYS and (place == 0 or not KEY.match(line)):
            lead = "- " if "-" in match["lead"] else ""
            help = f"write {lead}{match['key']}: {match['value']}"
            word = fault.source.span(begin + match.start("key"), begin + match.end("key"))
            gap = fault.source.span(begin + match.start("blanks"), begin + match.end("blanks"))
            return error_at("missing-colon", f"a `:` is missing after `{match['key']}`", word, help, (Edit(gap, ": "),))
    for place, (begin, line) in enumerate(lines[:2]):
        match = _WORD.match(line)
        if match is None or not _goes_deeper(fault, begin, match):
            continue
        if place == 1 and lines[0][1].strip() == match["word"]:
            continue
        word = fault.source.span(begin + match.start("word"), begin + match.end("word"))
        fix = (Edit(fault.source.span(word.end, word.end), ":"),)
        message = f"a `:` is missing after `{match['word']}`"
        return error_at("missing-colon", message, word, f"write {match['word']}:", fix)
    return None


def _goes_deeper(fault: Fault, begin: int, match: re.Match[str]) -> bool:
    """Tell whether below a line with one word stands what belongs under a key."""
    at = fault.source.text.find("\n", begin) + 1
    while 0 < at < fault.end:
        line = fault.line(at)
        if line.strip() and not line.lstrip().startswith("#"):
            deeper = len(line) - len(line.lstrip(" ")) - len(match["lead"])
            dash = re.match(r"\s*-(?:[ ]|$)", line) is not None
            return (deeper > 0 and (dash or KEY.match(line) is not None)) or (deeper == 0 and dash)
        at = fault.source.text.find("\n", at) + 1
    return False


def explain_lonely(fault: Fault) -> Diagnostic | None:
    """Explain a line that is neither `key: value` nor `- item`."""
    if fault.says("could not find expected ':'"):
        begin, end = fault.bounds(fault.context)
    elif fault.char.strip() and fault.says("expected key", "<scalar>", "'-' indicator"):
        begin, end = fault.bounds(fault.index)
    else:
        return None
    line = fault.source.text[begin:end]
    if KEY.match(line) or line.lstrip().startswith("- ") or not line.strip():
        return None
    lead = len(line) - len(line.lstrip())
    return explain_line(fault.source.span(begin + lead, end))


def explain_stray_line(fault: Fault) -> Diagnostic | None:
    """Explain a line above the fault that belongs to nothing: neither an entry nor indented like more of a text."""
    lines = fault.written(3)
    if fault.in_brackets or len(lines) < 2:
        return None
    (_, line), (begin, above) = lines[:2]
    if not (KEY.match(line) or _DASH.match(line)) or KEY.match(above) or _DASH.match(above):
        return None
    lead = len(above) - len(above.lstrip(" "))
    owner = KEY.match(lines[2][1]) if len(lines) > 2 else None
    if len(lines) > 2 and (owner is None or (lead > len(owner["lead"]) and owner.end() < len(lines[2][1].rstrip()))):
        return None
    beside = _DASH.match(line) is not None and len(line) - len(line.lstrip(" ")) == lead
    return explain_line(fault.source.span(begin + lead, begin + len(above)), beside_item=beside)


def explain_line(place: Span, *, beside_item: bool = False) -> Diagnostic:
    """Return the diagnostic for a line that is neither `key: value` nor `- item`; items may stand beside it."""
    text = place.text
    help = "if it goes on with the text above, indent it more than that text's key, with no comment in between"
    help += "; else delete it"
    fix: tuple[Edit, ...] = ()
    comment = re.fullmatch(r"(?://|<!--|--|;|%)\s*(.*?)\s*(?:-->)?", text)
    if comment is not None:
        help = f"write # {comment[1]} if it is a comment"
        fix = (Edit(place, f"# {comment[1]}"),)
    elif beside_item and re.match(r"https?://\S+$", text):
        help = f"write - title: and its title, and on the line below url: {text}"
    elif beside_item:
        written = quote_text(text) if starts_oddly(text) else text
        help = f"write - {written} if it is a reading of its own"
        fix = (Edit(place, f"- {written}"),)
    elif (match := re.fullmatch(r"([^:]+?) (\d{1,3}%)", text)) is not None:
        help = f"write {match[1]}: {match[2]}"
        fix = (Edit(place, f"{match[1]}: {match[2]}"),)
    return error_at("lonely-text", "this line is neither `key: value` nor `- item`", place, help, fix)


def explain_lost_dash(fault: Fault) -> Diagnostic | None:
    """Explain a line with the first key of an entry and no `- ` before it, in the column of the other dashes."""
    begin, _ = fault.bounds(fault.index)
    line = fault.line(fault.index)
    own = KEY.match(line)
    if own is None or fault.in_brackets or "-" in own["lead"]:
        return None
    for _, above in fault.written(40)[1:]:
        indent = len(above) - len(above.lstrip(" "))
        if indent <= len(own["lead"]):
            if not above[indent:].startswith(f"- {own['key']}:") or indent != len(own["lead"]):
                return None
            start = begin + len(own["lead"])
            help = f"write - {line.strip()}"
            fix = (Edit(fault.source.span(start, start), "- "),)
            place = fault.source.span(start, start + len(own["key"]))
            return error_at("missing-dash", "a new entry begins here, and its `- ` is missing", place, help, fix)
    return None


def explain_long_key(fault: Fault) -> Diagnostic | None:
    """Explain a text before a `:` that is longer than a key can be."""
    if not fault.says("mapping values", "simple key"):
        return None
    begin, _ = fault.bounds(fault.index)
    own = KEY.match(fault.line(fault.index))
    if own is None or begin + own.end("key") != fault.index or len(own["key"]) <= LONGEST_KEY:
        return None
    help = "a text that holds `: ` needs quotes"
    return error_at("too-long", "this text is too long to be a key", one_character(fault, fault.index), help)


def explain_misaligned(fault: Fault) -> Diagnostic | None:
    """Explain a line whose indent fits no other."""
    begin, end = fault.bounds(fault.index)
    line = fault.source.text[begin:end]
    if not line.strip():
        return None
    lead = len(line) - len(line.lstrip())
    lines = fault.written(3)
    if KEY.match(line) and len(lines) > 2 and _stands_out(lead, lines[1][1], lines[2][1]):
        begin, line = lines[1]
        out = len(line) - len(line.lstrip(" "))
        place = fault.source.span(begin + out, begin + len(line))
        help = f"begin it in column {lead + 1}, as the lines around it"
        back = (Edit(fault.source.span(begin, begin + out), " " * lead),)
        return error_at("indent", "this line does not line up with the ones around it", place, help, back)
    place = fault.source.span(begin + lead, end)
    message = "this line does not line up with the ones before it"
    help = "give the keys of one entry the same indent, and each `-` of one list too"
    wanted = _wanted_indent(line, [above for _, above in fault.written(2)[1:]])
    if wanted is None or wanted == lead:
        return error_at("indent", message, place, help)
    help += f"; to go with the line above, begin it in column {wanted + 1}"
    if wanted == 0 and not line.lstrip().startswith("- "):
        help += ", or indent the line above as much as this one"
    fix = _shift(fault, begin, lead, wanted) if abs(wanted - lead) == 1 else ()
    return error_at("indent", message, place, help, fix)


def _stands_out(lead: int, above: str, before: str) -> bool:
    """Tell whether the line above stands further out than the one before it and the one below, which agree."""
    own, other = KEY.match(above), KEY.match(before)
    if own is None or other is None or "-" in own["lead"] or own.end() >= len(above.rstrip()):
        return False
    return len(own["lead"]) < lead == len(other["lead"])


def _wanted_indent(line: str, above: list[str]) -> int | None:
    """Return the indent with which `line` would go with the one above it: dash below dash, key below key."""
    if not above:
        return None
    dash, key = re.match(r"\s*(-)[ \t]", above[0]), KEY.match(above[0])
    if re.match(r"\s*-(?:[ \t]|$)", line):
        return dash.start(1) if dash else None
    return key.end("lead") if key else None


def _shift(fault: Fault, begin: int, lead: int, wanted: int) -> tuple[Edit, ...]:
    """Return the edits that move a line, and the deeper ones below it, to another indent."""
    fix, at = [], begin
    while at < fault.end:
        line = fault.line(at)
        deep = len(line) - len(line.lstrip(" "))
        if line.strip() and at != begin and deep <= lead:
            break
        if line.strip():
            fix.append(Edit(fault.source.span(at, at + lead), " " * wanted))
        after = fault.source.text.find("\n", at)
        at = after + 1 if after >= 0 else fault.end
    return tuple(fix)


def explain_indent(fault: Fault) -> Diagnostic | None:
    """Explain a line that the parser did not expect at its indent."""
    if fault.says("block end", "block mapping", "block collection", "expected key", "'-' indicator"):
        return explain_misaligned(fault)
    return None


def explain_document(fault: Fault) -> Diagnostic | None:
    """Explain what follows where the parser thought that the file had ended."""
    if re.match(r"\.\.\.\s*$", fault.line(fault.index)) and not fault.in_brackets:
        begin, end = fault.bounds(fault.index)
        message = "a second document starts here, and there is one in a file"
        return error_at("second-document", message, fault.source.span(begin, begin + 3), SECOND_HELP)
    if not fault.says("document start") or fault.in_brackets:
        return None
    begin, end = fault.bounds(fault.start)
    marker = re.compile(r"^(?:---|\.\.\.)(?=\s)", re.MULTILINE).search(fault.source.text, end, fault.index)
    if marker is not None:
        message = "a second document starts here, and there is one in a file"
        place = fault.source.span(marker.start(), marker.end())
        return error_at("second-document", message, place, SECOND_HELP)
    cut = CUT.search(fault.source.text, begin, fault.index)
    if cut is not None:
        help = "put the text that holds ` #` in quotes"
        place = fault.source.span(cut.start(1), cut.end(1))
        return error_at("comment", "from here on the line is a comment to YAML", place, help)
    if KEY.match(fault.line(begin)) and fault.line(begin)[:1] == " ":
        return explain_misaligned(fault)
    return explain_lonely(fault) or error_at(
        "lonely-text",
        "the file begins with what is neither `key: value` nor `- item`",
        fault.source.span(begin, end),
        "mend this line, or delete it",
    )

"""What a person did when a line is no YAML: neither `key: value` nor `- item`, and no more of the text above it."""

from __future__ import annotations

import re

from courseweek.diagnostics import Diagnostic, Edit, Span
from courseweek.read.fault import KEY, Fault, error_at, lines_above, quote_text, starts_oddly

_DASH = re.compile(r"(?P<lead>[ ]*)-(?:[ ]+(?P<key>[a-z_]+:)?|$)")
_ADDRESS = re.compile(r"https?://\S+$")


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
    return _explain_line(fault, fault.source.span(begin + lead, end))


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
    return _explain_line(fault, fault.source.span(begin + lead, begin + len(above)), beside_item=beside)


def _explain_line(fault: Fault, place: Span, *, beside_item: bool = False) -> Diagnostic:
    """Return the diagnostic for a line that is neither `key: value` nor `- item`; items may stand beside it."""
    text = place.text
    help = _say_remedy(fault, place)
    fix: tuple[Edit, ...] = ()
    comment = re.fullmatch(r"(?://|<!--|--|;|%)\s*(.*?)\s*(?:-->)?", text)
    if comment is not None:
        help = f"write # {comment[1]} if it is a comment"
        fix = (Edit(place, f"# {comment[1]}"),)
    elif beside_item and _ADDRESS.match(text):
        help = f"write - title: and its title, and on the line below url: {text}"
    elif beside_item:
        written = quote_text(text) if starts_oddly(text) else text
        help = f"write - {written} if it is a reading of its own"
        fix = (Edit(place, f"- {written}"),)
    elif (match := re.fullmatch(r"([^:]+?) (\d{1,3}%)", text)) is not None:
        help = f"write {match[1]}: {match[2]}"
        fix = (Edit(place, f"{match[1]}: {match[2]}"),)
    return error_at("lonely-text", "this line is neither `key: value` nor `- item`", place, help, fix)


def _say_remedy(fault: Fault, place: Span) -> str:
    """Return what may be meant by a line, by the lines above it: more of a text, a remark, an entry of its own."""
    text, above = place.text, lines_above(fault, place.start)
    if not above:
        return "if it goes on with the text above, indent it more than that text's key; else delete it"
    owner = KEY.match(above[0])
    value = above[0][owner.end() :].strip() if owner else ""
    remedies = []
    dash = next((match for match in map(_DASH.match, above) if match is not None), None)
    if dash is not None and place.column <= len(dash["lead"]) + 1 and not _ADDRESS.match(text):
        first = f"{dash['key']} " if dash["key"] else ""
        written = quote_text(text) if starts_oddly(text) else text
        remedies.append(f"if it is an entry of its own, write - {first}{written} in column {len(dash['lead']) + 1}")
    elif _ADDRESS.match(text):
        remedies.append(f"if it is the address of the entry above, write url: {text} in the column of its other keys")
    if owner is not None and owner["key"] == "url" and value:
        whole = f"{value}{text}"
        joined = not re.search(r"\s", text) and not _ADDRESS.match(text)
        remark = f"if it is a remark, write note: {quote_text(text) if starts_oddly(text) else text}"
        remedies.append(f"if the address goes on here, write url: {whole} on one line" if joined else remark)
    elif owner is not None and value:
        column = len(owner["lead"]) + 3
        remedies.append(f"if it goes on with `{owner['key']}` above, begin it in column {column} or further right")
    elif not remedies:
        remedies.append("if it goes on with the text above, indent it more than that text's key")
    # The address of a reading is put to a key once, and not offered as more of a text as well.
    return "; ".join([*remedies[: 1 if _ADDRESS.match(text) else 2], "else delete it"])

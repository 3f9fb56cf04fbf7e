"""What a person did when a line is no YAML: neither `key: value` nor `- item`, and no more of the text above it."""

from __future__ import annotations

import re

from courseweek.diagnostics import Diagnostic, Edit, Span
from courseweek.regex import lazy_pattern
from courseweek.yamltext.complaint import KEY, Complaint, error_at, lines_above, quote_text, starts_oddly

_DASH = lazy_pattern(r"(?P<lead>[ ]*)-(?:[ ]+(?P<key>[a-z_]+:)?|$)")
_ADDRESS = lazy_pattern(r"https?://\S+$")


def find_lonely_line(fault: Complaint) -> Diagnostic | None:
    """Explain a line that is neither `key: value` nor `- item`.

    Wrong:
        a:
          - title: X
        // a remark
    Right:
        a:
          - title: X
        # a remark
    """
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


def find_stray_line(fault: Complaint) -> Diagnostic | None:
    """Explain a line above the fault that belongs to nothing: neither an entry nor indented like more of a text.

    Wrong:
        // a remark
        a:
          - title: X
    Right:
        # a remark
        a:
          - title: X
    """
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


def _explain_line(fault: Complaint, place: Span, *, beside_item: bool = False) -> Diagnostic:
    """Return the diagnostic for a line that is neither `key: value` nor `- item`; items may be beside it."""
    text = place.text
    below = re.compile(r"[ \r]*\n[ ]*(?P<key>[a-z_]+):(?:[ ]|\r?$)", re.MULTILINE).match(fault.source.text, place.end)
    if below is not None and re.fullmatch(r"\"[^\"]+\"|'[^']+'", text) and not fault.source.text[: place.start].strip():
        key = first_key_above(fault, place.start, below["key"])
        message = f"this line has no key, but the one below it has `{below['key']}`"
        return error_at("missing-key", message, place, f"write - {key}: {text}", (Edit(place, f"{key}: {text}"),))
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


def first_key_above(fault: Complaint, index: int, below: str) -> str:
    """Return the key with which the entries above begin; the first of an entry with the key `below` where none is."""
    lines = lines_above(fault, index)
    found = (re.match(r"[ ]*- ([a-z_]+): ", line) for line in lines)
    owners = (KEY.match(line) for line in lines)
    lists = [fault.grammar.value_of(each["key"]).items for each in owners if each and each["key"] in fault.grammar.keys]
    entries = (keys.named for items in lists if items is not None for keys in items.keys if below in keys.named)
    first = next((next(iter(named)) for named in entries if named), "title")
    return next((match[1] for match in found if match is not None), first)


def _say_remedy(fault: Complaint, place: Span) -> str:
    """Return what may be meant by a line, by the lines above it: more of a text, a remark, an entry of its own."""
    text, above = place.text, lines_above(fault, place.start)
    owner = KEY.match(above[0]) if above else None
    value = above[0][owner.end() :].strip() if owner else ""
    written = quote_text(text) if starts_oddly(text) else text
    if _ADDRESS.match(text) and above:
        return f"if it is the address of the entry above, write url: {text} in the column of its other keys"
    if owner is not None and _ADDRESS.match(value) and not re.search(r"\s", text):
        return (
            f"if it continues the address above, write {owner['key']}: {value}{text} on one line; otherwise delete it"
        )
    remedies = []
    dash = next((match for match in map(_DASH.match, above) if match is not None), None)
    if dash is not None and place.column <= len(dash["lead"]) + 1:
        first = f"{dash['key']} " if dash["key"] else ""
        remedies.append(f"if it is an entry of its own, write - {first}{written} in column {len(dash['lead']) + 1}")
    if owner is not None and value and not _ADDRESS.match(value):
        column = len(owner["lead"]) + 3
        more = f"if it continues `{owner['key']}` above, begin it in column {column} or further right"
        remedies.insert(0 if text[:1].islower() else len(remedies), more)
    elif owner is not None and value and not remedies:
        return f"delete it; if it is a remark, write note: {written}"
    elif not remedies:
        remedies.append("if it continues the text above, indent it more than that text's key")
    return "; ".join([*remedies, "otherwise delete it"])

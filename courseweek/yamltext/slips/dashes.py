"""What a person did when a `-` is missing, or the space after it."""

from __future__ import annotations

import re

from courseweek.diagnostics import Diagnostic, Edit, Span
from courseweek.regex import lazy_pattern
from courseweek.yamltext.complaint import KEY, Complaint, error_at, lines_above
from courseweek.yamltext.slips.list_names import indent_of

_NO_SPACE = lazy_pattern(r"\s*(-)(?=[A-Za-z\"'\[{“])")


def find_dash_without_space(fault: Complaint) -> Diagnostic | None:
    """Explain an item whose `-` has no space after it.

    Wrong:
        a:
          -title: X
          - title: Y
    Right:
        a:
          - title: X
          - title: Y
    """
    for begin, line in fault.written(2):
        dash = _NO_SPACE.match(line)
        if dash:
            place = fault.source.span(begin + dash.start(1), begin + dash.end(1))
            fix = (Edit(fault.source.span(place.end, place.end), " "),)
            return error_at(
                "missing-space", "a space is missing after `-`", place, f"write - {line[dash.end(1) :]}", fix
            )
    return None


def find_lost_dash(fault: Complaint) -> Diagnostic | None:
    """Explain a line with the first key of an entry and no `- ` before it, in the column of the other dashes.

    Wrong:
        a:
          - title: X
          title: Y
    Right:
        a:
          - title: X
          - title: Y
    """
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


def explain_dashless(fault: Complaint, place: Span, line: str) -> Diagnostic | None:
    """Explain `Exam: 40%` in the column of the dashes of lines like it."""
    own, above = KEY.match(line), [above for _, above in fault.written(2)[1:]]
    other = KEY.match(above[0]) if above else None
    if own is None or other is None or own.end() >= len(line) or "-" in own["lead"]:
        return None
    if {own["key"], other["key"]} & fault.grammar.keys or re.fullmatch(
        rf"[ ]{{{len(own['lead'])}}}-[ ]+", other["lead"]
    ) is None:
        return None
    outer = next((each for each in lines_above(fault, fault.index) if indent_of(each) < len(own["lead"])), "")
    help = f"write - {line.strip()}, or delete the `- ` of the others"
    values = fault.grammar.value_of(outer.strip().removesuffix(":"))
    if values.labels is not None and not (values.items is not None and values.items.labels):
        help = "delete the `- ` of the others"
    return error_at("missing-dash", "this line has no `- `, and the one above it has one", place, help)

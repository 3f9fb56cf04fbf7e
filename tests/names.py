"""The names of the diagnostics, read off the code: of each call that makes one, the argument that is its name.

A name is written as a text, or chosen between two (`"anchor" if … else "tag"`). A call that only passes on what it
was given (`misread.name`, or the parameter of one of these calls themselves) adds none. Whatever else stands there
has to be told in `PASSED_ON`, so that no name can be given that this list has not.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "courseweek"

# Which argument of a call is the name, counted from 0.
NAME_AT = {"Diagnostic": 1, "Misread": 2, "error": 0, "error_at": 0, "refuse": 0, "warning": 0}
CALL = re.compile(rf"\b(?:{'|'.join(NAME_AT)})\(")
# `Misread` need not be given a name.
DEFAULTS = {"Misread": "bad-value"}
# The names that a module hands to a call in a variable, and the name that is put together.
PASSED_ON = {
    "checks/output/selfcheck.py": {"dead-link", "self-check"},
    "read/mistakes/front_matter_marks.py": {
        "front-matter",
        "late-front-matter",
        "pasted-diff",
        "unclosed-front-matter",
    },
    "read/pasted/finder.py": {
        "bullet",
        "chat-link",
        "citation",
        "no-meeting",
        "pasted-diff",
        "pasted-html",
        "pasted-mail",
        "pasted-markup",
        "pasted-table",
        "unknown-key",
        "wrong-shape",
    },
    "schedule/notes.py": {"unknown-meeting", "unknown-reading"},
}


@dataclass(slots=True)
class Named:
    """What the code says of one name: its severities, and the places where it is given."""

    severities: set[str] = field(default_factory=set)
    places: list[str] = field(default_factory=list)


def names_in(paths: Iterable[Path]) -> dict[str, Named]:
    """Return the names that these files of the package give, each with what is known of it."""
    found: defaultdict[str, Named] = defaultdict(Named)
    for path in sorted(paths):
        module, text = path.relative_to(PACKAGE).as_posix(), path.read_text(encoding="utf-8")
        if CALL.search(text) is None:
            continue
        for call, around in _calls(ast.parse(text), ""):
            for name in _names_of(call, around, module):
                found[name].severities |= _severities_of(call)
                found[name].places.append(f"{module}:{call.lineno}")
    return dict(found)


@cache
def names_in_code() -> dict[str, Named]:
    """Return the names that the whole package gives."""
    return names_in(PACKAGE.rglob("*.py"))


def _calls(node: ast.AST, around: str) -> Iterator[tuple[ast.Call, str]]:
    """Yield the calls that make a diagnostic, each with the name of the function in which it stands."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call) and _called(child) in NAME_AT and not _takes_a_message_alone(child):
            yield child, around
        yield from _calls(child, child.name if isinstance(child, ast.FunctionDef) else around)


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _takes_a_message_alone(call: ast.Call) -> bool:
    """Tell whether a call is another thing of the same name, such as argparse's `parser.error`."""
    return _called(call) in ("error", "warning") and len(call.args) + len(call.keywords) < 3


def _names_of(call: ast.Call, around: str, module: str) -> set[str]:
    at = NAME_AT[_called(call)]
    given = call.args[at] if len(call.args) > at else None
    given = next((each.value for each in call.keywords if each.arg == "name"), given)
    if given is None and _called(call) in DEFAULTS:
        return {DEFAULTS[_called(call)]}
    match given:
        case ast.Constant(value=str(name)):
            return {name}
        case ast.IfExp(body=ast.Constant(value=str(one)), orelse=ast.Constant(value=str(other))):
            return {one, other}
        case ast.Attribute(attr="name"):
            return set()
        case ast.Name(id="name") if around in NAME_AT:
            return set()
        case _ if module in PASSED_ON:
            return PASSED_ON[module]
    raise AssertionError(f"{module}:{call.lineno}: which name is this? write it as a text, or tell PASSED_ON")


def _severities_of(call: ast.Call) -> set[str]:
    if _called(call) == "Diagnostic":
        return {str(each.value) for each in ast.walk(call.args[0]) if isinstance(each, ast.Constant)}
    return {"warning" if _called(call) == "warning" else "error"}

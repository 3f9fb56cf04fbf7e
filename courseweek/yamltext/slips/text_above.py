"""A text behind a key that has more keys, or a list, on the lines below it: it is one or the other."""

from __future__ import annotations

import re

from courseweek.diagnostics import Diagnostic, Edit, Span
from courseweek.regex import lazy_pattern
from courseweek.yamltext.complaint import KEY, LONGEST_QUOTED, Complaint, error_at
from courseweek.yamltext.grammar import ANYTHING, Grammar, Kind

_OWNER = lazy_pattern(r"(?P<lead>[ ]*(?:-[ ]+)*)(?P<key>[^\s\"'#\[{:][^:#]*?):(?P<gap>[ ]+)(?P<text>[^\s\[{|>#&*!].*)")
_COMMENT = lazy_pattern(r"[ \t]+#.*")


def find_text_above_keys(fault: Complaint) -> Diagnostic | None:
    """Explain a text behind a key whose own keys, or whose list, are on the lines below.

    Wrong:
        a: X
          required:
            - title: Y
    Right:
        a:
          required:
            - title: Y
    """
    lines = fault.written(2)
    if fault.in_brackets or len(lines) < 2:
        return None
    (_, line), (begin, above) = lines
    owner, inner = _OWNER.fullmatch(above), KEY.match(line)
    indent = len(line) - len(line.lstrip(" "))
    if owner is None or indent <= len(owner["lead"]):
        return None
    text = _COMMENT.sub("", owner["text"])
    place = fault.source.span(begin + owner.start("text"), begin + owner.start("text") + len(text))
    if re.match(r"[ ]*-(?:[ ]|$)", line):
        return explain_text_above_list(fault.grammar, owner["key"], place, at_margin=not owner["lead"])
    kind = _kind_of(fault.grammar, owner["key"], at_margin=not owner["lead"])
    if inner is None or not any(inner["key"] in keys.named or keys.free for keys in kind.keys):
        return None
    message = f"`{owner['key']}:` has both a text and keys of its own"
    key = _name_text(kind, inner["key"], text)
    if key is None:
        return error_at("wrong-shape", message, place, f"delete the text, so that {owner['key']}: ends its line")
    fix = Edit(
        fault.source.span(begin + owner.start("gap"), begin + len(above)), f"\n{' ' * indent}{key}: {owner['text']}"
    )
    return error_at("wrong-shape", message, place, f"write\n{owner['key']}:\n  {key}: {text}", (fix,))


def explain_text_above_list(grammar: Grammar, key: str, place: Span, *, at_margin: bool) -> Diagnostic | None:
    """Explain the text behind a key with a list below it; None where the key has no list, so that it is all text."""
    kind = _kind_of(grammar, key, at_margin=at_margin)
    if kind.anything or kind.items is None or "\n" in place.text or len(place.text) > LONGEST_QUOTED:
        return None
    help = f"delete the text, so that {key}: ends its line"
    if kind.items.text:
        help = f"delete the text, or write it as an item of the list: - {place.text}"
    return error_at("wrong-shape", f"`{key}:` has both a text and a list", place, help)


def _kind_of(grammar: Grammar, key: str, *, at_margin: bool) -> Kind:
    """Return what the value of a key may be; at the margin, also of one that the author chooses."""
    if key in grammar.keys or not at_margin:
        return grammar.value_of(key)
    return next((keys.free for keys in grammar.root.keys if keys.free is not None), ANYTHING)


def _name_text(kind: Kind, beside: str, text: str) -> str | None:
    """Return the key for which a text is the value, of a mapping with the key that is `beside` it; None if none is.

    It is one that must be there, or the first of all: other keys take nearly any text as well.
    """
    bare = text.strip("\"'")
    for keys in kind.keys:
        if beside in keys.named:
            likely = [key for at, key in enumerate(keys.named) if (at == 0 or key in keys.required) and key != beside]
            return next((key for key in likely if keys.named[key].accepts(bare)), None)
    return None

"""Names by role as they are mistyped: what was written is shown as the list that was probably meant.

`{Lead: Ada, Grace}` names a key `Grace` without a value in YAML, `{Lead:Ada}` a key `Lead:Ada`, and `- Lead: Ada` a
list of mappings. None of these names may be lost.
"""

from __future__ import annotations

import re
from dataclasses import field
from typing import Literal

from courseweek.diagnostics import Diagnostic, Edit, Span
from courseweek.frozen import dataclass
from courseweek.read.tables.reader import Reader
from courseweek.read.values.names import fold_name
from courseweek.yamltext.document import Mapping, Node, Scalar, Sequence
from courseweek.yamltext.slips.glued import is_written_with_colon, split_glued, write_between_braces

LONGEST_REMEDY = 400
"""A remedy repeats no longer list."""


@dataclass(frozen=True, slots=True)
class RollMistake:
    """What kind of slip it is, its message, and its place."""

    kind: Literal["space", "comma", "shape"]
    message: str
    place: Span


@dataclass(slots=True)
class _Roll:
    """The names by role as far as they are clear, and the first mistake."""

    roles: frozenset[str]
    named: list[tuple[str, list[str]]] = field(default_factory=list)
    alone: list[str] = field(default_factory=list)
    """Names before any role."""
    mistake: RollMistake | None = None
    open: list[Scalar] = field(default_factory=list)
    """Roles without a name or a colon."""
    sure: bool = True
    unclear: bool = False

    def mark(self, kind: Literal["space", "comma", "shape"], message: str, place: Span) -> None:
        self.mistake = self.mistake or RollMistake(kind, message, place)

    def add(self, role: str, names: list[str]) -> None:
        """Take names under a role, which may have been written before."""
        folded = fold_name(role).casefold()
        for known, before in self.named:
            if fold_name(known).casefold() == folded:
                before.extend(names)
                return
        self.named.append((role, names))

    def add_lonely(self, name: str) -> None:
        """Take a name without a role of its own: it belongs to the role before it."""
        if not self.named:
            self.alone.append(name)
            return
        names = self.named[-1][1]
        if not self.roles and " " not in name and any(" " in each for each in names):
            self.sure = False  # it may be a role as well
        names.append(name)

    def is_role(self, text: str) -> bool:
        return fold_name(text).casefold() in self.roles


def report_lost_names(node: Node, reader: Reader) -> bool:
    """Return whether names by role are mistyped so that one of them would be lost; report it once if so."""
    roll = _Roll(frozenset(fold_name(role).casefold() for role in reader.roles))
    if isinstance(node, Mapping):
        _take_mapping(node, roll)
    elif isinstance(node, Sequence):
        _take_list(node, roll)
    else:
        _take_text(node, roll)
    if roll.mistake is None:
        for key in roll.open:
            _report_open(key, reader)
        return bool(roll.open)
    reader.lose(node)
    reader.found.add(_explain(roll.mistake, node, roll))
    return True


def _explain(mistake: RollMistake, node: Node, roll: _Roll) -> Diagnostic:
    """Return the error for the first mistake, with the whole as it was probably meant."""
    written = _write(roll)
    fix: tuple[Edit, ...] = ()
    if roll.unclear or written is None or len(written) > LONGEST_REMEDY:
        help = "write names by role, as in {Lead: [Ada, Grace], Scribe: Alan}, or names alone, as in [Ada, Grace]"
    else:
        help = f"write {written}"
        safe = roll.sure and "#" not in node.span.text and "…" not in written
        fix = (Edit(_trim(node.span), written),) if safe else ()
    match mistake.kind:
        case "space":
            message = "a space is missing after `:`"
            return Diagnostic("error", "missing-space", message, mistake.place, help, fix=fix)
        case "comma":
            return Diagnostic("error", "comma", mistake.message, mistake.place, help, fix=fix)
        case "shape":
            return Diagnostic("error", "wrong-shape", mistake.message, mistake.place, help, fix=fix)


def _report_open(key: Scalar, reader: Reader) -> None:
    message = f"`{key.text}` has no name"
    help = f"write {key.text}: and the name; a colon alone leaves the place open"
    reader.lose(key)
    reader.found.error("empty", message, key.span, help=help)


def _take_mapping(node: Mapping, roll: _Roll) -> None:
    before: Scalar | None = None
    for key, value in node.entries:
        if not (isinstance(value, Scalar) and value.empty):
            names = _names_of(value, roll)
            if names is None:
                roll.unclear = True
            else:
                roll.add(key.text, names)
            before = key
            continue
        glued = split_glued(key.text) if not key.style else None
        if glued is not None:
            place = key.part(glued.at - 1, glued.at)
            roll.mark("space", "", place)
            roll.add(glued.key, [glued.value])
            before = key
        elif is_written_with_colon(key):
            roll.named.append((key.text, []))  # a place that is open
            before = key
        elif roll.is_role(key.text):
            roll.open.append(key)
        elif before is None and not roll.named:
            roll.mark("shape", "names between braces need roles, and this one has none", key.span)
            roll.alone.append(key.text)
        else:
            shown = before.text.partition(":")[0] if before is not None else ""
            roll.mark("comma", f"this comma ends the text of `{shown}`", _comma_before(key))
            roll.add_lonely(key.text)


def _take_list(node: Sequence, roll: _Roll) -> None:
    for item in node.items:
        if isinstance(item, Scalar) and item.empty:
            continue
        if isinstance(item, Mapping) and _is_flat(item):
            message = "names by role are not a list: a role has no `-` before it"
            if node.span.text.startswith("["):
                message = "names by role go between `{` and `}`, not in a list"
            roll.mark("shape", message, item.entries[0][0].span if item.entries else item.span)
            _take_mapping(item, roll)
        elif isinstance(item, Scalar):
            _take_text(item, roll)
        else:
            roll.unclear = True


def _take_text(node: Scalar, roll: _Roll) -> None:
    """Take a text that is a name, or `Lead:Ada` and the like, divided by commas or lines."""
    lines = node.span.text.split("\n") if not node.style else [node.text]
    pieces = [piece.strip() for line in lines for piece in re.split(r",[ ]*", line)]
    if not any(map(_with_role, pieces)):
        roll.add_lonely(node.text)
        return
    colon = node.span.text.find(":")
    place = node.span.within(colon, colon + 1) if colon >= 0 else node.span
    spaced = any(": " in line for line in lines)
    roll.mark("shape" if spaced else "space", "names by role go between `{` and `}`", place)
    for piece in pieces:
        pair = _with_role(piece)
        if pair is not None:
            roll.add(pair[0], [pair[1]])
        elif piece:
            roll.add_lonely(piece)


def _with_role(text: str) -> tuple[str, str] | None:
    """Return role and name of `Lead:Ada` and `Lead: Ada`; None where no colon divides a text in two."""
    match = re.fullmatch(r"([^:,]*[^:,\s])[ ]*:[ ]*([^:\s/][^:]*)", text)
    return (match[1].strip(), match[2].strip()) if match is not None else None


def _names_of(node: Node, roll: _Roll) -> list[str] | None:
    """Return the names under a role, or None if they are unclear."""
    if isinstance(node, Mapping):
        keys = [key.text for key, value in node.entries if isinstance(value, Scalar) and value.empty]
        if len(keys) != len(node.entries) or any(split_glued(key) for key in keys):
            return None
        roll.mark("shape", "names go in a list, between `[` and `]`", node.span.within(0, 1))
        return keys
    items = node.items if isinstance(node, Sequence) else (node,)
    if not all(isinstance(item, Scalar) for item in items):
        return None
    return [item.text for item in items if isinstance(item, Scalar) and not item.empty]


def _is_flat(node: Mapping) -> bool:
    return all(isinstance(value, Scalar) for _, value in node.entries)


def _write(roll: _Roll) -> str | None:
    """Return the names by role as they were probably meant, or names alone; None where some have a role."""
    if not roll.named:
        return f"[{', '.join(map(write_between_braces, roll.alone))}]"
    if roll.alone:
        return None
    return "{" + ", ".join(f"{write_between_braces(role)}: {_list(names)}" for role, names in roll.named) + "}"


def _list(names: list[str]) -> str:
    written = [write_between_braces(each) for each in names]
    return "" if not written else written[0] if len(written) == 1 else f"[{', '.join(written)}]"


def _comma_before(key: Scalar) -> Span:
    source = key.span.source
    comma = source.text.rfind(",", 0, key.span.start)
    return source.span(comma, comma + 1) if comma >= 0 else key.span


def _trim(span: Span) -> Span:
    """Return a place without the space and line ends behind it."""
    return span.within(0, len(span.text.rstrip()))

"""The to-do list of a new term, settled by flags or by a person who answers with one letter."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import field
from itertools import groupby

from courseweek.checks.passages import inner
from courseweek.diagnostics import Diagnostics, Edit, Source, Span
from courseweek.frozen import dataclass
from courseweek.report.text import disarm, place_of, printable
from courseweek.roll.clearing import replace_list
from courseweek.roll.lists import MOST_SHOWN
from courseweek.roll.todo import KINDS, Todo
from courseweek.roll.value_edits import replace_value
from courseweek.yamltext.document import Mapping, read_yaml

Ask = Callable[[str], str]
"""Asks a question and returns the answer."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at a terminal: `ask` returns the line that they type, `press` the key that they press."""

    ask: Ask
    press: Ask


_TRIES = 3
"""How often a question is asked."""

_EXAMPLES = {
    "guests": "[Ada, {name: Bo, affiliation: MIT}]",
    "presenters": "[Ada, Bo]",
    "forms": "{review: https://example.org/form}",
}

_Key = tuple[str, str]
"""An item by its kind and its text."""


@dataclass(slots=True)
class Settled:
    """What was decided: the edits that follow from it, and what is kept as it is."""

    edits: list[Edit] = field(default_factory=list)
    kept_kinds: set[str] = field(default_factory=set)
    kept: set[_Key] = field(default_factory=set)
    changed: set[_Key] = field(default_factory=set)
    """Lists and mappings that somebody typed, by kind and owner."""

    def leave_out(self, items: Iterable[Todo]) -> tuple[Todo, ...]:
        """Return the items about which nothing was decided."""
        return tuple(
            each
            for each in items
            if each.kind not in self.kept_kinds
            and _key_of(each) not in self.kept
            and not (each.key is not None and _owner_of(each) in self.changed)
        )


def settle(items: tuple[Todo, ...], clear: frozenset[str], keep: frozenset[str], person: Person | None) -> Settled:
    """Return what is decided about the items: by kinds to clear and to keep, and by the answers of a person.

    Without a person, what is of another kind stays open. So does everything after the end of the input.
    """
    settled = Settled(kept_kinds=set(keep))
    for kind, group in groupby(items, key=lambda each: each.kind):
        some = list(group)
        if kind in clear:
            for item in some:
                settled.edits += item.clear
        elif kind not in keep and person is not None:
            try:
                _ask_about(kind, some, person, settled)
            except EOFError:
                person = None
    settled.edits = _find_outermost(settled.edits)
    return settled


def _find_outermost(edits: list[Edit]) -> list[Edit]:
    """Return the edits without those inside of another: a person's hours go with the person."""
    found: list[Edit] = []
    for edit in sorted(edits, key=lambda each: (each.span.file, each.span.start, -each.span.end)):
        span, outer = edit.span, found[-1].span if found else None
        # What is written where a deleted text begins or ends is not inside of it.
        is_at_edge = outer is not None and span.start == span.end and span.start in (outer.start, outer.end)
        if outer is None or outer.file != span.file or span.end > outer.end or is_at_edge:
            found.append(edit)
    return found


def _key_of(item: Todo) -> _Key:
    """Return what an item has in common with itself on another day."""
    return item.kind, item.text if item.day is None else item.text.rpartition(" is now ")[0]


def _owner_of(item: Todo) -> _Key:
    """Return what an item has in common with itself when its value has changed."""
    return item.kind, item.text.partition(": ")[0]


def _ask_about(kind: str, items: list[Todo], person: Person, settled: Settled) -> None:
    """Ask about all items of a kind, and about each if the answer is so."""
    shown = "".join(f"  {place_of(item.span)}: {disarm(printable(item.text))}\n" for item in items[:MOST_SHOWN])
    shown += f"  and {len(items) - MOST_SHOWN:,} more\n" if len(items) > MOST_SHOWN else ""
    can_clear = any(item.clear for item in items)
    can_edit = can_clear or any(item.editable for item in items)
    choices = ["[k]eep", *(["[c]lear"] if can_clear else []), *(["[e]ach"] if can_edit else []), "[l]ater"]
    answer = _choose(f"{KINDS[kind]}:\n{shown}{', '.join(choices)}? ", choices, person.press)
    for item in items:
        each = _ask_about_one(item, person, settled) if answer == "e" else answer
        if each == "k":
            settled.kept.add(_key_of(item))
        elif each == "c":
            settled.edits += item.clear


def _ask_about_one(item: Todo, person: Person, settled: Settled) -> str:
    choices = ["[k]eep", *(["[c]lear"] if item.clear else []), *(["[t]ype"] if item.editable else []), "[l]ater"]
    elsewhere = "" if item.editable else f" (to change it, edit {place_of(item.span)} later)"
    shown = f"  {disarm(printable(item.text))}{elsewhere}\n"
    answer = _choose(f"{shown}  {', '.join(choices)}? ", choices, person.press)
    if answer == "t" and item.key is not None:
        answer = _type_list(item, item.key, person, settled)
    elif answer == "t":
        text = " ".join(person.ask("  New text: ").split())
        if text and text.isprintable():
            settled.edits.append(replace_value(item.span, text))
            typed = item.text.removesuffix(inner(item.span).text) + text
            settled.kept.add(_key_of(item) if item.day is not None else (item.kind, typed))
    return answer


def _type_list(item: Todo, key: Span, person: Person, settled: Settled) -> str:
    """Ask for a list or a mapping in YAML on one line until it can be read; return `l` for nothing."""
    for _ in range(_TRIES):
        text = " ".join(person.ask(f"  New value on one line, such as {_EXAMPLES[item.kind]}: ").split())
        if not text:
            return "l"
        found = Diagnostics()
        node = read_yaml(Source("", f"{{new: {text}}}"), found)
        if text.isprintable() and not found.found and isinstance(node, Mapping) and len(node.entries) == 1:
            settled.edits += replace_list(key, item.span, text)
            settled.changed.add(_owner_of(item))
            return "t"
        print(f"  This can't be read: {found.found[0].message if found.found else 'write a list between brackets'}")
    return "l"


def _choose(question: str, choices: list[str], press: Ask) -> str:
    """Return the letter of a choice; `l` for an empty line where no single key can be read.

    An answer that is not a choice is asked again, twice at most; then the item is left for later.
    """
    words = [choice.replace("[", "").replace("]", "") for choice in choices]
    for _ in range(_TRIES):
        answer = press(question).strip().lower()
        if not answer:
            return "l"
        if answer in words or (len(answer) == 1 and any(word.startswith(answer) for word in words)):
            return answer[0]
        question = f"  Press one of these letters: {', '.join(choices)}? "
    return "l"

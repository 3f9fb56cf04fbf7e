"""The to-do list of a new term, settled by flags or by a person who answers with one letter."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import field
from itertools import groupby

from courseweek.checks.passages import inner
from courseweek.diagnostics import Edit
from courseweek.frozen import dataclass
from courseweek.report.text import disarm, place_of, printable
from courseweek.roll.lists import MOST_SHOWN
from courseweek.roll.todo import KINDS, Todo
from courseweek.roll.value_edits import replace_value

Ask = Callable[[str], str]
"""Asks a question and returns the answer."""

_TRIES = 3
"""How often a question is asked."""

_Key = tuple[str, str]
"""An item by its kind and its text."""


@dataclass(slots=True)
class Settled:
    """What was decided: the edits that follow from it, and what is kept as it is."""

    edits: list[Edit] = field(default_factory=list)
    kept_kinds: set[str] = field(default_factory=set)
    kept: set[_Key] = field(default_factory=set)

    def leave_out(self, items: Iterable[Todo]) -> tuple[Todo, ...]:
        """Return the items about which nothing was decided."""
        return tuple(each for each in items if each.kind not in self.kept_kinds and _key_of(each) not in self.kept)


def settle(items: tuple[Todo, ...], clear: frozenset[str], keep: frozenset[str], ask: Ask | None) -> Settled:
    """Return what is decided about the items: by kinds to clear and to keep, and by the answers of a person.

    Without `ask`, what is of another kind stays open. So does everything after the end of the input.
    """
    settled = Settled(kept_kinds=set(keep))
    for kind, group in groupby(items, key=lambda each: each.kind):
        some = list(group)
        if kind in clear:
            for item in some:
                settled.edits += item.clear
        elif kind not in keep and ask is not None:
            try:
                _ask_about(kind, some, ask, settled)
            except EOFError:
                ask = None
    return settled


def _key_of(item: Todo) -> _Key:
    """Return what an item has in common with itself on another day."""
    return item.kind, item.text if item.day is None else item.text.rpartition(" is now ")[0]


def _ask_about(kind: str, items: list[Todo], ask: Ask, settled: Settled) -> None:
    """Ask about all items of a kind, and about each if the answer is so."""
    shown = "".join(f"  {place_of(item.span)}: {disarm(printable(item.text))}\n" for item in items[:MOST_SHOWN])
    shown += f"  and {len(items) - MOST_SHOWN:,} more\n" if len(items) > MOST_SHOWN else ""
    can_clear = any(item.clear for item in items)
    can_edit = can_clear or any(item.editable for item in items)
    choices = ["[k]eep", *(["[c]lear"] if can_clear else []), *(["[e]ach"] if can_edit else []), "[l]ater"]
    answer = _choose(f"{KINDS[kind]}:\n{shown}{', '.join(choices)}? ", choices, ask)
    for item in items:
        each = _ask_about_one(item, ask, settled) if answer == "e" else answer
        if each == "k":
            settled.kept.add(_key_of(item))
        elif each == "c":
            settled.edits += item.clear


def _ask_about_one(item: Todo, ask: Ask, settled: Settled) -> str:
    choices = ["[k]eep", *(["[c]lear"] if item.clear else []), *(["[t]ype"] if item.editable else []), "[l]ater"]
    answer = _choose(f"  {disarm(printable(item.text))}\n  {', '.join(choices)}? ", choices, ask)
    if answer == "t":
        text = " ".join(ask("  New text: ").split())
        if text and text.isprintable():
            settled.edits.append(replace_value(item.span, text))
            typed = item.text.removesuffix(inner(item.span).text) + text
            settled.kept.add(_key_of(item) if item.day is not None else (item.kind, typed))
    return answer


def _choose(question: str, choices: list[str], ask: Ask) -> str:
    """Return the letter of a choice; `l` for an empty answer.

    An answer that is not a choice is asked again, twice at most; then the item is left for later.
    """
    words = [choice.replace("[", "").replace("]", "") for choice in choices]
    for _ in range(_TRIES):
        answer = ask(question).strip().lower()
        if not answer:
            return "l"
        if answer in words or (len(answer) == 1 and any(word.startswith(answer) for word in words)):
            return answer[0]
        question = f"  Type one of these letters, or nothing for later: {', '.join(choices)}? "
    return "l"

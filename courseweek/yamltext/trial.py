"""Fixes on trial: one is offered only if it was applied, and what came of it is what somebody could have meant.

YAML reads the changed lines, each known key is where it belongs, and no letter that was typed is lost.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from courseweek.diagnostics import Diagnostic, Edit, Source
from courseweek.regex import lazy_pattern
from courseweek.yamltext.draft import Draft
from courseweek.yamltext.grammar import Grammar
from courseweek.yamltext.lines import Line, lex_lines
from courseweek.yamltext.outline import find_misfits
from courseweek.yamltext.parse import find_fault

# What a fix may take away: the number of a list, a fence, the words of a link, a key that it writes in another way.
_MARK = lazy_pattern(r"^[ \t]*(?:\d{1,2}[.)]\s|[`~]{3}.*$|\[[^\]]*\](?=\(https?://))", re.MULTILINE)
_KEY = lazy_pattern(r"\b([a-z_]+):")
_INDENT = lazy_pattern(r"[ ]{2,}(?=[^\s-])")
_NEAR = 0.75
"""How near a key comes to a known one that is misspelled, which is reported on its own."""


def keep_good_fix(
    text: str, found: Diagnostic, grammar: Grammar, above: str = "", besides: Sequence[Edit] = ()
) -> Diagnostic:
    """Return the diagnostic, without its fix if that is not a good one.

    Its places are in `text`; `above` is what is above that in the file, `besides` are edits of other mistakes.
    """
    return found if not found.fix or is_good_fix(text, found.fix, grammar, above, besides) else replace(found, fix=())


def keep_good_fix_of(draft: Draft, found: Diagnostic) -> Diagnostic:
    """Return a diagnostic of a draft, with places of the file, without its fix if that is not a good one."""
    part = Source("", draft.source.text[draft.start : draft.end])

    def shift(edits: Sequence[Edit]) -> list[Edit]:
        begin = draft.start
        return [Edit(part.span(each.span.start - begin, each.span.end - begin), each.text) for each in edits]

    good = not found.fix or is_good_fix(part.text, shift(found.fix), draft.grammar, draft.above(), shift(draft.edits))
    return found if good else replace(found, fix=())


def is_good_fix(
    text: str, edits: Sequence[Edit], grammar: Grammar, above: str = "", besides: Sequence[Edit] = ()
) -> bool:
    """Return whether the edits of a text lead to one that YAML can read there, with known keys and every letter.

    `besides` are edits of other mistakes, with which the outcome is read.
    """
    edits = sorted(edits, key=_place_of)
    if any(second.span.start < first.span.end for first, second in pairwise(edits)) or _list_lost(edits, grammar):
        return False
    fixed, old, new = _apply(text, edits, besides)
    if not new.isdisjoint(_find_faulty(fixed)):
        return False
    if grammar.root.anything:
        return True
    return count_misfits(above, fixed, new, grammar) <= count_misfits(above, text, old, grammar)


def _list_lost(edits: Sequence[Edit], grammar: Grammar) -> Counter[str]:
    """Return the letters and digits that are no longer there, with how often."""
    before = _MARK.sub("", "\n".join(edit.span.text for edit in edits))
    before = _KEY.sub(lambda key: "" if key[1] in grammar.keys else key[0], before)
    after = Counter(filter(str.isalnum, "".join(edit.text for edit in edits)))
    return Counter(filter(str.isalnum, before)) - after


def _place_of(edit: Edit) -> tuple[int, int]:
    return edit.span.start, edit.span.end


def _apply(text: str, edits: Sequence[Edit], besides: Sequence[Edit]) -> tuple[str, set[int], set[int]]:
    """Return the text after all edits, and the numbers (from 0) of the lines of `edits`, before and after."""
    pieces: list[str] = []
    old: set[int] = set()
    new: set[int] = set()
    at, line, added = 0, 0, 0
    own = set(edits)
    for edit in sorted({*edits, *besides}, key=_place_of):
        if edit.span.start < at:
            continue
        line += text.count("\n", at, edit.span.start)
        pieces += [text[at : edit.span.start], edit.text]
        gone = edit.span.text.count("\n")
        if edit in own:
            old |= set(range(line, line + gone + 1))
            new |= set(range(line + added, line + added + edit.text.count("\n") + 1))
        line += gone
        added += edit.text.count("\n") - gone
        at = edit.span.end
    return "".join([*pieces, text[at:]]), old, new


def count_misfits(above: str, text: str, changed: set[int], grammar: Grammar) -> int:
    """Return how many of the changed lines of a text can't be where they are, less those with misspelled keys.

    `above` is what is above the text in the file, `changed` are the numbers of lines of the text.
    """
    ways = [text]
    lead = _INDENT.match(text)
    if lead is not None:  # the keys of an entry may be read without its dash
        ways.append(f"{text[: lead.end() - 2]}- {text[lead.end() :]}")
    return min(_count(above, way, changed, grammar) for way in ways)


def _count(above: str, text: str, changed: set[int], grammar: Grammar) -> int:
    from difflib import get_close_matches  # of a mistake alone

    first = above.count("\n")
    keys = _find_misplaced(above + text, frozenset(number + first for number in changed), grammar)
    return sum(key in grammar.keys or not get_close_matches(key, grammar.keys, 1, _NEAR) for key in keys)


def _find_misplaced(text: str, changed: frozenset[int], grammar: Grammar) -> list[str]:
    """Return the keys of the changed lines of a text that can't be where they are, "" for a line without one."""
    lines = _lex(text)
    # The walk takes an item for a text with a colon where it must; what a fix writes is a key.
    items = (number for number in changed if number < len(lines) and lines[number].dashes and lines[number].key)
    missed = _find_missed(text, frozenset(number for number in items if lines[number].value == "text"), grammar)
    return [lines[number].key or "" for number in sorted(missed & changed)]


# The fixes of one text are tried one after the other, most of them with the same outcome for the whole text.


@lru_cache(maxsize=2)
def _lex(text: str) -> list[Line]:
    return lex_lines(text)


@lru_cache(maxsize=2)
def _find_missed(text: str, keyed: frozenset[int], grammar: Grammar) -> frozenset[int]:
    """Return the lines of a text that can't be where they are; what is on `keyed` ones is a key for sure."""
    lines = [replace(line, value="quoted") if number in keyed else line for number, line in enumerate(_lex(text))]
    return frozenset(each.line for each in find_misfits(lines, grammar.root) if each.reason != "missing")


@lru_cache(maxsize=2)
def _find_faulty(text: str) -> frozenset[int]:
    """Return the numbers (from 0) of the lines of a text at which YAML can't read it."""
    source = Source("", text)
    places = find_fault(Draft(source, 0, len(text)))
    return frozenset(source.position(min(place, len(text)))[0] - 1 for place in places)

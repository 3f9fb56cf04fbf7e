"""Emphasis: what runs of `*`, `_` and `~` open and close (CommonMark 0.31, 6.2; GitHub Flavored Markdown, 6.5)."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from courseweek.render.markdown.pieces import Run

PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
"""The signs of ASCII that a backslash makes text."""


def read_flanks(text: str, at: int, end: int) -> tuple[bool, bool]:
    """Return whether the run of one sign between these places can open emphasis, and whether it can close it."""
    sign = text[at]
    first, last = at, end
    if sign != "~":  # which GitHub does not see beside the others
        while first and text[first - 1] == "~":
            first -= 1
        while text[last : last + 1] == "~":
            last += 1
    before, after = text[first - 1 : first] if first else "\n", text[last : last + 1] or "\n"
    space_before, space_after = before.isspace(), after.isspace()
    sign_before, sign_after = _is_punctuation(before), _is_punctuation(after)
    left = not space_after and (not sign_after or space_before or sign_before)
    right = not space_before and (not sign_before or space_after or sign_after)
    if sign == "_":
        return left and (not right or sign_before), right and (not left or sign_after)
    return left, right


def pair_runs(runs: Sequence[Run]) -> None:
    """Find for the runs of a stretch of text, in their order, what each opens and closes."""
    waiting: list[Run] = []  # that may open, innermost last
    bottoms: dict[tuple[str, bool, int], int] = {}
    for run in runs:
        while run.can_close and run.left:
            key = (run.sign, run.can_open, run.count % 3 if run.sign != "~" else run.count)
            place = _find_opener(run, waiting, bottoms.get(key, 0))
            if place is None:
                bottoms[key] = len(waiting)
                break
            opener = waiting[place]
            if run.sign == "~" and opener.count != run.count:  # which undoes all between them, as GitHub does
                del waiting[place:]
                run.can_open = False
                break
            del waiting[place + 1 :]
            used = run.left if run.sign == "~" else 2 if run.left >= 2 and opener.left >= 2 else 1
            opener.opens.append("del" if run.sign == "~" else "strong" if used == 2 else "em")
            opener.left -= used
            run.left -= used
            run.closes += 1
            if not opener.left:
                waiting.pop()
            bottoms = {key: min(bottom, len(waiting)) for key, bottom in bottoms.items()}
        if run.left and run.can_open:
            waiting.append(run)


def _find_opener(run: Run, waiting: list[Run], bottom: int) -> int | None:
    """Return the place of the nearest run that this one closes (CommonMark 0.31, 6.2, rules 9 and 10)."""
    for place in range(len(waiting) - 1, bottom - 1, -1):
        opener = waiting[place]
        if opener.sign != run.sign:
            continue
        if run.sign == "~":
            return place
        both_ways = opener.can_close or run.can_open
        if not both_ways or (opener.count + run.count) % 3 or not (opener.count % 3 or run.count % 3):
            return place
    return None


def _is_punctuation(character: str) -> bool:
    return character in PUNCTUATION if character < "\x80" else unicodedata.category(character)[0] == "P"

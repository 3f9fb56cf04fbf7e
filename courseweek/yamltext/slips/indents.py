"""Lines in the wrong column: a key or a dash too far in or out, alone or with all that belongs to it.

    wrong:   required:          right:   required:
                 - title: A                - title: A
               url: https://…                url: https://…

Every line near a misfit is moved to every column that the lines around it use, and the outcome is held to YAML and to
the grammar. The move that leaves the fewest misfits and changes least is what was meant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from courseweek.diagnostics import Diagnostic, Edit, Source, Span
from courseweek.frozen import dataclass
from courseweek.yamltext.grammar import Kind
from courseweek.yamltext.lines import Line, lex_lines
from courseweek.yamltext.outline import Misfit, Outline, Retrace, find_misfits, outline_lines

MOST_ABOVE = 14
"""Lines above a misfit that are tried."""
MOST_BELOW = 3
"""Lines below it that are tried."""
MOST_PARTS = 6
"""Keys at the end of an entry that are tried as not its own."""
MOST_AROUND = 150
"""Lines to either side that a move is held to."""
MOST_LINES = 6_000
"""Lines of a text in which moves are looked for."""
MOST_VISITS = 80_000
"""Lines that the search in one text looks at, counted once for each time."""
MOST_MOVES = 12
"""Moves that are found in one text."""

NEAR = 6
"""Lines to either side of a move: where a misfit is left in them, something else is its cause."""

_Columns = dict[tuple[bool, str | None], Counter[int]]
"""How often the lines with a key (None: without one), behind a dash or not, begin in which column."""


@dataclass(frozen=True, slots=True)
class Move:
    """Lines from number `first` up to `end` (from 0, exclusive) that belong `by` columns further in (or out).

    `in_text` says that they are lines of a text below `|`.
    """

    first: int
    end: int
    by: int
    sure: bool = True
    in_text: bool = False


def find_moves(text: str, root: Kind) -> list[tuple[Move, list[Line]]]:
    """Return the moves that make a text fit its grammar, each with the lines that it was found in.

    Each is to be applied to the outcome of the ones before it. None changes how many lines there are.
    """
    if text.count("\n") > MOST_LINES:
        return []
    lines = lex_lines(text)
    found: list[tuple[Move, list[Line]]] = []
    budget = MOST_VISITS
    passed: set[int] = set()
    misfits, usual = find_misfits(lines, root), _usual_columns(lines)
    while len(found) < MOST_MOVES and budget > 0:
        misfit = next((each for each in misfits if each.line not in passed and _may_be_moved(lines, each)), None)
        if misfit is None:
            break
        move, spent = _find_move(lines, misfit, usual, root, budget)
        budget -= spent
        if move is None:
            passed.add(misfit.line)
            continue
        found.append((move, lines))
        lines = apply_move(lines, move)
        misfits, usual = find_misfits(lines, root), _usual_columns(lines)
        budget -= len(lines)
    left = [each.line for each in find_misfits(lines, root) if each.reason == "place"] if found else []
    return [each for each in found if not any(each[0].first - NEAR <= line < each[0].end + NEAR for line in left)]


def _may_be_moved(lines: list[Line], misfit: Misfit) -> bool:
    """Return whether a move can be the remedy: not for a value, a missing key, or a line without key or dash."""
    if misfit.block is not None:
        return True
    return misfit.reason in ("place", "key") and _can_move(lines[misfit.line])


def apply_move(lines: Sequence[Line], move: Move) -> list[Line]:
    """Return the lines after a move."""
    return [*lines[: move.first], *_list_moved(lines, move), *lines[move.end :]]


def _list_moved(lines: Sequence[Line], move: Move) -> list[Line]:
    return [line if line.empty else line.moved(move.by) for line in lines[move.first : move.end]]


def _find_move(lines: list[Line], misfit: Misfit, usual: _Columns, root: Kind, budget: int) -> tuple[Move | None, int]:
    """Return the best move for a misfit, None if none helps, and how many lines were looked at."""
    low, high = _bound(lines, misfit.line)
    part, cut = lines[low:high], low > 0 or high < len(lines)
    retrace = Retrace(part, root, cut=cut)
    trials: list[tuple[int, int, Move]] = []
    spent = len(part)
    for first, end, units, in_text in _list_blocks(part, misfit, low):
        for column in _list_text_columns(part, first, misfit, low) if in_text else _list_columns(part, first, usual):
            by = column - part[first].first
            below = any(each.indent + by < 0 for each in part[first:end] if not each.empty)
            if by == 0 or below or _is_lone_dash(part[first:end]):
                continue
            if spent > budget:
                break
            move = Move(first, end, by, in_text=in_text)
            score, taken = retrace.count_with(_list_moved(part, move), first)
            spent += taken
            if score < retrace.count:
                outcome = outline_lines(apply_move(part, move), root, cut=cut)
                spent += len(part)
                if _is_believed(part, move, misfit, low, outcome, retrace.count - score, root):
                    trials.append((score, units, move))
    if not trials:
        return None, spent
    least = min(each[:2] for each in trials)
    ranked = []
    for score, units, move in trials:
        if (score, units) == least:
            moved = apply_move(part, move)
            odd = _count_odd(moved)
            count = sum(not each.empty for each in moved[move.first : move.end])
            ranked.append(((odd, count, abs(move.by)), move))
    ranked.sort(key=lambda each: each[0])
    rank, best = ranked[0]
    shape = _shape(apply_move(part, best))
    sure = all(_shape(apply_move(part, other)) == shape for each, other in ranked[1:] if each == rank)
    sure = sure and not _may_open_below(part, best)
    return Move(low + best.first, low + best.end, best.by, sure, best.in_text), spent


def _is_lone_dash(lines: Sequence[Line]) -> bool:
    """Return whether all that would be moved is a dash on a line of its own, whose entry is below it."""
    return len(lines) == 1 and lines[0].key is None and lines[0].opens


def _may_open_below(lines: list[Line], move: Move) -> bool:
    """Return whether an entry has an empty line above it and a key right below that may be meant as its owner."""
    if not lines[move.first].dashes or move.first == 0 or not lines[move.first - 1].empty or move.end >= len(lines):
        return False
    below = lines[move.end]
    return below.key is not None and below.opens and not below.dashes and below.indent < lines[move.first].indent


def _is_believed(
    lines: list[Line], move: Move, misfit: Misfit, low: int, outcome: Outline, gain: int, root: Kind
) -> bool:
    """Return whether a move puts its first line where it fits, and not only where any word or line would fit."""
    line, at = lines[move.first], misfit.line - low
    if any(each.line in (move.first, at) for each in outcome.misfits):
        return False
    if move.in_text:
        return move.first in outcome.swallowed
    if move.first in outcome.swallowed or (move.first in outcome.unjudged and not root.anything):
        return False
    if move.first not in outcome.chosen or line.dashes:
        return True
    group = next((each for each in outcome.groups if move.first in each), [])
    others = (number for number in group if not move.first <= number < move.end)
    beside = any(lines[number].opens == line.opens for number in others)
    if line.value == "text" or (misfit.reason == "place" and beside):
        return beside
    if not line.opens or (move.first == at and gain > 1):
        return True
    below = next((number for number in range(move.first + 1, len(lines)) if _can_move(lines[number])), None)
    if below is None or lines[below].key is None or lines[below].dashes or below in outcome.chosen:
        return False
    by = move.by if below < move.end else 0
    return lines[below].first + by > line.first + move.by


def _bound(lines: list[Line], number: int) -> tuple[int, int]:
    """Return the lines that a move near this one is held to: whole entries at the margin."""
    low = max(0, number - MOST_AROUND)
    while low > 0 and number - low < 2 * MOST_AROUND and not _is_at_margin(lines[low]):
        low -= 1
    high = min(len(lines), number + MOST_AROUND)
    while high < len(lines) and high - number < 2 * MOST_AROUND and not _is_at_margin(lines[high]):
        high += 1
    return low, high


def _is_at_margin(line: Line) -> bool:
    return line.key is not None and line.indent == 0 and not line.dashes and not line.inside


def _list_blocks(lines: list[Line], misfit: Misfit, low: int) -> Iterator[tuple[int, int, int, bool]]:
    """Yield what may have to be moved: its first line and its end, how many moves that is to a person, in a text."""
    at = misfit.line - low
    if misfit.block is not None:
        for first in (at, misfit.block - low):
            yield first, first + 1, 1, True
            end = next(
                (each for each in range(first + 1, len(lines)) if _ends_text(lines[each], lines[first])), len(lines)
            )
            if end > first + 1:
                yield first, end, 2, True
        owners = [number for number in range(misfit.block - low) if lines[number].value == "block"]
        for owner in owners[-1:]:
            yield owner, owner + 1, 1, False
        return
    above = islice((number for number in range(at, -1, -1) if _can_move(lines[number])), MOST_ABOVE + 1)
    below = islice((number for number in range(at + 1, len(lines)) if _can_move(lines[number])), MOST_BELOW)
    around = [each - low for each in misfit.around if 0 <= each - low < len(lines) and _can_move(lines[each - low])]
    for first in dict.fromkeys([*above, *below, *around]):
        yield first, first + 1, 1, False
        end = _end_of_block(lines, first)
        yield from ((first, each, 1, False) for each in _list_ends(lines, first, end))
        last = _find_last_sibling(lines, first, end)
        if last is not None:
            yield from ((first, each, 2, False) for each in _list_ends(lines, last, _end_of_block(lines, last)))


def _list_ends(lines: list[Line], first: int, end: int) -> list[int]:
    """Return where the lines may end that are moved with this one: all that belong to it by their indents, or fewer.

    Keys in the column of an entry's first key may belong to what is around its list.
    """
    ends = [end] if end > first + 1 else []
    if lines[first].dashes:
        own = [at for at in range(first + 1, end) if lines[at].key and lines[at].first == lines[first].column]
        ends += own[-MOST_PARTS:]
    return ends or [first + 1]


def _ends_text(line: Line, first: Line) -> bool:
    """Return whether a line is no more of a text below `|` that begins with this first line."""
    return not line.empty and (line.indent < first.indent or (line.key is not None and not line.dashes))


def _can_move(line: Line) -> bool:
    return not line.empty and not line.inside and (bool(line.dashes) or line.key is not None)


def _end_of_block(lines: list[Line], first: int) -> int:
    """Return where the lines end that belong to this one by their indents.

    Those of an entry are at least as far in as its first key; a dash right there begins another entry.
    """
    least = lines[first].column if lines[first].dashes else lines[first].indent + 1
    last = first + 1
    opened = lines[first].opens
    for end in range(first + 1, len(lines)):
        line = lines[end]
        if line.empty:
            continue
        if not line.inside:
            beside = line.dashes and lines[first].dashes and line.indent == least and not opened
            if line.indent < least or beside:
                break
            opened = line.opens
        last = end + 1
    return last


def _find_last_sibling(lines: list[Line], first: int, end: int) -> int | None:
    """Return the last of the entries that follow this one in the same column; None where none follows."""
    start, last = end, None
    while start < len(lines):
        at = next((number for number in range(start, len(lines)) if not lines[number].empty), len(lines))
        if at == len(lines) or lines[at].indent != lines[first].indent:
            break
        if bool(lines[at].dashes) != bool(lines[first].dashes):
            break
        start, last = _end_of_block(lines, at), at
    return last


def _usual_columns(lines: list[Line]) -> _Columns:
    """Return in which columns the lines of one kind begin: those with this key, with a dash or without."""
    usual: _Columns = {}
    for line in lines:
        if _can_move(line):
            usual.setdefault((bool(line.dashes), line.key), Counter())[line.first] += 1
            if line.dashes:
                usual.setdefault((True, ""), Counter())[line.first] += 1
    return usual


def _list_text_columns(lines: list[Line], first: int, misfit: Misfit, low: int) -> list[int]:
    """Return the columns in which a line of a text below `|` could belong."""
    owner = next((each for each in reversed(lines[:first]) if each.value == "block"), None)
    numbers = [misfit.line if misfit.block is None else misfit.block, misfit.line]
    below = next((each.first for each in lines[first + 1 :] if not each.empty), 0)
    return [*(lines[each - low].first for each in numbers), *([] if owner is None else [owner.column + 2]), below]


def _list_columns(lines: list[Line], first: int, usual: _Columns) -> list[int]:
    """Return the columns in which a line could belong: those of the lines around it, and of others like it."""
    line = lines[first]
    found: dict[int, None] = {}
    written = [each for each in lines[max(0, first - 60) : first] if _can_move(each)][-30:]
    written += [each for each in lines[first + 1 : first + 40] if _can_move(each)][:12]
    for each in reversed(written):
        inner = each.column + 1 if each.key is None and each.opens else each.column
        for column in (*each.dashes, inner, inner + 2 if each.key and each.opens else inner):
            found.setdefault(column)
    for column, _ in usual.get((bool(line.dashes), line.key), Counter()).most_common(3):
        found.setdefault(column)
    found.setdefault(0)
    return list(found)[:16]


def _parents(lines: list[Line]) -> Iterator[tuple[int, int, tuple[bool, bool], int]]:
    """Yield the number of each line, that of the line it is under, what both begin with, and how far in it is."""
    stack: list[tuple[int, int, bool]] = []
    for number, line in enumerate(lines):
        if not _can_move(line):
            continue
        dashed = bool(line.dashes)
        # A list may be in the column of the key that it is under (YAML 1.2.2, section 8.2.2).
        while stack and (stack[-1][0] > line.first or (stack[-1][0] == line.first and (stack[-1][2] or not dashed))):
            stack.pop()
        if stack:
            yield number, stack[-1][1], (dashed, stack[-1][2]), line.first - stack[-1][0]
        else:
            yield number, -1, (dashed, False), line.first
        stack += [(column, number, True) for column in line.dashes]
        if line.key is not None:
            stack.append((line.column, number, False))


def _shape(lines: list[Line]) -> list[tuple[int, int]]:
    """Return, for each line, the number of the line that it is under."""
    return [(number, parent) for number, parent, _, _ in _parents(lines)]


def _count_odd(lines: list[Line]) -> int:
    """Return how many lines are not as far in under their parent as most others of their kind are."""
    counts: dict[tuple[bool, bool], Counter[int]] = {}
    for _, parent, kind, offset in _parents(lines):
        counts.setdefault(kind if parent >= 0 else (False, False), Counter())[
            offset if parent >= 0 else offset + 2
        ] += 1
    return sum(sum(each.values()) - max(each.values()) for each in counts.values())


def explain_moves(source: Source, root: Kind) -> list[tuple[Diagnostic, tuple[Edit, ...]]]:
    """Return an error for each line in the wrong column, and the edits with which the rest of the text can be read.

    They are the fix of the error as well, unless other moves would do as well. Places are in `source`.
    """
    lines = lex_lines(source.text)
    found: list[tuple[Diagnostic, tuple[Edit, ...]]] = []
    touched: set[int] = set()
    for move, before in find_moves(source.text, root):
        numbers = {number for number in range(move.first, move.end) if not lines[number].empty}
        if numbers & touched:
            break
        touched |= numbers
        found.append(_explain(source, lines, before, move))
    return found


def _explain(source: Source, lines: list[Line], before: list[Line], move: Move) -> tuple[Diagnostic, tuple[Edit, ...]]:
    line, after = lines[move.first], apply_move(before, move)
    here, wanted = f"column {line.first + 1}", f"column {after[move.first].first + 1}"
    beside = None if move.in_text else _find_beside(after, move)
    above = _find_above(after, move)
    owner = "the `-` above" if above is not None and lines[above].key is None else None
    owner = f"`{lines[above].key}:`" if above is not None and owner is None else owner
    if move.in_text:
        message = f"this line is in {here}, and the text below `|` is in {wanted}"
    elif line.dashes:
        message = f"this `-` is in {here}, and the others of its list are in {wanted}"
        if beside is None:
            message = f"this `-` is in {here}, and {f'the list of {owner} begins' if owner else 'belongs'} in {wanted}"
    else:
        message = f"`{line.key}` is in {here}, and the keys beside it are in {wanted}"
        if beside is None:
            message = f"`{line.key}` is in {here}, and belongs {f'under {owner} ' if owner else ''}in {wanted}"
    moved = [each for each in lines[move.first : move.end] if not each.empty]
    more = len(moved) - 1
    help = f"begin it in {wanted}: {say_spaces(move.by)} before it"
    help += ", and before the line below it" if more == 1 else f", and before the {more} lines below it" if more else ""
    other = None
    if beside is not None:
        place = _head_of(source, lines[beside], key=not line.dashes)
        other = (place, "one of the others is here" if line.dashes else "one of them is here")
    if _may_open_below(before, move):
        help += f"; if it belongs to `{lines[move.end].key}:`, move it below that line"
    edits = tuple(
        Edit(source.span(each.begin, each.begin + each.indent), " " * (each.indent + move.by)) for each in moved
    )
    fix = edits if move.sure else ()
    return Diagnostic("error", "indent", message, _head_of(source, line, whole=move.in_text), help, other, fix), edits


def _head_of(source: Source, line: Line, *, key: bool = False, whole: bool = False) -> Span:
    """Return the place of a line's dash or key, or of all of it where it has none; with `key` never of the dash."""
    start = line.begin + (line.column if key else line.first)
    if whole:
        return source.span(start, line.begin + len(line.text))
    end = (
        start + 1
        if line.dashes and not key
        else start + len(line.key)
        if line.key is not None
        else line.begin + len(line.text)
    )
    return source.span(start, end)


def say_spaces(by: int) -> str:
    """Return how many spaces are added, or removed where the number is negative."""
    count = abs(by)
    return f"{'add' if by > 0 else 'remove'} {count} space{'' if count == 1 else 's'}"


def _find_beside(lines: list[Line], move: Move) -> int | None:
    """Return the number of a line above, or else below, that is in the same list or mapping as the moved line."""
    parents = {number: (parent, kind[0]) for number, parent, kind, _ in _parents(lines)}
    mine = parents.get(move.first)
    if mine is None:
        return None
    first = lines[mine[0]]
    if mine[0] >= 0 and first.key is not None and first.column == lines[move.first].first:
        return mine[0]  # the first key of its entry, behind the dash
    outside = [number for number in parents if not move.first <= number < move.end]
    alike = [number for number in outside if parents[number] == mine and lines[number].first == lines[move.first].first]
    above = [number for number in alike if number < move.first]
    return above[-1] if above else alike[0] if alike else None


def _find_above(lines: list[Line], move: Move) -> int | None:
    """Return the number of the line that the first line of a move is under; None for the margin."""
    parent = next((parent for number, parent, _, _ in _parents(lines) if number == move.first), -1)
    return parent if parent >= 0 else None

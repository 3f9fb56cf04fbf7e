"""What the lines of a YAML text come to by their indents, and where that does not fit YAML or the grammar.

This walks over lexed lines as a parser would over their first characters (YAML 1.2.2, chapter 8) and goes on after
each misfit, so that two versions of a text can be compared: the better one has fewer misfits. It judges what a line
may be at its column, and leaves what is inside quotes and brackets to the parser.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from typing import Literal

from courseweek.frozen import dataclass
from courseweek.regex import lazy_pattern
from courseweek.yamltext.grammar import ANYTHING, Keys, Kind
from courseweek.yamltext.lines import Line

_FLOW = lazy_pattern(r"\"[^\"]*\"|(?<=[ \[{,])'[^']*'|[\[{\]}]|(?<=[{, ])(?P<key>[A-Za-z_][\w-]*):(?=[ ])")


Reason = Literal["place", "key", "value", "missing"]


@dataclass(frozen=True, slots=True)
class Misfit:
    """A line that can't be where it is: its number from 0, and the numbers of the lines that it was held to.

    `reason` is what does not fit: its place, its key, or the value behind that; or a key is missing from its mapping.
    `block` is the number of the first line of the block text (`|`) that the line interrupts or leaves, if it does; its
    own number where it should begin one.
    """

    line: int
    around: tuple[int, ...]
    reason: Reason
    block: int | None = None


@dataclass(slots=True)
class _Level:
    """A list or mapping to which further lines may belong.

    `state` is what its last entry may still take: a value below it, more lines of its text, or nothing.
    """

    column: int
    mapping: bool
    line: int
    kind: Kind
    alternatives: list[Keys] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    last: int = 0
    inner: Kind = ANYTHING
    state: str = "closed"
    unsure: bool = False
    free: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _State:
    """What a walk knows before a line: all that the lines from there on depend on.

    `block` is the column of the key whose text below `|` may go on, `first` the number of the first line of that text
    and `indent` that line's indent, and `inside` whether the text has begun. `count` is the number of misfits so far.
    """

    stack: list[_Level]
    block: int | None
    first: int | None
    indent: int
    inside: bool
    count: int


def _copy_level(level: _Level) -> _Level:
    """Return a level that changes on its own."""
    return _Level(
        level.column,
        level.mapping,
        level.line,
        level.kind,
        level.alternatives,
        level.seen.copy(),
        level.last,
        level.inner,
        level.state,
        level.unsure,
    )


def _are_alike(one: _Level, other: _Level) -> bool:
    """Return whether further lines fit one of these levels as they fit the other."""
    return (
        one.column == other.column
        and one.mapping == other.mapping
        and one.state == other.state
        and one.unsure == other.unsure
        and one.kind is other.kind
        and one.inner is other.inner
        and one.alternatives == other.alternatives
        and one.seen == other.seen
    )


class _Walk:
    """One walk over the lines of a text, or with `cut` over some of them, which may lack keys at the margin."""

    def __init__(self, root: Kind, *, cut: bool = False) -> None:
        self.cut = cut
        self.misfits: list[Misfit] = []
        self.stack: list[_Level] = [_Level(-1, True, 0, root, inner=root, state="open")]
        self.block: int | None = None
        self.first: int | None = None  # of the lines below a `|`
        self.indent = 0
        self.inside = False
        self.number = 0
        self.ended: list[_Level] = []
        self.chosen: set[int] = set()
        self.groups: list[list[int]] = []
        self.swallowed: set[int] = set()
        self.unjudged: set[int] = set()
        self.misplaced = False
        self.worded = False

    def save(self) -> _State:
        """Return the state of the walk before its next line."""
        stack = [_copy_level(each) for each in self.stack]
        return _State(stack, self.block, self.first, self.indent, self.inside, len(self.misfits))

    def resume(self, state: _State) -> None:
        """Go on from a state, with no misfits yet."""
        self.stack = [_copy_level(each) for each in state.stack]
        self.block, self.first, self.indent, self.inside = state.block, state.first, state.indent, state.inside
        self.misfits.clear()

    def is_at(self, state: _State) -> bool:
        """Return whether the lines from here on have the misfits that they have after that state."""
        block = (self.block, self.inside, self.first is None, self.first is not None and self.indent)
        other = (state.block, state.inside, state.first is None, state.first is not None and state.indent)
        return (
            len(self.stack) == len(state.stack)
            and block == other
            and all(
                _are_alike(mine, its) for mine, its in zip(reversed(self.stack), reversed(state.stack), strict=True)
            )
        )

    def end(self) -> None:
        """Close all that is open."""
        while len(self.stack) > 1:
            self.close()

    def step(self, line: Line, number: int) -> None:
        """Go over one line, unless it is empty or inside of a quoted text."""
        if self.block is not None and line.indent > self.block:
            if self.first is None:
                self.first, self.indent = number, line.indent
            self.inside = True
            self.swallowed.add(number)
            if line.indent < self.indent:
                beside = self.is_beside(line)
                around = (self.first, self.stack[-1].last) if beside else (self.first,)
                self.misfits.append(Misfit(number, around, "place", None if beside else self.first))
            return
        right_below, self.block = self.block is not None and not self.inside, None
        before = len(self.misfits)
        self.take(line, number)
        if len(self.misfits) > before and (right_below or (self.inside and line.key is None)):
            block = number if right_below else self.first
            self.misfits[before:] = [replace(self.misfits[before], block=block)]
        if line.value == "block" or line.key is not None or line.dashes:
            self.first, self.inside = None, False
        if line.value == "block":
            self.block = self.stack[-1].column

    def is_beside(self, line: Line) -> bool:
        """Return whether a line that leaves a text is a key that is missing beside the key of the text."""
        node, key = self.stack[-1], line.key
        named = any(key in keys.named for keys in node.alternatives)
        return key is not None and not line.dashes and named and key not in node.seen

    def miss(self, reason: Reason = "place") -> None:
        nodes = [*self.stack[1:], *self.ended]
        around = tuple(dict.fromkeys(each for node in nodes for each in (node.line, node.last)))
        self.misfits.append(Misfit(self.number, around, reason))

    def close(self) -> None:
        node = self.stack.pop()
        if node.free:
            self.groups.append(node.free)
        if not node.mapping or node.unsure or not node.alternatives:
            return
        if all(keys.required - node.seen for keys in node.alternatives):
            self.misfits.append(Misfit(node.line, (node.last,), "missing"))

    def take(self, line: Line, number: int) -> None:
        """Put one line where it belongs."""
        self.number = number
        self.misplaced = False
        self.worded = bool(line.dashes) and line.value == "text"
        self.ended = []
        while len(self.stack) > 1 and self.stack[-1].column > line.first:
            self.ended.append(self.stack[-1])
            self.close()
        if not line.dashes and line.key is None:
            self.take_text(line)
            return
        for place, dash in enumerate(line.dashes):
            self.take_dash(dash, first=place == 0)
        if line.key is not None:
            self.take_key(line.key, line.column, first=not line.dashes)
        node = self.stack[-1]
        node.last = number
        if node.kind.anything:
            self.unjudged.add(number)
        if number in self.chosen and not self.misplaced:
            node.free.append(number)
        if line.value == "none":
            node.state = "open"
            return
        node.state = "text" if line.value == "text" else "closed"
        if line.key is None and self.is_name(line.written):
            self.miss()  # the name of a list, written as an item
        self.judge(node.inner, line)

    def is_name(self, text: str) -> bool:
        """Return whether a text is the key of a mapping around it, or of one that could be in place of its list."""
        around = (keys for each in self.stack for keys in each.alternatives)
        return any(text in keys.named for keys in (*around, *(self.stack[-1].kind.keys if self.stack else ())))

    def judge(self, kind: Kind, line: Line) -> None:
        """Hold a value on the line of its key to what it may be."""
        fits = {
            "flow mapping": _takes_flow(kind, line.written),
            "flow list": kind.items is not None,
        }.get(line.value, kind.text)
        if not fits:
            self.miss("value")

    def take_text(self, line: Line) -> None:
        """Take a line without a key: more of the text above it, or the value of the key above it."""
        node = self.stack[-1]
        if node.state == "open" and line.column > node.column:
            node.state = "text" if line.value == "text" else "closed"
            self.judge(node.inner, line)
        elif node.state != "text" or line.column <= node.column:
            self.miss()
        node.last = self.number

    def take_dash(self, column: int, *, first: bool) -> None:
        node = self.stack[-1]
        if not node.mapping and node.column == column and first:
            pass
        elif node.state == "open" and (column > node.column or (node.mapping and column == node.column)):
            self.begin(column, node, mapping=False)
        else:
            self.miss()
            self.recover(column, mapping=False)
        node = self.stack[-1]
        node.inner = node.kind.items or ANYTHING
        node.state, node.last = "open", self.number

    def take_key(self, key: str, column: int, *, first: bool) -> None:
        node = self.stack[-1]
        if not node.mapping and node.column == column and self.stack[-2].mapping and self.stack[-2].column == column:
            self.close()
            node = self.stack[-1]
        if node.mapping and node.column == column and first:
            pass
        elif node.state == "open" and column > node.column:
            self.begin(column, node, mapping=True)
        else:
            self.miss()
            self.recover(column, mapping=True)
        self.name(self.stack[-1], key)

    def begin(self, column: int, owner: _Level, *, mapping: bool) -> None:
        """Begin a list or a mapping as the value of the last entry of `owner`."""
        kind = owner.inner
        owner.state = "closed"
        owner.last = self.number
        fits = bool(kind.keys) if mapping else kind.items is not None
        node = _Level(column, mapping, self.number, kind if fits else ANYTHING, last=self.number)
        node.unsure = not fits or (self.cut and owner is self.stack[0])
        node.alternatives = list(node.kind.keys) if mapping else []
        self.stack.append(node)
        if not fits:
            self.miss("key")

    def recover(self, column: int, *, mapping: bool) -> None:
        """After a misfit go on in the list or mapping that is nearest by its column."""
        self.misplaced = True
        fit = [each for each in self.stack[1:] if each.mapping == mapping]
        if not fit:
            self.stack.append(_Level(column, mapping, self.number, ANYTHING, list(ANYTHING.keys), last=self.number))
            return
        nearest = min(reversed(fit), key=lambda each: abs(each.column - column))
        while self.stack[-1] is not nearest:
            self.close()
        nearest.unsure = True

    def name(self, node: _Level, key: str) -> None:
        """Take a key of a mapping."""
        if key in node.seen:
            self.miss("key")
        node.seen.add(key)
        named = [keys for keys in node.alternatives if key in keys.named]
        free = [keys for keys in node.alternatives if keys.free is not None and key not in keys.reserved]
        if named:
            node.alternatives, node.inner = named, _join([keys.named[key] for keys in named])
        elif free and not self.is_taken(key, node):
            node.alternatives, node.inner = free, _join([keys.free for keys in free if keys.free is not None])
            if not node.kind.anything:
                self.chosen.add(self.number)
        else:
            if not (
                self.worded and node.kind.text and node.line == self.number
            ):  # else an item that is a text with a colon
                self.miss("key")
            node.inner, node.unsure = ANYTHING, True
        node.last = self.number

    def is_taken(self, key: str, node: _Level) -> bool:
        """Return whether a key that the author may choose is one of a mapping around or right below this one."""
        if node.kind.anything:
            return False
        above = (each for each in self.stack if each is not node)
        around = any(key in keys.named for each in above for keys in each.alternatives)
        return around or any(
            key in below.named for keys in node.alternatives if keys.free is not None for below in keys.free.keys
        )


def _takes_flow(kind: Kind, written: str) -> bool:
    """Return whether a mapping between braces may be a value of this kind, by its own keys."""
    if kind.anything or not kind.keys:
        return kind.anything
    names = set(_list_flow_keys(written))
    return any(keys.free is not None or names <= keys.named.keys() for keys in kind.keys)


def _list_flow_keys(written: str) -> Iterator[str]:
    """Yield the keys of a mapping between braces, not those of what is inside it."""
    depth = 0
    for match in _FLOW.finditer(written):
        if match["key"] and depth == 1:
            yield match["key"]
        depth += (match[0] in ("[", "{")) - (match[0] in ("]", "}"))


def _join(kinds: list[Kind]) -> Kind:
    return kinds[0] if len(kinds) == 1 else Kind.of(kinds)


@dataclass(frozen=True, slots=True)
class Outline:
    """What a walk came to.

    `chosen` are the lines whose keys were taken for ones that the author may choose; `groups` are the same, by the
    mapping that they are in. `swallowed` are the lines of block texts, `unjudged` are
    those in a list or mapping of which the grammar says nothing.
    """

    misfits: list[Misfit]
    chosen: set[int]
    groups: list[list[int]]
    swallowed: set[int]
    unjudged: set[int]


def find_misfits(lines: Sequence[Line], root: Kind) -> list[Misfit]:
    """Return the lines that can't be where they are, in the order of their finding, up to a limit."""
    return outline_lines(lines, root).misfits


def outline_lines(lines: Sequence[Line], root: Kind, most: int = 1_000, *, cut: bool = False) -> Outline:
    """Walk over the lines, all of a text or `cut` from it, and return what they come to.

    The walk ends after a number of misfits.
    """
    walk = _Walk(root, cut=cut)
    for number, line in enumerate(lines):
        if line.empty or line.inside:
            continue
        walk.step(line, number)
        if len(walk.misfits) > most:
            break
    walk.end()
    return Outline(walk.misfits, walk.chosen, walk.groups, walk.swallowed, walk.unjudged)


class Retrace:
    """A walk over lines that is taken again from a line that has changed, up to where it goes on as before."""

    def __init__(self, lines: Sequence[Line], root: Kind, *, cut: bool = False) -> None:
        """Walk over the lines, all of a text or `cut` from it, for the first time."""
        self._lines = lines
        self._root = root
        self._cut = cut
        self._states: dict[int, _State] = {}
        walk = _Walk(root, cut=cut)
        for number, line in enumerate(lines):
            if not (line.empty or line.inside):
                self._states[number] = walk.save()
                walk.step(line, number)
        walk.end()
        self.count = len(walk.misfits)
        """The number of misfits in the lines as they are."""

    def count_with(self, changed: Sequence[Line], start: int) -> tuple[int, int]:
        """Return how many misfits there are with other lines from number `start` on, and how many lines that took.

        The lines are as many as they were. Of outcomes worse than that of the lines as they are, the count is too low.
        """
        walk = _Walk(self._root, cut=self._cut)
        begin = self._states[start]
        walk.resume(begin)
        end = start + len(changed)
        taken = 0
        for number in range(start, len(self._lines)):
            line = changed[number - start] if number < end else self._lines[number]
            if line.empty or line.inside:
                continue
            if number >= end and walk.is_at(self._states[number]):
                return begin.count + len(walk.misfits) + self.count - self._states[number].count, taken
            walk.step(line, number)
            taken += 1
            if begin.count + len(walk.misfits) > self.count:
                break
        walk.end()
        return begin.count + len(walk.misfits), taken

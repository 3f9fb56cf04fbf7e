"""A file's YAML as a tree, read part by part where it must be.

What can't be read is reported once, at its place. If its remedy is sure, the reading goes on as if it had been fixed.
If not, the smallest entry that holds it is left out: the file falls into entries by its indents, and each is read
by itself. What was left out is marked in the tree, so that nothing is said of what may are there.
"""

from __future__ import annotations

import re
from dataclasses import replace

from courseweek.diagnostics import Diagnostic, Diagnostics, Edit, Source
from courseweek.frozen import dataclass
from courseweek.yamltext.complaint import Complaint
from courseweek.yamltext.draft import Draft
from courseweek.yamltext.entries import Piece, split_draft
from courseweek.yamltext.grammar import NO_GRAMMAR, Grammar
from courseweek.yamltext.parse import MOST_NODES, Parsed, join_entries, parse_draft
from courseweek.yamltext.slips.scan import find_slips
from courseweek.yamltext.tree import Mapping, Node, Scalar, Sequence

MOST_LINES = 50_000
"""Lines of YAML in one file: more are refused, however little is in them."""
MOST_FAULTS = 20
"""The number of faults after which the rest of a file is not read."""
DEEPEST_PIECE = 12
"""Entries inside each other in which a fault is looked for."""
LONGEST_FIXED = 20_000
"""Characters in an entry that is read again after it was fixed."""
LONGEST_WHOLE = 100_000
"""Characters in a file that is read again as a whole after a line of it was put right."""
MOST_FIXED = 8
"""How often one entry is fixed and read again."""


def read_again(
    source: Source,
    found: Diagnostics,
    start: int,
    end: int,
    grammar: Grammar = NO_GRAMMAR,
    *,
    doubtful: bool = False,
) -> tuple[Node | None, bool]:
    """Return the tree of the YAML between two indices, None if it is empty or nothing could be read.

    All faults are reported; what could not be read is marked in the tree. The second value says that the text is
    in the tree as it was written, and that nothing was put right on the way. `grammar` says what the text may
    hold; with `doubtful` it is held to that even where it can be read.
    """
    draft = Draft(source, start, end, grammar=grammar)
    if draft.text.count("\n") > MOST_LINES:
        message = f"more than {MOST_LINES:,} lines are too many"
        found.error("too-many", message, source.span(start, start + 1))
        return None, False
    reading = _Recovery(found)
    as_written = draft
    pasted = grammar.find_pasted(draft.as_source())
    for paste in pasted:
        reading.report(draft.settle(paste.diagnostic))
    if pasted:
        draft = draft.fix(draft.settle_edits(edit for paste in pasted for edit in paste.edits)) or draft
    prepared = draft
    if "|" in draft.text or ">" in draft.text:
        # What a text below `|` holds looks like slips once a line of it has left it.
        prepared = _align(draft, reading, grammar, doubtful=doubtful, whole=True)
    slips = find_slips(prepared.text, grammar)
    reported = [prepared.settle(slip) for slip in slips.reported]
    for slip in reported:
        reading.report(slip)
    prepared = _fix_draft(
        prepared, [*(edit for slip in reported for edit in slip.fix), *prepared.settle_edits(slips.cuts)]
    )
    prepared = _align(prepared, reading, grammar, doubtful=doubtful)
    tree = reading.read(prepared, 0)
    if (slips.partial or pasted) and isinstance(tree, Mapping):
        tree = replace(tree, lost=tree.lost | {""})
    return tree, prepared is as_written and not slips.partial


def _align(draft: Draft, reading: _Recovery, grammar: Grammar, *, doubtful: bool, whole: bool = False) -> Draft:
    """Return the draft with each line in its column, and report those that are not.

    With `whole` only if YAML can read all of it then.
    """
    if not doubtful and reading.parse(draft).fault is None:
        return draft
    if grammar.root.anything:
        return draft
    from courseweek.yamltext.slips.indents import explain_moves

    aligned, reports = draft, []
    for reported, edits in explain_moves(draft.as_source(), grammar.root):
        again = aligned.fix(draft.settle_edits(edits))
        if again is None:
            continue
        fault = parse_draft(again).fault
        lines = {each.span.line for each in draft.settle_edits(edits)}
        if fault is not None and fault.span.line in lines:
            continue
        reports.append(draft.settle(reported))
        aligned = again
    if whole and parse_draft(aligned).fault is not None:
        return draft
    for each in reports:
        reading.report(each)
    return aligned


def _fix_draft(draft: Draft, edits: list[Edit]) -> Draft:
    """Return the draft with the edits, less those that touch what another one has changed."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.span.start, edit.span.end)):
        if not kept or edit.span.start >= max(kept[-1].span.end, kept[-1].span.start + 1):
            kept.append(edit)
    return draft.fix(kept) or draft if kept else draft


@dataclass(slots=True)
class _Lost:
    """What is in the place of an entry that could not be read."""


_LOST = _Lost()
_FAULTS = frozenset({"indent", "indent-character", "duplicate-key"})
"""What is read on from and is a fault of the YAML all the same."""


class _Recovery:
    """Reads one file, part by part where it must."""

    def __init__(self, found: Diagnostics) -> None:
        self.found = found
        self.faults = 0
        self.nodes = 0
        self.shifted = False
        self._parsed: tuple[Draft, int, Parsed] | None = None

    def parse(self, draft: Draft) -> Parsed:
        """Return what a draft comes to; one that is asked for again at once is parsed only once."""
        most = MOST_NODES - self.nodes
        last = self._parsed
        if last is None or last[0] is not draft or last[1] != most:
            self._parsed = last = (draft, most, parse_draft(draft, most))
        return last[2]

    def report(self, fault: Diagnostic) -> None:
        """Explain a fault, and of the last one that is reported that it is."""
        self.faults += fault.severity == "error"
        self.shifted = fault.name == "indent"
        if self.faults == MOST_FAULTS + 1:
            message = f"this file has more than {MOST_FAULTS} mistakes, and the rest of it is not read"
            self.found.error("too-many-faults", message, fault.span, help="fix the ones before it first")
        elif self.faults <= MOST_FAULTS:
            self.found.add(fault)

    @property
    def tired(self) -> bool:
        """Whether no more is read."""
        return self.faults > MOST_FAULTS

    def read(self, draft: Draft, depth: int) -> Node | None:
        """Return what can be read of a whole draft."""
        node = self.read_part(draft, depth)
        return None if isinstance(node, _Lost) else node

    def read_part(self, draft: Draft, depth: int, fixed: int = 0) -> Node | _Lost | None:
        if self.tired:
            return _LOST
        parsed = self.parse(draft)
        if parsed.fault is None:
            self.accept(parsed)
            return parsed.root
        longest = LONGEST_FIXED if depth else LONGEST_WHOLE
        of_lines = _is_of_lines(parsed.fault) and fixed < MOST_FIXED and len(draft.text) <= longest
        if not parsed.final and depth < DEEPEST_PIECE and not of_lines:
            pieces = split_draft(draft.text)
            if pieces:
                return self.read_pieces(draft, pieces, parsed.fault, depth)
        self.report(parsed.fault)
        again = draft.fix(parsed.fault.fix) if parsed.fault.fix else None
        if again is None or again.text == draft.text or fixed >= MOST_FIXED or len(draft.text) > longest:
            # What only seems to continue the text above does so because of the fault.
            for each in parsed.reported:
                if each.name != "indent":
                    self.found.add(each)
            return _LOST
        return self.read_part(again, depth, fixed + 1)

    def accept(self, parsed: Parsed) -> None:
        self.nodes += parsed.nodes
        for each in parsed.reported:
            if each.severity == "error" and each.name in _FAULTS:
                self.report(each)
            else:
                self.found.add(each)

    def read_pieces(self, draft: Draft, pieces: list[Piece], fault: Diagnostic, depth: int) -> Node | _Lost:
        """Read each entry of a list or mapping by itself, and put together what can be read."""
        before = self.faults
        if pieces[0].dash:
            node: Node | _Lost = self.read_items(draft, pieces, depth)
        else:
            node = self.read_entries(draft, pieces, depth)
        if self.faults == before:  # each by itself is right: the fault lies between them
            self.report(fault)
        return node

    def read_items(self, draft: Draft, pieces: list[Piece], depth: int) -> Node | _Lost:
        items: list[Node] = []
        whole = True
        for piece in pieces:
            part = draft.part(piece.start, piece.end)
            node = self.read_part(part, depth + 1) if len(pieces) > 1 else self.read_item(part, depth)
            if isinstance(node, Sequence):
                items += node.items
                whole = whole and node.whole
            elif node is not None:
                whole = False
        span = draft.span(pieces[0].start, pieces[-1].end)
        return Sequence(tuple(items), span, whole) if items or whole else _LOST

    def read_entries(self, draft: Draft, pieces: list[Piece], depth: int) -> Node | _Lost:
        pairs: list[tuple[Scalar, Node]] = []
        lost: set[str] = set()
        for piece in pieces:
            part = draft.part(piece.start, piece.end)
            alone = len(pieces) == 1
            node = self.read_under(draft, piece, depth) if alone else self.read_part(part, depth + 1)
            if isinstance(node, Mapping):
                self.doubt_before(pairs, node)
                pairs += node.entries
                lost |= node.lost
            elif isinstance(node, Scalar):
                fixed = self.read_stray(draft, piece)
                pairs += fixed.entries if fixed is not None else ()
                lost |= frozenset({""}) if fixed is None else fixed.lost
            elif node is not None:
                self.doubt_before(pairs, node)
                lost.add(piece.key if re.fullmatch(r"[\w-]+", piece.key) else "")
        entries, doubled = join_entries(pairs)
        for each in doubled:
            self.found.add(each)
        span = draft.span(pieces[0].start, pieces[-1].end)
        return Mapping(entries, span, frozenset(lost)) if entries or lost else _LOST

    def read_stray(self, draft: Draft, piece: Piece) -> Mapping | None:
        """Explain a line that is not an entry, and read it as what it was probably meant to be."""
        text = draft.text[piece.start : piece.end]
        at = piece.start + len(text) - len(text.lstrip())
        source = draft.as_source()
        line = Complaint(
            source,
            "could not find expected ':'",
            at,
            at,
            0,
            len(draft.text),
            None,
            draft.above(),
            draft.below(),
            draft.grammar,
        )
        from courseweek.yamltext.slips.registry import explain_malformed

        fault = draft.settle(explain_malformed(line))
        self.report(fault)
        part = draft.part(piece.start, piece.end)
        again = part.fix(fault.fix) if fault.fix else None
        node = self.read_part(again, DEEPEST_PIECE) if again is not None else None
        return node if isinstance(node, Mapping) else None

    def doubt_before(self, pairs: list[tuple[Scalar, Node]], node: Node | _Lost) -> None:
        """Mark the entry before a lost line that is too far out: the line may have cut it short."""
        lost = isinstance(node, _Lost) or (isinstance(node, Mapping) and not node.entries)
        if not (lost and self.shifted and pairs):
            return
        key, before = pairs[-1]
        if isinstance(before, Mapping):
            pairs[-1] = (key, replace(before, lost=before.lost | {""}))

    def read_under(self, draft: Draft, piece: Piece, depth: int) -> Node | _Lost | None:
        """Read one entry whose value begins on the line below its key: the key by itself, then the value."""
        part = draft.part(piece.start, piece.end)
        if piece.body is None:
            return self.read_leaf(part)
        head = parse_draft(draft.part(piece.start, piece.body))
        entry = head.root.entries[0] if isinstance(head.root, Mapping) and len(head.root.entries) == 1 else None
        if entry is None or not isinstance(entry[1], Scalar) or not entry[1].empty:
            return self.read_leaf(part)
        body = draft.part(piece.body, piece.end)
        alone = parse_draft(body, MOST_NODES - self.nodes)
        if alone.fault is None:
            return self.read_leaf(part)  # the fault lies between the key and what is below it
        node = self.read_part(body, depth + 1)
        self.accept(head)
        if isinstance(node, _Lost) or node is None:
            return Mapping((), part.span(0, len(part.text)), frozenset({entry[0].text}))
        return Mapping(((entry[0], node),), part.span(0, len(part.text)))

    def read_item(self, draft: Draft, depth: int) -> Node | _Lost | None:
        """Read one item of a list: key by key where it falls into such."""
        dash = draft.text.find("-")
        body = draft.fix([Edit(draft.span(dash, dash + 1), " ")])
        pieces = split_draft(body.text) if body is not None else []
        if body is None or len(pieces) < 2 or not pieces[0].keyed or depth + 1 >= DEEPEST_PIECE:
            return self.read_leaf(draft)
        fault = parse_draft(body).fault
        if fault is None:
            return self.read_leaf(draft)
        node = self.read_pieces(body, pieces, fault, depth + 1)
        return node if isinstance(node, _Lost) else Sequence((node,), node.span)

    def read_leaf(self, draft: Draft) -> Node | _Lost | None:
        """Read a part that does not fall into smaller ones."""
        return self.read_part(draft, DEEPEST_PIECE)


def _is_of_lines(fault: Diagnostic) -> bool:
    """Return whether a fault lies between lines: it can be reported only where all of them are seen."""
    return fault.name in ("indent", "indent-character") and bool(fault.fix)

"""A file of a past term is as it was when the term was archived, and its pages run no scripts of others.

Passing: a file with the sum that `archive/NAME.sums` lists.
Failing: a file that somebody has edited, a page without a Content-Security-Policy.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from courseweek.checks.output.policy import find_policy_flaw
from courseweek.diagnostics import Diagnostic, Source
from courseweek.files.stored import Changed, Content, pieces_of, read_start
from courseweek.model.past_term import FrozenFile, is_frozen_page

LONGEST_HEAD = 200_000
"""Bytes of a page in which its policy is looked for."""


def check_past_file(path: str, name: str, content: Content, frozen: FrozenFile) -> Iterator[Diagnostic]:
    """Yield an error for a file of a past term that has changed, or that is a page without a policy.

    `path` is its path in the site, `name` that in the course.
    """
    try:
        made = compute_sum(content)
        head = read_start(content, LONGEST_HEAD) if is_frozen_page(path) else b""
    except Changed:
        return  # it can't be published as it is now, which publishing reports
    if made != frozen.sum:
        message = f"`{name}` has changed since the term was archived"
        help = f"restore the file as it was; if the change is meant, write its new sum here: {made}"
        yield Diagnostic("error", "past-term", message, frozen.line, help)
    elif is_frozen_page(path):
        flaw = find_policy_flaw(head[:LONGEST_HEAD].decode("utf-8", "replace"))
        if flaw is not None:
            message = f"in this past term, {flaw[0]}"
            help = "delete the page, or give it the policy that the pages of the current term have"
            yield Diagnostic("error", "past-term", message, Source(name, "").whole(), help)


def compute_sum(content: Content) -> str:
    """Return the SHA-256 sum of a content; raise `Changed` as `StoredFile.pieces` does."""
    made = sha256()
    for piece in pieces_of(content):
        made.update(piece)
    return made.hexdigest()

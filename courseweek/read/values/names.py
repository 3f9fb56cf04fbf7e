"""Names that identify things, and so must be unique."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from courseweek.diagnostics import Diagnostics, Span


def fold_name(text: str) -> str:
    """Return a name in the form in which it is compared (Unicode, UAX 15, NFC), with single spaces."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


def report_twice(names: Iterable[tuple[str, Span]], what: str, found: Diagnostics, *, warn: bool = False) -> None:
    """Report each name that appears a second time, in any case; with `warn` it is a warning."""
    first: dict[str, Span] = {}
    for name, place in names:
        known = first.setdefault(fold_name(name).casefold(), place)
        if known is place:
            continue
        other = (known, "it is first listed here")
        message, help = f"the {what} `{name}` is listed twice", "delete or rename one of them"
        if warn:
            found.warning("same-name", message, place, help=help, other=other)
        else:
            found.error("same-name", message, place, help=help, other=other)

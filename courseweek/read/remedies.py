"""Edits that put another text where one stands that can't be read."""

from __future__ import annotations

from courseweek.diagnostics import Edit
from courseweek.read.located import Scalar
from courseweek.regex import lazy_pattern

# What stays one text in YAML without quotes, inside of {…} and […] as well (YAML 1.2.2, section 7.3.3).
_PLAIN = lazy_pattern(r"[A-Za-z0-9](?:[^\s:#,\[\]{}\"'`]|:(?![\s,\[\]{}])|[ ](?![#\s])|(?<=\S)#)*")


def mend_scalar(scalar: Scalar, mended: str | None) -> tuple[Edit, ...]:
    """Return the edit that makes a text `mended`; none where the text does not stand in the file as it is read."""
    written = scalar.text.strip()
    if mended is None or not written or _PLAIN.fullmatch(mended) is None:
        return ()
    at = scalar.span.text.find(written)
    lead = 0 if scalar.style == "" else 1
    if scalar.style not in ("", "'", '"') or at < lead or len(scalar.span.text.strip()) > len(scalar.text) + 2 * lead:
        return ()
    return (Edit(scalar.span.within(at, at + len(written)), mended),)

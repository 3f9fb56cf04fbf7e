"""What to write instead of a text that can't be read: offered where it can, with the edit where that is sure."""

from __future__ import annotations

from collections.abc import Callable

from courseweek.diagnostics import Edit
from courseweek.read.tables.reader import Reader
from courseweek.read.values.misread import Misread
from courseweek.regex import lazy_pattern
from courseweek.yamltext.document import Scalar

# What stays one text in YAML without quotes, inside {…} and […] as well (YAML 1.2.2, section 7.3.3).
_PLAIN = lazy_pattern(r"[A-Za-z0-9](?:[^\s:#,\[\]{}\"'`]|:(?![\s,\[\]{}])|[ ](?![#\s])|(?<=\S)#)*")


def report_misread(
    misread: Misread, scalar: Scalar, reader: Reader, takes: Callable[[str], bool], example: str | None = None
) -> None:
    """Report a text that can't be read. What to write instead is offered only if it can be read (`takes`)."""
    help, fixed = misread.help, misread.fixed
    readable = [each for each in misread.options if takes(each)]
    if len(readable) < len(misread.options):
        fixed = None
        example = None if example is None else f"write one such as {example}"
        help = f"write {' or '.join(readable)}" if readable else example
    reader.error(misread.name, misread.message, scalar, help, fix=fix_scalar(scalar, fixed))


def fix_scalar(scalar: Scalar, fixed: str | None) -> tuple[Edit, ...]:
    """Return the edit that makes a text `fixed`; empty if the file spells the text otherwise."""
    written = scalar.text.strip()
    if fixed is None or not written or _PLAIN.fullmatch(fixed) is None:
        return ()
    at = scalar.span.text.find(written)
    lead = 0 if scalar.style == "" else 1
    if scalar.style not in ("", "'", '"') or at < lead or len(scalar.span.text.strip()) > len(scalar.text) + 2 * lead:
        return ()
    return (Edit(scalar.span.within(at, at + len(written)), fixed),)

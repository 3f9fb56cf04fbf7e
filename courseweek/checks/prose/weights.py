"""A share of the grade that prose gives is that of the grading table.

Passing: "Homework (20%)" where the part `Homework` has 20%, "50% of GPUs", "Homework loses 10% per day".
Failing: "Homework (25%)", "Reviews: 30%", "the project counts for 50%".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from courseweek.checks.passages import Passage
from courseweek.diagnostics import Diagnostic, Span
from courseweek.frozen import dataclass
from courseweek.model.grading import GradePart, Scheme, format_weight
from courseweek.regex import lazy_pattern

_LEAD = r"(?:^|[\n|.,;:!?(•]|\b(?:and|or|plus|the|your|a|an|are|is))[\s*_\[#+-]{0,12}"
_COUNTS = r"(?:is\s+worth|are\s+worth|worth|counts?(?:\s+for)?|makes?\s+up|accounts?\s+for|contributes?)"
_LINK = rf"[\s*_\]]{{0,12}}(?:[(:=|–—-][\s*_|(]{{0,12}}(?:worth\s+|is\s+)?|\s{_COUNTS}\s+)"
_NUMBER = r"(?P<number>\d{1,3}(?:\.\d{1,2})?)\s?%"
_HINT = lazy_pattern(r"\d\s?%")
# What follows a number that is not a share of the grade.
_OTHERWISE = (
    r"(?!\s*(?:of(?!\s+(?:the|your|a)?\s*(?:(?:final|overall|total|course|whole)\s+)*(?:grade|mark|total|score))|per\b|off\b"
    r"|or\s+(?:more|higher|better|less)|to\s+pass|each\b|late\b|bonus|extra|penalt|deduct|a\s+day|reduc|done|complete"
    r"|pass|minimum|required|attendance|[-–—]\s*\d))"
)


@dataclass(frozen=True, slots=True)
class _Share:
    """The numbers that one name can go with, how its weight was written, and where."""

    name: str
    numbers: frozenset[Fraction]
    written: str
    span: Span


class Shares:
    """The weights of a grading table by the names of its parts."""

    def __init__(self, schemes: tuple[Scheme, ...]) -> None:
        """Take the schemes; a name that is in several may go with the weight of each."""
        self.by_name: dict[str, list[_Share]] = {}
        for scheme in schemes:
            self._add(scheme.parts, Fraction(1))
        names = sorted((re.escape(name).replace(r"\ ", r"\s+") for name in self.by_name), key=len, reverse=True)
        pattern = rf"{_LEAD}(?P<name>{'|'.join(names)}){_LINK}{_NUMBER}{_OTHERWISE}"
        self.pattern = re.compile(pattern, re.IGNORECASE) if names else None

    def _add(self, parts: tuple[GradePart, ...], whole: Fraction) -> None:
        total = sum((part.weight or Fraction(0) for part in parts), Fraction(0))
        for part in parts:
            if part.weight is not None:
                numbers = {part.weight, part.weight * whole}
                if total and total != 100:
                    numbers.add(part.weight * 100 / total)  # a share of the part that it belongs to
                numbers |= {Fraction(each) for each in re.findall(r"\d+(?:\.\d+)?", part.written or "")}
                share = _Share(
                    part.name, frozenset(numbers), part.written or format_weight(part.weight), part.origin.span
                )
                self.by_name.setdefault(" ".join(part.name.casefold().split()), []).append(share)
            inner = whole * part.weight / 100 if part.weight is not None else whole
            self._add((*part.parts, *part.any_of), inner)

    def find(self, name: str) -> list[_Share]:
        """Return what has this name."""
        return self.by_name.get(" ".join(name.casefold().split()), [])


def may_give_weight(passage: Passage, text: str, shares: Shares) -> bool:
    """Return quickly whether a text may give the weight of a part."""
    return "%" in text and shares.pattern is not None and not passage.on_reading and _HINT.search(text) is not None


def check_weights(passage: Passage, words: str, shares: Shares) -> Iterator[Diagnostic]:
    """Yield a warning for each number that is given as the weight of a part but is not."""
    if shares.pattern is None:
        return
    for match in shares.pattern.finditer(words):
        known = shares.find(match["name"])
        if not known or any(Fraction(match["number"]) in share.numbers for share in known):
            continue
        weights = " or ".join(dict.fromkeys(share.written for share in known))
        yield Diagnostic(
            "warning",
            "other-weight",
            f"`{known[0].name}` is worth {weights}, not {match['number']}%",
            passage.span.within(match.start("number"), words.index("%", match.end("number")) + 1),
            f"write {weights} here, or change the grading",
            (known[0].span, f"it is worth {known[0].written} here"),
        )

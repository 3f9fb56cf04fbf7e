"""The hours that students are expected to read in a week: `9` or `7.5`."""

from __future__ import annotations

import re

from courseweek.read.tables import forms
from courseweek.read.tables.forms import either
from courseweek.read.tables.patterns import whole_text
from courseweek.read.tables.reader import Reader
from courseweek.read.tables.shapes import shape_of_text
from courseweek.read.values.misread import Misread
from courseweek.regex import lazy_pattern

MOST_HOURS = 80
_WHAT = "a number of hours such as 9"
_NUMBER = r"\d{1,2}(?:\.\d{1,2})?"
_HOURS = lazy_pattern(
    r"(?:about |ca\.? ?|~ ?)?(\d{1,2}(?:[.,]\d{1,2})?) ?(?:h(?:ou)?r?s?\.?)?(?: ?(?:/|a|per|each) ?w(?:ee)?k)?",
    re.IGNORECASE,
)


def _convert(text: str, reader: Reader) -> float:
    written = text.strip()
    if re.fullmatch(_NUMBER, written, re.ASCII) and 1 <= float(written) <= MOST_HOURS:
        return float(written)
    message = f"`{written}` is not a number of hours from 1 to {MOST_HOURS}"
    meant = _HOURS.fullmatch(written) if len(written) <= 40 else None
    if meant is not None and 1 <= float(meant[1].replace(",", ".")) <= MOST_HOURS:
        raise Misread(message, write=meant[1].replace(",", "."))
    raise Misread(message, "write one such as 9")


WEEKLY_HOURS_SHAPE = shape_of_text(
    _WHAT,
    _convert,
    either(
        {"type": "number", "minimum": 1, "maximum": MOST_HOURS},
        forms.text(_WHAT, whole_text(r"[0-9]{1,2}(\.[0-9]{1,2})?")),
    ),
    "9",
)

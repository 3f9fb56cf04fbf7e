"""Values that only readings have: names of authors, an address or a file, how long it takes to read."""

from __future__ import annotations

import re

from courseweek.files.paths import normal_form
from courseweek.read.mistakes.several_names import warn_of_several
from courseweek.read.tables import forms, patterns
from courseweek.read.tables.fields import Shape
from courseweek.read.tables.forms import either
from courseweek.read.tables.reader import Reader
from courseweek.read.tables.shapes import ADDRESS, TEXT, list_of, shape_of_pattern, shape_of_text
from courseweek.read.values.addresses import check_address, check_asset_path, is_file_name
from courseweek.read.values.doubtful_addresses import warn_of_address
from courseweek.read.values.misread import Misread
from courseweek.regex import lazy_pattern
from courseweek.yamltext.document import Node, Scalar

MOST_MINUTES = 6_000
_HOURS = lazy_pattern(
    r"(?:about |ca\.? ?|~ ?)?(?:(?P<hours>\d{1,2}(?:[.,]\d{1,2})?) ?h(?:ou)?r?s?\.?)?"
    r"(?:,? ?(?:and )?(?P<minutes>\d{1,4}) ?(?:m|mins?\.?|minutes?|'|′)?)?",
    re.IGNORECASE,
)
_CLOCK = lazy_pattern(r"(\d{1,2}):([0-5]\d)")


def _read_name(node: Node, reader: Reader) -> str | None:
    name = TEXT.read(node, reader)
    if name is not None and isinstance(node, Scalar):
        warn_of_several(name, node.span, reader.found)
    return name


def _convert_minutes(text: str, reader: Reader) -> int:
    written = text.strip()
    if re.fullmatch(r"[0-9]{1,4}", written) and 1 <= int(written) <= MOST_MINUTES:
        return int(written)
    meant = _find_minutes(written)
    message = f"`{written}` is not a number of minutes"
    if meant is not None and 1 <= meant <= MOST_MINUTES:
        raise Misread(message, write=str(meant))
    raise Misread(message, "write one such as 40")


def _find_minutes(text: str) -> int | None:
    """Return how many minutes `1 hour`, `1.5 h`, `40 min` and `1:20` are; None for anything else."""
    clock = _CLOCK.fullmatch(text)
    if clock is not None:
        return 60 * int(clock[1]) + int(clock[2])
    match = _HOURS.fullmatch(text) if len(text) <= 40 else None
    if match is None or not (match["hours"] or match["minutes"]):
        return None
    return round(60 * float((match["hours"] or "0").replace(",", "."))) + int(match["minutes"] or 0)


def _convert_address(text: str, reader: Reader) -> str:
    """Return an address, or the path of a file in `assets/`."""
    path = normal_form(text.strip()).removeprefix("./").removeprefix("assets/")
    if path in reader.assets or is_file_name(text.strip()):
        return check_asset_path(text, reader.assets, reader.found.suggest)
    return check_address(text)


def _read_address(node: Node, reader: Reader) -> str | None:
    address = _ADDRESS.read(node, reader)
    if address is not None and address not in reader.assets:
        warn_of_address(address, node.span, reader.found)
    return address


NAMES = list_of(Shape(TEXT.what, _read_name, TEXT.schema), "a list of texts")
MINUTES = shape_of_text(
    "a number of minutes such as 40",
    _convert_minutes,
    either(
        {"type": "integer", "minimum": 1, "maximum": MOST_MINUTES},
        forms.text("a number of minutes such as 40", patterns.COUNT),
    ),
    "40",
)
_ADDRESS = shape_of_pattern(ADDRESS.what, _convert_address, patterns.ADDRESS_OR_PATH)
READING_ADDRESS = Shape(_ADDRESS.what, _read_address, _ADDRESS.schema)

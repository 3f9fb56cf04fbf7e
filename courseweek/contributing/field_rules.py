"""The rules of a reading's fields as plain data, for those who type them into the page for suggestions.

The script of the page goes by them and says the reader's own words: each refusal is made from an example that the
reader refuses. Patterns are of ECMA-262 with the flag `u`; those of `CLEANING` are of Python too.
"""

from __future__ import annotations

import re
from functools import cache, partial
from typing import Any

from courseweek.diagnostics import Diagnostics, Source
from courseweek.frozen import dataclass
from courseweek.model.link import SCHEMES
from courseweek.read.reading_fields import MOST_MINUTES
from courseweek.read.readings import READING
from courseweek.read.tables.patterns import YEAR
from courseweek.read.tables.reader import Reader
from courseweek.read.tables.shapes import LONGEST_TEXT
from courseweek.read.values.addresses import FILE, NOT_YET, OWN_FILE
from courseweek.read.values.bare_addresses import MESSAGE
from courseweek.read.values.markdown_limits import DEEPEST_IN_LINE, LONGEST_FENCE, MOST_IN_TEXT
from courseweek.yamltext.document import Scalar

KEYS = ("title", "authors", "venue", "year", "url", "pages", "minutes", "note")
"""The fields that a page asks for, in the order in which they are written."""
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Scripts without spaces, in which a zero-width space parts words."""
CLEANING: tuple[tuple[str, str], ...] = (
    # A word that a PDF divides at the end of a line.
    (r"([a-z])[-\u2010\u00ad][ \t]*\r?\n[ \t]*([a-z])", r"\1\2"),
    # What nobody sees: marks that reorder, soft hyphens, halves of a character.
    (r"[\u00ad\u2060\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]", ""),
    (rf"(^|[^{_UNSPACED}])\u200b+", r"\1"),
    (rf"\u200b+([^{_UNSPACED}\u200b]|$)", r"\1"),
    ("\ufb00", "ff"),
    ("\ufb01", "fi"),
    ("\ufb02", "fl"),
    ("\ufb03", "ffi"),
    ("\ufb04", "ffl"),
    ("[\ufb05\ufb06]", "st"),
    (r"[\x00-\x20\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+", " "),
    ("^ | $", ""),
)
"""What is replaced in each text before it is written, in this order, each everywhere."""
ADDRESS_CLEANING: tuple[tuple[str, str], ...] = (
    (r"[\u061c\u200b-\u200f\u2061-\u2064\u206a-\u206f\ufff9-\ufffb]", ""),
    # `<https://…|words>` and `[words](https://…)`, as chats and Markdown have it.
    (r"^<(?:[Uu][Rr][Ll]:)?([^<>| ]+)(?:\|[^<>]*)?>$", r"\1"),
    (r"^\[[^\]]*\] ?\((\S+)\)$", r"\1"),
    ("^[\"'“”„‘’«»(<\\[ ]+|[\"'“”‘’«»> ]+$", ""),
    (r"^(?:[Dd][Oo][Ii]:? ?|(?:https?://)?(?:dx\.)?doi\.org/)?(?:https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)$",
     r"https://doi.org/\1"),
    (r"^[Aa][Rr][Xx][Ii][Vv][: ] ?((?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?)(?: \[[^\]]*\])?\.?$",
     r"https://arxiv.org/abs/\1"),
    (r"^(\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}(?:v\d+)?)$", r"https://arxiv.org/abs/\1"),
    (r"^(?:https?:/{0,2})+(https?://)", r"\1"),
    (r"^(https?)(?::/?|;//|//)(?=[\w-]+\.\w)", r"\1://"),
    (r"^((?:www|arxiv|openreview|github|dl\.acm|en\.wikipedia|youtu|aclanthology|proceedings\.mlr)\.\S+)$",
     r"https://\1"),
    (r"^(https?://(?:www\.)?arxiv\.org)/((?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?)/?$", r"\1/abs/\2"),
    # What a mail or a post adds to know who follows a link.
    (r"([?&])(?:(?:utm_\w+|fbclid|gclid|mc_cid|mc_eid|igshid)=[^&#]*(?:&|$|(?=#)))+", r"\1"),
    (r"[?&]+(?=#|$)", ""),
)  # fmt: skip
"""What is replaced in an address besides, so that it is one: what came along with it, and what it lacks."""

_HOST = r"[\p{L}\p{M}\p{N}._~%!$&'()*+,;=-]+(?::[0-5]?\d{0,4})?"
_SCHEME = rf"(?:{'|'.join(SCHEMES)}):"
_PROBE = "zqzq"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A text that the reader refuses: it matches `pattern`, and any case does where `fold` is set.

    `message` and `help` are the reader's words, where `{}` is the text, and `{scheme}` what comes before its `:`.
    """

    pattern: str
    message: str
    help: str | None
    fold: bool = False


def clean_text(text: str) -> str:
    """Return a text without what nobody typed on purpose, on one line."""
    for pattern, replacement in CLEANING:
        text = re.sub(pattern, replacement, text)
    return text


def explain(key: str, text: str) -> tuple[str, str | None] | None:
    """Return the message and the help of the first thing that the reader reports of a field's text, or None."""
    found = Diagnostics()
    READING.by_key[key].shape.read(Scalar(text, Source("readings.yaml", text).whole(), '"'), Reader(found))
    first = next(iter(found), None)
    return None if first is None else (first.message, first.help)


@cache
def list_refusals(key: str) -> tuple[Refusal, ...]:
    """Return what is refused in a field, in the order in which it is looked for."""
    too_long = _refuse(key, rf"^[^]{{{LONGEST_TEXT + 1},}}$", "x" * (LONGEST_TEXT + 1))
    return (too_long, *_REFUSED[key]())


def make_rules() -> dict[str, Any]:
    """Return all rules as data for the script of the page."""
    return {
        "keys": KEYS,
        "cleaning": [[pattern, _for_script(replacement)] for pattern, replacement in CLEANING],
        "address": [[pattern, _for_script(replacement)] for pattern, replacement in ADDRESS_CLEANING],
        "refused": {
            key: [[each.pattern, "iu" if each.fold else "u", each.message, each.help] for each in list_refusals(key)]
            for key in KEYS
        },
    }


def _for_script(replacement: str) -> str:
    return re.sub(r"\\(\d)", r"$\1", replacement)


def _refuse(key: str, pattern: str, example: str, *, fold: bool = False) -> Refusal:
    """Return a refusal in the words that the reader has for an example."""
    said = explain(key, example)
    assert said is not None, f"the reader takes {example} as {key}"
    message = said[0].replace(example, "{}").replace(f"{_PROBE}:", "{scheme}:")
    return Refusal(pattern, message, None if said[1] is None or _PROBE in said[1] else said[1], fold)


def _refuse_title() -> tuple[Refusal, ...]:
    help = "remove it from the title; put the address under url:, and others under links:"
    return (Refusal(r"https?://[^\s<>|]", MESSAGE, help, fold=True),)


def _refuse_address() -> tuple[Refusal, ...]:
    of_url = partial(_refuse, "url")
    return (
        of_url(f"^(?:{OWN_FILE.pattern})", f"file:///{_PROBE}.pdf", fold=True),
        of_url(f"^(?:{NOT_YET.pattern})$", "TBD", fold=True),
        of_url(f"^(?!{_SCHEME})(?:{FILE.pattern})$", f"{_PROBE}.pdf", fold=True),
        of_url(r"^(?![A-Za-z][A-Za-z0-9+.\-]*:)[^]", _PROBE),
        of_url(f"^(?!{_SCHEME})[^]", f"{_PROBE}:x", fold=True),
        of_url(r" .*https?://", f"https://{_PROBE}.example/ https://{_PROBE}.example/2", fold=True),
        of_url(" ", f"https://{_PROBE}.example/ {_PROBE}"),
        of_url(r"^https?:(?!//[^\s/?#])", f"https:{_PROBE}", fold=True),
        of_url(rf"^https?:(?!//(?:[^\s/?#@\[\]]*@)?{_HOST}(?:[/?#]|$))", f"https://[{_PROBE}/", fold=True),
        of_url(r"^https?://(?:localhost|[^/?#]*\.localhost|127(?:\.\d+){3}|0\.0\.0\.0)(?::\d+)?(?:[/?#]|$)",
               "http://localhost/", fold=True),
    )  # fmt: skip


def _refuse_note() -> tuple[Refusal, ...]:
    most, deepest = MOST_IN_TEXT + 1, DEEPEST_IN_LINE + 1
    return (
        _refuse("note", rf"(?:\[[^\[]*){{{most}}}", "[" * most),
        _refuse("note", rf"(?:<[^<]*){{{most}}}", "<" * most),
        _refuse("note", rf"^(?:(?:[*+\-]|\d{{1,9}}[.)]) |> ?){{{deepest}}}", "> " * deepest),
        _refuse("note", rf"^(?:```|~~~)[^]{{{LONGEST_FENCE},}}", "```" + "x" * LONGEST_FENCE),
    )


def _refuse_year() -> tuple[Refusal, ...]:
    return (_refuse("year", rf"^(?!{YEAR.removeprefix('^')})[^]", _PROBE),)


def _refuse_minutes() -> tuple[Refusal, ...]:
    most = f"{MOST_MINUTES}"
    number = rf"(?=.*[1-9])(?:\d{{1,3}}|[0-{int(most[0]) - 1}]\d{{3}}|{most})$"
    return (_refuse("minutes", rf"^(?!{number})[^]", _PROBE),)


_REFUSED = {
    "title": _refuse_title,
    "authors": tuple,
    "venue": tuple,
    "year": _refuse_year,
    "url": _refuse_address,
    "pages": tuple,
    "minutes": _refuse_minutes,
    "note": _refuse_note,
}

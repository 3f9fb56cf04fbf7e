r"""The patterns of what the shapes read, for the JSON Schema: each takes whatever the reader takes, and some more.

They are written so that Python and JavaScript (ECMA-262, with the flag `u`) understand them alike: no flags, no
named groups, no `\A` and `\Z`.
"""

from __future__ import annotations

from courseweek.model.link import SCHEMES
from courseweek.model.slug import LONGEST_ID
from courseweek.read.values.ranges import DASHES, UNTIL
from courseweek.read.values.weekdays import WEEKDAYS, WORKDAYS
from courseweek.yamltext.document import FLAGS


def whole_text(pattern: str) -> str:
    """Return the pattern for this text with spaces around it."""
    return rf"^\s*(?:{pattern})\s*$"


def any_case(words: str) -> str:
    """Return the pattern of these words in any case; JavaScript has no flag inside a pattern."""
    return "".join(f"[{char.upper()}{char.lower()}]" if char.isalpha() else char for char in words)


_MONTH = r"[A-Za-z]{3,9}\.?"
_DAY_OF_MONTH = r"\d{1,2}(?:st|nd|rd|th)?"
_LEAD = r"(?:[A-Za-z]{3,9}\.?,?\s+)?"


_DOTTED_YEAR = r"\s?\d{4}"
_YEAR = r",?\s+\d{4}"


# A schema does not know the language of a course. Here is how languages write dates and days, with any word as a name.
_WORD = r"[^\s\d:/,،、()（）-]{1,15}"
_NAME = rf"{_WORD}(?:[\s-][^\s:/,]{{1,14}})?"
_NAMED_DAY = (
    rf"\d{{1,2}}[a-zº°ª]{{0,2}}\.?\s*(?:de\s)?{_NAME}(?:,?\s*(?:de\s)?\d{{4}}(?:\s\S{{1,4}})?)?"
    rf"|\d{{4}}\S{{0,2}}\s*(?:\S{{1,4}}\s)?(?:\d{{1,2}}\.?\s)?{_NAME}(?:\s*\d{{1,2}}\S{{0,2}}(?:\sd\.)?)?"
    rf"|{_NAME}\s\d{{1,2}}\S{{0,2}}(?:\sd\.)?"
)
_NUMBERED_DAY = (
    r"(?:\d{4}[年년]\s?)?\d{1,2}[月월]\s?\d{1,2}[日일]"
    r"|\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\d{2}.?/\d{2}.?/\d{4}|\d{4}/\d{2}/\d{2}|\d{4}\. ?\d{1,2}\. ?\d{1,2}\.?"
)
_OTHER_DAY = rf"(?:{_NAME}[,،、]?\s*)?(?:{_NUMBERED_DAY}|{_NAMED_DAY})(?:\s?[(（]?{_NAME}[)）]?)?"


def _day(year: str) -> str:
    dotted = rf"\d{{1,2}}\.\s?\d{{1,2}}\.{_DOTTED_YEAR if year == _YEAR else f'(?:{_DOTTED_YEAR})?'}"
    iso = r"\d{4}-\d{2}-\d{2}"
    english = rf"{_DAY_OF_MONTH}\.?\s+{_MONTH}{year}|{_MONTH}\s+{_DAY_OF_MONTH}{year}"
    return rf"(?:{_LEAD}(?:{iso}|{dotted}|{english})|{_OTHER_DAY})"


_DAY = _day(f"(?:{_YEAR})?")
DAY = whole_text(_DAY)
DAY_OR_TBD = whole_text(rf"{_DAY}|{any_case('tbd')}")
DAY_WITH_YEAR = whole_text(_day(_YEAR))

_HALF = r"\s*[aApP]\.?[mM]\.?"
_NOON = rf"(?:12(?::00)?\s*)?{any_case('noon')}"
_TIME = rf"(?:\d{{1,2}}:\d{{2}}(?:{_HALF})?|\d{{1,2}}{_HALF}|{_NOON})"
TIME = whole_text(_TIME)
_DASH = f"[{DASHES}]"
_TO = rf"(?:\s*{_DASH}\s*|\s+(?:{'|'.join(any_case(word) for word in UNTIL)})\s+)"
_CLOCK = rf"(?:\d{{1,2}}(?::\d{{2}})?(?:{_HALF})?|{_NOON})"
TIME_RANGE = whole_text(rf"[{DASHES}\s]*{_CLOCK}{_TO}+{_CLOCK}[{DASHES}\s]*")
INSTANT = whole_text(rf"{_DAY}(?:(?:T|\s+at\s+|\s+){_TIME})?")


def _weekday(name: str) -> str:
    """Return the pattern of a name, its first three, four or five letters, and its plural."""
    first, fourth, fifth, rest = (any_case(part) for part in (name[:3], name[3], name[4], name[5:]))
    return f"{first}(?:{fourth}(?:{fifth}(?:{rest}[Ss]?)?)?)?"


_ENGLISH_WEEKDAY = rf"(?:{'|'.join(_weekday(name) for name in WEEKDAYS)})\.*"
# What begins as an English name is a slip, but for the German Monday and the Finnish Sunday; so are letters (`TTh`).
_SLIP = (
    rf"(?:Th|Tu|Su|[MTWRFSU]){{1,7}}(?:[\s/,]|$)|{any_case('mon')}(?![Tt])|{any_case('sun')}(?!{any_case('nun')})|"
    + "|".join(any_case(name[:3]) for name in WEEKDAYS[1:6])
)
_WEEKDAY = rf"(?:{_ENGLISH_WEEKDAY}|(?!{_SLIP}){_NAME}\.?)"
WEEKDAY = whole_text(_WEEKDAY)
WEEK_START = whole_text(rf"(?!{'|'.join(any_case(name[:3]) for name in WEEKDAYS[1:5])}){_WEEKDAY}")
_WEEKDAY_RANGE = rf"(?:{_WEEKDAY}(?:{_TO}{_WEEKDAY})?|{any_case(WORKDAYS)})"
WEEKDAYS_TOGETHER = whole_text(
    rf"{_WEEKDAY_RANGE}(?:\s*(?:,\s*(?:and\b|&)|[,،、]|/|&|\band\b)\s*{_WEEKDAY_RANGE})*"
    rf"|(?!{_SLIP})[^\s\d:][^:]{{0,60}}"
)

_WEEK = r"\d{1,3}(?:\s*[-–]\s*\d{1,3})?"
WEEKS = whole_text(rf"{any_case('odd')}|{any_case('even')}|{_WEEK}(?:\s*,\s*{_WEEK})*")

ZONE = whole_text(r"UTC|Etc/UTC|(?!Etc/)[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+)+")
YES_NO = whole_text("|".join(any_case(word) for word in FLAGS))
YEAR = whole_text(r"[1-9][0-9]{3}")
COUNT = whole_text(r"[0-9]{1,4}")

# An id has no ASCII signs but `-` and `_`, and no spaces; the reader knows more about other scripts.
_ID = rf"[^\s\x00-,./:-@\[-^`{{-\x7f]{{1,{LONGEST_ID}}}"
IDENTIFIER = whole_text(_ID)

_OTHER_SCHEMES = "|".join(any_case(scheme) for scheme in SCHEMES if not scheme.startswith("http"))
_WEB = rf"{any_case('http')}[Ss]?://[^\s/?#]\S*"
ADDRESS = whole_text(rf"{_WEB}|(?:{_OTHER_SCHEMES}):\S*")
ADDRESS_OR_PATH = rf"{ADDRESS}|^(?!\s*[A-Za-z][A-Za-z0-9+.-]*:).*\S"
WEB_ADDRESS = whole_text(_WEB)
REPOSITORY = whole_text(r"https://[^\s/?#]\S*")
MAIL_ADDRESS = whole_text(r"(?:mailto:)?[^\s@:/]+@[^\s@:/]+\.[^\s@:/]+")

LANGUAGE = whole_text(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
COLOR = whole_text(r"#?(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})")

WEIGHT = whole_text(r"(?:\d{1,3}\s*[x×*]\s*)?\d{1,3}(?:\.\d{1,4})?\s*%")
GROUP = whole_text(r"\d{1,2}(?:\s*(?:-|–|to)\s*\d{1,2})?")
DOI = r"(?:^|[\s:/])10\.\d{4,9}/\S+\s*$"
ARXIV = r"(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?\s*$"

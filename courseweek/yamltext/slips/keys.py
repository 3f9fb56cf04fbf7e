"""Keys that YAML takes for texts: another sign than `:` after them, or marks of a typesetter around them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from courseweek.diagnostics import Edit
from courseweek.regex import lazy_pattern
from courseweek.yamltext.complaint import error_at, quote_text, starts_oddly
from courseweek.yamltext.slips.seen_line import Found, SeenLine

_SIGN = lazy_pattern(
    r"(?P<key>\w[\w-]*)[ \t]*(?P<sign>:(?:[:=;]+|-(?=[ ])|[ ]+:(?=[ ]))|[=;.,]+:|[=;：；](?=[ \t]*\S))[ \t]*"
)
_KEY = lazy_pattern(r"[^\s\"'#\[{:][^:#]*:(?:[ ]|$)")
_NO_COLON = lazy_pattern(r"(?P<key>[a-z_]+)(?P<gap>[ \t]+)(?=<?https?://)")
_CURLY_KEY = lazy_pattern(r"(?P<open>[“”„‘’])(?P<key>[a-z_]+)(?P<close>[“”‘’]):(?=[ ]|$)")
_BOLD_KEY = lazy_pattern(r"(?P<mark>\*{1,2}|_{1,2})(?P<key>[a-z][a-z_]*[a-z])(?::(?P=mark)|(?P=mark):)(?=[ \t]|$)")
_LEAD = lazy_pattern(r"[ ]*(?:-[ ]+)*")


def begins_with_key(text: str) -> bool:
    """Return whether a text begins with a key, also with one that has another sign after it."""
    return _KEY.match(text) is not None or _SIGN.match(text) is not None


def _begin_of(seen: SeenLine) -> tuple[int, str]:
    """Return the column where the key of a line begins, and the `- ` before it, if there is one."""
    lead = _LEAD.match(seen.text)
    assert lead is not None
    return lead.end(), "- " if "-" in lead[0] else ""


def find_other_sign(seen: SeenLine) -> Iterator[Found]:
    """Find a key with another sign after it than one colon.

    Wrong:
        a:
          - title = X
            year:: 2020
    Right:
        a:
          - title: X
            year: 2020
    """
    at, lead = _begin_of(seen)
    match = _SIGN.match(seen.text, at)
    if match is None or not _is_key(seen, match):
        return
    written = f"{match['key']}: {_ready(seen.text[match.end() :].strip())}".rstrip()
    message = f"a key ends in `:`, not `{match['sign']}`"
    report = error_at("missing-colon", message, seen.span(*match.span("sign")), f"write {lead}{written}")
    edits = (Edit(seen.span(at, len(seen.text.rstrip())), written),) if seen.as_written else ()
    yield Found(("missing-colon", match["sign"]), report, edits, seen.text[:at] + written)


def _is_key(seen: SeenLine, match: re.Match[str]) -> bool:
    """Return whether a word before a sign other than `:` is a key: a known one, or any before two colons."""
    key, sign = match["key"], match["sign"]
    if sign == "::" and (match.end() > match.end("sign") or match.end() == len(match.string.rstrip())):
        return True
    return key in seen.grammar.keys and (sign != ":-" or seen.holds_text(key))


def find_address_without_colon(seen: SeenLine) -> Iterator[Found]:
    """Find a key with only a space between it and an address.

    Wrong:
        a:
          - title: X
            url https://example.org/x
    Right:
        a:
          - title: X
            url: https://example.org/x
    """
    at, lead = _begin_of(seen)
    match = _NO_COLON.match(seen.text, at)
    if match is None or match["key"] not in seen.grammar.keys:
        return
    key, value = match["key"], seen.text[match.end() :]
    message = f"a `:` is missing after `{key}`"
    report = error_at("missing-colon", message, seen.span(*match.span("key")), f"write {lead}{key}: {value.strip()}")
    edits = (Edit(seen.span(*match.span("gap")), ": "),) if seen.as_written else ()
    yield Found(("missing-colon", key), report, edits, f"{seen.text[:at]}{key}: {value}")


def find_bold_key(seen: SeenLine) -> Iterator[Found]:
    """Find a key in the marks of Markdown.

    Wrong:
        a:
          - **title:** X
    Right:
        a:
          - title: X
    """
    match = _BOLD_KEY.match(seen.text, _begin_of(seen)[0])
    if match is not None and match["key"] in seen.grammar.keys and seen.as_written:
        message = f"`{match['key']}` is a key, and is written without `{match['mark']}`"
        help, edits, line = _write_key(seen, match)
        report = error_at("unknown-key", message, seen.span(*match.span()), help)
        yield Found(("unknown-key",), report, edits, line)


def find_curly_key(seen: SeenLine) -> Iterator[Found]:
    """Find a key in curly quotes.

    Wrong:
        a:
          - “title”: X
    Right:
        a:
          - title: X
    """
    match = _CURLY_KEY.match(seen.text, _begin_of(seen)[0])
    if match is not None and match["key"] in seen.grammar.keys and seen.as_written:
        message = f"curly quotes mean nothing to YAML, and `{match['key']}` needs none"
        help, edits, line = _write_key(seen, match)
        place = seen.span(match.start("open"), match.end("close"))
        yield Found(("curly-quotes",), error_at("curly-quotes", message, place, help), edits, line)


def _write_key(seen: SeenLine, match: re.Match[str]) -> tuple[str, tuple[Edit, ...], str]:
    """Return how a key is written without the marks around it, and its value in quotes where it must be.

    In words, as edits, and as the whole line.
    """
    key, value = f"{match['key']}:", seen.text[match.end() :]
    bare = value.strip()
    edits = [Edit(seen.span(*match.span()), key)]
    if _ready(bare) != bare:
        start = match.end() + value.index(bare)
        edits.append(Edit(seen.span(start, start + len(bare)), _ready(bare)))
    written = value.replace(bare, _ready(bare)) if bare else value
    help = f"write {_begin_of(seen)[1]}{key} {_ready(bare)}".rstrip()
    return help, tuple(edits), f"{seen.text[: match.start()]}{key}{written}"


def _ready(value: str) -> str:
    """Return a value as YAML reads it: between quotes where it must."""
    return quote_text(value) if value and value[0] not in "\"'[{" and starts_oddly(value) else value

"""Addresses that are readable but probably wrong: a warning names the probable one."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from courseweek.diagnostics import Diagnostics, Edit, Span
from courseweek.regex import lazy_pattern

_ARXIV = lazy_pattern(r"(https?://(?:www\.)?arxiv\.org)/((?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?)/?")
_DOI = lazy_pattern(r"https?://(?:dx\.)?doi\.org/10\..*", re.IGNORECASE)
_AT_END = ".,;:!'\"»”’"
_PAIRS = {")": "(", "]": "[", "}": "{", ">": "<"}
_OWN = lazy_pattern(r"localhost|.*\.localhost|127(?:\.\d+){3}|\[?::1\]?|0\.0\.0\.0")


def warn_of_address(address: str, place: Span, found: Diagnostics) -> None:
    """Warn of an address that looks cut, or copied with the text around it."""
    host = _host(address)
    if host is None:
        return
    if _OWN.fullmatch(host):
        message = f"`{address}` only works on your own computer"
        found.warning("doubtful-address", message, place, help="write an address that others can reach")
    elif meant := _behind_redirect(address, host):
        _warn(address, meant, "this Google address only redirects to another one", place, found)
    elif match := _ARXIV.fullmatch(address):
        _warn(address, f"{match[1]}/abs/{match[2]}", "an arXiv address has `/abs/` before the number", place, found)
    elif (fixed := trim_end(address)) != address:
        end = address[len(fixed) :]
        kind = "a DOI" if _DOI.fullmatch(address) else "an address"
        _warn(address, fixed, f"`{end}` at the end of {kind} is probably not part of it", place, found)


def trim_end(address: str) -> str:
    """Return the address without punctuation of the sentence around it: `).,`, a closing mark that nothing opens."""
    end = len(address)
    surplus = {close: address.count(close) - address.count(opening) for close, opening in _PAIRS.items()}
    while end and (address[end - 1] in _AT_END or surplus.get(address[end - 1], 0) > 0):
        end -= 1
        if address[end] in surplus:
            surplus[address[end]] -= 1
    return address[:end]


def _behind_redirect(address: str, host: str) -> str | None:
    """Return the address to which one leads that was copied out of a document or a search, or None."""
    if re.fullmatch(r"(?:www\.)?google\.[a-z.]+", host) is None or "/url?" not in address:
        return None
    asked = parse_qs(urlsplit(address).query, max_num_fields=50)
    meant = (asked.get("q") or asked.get("url") or [""])[0]
    return meant if re.fullmatch(r"https?://[^\s<>\"'`{}|\\^]+", meant) else None


def _host(address: str) -> str | None:
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return parts.hostname if parts.scheme in ("http", "https") else None


def _warn(address: str, fixed: str, message: str, place: Span, found: Diagnostics) -> None:
    at = place.text.find(address)
    fix = (Edit(place.within(at, at + len(address)), fixed),) if at >= 0 and place.text.count(address) == 1 else ()
    found.warning("doubtful-address", message, place, help=f"write {fixed}", fix=fix)

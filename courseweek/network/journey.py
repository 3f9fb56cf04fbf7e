"""One address and where it leads: HEAD before GET, and redirects one by one, permanent or temporary.

If urllib3 followed the redirects (`PoolManager`), none would wait for the gate of its host, no server that gets HEAD
wrong would be asked again with GET on the way, and a fault would not say which address it came from.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

from courseweek.network.answer import Answer, bare_address, host_of
from courseweek.network.wire import Method, Reply

MOST_REDIRECTS = 10
_LASTING = frozenset({301, 308})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})

Ask = Callable[[Method, str], Reply]


def follow_address(address: str, ask: Ask, now: datetime) -> Answer:
    """Return what there is at an address, after its redirects (RFC 9110, section 15.4).

    An address has moved for good as far as each redirect from it says so; what comes after one for now does not count.
    """
    at, moved, lasting = address, None, True
    seen = {at}
    while True:
        reply = _ask_gently(at, ask)
        if reply.status not in _REDIRECTS:
            return Answer(reply.status, at, moved, reply.fault, _reason_of(reply, at), now)
        host = host_of(at)
        target = _target_of(at, reply)
        if target is None:
            reason = f"{host} redirects without an address"
            return Answer(reply.status, at, moved, "broken", reason, now)
        if urlsplit(target).scheme not in ("http", "https"):
            reason = f"{host} redirects to an address with the scheme `{urlsplit(target).scheme[:40]}:`"
            return Answer(reply.status, at, moved, "refused", reason, now)
        if target in seen or len(seen) > MOST_REDIRECTS:
            reason = f"{host} redirects in a circle" if target in seen else f"{host} redirects too many times"
            return Answer(reply.status, at, moved, "circle", reason, now)
        lasting = lasting and reply.status in _LASTING
        moved = target if lasting else moved
        seen.add(target)
        at = target


def _ask_gently(address: str, ask: Ask) -> Reply:
    """Ask with HEAD, which sends no page; and with GET where that goes wrong: many servers only know GET well."""
    reply = ask("HEAD", address)
    # A host that asks for fewer requests does not get one more.
    wrong = reply.status is not None and reply.status != 429 and (reply.status < 200 or reply.status >= 400)
    if wrong or reply.fault in ("silent", "broken"):
        return ask("GET", address)
    return reply


def _target_of(at: str, reply: Reply) -> str | None:
    if reply.location is None:
        return None
    try:
        joined = urljoin(at, reply.location)
        target = bare_address(joined)
        _ = urlsplit(target).port
    except ValueError:
        return None
    return target if target else None


def _reason_of(reply: Reply, at: str) -> str:
    if reply.status is None:
        return reply.reason
    return "" if 200 <= reply.status < 300 else f"{host_of(at)} answers {say_status(reply.status)}"


def say_status(status: int) -> str:
    """Return a status with its meaning, if it has one: "404 (not found)"."""
    try:
        return f"{status} ({HTTPStatus(status).phrase.lower()})"
    except ValueError:
        return str(status)

"""What a host says about an address, and what an address is when it is asked about."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit, urlunsplit

from courseweek.frozen import dataclass

Fault = Literal[
    "unknown-host",  # the name has no address
    "unreachable",  # nothing takes a connection there
    "silent",  # no answer in time
    "broken",  # the response is not an answer
    "certificate",  # no secure connection
    "circle",  # redirects that come to no end
    "refused",  # not asked: no address of the public web
    "resting",  # not asked: the host wants a longer pause
    "unasked",  # not asked: the time was up
]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was learned about one address.

    `status` is that of the last reply (RFC 9110, section 15), None where there was none; `fault` then says why.
    `final` is the address that gave it, after all redirects. `moved` is the address that takes the place of this one
    for good (301, 308), None if it has not moved, or only for now (302, 303, 307). `reason` is what is wrong in one
    clause, empty for a good answer.
    """

    status: int | None
    final: str
    moved: str | None
    fault: Fault | None
    reason: str
    asked_at: datetime

    @property
    def good(self) -> bool:
        """Whether something is there, at this address or where it leads."""
        return self.fault is None and self.status is not None and 200 <= self.status < 300

    @property
    def replied(self) -> bool:
        """Whether the host said anything at all."""
        return self.status is not None


def bare_address(address: str) -> str:
    """Return the address as it is asked about: without its fragment, and without a name and password."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return address
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, parts.query, ""))


def host_of(address: str) -> str:
    """Return the host of an address in lower case; the address itself where it has none."""
    try:
        return (urlsplit(address).hostname or address).rstrip(".")
    except ValueError:
        return address

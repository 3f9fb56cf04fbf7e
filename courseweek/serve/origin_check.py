"""Who may ask the preview for anything: only pages of the preview itself."""

from __future__ import annotations

import ipaddress
import re

from courseweek.frozen import dataclass

_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_ANY = ("", "0.0.0.0", "::", "[::]")


@dataclass(frozen=True, slots=True)
class OriginCheck:
    """Allows requests of pages of this server, by a name that is its own, and no others.

    Any page of the web may send a browser here, and a host of the web may give itself this machine's address (DNS
    rebinding); what the browser says of both is the Host and the Origin of a request (RFC 9110, section 7.2; RFC 6454,
    section 7). `host` is what the server is bound to. Bound to all addresses, it has those of all its networks: then
    any number is its own, and no name, since only names can be given another address.
    """

    host: str
    port: int

    def allows_host(self, host: str) -> bool:
        """Return whether the Host of a request is this server's."""
        name, _, port = host.lower().rpartition(":") if re.search(r":\d+$", host) else (host.lower(), "", "80")
        if port != str(self.port):
            return False
        if name in (*_LOOPBACK, self.host.lower(), f"[{self.host.lower()}]"):
            return True
        return self.host in _ANY and _is_number(name)

    def allows_origin(self, origin: str) -> bool:
        """Return whether the Origin of a request is a page of this server."""
        scheme, _, host = origin.partition("://")
        return scheme == "http" and self.allows_host(host)


def is_loopback(host: str) -> bool:
    """Return whether only this machine can reach a server that is bound to `host`."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True

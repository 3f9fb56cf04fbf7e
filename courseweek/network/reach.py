"""Where a request may go: to the public internet only, no matter who wrote the address and where it redirects.

A check that runs for a pull request would otherwise ask the machines around it whatever the pull request says.
"""

from __future__ import annotations

import ipaddress
import socket

_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""IPv6 addresses that stand for IPv4 ones (RFC 6052, section 2.1)."""
_CLOUD_OWN = frozenset({"168.63.129.16"})
"""Public by its number, and answered by the machine's own cloud: where Azure's virtual machines find their host."""


def resolve_host(host: str, port: int) -> list[str]:
    """Return the numeric addresses of a host, IPv4 first: many build machines have no IPv6. Raises `OSError`."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    ordered = sorted(found, key=lambda each: each[0] != socket.AF_INET)
    return list(dict.fromkeys(str(each[4][0]) for each in ordered))


def is_public(number: str) -> bool:
    """Return whether a numeric address is on the public internet (IANA's registries of special-purpose addresses).

    IPv6 addresses that carry an IPv4 address are what that one is.
    """
    try:
        address = ipaddress.ip_address(number.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        carried = _carried(address)
        if carried is not None:
            return is_public(str(carried))
    if str(address) in _CLOUD_OWN:
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _carried(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address in _TRANSLATED:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)

"""One request over the network and its reply: the only door to urllib3.

It is made on a connection and not through a pool, which would look the name up again and hide the socket: the time
limits of urllib3 are for single reads, so an alarm has to cut a connection on which headers trickle.
"""

from __future__ import annotations

import contextlib
import ssl
from collections.abc import Callable
from functools import cache
from http.client import HTTPException
from importlib import import_module
from socket import SHUT_RDWR, gaierror
from threading import Event, Timer
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote, urlsplit

from courseweek import __version__
from courseweek.frozen import dataclass
from courseweek.network.answer import Fault, host_of
from courseweek.network.reach import is_public, resolve_host

if TYPE_CHECKING:
    from urllib3.connection import HTTPConnection

Method = Literal["HEAD", "GET"]
PATIENCE = 10.0
"""Seconds until a connection has to be made, and between two signs of life."""
LONGEST = 20.0
"""Seconds that one request may take in all, so that a trickle of bytes is not an answer."""
LONGEST_ADDRESS = 2_000
"""A redirect to a longer address (characters) is not followed."""
LONGEST_WAIT = 366 * 24 * 3600
_MOST_NUMBERS = 3
"""Numeric addresses that are tried for one host."""
_HEADERS = {
    "User-Agent": f"Courseweek/{__version__} (link check)",
    "Accept": "*/*",
    "Accept-Encoding": "identity",
    "Connection": "close",
}
_CERTIFICATE_WORDS = {
    10: "has expired",
    18: "is signed by itself",
    19: "is not trusted by this computer",
    20: "is not trusted by this computer",
    21: "is not trusted by this computer",
    62: "is for another host",
    64: "is for another host",
}
"""By the number that OpenSSL gives what is wrong with a certificate (its X509_V_ERR)."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What one request came to: a status, with where it redirects and how long to wait; or a fault and its reason."""

    status: int | None = None
    location: str | None = None
    wait: float | None = None
    fault: Fault | None = None
    reason: str = ""


def load_client() -> None:
    """Import urllib3 ahead of the threads that use it: where two import it at once, one finds it half made."""
    for name in ("connection", "exceptions", "util"):
        import_module(f"urllib3.{name}")


@dataclass(frozen=True, slots=True)
class Wire:
    """Makes requests. `resolve` finds a host's numeric addresses, `allows` says to which of them a request may go.

    The connection is made to the very number that was allowed, so that a name that means another machine a moment
    later ("DNS rebinding") leads nowhere.
    """

    resolve: Callable[[str, int], list[str]] = resolve_host
    allows: Callable[[str], bool] = is_public
    patience: float = PATIENCE
    longest: float = LONGEST

    def request(self, method: Method, address: str) -> Reply:
        """Return the reply to one request; redirects are not followed, no body is read, and nothing is raised."""
        from urllib3.exceptions import HTTPError
        from urllib3.util import parse_url

        host = host_of(address)
        try:
            url = parse_url(_in_ascii(address))
        except (HTTPError, ValueError):  # a malformed host name is a UnicodeError, which is a ValueError
            return Reply(fault="refused", reason="it is not a valid address")
        if url.scheme not in ("http", "https"):
            return Reply(fault="refused", reason="only http: and https: can be checked")
        if not url.host:
            return Reply(fault="refused", reason="the address has no host")
        name = url.host.strip("[]")
        port = url.port or (443 if url.scheme == "https" else 80)
        try:
            numbers = [each for each in self.resolve(name, port) if self.allows(each)]
        except gaierror:
            return Reply(fault="unknown-host", reason=f"there is no host `{host}`")
        except (OSError, ValueError):
            return Reply(fault="unreachable", reason=f"the name `{host}` can't be looked up")
        if not numbers:
            return Reply(fault="refused", reason=f"`{host}` is not a host on the public internet")
        reply = Reply(fault="unreachable", reason=f"{host} can't be reached")
        for number in numbers[:_MOST_NUMBERS]:
            connection = self._connection(url.scheme, number, port, name)
            reply = self._ask(connection, method, url.request_uri, url.netloc or name, host)
            if reply.fault != "unreachable":
                break
        return reply

    def _connection(self, scheme: str, number: str, port: int, name: str) -> HTTPConnection:
        from urllib3.connection import HTTPConnection, HTTPSConnection

        if scheme == "http":
            return HTTPConnection(number, port, timeout=self.patience)
        return HTTPSConnection(
            number, port, timeout=self.patience, server_hostname=name, ssl_context=_trusting_context()
        )

    def _ask(self, connection: HTTPConnection, method: Method, target: str, shown: str, host: str) -> Reply:
        """Ask on one connection and close it; `shown` is the host as the request names it."""
        from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

        late = Event()
        alarm = Timer(self.longest, _cut, [connection, late])
        alarm.daemon = True
        alarm.start()
        try:
            reply = _exchange(connection, method, target, shown)
        except ssl.SSLError as error:
            reply = Reply(fault="certificate", reason=f"{host} can't be reached securely: {say_tls(error)}")
        except (ConnectTimeoutError, NewConnectionError):
            reply = Reply(fault="unreachable", reason=f"{host} can't be reached")
        except TimeoutError:
            reply = Reply(fault="silent", reason=f"{host} does not answer in time")
        except (HTTPError, HTTPException, OSError, ValueError):
            reply = Reply(fault="broken", reason=f"{host} breaks off, or does not answer in HTTP")
        finally:
            alarm.cancel()
            connection.close()
        # Headers that were cut off look like headers that are complete.
        return Reply(fault="silent", reason=f"{host} does not answer in time") if late.is_set() else reply


def _exchange(connection: HTTPConnection, method: Method, target: str, shown: str) -> Reply:
    """Send the request and read the headers of its reply; the body is left where it is."""
    connection.connect()
    connection.request(method, target, headers={**_HEADERS, "Host": shown}, preload_content=False)
    response = connection.getresponse()
    locations = response.headers.getlist("Location")
    wait = _read_wait(response.headers.get("Retry-After"))
    response.close()
    return Reply(response.status, _read_location(locations[0]) if locations else None, wait)


def say_tls(error: ssl.SSLError) -> str:
    """Return in plain words why the connection is not secure."""
    if isinstance(error, ssl.SSLCertVerificationError):
        code = getattr(error, "verify_code", 0)
        return f"its certificate {_CERTIFICATE_WORDS.get(code, 'is not valid')}"
    return "its TLS is faulty"


@cache
def _trusting_context() -> ssl.SSLContext:
    """Return the settings of secure connections, with the authorities that this machine trusts: 20 ms to load."""
    return ssl.create_default_context()


def _cut(connection: HTTPConnection, late: Event) -> None:
    """End a request that takes too long, from the thread of its alarm."""
    late.set()
    sock = connection.sock
    if sock is not None:
        with contextlib.suppress(OSError):
            sock.shutdown(SHUT_RDWR)


def _in_ascii(address: str) -> str:
    """Return the address with its host in the letters of DNS (RFC 5891, section 4.4), the rest percent-encoded."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    if not host.isascii():
        netloc = host.encode("idna").decode("ascii") + (f":{parts.port}" if parts.port else "")
        parts = parts._replace(netloc=netloc)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment="").geturl()


def _read_location(text: str) -> str | None:
    """Return a redirect's target; bytes beyond ASCII are UTF-8 by what servers do, and are percent-encoded."""
    with contextlib.suppress(UnicodeError):
        text = text.encode("latin-1").decode("utf-8")
    text = quote(text.strip(), safe="!#$%&'()*+,/:;=?@[]~")
    return text if 0 < len(text) <= LONGEST_ADDRESS else None


def _read_wait(text: str | None) -> float | None:
    """Return the seconds that a host asks to be left alone (RFC 9110, section 10.2.3), or None."""
    if text is None:
        return None
    from urllib3.exceptions import InvalidHeader
    from urllib3.util import Retry

    try:
        return min(Retry().parse_retry_after(text[:100]), LONGEST_WAIT)
    except (InvalidHeader, ValueError, OverflowError, OSError):
        return None

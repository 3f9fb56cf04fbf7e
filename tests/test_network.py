"""Asking other hosts: what they answer, how politely they are asked, and that nothing is asked of machines nearby."""

from __future__ import annotations

import json
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import gaierror, socket
from time import sleep

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseweek import __version__
from courseweek.network.answer import Answer, bare_address
from courseweek.network.reach import is_public
from courseweek.network.rounds import Network
from courseweek.network.wire import Method, Reply, Wire, say_tls
from tests.misbehaving import Answering, Server, by_method, raw, redirect, reply, reset, running, say_nothing

NOW = datetime(2027, 3, 10, 12, tzinfo=UTC)
OK = reply("200 OK", body=b"<p>Here.</p>")
NOT_FOUND = reply("404 Not Found")
FAILED = reply("500 Internal Server Error")


def is_here(number: str) -> bool:
    return number == "127.0.0.1" or is_public(number)


def every_name_is_here(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


@dataclass
class Clock:
    """A clock that only goes on where somebody waits, and remembers how long."""

    seconds: float = 0.0
    waits: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def now(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        with self.lock:
            self.waits.append(seconds)
            self.seconds += seconds


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def network(clock: Clock) -> Network:
    wire = Wire(allows=is_here, resolve=every_name_is_here)
    return Network(None, NOW, wire=wire, clock=clock.now, sleep=clock.sleep)


def ask(network: Network, address: str) -> Answer:
    return network.ask([address])[address]


def hasty(network: Network) -> Network:
    return replace(network, wire=replace(network.wire, patience=0.3, longest=0.3))


REPLIES: dict[str, tuple[Answering | list[Answering], list[str], int | None, str | None, str]] = {
    "good": (OK, ["HEAD"], 200, None, ""),
    "nothing to show": (reply("204 No Content"), ["HEAD"], 204, None, ""),
    "HEAD refused": (by_method(reply("405 Method Not Allowed"), OK), ["HEAD", "GET"], 200, None, ""),
    "HEAD not made": (by_method(reply("501 Not Implemented"), OK), ["HEAD", "GET"], 200, None, ""),
    "HEAD not found": (by_method(NOT_FOUND, OK), ["HEAD", "GET"], 200, None, ""),
    "HEAD forbidden": (by_method(reply("403 Forbidden"), OK), ["HEAD", "GET"], 200, None, ""),
    "HEAD torn down": (by_method(reset, OK), ["HEAD", "GET"], 200, None, ""),
    "not found": (NOT_FOUND, ["HEAD", "GET"], 404, None, "127.0.0.1 answers 404 (not found)"),
    "gone": (reply("410 Gone"), ["HEAD", "GET"], 410, None, "127.0.0.1 answers 410 (gone)"),
    "forbidden": (reply("403 Forbidden"), ["HEAD", "GET"], 403, None, "127.0.0.1 answers 403 (forbidden)"),
    "a status of its own": (reply("999 Denied"), ["HEAD", "GET"], 999, None, "127.0.0.1 answers 999"),
    "failed, then mended": ([FAILED, FAILED, OK], ["HEAD", "GET", "GET"], 200, None, ""),
    "failed": (FAILED, ["HEAD", "GET", "GET"], 500, None, "127.0.0.1 answers 500 (internal server error)"),
    "a choice": (reply("300 Multiple Choices"), ["HEAD"], 300, None, "127.0.0.1 answers 300 (multiple choices)"),
    "silence": (
        say_nothing,
        ["HEAD", "GET", "GET"],
        None,
        "broken",
        "127.0.0.1 breaks off, or does not answer in HTTP",
    ),
    "torn down": (
        reset,
        ["HEAD", "GET", "GET"],
        None,
        "broken",
        "127.0.0.1 breaks off, or does not answer in HTTP",
    ),
    "no HTTP": (
        raw(b"SSH-2.0-OpenSSH_9.9\r\n"),
        ["HEAD", "GET", "GET"],
        None,
        "broken",
        "127.0.0.1 breaks off, or does not answer in HTTP",
    ),
    "no status": (
        raw(b"HTTP/1.1 twohundred OK\r\n\r\n"),
        ["HEAD", "GET", "GET"],
        None,
        "broken",
        "127.0.0.1 breaks off, or does not answer in HTTP",
    ),
    "one huge header": (
        raw(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000 + b"\r\n\r\n"),
        ["HEAD", "GET", "GET"],
        None,
        "broken",
        "127.0.0.1 breaks off, or does not answer in HTTP",
    ),
    "many headers": (
        raw(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 1_000 + b"\r\n"),
        ["HEAD", "GET", "GET"],
        None,
        "broken",
        "127.0.0.1 breaks off, or does not answer in HTTP",
    ),
    "headers that are none": (raw(b"HTTP/1.1 200 OK\r\n\xff\xfe no colon\r\n: x\r\n\r\n"), ["HEAD"], 200, None, ""),
    "HTTP of 1996": (raw(b"HTTP/1.0 200 OK\r\n\r\n"), ["HEAD"], 200, None, ""),
}


@pytest.mark.parametrize("case", REPLIES)
def test_replies(case: str, server: Server, network: Network) -> None:
    way, methods, status, fault, reason = REPLIES[case]
    server.ways["/page"] = way
    answer = ask(network, server.address("/page"))
    assert [each.split()[0] for each in server.asked] == methods
    assert (answer.status, answer.fault, answer.reason) == (status, fault, reason)
    assert answer.good is (reason == "")
    assert answer.asked_at == NOW


@pytest.mark.parametrize("way", ["hang", "drip"])
def test_no_answer_in_time(way: str, server: Server, network: Network) -> None:
    server.ways["/page"] = getattr(server, way)
    answer = ask(hasty(network), server.address("/page"))
    assert (answer.status, answer.fault) == (None, "silent")
    assert answer.reason == "127.0.0.1 does not answer in time"
    for _ in range(6_000):  # the server may read what it was asked when nobody waits any more
        if len(server.asked) >= 3:
            break
        sleep(0.01)
    assert [each.split()[0] for each in server.asked] == ["HEAD", "GET", "GET"]


def test_no_body_is_read(server: Server, network: Network) -> None:
    server.ways["/page"] = by_method(reply("405 Method Not Allowed"), server.pour)
    assert ask(network, server.address("/page")).good


REDIRECTS: dict[str, tuple[dict[str, Answering], str, str | None, str]] = {
    "for good": ({"/page": redirect(301, "/new"), "/new": OK}, "/new", "/new", ""),
    "for good, as it was asked": ({"/page": redirect(308, "/new"), "/new": OK}, "/new", "/new", ""),
    "for now": ({"/page": redirect(302, "/new"), "/new": OK}, "/new", None, ""),
    "see other": ({"/page": redirect(303, "/new"), "/new": OK}, "/new", None, ""),
    "for now, as it was asked": ({"/page": redirect(307, "/new"), "/new": OK}, "/new", None, ""),
    "twice for good": (
        {"/page": redirect(301, "/a"), "/a": redirect(308, "/b"), "/b": OK},
        "/b",
        "/b",
        "",
    ),
    "for good, then for now": (
        {"/page": redirect(301, "/a"), "/a": redirect(302, "/b"), "/b": OK},
        "/b",
        "/a",
        "",
    ),
    "for now, then for good": (
        {"/page": redirect(302, "/a"), "/a": redirect(301, "/b"), "/b": OK},
        "/b",
        None,
        "",
    ),
    "to nothing": ({"/page": redirect(301, "/new")}, "/new", "/new", "127.0.0.1 answers 404 (not found)"),
    "with a fragment": ({"/page": redirect(301, "/new#part"), "/new": OK}, "/new", "/new", ""),
    "with letters": (
        {"/page": redirect(301, "/für dich"), "/f%C3%BCr%20dich": OK},
        "/f%C3%BCr%20dich",
        "/f%C3%BCr%20dich",
        "",
    ),
    "to itself": ({"/page": redirect(301, "/page")}, "/page", None, "127.0.0.1 redirects in a circle"),
    "in a circle": (
        {"/page": redirect(302, "/a"), "/a": redirect(302, "/b"), "/b": redirect(302, "/page")},
        "/b",
        None,
        "127.0.0.1 redirects in a circle",
    ),
    "nowhere": ({"/page": reply("302 Found")}, "/page", None, "127.0.0.1 redirects without an address"),
    "to an endless address": (
        {"/page": redirect(302, "/" + "x" * 5_000)},
        "/page",
        None,
        "127.0.0.1 redirects without an address",
    ),
    "to no address": ({"/page": redirect(302, "http://[::1")}, "/page", None, "127.0.0.1 redirects without an address"),
    "to a file": (
        {"/page": redirect(302, "file:///etc/passwd")},
        "/page",
        None,
        "127.0.0.1 redirects to an address with the scheme `file:`",
    ),
    "to a script": (
        {"/page": redirect(302, "javascript:alert(1)")},
        "/page",
        None,
        "127.0.0.1 redirects to an address with the scheme `javascript:`",
    ),
    "to a cloud's metadata": (
        {"/page": redirect(302, "http://169.254.169.254/latest/meta-data/")},
        "http://169.254.169.254/latest/meta-data/",
        None,
        "`169.254.169.254` is not a host on the public internet",
    ),
}


@pytest.mark.parametrize("case", REDIRECTS)
def test_redirects(case: str, server: Server, network: Network) -> None:
    ways, final, moved, reason = REDIRECTS[case]
    server.ways.update(ways)
    network = replace(network, wire=Wire(allows=is_here))
    answer = ask(network, server.address("/page"))
    assert answer.final.removeprefix(server.address("")) == final
    assert (answer.moved.removeprefix(server.address("")) if answer.moved else None) == moved
    assert answer.reason == reason


def test_redirects_without_an_end(server: Server, network: Network) -> None:
    server.ways.update({f"/{n}": redirect(302, f"/{n + 1}") for n in range(30)})
    answer = ask(network, server.address("/0"))
    assert answer.reason == "127.0.0.1 redirects too many times"
    assert len(server.asked) == 11


def test_what_a_request_says(server: Server, network: Network) -> None:
    server.ways["/a?b=c"] = OK
    server.ways["/%C3%BC"] = OK
    address = server.address("/a?b=c#d").replace("//", "//name:secret@")
    other = server.address("/ü", "bücher.example")
    network.ask([address, other])
    first, second = sorted(server.heads, key=lambda head: "xn--" in head)
    assert f"User-Agent: Courseweek/{__version__} (link check)\r\n" in first
    assert f"Host: 127.0.0.1:{server.port}\r\n" in first
    assert f"Host: xn--bcher-kva.example:{server.port}\r\n" in second
    for head in (first, second):
        assert "secret" not in head
        assert "Authorization" not in head
        assert "Cookie" not in head
        assert "#" not in head


ADDRESSES = {
    "https://example.edu/a#b": "https://example.edu/a",
    "https://me:pass@example.edu/a?b": "https://example.edu/a?b",
    " http://example.edu ": "http://example.edu",
    "http://[::1": "http://[::1",
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_bare_addresses(address: str) -> None:
    assert bare_address(address) == ADDRESSES[address]


REFUSED = {
    "ftp://example.edu/": "only http: and https: can be checked",
    "file:///etc/passwd": "only http: and https: can be checked",
    "http://[::1": "it is not a valid address",
    "http://example.edu:port/": "it is not a valid address",
    "http://" + "x" * 100 + "ü/": "it is not a valid address",
    "http:///path": "the address has no host",
}


@pytest.mark.parametrize("address", REFUSED)
def test_what_is_not_asked_for(address: str, network: Network) -> None:
    answer = ask(network, address)
    assert (answer.fault, answer.reason) == ("refused", REFUSED[address])


NUMBERS = {
    "93.184.215.14": True,
    "2606:2800:21f:cb07:6820:80da:af6b:8b2c": True,
    "127.0.0.1": False,
    "127.8.8.8": False,
    "0.0.0.0": False,
    "10.1.2.3": False,
    "172.16.0.1": False,
    "192.168.1.1": False,
    "100.64.0.1": False,
    "169.254.169.254": False,
    "168.63.129.16": False,
    "224.0.0.1": False,
    "255.255.255.255": False,
    "::": False,
    "::1": False,
    "fe80::1": False,
    "fe80::1%eth0": False,
    "fd00:ec2::254": False,
    "ff02::1": False,
    "::ffff:127.0.0.1": False,
    "::ffff:93.184.215.14": True,
    "64:ff9b::a9fe:a9fe": False,
    "64:ff9b::5db8:d70e": True,
    "2002:7f00:1::": False,
    "2001:db8::1": False,
    "elsewhere": False,
}


@pytest.mark.parametrize("number", NUMBERS)
def test_public_numbers(number: str) -> None:
    assert is_public(number) is NUMBERS[number]


# Forms of the loopback address that the machine itself reads as one.
@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_nothing_is_asked_of_this_machine(host: str, server: Server, clock: Clock) -> None:
    server.ways["/"] = OK
    plain = Network(None, NOW, clock=clock.now, sleep=clock.sleep)
    answer = ask(plain, server.address("/", host))
    assert answer.fault in ("refused", "unknown-host")
    assert server.asked == []


def test_a_name_that_comes_to_mean_another_machine(server: Server, network: Network) -> None:
    server.ways["/page"] = by_method(reply("405 Method Not Allowed"), OK)
    numbers = [["127.0.0.1"], ["192.168.0.1"]]
    looked_up: list[str] = []

    def rebind(host: str, port: int) -> list[str]:
        looked_up.append(host)
        return numbers[len(looked_up) - 1]

    network = replace(network, wire=Wire(resolve=rebind, allows=is_here))
    answer = ask(network, server.address("/page", "rebind.example"))
    assert answer.reason == "`rebind.example` is not a host on the public internet"
    assert server.asked == ["HEAD /page"]
    assert looked_up == ["rebind.example"] * 2, "each request goes to the number that was looked at"


def test_the_number_that_is_public_is_taken(server: Server, network: Network) -> None:
    server.ways["/page"] = OK
    network = replace(network, wire=Wire(resolve=lambda host, port: ["10.0.0.1", "127.0.0.1"], allows=is_here))
    assert ask(network, server.address("/page", "both.example")).good


def test_hosts_that_do_not_exist(network: Network) -> None:
    network = replace(network, wire=Wire())
    answer = ask(network, "http://nowhere.invalid/")
    assert (answer.fault, answer.reason) == ("unknown-host", "there is no host `nowhere.invalid`")


def test_a_port_that_nobody_listens_at(network: Network) -> None:
    with running() as server:
        address = server.address("/a")
        other = server.address("/b")
    answers = network.ask([address, other])
    assert {answer.fault for answer in answers.values()} == {"unreachable"}
    assert answers[address].reason == "127.0.0.1 can't be reached"


def test_no_tls(server: Server, network: Network) -> None:
    answer = ask(network, server.address("/page").replace("http:", "https:"))
    assert answer.fault == "certificate"
    assert answer.reason == "127.0.0.1 can't be reached securely: its TLS is faulty"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (10, "its certificate has expired"),
        (18, "its certificate is signed by itself"),
        (20, "its certificate is not trusted by this computer"),
        (62, "its certificate is for another host"),
        (64, "its certificate is for another host"),
        (99, "its certificate is not valid"),
    ],
)
def test_certificates_in_words(code: int, words: str) -> None:
    error = ssl.SSLCertVerificationError("certificate verify failed")
    error.verify_code = code
    assert say_tls(error) == words


def test_one_request_at_a_time(server: Server, network: Network) -> None:
    # Three names that lead to one host, whose own pages are asked about at the same time.
    for n in range(6):
        server.ways[f"/{n}"] = OK
        server.ways[f"/from/{n}"] = redirect(302, server.address(f"/{n}", "c.example"))
    addresses = [server.address(f"/{n}", "c.example") for n in range(6)]
    addresses += [server.address(f"/from/{n}", name) for n in range(3) for name in ("a.example", "b.example")]
    by_host: list[str] = []
    request = Wire.request
    running_now: set[str] = set()

    class Watched(Wire):
        def request(self, method: Method, address: str) -> Reply:
            host = address.split("/")[2].partition(":")[0]
            assert host not in running_now
            running_now.add(host)
            by_host.append(host)
            try:
                return request(self, method, address)
            finally:
                running_now.remove(host)

    network = replace(network, wire=Watched(resolve=every_name_is_here, allows=is_here))
    answers = network.ask(addresses)
    assert all(answer.good for answer in answers.values())
    assert by_host.count("c.example") == 12
    assert by_host.count("a.example") == 3


def test_a_single_host_sees_one_connection(server: Server, network: Network) -> None:
    crowded: list[str] = []
    asking = threading.Lock()

    def alone(connection: socket, method: str) -> None:
        # Free again before the reply goes out: whoever has read it may ask the next thing at once.
        if not asking.acquire(blocking=False):
            crowded.append(method)
        else:
            server.over.wait(0.01)
            asking.release()
        OK(connection, method)

    server.ways.update({f"/{n}": alone for n in range(20)})
    answers = network.ask([server.address(f"/{n}") for n in range(20)])
    assert all(answer.good for answer in answers.values())
    assert crowded == []
    assert len(server.asked) == 20


FIRST_QUESTION = """
import sys
from datetime import UTC, datetime
from courseweek.network.rounds import Network
from courseweek.network.wire import Reply, Wire

class Watched(Wire):
    def request(self, method, address):
        print("urllib3.connection" in sys.modules)
        return Reply(200)

Network(None, datetime(2027, 3, 10, tzinfo=UTC), wire=Watched()).ask(["https://a.example/"])
"""


def test_the_client_is_loaded_before_threads_ask() -> None:
    # Two threads that import urllib3 at once find it half made, now and then.
    done = subprocess.run(
        [sys.executable, "-c", FIRST_QUESTION], capture_output=True, encoding="utf-8", check=True, timeout=60
    )
    assert done.stdout.split() == ["True"]


def test_pauses(server: Server, network: Network, clock: Clock) -> None:
    server.ways.update({f"/{n}": OK for n in range(4)})
    network.ask([server.address(f"/{n}") for n in range(4)])
    assert clock.waits == [1.0, 1.0, 1.0]


WAITS: dict[str, tuple[str, list[float], bool]] = {
    "in seconds": ("Retry-After: 7", [7.0], True),
    "as a date that is over": ("Retry-After: Wed, 21 Oct 2015 07:28:00 GMT", [1.0], True),
    "less than the usual pause": ("Retry-After: 0", [1.0], True),
    "not said": ("X: y", [1.0], True),
    "no number": ("Retry-After: soon", [1.0], True),
    "a minute": ("Retry-After: 60", [60.0], True),
    "too long": ("Retry-After: 3600", [], False),
    "for ever": ("Retry-After: 99999999999999999999", [], False),
    "as a date far away": ("Retry-After: Fri, 31 Dec 9999 23:59:59 GMT", [], False),
}


@pytest.mark.parametrize("case", WAITS)
def test_hosts_that_ask_to_wait(case: str, server: Server, network: Network, clock: Clock) -> None:
    header, waits, good = WAITS[case]
    server.ways["/page"] = [reply("429 Too Many Requests", header), OK]
    answer = ask(network, server.address("/page"))
    assert clock.waits == waits
    assert answer.good is good
    assert server.asked == ["HEAD /page"] * (2 if good else 1)
    assert answer.fault == (None if good else "resting")


def test_a_host_that_rests_is_left_alone(server: Server, network: Network) -> None:
    server.ways["/0"] = reply("503 Service Unavailable", "Retry-After: 900")
    answers = network.ask([server.address(f"/{n}") for n in range(3)])
    assert server.asked == ["HEAD /0"]
    assert {answer.reason for answer in answers.values()} == {"127.0.0.1 asks to wait for more than a minute"}


def test_a_host_that_is_always_busy(server: Server, network: Network) -> None:
    server.ways["/page"] = reply("429 Too Many Requests", "Retry-After: 2")
    answer = ask(network, server.address("/page"))
    assert answer.status == 429
    assert server.asked == ["HEAD /page"] * 2


def test_the_time_is_up(server: Server, network: Network, clock: Clock) -> None:
    server.ways.update({f"/{n}": OK for n in range(10)})
    heard: list[tuple[int, int]] = []
    network = replace(network, budget=3.5)
    answers = network.ask([server.address(f"/{n}") for n in range(10)], lambda done, of: heard.append((done, of)))
    assert [answer.fault for answer in answers.values()] == [None] * 4 + ["unasked"] * 6
    assert heard == [(n, 10) for n in range(11)]
    assert clock.seconds == 3.0


def test_a_bug_is_not_hidden(server: Server, network: Network) -> None:
    def fail(host: str, port: int) -> list[str]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ask(replace(network, wire=Wire(resolve=fail)), "http://example.edu/")


# What no server says: some of it reads as a status and headers after all.
@given(
    head=st.sampled_from([b"", b"HTTP/1.1 ", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 302 Found\r\nLocation: "]),
    data=st.binary(),
)
def test_any_bytes_are_an_answer(head: bytes, data: bytes) -> None:
    clock = Clock()
    with running() as server:
        server.ways["/page"] = raw(head + data)
        wire = Wire(resolve=every_name_is_here, allows=lambda number: number == "127.0.0.1", patience=5.0)
        answer = ask(Network(None, NOW, wire=wire, clock=clock.now, sleep=clock.sleep), server.address("/page"))
    assert answer.good or answer.reason


ADDRESS_TEXTS = st.one_of(
    st.text(max_size=40),
    st.text(max_size=40).map("http://{}".format),
    st.text("[]:@/?#%\\.ü\0 a1", max_size=40).map("https://{}".format),
)


@given(address=ADDRESS_TEXTS)
def test_any_text_is_an_address(address: str) -> None:
    def fail(host: str, port: int) -> list[str]:
        raise gaierror

    answer = ask(Network(None, NOW, wire=Wire(resolve=fail)), address)
    assert answer.fault in ("refused", "unknown-host")
    assert answer.reason


def later(network: Network, by: timedelta) -> Network:
    return replace(network, now=NOW + by)


def test_answers_are_remembered(tmp_path: Path, server: Server, network: Network) -> None:
    server.ways["/good"] = redirect(301, "/new")
    server.ways["/new"] = OK
    network = replace(network, folder=tmp_path)
    addresses = [server.address("/good#part"), server.address("/good"), server.address("/bad")]
    first = network.ask(addresses)
    assert server.asked == ["HEAD /good", "HEAD /new", "HEAD /bad", "GET /bad"]
    server.asked.clear()
    heard: list[tuple[int, int]] = []
    assert later(network, timedelta(hours=23)).ask(addresses, lambda done, of: heard.append((done, of))) == first
    assert server.asked == []
    assert heard == [(2, 2)]
    later(network, timedelta(days=6, hours=23)).ask(addresses)
    assert server.asked == ["HEAD /bad", "GET /bad"]
    server.asked.clear()
    later(network, timedelta(days=7)).ask(addresses)
    assert server.asked == ["HEAD /good", "HEAD /new"]


def test_what_the_cache_says(tmp_path: Path, server: Server, network: Network) -> None:
    ask(replace(network, folder=tmp_path), server.address("/bad"))
    assert [path.name for path in (tmp_path / ".cache").iterdir()] == ["links.json"]
    kept = json.loads((tmp_path / ".cache" / "links.json").read_text(encoding="utf-8"))
    assert kept == {
        "version": 1,
        "answers": {
            server.address("/bad"): {
                "status": 404,
                "final": server.address("/bad"),
                "moved": None,
                "fault": None,
                "reason": "127.0.0.1 answers 404 (not found)",
                "asked_at": "2027-03-10T12:00:00+00:00",
            }
        },
    }


def entry(**changed: object) -> dict[str, object]:
    good: dict[str, object] = {
        "status": 200,
        "final": "http://x/",
        "moved": None,
        "fault": None,
        "reason": "",
        "asked_at": NOW.isoformat(),
    }
    return good | changed


DAMAGED: dict[str, Callable[[str], object]] = {
    "no list": lambda address: [],
    "another version": lambda address: {"version": 2, "answers": {address: entry()}},
    "answers that are none": lambda address: {"version": 1, "answers": [address]},
    "an answer that is none": lambda address: {"version": 1, "answers": {address: 200}},
    "a status in words": lambda address: {"version": 1, "answers": {address: entry(status="200")}},
    "a status that is true": lambda address: {"version": 1, "answers": {address: entry(status=True)}},
    "a fault of its own": lambda address: {"version": 1, "answers": {address: entry(fault="x")}},
    "a list as fault": lambda address: {"version": 1, "answers": {address: entry(fault=[])}},
    "no reason": lambda address: {"version": 1, "answers": {address: entry(reason=None)}},
    "no date": lambda address: {"version": 1, "answers": {address: entry(asked_at="today")}},
    "a date without a zone": lambda address: {"version": 1, "answers": {address: entry(asked_at="2027-03-10T12:00")}},
    "a date to come": lambda address: {
        "version": 1,
        "answers": {address: entry(asked_at=(NOW + timedelta(hours=1)).isoformat())},
    },
}


@pytest.mark.parametrize("case", DAMAGED)
def test_a_foreign_cache_is_not_believed(case: str, tmp_path: Path, server: Server, network: Network) -> None:
    path = tmp_path / ".cache" / "links.json"
    path.parent.mkdir()
    path.write_text(json.dumps(DAMAGED[case](server.address("/page"))), encoding="utf-8")
    assert ask(replace(network, folder=tmp_path), server.address("/page")).status == 404


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"null"])
def test_a_damaged_cache_is_written_again(data: bytes, tmp_path: Path, server: Server, network: Network) -> None:
    path = tmp_path / ".cache" / "links.json"
    path.parent.mkdir()
    path.write_bytes(data)
    assert ask(replace(network, folder=tmp_path), server.address("/page")).status == 404
    assert server.address("/page") in path.read_text(encoding="utf-8")


def test_a_good_cache_is_believed(tmp_path: Path, network: Network) -> None:
    path = tmp_path / ".cache" / "links.json"
    path.parent.mkdir()
    path.write_text(json.dumps({"version": 1, "answers": {"http://x/": entry()}}), encoding="utf-8")
    assert ask(replace(network, folder=tmp_path), "http://x/").good


def test_a_cache_in_the_way_does_not_matter(tmp_path: Path, server: Server, network: Network) -> None:
    (tmp_path / ".cache").write_text("a file", encoding="utf-8")
    assert ask(replace(network, folder=tmp_path), server.address("/page")).status == 404
    assert (tmp_path / ".cache").read_text(encoding="utf-8") == "a file"


def test_the_cache_stays_in_the_course(tmp_path: Path, server: Server, network: Network) -> None:
    course, other = tmp_path / "course", tmp_path / "other"
    course.mkdir()
    other.mkdir()
    (course / ".cache").symlink_to(other)
    assert ask(replace(network, folder=course), server.address("/page")).status == 404
    assert list(other.iterdir()) == []


def test_a_machine_without_a_network_remembers_nothing(tmp_path: Path, network: Network) -> None:
    network = replace(network, folder=tmp_path, wire=Wire())
    ask(network, "http://nowhere.invalid/")
    assert not (tmp_path / ".cache").exists()

"""Which file an address names, and who may ask: no spelling leads out of the site, and no other host in."""

from __future__ import annotations

import pytest

from courseweek.serve.origin_check import OriginCheck, is_loopback
from courseweek.serve.urls import LONGEST, find_file, read_address, type_of

SITE = {"index.html": b"", "notes/index.html": b"", "notes/a b.html": b"", "c#.html": b"", "data": b"", "data/x": b""}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("/", "index.html"),
        ("/index.html", "index.html"),
        ("/notes/", "notes/index.html"),
        ("/notes", "notes/"),
        ("/notes/a%20b.html", "notes/a b.html"),
        ("/c%23.html", "c#.html"),
        ("/data", "data"),
        ("/index.htm", None),
        ("/INDEX.html", None),
        ("/nothing/", None),
    ],
)
def test_a_path_leads_where_a_static_host_leads(raw: str, expected: str | None) -> None:
    address = read_address(raw)
    assert address is not None
    assert address.day is None
    assert find_file(address.path, SITE) == expected


@pytest.mark.parametrize(
    "raw",
    [
        "/../secret",
        "/./index.html",
        "/notes/../index.html",
        "/notes/..",
        "/%2e%2e/secret",
        "/%2E%2E%2Fsecret",
        "/..%2fsecret",
        "/..%5csecret",
        "/..\\secret",
        "/notes\\..\\secret",
        "//index.html",
        "/notes//a.html",
        "/%2findex.html",
        "//etc/passwd",
        "/index.html%00.png",
        "/%00",
        "/a\x00b",
        "/%0d%0aSet-Cookie:x",
        "/%ff",
        "/%c0%ae%c0%ae/secret",
        "/%zz",
        "/%",
        "/%u002e",
        "",
        "index.html",
        "C:/secret",
        "http://127.0.0.1/index.html",
        "*",
        "/" + "a" * LONGEST,
        "/_preview/2027-03-10/../../secret",
        "/_preview/2027-03-10/%2e%2e/secret",
    ],
)
def test_no_spelling_leads_out(raw: str) -> None:
    assert read_address(raw) is None


def test_an_escape_is_read_once() -> None:
    address = read_address("/%252e%252e/secret")
    assert address is not None
    assert address.path == "%2e%2e/secret"
    assert find_file(address.path, SITE) is None


@pytest.mark.parametrize(
    ("raw", "day", "link"),
    [
        ("/_preview/2027-03-10/", "2027-03-10T00:00:00", "/_preview/2027-03-10/"),
        ("/_preview/2027-03-10/a/b.html", "2027-03-10T00:00:00", "/_preview/2027-03-10/a/b.html"),
        ("/_preview/2027-03-10T14:30/a%20b.html", "2027-03-10T14:30:00", "/_preview/2027-03-10T14:30:00/a%20b.html"),
    ],
)
def test_a_day_comes_before_the_path(raw: str, day: str, link: str) -> None:
    address = read_address(raw)
    assert address is not None
    assert address.day is not None
    assert (address.day.isoformat(), address.link) == (day, link)


@pytest.mark.parametrize("raw", ["/_preview/2027-02-30/", "/_preview/2027-3-1/", "/_preview/", "/_preview/secret.py"])
def test_what_is_not_a_day_is_nothing(raw: str) -> None:
    assert read_address(raw) is None


@pytest.mark.parametrize(
    ("host", "admitted"),
    [
        ("127.0.0.1:8000", True),
        ("localhost:8000", True),
        ("LOCALHOST:8000", True),
        ("[::1]:8000", True),
        ("127.0.0.1:8001", False),
        ("127.0.0.1", False),
        ("", False),
        ("evil.example:8000", False),
        ("127.0.0.1.evil.example:8000", False),
        ("localhost.evil.example:8000", False),
        ("evil.example@127.0.0.1:8000", False),
        ("127.0.0.1:8000,evil.example", False),
        ("192.168.1.7:8000", False),
        ("0.0.0.0:8000", False),
    ],
)
def test_only_its_own_host_is_answered(host: str, admitted: bool) -> None:
    check = OriginCheck("127.0.0.1", 8000)
    assert check.allows_host(host) is admitted
    assert check.allows_origin(f"http://{host}") is admitted
    assert not check.allows_origin(f"https://{host}")


@pytest.mark.parametrize("origin", ["", "null", "127.0.0.1:8000", "http://", "file://", "http://127.0.0.1:8000/x"])
def test_an_origin_is_a_page_of_its_own(origin: str) -> None:
    assert not OriginCheck("127.0.0.1", 8000).allows_origin(origin)


@pytest.mark.parametrize(
    ("bound", "host", "admitted"),
    [
        ("0.0.0.0", "192.168.1.7:8000", True),
        ("::", "[fe80::1]:8000", True),
        ("0.0.0.0", "evil.example:8000", False),
        ("desk.lan", "desk.lan:8000", True),
        ("desk.lan", "192.168.1.7:8000", False),
        ("192.168.1.7", "192.168.1.7:8000", True),
    ],
)
def test_another_host_has_its_own_names(bound: str, host: str, admitted: bool) -> None:
    assert OriginCheck(bound, 8000).allows_host(host) is admitted


def test_at_port_80_a_host_has_no_number() -> None:
    assert OriginCheck("127.0.0.1", 80).allows_host("localhost")


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("desk", False)],
)
def test_loopback_is_this_machine_alone(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


@pytest.mark.parametrize(
    ("path", "type"),
    [
        ("a.html", "text/html; charset=utf-8"),
        ("a.css", "text/css; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.json", "application/json; charset=utf-8"),
        ("a.svg", "image/svg+xml; charset=utf-8"),
        ("a.ics", "text/calendar; charset=utf-8"),
        ("a.bib", "text/plain; charset=utf-8"),
        ("a.png", "image/png"),
        ("a.webp", "image/webp"),
        ("a.pdf", "application/pdf"),
        ("a.woff2", "font/woff2"),
        ("a.tar.gz", "application/octet-stream"),
        ("a", "application/octet-stream"),
    ],
)
def test_a_file_has_the_same_type_on_every_machine(path: str, type: str) -> None:
    assert type_of(path) == type

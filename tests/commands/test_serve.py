"""`serve` as a person runs it: what it answers, to whom, what it tells, and how it ends."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import socket
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from tests.serve.running import Answer, Running, preview
from tests.sites import COURSES, ROOT, SIX_LINES, read_tree, run_cli, write_course

SECRET = "nobody may read this"
FILM = b"film" * 1_250_000
TRACES = (b"_preview", b"courseweek-preview", b"livereload", b"data-withheld", b"preview.js")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Serve a course that no test changes."""
    folder = tmp_path_factory.mktemp("preview")
    course = write_course(
        folder / "course",
        {
            "content/a.md": "---\ndraft: yes\n---\nA draft.\n",
            "content/labs/index.md": "Labs.\n",
            "assets/data.csv": "a,b\n",
            "assets/demo.html": "<script>1</script>",
            "assets/demo/index.htm": "x",
            "assets/picture.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
            "assets/film.mp4": FILM,
            "assets/large.html": b"<p>" * 500_000,
        },
    )
    syllabus = (course / "syllabus.yaml").read_text(encoding="utf-8")
    named = syllabus.replace("course: A small course", "course: {title: Knots, url: https://a.example/knots/}")
    named += "site: {scripts: [demo.html]}\n"
    (course / "syllabus.yaml").write_text(named, encoding="utf-8")
    (folder / "secret.txt").write_text(SECRET, encoding="utf-8")
    (course / "secret.txt").write_text(SECRET, encoding="utf-8")
    with preview(course, folder / "errors.txt") as started:
        yield started
        assert "Traceback" not in started.read_errors()


def is_up(running: Running) -> bool:
    return running.ask("/").status == 200


def test_it_says_where_it_serves_and_what_came_of_the_course(running: Running) -> None:
    assert running.said == [f"Serving {running.address} as of Wed 10 Mar 2027; press Ctrl-C to stop."]
    made = running.out.readline()
    assert made.startswith("Built in ")
    assert made.endswith(" pages, no meetings, no readings, no warnings.\n")


@pytest.mark.parametrize(
    ("path", "status", "type"),
    [
        ("/", 200, "text/html; charset=utf-8"),
        ("/index.html?x=1", 200, "text/html; charset=utf-8"),
        ("/a.html", 200, "text/html; charset=utf-8"),
        ("/labs/", 200, "text/html; charset=utf-8"),
        ("/_preview/2027-01-26/", 200, "text/html; charset=utf-8"),
        ("/assets/theme/style.css", 200, "text/css; charset=utf-8"),
        ("/assets/theme/today.js", 200, "text/javascript; charset=utf-8"),
        ("/course.json", 200, "application/json; charset=utf-8"),
        ("/assets/film.mp4", 200, "video/mp4"),
        ("/assets/large.html", 200, "text/html; charset=utf-8"),
        ("/_preview/preview.js", 200, "text/javascript; charset=utf-8"),
        ("/_preview/report?page=/a.html", 200, "text/html; charset=utf-8"),
        ("/_preview/report?page=%00", 200, "text/html; charset=utf-8"),
        ("/_preview/report", 200, "text/html; charset=utf-8"),
        ("/nothing.html", 404, "text/html; charset=utf-8"),
        ("/_preview/2027-01-26/nothing.png", 404, "text/html; charset=utf-8"),
        ("/_preview/2027-02-31/", 404, "text/html; charset=utf-8"),
        ("/_preview/layouts/frame.html", 404, "text/html; charset=utf-8"),
        ("/syllabus.yaml", 404, "text/html; charset=utf-8"),
        ("/.courseweek", 404, "text/html; charset=utf-8"),
    ],
)
def test_it_answers_as_a_static_host_does(running: Running, path: str, status: int, type: str) -> None:
    answer = running.ask(path)
    assert (answer.status, answer.headers["Content-Type"]) == (status, type)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "ETag" not in answer.headers
    assert "Server" not in answer.headers
    head = running.ask(path, "HEAD")
    assert (head.status, head.headers["Content-Length"], head.body) == (status, str(len(answer.body)), b"")


def test_a_large_file_is_answered_whole(running: Running) -> None:
    assert running.ask("/assets/film.mp4").body == FILM


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/labs", "/labs/"),
        ("/_preview/2027-01-26/labs", "/_preview/2027-01-26/labs/"),
        ("/knots/", "/"),
        ("/knots/assets/theme/style.css", "/assets/theme/style.css"),
        ("/_preview/2027-01-26/knots/a.html", "/_preview/2027-01-26/a.html"),
    ],
)
def test_a_folder_and_the_root_of_the_published_site_lead_on(running: Running, path: str, location: str) -> None:
    answer = running.ask(path)
    assert (answer.status, answer.headers["Location"]) == (302, location)


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/assets/../../secret.txt",
        "/assets/..%2f..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/%252e%252e%252fsecret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/..%c0%afsecret.txt",
        "//secret.txt",
        "/assets//../secret.txt",
        "/secret.txt",
        "/secret.txt%00.html",
        "/%00",
        "/a.html%0d%0aX:%20y",
        "/%ff%fe",
        "/%",
        "/_preview/../secret.txt",
        "/_preview/2027-03-10/../../secret.txt",
        "/_preview/..%2fframe.py",
        "/_preview/2027-03-10/%2e%2e/%2e%2e/secret.txt",
        "/" + "a" * 10_000,
        "file:///etc/passwd",
        "/C:/secret.txt",
    ],
)
def test_nothing_outside_of_the_site_is_served(running: Running, path: str) -> None:
    answer = running.ask(path)
    assert answer.status == 404
    assert SECRET not in answer.text
    assert is_up(running)


@pytest.mark.parametrize(
    ("path", "held"),
    [
        ("/assets/demo.html", True),
        ("/_preview/2027-01-26/assets/demo.html", True),
        ("/assets/demo/index.htm", True),
        ("/assets/picture.svg", True),
        ("/assets/theme/today.js", True),
        ("/assets/data.csv", False),
        ("/a.html", False),
    ],
)
def test_an_asset_that_runs_is_apart_from_the_site(running: Running, path: str, held: bool) -> None:
    answer = running.ask(path)
    assert answer.status == 200
    policy = answer.headers.get("Content-Security-Policy", "")
    assert policy.startswith("sandbox allow-scripts; default-src 'none';") is held
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    if path.endswith("demo.html"):
        assert answer.body == b"<script>1</script>", "nothing is put into it, and above all no script of the preview"


@pytest.mark.parametrize(
    ("target", "host", "status"),
    [
        ("http://127.0.0.1:PORT/a.html", "127.0.0.1:PORT", 200),
        ("HTTP://localhost:PORT/a.html?x=1", "127.0.0.1:PORT", 200),
        ("http://127.0.0.1:PORT", "127.0.0.1:PORT", 200),
        ("http://127.0.0.1:PORT/labs/../syllabus.yaml", "127.0.0.1:PORT", 404),
        ("http://127.0.0.1:PORT//etc/passwd", "127.0.0.1:PORT", 404),
        ("http://evil.example/a.html", "127.0.0.1:PORT", 403),
        ("http://127.0.0.1:PORT@evil.example/a.html", "127.0.0.1:PORT", 403),
        ("http://127.0.0.1:PORT/a.html", "evil.example", 403),
        ("https://127.0.0.1:PORT/a.html", "127.0.0.1:PORT", 404),
    ],
)
def test_an_address_as_a_proxy_asks_for_it(running: Running, target: str, host: str, status: int) -> None:
    target, host = (each.replace("PORT", str(running.port)) for each in (target, host))
    assert running.ask(target, headers={"Host": host}).status == status


def test_an_absolute_path_is_not_found(running: Running) -> None:
    assert running.ask(str(ROOT / "pyproject.toml")).status == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "BREW"])
def test_it_only_shows(running: Running, method: str) -> None:
    assert running.ask("/", method).status == 405


FOREIGN = {
    "Host of another site": {"Host": "evil.example"},
    "Host of another site at the port": {"Host": "evil.example:PORT"},
    "Host at another port": {"Host": "127.0.0.1:1"},
    "Host without a port": {"Host": "127.0.0.1"},
    "empty Host": {"Host": ""},
    "Origin of another site": {"Origin": "https://evil.example"},
    "Origin at another port": {"Origin": "http://127.0.0.1:1"},
    "no Origin to speak of": {"Origin": "null"},
}


@pytest.mark.parametrize("foreign", FOREIGN)
@pytest.mark.parametrize("path", ["/", "/a.html", "/_preview/preview.js", "/_preview/report", "/_preview/socket"])
def test_foreign_hosts_and_pages_get_nothing(running: Running, foreign: str, path: str) -> None:
    headers = {name: text.replace("PORT", str(running.port)) for name, text in FOREIGN[foreign].items()}
    answer = running.ask(path, headers=headers)
    assert answer.status == 403
    assert b"draft" not in answer.body


def test_its_own_names_are_answered(running: Running) -> None:
    for host in (f"localhost:{running.port}", f"127.0.0.1:{running.port}", f"LocalHost:{running.port}"):
        assert running.ask("/", headers={"Host": host, "Origin": f"http://{host.lower()}"}).status == 200


@pytest.mark.parametrize(
    "data",
    [
        b"\r\n\r\n",
        b"GET\r\n\r\n",
        b"\x00\x01\x02\xff\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /\x00 HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: 127.0.0.1:PORT\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Length: -1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Length: 99999999\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ],
)
def test_a_bad_request_does_no_harm(running: Running, data: bytes) -> None:
    answer = running.say(data.replace(b"PORT", str(running.port).encode()))
    assert b" 200 " not in answer.split(b"\r\n")[0]
    assert is_up(running)


class Line:
    """A line to the preview's socket, as the script of an open page has one."""

    def __init__(self, socket: WebSocketClientConnection) -> None:
        self.socket = socket
        self.ended = False

    async def say(self, said: Any) -> None:
        """Send bytes or text as they are, and anything else as JSON."""
        whole = said if isinstance(said, str | bytes) else json.dumps(said)
        await self.socket.write_message(whole, binary=isinstance(whole, bytes))

    async def hear(self) -> Any:
        """Return the next message; None when the other end has hung up."""
        reported = await self.socket.read_message()
        self.ended = reported is None
        return None if reported is None else json.loads(reported)


@asynccontextmanager
async def listen(running: Running, headers: Mapping[str, str] | None = None) -> AsyncIterator[Line]:
    own = {"Origin": running.address.rstrip("/")} if headers is None else dict(headers)
    address = running.address.replace("http:", "ws:") + "_preview/socket"
    line = Line(await websocket_connect(HTTPRequest(address, headers=own)))
    try:
        yield line
    finally:
        line.socket.close()
        while not line.ended:
            await line.hear()


def version_of(answer: Answer) -> str:
    """Return the version that a page of the preview tells the server."""
    return answer.text.partition('data-version="')[2].partition('"')[0]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "OWN", "Host": "evil.example"},
        {"Sec-WebSocket-Origin": "OWN"},
    ],
)
def test_a_foreign_page_may_not_listen(running: Running, headers: dict[str, str]) -> None:
    headers = {name: text.replace("OWN", running.address.rstrip("/")) for name, text in headers.items()}

    async def knock() -> None:
        async with listen(running, headers):
            pass

    with pytest.raises(HTTPClientError) as refused:
        asyncio.run(knock())
    assert refused.value.code == 403


MALFORMED: list[str | bytes] = [
    "",
    "{",
    "[]",
    "null",
    "1e999",
    '"hello"',
    '{"command": ["hello"]}',
    '{"command": {"a": 1}}',
    '{"command": "info"}',
    '{"command": "info", "url": 1}',
    '{"command": "info", "url": "http://[bad/"}',
    '{"command": "info", "url": "/../x"}',
    '{"command": "reload", "path": "*"}',
    '{"command": "__class__"}',
    "[" * 4_000,
    b"\xff\xfe",
    b"\x00",
]


def test_other_messages_are_ignored(running: Running) -> None:
    async def talk() -> Any:
        async with listen(running) as line:
            for message in MALFORMED:
                await line.say(message)
            await line.say({"command": "hello"})
            return await line.hear()

    assert asyncio.run(talk())["protocols"] == ["http://livereload.com/protocols/official-7"]


def test_an_endless_message_ends_the_line_and_nothing_else(running: Running) -> None:
    async def talk() -> Any:
        async with listen(running) as line:
            await line.say("x" * 100_000)
            return await line.hear()

    assert asyncio.run(talk()) is None
    assert is_up(running)


def test_a_page_that_has_missed_a_change_hears_of_it_at_once(running: Running) -> None:
    async def talk() -> Any:
        async with listen(running) as line:
            await line.say({"command": "info", "url": running.address, "version": "an old one"})
            return await line.hear()

    reported = asyncio.run(talk())
    assert (reported["command"], reported["path"]) == ("reload", "*")


async def open_page(line: Line, running: Running, path: str) -> None:
    """Load a page, and say so as its script does."""
    version = version_of(running.ask(path))
    await line.say({"command": "info", "url": f"{running.address.rstrip('/')}{path}", "version": version})
    await line.say({"command": "hello"})
    while (await line.hear())["command"] != "hello":
        pass  # news of before


async def hear_change(line: Line) -> str:
    """Return which file has changed, after the greetings and the news that all is checked."""
    while True:
        reported = await line.hear()
        if reported["command"] == "reload" and reported["path"] != "/_preview/report":
            path: str = reported["path"]
            return path


def test_each_save_is_in_the_next_answer(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course", {"content/a.md": "one\n"})
    with preview(course, tmp_path / "errors.txt") as running:
        for number in range(20):
            (course / "content/a.md").write_text(f"number {number}\n", encoding="utf-8")
            assert f"number {number}" in running.ask("/a.html").text
        beside = course / "content/.a.md.swp"
        beside.write_text("by rename\n", encoding="utf-8")
        beside.replace(course / "content/a.md")
        assert "by rename" in running.ask("/a.html").text
        (course / "content/new").mkdir()
        (course / "content/new/b.md").write_text("fresh\n", encoding="utf-8")
        assert "fresh" in running.ask("/new/b.html").text
        for number in range(80):
            (course / f"content/new/{number}.md").write_text(f"bulk {number}\n", encoding="utf-8")
        assert all(f"bulk {number}" in running.ask(f"/new/{number}.html").text for number in range(0, 80, 20))
        (course / "content/a.md").unlink()
        assert running.ask("/a.html").status == 404


def test_every_open_page_hears_of_what_it_shows_and_of_nothing_else(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course", {"content/a.md": "one\n", "content/b.md": "one\n"})
    with preview(course, tmp_path / "errors.txt") as running:

        async def follow() -> list[str]:
            heard = []
            async with listen(running) as line, listen(running) as other:
                for name, text in (("content/a.md", "two\n"), ("assets/theme/style.css", "p { color: red }\n")):
                    await open_page(line, running, "/a.html")
                    await open_page(other, running, "/b.html")
                    (course / name).parent.mkdir(parents=True, exist_ok=True)
                    (course / name).write_text(text, encoding="utf-8")
                    heard.append(await hear_change(line))
                heard.append(await hear_change(other))
            return heard

        assert asyncio.run(follow()) == ["*", "assets/theme/style.css", "assets/theme/style.css"]


def test_an_open_page_hears_of_an_error_of_another_and_of_its_end(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course", {"content/a.md": "one\n", "content/b.md": "one\n"})
    with preview(course, tmp_path / "errors.txt") as running:

        async def follow() -> None:
            async with listen(running) as line:
                await open_page(line, running, "/b.html")
                for text, alert in (("[x](nowhere.md)\n", True), ("[x](b.md)\n", False)):
                    (course / "content/a.md").write_text(text, encoding="utf-8")
                    while True:
                        assert (await line.hear())["path"] == "/_preview/report"
                        report = running.ask("/_preview/report?page=/b.html")
                        if version_of(report).endswith("-1"):  # all is checked
                            assert ('role="alert"' in report.text) is alert
                            break

        asyncio.run(follow())


@pytest.mark.skipif(sys.platform == "win32", reason="has no pipes of this kind")
def test_open_pages_hear_of_an_edit_though_nobody_reads_the_messages(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course", {"content/a.md": "one\n"})
    with preview(course, tmp_path / "errors.txt") as running:
        running.ask("/a.html")
        with Path(os.devnull).open("rb") as nothing:
            os.dup2(nothing.fileno(), running.out.fileno())  # as `serve | head -1` closes the pipe

        async def follow() -> list[str]:
            heard = []
            async with listen(running) as line:
                for text in ("two\n", "three\n"):
                    await open_page(line, running, "/a.html")
                    (course / "content/a.md").write_text(text, encoding="utf-8")
                    heard.append(await hear_change(line))
            return heard

        assert asyncio.run(follow()) == ["*", "*"]
    assert running.read_errors() == ""


def test_errors_are_shown_on_the_last_good_page_and_reported(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course", {"syllabus.yaml": "course: [\n"})
    with preview(course, tmp_path / "errors.txt") as running:
        answer = running.ask("/")
        assert answer.status == 500
        assert "Nothing to show yet" in answer.text
        assert 'role="alert"' in answer.text
        shutil.copy(COURSES / "six-lines/syllabus.yaml", course / "syllabus.yaml")
        answer = running.ask("/")
        assert answer.status == 200
        assert 'role="alert"' not in answer.text
        (course / "readings.yaml").write_bytes(b"\xff\x00")
        answer = running.ask("/")
        assert answer.status == 200
        assert 'role="alert"' in answer.text
        reported = running.wait_for("1 error; still showing the last good version.\n")
        assert "readings.yaml:1:1: error[encoding]" in reported
        assert "2 errors.\n" in reported
        (course / "readings.yaml").unlink()
        assert 'role="alert"' not in running.ask("/").text


def save_whole(path: Path, text: str) -> None:
    """Save a file as editors do, so that the preview never sees a part of it: written beside it, and renamed."""
    beside = path.with_name(f".{path.name}.swp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


@pytest.mark.parametrize("published", [False, True])
def test_it_says_what_an_edit_moves(tmp_path: Path, *, published: bool) -> None:
    """It compares with what was published, else with what it has shown first."""
    course = write_course(tmp_path / "course", {"syllabus.yaml": SIX_LINES + "schedule: [One, Two, Three]\n"})
    syllabus = course / "syllabus.yaml"
    text = syllabus.read_text(encoding="utf-8")
    if published:
        assert run_cli("--source", course).code == 0
    with preview(course, tmp_path / "errors.txt", "--since", str(tmp_path / "none.json")) as running:
        assert running.ask("/").status == 200
        assert running.out.readline().startswith("Built in ")
        for first, line in (
            ("Two, One", "2 meetings move: One 25 Jan → 1 Feb, Two 1 Feb → 25 Jan.\n"),
            ("One, Zero", "1 title changes: Two → Zero.\n"),
        ):
            save_whole(syllabus, text.replace("One, Two", first))
            assert running.ask("/").status == 200
            assert running.out.readline().startswith("Built in ")
            assert running.out.readline() == line
        save_whole(syllabus, text)
        assert running.ask("/").status == 200
        assert running.out.readline().startswith("Built in ")
    assert running.rest == "\nThe preview has stopped; nothing was published.\n"
    assert running.read_errors() == f"--since {tmp_path / 'none.json'} is not used: it doesn't exist.\n"


def test_the_published_site_holds_no_trace_of_it(tmp_path: Path) -> None:
    course = tmp_path / "course"
    shutil.copytree(COURSES / "everything", course)
    (course / "content/plans.md").write_text("---\ndraft: yes\n---\nSecret plans.\n", encoding="utf-8")
    assert run_cli("--source", course, "--today", "2027-03-10").code == 0
    before = read_tree(course / "_site")
    times = {path: path.stat().st_mtime_ns for path in (course / "_site").rglob("*")}
    with preview(course, tmp_path / "errors.txt") as running:
        for path in ("/", "/plans.html", "/_preview/2027-04-01/", "/assets/theme/today.js", "/nothing"):
            running.ask(path)
        index = (course / "content/index.md").read_text(encoding="utf-8")
        (course / "content/index.md").write_text(f"{index}\nMore.\n", encoding="utf-8")
        assert "More." in running.ask("/").text
        (course / "content/index.md").write_text(index, encoding="utf-8")
        assert "More." not in running.ask("/").text
    assert read_tree(course / "_site") == before
    assert {path: path.stat().st_mtime_ns for path in (course / "_site").rglob("*")} == times
    assert run_cli("--source", course, "--output", tmp_path / "fresh", "--today", "2027-03-10").code == 0
    fresh = read_tree(tmp_path / "fresh")
    assert fresh == before
    assert [name for name, body in fresh.items() for trace in (*TRACES, b"Secret plans") if trace in body] == []


def test_the_clock_of_a_page_is_held_where_a_day_is_chosen(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course", {})
    with preview(course, tmp_path / "errors.txt", today=None) as running:
        assert running.said[-1] == f"Serving {running.address}; press Ctrl-C to stop."
        assert not running.ask("/assets/theme/today.js").text.startswith("Date.now")
        held = running.ask("/_preview/2027-01-26/assets/theme/today.js").text
        assert held.startswith("Date.now = () => 1800950400000;\n")  # midnight in Los Angeles


def test_a_port_that_is_taken_gives_the_next_one(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with preview(write_course(tmp_path / "course", {}), tmp_path / "errors.txt", "--port", str(port)) as running:
            assert running.port > port
            assert running.said[0] == f"Port {port} is taken."
            assert is_up(running)


def test_another_host_is_warned_of(tmp_path: Path) -> None:
    with preview(write_course(tmp_path / "course", {}), tmp_path / "errors.txt", "--host", "0.0.0.0") as running:
        assert running.address == f"http://127.0.0.1:{running.port}/"
        assert running.ask("/").status == 200
        assert running.ask("/", headers={"Host": f"evil.example:{running.port}"}).status == 403
    assert running.read_errors() == (
        "Warning: with --host 0.0.0.0, anyone who can reach this machine can read the preview, drafts included.\n"
    )


def test_it_opens_the_browser(tmp_path: Path) -> None:
    opener = tmp_path / "opener.py"
    opener.write_text("import pathlib, sys\npathlib.Path(sys.argv[1]).write_text(sys.argv[2])\n", encoding="utf-8")
    reported = tmp_path / "told.txt"
    os.mkfifo(reported)
    environment = {**os.environ, "BROWSER": f"{sys.executable} {opener} {reported} %s"}
    course = write_course(tmp_path / "course", {})
    with preview(course, tmp_path / "errors.txt", "--open", environment=environment) as running:
        assert reported.read_text(encoding="utf-8") == running.address


def test_ctrl_c_ends_it_in_one_line_also_while_the_site_is_made(tmp_path: Path) -> None:
    notes = {f"content/notes/{number}.md": f"---\nmeeting: x\n---\n*Text* {number}.\n" * 20 for number in range(200)}
    course = write_course(tmp_path / "course", notes)
    with preview(course, tmp_path / "errors.txt") as running:
        pass
    assert running.rest == "\nThe preview has stopped; nothing was published.\n"
    assert running.read_errors() == ""


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--port", "70000"], "'70000' is not a port number from 0 to 65535"),
        (["--port", "x"], "'x' is not a port number from 0 to 65535"),
        (["--host", "no.such.host.invalid"], "courseweek: this machine has no address no.such.host.invalid\n"),
        (["--host", "203.0.113.7"], "courseweek: this machine has no address 203.0.113.7\n"),
        (["--output", "x"], "unrecognized arguments: --output x"),
        (["--strict"], "unrecognized arguments: --strict"),
    ],
)
def test_wrong_usage_is_reported(tmp_path: Path, options: list[str], message: str) -> None:
    ran = run_cli("serve", "--source", write_course(tmp_path, {}), *options)
    assert ran.code == 2
    assert message in ran.err
    assert ran.out == ""

"""The preview goes on when it has no file handle left for one more connection."""

from __future__ import annotations

import socket
import sys
from contextlib import ExitStack
from pathlib import Path
from time import sleep

import pytest

from tests.serve.running import preview
from tests.sites import write_course

if sys.platform == "win32":
    pytest.skip("there is no such limit", allow_module_level=True)
else:
    import resource

LINE = "Too many connections are open: new ones wait, and the preview continues.\n"
LIMIT, CONNECTIONS = 96, 120


def test_it_says_one_line_and_recovers(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course", {"content/a.md": "A.\n"})
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with ExitStack() as served:
        resource.setrlimit(resource.RLIMIT_NOFILE, (LIMIT, hard))
        try:
            running = served.enter_context(preview(course, tmp_path / "errors.txt"))
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        assert running.ask("/a.html").status == 200
        with ExitStack() as held:
            for _ in range(CONNECTIONS):
                held.enter_context(socket.create_connection(("127.0.0.1", running.port), timeout=60))
            running.wait_for(LINE)
            assert running.out.readline().startswith("Built in ")
            (course / "content/b.md").write_text("B.\n", encoding="utf-8")
            assert running.out.readline().startswith("Built in "), "the files of the course can still be read"
        for _ in range(600):
            try:
                if running.ask("/b.html").status == 200:
                    break
            except OSError:
                sleep(0.05)
        assert running.ask("/b.html").status == 200
        assert running.read_errors() == LINE

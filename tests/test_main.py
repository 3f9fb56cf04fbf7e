"""The process of a command: how it ends, and what it leaves unsaid."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sites import COURSES, ROOT

INTERRUPTED = """
import sys
from courseweek.__main__ import run

class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == "courseweek.cli":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Finder())
run()
"""


def call(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, encoding="utf-8", cwd=ROOT, timeout=60, check=False
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["--version"], 0), (["--nonsense"], 2), (["check", "--source", "no-such-folder"], 2)],
)
def test_the_exit_code_is_the_command_s(arguments: list[str], code: int) -> None:
    assert call("-m", "courseweek", *arguments).returncode == code


def test_what_was_printed_is_there(tmp_path: Path) -> None:
    done = call("build.py", "--source", str(COURSES / "six-lines"), "--output", str(tmp_path / "site"))
    assert done.returncode == 0
    assert done.stdout.startswith("Built ")
    assert (tmp_path / "site" / "index.html").exists()


def test_ctrl_c_while_it_starts_is_quiet() -> None:
    done = call("-c", INTERRUPTED)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_nobody_listens() -> None:
    read, write = os.pipe()
    os.close(read)
    with subprocess.Popen(
        [sys.executable, "-m", "courseweek", "--help"], stdout=write, stderr=subprocess.PIPE, cwd=ROOT
    ) as process:
        os.close(write)
        _, said = process.communicate(timeout=60)
    assert b"Traceback" not in said
    assert process.returncode >= 0

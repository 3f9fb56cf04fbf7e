"""The process of a command: how it ends, and what it leaves unsaid."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tomllib
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


# An older Python is its number and what it can't read: nothing but `__main__` may be imported before it is asked.
OLD = """
import sys, runpy
sys.version_info = (3, 10, 13, "final", 0)

class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == "pathlib" or name.startswith("courseweek.") and name != "courseweek.__main__":
            raise ImportError("cannot import name 'UTC' from 'datetime'")

sys.meta_path.insert(0, Finder())
{}
"""
MISSING = """
import sys

class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == {!r}:
            raise ModuleNotFoundError("no such module", name=name)

sys.meta_path.insert(0, Finder())
sys.argv = ["build.py", "--output", {!r}]
from courseweek.__main__ import run
from pathlib import Path
run(Path({!r}))
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


@pytest.mark.parametrize("start", ["runpy.run_path('build.py', run_name='__main__')", "runpy.run_module('courseweek')"])
def test_a_python_that_is_too_old_is_named_in_one_sentence(start: str) -> None:
    done = call("-c", OLD.format(start.replace("'courseweek'", "'courseweek', run_name='__main__'")))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"Courseweek needs Python 3.11 or later, but this is Python 3.10.13 ({sys.executable}); "
        "install a newer one from python.org, and use it to create a new virtual environment.\n"
    )


@pytest.mark.parametrize(
    "name",
    [
        "build.py",
        "courseweek/start/templates/common/build.py.template",
        "courseweek/__main__.py",
        "courseweek/__init__.py",
    ],
)
def test_a_python_that_is_too_old_can_read_what_says_so(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    tree = ast.parse(text, name, feature_version=(3, 4))
    assert not [each for each in ast.walk(tree) if isinstance(each, ast.ImportFrom) and each.module == "__future__"]
    # What Python 2 can't read, and an early Python 3 can.
    assert text.isascii()
    functions = [each for each in ast.walk(tree) if isinstance(each, (ast.FunctionDef, ast.arg, ast.Starred))]
    assert functions == []


def test_the_oldest_python_is_the_one_that_pip_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == ">=3.11"


@pytest.mark.parametrize("package", ["dateutil", "jinja2", "yaml", "markdown", "nh3"])
def test_a_package_that_is_not_installed_is_named_in_one_sentence(package: str, tmp_path: Path) -> None:
    course = str(ROOT / "examples" / "nus-cs6216-2024")
    done = call("-c", MISSING.format(package, str(tmp_path / "site"), course))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"courseweek: the package `{package}` is not installed for this Python ({sys.executable}); "
        "install Courseweek with its dependencies; in a checkout, run `pip install -e . -c constraints.txt`\n"
    )
    assert not (tmp_path / "site").exists()

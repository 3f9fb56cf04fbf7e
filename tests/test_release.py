"""A release: one version in one place, what else names it, and both files the same twice."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from courseweek import __version__
from courseweek.start.wheel import pack_wheel
from tests.sites import ROOT
from tests.start.programs import install, make_environment
from tests.start.programs import run as start
from tests.workflow import run

PACK = """
from courseweek.start.requirement import find_program
from courseweek.start.wheel import find_checkout, pack_wheel
assert find_checkout() is None
wheel = pack_wheel(find_program())
print(wheel.name, wheel.sha256)
"""
VERSION = '__version__ = "0.2.0"\n'
CHANGES = "# Changelog\n\n## [0.2.0] - 2027-01-15\n"
CITATION = "title: Courseweek\nversion: 0.2.0\n"
FAULTS = {
    "nothing": ({}, "v0.2.0", []),
    "any tag": ({}, None, []),
    "another tag": ({}, "v0.3.0", ["the tag is v0.3.0, but courseweek/__init__.py says 0.2.0"]),
    "a tag without v": ({}, "0.2.0", ["the tag is 0.2.0, but courseweek/__init__.py says 0.2.0"]),
    "an unreleased section": (
        {"CHANGELOG.md": "## [Unreleased]\n"},
        None,
        ["CHANGELOG.md has no section for 0.2.0"],
    ),
    "a section without its day": (
        {"CHANGELOG.md": "## [0.2.0]\n"},
        None,
        ["CHANGELOG.md has no section for 0.2.0"],
    ),
    "an old citation": (
        {"CITATION.cff": "version: 0.1.0\n"},
        None,
        ["CITATION.cff has another version than 0.2.0"],
    ),
}


def load_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("release", ROOT / "scripts" / "release.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("fault", FAULTS)
def test_what_does_not_name_the_version_is_refused(fault: str, tmp_path: Path) -> None:
    changed, tag, expected = FAULTS[fault]
    files = {"courseweek/__init__.py": VERSION, "CHANGELOG.md": CHANGES, "CITATION.cff": CITATION, **changed}
    (tmp_path / "courseweek").mkdir()
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert list(load_script().find_faults(tmp_path, tag)) == expected


def test_the_version_is_in_one_place() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["dynamic"] == ["version"]
    assert project["tool"]["hatch"]["version"] == {"path": "courseweek/__init__.py"}
    assert load_script().read_version(ROOT) == __version__
    assert f"\nversion: {__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")


def test_the_citation_keeps_to_its_schema() -> None:
    schema = ("--builtin-schema", "vendor.citation-file-format")
    code, said = run(sys.executable, "-m", "check_jsonschema", *schema, ROOT / "CITATION.cff")
    assert code == 0, said


def test_each_version_says_how_to_upgrade() -> None:
    sections = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").split("\n## ")[1:]
    assert [section.splitlines()[0] for section in sections if "\n### Upgrading\n" not in section] == []


@pytest.mark.slow
def test_a_release_is_the_same_twice_and_its_wheel_is_the_one_that_a_course_carries(tmp_path: Path) -> None:
    script = load_script()
    first, second = script.build(ROOT, tmp_path / "first"), script.build(ROOT, tmp_path / "second")
    names = [f"courseweek-{__version__}-py3-none-any.whl", f"courseweek-{__version__}.tar.gz"]
    assert [path.name for path in first] == [path.name for path in second] == names
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    carried = tmp_path / "carried.whl"
    carried.write_bytes(pack_wheel(None).data)
    with zipfile.ZipFile(first[0]) as released, zipfile.ZipFile(carried) as packed:
        contents = [
            {name: archive.read(name) for name in archive.namelist() if ".dist-info/" not in name}
            for archive in (released, packed)
        ]
    assert contents[0] == contents[1]
    python = make_environment(tmp_path / "environment")
    installed = install(python, first[0], folder=tmp_path)
    assert installed.returncode == 0, installed.stdout
    again = start(python, "-c", PACK, folder=tmp_path)
    assert again.stdout.split() == [pack_wheel(None).name, pack_wheel(None).sha256], again.stdout


@pytest.mark.slow
def test_an_unreleased_version_is_not_built() -> None:
    ran = subprocess.run(
        [sys.executable, "scripts/release.py", "--tag", "v0.0.0"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 1
    assert f"the tag is v0.0.0, but courseweek/__init__.py says {__version__}\n" in ran.stderr
    assert ran.stdout == ""

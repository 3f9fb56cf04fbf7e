"""The wheel of the running program: what it holds, and that it is the same wherever it is packed."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import zipfile
from pathlib import Path

import pytest

from courseweek import __version__
from courseweek.start import wheel as packing
from courseweek.start.requirement import choose_requirement
from courseweek.start.wheel import Wheel, pack_wheel
from tests.sites import COURSES, ROOT
from tests.start.programs import install, make_environment, run

AGAIN = """
from pathlib import Path
from courseweek.start.requirement import choose_requirement, find_program
requirement = choose_requirement(find_program())
print(requirement.line)
for path, data in requirement.files.items():
    print(path, Path(path).read_bytes() == data)
"""


@pytest.fixture(scope="module")
def packed() -> Wheel:
    return pack_wheel(None)


@pytest.fixture(scope="module")
def files(packed: Wheel) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(packed.data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_it_holds_the_program_with_its_theme_and_its_constraints(files: dict[str, bytes]) -> None:
    for name in ("__init__.py", "cli.py", "start/templates/github/workflows/publish.yml"):
        assert files[f"courseweek/{name}"] == (ROOT / "courseweek" / name).read_bytes()
    for name in ("layouts/base.html", "assets/theme/style.css"):
        assert files[f"courseweek/theme/{name}"] == (ROOT / name).read_bytes()
    (constraints,) = [name for name in files if name.endswith(".dist-info/extra_metadata/constraints.txt")]
    assert files[constraints] == (ROOT / "constraints.txt").read_bytes()
    assert not [name for name in files if "__pycache__" in name or name.startswith("tests/")]


def test_its_record_is_right(files: dict[str, bytes]) -> None:
    (record,) = [name for name in files if name.endswith(".dist-info/RECORD")]
    rows = {name: (hashed, size) for name, hashed, size in csv.reader(files[record].decode().splitlines())}
    assert rows.pop(record) == ("", "")
    assert list(files)[-1] == record
    assert rows == {
        name: (
            "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode(),
            str(len(data)),
        )
        for name, data in files.items()
        if name != record
    }


def test_its_version_is_the_program_s_and_names_its_contents(packed: Wheel, files: dict[str, bytes]) -> None:
    (metadata,) = [data.decode() for name, data in files.items() if name.endswith(".dist-info/METADATA")]
    version = packed.name.split("-")[1]
    assert version.partition("+")[0] == __version__
    assert f"\nVersion: {version}\n" in metadata
    assert "\nRequires-Dist: jinja2>=3.1.6\n" in metadata
    assert "pytest" not in metadata


def test_other_contents_are_another_version(packed: Wheel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = {"courseweek/__init__.py": b"# another\n"}
    monkeypatch.setattr(packing, "_read_files", lambda top, name: changed)
    assert pack_wheel(None).name != packed.name


def test_it_is_the_same_twice(packed: Wheel) -> None:
    assert pack_wheel(None) == packed


def test_it_depends_on_the_files_alone(packed: Wheel) -> None:
    with zipfile.ZipFile(io.BytesIO(packed.data)) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {each.external_attr for each in archive.infolist()} == {0o100644 << 16}
        assert {each.compress_type for each in archive.infolist()} == {zipfile.ZIP_STORED}
        assert archive.namelist()[:-1] == sorted(archive.namelist()[:-1])


def test_a_program_without_metadata_is_not_packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "PACKAGE", tmp_path / "courseweek")
    with pytest.raises(LookupError, match="has no metadata"):
        pack_wheel(None)


def test_what_it_installs_builds_a_course_and_packs_the_same_wheel(tmp_path: Path) -> None:
    course = tmp_path / "course"
    requirement = choose_requirement(None)
    files = {**requirement.files, "syllabus.yaml": (COURSES / "six-lines" / "syllabus.yaml").read_bytes()}
    for path, data in files.items():
        (course / path).parent.mkdir(parents=True, exist_ok=True)
        (course / path).write_bytes(data)
    python = make_environment(tmp_path / "environment")
    installed = install(python, "-r", "requirements.txt", folder=course)
    assert installed.returncode == 0, installed.stdout
    built = run(python, "-m", "courseweek", "build", "--strict", folder=course)
    assert built.returncode == 0, built.stdout
    assert (course / "_site" / "index.html").is_file()
    assert "theme/style.css" in (course / "_site" / "index.html").read_text(encoding="utf-8")
    again = run(python, "-c", AGAIN, folder=course)
    assert again.stdout.splitlines() == [
        requirement.line,
        *(f"{path} True" for path in requirement.files),
    ], again.stdout
    pinned = run(python, "-m", "courseweek", "pin", folder=course)
    assert pinned.stdout.startswith("Nothing changes: "), pinned.stdout


def test_pip_looks_for_the_wheel_where_it_runs(tmp_path: Path) -> None:
    """So a workflow of a course in a subfolder sets `working-directory`."""
    requirement = choose_requirement(None)
    for path, data in requirement.files.items():
        (tmp_path / "course" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "course" / path).write_bytes(data)
    python = make_environment(tmp_path / "environment")
    assert install(python, "--dry-run", "-r", "requirements.txt", folder=tmp_path / "course").returncode == 0
    assert install(python, "--dry-run", "-r", "course/requirements.txt", folder=tmp_path).returncode != 0

"""`courseweek pin`: which files of a course change when another version is to build it, and which don't."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from courseweek import __version__
from courseweek.start.requirement import Requirement, choose_requirement
from courseweek.start.workflows import make_workflows
from tests.sites import ROOT, Ran, run_cli, write_course

OLD = Requirement(
    "./vendor/courseweek-0.0.9-py3-none-any.whl",
    {
        "requirements.txt": b"# Ours.\n-c constraints.txt\n./vendor/courseweek-0.0.9-py3-none-any.whl\nnumpy==9\n",
        "constraints.txt": b"jinja2==1\n",
        "vendor/courseweek-0.0.9-py3-none-any.whl": b"",
    },
    "vendor/courseweek-0.0.9-py3-none-any.whl",
    "0" * 64,
)
INDEX = Requirement("courseweek==0.0.9", {"requirements.txt": b"courseweek==0.0.9\n", "constraints.txt": b""})


@pytest.fixture(scope="module")
def now() -> Requirement:
    return choose_requirement(None)


def start(
    repository: Path, requirement: Requirement, subfolder: str = "", changed: Mapping[str, bytes] = MappingProxyType({})
) -> Path:
    """Write a course, with the files for GitHub at the top of its repository, and return its folder."""
    course = write_course(repository / subfolder, {**requirement.files, **changed})
    (repository / ".git").mkdir(exist_ok=True)
    made = make_workflows(requirement, title="A", timezone="UTC", subfolder=subfolder)
    for path, data in made.items():
        (repository / path).parent.mkdir(parents=True, exist_ok=True)
        (repository / path).write_bytes(data)
    return course


def pin(course: Path) -> Ran:
    return run_cli("pin", "--source", course)


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("old", [OLD, INDEX], ids=["a wheel", "an index"])
@pytest.mark.parametrize("subfolder", ["", "courses/ml"])
def test_it_changes_the_requirement_and_nothing_else(
    old: Requirement, subfolder: str, now: Requirement, tmp_path: Path
) -> None:
    course = start(tmp_path, old, subfolder)
    before = snapshot(tmp_path)
    ran = pin(course)
    assert (ran.code, ran.err) == (0, "")
    inside = f"{subfolder}/" if subfolder else ""
    ending = "-courses-ml" if subfolder else ""
    publish = f".github/workflows/publish{ending}.yml"
    after = snapshot(tmp_path)
    assert {path for path in before | after if before.get(path) != after.get(path)} == {
        publish,
        *(f"{inside}{path}" for path in {*old.files, *now.files}),
    }
    made = make_workflows(now, title="A", timezone="UTC", subfolder=subfolder)
    assert after[publish] == made[publish]
    assert now.wheel is not None
    assert after[f"{inside}{now.wheel}"] == now.files[now.wheel]
    where = (tmp_path / publish).as_posix() if subfolder else publish
    assert ran.out == (
        f"This course is now built with Courseweek {__version__}:\n"
        "  written  constraints.txt\n"
        f"  written  {now.wheel}\n"
        f"  written  {where}\n"
        "  written  requirements.txt\n"
        + ("  removed  vendor/courseweek-0.0.9-py3-none-any.whl\n" if old is OLD else "")
        + "Build the course, look at it, and commit these files together.\n"
    )


def test_schemas_are_renewed_where_they_are(tmp_path: Path) -> None:
    course = start(tmp_path, OLD, changed={"schema/syllabus.schema.json": b"{}", "schema/ours.json": b"{}"})
    ran = pin(course)
    assert "  written  schema/syllabus.schema.json\n" in ran.out
    after = snapshot(course)
    assert after["schema/syllabus.schema.json"] == (ROOT / "schema" / "syllabus.schema.json").read_bytes()
    assert {path for path in after if path.startswith("schema/")} == {"schema/syllabus.schema.json", "schema/ours.json"}
    assert after["schema/ours.json"] == b"{}"
    assert pin(course).out.startswith("Nothing changes: ")


def test_twice_changes_nothing(tmp_path: Path) -> None:
    course = start(tmp_path, OLD)
    pin(course)
    before = snapshot(tmp_path)
    ran = pin(course)
    assert (ran.code, ran.out) == (
        0,
        f"Nothing changes: this course is built with Courseweek {__version__} already.\n",
    )
    assert snapshot(tmp_path) == before


LINES = {
    "a version": "courseweek==0.0.9\n",
    "a range": "Courseweek >= 0.0.9  # the newest\n",
    "a commit": "courseweek @ git+https://git.example.edu/courseweek@0123\n",
    "a wheel": "./vendor/courseweek-0.0.9-py3-none-any.whl\n",
    "nothing": "",
}


@pytest.mark.parametrize("line", LINES)
def test_the_other_requirements_stay(line: str, now: Requirement, tmp_path: Path) -> None:
    text = f"# Ours.\nnumpy==9\n{LINES[line]}courseweek-extras==1\n"
    course = start(tmp_path, OLD, changed={"requirements.txt": text.encode()})
    pin(course)
    expected = text.replace(LINES[line], f"{now.line}\n") if LINES[line] else f"{text}{now.line}\n"
    assert (course / "requirements.txt").read_text(encoding="utf-8") == expected


def test_another_course_of_the_repository_stays(tmp_path: Path) -> None:
    start(tmp_path, OLD)
    start(tmp_path, OLD, "one")
    course = start(tmp_path, OLD, "two")
    before = snapshot(tmp_path)
    pin(course)
    after = snapshot(tmp_path)
    changed = {path for path in before if before[path] != after.get(path)}
    assert {path for path in changed if not path.startswith("two/")} == {".github/workflows/publish-two.yml"}


def test_a_workflow_without_a_place_for_the_sum_is_named(now: Requirement, tmp_path: Path) -> None:
    course = start(tmp_path, OLD)
    path = course / ".github" / "workflows" / "publish.yml"
    path.write_text(re.sub(r" +run: echo .*\n", "", path.read_text(encoding="utf-8")), encoding="utf-8")
    before = path.read_bytes()
    said = pin(course).out
    assert said.endswith(f"No workflow compares the wheel with its sum:\n  {now.sha256}  {now.wheel}\n")
    assert path.read_bytes() == before


def test_a_folder_that_is_not_a_course_is_refused(tmp_path: Path) -> None:
    ran = pin(tmp_path)
    assert ran == Ran(2, "", f"courseweek: {tmp_path} is not a course: it has no syllabus.yaml\n")
    assert list(tmp_path.iterdir()) == []


def test_the_course_in_the_checkout_is_refused() -> None:
    ran = pin(ROOT)
    assert ran == Ran(2, "", "courseweek: this course is built with the Courseweek in its own folder\n")


def test_a_file_that_can_t_be_read_changes_nothing(tmp_path: Path) -> None:
    course = start(tmp_path, OLD, changed={"requirements.txt": b"\xff\n"})
    before = snapshot(tmp_path)
    ran = pin(course)
    path = course.resolve() / "requirements.txt"
    assert ran == Ran(2, "", f"courseweek: the version can't be pinned: it is not UTF-8: {path}\n")
    assert snapshot(tmp_path) == before


def test_a_file_that_can_t_be_replaced_stays_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    course = start(tmp_path, OLD)
    before = snapshot(tmp_path)

    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied", str(target))

    monkeypatch.setattr(Path, "replace", refuse)
    ran = pin(course)
    path = course.resolve() / "constraints.txt"
    assert ran == Ran(3, "", f"courseweek: the version can't be pinned: Permission denied: {path}\n")
    assert snapshot(tmp_path) == before


IN_THE_WAY = {
    "requirements.txt": "it is a folder",
    "constraints.txt": "it is a folder",
    ".github/workflows/publish.yml": "it is a folder",
    "vendor/courseweek-0.0.8-py3-none-any.whl": "it is a folder",
    "vendor": "it is not a folder",
}


@pytest.mark.parametrize("name", IN_THE_WAY)
def test_nothing_is_written_where_something_else_has_the_name_of_a_file(name: str, tmp_path: Path) -> None:
    course = start(tmp_path.resolve(), OLD)
    path = course / name
    if name == "vendor":
        shutil.rmtree(path)
        path.write_bytes(b"")
    else:
        path.unlink(missing_ok=True)
        path.mkdir()
    before = snapshot(course)
    assert pin(course) == Ran(2, "", f"courseweek: the version can't be pinned: {IN_THE_WAY[name]}: {path}\n")
    assert snapshot(course) == before

"""The workflows that come along: their rights, their pins, and that their commands are those of the program."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
import yaml

from courseweek.commands.options import make_parser
from tests.docs.examples import ROOT, TODAY, blocks, complete, courses, documents, tables
from tests.sites import run_cli
from tests.test_house import QUICK_START
from tests.workflow import (
    GITHUB,
    PINNED,
    SCHEMAS,
    Done,
    Workflow,
    check_schema,
    check_schemas,
    check_with_zizmor,
    complaints,
    hands_over,
    read,
    run_steps,
)

WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
PUBLISH = ROOT / "docs" / "publish.md"
CONTRIBUTOR = ROOT / "docs" / "contributor.md"
ONLY_IN_COURSES = ["review.yml"]
"""Workflows that new courses get and this repository does not have."""
FILES = [path for path in sorted(GITHUB.rglob("*.yml")) if path not in WORKFLOWS]


def workflow(name: str) -> Workflow:
    return read((GITHUB / "workflows" / f"{name}.yml").read_text(encoding="utf-8"))


GOOD = """\
on: pull_request
permissions: {}
jobs:
  it:
    permissions: {contents: read}
    steps:
      - uses: actions/checkout@0123456789012345678901234567890123456789 # v7.0.1
        with: {persist-credentials: false}
      - run: python build.py
"""
BAD = {
    "rights are given": ("permissions: {}", "permissions: {contents: read}"),
    "pull_request_target would": ("pull_request", "[pull_request_target]"),
    "is not pinned": ("0123456789012345678901234567890123456789 # v7.0.1", "v7"),
    "version beside": (" # v7.0.1", ""),
    "leaves its token": ("persist-credentials: false", "fetch-depth: 0"),
    "another run has left": ("persist-credentials: false", "persist-credentials: false, cache: pip"),
    "has left": ("persist-credentials: false", "persist-credentials: false, run-id: 1"),
    "put together": ("python build.py", "echo ${{ github.event.pull_request.title }}"),
    "a secret": ("python build.py", "echo $TOKEN\n        env: {TOKEN: '${{ secrets.TOKEN }}'}"),
    "more than read": ("contents: read", "contents: write"),
}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_no_workflow_does_what_none_may_do(path: Path) -> None:
    assert list(complaints(read(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize("words", BAD)
def test_what_none_may_do_is_seen(words: str) -> None:
    assert list(complaints(read(GOOD))) == []
    assert any(words in each for each in complaints(read(GOOD.replace(*BAD[words], 1))))


def test_only_what_runs_nothing_of_ours_may_write() -> None:
    writing = [
        (path.stem, name, each.rights(job))
        for path in WORKFLOWS
        for each in [read(path.read_text(encoding="utf-8"))]
        for name, job in each.jobs.items()
        if "write" in each.rights(job).values()
    ]
    assert writing == [
        ("publish", "deploy", {"pages": "write", "id-token": "write"}),
        ("release", "release", {"contents": "write"}),
        ("release", "publish", {"id-token": "write"}),
    ]
    (step,) = workflow("publish").jobs["deploy"]["steps"]
    assert step["uses"].startswith("actions/deploy-pages@")
    for name in ("release", "publish"):
        used, last = workflow("release").jobs[name]["steps"]
        assert used["uses"].startswith("actions/download-artifact@")
        assert last.get("run", "gh release create ").startswith("gh release create ")


def test_the_site_is_published_with_its_hidden_folder() -> None:
    assert hands_over(workflow("publish")) == {"path": "_site", "include-hidden-files": True}  # for `.well-known/`


def test_a_release_is_made_of_a_tag_that_was_tried() -> None:
    release = workflow("release")
    assert release.tree[True] == {"push": {"tags": ["v*"]}}
    assert {name: job.get("needs") for name, job in release.jobs.items()} == {
        "build": None,
        "test": "build",
        "release": "test",
        "publish": "test",
    }


def test_the_tests_run_on_each_system_with_each_python() -> None:
    matrix = workflow("test").jobs["test"]["strategy"]["matrix"]
    assert matrix == {
        "system": ["ubuntu-latest", "macos-latest", "windows-latest"],
        "python": ["3.11", "3.12", "3.13", "3.14"],
    }


def test_an_action_is_the_same_everywhere() -> None:
    pins: dict[str, set[str]] = {}
    for path in WORKFLOWS:
        for match in PINNED.finditer(path.read_text(encoding="utf-8")):
            pins.setdefault(match["action"], set()).add(match[0])
    assert {action: len(each) for action, each in pins.items() if len(each) > 1} == {}


def test_zizmor_has_no_complaint() -> None:
    check_with_zizmor(GITHUB)


@pytest.mark.parametrize("where", SCHEMAS)
def test_the_files_keep_to_their_schemas(where: str) -> None:
    check_schemas(GITHUB, where)


def test_the_job_for_gitlab_keeps_to_its_schema(tmp_path: Path) -> None:
    (block,) = [each for each in blocks(PUBLISH) if each.info == "yaml .gitlab-ci.yml"]
    path = tmp_path / ".gitlab-ci.yml"
    path.write_text(block.text, encoding="utf-8")
    check_schema("vendor.gitlab-ci", path)


def test_each_file_has_a_schema() -> None:
    assert {path.relative_to(GITHUB).as_posix() for path in FILES} | {"workflows"} == set(SCHEMAS)


def test_the_nightly_build_is_soon_after_midnight_where_the_course_is() -> None:
    syllabus = yaml.safe_load((ROOT / "syllabus.yaml").read_text(encoding="utf-8"))
    (nightly,) = workflow("publish").tree[True]["schedule"]
    minute, hour, *days = nightly["cron"].split()
    assert nightly["timezone"] == syllabus["term"]["timezone"]
    assert hour == "0"
    assert 5 <= int(minute) <= 55
    assert days == ["*", "*", "*"]


def commands() -> list[str]:
    """Return the commands of the workflows that have to do with Courseweek, each once."""
    lines = [line for path in WORKFLOWS for line in read(path.read_text(encoding="utf-8")).commands()]
    return sorted({line for line in lines if not line.startswith(("curl ", "echo ", "gh release ", "  --title "))})


@pytest.mark.parametrize("command", [each for each in commands() if each.startswith(("python build.py", "courseweek"))])
def test_the_program_knows_the_command(command: str) -> None:
    arguments = shlex.split(command)[2 if command.startswith("python ") else 1 :]
    arguments = arguments if arguments[:1] and not arguments[0].startswith("-") else ["build", *arguments]
    make_parser().parse_args(arguments)


@pytest.mark.parametrize("command", commands())
def test_the_command_is_in_the_documentation(command: str) -> None:
    texts = [path.read_text(encoding="utf-8") for path in documents()]
    if command in QUICK_START.split(" && "):
        assert QUICK_START in texts[documents().index(ROOT / "README.md")]
        return
    assert any(f"`{command}`" in text or f"\n{command}\n" in text for text in texts)


def test_the_documentation_lists_the_workflows() -> None:
    listed = [*tables(PUBLISH)["What a pull request can't do"], *tables(CONTRIBUTOR)["The workflows"]]
    rows = {name.strip("`"): rights for name, _, rights in listed}
    assert sorted(rows) == sorted([*(path.name for path in WORKFLOWS), *ONLY_IN_COURSES])
    for path in WORKFLOWS:
        each, rights = read(path.read_text(encoding="utf-8")), rows[path.name]
        named = {f"{name}: {level}" for job in each.jobs.values() for name, level in each.rights(job).items()}
        assert set(re.findall(r"`([^`]+)`", rights)) == named


def test_the_documentation_names_the_check() -> None:
    text = PUBLISH.read_text(encoding="utf-8")
    assert f"`{workflow('check').jobs['check']['name']}`" in text


def run_check(folder: Path, files: dict[str, str]) -> Done:
    """Run the commands of check.yml over the course of the checkout with these files changed; the base is as it is."""
    course = folder / "course"
    for place in (course, course / ".base"):
        place.mkdir()
        for name in ("syllabus.yaml", "readings.yaml", "build.py"):
            shutil.copy(ROOT / name, place / name)
        for name in ("content", "assets", "layouts"):
            shutil.copytree(ROOT / name, place / name)
    for name, text in files.items():
        (course / name).write_text(text, encoding="utf-8")
    return run_steps(workflow("check").steps(), folder, course, course)


def test_a_good_change_passes_and_can_be_looked_at(tmp_path: Path) -> None:
    checked = run_check(tmp_path, {})
    assert checked.failed is None, checked.said
    assert "::error" not in checked.said
    assert checked.summary.startswith("## Your change\n\n**Nothing on the site changes.**\n")
    assert (checked.course / "_site" / "index.html").is_file()
    assert "[Download the preview](https://example.org/artifact)" in checked.summary
    assert "It runs whatever scripts this change brings" in checked.summary


@pytest.mark.parametrize("name", ["check", "links", "publish"])
def test_what_git_lfs_keeps_is_fetched(name: str) -> None:
    for step in workflow(name).steps():
        assert "actions/checkout@" not in step.get("uses", "") or step["with"]["lfs"] is True


def test_the_base_is_what_the_pull_request_is_merged_with() -> None:
    ours, base = [step for step in workflow("check").steps() if step.get("uses", "").startswith("actions/checkout@")]
    assert (ours["with"]["fetch-depth"], ours["with"].get("path")) == (2, None)
    assert (base["with"]["ref"], base["with"]["path"]) == ("${{ steps.base.outputs.commit }}", ".base")
    (found,) = [step["run"] for step in workflow("check").steps() if step.get("id") == "base"]
    assert found == 'echo "commit=$(git rev-parse HEAD^1)" >> "$GITHUB_OUTPUT"'


def test_a_mistake_is_shown_at_its_line_and_nothing_is_built(tmp_path: Path) -> None:
    readings = (ROOT / "readings.yaml").read_text(encoding="utf-8")
    line = readings[: readings.index("title: How to read")].count("\n") + 1
    checked = run_check(tmp_path, {"readings.yaml": readings.replace("title: How to read", "titel: How to read", 1)})
    assert checked.failed == "Check"
    errors = re.findall(r"^::error file=([^,]+),line=(\d+),", checked.said, re.MULTILINE)
    assert errors == [("readings.yaml", str(line))]
    assert "a reading has no key `titel`" in checked.said
    assert not (checked.course / "_site").exists()
    assert "Download the preview" not in checked.summary


def test_the_guide_shows_what_the_check_says(tmp_path: Path) -> None:
    """The quotation below the first mistake in the guide is the annotation of it."""
    guide = ROOT / "CONTRIBUTING.md"
    course = next(each for each in courses(guide) if each.expected == "broken")
    quoted = "%0A".join(re.findall(r"^> (.+?)\\?$", guide.read_text(encoding="utf-8"), re.MULTILINE))
    folder = tmp_path / "course"
    for name, text in complete(course.files).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    ran = run_cli("check", "--format", "github", "--source", folder, "--today", TODAY)
    (annotation,) = [line for line in ran.out.splitlines() if line.startswith("::error ")]
    place, _, message = annotation.removeprefix("::error ").partition("::")
    assert message == quoted
    assert "line=3," in place
    assert place.endswith("title=unquoted-colon")

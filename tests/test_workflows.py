"""The workflows that come along: their rights, their pins, and that their commands are those of the program."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from courseweek.commands.options import make_parser
from tests.docs.examples import ROOT, TODAY, blocks, complete, courses, documents, tables
from tests.sites import run_cli
from tests.test_house import QUICK_START

GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
PUBLISH = ROOT / "docs" / "publish.md"
CONTRIBUTOR = ROOT / "docs" / "contributor.md"
ONLY_IN_COURSES = ["review.yml"]
"""Workflows that new courses get and this repository does not have."""
FILES = [path for path in sorted(GITHUB.rglob("*.yml")) if path not in WORKFLOWS]

SCHEMAS = {
    "workflows": ["vendor.github-workflows", "custom.github-workflows-require-timeout"],
    "dependabot.yml": ["vendor.dependabot"],
    "ISSUE_TEMPLATE/reading.yml": ["vendor.github-issue-forms"],
    "ISSUE_TEMPLATE/config.yml": ["vendor.github-issue-config"],
}

PINNED = re.compile(r"(?P<action>[\w-]+/[\w-]+)@[0-9a-f]{40} # v\d+\.\d+\.\d+")
# What keeps files from one run for another: a pull request could put something there for a run that may publish.
# An artifact is of the same run, unless a step names another one.
KEPT = ("actions/cache",)
OF_ANOTHER_RUN = {"cache", "run-id", "repository"}
# Events on which a fork's change would run, or be used, with the rights of the repository.
RIGHTFUL = {"pull_request_target", "workflow_run", "issue_comment"}


@dataclass(frozen=True, slots=True)
class Workflow:
    """A workflow as it is written and as it is read."""

    text: str
    tree: dict[Any, Any]

    @property
    def events(self) -> set[str]:
        """What starts it; YAML 1.1 takes the key `on` for true."""
        written = self.tree[True]
        return {written} if isinstance(written, str) else set(written)

    @property
    def jobs(self) -> dict[str, dict[str, Any]]:
        """The jobs by their ids."""
        return dict(self.tree["jobs"])

    def steps(self) -> Iterator[dict[str, Any]]:
        """Yield the steps of all jobs."""
        for job in self.jobs.values():
            yield from job["steps"]

    def commands(self) -> list[str]:
        """Return what it runs, a line each."""
        return [line for step in self.steps() for line in step.get("run", "").splitlines()]

    def rights(self, job: dict[str, Any]) -> dict[str, str]:
        """Return the rights of a job; those that a workflow does not name would be the repository's own."""
        granted = job.get("permissions", self.tree.get("permissions", {"everything": "write"}))
        return dict(granted) if isinstance(granted, dict) else {"everything": str(granted)}


def read(text: str) -> Workflow:
    return Workflow(text, yaml.safe_load(text))


def workflow(name: str) -> Workflow:
    return read((GITHUB / "workflows" / f"{name}.yml").read_text(encoding="utf-8"))


def complaints(each: Workflow) -> Iterator[str]:
    """Yield what a workflow does that none may do."""
    if each.tree.get("permissions") != {}:
        yield "rights are given job by job, and none to all"
    for event in sorted(each.events & RIGHTFUL):
        yield f"{event} would give a fork's change the rights of the repository"
    for line in re.findall(r"uses: *(.+)", each.text):
        if not PINNED.fullmatch(line):
            yield f"{line} is not pinned to a commit with its version beside it"
    if "secrets." in each.text:
        yield "a secret is used"
    for name, job in each.jobs.items():
        if "pull_request" in each.events and each.rights(job) != {"contents": "read"}:
            yield f"{name} may do more than read"
    for step in each.steps():
        yield from complaints_of_step(step)


def complaints_of_step(step: dict[str, Any]) -> Iterator[str]:
    """Yield what a step does that none may do."""
    used, options = step.get("uses", ""), step.get("with", {})
    if used.startswith("actions/checkout@") and options.get("persist-credentials") is not False:
        yield "a checkout leaves its token behind"
    if used.startswith(KEPT) or OF_ANOTHER_RUN & set(options):
        yield f"{used} takes what another run has left"
    if "${{" in step.get("run", ""):
        yield "a command is put together from what somebody else may have written"


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


def hands_over(publish: Workflow) -> dict[str, Any]:
    """Return the options of the step that hands the site over to GitHub Pages."""
    (step,) = [each for each in publish.steps() if each.get("uses", "").startswith("actions/upload-pages-artifact@")]
    return dict(step["with"])


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


def run(*arguments: str | Path) -> tuple[int, str]:
    ran = subprocess.run(
        arguments,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return ran.returncode, ran.stdout


def test_zizmor_has_no_complaint() -> None:
    zizmor = Path(sysconfig.get_path("scripts")) / "zizmor"
    code, said = run(zizmor, "--offline", "--no-config", "--no-progress", "--strict-collection", "--pedantic", GITHUB)
    assert code == 0, said
    assert "No findings" in said


@pytest.mark.parametrize("where", SCHEMAS)
def test_the_files_keep_to_their_schemas(where: str) -> None:
    files = WORKFLOWS if where == "workflows" else [GITHUB / where]
    for schema in SCHEMAS[where]:
        code, said = run(sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *files)
        assert code == 0, said


def test_the_job_for_gitlab_keeps_to_its_schema(tmp_path: Path) -> None:
    (block,) = [each for each in blocks(PUBLISH) if each.info == "yaml .gitlab-ci.yml"]
    path = tmp_path / ".gitlab-ci.yml"
    path.write_text(block.text, encoding="utf-8")
    code, said = run(sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.gitlab-ci", path)
    assert code == 0, said


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
    return sorted({line for line in lines if not line.startswith(("echo ", "gh release ", "  --title "))})


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


@dataclass(frozen=True, slots=True)
class Checked:
    """What a run of check.yml came to: the name of the step that failed, what was printed, and the folder."""

    failed: str | None
    said: str
    folder: Path
    summary: str


def run_check(folder: Path, files: dict[str, str]) -> Checked:
    """Run the commands of check.yml as the runner does, over the course of the checkout with these files changed.

    Nothing is installed: `pip` is one that does nothing, and the package is found where it is.
    """
    bash = shutil.which("bash")
    if bash is None or sys.platform == "win32":
        pytest.skip("the commands of a workflow are for bash")
    course, tools = folder / "course", folder / "tools"
    course.mkdir()
    for name in ("syllabus.yaml", "readings.yaml", "build.py"):
        shutil.copy(ROOT / name, course / name)
    for name in ("content", "assets", "layouts"):
        shutil.copytree(ROOT / name, course / name)
    for name, text in files.items():
        (course / name).write_text(text, encoding="utf-8")
    tools.mkdir()
    for name, line in {"python": f'exec {shlex.quote(sys.executable)} "$@"', "pip": "exit 0"}.items():
        (tools / name).write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        (tools / name).chmod(0o755)
    summary = folder / "summary.md"
    summary.touch()
    environment = {
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "GITHUB_ACTIONS": "true",
        "GITHUB_WORKSPACE": str(course),
        "GITHUB_STEP_SUMMARY": str(summary),
        "PREVIEW": "https://example.org/artifact",
    }
    said, failed = "", None
    for step in workflow("check").steps():
        if "run" in step and failed is None:
            ran = subprocess.run(
                [bash, "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
                cwd=course,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                timeout=120,
                check=False,
            )
            said += ran.stdout
            failed = step["name"] if ran.returncode else None
    return Checked(failed, said, course, summary.read_text(encoding="utf-8"))


def test_a_good_change_passes_and_can_be_looked_at(tmp_path: Path) -> None:
    checked = run_check(tmp_path, {})
    assert checked.failed is None, checked.said
    assert "::error" not in checked.said
    assert (checked.folder / "_site" / "index.html").is_file()
    assert "[Download the preview](https://example.org/artifact)" in checked.summary
    assert "It runs whatever scripts this change brings" in checked.summary


@pytest.mark.parametrize("name", ["check", "links", "publish"])
def test_what_git_lfs_keeps_is_fetched(name: str) -> None:
    (checkout,) = [step for step in workflow(name).steps() if step.get("uses", "").startswith("actions/checkout@")]
    assert checkout["with"]["lfs"] is True


def test_a_mistake_is_shown_at_its_line_and_nothing_is_built(tmp_path: Path) -> None:
    readings = (ROOT / "readings.yaml").read_text(encoding="utf-8")
    line = readings[: readings.index("title: How to read")].count("\n") + 1
    checked = run_check(tmp_path, {"readings.yaml": readings.replace("title: How to read", "titel: How to read", 1)})
    assert checked.failed == "Check"
    errors = re.findall(r"^::error file=([^,]+),line=(\d+),", checked.said, re.MULTILINE)
    assert errors == [("readings.yaml", str(line))]
    assert "a reading has no key `titel`" in checked.said
    assert not (checked.folder / "_site").exists()
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

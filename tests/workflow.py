"""Workflows: what one does, what none may do, and how the commands of its jobs run."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.sites import ROOT

GITHUB = ROOT / ".github"
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


def hands_over(publish: Workflow) -> dict[str, Any]:
    """Return the options of the step that hands the site over to GitHub Pages."""
    (step,) = [each for each in publish.steps() if each.get("uses", "").startswith("actions/upload-pages-artifact@")]
    return dict(step["with"])


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


def check_with_zizmor(folder: Path) -> None:
    """Hold a folder `.github` to what zizmor says is safe."""
    zizmor = Path(sysconfig.get_path("scripts")) / "zizmor"
    code, said = run(zizmor, "--offline", "--no-config", "--no-progress", "--strict-collection", "--pedantic", folder)
    assert (code, "No findings" in said) == (0, True), said


def check_schemas(folder: Path, where: str) -> None:
    """Hold a file of a folder `.github`, or the files of a folder in it, to their schemas."""
    place = folder / where
    for schema in SCHEMAS[where]:
        check_schema(schema, *(sorted(place.glob("*.yml")) if place.is_dir() else [place]))


def check_schema(name: str, *paths: Path) -> None:
    """Hold files to a schema that check-jsonschema brings."""
    code, said = run(sys.executable, "-m", "check_jsonschema", "--builtin-schema", name, *paths)
    assert code == 0, said


@dataclass(frozen=True, slots=True)
class Done:
    """What a run came to: the name of the step that failed, what was printed, what pip was asked, and the course."""

    failed: str | None
    said: str
    asked: str
    course: Path
    summary: str


def run_steps(steps: Iterable[dict[str, Any]], folder: Path, where: Path, repository: Path) -> Done:
    """Run the commands of a job as the runner does, in `where`, a folder of its `repository`.

    What they say is kept in `folder`. Nothing is installed: `pip` only writes down what it was asked for, and the
    package is found where it is. Nothing is fetched: `curl` finds the file `public.json` of the folder, or nothing, and
    `git` names a commit. After a step that failed, only those run that always do, and of these the ones about the fixes
    only if there are any.
    """
    bash = shutil.which("bash")
    if bash is None or sys.platform == "win32":
        pytest.skip("the commands of a workflow are for bash")
    tools, asked, summary = folder / "tools", folder / "asked", folder / "summary.md"
    tools.mkdir()
    public = folder / "public.json"
    shims = {
        "python": f'exec {shlex.quote(sys.executable)} "$@"',
        "pip": f'echo "$PWD: $@" >> {asked}',
        "git": "echo 0123456789012345678901234567890123456789",
        "curl": f'echo "curl $@"; cp {public} "$RUNNER_TEMP/public.json" 2>/dev/null',
    }
    for tool, line in shims.items():
        (tools / tool).write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        (tools / tool).chmod(0o755)
    (folder / "temporary").mkdir()
    asked.touch()
    summary.touch()
    environment = {
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "GITHUB_ACTIONS": "true",
        "GITHUB_WORKSPACE": str(repository),
        "GITHUB_STEP_SUMMARY": str(summary),
        "GITHUB_OUTPUT": str(folder / "output"),
        "FIXES": "https://example.org/fixes",
        "PREVIEW": "https://example.org/artifact",
        "OWNER": "ada",
        "NAME": "cs101",
        "RUNNER_TEMP": str(folder / "temporary"),
    }
    said, failed = "", None
    for step in steps:
        condition = str(step.get("if", ""))
        always = "cancelled()" in condition
        skipped = "steps.fixes" in condition and not (folder / "temporary" / "fixes.patch").exists()
        if "run" in step and (failed is None or always) and not skipped:
            given = {name: text for name, text in step.get("env", {}).items() if "${{" not in text}
            ran = subprocess.run(
                [bash, "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
                cwd=where,
                env={**environment, **given},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                timeout=120,
                check=False,
            )
            said += ran.stdout
            failed = step["name"] if ran.returncode else failed
    return Done(failed, said, asked.read_text("utf-8"), where, summary.read_text("utf-8"))

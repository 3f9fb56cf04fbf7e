"""An issue that is labeled becomes a branch with one more reading, and its text is nothing but text on the way."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.commands.test_suggest import SYLLABUS
from tests.contributing.forms import fill_form
from tests.sampling import some_slow
from tests.sites import ROOT
from tests.start.test_workflows import INDEX, SUBFOLDERS, make, write
from tests.workflow import GITHUB, Done, Workflow, read, run_steps

READINGS = "intro:\n  optional:\n    - A paper\n"
ADDED = '    - title: "{}"\n      url: "https://example.org/new"\n'
BRANCH = "suggest/issue-7"


@dataclass(frozen=True)
class Repository:
    """A repository with a course in it, and the issue 7 of it."""

    folder: Path
    subfolder: str
    jobs: dict[str, dict[str, Any]]

    @property
    def course(self) -> Path:
        return self.folder / "repository" / self.subfolder

    def git(self, *words: str, check: bool = True) -> str:
        author = ("-c", "user.name=A", "-c", "user.email=a@example.edu", "-c", "commit.gpgsign=false")
        ran = subprocess.run(
            ["git", *author, *words],
            cwd=self.folder / "repository",
            capture_output=True,
            encoding="utf-8",
            check=check,
        )
        return ran.stdout.strip()

    def has_branch(self) -> bool:
        return bool(self.git("branch", "--list", BRANCH))

    def run(self, job: str, where: Path) -> Done:
        """Run the commands of a job in a folder."""
        (place := self.folder / job).mkdir()
        more = {
            "NUMBER": "7",
            "READINGS": f"{self.subfolder}/readings.yaml".lstrip("/"),
            "GITHUB_EVENT_PATH": str(self.folder / "event.json"),
            "GITHUB_REPOSITORY": "ada/cs101",
            "GITHUB_SERVER_URL": "https://github.com",
            "GITHUB_SHA": self.git("rev-parse", "main"),
            "HOST_REPOSITORY": str(self.folder / "repository"),
            "HOST_ISSUE": str(self.folder / "issue.json"),
            "SOURCE_DATE_EPOCH": "1811000000",
        }
        host = f'exec {shlex.quote(sys.executable)} {shlex.quote(str(Path(__file__).with_name("host.py")))} "$@"'
        return run_steps(self.jobs[job]["steps"], place, where, self.folder / "repository", more, host)

    def write(self) -> Done:
        return self.run("write", self.course)

    def push(self, hand_over: Callable[[Path], object]) -> Done:
        """Run the second job, after a function has put files into the folder of the artifact."""
        (folder := self.folder / "runner" / "suggestion").mkdir(parents=True)
        hand_over(folder)
        return self.run("push", folder.parent)

    def push_readings(self) -> Done:
        return self.push(lambda folder: shutil.copy(self.course / "readings.yaml", folder))


def begin(folder: Path, issue: str | None, *, now: str | None = None, subfolder: str = "") -> Repository:
    """Return a repository with an issue that was labeled when it had this text; `now` is its text after that."""
    if sys.platform != "linux" or any(shutil.which(tool) is None for tool in ("bash", "git", "jq")):
        pytest.skip("the commands of a workflow are for Ubuntu")
    files = make(INDEX, subfolder)
    jobs = read(files[f".github/workflows/suggest{SUBFOLDERS[subfolder]}.yml"]).jobs
    repository = Repository(folder, subfolder, jobs)
    write(folder / "repository", files)
    sources = {
        "syllabus.yaml": f"{SYLLABUS}  - {{topic: TBD, times: rest}}\n",
        "build.py": (ROOT / "build.py").read_text(encoding="utf-8"),
        "readings.yaml": READINGS,
    }
    write(repository.course, sources)
    repository.git("init", "--initial-branch=main")
    repository.git("add", ".")
    repository.git("commit", "--message=Start")
    for name, text in (("event", issue), ("issue", issue if now is None else now)):
        said: dict[str, Any] = {"body": text, "number": 7}
        content = {"issue": said} if name == "event" else said
        (folder / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    return repository


@pytest.mark.parametrize("subfolder", list(SUBFOLDERS)[:2])
def test_the_reading_is_on_a_branch(subfolder: str, tmp_path: Path) -> None:
    repository = begin(tmp_path, fill_form(), subfolder=subfolder)
    written = repository.write()
    assert written.failed is None, written.said
    assert "Added “New” to the optional readings of intro" in written.said
    pushed = repository.push_readings()
    assert (pushed.failed, pushed.said) == (None, "")
    link = f"https://github.com/ada/cs101/compare/{BRANCH}?expand=1&body=Closes+%237"
    assert pushed.summary == f"[Open the pull request]({link}). Read the lines before you merge them.\n"
    path = f"{subfolder}/readings.yaml".lstrip("/")
    assert repository.git("diff", "--numstat", "main", BRANCH) == f"2\t0\t{path}"
    assert repository.git("show", f"{BRANCH}:{path}") + "\n" == READINGS + ADDED.format("New")
    assert repository.git("ls-tree", BRANCH, "--", path).startswith("100644 blob ")
    assert repository.git("log", "--format=%s", f"main..{BRANCH}") == "Add the reading of issue #7"


HOSTILE = [
    '"; touch "$HOME/x"; "',
    "$(touch x) `touch x` ${{ github.token }}",
    "'\"\\' ::error::x ##[error]x",
    "a\n::add-mask::b\n::set-output name=x::y",
    "%0A::error::x",
    "]($link) <img src=x>",
    "../../.github/workflows/check.yml",
]


@pytest.mark.parametrize("title", some_slow(HOSTILE, 2))
def test_what_is_typed_is_text(title: str, tmp_path: Path) -> None:
    repository = begin(tmp_path, fill_form(title=title, why=title))
    written = repository.write()
    assert written.failed is None, written.said
    assert [line for line in written.said.splitlines() if line.lstrip().startswith(("::", "##"))] == []
    pushed = repository.push_readings()
    assert (pushed.failed, pushed.said) == (None, "")
    assert repository.git("diff", "--name-only", "main", BRANCH) == "readings.yaml"
    assert len(pushed.summary.splitlines()) == 1
    assert "Read the lines" in pushed.summary
    changed = repository.git("status", "--porcelain", "--untracked-files=all").splitlines()
    assert [line for line in changed if "_site" not in line and ".cache" not in line] == ["M readings.yaml"]


def test_an_issue_that_was_edited_after_the_label_is_read_again(tmp_path: Path) -> None:
    repository = begin(tmp_path, fill_form(), now=fill_form(title="Another"))
    written = repository.write()
    assert written.failed == "Take the text that was labeled"
    said = "The issue was edited after you labeled it. Read it again, remove the label, and add it again.\n"
    assert written.said == said
    assert (repository.course / "readings.yaml").read_text(encoding="utf-8") == READINGS


@pytest.mark.parametrize(
    ("issue", "said"),
    [
        (None, "The question “Title” is missing"),
        (fill_form(meeting="Quantum"), "No meeting is called “Quantum”: write its topic, or its date."),
        (fill_form(address="javascript:x"), "Address: a link can't begin with `javascript:`"),
        ("課" * 65_536, "The question “Title” is missing"),
    ],
)
def test_what_can_t_be_added_ends_the_run(issue: str | None, said: str, tmp_path: Path) -> None:
    written = begin(tmp_path, issue).write()
    assert written.failed == "Add the reading"
    assert said in written.said


def test_a_branch_that_is_there_stays(tmp_path: Path) -> None:
    repository = begin(tmp_path, fill_form())
    repository.git("branch", BRANCH)
    pushed = repository.push_readings()
    assert pushed.failed == "Push the branch"
    said = f"There is a branch {BRANCH} already. Delete it, remove the label, and add it again.\n"
    assert pushed.said == said
    assert repository.git("rev-parse", BRANCH) == repository.git("rev-parse", "main")


def _hand_over_two(folder: Path) -> None:
    write(folder, {"readings.yaml": READINGS, "x.yml": ""})


HANDED_OVER: dict[str, Callable[[Path], object]] = {
    "two files": _hand_over_two,
    "another file": lambda folder: write(folder, {"syllabus.yaml": ""}),
    "a folder": lambda folder: (folder / "readings.yaml").mkdir(),
    "a link": lambda folder: (folder / "readings.yaml").symlink_to("/etc/passwd"),
    "nothing in it": lambda folder: write(folder, {"readings.yaml": ""}),
    "too much": lambda folder: write(folder, {"readings.yaml": "#" * 1_000_001}),
}


@pytest.mark.parametrize("what", HANDED_OVER)
def test_only_a_small_file_is_taken(what: str, tmp_path: Path) -> None:
    repository = begin(tmp_path, fill_form())
    pushed = repository.push(HANDED_OVER[what])
    assert pushed.failed == "Push the branch"
    assert pushed.said == "The first job handed over something else than a small readings.yaml.\n"
    assert not repository.has_branch()


def workflows() -> list[tuple[Workflow, str]]:
    ours = (GITHUB / "workflows" / "suggest.yml").read_text(encoding="utf-8")
    made = {sub: make(INDEX, sub)[f".github/workflows/suggest{ending}.yml"] for sub, ending in SUBFOLDERS.items()}
    return [(read(ours), ""), *((read(text), SUBFOLDERS[sub]) for sub, text in made.items())]


@pytest.mark.parametrize(("workflow", "ending"), workflows())
def test_only_a_label_starts_it_and_the_job_that_writes_runs_nothing_of_the_course(
    workflow: Workflow, ending: str
) -> None:
    assert workflow.tree[True] == {"issues": {"types": ["labeled"]}}
    first, second = workflow.jobs["write"], workflow.jobs["push"]
    assert first["if"] == f"github.event.label.name == 'accept{ending}'"
    assert second["needs"] == "write"
    assert [step.get("uses", "").partition("@")[0] for step in second["steps"]] == ["actions/download-artifact", ""]
    tokens = [step["name"] for step in workflow.steps() if "GH_TOKEN" in step.get("env", {})]
    assert tokens == ["Take the text that was labeled", "Push the branch"]
    # Of the event, commands see only the number of the issue.
    assert [value for step in workflow.steps() for value in step.get("env", {}).values() if "event" in value] == [
        "${{ github.event.issue.number }}"
    ] * 2
    path = next(step["with"]["path"] for step in first["steps"] if "upload-artifact" in step.get("uses", ""))
    assert second["steps"][1]["env"]["READINGS"] == path


def test_the_workflow_of_this_repository_is_the_one_of_a_course() -> None:
    ours, course = workflows()[0][0].jobs, workflows()[1][0].jobs
    assert ours["push"] == course["push"]
    steps = [[step for step in jobs["write"]["steps"] if step["name"] != "Install"] for jobs in (ours, course)]
    assert steps[0] == steps[1]

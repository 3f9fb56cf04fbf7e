"""The workflows of a new course: their rights, their pins, and what each of their commands does."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from courseweek.start.requirement import Requirement, choose_requirement
from courseweek.start.workflows import make_workflows
from tests.sampling import some_slow
from tests.sites import COURSES, ROOT
from tests.workflow import (
    GITHUB,
    PINNED,
    SCHEMAS,
    Done,
    check_schemas,
    check_with_zizmor,
    complaints,
    hands_over,
    read,
    run_steps,
)

TITLE = "Systems & Machines"
ZONE = "Europe/Zurich"
SUBFOLDERS = {"": "", "courses/ml 2": "-courses-ml-2", "课程": "-60db1afb"}
"""Folders of a course in its repository, with what the names of its workflows end with."""
EACH_SUBFOLDER = pytest.mark.parametrize("subfolder", some_slow(SUBFOLDERS, 2))
NAMES = ("check", "links", "publish", "review")
INDEX = Requirement("courseweek==1.0", {"requirements.txt": b"courseweek==1.0\n"})


@pytest.fixture(scope="module")
def carried() -> Requirement:
    return choose_requirement(None)


def make(requirement: Requirement, subfolder: str = "", **details: str) -> dict[str, str]:
    made = make_workflows(requirement, **{"title": TITLE, "timezone": ZONE, "subfolder": subfolder, **details})
    return {path: data.decode("utf-8") for path, data in made.items()}


def write(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8", newline="\n")


def workflows_of(files: dict[str, str]) -> dict[str, str]:
    return {Path(path).stem: text for path, text in files.items() if path.startswith(".github/workflows/")}


@EACH_SUBFOLDER
def test_the_files(carried: Requirement, subfolder: str) -> None:
    ending = SUBFOLDERS[subfolder]
    assert set(make(carried, subfolder)) == {
        *(f".github/workflows/{name}{ending}.yml" for name in NAMES),
        ".github/ISSUE_TEMPLATE/config.yml",
        ".github/ISSUE_TEMPLATE/reading.yml",
        ".github/dependabot.yml",
        ".github/pull_request_template.md",
    }


@EACH_SUBFOLDER
@pytest.mark.parametrize("from_index", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_linters_have_no_complaint(carried: Requirement, subfolder: str, *, from_index: bool, tmp_path: Path) -> None:
    files = make(INDEX if from_index else carried, subfolder)
    write(tmp_path, files)
    for text in files.values():
        assert re.findall(r"@[a-z_]+@", text) == []
    for name, text in workflows_of(files).items():
        assert list(complaints(read(text))) == [], name
    check_with_zizmor(tmp_path / ".github")
    for where in SCHEMAS:
        check_schemas(tmp_path / ".github", where)


def test_only_what_runs_nothing_of_the_course_may_write(carried: Requirement) -> None:
    rights = {
        f"{name} {job}": each.rights(each.jobs[job])
        for name, text in workflows_of(make(carried)).items()
        for each in [read(text)]
        for job in each.jobs
    }
    assert rights == {
        "check check": {"contents": "read"},
        "links links": {"contents": "read"},
        "publish build": {"contents": "read"},
        "publish deploy": {"pages": "write", "id-token": "write"},
        "review review": {"contents": "read"},
    }
    deploy = read(workflows_of(make(carried))["publish"]).jobs["deploy"]
    assert ["run" in step for step in deploy["steps"]] == [False]


def test_the_actions_are_those_of_this_project(carried: Requirement) -> None:
    def pins(texts: list[str]) -> set[str]:
        return {match[0] for text in texts for match in PINNED.finditer(text)}

    ours = pins([path.read_text(encoding="utf-8") for path in (GITHUB / "workflows").glob("*.yml")])
    assert pins(list(workflows_of(make(carried)).values())) <= ours


def test_the_zone_and_the_branch_are_the_course_s(carried: Requirement) -> None:
    on = read(workflows_of(make(carried, branch="spring"))["publish"]).tree[True]
    assert on["push"] == {"branches": ["spring"]}
    assert on["schedule"] == [{"cron": "17 * * * *", "timezone": ZONE}]
    links = read(workflows_of(make(carried))["links"]).tree[True]
    assert [each["timezone"] for each in links["schedule"]] == [ZONE]


def test_a_subfolder_is_where_commands_run_and_what_is_published(carried: Requirement) -> None:
    made = {name: read(text) for name, text in workflows_of(make(carried, "courses/ml 2")).items()}
    publish = made["publish-courses-ml-2"]
    assert publish.tree[True]["push"] == {"branches": ["main"], "paths": ["courses/ml 2/**"]}
    paths = [step["with"]["path"] for each in made.values() for step in each.steps() if "path" in step.get("with", {})]
    assert paths == [".base", "${{ runner.temp }}/fixes.patch", *["courses/ml 2/_site"] * 2]
    assert hands_over(publish) == {"path": "courses/ml 2/_site", "include-hidden-files": True}
    for name, job in (("check", "check"), ("links", "links"), ("publish", "build")):
        defaults = made[f"{name}-courses-ml-2"].jobs[job]["defaults"]
        assert defaults == {"run": {"working-directory": "courses/ml 2"}}
    assert {job["name"] for each in made.values() for job in each.jobs.values()} >= {
        "Check the course (courses/ml 2)",
        "Look at what runs (courses/ml 2)",
    }


@pytest.mark.parametrize(
    "title",
    [
        'A "quoted" title',
        "Systems: # the course",
        "机器学习 🎓",
        "@branch@ and @title@",
        "O'Reilly\\n",
        "- x",
        "{a}: [b",
    ],
)
def test_a_title_is_taken_as_it_is(carried: Requirement, title: str) -> None:
    form = yaml.safe_load(make(carried, title=title)[".github/ISSUE_TEMPLATE/reading.yml"])
    assert form["description"] == (
        f"Something to read or watch for a meeting of {title}. You don't have to edit a file."
    )


@EACH_SUBFOLDER
def test_dependabot_renews_what_an_index_has(carried: Requirement, subfolder: str) -> None:
    def updates(requirement: Requirement) -> list[tuple[str, str]]:
        tree = yaml.safe_load(make(requirement, subfolder)[".github/dependabot.yml"])
        return [(each["package-ecosystem"], each["directory"]) for each in tree["updates"]]

    assert updates(carried) == [("github-actions", "/")]
    assert updates(INDEX) == [("github-actions", "/"), ("pip", f"/{subfolder}")]


def run_job(folder: Path, requirement: Requirement, subfolder: str, name: str, job: str, **changed: bytes) -> Done:
    """Run the commands of a job over a small course with these files changed."""
    if sys.platform != "linux":
        pytest.skip("the commands of a workflow are for Ubuntu")
    repository = folder / "repository"
    course = repository / subfolder
    files = make(requirement, subfolder)
    write(repository, files)
    sources = {
        "syllabus.yaml": (COURSES / "six-lines" / "syllabus.yaml").read_bytes(),
        "build.py": (ROOT / "build.py").read_bytes(),
    }
    for path, data in {**requirement.files, **sources, **changed}.items():
        (course / path).parent.mkdir(parents=True, exist_ok=True)
        (course / path).write_bytes(data)
    for path, data in sources.items():
        base = repository / ".base" / subfolder / path
        base.parent.mkdir(parents=True, exist_ok=True)
        base.write_bytes(data)
    tree: dict[str, Any] = read(files[f".github/workflows/{name}{SUBFOLDERS[subfolder]}.yml"]).jobs[job]
    where = repository / tree.get("defaults", {}).get("run", {}).get("working-directory", "")
    done = run_steps(tree["steps"], folder, where, repository)
    return replace(done, course=course)


@EACH_SUBFOLDER
def test_a_good_change_is_checked_and_can_be_looked_at(carried: Requirement, subfolder: str, tmp_path: Path) -> None:
    done = run_job(tmp_path, carried, subfolder, "check", "check")
    assert done.failed is None, done.said
    assert done.asked == f"{done.course}: install -r requirements.txt\n"
    assert (done.course / "_site" / "index.html").is_file()
    assert done.summary.startswith("## Your change\n\n**Nothing on the site changes.**\n")
    assert "[Download the preview](https://example.org/artifact)" in done.summary
    assert "fixes" not in done.summary


@EACH_SUBFOLDER
def test_a_change_is_said_first_and_its_fixes_can_be_taken(
    carried: Requirement, subfolder: str, tmp_path: Path
) -> None:
    syllabus = (COURSES / "six-lines" / "syllabus.yaml").read_bytes()
    good = {"syllabus.yaml": syllabus + b"schedule: [One, Two, Three]\n", "content/labs.md": b"# Labs\n\nHere.\n"}
    done = run_job(tmp_path, carried, subfolder, "check", "check", **good)
    assert done.failed is None, done.said
    assert done.summary.startswith("## Your change\n\n- New&#58; One, ")
    slip = {"syllabus.yaml": syllabus + b"schedule:\n  -One\n  - Two\n  - Three\n"}
    done = run_job(tmp_path / "slip", carried, subfolder, "check", "check", **slip)
    assert done.failed == "Check"
    assert done.summary.startswith(
        "## Your change\n\nWhat changes is not known: the course has an error.\n\n## Fixes\n"
    )
    assert done.summary.endswith("[Download the fixes](https://example.org/fixes) and unpack them.\n")
    patch = (tmp_path / "slip" / "temporary" / "fixes.patch").read_text(encoding="utf-8")
    assert patch.startswith("diff --git a/")
    assert "\n-  -One\n+  - One\n" in patch


@EACH_SUBFOLDER
def test_a_mistake_is_shown_at_its_line_in_the_repository(carried: Requirement, subfolder: str, tmp_path: Path) -> None:
    done = run_job(tmp_path, carried, subfolder, "check", "check", **{"syllabus.yaml": b"titel: A\n"})
    assert done.failed == "Check"
    file = f"{subfolder}/syllabus.yaml" if subfolder else "syllabus.yaml"
    assert f"::error file={file},line=1" in done.said
    assert not (done.course / "_site").exists()


@EACH_SUBFOLDER
@pytest.mark.parametrize("from_index", [False, True])
def test_the_site_is_built_with_the_program_that_was_chosen(
    carried: Requirement, subfolder: str, *, from_index: bool, tmp_path: Path
) -> None:
    done = run_job(tmp_path, INDEX if from_index else carried, subfolder, "publish", "build")
    assert done.failed is None, done.said
    first = (
        "requirements.txt names the version, so there is nothing to compare." if from_index else f"{carried.wheel}: OK"
    )
    assert done.said.splitlines()[0] == first
    assert (done.course / "_site" / "index.html").is_file()


@pytest.mark.parametrize(
    ("public", "said"),
    [
        (None, "Nothing that is public was found, so nothing is news."),
        (b"", "public.json is not used: it is empty."),
        (b"<!doctype html>", "public.json is not used: it is damaged."),
    ],
)
def test_what_is_public_is_fetched_and_nothing_depends_on_it(
    carried: Requirement, public: bytes | None, said: str, tmp_path: Path
) -> None:
    if public is not None:
        (tmp_path / "public.json").write_bytes(public)
    done = run_job(tmp_path, carried, "", "publish", "build")
    assert done.failed is None, done.said
    (asked,) = [line for line in done.said.splitlines() if line.startswith("curl ")]
    assert asked == (
        "curl -fsSL --proto =https --max-time 20 --max-filesize 5000000 "
        f"-o {tmp_path}/temporary/public.json https://ada.github.io/cs101/course.json"
    )
    assert said in done.said
    assert (done.course / "_site" / "index.html").is_file()


def test_another_wheel_publishes_nothing_and_is_not_installed(carried: Requirement, tmp_path: Path) -> None:
    assert carried.wheel is not None
    done = run_job(tmp_path, carried, "", "publish", "build", **{carried.wheel: b"another"})
    assert done.failed == "Compare Courseweek with its sum"
    assert done.asked == ""
    assert not (done.course / "_site").exists()


@EACH_SUBFOLDER
def test_links_are_followed(carried: Requirement, subfolder: str, tmp_path: Path) -> None:
    done = run_job(tmp_path, carried, subfolder, "links", "links")
    assert done.failed is None, done.said
    assert done.asked == f"{done.course}: install -r requirements.txt\n"


REVIEWED = "reviewed: program"
CHANGES = {
    "a note": ("content/notes/a.md", "", True),
    "the wheel": ("vendor/courseweek-1.0-py3-none-any.whl", "", False),
    "the requirements": ("requirements.txt", "", False),
    "the constraints": ("constraints.txt", "", False),
    "the front door": ("build.py", "", False),
    "a past term": ("archive/2026/index.html", "", False),
    "the wheel with the label": ("vendor/courseweek-1.0-py3-none-any.whl", REVIEWED, True),
    "the wheel with another label": ("vendor/courseweek-1.0-py3-none-any.whl", "bug", False),
    "what is only called like it": ("content/vendor/a.md", "", True),
}


@pytest.mark.parametrize("subfolder", list(SUBFOLDERS)[:2])
@pytest.mark.parametrize("change", CHANGES)
def test_what_runs_is_looked_at(carried: Requirement, subfolder: str, change: str, tmp_path: Path) -> None:
    path, added, passes = CHANGES[change]
    _expect(carried, subfolder, f"{subfolder}/{path}" if subfolder else path, added, passes=passes, folder=tmp_path)


@EACH_SUBFOLDER
@pytest.mark.parametrize(("added", "passes"), [("", False), (REVIEWED, True)])
def test_the_workflows_are_looked_at(
    carried: Requirement, subfolder: str, added: str, *, passes: bool, tmp_path: Path
) -> None:
    _expect(carried, subfolder, ".github/workflows/mine.yml", added, passes=passes, folder=tmp_path)


def _expect(requirement: Requirement, subfolder: str, path: str, added: str, *, passes: bool, folder: Path) -> None:
    """Merge a change of a file as GitHub does, run the command over it, and compare what it says."""
    bash, git = shutil.which("bash"), shutil.which("git")
    if bash is None or git is None or sys.platform != "linux":
        pytest.skip("the commands of a workflow are for Ubuntu")
    job = read(make(requirement, subfolder)[f".github/workflows/review{SUBFOLDERS[subfolder]}.yml"]).jobs["review"]
    checkout, step = job["steps"]
    assert checkout["with"]["fetch-depth"] == 2
    # Only the event of adding it counts: the label of an earlier commit is still there after a new one.
    assert step["env"] == {"ADDED": "${{ github.event.action == 'labeled' && github.event.label.name || '' }}"}
    author = ("-c", "user.name=A", "-c", "user.email=a@example.edu", "-c", "commit.gpgsign=false")

    def call(*words: str) -> None:
        subprocess.run([git, *author, *words], cwd=folder, check=True, capture_output=True)

    write(folder, {"syllabus.yaml": "title: A\n"})
    call("init", "--initial-branch=main")
    call("add", ".")
    call("commit", "--message=Before")
    call("checkout", "-b", "change")
    write(folder, {path: "changed\n"})
    call("add", ".")
    call("commit", "--message=Change")
    call("checkout", "main")
    write(folder, {"vendor/ours": "ours\n", ".github/ours": "ours\n"})
    call("add", ".")
    call("commit", "--message=Meanwhile")
    call("merge", "--no-ff", "--no-edit", "change")
    ran = subprocess.run(
        [bash, "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "ADDED": added},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    said = f'These files decide what runs. Read their changes, then add the label "reviewed: program":\n{path}\n'
    assert (ran.returncode, ran.stdout) == ((0, "") if passes else (1, said))

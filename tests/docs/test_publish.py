"""The commands of docs/publish.md, run as they are. The server is a folder, and `ssh` a script that enters it."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from courseweek.commands.options import make_parser
from tests.browsers.bring import find_copying_tools, find_sftp_server
from tests.docs.examples import ROOT, blocks
from tests.sites import read_tree, write_course

PUBLISH = ROOT / "docs" / "publish.md"
BLOCKS = list(blocks(PUBLISH))

# `ssh [options] HOST COMMAND`, which runs the command in the folder of the server.
SSH = """\
#!/bin/sh
subsystem=
while :; do
    case "$1" in
        -o | -l | -p | -i) shift 2 ;;
        -s) subsystem=1; shift ;;
        -*) shift ;;
        *) break ;;
    esac
done
shift
cd "$SERVER" || exit 1
if [ -n "$subsystem" ]; then exec "$SFTP_SERVER"; fi
exec sh -c "$*"
"""
FOREIGN = {".htaccess": b"Options -Indexes\n", "sp26/index.html": b"<p>last year</p>"}
"""What else is in the folder on the server."""


@dataclass(frozen=True, slots=True)
class Machine:
    """A computer with a course in `cs101`, and the folder of a server that it reaches as www.example.edu."""

    home: Path
    server: Path
    environment: dict[str, str]

    @property
    def course(self) -> Path:
        return self.home / "cs101"

    @property
    def published(self) -> dict[str, bytes]:
        """What is in the course's folder on the server."""
        return read_tree(self.server / "public_html" / "cs101")

    @property
    def site(self) -> dict[str, bytes]:
        return read_tree(self.course / "_site")

    def run(self, command: str, folder: Path | None = None, entered: str | None = None) -> str:
        """Run a command in the course's folder or another one, and return what it says."""
        ran = subprocess.run(
            ["sh", "-ec", command],
            cwd=folder or self.course,
            env=self.environment,
            input=entered or "",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        assert ran.returncode == 0, ran.stdout
        return ran.stdout

    def change(self) -> None:
        """Rename a page, and build the site."""
        (self.course / "content" / "before.md").rename(self.course / "content" / "after.md")
        self.run("python build.py")


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    if sys.platform == "win32" or shutil.which("sh") is None:
        pytest.skip("the commands are for a POSIX shell")
    home, server, tools = tmp_path / "home", tmp_path / "server", tmp_path / "tools"
    (server / "public_html" / "cs101").mkdir(parents=True)
    write_course(
        home / "cs101",
        {
            "build.py": (ROOT / "build.py").read_bytes(),
            "content/before.md": "# Before\n",
            "content/same.md": "# The same\n",
        },
    )
    scripts = {
        "ssh": SSH,
        "python": f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n',
        "pip": '#!/bin/sh\n[ "$*" = "install -r requirements.txt" ]\n',
        "curl": f'#!/bin/sh\nprintf "%s\\n" "$@" >{shlex.quote(str(tmp_path / "asked"))}\n',
    }
    for name in ("scp", "sftp"):
        scripts[name] = f'#!/bin/sh\nexec {shutil.which(name)} -S "{tools / "ssh"}" "$@"\n'
    (home / "cs101" / ".venv" / "bin").mkdir(parents=True)
    tools.mkdir()
    for name, script in scripts.items():
        (tools / name).write_text(script, encoding="utf-8")
        (tools / name).chmod(0o755)
    (home / "cs101" / ".venv" / "bin" / "python").symlink_to(tools / "python")
    address = "https://github.com/YOU/cs101.git"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / ".cache"),
        "SERVER": str(server),
        **{f"GIT_{who}_{what}": "ada@example.edu" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{server}/cs101.git.insteadOf",
        "GIT_CONFIG_VALUE_0": address,
    }
    made = Machine(home, server, environment)
    made.run("python build.py")
    return made


def block(heading: str, info: str = "sh", place: int = 0) -> str:
    """Return the text of a block under a heading; one of several by its place."""
    return [each.text for each in BLOCKS if (each.heading, each.info) == (heading, info)][place]


def put_foreign_files(machine: Machine) -> None:
    for path, data in FOREIGN.items():
        target = machine.server / "public_html" / "cs101" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def test_each_block_is_run() -> None:
    """A new block needs a test here."""
    ran = [
        ("Before you publish", "sh"),
        ("Before you publish", "yaml syllabus.yaml"),  # by test_examples.py
        ("GitHub Pages", "sh"),
        ("GitLab Pages", "yaml .gitlab-ci.yml"),
        ("Netlify and Cloudflare Pages", "toml netlify.toml"),
        ("Straight into the folder", "sh"),
        ("With rsync", "sh"),
        ("With rsync", "sh"),
        ("With scp or sftp", "sh"),
        ("With scp or sftp", "text sftp"),
        ("As a zip file", "sh"),
        ("Every hour, or every night", "text crontab"),
        ("Every hour, or every night", "text crontab"),
        ("Every hour, or every night", "powershell"),
        ("Every hour, or every night", "text publish.cmd"),
        ("What has changed", "sh"),
        ("What has changed", "sh"),
        ("A new version of Courseweek", "sh"),  # with the command
    ]
    assert [(each.heading, each.info) for each in BLOCKS] == ran


def test_check(machine: Machine) -> None:
    assert "nothing is wrong" in machine.run(block("Before you publish"))


def test_the_course_goes_to_a_repository(machine: Machine) -> None:
    machine.run(f"git init -q --bare {shlex.quote(str(machine.server / 'cs101.git'))}")
    shutil.rmtree(machine.course / ".venv")
    (machine.course / ".gitignore").write_text("_site/\n.cache/\n", encoding="utf-8")
    machine.run(block("GitHub Pages"))
    machine.run(f"git clone -q -b main {shlex.quote(str(machine.server / 'cs101.git'))} copy", machine.home)
    machine.run("python build.py", machine.home / "copy")
    assert read_tree(machine.home / "copy" / "_site") == machine.site


def test_the_job_for_gitlab_makes_the_site(machine: Machine) -> None:
    job = yaml.safe_load(block("GitLab Pages", "yaml .gitlab-ci.yml"))["pages"]
    site = machine.site
    machine.run("\n".join(job["script"]))
    assert [read_tree(machine.course / path) for path in job["artifacts"]["paths"]] == [site]


def test_netlify_and_cloudflare_make_the_site(machine: Machine) -> None:
    written = tomllib.loads(block("Netlify and Cloudflare Pages", "toml netlify.toml"))
    site = machine.site
    shutil.rmtree(machine.course / "_site")
    machine.run(written["build"]["command"])
    assert read_tree(machine.course / written["build"]["publish"]) == site
    assert f"`{written['build']['environment']['PYTHON_VERSION']}`" in PUBLISH.read_text(encoding="utf-8")


def test_straight_into_the_folder_of_the_server(machine: Machine) -> None:
    machine.environment["HOME"] = str(machine.server)
    command = block("Straight into the folder")
    put_foreign_files(machine)
    with pytest.raises(AssertionError, match="did not make, such as sp26"):
        machine.run(command)
    (machine.server / "public_html" / "cs101" / ".courseweek").touch()
    machine.run(command)
    assert machine.published == {**machine.site, **FOREIGN}
    machine.change()
    machine.run(command)
    assert machine.published == {**machine.site, **FOREIGN}


@pytest.mark.slow
def test_rsync(machine: Machine) -> None:
    find_copying_tools()
    copying, removing = block("With rsync"), block("With rsync", place=1)
    put_foreign_files(machine)
    machine.run(copying)
    before = machine.site
    assert machine.published == {**before, **FOREIGN}
    machine.change()
    assert "before.html" not in machine.site
    machine.run(removing)
    machine.run(copying)
    assert machine.published == {**machine.site, **FOREIGN}
    modes = {path.stat().st_mode & 0o777 for path in (machine.server / "public_html" / "cs101").glob("*.html")}
    assert modes == {0o644}


@pytest.mark.slow
def test_rsync_alone_removes_nothing(machine: Machine) -> None:
    find_copying_tools()
    machine.run(block("With rsync"))
    before = machine.site
    machine.change()
    machine.run(block("With rsync"))
    assert machine.published == {**before, **machine.site}


@pytest.mark.slow
def test_scp(machine: Machine) -> None:
    find_copying_tools()
    machine.environment["SFTP_SERVER"] = str(find_sftp_server())
    put_foreign_files(machine)
    for _ in range(2):
        machine.run(block("With scp or sftp"))
        assert machine.published == {**machine.site, **FOREIGN}


@pytest.mark.slow
def test_sftp(machine: Machine) -> None:
    find_copying_tools()
    machine.environment["SFTP_SERVER"] = str(find_sftp_server())
    (machine.server / "public_html" / "cs101").rmdir()
    lines = block("With scp or sftp", "text sftp")
    shown = {path: data for path, data in machine.site.items() if not path.startswith(".")}
    for entered in (lines, lines.partition("\n")[2]):
        machine.run("sftp you@www.example.edu", entered=entered)
        assert machine.published == shown


def test_zip(machine: Machine) -> None:
    machine.run(block("As a zip file"))
    with zipfile.ZipFile(machine.course / "site.zip") as packed:
        files = {name: packed.read(name) for name in packed.namelist() if not name.endswith("/")}
    assert files == machine.site


def scheduled(place: int) -> str:
    """Return the command of a line for `cron`."""
    match = re.fullmatch(r"17 \* \* \* \* (.+)\n", block("Every hour, or every night", "text crontab", place))
    assert match is not None
    assert "%" not in match[1]  # which cron takes for the end of a line
    return match[1]


@pytest.mark.slow
def test_cron_copies_the_site_and_says_nothing(machine: Machine) -> None:
    find_copying_tools()
    put_foreign_files(machine)
    assert machine.run(scheduled(0), machine.home) == ""
    assert machine.published == {**machine.site, **FOREIGN}


def test_cron_copies_nothing_if_there_is_an_error(machine: Machine) -> None:
    (machine.course / "syllabus.yaml").write_text("course: A\n", encoding="utf-8")
    with pytest.raises(AssertionError, match="Nothing was published: "):
        machine.run(scheduled(0), machine.home)
    assert machine.published == {}


def test_cron_calls_a_hook(machine: Machine) -> None:
    assert machine.run(scheduled(1), machine.home) == ""
    asked = (machine.home.parent / "asked").read_text(encoding="utf-8").splitlines()
    assert asked[-1] == "https://api.netlify.com/build_hooks/ID"


def test_the_task_of_windows_runs_a_command_that_exists() -> None:
    text = block("Every hour, or every night", "powershell")
    (arguments,) = re.findall(r'-Argument "build\.py (.+?)"', text)
    assert make_parser().parse_args(["build", *arguments.split()]).output == Path("Z:\\cs101")
    assert f"`python build.py {arguments}`" in PUBLISH.read_text(encoding="utf-8")
    copying = block("Every hour, or every night", "text publish.cmd").splitlines()[-1].split(" && ")
    assert copying == [r".venv\Scripts\python build.py", block("With scp or sftp").rstrip()]

"""The files for GitHub of a new course: workflows that check and publish it, and forms for suggestions."""

from __future__ import annotations

import json
import re
import shlex
from hashlib import sha256
from pathlib import Path

from courseweek.start.requirement import Requirement

_TEMPLATES = Path(__file__).parent / "templates" / "github"
_NOTHING_TO_COMPARE = "requirements.txt names the version, so there is nothing to compare."
_COMPARISON = re.compile(
    r'(?<= run: )echo "(?:[0-9a-f]{64}  vendor/[^"\s]+" \| sha256sum --check --strict|'
    rf'{re.escape(_NOTHING_TO_COMPARE)}")'
)
_REVIEWED = ("vendor", "requirements.txt", "constraints.txt", "build.py", "archive")
"""What a maintainer reads before it is merged, in the course's folder; `.github` is at the top of the repository."""
_GET = """\
      - name: Get the files
        uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          persist-credentials: false
          lfs: true # without this, slides and pictures in Git LFS are only pointers
      - name: Get Python
        uses: actions/setup-python@5fda3b95a4ea91299a34e894583c3862153e4b97 # v7.0.0
        with:
          python-version: "3.14\""""
_LFS = "          lfs:"
_PARENT = "          fetch-depth: 2 # with the commit that the pull request is merged with\n"
_INSTALL = """\
      - name: Install
        run: pip install -r requirements.txt"""
_PACKAGES = """\
  # New versions of Courseweek and of what it needs, all in one pull request.
  - package-ecosystem: pip
    directory: {}
    schedule:
      interval: weekly
    cooldown:
      default-days: 7
    groups:
      packages:
        patterns: ["*"]"""


def make_workflows(
    requirement: Requirement, *, title: str, timezone: str, branch: str = "main", subfolder: str = ""
) -> dict[str, bytes]:
    """Return the files of `.github/` by their paths from the top of the repository.

    `branch` is the one that is published, `subfolder` the course's folder in the repository ("" at its top, with `/`
    between folders). The workflows of a subfolder have its name, so that one repository can hold several courses; the
    other files belong to the repository, and one that is there already is better than these.
    """
    slug = "-".join(re.findall(r"[a-z0-9]+", subfolder.lower())) or sha256(subfolder.encode()).hexdigest()[:8]
    ending, of = (f"-{slug}", f" ({subfolder})") if subfolder else ("", "")
    values = {
        "title": title,
        "timezone": timezone,
        "branch": branch,
        "base": f".base/{subfolder}" if subfolder else ".base",
        "site": f"{subfolder}/_site" if subfolder else "_site",
        "reading_description": f"Something to read or watch for a meeting of {title}. You don't have to edit a file.",
        "check_job": f"Check the course{of}",
        "review_job": f"Look at what runs{of}",
    }
    for name in ("check", "review", "publish", "links"):
        values |= {name: f"{name.capitalize()}{of}"}
    filled = {name: json.dumps(value, ensure_ascii=False) for name, value in values.items()}
    reviewed = [f"{subfolder}/{each}" if subfolder else each for each in _REVIEWED]
    filled |= {f"{name}_group": f"{name}{ending}" for name in ("check", "review", "links")}
    filled |= {
        "get": _GET,
        "install": _INSTALL,
        "begin": f"{_GET}\n{_INSTALL}",
        "begin_check": f"{_GET.replace(_LFS, _PARENT + _LFS)}\n{_INSTALL}",
        "compare": _compare(requirement),
        "defaults": _set_folder(subfolder),
        "push_paths": f"    paths: [{json.dumps(f'{subfolder}/**', ensure_ascii=False)}]" if subfolder else "",
        "packages": "" if requirement.wheel else _PACKAGES.format(json.dumps(f"/{subfolder}", ensure_ascii=False)),
        "reviewed_paths": shlex.join([".github", *reviewed]),
    }
    made = {}
    for path in sorted(path for path in _TEMPLATES.rglob("*") if path.is_file()):
        name = path.relative_to(_TEMPLATES).as_posix()
        if name.startswith("workflows/"):
            name = name.replace(".yml", f"{ending}.yml")
        made[f".github/{name}"] = _fill(path.read_text(encoding="utf-8"), filled).encode()
    return made


def renew_comparison(text: str, requirement: Requirement, subfolder: str) -> str | None:
    """Return the text of a workflow with the sum of this wheel; None if it compares none, or another course's.

    `subfolder` is as for `make_workflows`.
    """
    folders = re.findall(r"^ *working-directory: *(.*?) *$", text, re.MULTILINE)
    if not all(folder.strip("\"'") == subfolder for folder in folders) or bool(subfolder) > bool(folders):
        return None
    renewed, found = _COMPARISON.subn(lambda _: _compare(requirement), text)
    return renewed if found else None


def _compare(requirement: Requirement) -> str:
    """Return the command that compares the wheel with its sum."""
    if requirement.wheel is None:
        return f'echo "{_NOTHING_TO_COMPARE}"'
    return f'echo "{requirement.sha256}  {requirement.wheel}" | sha256sum --check --strict'


def _set_folder(subfolder: str) -> str:
    """Return the lines of a job whose commands run in the course's folder."""
    if not subfolder:
        return ""
    return f"    defaults:\n      run:\n        working-directory: {json.dumps(subfolder, ensure_ascii=False)}"


def _fill(template: str, values: dict[str, str]) -> str:
    """Return a template with values for its `@names@`; the line of an empty one goes."""

    def replace(match: re.Match[str]) -> str:
        value = values[match["name"]]
        return value + match["end"] if value else ""

    return re.sub(r"@(?P<name>[a-z_]+)@(?P<end>\n?)", replace, template)

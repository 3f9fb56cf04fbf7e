"""A stand-in for `gh api`: the parts of GitHub that a workflow asks, over a repository of Git and one issue.

    python host.py api ENDPOINT [--input -] [--raw-field NAME=VALUE …] [--jq FILTER] [--silent]

`HOST_REPOSITORY` is the folder of the repository, `HOST_ISSUE` a file with what is said of the issue, as JSON.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any


def git(*words: str, typed: bytes = b"") -> str:
    """Return what Git says in the repository; end the program if it fails."""
    author = ("-c", "user.name=bot", "-c", "user.email=bot@example.edu")
    # The first folder has the other stand-ins, one for Git too.
    found = shutil.which("git", path=os.environ["PATH"].partition(os.pathsep)[2])
    assert found is not None
    ran = subprocess.run(
        [found, "-C", os.environ["HOST_REPOSITORY"], *author, *words], input=typed, capture_output=True, check=False
    )
    if ran.returncode:
        sys.exit(f"gh: {ran.stderr.decode()}")
    return ran.stdout.decode().strip()


def make_tree(asked: dict[str, Any]) -> str:
    """Return the id of a tree with some files changed."""
    os.environ["GIT_INDEX_FILE"] = str(Path(os.environ["HOST_REPOSITORY"]) / ".git" / "of-the-host")
    git("read-tree", asked["base_tree"])
    for each in asked["tree"]:
        git("update-index", "--add", "--cacheinfo", f"{each['mode']},{each['sha']},{each['path']}")
    return git("write-tree")


def answer(endpoint: str, asked: dict[str, Any] | None) -> Any:
    """Return what GitHub answers; `asked` is what is posted, None for a question."""
    _, _, _, kind, *rest = endpoint.split("/", 4)
    if kind == "issues":
        return json.loads(Path(os.environ["HOST_ISSUE"]).read_text(encoding="utf-8"))
    what, _, name = rest[0].partition("/")
    if asked is None:
        if what == "commits":
            return {"sha": name, "tree": {"sha": git("rev-parse", f"{name}^{{tree}}")}}
        return {"ref": f"refs/{name}", "object": {"sha": git("rev-parse", "--verify", f"refs/{name}")}}
    if what == "blobs":
        return {"sha": git("hash-object", "-w", "--stdin", typed=base64.b64decode(asked["content"], validate=True))}
    if what == "trees":
        return {"sha": make_tree(asked)}
    if what == "commits":
        parents = [word for parent in asked["parents"] for word in ("-p", parent)]
        return {"sha": git("commit-tree", asked["tree"], *parents, "-m", asked["message"])}
    git("update-ref", asked["ref"], asked["sha"], "0" * 40)
    return {"ref": asked["ref"]}


def main() -> None:
    """Answer one call."""
    parser = argparse.ArgumentParser()
    parser.add_argument("api")
    parser.add_argument("endpoint")
    parser.add_argument("--input")
    parser.add_argument("--raw-field", action="append", default=[])
    parser.add_argument("--jq", default=".")
    parser.add_argument("--silent", action="store_true")
    options = parser.parse_args()
    fields = dict(each.split("=", 1) for each in options.raw_field)
    asked = json.load(sys.stdin) if options.input else fields or None
    answered = json.dumps(answer(options.endpoint, asked))
    if not options.silent:
        subprocess.run(["jq", "--raw-output", options.jq], input=answered, encoding="utf-8", check=True)


if __name__ == "__main__":
    main()

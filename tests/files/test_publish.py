"""Publishing: whole files or none, ours and no other's, the same bytes untouched."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

import courseweek.files.lock
from courseweek.files.lock import LOCK
from courseweek.files.publish import RECORD, Changed, FileCounts, Refused, Unwritable, publish_artifacts
from courseweek.files.stored import Content, StoredFile, store_file
from tests.sites import ROOT, Ran, read_tree, run_cli, write_course

SITE = {
    "index.html": b"<p>one</p>",
    "labs/first.html": b"<p>lab</p>",
    "assets/theme/style.css": b"p {}",
    "assets/old/deep/file.pdf": b"%PDF",
    "course.json": b"{}",
}
NEXT = {"index.html": b"<p>two</p>", "assets/theme/style.css": b"p {}", "course.json": b'{"a": 1}', "new.html": b"new"}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_course(tmp_path / "course", {"content/a.md": "# A\n"})


def published(output: Path) -> dict[str, bytes]:
    """Return what is in the output folder, less the record of what is ours."""
    return {path: data for path, data in read_tree(output).items() if path != RECORD}


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def test_the_folder_becomes_the_artifacts(tmp_path: Path, source: Path) -> None:
    output = tmp_path / "deep" / "out"
    assert publish_artifacts(SITE, output, source) == FileCounts(5, 0, 0)
    assert published(output) == SITE
    assert publish_artifacts(NEXT, output, source) == FileCounts(3, 1, 2)
    assert published(output) == NEXT
    assert {path.name for path in output.iterdir()} == {"index.html", "new.html", "course.json", "assets", RECORD}


def test_equal_files_keep_their_time(tmp_path: Path, source: Path) -> None:
    output = tmp_path / "out"
    publish_artifacts(SITE, output, source)
    for path in output.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    assert publish_artifacts({**SITE, "index.html": b"other"}, output, source) == FileCounts(1, 4, 0)
    changed = {path.name for path in output.rglob("*") if path.is_file() and path.stat().st_mtime != 1_000_000_000}
    assert changed == {"index.html"}


def test_files_of_others_stay(tmp_path: Path, source: Path) -> None:
    output = tmp_path / "out"
    others = {"CNAME": b"example.edu", ".git/config": b"[core]", ".nojekyll": b"", ".well-known/security.txt": b"mail"}
    write_files(output, others)
    publish_artifacts(SITE, output, source)
    assert published(output) == {**SITE, **others}
    others |= {"notes.txt": b"mine", "assets/old/deep/mine": b"!"}
    write_files(output, others)
    publish_artifacts(SITE, output, source)
    assert published(output) == {**SITE, **others}
    publish_artifacts(NEXT, output, source)
    assert published(output) == {**NEXT, **others}


def test_a_page_of_somebody_else_is_never_replaced(tmp_path: Path, source: Path) -> None:
    output = tmp_path / "out"
    output.mkdir()
    (output / "index.html").write_bytes(b"somebody's")
    with pytest.raises(Refused, match=r"index\.html was not made by Courseweek"):
        publish_artifacts(SITE, output, source)
    assert read_tree(output) == {"index.html": b"somebody's"}


def test_a_folder_with_the_same_bytes_is_taken_over(tmp_path: Path, source: Path) -> None:
    """A site that was checked out from where it is published has no record in it, perhaps."""
    output = tmp_path / "out"
    publish_artifacts(SITE, output, source)
    (output / RECORD).unlink()
    assert publish_artifacts(SITE, output, source) == FileCounts(0, 5, 0)
    assert publish_artifacts(NEXT, output, source).removed == 2


@pytest.mark.parametrize("where", [".", "..", "content", "content/site", "layouts/x", "assets", "syllabus.yaml"])
def test_a_folder_of_sources_is_refused(source: Path, where: str) -> None:
    before = read_tree(source)
    ran = run_cli("--source", source, "--output", source / where)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Nothing was published: ")
    assert read_tree(source) == before


def test_home_and_root_are_refused(tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    for output in (home, Path(tmp_path.anchor)):
        ran = run_cli("--source", source, "--output", output)
        assert (ran.code, ran.out) == (2, "")
    assert read_tree(home) == {}


def test_a_link_to_the_source_is_refused(tmp_path: Path, source: Path) -> None:
    (tmp_path / "link").symlink_to(source, target_is_directory=True)
    before = read_tree(source)
    assert run_cli("--source", source, "--output", tmp_path / "link").code == 2
    assert read_tree(source) == before


def test_links_in_the_output_are_not_followed(tmp_path: Path, source: Path) -> None:
    output, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "file").write_bytes(b"precious")
    publish_artifacts(SITE, output, source)
    (output / "index.html").unlink()
    (output / "index.html").symlink_to(elsewhere / "file")
    publish_artifacts(SITE, output, source)
    assert not (output / "index.html").is_symlink()
    assert published(output) == SITE
    (output / "labs" / "first.html").unlink()
    (output / "labs").rmdir()
    (output / "labs").symlink_to(elsewhere, target_is_directory=True)
    (elsewhere / "first.html").write_bytes(b"precious too")
    with pytest.raises(Refused):
        publish_artifacts({**SITE, "labs/first.html": b"new"}, output, source)
    publish_artifacts(NEXT, output, source)
    assert read_tree(elsewhere) == {"file": b"precious", "first.html": b"precious too"}


def test_a_link_that_is_not_ours_is_refused(tmp_path: Path, source: Path) -> None:
    output = tmp_path / "out"
    output.mkdir()
    (tmp_path / "target").write_bytes(SITE["index.html"])
    (output / "index.html").symlink_to(tmp_path / "target")
    with pytest.raises(Refused):
        publish_artifacts(SITE, output, source)


def test_a_record_that_lies_harms_nothing(tmp_path: Path, source: Path) -> None:
    output = tmp_path / "out"
    output.mkdir()
    (tmp_path / "precious").write_bytes(b"precious")
    lines = ["../precious", str(tmp_path / "precious"), "a/../../precious", "", "."]
    (output / RECORD).write_text("\n".join(lines), encoding="utf-8")
    publish_artifacts(SITE, output, source)
    assert (tmp_path / "precious").read_bytes() == b"precious"
    assert published(output) == SITE


def test_what_a_killed_build_left_is_swept(tmp_path: Path, source: Path) -> None:
    output = tmp_path / "out"
    publish_artifacts(SITE, output, source)
    for folder in (output, output / "labs"):
        (folder / ".courseweek-k1ll3d").write_bytes(b"half a fi")
    publish_artifacts(SITE, output, source)
    assert published(output) == SITE


@pytest.mark.parametrize("failing", range(5))
def test_a_disk_that_fails_leaves_whole_files(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    output = tmp_path / "out"
    publish_artifacts(SITE, output, source)
    fail_at_replacement(monkeypatch, failing)
    with pytest.raises(OSError, match="disk full"):
        publish_artifacts(NEXT, output, source)
    monkeypatch.undo()
    check_whole(published(output))
    publish_artifacts(NEXT, output, source)
    assert published(output) == NEXT


def fail_at_replacement(monkeypatch: pytest.MonkeyPatch, failing: int) -> None:
    replace = Path.replace
    count = 0

    def full(path: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count > failing:
            raise OSError(28, "disk full")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", full)


def check_whole(files: Mapping[str, bytes]) -> None:
    """Each file is whole, the old one or the new one, and none is left over from the attempt."""
    for path, data in files.items():
        assert data in {SITE.get(path), NEXT.get(path)}
    assert files.keys() >= SITE.keys() & NEXT.keys()


def test_a_full_disk_is_no_bug(tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_at_replacement(monkeypatch, 1)
    ran = run_cli("--source", source, "--output", tmp_path / "out")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("Publishing failed: disk full (")
    assert "This is a bug" not in ran.err


KILLED = """
import os, sys
from pathlib import Path
from typing import Any
from courseweek.files.publish import publish_artifacts
from tests.files.test_publish import NEXT
replace, count = Path.replace, 0

def die(path, target):
    global count
    count += 1
    if count > int(sys.argv[3]):
        os._exit(9)
    return replace(path, target)

Path.replace = die
publish_artifacts(NEXT, Path(sys.argv[1]), Path(sys.argv[2]))
"""


@pytest.mark.parametrize("steps", [0, 1, 3, 4])
def test_after_a_kill_the_next_build_heals(tmp_path: Path, source: Path, steps: int) -> None:
    output = tmp_path / "out"
    publish_artifacts(SITE, output, source)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(output), str(source), str(steps)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert killed.returncode == 9
    # The lock of the dead lies there too, and holds nobody up.
    check_whole({path: data for path, data in published(output).items() if ".courseweek" not in path})
    publish_artifacts(NEXT, output, source)
    assert published(output) == NEXT


def test_pages_come_after_what_they_need(tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    replace = Path.replace

    def note(path: Path, target: Path) -> Path:
        written.append(target.name)
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", note)
    publish_artifacts({**SITE, "about.html": b"<p>about</p>"}, tmp_path / "out", source)
    kinds = [name.endswith(".html") for name in written if name != RECORD]
    assert kinds == sorted(kinds)


def test_a_file_that_another_build_sweeps_away_is_written_again(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "out"
    chmod = Path.chmod
    swept: set[Path] = set()

    def sweep(path: Path, mode: int) -> None:
        if path.is_file() and path.parent not in swept:
            swept.add(path.parent)
            path.unlink()
        chmod(path, mode)

    monkeypatch.setattr(Path, "chmod", sweep)
    publish_artifacts(SITE, output, source)
    assert len(swept) == 4
    assert published(output) == SITE


def test_two_builds_at_once_both_end_well(tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(courseweek.files.lock, "PATIENCE", 120)  # whose turn it is, chance says
    output = tmp_path / "out"
    failures: list[BaseException] = []

    def publish(number: int) -> None:
        for step in range(12):
            try:
                publish_artifacts({**SITE, "index.html": b"%d" % ((number + step) % 2)}, output, source)
            except (OSError, Refused) as error:
                failures.append(error)

    threads = [threading.Thread(target=publish, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    publish_artifacts(SITE, output, source)
    assert published(output) == SITE


def test_a_file_can_become_a_folder_and_back(tmp_path: Path, source: Path) -> None:
    output = tmp_path / "out"
    publish_artifacts({"assets/a": b"file"}, output, source)
    publish_artifacts({"assets/a/b": b"below"}, output, source)
    assert published(output) == {"assets/a/b": b"below"}
    publish_artifacts({"assets/a": b"file"}, output, source)
    assert published(output) == {"assets/a": b"file"}


def test_a_file_of_somebody_else_is_no_folder(tmp_path: Path, source: Path) -> None:
    output = tmp_path / "out"
    output.mkdir()
    (output / RECORD).write_bytes(b"")
    (output / "assets").write_bytes(b"mine")
    with pytest.raises(Refused, match="must be a folder"):
        publish_artifacts(SITE, output, source)
    assert published(output) == {"assets": b"mine"}


def test_a_folder_with_files_of_somebody_else_becomes_no_file(tmp_path: Path, source: Path) -> None:
    output = tmp_path / "out"
    publish_artifacts({"assets/a/b": b"below"}, output, source)
    (output / "assets" / "a" / "mine").write_bytes(b"mine")
    with pytest.raises(Refused, match="was not made by Courseweek"):
        publish_artifacts({"assets/a": b"file"}, output, source)
    assert published(output) == {"assets/a/b": b"below", "assets/a/mine": b"mine"}


def test_a_folder_with_files_of_somebody_else_in_place_of_a_page_is_refused_first(tmp_path: Path, source: Path) -> None:
    output = tmp_path / "out"
    publish_artifacts(SITE, output, source)
    (output / "index.html").unlink()
    write_files(output, {"index.html/mine": b"mine"})
    before = read_tree(output)
    with pytest.raises(Refused, match=r"index\.html was not made by Courseweek"):
        publish_artifacts(NEXT, output, source)
    assert read_tree(output) == before
    (output / "index.html" / "mine").unlink()
    publish_artifacts(NEXT, output, source)
    assert published(output) == NEXT


def test_a_name_that_the_disk_refuses_leaves_nothing(tmp_path: Path, source: Path) -> None:
    with pytest.raises(Unwritable):
        publish_artifacts(SITE, tmp_path / ("a" * 300), source)
    assert list(tmp_path.iterdir()) == [source]


@pytest.mark.parametrize("name", ["a: b.pdf", "a\\b.pdf", "#1.pdf", "ä\u2028.pdf", "a\x85.pdf", " .pdf"])
def test_odd_names_are_remembered(tmp_path: Path, source: Path, name: str) -> None:
    output = tmp_path / "out"
    for data in (b"one", b"two"):
        publish_artifacts({name: data}, output, source)
    assert publish_artifacts({}, output, source) == FileCounts(0, 0, 1)
    assert published(output) == {}


def test_a_name_can_not_pass_for_two(tmp_path: Path, source: Path) -> None:
    output = tmp_path / "out"
    output.mkdir()
    (output / "CNAME").write_bytes(b"example.edu")
    with pytest.raises(Refused, match="line break"):
        publish_artifacts({"a\nCNAME": b"one"}, output, source)
    publish_artifacts({}, output, source)
    assert published(output) == {"CNAME": b"example.edu"}


# --- Where a site may go -------------------------------------------------------------------------------------


def refusal(ran: Ran) -> str:
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Nothing was published: ")
    return ran.err.removeprefix("Nothing was published: ").removesuffix(".\n")


def test_a_folder_that_holds_the_home_is_refused(tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "homes" / "ada").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path / "homes" / "ada"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "homes" / "ada"))
    ran = run_cli("--source", source, "--output", tmp_path / "homes")
    assert refusal(ran) == f"the site can't be published to {tmp_path / 'homes'}"
    assert run_cli("--source", source, "--output", tmp_path / "homes" / "ada" / "site").code == 0


@pytest.mark.skipif(os.name != "posix", reason="an open file can't be removed there")
def test_another_build_may_let_go_while_it_is_looked_at(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "out"
    publish_artifacts(SITE, output, source)

    def gone_after(look: Callable[..., Any]) -> Callable[..., Any]:
        def look_and_lose(path: Any, *arguments: Any, **named: Any) -> Any:
            seen = look(path, *arguments, **named)
            if str(path).endswith(LOCK):
                (output / LOCK).unlink(missing_ok=True)
            return seen

        return look_and_lose

    (output / LOCK).touch()
    monkeypatch.setattr(os, "lstat", gone_after(os.lstat))
    monkeypatch.setattr(os.path, "lexists", gone_after(os.path.lexists))
    publish_artifacts(NEXT, output, source)
    assert published(output) == NEXT


def test_a_name_that_is_too_long_is_no_bug(tmp_path: Path, source: Path) -> None:
    ran = run_cli("--source", source, "--output", tmp_path / ("x" * 300))
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == f"Nothing was published: File name too long ({tmp_path / ('x' * 300)}).\n"


def test_nobody_has_to_have_a_home(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a container a process can run as a number that no list of people has."""

    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", homeless)
    assert run_cli("--source", source).code == 0


@pytest.mark.parametrize("stranger", ["thesis.doc", "photos/2026/a.jpg", "assets/mine.css", "assets/theme/mine.css"])
def test_a_folder_of_foreign_files_is_refused(tmp_path: Path, source: Path, stranger: str) -> None:
    output = tmp_path / "documents"
    write_files(output, {stranger: b"mine", "CNAME": b"example.edu", ".hidden/file": b"mine"})
    before = read_tree(output)
    ran = run_cli("--source", source, "--output", output)
    assert refusal(ran) == (
        f"{output} contains files that Courseweek did not make, such as {stranger};"
        " choose an empty folder with --output, or put an empty file .courseweek in this one to allow it"
    )
    assert read_tree(output) == before
    # As the message says.
    (output / RECORD).touch()
    assert run_cli("--source", source, "--output", output).code == 0
    assert before.items() <= read_tree(output).items()


@pytest.mark.skipif(os.name != "posix", reason="links need rights there")
def test_a_link_is_no_output(tmp_path: Path, source: Path) -> None:
    """A folder of a course may have come with a contribution; where a link leads to, nobody has looked."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (source / "_site").symlink_to(elsewhere)
    ran = run_cli("--source", source)
    assert refusal(ran) == f"{source / '_site'} is a link to {elsewhere}; use that folder itself with --output"
    (source / "public").symlink_to(elsewhere)
    ran = run_cli("--source", source, "--output", source / "public" / "site")
    where = source / "public" / "site"
    assert refusal(ran) == f"{where} leads out of the course's folder; use {elsewhere / 'site'} itself with --output"
    assert list(elsewhere.iterdir()) == []
    assert run_cli("--source", source, "--output", elsewhere).code == 0
    (tmp_path / "circle").symlink_to("circle")
    assert refusal(run_cli("--source", source, "--output", tmp_path / "circle" / "site")).endswith("form a circle")


@pytest.mark.skipif(os.name != "posix", reason="links need rights there")
@pytest.mark.parametrize("where", ["labs", "assets"])
def test_a_link_to_a_folder_of_the_site_itself_is_not_followed(tmp_path: Path, source: Path, where: str) -> None:
    output = tmp_path / "out"
    publish_artifacts({"index.html": b"home", "other/a.html": b"a"}, output, source)
    (output / where).symlink_to("other", target_is_directory=True)
    with pytest.raises(Refused, match=f"{where} is a link, but it must be a folder"):
        publish_artifacts({f"{where}/a.html": b"b"}, output, source)
    assert (output / "other" / "a.html").read_bytes() == b"a"


def test_a_lock_that_is_not_a_lock_is_refused(source: Path) -> None:
    (source / "_site" / LOCK).mkdir(parents=True)
    ran = run_cli("--source", source)
    assert refusal(ran) == f"{source / '_site' / LOCK} is not a regular file, so it can't lock the build; delete it"


def test_an_empty_folder_gives_way_to_a_file(tmp_path: Path, source: Path) -> None:
    (tmp_path / "out" / "index.html" / "deep").mkdir(parents=True)
    publish_artifacts(SITE, tmp_path / "out", source)
    assert published(tmp_path / "out") == SITE


def test_a_record_that_claims_the_name_of_a_host_loses_it(tmp_path: Path, source: Path) -> None:
    output = tmp_path / "out"
    write_files(output, {"CNAME": b"example.edu", RECORD: b"CNAME\nindex.html\n"})
    publish_artifacts(SITE, output, source)
    assert published(output) == {**SITE, "CNAME": b"example.edu"}


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such masks")
@pytest.mark.parametrize("mask", [0, 0o22, 0o77])
def test_modes_are_the_same_whatever_the_mask(tmp_path: Path, source: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        publish_artifacts(SITE, tmp_path / "out", source)
    finally:
        os.umask(before)
    modes = {(path.is_dir(), path.stat().st_mode & 0o777) for path in (tmp_path / "out").rglob("*")}
    assert modes == {(True, 0o755), (False, 0o644)}


@pytest.mark.parametrize("failing", range(5))
def test_a_disk_that_is_full_leaves_the_site_as_it_was(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    """All that has changed is laid out before anything is replaced."""
    output = tmp_path / "out"
    publish_artifacts(SITE, output, source)
    before = read_tree(output)
    fdopen, count = os.fdopen, 0

    def full(handle: int, mode: str) -> object:
        nonlocal count
        count += 1
        if count == failing + 1:  # what was laid out goes, so that there is room again
            os.close(handle)
            raise OSError(28, "disk full")
        return fdopen(handle, mode)

    monkeypatch.setattr(os, "fdopen", full)
    if failing < 4:
        with pytest.raises(Unwritable, match="disk full"):
            publish_artifacts(NEXT, output, source)
        assert read_tree(output) == before
    monkeypatch.undo()
    publish_artifacts(NEXT, output, source)
    assert published(output) == NEXT


def test_an_interrupted_build_says_that_files_are_whole(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(path: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupt)
    ran = run_cli("--source", source)
    assert (ran.code, ran.err) == (
        3,
        "Interrupted; some files of the site may be old, but none is damaged. Build again.\n",
    )
    assert not (source / "_site").exists()


def test_a_folder_that_a_killed_build_was_about_to_fill_becomes_a_file(tmp_path: Path, source: Path) -> None:
    output = tmp_path / "out"
    write_files(output, {RECORD: b"a/b.html\n", "a/.courseweek-k1ll3d": b"half a fi"})
    publish_artifacts({"a": b"file"}, output, source)
    assert published(output) == {"a": b"file"}


def store(path: Path, largest: int = 10_000_000) -> StoredFile:
    """Return what a file holds now, as the site keeps it."""
    with path.open("rb") as file:
        stored = store_file(str(path), file, largest)
    assert stored is not None
    return stored


def test_a_stored_file_is_copied(tmp_path: Path, source: Path) -> None:
    film = tmp_path / "film.bin"
    film.write_bytes(b"\0" * 2_500_000 + b"end")
    output = tmp_path / "out"
    artifacts: dict[str, Content] = {**SITE, "assets/film.bin": store(film)}
    publish_artifacts(SITE, output, source)
    assert publish_artifacts(artifacts, output, source) == FileCounts(1, 5, 0)
    assert (output / "assets/film.bin").read_bytes() == film.read_bytes()
    assert (output / "assets/film.bin").stat().st_mode & 0o777 == 0o644
    before = (output / "assets/film.bin").stat().st_mtime_ns
    assert publish_artifacts(artifacts, output, source) == FileCounts(0, 6, 0)
    assert (output / "assets/film.bin").stat().st_mtime_ns == before


def _overwrite(film: Path) -> None:
    with film.open("r+b") as file:
        file.write(b"other")


def _replace_by_link(film: Path) -> None:
    other = film.with_name("other.bin")
    other.write_bytes(film.read_bytes())
    film.unlink()
    film.symlink_to(other)


def _replace_by_pipe(film: Path) -> None:
    film.unlink()
    os.mkfifo(film)


CHANGES: dict[str, Callable[[Path], object]] = {
    "other bytes": _overwrite,
    "longer": lambda film: film.write_bytes(b"x" * 2_500_001),
    "shorter": lambda film: film.write_bytes(b"x"),
    "gone": lambda film: film.unlink(),
    "a link to the same bytes": _replace_by_link,
    "a pipe": _replace_by_pipe,
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_was_hashed_is_what_is_published(name: str, tmp_path: Path, source: Path) -> None:
    film = tmp_path / "film.bin"
    film.write_bytes(b"x" * 2_500_000)
    output = tmp_path / "out"
    publish_artifacts(SITE, output, source)
    before = read_tree(output)
    artifacts: dict[str, Content] = {**NEXT, "assets/film.bin": store(film)}
    CHANGES[name](film)
    with pytest.raises(Changed):
        publish_artifacts(artifacts, output, source)
    assert read_tree(output) == before


def test_a_file_that_changes_while_it_is_copied(tmp_path: Path, source: Path) -> None:
    film = tmp_path / "film.bin"
    film.write_bytes(b"x" * 2_500_000)
    pieces = store(film).pieces()
    next(pieces)
    with film.open("r+b") as file:
        file.seek(2_000_000)
        file.write(b"other")
    with pytest.raises(Changed):
        list(pieces)

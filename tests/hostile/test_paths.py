"""Files that are none, names that lead elsewhere, and folders that are no place for a site."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.hostile.limited import build_limited
from tests.sites import Ran, read_tree, run_cli, write_course

SECRET = "the secret of another course"
ASSETS = "staff:\n  - {name: Ada, photo: a.png}\n"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    (tmp_path / "secret.md").write_text(SECRET, encoding="utf-8")
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "page.html").write_text(SECRET, encoding="utf-8")
    (tmp_path / "secret" / "page.md").write_text(SECRET, encoding="utf-8")
    return write_course(tmp_path / "course", {"content/page.md": "# Page\n", "assets/kept.txt": "kept"})


def build(course: Path, *options: str | Path) -> Ran:
    ran = run_cli("--source", course, "--today", "2027-03-10", *options)
    assert "Traceback" not in ran.err
    return ran


def published(course: Path) -> bytes:
    return b"".join(read_tree(course / "_site").values())


LINKED = {
    "a page": ("content/other.md", "../../secret.md", "content/other.md:1:1: error[outside]"),
    "an absolute page": ("content/other.md", "{top}/secret.md", "content/other.md:1:1: error[outside]"),
    "a folder of pages": ("content/notes", "../../secret", "content/notes:1:1: error[outside]"),
    "an asset": ("assets/other.txt", "../../secret.md", "assets/other.txt:1:1: error[outside]"),
    "a folder of assets": ("assets/other", "../../secret", "assets/other:1:1: error[outside]"),
    "a layout": ("layouts/page.html", "../../secret/page.html", "layouts/page.html:1:1: error[outside]"),
    "the layouts": ("layouts", "../secret", "layouts/404.html:1:1: error[outside]"),
    "the readings": ("readings.yaml", "../secret.md", "readings.yaml:1:1: error[outside]"),
    "a device": ("content/other.md", "/dev/zero", "content/other.md:1:1: error[outside]"),
    "a layout that is a device": ("layouts/page.html", "/dev/zero", "layouts/page.html:1:1: error[outside]"),
    "a page in a circle": ("content/other.md", "other.md", "content/other.md:1:1: error[unreadable]"),
    "a layout in a circle": ("layouts/page.html", "page.html", "layouts/page.html:1:1: error[unreadable]"),
    "a process": ("content/other.md", "/proc/self/environ", "content/other.md:1:1: error[outside]"),
}


@pytest.mark.parametrize("name", LINKED)
def test_no_link_leads_out(name: str, course: Path) -> None:
    path, target, expected = LINKED[name]
    (course / path).parent.mkdir(exist_ok=True)
    (course / path).symlink_to(target.format(top=course.parent))
    ran = build(course)
    assert ran.err.startswith(expected), ran.err
    assert SECRET not in ran.err
    assert SECRET.encode() not in published(course)


HIDDEN = (
    "is a symbolic link to a hidden file or folder\nhelp: delete the link: names that begin with a dot are "
    "neither read nor published\n"
)
FOLDER = (
    "is a symbolic link to a folder; such links are not followed\n"
    "help: replace the link with the folder itself, or with a copy\n"
)
OTHER = "is a symbolic link to a file outside {}\nhelp: replace the link with a copy of the file\n"
ASTRAY = {
    "an asset, a hidden file": ("assets/e.txt", "../.env", "hidden-file", HIDDEN),
    "an asset, by its whole path": ("assets/e.txt", "{course}/.env", "hidden-file", HIDDEN),
    "an asset, the repository": ("assets/e.txt", "../.git/config", "hidden-file", HIDDEN),
    "an asset, a hidden folder beside it": ("assets/e.txt", ".secret/x", "hidden-file", HIDDEN),
    "an asset, a hidden folder further in": ("assets/e.txt", "sub/.secret/x", "hidden-file", HIDDEN),
    "an asset, through a link": ("assets/e.txt", "to-env", "hidden-file", HIDDEN),
    "an asset, a draft": ("assets/d.txt", "../content/d.md", "symbolic-link", OTHER.format("`assets/`")),
    "an asset, the syllabus": ("assets/d.txt", "../syllabus.yaml", "symbolic-link", OTHER.format("`assets/`")),
    "a folder of assets, another top folder": ("assets/sub-2", "../content", "symbolic-link", FOLDER),
    "a folder of assets, one of assets": ("assets/sub-2", "sub", "symbolic-link", FOLDER),
    "a folder of assets, a hidden one": ("assets/sub-2", "../.git", "hidden-file", HIDDEN),
    "a page, a hidden file": ("content/e.md", "../.env", "hidden-file", HIDDEN),
    "a page, an asset": ("content/e.md", "../assets/kept.txt", "symbolic-link", OTHER.format("`content/`")),
    "a note, a hidden file": ("content/notes/e.md", "../../.env", "hidden-file", HIDDEN),
    "a folder of pages": ("content/notes", "../assets", "symbolic-link", FOLDER),
    "a folder of pages, a hidden one": ("content/notes", "../.git", "hidden-file", HIDDEN),
    "what is no page": ("content/e.txt", "../.env", "hidden-file", HIDDEN),
    "a layout, a hidden file": ("layouts/page.html", "../.env", "hidden-file", HIDDEN),
    "a layout, a page": ("layouts/page.html", "../content/page.md", "symbolic-link", OTHER.format("`layouts/`")),
    "the readings, a hidden file": ("readings.yaml", ".env", "hidden-file", HIDDEN),
    "the readings, a page": (
        "readings.yaml",
        "content/page.md",
        "symbolic-link",
        OTHER.format("the course's own folder"),
    ),
    "the top folder of pages": ("content", "assets", "symbolic-link", FOLDER),
    "the top folder of assets": ("assets", ".git", "hidden-file", HIDDEN),
}


@pytest.fixture
def furnished(course: Path) -> Path:
    """Return a course with hidden files, and a link of assets to one of them that stays unread."""
    for name in (".env", ".git/config", "assets/.secret/x", "assets/sub/.secret/x"):
        (course / name).parent.mkdir(parents=True, exist_ok=True)
        (course / name).write_text(SECRET, encoding="utf-8")
    (course / "content/d.md").write_text(f"---\ndraft: yes\n---\n{SECRET}\n", encoding="utf-8")
    (course / "assets/sub/open.txt").write_text("open", encoding="utf-8")
    return course


@pytest.mark.parametrize("name", ASTRAY)
def test_no_link_leads_to_what_is_not_shown(name: str, furnished: Path) -> None:
    path, target, kind, words = ASTRAY[name]
    link = furnished / path
    if link.is_dir():
        link.rename(furnished / f"old-{path}")
    link.unlink(missing_ok=True)
    link.parent.mkdir(exist_ok=True)
    if target == "to-env":
        (furnished / "assets/.to-env").symlink_to("../.env")
        target = ".to-env"
    link.symlink_to(target.format(course=furnished))
    for command in ([], ["check"], ["check", "--fix"]):
        ran = run_cli(*command, "--source", furnished, "--today", "2027-03-10")
        assert ran.code == 1
        assert f"{path}:1:1: error[{kind}]: `{path}` {words}" in ran.err + ran.out
        assert ran.err.count(f"error[{kind}]") == 1
        assert SECRET not in ran.err + ran.out
    assert not (furnished / "_site").exists()
    assert (furnished / ".env").read_text(encoding="utf-8") == SECRET


FOLLOWED = {
    "an asset": ("assets/e.txt", "kept.txt", "assets/e.txt"),
    "an asset in a folder": ("assets/e.txt", "sub/open.txt", "assets/e.txt"),
    "an asset by its whole path": ("assets/e.txt", "{course}/assets/kept.txt", "assets/e.txt"),
    "a page": ("content/e.md", "page.md", "e.html"),
    "a page above": ("content/more/e.md", "../page.md", "more/e.html"),
}


@pytest.mark.parametrize("name", FOLLOWED)
def test_links_within_a_top_folder_are_followed(name: str, furnished: Path) -> None:
    path, target, made = FOLLOWED[name]
    (furnished / path).parent.mkdir(exist_ok=True)
    (furnished / path).symlink_to(target.format(course=furnished))
    (furnished / "content" / "d.md").unlink()
    ran = build(furnished)
    assert (ran.code, ran.err) == (0, "")
    assert (furnished / "_site" / made).is_file()


def test_a_file_that_became_a_link_is_noticed(furnished: Path) -> None:
    assert build(furnished).code == 0
    (furnished / "assets/kept.txt").rename(furnished / ".kept")
    (furnished / "assets/kept.txt").symlink_to("../.kept")
    ran = build(furnished)
    assert ran.code == 1
    assert "assets/kept.txt:1:1: error[hidden-file]" in ran.err


NAMED = {
    "presenters": ("presentations: {presenters: .env}", 29, "`.env` is hidden: a name in it begins with a dot"),
    "presenters in a hidden folder": (
        "presentations: {presenters: .git/config}",
        29,
        "`.git/config` is hidden: a name in it begins with a dot",
    ),
    "a photo": (
        "staff:\n  - {name: Ada, photo: .secret/x}",
        24,
        "`.secret/x` is hidden: a name in it begins with a dot",
    ),
}


@pytest.mark.parametrize("name", NAMED)
def test_no_hidden_file_is_named(name: str, furnished: Path) -> None:
    lines, column, message = NAMED[name]
    syllabus = (furnished / "syllabus.yaml").read_text(encoding="utf-8")
    (furnished / "syllabus.yaml").write_text(f"{syllabus}\n{lines}\n", encoding="utf-8")
    ran = build(furnished)
    assert ran.code == 1
    assert f":{column}: error[hidden-file]: {message}\n" in ran.err
    assert SECRET not in ran.err


def test_a_hidden_layout_is_not_read(furnished: Path) -> None:
    (furnished / "layouts").mkdir()
    (furnished / "layouts/.own.html").write_text(SECRET, encoding="utf-8")
    (furnished / "content/page.md").write_text("---\nlayout: .own\n---\nText.\n", encoding="utf-8")
    ran = build(furnished)
    assert ran.code == 1
    assert "error[hidden-file]: `layouts/.own.html` is hidden: a name in it begins with a dot\n" in ran.err


WITHHELD = {
    "its file is released later": ("sol.pdf", "2027-03-12"),
    "it is released later": ("copy.pdf", "2027-03-12"),
}


@pytest.mark.parametrize("name", WITHHELD)
def test_no_second_name_publishes_what_is_withheld(name: str, furnished: Path) -> None:
    held, on = WITHHELD[name]
    (furnished / "assets/sol.pdf").write_text(SECRET, encoding="utf-8")
    (furnished / "assets/copy.pdf").symlink_to("sol.pdf")
    syllabus = (furnished / "syllabus.yaml").read_text(encoding="utf-8")
    entry = f"schedule:\n  - {{topic: Held, materials: [{{label: Solution, url: {held}, publish_on: {on}}}]}}\n"
    (furnished / "syllabus.yaml").write_text(f"{syllabus}{entry}", encoding="utf-8")
    ran = build(furnished)
    assert ran.code == 1, syllabus
    assert ran.err.startswith(
        "assets/copy.pdf:1:1: error[symbolic-link]: `assets/copy.pdf` is a symbolic link to `assets/sol.pdf`, but "
        "only one of the two is withheld\nhelp: delete the link, and use the file itself in its place\n"
    ), ran.err


def test_no_second_name_publishes_what_only_a_draft_names(furnished: Path) -> None:
    (furnished / "assets/sol.pdf").write_text(SECRET, encoding="utf-8")
    (furnished / "assets/copy.pdf").symlink_to("sol.pdf")
    draft = "---\ndraft: yes\n---\n[Solution](assets/sol.pdf)\n"
    (furnished / "content/d.md").write_text(draft, encoding="utf-8")
    ran = build(furnished)
    assert ran.code == 1
    assert "assets/copy.pdf:1:1: error[symbolic-link]" in ran.err


def test_nothing_is_fixed_through_a_link(furnished: Path) -> None:
    (furnished / "content/late.txt").write_text("\n---\ntitle: Late\n---\nText.\n", encoding="utf-8")
    (furnished / "content/late.md").symlink_to("late.txt")
    before = (furnished / "content/late.txt").read_text(encoding="utf-8")
    ran = run_cli("check", "--fix", "--source", furnished, "--today", "2027-03-10")
    assert ran.code == 1
    assert "error[late-front-matter]" in ran.err
    assert "--fix" not in ran.err
    assert (furnished / "content/late.txt").read_text(encoding="utf-8") == before
    assert (furnished / "content/late.md").is_symlink()


@pytest.mark.parametrize("path", ["content/pipe.md", "assets/pipe.txt", "layouts/page.html", "readings.yaml"])
def test_no_pipe_is_waited_for(path: str, course: Path) -> None:
    (course / path).parent.mkdir(exist_ok=True)
    os.mkfifo(course / path)
    (built,) = build_limited([course])
    assert built.code == 1
    assert built.err.startswith(f"{path}:1:1: error[not-a-file]: `{path}` is not a file\n")


def test_a_sparse_file_is_not_read(course: Path) -> None:
    for path in ("assets/film.bin", "content/long.md", "layouts/page.html"):
        (course / path).parent.mkdir(exist_ok=True)
        with (course / path).open("wb") as file:
            file.truncate(2**40)
    (built,) = build_limited([course])
    assert built.code == 1
    assert built.megabytes < 100
    assert built.err.count("error[too-large]") == 3


def test_a_file_that_grows_or_was_swapped(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is opened is looked at: neither its size nor its kind is taken from before."""
    is_link = os.path.islink

    def swap(path: str | Path) -> bool:
        found = is_link(path)
        if Path(path).name == "page.md" and not found:
            Path(path).unlink()
            Path(path).symlink_to(course.parent / "secret.md")
        return found

    monkeypatch.setattr("os.path.islink", swap)
    ran = build(course)
    monkeypatch.undo()
    assert ran.code == 1
    assert "content/page.md:1:1: error[unreadable]" in ran.err
    assert SECRET.encode() not in published(course)


PHOTOS = {
    "above": "../secret.md",
    "absolute": "/etc/passwd",
    "backslashes": "..\\\\secret.md",
    "in a folder": "img/../../secret.md",
    "an address": "file:///etc/passwd",
}


@pytest.mark.parametrize("name", PHOTOS)
def test_no_name_leads_out(name: str, course: Path) -> None:
    syllabus = (course / "syllabus.yaml").read_text(encoding="utf-8")
    staff = ASSETS.replace("a.png", f'"{PHOTOS[name]}"')
    (course / "syllabus.yaml").write_text(f"{syllabus}\n{staff}", encoding="utf-8")
    ran = build(course)
    assert ran.code == 1
    assert any(f"error[{each}]" in ran.err for each in ("outside", "missing-file"))


ODD_NAMES = {"aux.md": True, "CON.md": True, "com1.tar.md": True, "a:b.md": True, "a?.md": True, "console.md": False}


@pytest.mark.parametrize("name", ODD_NAMES)
def test_names_that_windows_does_not_keep(name: str, course: Path) -> None:
    (course / "content" / name).write_text("Words.\n", encoding="utf-8")
    ran = build(course)
    assert ran.code == 0, ran.err
    warned = f"content/{name}:1:1: warning[bad-name]: Windows can't store a file called `{name}`" in ran.err
    assert warned is ODD_NAMES[name]


def test_names_that_differ_only_in_case(course: Path) -> None:
    for name in ("a.txt", "A.txt"):
        (course / "assets" / name).write_text("a", encoding="utf-8")
    ran = build(course)
    assert ran.code == 1
    assert ran.err.startswith(
        "assets/a.txt:1:1: error[same-path]: this file and assets/A.txt differ only in case\n"
        "help: rename one of the two\n"
    )


def test_names_are_printed_as_text(course: Path) -> None:
    for name in ("a\u202eb.txt", "a\u2066b.txt"):
        (course / "content" / name).write_text("a", encoding="utf-8")
    ran = build(course, "--output", course.parent / "out\u202e\x1b[31m")
    assert ran.code == 0
    assert not set("\x1b\u202e\u2066") & set(ran.out + ran.err)


@pytest.mark.parametrize("where", [".git", ".git/site", "sub/.git/x"])
def test_a_repository_is_refused(where: str, course: Path) -> None:
    ran = build(course, "--output", course / where)
    assert (ran.code, ran.err) == (
        2,
        f"Nothing was published: the output folder {course / where} is inside `.git`.\n",
    )
    assert not (course / where).exists()


def test_a_link_to_nothing_is_refused(course: Path) -> None:
    (course / "_site").symlink_to("gone")
    ran = build(course)
    expected = f"Nothing was published: {course / '_site'} is a link to a missing folder.\n"
    assert (ran.code, ran.err) == (2, expected)
    assert not (course / "gone").exists()


def test_a_record_that_is_a_folder(course: Path) -> None:
    (course / "_site" / ".courseweek").mkdir(parents=True)
    ran = build(course)
    record = course / "_site" / ".courseweek"
    expected = f"Nothing was published: {record} is a folder, but the list of published files goes there.\n"
    assert (ran.code, ran.err) == (2, expected)


@pytest.mark.parametrize("target", ["/dev/zero", "../../secret.md"])
def test_a_record_that_is_a_link(target: str, course: Path) -> None:
    (course / "_site").mkdir()
    (course / "_site" / ".courseweek").symlink_to(target)
    (built,) = build_limited([course])
    assert built.code == 0, built.err
    assert not (course / "_site" / ".courseweek").is_symlink()
    assert (course.parent / "secret.md").read_text(encoding="utf-8") == SECRET


def test_a_record_claims_no_hidden_file(course: Path) -> None:
    kept = {".git/config": b"mine", "a/.env": b"mine", ".htaccess": b"mine"}
    for name, data in kept.items():
        (course / "_site" / name).parent.mkdir(parents=True, exist_ok=True)
        (course / "_site" / name).write_bytes(data)
    (course / "_site" / ".courseweek").write_text("".join(f"{name}\n" for name in kept), encoding="utf-8")
    assert build(course).code == 0
    assert {name: (course / "_site" / name).read_bytes() for name in kept} == kept


def test_a_pipe_where_a_page_goes(course: Path) -> None:
    assert build(course).code == 0
    (course / "_site" / "index.html").unlink()
    os.mkfifo(course / "_site" / "index.html")
    (built,) = build_limited([course])
    assert built.code == 0, built.err
    assert (course / "_site" / "index.html").is_file()


def test_a_link_publishes_no_announcement_before_its_date(course: Path) -> None:
    folder = course / "content" / "announcements"
    folder.mkdir(parents=True)
    (folder / "2027-05-01-final.md").write_text(f"# Final\n\n{SECRET}\n", encoding="utf-8")
    (folder / "2027-03-01-now.md").symlink_to("2027-05-01-final.md")
    ran = build(course)
    assert ran.code == 1
    assert ran.err.startswith(
        "content/announcements/2027-03-01-now.md:1:1: error[symbolic-link]: "
        "`content/announcements/2027-03-01-now.md` is a symbolic link to "
        "`content/announcements/2027-05-01-final.md`, which is not published until its date\n"
    )
    assert SECRET.encode() not in published(course)

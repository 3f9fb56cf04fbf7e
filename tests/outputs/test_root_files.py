"""Files for the top of the site: `assets/root/` is copied there, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sites import SIX_LINES, Ran, read_tree, run_cli, write_course

TOP = {
    "robots.txt": "User-agent: *\n",
    "CNAME": "cs294.example.edu\n",
    "_redirects": "/old /projects.html\n",
    ".well-known/security.txt": "Contact: mailto:staff@example.edu\n",
}
FILES = {f"assets/root/{name}": text for name, text in TOP.items()}
UNCHANGED = "; nothing has changed."
HELP = "help: rename or delete the file\n"


def build(course: Path, *options: str) -> Ran:
    return run_cli("build", "--source", course, "--strict", "--today", "2027-02-01", *options)


def test_they_are_at_the_top_of_the_site_and_nowhere_else(tmp_path: Path) -> None:
    course = write_course(tmp_path, FILES)
    ran = build(course)
    assert ran.code == 0, ran.err
    assert "that no page names" not in ran.out
    site = read_tree(course / "_site")
    assert {name: site[name].decode() for name in TOP} == TOP
    assert not [name for name in site if "root" in name]


def test_they_are_renewed_and_removed_like_the_rest_of_the_site(tmp_path: Path) -> None:
    course = write_course(tmp_path, FILES)
    assert build(course).code == 0
    for name in TOP:
        (course / "assets" / "root" / name).write_text("new\n", encoding="utf-8")
        ran = build(course)
        assert ran.code == 0, ran.err
        assert (course / "_site" / name).read_text(encoding="utf-8") == "new\n"
    (course / "assets" / "root" / "robots.txt").unlink()
    (course / "assets" / "root" / ".well-known" / "security.txt").unlink()
    assert build(course).code == 0
    assert not (course / "_site" / "robots.txt").exists()
    assert not (course / "_site" / ".well-known").exists()


def test_an_unchanged_site_is_not_built_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    course = write_course(tmp_path / "course", FILES)
    assert build(course).code == 0
    assert UNCHANGED in build(course).out
    (course / "assets" / "root" / ".well-known" / "security.txt").write_text("new\n", encoding="utf-8")
    assert UNCHANGED not in build(course).out
    assert UNCHANGED in build(course).out
    (course / "assets" / "root" / ".nojekyll").touch()
    assert build(course).code == 1


def test_pages_and_links_of_the_syllabus_lead_to_them(tmp_path: Path) -> None:
    syllabus = SIX_LINES.replace("course: A small course", "course: {title: A, links: [Robots: root/robots.txt]}")
    page = "# Links\n\nSee [the rules](robots.txt).\n"
    course = write_course(tmp_path, {**FILES, "syllabus.yaml": syllabus, "content/links.md": page})
    ran = run_cli("build", "--source", course, "--today", "2027-02-01")
    assert ran.code == 0, ran.err
    assert 'href="robots.txt"' in (course / "_site" / "index.html").read_text(encoding="utf-8")
    assert 'href="robots.txt"' in (course / "_site" / "links.html").read_text(encoding="utf-8")


COLLISIONS = {
    "the home page": ("index.html", {}, "index.html, but the site already has index.html"),
    "the data": ("course.json", {}, "course.json, but the site already has course.json"),
    "another case": ("Index.html", {}, "Index.html, but the site already has index.html"),
    "a page": (
        "projects.html",
        {"content/projects.md": "# Projects\n"},
        "projects.html, but the site already has projects.html",
    ),
    "a page of a later day": (
        "projects.html",
        {"content/projects.md": "---\npublish_on: 2027-03-01\n---\n# Projects\n"},
        "projects.html, but the site already has projects.html",
    ),
    "a folder of the site": (
        "notes",
        {"content/notes/a.md": "---\nmeeting: 1\n---\nText.\n"},
        "notes, but the site already has notes/a.html",
    ),
    "a page as a folder": ("index.html/a.txt", {}, "index.html/a.txt, but the site already has index.html"),
    "the assets": ("assets/a.txt", {}, "assets/a.txt, but the site already has assets/"),
}  # fmt: skip


@pytest.mark.parametrize("case", COLLISIONS)
def test_a_name_of_the_site_is_refused(tmp_path: Path, case: str) -> None:
    name, files, said = COLLISIONS[case]
    course = write_course(tmp_path, {f"assets/root/{name}": "mine\n", **files})
    ran = run_cli("build", "--source", course, "--today", "2027-02-01")
    assert ran.code == 1
    assert f"assets/root/{name}:1:1: error[same-path]: this file becomes {said}\n{HELP}" in ran.err


def test_hidden_files_are_left_out_with_a_warning(tmp_path: Path) -> None:
    files = {".nojekyll": "", ".htaccess": "Deny\n", ".DS_Store": "x", ".well-known/.secret": "x"}
    course = write_course(tmp_path, {f"assets/root/{name}": text for name, text in files.items()})
    ran = run_cli("build", "--source", course, "--today", "2027-02-01")
    assert ran.code == 0
    assert [line for line in ran.err.splitlines() if "warning" in line] == [
        f"assets/root/{name}:1:1: warning[hidden-file]: `assets/root/{name}` is hidden and left out: "
        "its name begins with a dot"
        for name in (".htaccess", ".nojekyll")
    ]
    assert not [name for name in read_tree(course / "_site") if name in files]


def test_a_script_among_them_is_reported_until_it_is_named(tmp_path: Path) -> None:
    course = write_course(tmp_path, {"assets/root/sw.js": "self;\n"})
    ran = run_cli("check", "--source", course, "--today", "2027-02-01")
    assert "assets/root/sw.js:1:1: warning[script-in-assets]" in ran.err
    assert "add root/sw.js to the list scripts:" in ran.err
    syllabus = (course / "syllabus.yaml").read_text(encoding="utf-8")
    (course / "syllabus.yaml").write_text(f"{syllabus}site: {{scripts: [root/sw.js]}}\n", encoding="utf-8")
    assert "script-in-assets" not in run_cli("check", "--source", course, "--today", "2027-02-01").err


def test_a_link_among_them_publishes_nothing_that_is_withheld(tmp_path: Path) -> None:
    page = "---\ndraft: true\n---\n# Later\n\n[Exam](assets/exam.txt)\n"
    course = write_course(tmp_path, {"assets/exam.txt": "secret\n", "content/later.md": page, "assets/root/a.txt": ""})
    (course / "assets" / "root" / "a.txt").unlink()
    (course / "assets" / "root" / "a.txt").symlink_to("../exam.txt")
    ran = run_cli("build", "--source", course, "--today", "2027-02-01")
    assert ran.code == 1
    assert "assets/root/a.txt:1:1: error[symbolic-link]" in ran.err

"""Past terms: `archive` freezes the site of a term, and each build publishes it as it was."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sites import POLICY, SIX_LINES, Ran, read_tree, run_cli, write_course

NEXT = (
    SIX_LINES.replace("2027-01-25", "2028-01-24")
    .replace("2027-02-08", "2028-02-07")
    .replace("term:\n", "term:\n  name: Spring 2028\n")
)
FILES = {
    "syllabus.yaml": SIX_LINES.replace("term:\n", "term:\n  name: Spring 2027\n").replace(
        "course: A small course", "course: {title: A small course, repository: https://github.com/example/course}"
    )
    + "schedule: [{topic: One, materials: {Slides: slides.pdf}}, Two, Three]\n"
    + "assignments: [{title: Essay, due: 2027-02-12}]\n",
    "readings.yaml": "one: [{title: A book}]\n",
    "content/about.md": "# About\n\n[Rules](robots.txt), [slides](assets/slides.pdf), [start](index.html#one)\n",
    "content/notes/book.md": "---\nmeeting: one\n---\n# A note\n\nText.\n",
    "content/solutions.md": "---\npublish_on: 2027-02-10\n---\n# Solutions\n\nText.\n",
    "content/draft.md": "---\ndraft: true\n---\n# Draft\n\nText.\n",
    "assets/slides.pdf": "%PDF-slides",
    "assets/root/robots.txt": "User-agent: *\n",
    "assets/root/CNAME": "example.edu\n",
}
MARK = (
    '<aside class="past-term" aria-label="Past term"><p>This site is of a past term: <bdi>Spring 2027</bdi>. '
    '<a href="{}index.html">Go to the current term</a></p></aside>\n'
)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Set the clock to some weeks after the term."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1_806_000_000))  # Thu 25 Mar 2027
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))


@pytest.fixture
def course(tmp_path: Path, clock: None) -> Path:
    """Return a course with one past term, rolled to the next."""
    folder = write_course(tmp_path / "course", FILES)
    assert freeze(folder, "sp27").code == 0
    shutil.rmtree(folder / "content")
    return write_course(folder, {"syllabus.yaml": NEXT, "readings.yaml": "", "content/about.md": "# About\n"})


def freeze(course: Path, name: str, *options: str) -> Ran:
    return run_cli("archive", name, "--source", course, *options)


def build(course: Path) -> Ran:
    return run_cli("build", "--source", course)


def frozen(course: Path, name: str = "sp27") -> dict[str, bytes]:
    return read_tree(course / "archive" / name)


def test_a_frozen_term_is_whole_and_listed(tmp_path: Path, clock: None) -> None:
    course = write_course(tmp_path / "course", FILES)
    ran = freeze(course, "sp27")
    assert (ran.code, ran.err) == (0, "")
    said = (
        r"Archived Spring 2027 in archive/sp27/, as of 2027-02-15: 11 pages, 42 files, \d+ kB\.\n"
        r"Commit archive/\. The next build publishes it as sp27/index\.html\.\n"
    )
    assert re.fullmatch(said, ran.out), ran.out
    files = frozen(course)
    assert sorted(files) == [
        "about.html",
        "assets/slides.pdf",
        "assets/theme/choice.js",
        "assets/theme/chosen.js",
        "assets/theme/cite.js",
        "assets/theme/dates.js",
        "assets/theme/finder.js",
        "assets/theme/icon.svg",
        "assets/theme/minisearch.js",
        "assets/theme/pages.css",
        "assets/theme/print.css",
        "assets/theme/search-dialog.js",
        "assets/theme/search.css",
        "assets/theme/style.css",
        "assets/theme/suggest.js",
        "assets/theme/today.js",
        "calendar.html",
        "calendar.ics",
        "course.json",
        "deadlines.html",
        "deadlines.ics",
        "index.html",
        "meetings.ics",
        "meetings/one.bib",
        "meetings/one.html",
        "meetings/one.ics",
        "meetings/one.json",
        "meetings/one.ris",
        "meetings/three.html",
        "meetings/three.ics",
        "meetings/two.html",
        "meetings/two.ics",
        "notes/book.html",
        "readings.bib",
        "readings.html",
        "readings.json",
        "readings.ris",
        "robots.txt",
        "search.js",
        "solutions.html",
        "syllabus.html",
        "syllabus.md",
    ]
    lines = [f"{hashlib.sha256(data).hexdigest()}  {path}" for path, data in sorted(files.items())]
    head = "# Spring 2027 (2027-01-25 to 2027-02-08)"
    assert (course / "archive" / "sp27.sums").read_text(encoding="utf-8") == "\n".join([head, *lines, ""])
    assert sorted(read_tree(course / "archive")) == ["sp27.sums", *(f"sp27/{path}" for path in sorted(files))]
    assert not (course / "_site").exists()


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="the list is compared with what coreutils reads")
def test_the_list_is_one_that_sha256sum_reads(course: Path) -> None:
    subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", "../sp27.sums"], cwd=course / "archive" / "sp27", check=True
    )


def test_each_page_leads_to_the_current_term_and_none_to_an_editor(course: Path) -> None:
    pages = {path: data.decode() for path, data in frozen(course).items() if path.endswith(".html")}
    for path, page in pages.items():
        assert page.count(MARK.format("../../" if "/" in path else "../")) == 1, path
        assert "github.com" not in page, path


def test_a_frozen_site_says_that_its_term_is_over(course: Path) -> None:
    page = frozen(course)["index.html"].decode()
    assert "The term is over" in page
    for mark in (
        'week this-week"',
        'class="mark"',
        'class="mark this"',
        'aria-current="date"',
        "Due next",
    ):
        assert mark not in page, mark


def test_a_frozen_page_has_nothing_that_is_about_today(tmp_path: Path, clock: None) -> None:
    syllabus = FILES["syllabus.yaml"].replace("term:\n", "term:\n  status: tentative\n")
    digest = hashlib.sha256(b"{Slides: slides.pdf}").hexdigest()[:8]
    files = {**FILES, "syllabus.yaml": syllabus, "carryover.yaml": f"one: {{materials: {digest}}}\n"}
    course = write_course(tmp_path / "course", files)
    assert run_cli("build", "--source", course, "--today", "2027-02-01").code == 0
    assert freeze(course, "sp27").code == 0
    for folder, there in (("_site", True), ("archive/sp27", False)):
        page = (course / folder / "index.html").read_text(encoding="utf-8")
        for each in ("Jump to today", "Tentative; readings may change.", "from last term, may change"):
            assert (each in page) == there, each


def test_a_frozen_page_names_its_own_address(tmp_path: Path, clock: None) -> None:
    syllabus = FILES["syllabus.yaml"].replace("{title:", "{url: https://example.edu/a, title:")
    course = write_course(tmp_path / "course", {**FILES, "syllabus.yaml": syllabus})
    assert freeze(course, "sp27").code == 0
    files = frozen(course)
    address = "https://example.edu/a/sp27/"
    assert f'<meta property="og:url" content="{address}meetings/one.html">'.encode() in files["meetings/one.html"]
    assert json.loads(files["course.json"])["course"]["url"] == address


def test_two_archives_of_one_course_have_the_same_bytes(tmp_path: Path, clock: None) -> None:
    one, two = (write_course(tmp_path / name, FILES) for name in ("one", "two"))
    assert [freeze(each, "sp27").code for each in (one, two)] == [0, 0]
    assert read_tree(one / "archive") == read_tree(two / "archive")


def test_each_build_publishes_it_and_lists_it(course: Path) -> None:
    ran = build(course)
    assert ran.code == 0, ran.err
    site = read_tree(course / "_site")
    assert {path.removeprefix("sp27/"): data for path, data in site.items() if path.startswith("sp27/")} == frozen(
        course
    )
    assert '<li><a href="sp27/index.html">Spring 2027</a></li>' in site["index.html"].decode()
    assert json.loads(site["course.json"])["past_terms"] == [
        {"name": "Spring 2027", "url": "sp27/index.html", "starts": "2027-01-25", "ends": "2027-02-08"}
    ]
    assert "; nothing has changed." in build(course).out


def test_it_goes_from_the_site_with_its_folder(course: Path) -> None:
    assert build(course).code == 0
    shutil.rmtree(course / "archive")
    assert build(course).code == 0
    assert not (course / "_site" / "sp27").exists()


def test_pages_may_link_to_it(course: Path) -> None:
    write_course(
        course, {"syllabus.yaml": NEXT, "content/old.md": "[Before](sp27/index.html#one), [x](sp27/no.html)\n"}
    )
    ran = build(course)
    assert [line for line in ran.err.splitlines() if "error[" in line] == [
        "content/old.md:1:36: error[dead-link]: `sp27/no.html` leads nowhere: this site has no such page or file"
    ]


def test_terms_are_not_nested_and_still_lead_to_each_other(course: Path) -> None:
    page = "# Before\n\n[Last year](sp27/about.html), [its slides](./sp27/assets/slides.pdf), [here](about.html)\n"
    write_course(course, {"syllabus.yaml": NEXT, "content/before.md": page})
    ran = freeze(course, "sp28")
    assert ran.code == 0, ran.err
    files = frozen(course, "sp28")
    assert not [path for path in files if "sp27" in path]
    before = files["before.html"].decode()
    for link in ('href="../sp27/about.html"', 'href="../sp27/assets/slides.pdf"', 'href="about.html"'):
        assert link in before
    assert '<li><a href="../sp27/index.html">Spring 2027</a></li>' in files["index.html"].decode()
    assert json.loads(files["course.json"])["past_terms"] == []
    assert build(course).code == 0
    terms = json.loads((course / "_site" / "course.json").read_text(encoding="utf-8"))["past_terms"]
    assert [each["name"] for each in terms] == ["Spring 2028", "Spring 2027"]


def edit(name: str, text: str) -> Callable[[Path], None]:
    def change(course: Path) -> None:
        path = course / "archive" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")

    return change


def drop(*names: str) -> Callable[[Path], None]:
    def change(course: Path) -> None:
        for name in names:
            path = course / "archive" / name
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    return change


def replace_page(course: Path) -> None:
    """Put a page without a policy into a past term, and its sum into the list."""
    page = course / "archive" / "sp27" / "about.html"
    sums = course / "archive" / "sp27.sums"
    before = hashlib.sha256(page.read_bytes()).hexdigest()
    page.write_bytes(b"<!doctype html><title>x</title><script src=assets/x.js></script>")
    text = sums.read_text(encoding="utf-8").replace(before, hashlib.sha256(page.read_bytes()).hexdigest())
    sums.write_text(text, encoding="utf-8", newline="\n")


def drop_home(course: Path) -> None:
    """Take the home page of a past term away, and its line."""
    (course / "archive" / "sp27" / "index.html").unlink()
    sums = course / "archive" / "sp27.sums"
    lines = sums.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = "".join(line for line in lines if not line.endswith("  index.html\n"))
    sums.write_text(kept, encoding="utf-8", newline="\n")


def add_line(line: str) -> Callable[[Path], None]:
    def change(course: Path) -> None:
        with (course / "archive" / "sp27.sums").open("a", encoding="utf-8", newline="\n") as file:
            file.write(f"{line}\n")

    return change


def sum_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


EDITED = "mine\n"
SHOWN_HEAD = f"  |\n1 | # Spring 2027 (2027-01-25 to 2027-02-08)\n  | {'^' * 40}\n"
SHOWN_LINE = f"39 | {sum_of(FILES['assets/root/robots.txt'])}  robots.txt\n   | {'^' * 76}\n"
REFUSED: dict[str, tuple[Callable[[Path], None], str]] = {
    "a changed file": (
        edit("sp27/robots.txt", EDITED),
        "archive/sp27.sums:39:1: error[past-term]: `archive/sp27/robots.txt` has changed since the term was archived\n"
        "   |\n"
        f"{SHOWN_LINE}"
        f"help: restore the file as it was; if the change is meant, write its new sum here: {sum_of(EDITED)}\n",
    ),
    "a missing file": (
        drop("sp27/robots.txt"),
        "archive/sp27.sums:39:1: error[past-term]: `archive/sp27/robots.txt` is missing, "
        "and a past term is published whole\n"
        "   |\n"
        f"{SHOWN_LINE}"
        "help: restore it as it was; or delete this line, to publish without it\n",
    ),
    "a file more": (
        edit("sp27/x/y.txt", "mine\n"),
        "archive/sp27/x/y.txt:1:1: error[past-term]: `archive/sp27/x/y.txt` is not in the list of this past term\n"
        "help: delete it; or add a line to archive/sp27.sums: its SHA-256 sum, two spaces, and x/y.txt\n",
    ),
    "a line that is no sum": (
        add_line("mine"),
        "archive/sp27.sums:44:1: error[past-term]: line 44 is not a SHA-256 sum and a path\n"
        "   |\n"
        "44 | mine\n"
        "   | ^^^^\n"
        "help: restore the list as it was; each line is a sum, two spaces and a path\n",
    ),
    "a file listed twice": (
        add_line(f"{sum_of('x')}  robots.txt"),
        "archive/sp27.sums:44:1: error[past-term]: line 44 is about `robots.txt`, which is listed above\n"
        "   |\n"
        f"44 | {sum_of('x')}  robots.txt\n"
        f"   | {'^' * 76}\n"
        "help: restore the list as it was; each line is a sum, two spaces and a path\n",
    ),
    "a page without a policy": (
        replace_page,
        "archive/sp27/about.html:1:1: error[past-term]: in this past term, the page has no Content-Security-Policy\n"
        "help: delete the page, or give it the policy that the pages of the current term have\n",
    ),
    "no list": (
        drop("sp27.sums"),
        "archive/sp27:1:1: error[past-term]: the past term `sp27` has no list of its files\n"
        "help: restore archive/sp27.sums; or move the folder out of archive/, which is for past terms\n",
    ),
    "no folder": (
        drop("sp27"),
        "archive/sp27.sums:1:1: error[past-term]: the past term `sp27` is listed, but its folder is missing\n"
        f"{SHOWN_HEAD}help: restore archive/sp27/, or delete archive/sp27.sums\n",
    ),
    "no home page": (
        drop_home,
        "archive/sp27.sums:1:1: error[past-term]: the past term `sp27` has no index.html, "
        "to which the site would link\n"
        f"{SHOWN_HEAD}help: restore archive/sp27/ and archive/sp27.sums as they were\n",
    ),
    "a name that is not one": (
        edit("Spring 2027/index.html", "x"),
        "archive/Spring 2027:1:1: error[past-term]: `Spring 2027` can't be the name of a past term\n"
        "help: use small letters and digits with hyphens between them, at most 40, such as sp27\n",
    ),
    "a page of the same name": (
        edit("../content/sp27.md", "# Spring\n\nText.\n"),
        "archive/sp27.sums:1:1: error[same-path]: the past term `sp27` becomes sp27/, "
        "but the site already has sp27.html\n"
        f"{SHOWN_HEAD}help: rename archive/sp27/ and archive/sp27.sums\n",
    ),
    "a folder of the same name": (
        edit("../assets/root/sp27/robots.txt", "x"),
        "archive/sp27.sums:1:1: error[same-path]: the past term `sp27` becomes sp27/, "
        "but the site already has sp27/robots.txt\n"
        f"{SHOWN_HEAD}help: rename archive/sp27/ and archive/sp27.sums\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_build_refuses(course: Path, case: str) -> None:
    change, said = REFUSED[case]
    assert build(course).code == 0
    before = read_tree(course / "_site")
    change(course)
    ran = build(course)
    assert (ran.code, ran.err) == (1, f"{said}\nNothing was published: 1 error.\n")
    assert read_tree(course / "_site") == before


def test_of_many_files_only_some_are_reported(course: Path) -> None:
    for number in range(14):
        edit(f"sp27/x/{number:02}.txt", "x")(course)
    ran = build(course)
    assert ran.err.count("is not in the list of this past term") == 10
    assert ran.err.count("; likewise with 4 more\n") == 1


def test_the_list_of_many_files_is_read_back(course: Path) -> None:
    sums = course / "archive" / "sp27.sums"
    lines = [sums.read_text(encoding="utf-8")]
    (course / "archive" / "sp27" / "many").mkdir()
    for number in range(4_100):
        name = f"many/{number:0200}.txt"
        (course / "archive" / "sp27" / name).write_bytes(b"x")
        lines.append(f"{sum_of('x')}  {name}\n")
    sums.write_text("".join(lines), encoding="utf-8", newline="\n")
    assert sums.stat().st_size > 1_000_000
    ran = run_cli("check", "--source", course)
    assert (ran.code, ran.err) == (0, "")


LARGE = {
    "files": ("MOST_FILES", 14, "archive/ would have 43 files; the limit is 14"),
    "a list": ("LARGEST_SUMS", 900, "the list of its files would be larger than 900 bytes"),
}


@pytest.mark.parametrize("case", LARGE)
def test_what_no_build_would_read_back_is_not_written(
    case: str, tmp_path: Path, clock: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit, at_most, said = LARGE[case]
    course = write_course(tmp_path / "course", FILES)
    monkeypatch.setattr(f"courseweek.roll.archive.{limit}", at_most)
    ran = freeze(course, "sp27")
    assert (ran.code, ran.out, ran.err) == (1, "", f"Nothing was archived: {said}.\n")
    assert not (course / "archive").exists()


NAMES = {
    "Sp27": "a name has small letters and digits with hyphens between them, at most 40",
    ".sp27": "a name has small letters and digits with hyphens between them, at most 40",
    "../sp27": "a name has small letters and digits with hyphens between them, at most 40",
    "s" * 41: "a name has small letters and digits with hyphens between them, at most 40",
    "aux": "Windows can't store a folder of this name",
    "readings": "a page of every course may have this name",
    "notes": "a page of every course may have this name",
    "meetings": "a page of every course may have this name",
    "assets": "the site already has assets/slides.pdf",
    "about": "the site already has about.html",
    "sp26": "archive/SP26/ is already there, and an archive is never overwritten",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_refused(tmp_path: Path, clock: None, name: str) -> None:
    course = write_course(tmp_path / "course", FILES)
    if name == "sp26":
        (course / "archive" / "SP26").mkdir(parents=True)
    ran = freeze(course, name)
    said = f"Nothing was archived: a past term can't be called `{name}`: {NAMES[name]}.\n"
    assert (ran.code, ran.out, ran.err) == (2, "", said)
    assert read_tree(course) == {path: text.encode() for path, text in FILES.items()}


def test_an_archive_is_never_overwritten(course: Path) -> None:
    before = read_tree(course / "archive")
    assert freeze(course, "sp27").code == 2
    assert read_tree(course / "archive") == before


def test_a_dry_run_writes_nothing(tmp_path: Path, clock: None) -> None:
    course = write_course(tmp_path / "course", FILES)
    ran = freeze(course, "sp27", "--dry-run")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Would archive Spring 2027 in archive/sp27/, as of 2027-02-15: 11 pages, 42 files, ")
    assert ran.out.count("\n") == 1
    assert read_tree(course) == {path: text.encode() for path, text in FILES.items()}


def test_a_term_that_is_not_over_is_archived_as_it_will_be(
    tmp_path: Path, clock: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1_800_000_000))  # Fri 15 Jan 2027
    course = write_course(tmp_path / "course", FILES)
    ran = freeze(course, "sp27")
    assert "The term is not over: the archive shows everything that appears before 2027-02-15.\n" in ran.out
    assert "solutions.html" in frozen(course)


def test_a_course_with_errors_is_not_archived(tmp_path: Path, clock: None) -> None:
    course = write_course(tmp_path / "course", {**FILES, "content/x.md": "[x](no.html)\n"})
    ran = freeze(course, "sp27")
    assert ran.code == 1
    assert ran.err.startswith("content/x.md:1:5: error[dead-link]")
    assert ran.err.endswith("Nothing was archived: 1 error.\n")
    assert not (course / "archive").exists()


@pytest.mark.parametrize("failing", ["write_bytes", "replace", "rename"])
def test_a_failure_leaves_nothing_behind(
    tmp_path: Path, clock: None, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    course = write_course(tmp_path / "course", FILES)

    def fail(path: Path, *_: object) -> None:
        raise OSError(28, "No space left on device", str(path))

    with monkeypatch.context() as patch:
        patch.setattr(Path, failing, fail)
        ran = freeze(course, "sp27")
    assert ran.code == 3
    assert ran.err.startswith("Nothing was archived: No space left on device (")
    assert not (course / "archive").exists()
    assert freeze(course, "sp27").code == 0


def test_what_a_killed_program_left_is_explained(tmp_path: Path, clock: None) -> None:
    course = write_course(tmp_path / "course", FILES)
    assert freeze(course, "sp27").code == 0
    whole = read_tree(course / "archive")
    shutil.rmtree(course / "archive" / "sp27")  # the folder comes last
    assert "help: restore archive/sp27/, or delete archive/sp27.sums\n" in freeze(course, "sp27").err
    (course / "archive" / "sp27.sums").unlink()
    assert freeze(course, "sp27").code == 0
    assert read_tree(course / "archive") == whole


def test_layouts_of_the_course_are_marked_too(tmp_path: Path, clock: None) -> None:
    layout = (
        f"<!doctype html><html><head>{POLICY}<title>x</title></head><body class=x>{{{{ page.title }}}}</body></html>\n"
    )
    course = write_course(
        tmp_path / "course", {"layouts/plain.html": layout, "content/a.md": "---\nlayout: plain\n---\nA\n"}
    )
    assert freeze(course, "sp27").code == 0
    assert '<body class=x><aside class="past-term"' in frozen(course)["a.html"].decode()


def test_a_note_is_still_made_again_alone(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note = "---\nmeeting: one\n---\n# A\n\n{}, [before](../sp27/index.html#one).\n"
    syllabus = NEXT + "schedule: [One, Two, Three]\n"
    write_course(course, {"syllabus.yaml": syllabus, "content/notes/book.md": note.format("Text")})
    ran = build(course)
    assert (ran.code, ran.err) == (0, "")
    write_course(course, {"syllabus.yaml": syllabus, "content/notes/book.md": note.format("More")})

    def fail(*_: object, **__: object) -> None:
        raise AssertionError("the whole site is made")

    monkeypatch.setattr("courseweek.pipeline.make_site", fail)
    ran = build(course)
    assert ran.code == 0, ran.err
    assert "More, " in (course / "_site" / "notes" / "book.html").read_text(encoding="utf-8")

"""Files of `assets/` that are not what their names say, told where they are named; and those that nothing names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.sites import SIX_LINES, run_cli, write_course

POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:0a1b\nsize 12345\n"
PAGE = b"<!DOCTYPE html>\n<html><body>Sign in</body></html>\n"
OLD_PAGE = b'\xef\xbb\xbf\n<!-- saved from url=(0014)about:internet -->\n<HTML lang="en">\n'
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF"
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"
AVIF = b"\0\0\0\x1cftypavif\0\0\0\0mif1avifmiaf"
AVIF_BY_MIF1 = b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf"
WEBP = b"RIFF\x10\0\0\0WEBPVP8 "
TIFF = b"II*\0\x08\0\0\0"
ZIP = b"PK\x03\x04\x14\0"
SVG = b'<?xml version="1.0"?>\n<!-- made by hand -->\n<svg xmlns="http://www.w3.org/2000/svg"/>'
WRONG, UNSHOWN = "not-what-it-says", "unshown-picture"

# A file, its first bytes, and what is told of it; None for nothing.
FILES = {
    ("x.pdf", POINTER): (WRONG, "is a Git LFS pointer"),
    ("x.png", POINTER): (WRONG, "is a Git LFS pointer"),
    ("x.csv", POINTER): (WRONG, "is a Git LFS pointer"),
    ("x", POINTER): (WRONG, "is a Git LFS pointer"),
    ("x.pdf", b""): (WRONG, "is empty"),
    ("x.PNG", b""): (WRONG, "is empty"),
    ("x.pptx", b""): (WRONG, "is empty"),
    ("x.mp4", b""): (WRONG, "is empty"),
    ("x.svg", b""): (WRONG, "is empty"),
    ("x.html", b""): (WRONG, "is empty"),
    ("x.txt", b""): None,
    ("x.csv", b""): None,
    ("__init__.py", b""): None,
    ("x", b""): None,
    ("x.pdf", PAGE): (WRONG, "is a web page"),
    ("x.pdf", OLD_PAGE): (WRONG, "is a web page"),
    ("x.jpg", PAGE): (WRONG, "is a web page"),
    ("x.svg", PAGE): (WRONG, "is a web page"),
    ("x.zip", PAGE): (WRONG, "is a web page"),
    ("x.ipynb", PAGE): (WRONG, "is a web page"),
    ("x.html", PAGE): None,
    ("x.htm", OLD_PAGE): None,
    ("x.txt", PAGE): None,
    ("x.heic", HEIC): (UNSHOWN, "a HEIC image"),
    ("x.HEIC", HEIC): (UNSHOWN, "a HEIC image"),
    ("x.jpg", HEIC): (UNSHOWN, "a HEIC image"),
    ("x.tiff", TIFF): (UNSHOWN, "a TIFF image"),
    ("x.tif", b"MM\0*\0\0"): (UNSHOWN, "a TIFF image"),
    ("x.png", TIFF): (UNSHOWN, "a TIFF image"),
    ("x.pdf", ZIP): (WRONG, "is a ZIP archive"),
    ("x.pdf", JPEG): (WRONG, "is a JPEG image"),
    ("x.png", b"%PDF-1.7"): (WRONG, "is a PDF"),
    ("x.svg", PNG): (WRONG, "is a PNG image"),
    ("x.docx", b"%PDF-1.7"): (WRONG, "is a PDF"),
    ("x.pdf", b"%PDF-1.7"): None,
    ("x.jpg", PNG): None,
    ("x.png", JPEG): None,
    ("x.gif", WEBP): None,
    ("x.avif", AVIF): None,
    ("x.avif", AVIF_BY_MIF1): None,
    ("x.webp", WEBP): None,
    ("x.svg", SVG): None,
    ("x.docx", ZIP): None,
    ("x.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"): None,
    ("x.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"): None,
    ("x.bin", HEIC): None,
    ("x.pdf", b"slides"): None,
}


@pytest.mark.parametrize(("name", "data"), FILES)
def test_a_file_that_is_not_what_its_name_says(name: str, data: bytes, tmp_path: Path) -> None:
    course = write_course(tmp_path, {f"assets/{name}": data})
    ran = run_cli("check", "--source", course, "--today", "2027-01-26", "--format", "json")
    reported = json.loads(ran.out)["diagnostics"]
    expected = FILES[name, data]
    assert ran.code == 0
    assert [(each["severity"], each["name"], each["file"]) for each in reported] == (
        [("warning", expected[0], f"assets/{name}")] if expected else []
    )
    assert all(expected is not None and expected[1] in each["message"] and each["help"] for each in reported)


# Where a file is named, and the place that is told.
NAMED = {
    "syllabus.yaml": (SIX_LINES + "schedule: [{topic: A, materials: {S: x.pdf}}, B, C]\n", "syllabus.yaml"),
    "readings.yaml": ("a: [{title: A, links: {Copy: assets/x.pdf}}]\n", "readings.yaml"),
    "content/x.md": ("# X\n\nSee the [slides](assets/x.pdf).\n", "content/x.md"),
    "content/announcements/2027-01-25-x.md": ("[Slides](assets/x.pdf)\n", "content/announcements/2027-01-25-x.md"),
}


@pytest.mark.parametrize("name", NAMED)
def test_it_is_reported_where_the_file_is_named(name: str, tmp_path: Path) -> None:
    text, place = NAMED[name]
    files: dict[str, str | bytes] = {
        "syllabus.yaml": SIX_LINES + "schedule: [A, B, C]\n",
        name: text,
        "assets/x.pdf": POINTER,
    }
    ran = run_cli("check", "--source", write_course(tmp_path, files), "--today", "2027-01-26", "--format", "json")
    (reported,) = json.loads(ran.out)["diagnostics"]
    assert (reported["file"], reported["name"]) == (place, WRONG)
    line = text.split("\n")[reported["line"] - 1]
    assert line[reported["column"] - 1 : reported["end_column"] - 1].endswith("x.pdf")


# Files of a course, and those of them that no page names.
UNNAMED: dict[str, tuple[dict[str, str | bytes], list[str]]] = {
    "forgotten": ({"assets/solutions.pdf": b"x"}, ["assets/solutions.pdf"]),
    "linked from a page": ({"content/x.md": "# X\n\n[S](assets/s.pdf)\n", "assets/s.pdf": b"x"}, []),
    "shown on a page": ({"content/x.md": "# X\n\n![S](assets/s.png)\n", "assets/s.png": b"x"}, []),
    "a name with spaces": ({"content/x.md": "# X\n\n[S](<assets/my s.pdf>)\n", "assets/my s.pdf": b"x"}, []),
    "a name with signs": ({"content/x.md": "# X\n\n[S](<assets/a&b 'c'.pdf>)\n", "assets/a&b 'c'.pdf": b"x"}, []),
    "a name of another script": ({"content/x.md": "# X\n\n[S](assets/übung.pdf)\n", "assets/übung.pdf": b"x"}, []),
    "by part of a name alone": (
        {"content/x.md": "# X\n\n[S](assets/s.pdf)\n", "assets/s.pdf": b"x", "assets/s.pdf.zip": b"x"},
        ["assets/s.pdf.zip"],
    ),
    "a file of the theme": ({"assets/theme/extra.css": b"x"}, []),
    "in a style sheet": ({"assets/theme/own.css": b"a{background:url(../bg.png)}", "assets/bg.png": b"x"}, []),
    "beside a web page": (
        {
            "content/x.md": "# X\n\n[Demo](assets/demo/index.html)\n",
            "assets/demo/index.html": PAGE,
            "assets/demo/data/a.bin": b"x",
            "assets/other.bin": b"x",
        },
        ["assets/other.bin"],
    ),
    "in a page's own folder": (
        {
            "content/x.md": "# X\n\n[Demo](assets/lab.html)\n",
            "assets/lab.html": PAGE,
            "assets/lab_files/a.bin": b"x",
        },
        [],
    ),
    "named as text": ({"content/x.md": "# X\n\nRun `curl …/assets/s.sh`.\n", "assets/s.sh": b"x"}, []),
    "held by a draft": (
        {"content/x.md": "---\ndraft: yes\n---\n[S](assets/s.pdf)\n", "assets/s.pdf": b"x"},
        [],
    ),
    "a lock file": ({"assets/~$s.pptx": b"x"}, []),
}


@pytest.mark.parametrize("case", UNNAMED)
def test_files_that_no_page_names_are_counted_and_listed(case: str, tmp_path: Path) -> None:
    files, unnamed = UNNAMED[case]
    course = write_course(tmp_path, files)
    built = run_cli("--source", course, "--today", "2027-01-26", "--strict")
    assert (built.code, built.err) == (0, "")
    assert ("assets/ that no page names" in built.out) == bool(unnamed)
    checked = run_cli("check", "--source", course, "--today", "2027-01-26", "--strict")
    assert (checked.code, checked.err) == (0, "")
    assert [line.strip() for line in checked.out.split("\n") if line.startswith("  ")] == unnamed
    document = json.loads(run_cli("check", "--source", course, "--today", "2027-01-26", "--format", "json").out)
    assert document.get("unnamed", []) == unnamed


def test_the_words_about_files_that_no_page_names(tmp_path: Path) -> None:
    course = write_course(tmp_path, {"assets/a.pdf": b"x", "assets/b.pdf": b"x"})
    out = run_cli("--source", course, "--today", "2027-01-26").out
    assert ", no warnings, 2 files in assets/ that no page names in " in out
    out = run_cli("check", "--source", course, "--today", "2027-01-26").out
    assert out.endswith(
        "nothing is wrong.\nNo page names 2 files in assets/; published anyway:\n  assets/a.pdf\n  assets/b.pdf\n"
    )
    out = run_cli("check", "--source", course, "--today", "2027-01-26", "--format", "github").out
    assert "  assets/a.pdf\n" in out


def test_of_many_files_some_are_listed(tmp_path: Path) -> None:
    course = write_course(tmp_path, {f"assets/{number:03}.pdf": b"x" for number in range(120)})
    out = run_cli("check", "--source", course, "--today", "2027-01-26").out
    assert "No page names 120 files in assets/" in out
    assert out.endswith("  assets/049.pdf\n  and 70 more\n")


def test_marks_of_a_merge_in_a_layout_are_an_error(tmp_path: Path) -> None:
    foot = "<<<<<<< HEAD\n<p>One</p>\n=======\n<p>Two</p>\n>>>>>>> main\n"
    course = write_course(tmp_path, {"layouts/parts/foot.html": f"<hr>\n{foot}"})
    ran = run_cli("--source", course, "--today", "2027-01-26")
    assert ran.code == 1
    assert ran.err.startswith("layouts/parts/foot.html:2:1: error[merge-conflict]: two versions")

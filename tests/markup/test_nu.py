"""The checker finds what is wrong and lets pass what is new."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.markup.nu import check_html

PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Week 1</title><style>p { color: light-dark(#000, #fff) }</style></head>
<body>
{body}
</body>
</html>
"""


def write(folder: Path, name: str, body: str) -> Path:
    path = folder / name
    path.write_text(PAGE.replace("{body}", body), encoding="utf-8")
    return path


def test_modern_html_passes(tmp_path: Path) -> None:
    body = """<search><form action="s.html"><input type="search" name="q" aria-label="Search"></form></search>
<button type="button" popovertarget="more" commandfor="more" command="show-popover">More</button>
<div id="more" popover inert>More</div>
<details name="week"><summary>Week 1</summary><p>Read.</p></details>
<p><math><mi>x</mi></math> <time datetime="2026-09-14T17:00-04:00">Monday</time></p>"""
    assert check_html([write(tmp_path, "a page.html", body)]) == []


def test_errors_and_warnings_are_found_in_every_file(tmp_path: Path) -> None:
    good = write(tmp_path, "good.html", "<p>Fine.</p>")
    broken = write(tmp_path, "broken page é.html", "<p><div>No</div></p>")
    doubtful = write(tmp_path, "doubtful.html", "<section><p>No heading</p></section>")
    found = check_html([good, broken, doubtful])
    assert [line.split(": ")[:2] for line in found] == [
        [f"{broken}:5:17", "error"],
        [f"{doubtful}:5:1", "warning"],
    ]
    assert "No “p” element in scope" in found[0]


def test_a_missing_file_is_no_pass(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        check_html([tmp_path / "missing.html"])

"""The preview shows past terms and files for the top of the site as a build publishes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.serve.running import preview
from tests.sites import run_cli, write_course

FILES = {
    "content/a.md": "# A\n\n[Before](sp26/index.html)\n",
    "assets/demo.html": "<p>demo",
    "assets/root/robots.txt": "User-agent: *\n",
    "assets/root/.well-known/security.txt": "Contact: mailto:a@example.edu\n",
    "assets/root/proof.html": "proof",
}


def test_what_is_copied_is_served_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    course = write_course(tmp_path / "course", {**FILES, "content/a.md": "# A\n"})
    assert run_cli("archive", "sp26", "--source", course).code == 0
    write_course(course, FILES)
    with preview(course, tmp_path / "errors.txt") as running:
        assert running.out.readline().startswith("Built in ")
        for path in ("index.html", "a.html", "assets/theme/style.css", "assets/demo.html"):
            answer = running.ask(f"/sp26/{path}")
            assert (answer.status, answer.body) == (200, (course / "archive" / "sp26" / path).read_bytes())
            assert ("Content-Security-Policy" in answer.headers) is (path == "assets/demo.html")
        assert running.ask("/sp26/").body == running.ask("/sp26/index.html").body
        assert running.ask("/robots.txt").text == FILES["assets/root/robots.txt"]
        assert running.ask("/.well-known/security.txt").text == FILES["assets/root/.well-known/security.txt"]
        assert "sandbox" in running.ask("/proof.html").headers["Content-Security-Policy"]
        assert running.ask("/sp26/404.html").status == 404
        page = course / "archive" / "sp26" / "a.html"
        whole = page.read_bytes()
        page.write_bytes(whole + b" ")
        running.wait_for("error[past-term]: `archive/sp26/a.html` has changed since the term was archived")
        page.write_bytes(whole)
        while not running.out.readline().startswith("Built in "):
            pass
        sums = course / "archive" / "sp26.sums"
        sums.write_text(
            sums.read_text(encoding="utf-8").replace("  a.html", "  b.html"), encoding="utf-8", newline="\n"
        )
        running.wait_for("error[past-term]: `archive/sp26/b.html` is missing")

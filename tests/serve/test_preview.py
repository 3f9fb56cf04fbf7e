"""The preview's loop: edits that come while it works, failures that must not end it, and what pages are told."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest

from courseweek.serve.days import DayCache, Snapshot
from courseweek.serve.origin_check import OriginCheck
from courseweek.serve.preview import Preview, open_preview
from courseweek.serve.urls import Address
from tests.sites import write_course

HOME = Address(None, "index.html")


@dataclass
class Page:
    """A page as if it were open in a browser."""

    address: Address | None
    version: str = ""
    heard: list[str] = field(default_factory=list)

    def notify(self, path: str) -> None:
        self.heard.append(path)


@dataclass
class Bench:
    """A preview without a server."""

    course: Path
    preview: Preview
    reported: list[Snapshot]
    troubles: list[Exception]
    pages: list[Page]

    def load(self, page: Page) -> str:
        """Load a page as a browser does, and return what it shows."""
        assert page.address is not None
        shown, body = self.preview.read(self.preview.look(page.address.day), page.address.path)
        assert isinstance(body, bytes)
        self.preview.deliver(shown, page.address, body)
        page.version = self.preview.version(shown)
        return body.decode("utf-8")

    async def rest(self) -> None:
        """Wait till all work is done."""
        while self.preview.work is not None and not self.preview.work.done():
            await asyncio.sleep(0)

    def save(self, name: str, text: str) -> None:
        (self.course / name).parent.mkdir(parents=True, exist_ok=True)
        (self.course / name).write_text(text, encoding="utf-8")


def run(folder: Path, play: Callable[[Bench], Awaitable[None]]) -> Bench:
    """Run a scene with a preview of a small course, in a loop of its own."""
    course = write_course(folder / "course", {"content/a.md": "one", "content/b.md": "one"})

    async def begin() -> Bench:
        sites = DayCache(course, course / "_site", datetime.now, datetime(2027, 3, 10))
        reported: list[Snapshot] = []
        troubles: list[Exception] = []
        pages: list[Page] = []
        preview = open_preview(sites, OriginCheck("127.0.0.1", 8000), reported.append, troubles.append, lambda: pages)
        bench = Bench(course, preview, reported, troubles, pages)
        await play(bench)
        await bench.rest()
        return bench

    return asyncio.run(begin())


def test_a_save_while_the_whole_is_made_ends_that_and_is_reported_alone(tmp_path: Path) -> None:
    async def play(bench: Bench) -> None:
        page = Page(Address(None, "a.html"))
        bench.load(page)
        for text in ("two", "[three](nowhere.md)", "four"):
            bench.save("content/a.md", text)
            bench.preview.catch_up()
            for _ in range(3):
                await asyncio.sleep(0)
        assert "four" in bench.load(page)

    bench = run(tmp_path, play)
    assert [(each.done, each.failed, each.build.version) for each in bench.reported] == [(True, False, 3)]
    assert bench.troubles == []


def test_a_failure_of_the_watching_is_reported_and_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failures = [OSError("the disk is away"), OSError("the disk is away")]

    async def play(bench: Bench) -> None:
        look = bench.preview.watcher.changed

        def fail() -> frozenset[Path]:
            if failures:
                raise failures.pop()
            return look()

        monkeypatch.setattr("courseweek.serve.preview.LONGEST_PAUSE", 0.0)
        monkeypatch.setattr(bench.preview.watcher, "changed", fail)
        watching = asyncio.create_task(bench.preview.watch())
        bench.save("content/a.md", "two")
        while bench.preview.cache.version == 0:
            await asyncio.sleep(0)
        watching.cancel()

    bench = run(tmp_path, play)
    assert [str(each) for each in bench.troubles] == ["the disk is away"] * 2
    assert (bench.reported[-1].failed, bench.reported[-1].build.version) == (False, 1)


def test_a_failure_of_the_builder_is_shown_and_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def play(bench: Bench) -> None:
        page = Page(HOME)
        bench.pages.append(page)
        bench.load(page)
        await bench.rest()

        def fail(*_: object) -> bytes:
            raise RuntimeError("a screw is loose")

        with monkeypatch.context() as patch:
            patch.setattr("courseweek.pipeline.check_facts", fail)
            bench.save("content/a.md", "two")
            bench.load(page)
            await bench.rest()
        bench.save("content/a.md", "three")
        bench.load(page)

    bench = run(tmp_path, play)
    assert [each.bug is not None for each in bench.reported] == [False, True, False]


def test_pages_hear_what_concerns_them(tmp_path: Path) -> None:
    async def play(bench: Bench) -> None:
        a, b, gone = Page(Address(None, "a.html")), Page(Address(None, "b.html")), Page(None)
        bench.pages += [a, b, gone]
        bench.load(a)
        bench.load(b)
        await bench.rest()
        for page in bench.pages:
            page.heard.clear()
        bench.save("content/a.md", "two")
        bench.preview.catch_up()
        await bench.rest()
        assert (a.heard, b.heard, gone.heard) == (["*"], ["/_preview/report"], [])
        bench.load(a)
        bench.save("assets/own.css", "")
        bench.save("assets/theme/style.css", "")
        bench.preview.catch_up()
        await bench.rest()
        assert a.heard[1:] == ["assets/own.css", "assets/theme/style.css", "/_preview/report"]
        bench.save("assets/picture.png", "")
        bench.preview.catch_up()
        await bench.rest()
        assert a.heard[-1] == "*"
        assert gone.heard == []

    assert run(tmp_path, play).troubles == []


def test_another_accent_is_another_style_sheet(tmp_path: Path) -> None:
    async def play(bench: Bench) -> None:
        page = Page(Address(None, "a.html"))
        bench.pages.append(page)
        bench.load(page)
        await bench.rest()
        page.heard.clear()
        syllabus = (bench.course / "syllabus.yaml").read_text(encoding="utf-8")
        bench.save("syllabus.yaml", f"{syllabus}site: {{accent: '#800000'}}\n")
        bench.preview.catch_up()
        await bench.rest()
        assert page.heard == ["assets/theme/style.css", "/_preview/report"]

    run(tmp_path, play)


def test_a_page_that_comes_late_hears_what_it_missed(tmp_path: Path) -> None:
    async def play(bench: Bench) -> None:
        page, other = Page(Address(None, "a.html")), Page(Address(None, "b.html"))
        bench.load(page)
        bench.load(other)
        await bench.rest()
        bench.preview.greet(page)  # all was checked while it was on its way
        assert page.heard == ["/_preview/report"]
        bench.preview.greet(page)
        assert page.heard == ["/_preview/report"]
        bench.save("content/a.md", "two")
        bench.preview.catch_up()
        bench.preview.greet(other)
        assert other.heard == ["*"]
        bench.preview.greet(Page(None))

    run(tmp_path, play)


def test_a_long_check_does_not_keep_an_edit_from_open_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("courseweek.serve.preview.PATIENCE", 0.0)
    monkeypatch.setattr("courseweek.serve.preview.SLICE", -1.0)

    async def play(bench: Bench) -> None:
        page = Page(Address(None, "a.html"))
        bench.pages.append(page)
        bench.load(page)
        await bench.rest()
        page.heard.clear()
        bench.save("content/a.md", "[two](nowhere.md)")
        bench.preview.catch_up()
        while not page.heard:
            await asyncio.sleep(0)
        assert "two" in bench.load(page)
        await bench.rest()
        assert page.heard == ["*", "*"]  # the new words, and the last good ones with the error on them
        assert "one" in bench.load(page)

    run(tmp_path, play)

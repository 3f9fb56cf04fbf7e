"""The Markdown of pages as HTML, with the links of each stretch; a large first build draws it on every core."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from markupsafe import Markup, escape

from courseweek.diagnostics import Span
from courseweek.plan import Part, Plan, PlannedPage, Prose, resolve_link
from courseweek.render.fragments import Fragment, Fragments, Kind, draw_fragment
from courseweek.render.markup import Links, lower_headings
from courseweek.render.notes import view_announcement
from courseweek.render.views import AnnouncementView, BlockView

FEWEST_AHEAD = 64
"""Fewer texts are drawn one after the other: starting other processes would take longer."""

_MARKDOWN_FILE = re.compile(r"\.md(?=$|[#?])")


@dataclass(slots=True)
class PageLinks:
    """The links in one stretch of a page's prose, with the place of that stretch."""

    page: PlannedPage
    prose: Span
    links: Links = field(default_factory=Links)


@dataclass(frozen=True, slots=True)
class Rewriter:
    """From a relative address on the page at `path` to the one to publish: that of a page for the file behind it."""

    path: str
    targets: frozenset[str]

    def __call__(self, target: str) -> str:
        """Return the address to publish."""
        if _MARKDOWN_FILE.search(target) is None:
            return target
        drawn = _MARKDOWN_FILE.sub(".html", target)
        return drawn if resolve_link(self.path, drawn) in self.targets else target


class PageTexts:
    """Draws the Markdown of pages; `found` collects the links of each stretch, in order."""

    def __init__(self, plan: Plan, fragments: Fragments) -> None:
        """Take the plan and what draws texts."""
        self.plan = plan
        self.fragments = fragments
        self.found: list[PageLinks] = []
        self._targets = plan.paths | plan.withheld

    def blocks(self, page: PlannedPage) -> tuple[BlockView, ...]:
        """Return the blocks of a page, their headings one level down where one is of the title's level, the first."""
        taken = self._taken_ids(page)
        views = tuple(self._block(page, block, taken) for block in page.blocks)
        if not any(view.prose is not None and "<h1" in view.prose for view in views):
            return views
        return tuple(
            view if view.prose is None else replace(view, prose=lower_headings(view.prose, 1)) for view in views
        )

    def _block(self, page: PlannedPage, block: Prose | Part, taken: frozenset[str]) -> BlockView:
        if isinstance(block, Part):
            return BlockView(None, block.name)
        return BlockView(self._draw("prose", page, block.text, block.span, taken), None)

    def _draw(
        self, kind: Kind, page: PlannedPage, text: str, place: Span, taken: frozenset[str] = frozenset()
    ) -> Markup:
        fragment = self.fragments.draw(kind, text, Rewriter(page.path, self._targets), taken)
        links = PageLinks(page, place)
        links.links.add(fragment.links)
        self.found.append(links)
        return fragment.html

    def heading(self, page: PlannedPage, heading: Span | None, title: str) -> Markup:
        """Return a title as HTML: one that was written as a heading may hold formulas, code and emphasis."""
        return escape(title) if heading is None else self._draw("inline", page, heading.text, heading)

    def announcements(self, page: PlannedPage) -> tuple[AnnouncementView, ...]:
        """Return the notices that the page shows."""
        found = []
        for each in self.plan.announcements:
            text = self._draw("prose", page, each.page.text, each.page.body)
            # The title of a notice is of level 2.
            text = lower_headings(text, 2 if "<h1" in text else 1) if "<h" in text else text
            text = _prefix_ids(text, each.page.name.rpartition("/")[2])
            heading = self.heading(page, each.page.heading, each.page.title)
            found.append(view_announcement(each, heading, text, self.plan.course.repository))
        return tuple(found)

    def _taken_ids(self, page: PlannedPage) -> frozenset[str]:
        """Return the ids that the parts of a page give, and that nothing in its prose may have."""
        schedule, taken = self.plan.schedule, set[str]()
        if Part("schedule") in page.blocks:
            taken |= {"today", *(week.id for week in schedule.weeks), *(row.id for row in schedule.meetings)}
        if Part("readings") in page.blocks:
            taken |= {f"reading-{reading.id}" for reading in schedule.readings}
        if Part("deadlines") in page.blocks:
            taken |= {f"assignment-{each.id}" for each in schedule.assignments}
        return frozenset(taken)

    def draw_ahead(self) -> None:
        """Draw what no earlier build has drawn on every core, if it is much; the result is the same."""
        wanted = [each for each in self._stretches() if not self.fragments.knows(each[0], each[1])]
        workers = min(os.cpu_count() or 1, 8)
        if workers < 2 or len(wanted) < FEWEST_AHEAD:
            return
        # What starts processes takes longer to load than a small course to draw.
        import multiprocessing
        from concurrent.futures import BrokenExecutor, ProcessPoolExecutor

        # A process with threads must not be forked; elsewhere a new one costs the imports again.
        forks = sys.platform == "linux" and threading.active_count() == 1
        context = multiprocessing.get_context("fork" if forks else "spawn")
        size = max(1, len(wanted) // (workers * 8))
        pieces = [wanted[at : at + size] for at in range(0, len(wanted), size)]
        # Where the machine gives no more processes, what is not drawn yet is drawn as it is asked for.
        with (
            contextlib.suppress(OSError, BrokenExecutor),
            ProcessPoolExecutor(workers, context, _begin_work, (self._targets,)) as pool,
        ):
            for piece, drawn in zip(pieces, pool.map(_draw_piece, pieces), strict=True):
                for (text, taken, _), fragment in zip(piece, drawn, strict=True):
                    self.fragments.keep("prose", text, taken, fragment)

    def _stretches(self) -> Iterator[Stretch]:
        for page in self.plan.pages:
            taken = self._taken_ids(page)
            for block in page.blocks:
                if isinstance(block, Prose):
                    yield block.text, taken, page.path


Stretch = tuple[str, frozenset[str], str]
"""A text of a page, the ids that it must not have, and the page's path."""

_TARGETS: list[frozenset[str]] = []


def _begin_work(targets: frozenset[str]) -> None:
    """Tell a process once to what its pages can link: that is large, and the same for all."""
    _TARGETS[:] = [targets]
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the build that started it ends it
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when the build that started it is gone, killed perhaps; it would wait for work for ever."""
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _draw_piece(piece: list[Stretch]) -> list[Fragment]:
    return [draw_fragment("prose", text, Rewriter(path, _TARGETS[0]), taken) for text, taken, path in piece]


def _prefix_ids(text: Markup, prefix: str) -> Markup:
    """Return a text with its ids, and its links to them, under a prefix: several texts share a page."""
    ids = set(re.findall(r' id="([^"]*)"', text))
    prefixed = re.sub(r' id="([^"]*)"', lambda match: f' id="{prefix}.{match[1]}"', text)

    def follow(match: re.Match[str]) -> str:
        return f' href="#{prefix}.{match[1]}"' if match[1] in ids else match[0]

    return Markup(re.sub(r' href="#([^"]*)"', follow, prefixed))

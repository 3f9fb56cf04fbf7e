"""A process beside a build that renders Markdown: it loads what that needs while the build still reads the course.

It costs only an idle core. Without one, or if the process ends, the build renders alone.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO, NoReturn

from courseweek.frozen import dataclass

if TYPE_CHECKING:
    from courseweek.render.markdown.code import Colors
    from courseweek.render.markdown.rendered_text import Kind, RenderedText


@dataclass(frozen=True, slots=True)
class Request:
    """A text to render for the page at `path`; `taken` are the ids that it must not have."""

    path: str
    kind: Kind
    text: str
    taken: frozenset[str]
    colors: Colors


Answer = tuple["RenderedText", dict[str, str]]
"""The text as HTML, and the page's blocks of code in color so far."""


class Scribe:
    """The other process, as the build sees it."""

    def __init__(self, requests: BinaryIO, answers: BinaryIO) -> None:
        """Take the pipes to it and from it."""
        self._requests = requests
        self._answers = answers

    def ask(self, requests: Sequence[Request], targets: frozenset[str]) -> None:
        """Hand over texts to render; `targets` are the paths to which a page can link."""
        if not requests:
            return
        with contextlib.suppress(OSError):
            pickle.dump((requests, targets), self._requests)
            self._requests.flush()

    def answer(self) -> Answer | None:
        """Return what became of the next of these texts, in their order, or None where the process is gone."""
        try:
            answer: Answer = pickle.load(self._answers)
            return answer
        except (OSError, EOFError, pickle.UnpicklingError):
            return None


@contextlib.contextmanager
def scribe_beside(languages: Sequence[str] = ()) -> Iterator[Scribe | None]:
    """Start the process for as long as the block runs; None where this machine has no use for it.

    It prepares to color code of these languages, which takes a while.
    A process with threads must not be forked, and elsewhere than on Linux a new one would load everything again.
    """
    if sys.platform != "linux" or (os.cpu_count() or 1) < 2 or threading.active_count() > 1:
        yield None
        return
    # What both processes need is loaded before they part.
    from courseweek.render.markdown.rendered_text import render_text  # noqa: F401
    from courseweek.render.markdown.rewriter import Rewriter  # noqa: F401

    requests, answers = os.pipe(), os.pipe()
    try:
        child = os.fork()
    except OSError:  # the machine gives no more processes
        for handle in (*requests, *answers):
            os.close(handle)
        yield None
        return
    if child == 0:
        os.close(requests[1])
        os.close(answers[0])
        _serve(requests[0], answers[1], languages)
    os.close(requests[0])
    os.close(answers[1])
    with os.fdopen(requests[1], "wb") as asking, os.fdopen(answers[0], "rb") as answering:
        try:
            yield Scribe(asking, answering)
        finally:
            with contextlib.suppress(OSError):  # where nobody asks for ended processes they are gone at once
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
            with contextlib.suppress(OSError):  # of what it has not taken any more
                asking.close()


def _serve(requests: int, answers: int, languages: Sequence[str]) -> NoReturn:
    """Render what is asked for until nobody is there. If anything goes wrong, the build renders and reports it."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the build ends it
        from courseweek.render.markdown.markup import load_converter
        from courseweek.render.markdown.rendered_text import render_text
        from courseweek.render.markdown.rewriter import Rewriter

        load_converter(languages)
        with os.fdopen(requests, "rb") as asked, os.fdopen(answers, "wb") as answering:
            while True:
                wanted, targets = pickle.load(asked)
                for each in wanted:
                    rewrite = Rewriter(each.path, targets)
                    rendered = render_text(each.kind, each.text, rewrite, each.taken, each.colors)
                    pickle.dump((rendered, each.colors.used), answering)
                    answering.flush()
    finally:
        os._exit(0)

"""A process beside a build: it renders Markdown, and loads what that needs while the build still reads the course.

It costs only an idle core. Without one, or if the process ends, the build renders alone.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn, TypeVar

from courseweek.frozen import dataclass

if TYPE_CHECKING:
    from courseweek.render.markdown.code import Colors
    from courseweek.render.markdown.rendered_text import Kind, RenderedText

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Request:
    """A text to render for the page at `path`; `taken` are the ids that it must not have."""

    path: str
    kind: Kind
    text: str
    taken: frozenset[str]
    colors: Colors


@dataclass(frozen=True, slots=True)
class _Work:
    """Other work than texts: a function of a module, and what it is given."""

    work: Callable[[list[Any]], object]
    values: list[Any]


Answer = tuple["RenderedText", dict[str, str]]
"""The text as HTML, and the page's blocks of code in color so far."""


class Scribe:
    """The other process, as the build sees it."""

    def __init__(self, requests: BinaryIO, answers: BinaryIO) -> None:
        """Take the pipes to it and from it."""
        self._requests = requests
        self._answers = answers
        self._work: _Work | None = None
        self._is_awaited = False
        self._finished: object = None

    def start(self, work: Callable[[list[T]], object], values: list[T]) -> None:
        """Let the process do some work, a function of a module, before the texts that it is asked for next."""
        self._work = _Work(work, values) if values else None

    def finish(self) -> Any:
        """Return what came of this work, or None if there was none or the process is gone."""
        self._await()
        finished, self._finished = self._finished, None
        return finished

    def ask(self, requests: Sequence[Request], targets: frozenset[str]) -> None:
        """Hand over texts to render; `targets` are the paths to which a page can link.

        Work and texts go in one piece: while a second one was on its way, both processes could wait for each other.
        """
        if requests or self._work is not None:
            self._is_awaited = self._send((self._work, requests, targets)) and self._work is not None
            self._work = None

    def answer(self) -> Answer | None:
        """Return what became of the next of these texts, in their order, or None where the process is gone."""
        self._await()
        answer: Answer | None = self._receive()
        return answer

    def _await(self) -> None:
        """Take what came of the work, which is before all texts."""
        if self._is_awaited:
            self._finished, self._is_awaited = self._receive(), False

    def _send(self, request: object) -> bool:
        """Send a request, and say whether that went well."""
        with contextlib.suppress(OSError):
            pickle.dump(request, self._requests)
            self._requests.flush()
            return True
        return False

    def _receive(self) -> Any:
        try:
            return pickle.load(self._answers)
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
                work, wanted, targets = pickle.load(asked)
                if work is not None:
                    pickle.dump(work.work(work.values), answering)
                    answering.flush()
                for each in wanted:
                    rewrite = Rewriter(each.path, targets)
                    rendered = render_text(each.kind, each.text, rewrite, each.taken, each.colors)
                    pickle.dump((rendered, each.colors.used), answering)
                    answering.flush()
    finally:
        os._exit(0)

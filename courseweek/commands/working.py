"""What is said of a command that works on a course alone: who is there already, and what an interrupted one left."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from courseweek.commands.exits import FAILED
from courseweek.files.lock import Held
from courseweek.report.text import printable
from courseweek.roll.interruption import Interrupted, work_alone


def run_alone(source: Path, run: Callable[[Interrupted | None], int], nothing: str) -> int:
    """Run a command while no other one works on a course, and return its exit code.

    It gets what an interrupted one left, if there was one. `nothing` is what is said where it can't run, such as
    "Nothing was written".
    """
    with ExitStack() as stack:
        try:
            interrupted = stack.enter_context(work_alone(source))
        except Held as held:
            print(f"{nothing}: {printable(str(held))}; try again when it is done.", file=sys.stderr)
            return FAILED
        except OSError as error:
            why = f"{error.strerror or error} ({error.filename or source})"
            print(f"{nothing}: {printable(why)}.", file=sys.stderr)
            return FAILED
        if interrupted is not None:
            removed = f" Removed what it left: {', '.join(interrupted.removed)}." if interrupted.removed else ""
            said = f"An earlier `new-term` or `archive` was interrupted. Each file is whole, old or new.{removed}"
            print(printable(said), file=sys.stderr)
        return run(interrupted)

"""Why a text is not the value that is wanted, and what to write instead."""

from __future__ import annotations


class Misread(Exception):
    """A text that is not what is wanted: `message` says why in one clause, `help` the remedy.

    `write` is the one text that can be written instead, and the remedy if no other is given. `fixed` is the same,
    where only one meaning is possible.
    """

    def __init__(
        self,
        message: str,
        help: str | None = None,
        name: str = "bad-value",
        *,
        write: str | None = None,
        fixed: str | None = None,
    ) -> None:
        """Take the clause, the remedy, the diagnostic's name, the text to write and the fixed text."""
        super().__init__(message)
        self.message = message
        self.write = fixed if fixed is not None else write
        self.help = help if help is not None or self.write is None else f"write {self.write}"
        self.name = name
        self.fixed = fixed

"""Why a text is not the value that is wanted, and what to write instead."""

from __future__ import annotations


class Misread(Exception):
    """A text that is not what is wanted: `message` says why in one clause, `help` the remedy.

    `write` is the one text that can be written instead, and the remedy if no other is given. `fixed` is the same,
    where only one meaning is possible. `options` are several such texts, any of which may be meant.
    """

    def __init__(
        self,
        message: str,
        help: str | None = None,
        name: str = "bad-value",
        *,
        write: str | None = None,
        fixed: str | None = None,
        options: tuple[str, ...] = (),
    ) -> None:
        """Take the clause, the remedy, the diagnostic's name, the text to write, the fixed text and the options."""
        super().__init__(message)
        self.message = message
        self.write = fixed if fixed is not None else write
        self.options = options or (() if self.write is None else (self.write,))
        self.help = help if help is not None or not self.options else f"write {' or '.join(self.options)}"
        self.name = name
        self.fixed = fixed

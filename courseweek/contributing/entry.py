"""A suggested reading as lines of `readings.yaml`, whatever somebody typed.

Every text is in double quotes, so YAML sees in it neither a mark of its own nor another type. The page for
suggestions writes the same lines.
"""

from __future__ import annotations

from courseweek.frozen import dataclass


@dataclass(frozen=True, slots=True)
class SuggestedReading:
    """The fields of a reading, cleaned as `field_rules` says; those that are empty are not written."""

    title: str
    authors: tuple[str, ...] = ()
    venue: str = ""
    year: int | None = None
    url: str = ""
    pages: str = ""
    minutes: int | None = None
    note: str = ""

    def fields(self) -> list[tuple[str, str]]:
        """Return the keys that are written with their values as YAML, in the order of the file."""
        written = (
            ("title", quote(self.title)),
            ("authors", f"[{', '.join(quote(name) for name in self.authors)}]" if self.authors else ""),
            ("venue", quote(self.venue) if self.venue else ""),
            ("year", str(self.year or "")),
            ("url", quote(self.url) if self.url else ""),
            ("pages", quote(self.pages) if self.pages else ""),
            ("minutes", str(self.minutes or "")),
            ("note", quote(self.note) if self.note else ""),
        )
        return [(key, value) for key, value in written if value]

    def lines(self, indent: int) -> list[str]:
        """Return the item of a list, its dash after `indent` spaces."""
        first, *rest = [f"{key}: {value}" for key, value in self.fields()]
        spaces = " " * indent
        return [f"{spaces}- {first}", *(f"{spaces}  {line}" for line in rest)]

    def between_braces(self) -> str:
        """Return the item of a list between brackets."""
        return "{" + ", ".join(f"{key}: {value}" for key, value in self.fields()) + "}"


def quote(text: str) -> str:
    r"""Return a cleaned text in double quotes, with `\` before each `\` and `"`."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

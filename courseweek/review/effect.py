"""What a change does to a site, as a list that a terminal and the summary of a job show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from courseweek.frozen import dataclass
from courseweek.report.inert import write_inert
from courseweek.report.text import disarm, printable

MOST_EFFECTS = 100
"""Of more lines, and of more details and rows of one, only the number is given."""
LONGEST_SUMMARY = 200_000
"""Characters of the Markdown; the log has the rest."""
LONGEST_TEXT = 300
"""The rest of a longer text is left out (characters)."""
NOTHING = "Nothing on the site changes"


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A line of the site as a reader sees it: a title, and what is in small type after it."""

    title: str
    rest: str = ""

    def __str__(self) -> str:
        return f"{self.title} · {self.rest}" if self.rest else self.title


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that a change does: a sentence, details below it, and the rows of the site that it makes."""

    text: str
    details: tuple[str, ...] = ()
    rows: tuple[ShownRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """What a change does, or why it does nothing; `unknown` says why that can't be known, if it can't."""

    effects: tuple[Effect, ...] = ()
    reasons: tuple[str, ...] = ()
    unknown: str = ""

    def describe(self) -> dict[str, Any]:
        """Return the review as values of JSON."""
        return {
            "changes": [
                {"text": each.text, "details": list(each.details), "rows": list(map(str, each.rows))}
                for each in self.effects
            ],
            "reasons": list(self.reasons),
            "unknown": self.unknown or None,
        }

    def format_text(self) -> str:
        """Return the review for a terminal or a log: nothing in it is a command there."""
        return "".join(f"{line}\n" for line in self._write_lines())

    def _write_lines(self) -> Iterator[str]:
        if self.unknown:
            yield f"What changes is not known: {printable(self.unknown)}."
            return
        if not self.effects:
            reasons = "; ".join(map(printable, self.reasons))
            yield f"{NOTHING}{f': {reasons}' if reasons else ''}."
            return
        lines = list(_limit(self.effects))
        if len(lines) == 1 and not lines[0].details and not lines[0].rows:
            yield f"Your change: {printable(lines[0].text)}"
            return
        yield "Your change:"
        for effect in lines:
            yield f"- {printable(effect.text)}"
            yield from (f"  - {printable(each)}" for each in effect.details)
            yield from (disarm(f"    {printable(str(row))}") for row in effect.rows)

    def format_markdown(self) -> str:
        """Return the review for the summary of a job: what anybody wrote is text there."""
        head = "## Your change\n\n"
        if self.unknown:
            return f"{head}What changes is not known: {write_inert(self.unknown)}.\n"
        if not self.effects:
            reasons = "".join(f"- {write_inert(each)}\n" for each in self.reasons)
            return f"{head}**{NOTHING}.**\n" + (f"\n{reasons}" if reasons else "")
        lines: list[str] = []
        for effect in _limit(self.effects):
            lines.append(f"- {write_inert(effect.text)}")
            lines += [f"  - {write_inert(each)}" for each in effect.details]
            for row in effect.rows:
                rest = f" · {write_inert(row.rest)}" if row.rest else ""
                lines += ["", f"  > **{write_inert(row.title)}**{rest}", ""]
        text = head + "\n".join(lines).rstrip("\n") + "\n"
        if len(text) <= LONGEST_SUMMARY:
            return text
        return text[:LONGEST_SUMMARY].rpartition("\n")[0] + "\n\nThe rest is in the log of this step.\n"


def _limit(effects: tuple[Effect, ...]) -> Iterator[Effect]:
    """Yield the effects that are shown, each with the details and rows that are."""
    for each in effects[:MOST_EFFECTS]:
        more = len(each.details) - MOST_EFFECTS
        details = (*each.details[:MOST_EFFECTS], *([f"{more:,} more"] if more > 0 else []))
        unshown = len(each.rows) - MOST_EFFECTS
        rows = (*each.rows[:MOST_EFFECTS], *([ShownRow(f"{unshown:,} more")] if unshown > 0 else []))
        yield Effect(each.text, details, rows)
    if len(effects) > MOST_EFFECTS:
        yield Effect(f"{len(effects) - MOST_EFFECTS:,} more")


def shorten_text(text: str) -> str:
    """Return a text on one line, without the end of a long one."""
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1].rstrip()}…"

"""Numbers in words, for the closing line of a command."""

from __future__ import annotations

from courseweek.plan.plan import Plan


def count(number: int, noun: str) -> str:
    """Return a number with its noun: "1 page", "2 pages", "no pages"."""
    return f"{number} {noun}" if number == 1 else f"{number or 'no'} {noun}s"


def count_problems(errors: int, warnings: int) -> str:
    """Return the number of errors, and that of warnings if there are any."""
    words = [count(errors, "error")] if errors or not warnings else []
    return ", ".join([*words, *([count(warnings, "warning")] if warnings else [])])


def treated_by_strict(warnings: int) -> str:
    """Return the end of a sentence about warnings that fail a command with `--strict`."""
    return f", which --strict treats as {'an error' if warnings == 1 else 'errors'}"


def count_unnamed(unnamed: tuple[str, ...]) -> str:
    """Return the number of files of `assets/` that no page names, with a comma before it; nothing if there are none."""
    return f", {count(len(unnamed), 'file')} in assets/ that no page names" if unnamed else ""


def count_carried(plan: Plan) -> str:
    """Return how much of `carryover.yaml` nobody has confirmed, after a semicolon; nothing if all is."""
    number = sum(len(keys) for keys in plan.course.carried.values())
    return f"; {count(number, 'line')} of carryover.yaml to confirm" if number else ""


def count_site(plan: Plan) -> str:
    """Return how many pages, meetings and readings a site has."""
    meetings = sum(1 for row in plan.schedule.all_meetings if row.pause is None)
    readings = len(plan.schedule.readings)
    return ", ".join((count(len(plan.pages), "page"), count(meetings, "meeting"), count(readings, "reading")))

"""Courses of any size for the benchmarks, made up and the same each time."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

FIRST_DAY = date(2027, 1, 25)
WORDS = ("scalable", "learned", "sparse", "cached", "mixed", "robust", "private", "dense", "hybrid", "staged")
NOUNS = ("storage", "training", "serving", "routing", "pruning", "search", "placement", "indexing", "sampling")


def write_course(folder: Path, weeks: int, readings: int) -> None:
    """Write a course of so many weeks with so many readings, spread over its meetings, two thirds of them required."""
    folder.mkdir(parents=True, exist_ok=True)
    last = FIRST_DAY + timedelta(weeks=weeks - 1)
    topics = "".join(f"  - {{topic: {_title(number)}, id: meeting-{number}}}\n" for number in range(weeks))
    (folder / "syllabus.yaml").write_text(
        f"course: Systems at Scale\nterm:\n  starts: {FIRST_DAY}\n  ends: {last}\n  timezone: America/Los_Angeles\n"
        f"  meets: {{day: Monday, time: 13:00-16:00}}\nschedule:\n{topics}",
        encoding="utf-8",
    )
    lists = [f"meeting-{week}:\n{_list(range(week, readings, weeks))}" for week in range(weeks)]
    (folder / "readings.yaml").write_text("".join(lists), encoding="utf-8")


def _list(numbers: range) -> str:
    required, optional = numbers[: 2 * len(numbers) // 3 + 1], numbers[2 * len(numbers) // 3 + 1 :]
    text = "  required:\n" + "".join(map(_reading, required))
    return text + ("  optional:\n" + "".join(map(_reading, optional)) if optional else "")


def _reading(number: int) -> str:
    """Return a reading as people write them: in full, in braces, or as a line of Markdown."""
    title, address = f"{_title(number)} ({number})", f"https://example.org/papers/{number}.pdf"
    if number % 5 == 1:
        return f"    - {{title: {title}, url: {address}}}\n"
    if number % 5 == 3:
        return f'    - "[{title}]({address}) gives **another** view of it."\n'
    return (
        f'    - title: "{title}: What We Have Learned"\n      url: {address}\n'
        f"      authors: [A. Author {number % 97}, B. Author {number % 89}]\n      venue: Venue {2000 + number % 27}\n"
        f"      note: Read sections 1 to {number % 7 + 1}.\n"
    )


def _title(number: int) -> str:
    words = WORDS[number % 10], WORDS[number // 10 % 10], NOUNS[number // 100 % 9]
    return " ".join(words).capitalize()

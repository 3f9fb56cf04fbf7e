"""Issues as GitHub makes them of the form "Suggest a reading"."""

from __future__ import annotations

from courseweek.contributing.issue_form import ADDRESS, LIST, MEETING, OPTIONAL, TITLE, WHY


def fill_form(**changed: str) -> str:
    """Return the text of an issue with these answers changed: `title`, `address`, `meeting`, `list`, `why`."""
    answers = {
        "title": "New",
        "address": "https://example.org/new",
        "meeting": "intro",
        "list": OPTIONAL,
        "why": "_No response_",
    }
    answers |= changed
    questions = (TITLE, ADDRESS, MEETING, LIST, WHY)
    return "\n\n".join(f"### {each}\n\n{answer}" for each, answer in zip(questions, answers.values(), strict=True))

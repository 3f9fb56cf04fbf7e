"""The answers of the form "Suggest a reading", as GitHub puts them into the text of an issue.

Each question is a heading, with the answer below it. Anybody can write such a text by hand, so it may hold anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from courseweek.contributing.entry import SuggestedReading
from courseweek.contributing.field_rules import ADDRESS_CLEANING, clean_text
from courseweek.frozen import dataclass

TITLE, ADDRESS, MEETING, LIST, WHY = QUESTIONS = (
    "Title",
    "Address",
    "Meeting",
    "For whom",
    "Why people should read it",
)
"""The labels of `ISSUE_TEMPLATE/reading.yml`, by which the answers are found."""
REQUIRED, OPTIONAL = "Required, for everybody before class", "Optional, as further reading"
"""The choices of `For whom`."""
NO_ANSWER = "_No response_"
"""What GitHub writes for a question without an answer."""
_FIELD = re.compile(
    r"authors: (?P<authors>.+)|venue: (?P<venue>.+)|year: (?P<year>[1-9]\d{3})|pages: (?P<pages>.+)"
    r"|minutes: (?P<minutes>[1-9]\d{0,3})",
    re.ASCII,
)
LONGEST_CLEANED = 2_000
"""A longer address (characters) stays as it is: the patterns take long for it."""
LONGEST_SHOWN = 80
"""Characters of an answer that a message repeats."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody suggests: the reading, the meeting as they call it, and which of its lists."""

    entry: SuggestedReading
    meeting: str
    required: bool


def read_answers(text: str) -> Answers | list[str]:
    """Return the answers that a text holds, or sentences that say what is wrong with it."""
    sections = list(_divide(text))
    names = [name for name, _ in sections]
    problems = [f"The question “{each}” is there twice." for each in QUESTIONS if names.count(each) > 1]
    why, fields = _take_fields(next((answer for name, answer in sections if name == WHY), ""))
    sections = [(name, clean_text(why if name == WHY else answer)) for name, answer in sections]
    answers = {name: "" if answer == NO_ANSWER else answer for name, answer in sections}
    answers[ADDRESS] = _clean_address(answers.get(ADDRESS, ""))
    for question in (TITLE, ADDRESS, MEETING):
        if question not in names:
            problems.append(f"The question “{question}” is missing: write `### {question}` above its answer.")
        elif not answers[question]:
            problems.append(f"The question “{question}” has no answer.")
    choice = answers.get(LIST, "")
    if choice not in ("", REQUIRED, OPTIONAL):
        problems.append(f"The answer to “{LIST}” is “{shorten(choice)}”, which is not one of its choices.")
    if problems:
        return problems
    entry = SuggestedReading(
        title=answers[TITLE],
        url=answers[ADDRESS],
        note=answers.get(WHY, ""),
        authors=tuple(filter(None, map(clean_text, fields.get("authors", "").split(";")))),
        venue=clean_text(fields.get("venue", "")),
        year=int(fields["year"]) if "year" in fields else None,
        pages=clean_text(fields.get("pages", "")),
        minutes=int(fields["minutes"]) if "minutes" in fields else None,
    )
    return Answers(entry, answers[MEETING], choice == REQUIRED)


def shorten(answer: str) -> str:
    """Return the beginning of an answer, as a message repeats it."""
    return answer if len(answer) <= LONGEST_SHOWN else f"{answer[:LONGEST_SHOWN]}…"


def _clean_address(address: str) -> str:
    if len(address) <= LONGEST_CLEANED:
        for pattern, replacement in ADDRESS_CLEANING:
            address = re.sub(pattern, replacement, address)
    return address


def _take_fields(answer: str) -> tuple[str, dict[str, str]]:
    """Return an answer without the lines at its end into which the page for suggestions puts other fields, and these.

    A line of another shape, and one that is there twice, is text.
    """
    lines, fields = answer.rstrip().split("\n"), dict[str, str]()
    while (found := _FIELD.fullmatch(lines[-1].rstrip()) if lines else None) and found.lastgroup not in fields:
        fields[str(found.lastgroup)] = found[str(found.lastgroup)]
        lines.pop()
    return "\n".join(lines), fields


def _divide(text: str) -> Iterator[tuple[str, str]]:
    """Yield each heading with what is below it.

    Lines end with a line feed. The answer to the last question is the only one of several lines: headings in it are
    its text. What is below a heading of another name belongs to a question of the course's own.
    """
    name: str | None = None
    answer: list[str] = []
    for line in re.split(r"\r\n?|\n", text):
        if name == WHY or not line.startswith("### "):
            answer.append(line)
            continue
        if name is not None:
            yield name, "\n".join(answer)
        name, answer = line.removeprefix("### ").strip(), []
    if name is not None:
        yield name, "\n".join(answer)

"""The course that all builders lay out: made up, and the same each time.

Each note has words, code and formulas of its own, so that nothing that a builder remembers by content makes a first
build cheaper.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

TITLE = "Systems at Scale"
FIRST_DAY = date(2027, 1, 25)
TODAY = date(2027, 3, 10)
WEEKS = 16
READINGS = 60
_FIRST_WORD = "first0"
_TEXT = (
    "batch cache cluster gradient kernel latency layer memory model network node operator parameter pipeline plan"
    " queue replica request schedule shard storage stream tensor throughput token trace update vector weight worker"
    " that with from into over under after before while when each every most some two three is holds moves keeps takes"
    " gives shows needs leaves makes costs less more faster slower again together alone at once in part on average"
)
_WORDS = _TEXT.split()
_NAMES = ("Ada", "Grace", "Alan", "Edsger", "Barbara", "Donald", "Frances", "Niklaus")


@dataclass(frozen=True, slots=True)
class Reading:
    id: str
    title: str
    authors: str
    venue: str
    url: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Meeting:
    id: str
    topic: str
    description: str
    held_on: date
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A page of Markdown about a reading; `word` stands in its last line and nowhere else."""

    name: str
    title: str
    author: str
    reading: str
    word: str = _FIRST_WORD

    @property
    def text(self) -> str:
        return _write_text(self)


@dataclass(frozen=True, slots=True)
class Course:
    meetings: tuple[Meeting, ...]
    notes: tuple[Note, ...]

    @property
    def readings(self) -> tuple[Reading, ...]:
        return tuple(reading for meeting in self.meetings for reading in meeting.readings)


def make_course(notes: int, weeks: int = WEEKS, readings: int = READINGS) -> Course:
    """Return a course of so many notes; its readings are spread over the weeks, and the notes over the readings."""
    meetings = tuple(
        Meeting(
            id=f"meeting-{week}",
            topic=_make_title(week),
            description=f"How to {_make_words(Random(week), 12)}.",
            held_on=FIRST_DAY + timedelta(weeks=week),
            readings=tuple(_make_reading(number) for number in range(week, readings, weeks)),
        )
        for week in range(weeks)
    )
    return Course(meetings, tuple(_make_note(number, number % readings) for number in range(notes)))


def change_reading(course: Course, word: str) -> Course:
    """Return the course with another title for its first reading, which ends with the word."""
    first, *others = course.meetings[0].readings
    changed = replace(first, title=f"{_make_title(100)} {word}")
    return replace(course, meetings=(replace(course.meetings[0], readings=(changed, *others)), *course.meetings[1:]))


def change_note(note: Note, word: str) -> Note:
    """Return the note with another last word."""
    return replace(note, word=word)


def _make_reading(number: int) -> Reading:
    return Reading(
        id=f"reading-{number}",
        title=f"{_make_title(100 + number)}: What We Have Learned",
        authors=f"A. Author {number % 97}, B. Author {number % 89}",
        venue=f"Venue {2000 + number % 27}",
        url=f"https://example.org/papers/{number}.pdf",
        optional=number % 3 == 2,
    )


def _make_note(number: int, reading: int) -> Note:
    title = f"{_make_title(1000 + number)} in one page"
    return Note(f"note-{number}", title, _NAMES[number % len(_NAMES)], f"reading-{reading}")


def _make_title(seed: int) -> str:
    return _make_words(Random(seed), 4).capitalize()


def _make_words(random: Random, count: int) -> str:
    return " ".join(random.choices(_WORDS, k=count))


def _write_text(note: Note) -> str:
    """Return about 4.6 KB of Markdown: headings, emphasis, lists, links, a table, code and formulas."""
    number = int(note.name.removeprefix("note-"))
    random = Random(number)
    sections = "".join(_write_section(random, section, number) for section in range(4))
    rows = "".join(
        f"| {_make_words(random, 2)} | {random.randrange(1000)} | {random.random():.3f} |\n" for _ in range(6)
    )
    return f"""{_write_paragraph(random)}
{sections}
## What was measured

| Work | Nodes | Seconds |
| --- | ---: | ---: |
{rows}
{_write_code(random, number)}
## What it costs

Each of the $n_{{{number}}}$ workers sends $2(n - 1) d / n$ numbers, so that a step takes

$$
T(n, d) = \\alpha_{{{number}}} \\log n + \\frac{{2(n - 1)}}{{n}} \\cdot \\frac{{d}}{{\\beta}}
$$

{_write_paragraph(random)}
The last word is {note.word}.
"""


def _write_section(random: Random, section: int, number: int) -> str:
    items = "".join(f"- {_make_words(random, 9).capitalize()}, *{_make_words(random, 2)}*.\n" for _ in range(3))
    return f"""
## {_make_words(random, 4).capitalize()}

{_write_paragraph(random)}
{items}
More in [section {section}](https://example.org/{number}/{section}) and on [the schedule](../index.html).
"""


def _write_paragraph(random: Random) -> str:
    sentences = (f"{_make_words(random, 13).capitalize()} **{_make_words(random, 2)}**." for _ in range(4))
    return " ".join(sentences) + "\n"


def _write_code(random: Random, number: int) -> str:
    first, second, third = random.sample(_WORDS[:30], k=3)
    return f"""```python
def {first}_{number}({second}: list[float], {third}: int = {number}) -> dict[str, float]:
    \"\"\"Return the {first} of each {second}.\"\"\"
    found = {{}}
    for index, {first} in enumerate({second}):
        if index % {third} == 0 and {first} > {random.random():.2f}:
            found[f"{second}-{{index}}"] = {first} ** 2 / {random.randrange(1, 99)}  # {_make_words(random, 3)}
    return found
```
"""

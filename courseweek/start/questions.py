"""Questions: on a terminal one after another, each with a guess, and again until it is right; those of a new course."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

from courseweek.frozen import dataclass
from courseweek.read.values.misread import Misread
from courseweek.start.answers import check_answer, read_first_day
from courseweek.start.details import TEMPLATES

Ask = Callable[[str], str]
"""Shows a text and returns the line that somebody types; raises `EOFError` at the end of the input."""
Show = Callable[[str], None]

NONE = "-"
"""What one types for no answer where a guess is offered."""


@dataclass(frozen=True, slots=True)
class Guesses:
    """What is known before anybody is asked: the day, the computer's time zone, the address of the repository."""

    today: date
    timezone: str | None = None
    repository: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question by the name of its option: what is asked, and an example of an answer.

    There may be no answer if it `is_optional`. The lines `before` are shown before the question.
    """

    name: str
    words: str
    example: str
    is_optional: bool = False
    before: tuple[str, ...] = ()


QUESTIONS = (
    Question("title", "Title of the course", "Machine Learning Systems"),
    Question("institution", "Institution", "UC Berkeley", is_optional=True),
    Question("starts", "First day of the term", "2027-01-25"),
    Question("ends", "Last day of classes", "2027-05-07"),
    Question("days", "Days of the week", "Mon,Wed"),
    Question("time", "Time of the class", "10:00-11:30"),
    Question("place", "Place", "Soda 405", is_optional=True),
    Question("timezone", "Time zone", "America/Los_Angeles"),
    Question("repository", "Web address of its repository", "https://github.com/example/course", is_optional=True),
    Question(
        "from",
        "Start from",
        "seminar",
        is_optional=True,
        before=("A course can start from one of these:", *(f"  {name:15}{words}" for name, words in TEMPLATES.items())),
    ),
)


def ask_all(texts: dict[str, str], guesses: Guesses, ask: Ask, show: Show) -> None:
    """Ask what is missing in `texts`, and put each answer there; a wrong one is shown with its remedy, and asked again.

    `EOFError` and `KeyboardInterrupt` come from `ask`.
    """
    for question in QUESTIONS:
        if question.name not in texts:
            answer = ask_until_right(
                question, texts, guess_answer(question.name, texts, guesses), check_answer, ask, show
            )
            if answer is not None:
                texts[question.name] = answer


def list_missing(texts: Iterable[str]) -> list[Question]:
    """Return the questions without which a course can't be made, and that have no answer in `texts`."""
    given = set(texts)
    return [each for each in QUESTIONS if not each.is_optional and each.name not in given]


def describe_missing(missing: Iterable[Question], *, at_terminal: bool = False) -> str:
    """Return what is said of questions without an answer where nobody is asked: without a terminal, or on one."""
    lines = [f"courseweek: these options are missing{'' if at_terminal else ', and there is no terminal to ask on'}:"]
    for each in missing:
        example = f'"{each.example}"' if " " in each.example else each.example
        lines.append(f"  --{f'{each.name} {example}':32} {each.words.lower()}")
    return "\n".join(lines)


def guess_answer(name: str, texts: dict[str, str], guesses: Guesses) -> str | None:
    """Return the likely answer to a question after those given before it, or None."""
    known = {
        "starts": guess_first_day(guesses.today).isoformat(),
        "ends": guess_last_day(read_first_day(texts)).isoformat() if "starts" in texts else None,
        "days": "Mon, Wed",
        "time": "10:00-11:30",
        "timezone": guesses.timezone,
        "repository": guesses.repository,
        "from": "smallest",
    }
    return known.get(name)


def guess_first_day(today: date) -> date:
    """Return the first day of the next term by the usual calendar: the last Monday of January or of August."""
    for year in (today.year, today.year + 1):
        for month in (1, 8):
            last = date(year, month, 31)
            monday = last - timedelta(days=last.weekday())
            if monday >= today:
                return monday
    raise AssertionError("a term begins every year")


def guess_last_day(starts: date) -> date:
    """Return the Friday of the fifteenth week of a term."""
    return starts - timedelta(days=starts.weekday()) + timedelta(weeks=14, days=4)


def ask_until_right(
    question: Question,
    texts: Mapping[str, str],
    guess: str | None,
    check: Callable[[str, Mapping[str, str]], None],
    ask: Ask,
    show: Show,
) -> str | None:
    """Ask a question and return the first answer that passes `check`; None for no answer to an optional one.

    `texts` are the answers that were given before. `check` takes the name of the question and all answers with the new
    one, and raises `Misread`, which is shown. Without anything typed, the answer is the `guess`.
    """
    note = " (- for none)" if question.is_optional and question.name == "repository" and guess else ""
    offered = f"{note} [{guess}]" if guess is not None else " [none]" if question.is_optional else ""
    for line in question.before:
        show(line)
    while True:
        typed = ask(f"{question.words}{offered}: ").strip()
        if question.is_optional and (typed == NONE or not (typed or guess)):
            return None
        answer = typed or guess
        if answer is None:
            show(f"  the course needs an answer, such as {question.example}")
            continue
        try:
            check(question.name, {**texts, question.name: answer})
        except Misread as misread:
            show(f"  {misread.message}; {misread.help}" if misread.help else f"  {misread.message}")
        else:
            return answer

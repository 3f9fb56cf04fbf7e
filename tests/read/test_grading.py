"""Grading: weights, sums, what is left for the part without a number."""

from __future__ import annotations

from pathlib import Path
from textwrap import indent

import pytest

from courseweek.model.grading import GradePart, format_weight
from tests.mini import Mini, lines, read_mini, term

HEAD = term("starts: 2027-01-25\nends: 2027-02-01\nmeets: {day: Monday}")


def grade(folder: Path, text: str, more: str = "") -> Mini:
    return read_mini(folder, HEAD + "grading:\n" + indent("\n".join(lines(text)), "  ") + "\n" + more)


def show(part: GradePart) -> str:
    """Return a part as `NAME WEIGHT (INNER, …) or (ALTERNATIVE | …)`."""
    words = [part.name] if part.weight is None else [part.name, format_weight(part.weight)]
    if part.parts:
        words.append(f"({', '.join(map(show, part.parts))})")
    if part.any_of:
        words.append(f"({' | '.join(map(show, part.any_of))})")
    return " ".join(words)


def schemes(mini: Mini) -> list[str]:
    assert mini.course is not None
    return [
        ": ".join([*([each.name] if each.name else []), ", ".join(map(show, each.parts))])
        for each in mini.course.syllabus.grading
    ]


RIGHT = {
    "{Exam: 100%}": "Exam 100%",
    "Exam:": "Exam 100%",
    "{Exam: 60%, Homework: 40%}": "Exam 60%, Homework 40%",
    "{Exam: 62.5 %, Homework: 37.5%}": "Exam 62.5%, Homework 37.5%",
    "{Exam: 33.3333%, A: 33.3333%, B: }": "Exam 33.3333%, A 33.3333%, B 33.3334%",
    # One part without a number gets what is missing.
    "{Exam: 60%, Homework: }": "Exam 60%, Homework 40%",
    "{Taking part: [Talking, Listening], Exam: 80%}": "Taking part 20% (Talking, Listening), Exam 80%",
    "{Taking part: [Talking], Exam: 80%}": "Taking part 20% (Talking), Exam 80%",
    "{Exam: 60%, Homework: {note: All of it.}}": "Exam 60%, Homework 40%",
    # Several of one weight.
    "{Homework: 2 x 10%, Exam: 80%}": "Homework 20%, Exam 80%",
    "{Homework: 4×10 %, Exam: 60%}": "Homework 40%, Exam 60%",
    "{Homework: {weight: 3*20%}, Exam: 40%}": "Homework 60%, Exam 40%",
    # Inner parts add up to their parent or, as shares of it, to 100%.
    "{P: {weight: 40%, parts: {A: 10%, B: 30%}}, Q: 60%}": "P 40% (A 10%, B 30%), Q 60%",
    "{P: {weight: 40%, parts: {A: 25%, B: 75%}}, Q: 60%}": "P 40% (A 25%, B 75%), Q 60%",
    "{P: {weight: 40%, parts: {A: 10%, B: }}, Q: 60%}": "P 40% (A 10%, B 30%), Q 60%",
    "{P: {weight: 40%, parts: {A: 50%, B: }}, Q: 60%}": "P 40% (A 50%, B 50%), Q 60%",
    "{P: {weight: 40%, parts: {A: , B: }}, Q: 60%}": "P 40% (A, B), Q 60%",
    "{P: {parts: {A: 10%, B: 30%}}, Q: 60%}": "P 40% (A 10%, B 30%), Q 60%",
    # Alternatives are worth the whole each.
    "{P: {weight: 40%, any_of: {A: , B: 40%}}, Q: }": "P 40% (A 40% | B 40%), Q 60%",
    "{P: {weight: 40%, any_of: [A, B]}, Q: 60%}": "P 40% (A 40% | B 40%), Q 60%",
    "{P: {weight: 40%, any_of: {A: [C, D], B: {parts: {E: 30%, F: 70%}}}}, Q: 60%}": (
        "P 40% (A 40% (C, D) | B 40% (E 30%, F 70%)), Q 60%"
    ),
}


@pytest.mark.parametrize("text", RIGHT)
def test_one_scheme(text: str, tmp_path: Path) -> None:
    mini = grade(tmp_path, text)
    assert mini.found == []
    assert schemes(mini) == [RIGHT[text]]


def test_schemes_by_name(tmp_path: Path) -> None:
    text = """
    - scheme: 1-credit section
      note: For *most*.
      parts: {Participation: 50%, Reviews: 50%}
    - {scheme: 3-credit section, parts: {Participation: 20%, Reviews: 20%, Project: }}
    """
    mini = grade(tmp_path, text, "assignments: [{title: Project, for: 3-credit section}]\n")
    assert mini.found == []
    assert schemes(mini) == [
        "1-credit section: Participation 50%, Reviews 50%",
        "3-credit section: Participation 20%, Reviews 20%, Project 60%",
    ]
    assert mini.course is not None
    assert [each.note for each in mini.course.syllabus.grading] == ["For *most*.", None]


def test_one_scheme_by_name_needs_no_list(tmp_path: Path) -> None:
    assert schemes(grade(tmp_path, "{scheme: All, parts: {Exam: 100%}}")) == ["All: Exam 100%"]


def test_what_was_written_is_kept(tmp_path: Path) -> None:
    mini = grade(tmp_path, "{Homework: {weight: 2 x 10%, note: the lowest is dropped}, Exam: }")
    assert mini.course is not None
    homework, exam = mini.course.syllabus.grading[0].parts
    assert (homework.written, homework.note, exam.written) == ("2 × 10%", "the lowest is dropped", None)


WRONG = {
    "{Exam: 60%, Homework: 43%}": [("wrong-sum", "the parts of the grade add up to 103%, not 100%", "grading")],
    "{Exam: 60%, Homework: 37%}": [("wrong-sum", "the parts of the grade add up to 97%, not 100%", "grading")],
    "{A: 33.3%, B: 33.3%, C: 33.3%}": [("wrong-sum", "the parts of the grade add up to 99.9%, not 100%", "grading")],
    "{Exam: 60%, A: , B: }": [
        ("missing-weight", "`A` and `B` have no weight; only one part of the grade can go without", "B")
    ],
    "{Exam: 100%, A: }": [("wrong-sum", "nothing is left for `A`: the other parts of the grade add up to 100%", "A")],
    "{P: {weight: 40%, parts: {A: 10%, B: 20%}}, Q: 60%}": [
        ("wrong-sum", "the parts of `P` add up to 30%, not 40% (or 100% as shares of it)", "P")
    ],
    "{P: {weight: 40%, any_of: {A: 30%, B: 40%}}, Q: 60%}": [
        ("wrong-sum", "`A` has 30%, but each alternative is worth all of `P`", "A")
    ],
    "{P: {weight: 40%, any_of: [A], parts: [B]}, Q: 60%}": [
        ("contradiction", "a part has either `parts` or `any_of`, not both", "any_of")
    ],
    "{Exam: 60, Homework: 40%}": [("bad-weight", "`60` is not a weight", "60")],
    "{Exam: {weight: most}}": [("bad-weight", "`most` is not a weight", "most")],
    "Exam": [("wrong-shape", "grading is written as parts with weights", "Exam")],
    "{Exam: {wieght: 100%}}": [("unknown-key", "a part of the grade has no key `wieght`", "wieght")],
    "[{parts: {Exam: 100%}}]": [("missing-key", "a grading scheme needs `scheme`", "parts")],
    "{scheme: All, parts: 100%}": [("wrong-shape", "parts are names with weights", "100%")],
}


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong(text: str, tmp_path: Path) -> None:
    mini = grade(tmp_path, text)
    found = [(each.name, each.message, each.span.text) for each in mini.diagnostics]
    assert found == WRONG[text]


def test_an_unknown_scheme(tmp_path: Path) -> None:
    text = "[{scheme: 3-credit section, parts: {Exam: 100%}}]"
    mini = grade(tmp_path, text, "assignments: [{title: A, for: 3-credits section}, {title: B, for: others}]\n")
    assert [(each.message, each.span.text, each.help) for each in mini.diagnostics] == [
        ("no grading scheme is called `3-credits section`", "3-credits section", "did you mean `3-credit section`?"),
        ("no grading scheme is called `others`", "others", "the schemes are `3-credit section`"),
    ]


# What stands where a weight belongs: the remedy, and the text after the fix, None where the guess is not sure.
LOOSE = {
    "40 percent": ("write 40%", "40%"),
    "40 per cent": ("write 40%", "40%"),
    "12,5%": ("write 12.5%", "12.5%"),
    "2 times 10%": ("write 2 x 10%", "2 x 10%"),
    "2 x 10 percent": ("write 2 x 10%", "2 x 10%"),
    "40": ("write 40%", None),
    "0.4": ("write 40%", None),
    "0.125": ("write 12.5%", None),
    "0.4%%": ("write one such as 20% or 2 x 10%", None),
    "40 points": ("write 40%", None),
    "about 40%": ("write 40%", None),
    "a lot": ("write one such as 20% or 2 x 10%", None),
}


@pytest.mark.parametrize("text", LOOSE)
def test_the_weight_that_was_meant(text: str, tmp_path: Path) -> None:
    (wrong,) = grade(tmp_path, f"{{Exam: '{text}', Homework: 60%}}").diagnostics
    assert (wrong.name, wrong.message) == ("bad-weight", f"`{text}` is not a weight")
    assert (wrong.help, wrong.fix[0].text if wrong.fix else None) == LOOSE[text]


SUMS = {
    "{Exam: 60%, Homework: 43%}": (
        "60% + 43% = 103%, 3% too much; the smallest change is Exam: 57%",
        "Exam",
        "`Exam` is the largest part: 60%",
    ),
    "{Exam: 2 x 20%, Homework: 2 x 25%}": ("2 × 20% + 2 × 25% = 90%, 10% too little", None, None),
    "[{scheme: All, parts: {Exam: 60%, Homework: 37%}}]": (
        "60% + 37% = 97%, 3% too little; the smallest change is Exam: 63%",
        "Exam",
        "`Exam` is the largest part: 60%",
    ),
    "{Exam: 120%, Homework: 120%}": ("120% + 120% = 240%, 140% too much", None, None),
}


@pytest.mark.parametrize("text", SUMS)
def test_what_a_sum_lacks(text: str, tmp_path: Path) -> None:
    (wrong,) = grade(tmp_path, text).diagnostics
    assert wrong.span.text == ("All" if "All" in text else "grading")
    other = wrong.other
    assert (wrong.help, other[0].text if other else None, other[1] if other else None) == SUMS[text]


def test_an_empty_list_of_schemes_counts_as_no_list(tmp_path: Path) -> None:
    mini = read_mini(tmp_path, HEAD + "grading: []\n")
    assert mini.course is not None
    assert mini.course.syllabus.grading == ()
    assert mini.found == []

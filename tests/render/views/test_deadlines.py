"""Deadlines on pages: what moved, what each of a series is for, where to hand in, and an assignment's own page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.sites import run_cli, write_course

SYLLABUS = """\
course: Knots
term:
  starts: 2027-01-25
  ends: 2027-02-15
  timezone: America/Los_Angeles
  meets: {day: Monday, time: 13:00-16:00, kind: Lecture}
schedule:
  - {topic: Bends, id: bends, page: about-bends}
  - {topic: Hitches, id: hitches, forms: {quiz: https://example.edu/hitches}}
  - {topic: TBD, times: 2}
assignments:
  - id: essay
    title: Essay
    out: 2027-01-26
    due: 2027-02-08 17:00
    was: 2027-02-06
    accepted_until: 2 days after essay
    group: 2-3
    page: essay.md
    form: https://example.edu/essay
  - {id: quiz, title: Quiz, each: meeting, due: start, instead: {bends: TBD}, form: https://example.edu/quiz}
  - id: project
    title: Project
    url: https://example.edu/project
    milestones:
      - {title: Plan, due: 2027-02-10, was: 2027-02-12, page: plan}
      - {title: Report, due: TBD, was: 2027-02-14 12:00, weight: 60%}
grading: {Essay: 30%, Quizzes: 20%, Project: 50%}
"""
PAGES = {f"content/{name}.md": f"# On {name}\n\nText.\n" for name in ("essay", "plan", "about-bends", "policies")}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    course = write_course(tmp_path_factory.mktemp("course"), {"syllabus.yaml": SYLLABUS, **PAGES})
    ran = run_cli("--source", course, "--today", "2027-01-31")
    assert ran.code == 0, ran.err
    return course / "_site"


def text_of(html: str) -> str:
    """Return the words of HTML on one line."""
    return " ".join(re.sub(r"<[^>]*>", "", html).split())


def agenda(site: Path) -> list[str]:
    """Return the dates to come and those that are past, a line each; a folded list is between its word and a dot."""
    html = (site / "deadlines.html").read_text(encoding="utf-8").partition('<ol class="coming">')[2]
    html = (
        html.partition("</section>")[0].replace("</p>\n<div>", ": ").replace("</p>\n<p", "</p> · <p").replace("\n", " ")
    )
    for tag in ("<li", "<summary", "</details"):
        html = html.replace(tag, f"\n{tag}")
    html = html.replace("</details>", ".").replace("</summary>", ":")
    return [text for line in html.splitlines() if (text := text_of(line))]


def test_all_dates_say_what_moved_and_what_each_is_for(site: Path) -> None:
    assert agenda(site) == [
        "Mon 1 Feb, 13:00: Quiz (for Hitches, Mon 1 Feb) Hand in",
        "Later:",
        "Mon 8 Feb, 13:00: Quiz (for Mon 8 Feb) Hand in",
        "Mon 15 Feb, 13:00: Quiz (for Mon 15 Feb) Hand in",
        "TBD: Quiz (for Bends, Mon 25 Jan) Hand in",
        ".",
        "Mon 8 Feb, 17:00: Essay Hand in · formerly Sat 6 Feb, 17:00 (extended) · accepted until Wed 10 Feb, 17:00",
        "Wed 10 Feb, 23:59: Plan (Project) · formerly Fri 12 Feb, 23:59 (moved up)",
        "TBD: Report (Project) · formerly Sun 14 Feb, 12:00 (postponed)",
        "Past:",
        "Tue 26 Jan: Essay · Out",
        ".",
    ]


def test_the_home_page_says_the_same_in_rows_and_under_due_next(site: Path) -> None:
    html = (site / "index.html").read_text(encoding="utf-8")
    row = html.partition('<tr id="hitches"')[2].partition("</tr>")[0]
    assert 'data-of="quiz" data-each>Quiz <b>13:00</b>' in row
    assert '<a class="small" href="https://example.edu/hitches">Hand in</a>' in row
    due_next = html.partition('<section class="due-next"')[2].partition("</ul>")[0].split("<li ")[1:]
    assert [text_of(item.partition(">")[2]) for item in due_next] == [
        "Mon 1 Feb Quiz 13:00 Hand in for Hitches",
        "Mon 8 Feb Essay formerly Sat 6 Feb, 17:00 17:00 extended accepted until Wed 10 Feb, 17:00 Hand in",
        "Wed 10 Feb Plan (Project) formerly Fri 12 Feb, 23:59 23:59 moved up",
    ]


OWN = {
    "essay.html": (
        "Knots On essay Essay 30% of the grade · groups of 2–3 out Tue 26 Jan "
        "due formerly Sat 6 Feb, 17:00 Mon 8 Feb, 17:00 (extended) · accepted until Wed 10 Feb, 17:00 Hand in Text."
    ),
    "plan.html": (
        "Knots On plan Project 50% of the grade "
        "Plan due formerly Fri 12 Feb, 23:59 Wed 10 Feb, 23:59 (moved up) "
        "Report due formerly Sun 14 Feb, 12:00 TBD (postponed) · 60% Text."
    ),
    "about-bends.html": "Knots On about-bends Text.",
    "policies.html": "Knots On policies Text.",
}


@pytest.mark.parametrize("page", OWN)
def test_the_page_of_an_assignment_opens_with_its_facts(page: str, site: Path) -> None:
    main = (site / page).read_text(encoding="utf-8").partition('<main id="page.main">')[2].partition("</main>")[0]
    assert text_of(main) == OWN[page]
    assert f'href="{page}"' not in main


NAV = {
    "as it is": ("", "", ["index", "deadlines", "policies"]),
    "named in the syllabus": ("site: {nav: [schedule, essay, about-bends]}\n", "", ["essay", "about-bends"]),
    "by its own front matter": ("", "---\nnav: yes\n---\n\n", ["index", "deadlines", "plan", "policies"]),
}


@pytest.mark.parametrize("case", NAV)
def test_pages_of_topics_and_assignments_are_not_in_the_navigation(case: str, tmp_path: Path) -> None:
    more, front, expected = NAV[case]
    files = {"syllabus.yaml": SYLLABUS + more, **PAGES, "content/plan.md": f"{front}Text.\n"}
    ran = run_cli("--source", write_course(tmp_path, files), "--today", "2027-01-31")
    assert ran.code == 0, ran.err
    html = (tmp_path / "_site" / "index.html").read_text(encoding="utf-8")
    nav = html.partition('<nav aria-label="Pages">')[2].partition("</nav>")[0]
    assert re.findall(r'<a href="([\w-]+)\.html"', nav) == expected


WEIGHTS = {
    "{Essay: 30%, Quiz: 70%}": "30% of the grade",
    "{essay: 2 x 15%, Quiz: 70%}": "30% of the grade",
    "{Essays: 30%, Quiz: 70%}": "",
    "[{scheme: A, parts: {Essay: 30%, Quiz: 70%}}, {scheme: B, parts: {Essay: 40%, Quiz: 60%}}]": "",
    "[{scheme: A, parts: {Essay: 30%, Quiz: 70%}}, {scheme: B, parts: {Quiz: 100%}}]": "",
    "[{scheme: A, parts: {Essay: 30%, Quiz: 70%}}, {scheme: B, parts: {Essay: 30%, Exam: 70%}}]": "30% of the grade",
}


@pytest.mark.parametrize("grading", WEIGHTS)
def test_the_weight_of_an_assignment(grading: str, tmp_path: Path) -> None:
    text = SYLLABUS.partition("assignments:")[0].replace(", forms: {quiz: https://example.edu/hitches}", "")
    files = {"syllabus.yaml": f"{text}assignments:\n  - {{title: Essay, page: essay}}\ngrading: {grading}\n", **PAGES}
    ran = run_cli("--source", write_course(tmp_path, files), "--today", "2027-01-31")
    assert ran.code == 0, ran.err
    html = (tmp_path / "_site" / "essay.html").read_text(encoding="utf-8")
    assert "".join(re.findall(r"[\d.]+% of the grade", html)) == WEIGHTS[grading]

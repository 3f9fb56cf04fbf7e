"""Outside links: which of them are asked about, where they stand, and what is told about the answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from textwrap import dedent

import pytest

from courseweek.checks.outside import verdicts as outside
from courseweek.checks.outside.outside_links import OutsideLink, outside_links
from courseweek.checks.outside.verdicts import check_outside, check_outside_links
from courseweek.diagnostics import Diagnostic, Diagnostics
from courseweek.files.project import Project, theme_folder
from courseweek.network.answer import Answer, Fault
from courseweek.network.rounds import Network
from courseweek.network.wire import Wire
from courseweek.plan.plan import Plan
from courseweek.plan.site import plan_site
from courseweek.read.course import read_course
from courseweek.render.layouts.templates import Layouts
from courseweek.render.pages import RenderedPages, SiteRenderer
from courseweek.report.text import report_text
from courseweek.schedule.focus import focus_on
from courseweek.schedule.schedule import schedule_course
from tests.docs.examples import tables
from tests.docs.test_command_line import COMMAND_LINE
from tests.misbehaving import Server, redirect, reply, running
from tests.sites import write_course

NOW = datetime(2027, 3, 10, 12, tzinfo=UTC)

SYLLABUS = """\
course:
  title: Knots
  repository: https://git.example/knots
  url: https://knots.example/site/
  links:
    - Chat: https://chat.example/knots
    - {label: Grades, url: https://grades.example/, access: login}
    - Mail: mailto:knots@example.edu
    - Rules: Read [the rules](https://rules.example/).
  description: Tying them, as in [the book](https://book.example/a_b).
term:
  starts: 2027-01-25
  ends: 2027-05-10
  timezone: America/Los_Angeles
  meets:
    - {day: Monday, time: 13:00-16:00, place: https://zoom.example/j/1}
staff:
  - name: Ann Ashley
    url: https://ann.example/
    note: Writes [a blog](https://blog.example/).
    office_hours: {day: Friday, time: 10:00-11:00, place: https://zoom.example/j/2}
presentations:
  sign_up: https://forms.example/sign-up
assignments:
  - title: Bowline
    due: 2027-02-15
    url: https://bowline.example/
    form: https://forms.example/bowline
    materials: {Rope: https://rope.example/}
    milestones:
      - {title: Loop, due: 2027-02-10, url: https://loop.example/}
schedule:
  - topic: Loops
    id: loops
    place: https://zoom.example/j/3
    guests: [{name: Clifford, url: https://clifford.example/}]
    materials:
      - Slides: https://slides.example/loops.pdf
      - {label: Answers, url: https://slides.example/answers.pdf, publish_on: 2027-05-01}
      - Video: https://chat.example/knots
"""

READINGS = """\
loops:
  - title: The book
    url: https://book.example/
    links: {Errata: https://book.example/errata}
  - {title: By number, doi: 10.1145/3448016.3457551}
  - {title: In the archive, arxiv: 1904.03257}
  - {title: On campus, url: https://campus.example/p.pdf, access: campus}
  - "[One line](https://line.example/p.pdf), with [code](https://line.example/code)"
"""

CONTENT = {
    "content/ropes.md": dedent("""\
        # Ropes

        See [hemp](https://hemp.example/a) and [more hemp](https://hemp.example/a/b), <https://auto.example/>,
        [a file](//file.example/x) and [this page](index.html).

        ```
        [code](https://code.example/)
        ```
        """),
    "content/later.md": "---\ndraft: true\n---\n\n[Later](https://later.example/)\n",
}


def render(folder: Path, files: dict[str, str]) -> tuple[Plan, RenderedPages]:
    write_course(folder, dict(files))
    found = Diagnostics()
    project = Project(folder, folder / "_site")
    course = read_course(project, found)
    assert course is not None
    schedule = schedule_course(course, found)
    theme = frozenset(f"theme/{name}" for name in ("style.css", "today.js"))
    plan = plan_site(course, schedule, NOW, theme, found)
    focus = focus_on(schedule, NOW, follow_next=False)
    rendered = SiteRenderer(plan, focus, Layouts(folder, theme_folder()), found).finish()
    assert not found.has_errors(), [each.message for each in found]
    return plan, rendered


def test_what_is_collected(tmp_path: Path) -> None:
    plan, rendered = render(tmp_path, {"syllabus.yaml": SYLLABUS, "readings.yaml": READINGS, **CONTENT})
    links = outside_links(plan, rendered)
    shown = [f"{link.span.file}:{link.span.line}:{link.span.column} {link.address}" for link in links]
    assert shown == [
        "content/ropes.md:3:12 https://hemp.example/a",
        "content/ropes.md:3:52 https://hemp.example/a/b",
        "content/ropes.md:3:80 https://auto.example/",
        "content/ropes.md:4:10 https://file.example/x",
        "readings.yaml:3:10 https://book.example/",
        "readings.yaml:4:21 https://book.example/errata",
        "readings.yaml:5:29 https://doi.org/10.1145/3448016.3457551",
        "readings.yaml:6:36 https://arxiv.org/abs/1904.03257",
        "readings.yaml:7:29 https://campus.example/p.pdf",
        "readings.yaml:8:17 https://line.example/p.pdf",
        "readings.yaml:8:58 https://line.example/code",
        "syllabus.yaml:3:15 https://git.example/knots",
        "syllabus.yaml:6:13 https://chat.example/knots",
        "syllabus.yaml:7:28 https://grades.example/",
        "syllabus.yaml:9:31 https://rules.example/",
        "syllabus.yaml:10:45 https://book.example/a_b",
        "syllabus.yaml:16:47 https://zoom.example/j/1",
        "syllabus.yaml:19:10 https://ann.example/",
        "syllabus.yaml:20:27 https://blog.example/",
        "syllabus.yaml:21:59 https://zoom.example/j/2",
        "syllabus.yaml:23:12 https://forms.example/sign-up",
        "syllabus.yaml:27:10 https://bowline.example/",
        "syllabus.yaml:28:11 https://forms.example/bowline",
        "syllabus.yaml:29:23 https://rope.example/",
        "syllabus.yaml:31:45 https://loop.example/",
        "syllabus.yaml:35:12 https://zoom.example/j/3",
        "syllabus.yaml:36:36 https://clifford.example/",
        "syllabus.yaml:38:17 https://slides.example/loops.pdf",
    ]
    assert {link.address for link in links if link.restricted} == {
        "https://grades.example/",
        "https://campus.example/p.pdf",
    }
    assert {link.address for link in links if link.lasting} == {
        "https://doi.org/10.1145/3448016.3457551",
        "https://arxiv.org/abs/1904.03257",
    }


LINE = "loops:\n  - {{title: A paper, url: '{}'{}}}\n"


def render_one(folder: Path, address: str, more: str = "") -> tuple[Plan, RenderedPages]:
    syllabus = SYLLABUS.partition("  repository:")[0] + "term:" + SYLLABUS.partition("term:")[2].partition("staff:")[0]
    syllabus = syllabus.replace(", place: https://zoom.example/j/1", "")
    syllabus += "schedule:\n  - {topic: Loops, id: loops}\n"
    return render(folder, {"syllabus.yaml": syllabus, "readings.yaml": LINE.format(address, more)})


def one_link(folder: Path, address: str, more: str = "") -> tuple[Plan, tuple[OutsideLink, ...]]:
    plan, rendered = render_one(folder, address, more)
    return plan, outside_links(plan, rendered)


def answer(
    status: int | None = 200,
    final: str = "https://x.example/a/paper.pdf",
    moved: str | None = None,
    fault: Fault | None = None,
    reason: str = "",
) -> Answer:
    return Answer(status, final, moved, fault, reason, NOW)


def report(found: list[Diagnostic]) -> list[str]:
    return [f"{each.severity}[{each.name}]: {each.message} | {each.help}" for each in found]


PAPER = "https://x.example/a/paper.pdf"
BROWSER = "open it in a browser; if it is not what you expect, use another address"
NOT_FOUND = answer(404, reason="x.example answers 404 (not found)")
FORBIDDEN = answer(403, reason="x.example answers 403 (forbidden)")
ARCHIVE = "look for a copy at https://web.archive.org/web/*/https://x.example/a/paper.pdf, or use another address"
REFUSES = (
    "open it in a browser; many sites refuse automatic checks. If it needs an account or the campus network, "
    "add access: login or access: campus"
)
UNSURE = "warning[link-suspect]: this address can't be confirmed:"
LOGIN_PAGE = "warning[link-suspect]: this address leads to a login page:"
FRONT = "warning[link-suspect]: this address leads to the front page of"

# The address, the rest of its reading, the answer, and what is told.
VERDICTS: dict[str, tuple[str, str, Answer, str | None]] = {
    "good": (PAPER, "", answer(), None),
    "no content": (PAPER, "", answer(204), None),
    "moved for now": (PAPER, "", answer(final="https://y.example/b/paper.pdf"), None),
    "not found": (
        PAPER,
        "",
        NOT_FOUND,
        f"warning[link-gone]: this address leads nowhere: x.example answers 404 (not found) | {ARCHIVE}",
    ),
    "not found on campus": (
        PAPER,
        ", access: campus",
        NOT_FOUND,
        f"warning[link-gone]: this address leads nowhere: x.example answers 404 (not found) | {ARCHIVE}",
    ),
    "no host, of the only one": (
        PAPER,
        "",
        answer(None, fault="unknown-host", reason="there is no host `x.example`"),
        f"{UNSURE} there is no host `x.example` | {BROWSER}",
    ),
    "moved": (
        PAPER,
        "",
        answer(final="https://y.example/b.pdf", moved="https://y.example/b.pdf"),
        "warning[link-moved]: this address has moved permanently | write https://y.example/b.pdf",
    ),
    "moved, with a fragment": (
        f"{PAPER}#page=3",
        "",
        answer(final="https://y.example/b.pdf", moved="https://y.example/b.pdf"),
        "warning[link-moved]: this address has moved permanently | write https://y.example/b.pdf#page=3",
    ),
    "moved to nothing": (
        PAPER,
        "",
        replace(NOT_FOUND, moved="https://y.example/b.pdf"),
        f"warning[link-gone]: this address leads nowhere: x.example answers 404 (not found) | {ARCHIVE}",
    ),
    "forbidden": (PAPER, "", FORBIDDEN, f"{UNSURE} x.example answers 403 (forbidden) | {REFUSES}"),
    "forbidden off campus": (PAPER, ", access: campus", FORBIDDEN, None),
    "forbidden, and meant for all": (
        PAPER,
        ", access: open",
        FORBIDDEN,
        f"{UNSURE} x.example answers 403 (forbidden) | {REFUSES}",
    ),
    "for legal reasons": (
        PAPER,
        "",
        answer(451, reason="x.example answers 451 (unavailable for legal reasons)"),
        f"{UNSURE} x.example answers 451 (unavailable for legal reasons) | {BROWSER}",
    ),
    "failed": (
        PAPER,
        "",
        answer(503, reason="x.example answers 503 (service unavailable)"),
        f"{UNSURE} x.example answers 503 (service unavailable) | try again later, or open it in a browser",
    ),
    "resting": (
        PAPER,
        "",
        answer(None, fault="resting", reason="x.example asks to wait for more than a minute"),
        f"{UNSURE} x.example asks to wait for more than a minute | try again later, or open it in a browser",
    ),
    "private": (
        "http://localhost:8888/lab",
        "",
        answer(None, fault="refused", reason="`localhost` is not a host on the public internet"),
        f"{UNSURE} `localhost` is not a host on the public internet | use an address that everybody can open",
    ),
    "certificate": (
        PAPER,
        "",
        answer(None, fault="certificate", reason="x.example can't be reached securely: its certificate has expired"),
        f"{UNSURE} x.example can't be reached securely: its certificate has expired | {BROWSER}",
    ),
    "a registered number whose publisher refuses": (
        "https://doi.org/10.1145/1.2",
        "",
        answer(403, final="https://dl.acm.org/doi/10.1145/1.2", reason="dl.acm.org answers 403 (forbidden)"),
        None,
    ),
    "a number that nobody registered": (
        "https://doi.org/10.1145/1.2",
        "",
        answer(404, final="https://doi.org/10.1145/1.2", reason="doi.org answers 404 (not found)"),
        "warning[link-gone]: this address leads nowhere: doi.org answers 404 (not found) | look for a copy at "
        "https://web.archive.org/web/*/https://doi.org/10.1145/1.2, or use another address",
    ),
    "a registered number that has moved": (
        "https://doi.org/10.1145/1.2",
        "",
        answer(final="https://dl.acm.org/1.2", moved="https://dl.acm.org/1.2"),
        None,
    ),
    "to the front page": (PAPER, "", answer(final="https://x.example/"), f"{FRONT} x.example"),
    "to the front page of www": (PAPER, "", answer(final="https://www.x.example/"), f"{FRONT} www.x.example"),
    "for good to the front page": (
        PAPER,
        "",
        answer(final="https://x.example/", moved="https://x.example/"),
        f"{FRONT} x.example",
    ),
    "a file to the front page of another host": (PAPER, "", answer(final="https://y.example"), f"{FRONT} y.example"),
    "a page to a host of its own": ("https://x.example/~ann", "", answer(final="https://ann.example/"), None),
    "the front page itself": ("https://x.example/", "", answer(final="https://x.example/"), None),
    "the home page to the front page": ("https://x.example/home.html", "", answer(final="https://x.example/"), None),
    "to a log-in": (
        PAPER,
        "",
        answer(final="https://x.example/login?next=%2Fa"),
        f"{LOGIN_PAGE} https://x.example/login",
    ),
    "to a log-in elsewhere": (
        PAPER,
        "",
        answer(final="https://accounts.y.example/v3/identifier?secret=1"),
        f"{LOGIN_PAGE} https://accounts.y.example/v3/identifier",
    ),
    "to a log-in, as is said": (PAPER, ", access: login", answer(final="https://x.example/login"), None),
    "a log-in to a log-in": ("https://x.example/login", "", answer(final="https://x.example/sso"), None),
    "about logs": (PAPER, "", answer(final="https://x.example/a/login-free-logging.html"), None),
    "catalogue": (PAPER, "", answer(final="https://x.example/catalog/in/cascade"), None),
    "to a page that says so": (
        PAPER,
        "",
        answer(final="https://x.example/error/404.html"),
        "warning[link-suspect]: this address leads to an error page: https://x.example/error/404.html",
    ),
    "about 404": ("https://x.example/404", "", answer(final="https://x.example/404/"), None),
}


@pytest.mark.parametrize("case", VERDICTS)
def test_verdicts(case: str, tmp_path: Path) -> None:
    address, more, given, expected = VERDICTS[case]
    plan, links = one_link(tmp_path, address, more)
    found = report(list(check_outside(plan, links, {link.address: given for link in links})))
    if expected is None:
        assert found == []
    else:
        (reported,) = found
        assert reported.startswith(expected)


FIXES = {
    ("http://x.example/a?b=c", "https://x.example/a?b=c"): "https://x.example/a?b=c",
    ("http://x.example/a#b", "https://x.example/a"): "https://x.example/a#b",
    ("http://x.example", "https://x.example/"): "https://x.example",
    ("http://x.example/a", "https://x.example/a/"): None,
    ("http://x.example/a", "https://www.x.example/a"): None,
    ("https://x.example/a", "http://x.example/a"): None,
    ("http://me:secret@x.example/a", "https://x.example/a"): "https://me:secret@x.example/a",
}


@pytest.mark.parametrize("case", FIXES)
def test_fixes(case: tuple[str, str], tmp_path: Path) -> None:
    written, target = case
    plan, links = one_link(tmp_path, written)
    (found,) = check_outside(plan, links, {links[0].address: answer(final=target, moved=target)})
    fixed = None
    for edit in found.fix:
        text = edit.span.source.text
        fixed = text[: edit.span.start] + edit.text + text[edit.span.end :]
    expected = FIXES[case]
    assert fixed == (LINE.format(expected, "") if expected else None)


def three(folder: Path) -> tuple[Plan, tuple[OutsideLink, ...]]:
    return one_link(folder, "https://a.example/", ", links: {Two: https://b.example/, Three: https://c.example/}")


def lost(link: OutsideLink) -> Answer:
    host = link.address.removeprefix("https://").rstrip("/")
    return answer(None, link.address, fault="unknown-host", reason=f"there is no host `{host}`")


def test_no_network_is_reported_once(tmp_path: Path) -> None:
    plan, links = three(tmp_path)
    found = report(list(check_outside(plan, links, {link.address: lost(link) for link in links})))
    assert found == [
        "warning[offline]: none of the 3 hosts can be reached, so links to them are not checked | "
        "check your network connection, and try again"
    ]


def test_one_that_is_reached_says_there_is_a_network(tmp_path: Path) -> None:
    plan, links = three(tmp_path)
    answers = {link.address: lost(link) for link in links}
    answers[links[0].address] = answer(final=links[0].address)
    assert report(list(check_outside(plan, links, answers))) == [
        "warning[link-gone]: this address leads nowhere: there is no host `b.example` | look for a copy at "
        "https://web.archive.org/web/*/https://b.example/, or use another address",
        "warning[link-gone]: this address leads nowhere: there is no host `c.example` | look for a copy at "
        "https://web.archive.org/web/*/https://c.example/, or use another address",
    ]


def test_a_host_that_redirects_says_there_is_a_network(tmp_path: Path) -> None:
    plan, links = three(tmp_path)
    answers = {link.address: replace(lost(link), final="https://d.example/") for link in links}
    found = list(check_outside(plan, links, answers))
    assert [each.name for each in found] == ["link-gone"] * 3


def test_what_is_remembered_says_nothing_about_the_network(tmp_path: Path) -> None:
    plan, links = three(tmp_path)
    answers = {link.address: lost(link) for link in links}
    earlier = NOW - timedelta(days=2)
    answers[links[0].address] = answer(final=links[0].address, moved="https://new.example/")
    answers[links[0].address] = replace(answers[links[0].address], asked_at=earlier)
    found = list(check_outside(plan, links, answers))
    assert [(each.name, each.span.text) for each in found] == [
        ("link-moved", "https://a.example/"),
        ("link-suspect", "https://b.example/"),
        ("link-suspect", "https://c.example/"),
    ]


def test_what_there_was_no_time_for(tmp_path: Path) -> None:
    plan, links = three(tmp_path)
    answers = {link.address: answer(None, fault="unasked", reason="time ran out before it was asked") for link in links}
    answers[links[0].address] = answer(final=links[0].address)
    assert report(list(check_outside(plan, links, answers))) == [
        "warning[links-unasked]: 2 of 3 outside links are not checked: time ran out | "
        "run it again: answers so far are remembered"
    ]


def test_each_finding_is_described() -> None:
    """The reference has a row for each name, and for no other."""
    reported = set(re.findall(r'"warning", "([a-z-]+)"', Path(outside.__file__).read_text(encoding="utf-8")))
    described = {row[0].strip("`") for row in tables(COMMAND_LINE)["Outside links"]}
    assert described == reported


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as server:
        yield server


def test_from_the_course_to_the_report(tmp_path: Path, server: Server) -> None:
    server.ways.update({"/good": reply("200 OK"), "/old": redirect(301, "/good")})
    links = ", ".join(f"{word}: '{server.address(path)}'" for word, path in (("Old", "/old"), ("Gone", "/gone")))
    plan, rendered = render_one(tmp_path, server.address("/good"), f", links: {{{links}}}")
    wire = Wire(allows=lambda number: number == "127.0.0.1")
    network = Network(tmp_path, NOW, wire=wire, sleep=lambda seconds: None, clock=lambda: 0.0, pause=0.0)
    heard: list[tuple[int, int]] = []
    found = Diagnostics()
    for each in check_outside_links(plan, rendered, network, lambda done, of: heard.append((done, of))):
        found.add(each)
    assert heard == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert [(each.severity, each.name, each.span.text) for each in found] == [
        ("warning", "link-moved", server.address("/old")),
        ("warning", "link-gone", server.address("/gone")),
    ]
    assert f"help: write {server.address('/good')}\n" in report_text(found)
    asked = list(server.asked)
    again = list(check_outside_links(plan, rendered, network))
    assert report(again) == report(list(found))
    assert server.asked == asked, "the second run asks nothing"

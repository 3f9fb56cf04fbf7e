"""The benchmarks lay out the same course for each builder, and run; how long anything takes is not asked here."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks import __main__ as command
from benchmarks.course import Course, Note, change_note, change_reading, make_course
from benchmarks.measure import run
from benchmarks.peers import KINDS
from benchmarks.peers.courseweek import Courseweek
from benchmarks.peers.peer import Change, Command, Peer
from benchmarks.plot import plot_growth
from benchmarks.preview import Answers
from benchmarks.report import list_settings, paste, report_results
from benchmarks.results import Results, join_results, read_results, write_results
from benchmarks.scenarios import Figures, Patience, Site, time_builds

ROOT = Path(__file__).resolve().parents[1]
SITE = "{http://www.w3.org/2000/svg}"


def texts(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def lay_out(kind: type[Peer], folder: Path, course: Course) -> dict[str, str]:
    kind.lay_out(folder, course)
    return texts(folder)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_builder_is_given_the_same_notes_and_readings(kind: type[Peer], tmp_path: Path) -> None:
    course = make_course(3)
    laid = lay_out(kind, tmp_path, course)
    notes = [text for path, text in laid.items() if re.search(r"notes/note-\d+\.md$", path)]
    assert len(notes) == 3
    for note in course.notes:
        # MkDocs wants links to pages as the names of their files.
        body = note.text if kind.name != "MkDocs" else note.text.replace("(../index.html)", "(../index.md)")
        assert sum(text.endswith(body) and note.title in text for text in notes) == 1
    rest = "".join(text for path, text in laid.items() if not re.search(r"notes/note-\d+\.md$", path))
    for reading in course.readings:
        assert reading.title in rest
        assert reading.url in rest
    assert all(meeting.topic in rest for meeting in course.meetings)


def test_a_note_is_as_long_as_asked_and_no_two_are_alike() -> None:
    notes = make_course(30).notes
    lengths = [len(note.text.encode()) for note in notes]
    assert 4_300 < sum(lengths) / len(lengths) < 4_900
    for pattern in (r"```python\n(.*?)```", r"\$\$\n(.*?)\$\$", r"^## .*?\n\n(.*?)$"):
        found = [re.findall(pattern, note.text, re.DOTALL | re.MULTILINE)[0] for note in notes]
        assert len(set(found)) == len(found)
    assert make_course(30) == make_course(30)
    assert len(make_course(30).readings) == 60
    assert len(make_course(30).meetings) == 16


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_change_is_in_one_file_of_its_kind(kind: type[Peer], tmp_path: Path) -> None:
    course = make_course(2)
    laid = lay_out(kind, tmp_path, course)
    path, text = kind.note_file(course, change_note(course.notes[1], "another"))
    assert laid[path] == text.replace("another", "first0")
    changed = kind.course_files(change_reading(course, "another"))
    assert [word for text in changed.values() for word in re.findall("another", text)]
    assert all("another" not in text for text in laid.values())


class Plain(Courseweek):
    """A builder whose sources are its pages, so that nothing is left to build."""

    name = "Plain"
    how_to_get = "by hand"
    output = "."

    @classmethod
    def find(cls, folders: Sequence[Path]) -> Peer | None:
        return cls(Path(sys.executable), "0")

    @classmethod
    def course_files(cls, course: Course) -> dict[str, str]:
        readings = "".join(f"<p>{reading.title}" for reading in course.readings)
        return {"index.html": f"{readings}<p>{course.meetings[-1].topic}</html>"}

    @classmethod
    def note_file(cls, course: Course, note: Note) -> tuple[str, str]:
        return f"notes/{note.name}.html", f"{note.text}</html>"

    def forget(self, folder: Path) -> None:
        """Keep all: it is the source."""

    def build(self, change: Change) -> Command:
        return Command(["true"])

    def serve(self, port: int) -> Command | None:
        return Command([sys.executable, "-m", "http.server", "--bind", "127.0.0.1", str(port)])


class Silent(Plain):
    """A builder whose preview never comes up."""

    name = "Silent"

    def serve(self, port: int) -> Command | None:
        return Command(["false"])


def test_what_is_missing_is_reported_with_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    missing = [kind for kind in KINDS if kind is not Courseweek]
    for kind in missing:
        monkeypatch.setattr(kind, "find", classmethod(lambda cls, folders: None))
    monkeypatch.setattr(command, "KINDS", [Plain, Silent, *missing])
    saved = tmp_path / "saved.json"
    options = ["--quick", "--sizes", "2", "--edits", "2", "--growth", "2,3", "--folder", str(tmp_path)]
    assert command.main([*options, "--json", str(saved)]) == 0
    out, err = capsys.readouterr()
    for kind in missing:
        assert f"{kind.name} is not installed; to get it: {kind.how_to_get}" in err
        assert f"- {kind.name} is not installed here: `{kind.how_to_get}`." in out
    for title in (f"{change.value}{which}" for change in Change for which in ("", ", at best")):
        assert re.search(rf"^\| {title} \| \d+\.\d\d s \| \d+\.\d\d s \| – \|$", out, re.MULTILINE), title
    assert "- Silent, preview of 2 notes: it ended by itself." in out
    results = read_results(saved)
    assert report_results(results) + "\n" == out
    assert [figures.faults for figures in results.grown] == [[]] * 4
    assert [len(answers.seconds) for answers in results.previews] == [2, 0]
    assert [path.name for path in tmp_path.iterdir()] == ["saved.json"], "the sites are removed"


def test_a_slow_builder_is_run_once_and_that_is_reported(tmp_path: Path) -> None:
    found = time_builds([Plain(Path(), "0")], tmp_path, 1, Patience(runs=3, limit=60, budget=0), lambda text: None)
    assert [len(seconds) for seconds in found[0].seconds.values()] == [1, 1, 1, 1]
    reported = report_results(replace(make_results(), builds=found, runs=3))
    assert "- What takes long was run less often: Plain 1 at 1 notes." in reported


def test_only_some_are_asked_for() -> None:
    assert command.find_peers(["courseweek"], [])[0][0].name == "Courseweek"
    assert command.find_peers(["courseweek"], [])[1] == {}
    with pytest.raises(SystemExit):
        command.main(["--only", "frontpage"])


class Forgetful(Courseweek):
    """A builder that builds nothing when a note has changed."""

    name = "Forgetful"

    def build(self, change: Change) -> Command:
        return Command(["true"]) if change is Change.NOTE else super().build(change)


def test_a_build_that_does_not_show_the_change_is_a_fault(tmp_path: Path) -> None:
    peer = Forgetful.find([])
    assert peer is not None
    site = Site(peer, tmp_path, make_course(2))
    for change in (Change.ALL, Change.READING, Change.NONE):
        assert site.build(change, 60)[1] == ""
    assert site.build(Change.NOTE, 60)[1] == "notes/note-0.html does not show the change after: one note changed"


def test_a_process_that_takes_too_long_is_ended_and_reported(tmp_path: Path) -> None:
    late = run(Command(["sh", "-c", "sleep 60 & wait"]), tmp_path, 0.3)
    assert late.late
    assert late.code == -9
    ended = run(Command(["sh", "-c", "exit 3"]), tmp_path, 60, watched=True)
    assert (ended.late, ended.code, ended.peak > 100_000) == (False, 3, True)


def make_results() -> Results:
    growth = [
        Figures(name, notes, {Change.ALL: [factor * notes]}, {Change.ALL: [factor * notes]}, 10**8 * factor)
        for name, factor in (("Courseweek", 3), ("Hugo", 1), ("A & <B>", 2))
        for notes in (20, 1000)
    ]
    return Results(
        machine="a machine",
        measured_on="2027-03-10",
        versions={"Courseweek": "1", "Hugo": "2"},
        missing={},
        runs=1,
        loads=[3.4, 1.2],
        floor={"starting Python": [0.03, 0.01, 0.02], "and importing Jinja": [0.08]},
        builds=growth,
        growth=[Figures("Hugo", 5000, faults=["ended after 5 s"])],
        previews=[Answers("Hugo", 20, [0.1, 0.3, 0.2], lost=2), Answers("Courseweek", 20, fault="no preview")],
    )


def test_the_plot_is_whole_for_light_and_dark() -> None:
    plot = ElementTree.fromstring(plot_growth(make_results().grown))
    assert plot.tag == f"{SITE}svg"
    assert plot.get("role") == "img"
    said = [text.text for text in plot.iter(f"{SITE}text")]
    for name in ("Courseweek", "Hugo", "A & <B>"):
        assert said.count(name) == 2, "once for time, once for memory"
    assert len(list(plot.iter(f"{SITE}circle"))) == 2 * 3 * 2
    assert plot_growth([]).count("<path") == 0
    style = plot.findtext(f"{SITE}style") or ""
    assert "prefers-color-scheme: dark" in style
    assert all(0 <= float(circle.get("cx", "-1")) <= 820 for circle in plot.iter(f"{SITE}circle"))


def test_losses_and_what_is_left_out_are_shown() -> None:
    reported = report_results(make_results())
    assert "| nothing built yet | 60.0 s (3.0 ×) | 20.0 s (1.0 ×) | 40.0 s (2.0 ×) | 3 of 3 |" in reported
    assert "| nothing built yet, at best | 60.0 s (3.0 ×) | 20.0 s (1.0 ×) | 40.0 s (2.0 ×) | 3 of 3 |" in reported
    assert (
        "The floor of a build in Python: starting Python takes 0.020 s (at best 0.010 s),"
        " and importing Jinja takes 0.080 s (at best 0.080 s)." in reported
    )
    assert "The machine's load meanwhile was 1.2 to 3.4, with what was measured." in reported
    assert "| preview, saved to answered | – | 200 ms (1.0 ×) | – | – |" in reported
    assert "- Hugo with 5,000 notes: ended after 5 s." in reported
    assert "- Courseweek, preview of 20 notes: no preview." in reported
    assert "- Hugo, preview of 20 notes: 2 of 5 edits had not shown after 20 s." in reported
    assert "the slowest stands for the 95th percentile: Hugo 3 at 20 notes." in reported


def test_results_are_saved_and_read_again(tmp_path: Path) -> None:
    write_results(make_results(), tmp_path / "saved.json")
    assert json.loads((tmp_path / "saved.json").read_text(encoding="utf-8"))["machine"] == "a machine"
    assert read_results(tmp_path / "saved.json") == make_results()


def test_results_of_several_runs_make_one_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = make_results()
    write_results(replace(whole, previews=[]), tmp_path / "builds.json")
    write_results(replace(whole, builds=[], growth=[], loads=[]), tmp_path / "previews.json")
    write_results(replace(whole, machine="another"), tmp_path / "elsewhere.json")
    assert command.main(["--from", f"{tmp_path / 'builds.json'},{tmp_path / 'previews.json'}"]) == 0
    assert capsys.readouterr().out == report_results(whole) + "\n"
    with pytest.raises(ValueError, match="another machine"):
        command.main(["--from", f"{tmp_path / 'builds.json'},{tmp_path / 'elsewhere.json'}"])


def test_tables_are_pasted_between_the_marks(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- measured -->\nold\n<!-- /measured -->\nafter\n", encoding="utf-8")
    paste(page, "new\n")
    pasted = page.read_text(encoding="utf-8")
    assert pasted == "before\n<!-- measured -->\n\nnew\n\n<!-- /measured -->\nafter\n"
    paste(page, "new\n")
    assert page.read_text(encoding="utf-8") == pasted
    page.write_text("no marks\n", encoding="utf-8")
    with pytest.raises(ValueError, match="lacks its marks"):
        paste(page, "new\n")


def lines_of(text: str) -> Sequence[str]:
    return [" ".join(each.split()) for each in re.split(r"\n(?=- )", text.strip())]


def test_the_page_says_how_each_builder_is_set_and_got() -> None:
    page = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    said = " ".join(page.split())
    for line in lines_of(list_settings()):
        assert line in said
    for kind in KINDS:
        assert kind.how_to_get in page
    rendered = ElementTree.fromstring((ROOT / "docs" / "images" / "growth.svg").read_text(encoding="utf-8"))
    assert "Courseweek" in [text.text for text in rendered.iter(f"{SITE}text")]


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ("--from FOLDER/no-such.json", "argument --from: FOLDER/no-such.json: No such file or directory"),
        ("--from FOLDER/empty.json", "argument --from: FOLDER/empty.json holds no results of --json"),
        ("--from FOLDER/broken.json", "argument --from: FOLDER/broken.json holds no results of --json"),
        ("--folder FOLDER/no-such", "argument --folder: there is no folder FOLDER/no-such"),
        ("--json FOLDER/no-such/a.json", "argument --json: there is no folder FOLDER/no-such"),
        ("--runs 0", "argument --runs: '0' is less than 1"),
        ("--edits=-1", "argument --edits: '-1' is not a number"),
        ("--sizes 20,some", "argument --sizes: 'some' is not a number"),
    ],
)
def test_options_that_can_not_be_are_reported_before_anything_is_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: str, reason: str
) -> None:
    (tmp_path / "empty.json").write_text("{}", encoding="utf-8")
    (tmp_path / "broken.json").write_text("results", encoding="utf-8")
    with pytest.raises(SystemExit, match="2"):
        command.main(["--quick", *options.replace("FOLDER", str(tmp_path)).split()])
    said = " ".join(capsys.readouterr().err.split())
    assert said.endswith(f"python -m benchmarks: error: {reason.replace('FOLDER', str(tmp_path))}")


def test_parts_that_measured_the_same_keep_what_was_run_most() -> None:
    def part(runs: int, seconds: float) -> Results:
        figures = Figures("Courseweek", 20, {Change.ALL: [seconds] * runs})
        return Results(
            "m",
            "2027-03-10",
            {"Courseweek": "1"},
            {},
            runs,
            floor={"x": [seconds]},
            builds=[figures],
            growth=[Figures("Courseweek", 20), Figures("Courseweek", 100)] if runs > 1 else [],
        )

    for order in ([part(1, 0.1), part(9, 0.3)], [part(9, 0.3), part(1, 0.1)]):
        joined = join_results(order)
        assert joined.runs == 9
        assert [each.seconds for each in joined.builds] == [{Change.ALL: [0.3] * 9}]
        assert joined.floor == {"x": [0.3]}
        assert [(each.notes, each.seconds) for each in joined.growth] == [(100, {})]

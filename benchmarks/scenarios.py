"""The builds that are timed: one after another for each builder, the builders in turn, so that all share the noise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.course import Course, Note, change_note, change_reading, make_course
from benchmarks.measure import Run, run
from benchmarks.peers.peer import Change, Peer, replace_file

Report = Callable[[str], None]


@dataclass(slots=True)
class Figures:
    """What was measured of one builder with one number of notes."""

    peer: str
    notes: int
    seconds: dict[Change, list[float]] = field(default_factory=dict)
    processor: dict[Change, list[float]] = field(default_factory=dict)
    peak: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def spent(self) -> float:
        """Return the seconds of all builds together."""
        return sum(sum(found) for found in self.seconds.values())

    def add(self, change: Change, found: Run) -> None:
        """Take what one build took."""
        self.seconds.setdefault(change, []).append(found.seconds)
        self.processor.setdefault(change, []).append(found.processor)
        self.peak = max(self.peak, found.peak)

    def middle(self, change: Change) -> float | None:
        """Return the median of the seconds, if there are any."""
        found = self.seconds.get(change)
        return median(found) if found else None


class Site:
    """One builder's folder with the course, as it changes."""

    def __init__(self, peer: Peer, folder: Path, course: Course) -> None:
        self.peer = peer
        self.folder = folder
        self._course = course
        self._edits = 0
        peer.lay_out(folder, course)

    def apply(self, change: Change) -> tuple[str, str]:
        """Make the change and return the page on which it shows, and the word to look for."""
        self._edits += 1
        word = f"change{self._edits}"
        if change is Change.NOTE:
            note = change_note(self._next_note(self._edits), word)
            path, text = self.peer.note_file(self._course, note)
            self._write(path, text)
            return self.peer.note_page(note), word
        if change is Change.READING:
            changed = change_reading(self._course, word)
            for path, text in self.peer.course_files(changed).items():
                if text != (self.folder / path).read_text(encoding="utf-8"):
                    self._write(path, text)
            return self.peer.home_page(), word
        if change is Change.ALL:
            self.peer.forget(self.folder)
        return self.peer.home_page(), self.word_of_home

    @property
    def word_of_home(self) -> str:
        """Return what the page with the schedule holds at its end."""
        return self._course.meetings[-1].topic

    def next_page(self) -> str:
        """Return the page of the note that is changed next."""
        return self.peer.note_page(self._next_note(self._edits + 1))

    def _next_note(self, edit: int) -> Note:
        return self._course.notes[edit % len(self._course.notes)]

    def build(self, change: Change, limit: float, *, watched: bool = False) -> tuple[Run, str]:
        """Make the change, build, and return what that took and what was wrong with the result, if anything."""
        page, word = self.apply(change)
        found = run(self.peer.build(change), self.folder, limit, watched=watched)
        if found.late:
            return found, f"ended after {limit:.0f} s"
        if found.code:
            return found, f"exit code {found.code}: {found.said.strip()}"
        built = self.folder / self.peer.output / page
        if not built.is_file() or word not in built.read_text(encoding="utf-8"):
            return found, f"{page} does not show the change after: {change.value}"
        return found, ""

    def _write(self, path: str, text: str) -> None:
        replace_file(self.folder / path, text)


@dataclass(frozen=True, slots=True)
class Patience:
    """How often each build is timed at most, how long one may take, and all of one builder at one size, in seconds."""

    runs: int
    limit: float
    budget: float


def time_builds(peers: Sequence[Peer], folder: Path, notes: int, patience: Patience, report: Report) -> list[Figures]:
    """Build a course of so many notes in all ways, in turn, and return the figures of each builder.

    The first build of each is not counted: it warms the caches of the system, and its memory is watched. A builder
    that fails or is late is told and left out of the later turns; so is a slow one whose time is used up.
    """
    course = make_course(notes)
    sites = [Site(peer, folder / f"{peer.name.lower()}-{notes}", course) for peer in peers]
    figures = {peer.name: Figures(peer.name, notes) for peer in peers}
    for site in list(sites):
        found, fault = site.build(Change.ALL, patience.limit, watched=True)
        figures[site.peer.name].peak = found.peak
        if fault:
            _give_up(site, sites, figures, fault, report)
    for turn in range(patience.runs):
        # Each begins in turn, so that none always follows the same neighbour.
        first = turn % max(len(sites), 1)
        for change in Change:
            for site in [*sites[first:], *sites[:first]]:
                figure = figures[site.peer.name]
                found, fault = site.build(change, patience.limit)
                figure.add(change, found)
                if fault:
                    _give_up(site, sites, figures, fault, report)
        sites = [site for site in sites if figures[site.peer.name].spent < patience.budget]
        report(f"{notes:,} notes, turn {turn + 1} of {patience.runs}")
    return list(figures.values())


def time_growth(
    peers: Sequence[Peer], folder: Path, sizes: Sequence[int], patience: Patience, report: Report
) -> list[Figures]:
    """Build courses of growing size from nothing, in turn, and return the figures with their peaks of memory."""
    grown: list[Figures] = []
    left = list(peers)
    for notes in sizes:
        course = make_course(notes)
        sites = [Site(peer, folder / f"{peer.name.lower()}-grown-{notes}", course) for peer in left]
        figures = {site.peer.name: Figures(site.peer.name, notes) for site in sites}
        # Memory is watched in the first turn, which is timed only if there is no other.
        for turn in range(patience.runs):
            for site in list(sites):
                figure = figures[site.peer.name]
                if figure.spent > patience.budget:
                    continue
                found, fault = site.build(Change.ALL, patience.limit, watched=turn == 0)
                if turn == 1:
                    figure.seconds.clear()
                    figure.processor.clear()
                figure.add(Change.ALL, found)
                if fault:
                    _give_up(site, sites, figures, fault, report)
                    left.remove(site.peer)
        grown += figures.values()
        report(f"growth: {notes:,} notes")
    return grown


def _give_up(site: Site, sites: list[Site], figures: dict[str, Figures], fault: str, report: Report) -> None:
    figure = figures[site.peer.name]
    figure.faults.append(fault)
    sites.remove(site)
    report(f"{site.peer.name} with {figure.notes:,} notes is left out: {fault}")

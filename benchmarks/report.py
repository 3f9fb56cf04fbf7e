"""The results as Markdown: medians with their ratios to Hugo, and the place of Courseweek in each row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median

from benchmarks.peers import KINDS
from benchmarks.peers.peer import Change
from benchmarks.preview import GIVEN_UP
from benchmarks.results import Results
from benchmarks.scenarios import Figures

OURS = "Courseweek"
_BASE = "Hugo"
_MEGABYTE = 2**20


def report_results(results: Results) -> str:
    """Return all tables, with the machine and the day above them and what was left out below."""
    parts = [_report_circumstances(results)]
    parts += [_report_size(results, notes) for notes in sorted({each.notes for each in results.builds})]
    if results.growth:
        parts.append(_report_growth(results.grown))
    parts += [_report_floor(results), _report_absent(results)]
    return "\n\n".join(part for part in parts if part) + "\n"


def paste(path: Path, text: str) -> None:
    """Put the text between the two marks of a file, in place of what is there."""
    before, begin, rest = path.read_text(encoding="utf-8").partition("<!-- measured -->\n")
    _, end, after = rest.partition("<!-- /measured -->")
    if not begin or not end:
        raise ValueError(f"{path} lacks its marks")
    path.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")


def _report_circumstances(results: Results) -> str:
    versions = ", ".join(f"{name} {version}" for name, version in results.versions.items())
    return (
        f"Measured on {results.measured_on}: {results.machine}. {versions}."
        f" Medians of {results.runs} interleaved run{'s' * (results.runs != 1)}; in brackets the ratio to {_BASE}."
        f"{_say_load(results.loads)}"
    )


def _say_load(loads: Sequence[float]) -> str:
    if not loads:
        return ""
    between = f"{min(loads):.1f} to {max(loads):.1f}" if max(loads) - min(loads) >= 0.1 else f"{loads[0]:.1f}"
    return f" The machine's load meanwhile was {between}, with what was measured."


def _report_size(results: Results, notes: int) -> str:
    figures = {each.peer: each for each in results.builds if each.notes == notes}
    names = list(figures)
    rows = [_make_row(change.value, _pick(figures, change, median), "s") for change in Change]
    processor = {name: _median(each.processor.get(Change.ALL)) for name, each in figures.items()}
    rows.append(_make_row("processor time, nothing built yet", processor, "s"))
    rows.append(_make_row("peak memory", {name: each.peak / _MEGABYTE for name, each in figures.items()}, "MB"))
    answers = {each.peer: each for each in results.previews if each.notes == notes}
    if answers:
        middle = {name: _as_ms(answers[name].middle) if name in answers else None for name in names}
        slow = {name: _as_ms(answers[name].slow) if name in answers else None for name in names}
        rows.append(_make_row("preview, saved to answered", middle, "ms"))
        rows.append(_make_row("preview, 95th percentile", slow, "ms"))
    best = [_make_row(f"{change.value}, at best", _pick(figures, change, min), "s") for change in Change]
    if answers:
        quick = {name: _as_ms(min(answers[name].seconds, default=None)) if name in answers else None for name in names}
        best.append(_make_row("preview, at best", quick, "ms"))
    head = ["", *names, "our place"]
    return (
        f"### {notes:,} notes\n\n{_make_table(head, rows)}\n\n"
        f"The quickest run of each, which other work on the machine has slowed least:\n\n{_make_table(head, best)}"
    )


def _make_row(title: str, values: Mapping[str, float | None], unit: str) -> list[str]:
    base = values.get(_BASE)
    cells = [title]
    for value in values.values():
        cells.append("–" if value is None else f"{_say(value, unit)}{_say_ratio(value, base)}")
    return [*cells, _say_place(values)]


def _say_ratio(value: float, base: float | None) -> str:
    if not base:
        return ""
    ratio = value / base
    return f" ({ratio:.1f} ×)" if ratio >= 0.95 else f" ({ratio:.2f} ×)"


def _say_place(values: Mapping[str, float | None]) -> str:
    found = sorted(value for value in values.values() if value is not None)
    ours = values.get(OURS)
    return "–" if ours is None else f"{found.index(ours) + 1} of {len(found)}"


def _say(value: float, unit: str) -> str:
    if unit == "s":
        return f"{value:.2f} s" if value < 10 else f"{value:.1f} s"
    return f"{value:.0f} {unit}"


def _report_growth(growth: Sequence[Figures]) -> str:
    names = list(dict.fromkeys(each.peer for each in growth))
    found = {(each.peer, each.notes): each for each in growth}
    rows = []
    for notes in sorted({each.notes for each in growth}):
        cells = [f"{notes:,}"]
        for name in names:
            cells.append(_say_grown(found.get((name, notes))))
        rows.append(cells)
    return "### Growth, nothing built yet\n\n" + _make_table(["notes", *names], rows)


def _say_grown(figures: Figures | None) -> str:
    seconds = figures.middle(Change.ALL) if figures and not figures.faults else None
    return "–" if figures is None or seconds is None else f"{_say(seconds, 's')}, {figures.peak / _MEGABYTE:.0f} MB"


def _report_floor(results: Results) -> str:
    floor = results.floor
    if not floor:
        return ""
    parts = (f"{name} takes {median(found):.3f} s (at best {min(found):.3f} s)" for name, found in floor.items())
    return f"The floor of a build in Python: {', '.join(parts)}."


def _report_absent(results: Results) -> str:
    lines = [f"- {name} is not installed here: `{how}`." for name, how in results.missing.items()]
    lines += [
        f"- {each.peer} with {each.notes:,} notes: {fault.splitlines()[0]}."
        for each in results.grown
        for fault in each.faults
    ]
    lines += [
        f"- {each.peer}, preview of {each.notes:,} notes: {each.fault}." for each in results.previews if each.fault
    ]
    fewer = [
        f"{each.peer} {len(each.seconds[Change.ALL])} at {each.notes:,} notes"
        for each in results.builds
        if not each.faults and len(each.seconds.get(Change.ALL, ())) < results.runs
    ]
    if fewer:
        lines.append(f"- What takes long was run less often: {', '.join(fewer)}.")
    lines += [
        f"- {each.peer}, preview of {each.notes:,} notes: {each.lost} of {each.lost + len(each.seconds)} edits had not"
        f" shown after {GIVEN_UP} s."
        for each in results.previews
        if each.lost
    ]
    few = [f"{each.peer} {len(each.seconds)} at {each.notes:,} notes" for each in results.previews if each.is_few]
    if few:
        lines.append(f"- With fewer than 20 edits the slowest stands for the 95th percentile: {', '.join(few)}.")
    return "\n".join(dict.fromkeys(lines))


def list_settings() -> str:
    """Return how each builder is set, as a list."""
    return "\n".join(f"- {kind.name}: {kind.settings}." for kind in KINDS) + "\n"


def _make_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _pick(
    figures: Mapping[str, Figures], change: Change, choose: Callable[[Sequence[float]], float]
) -> dict[str, float | None]:
    found = {name: each.seconds.get(change) if not each.faults else None for name, each in figures.items()}
    return {name: choose(seconds) if seconds else None for name, seconds in found.items()}


def _median(values: Sequence[float] | None) -> float | None:
    return median(values) if values else None


def _as_ms(seconds: float | None) -> float | None:
    return None if seconds is None else seconds * 1000

"""How time and memory grow, as an SVG of two panels with logarithmic axes, for light pages and dark ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from xml.sax.saxutils import escape

from benchmarks.peers.peer import Change
from benchmarks.scenarios import Figures

_WIDTH, _HEIGHT = 820, 380
_TOP, _BOTTOM = 48, 330
_OURS = "Courseweek"
# Colours with a contrast of 4.5:1 or more to white, and to the dark page; Courseweek's line is also the thick one.
_LIGHT = ("#0b57d0", "#b3261e", "#3d6b00", "#8a4b00", "#6a3fb5", "#00696e")
_DARK = ("#8ab4f8", "#f2a49d", "#a8d26d", "#f0b46a", "#c9b0f5", "#6fd3d8")


@dataclass(frozen=True, slots=True)
class _Panel:
    title: str
    left: int
    right: int
    lines: dict[str, list[tuple[float, float]]]


def plot_growth(growth: Sequence[Figures]) -> str:
    """Return the SVG: seconds on the left, megabytes on the right, both over the number of notes."""
    names = list(dict.fromkeys(each.peer for each in growth))
    found = [each for each in growth if not each.faults and each.seconds.get(Change.ALL)]
    panels = (
        _Panel("seconds", 52, 308, _collect(names, ((each, each.middle(Change.ALL) or 0) for each in found))),
        _Panel("megabytes of memory", 462, 718, _collect(names, ((each, each.peak / 2**20) for each in found))),
    )
    style = _make_style(_LIGHT, "#ffffff", "#444746", "#d3d3d3", names)
    dark = _make_style(_DARK, "#14171a", "#c4c7c5", "#40454a", names)
    body = "".join(_plot_panel(panel, names) for panel in panels)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img"'
        ' aria-labelledby="title what">\n'
        '<title id="title">A first build as the notes of a course grow</title>\n'
        '<desc id="what">Two plots with logarithmic axes over the number of notes: seconds, and peak memory in'
        f" megabytes, for {escape(', '.join(names))}. The table beside it has the numbers.</desc>\n"
        f"<style>\n{style}@media (prefers-color-scheme: dark) {{\n{dark}}}\n</style>\n"
        f'<rect class="page" width="{_WIDTH}" height="{_HEIGHT}"/>\n{body}</svg>\n'
    )


def _make_style(colors: Sequence[str], page: str, ink: str, grid: str, names: Sequence[str]) -> str:
    rules = (
        f".page {{ fill: {page}; }}\n"
        f"text {{ fill: {ink}; font: 12px system-ui, sans-serif; }}\n"
        f".head {{ font-weight: 600; }}\n"
        f".grid {{ stroke: {grid}; stroke-width: 1; }}\n"
        f"path {{ fill: none; stroke-width: 1.5; }}\n"
    )
    for number, name in enumerate(names):
        color = colors[number % len(colors)]
        wide = "; stroke-width: 3" if name == _OURS else ""
        rules += f".b{number} {{ stroke: {color}{wide}; }}\n.d{number} {{ fill: {color}; }}\n"
        rules += f"text.t{number} {{ fill: {color}{'; font-weight: 600' if name == _OURS else ''}; }}\n"
    return rules


def _collect(names: Sequence[str], points: Iterable[tuple[Figures, float]]) -> dict[str, list[tuple[float, float]]]:
    lines: dict[str, list[tuple[float, float]]] = {name: [] for name in names}
    for figures, value in points:
        lines[figures.peer].append((figures.notes, max(value, 1e-3)))
    return {name: sorted(line) for name, line in lines.items() if line}


def _plot_panel(panel: _Panel, names: Sequence[str]) -> str:
    points = [point for line in panel.lines.values() for point in line]
    if not points:
        return ""
    sizes = sorted({notes for notes, _ in points})
    low, high = log10(min(value for _, value in points)), log10(max(value for _, value in points))
    low, high = floor(low * 2) / 2, max(ceil(high * 2) / 2, floor(low * 2) / 2 + 0.5)
    first, last = log10(sizes[0]), max(log10(sizes[-1]), log10(sizes[0]) + 0.1)

    def x(notes: float) -> float:
        return panel.left + (log10(notes) - first) / (last - first) * (panel.right - panel.left)

    def y(value: float) -> float:
        return _BOTTOM - (log10(value) - low) / (high - low) * (_BOTTOM - _TOP)

    plotted = [f'<text class="head" x="{panel.left}" y="26">{escape(panel.title)}</text>']
    for value in _find_ticks(low, high):
        plotted.append(f'<path class="grid" d="M{panel.left} {y(value):.1f}H{panel.right}"/>')
        plotted.append(f'<text x="{panel.left - 6}" y="{y(value) + 4:.1f}" text-anchor="end">{value:g}</text>')
    for notes in _thin(sizes, x):
        plotted.append(f'<text x="{x(notes):.1f}" y="{_BOTTOM + 20}" text-anchor="middle">{notes:,.0f}</text>')
    plotted.append(f'<text x="{(panel.left + panel.right) / 2}" y="{_BOTTOM + 40}" text-anchor="middle">notes</text>')
    for name, line in panel.lines.items():
        number = names.index(name)
        path = "L".join(f"{x(notes):.1f} {y(value):.1f}" for notes, value in line)
        plotted.append(f'<path class="b{number}" d="M{path}"/>')
        plotted += [f'<circle class="d{number}" cx="{x(a):.1f}" cy="{y(b):.1f}" r="3"/>' for a, b in line]
    # Each line has its name at its end; names that would overlap move apart.
    ends = sorted((y(line[-1][1]), x(line[-1][0]), name) for name, line in panel.lines.items())
    below: dict[float, float] = {}
    for height, end, name in ends:
        below[end] = max(height + 4, below.get(end, 0) + 14)
        plotted.append(
            f'<text class="t{names.index(name)}" x="{end + 8:.1f}" y="{below[end]:.1f}">{escape(name)}</text>'
        )
    return "\n".join(plotted) + "\n"


def _find_ticks(low: float, high: float) -> list[float]:
    """Return 1, 3, 10, 30 … between two powers of ten."""
    ticks = [factor * 10.0**power for power in range(floor(low), ceil(high) + 1) for factor in (1, 3)]
    return [tick for tick in ticks if low - 0.03 <= log10(tick) <= high + 0.03]


def _thin(sizes: Sequence[float], x: Callable[[float], float]) -> list[float]:
    """Return the sizes whose labels do not touch."""
    kept: list[float] = []
    for size in reversed(sizes):
        if not kept or x(kept[-1]) - x(size) > 36:
            kept.append(size)
    return kept

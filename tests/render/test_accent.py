"""Whatever colour a course gives, what is drawn with it can be read, light and dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseweek.render.accent import DARK_PAPER, DEFAULT_ACCENT, PAPER, AccentTokens, make_tokens

COLORS = [
    "#ffff00",
    "#ffffff",
    "#000000",
    "#767676",
    "#808080",
    "#003262",
    "#fdb515",
    "#00ff00",
    "#0000ff",
    "#ff0000",
    "#ff00ff",
    "#7f7fff",
    "#fefefe",
    "#010101",
    DEFAULT_ACCENT,
]
READABLE = 4.5
"""WCAG 2.2, criterion 1.4.3."""


def luminance(color: str) -> float:
    """Return the relative luminance of `#rrggbb` (WCAG 2.2, definitions)."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def fixed_tokens(root: Path) -> dict[str, tuple[str, str]]:
    """Return the colours of the theme's own style sheet, each for light and dark, as `#rrggbb`."""
    css = (root / "assets" / "theme" / "style.css").read_text(encoding="utf-8")
    light, dark = re.split(r"@media screen and \(prefers-color-scheme: dark\)", css)
    found = [dict(re.findall(r"--([a-z]+): (#[0-9a-f]+);", part)) for part in (light, dark)]
    assert found[0].keys() == found[1].keys()
    return {name: (lengthen(found[0][name]), lengthen(found[1][name])) for name in found[0]}


def lengthen(color: str) -> str:
    return color if len(color) == 7 else "#" + "".join(char * 2 for char in color[1:])


def check_readable(tokens: AccentTokens) -> None:
    for side, paper in enumerate((PAPER, DARK_PAPER)):
        accent, tint, on_accent = tokens.accent[side], tokens.tint[side], tokens.on_accent[side]
        assert re.fullmatch("#[0-9a-f]{6}", accent)
        assert contrast(accent, paper) >= READABLE
        assert contrast(accent, tint) >= READABLE
        assert contrast(on_accent, accent) >= READABLE


@pytest.mark.parametrize("color", COLORS)
def test_the_accent_can_be_read(root: Path, color: str) -> None:
    tokens, fixed = make_tokens(color), fixed_tokens(root)
    check_readable(tokens)
    for side in (0, 1):
        for text in ("ink", "muted"):
            assert contrast(fixed[text][side], tokens.tint[side]) >= READABLE
            assert contrast(fixed[text][side], fixed["paper"][side]) >= READABLE


@given(st.integers(0, 0xFFFFFF))
def test_any_accent_can_be_read(color: int) -> None:
    check_readable(make_tokens(f"#{color:06x}"))


def test_the_papers_are_those_of_the_style_sheet(root: Path) -> None:
    assert fixed_tokens(root)["paper"] == (PAPER, DARK_PAPER)


def test_a_color_that_can_be_read_stays_as_given() -> None:
    assert make_tokens("#003262").accent[0] == "#003262"
    assert make_tokens(None) == make_tokens(DEFAULT_ACCENT)


def test_the_tokens_are_a_rule_for_light_and_one_for_dark_screens() -> None:
    rule = r":root\{(?:--(?:accent|tint|on-accent):#[0-9a-f]{6};){3}\}"
    assert re.fullmatch(
        rf"{rule}@media screen and \(prefers-color-scheme:dark\)\{{{rule}\}}\n", make_tokens("#003262").css()
    )

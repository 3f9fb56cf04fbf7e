"""The accent color: readable on both schemes, whatever color the course gives."""

from __future__ import annotations

import colorsys

from courseweek.frozen import dataclass

DEFAULT_ACCENT = "#1f4e79"
PAPER = "#ffffff"
DARK_PAPER = "#16181c"
READABLE = 4.6
"""Contrast of text: WCAG 2.2, criterion 1.4.3 asks 4.5 to 1; a little more survives rounding."""
DARK_READABLE = 7.0
"""In the dark a saturated color at 4.5 to 1 glows without being easy to read; 1.4.6 asks 7 to 1."""
DARK_SATURATION = 0.8

Color = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class AccentTokens:
    """The accent, its tint, and the text on it, each for the light and the dark scheme, as `#rrggbb`."""

    accent: tuple[str, str]
    tint: tuple[str, str]
    on_accent: tuple[str, str]

    def css(self) -> str:
        """Return the tokens as the first rules of the published style sheet."""
        tokens = (
            ("accent", self.accent),
            ("tint", self.tint),
            ("on-accent", self.on_accent),
        )
        light, dark = ("".join(f"--{name}:{sides[side]};" for name, sides in tokens) for side in (0, 1))
        # Not `light-dark()`, which is missing before Chrome 123, Firefox 120 and Safari 17.5. Paper is always light.
        return f":root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"


def make_tokens(accent: str | None) -> AccentTokens:
    """Return the tokens for a course's color (`#rrggbb`), or for the default one."""
    given = parse_color(accent or DEFAULT_ACCENT)
    sides = []
    for paper, share, step, least in ((PAPER, 0.09, -0.01, READABLE), (DARK_PAPER, 0.14, 0.01, DARK_READABLE)):
        ground = parse_color(paper)
        shade = given if paper == PAPER else _calm(given)
        tint = mix(shade, ground, share)
        # Towards black on white, towards white on black, until it can be read on the paper and on its own tint.
        while min(contrast(shade, ground), contrast(shade, tint)) < least:
            shade = _lighten(shade, step)
            tint = mix(shade, ground, share)
        on = max((parse_color(PAPER), parse_color(DARK_PAPER)), key=lambda text: contrast(text, shade))
        sides.append((format_color(shade), format_color(tint), format_color(on)))
    light, dark = sides
    return AccentTokens((light[0], dark[0]), (light[1], dark[1]), (light[2], dark[2]))


def parse_color(text: str) -> Color:
    """Return red, green and blue, each from 0 to 1, of `#rrggbb`."""
    red, green, blue = (int(text[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def format_color(color: Color) -> str:
    """Return a color as `#rrggbb`."""
    return "#" + "".join(f"{round(max(0.0, min(1.0, part)) * 255):02x}" for part in color)


def mix(color: Color, ground: Color, share: float) -> Color:
    """Return the color at `share` over the background."""
    red, green, blue = (a * share + b * (1 - share) for a, b in zip(color, ground, strict=True))
    return red, green, blue


def contrast(one: Color, other: Color) -> float:
    """Return the contrast ratio of two colors, from 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(color: Color) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _calm(color: Color) -> Color:
    hue, lightness, saturation = colorsys.rgb_to_hls(*color)
    return colorsys.hls_to_rgb(hue, lightness, min(saturation, DARK_SATURATION))


def _lighten(color: Color, step: float) -> Color:
    hue, lightness, saturation = colorsys.rgb_to_hls(*color)
    return colorsys.hls_to_rgb(hue, max(0.0, min(1.0, lightness + step)), saturation)

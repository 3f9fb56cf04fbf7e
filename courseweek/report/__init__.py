"""Diagnostics for people and programs: one value, three renderings. None of them knows a course."""

from __future__ import annotations

from typing import Literal

Format = Literal["text", "github", "json"]
FORMATS: tuple[Format, ...] = ("text", "github", "json")
"""For people, for the lines of a pull request, and for programs."""

"""What a site has published before: the content of its `course.json`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from courseweek.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Published:
    """The content of a `course.json` that was published, or that the output folder has.

    Its size, its shape, its course and its term are checked. Only with `public` do differences to it become changes:
    then it is what `--since` names. Otherwise it only carries forward what is remembered.
    """

    content: Mapping[str, Any]
    public: bool = False

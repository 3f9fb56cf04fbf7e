"""What a site has published before: the content of its `course.json`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from courseweek.frozen import dataclass
from courseweek.model.change import Change


@dataclass(frozen=True, slots=True)
class Published:
    """The content of a `course.json` that was published, or that the output folder has.

    `changes` are those in it, the newest first. Only with `public` do differences to it become changes: then it is what
    `--since` names. Otherwise it only carries forward what is remembered.
    """

    content: Mapping[str, Any]
    changes: tuple[Change, ...] = ()
    public: bool = False

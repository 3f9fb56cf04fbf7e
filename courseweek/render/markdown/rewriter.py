"""The addresses of links between the files of `content/`, as they are published."""

from __future__ import annotations

from courseweek.files.paths import normal_link, resolve_link, to_page
from courseweek.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Rewriter:
    """From a relative address on the page at `path` to the one to publish: that of a page for the file behind it."""

    path: str
    targets: frozenset[str]

    def __call__(self, target: str) -> str:
        """Return the address to publish."""
        target = normal_link(target)
        page = to_page(target)
        return page if page != target and resolve_link(self.path, page) in self.targets else target

"""The addresses of links between the files of `content/`, as they are published."""

from __future__ import annotations

from courseweek.frozen import dataclass
from courseweek.paths import normal_link, resolve_link
from courseweek.regex import lazy_pattern

_MARKDOWN_FILE = lazy_pattern(r"\.md(?=$|[#?])")


@dataclass(frozen=True, slots=True)
class Rewriter:
    """From a relative address on the page at `path` to the one to publish: that of a page for the file behind it."""

    path: str
    targets: frozenset[str]

    def __call__(self, target: str) -> str:
        """Return the address to publish."""
        target = normal_link(target)
        if _MARKDOWN_FILE.search(target) is None:
            return target
        rendered = _MARKDOWN_FILE.sub(".html", target)
        return rendered if resolve_link(self.path, rendered) in self.targets else target

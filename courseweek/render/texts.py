"""The texts of the YAML files as HTML on one page: their relative links are as from the site's top."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import unquote

from markupsafe import Markup

from courseweek.plan import Plan, relative_link, resolve_link
from courseweek.render.markup import Links, Rewrite, render_block, render_inline

TOP = "index.html"


class Texts:
    """Renders texts for the page at `path`; `links` collects what they link to, and what leads nowhere.

    `same` holds what is the same on every page, and is shared by the texts of all pages: most lines of readings stand
    on two.
    """

    def __init__(self, plan: Plan, path: str, links: Links, same: dict[tuple[str, str], Markup]) -> None:
        """Take the plan, the page's path in the site, the collector, and what other pages have drawn."""
        self.plan = plan
        self.path = path
        self.links = links
        self.same = same
        self._rewritten = False

    def inline(self, text: str) -> Markup:
        """Return one line or paragraph as HTML."""
        return self._draw("inline", text, render_inline)

    def block(self, text: str) -> Markup:
        """Return any number of paragraphs as HTML."""
        return self._draw("block", text, render_block)

    def _draw(self, kind: str, text: str, render: Callable[[str, Links, Rewrite], Markup]) -> Markup:
        drawn = self.same.get((kind, text))
        if drawn is None:
            self._rewritten = False
            drawn = render(text, self.links, self._rewrite)
            if not self._rewritten:
                self.same[kind, text] = drawn
        return drawn

    def _rewrite(self, target: str) -> str:
        """Return an address of the site as seen from this page; `projects.md` stands for the page made of it."""
        self._rewritten = True
        drawn = re.sub(r"\.md(?=$|[#?])", ".html", target)
        path = resolve_link(TOP, drawn)
        fragment = unquote(drawn.partition("#")[2])
        if path is None or not (path or fragment):
            return target
        if path in self.plan.withheld:
            self.links.withheld.append(target)
        elif path and path not in self.plan.paths:
            self.links.dead.append(target)
            return target
        elif fragment:
            self.links.anchored.append(target)
        path = path or TOP
        return relative_link(self.path, f"{path}#{fragment}" if fragment else path)

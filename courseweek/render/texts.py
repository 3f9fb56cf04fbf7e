"""The texts of the YAML files as HTML on one page: their relative links are as from the site's top."""

from __future__ import annotations

import re

from markupsafe import Markup

from courseweek.plan import Plan, relative_link, resolve_link
from courseweek.render.markup import Links, render_block, render_inline

TOP = "index.html"


class Texts:
    """Renders texts for the page at `path`; `links` collects what they link to, and what leads nowhere."""

    def __init__(self, plan: Plan, path: str, links: Links) -> None:
        """Take the plan, the page's path in the site, and the collector."""
        self.plan = plan
        self.path = path
        self.links = links

    def inline(self, text: str) -> Markup:
        """Return one line or paragraph as HTML."""
        return render_inline(text, self.links, self._rewrite)

    def block(self, text: str) -> Markup:
        """Return any number of paragraphs as HTML."""
        return render_block(text, self.links, self._rewrite)

    def _rewrite(self, target: str) -> str:
        """Return an address of the site as seen from this page; `projects.md` stands for the page made of it."""
        drawn = re.sub(r"\.md(?=$|[#?])", ".html", target)
        path = resolve_link(TOP, drawn)
        if path is None or path == "":
            return target
        if path in self.plan.withheld:
            self.links.withheld.append(target)
        elif path not in self.plan.paths:
            self.links.dead.append(target)
            return target
        fragment = drawn.partition("#")[2]
        return relative_link(self.path, f"{path}#{fragment}" if fragment else path)

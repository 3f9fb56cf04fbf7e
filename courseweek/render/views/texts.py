"""The texts of the YAML files as HTML on one page: their relative links are as from the site's top."""

from __future__ import annotations

import re
from urllib.parse import unquote

from markupsafe import Markup

from courseweek.paths import relative_link, resolve_link
from courseweek.plan import Plan
from courseweek.render.markdown.markup import Links
from courseweek.render.markdown.rendered_text import Kind, TextRenderer
from courseweek.render.sizes import Scale

TOP = "index.html"


class Texts:
    """Draws texts for the page at `path`; `links` collects what they link to, and what leads nowhere."""

    def __init__(self, plan: Plan, path: str, links: Links, fragments: TextRenderer) -> None:
        """Take the plan, the page's path in the site, the collector, and what draws texts."""
        self.plan = plan
        self.path = path
        self.links = links
        self.fragments = fragments
        self.scale = Scale(path)

    def inline(self, text: str) -> Markup:
        """Return one line or paragraph as HTML."""
        return self._render("inline", text)

    def block(self, text: str) -> Markup:
        """Return any number of paragraphs as HTML."""
        return self._render("block", text)

    def _render(self, kind: Kind, text: str) -> Markup:
        fragment = self.fragments.render(kind, text, self._rewrite)
        self.scale.add(fragment.html)
        self.links.add(fragment.links)
        for written, _ in fragment.rewritten:
            self._note(written)
        return fragment.html

    def _rewrite(self, target: str) -> str:
        """Return an address of the site as seen from this page; `projects.md` stands for the page made of it."""
        path, fragment = self._resolve(target)
        if path is None or (path not in self.plan.paths and path not in self.plan.withheld):
            return target
        return relative_link(self.path, path, fragment)

    def _note(self, target: str) -> None:
        """Collect an address that leads to what is withheld, to nothing, or to a place on a page."""
        path, fragment = self._resolve(target)
        if path is None:
            return
        if path in self.plan.withheld:
            self.links.withheld.append(target)
        elif path not in self.plan.paths:
            self.links.dead.append(target)
        if fragment and path in self.plan.paths | self.plan.withheld:
            self.links.anchored.append(target)

    def _resolve(self, target: str) -> tuple[str | None, str]:
        """Return the path in the site, None for what leads elsewhere, and the place on the page."""
        rendered = re.sub(r"\.md(?=$|[#?])", ".html", target)
        path = resolve_link(TOP, rendered)
        fragment = unquote(rendered.partition("#")[2])
        return (None, "") if path is None or not (path or fragment) else (path or TOP, fragment)

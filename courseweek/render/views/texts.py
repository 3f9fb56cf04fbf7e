"""The texts of the YAML files as HTML on one page: their relative links are as from the site's top."""

from __future__ import annotations

from markupsafe import Markup

from courseweek.files.paths import relative_link, resolve_from_top, resolve_link
from courseweek.plan.plan import Plan
from courseweek.regex import lazy_pattern
from courseweek.render.markdown.remarks import Findings
from courseweek.render.markdown.rendered_text import Kind, TextRenderer
from courseweek.render.markdown.rewriter import Rewriter
from courseweek.render.sizes import Scale
from courseweek.render.views.levels import name_alerts

_STYLED_ELSEWHERE = lazy_pattern(r"<(?:math|img|table|pre|blockquote|input)\b")
"""What the style sheet of the home page has no rules for."""
_AFTER_PATH = lazy_pattern(r"[^?#]*")


class Texts:
    """Renders texts for the page at `path`; `findings` collects what is found in them.

    `need_more_style` says whether one of them has what only `MORE_STYLE` has rules for.
    """

    def __init__(self, plan: Plan, path: str, findings: Findings, fragments: TextRenderer) -> None:
        """Take the plan, the page's path in the site, the collector, and what renders texts."""
        self.plan = plan
        self.path = path
        self.findings = findings
        self.fragments = fragments
        self.scale = Scale(path)
        self.need_more_style = False

    def inline(self, text: str) -> Markup:
        """Return one line or paragraph as HTML."""
        return self._render("inline", text)

    def block(self, text: str) -> Markup:
        """Return any number of paragraphs as HTML."""
        return self._render("block", text)

    def of_page(self, kind: Kind, text: str, path: str) -> Markup:
        """Return a text of the page at `path` as HTML; what is found in it is reported with that page."""
        rewrite = Rewriter(path, self.plan.paths | self.plan.withheld)

        def follow(target: str) -> str:
            published = rewrite(target)
            reached = resolve_link(path, published)
            if not reached or reached.startswith("../") or "/" not in path:
                return published
            return relative_link(self.path, reached) + _AFTER_PATH.sub("", published, count=1)

        fragment = self.fragments.render(kind, text, follow)
        self.scale.add(fragment.html)
        return fragment.html

    def _render(self, kind: Kind, text: str) -> Markup:
        fragment = self.fragments.render(kind, text, self._rewrite)
        self.scale.add(fragment.html)
        self.findings.add(fragment.findings)
        self.findings.written += [written for written, _ in fragment.rewritten]
        self.need_more_style = self.need_more_style or _STYLED_ELSEWHERE.search(fragment.html) is not None
        html = name_alerts(fragment.html, self.plan.locale)
        language = self.plan.locale.text_tag
        if language is None:
            return html
        holder = "div" if kind == "block" else "span"
        return Markup('<{} lang="{}">{}</{}>').format(holder, language, html, holder)

    def _rewrite(self, target: str) -> str:
        """Return an address of the site as seen from this page; `projects.md` stands for the page made of it."""
        path, place = resolve_from_top(target)
        if path is None or (path not in self.plan.paths and path not in self.plan.withheld):
            return target
        return relative_link(self.path, path, place)

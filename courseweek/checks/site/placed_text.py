"""The rendered texts of a site with what finds the places of what was found in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from courseweek.checks.places import Places, Turns, places_in_yaml
from courseweek.diagnostics import Span
from courseweek.files.paths import TOP, resolve_from_top, resolve_link
from courseweek.frozen import dataclass
from courseweek.plan.plan import Plan, PlannedPage
from courseweek.render.markdown.remarks import Findings, Remark
from courseweek.render.pages import RenderedPages


@dataclass(frozen=True, slots=True)
class PlacedText:
    """What was found in a stretch of a page's prose, or in all texts of the YAML files (`page` is None then).

    `above` are the texts before it on the same page.
    """

    page: PlannedPage | None
    findings: Findings
    places: Places
    above: tuple[Span, ...] = ()

    def place(self, remarks: Sequence[Remark], find: Callable[[str], list[Span]]) -> Iterator[tuple[Remark, Span]]:
        """Yield each remark with where to report it; `find` gives the places of what it is about."""
        turns = Turns()
        for remark in remarks:
            for span in self.spans(find(remark.text), turns):
                yield remark, span

    def spans(self, found: list[Span], turns: Turns) -> list[Span]:
        """Return where to report one thing that was found at these places.

        In prose each thing is reported by itself, at its own place in turn; a text of the YAML files may be on many
        pages, so there a thing is reported once, at all its places.
        """
        return found if self.page is None else [turns.take(found)]

    def list_links(self, sign: str = "") -> Iterator[tuple[str, str, str]]:
        """Yield the relative links with this sign in them: the page that shows them, where they lead, the link itself.

        Where they lead is a path of the site, or empty for the page itself.
        """
        if self.page is None:
            for target in dict.fromkeys(self.findings.written):
                path = resolve_from_top(target)[0] if sign in target else None
                if path is not None:
                    yield TOP, path, target
            return
        source = self.page.path
        for target in self.findings.targets:
            path = resolve_link(source, target) if sign in target else None
            if path is not None:
                yield source, path, target


def place_texts(plan: Plan, rendered: RenderedPages) -> list[PlacedText]:
    """Return the texts of the pages in their order, and last those of the YAML files."""
    texts = []
    above: dict[str, tuple[Span, ...]] = {}
    for each in rendered.prose:
        before = above.get(each.page.path, ())
        texts.append(PlacedText(each.page, each.findings, Places((each.prose,)), before))
        above[each.page.path] = (*before, each.prose)
    return [*texts, PlacedText(None, rendered.yaml, places_in_yaml(plan.course, plan.schedule))]

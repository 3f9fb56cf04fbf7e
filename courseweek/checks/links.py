"""Links between pages lead somewhere, and no link has a scheme that a page may not have.

Passing: `[projects](projects.html)` where `content/projects.md` is a page.
Failing: `[projects](project.html)`, `[x](javascript:alert(1))`.
"""

from __future__ import annotations

from collections.abc import Iterator

from courseweek.checks.places import place_in_prose, place_in_yaml
from courseweek.diagnostics import Diagnostic, Diagnostics, Span
from courseweek.plan import Plan, relative_link, resolve_link
from courseweek.render.pages import DrawnPages, PageLinks


def check_links(plan: Plan, drawn: DrawnPages, found: Diagnostics) -> Iterator[Diagnostic]:
    """Yield an error for each dead or refused link of the prose and of the texts in the YAML files.

    `found` is asked for what was probably meant.
    """
    for page in drawn.prose:
        for target in page.links.refused:
            yield _refused(target, place_in_prose(page.prose, target))
        for words in page.links.unreadable:
            yield _unreadable(words, place_in_prose(page.prose, words))
        for target in page.links.targets:
            diagnostic = _check_target(plan, page, target, found)
            if diagnostic is not None:
                yield diagnostic
    for target in drawn.yaml.refused:
        yield _refused(target, place_in_yaml(plan.course, target))
    for words in drawn.yaml.unreadable:
        yield _unreadable(words, place_in_yaml(plan.course, words))
    for target in drawn.yaml.withheld:
        yield _withheld(target, place_in_yaml(plan.course, target))
    for target in drawn.yaml.dead:
        yield _dead(target, place_in_yaml(plan.course, target), plan, "index.html", found)


def _withheld(target: str, span: Span) -> Diagnostic:
    return Diagnostic("warning", "withheld-page", f"`{target}` leads to what is not published yet", span)


def _unreadable(words: str, span: Span) -> Diagnostic:
    help = "an address looks like https://example.edu/paper.pdf and holds no blanks"
    return Diagnostic("error", "bad-address", f"the link `{words}` has no address that a browser reads", span, help)


def _refused(target: str, span: Span) -> Diagnostic:
    scheme = target.partition(":")[0].strip()
    return Diagnostic(
        "error", "bad-scheme", f"a link can't have the scheme `{scheme}:`", span, "use http:, https:, mailto: or tel:"
    )


def _check_target(plan: Plan, page: PageLinks, target: str, found: Diagnostics) -> Diagnostic | None:
    path = resolve_link(page.page.path, target)
    if path is None or path == "" or path in plan.paths:
        return None
    span = place_in_prose(page.prose, target)
    if path in plan.withheld:
        return _withheld(target, span)
    return _dead(target, span, plan, page.page.path, found)


def _dead(target: str, span: Span, plan: Plan, source: str, found: Diagnostics) -> Diagnostic:
    drawn = target.replace(".md", ".html")
    path = resolve_link(source, drawn) or drawn
    near = found.suggest(path.removeprefix("../"), plan.paths)
    help = f"did you mean `{relative_link(source, near)}`?" if near else "mend the link, or add the file"
    return Diagnostic("error", "dead-link", f"`{target}` leads to nothing on this site", span, help)

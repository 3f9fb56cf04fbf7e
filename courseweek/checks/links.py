"""Links between pages lead somewhere, and no link has a scheme that a page may not have.

Passing: `[projects](projects.html)` where `content/projects.md` is a page.
Failing: `[projects](project.html)`, `[x](javascript:alert(1))`.
"""

from __future__ import annotations

from collections.abc import Iterator

from courseweek.diagnostics import Diagnostic, Source, Span, suggest
from courseweek.model.course import Course
from courseweek.plan import Plan, relative_link, resolve_link
from courseweek.render.pages import DrawnPages, PageLinks


def check_links(plan: Plan, drawn: DrawnPages) -> Iterator[Diagnostic]:
    """Yield an error for each dead or refused link of the prose and of the texts in the YAML files."""
    for page in drawn.prose:
        for target in page.links.refused:
            yield _refused(target, _place(page.prose, target))
        for target in page.links.targets:
            found = _check_target(plan, page, target)
            if found is not None:
                yield found
    whole = Source("syllabus.yaml", "").whole()
    for target in drawn.yaml.refused:
        yield _refused(target, _place_in_yaml(plan.course, target) or whole)
    for target in drawn.yaml.dead:
        yield _dead(target, _place_in_yaml(plan.course, target) or whole, plan, "index.html")


def _refused(target: str, span: Span) -> Diagnostic:
    scheme = target.partition(":")[0].strip()
    return Diagnostic(
        "error", "bad-scheme", f"a link can't have the scheme `{scheme}:`", span, "use http:, https:, mailto: or tel:"
    )


def _check_target(plan: Plan, page: PageLinks, target: str) -> Diagnostic | None:
    path = resolve_link(page.page.path, target)
    if path is None or path == "" or path in plan.paths:
        return None
    span = _place(page.prose, target)
    if path in plan.withheld:
        return Diagnostic("warning", "withheld-page", f"`{target}` leads to a page that is not published yet", span)
    return _dead(target, span, plan, page.page.path)


def _dead(target: str, span: Span, plan: Plan, source: str) -> Diagnostic:
    drawn = target.replace(".md", ".html")
    path = resolve_link(source, drawn) or drawn
    near = suggest(path.removeprefix("../"), plan.paths)
    help = f"did you mean `{relative_link(source, near)}`?" if near else "mend the link, or add the file"
    return Diagnostic("error", "dead-link", f"`{target}` leads to nothing on this site", span, help)


def _place(prose: Span, target: str) -> Span:
    """Return where a target stands in its text, as nearly as it can be found there."""
    for written in (target, target.replace(".html", ".md")):
        at = prose.text.find(f"({written}")
        at = at + 1 if at >= 0 else prose.text.find(written)
        if at >= 0:
            return prose.within(at, at + len(written))
    return prose.within(0, 0)


def _place_in_yaml(course: Course, target: str) -> Span | None:
    sources = {course.origin.span.source.name: course.origin.span.source}
    for each in course.reading_lists.values():
        sources[each.origin.span.source.name] = each.origin.span.source
    for source in sources.values():
        at = source.text.find(target)
        if at >= 0:
            return source.span(at, at + len(target))
    return None

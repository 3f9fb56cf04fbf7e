"""The review of a change: what is different between a base and the site of the change, in the order of its weight."""

from __future__ import annotations

from courseweek.pipeline import Site
from courseweek.published.comparison import pair_meetings
from courseweek.published.course_data import describe_course
from courseweek.published.normal_form import Misshapen, explain_other, read_normal_form
from courseweek.review.base import Base
from courseweek.review.data_effects import check_shape, find_data_effects
from courseweek.review.effect import Effect, Review
from courseweek.review.file_effects import find_file_effects
from courseweek.review.reading_effects import find_reading_effects, show_readings
from courseweek.review.reasons import find_reasons


def review_change(base: Base, site: Site | None) -> Review:
    """Return what the change from a base does to the site; `site` is None where the change can't be built."""
    if base.content is None:
        return Review(unknown=base.unknown)
    if site is None or site.found.has_errors():
        return Review(unknown="the course has an error")
    try:
        effects = _compare_data(base, site)
    except Misshapen:
        return Review(unknown="the base is not a course.json")
    if effects is None:
        return Review(unknown="the base is of another course or another term")
    if base.site is not None:
        effects += find_file_effects(base.site, site, explained=bool(effects))
    if effects:
        return Review(tuple(effects))
    if base.project is None:
        return Review(unknown="dates and readings are the same, but a course.json has no texts of pages and no files")
    return Review(reasons=tuple(find_reasons(base.project, site)))


def _compare_data(base: Base, site: Site) -> list[Effect] | None:
    """Return what is different in the data of the two; None where they are not of one course and term."""
    before, now = base.content or {}, describe_course(site.plan)
    check_shape(before)
    forms = read_normal_form(before), read_normal_form(now)
    if base.site is None and explain_other(forms[0].identity, forms[1].identity):
        return None
    pairs = pair_meetings(forms[0].meetings or {}, forms[1].meetings or {})
    shown = {} if base.site is None else show_readings(base.site.plan), show_readings(site.plan)
    return [
        *find_reading_effects(before, now, forms, pairs, shown),
        *find_data_effects(before, now, forms, pairs),
    ]

"""The links of a site that lead to other hosts, each address once, with the place where it was written first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from courseweek.checks.places import Places, place_in_yaml
from courseweek.diagnostics import Span
from courseweek.frozen import dataclass
from courseweek.model.course import Course
from courseweek.model.link import Access, Link
from courseweek.model.origin import Origin
from courseweek.model.people import list_weekly_hours
from courseweek.model.reading import Reading
from courseweek.network.answer import bare_address
from courseweek.plan.plan import Plan
from courseweek.regex import lazy_pattern
from courseweek.render.pages import RenderedPages

_RESOLVERS = lazy_pattern(r"https?://(?:dx\.)?doi\.org/10\.", re.IGNORECASE)
_WEB = lazy_pattern(r"(?:https?:)?//[^/]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OutsideLink:
    """A link to another host: the address as `written`, as it is asked about, and its place.

    `restricted` means that the course says who may open it (`access`); `can_restrict` that it could. A `lasting`
    address is a registered number (a DOI, an arXiv number): it stays, wherever it leads.
    """

    written: str
    address: str
    span: Span
    restricted: bool = False
    can_restrict: bool = False
    lasting: bool = False


def outside_links(plan: Plan, rendered: RenderedPages) -> tuple[OutsideLink, ...]:
    """Return the outside links of the site as it is published now: nothing that is withheld, nothing of later days."""
    links = [*_of_readings(plan), *_of_schedule(plan), *_of_course(plan.course), *_of_texts(plan.course, rendered)]
    found: dict[str, OutsideLink] = {}
    # The first place of each address, or the first that says who may open it: one such place is enough.
    for link in sorted(links, key=lambda link: (not link.restricted, link.span.file, link.span.start)):
        found.setdefault(link.address, link)
    return tuple(sorted(found.values(), key=lambda link: (link.span.file, link.span.start, link.address)))


def _make(
    address: str | None, span: Span, access: Access | None = None, *, can_restrict: bool = False, lasting: bool = False
) -> Iterator[OutsideLink]:
    """Yield the link if the address is one on the web."""
    if address is not None and _WEB.match(address):
        whole = f"https:{address}" if address.startswith("//") else address
        lasting = lasting or _RESOLVERS.match(whole) is not None
        restricted = access in ("campus", "login")
        place = _find(span, address) or span
        yield OutsideLink(address, bare_address(whole), place, restricted, can_restrict, lasting)


def _of_readings(plan: Plan) -> Iterator[OutsideLink]:
    for reading in plan.schedule.readings:
        key = _written_key(reading)
        access, place = reading.access, reading.origin.of(key)
        yield from _make(reading.url, place, access, can_restrict=True, lasting=key != "url")
        yield from _of_links(reading.links, reading.origin)


def _written_key(reading: Reading) -> str:
    """Return the key that the address of a reading comes from; a `url` wins."""
    if reading.doi and "url" not in reading.origin.fields:
        return "doi"
    return "arxiv" if reading.arxiv and "url" not in reading.origin.fields else "url"


def _of_schedule(plan: Plan) -> Iterator[OutsideLink]:
    now = plan.now
    for row in plan.schedule.all_meetings:
        out = (link for link, at in row.materials if at is None or at <= now)
        topic = row.written
        yield from _of_links(out, plan.course.syllabus.origin)
        if topic is None or not row.leads:
            continue
        yield from _make(topic.place, topic.origin.of("place"))
        for change in topic.groups:
            yield from _make(change.place, change.origin.of("place"))
        for guest in topic.guests:
            yield from _make(guest.url, guest.origin.of("url"))
        for _, address, span in topic.forms:
            yield from _make(address, _place_near(span, address))
    for event in plan.schedule.events:
        yield from _make(event.place, event.origin.of("place"))
        yield from _make(event.url, event.origin.of("url"))
    for assignment in plan.schedule.assignments:
        yield from _make(assignment.url, assignment.origin.of("url"))
        yield from _make(assignment.form, assignment.origin.of("form"))
        yield from _of_links(assignment.materials, assignment.origin)
        for step in assignment.milestones:
            yield from _make(step.url, step.origin.of("url"))


def _of_course(course: Course) -> Iterator[OutsideLink]:
    syllabus = course.syllabus
    yield from _of_links(syllabus.links, syllabus.origin)
    if syllabus.repository is not None:
        address = syllabus.repository.url
        yield from _make(address, _place_near(syllabus.origin.of("repository"), address))
    for entry in syllabus.term.meets:
        for each in entry.groups or (entry,):
            owner = each.origin if "place" in each.origin.fields else entry.origin
            yield from _make(each.place, owner.of("place"))
    for person in syllabus.staff:
        yield from _make(person.url, person.origin.of("url"))
    for hours in list_weekly_hours(syllabus.staff, syllabus.office_hours):
        if hours.origin is not None:
            yield from _make(hours.place, hours.origin.of("place"))
    rules = syllabus.presentations
    if rules is not None:
        yield from _make(rules.sign_up, rules.origin.of("sign_up"))


def _of_links(links: Iterable[Link], owner: Origin) -> Iterator[OutsideLink]:
    for link in links:
        if not link.asset:
            origin = link.origin or owner
            yield from _make(link.url, origin.of("url"), link.access, can_restrict=True)


def _of_texts(course: Course, rendered: RenderedPages) -> Iterator[OutsideLink]:
    for page in rendered.prose:
        for target in page.findings.targets:
            if _WEB.match(target):
                yield from _make(target, _find(page.prose, target) or Places((page.prose,)).links(target)[0])
    for target in rendered.yaml.targets:
        if _WEB.match(target):
            yield from _make(target, _find_in_yaml(course, target) or place_in_yaml(course, target))


def _place_near(span: Span, address: str) -> Span:
    """Return where an address comes after its key."""
    source = span.source
    return _find(source.span(span.start, min(span.end + 5_000, len(source.text))), address) or span


def _find_in_yaml(course: Course, address: str) -> Span | None:
    sources = {course.syllabus.origin.span.source.name: course.syllabus.origin.span.source}
    for each in course.reading_lists.values():
        sources.setdefault(each.origin.span.source.name, each.origin.span.source)
    places = (_find(source.span(0, len(source.text)), address) for source in sources.values())
    return next((place for place in places if place is not None), None)


def _find(within: Span, address: str) -> Span | None:
    """Return where an address is in a text, but not as the start of a longer one."""
    match = re.compile(re.escape(address) + r"(?![\w/?#&=%~+@-]|[.,:;]\w)").search(within.text)
    return within.within(match.start(), match.end()) if match else None

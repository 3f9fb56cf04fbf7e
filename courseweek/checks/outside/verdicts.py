"""Links to other hosts still lead somewhere, as those hosts say: asked only by `check --links`.

Passing: an address whose host answers 200.
Failing: one that answers 404, one that has moved for good, one that leads to a page for logging in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from courseweek.checks.outside.outside_links import OutsideLink, outside_links
from courseweek.diagnostics import Diagnostic, Edit
from courseweek.network.answer import Answer, host_of
from courseweek.network.rounds import Network, Report, be_silent
from courseweek.plan.plan import Plan
from courseweek.regex import lazy_pattern
from courseweek.render.pages import RenderedPages

GONE = frozenset({404, 410})
"""RFC 9110, sections 15.5.5 and 15.5.11."""
_ALL_OR_NONE = 3
"""If none of this many hosts can be reached, this computer is offline."""
_UNREACHED = ("unknown-host", "unreachable", "silent")
_LOGIN = lazy_pattern(
    r"(?:^|/)(?:(?:user|service)?log-?in|sign-?in|sso|saml2?|shibboleth|idp|cas)(?:\.\w+)?(?:/|$)", re.IGNORECASE
)
_LOGIN_HOST = lazy_pattern(r"(?:login|signin|accounts|sso|idp|cas|auth)\.", re.IGNORECASE)
_MISSING = lazy_pattern(r"(?:^|[/_-])(?:404|(?:page[-_]?)?not[-_]?found)(?:[./_-]|$)", re.IGNORECASE)
_BROWSER = "open it in a browser; if it is not what you expect, use another address"


def check_outside_links(
    plan: Plan, rendered: RenderedPages, network: Network, report: Report = be_silent
) -> Iterator[Diagnostic]:
    """Ask about all outside links of the site and yield a warning for each that may not lead where it should.

    `report` gets the number of addresses done, and of all.
    """
    links = outside_links(plan, rendered)
    answers = network.ask([link.address for link in links], report)
    yield from check_outside(plan, links, answers)


def check_outside(plan: Plan, links: tuple[OutsideLink, ...], answers: Mapping[str, Answer]) -> Iterator[Diagnostic]:
    """Yield a warning for each link whose answer is not good, or says that the address has moved for good."""
    asked = [(link, answers[link.address]) for link in links if link.address in answers]
    whole = plan.course.syllabus.origin.span.source.whole()
    unheard = _unheard(asked)
    if len(unheard) >= _ALL_OR_NONE:
        message = f"none of the {len(unheard)} hosts can be reached, so links to them are not checked"
        yield Diagnostic("warning", "offline", message, whole, "check your network connection, and try again")
        asked = [(link, answer) for link, answer in asked if host_of(answer.final) not in unheard]
    unasked = sum(1 for _, answer in asked if answer.fault == "unasked")
    if unasked:
        message = f"{unasked} of {len(links)} outside links are not checked: time ran out"
        yield Diagnostic("warning", "links-unasked", message, whole, "run it again: answers so far are remembered")
    for link, answer in asked:
        found = None if answer.fault == "unasked" else _judge(link, answer, certain=not unheard)
        if found is not None:
            yield found


def _unheard(asked: list[tuple[OutsideLink, Answer]]) -> frozenset[str]:
    """Return the hosts asked last if none of them could be reached; none if one was: then there is a network."""
    latest = max((answer.asked_at for _, answer in asked), default=None)
    fresh = [each for each in asked if each[1].asked_at == latest and each[1].fault != "unasked"]
    # One that redirected was reached, whatever came of it.
    if any(answer.fault not in _UNREACHED or answer.final != link.address for link, answer in fresh):
        return frozenset()
    return frozenset(host_of(answer.final) for _, answer in fresh)


def _judge(link: OutsideLink, answer: Answer, *, certain: bool) -> Diagnostic | None:
    """Return the report; a host that is not found is gone if it is `certain` that others would be found."""
    if not answer.good:
        gone = answer.status in GONE or (answer.fault == "unknown-host" and certain)
        return _gone(link, answer) if gone else _suspect(link, answer)
    page = _wrong_page(link, answer)
    if page is not None:
        return Diagnostic("warning", "link-suspect", page, link.span, _BROWSER)
    return _moved(link, answer.moved) if answer.moved is not None and not link.lasting else None


def _gone(link: OutsideLink, answer: Answer) -> Diagnostic:
    message = f"this address leads nowhere: {answer.reason}"
    help = f"look for a copy at https://web.archive.org/web/*/{link.address}, or use another address"
    return Diagnostic("warning", "link-gone", message, link.span, help)


def _suspect(link: OutsideLink, answer: Answer) -> Diagnostic | None:
    if link.restricted and answer.status in (401, 402, 403):
        return None  # the course says that not everybody may open it
    if link.lasting and answer.status is not None and host_of(answer.final) != host_of(link.address):
        return None  # the number is registered; publishers refuse programs other than browsers
    help = _BROWSER
    if answer.fault == "refused":
        help = "use an address that everybody can open"
    elif answer.status in (401, 402, 403):
        help = "open it in a browser; many sites refuse automatic checks"
        if link.can_restrict:
            help += ". If it needs an account or the campus network, add access: login or access: campus"
    elif answer.status == 429 or answer.fault == "resting" or (answer.status or 0) >= 500:
        help = "try again later, or open it in a browser"
    message = f"this address can't be confirmed: {answer.reason}"
    return Diagnostic("warning", "link-suspect", message, link.span, help)


def _wrong_page(link: OutsideLink, answer: Answer) -> str | None:
    """Return why a good answer is not that of the page that was meant, or None ("soft 404")."""
    asked, final = urlsplit(link.address), urlsplit(answer.final)
    if (asked.hostname, asked.path) == (final.hostname, final.path):
        return None
    if _is_login(answer.final) and not _is_login(link.address):
        return None if link.restricted else f"this address leads to a login page: {_shown(answer.final)}"
    if _MISSING.search(final.path) and not _MISSING.search(asked.path):
        return f"this address leads to an error page: {_shown(answer.final)}"
    deep = asked.path.strip("/") != "" and not re.fullmatch(r"/?(?:index|home)(?:\.\w+)?/?", asked.path, re.IGNORECASE)
    front = final.path.strip("/") in ("", "index.html", "index.php") and not final.query
    is_file = "." in asked.path.rpartition("/")[2]
    if deep and front and (is_file or _bare_host(link.address) == _bare_host(answer.final)):
        return f"this address leads to the front page of {host_of(answer.final)}; its own page is probably gone"
    return None


def _is_login(address: str) -> bool:
    parts = urlsplit(address)
    return bool(_LOGIN.search(parts.path) or _LOGIN_HOST.match(parts.hostname or ""))


def _bare_host(address: str) -> str:
    return host_of(address).removeprefix("www.")


def _shown(address: str) -> str:
    """Return an address without its query, which may be long and hold what is nobody's business."""
    return address.partition("?")[0][:200]


def _moved(link: OutsideLink, target: str) -> Diagnostic | None:
    if target == link.address:
        return None
    fragment = link.written.partition("#")[2]
    new = f"{target}#{fragment}" if fragment else target
    return Diagnostic(
        "warning", "link-moved", "this address has moved permanently", link.span, f"write {new}", fix=_fix(link, target)
    )


def _fix(link: OutsideLink, target: str) -> tuple[Edit, ...]:
    """Return the edit that makes `http:` `https:` where the host says that this is all that has changed."""
    at = link.span.text.find(link.written)
    secure = "https" + link.address.removeprefix("http")
    # A host alone is the same as its front page (RFC 9110, section 4.2.3).
    same = (secure,) if "/" in secure.removeprefix("https://") else (secure, f"{secure}/")
    if at < 0 or not link.written.startswith("http://") or target not in same:
        return ()
    return (Edit(link.span.within(at, at + len("http")), "https"),)

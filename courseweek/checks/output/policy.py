"""What a page's own Content-Security-Policy must hold (Content Security Policy Level 3).

Passing: the policy of the built-in layouts, the same with a host more (`frame-src https://video.example.edu`).
Failing: none, one that is too late or outside the head, one that allows scripts from anywhere.
"""

from __future__ import annotations

import re

from courseweek.checks.output.start_tags import ATTRIBUTES, read_attributes
from courseweek.regex import lazy_pattern

# What may come in a page before anything that ends its head (WHATWG HTML, sections 13.2.6.4.1 to 13.2.6.4.5).
_IN_HEAD = lazy_pattern(
    r"\s++|<!--(?!-?>)(?:(?!--!>).)*?-->|<!doctype\b[^>]*>"
    rf"|<(?P<raw>script|style|title|noscript){ATTRIBUTES}\s*+>.*?</(?P=raw)\s*>"
    rf"|<(?P<tag>html|head|meta|link|base)(?P<attributes>{ATTRIBUTES})\s*+/?>",
    re.DOTALL | re.IGNORECASE,
)
_META = lazy_pattern(r"<meta\b[^>]*content-security-policy\b(?!-)", re.IGNORECASE)
_RUNNING = ("default-src", "script-src", "script-src-elem", "script-src-attr", "worker-src")
"""Directives by which scripts run; `default-src` stands for those that are not there (section 6.1.3)."""
_HARMLESS = ("'none'", "'self'")
_ANYBODY = lazy_pattern(
    r"(?:[a-z][a-z0-9+.-]*://)?\*(?::(?:\d+|\*))?(?:/.*)?|[a-z][a-z0-9+.-]*:"
    r"|'(?:unsafe-inline|unsafe-eval|unsafe-hashes|strict-dynamic|wasm-unsafe-eval)'",
    re.IGNORECASE,
)
"""Sources that name no host: any host, any address of a scheme, what is in the page (section 2.3.1)."""


def find_policy_flaw(page: str) -> tuple[str, int] | None:
    """Return what is wrong with the policy of a page and where (an index), or None.

    Of several policies each holds, so one that is right is enough; one that only reports does not count.
    """
    wrong: tuple[str, int] | None = None
    at, early = 0, None
    while (found := _IN_HEAD.match(page, at)) is not None:
        at = found.end()
        tag = (found["tag"] or found["raw"] or "").lower()
        if tag in ("script", "style", "link", "base"):
            early = early or (tag, found.start())
        policy = _policy_of(found["attributes"]) if tag == "meta" else None
        if policy is None:
            continue
        if early is not None:
            return f"the Content-Security-Policy comes after `<{early[0]}>` and does not apply to it", early[1]
        flaw = _flaw_of(policy)
        if flaw is None:
            return None
        wrong = wrong or (flaw, found.start())
    if wrong is not None:
        return wrong
    outside = _META.search(page, at)
    if outside is not None:
        return "the Content-Security-Policy is outside the head, where browsers ignore it", outside.start()
    return "the page has no Content-Security-Policy", 0


def _policy_of(written: str) -> str | None:
    """Return the policy that a `<meta>` with these attributes sets, or None."""
    attributes = dict(read_attributes(written))
    is_policy = attributes.get("http-equiv", "").lower() == "content-security-policy"
    return attributes.get("content", "") if is_policy else None


def _flaw_of(policy: str) -> str | None:
    """Return what is wrong with a policy, or None."""
    directives = read_directives(policy)
    if "default-src" not in directives:
        return "the Content-Security-Policy has no `default-src`, so it allows whatever it does not name"
    for name in _RUNNING:
        for source in directives.get(name, ()):
            if source not in _HARMLESS and _ANYBODY.fullmatch(source):
                return f"the Content-Security-Policy allows scripts from anywhere: `{source}` in `{name}`"
    return None


def read_directives(policy: str) -> dict[str, list[str]]:
    """Return the sources of each directive of a policy; of two with one name the first counts (section 2.2.1)."""
    directives: dict[str, list[str]] = {}
    for directive in policy.split(";"):
        words = directive.split()
        if words:
            directives.setdefault(words[0].lower(), words[1:])
    return directives

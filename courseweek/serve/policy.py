"""What a page's own policy allows (Content Security Policy Level 3), widened for the preview's script and style."""

from __future__ import annotations

import html
import re

from courseweek.checks.output.policy import read_directives
from courseweek.regex import lazy_pattern

ASSET_POLICY = (
    "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; "
    "font-src data:; media-src data:; base-uri 'none'; form-action 'none'"
)
"""What a file of `assets/` may do if it is opened by itself: run, apart from the site and from all other pages.

The sandbox gives it an origin of its own (WHATWG HTML, section 7.1.4), so that it reads no page of the preview, drafts
among them, and nothing else is loaded or asked for it (Content Security Policy Level 3, sections 6.1.2 and 6.3.2).
"""

_META = lazy_pattern(r"<meta\b[^>]*http-equiv\s*=\s*[\"']?content-security-policy\b[^>]*>", re.IGNORECASE)
_CONTENT = lazy_pattern(r"(\bcontent\s*=\s*)(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)


def widen_policies(page: str, socket: str) -> str:
    """Return a page whose policies let the preview's script run, show its style, and listen at `socket`."""
    return _META.sub(lambda meta: _CONTENT.sub(lambda found: _widen_content(found, socket), meta[0], count=1), page)


def _widen_content(found: re.Match[str], socket: str) -> str:
    policy = html.unescape(found[2] if found[2] is not None else found[3])
    return f'{found[1]}"{html.escape(widen_policy(policy, socket))}"'


def widen_policy(policy: str, socket: str) -> str:
    """Return the policy with what the preview needs; what a directive does not say is what `default-src` says."""
    directives = read_directives(policy)
    default = directives.get("default-src")
    for name, needed in (("script-src", ["'self'"]), ("style-src", ["'self'"]), ("connect-src", ["'self'", socket])):
        if name not in directives and default is None:
            continue  # nothing forbids it
        sources = [each for each in directives.get(name, default or []) if each.lower() != "'none'"]
        directives[name] = [*sources, *(each for each in needed if each not in sources)]
    return "; ".join(" ".join((name, *sources)) for name, sources in directives.items())

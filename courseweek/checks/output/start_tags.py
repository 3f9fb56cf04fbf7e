"""The attributes of a start tag (WHATWG HTML, section 13.1.2.3)."""

from __future__ import annotations

import html
from collections.abc import Iterator

from courseweek.regex import lazy_pattern

_VALUE = r"""(?:"[^"]*"|'[^']*'|[^\s"'<>`=]++)"""
ATTRIBUTES = rf"""(?:\s++[^\s"'<>/=]++(?:\s*+=\s*+{_VALUE})?)*+"""
"""All attributes of a tag, as a pattern."""
_ATTRIBUTE = lazy_pattern(rf"""\s++([^\s"'<>/=]++)(?:\s*+=\s*+({_VALUE}))?""")


def read_attributes(written: str) -> Iterator[tuple[str, str]]:
    """Yield names and values; if a name appears twice, the first comes last and counts, as in a browser."""
    for found in reversed(list(_ATTRIBUTE.finditer(written))):
        value = found[2] or ""
        bare = value[1:-1] if value[:1] in ('"', "'") else value
        yield found[1].lower(), html.unescape(bare) if "&" in bare else bare

"""Code in color: fenced code with a language, at build time. The only door to Pygments."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import cache
from typing import Any

from courseweek.frozen import dataclass
from courseweek.regex import lazy_pattern

LONGEST_CODE = 50_000
"""Characters in one block: longer ones are shown without color."""

_BLOCK = lazy_pattern(r'<pre><code class="language-([A-Za-z0-9_+#.-]{1,40})">(.*?)</code></pre>', re.DOTALL)


@dataclass(slots=True)
class Colors:
    """Blocks of code in color, by their HTML without color: known ones, and used ones."""

    known: Mapping[str, str] = field(default_factory=dict)
    used: dict[str, str] = field(default_factory=dict)


def highlight_code(rendered: str, colors: Colors | None = None) -> str:
    """Return cleaned HTML with its fenced code in color; the words of the code do not change.

    What `colors` knows is not colored again: when a page changes, its code usually stays.
    """
    if 'class="language-' not in rendered:
        return rendered

    colors = colors or Colors()

    def highlight(match: re.Match[str]) -> str:
        colored = colors.known.get(match[0]) or _highlight(match)
        colors.used[match[0]] = colored
        return colored

    return _BLOCK.sub(highlight, rendered)


def _highlight(match: re.Match[str]) -> str:
    from pygments import highlight  # with a lexer 24 ms, which a page without new code need not pay

    lexer = _lexer(match[1].lower())
    code = html.unescape(match[2])
    if lexer is None or len(code) > LONGEST_CODE:
        return match[0]
    colored: str = highlight(code, lexer, _formatter())
    return f'<pre class="code" tabindex="0"><code>{colored}</code></pre>'


def load_highlighter(languages: Iterable[str] = ()) -> None:
    """Load what coloring code needs, ahead of its first use: any code, and that of these languages."""
    import pygments.lexers  # noqa: F401

    _formatter()
    for language in languages:
        _lexer(language)


@cache
def _lexer(language: str) -> Any:
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


@cache
def _formatter() -> Any:
    from pygments.formatters.html import HtmlFormatter

    return HtmlFormatter(nowrap=True)

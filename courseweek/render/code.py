"""Code in colour: fenced code with a language, at build time. The only door to Pygments."""

from __future__ import annotations

import html
import re
from functools import cache
from typing import Any

LONGEST_CODE = 50_000
"""Characters in one block: longer ones are shown without colour."""

_BLOCK = re.compile(r'<pre><code class="language-([A-Za-z0-9_+#.-]{1,40})">(.*?)</code></pre>', re.DOTALL)


def highlight_code(rendered: str) -> str:
    """Return cleaned HTML with its fenced code in colour; the words of the code do not change."""
    return _BLOCK.sub(_highlight, rendered) if 'class="language-' in rendered else rendered


def _highlight(match: re.Match[str]) -> str:
    from pygments import highlight  # 24 ms, which a page without code need not pay

    lexer = _lexer(match[1].lower())
    code = html.unescape(match[2])
    if lexer is None or len(code) > LONGEST_CODE:
        return match[0]
    coloured: str = highlight(code, lexer, _formatter())
    return f'<pre class="code" tabindex="0"><code>{coloured}</code></pre>'


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

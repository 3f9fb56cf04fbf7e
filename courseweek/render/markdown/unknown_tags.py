"""Tags in a text that are not shown: those of other names than HTML has, and those that are left out."""

from __future__ import annotations

import re

from courseweek.regex import lazy_pattern

_HTML = frozenset(
    """
    a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br
    button canvas caption center cite code col colgroup command content data datalist dd del details dfn dialog dir div
    dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr
    html i iframe image img input ins isindex kbd keygen label legend li link listing main map mark marquee math menu
    menuitem meta meter multicol nav nextid nobr noembed noframes noscript object ol optgroup option output p param
    picture plaintext portal pre progress q rb rp rt rtc ruby s samp script search section select shadow slot small
    source spacer span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time
    title tr track tt u ul var video wbr xmp
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
"""The elements of HTML, those of old included (HTML, 4 and 16.2), and those that hold other languages."""
_LEFT_OUT = frozenset(
    "script style svg math template iframe video audio embed object canvas form input textarea select applet".split()  # noqa: SIM905
)
"""What shows something, and nothing is shown of it on a page."""
_SHOWN = _HTML - _LEFT_OUT
_TAG = lazy_pattern(r"<(/?)([A-Za-z][^\s<>/]*)")


def show_unknown_tags(rendered: str) -> tuple[str, list[str]]:
    """Return HTML with what only looks like a tag as text, and the names of tags of which nothing will be shown.

    `vector<int>` and `<your name>` are not HTML; a cleaner would drop them, and sometimes all that follows.
    """
    if {name.lower() for _, name in _TAG.findall(rendered)} <= _SHOWN:
        return rendered, []
    left_out: list[str] = []

    def show(match: re.Match[str]) -> str:
        name = match[2].lower()
        if name not in _HTML:
            return f"&lt;{match[1]}{match[2]}"
        if name in _LEFT_OUT and not match[1] and name not in left_out:
            left_out.append(name)
        return match[0]

    return _TAG.sub(show, rendered), left_out

"""What is wrong with a layout is told in its writer's words, at the very sign, with the remedy."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from courseweek.diagnostics import Diagnostics, Source, Span
from courseweek.render.layouts.bounds import BoundedEnvironment
from courseweek.render.layouts.templates import Layouts
from courseweek.render.views.layout_values import BlockView, CourseView, MetaView, NavView, PageView
from tests.sites import ROOT

COURSE = CourseView("Knots", None, "Knots", "Knots", None, "en", "", False, None)
NAV = NavView("Home", "index.html", current=False)
META = MetaView("A", None, None, "data:,", None)
PAGE = PageView(
    *("a.html", "A", Markup("A"), False, False, "index.html", ("s.css",), "p.css", None, "search.js", None, META),
    nav=(NAV,),
    blocks=(BlockView(None, None),),
)
GIVEN = {"course": COURSE, "page": PAGE, "now": None, "weeks": ()}


def reported(folder: Path, layout: str, **others: str) -> str:
    """Return all that is told of `layouts/page.html`, after a line of HTML: place, message, second place, help."""
    (folder / "layouts" / "parts").mkdir(parents=True)
    for name, text in {"page": f"<p>\n{layout}", **others}.items():
        (folder / "layouts" / f"{name}.html").write_bytes(text.encode("utf-8"))
    found = Diagnostics()
    Layouts(folder, ROOT).render("page", None, found, **GIVEN)
    lines = []
    for each in found:
        lines.append(f"{each.span.file[8:]}:{each.span.line}:{each.span.column}: {each.message}")
        lines += [f"{each.other[0].line}:{each.other[0].column}: {each.other[1]}"] if each.other else []
        lines += [f"help: {each.help}"] if each.help else []
    return "\n".join(lines)


NAMES = "a layout is given `course`, `now`, `page`, `weeks`"
PARTS = (
    "`path`, `title`, `heading`, `is_home`, `has_today`, `home`, `style_sheets`, `print_style`, `script`, `search`, "
    "`edit`, `meta`, `nav`, `blocks`, `full_syllabus`, `countdown`, `choice`, `feed`, `follow`, `changes`, `calendar`, "
    "`cite_script`, `suggest`"
)
MACRO = "{% macro m(a) %}{{ a }}{% endmacro %}\n"

ABSENT = {
    "{{ page.titel }}": "2:9: `page` has no `titel`\nhelp: did you mean `title`?",
    "title page.titel {{ page.titel }}": "2:26: `page` has no `titel`\nhelp: did you mean `title`?",
    "{{ page['titel'] }}": "2:10: `page` has no `titel`\nhelp: did you mean `title`?",
    "{{ page.date }}": f"2:9: `page` has no `date`\nhelp: it has {PARTS}",
    "{{ page.nav[0].lable }}": "2:16: `page.nav[0]` has no `lable`\nhelp: did you mean `label`?",
    "{% for one in page.nav %}\n  {{ one.lable }}\n{% endfor %}": (
        "3:10: `one` has no `lable`\nhelp: did you mean `label`?"
    ),
    "{{ (page.nav|first).lable }}": "2:21: this is a nav, and has no `lable`\nhelp: did you mean `label`?",
    "{{\n  page\n  .titel }}": "4:4: this is a page, and has no `titel`\nhelp: did you mean `title`?",
    "{{ pge.title }}": "2:4: nothing is called `pge` here\nhelp: did you mean `page`?",
    "{% for week in wekks %}{% endfor %}": "2:16: nothing is called `wekks` here\nhelp: did you mean `weeks`?",
    "{% set motto = 1 %}{{ moto }}": "2:23: nothing is called `moto` here\nhelp: did you mean `motto`?",
    "{{ site.title }}": "2:4: nothing is called `site` here\nhelp: did you mean `course`?",
    "{{ lipsum() }}": f"2:4: nothing is called `lipsum` here\nhelp: {NAMES}",
    "{{ loop.index }}": "2:4: `loop` works only between {% for %} and {% endfor %}",
    "{{ now.panels }}": "2:8: `now` is empty on this page, so it has no `panels`\n"
    "help: ask first: {% if now %} … {% endif %}",
    "{{ weeks[0] }}": "2:10: `weeks` has no entries here, but [0] asks for another\n"
    "help: ask first: {% if weeks %} … {% endif %}",
    "{{ page.nav[3] }}": "2:13: `page.nav` has 1 entry, but [3] asks for another\nhelp: entries are counted from 0",
    "{{ page.nav.label }}": "2:13: `page.nav` is a list, and a list has no `label`\n"
    "help: ask its entries: {% for one in page.nav %}{{ one.label }}{% endfor %}",
    "{{ weeks|first }}": "2:10: `first` finds nothing: the list is empty\nhelp: ask first: `{% if … %}`",
    "{{ page.title|uper }}": "2:15: a layout has no filter `uper`\nhelp: did you mean `upper`?",
    '{{ ["a"]|map("uper")|join }}': "2:15: a layout has no filter `uper`\nhelp: did you mean `upper`?",
    "{% if page.title is evn %}x{% endif %}": "2:21: a layout has no test `evn`\nhelp: did you mean `even`?",
    '{% import "parts/macros.html" as macros %}{{ macros.when_() }}': (
        "2:53: `macros` has no `when_`\nhelp: did you mean `when`?"
    ),
    '{% from "parts/macros.html" import nope %}{{ nope() }}': "2:36: `parts/macros.html` has no macro `nope`",
    '{% include "parts/nwo.html" %}': (
        "2:13: there is no layout `layouts/parts/nwo.html`\nhelp: did you mean `parts/now.html`?"
    ),
    '{% extends "bsae.html" %}': "2:13: there is no layout `layouts/bsae.html`\nhelp: did you mean `base.html`?",
    "{% include page.edit %}": "2:1: the name of a layout is empty on this page\nhelp: write it in quotes",
    "{% block a %}{{ super() }}{% endblock %}": (
        "2:17: `super()` shows the block `a` of the layout that this one extends, but there is none\n"
        'help: write `{% extends "base.html" %}` at the top, or delete it'
    ),
    "{{ page.__class__ }}": "2:9: a layout can't reach `__class__`",
}
MISFITS = {
    "{% for one in page %}{% endfor %}": "2:1: `{% for %}` needs a list, but this is a page",
    "{% for one in course.tentative %}{% endfor %}": "2:1: `{% for %}` needs a list, but this is yes or no",
    "{{ page.title < 3 }}": "2:1: text and a number can't be compared",
    "{{ -page.title }}": "2:1: `-` goes before a number, but this is text",
    '{{ range("3")|length }}': "2:1: this must be a number, not text",
    "{{ course.tentative|length }}": "2:21: the filter `length` can't use what it is given here",
    '{{ page.title|replace("a") }}': "2:15: the filter `replace` can't use what it is given here",
    "{{ [1]|map('dictsort')|list|length }}": "2:13: the filter `dictsort` can't use what it is given here",
    "{{ page.title.startswith(1) }}": "2:15: `startswith` can't use what it is given here",
    '{{ page.title.replace("a", "b") }}': (
        "2:15: a layout can't call `replace`\nhelp: write `|replace(…)`: it is a filter"
    ),
    "{{ page.title() }}": "2:14: `( )` follows the name of a macro, but this is not a macro\nhelp: delete the `( )`",
    "{{ page.nav }}": (
        "2:1: a layout shows text and numbers, but this is neither\n"
        "help: show a part of it, as {{ page.title }}, or each entry: {% for one in … %}{{ one.title }}{% endfor %}"
    ),
    MACRO + "{{ m() }}": "3:1: the macro is given no `a`",
    MACRO + "{{ m(1, 2) }}": "3:4: the macro `m` takes 1 value, but gets more",
    MACRO + "{{ m(b=2) }}": "3:6: the macro `m` takes no `b`",
    "{% if page.title is divisibleby 0 %}a{% endif %}": (
        "2:1: this line can't use the values of this page\n"
        "help: the template language says: not all arguments converted during string formatting"
    ),
    '{% set page.title = "x" %}': (
        "2:8: a layout can't change what it is given\nhelp: write `{% set NAME = … %}` with a new name"
    ),
}
UNREADABLE = {
    "{% if page.title %}\nx\n\n": "2:1: `{% if %}` is not closed\nhelp: write `{% endif %}` where it ends",
    "{% for w in weeks %}{% if w %}{% endif %}\n": (
        "2:1: `{% for %}` is not closed\nhelp: write `{% endfor %}` where it ends"
    ),
    "{% set x %}": (
        "2:1: `{% set %}` is not closed\nhelp: write `{% set NAME = … %}`, or `{% endset %}` where its text ends"
    ),
    "{% for w in weeks %}\n{% if w %}\n{% endfor %}": (
        "4:4: `{% endfor %}` is here, but `{% if %}` is still open\n3:1: it opens here\n"
        "help: write `{% endif %}` before it"
    ),
    "{% endif %}": "2:4: `{% endif %}` closes no `{% if %}`\nhelp: delete it, or write what it lacks above",
    "{% else %}": "2:4: `{% else %}` belongs to no `{% if %}`\nhelp: delete it, or write what it lacks above",
    "{% fi page %}{% endif %}": "2:4: there is no `{% fi %}`\nhelp: write `{% if %}`",
    "{% if page %}a{% elseif page %}b{% endif %}": "2:18: there is no `{% elseif %}`\nhelp: write `{% elif … %}`",
    "{% for w in weeks %}{% end %}": "2:24: there is no `{% end %}`\nhelp: write `{% endfor %}`",
    "{% break %}": "2:4: there is no `{% break %}`\nhelp: delete it",
    "{% if page %}a{% else if page %}b{% endif %}": "2:23: `if` isn't allowed here\nhelp: write `{% elif … %}`",
    "{{ page.title }</p>": "2:1: `{{` is not closed\nhelp: write `}}` where it ends",
    "{{ page.title\n</p>": "2:1: `{{` is not closed\nhelp: write `}}` where it ends",
    "{% if page.title }x{% endif %}": "2:1: `{%` is not closed\nhelp: write `%}` where it ends",
    "{# a comment": "2:1: `{#` is not closed\nhelp: write `#}` where the comment ends",
    "{% raw %}x": "2:4: `{% raw %}` is not closed\nhelp: write `{% endraw %}` where it ends",
    '{{ "abc }}': '2:4: the text that opens here with `"` is not closed\nhelp: write `"` where it ends',
    "{{ (page.title }}": "2:4: `(` is not closed\nhelp: write `)` where it ends",
    "{{ page['title' }}": "2:8: `[` is not closed\nhelp: write `]` where it ends",
    "{{ page title }}": "2:9: `title` isn't allowed here",
    "{{ “A” }}": "2:4: `“` isn't allowed here\nhelp: write straight quotes",
    "{{ page.title ? 1 : 2 }}": "2:15: `?` isn't allowed here\nhelp: write `{{ A if B else C }}`",
    '{% if page.title = "A" %}{% endif %}': "2:18: `=` isn't allowed here\nhelp: write `==` to compare",
    '{% if page.title contains "A" %}{% endif %}': "2:18: `contains` isn't allowed here\nhelp: write `{% if A in B %}`",
    "{{ page.title && 1 }}": "2:15: `&` isn't allowed here\nhelp: write `and`",
    "{{ page.title | }}": "2:17: a name is missing before `}}`",
    "{{ page. }}": "2:8: a name is missing after `.`",
    "{% if %}x{% endif %}": "2:7: something is missing before `%}`",
    "{% %}": "2:1: `{% %}` is empty\nhelp: delete it",
    "{% for weeks %}{% endfor %}": ("2:14: `{% for %}` lacks `in` and a list\nhelp: write `{% for week in weeks %}`"),
    '{% import "parts/macros.html" %}': (
        '2:31: `{% import %}` lacks `as` and a name\nhelp: write `{% import "parts/macros.html" as macros %}`'
    ),
    "{% include parts/now.html %}": (
        "2:17: a layout computes nothing: `/` isn't allowed here\n"
        'help: put the name of the file in quotes: `{% include "parts/now.html" %}`'
    ),
    "{% block a %}{% endblock %}\n{% block a %}{% endblock %}": (
        "3:1: the block `a` is defined twice\n2:1: it is first defined here\nhelp: give one of the two another name"
    ),
    "{% macro m(a=1, b) %}{% endmacro %}": (
        "2:4: a value with `=` comes before one without\nhelp: put those with `=` last"
    ),
}


@pytest.mark.parametrize("layout", ABSENT | MISFITS | UNREADABLE)
def test_what_is_reported_for_a_layout(layout: str, tmp_path: Path) -> None:
    assert reported(tmp_path, layout) == "page.html:" + (ABSENT | MISFITS | UNREADABLE)[layout]


def test_line_ends_of_all_kinds_are_counted(tmp_path: Path) -> None:
    """The template language takes a CRLF for one line end, U+2028 for none, and counts what it reads."""
    assert reported(tmp_path, "\u2028\r\n\r\n{{ page.title ? 1 }}") == (
        "page.html:4:15: `?` isn't allowed here\nhelp: write `{{ A if B else C }}`"
    )


def test_a_fault_in_a_part_is_reported_there(tmp_path: Path) -> None:
    part = "<b>\n{{ page.titel }}"
    assert reported(tmp_path, '{% include "parts/own.html" %}', **{"parts/own": part}) == (
        "parts/own.html:2:9: `page` has no `titel`\nhelp: did you mean `title`?"
    )


def test_nothing_that_a_layout_writes_makes_the_telling_slow(tmp_path: Path) -> None:
    """A search that began anew at each sign would take minutes here."""
    assert reported(tmp_path, "{{ 'x' }} {# " * 2000 + "a" * 20_000).endswith("write `#}` where the comment ends")


def test_what_a_layout_may_see_is_decided_by_type_and_name() -> None:
    """The answer is kept by these two; it must be the sandbox's own for each value."""

    def generate() -> Iterator[int]:
        yield 1

    values = [
        1,
        "a",
        [1],
        {"a": 1},
        {1},
        deque([1]),
        Span(Source("x", ""), 0, 0),
        Span,
        len,
        "a".upper,
        generate,
        generate(),
    ]
    names = [
        "__class__",
        "_x",
        "text",
        "append",
        "add",
        "update",
        "gi_frame",
        "func_code",
        "__globals__",
        "mro",
        "upper",
    ]
    bounded = BoundedEnvironment(lambda name: False)
    plain = ImmutableSandboxedEnvironment()
    for _ in range(2):
        for value in values:
            for name in names:
                assert bounded.is_safe_attribute(value, name, None) == plain.is_safe_attribute(value, name, None)

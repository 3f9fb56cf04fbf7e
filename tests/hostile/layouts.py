"""Layouts that try to cost too much, or to reach what they are not given: each with what is told of it."""

from __future__ import annotations

REPEATED = "the layout repeats too much: no page needs that many loops, calls and texts"

BOMBS: dict[str, tuple[str, str, str]] = {
    "a text times a number": ('\n{{ "x" * 10000000000 }}', "2:1", "a layout computes nothing: `*` isn't allowed here"),
    "a power": ("{{ 10 ** 10 ** 10 }}", "1:1", "a layout computes nothing: `**` isn't allowed here"),
    "a wide format": ('{{ "%1000000000d" % 1 }}', "1:1", "a layout computes nothing: `%` isn't allowed here"),
    "loops in loops": (
        "{% for a in range(9999) %}\n{% for b in range(9999) %}{% endfor %}\n{% endfor %}",
        "2:1",
        REPEATED,
    ),
    # A text that is shown comes to the bound of a page first: products.py has those.
    "a loop of text": (
        "{% set x %}{% for a in range(150000) %}\n" + "word " * 3000 + "{% endfor %}{% endset %}",
        "1:1",
        REPEATED,
    ),
    "a loop that takes nothing": ("{% for a in range(199999) if a == -1 %}{% endfor %}" * 3, "1:1", REPEATED),
    "a long range": ("{{ range(10**9) }}", "1:1", "a layout computes nothing: `**` isn't allowed here"),
    "a longer range": ("{% for a in range(1000000000) %}{% endfor %}", "1:1", "`range` counts to at most 200,000"),
    "words without end": ("{{ lipsum(n=100000) }}", "1:4", "nothing is called `lipsum` here"),
    "a wide text": ('{{ "x"|center(1000000000) }}', "1:8", "a layout has no filter `center`"),
    "a deep indent": ('{{ "x"|indent(1000000000) }}', "1:8", "a layout has no filter `indent`"),
    "a printed format": ('{{ "%999999999d"|format(1) }}', "1:18", "a layout has no filter `format`"),
    "a batch": ("{{ [1]|batch(1000000000, 1)|list }}", "1:8", "a layout has no filter `batch`"),
    "a round number": ("{{ 1|round(1000000000) }}", "1:6", "a layout has no filter `round`"),
    "another word each time": ("{{ [1, 2, 3]|random }}", "1:14", "a layout has no filter `random`"),
    "a mapped filter": ('{{ ["x"]|map("center", 1000000000)|list }}', "1:15", "a layout has no filter `center`"),
    "mapped items": ("{{ " + "range(100000)|" + 'map("abs")|' * 9 + "list|length }}", "1:1", REPEATED),
    "a method": ('{{ "x".ljust(1000000000) }}', "1:8", "a layout can't call `ljust`"),
    "a method of a number": ("{{ (1).to_bytes(1000000000) }}", "1:8", "a layout can't call `to_bytes`"),
    "a format": ('{{ "{:1000000000}".format(1) }}', "1:20", "a layout can't call `format`"),
    "texts that double": (
        '{% set n = namespace(x="xxxxxxxx") %}\n{% for a in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}',
        "2:1",
        "`~` joins texts of at most 100,000 characters",
    ),
    "captured texts that double": (
        "{% set x = 'xxxxxxxx' %}\n" + "{% set x %}{{ x }}{{ x }}{% endset %}\n" * 40,
        "21:1",
        REPEATED,
    ),
    "texts added": (
        '{{ "a" + "b" }}',
        "1:1",
        "a layout adds numbers, but this is not a number; write `~` between texts",
    ),
    "messages that double": (
        '{% set n = namespace(x="xxxxxxxx") %}\n{% for a in range(60) %}{% set n.x = _("{a}{a}", a=n.x) %}{% endfor %}',
        "2:1",
        "a message has at most 100,000 characters",
    ),
    "a list in a message": ('{{ _("{a}", a=[1]) }}', "1:1", "a message shows text and numbers, but this is neither"),
    "lists that double": (
        "{% set x = [1] %}{% set x = [x, x] %}",
        "1:1",
        "a list in a layout can't contain a list that has a name",
    ),
    "a shown list": ("{{ [1, 2] }}", "1:1", "a layout shows text and numbers, but this is neither"),
    "a joined list": ("{{ [[1]]|join }}", "1:1", "a layout shows text and numbers, but this is neither"),
    "a letter for a long text": (
        "{% set x %}{% for a in range(3000) %}xxxxxxxxxxxxxxxx{% endfor %}{% endset %}\n{{ x|replace('x', x) }}",
        "2:1",
        REPEATED,
    ),
    "a long sign between": (
        "{% set x %}{% for a in range(3000) %}xxxxxxxxxxxxxxxx{% endfor %}{% endset %}\n{{ range(9999)|join(x) }}",
        "2:1",
        REPEATED,
    ),
    "values of a macro": (
        "{% macro m() %}{{ m(varargs, varargs) }}{% endmacro %}{{ m(1) }}",
        "1:1",
        "a macro names its values: `varargs` isn't allowed here",
    ),
    "a macro without end": (
        "{% macro m() %}{{ m() }}{% endmacro %}\n{{ m() }}",
        "1:1",
        "the layouts nest too deeply, or include or call each other endlessly",
    ),
    "macros that call each other twice": (
        "".join(f"{{% macro m{n}() %}}{{{{ m{n + 1}() }}}}{{{{ m{n + 1}() }}}}{{% endmacro %}}" for n in range(40))
        + "{% macro m40() %}{% endmacro %}\n{{ m0() }}",
        "1:1",
        REPEATED,
    ),
    "a layout in itself": (
        '{% include "page.html" %}',
        "1:1",
        "the layouts nest too deeply, or include or call each other endlessly",
    ),
    "a layout of itself": (
        '{% extends "page.html" %}',
        "1:1",
        "the layouts nest too deeply, or include or call each other endlessly",
    ),
    "blocks in a circle": (
        "{% block a %}{{ self.a() }}{% endblock %}",
        "1:1",
        "the layouts nest too deeply, or include or call each other endlessly",
    ),
    "a recursive loop": (
        "{% for a in [1, 2] recursive %}{{ loop([1, 2]) }}{% endfor %}",
        "1:1",
        "the layouts nest too deeply, or include or call each other endlessly",
    ),
    "a long number": ("{{ " + "9" * 5000 + " }}", "1:1", "a number has too many digits"),
    "a deep expression": (
        "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
        "1:1",
        "the layouts nest too deeply, or include or call each other endlessly",
    ),
    "a class of Python": (
        "{{ ''.__class__.__mro__ }}",
        "1:7",
        "a layout can't reach `__class__`",
    ),
    "a way around the escapes": ("{% autoescape false %}{% endautoescape %}", "1:1", "this isn't allowed in a layout"),
}

"""Each page has a Content-Security-Policy that holds, or the layout that spoils it is an error."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseweek.checks.output.policy import find_policy_flaw
from tests.checks.reported import report, show


def _meta(policy: str) -> str:
    return f'<meta http-equiv="Content-Security-Policy" content="{policy}">'


GOOD = _meta("default-src 'none'; script-src 'self'")
HOLDS = {
    "the least": GOOD,
    "in a head": f"<!doctype html>\n<html lang=en>\n<head>\n<meta charset=utf-8>{GOOD}<title>x</title></head>",
    "after a comment": f"<!-- x -->{GOOD}",
    "in any case": "<META HTTP-EQUIV=content-security-policy CONTENT='DEFAULT-SRC https://a.example'>",
    "a host": _meta("default-src 'none'; script-src https://a.example; frame-src *"),
    "hosts of a domain": _meta("default-src 'none'; script-src https://*.a.example:443/x/"),
    "pictures of anybody": _meta("default-src 'none'; img-src * data:; style-src 'self' 'unsafe-inline'"),
    "of two directives the first": _meta("default-src 'none'; script-src 'self'; script-src *"),
    "of two policies one": _meta("img-src 'self'") + GOOD,
    "with references": _meta("default-src&#32;&apos;none&apos;"),
}
NONE = "the page has no Content-Security-Policy"
OUTSIDE = "the Content-Security-Policy is outside the head, where browsers ignore it"
OPEN = "the Content-Security-Policy has no `default-src`, so it allows whatever it does not name"
ANYBODY = "the Content-Security-Policy allows scripts from anywhere: "
FAILS = {
    "nothing": ("<p>x", NONE),
    "a comment": (f"<!-- {GOOD} -->", NONE),
    "a comment that ends at once": (f"<!--><body><!-- -->{GOOD}", OUTSIDE),
    "a comment that ends otherwise": (f"<!-- --!><body><!-- -->{GOOD}", OUTSIDE),
    "another name": ("<meta name=Content-Security-Policy content=\"default-src 'none'\">", NONE),
    "only reported": (GOOD.replace("Policy", "Policy-Report-Only"), NONE),
    "another first": (GOOD.replace("<meta", "<meta http-equiv=refresh"), NONE),
    "in the body": (f"<head></head><body>{GOOD}", OUTSIDE),
    "after text": (f"x{GOOD}", OUTSIDE),
    "in a template": (f"<template>{GOOD}</template>", OUTSIDE),
    "without scripts": (f"<noscript>{GOOD}</noscript>", NONE),
    "in a title": (f"<title>{GOOD}</title>", NONE),
    "after a script": (
        f'<script src="a.js"></script>{GOOD}',
        "the Content-Security-Policy comes after `<script>` and does not apply to it",
    ),
    "after a style": (
        f'<link rel="stylesheet" href="a.css">{GOOD}',
        "the Content-Security-Policy comes after `<link>` and does not apply to it",
    ),
    "empty": (_meta(""), OPEN),
    "without content": ("<meta http-equiv=content-security-policy>", OPEN),
    "for scripts alone": (_meta("script-src 'self'"), OPEN),
    "anybody": (_meta("default-src *"), f"{ANYBODY}`*` in `default-src`"),
    "anybody's scripts": (
        _meta("default-src 'none'; script-src 'self' https://*"),
        f"{ANYBODY}`https://*` in `script-src`",
    ),
    "a scheme": (_meta("default-src 'none'; script-src https:"), f"{ANYBODY}`https:` in `script-src`"),
    "data": (_meta("default-src 'none'; Script-Src DATA:"), f"{ANYBODY}`DATA:` in `script-src`"),
    "inline": (_meta("default-src 'self' 'Unsafe-Inline'"), f"{ANYBODY}`'Unsafe-Inline'` in `default-src`"),
    "eval": (_meta("default-src 'none'; script-src 'unsafe-eval'"), f"{ANYBODY}`'unsafe-eval'` in `script-src`"),
    "elements": (_meta("default-src 'none'; script-src-elem *:443"), f"{ANYBODY}`*:443` in `script-src-elem`"),
    "workers": (_meta("default-src 'none'; worker-src blob:"), f"{ANYBODY}`blob:` in `worker-src`"),
}


@pytest.mark.parametrize("case", HOLDS)
def test_what_holds(case: str) -> None:
    assert find_policy_flaw(HOLDS[case]) is None


@pytest.mark.parametrize("case", FAILS)
def test_what_does_not(case: str) -> None:
    page, message = FAILS[case]
    flaw = find_policy_flaw(page)
    assert flaw is not None
    assert flaw[0] == message


LEAVE_OUT = (
    'begin the layout with {% extends "base.html" %} and leave the block policy out; or copy the meta tag of the '
    "built-in "
    "layouts/base.html to the top of its <head>"
)
BLAMED = {
    "an empty block": (
        '{% extends "base.html" %}\n{% block policy %}{% endblock %}\n',
        "2:4 [block policy]",
        OPEN,
        "begin the block policy with {{ super() }}, or begin the policy with default-src 'none'",
    ),
    "a block that opens": (
        "{% extends 'base.html' %}\n\n{% block policy %}default-src *{% endblock %}",
        "3:4 [block policy]",
        f"{ANYBODY}`*` in `default-src`",
        "name the hosts that the page needs instead",
    ),
    "a layout of its own": ("<html>\n<head>\n<title>x</title>", "2:1 [<head]", NONE, LEAVE_OUT),
    "a layout without a head": ("<title>x</title>", "1:1 []", NONE, LEAVE_OUT),
}


@pytest.mark.parametrize("case", BLAMED)
def test_the_layout_is_blamed(case: str, tmp_path: Path) -> None:
    layout, place, message, help = BLAMED[case]
    (reported,) = report(tmp_path, {"layouts/own.html": layout, "content/a.md": "---\nlayout: own\n---\nx\n"})
    assert show(reported) == f"layouts/own.html:{place} error[self-check]: {message}"
    assert reported.help is not None
    assert reported.help.startswith(f"{help}; it is on line ")


BASE = '{% extends "base.html" %}\n'
FIXED = {
    "what the block adds": BASE + "{% block policy %}{{ super() }}; frame-src https://a.example{% endblock %}",
    "a policy of its own": BASE + "{% block policy %}default-src 'none'; script-src https://a.example{% endblock %}",
    "no block": BASE,
}


@pytest.mark.parametrize("case", FIXED)
def test_what_a_layout_may_do(case: str, tmp_path: Path) -> None:
    assert report(tmp_path, {"layouts/own.html": FIXED[case], "content/a.md": "---\nlayout: own\n---\nx\n"}) == []

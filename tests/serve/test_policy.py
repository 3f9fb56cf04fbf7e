"""A page's own policy is widened by what the preview needs, and by nothing else."""

from __future__ import annotations

import pytest

from courseweek.serve.policy import widen_policies, widen_policy

SOCKET = "ws://127.0.0.1:8000/_preview/socket"


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' WS",
        ),
        ("default-src 'none'", "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' WS"),
        (
            "script-src 'none'; connect-src https://a.example",
            "script-src 'self'; connect-src https://a.example 'self' WS",
        ),
        (
            "default-src https:; Script-Src https://a.example; script-src 'unsafe-inline'",
            "default-src https:; script-src https://a.example 'self'; style-src https: 'self'; "
            "connect-src https: 'self' WS",
        ),
        ("img-src 'self'", "img-src 'self'"),
        ("", ""),
        (" ;; ", ""),
    ],
)
def test_a_policy_is_widened(policy: str, expected: str) -> None:
    assert widen_policy(policy, SOCKET) == expected.replace("WS", SOCKET)


def test_each_policy_of_a_page_is_widened_and_nothing_else() -> None:
    page = (
        '<meta name="x" content="default-src \'none\'"><META HTTP-EQUIV=Content-Security-Policy CONTENT="default-src '
        "&#39;none&#39;\"><meta http-equiv='content-security-policy' content='img-src data:'>"
    )
    assert widen_policies(page, "ws://h/s") == (
        '<meta name="x" content="default-src \'none\'"><META HTTP-EQUIV=Content-Security-Policy CONTENT="default-src '
        "&#x27;none&#x27;; script-src &#x27;self&#x27;; style-src &#x27;self&#x27;; connect-src &#x27;self&#x27; "
        'ws://h/s"><meta http-equiv=\'content-security-policy\' content="img-src data:">'
    )

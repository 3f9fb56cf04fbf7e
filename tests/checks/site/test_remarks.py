"""Remarks: each kind has its rule, and what is wrong in several ways is reported at its own place in each."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from courseweek.checks.site.remarks import RULES
from courseweek.render.markdown.remarks import RemarkKind
from tests.checks.reported import report_page


def test_each_kind_has_a_rule() -> None:
    assert RULES.keys() | {"too-large"} == set(get_args(RemarkKind))


def test_two_rules_about_one_place_do_not_take_turns(tmp_path: Path) -> None:
    found = report_page(tmp_path, "[](x.html) and [x](x.html)\n\n![](y.png) ![](y.png)")
    assert sorted(each.split(": ")[0] for each in found) == [
        "1:20 [x.html] error[dead-link]",
        "1:4 [x.html] error[dead-link]",
        "1:4 [x.html] error[empty-link]",
        "3:16 [y.png] error[dead-link]",
        "3:16 [y.png] error[missing-alt]",
        "3:5 [y.png] error[dead-link]",
        "3:5 [y.png] error[missing-alt]",
    ]

"""The place of what is wrong: the very link, image or formula, and never another one that looks like it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.reported import SYLLABUS, report, report_page, show

PLACES = {
    "`x.html` [a](x.html) x.html [b](x.html)": ["1:14 [x.html]", "1:33 [x.html]"],
    "```text\n[a](x.html)\n```\n\n[a](x.html)": ["5:5 [x.html]"],
    "[a](x%20y.html) [b](<x y.html>)": ["1:5 [x%20y.html]", "1:22 [x y.html]"],
    "[a](x\\_y.html)": ["1:5 [x\\_y.html]"],
    "[a](x.html?a=1&amp;b=2)": ["1:5 [x.html?a=1&amp;b=2]"],
    "[a](x.md) x.html": ["1:5 [x.md]"],
    "x.html [a][b]\n\n[b]: x.html": ["3:6 [x.html]"],
    "x.html <a href='x.html'>a</a>": ["1:17 [x.html]"],
    "[a](x.html 'x.html') [a](x_(y).html)": ["1:5 [x.html]", "1:26 [x_(y).html]"],
    "javascript:x [a](javascript:x)": ["1:18 [javascript:x]"],
    "![x](assets/a.png) ![](assets/a.png)": ["1:24 [assets/a.png]"],
    "<img src='assets/a.png' alt='x'> <img alt='' src='assets/a.png'>": ["1:51 [assets/a.png]"],
    "![x][a] ![][a]\n\n[a]: assets/a.png": ["1:9 [![][a]]"],
    "`$\\frac{a$` $\\frac{a$ and $\\frac{a$": ["1:19 [{]", "1:33 [{]"],
    "- ```\n  [a](x.html)\n  ```\n- [b](x.html)": ["4:7 [x.html]"],
    "1. a\n   ~~~\n   [a](x.html)\n   ~~~\n   [b](x.html)": ["5:8 [x.html]"],
    "> ```\n> [a](x.html)\n> ```\n> [b](x.html)": ["4:7 [x.html]"],
    "\\(\\frac{a\\) and $`\\frac{b`$": ["1:8 [{]", "1:24 [{]"],
    "- [a](x.html)\n- [b](x.html)": ["1:7 [x.html]", "2:7 [x.html]"],
}


@pytest.mark.parametrize("text", PLACES)
def test_the_place_in_a_page(text: str, tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "a.png").write_bytes(b"x")
    found = report_page(tmp_path, text)
    assert [each.rpartition("] error[")[0] + "]" for each in found] == PLACES[text]


def test_the_place_in_a_yaml_file(tmp_path: Path) -> None:
    syllabus = "# See [x](x.html) and ![](assets/a.png).\n" + SYLLABUS
    syllabus = syllabus.replace("topic: Introduction,", "topic: 'On [x](x.html)', description: '`x.html` [x](x.html)',")
    syllabus += "late_policy: |\n  Never, see\n  [x](x.html).\n\n  ![x](assets/a.png) ![ ](assets/a.png)\n"
    readings = (
        'intro:\n  - {title: x.html, note: "[x](x.html)"}\n  - "[z.html](https://a.org/x.html), see [y](x.html)"\n'
    )
    readings += "  - {title: $y$, note: 'So $a\n       \\alhpa$ is.'}\n"
    found = report(tmp_path, {"readings.yaml": readings, "assets/a.png": "x"}, syllabus)
    assert [show(each) for each in found] == [
        "readings.yaml:2:32 [x.html] error[dead-link]: `x.html` leads nowhere: this site has no such page or file",
        "readings.yaml:3:46 [x.html] error[dead-link]: `x.html` leads nowhere: this site has no such page or file",
        "readings.yaml:5:8 [\\alhpa] error[formula]: there is no command `\\alhpa`",
        "syllabus.yaml:9:58 [x.html] error[dead-link]: `x.html` leads nowhere: this site has no such page or file",
        "syllabus.yaml:28:7 [x.html] error[dead-link]: `x.html` leads nowhere: this site has no such page or file",
        "syllabus.yaml:30:27 [assets/a.png] error[missing-alt]: this image has no alternative text",
    ]

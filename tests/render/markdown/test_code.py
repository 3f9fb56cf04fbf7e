"""Code in colour: the same words, in spans with classes and nothing else."""

from __future__ import annotations

import html
import re

import pytest
from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers import get_lexer_by_name

from courseweek.render.markdown.code import LONGEST_CODE, Colors
from courseweek.render.markdown.markup import render_block, render_prose
from courseweek.render.markdown.remarks import Findings

CODES = {
    "python": "def f(x: int) -> str:\n    return f'<b>{x}</b>'  # \"&amp;\"\n",
    "html": "<script>alert('x')</script>\n<a href=\"javascript:x\" style='a'>&lt;</a>\n",
    "c++": "#include <vector>\ntemplate <class T> T f(T && x) { return x; }\n",
    "bash": '$ echo "$HOME" > `pwd`  # $x$\n',
    "yaml": "a: {b: [1, 2]}\n\n\nc:   'd'\n",
    "Python": "x = 1\n",
    "text": "one <two> & $three$\n",
    "cuda": "__global__ void f(float *x) { x[threadIdx.x] *= 2.f; }\n",
}


def prose(text: str) -> str:
    return str(render_prose(text, Findings(), lambda target: target))


def words(rendered: str) -> str:
    """Return the text of the code as a browser copies it."""
    (code,) = re.findall(r"<pre[^>]*><code[^>]*>(.*?)</code></pre>", rendered, re.DOTALL)
    return html.unescape(re.sub(r"<[^>]*>", "", code))


@pytest.mark.parametrize("language", CODES)
def test_the_words_stay_and_the_output_is_inert(language: str) -> None:
    rendered = prose(f"```{language}\n{CODES[language]}```\n")
    assert words(rendered) == CODES[language]
    tags = set(re.findall(r"<[^>]*>", rendered)) - {'<pre class="code" tabindex="0">', "<code>", "</code>", "</pre>"}
    assert all(re.fullmatch(r'<span class="[A-Za-z0-9 -]+">|</span>', tag) for tag in tags)
    assert "style=" not in re.sub(r">[^<]*<", "><", rendered)
    assert "<math" not in rendered


OF_NAMES = {
    "each place of a name": "@cached\nasync def f_1(x: A) -> B:\n    class C2(a.B): ...\n",
    "imports": "from a.b_2 import c as d, e\nimport _x.y\nmatch x:\n    case Y(): raise Z from None\n",
    "names that begin with a digit": "1abc = 0x1F_f + 2_3e4j\n",
    "letters of other scripts": "größe, Δx = naïve(变量)\nclass Straße: ...\n",
}


@pytest.mark.parametrize("language", ["python", "numpy", "mojo"])
@pytest.mark.parametrize("code", OF_NAMES.values(), ids=OF_NAMES)
def test_names_have_the_colors_that_pygments_gives_them(code: str, language: str) -> None:
    own = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    assert f"<code>{highlight(code, own, HtmlFormatter(nowrap=True))}</code>" in prose(f"```{language}\n{code}```\n")


def test_code_has_color() -> None:
    assert '<span class="k">return</span>' in prose("```python\ndef f():\n    return 1\n```\n")
    assert '<span class="k">return</span>' in render_block("```python\ndef f():\n    return 1\n```\n")


@pytest.mark.parametrize(
    "text",
    [
        "```\nplain <b>\n```\n",
        "```no-such-language\nplain <b>\n```\n",
        "    plain <b>\n",
        f"```python\n{'x = 1  # <b>' + chr(10)}{'#' * LONGEST_CODE}\n```\n",
    ],
    ids=["no language", "an unknown one", "indented", "long"],
)
def test_what_gets_no_color(text: str) -> None:
    rendered = prose(text)
    assert "<span" not in rendered
    assert "&lt;b&gt;" in rendered


def test_a_language_is_no_way_out_of_the_attribute() -> None:
    rendered = prose('```"><script>alert(1)</script>\nx\n```\n')
    assert "<script" not in rendered


FENCES = {
    '```python title="x"\na = 1\n```': "```python\na = 1\n```",
    "```python {1,3-4} x\na = 1\n```": "```python\na = 1\n```",
    "~~~ {r, echo=FALSE}\na <- 1\n~~~": "~~~ r\na <- 1\n~~~",
    "``` c++ hl_lines=1\nint x;\n```": "```c++\nint x;\n```",
    "```!?\na\n```": "```\na\n```",
    "````python x\n```python y\n```\n````": "````python\n```python y\n```\n````",
    "```\na\n```\n\n```sh -x\nls\n```": "```\na\n```\n\n```sh\nls\n```",
}


@pytest.mark.parametrize("text", FENCES)
def test_more_than_a_language_after_the_fence(text: str) -> None:
    made = prose(text)
    assert made == prose(FENCES[text])
    assert made.startswith("<pre")


def test_what_looks_like_a_fence_in_code_stays() -> None:
    assert words(prose("~~~text\n```python title='x'\n~~~")) == "```python title='x'\n"
    assert "<pre" not in prose("``` a `b` c\n\nd\n")


def test_code_that_is_known_is_not_colored_again(monkeypatch: pytest.MonkeyPatch) -> None:
    block = "```python\ndef f():\n    return 1\n```\n"

    def render(text: str, colors: Colors) -> str:
        return str(render_prose(text, Findings(), lambda target: target, colors=colors))

    first = Colors()
    before = render(f"One word.\n\n{block}\n```sql\nSELECT 1\n```\n", first)
    monkeypatch.setattr("courseweek.render.markdown.code._lexer", lambda *_, **__: pytest.fail("it was colored again"))
    second = Colors(first.used)
    after = render(f"Another word.\n\n{block}", second)
    assert after.split("<pre")[1].strip() == before.split("<pre")[1].strip()
    assert len(first.used) == 2
    assert len(second.used) == 1, "what is not on the page any more goes"
    with pytest.raises(pytest.fail.Exception):
        render(block.replace("1", "2"), Colors(second.used))

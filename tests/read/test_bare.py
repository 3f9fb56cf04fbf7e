"""An address that stands as text in a reading is a warning, and what it says to write makes a link of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseweek.model.reading import Reading
from tests.mini import Mini, date_mini
from tests.read.test_free_keys import TERM, TOPICS
from tests.test_remedies import fix

URL = "https://example.org/x"
DOI = "https://doi.org/10.1145/3458817.3476209"

# A reading, and what it becomes.
FIXED = {
    f"- FlashAttention {URL}": f'- "[FlashAttention]({URL})"',
    f'- "FlashAttention {URL}"': f'- "[FlashAttention]({URL})"',
    f"- 'FlashAttention, {URL}'": f'- "[FlashAttention]({URL})"',
    f"- FlashAttention ({URL})": f'- "[FlashAttention]({URL})"',
    f"- FlashAttention - {URL}": f'- "[FlashAttention]({URL})"',
    f'- "FlashAttention: {URL}"': f'- "[FlashAttention]({URL})"',
    f"- FlashAttention {URL}.": f'- "[FlashAttention]({URL})"',
    f"- FlashAttention {URL} (NeurIPS 2022)": f'- "[FlashAttention]({URL}) (NeurIPS 2022)"',
    f"- {URL} FlashAttention": f'- "[FlashAttention]({URL})"',
    f'- "[FlashAttention] ({URL})"': f'- "[FlashAttention]({URL})"',
    f"- (FlashAttention)[{URL}]": f'- "[FlashAttention]({URL})"',
    f'- "FlashAttention [pdf]{URL})"': f'- "FlashAttention [pdf]({URL})"',
    f'- "see <{URL}|FlashAttention>, part 1"': f'- "see [FlashAttention]({URL}), part 1"',
    f'- "Tri Dao. 2022. FlashAttention. In *NeurIPS*, 1-12. {DOI}"': (
        f'- "[Tri Dao. 2022. FlashAttention. In *NeurIPS*, 1-12.]({DOI})"'
    ),
    f'- "Dao, T. (2022). FlashAttention. NeurIPS, 35. {DOI}"': (
        f'- "[Dao, T. (2022). FlashAttention. NeurIPS, 35.]({DOI})"'
    ),
    "- A book on knots (https://en.wikipedia.org/wiki/Knot_(unit))": (
        '- "[A book on knots](https://en.wikipedia.org/wiki/Knot_(unit))"'
    ),
    f"- title: FlashAttention ({URL})": f'- title: "FlashAttention"\n    url: {URL}',
    f"- title: FlashAttention {URL}\n    year: 2022": f'- title: "FlashAttention"\n    url: {URL}\n    year: 2022',
    f"- title: FlashAttention, url:{URL}": f'- title: "FlashAttention"\n    url: {URL}',
    f'- "Dao, T. FlashAttention. Retrieved from {URL}"': f'- "[Dao, T. FlashAttention.]({URL})"',
    f'- title: "[FlashAttention]({URL})"': f'- title: "FlashAttention"\n    url: {URL}',
    f"- {{title: FlashAttention {URL}, year: 2022}}": f'- {{title: "FlashAttention", url: {URL}, year: 2022}}',
}


def check(lines: str, folder: Path) -> tuple[str, Mini]:
    text = f"a:\n  {lines}\n"
    return text, date_mini(folder, TERM + TOPICS, text)


@pytest.mark.parametrize("lines", FIXED)
def test_an_address_as_text_is_reported_and_becomes_a_link(lines: str, tmp_path: Path) -> None:
    text, mini = check(lines, tmp_path)
    assert [(each.severity, each.name) for each in mini.diagnostics] == [("warning", "bare-address")]
    after = fix(text, "readings.yaml", mini.diagnostics)
    assert after == f"a:\n  {FIXED[lines]}\n"
    fixed = date_mini(tmp_path, TERM + TOPICS, after)
    assert fixed.found == []
    assert fixed.course is not None
    (reading,) = fixed.course.reading_lists["a"].required[0].entries
    assert isinstance(reading, Reading)
    assert reading.url is not None
    assert "://" not in reading.title


def test_below_a_bar_no_quotes_are_written(tmp_path: Path) -> None:
    text = f"a: |\n  - FlashAttention {URL}\n  - <{URL}|X>\n"
    mini = date_mini(tmp_path, TERM + TOPICS, text)
    after = fix(text, "readings.yaml", mini.diagnostics)
    assert after == f"a: |\n  - [FlashAttention]({URL})\n  - [X]({URL})\n"


# Two addresses, or one beside the key that holds another: a person must decide.
UNSURE = (
    f"- FlashAttention {URL} and {URL}/2",
    f"- {{title: FlashAttention {URL}, url: {URL}/2}}",
    f"- {{title: FlashAttention {URL}, doi: 10.1145/3458817.3476209}}",
)


@pytest.mark.parametrize("lines", UNSURE)
def test_what_is_not_sure_has_no_edit(lines: str, tmp_path: Path) -> None:
    _, mini = check(lines, tmp_path)
    assert [(each.name, each.fix) for each in mini.diagnostics] == [("bare-address", ())]


RIGHT = (
    f'- "[FlashAttention]({URL})"',
    f'- "[FlashAttention]({URL}), also at {URL}/2"',
    f"- FlashAttention <{URL}>",
    "- The http:// of old",
    f"- {{title: FlashAttention, note: see {URL}}}",
)


@pytest.mark.parametrize("lines", RIGHT)
def test_a_link_is_no_mistake(lines: str, tmp_path: Path) -> None:
    _, mini = check(lines, tmp_path)
    assert mini.found == []

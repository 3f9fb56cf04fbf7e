"""The browsers that `docs/student.md` promises have what the style sheet and the script use, by their text.

What is not listed here is refused. Who adds a feature adds the first versions that have it (MDN's compatibility data).
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from courseweek.plan.plan import (
    CHOICE_SCRIPT,
    CHOSEN_SCRIPT,
    CITE_SCRIPT,
    DATES_SCRIPT,
    FINDER_SCRIPT,
    MORE_STYLE,
    PRINT_STYLE,
    SCRIPT,
    SEARCH_DIALOG,
    SEARCH_STYLE,
    STYLE_SHEET,
    SUGGEST_SCRIPT,
    TICKS_SCRIPT,
    TICKS_STYLE,
)
from tests.conftest import BuildSite
from tests.features import find_in_script, find_in_style
from tests.sites import COURSES, ROOT

Versions = tuple[float, float, float]
PROMISED: Versions = (109, 115, 16.4)
"""Chrome and Edge, Firefox, Safari."""
NEVER = 999.0

# In Chrome 60, Firefox 60 and Safari 11, of 2017 and 2018, or before.
OLD_STYLE = """
@media and (max-width) print screen dark active (min-width)
:root :hover :focus :empty :first-child :last-child :not() :lang() ::before ::after [^=] [=] :first-of-type
1rem 1px 1em 1% 1fr 1vw 1vh 1mm 1pt
var() attr() minmax() repeat() inset() calc()
-webkit-text-size-adjust align-content align-items background border border-bottom border-bottom-color
border-collapse border-color border-radius border-right border-style border-top border-top-style box-shadow box-sizing
break-inside clip-path color content cursor display flex flex-direction flex-wrap font font-family font-size font-style
font-variant-numeric font-weight grid-column grid-template-columns height justify-content line-height
list-style margin margin-bottom margin-top max-height max-width min-height min-width object-fit order grid-row
outline outline-color outline-offset overflow overflow-wrap overflow-x overflow-y padding padding-bottom padding-top
position text-align text-decoration text-overflow top vertical-align visibility white-space width z-index
"""
OLD_VALUES = """
--: -apple-system sans-serif serif
align-items: baseline center flex-start start
align-content: start
justify-content: flex-end space-between
background: none
border: solid
border-bottom: solid transparent
border-collapse: collapse
border-color: currentcolor
border-right: solid
border-style: dashed
border-top: solid
border-top-style: dotted
box-sizing: border-box
break-inside: avoid
clip-path: none
color: inherit
content: data-label href
cursor: pointer
display: block flex grid important inline inline-block none
display: table table-cell table-header-group table-row table-row-group
flex-direction: column
flex-wrap: wrap
font: inherit
font-style: italic normal
font-variant-numeric: tabular-nums
grid-template-columns: auto auto-fill auto-fit
height: auto
list-style: none
margin: auto
max-width: none
object-fit: cover
outline: solid
overflow: hidden
overflow-wrap: break-word
overflow-x: auto
overflow-y: auto hidden
position: absolute relative static sticky
text-align: center end left right start
text-decoration: none underline
text-overflow: ellipsis
vertical-align: baseline top
visibility: hidden
white-space: nowrap pre pre-wrap
"""
NEWER_STYLE: dict[str, Versions] = {
    "(prefers-color-scheme)": (76, 67, 12.1),
    "color-scheme": (81, 96, 13),
    "color-scheme: light": (81, 96, 13),
    "color-scheme: dark": (81, 96, 13),
    ":is()": (88, 78, 14),
    ":focus-visible": (86, 85, 15.4),
    "clamp()": (79, 75, 13.1),
    "min()": (79, 75, 11.1),
    "gap": (84, 63, 14.1),  # between flexible boxes
    "display: contents": (65, 52, 11.1),
    "overflow-wrap: anywhere": (80, 65, 15.4),
    "width: fit-content": (46, 94, 11),
    "scroll-padding-top": (69, 68, 14.1),
    "inset-block": (87, 63, 14.1),
    "inset-inline": (87, 63, 14.1),
    "inset-inline-start": (87, 63, 14.1),
    "inset-inline-end": (87, 63, 14.1),
    "margin-block": (87, 66, 14.1),
    "margin-inline": (87, 66, 14.1),
    "margin-inline-start": (69, 41, 12.1),
    "margin-inline-start: auto": (69, 41, 12.1),
    "margin-inline-end": (69, 41, 12.1),
    "padding-block": (87, 66, 14.1),
    "padding-inline-start": (69, 41, 12.1),
    "padding-inline-end": (69, 41, 12.1),
    "border-inline-start": (69, 41, 12.1),
    "border-inline-start: solid": (69, 41, 12.1),
    "border-inline-start: Highlight": (69, 41, 12.1),
    "text-decoration-color": (57, 36, 12.1),
    "text-decoration-color: transparent": (57, 36, 12.1),
    "text-decoration-color: currentcolor": (57, 36, 12.1),
    "text-decoration-thickness": (89, 70, 12.1),
    "accent-color": (93, 92, 15.4),
    "::backdrop": (37, 98, 15.4),
    "text-underline-offset": (87, 70, 12.1),
    "break-after": (108, 65, 10),
    "break-after: avoid": (108, 65, 10),
    "--: system-ui": (56, 92, 11),
}
WITHOUT_STYLE: dict[str, tuple[Versions, str]] = {
    "color-mix()": ((111, 113, 16.2), "links are underlined in their own color"),
    "text-decoration-color: in": ((111, 113, 16.2), "as color-mix()"),
    "text-decoration-color: srgb": ((111, 113, 16.2), "as color-mix()"),
    "text-wrap": ((114, 121, 17.4), "lines of headings differ in length"),
    "text-wrap: balance": ((114, 121, 17.4), "lines of headings differ in length"),
    "text-wrap: pretty": ((117, NEVER, 26), "the last line of a topic may be one word"),
    "scrollbar-width": ((121, 64, 18.2), "the navigation shows a bar to scroll it with"),
    "scrollbar-width: none": ((121, 64, 18.2), "as scrollbar-width"),
    "(forced-colors)": ((89, 113, NEVER), "no system forces colors there"),
    "color: CanvasText": ((89, 113, NEVER), "as (forced-colors)"),
    ":has()": ((105, 121, 15.4), "a line of what is due can move when the script adds the reader's time"),
    "hyphens": ((88, 43, 17), "long words in a table break without a hyphen"),
    "hyphens: auto": ((88, 43, 17), "as hyphens"),
    "user-select": ((54, 69, NEVER), "the address of a calendar is selected by hand"),
    "user-select: all": ((54, 69, NEVER), "as user-select"),
    "::details-content": ((131, 143, 18.4), "the script unfolds readings for paper"),
    "content-visibility": ((85, 125, 18), "as ::details-content"),
    "content-visibility: visible": ((85, 125, 18), "as ::details-content"),
    "block-size": ((57, 41, 12.1), "as ::details-content"),
    "block-size: auto": ((57, 41, 12.1), "as ::details-content"),
    "@page": ((15, 95, 18.2), "margins of paper are the browser's"),
    "@bottom-right": ((131, NEVER, NEVER), "sheets of paper have no numbers"),
    "counter()": ((131, NEVER, NEVER), "as @bottom-right"),
    "content: page": ((131, NEVER, NEVER), "as @bottom-right"),
    "font-family: math": ((NEVER, NEVER, NEVER), "fonts are named before it"),
}
OLD_SCRIPT = """
! !== % && ( ) * + ++ , - . ... / : ; < <= = === => > >= ? [ ] { || }
const catch continue delete else for function if in let new of regex return try while
.DateTimeFormat .UTC .abs .addEventListener .after .append .assign .body .ceil .childNodes .children .classList
.className .cloneNode .closest .concat .contains .createElement .currentScript .dataset .dateTime .documentElement
.every .execCommand .filter .find .findIndex .firstChild .floor .forEach .format .getElementById .hash .head
.hidden .href .id .includes .indexOf .insertBefore .keys .lang .lastElementChild .length .map .matches .max .min .now
.onerror .onload .parentNode .parse .prepend .querySelector .querySelectorAll .remove .removeAttribute .replace .round
.rows .scrollIntoView .selectAllChildren .setAttribute .shift .slice .some .sort .split .src .startsWith .textContent
.toLocaleString .toLocaleTimeString .toggle .value .visibility
Date Event Infinity Intl Math Object String URL addEventListener() clearTimeout() dispatchEvent() encodeURIComponent()
getSelection() isNaN() parseInt() setTimeout()
+= -= .add .altKey .async .checked .click .composedPath .cssText .ctrlKey .defaultPrevented .endsWith .focus
.getItem .join .label .language .match .metaKey .normalize .onchange .onclick .oninput .onkeydown
.preventDefault .search .setItem .splice .style .test .title .toLowerCase
CustomEvent Set
.clear .createObjectURL .delete .entries .exec .files .get .has .index .isArray .lastIndex .localName .observe .pathname
.pop .push .reduce .repeat .revokeObjectURL .searchParams .set .size .stopPropagation .stringify .trim Array Blob JSON
Map MutationObserver RegExp URLSearchParams break decodeURIComponent() template typeof
"""
OWN_SCRIPT = (
    ".box .count .courseReadings .courseweek .load .loaded .mine .read .refused .tick .ticks .where "
    "ArrowDown ArrowUp MiniSearch .best .counts .courseSearch .facts .kind .loading"
    " .above .address .below .cleaning .closed .copied .create .doi .edit .editor .end .fields .first .form"
    " .hint .lines .minutes .more .note .notes .pages .places .present .read .refused .selected .suggesting"
    " .text .topic .topics .url .venue .where .year take() .A1 .AU .DOI .URL .archiveprefix .author .authors"
    " .eprint .eprinttype .family .given .howpublished .issued .literal .raw .volume AA AE H L O OE"
    " .actual .at .classes .current .date .day .days .due .for .free .from .gone .key .mark .marked .n .name .notice"
    " .of .open .order .relative .renew .shown .spans .to .until .was .week .weekly .written"
)
"""Names that the scripts give themselves, those of `dataset` and of references; `open` is of `details` as well."""
NEWER_SCRIPT: dict[str, Versions] = {
    ".close": (37, 98, 15.4),
    ".showModal": (37, 98, 15.4),
    "regex g": (1, 1, 1),
    "regex u": (64, 78, 11.1),  # with classes of characters such as letters
    "regex gu": (64, 78, 11.1),
    "regex gi": (1, 1, 1),
    "regex i": (1, 1, 1),
    "regex im": (1, 1, 1),
    "regex m": (1, 1, 1),
    "regex iy": (49, 3, 10),
    ".matchAll": (73, 67, 13),
    "&&=": (85, 79, 14),
    "?.": (80, 74, 13.1),
    "||=": (85, 79, 14),
    "async": (55, 52, 10.1),
    "await": (55, 52, 10.1),
    ".clipboard": (66, 63, 13.1),
    ".writeText": (66, 63, 13.1),
    ".RelativeTimeFormat": (71, 65, 14),
    ".fromEntries": (73, 63, 12.1),
    ".text": (76, 69, 14),  # of a file
    ".flat": (69, 62, 12),
    ".flatMap": (69, 62, 12),
    ".replaceChildren": (86, 78, 14),
}


SHEETS = (STYLE_SHEET, MORE_STYLE, PRINT_STYLE, SEARCH_STYLE, TICKS_STYLE)
SCRIPTS_OF_THEME = (
    CHOICE_SCRIPT,
    CHOSEN_SCRIPT,
    CITE_SCRIPT,
    DATES_SCRIPT,
    SCRIPT,
    FINDER_SCRIPT,
    SEARCH_DIALOG,
    SUGGEST_SCRIPT,
    TICKS_SCRIPT,
)
"""All but the library."""


def old_values() -> set[str]:
    lines = (line.partition(": ") for line in OLD_VALUES.strip().splitlines())
    return {f"{name}: {word}" for name, _, words in lines for word in words.split()}


def has(versions: Versions) -> bool:
    return all(since <= promised for since, promised in zip(versions, PROMISED, strict=True))


@pytest.fixture(params=["whole", "kinds", "recess"])
def style(request: pytest.FixtureRequest, build_site: BuildSite) -> str:
    """Return the style sheets as they are written, with the accents of three courses."""
    course = ROOT if request.param == "whole" else COURSES / request.param
    tokens = (build_site(course) / STYLE_SHEET).read_text(encoding="utf-8").partition("\n")[0]
    return "".join((tokens, *(Path(ROOT, path).read_text(encoding="utf-8") for path in SHEETS)))


def test_the_style_sheet_uses_nothing_newer_than_is_promised(style: str) -> None:
    known = {*OLD_STYLE.split(), *old_values(), *NEWER_STYLE, *WITHOUT_STYLE}
    assert find_in_style(style) - known == set()
    assert "light-dark(" not in style


@pytest.fixture
def scripts() -> set[str]:
    """Return what the scripts use as they are written; their compact copies use the same under shorter names."""
    texts = (Path(ROOT, path).read_text(encoding="utf-8") for path in SCRIPTS_OF_THEME)
    return set().union(*map(find_in_script, texts))


def test_the_scripts_use_nothing_newer_than_is_promised(scripts: set[str]) -> None:
    assert scripts - {*OLD_SCRIPT.split(), *OWN_SCRIPT.split(), *NEWER_SCRIPT} == set()


def test_each_listed_feature_is_promised_or_says_what_happens_without() -> None:
    assert [name for name, versions in {**NEWER_STYLE, **NEWER_SCRIPT}.items() if not has(versions)] == []
    helping = {"block-size", "block-size: auto"}
    assert [name for name, (versions, _) in WITHOUT_STYLE.items() if has(versions) and name not in helping] == []


def test_the_lists_hold_nothing_that_is_not_used(style: str, scripts: set[str]) -> None:
    used = find_in_style(style) | scripts
    listed = {*OLD_STYLE.split(), *old_values(), *NEWER_STYLE, *WITHOUT_STYLE, *NEWER_SCRIPT}
    assert {*listed, *OLD_SCRIPT.split(), *OWN_SCRIPT.split()} - used == set()


def test_what_a_browser_may_lack_takes_nothing_else_away(style: str) -> None:
    """A selector that is not known drops its whole rule, a value its whole declaration, other rings and lines too."""
    heads = [head.strip() for head in re.findall(r"([^{};]+)\{", style)]
    lacking = [head for head in heads if "::details-content" in head]
    assert lacking
    assert [head for head in lacking if "," in head] == []
    assert set(re.findall(r"([\w-]+):[^;{}]*color-mix\(", style)) == {"text-decoration-color"}
    # WebKit reads a line of this shorthand, and drops one with a color or a thickness.
    assert set(re.findall(r"text-decoration:\s*([^;}]+?)\s*[;}]", style)) == {"none", "underline"}
    # An outline without its color keeps the ring.
    assert "var(" not in "".join(re.findall(r"outline:([^;}]*)", style))


def test_the_documents_promise_the_same_browsers() -> None:
    text = (ROOT / "docs" / "student.md").read_text(encoding="utf-8")
    assert "Chrome and Edge 109, Firefox 115 and Safari 16.4" in " ".join(text.split())


STYLES = {
    "a { color: light-dark(#fff, #000) }": {"light-dark()"},
    "a { & b { color: red } }": {"nesting", "&"},
    "a { b { color: red } }": {"nesting"},
    "@container (width > 3rem) { a { top: 0 } }": {"@container", "(width)", ">"},
    "@layer a { b { top: 0 } }": {"@layer"},
    "a { height: 100dvh }": {"1dvh"},
    "a { display: flow-root }": {"display: flow-root"},
    "a:where(b) { top: 0 }": {":where()"},
    "a::marker { color: red }": {"::marker"},
    '[b="c" i] { top: 0 }': {"[i]"},
    "a { inset: 0 }": {"inset"},
    "a { rotate: 3deg }": {"rotate"},
    "@media (400px <= width) { a { top: 0 } }": {"<="},
    "a { width: max(1px, 2px) }": {"max()"},
    "a { text-wrap: stable }": {"text-wrap: stable"},
}
SCRIPTS = {
    "a ??= b": {"??="},
    "a ?? b": {"??"},
    "a.at(-1)": set(),  # a name of the script's own too, which only the type tells
    "a.toSorted()": {".toSorted"},
    "a.replaceAll('b', 'c')": {".replaceAll"},
    "structuredClone(a)": {"structuredClone()"},
    "class A { #b = 1 }": {"class", "#private"},
    "yield a": {"yield"},
    "new WeakMap()": {"WeakMap"},
    "const a = /b/v": {"regex v"},
    "const a = /(?<=b)c/": {"lookbehind"},
    "const a = 1_000": {"1_000"},
    "const a = 1n": {"1n"},
    "// a ??= b": set(),
    "'a ??= b'": set(),
}


@pytest.mark.parametrize(("text", "features"), STYLES.items())
def test_a_new_feature_of_a_style_sheet_is_seen(text: str, features: set[str]) -> None:
    known = {*OLD_STYLE.split(), *old_values(), *NEWER_STYLE, *WITHOUT_STYLE}
    assert features <= find_in_style(text) - known


@pytest.mark.parametrize(("text", "features"), SCRIPTS.items())
def test_a_new_feature_of_a_script_is_seen(text: str, features: set[str]) -> None:
    assert find_in_script(text) - {*OLD_SCRIPT.split(), *OWN_SCRIPT.split(), *NEWER_SCRIPT} == features


def test_every_file_of_the_theme_is_looked_at() -> None:
    assert {path.name for path in (Path(ROOT) / "assets" / "theme").iterdir()} == {
        "choice.js",
        "chosen.js",
        "cite.js",
        "dates.js",
        "finder.js",
        "icon.svg",
        "minisearch.js",
        "pages.css",
        "print.css",
        "search-dialog.js",
        "search.css",
        "style.css",
        "suggest.js",
        "ticks.css",
        "ticks.js",
        "today.js",
    }

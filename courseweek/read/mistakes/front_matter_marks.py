"""The front matter of a page: its keys between two lines of three hyphens, and what is nearly that.

Nearly right is what is below a heading, behind other marks (`----`, `***`, `+++`, a dash of a phone), in a fence of
code, indented, or without any lines around it. The keys are read all the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from courseweek.diagnostics import Diagnostic, Edit, Source
from courseweek.frozen import dataclass
from courseweek.read.pasted.diff import strip_diff
from courseweek.regex import lazy_pattern
from courseweek.yamltext.slips.glued import write_after_key

MOST_ABOVE = 12
"""Lines above front matter that are looked past."""
MOST_KEYS = 40
"""Lines of front matter that is not closed as it should be."""
FENCE = lazy_pattern(r"---[ \t]*\r?\n")
FENCE_END = lazy_pattern(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.MULTILINE)
_MARKS = lazy_pattern(
    r"[ \t]*(?:[-–—―−]{1,}|\*{3,}|\+{3,}|={3,}|_{3,}|~{3,}|`{3,})[ \t]*(?:ya?ml|md|markdown|text)?[ \t]*"
)
_KEY = lazy_pattern(r"[ \t]*(?P<key>[A-Za-z_]+)[ \t]*:(?=[ \t]|$)")
_TOML = lazy_pattern(r"\+{3,}[ \t]*\r?\n(?P<keys>(?:(?!\+{3,})[^\n]*\n){1,40})\+{3,}[ \t]*(?:\r?\n|$)")
_TOML_KEY = lazy_pattern(r"^[ \t]*(?P<key>[\w-]+)[ \t]*=[ \t]*(?P<value>\S[^\n]*)$", re.MULTILINE)
_JSON = lazy_pattern(r"\{(?P<keys>\s*\"[^{}]{1,2000})\}[ \t]*(?:\r?\n|$)")
_JSON_KEY = lazy_pattern(r"\"(?P<key>[\w-]+)\"[ \t]*:[ \t]*(?P<value>\"[^\"\n]*\"|\[[^\]\n]*\]|[\w.-]+)")
_HEADING = lazy_pattern(r"[ \t]{0,3}#{1,6}[ \t]+\S.*")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Where the keys of a page begin and end, where its text begins, and what is wrong with their place or marks."""

    start: int
    end: int
    after: int
    reported: Diagnostic | None = None


def find_front_matter(source: Source, keys: AbstractSet[str], telling: AbstractSet[str]) -> FrontMatter | None:
    """Return the front matter of a page, None if it has none; `keys` are those that its table has.

    Those that are `telling` show by themselves that a line belongs to front matter.

    Front matter that is not closed begins and ends where its text begins.
    """
    text = source.text
    opening = FENCE.match(text)
    if opening is None:
        return _find_added(source) or _find_other_format(source, keys) or _find_nearly(source, keys, telling)
    closing = FENCE_END.search(text, opening.end())
    other = _find_other_end(source, opening.end(), closing.start() if closing is not None else len(text), keys)
    if other is not None:
        return other
    if closing is not None:
        return FrontMatter(opening.end(), closing.start(), closing.end())
    reported = _error(
        source,
        "unclosed-front-matter",
        "this front matter is never closed",
        (0, 3),
        "write a line `---` after its last key",
    )
    return FrontMatter(opening.end(), opening.end(), opening.end(), reported)


@dataclass(frozen=True, slots=True)
class _PageLine:
    """A line of the file with its place, without its line end."""

    text: str
    start: int
    after: int

    @property
    def is_marks(self) -> bool:
        """Whether it is a line of marks like the one that opens front matter."""
        return _MARKS.fullmatch(self.text) is not None

    @property
    def end(self) -> int:
        """Where its text ends."""
        return self.start + len(self.text)


def _rows(text: str, start: int, most: int) -> list[_PageLine]:
    rows: list[_PageLine] = []
    at = start
    while at < len(text) and len(rows) < most:
        end = text.find("\n", at)
        after = len(text) if end < 0 else end + 1
        rows.append(_PageLine(text[at:after].rstrip("\r\n"), at, after))
        at = after
    return rows


def _error(
    source: Source, name: str, message: str, place: tuple[int, int], help: str, fix: tuple[Edit, ...] = ()
) -> Diagnostic:
    return Diagnostic("error", name, message, source.span(*place), help, fix=fix)


def _find_other_end(source: Source, start: int, end: int, keys: AbstractSet[str]) -> FrontMatter | None:
    """Return front matter that opens as it should and is closed by other marks: `----`, `—-`, a fence of code."""
    rows = _rows(source.text[:end], start, MOST_KEYS)
    block = _take_keys(rows, keys, fenced=True)
    closer = next((row for row in rows[len(block) :] if row.text.strip()), None)
    if not block or closer is None or not closer.is_marks or re.fullmatch(r"\.{3}|-{3}[ \t]*", closer.text):
        return None
    message = f"a line of three hyphens closes front matter, not `{closer.text.strip()}`"
    place = (closer.start + len(closer.text) - len(closer.text.lstrip()), closer.end)
    fix = (Edit(source.span(closer.start, closer.end), "---"),)
    reported = _error(source, "front-matter", message, place, "write --- in its place", fix)
    return FrontMatter(start, closer.start, closer.after, reported)


def _find_added(source: Source) -> FrontMatter | None:
    """Return the front matter of a file whose lines are all those of a diff."""
    if not source.text.startswith(("+", "diff --git ", "@@ ")):
        return None
    text = strip_diff(source.text)
    if text is None or FENCE.match(text) is None:
        return None
    help = "delete the `+` at the start of each line"
    if not source.text.startswith("+"):
        help = "delete the lines that Git adds above the change, and the `+` at the start of the new lines"
    end = source.text.find("\n")
    fix = (Edit(source.span(0, len(source.text)), text),)
    message = "this is a diff, not the file that it changes"
    reported = _error(source, "pasted-diff", message, (0, end if end > 0 else 1), help, fix)
    whole = len(source.text)
    return FrontMatter(whole, whole, whole, reported)


def _find_other_format(source: Source, keys: AbstractSet[str]) -> FrontMatter | None:
    """Return front matter in TOML or in JSON, which none of its keys is read of."""
    toml, json = _TOML.match(source.text), _JSON.match(source.text)
    match = toml or json
    if match is None:
        return None
    found = (_TOML_KEY if toml else _JSON_KEY).finditer(match["keys"])
    pairs = [(each["key"], each["value"].strip()) for each in found]
    if not any(key in keys for key, _ in pairs):
        return None
    lines = [f"{key}: {_write_value(value)}" for key, value in pairs]
    block = "\n".join(["---", *lines, "---"])
    entries = [line for line in re.split(r"\n" if toml else r"\n|,", match["keys"]) if line.strip()]
    fix = (Edit(source.span(0, match.end()), f"{block}\n"),) if len(entries) == len(pairs) else ()
    message = f"front matter is written in YAML, not in {'TOML' if toml else 'JSON'}"
    place = (0, len(match[0].partition("\n")[0].rstrip()))
    reported = _error(source, "front-matter", message, place, f"write it at the top of the file:\n{block}", fix)
    return FrontMatter(match.end(), match.end(), match.end(), reported)


def _write_value(value: str) -> str:
    """Return a value of TOML or JSON as it is written behind a key."""
    text = value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
    return {"true": "yes", "false": "no"}.get(text, text if text[:1] in ("[", "{") else write_after_key(text))


def _find_nearly(source: Source, keys: AbstractSet[str], telling: AbstractSet[str]) -> FrontMatter | None:
    """Return what is meant as front matter and is not at the top, or not between the right marks."""
    rows = _rows(source.text, 0, MOST_ABOVE + MOST_KEYS)
    first = next((at for at, row in enumerate(rows[: MOST_ABOVE + 1]) if _key_of(row) in keys), None)
    if first is None:
        return None
    above = [row for row in rows[:first] if row.text.strip()]
    marks = [row for row in above if row.is_marks]
    if not all(row.is_marks or _HEADING.fullmatch(row.text) for row in above):
        return None
    openers = _last_marks(above)
    block = _take_keys(rows[first:], keys, fenced=bool(openers))
    rest = [row for row in rows[first + len(block) :] if row.text.strip()]
    closers = _first_marks(rest)[: max(1, len(openers))]
    if len(openers) < len(marks) or not _is_meant(block, openers, closers, telling):
        return None
    headings = [row for row in above if row not in openers]
    after = closers[-1].after if closers else block[-1].after
    reported = _explain(source, keys, block, openers, closers, headings, after)
    return FrontMatter(block[0].start, block[-1].after, after, reported)


def _key_of(row: _PageLine) -> str:
    match = _KEY.match(row.text)
    return match["key"] if match is not None else ""


def _last_marks(above: Sequence[_PageLine]) -> list[_PageLine]:
    found: list[_PageLine] = []
    for row in reversed(above):
        if not row.is_marks:
            break
        found.insert(0, row)
    return found


def _first_marks(rest: Sequence[_PageLine]) -> list[_PageLine]:
    found: list[_PageLine] = []
    for row in rest:
        if not row.is_marks:
            break
        found.append(row)
    return found


def _take_keys(rows: Sequence[_PageLine], keys: AbstractSet[str], *, fenced: bool) -> list[_PageLine]:
    """Return the lines of keys at the beginning; between marks, space ones too, which end them elsewhere."""
    block: list[_PageLine] = []
    for row in rows:
        deeper = bool(block) and row.text[:1] in (" ", "\t", "-") and not row.is_marks
        empty = not row.text.strip()
        if row.is_marks or not (_key_of(row) or deeper or (empty and fenced)):
            break
        if not fenced and _key_of(row) and _key_of(row) not in keys:
            break
        block.append(row)
    while block and not block[-1].text.strip():
        block.pop()
    return block


def _is_meant(
    block: Sequence[_PageLine], openers: Sequence[_PageLine], closers: Sequence[_PageLine], telling: AbstractSet[str]
) -> bool:
    """Return whether lines of keys are front matter: lines with a telling key, or keys between
    marks. A page may begin with an example in a fence of code."""
    if not block:
        return False
    if any(_key_of(row) in telling for row in block):
        return True
    fences = any(row.text.strip().startswith(("`", "~")) for row in openers)
    return bool(closers) and not fences


def _explain(
    source: Source,
    keys: AbstractSet[str],
    block: Sequence[_PageLine],
    openers: Sequence[_PageLine],
    closers: Sequence[_PageLine],
    headings: Sequence[_PageLine],
    after: int,
) -> Diagnostic:
    """Return the error for front matter that is nearly right, with the whole block as it is written."""
    margin = min(len(row.text) - len(row.text.lstrip()) for row in block if row.text.strip())
    lines = ["---", *(row.text[margin:] for row in block if row.text.strip()), "---"]
    place = openers[0] if openers else block[0]
    name, message = "front-matter", "front matter begins and ends with a line of three hyphens"
    fence = next((row for row in openers if row.text.strip()[0] in "`~"), None)
    wrong = next((row for row in (*openers, *closers) if row.text.strip() != "---"), None)
    if fence is not None:
        place, message = fence, "front matter has no code fence around it"
    elif wrong is not None and openers:
        kind = "opens" if wrong in openers else "closes"
        place, message = wrong, f"a line of three hyphens {kind} front matter, not `{wrong.text.strip()}`"
    elif openers and closers and headings:
        name, message = "late-front-matter", "front matter must begin on the first line"
    elif openers and closers and (openers[0].text[:1].isspace() or margin):
        message = "the lines of front matter begin in column 1"
    elif openers and closers:
        name, message = "late-front-matter", "front matter must begin on the first line"
    lead = len(place.text) - len(place.text.lstrip())
    help = "write it at the top of the file:\n" + "\n".join(lines)
    plain = openers and closers and not headings and all(row.text.rstrip() == "---" for row in (*openers, *closers))
    if name == "late-front-matter" and plain and not margin:
        cut = Edit(source.span(0, openers[0].start), "")
        span = (openers[0].start, openers[0].start + 3)
        return _error(source, name, message, span, "delete the empty lines above `---`", (cut,))
    end = "\r\n" if source.text[block[0].end : block[0].end + 2] == "\r\n" else "\n"
    title = "".join(f"{row.text.strip()}{end}" for row in headings)
    sure = all(_key_of(row) in keys for row in block if row.text.strip() and not row.text[margin:][:1].isspace())
    written = "".join(f"{line}{end}" for line in lines) + title
    fix = (Edit(source.span(0, after), written),) if sure else ()
    return _error(source, name, message, (place.start + lead, place.end), help, fix)

"""Keys without a space after their colon: YAML reads `title:X` as one text (YAML 1.2.2, section 7.3.3)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import field

from courseweek.diagnostics import Diagnostic, Edit, Span
from courseweek.frozen import dataclass
from courseweek.regex import lazy_pattern
from courseweek.yamltext.complaint import LONGEST_QUOTED, error_at, quote_text, starts_oddly
from courseweek.yamltext.tree import Mapping, Node, Scalar

MESSAGE = "a space is missing after `:`"
# Of `16:9`, `std::vector` and `https://…` the colon belongs to the text.
_GLUED = lazy_pattern(r"(?P<key>[^:\s](?:[^:]*[^:\s])?):(?P<value>(?!//)[^:\s].*)", re.DOTALL)
_ADDRESS = lazy_pattern(r"(?:https?://|mailto:|www\.)\S+", re.IGNORECASE)
_LEAD = lazy_pattern(r"[ ]*(?:-[ ]+)*")
# What stays one text without quotes between braces as well (YAML 1.2.2, section 7.3.3).
_PLAIN = lazy_pattern(r"[^\W_](?:[^\s:#,\[\]{}\"'`]|:(?![\s,\[\]{}])|[ ](?![#\s])|(?<=\S)#)*")


@dataclass(frozen=True, slots=True)
class Glued:
    """A key and the text that sticks to it; `at` is where the text begins."""

    key: str
    value: str
    at: int = field(compare=False)


def split_glued(text: str) -> Glued | None:
    """Return the key and the text of `Slides:https://…` and `Lead:Ada`, or None where no colon lacks a space."""
    match = _GLUED.fullmatch(text)
    if match is None or ": " in text or (match["key"][-1:].isdigit() and match["value"][:1].isdigit()):
        return None
    return Glued(match["key"], match["value"], match.start("value"))


def write_between_braces(text: str) -> str:
    """Return a text as YAML reads it between `{` and `}`: in quotes where it must be."""
    return text if _PLAIN.fullmatch(text) else quote_text(text)


def write_after_key(text: str) -> str:
    """Return a text as YAML reads it after `key: ` on a line of its own."""
    return quote_text(text) if starts_oddly(text) else text


def write_labels(text: str, *, listed: bool) -> str | None:
    """Return `Lead: Ada, Scribe: Bo` between braces, or None where it is not certainly keys with values.

    With `listed` a value with commas is a list of names.
    """
    if "#" in text or re.search(r"[\"'\[\]{}]", text):
        return None
    pairs = [piece.partition(": ") for piece in re.split(r",[ ]+(?=[^,:]{1,80}:[ ])", text)]
    written = []
    for key, _, rest in pairs:
        value = rest.strip()
        if not value or ": " in value or value.endswith(":"):
            return None
        names = re.split(r",[ ]*", value) if listed else [value]
        texts = [write_between_braces(name) for name in names if name]
        written.append(f"{write_between_braces(key)}: {_one_or_list(texts)}")
    return None if "…" in text or len(text) > LONGEST_QUOTED else f"{{{', '.join(written)}}}"


def _one_or_list(texts: list[str]) -> str:
    return texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"


def glued_key(key: Scalar, value: Node) -> Glued | None:
    """Return what a key without a value holds that lacks the space after its colon, or None for any other entry."""
    if key.style or not isinstance(value, Scalar) or not value.empty or is_written_with_colon(key):
        return None
    return split_glued(key.text)


def explain_glued_key(key: Scalar) -> tuple[Glued, Diagnostic] | None:
    """Explain a key between braces without a value that holds both: `{Slides:https://…}`; None for any other key."""
    glued = split_glued(key.text) if not key.style else None
    if glued is None:
        return None
    written = write_between_braces(glued.value)
    value = key.part(glued.at, len(key.text))
    fix = (Edit(value, f" {written}"),) if value.text == glued.value and "…" not in written else ()
    help = f"write {glued.key}: {written}"
    return glued, error_at("missing-space", MESSAGE, key.part(glued.at - 1, glued.at), help, fix)


def explain_glued_entry(
    node: Scalar, known: Collection[str], *, sure: bool, needed: Collection[str] = ()
) -> Diagnostic | None:
    """Explain a text that was to be a mapping by these keys: `- title:X` and below it `url:https://…`.

    Unless it is `sure` that a mapping is meant, a text is one whose first word happens to be a key (`note:worthy`):
    it takes one that is `needed`, two keys or an address then. `known` keys without any mean that all keys are free.
    """
    lines = list(_glued_lines(node, known))
    if node.style or not lines:
        return None
    first = lines[0]
    pieces = _pieces_of(first.glued, known)
    sure = sure or first.glued.key in needed
    if not sure and len(lines) + len(pieces) < 3 and not _ADDRESS.match(first.glued.value):
        return None
    if not known and len(lines) < node.span.text.count("\n") + 1:
        return None  # a text of several lines
    source = node.span.source
    lead = source.text[source.text.rfind("\n", 0, node.span.start) + 1 : node.span.start]
    flow = "{" + ", ".join(f"{each.key}: {write_between_braces(each.value)}" for each in pieces) + "}"
    place = source.span(first.at + len(first.glued.key), first.at + len(first.glued.key) + 1)
    dash = "- " if lead.strip() == "-" and first.at == node.span.start else ""
    if len(lines) == 1 and (len(pieces) > 1 or not (_LEAD.fullmatch(lead) or lead.rstrip()[-1:] in ("[", ","))):
        whole = (Edit(node.span, flow),) if "\n" not in node.span.text and "…" not in flow else ()
        return error_at("missing-space", MESSAGE, place, f"write {dash}{flow}", whole)
    help = f"write {dash}{first.glued.key}: {write_after_key(first.glued.value)}"
    more = len(lines) - 1
    help += f"; likewise on {more} more line{'s' if more > 1 else ''}" if more else ""
    fix = _separate(node, lines, len(lead)) if len(lines) == node.span.text.count("\n") + 1 else ()
    return error_at("missing-space", MESSAGE, place, help, fix)


def explain_swallowed_key(owner: Scalar, node: Scalar, free: Collection[str]) -> Diagnostic | None:
    """Explain a line that was to be the next key and goes on with the text above it: `title: X` and `  url:https://…`.

    `free` are the keys that are not written yet.
    """
    if node.style or "\n" not in node.span.text:
        return None
    line = next((each for each in _glued_lines(node, free) if each.at > node.span.start), None)
    if line is None:
        return None
    source = node.span.source
    column = owner.span.start - source.text.rfind("\n", 0, owner.span.start) - 1
    written = write_after_key(line.glued.value)
    place = source.span(line.at + len(line.glued.key), line.at + len(line.glued.key) + 1)
    end = source.text.find("\n", line.at)
    last = end < 0 or end >= node.span.end
    fix = (Edit(_whole(line, node), f"{' ' * column}{line.glued.key}: {written}"),) if last else ()
    help = f"write {line.glued.key}: {written} in the column of `{owner.text}`; if it is text, put all of it in quotes"
    return error_at("missing-space", MESSAGE, place, help, fix if "…" not in written else ())


@dataclass(frozen=True, slots=True)
class _GluedLine:
    """A line that begins with a glued key: where its text begins and its indent does."""

    glued: Glued
    at: int
    begin: int


def _glued_lines(node: Scalar, known: Collection[str]) -> Iterator[_GluedLine]:
    begin = node.span.start
    for number, line in enumerate(node.span.text.split("\n")):
        text = line.strip(" \t\r")
        glued = split_glued(text)
        if glued is not None and (not known or glued.key in known):
            lead = len(line) - len(line.lstrip(" \t")) if number else 0
            yield _GluedLine(glued, begin + lead, begin)
        begin += len(line) + 1


def _pieces_of(glued: Glued, known: Collection[str]) -> list[Glued]:
    """Return the keys on one line, separated by commas: `title:X, url:https://…`."""
    words = "|".join(sorted(map(re.escape, known))) if known else r"[^\s,:][^,:]{0,80}"
    parts = re.split(rf",[ ]+(?=(?:{words}):(?!//)[^:\s])", f"{glued.key}:{glued.value}")
    return [each for each in (split_glued(part.strip()) for part in parts) if each is not None]


def _separate(node: Scalar, lines: list[_GluedLine], indent: int) -> tuple[Edit, ...]:
    """Return the edits that put a space behind each key, and all of them into one column."""
    written = [write_after_key(line.glued.value) for line in lines]
    if any("…" in text for text in written):
        return ()
    return tuple(
        Edit(_whole(line, node), f"{' ' * indent if line.begin > node.span.start else ''}{line.glued.key}: {text}")
        for line, text in zip(lines, written, strict=True)
    )


def _whole(line: _GluedLine, node: Scalar) -> Span:
    """Return the place of a line with its indent, without what follows it."""
    source = node.span.source
    return source.span(line.begin, line.at + len(line.glued.key) + 1 + len(line.glued.value))


def is_written_with_colon(key: Scalar) -> bool:
    """Return whether a `:` follows a key, so that its value was left out on purpose."""
    return re.compile(r"[ \t]*:").match(key.span.source.text, key.span.end) is not None


def is_between_braces(node: Mapping) -> bool:
    """Return whether a mapping is written with `{` and `}`."""
    return node.span.text.startswith("{")

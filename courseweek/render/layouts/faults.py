"""What a layout asks for that is missing or does not fit, in its author's words."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable

from courseweek.diagnostics import Source, Span, suggest
from courseweek.frozen import dataclass
from courseweek.render.layouts.tags import find_in_tags, find_tags, line_start

_NOUNS = {
    "Markup": "text",
    "str": "text",
    "float": "a number",
    "int": "a number",
    "generator": "a list",
    "list": "a list",
    "range": "a list",
    "tuple": "a list",
    "bool": "yes or no",
    "dict": "a list of names and values",
    "NoneType": "nothing",
    "Undefined": "nothing",
    "LoopContext": "`loop`",
    "TemplateReference": "`self`",
    "NowView": "`now`",
    "CourseView": "the course",
    "AboutView": "`about`",
    "RowView": "a row of the schedule",
}
# Names that are there in some places only.
_AT_HOME = {
    "loop": "`loop` works only between {% for %} and {% endfor %}",
    "super": "`super()` works only between {% block %} and {% endblock %}",
    "caller": "`caller()` works only in a macro that {% call %} calls",
}
# What it is called in the layouts of other programs.
_ELSEWHERE = {"site": "course", "content": "page.blocks", "config": "course"}
_MOST_BEFORE = 80


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a layout: a clause, its place, the remedy, and a second place."""

    message: str
    span: Span
    help: str | None = None
    other: tuple[Span, str] | None = None


def line_span(source: Source, number: int) -> Span:
    """Return the place of a whole line, counted as the template language counts them."""
    start = line_start(source.text, number)
    end = re.compile(r"[\r\n]|\Z").search(source.text, start)
    return source.span(start, end.start() if end else start)


def find_span(source: Source, line: int, pattern: str) -> Span:
    """Return the first place of a pattern in a tag on this line (its first group, if any), or else the whole line."""
    whole = line_span(source, line)
    found = find_in_tags(source.text, pattern, whole.start, whole.end)
    return source.span(*found.span(found.lastindex or 0)) if found else whole


def absent_name(name: str, given: Iterable[str], source: Source, line: int) -> Fault:
    """Return the fault of a name that a layout doesn't have; `given` are those that every layout is given."""
    span = find_span(source, line, rf"(?<![\w.\"'|]){re.escape(name)}\b")
    if name in _AT_HOME:
        return Fault(_AT_HOME[name], span)
    known = sorted(given)
    near = _ELSEWHERE.get(name) or suggest(name, [*known, *names_given(source.text)], cutoff=0.7)
    help = f"did you mean `{near}`?" if near else f"a layout is given {_list(known)}"
    return Fault(f"nothing is called `{name}` here", span, help)


def absent_part(owner: object, name: object, source: Source, line: int) -> Fault:
    """Return the fault of asking a value for what it doesn't have, by `owner.name` or `owner["name"]`."""
    quoted = re.escape(str(name))
    span = find_span(source, line, rf"\.\s*({quoted})\b|\[\s*[\"']?({quoted})[\"']?\s*\]|=\s*[\"']({quoted})[\"']")
    written = _written_before(span)
    who = f"`{written}`" if written else _kind(type(owner).__name__)
    if owner is None:
        ask = f"ask first: {{% if {written} %}} … {{% endif %}}" if written else "ask first whether it is there"
        return Fault(f"{who} is empty on this page, so it has no `{name}`", span, ask)
    if isinstance(owner, tuple | list):
        return _absent_entry(who, written, owner, name, span)
    parts = _parts(owner)
    near = suggest(str(name), parts)
    help = f"did you mean `{near}`?" if near else f"it has {_list(parts)}" if parts else None
    called = who if written or who.startswith("`") else f"this is {who}, and"
    return Fault(f"{called} has no `{name}`", span, help)


def _absent_entry(who: str, written: str, owner: tuple[object, ...] | list[object], name: object, span: Span) -> Fault:
    if isinstance(name, int):
        has = f"{len(owner)} {'entry' if len(owner) == 1 else 'entries'}" if owner else "no entries here"
        ask = f"ask first: {{% if {written} %}} … {{% endif %}}" if written and not owner else None
        return Fault(f"{who} has {has}, but [{name}] asks for another", span, ask or "entries are counted from 0")
    loop = f"{{% for one in {written or '…'} %}}{{{{ one.{name} }}}}{{% endfor %}}"
    return Fault(f"{who} is a list, and a list has no `{name}`", span, f"ask its entries: {loop}")


# What Python says of values that do not fit, and what that is to the writer of a layout.
_MISFITS = (
    (r"'(\w+)' object is not iterable", "{% for %} needs a list, but this is {0}", None),
    (r"object of type '(\w+)' has no len\(\)", "`length` counts texts and lists, but this is {0}", None),
    (r"'.*' not supported between instances of '(\w+)' and '(\w+)'", "{0} and {1} can't be compared", None),
    (r"bad operand type for unary [-+]: '(\w+)'", "`-` goes before a number, but this is {0}", None),
    (r"'(\w+)' object cannot be interpreted as an integer", "this must be a number, not {0}", None),
    (r"slice indices must be .*", "a number belongs between `[` and `:`", None),
    (r"macro '(\w+)' takes not more than (\d+) argument\(s\)", "the macro `{0}` takes {1} values, but gets more", 0),
    (r"macro '(\w+)' takes no keyword argument '(\w+)'", "the macro `{0}` takes no `{1}`", 1),
    (r"test_(\w+)\(\) .*", "the test `{0}` gets too few values, or too many", 0),
)


def misfit(words: str, source: Source, line: int) -> Fault:
    """Return the fault of values that do not fit what a layout does with them, from what Python says of them."""
    for pattern, message, name in _MISFITS:
        match = re.fullmatch(pattern, words, re.DOTALL)
        if match is not None:
            kinds = match.groups() if name is not None else [_kind(each) for each in match.groups()]
            shown = message.replace("{% for %}", "`{{% for %}}`").format(*kinds)
            shown = shown.replace("takes 1 values", "takes 1 value").replace("takes 0 values", "takes no values")
            span = line_span(source, line) if name is None else find_span(source, line, rf"\b{match[name + 1]}\b")
            return Fault(shown, span)
    help = f"the template language says: {words}"
    return Fault("this line can't use the values of this page", line_span(source, line), help)


def _kind(name: str) -> str:
    """Return what a value is to the writer of a layout, as `a number`, by the name of its class."""
    if name in _NOUNS:
        return _NOUNS[name]
    word = re.sub(r"View$", "", name).casefold()
    return f"an {word}" if word[:1] in "aeiou" else f"a {word}"


def _parts(owner: object) -> list[str]:
    if dataclasses.is_dataclass(owner):
        return [each.name for each in dataclasses.fields(owner)]
    if isinstance(owner, dict):
        return [str(each) for each in owner]
    return sorted(each for each in getattr(owner, "__dict__", {}) if not each.startswith("_"))


def names_given(text: str) -> set[str]:
    """Return the names that a layout gives itself."""
    names: set[str] = set()
    for tag in find_tags(text):
        inner = text[tag.start : tag.end]
        if tag.word in ("import", "from"):
            names.update(re.findall(r"\w+", inner.rpartition(" as " if " as " in inner else " import ")[2]))
        elif tag.word in ("for", "set", "macro", "with"):
            names.update(re.findall(r"\w+", re.split(r"\sin\s|[=(]", inner, maxsplit=1)[0])[1:])
    return names


def _list(names: list[str]) -> str:
    return ", ".join(f"`{each}`" for each in names)


def _written_before(span: Span) -> str:
    """Return what comes before the `.` of a name, as `page` in `page.titel`."""
    before = span.source.text[max(0, span.start - _MOST_BEFORE) : span.start]
    found = re.search(r"([A-Za-z_][\w.\[\]]*)(?:\.|\[[\"']?)\s*$", before)
    return found[1] if found else ""

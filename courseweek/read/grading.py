"""`grading`: schemes whose parts add up."""

from __future__ import annotations

import re
from collections.abc import Sequence as Several
from dataclasses import replace
from fractions import Fraction

from courseweek.diagnostics import Edit, Span
from courseweek.model.grading import GradePart, Scheme, format_weight
from courseweek.model.origin import Origin
from courseweek.read.tables.fields import Field, Table
from courseweek.read.tables.forms import NOTHING, by_table, either, list_of_each, mapping_to, text
from courseweek.read.tables.patterns import WEIGHT as WEIGHT_PATTERN
from courseweek.read.tables.reader import Reader
from courseweek.read.tables.remedies import fix_scalar
from courseweek.read.tables.shapes import MARKDOWN, TEXT, node_shape, text_shape
from courseweek.read.values.names import fold_name, report_twice
from courseweek.regex import lazy_pattern
from courseweek.yamltext.document import Mapping, Node, Scalar, Sequence
from courseweek.yamltext.slips.glued import (
    explain_glued_entry,
    explain_glued_key,
    glued_key,
    split_glued,
    write_between_braces,
)

_WEIGHT_FORM = text("a weight such as 20% or 2 x 10%", WEIGHT_PATTERN)
_NAMES = list_of_each(TEXT.schema)
PART_FORM = either(_WEIGHT_FORM, by_table("a part of the grade"), _NAMES, NOTHING)
_PARTS = node_shape(either(mapping_to("parts with weights", PART_FORM, minProperties=1), {**_NAMES, "minItems": 1}))

SCHEME_NAME = Field("scheme", TEXT, "its name, such as 3-credit section", required=True)
SCHEME_PARTS = Field("parts", _PARTS, "its parts with their weights", required=True)
SCHEME_NOTE = Field("note", MARKDOWN, "a remark, in Markdown")
SCHEME = Table("a grading scheme", SCHEME_NAME, SCHEME_PARTS, SCHEME_NOTE)

PARTS_HELP = "write the parts with their weights, such as {Homework: 40%, Project: 60%}"
WEIGHT = Field("weight", text_shape(_WEIGHT_FORM), "its share, such as 20% or 2 x 10%")
PART_NOTE = Field("note", MARKDOWN, "a remark, in Markdown")
INNER_PARTS = Field("parts", _PARTS, "its own parts; they add up to it or, as shares of it, to 100%")
ANY_OF = Field("any_of", _PARTS, "alternatives, each worth the whole")
PART = Table("a part of the grade", WEIGHT, PART_NOTE, INNER_PARTS, ANY_OF)

# A mapping with the key `scheme` is one scheme, any other is the parts of the only one.
GRADING_FORM = either(
    mapping_to("parts with weights", PART_FORM, properties={"scheme": False}, minProperties=1),
    by_table("a grading scheme"),
    list_of_each(by_table("a grading scheme")),
)

_WEIGHT = lazy_pattern(r"(?:(\d{1,3})\s*[x×*]\s*)?(\d{1,3}(?:\.\d{1,4})?)\s*%")
# 40 percent, 40, 0.4, 40 points, 12,5%, 2x10
_LOOSE_WEIGHT = lazy_pattern(
    r"(about\s|ca\.?\s|~)?\s*(?:(\d{1,3})\s*(?:[x×*]|times)\s*)?(\d{1,3}(?:[.,]\d{1,4})?)"
    r"\s*(?:(%|per ?cent\.?|pct\.?|prozent)|(?:points?|pts?\.?|p\.?))?",
    re.IGNORECASE,
)
WHOLE = Fraction(100)


def read_grading(node: Node | None, place: Span, reader: Reader, *, torn: bool = False) -> tuple[Scheme, ...]:
    """Return the schemes; a mapping of parts alone is a scheme without a name. `place` is that of the key `grading`.

    Sums are checked where all parts could be read, and not where YAML was `torn`, so that one may be missing.
    """
    if node is None:
        return ()
    if isinstance(node, Mapping):
        if any(key.text == SCHEME_NAME.key for key, _ in node.entries):
            return tuple(_read_scheme(node, reader, torn))
        if _report_wrapper(node, reader):
            return ()
        if any(_WEIGHT.fullmatch(key.text) for key, _ in node.entries) and _report_listed(node, reader):
            return ()
        return (Scheme(None, _read_whole(node, "the grade", place, reader, torn), None, Origin(node.span)),)
    if isinstance(node, Sequence) and _report_listed(node, reader):
        return ()
    if isinstance(node, Sequence):
        schemes = [scheme for item in node.items for scheme in _read_scheme(item, reader, torn)]
        report_twice([(each.name or "", each.origin.of("scheme")) for each in schemes], "scheme", reader.found)
        return tuple(schemes)
    if not _report_glued(node, reader) and not _report_listed(node, reader):
        reader.error("wrong-shape", "grading is written as parts with weights", node, PARTS_HELP)
    return ()


def _report_wrapper(node: Mapping, reader: Reader) -> bool:
    """Return whether all parts are below one more key, such as `parts:`; report it if so."""
    key, value = node.entries[0] if len(node.entries) == 1 else (None, None)
    if key is None or not isinstance(value, Mapping) or key.text not in ("parts", "weights", "components"):
        return False
    reader.lose(node)
    message = f"the parts of the grade are directly under `grading:`, without `{key.text}:`"
    help = f"delete the line {key.text}: and two spaces before each line below it"
    reader.found.error("wrong-shape", message, key.span, help=help)
    return True


def _report_listed(node: Node, reader: Reader) -> bool:
    """Return whether parts of the grade are written in another form; report it once if so."""
    from courseweek.read.mistakes.listed_weights import report_listed_weights

    return report_listed_weights(node, reader, frozenset(SCHEME.by_key), _guess_clear_weight)


def _read_scheme(node: Node, reader: Reader, torn: bool) -> list[Scheme]:
    record = reader.record(node, SCHEME)
    if record is None or not record.whole(SCHEME_NAME, SCHEME_PARTS):
        return []
    name = fold_name(record.need(SCHEME_NAME))
    parts = _read_whole(record.need(SCHEME_PARTS), f"`{name}`", record.origin.of("scheme"), reader, torn)
    return [Scheme(name, parts, record[SCHEME_NOTE], record.origin)]


def _read_whole(node: Node, of: str, place: Span, reader: Reader, torn: bool) -> tuple[GradePart, ...]:
    """Read all parts of a scheme; their sums are checked where each of them could be read."""
    before = reader.found.total
    parts = _read_parts(node, reader)
    if not parts and reader.found.total == before:
        reader.error("empty", f"{of} has no parts", node, f"{PARTS_HELP}, or delete it")
    return _fill(parts, WHOLE, of, place, reader) if reader.found.total == before and not torn else parts


def _read_parts(node: Node, reader: Reader) -> tuple[GradePart, ...]:
    """Read a mapping of parts with weights, or a list of names without."""
    if isinstance(node, Sequence) and _report_glued_names(node, reader):
        return ()
    if isinstance(node, Sequence):
        names = (reader.scalar(item, "the name of a part") for item in node.items)
        return tuple(GradePart(" ".join(each.text.split()), Origin(each.span)) for each in names if each)
    if not isinstance(node, Mapping):
        if not _report_glued(node, reader):
            reader.error("wrong-shape", "parts are names with weights", node, PARTS_HELP)
        return ()
    return tuple(part for key, value in node.entries for part in _read_part(key, value, reader))


def _report_glued(node: Scalar, reader: Reader) -> bool:
    """Return whether a text is parts with weights that lack the space between; report it if so."""
    reported = explain_glued_entry(node, (), sure=True)
    if reported is None:
        return False
    reader.lose(node)
    reader.found.add(reported)
    return True


def _report_glued_names(node: Sequence, reader: Reader) -> bool:
    """Return whether a list of names holds weights: `[Homework:40%]`; report it if so."""
    names = [item for item in node.items if isinstance(item, Scalar)]
    glued = {name: found for name in names if not name.style and (found := split_glued(name.text))}
    weights = {name: found for name, found in glued.items() if _WEIGHT.fullmatch(found.value.strip())}
    if not weights or len(names) < len(node.items):
        return False
    first, found = next(iter(weights.items()))
    pairs = [
        f"{write_between_braces(weights[name].key)}: {weights[name].value}"
        if name in weights
        else write_between_braces(name.text)
        for name in names
    ]
    written = f"{{{', '.join(pairs)}}}"
    fix = (Edit(node.span, written),) if node.span.text.startswith("[") and "#" not in node.span.text else ()
    reader.lose(node)
    place = first.part(found.at - 1, found.at)
    reader.found.error("missing-space", "a space is missing after `:`", place, help=f"write {written}", fix=fix)
    return True


def _read_part(key: Scalar, node: Node, reader: Reader) -> list[GradePart]:
    name = " ".join(key.text.split())
    origin = Origin(key.span)
    if isinstance(node, Scalar):
        reported = explain_glued_key(key) if glued_key(key, node) else None
        if reported is not None:
            reader.lose(key)
            reader.found.add(reported[1])
            return []
        if node.empty:
            return [GradePart(name, origin)]
        weight = _read_weight(node.text, node, reader)
        return [] if weight is None else [GradePart(name, origin, weight, _written(node.text))]
    if isinstance(node, Sequence):
        return [GradePart(name, origin, parts=_read_parts(node, reader))]
    record = reader.record(node, PART)
    if record is None:
        return []
    if record.whole(INNER_PARTS, ANY_OF):
        reader.found.error(
            "contradiction",
            "a part has either `parts` or `any_of`, not both",
            record.origin.key("any_of"),
            help="delete `parts` or `any_of`",
        )
        return []
    text = record[WEIGHT]
    weight = None
    if text is not None:
        weight = _read_weight(text, Scalar(text, record.origin.of("weight"), ""), reader)
        if weight is None:
            return []
    inner, alternatives = record[INNER_PARTS], record[ANY_OF]
    for word, each in (("parts", inner), ("any_of", alternatives)):
        if isinstance(each, Mapping | Sequence) and not (each.entries if isinstance(each, Mapping) else each.items):
            reader.error("empty", f"`{word}` of `{name}` is empty", each, "list the parts, or delete it")
    return [
        GradePart(
            name,
            replace(record.origin, span=key.span),
            weight,
            _written(text) if text is not None else None,
            record[PART_NOTE],
            _read_parts(inner, reader) if inner is not None else (),
            _read_parts(alternatives, reader) if alternatives is not None else (),
        )
    ]


def _read_weight(text: str, node: Scalar, reader: Reader) -> Fraction | None:
    match = _WEIGHT.fullmatch(text.strip())
    if match is None:
        help, sure = _guess_weight(text.strip())
        fix = fix_scalar(node, help) if sure else ()
        message = f"`{text.strip()}` is not a weight"
        reader.error("bad-weight", message, node, f"write {help}", fix=fix)
        return None
    return Fraction(match[2]) * int(match[1] or 1)


def _guess_clear_weight(text: str) -> str | None:
    """Return the weight that was meant by a text, as it is written here; None if it is not one."""
    return None if _LOOSE_WEIGHT.fullmatch(text) is None else _guess_weight(text)[0]


def _guess_weight(text: str) -> tuple[str, bool]:
    """Return the weight that was meant, or two samples; and whether nobody could have meant anything else."""
    match = _LOOSE_WEIGHT.fullmatch(text)
    if match is None:
        return "one such as 20% or 2 x 10%", False
    roughly, times, number, percent = match[1], match[2], match[3].replace(",", "."), match[4]
    if Fraction(number) <= 1 and "." in number and not percent:  # a share of 1
        number = f"{float(Fraction(number) * 100):.10g}"
    lead = f"{times} x " if times else ""
    return f"{lead}{number}%", percent is not None and roughly is None


def _written(text: str) -> str:
    return re.sub(r"\s*[x*×]\s*", " × ", " ".join(text.split()))


def _fill(
    parts: tuple[GradePart, ...], whole: Fraction, of: str, place: Span, reader: Reader, *, of_part: bool = False
) -> tuple[GradePart, ...]:
    """Return the parts with the missing number filled in, after checking that they add up to `whole` or to 100.

    `of` is what they are parts of, and `place` where it is named.
    """
    without = [part for part in parts if part.weight is None]
    if len(without) == len(parts) and (len(parts) > 1 or of_part):
        return parts  # names alone: nothing to add up
    total = sum((part.weight for part in parts if part.weight is not None), Fraction(0))
    if len(without) > 1:
        names = " and ".join(f"`{part.name}`" for part in without[:3])
        reader.found.error(
            "missing-weight",
            f"{names} have no weight; only one part of {of} can go without",
            without[1].origin.span,
            help=f"the others add up to {format_weight(total)}; give a weight to all but one",
        )
        return parts
    target = whole if (not without and total == whole) or (without and total < whole) else WHOLE
    if without and total >= target:
        reader.found.error(
            "wrong-sum",
            f"nothing is left for `{without[0].name}`: the other parts of {of} add up to {format_weight(total)}",
            without[0].origin.span,
            help="give it a weight, and lower the others",
        )
        return parts
    if not without and parts and total != target:
        _report_sum(of, total, whole, place, reader, parts)
        return parts
    filled = []
    for part in parts:
        weight = part.weight if part.weight is not None else target - total
        filled.append(_fill_inner(replace(part, weight=weight), weight, reader))
    return tuple(filled)


def _fill_inner(part: GradePart, weight: Fraction, reader: Reader) -> GradePart:
    if part.parts:
        return replace(part, parts=_fill(part.parts, weight, f"`{part.name}`", part.origin.span, reader, of_part=True))
    alternatives = []
    for each in part.any_of:
        if each.weight is not None and each.weight not in (weight, WHOLE):
            reader.found.error(
                "wrong-sum",
                f"`{each.name}` has {format_weight(each.weight)}, but each alternative is worth all of `{part.name}`",
                each.origin.span,
                help=f"delete its weight, or write {format_weight(weight)}",
            )
        alternatives.append(_fill_inner(replace(each, weight=weight), weight, reader))
    return replace(part, any_of=tuple(alternatives))


def _report_sum(
    of: str, total: Fraction, whole: Fraction, place: Span, reader: Reader, parts: Several[GradePart]
) -> None:
    """Report a sum where it is named, and at the part where the smallest change would fix it."""
    wanted = format_weight(whole) if whole == WHOLE else f"{format_weight(whole)} (or 100% as shares of it)"
    target = min((whole, WHOLE), key=lambda each: abs(each - total))
    listed = " + ".join(part.written or "?" for part in parts)
    off = f"{format_weight(abs(target - total))} {'too little' if total < target else 'too much'}"
    other, change = None, ""
    single = [part for part in parts if part.weight and part.written and "×" not in part.written]
    greatest = max(single, key=lambda part: part.weight or 0, default=None)
    if greatest is not None and greatest.weight is not None and (weight := greatest.weight + target - total) > 0:
        change = f"; the smallest change is {greatest.name}: {format_weight(weight)}"
        other = (
            greatest.origin.of("weight"),
            f"`{greatest.name}` is the largest part: {format_weight(greatest.weight)}",
        )
    reader.found.error(
        "wrong-sum",
        f"the parts of {of} add up to {format_weight(total)}, not {wanted}",
        place,
        help=f"{listed} = {format_weight(total)}, {off}{change}",
        other=other,
    )

"""The edits that make a term another one: its name, its first and last day, and its breaks if new ones are given."""

from __future__ import annotations

from datetime import date

from courseweek.diagnostics import Diagnostics, Edit, Source, Span
from courseweek.frozen import dataclass
from courseweek.language.language import Language
from courseweek.model.course import Syllabus
from courseweek.model.term import Break, Term
from courseweek.read.carryover import trim_value
from courseweek.read.tables.reader import Reader
from courseweek.read.term import read_breaks
from courseweek.read.values.dates import Window
from courseweek.roll.value_edits import (
    end_of_line,
    indent_of,
    insert_before,
    is_between_brackets,
    line_end_of,
    replace_value,
    write_mapping,
)
from courseweek.roll.written_dates import rewrite_day
from courseweek.yamltext.document import read_yaml
from courseweek.yamltext.slips.glued import write_between_braces


@dataclass(frozen=True, slots=True)
class NewTerm:
    """What the next term is: `breaks` replace those of the last one, None for moving them with the term."""

    name: str
    starts: date
    ends: date
    breaks: tuple[Break, ...] | None = None


def read_new_breaks(source: Source, window: Window, language: Language, found: Diagnostics) -> tuple[Break, ...]:
    """Return the breaks that a file lists as `term.breaks` does; what is wrong with them goes to `found`."""
    node = read_yaml(source, found)
    reader = Reader(found, window=window, language=language)
    return read_breaks(node, reader)


def edit_term(syllabus: Syllabus, new: NewTerm) -> list[Edit]:
    """Return the edits of the syllabus's text that give its term this name, these days and these breaks."""
    term = syllabus.term
    block = syllabus.origin.of("term")
    between_braces = is_between_brackets(block)
    places = term.origin.fields
    edits: list[Edit] = []
    if term.name is None:
        edits.append(_write_name(term, new.name, between_braces=between_braces))
    elif term.name != new.name:
        edits.append(replace_value(places["name"], new.name))
    for key, before, after in (("starts", term.starts, new.starts), ("ends", term.ends, new.ends)):
        if before != after:
            edits.append(replace_day(places[key], after, Language(syllabus.language)))
    if new.breaks is not None:
        edits.append(_write_breaks(term, new.breaks, between_braces=between_braces))
    return edits


def replace_day(span: Span, day: date, language: Language) -> Edit:
    """Return the edit that writes another day in the form of a date, with its year if it has one."""
    text = span.text
    written = rewrite_day(text[1:] if text[:1] in ("'", '"') else text, day, language)
    if written is None:
        return replace_value(span, day.isoformat())
    return Edit(span, text[:1] + written if text[:1] in ("'", '"') else written)


def _write_name(term: Term, name: str, *, between_braces: bool) -> Edit:
    """Return the edit that writes the name of a term that has none: after an empty `name:`, or before `starts`."""
    key = term.origin.keys.get("name")
    if key is None:
        return insert_before(term.origin.key("starts"), "name", name, between_braces=between_braces)
    colon = key.source.text.find(":", key.end) + 1
    return Edit(key.source.span(colon, colon), f" {replace_value(key.within(0, 0), name).text}")


def _write_breaks(term: Term, breaks: tuple[Break, ...], *, between_braces: bool) -> Edit:
    """Return the edit that replaces the list of breaks, or adds one to a term that has none."""
    items = [_write_break(each) for each in breaks]
    written = term.origin.fields.get("breaks")
    in_one_piece = between_braces or not items or (written is not None and written.text.startswith("["))
    whole = f"[{', '.join(items)}]"
    if written is not None:
        if in_one_piece:
            return Edit(trim_value(written), whole)
        # Each item in the column of the first one; a single break without a list begins below or after its key.
        lead = _lead_of(written)
        text = lead[0] + f"{line_end_of(written)}{lead[1]}".join(f"- {item}" for item in items)
        return Edit(trim_value(written), text)
    key = term.origin.keys.get("breaks")
    if between_braces:
        if key is not None:
            colon = key.source.text.find(":", key.end) + 1
            return Edit(key.source.span(colon, colon), f" {whole}")
        after = trim_value(term.origin.fields["ends"])
        return Edit(after.within(len(after.text), len(after.text)), f", breaks: {whole}")
    owner = key or term.origin.key("ends")
    place = end_of_line(key or trim_value(term.origin.fields["ends"]))
    line = f"{line_end_of(owner)}{indent_of(owner)}"
    lines = "" if key is not None else f"{line}breaks:" if items else f"{line}breaks: []"
    return Edit(place, lines + "".join(f"{line}  - {item}" for item in items))


def _lead_of(written: Span) -> tuple[str, str]:
    """Return what comes before the first item of a list that replaces this one, and the indent of the others."""
    source, start = written.source, written.start
    line = source.text.rfind("\n", 0, start) + 1
    before = source.text[line:start]
    if not before.strip():
        return "", before
    # The value begins in the line of its key.
    indent = " " * (len(before) - len(before.lstrip(" ")) + 2)
    return f"{line_end_of(written)}{indent}", indent


def _write_break(each: Break) -> str:
    """Return a break as a mapping in one line."""
    one_day = each.starts == each.ends
    days = [("date", each.starts)] if one_day else [("from", each.starts), ("to", each.ends)]
    pairs = [(key, day.isoformat()) for key, day in days]
    pairs.append(("name", each.name))
    if each.description is not None:
        pairs.append(("description", " ".join(each.description.split())))
    if not each.numbered:
        pairs.append(("numbered", "no"))
    kinds = ", ".join(map(write_between_braces, each.kinds))
    return write_mapping(pairs)[:-1] + (f", kind: [{kinds}]" if kinds else "") + "}"

"""`assignments`: what is handed in, with its moments, its series and its milestones."""

from __future__ import annotations

from collections.abc import Callable

from courseweek.diagnostics import Edit, Span
from courseweek.model.assignment import Assignment, Instead, Milestone, Series
from courseweek.model.link import Link
from courseweek.model.moment import Moment
from courseweek.read.links import MATERIALS
from courseweek.read.tables.fields import Field, Pairing, Record, Shape, Table
from courseweek.read.tables.forms import NOTHING, by_table, either, list_of_each, mapping_to, one_or_list, text
from courseweek.read.tables.reader import Reader, fits_line, leave_keyed, list_entries
from courseweek.read.tables.remedies import report_misread
from courseweek.read.tables.shapes import ADDRESS, IDENTIFIER, MARKDOWN, NAME, TEXT, node_shape
from courseweek.read.term import STATUS
from courseweek.read.values.misread import Misread
from courseweek.read.values.moments import doubt_moment, read_moment, read_release
from courseweek.read.values.names import fold_name
from courseweek.yamltext.document import Mapping, Node, Scalar, Sequence
from courseweek.yamltext.slips.glued import explain_glued_entry

_MOMENT = node_shape(
    text("a moment", examples=("week 3", "end of week 3", "2 days after hw1", "start of final-talks", "TBD"))
)
_EACH = text(
    "a kind or an id of meetings", also=("number", "boolean"), examples=("meeting", "meeting with required readings")
)
SERIES_FORM = either(_EACH, list_of_each(TEXT.schema))


def _take_moment(node: Node, reader: Reader) -> Moment | None:
    try:
        return None if not isinstance(node, Scalar) else _convert_moment(node.text, node.span, reader)
    except Misread:
        return None


_Convert = Callable[[str, Span, Reader], Moment]
"""What makes a moment of a text: one that is due once, one of a series, or one of a single meeting."""
_IS_MOMENT = Shape("a moment", _take_moment, _MOMENT.schema)
_BY_MOMENT = (
    Pairing(("due",), ("title",), _IS_MOMENT, shared=True),
    Pairing(("title",), ("due",), NAME, _IS_MOMENT),
)
"""How people write a deadline with what is due: `Feb 8: HW1`, or `HW1: Feb 8`."""

ASSIGNMENT_TITLE = Field("title", TEXT, "its title", required=True)
OUT = Field("out", _MOMENT, "when it comes out; a date alone means 00:00")
DUE = Field("due", _MOMENT, "when it is due")
WAS = Field("was", _MOMENT, "when it was due before it was moved; a date alone keeps the time of `due`")
ACCEPTED_UNTIL = Field("accepted_until", _MOMENT, "until when late work is accepted")
EACH = Field(
    "each",
    node_shape(SERIES_FORM),
    "the meetings for which it is due each: meeting, meeting with required readings, kinds or ids",
)
EXCEPT = Field("except", node_shape(one_or_list(TEXT.schema)), "ids of meetings that the series leaves out")
INSTEAD = Field(
    "instead",
    node_shape(mapping_to("moments by the ids of meetings", either(_MOMENT.schema, NOTHING))),
    "other due moments for single meetings, by id",
)
OWED_BY = Field("for", TEXT, "the grading scheme whose students owe it")
ASSIGNMENT_MATERIALS = Field("materials", MATERIALS, "files and links for it")
MILESTONES = Field(
    "milestones", node_shape(one_or_list(by_table("a milestone"))), "its steps in order, each with a moment of its own"
)
ASSIGNMENT = Table(
    "an assignment",
    ASSIGNMENT_TITLE,
    Field("id", IDENTIFIER, "its id; by default the title as a slug"),
    OUT,
    DUE,
    WAS,
    ACCEPTED_UNTIL,
    EACH,
    EXCEPT,
    INSTEAD,
    Field("counts", TEXT, "how many of a series count, such as best 10"),
    OWED_BY,
    Field("group", TEXT, "how many students work together, such as 1-3"),
    Field("form", ADDRESS, "the form through which it is handed in"),
    Field("url", ADDRESS, "where it is described, if on another site"),
    Field("page", TEXT, "a page of `content/` that describes it"),
    ASSIGNMENT_MATERIALS,
    Field("note", MARKDOWN, "a remark, in Markdown"),
    Field("status", STATUS, "`tentative` if it is"),
    MILESTONES,
    pairings=_BY_MOMENT,
)

MILESTONE_TITLE = Field("title", TEXT, "its title", required=True)
MILESTONE_DUE = Field("due", _MOMENT, "when it is due")
MILESTONE = Table(
    "a milestone",
    MILESTONE_TITLE,
    Field("id", IDENTIFIER, "its id; by default the title as a slug"),
    MILESTONE_DUE,
    WAS,
    ACCEPTED_UNTIL,
    Field("weight", TEXT, "its share of the assignment, only shown"),
    Field("note", MARKDOWN, "a remark, in Markdown"),
    Field("page", TEXT, "a page of `content/` that describes it"),
    Field("url", ADDRESS, "where it is described, if on another site"),
    Field("status", STATUS, "`tentative` if it is"),
    pairings=_BY_MOMENT,
)


def read_assignments(node: Node | None, reader: Reader) -> tuple[Assignment, ...]:
    """Return the assignments in their order; what is wrong is reported."""
    node = leave_keyed(node, reader, ASSIGNMENT)
    if node is None:
        return ()
    items = node.items if isinstance(node, Sequence) else (node,)
    read = (_read_assignment(item, reader) for item in items if not (isinstance(item, Scalar) and item.empty))
    return tuple(each for each in read if each is not None)


def _read_assignment(node: Node, reader: Reader) -> Assignment | None:
    record = reader.record(node, ASSIGNMENT)
    if record is None or not record.whole(ASSIGNMENT_TITLE):
        return None
    each = read_series(record[EACH], reader)
    series = "each" in record.origin.fields
    convert = _convert_in_series if series else _convert_moment
    out = _read_moment(record[OUT], reader, convert)
    due = _read_due(record[DUE], reader, convert)
    accepted_until = _read_due(record[ACCEPTED_UNTIL], reader, convert)
    if series and each is None:
        out = due = accepted_until = None  # by which meetings they are is not known
    _check_shape(record, reader, series=series)
    return record.make(
        Assignment,
        out=out,
        due=due,
        was=None if series else _read_was(record[WAS], reader),
        accepted_until=accepted_until,
        each=each,
        skipped=_read_ids(record[EXCEPT], reader),
        instead=_read_instead(record[INSTEAD], reader) if each is not None else (),
        owed_by=fold_name(record.need(OWED_BY)) if record.whole(OWED_BY) else None,
        materials=_read_files(record, reader),
        milestones=_read_milestones(record[MILESTONES], reader),
    )


def _read_files(record: Record, reader: Reader) -> tuple[Link, ...]:
    """Return the files and links of an assignment; one that is to be released later is refused, not shown early."""
    links = record[ASSIGNMENT_MATERIALS] or ()
    for link in links:
        if link.released is not None:
            message = "only a meeting's material can be released later"
            help = "move it to the materials of a meeting, or delete publish_on"
            reader.found.error("contradiction", message, link.released.span, help=help)
    return tuple(link for link in links if link.released is None)


def _check_shape(record: Record, reader: Reader, *, series: bool) -> None:
    origin = record.origin
    if series and "milestones" in origin.fields:
        message = "an assignment with `each` can't have milestones"
        help = "delete `each` or `milestones`"
        reader.found.error("contradiction", message, origin.key("milestones"), help=help)
    if not series and "except" in origin.fields:
        reader.found.error("contradiction", "`except` needs `each`", origin.key("except"), help="add each: meeting")
    if not series and "instead" in origin.fields:
        help = "write the new date after due:, and the old one after was:"
        reader.found.error("contradiction", "`instead` needs `each`", origin.key("instead"), help=help)
    if series and "was" in origin.fields:
        message = "a series has many due dates, so it can't have `was`"
        help = "to move one of them, write instead: with the id of its meeting, as in {big-data: 2027-03-01}"
        reader.found.error("contradiction", message, origin.key("was"), help=help)
    if series or "due" in origin.fields or "milestones" not in origin.fields:
        return
    for key in ("was", "accepted_until"):
        if key in origin.fields:
            message = f"the assignment itself is not due, so it can't have `{key}`"
            reader.found.error("contradiction", message, origin.key(key), help="move it to a milestone, or add due:")


def _convert_moment(text: str, place: Span, reader: Reader) -> Moment:
    return read_moment(text, place, reader.window, series=False, language=reader.language)


def _convert_in_series(text: str, place: Span, reader: Reader) -> Moment:
    return read_moment(text, place, reader.window, series=True, language=reader.language)


def _convert_of_meeting(text: str, place: Span, reader: Reader) -> Moment:
    return read_release(text, place, reader.window, language=reader.language)


def _convert_old(text: str, place: Span, reader: Reader) -> Moment:
    try:
        moment = _convert_moment(text, place, reader)
    except Misread as misread:
        if misread.fixed != "TBD":
            raise
    else:
        if moment.rule is not None:
            return moment
    help = "write the date that was published, or delete `was`"
    raise Misread(f"`was` is the old date, so it can't be {text.strip()}", help, "bad-moment")


def _read_moment(node: Node | None, reader: Reader, convert: _Convert = _convert_moment) -> Moment | None:
    if node is None:
        return None

    def read(text: str) -> Moment:
        return convert(text, node.span, reader)

    def takes(text: str) -> bool:
        try:
            read(text)
        except Misread:
            return False
        return True

    scalar = reader.scalar(node, "a moment such as 2027-02-20 or week 3", takes)
    if scalar is None:
        return None
    try:
        return read(scalar.text)
    except Misread as misread:
        if misread.name != "bad-date" or not reader.misses_year(scalar.text):
            report_misread(misread, scalar, reader, takes, "week 3" if takes("week 3") else "1 day before")
        return None


def _read_due(node: Node | None, reader: Reader, convert: _Convert = _convert_moment) -> Moment | None:
    """Read when something is due, and warn of a time that is probably wrong."""
    moment = _read_moment(node, reader, convert)
    doubt = doubt_moment(moment, reader.window) if moment is not None else None
    if doubt is not None and moment is not None:
        reader.found.warning("doubtful-time", doubt[0], moment.span, help=doubt[1])
    return moment


def _read_was(node: Node | None, reader: Reader) -> Moment | None:
    """Read when something was due before; what was never decided is not a date from which it was moved."""
    return _read_moment(node, reader, _convert_old)


def _read_instead(node: Node | None, reader: Reader) -> tuple[Instead, ...]:
    """Return the due moments of single meetings; each is relative to its meeting, or as any other moment."""
    if node is None:
        return ()
    if not isinstance(node, Mapping):
        diagnostic = explain_glued_entry(node, (), sure=True) if isinstance(node, Scalar) else None
        if diagnostic is not None:
            reader.lose(node)
            reader.found.add(diagnostic)
        else:
            message = "this must be ids of meetings with moments, not a list"
            if isinstance(node, Scalar):
                message = "this must be ids of meetings with moments"
            meant = _join_entries(node)
            fix = (Edit(node.span, meant),) if meant is not None and "\n" not in node.span.text else ()
            help = f"write {meant}" if meant else "name each meeting by its id, as in {big-data: 2027-03-01}"
            reader.error("wrong-shape", message, node, help, fix=fix)
        return ()
    found = []
    for key, value in list_entries(node, reader):
        if isinstance(value, Scalar) and value.empty:
            found.append(Instead(fold_name(key.text), Moment("TBD", None, None, key.span), key.span))
        elif (due := _read_due(value, reader, _convert_of_meeting)) is not None:
            found.append(Instead(fold_name(key.text), due, key.span))
    return tuple(found)


def _join_entries(node: Node) -> str | None:
    """Return a list of mappings as the one mapping that is meant; None where a line can't show it."""
    items = node.items if isinstance(node, Sequence) else ()
    entries = [entry for item in items if isinstance(item, Mapping) for entry in _entries_of(item)]
    if not entries or not all(isinstance(value, Scalar) and fits_line(value) for _, value in entries):
        return None
    return f"{{{', '.join(f'{key.span.text}: {value.span.text}'.rstrip() for key, value in entries)}}}"


def _entries_of(item: Mapping) -> tuple[tuple[Scalar, Node], ...]:
    """Return the entries of an item; `{meeting: knots, due: Feb 8}` is the one that names the meeting."""
    named = {key.text: value for key, value in item.entries}
    meeting = next((named[key] for key in ("meeting", "id", "for") if key in named), None)
    due = next((named[key] for key in ("due", "date", "instead") if key in named), None)
    if len(named) != 2 or not isinstance(meeting, Scalar) or due is None:
        return item.entries
    return ((meeting, due),)


def read_series(node: Node | None, reader: Reader) -> Series | None:
    """Return the meetings that `each` names; None where it is absent or wrong and reported."""
    if node is None:
        return None
    if isinstance(node, Mapping):
        reader.error(
            "wrong-shape",
            "this must be kinds or ids of meetings, not a group of keys",
            node,
            "write kinds or ids, such as [Lecture, Exam]",
        )
        return None
    if isinstance(node, Scalar):
        words = " ".join(node.text.split())
        if words.lower() == "meeting":
            return Series(words, "all", (), node.span)
        if words.lower() == "meeting with required readings":
            return Series(words, "required", (), node.span)
        return Series(words, "named", (fold_name(words),), node.span)
    names = tuple(fold_name(each.text) for each in _scalars(node, reader, "a kind or an id of a meeting"))
    return Series(", ".join(names), "named", names, node.span) if names else None


def _read_ids(node: Node | None, reader: Reader) -> tuple[tuple[str, Span], ...]:
    if node is None:
        return ()
    items = node if isinstance(node, Sequence) else Sequence((node,), node.span)
    moved = next((item for item in items.items if isinstance(item, Mapping) and item.entries), None)
    if moved is not None:
        help = "to move the deadline of a meeting, write instead: in place of except:, as in {big-data: 2027-03-01}"
        reader.error("wrong-shape", "`except` has ids of meetings alone", moved, help)
        return ()
    return tuple((fold_name(each.text), each.span) for each in _scalars(items, reader, "an id of a meeting"))


def _scalars(node: Sequence, reader: Reader, what: str) -> list[Scalar]:
    found = (reader.scalar(item, what) for item in node.items)
    return [each for each in found if each is not None]


def _read_milestones(node: Node | None, reader: Reader) -> tuple[Milestone, ...]:
    node = leave_keyed(node, reader, MILESTONE)
    if node is None:
        return ()
    items = node.items if isinstance(node, Sequence) else (node,)
    found = []
    for item in items:
        record = reader.record(item, MILESTONE)
        if record is None or not record.whole(MILESTONE_TITLE):
            continue
        found.append(
            record.make(
                Milestone,
                due=_read_due(record[MILESTONE_DUE], reader),
                was=_read_was(record[WAS], reader),
                accepted_until=_read_due(record[ACCEPTED_UNTIL], reader),
            )
        )
    return tuple(found)

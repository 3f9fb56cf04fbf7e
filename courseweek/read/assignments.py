"""`assignments`: what is handed in, with its moments, its series and its milestones."""

from __future__ import annotations

from courseweek.diagnostics import Span
from courseweek.model.assignment import Assignment, Milestone, Series
from courseweek.model.link import Link
from courseweek.model.moment import Moment
from courseweek.read.links import MATERIALS
from courseweek.read.tables.fields import Field, Pairing, Record, Shape, Table
from courseweek.read.tables.forms import by_table, either, list_of_each, one_or_list, text
from courseweek.read.tables.reader import Reader, leave_keyed
from courseweek.read.tables.remedies import report_misread
from courseweek.read.tables.shapes import ADDRESS, IDENTIFIER, MARKDOWN, NAME, TEXT, node_shape
from courseweek.read.term import STATUS
from courseweek.read.values.misread import Misread
from courseweek.read.values.moments import doubt_moment, read_moment
from courseweek.read.values.names import fold_name
from courseweek.yamltext.document import Mapping, Node, Scalar, Sequence

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


_IS_MOMENT = Shape("a moment", _take_moment, _MOMENT.schema)
_BY_MOMENT = (
    Pairing(("due",), ("title",), _IS_MOMENT, shared=True),
    Pairing(("title",), ("due",), NAME, _IS_MOMENT),
)
"""How people write a deadline with what is due: `Feb 8: HW1`, or `HW1: Feb 8`."""

ASSIGNMENT_TITLE = Field("title", TEXT, "its title", required=True)
OUT = Field("out", _MOMENT, "when it comes out; a date alone means 00:00")
DUE = Field("due", _MOMENT, "when it is due")
EACH = Field(
    "each",
    node_shape(SERIES_FORM),
    "the meetings for which it is due each: meeting, meeting with required readings, kinds or ids",
)
EXCEPT = Field("except", node_shape(one_or_list(TEXT.schema)), "ids of meetings that the series leaves out")
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
    EACH,
    EXCEPT,
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
    out = _read_moment(record[OUT], reader, series=series)
    due = _read_due(record[DUE], reader, series=series)
    if series and each is None:
        out = due = None  # by which meetings they are is not known
    _check_shape(record, reader, series=series)
    return record.make(
        Assignment,
        out=out,
        due=due,
        each=each,
        skipped=_read_ids(record[EXCEPT], reader),
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


def _convert_moment(text: str, place: Span, reader: Reader, *, series: bool = False) -> Moment:
    return read_moment(text, place, reader.window, series=series, language=reader.language)


def _read_moment(node: Node | None, reader: Reader, *, series: bool) -> Moment | None:
    if node is None:
        return None

    def read(text: str) -> Moment:
        return _convert_moment(text, node.span, reader, series=series)

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
        report_misread(misread, scalar, reader, takes)
        return None


def _read_due(node: Node | None, reader: Reader, *, series: bool) -> Moment | None:
    """Read when something is due, and warn of a time that is probably wrong."""
    moment = _read_moment(node, reader, series=series)
    doubt = doubt_moment(moment, reader.window) if moment is not None else None
    if doubt is not None and moment is not None:
        reader.found.warning("doubtful-time", doubt[0], moment.span, help=doubt[1])
    return moment


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
        found.append(record.make(Milestone, due=_read_due(record[MILESTONE_DUE], reader, series=False)))
    return tuple(found)

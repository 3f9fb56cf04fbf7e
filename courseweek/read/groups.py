"""Parallel groups: those of an entry of the weekly pattern, and what a topic changes for single ones."""

from __future__ import annotations

from dataclasses import replace

from courseweek.model.meeting import GroupChange
from courseweek.model.origin import Origin
from courseweek.model.term import GroupPattern, Pattern
from courseweek.read.tables.fields import Field, Pairing, Table
from courseweek.read.tables.forms import by_table, list_of_each, mapping_to
from courseweek.read.tables.reader import Reader, list_entries, read_items
from courseweek.read.tables.shapes import NAME, TEXT, matching, node_shape
from courseweek.read.tables.time_shapes import DAY, DAY_OR_TIME, TIME_RANGE, WEEKDAYS, WEEKS
from courseweek.read.values.names import fold_name, report_twice
from courseweek.yamltext.document import Mapping, Node, Scalar, Sequence
from courseweek.yamltext.slips.glued import write_between_braces

MOST_GROUPS = 100
"""Groups of one entry: more are refused."""
MOST_SHOWN = 4
"""Groups that a remedy lists."""

_SHORT_NAME = matching(r"(?:(?:group|section|lab)[ _-]*)?[A-Za-z0-9]{1,3}")
"""The name of a group that people write as a key, which may be a letter or a number."""
GROUP_NAME = Field("name", TEXT, "what the group is called, such as A", required=True)
GROUP_DAY = Field("day", WEEKDAYS, "the day of the week, by default that of the entry")
GROUP_DAYS = Field("days", WEEKDAYS, "several days of the week")
GROUP_TIME = Field("time", TIME_RANGE, "from when to when, by default as the entry says")
GROUP_PLACE = Field("place", TEXT, "where, by default as the entry says")
LEADER = Field("leader", TEXT, "who leads the group")
GROUP_WEEKS = Field("weeks", WEEKS, "in which weeks only, by default as the entry says")
GROUP = Table(
    "a group",
    GROUP_NAME,
    GROUP_DAY,
    GROUP_DAYS,
    GROUP_TIME,
    GROUP_PLACE,
    LEADER,
    GROUP_WEEKS,
    pairings=(
        Pairing(("name",), ("day",), _SHORT_NAME, WEEKDAYS),
        Pairing(("name",), ("time",), _SHORT_NAME, TIME_RANGE),
        Pairing(("name",), ("day", "time"), _SHORT_NAME, DAY_OR_TIME),
        Pairing(("name",), ("day",), NAME, WEEKDAYS),
        Pairing(("name",), ("time",), NAME, TIME_RANGE),
        Pairing(("name",), ("day", "time"), NAME, DAY_OR_TIME),
    ),
)
GROUPS = Field("groups", node_shape(list_of_each(by_table("a group"), minItems=1)), "parallel groups with one topic")

CHANGE_DATE = Field("date", DAY, "the group's day for this topic")
CHANGE_TIME = Field("time", TIME_RANGE, "the group's time for this topic")
CHANGE_PLACE = Field("place", TEXT, "the group's place for this topic")
GROUP_CHANGE = Table("a change for a group", CHANGE_DATE, CHANGE_TIME, CHANGE_PLACE)
GROUP_CHANGES = Field(
    "groups",
    node_shape(mapping_to("changes by the names of groups", by_table("a change for a group"))),
    "what is different for single groups, by their names",
)


def read_groups(node: Node, entry: Pattern, reader: Reader, *, days_known: bool) -> tuple[GroupPattern, ...]:
    """Return the groups of an entry of the weekly pattern, each with what the entry says for all of them.

    What is wrong is reported. Without `days_known` the days of the entry could not be read, and none is missed.
    """
    if isinstance(node, Scalar) or (isinstance(node, Sequence) and not node.items):
        what = "this list has no group" if isinstance(node, Sequence) else "groups must be a list"
        listed = "a list such as " if isinstance(node, Scalar) else ""
        reader.error("wrong-shape", what, node, f"write {listed}{_show_groups(entry)}, or delete groups:")
        return ()
    names = [item.text for item in node.items if isinstance(item, Scalar)] if isinstance(node, Sequence) else []
    if isinstance(node, Sequence) and len(names) == len(node.items):
        shown = ", ".join(f"{{name: {write_between_braces(name)}, …}}" for name in names[:MOST_SHOWN])
        more = ", …" if len(names) > MOST_SHOWN else ""
        reader.error("wrong-shape", "a group is written as keys with values", node, f"write [{shown}{more}]")
        return ()
    if isinstance(node, Sequence) and len(node.items) > MOST_GROUPS:
        message = f"an entry has at most {MOST_GROUPS} groups"
        reader.error("too-many", message, node, "give some of them an entry with another kind")
        return ()
    before = reader.found.errors
    groups = read_items(node, reader, lambda item, its: _read_group(item, entry, its, days_known=days_known), GROUP)
    report_twice([(each.name, each.origin.of("name")) for each in groups], "group", reader.found)
    if reader.found.errors == before and days_known:
        _check_entry(groups, entry, reader)
        _check_copies(groups, reader)
    return groups


def _show_groups(entry: Pattern) -> str:
    """Return two groups as YAML, with what the entry does not say for them."""
    groups = []
    for name, hours in (("A", "9:00-10:50"), ("B", "11:00-12:50")):
        own = ["" if entry.days else ", day: Friday", "" if entry.time else f", time: {hours}"]
        groups.append(f"{{name: {name}{''.join(own)}}}")
    return f"[{', '.join(groups)}]"


def _read_group(node: Node, entry: Pattern, reader: Reader, *, days_known: bool) -> GroupPattern | None:
    record = reader.record(node, GROUP)
    if record is None or not record.whole(GROUP_NAME):
        return None
    name, fields = fold_name(record.need(GROUP_NAME)), record.origin.fields
    days = tuple(sorted({*(record[GROUP_DAY] or ()), *(record[GROUP_DAYS] or ())})) or entry.days
    if not days:
        if days_known and not record.strange and not {"day", "days"} & fields.keys():
            message, help = f"the group `{name}` needs `day`", "write day: and a day of the week, such as Friday"
            reader.found.error("missing-key", message, record.origin.span, help=help)
        return None
    return record.make(
        GroupPattern,
        name=name,
        days=days,
        time=record[GROUP_TIME] or entry.time,
        place=record[GROUP_PLACE] or entry.place,
        leader=record[LEADER],
        weeks=record[GROUP_WEEKS] or entry.weeks,
    )


def _check_entry(groups: tuple[GroupPattern, ...], entry: Pattern, reader: Reader) -> None:
    """Report what the entry says for none of its groups, and a group that is the only one."""
    for keys in (("day", "days"), ("time",), ("place",), ("weeks",)):
        own = [next((key for key in keys if key in each.origin.fields), None) for each in groups]
        written = next((key for key in keys if key in entry.origin.fields), None)
        if written is not None and own and None not in own:
            reader.found.error(
                "contradiction",
                f"each group has its own `{own[0]}`, so `{written}` of the entry applies to none",
                entry.origin.key(written),
                help=f"delete `{written}` here, or from the groups that meet as it says",
                other=(groups[0].origin.of(own[0] or written), "the first group has its own here"),
            )
    if len(groups) == 1:
        message = f"`{groups[0].name}` is the only group, so it needs no `groups`"
        help = "add the other groups, or write its day, time and place in the entry"
        reader.found.warning("no-effect", message, groups[0].origin.of("name"), help=help)


def _check_copies(groups: tuple[GroupPattern, ...], reader: Reader) -> None:
    """Warn of two groups that are in one place at one time: the second one was probably copied."""
    first: dict[object, GroupPattern] = {}
    for each in groups:
        if each.time is None or each.place is None:
            continue
        other = first.setdefault((each.days, each.time, each.place, each.weeks), each)
        if other is not each:
            reader.found.warning(
                "same-time",
                f"the groups `{other.name}` and `{each.name}` have the same day, time and place",
                each.origin.of("name"),
                help="change the day, time or place of one",
                other=(other.origin.of("name"), f"`{other.name}` is here"),
            )


def read_group_changes(node: Node | None, reader: Reader) -> tuple[GroupChange, ...]:
    """Return what a topic changes for single groups, in the order in which it names them; what is wrong is reported."""
    if node is None:
        return ()
    if not isinstance(node, Mapping):
        message = "`groups` of a topic must be names of groups, each with what changes"
        reader.error("wrong-shape", message, node, "write the changes by group, such as {A: {place: L500}}")
        return ()
    found = []
    for key, value in list_entries(node, reader):
        record = reader.record(value, GROUP_CHANGE)
        if record is None:  # the schedule still says that there is no such group
            found.append(GroupChange(name=fold_name(key.text), origin=Origin(key.span)))
        elif not record.origin.keys and not record.strange:
            message, help = f"nothing changes for the group `{key.text}`", "write {place: L500}, or delete this"
            reader.error("empty", message, value, help)
        else:
            origin = replace(record.origin, span=key.span)
            found.append(record.make(GroupChange, name=fold_name(key.text), origin=origin))
    report_twice([(each.name, each.origin.span) for each in found], "group", reader.found)
    return tuple(found)

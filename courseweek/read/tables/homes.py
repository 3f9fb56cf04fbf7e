"""Where a key belongs that is written in a mapping that has none of that name: the table that has it, and its path.

All of it comes from the tables: a field whose values are mappings refers to their table.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from courseweek.read.tables.fields import Table
from courseweek.read.tables.forms import list_references, name_of


def find_home(key: str, table: Table) -> tuple[str | None, str | None]:
    """Return the remedy for a key of another table: whose it is, and under which key that one is written.

    Also the first of the keys that lead there. None and None where no table has it, or too many do.
    """
    if _is_front(table):
        return None, None  # a page has no other part to which a key belongs
    paths = _find_paths(len(Table.all))
    others = (each for each in Table.all if each.what != table.what and not each.apart and not _is_front(each))
    homes = [each for each in others if key in each.by_key]
    outermost = [each for each in homes if not any(_is_inside(each, other, paths) for other in homes)]
    single = [each for each in outermost if each.what.startswith("the ")]
    chosen = outermost if len({each.what for each in outermost}) == 1 else single
    if not chosen:
        return None, None
    home = chosen[0]
    path = paths.get(home.what, ())
    under = " of ".join(f"`{step}:`" for step in reversed(path))
    whose = f"`{key}` is a key of {home.what}"
    return (f"{whose}; write it under {under}", path[0]) if path else (whose, None)


def _is_front(table: Table) -> bool:
    return table.what.endswith("front matter")


def _is_inside(table: Table, other: Table, paths: Mapping[str, tuple[str, ...]]) -> bool:
    """Return whether the mappings of one table are inside those of another one."""
    inner, outer = paths.get(table.what, ()), paths.get(other.what, ())
    return bool(outer) and len(inner) > len(outer) and inner[: len(outer)] == outer


@cache
def _find_paths(tables: int) -> dict[str, tuple[str, ...]]:
    """Return the keys that lead to the mappings of each table from the top of its file, the outermost first.

    There are so far this number of `tables`: a module that is imported later may add more.
    """
    by_name = {name_of(each.what): each for each in Table.all}
    parents: dict[str, tuple[str, str]] = {}
    for each in Table.all:
        for field in each.fields:
            for name in list_references(field.shape.schema):
                if name in by_name and name != name_of(each.what):
                    parents.setdefault(name, (name_of(each.what), field.key))
    paths: dict[str, tuple[str, ...]] = {}
    for each in Table.all:
        name, path = name_of(each.what), list[str]()
        while name in parents and len(path) < len(parents):
            name, key = parents[name]
            path.insert(0, key)
        paths[each.what] = tuple(path)
    return paths

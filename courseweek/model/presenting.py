"""Presentations by students: roles, rules, and who holds what."""

from __future__ import annotations

from dataclasses import field

from courseweek.diagnostics import Span
from courseweek.frozen import dataclass
from courseweek.model.assignment import Series
from courseweek.model.origin import Origin


@dataclass(frozen=True, slots=True)
class Role:
    """A role that a presenter can hold."""

    name: str
    note: str | None


@dataclass(frozen=True, slots=True)
class Presenter:
    """A person at a meeting, in a role or, where the course has none, in no role.

    `meeting` is the meeting's id as written in a table of presenters, None where the person is listed at the meeting. A
    row of the table without a name is a place that is open; its `name` is empty.
    """

    name: str
    role: str | None
    meeting: str | None
    span: Span = field(compare=False)
    meeting_span: Span | None = field(default=None, compare=False)
    role_span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Presentations:
    """The rules: `group` is the least and the most students of one presentation, `at_least` how often each presents.

    `different` asks for a different role each time. `each` are the meetings with presentations, None for the default:
    those with required readings. `listed` are the presenters of the file, besides those at the meetings.
    """

    roles: tuple[Role, ...]
    group: tuple[int, int] | None
    at_least: int | None
    different: bool
    each: Series | None
    sign_up: str | None
    note: str | None
    listed: tuple[Presenter, ...]
    origin: Origin = field(compare=False)


@dataclass(frozen=True, slots=True)
class Slot:
    """One meeting of the board: who holds each role, in the order of the roles, and those without one."""

    meeting: str
    held: tuple[tuple[str | None, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Short:
    """A student who has not presented as often as the rule asks."""

    name: str
    times: int
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The sign-up board: meetings × roles, and who is still short of the rule."""

    slots: tuple[Slot, ...]
    short: tuple[Short, ...]

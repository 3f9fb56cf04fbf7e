"""What was published before, as a command compares with it."""

from __future__ import annotations

from courseweek.frozen import dataclass
from courseweek.model.published import Published
from courseweek.plan.plan import Plan
from courseweek.published.published import read_published


@dataclass(frozen=True, slots=True)
class Past:
    """What is public, what the output folder has, and why the file of `--since` is not used, if it is not."""

    since: Published | None
    previous: Published | None
    unused: str


def recall_past(since: bytes | str | None, previous: bytes | None) -> Past:
    """Return what was published, of the bytes that were read; a text says why they could not be."""
    public = read_published(since, public=True) if isinstance(since, bytes) else since
    own = read_published(previous) if previous is not None else None
    return Past(
        since=public if isinstance(public, Published) else None,
        previous=own if isinstance(own, Published) else None,
        unused=public if isinstance(public, str) else "",
    )


def describe_changes(past: Past, plan: Plan) -> str:
    """Return a line about what is different from what the output folder has, or from what is public; or nothing."""
    before = past.previous or past.since
    if before is None:
        return ""
    from courseweek.published.summary import summarize_changes  # a first build compares nothing
    from courseweek.report.text import disarm, printable

    line = summarize_changes(before, plan.course, plan.schedule, plan.now)
    return f"{disarm(printable(line))}.\n" if line else ""


def remember_site(plan: Plan) -> Published:
    """Return what a planned site says of its dates, to compare a later one with it."""
    from courseweek.published.course_data import describe_dates

    return Published(describe_dates(plan.course, plan.schedule, plan.now))

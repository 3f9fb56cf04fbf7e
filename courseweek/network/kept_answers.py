"""The answers of earlier runs, in a file that may be deleted at any time."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import get_args

from courseweek.network.answer import Answer, Fault

GOOD_FOR = timedelta(days=7)
"""So long a good answer is believed."""
BAD_FOR = timedelta(days=1)
"""How long any other answer is kept: a repaired server is noticed the next day."""
LARGEST = 20_000_000
"""A larger file (bytes) is not ours."""
VERSION = 1
_NEVER_KEPT = ("resting", "unasked")


def recall_answers(path: Path, now: datetime) -> dict[str, Answer]:
    """Return the answers that are still believed as of `now`; none from a file that is damaged or not ours."""
    try:
        if path.stat().st_size > LARGEST:
            return {}
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(kept, dict) or kept.get("version") != VERSION or not isinstance(kept.get("answers"), dict):
        return {}
    read = ((address, _read(each)) for address, each in kept["answers"].items())
    return {address: answer for address, answer in read if answer is not None and is_fresh(answer, now)}


def is_fresh(answer: Answer, now: datetime) -> bool:
    """Return whether an answer is still valid; one from the future is not."""
    age = now - answer.asked_at
    return timedelta(0) <= age < (GOOD_FOR if answer.good else BAD_FOR)


def keep_answers(path: Path, answers: Mapping[str, Answer]) -> None:
    """Write the answers as a whole, through a temporary file beside it; a failing disk does not stop the check."""
    kept = {
        address: {
            "status": each.status,
            "final": each.final,
            "moved": each.moved,
            "fault": each.fault,
            "reason": each.reason,
            "asked_at": each.asked_at.isoformat(timespec="seconds"),
        }
        for address, each in sorted(answers.items())
        if each.fault not in _NEVER_KEPT
    }
    text = json.dumps({"version": VERSION, "answers": kept}, indent=1, ensure_ascii=True)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".links-", dir=path.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(f"{text}\n")
            Path(name).replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise


def _read(kept: object) -> Answer | None:
    if not isinstance(kept, dict):
        return None
    status, final, moved = kept.get("status"), kept.get("final"), kept.get("moved")
    fault, reason, asked_at = kept.get("fault"), kept.get("reason"), kept.get("asked_at")
    if not isinstance(final, str) or not isinstance(reason, str) or not isinstance(asked_at, str):
        return None
    if not isinstance(moved, str | None) or not isinstance(status, int | None) or isinstance(status, bool):
        return None
    if fault is not None and fault not in get_args(Fault):
        return None
    try:
        at = datetime.fromisoformat(asked_at)
    except ValueError:
        return None
    return Answer(status, final, moved, fault, reason, at) if at.tzinfo is not None else None

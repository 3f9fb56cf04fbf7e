"""Times as they are written elsewhere, and what they are here."""

from __future__ import annotations

import re

_LOOSE_TIME = re.compile(
    r"(\d{1,2})[.h](\d{2})(?: ?h| ?Uhr)?|(\d{2})(\d{2})(?: ?h)?|(\d{1,2})h|(\d{1,2}):(\d{2})(?: ?h| ?Uhr)",
    re.IGNORECASE,
)


def clear_time(text: str) -> str | None:
    """Return `13.00`, `13h00`, `13h`, `1300` or `13:00 h` as it is written here, or None for anything else."""
    match = _LOOSE_TIME.fullmatch(text)
    if match is None:
        return None
    hour, minute = match[1] or match[3] or match[5] or match[6], match[2] or match[4] or match[7] or "00"
    return f"{hour}:{minute}" if int(hour) < 24 and int(minute) < 60 else None

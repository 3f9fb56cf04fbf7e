"""A text about a meeting gives the day on which it is held.

Passing: "Lecture of 11 Nov" about a meeting of that day, "see also 13 Nov".
Failing: the title "Notes, 13 Nov", or "held on 13 Nov", about a meeting of 11 November.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from courseweek.checks.passages import Passage
from courseweek.checks.prose.mentions import Mention
from courseweek.diagnostics import Diagnostic
from courseweek.language.locale import EN
from courseweek.model.term import Term
from courseweek.read.values.dates import Window
from courseweek.regex import lazy_pattern

# Words right before a date that make it the meeting's own date.
_OWN = lazy_pattern(
    r"(?:\b(?:held|given|presented|took place|takes place|meets|met)(?:\s+on)?"
    r"|(?:^|\n)[\s*_#>-]*(?:Date|When|Day)[*_]*:[*_]*"
    r"|\b(?:notes|lecture|class|meeting|session|seminar|talk)s?\s+(?:of|from|on|for)(?:\s+the)?)[\s*_(]*$",
    re.IGNORECASE,
)
_OTHER = lazy_pattern(
    r"\b(?:next|last|previous|earlier|later|other|due|deadline|instead|moved|originally|until|see|also|not|no|but)\b",
    re.IGNORECASE,
)
LONGEST_SENTENCE = 500
"""Characters before and after a date that count as its sentence."""
_SENTENCE_END = lazy_pattern(r"[.;!?]\s|\n[ \t]*\r?\n|\n[ \t]*[-*+|#]")


def check_held(passage: Passage, words: str, mentions: list[Mention], term: Term) -> Iterator[Diagnostic]:
    """Yield a warning for each date that is given as the meeting's own but is not."""
    held = {on for row in passage.meetings for on in row.days}
    held |= {row.until.date() for row in passage.meetings if row.until is not None}
    if not held:
        return
    window = Window(term.starts, term.ends)
    for mention in mentions:
        days = [day for day in mention.days(window) if window.first <= day <= window.last]
        if mention.ranged or not days or held.intersection(days) or not _is_own(passage, words, mention):
            continue
        row = passage.meetings[0]
        shown = EN.join_list([EN.day_range(day, day) for day in sorted(held)][:3])
        place = row.written.origin if row.written is not None else None
        yield Diagnostic(
            "warning",
            "other-day",
            f"`{row.topic}` is on {shown}, not on {mention.name}",
            passage.span.within(mention.start, mention.end),
            f"write {shown} if you mean the meeting, or say what else happens on {mention.name}",
            (place.fields.get("date", place.span), f"it is held on {EN.dated_day(row.on)}") if place else None,
        )


def _is_own(passage: Passage, words: str, mention: Mention) -> bool:
    """Return whether a date is said of the meeting itself: in its title, or after words such as "held on"."""
    start = max(0, mention.start - LONGEST_SENTENCE)
    for match in _SENTENCE_END.finditer(words, start, mention.start):
        start = match.start()
    last = min(len(words), mention.end + LONGEST_SENTENCE)
    end = _SENTENCE_END.search(words, mention.end, last)
    sentence = words[start : end.start() if end else last]
    if _OTHER.search(sentence):
        return False
    return passage.kind == "title" or _OWN.search(words[max(0, mention.start - 60) : mention.start]) is not None

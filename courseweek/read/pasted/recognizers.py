"""The sources of pasted text, in the order in which they are looked for on a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from courseweek.read.pasted.bibtex import find_bibtex
from courseweek.read.pasted.copied_lists import find_bullets
from courseweek.read.pasted.copied_rows import find_rows
from courseweek.read.pasted.csl import find_json
from courseweek.read.pasted.diff import find_diff
from courseweek.read.pasted.example import find_readings_above
from courseweek.read.pasted.flags import find_flag
from courseweek.read.pasted.html_tags import find_chat_link, find_tags
from courseweek.read.pasted.identifiers import find_identifiers
from courseweek.read.pasted.listings import find_listing
from courseweek.read.pasted.mail import find_mail
from courseweek.read.pasted.markdown import find_markdown_links
from courseweek.read.pasted.markups import find_markdown_references, find_markup_links
from courseweek.read.pasted.records import find_records
from courseweek.read.pasted.references import find_cite_box, find_quoted_title, find_reference
from courseweek.read.pasted.tex import find_latex
from courseweek.read.pasted.text_lines import Pasted, TextLine

Recognize = Callable[[Sequence[TextLine], int], Pasted | None]

ANYWHERE: tuple[Recognize, ...] = (find_diff, find_markdown_links)
"""What is looked for in every file."""
IN_READINGS: tuple[Recognize, ...] = (
    *ANYWHERE,
    find_readings_above,
    find_flag,
    find_bibtex,
    find_records,
    find_json,
    find_chat_link,
    find_tags,
    find_latex,
    find_mail,
    find_markup_links,
    find_markdown_references,
    find_cite_box,
    find_reference,
    find_rows,
    find_bullets,
    find_listing,
    find_identifiers,
    find_quoted_title,
)
"""What is looked for in a list of readings, in this order."""
IN_TEXT: tuple[Recognize, ...] = (*ANYWHERE, find_bibtex, find_records, find_json)
"""What is looked for in a line that goes on with the text above: no text has these."""

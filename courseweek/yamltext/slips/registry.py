"""All slips that the parser stops at, in the order in which they are tried.

The first one that knows the mistake explains it. So a slip that asks for more, such as a quote that is open, is above
one that asks for less; a new one goes above the first that would take its wrong example for something else.
"""

from __future__ import annotations

from collections.abc import Callable

from courseweek.diagnostics import Diagnostic
from courseweek.frozen import dataclass
from courseweek.yamltext.complaint import Complaint, error_at
from courseweek.yamltext.slips.brackets import find_bracketed_start, find_wrong_brackets
from courseweek.yamltext.slips.colons import (
    find_bare_colon,
    find_colon_in_text,
    find_colon_without_space,
    find_missing_colon,
)
from courseweek.yamltext.slips.dashes import find_dash_without_space, find_lost_dash
from courseweek.yamltext.slips.line_kinds import (
    find_indent_character,
    find_odd_indent,
    find_return,
    find_second_document,
)
from courseweek.yamltext.slips.list_names import find_entry_below_text, find_named_list, find_readings_beside_list
from courseweek.yamltext.slips.one_line import find_keys_on_one_line, find_list_behind_key
from courseweek.yamltext.slips.quotes import find_bad_escape, find_early_quote, find_open_quote
from courseweek.yamltext.slips.starts import find_odd_start
from courseweek.yamltext.slips.stray_lines import find_lonely_line, find_stray_line
from courseweek.yamltext.slips.text_above import find_text_above_keys
from courseweek.yamltext.trial import keep_good_fix


@dataclass(frozen=True, slots=True)
class Slip:
    """A kind of typing mistake.

    `find` takes what the parser complains of, with the text and its grammar, and returns what is reported, or None if
    it is another mistake. Its docstring has what is typed wrong and what was meant.
    """

    name: str
    find: Callable[[Complaint], Diagnostic | None]


SLIPS = (
    Slip("indent-character", find_indent_character),
    Slip("return", find_return),
    Slip("bad-escape", find_bad_escape),
    Slip("open-quote", find_open_quote),
    Slip("list-behind-key", find_list_behind_key),
    Slip("keys-on-one-line", find_keys_on_one_line),
    Slip("dash-without-space", find_dash_without_space),
    Slip("colon-without-space", find_colon_without_space),
    Slip("early-quote", find_early_quote),
    Slip("bare-colon", find_bare_colon),
    Slip("bracketed-start", find_bracketed_start),
    Slip("readings-beside-list", find_readings_beside_list),
    Slip("named-list", find_named_list),
    Slip("odd-start", find_odd_start),
    Slip("text-above-keys", find_text_above_keys),
    Slip("missing-colon", find_missing_colon),
    Slip("lost-dash", find_lost_dash),
    Slip("stray-line", find_stray_line),
    Slip("entry-below-text", find_entry_below_text),
    Slip("second-document", find_second_document),
    Slip("colon-in-text", find_colon_in_text),
    Slip("wrong-brackets", find_wrong_brackets),
    Slip("lonely-line", find_lonely_line),
    Slip("odd-indent", find_odd_indent),
)


def explain_malformed(fault: Complaint) -> Diagnostic:
    """Return the diagnostic for what a YAML parser could not read, with its fix if that was tried and is good."""
    return find_slip(fault)[1]


def find_slip(fault: Complaint) -> tuple[Slip | None, Diagnostic]:
    """Return the first slip that knows the mistake, and its diagnostic; no slip where none does."""
    for slip in SLIPS:
        found = slip.find(fault)
        if found is not None:
            return slip, keep_good_fix(fault.source.text, found, fault.grammar, fault.before)
    span = fault.source.span(fault.index, min(fault.index + 1, fault.end))
    help = "each line is `key: value` or `- item`"
    return None, error_at("malformed", "YAML can't be read from here on", span, help)

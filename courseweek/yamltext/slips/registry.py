"""What a person did when YAML can't be read: the mistake in their words, at the place where it was made."""

from __future__ import annotations

import re
from collections.abc import Callable

from courseweek.diagnostics import Diagnostic, Edit
from courseweek.regex import lazy_pattern
from courseweek.yamltext.complaint import (
    KEY,
    VALUE,
    Complaint,
    error_at,
    lead_of,
    one_character,
    quote_text,
    rewrite,
    unquoted_start,
)
from courseweek.yamltext.slips.brackets import (
    explain_bare_colon,
    explain_bracketed_start,
    explain_brackets,
    is_inside_brackets,
)
from courseweek.yamltext.slips.glued import write_labels
from courseweek.yamltext.slips.list_names import explain_below_pasted, explain_named_list, explain_side
from courseweek.yamltext.slips.missing_marks import (
    explain_document,
    explain_indent,
    explain_indent_character,
    explain_long_key,
    explain_lost_dash,
    explain_misaligned,
    explain_missing_colon,
    explain_return,
)
from courseweek.yamltext.slips.one_line import explain_list_behind_key, explain_one_line
from courseweek.yamltext.slips.quotes import (
    ends_before,
    explain_bad_escape,
    explain_cut_quote,
    explain_early_quote,
    explain_open_quote,
)
from courseweek.yamltext.slips.stray_lines import explain_lonely, explain_stray_line

_LEAD = lazy_pattern(r"(?P<lead>\s*(?:-[ \t]+)*)(?:(?P<key>[^\s\"'#\[{:][^:#]*?):[ \t]+)?")
_NO_SPACE_DASH = lazy_pattern(r"\s*(-)(?=[A-Za-z\"'\[{“])")
_NO_SPACE_COLON = lazy_pattern(r"\s*(?:-[ \t]+)*[A-Za-z_]+(:)(?=[^\s/])")


def explain_malformed(fault: Complaint) -> Diagnostic:
    """Return the diagnostic for what a YAML parser could not read."""
    for attempt in EXPLAINERS:
        explained = attempt(fault)
        if explained is not None:
            return explained
    span = fault.source.span(fault.index, min(fault.index + 1, fault.end))
    return error_at("malformed", "YAML can't be read from here on", span, "each line is `key: value` or `- item`")


def _odd_start(fault: Complaint) -> Diagnostic | None:
    """Explain a text that begins with a character that means something to YAML."""
    if fault.says("directive") or (fault.says("document start") and fault.source.text[fault.start] == "%"):
        at = fault.context if fault.says("directive") else fault.start
    elif fault.says("alias", "anchor", "tag", "block scalar"):
        at = fault.context
    elif fault.says("cannot start any token", "node content", "sequence entries are not allowed") or (
        fault.says("mapping keys are not allowed") and fault.char == "?"
    ):
        at = fault.index
    else:
        return None
    begin, end = fault.bounds(at)
    if at >= end or re.compile(r"(?:---|\.\.\.)(?:\s|$)").match(fault.source.text, at):
        return None
    if fault.source.text[at] == "\t":
        help = "write a space in its place"
        place = one_character(fault, at)
        return error_at("stray-tab", "YAML takes only spaces here, not a tab", place, help, (Edit(place, " "),))
    if fault.source.text[at] == ",":
        rest = fault.source.text[at + 1 : end]
        shown = re.split(r"[,}\]]", rest)[0].strip(" ,{[")
        opened = fault.source.text[begin:at].rstrip()[-1:] in ("[", "{")
        help = "delete it" + (f": {fault.source.text[begin:at].strip()[-1]}{rest.strip()}" if opened else "")
        help = help if len(rest) <= 60 else "delete it"
        help += "; a text that begins with `,` needs quotes" + (f': ", {shown}"' if shown and not opened else "")
        gap = len(rest) - len(rest.lstrip(" ")) if opened else 0
        fix = (Edit(fault.source.span(at, at + 1 + gap), ""),) if opened else ()
        return error_at("stray-comma", "there is nothing before this `,`", one_character(fault, at), help, fix)
    text = fault.source.text[at:end]
    if fault.in_brackets or is_inside_brackets(fault, at):
        stop = re.search(r"[,}\]]", text)
        text = text[: stop.start()].rstrip() if stop and stop.start() else text
    match = _LEAD.fullmatch(fault.source.text, begin, at)
    return unquoted_start(fault, at, text, lead_of(match) if match else "")


def _spacing(fault: Complaint) -> Diagnostic | None:
    for begin, line in fault.written(2):
        dash = _NO_SPACE_DASH.match(line)
        if dash:
            place = fault.source.span(begin + dash.start(1), begin + dash.end(1))
            fix = (Edit(fault.source.span(place.end, place.end), " "),)
            return error_at(
                "missing-space", "a space is missing after `-`", place, f"write - {line[dash.end(1) :]}", fix
            )
        colon = _NO_SPACE_COLON.match(line)
        if colon and not fault.in_brackets:
            place = fault.source.span(begin + colon.start(1), begin + colon.end(1))
            help = f"write {line[: colon.end(1)].strip()} {line[colon.end(1) :]}"
            fix = (Edit(fault.source.span(place.end, place.end), " "),)
            return error_at("missing-space", "a space is missing after `:`", place, help, fix)
    if fault.char == ":" and ends_before(fault) and fault.last is not None:
        if re.match(r":[ ]+\S", fault.source.text[fault.index : fault.index + 80]) and not fault.in_brackets:
            return explain_cut_quote(fault, fault.last.span.start, fault.last.span.end)
        help = f"write {fault.last.span.text}: {fault.source.text[fault.index + 1 : fault.bounds(fault.index)[1]]}"
        place = one_character(fault, fault.index)
        fix = (Edit(fault.source.span(place.end, place.end), " "),)
        return error_at("missing-space", "a space is missing after `:`", place, help, fix)
    return None


def _colon(fault: Complaint) -> Diagnostic | None:
    """Explain `key: a text: with a colon`, and a key that is indented more than the line above it."""
    if fault.in_brackets or not fault.says("mapping values", "simple key"):
        return None
    begin, end = fault.bounds(fault.index)
    line = fault.source.text[begin:end]
    match = VALUE.fullmatch(line)
    own = KEY.match(line)
    if own is not None and begin + own.end("key") == fault.index:
        return explain_misaligned(fault)
    if match is None:
        return None
    curly = "curly quotes mean nothing to YAML: " if match["value"][0] in "“„‟‘‚" else ""
    message = f"{curly}a text that holds `: ` needs quotes"
    written = quote_text(_without_end(match["value"]))
    labels = fault.grammar.value_of(match["key"]).labels if match["key"] else None
    listed = labels is not None and labels.items is not None and not labels.keys
    if labels is not None and (braced := write_labels(match["value"], listed=listed)):
        message = "keys with values on the line of another key belong between `{` and `}`"
        whole = fault.source.span(begin + match.start("value"), begin + match.end("value"))
        help = f"write {lead_of(match)}{braced}"
        return error_at("unquoted-colon", message, one_character(fault, fault.index), help, (Edit(whole, braced),))
    help = f"write {lead_of(match)}{written}"
    fix = rewrite(fault, begin + match.start("value"), match["value"], written)
    return error_at("unquoted-colon", message, one_character(fault, fault.index), help, fix)


def _without_end(text: str) -> str:
    """Return the text without a quote at its end that nothing opens."""
    return text[:-1] if text[-1:] in ('"', "”") and not re.search('["“”„]', text[:-1]) else text


EXPLAINERS: tuple[Callable[[Complaint], Diagnostic | None], ...] = (
    explain_indent_character,
    explain_return,
    explain_bad_escape,
    explain_open_quote,
    explain_list_behind_key,
    explain_one_line,
    _spacing,
    explain_early_quote,
    explain_bare_colon,
    explain_bracketed_start,
    explain_side,
    explain_named_list,
    _odd_start,
    explain_missing_colon,
    explain_lost_dash,
    explain_stray_line,
    explain_below_pasted,
    explain_document,
    explain_long_key,
    _colon,
    explain_brackets,
    explain_lonely,
    explain_indent,
)

"""What a person did when a text begins with a character that means something to YAML."""

from __future__ import annotations

import re

from courseweek.diagnostics import Diagnostic, Edit
from courseweek.regex import lazy_pattern
from courseweek.yamltext.complaint import Complaint, error_at, key_before, lead_of, one_character, quote_text, rewrite

_LEAD = lazy_pattern(r"(?P<lead>\s*(?:-[ \t]+)*)(?:(?P<key>[^\s\"'#\[{:][^:#]*?):[ \t]+)?")
_LINK = lazy_pattern(r"\[[^\]]*\]\((https?://\S+)\)")


def find_odd_start(fault: Complaint) -> Diagnostic | None:
    """Explain a text that begins with a character that means something to YAML.

    Wrong:
        a:
          - title: @knots
    Right:
        a:
          - title: "@knots"
    """
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
    other = {"]": "}", "}": "]"}.get(fault.source.text[at : at + 1])
    if other and is_inside_brackets(fault, at) and other not in fault.source.text[at:end]:
        return None  # it closes another bracket than the one that is open
    if at >= end or re.compile(r"(?:---|\.\.\.)(?:\s|$)").match(fault.source.text, at):
        return None
    if fault.source.text[at] == "\t":
        help = "write a space in its place"
        place = one_character(fault, at)
        return error_at("stray-tab", "a space is needed here, not a tab", place, help, (Edit(place, " "),))
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


def is_inside_brackets(fault: Complaint, at: int) -> bool:
    """Return whether a bracket that opens before `at` on its line is still open there."""
    begin, _ = fault.bounds(at)
    before = fault.source.text[begin:at]
    return before.count("{") + before.count("[") > before.count("}") + before.count("]")


def unquoted_start(fault: Complaint, at: int, text: str, lead: str = "") -> Diagnostic:
    """Explain a text, `lead` before it, whose first character means something else to YAML."""
    char = fault.source.text[at : at + 1]
    shown = "a backtick" if char == "`" else f"`{char}`"
    help = f"write {lead}{quote_text(text)}"
    if text.startswith("- "):
        help += "; a list begins on the next line"
    fix = () if text.startswith("- ") else rewrite(fault, at, text, quote_text(text))
    message = f"a text that starts with {shown} needs quotes"
    link, key = _LINK.fullmatch(text), lead.removesuffix(": ")
    value = fault.grammar.value_of(key)
    if link is not None and (key == "url" or (value.accepts(link[1]) and not value.accepts(text))):
        help = f"write {lead}{link[1]}"
        message = "only the address belongs here, without anything around it"
        return error_at("bad-address", message, one_character(fault, at), help, rewrite(fault, at, text, link[1]))
    if text == "?" and not fault.grammar.value_of(key_before(fault, at)).accepts(text):
        help = "leave it out until it is known; the date of a topic can be TBD"
        return error_at("unquoted-start", "`?` alone is not a value", one_character(fault, at), help)
    if link is not None and not (value.anything or value.markdown):
        message = "a link in Markdown does not belong here"
        help = "keep its words, without the address" if value.text else "keys with values belong here: {key: value}"
        return error_at("unquoted-start", message, one_character(fault, at), help)
    return error_at("unquoted-start", message, one_character(fault, at), help, fix)

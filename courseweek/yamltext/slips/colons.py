"""What a person did when a `:` is missing, or the space after it, or when a text holds one."""

from __future__ import annotations

import re

from courseweek.diagnostics import Diagnostic, Edit
from courseweek.regex import lazy_pattern
from courseweek.yamltext.complaint import (
    KEY,
    LONGEST_KEY,
    VALUE,
    Complaint,
    error_at,
    is_reference,
    lead_of,
    lines_above,
    one_character,
    quote_text,
    rewrite,
)
from courseweek.yamltext.slips.glued import write_labels
from courseweek.yamltext.slips.line_kinds import explain_misaligned
from courseweek.yamltext.slips.quotes import ends_before, explain_cut_quote

_NO_SPACE = lazy_pattern(r"\s*(?:-[ \t]+)*[A-Za-z_]+(:)(?=[^\s/])")
_WORD = lazy_pattern(r"(?P<lead>[ ]*)(?P<word>[\w-]+)[ ]*(?:[ ]#.*)?$")
_FIRST_KEY = lazy_pattern(r"(?P<key>[a-z_]+):[ ]+[^\s,:{}\[\]#\"'][^,:{}\[\]#]*(?::\d[^,:{}\[\]#]*)*")
_KEY_WORD = lazy_pattern(r"(?P<lead>[ ]*(?:-[ ]+)*)(?P<key>[a-z_]+)(?P<gap>[ ]+)(?P<value>[^\s:#].*)$")


def find_colon_without_space(fault: Complaint) -> Diagnostic | None:
    """Explain a key whose `:` has no space after it.

    Wrong:
        a:
          - title:X
            url: https://example.org/x
    Right:
        a:
          - title: X
            url: https://example.org/x
    """
    for begin, line in fault.written(2):
        colon = _NO_SPACE.match(line)
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


def find_bare_colon(fault: Complaint) -> Diagnostic | None:
    """Explain `{Recording:}`, where a space is missing behind the key.

    Wrong:
        a:
          - {title: X, url:}
    Right:
        a:
          - {title: X, url: }
    """
    if not fault.says("unexpected ':'"):
        return None
    message = "a space is missing after `:`"
    help = "write `: ` where a key ends; a text that contains a `:` needs quotes here"
    at = max(fault.source.text.rfind(":", fault.context, fault.index + 1), fault.context)
    return error_at("missing-space", message, one_character(fault, at), help)


def find_missing_colon(fault: Complaint) -> Diagnostic | None:
    """Explain a key, alone on its line or with its value, that no colon follows.

    Wrong:
        a:
          - title: X
            year 2020
    Right:
        a:
          - title: X
            year: 2020
    """
    if fault.in_brackets:
        return None
    lines = fault.written(3)
    for place, (begin, line) in enumerate(lines[:2]):
        match = _KEY_WORD.match(line)
        if match is not None and match["key"] in fault.grammar.keys and (place == 0 or not KEY.match(line)):
            if "-" not in match["lead"] and match["key"] in _list_keys_above(fault, begin):
                return None  # more of a text, which begins with a word that is a key as well
            lead = "- " if "-" in match["lead"] else ""
            help = f"write {lead}{match['key']}: {match['value']}"
            word = fault.source.span(begin + match.start("key"), begin + match.end("key"))
            gap = fault.source.span(begin + match.start("gap"), begin + match.end("gap"))
            return error_at("missing-colon", f"a `:` is missing after `{match['key']}`", word, help, (Edit(gap, ": "),))
    for place, (begin, line) in enumerate(lines[:2]):
        match = _WORD.match(line)
        if match is None or not _goes_deeper(fault, begin, match):
            continue
        if place == 1 and lines[0][1].strip() == match["word"]:
            continue
        word = fault.source.span(begin + match.start("word"), begin + match.end("word"))
        fix = (Edit(fault.source.span(word.end, word.end), ":"),)
        message = f"a `:` is missing after `{match['word']}`"
        return error_at("missing-colon", message, word, f"write {match['word']}:", fix)
    return None


def _list_keys_above(fault: Complaint, index: int) -> set[str]:
    """Return the keys of the lines above the one at `index`, up to the one that begins their entry."""
    found = set()
    for line in lines_above(fault, index):
        match = KEY.match(line)
        if match is not None:
            found.add(match["key"])
        if line.lstrip().startswith("- "):
            break
    return found


def _goes_deeper(fault: Complaint, begin: int, match: re.Match[str]) -> bool:
    """Return whether what is below a line with one word belongs under a key."""
    at = fault.source.text.find("\n", begin) + 1
    while 0 < at < fault.end:
        line = fault.line(at)
        if line.strip() and not line.lstrip().startswith("#"):
            deeper = len(line) - len(line.lstrip(" ")) - len(match["lead"])
            dash = re.match(r"\s*-(?:[ ]|$)", line) is not None
            return (deeper > 0 and (dash or KEY.match(line) is not None)) or (deeper == 0 and dash)
        at = fault.source.text.find("\n", at) + 1
    return False


def _explain_long_key(fault: Complaint) -> Diagnostic | None:
    """Explain a text before a `:` that is longer than a key can be."""
    if not fault.says("mapping values", "simple key"):
        return None
    begin, _ = fault.bounds(fault.index)
    own = KEY.match(fault.line(fault.index))
    if own is None or begin + own.end("key") != fault.index or len(own["key"]) <= LONGEST_KEY:
        return None
    help = "a text that contains `: ` needs quotes"
    return error_at("too-long", "this text is too long to be a key", one_character(fault, fault.index), help)


def find_colon_in_text(fault: Complaint) -> Diagnostic | None:
    """Explain a text that holds `: `, and a key that is indented more than the line above it.

    Wrong:
        a:
          - title: X: Y
    Right:
        a:
          - title: "X: Y"
    """
    if fault.in_brackets or not fault.says("mapping values", "simple key"):
        return None
    long = _explain_long_key(fault)
    if long is not None:
        return long
    begin, end = fault.bounds(fault.index)
    line = fault.source.text[begin:end]
    match = VALUE.fullmatch(line)
    own = KEY.match(line)
    if own is not None and begin + own.end("key") == fault.index:
        return explain_misaligned(fault)
    if match is None:
        return None
    curly = "curly quotes mean nothing to YAML: " if match["value"][0] in "“„‟‘‚" else ""
    message = f"{curly}a text that contains `: ` needs quotes"
    written = quote_text(_without_end(match["value"]))
    labels = fault.grammar.value_of(match["key"]).labels if match["key"] else None
    listed = labels is not None and labels.items is not None and not labels.keys
    if labels is not None and (braced := write_labels(match["value"], listed=listed)):
        message = "keys with values on the line of another key belong between `{` and `}`"
        whole = fault.source.span(begin + match.start("value"), begin + match.end("value"))
        help = f"write {lead_of(match)}{braced}"
        return error_at("unquoted-colon", message, one_character(fault, fault.index), help, (Edit(whole, braced),))
    if is_reference(fault, begin + match.start("value")):
        return error_at("unquoted-colon", "an id has no `:`", one_character(fault, fault.index), "write the id alone")
    inner = _FIRST_KEY.fullmatch(match["value"])
    if inner is not None and inner["key"] in _keys_behind_names(fault, begin, len(match["lead"])):
        braced = f"{{{match['value'].rstrip()}}}"
        message = "keys with values on the line of another key belong between `{` and `}`"
        whole = fault.source.span(begin + match.start("value"), begin + len(line.rstrip()))
        help = f"write {lead_of(match)}{braced}"
        return error_at("unquoted-colon", message, one_character(fault, fault.index), help, (Edit(whole, braced),))
    help = f"write {lead_of(match)}{written}"
    fix = rewrite(fault, begin + match.start("value"), match["value"], written)
    return error_at("unquoted-colon", message, one_character(fault, fault.index), help, fix)


def _keys_behind_names(fault: Complaint, begin: int, indent: int) -> set[str]:
    """Return the keys of the mappings below a line's owner, whose own keys are names that the author chooses."""
    above = (KEY.match(line) for line in lines_above(fault, begin))
    owner = next((each for each in above if each is not None and len(each["lead"]) < indent), None)
    kinds = fault.grammar.value_of(owner["key"]) if owner is not None else None
    free = (keys.free for keys in kinds.keys if not keys.named) if kinds is not None and not kinds.anything else ()
    inner = (keys for each in free if each is not None and not each.text and not each.anything for keys in each.keys)
    return {key for keys in inner for key in keys.named}


def _without_end(text: str) -> str:
    """Return the text without a quote at its end that nothing opens."""
    return text[:-1] if text[-1:] in ('"', "”") and not re.search('["“”„]', text[:-1]) else text

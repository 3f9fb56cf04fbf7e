"""The entries of `docs/diagnostics.md`: one for each name of a diagnostic, and the table of all names at its top."""

from __future__ import annotations

import re

from tests.docs.examples import ROOT
from tests.names import names_in_code

DOCUMENT = ROOT / "docs" / "diagnostics.md"

_HEADING = re.compile(r"(?P<level>#{2,3}) (?P<title>.+)")
_FENCED = re.compile(r"^(`{3,})[^\n]*\n.*?^\1$", re.MULTILINE | re.DOTALL)
_TABLE = re.compile(r"^\| Part \|.*\n(?:\|.*\n)*", re.MULTILINE)


def entries() -> dict[str, str]:
    """Return the names that have an entry, in their order, each with the heading under which it stands."""
    found: dict[str, str] = {}
    section = ""
    for line in _FENCED.sub("", DOCUMENT.read_text(encoding="utf-8")).splitlines():
        if not (match := _HEADING.fullmatch(line)):
            continue
        if match["level"] == "##":
            section = match["title"]
        else:
            assert match["title"] not in found, f"{match['title']} has two entries"
            found[match["title"]] = section
    return found


def table_of_names() -> str:
    """Return the table of all entries by their parts, with the severities that the code gives."""
    named = names_in_code()
    parts: dict[str, dict[str, list[str]]] = {}
    for name, section in sorted(entries().items(), key=lambda entry: entry[0]):
        part = parts.setdefault(section, {"error": [], "warning": []})
        for severity in named[name].severities if name in named else ():
            part[severity].append(f"[`{name}`](#{name})")
    rows = [
        f"| [{section}](#{_anchor(section)}) | {', '.join(part['error'])} | {', '.join(part['warning'])} |\n"
        for section in dict.fromkeys(entries().values())
        if (part := parts[section])
    ]
    return "".join(["| Part | Errors | Warnings |\n", "| --- | --- | --- |\n", *rows])


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def written_table() -> str:
    """Return the table as the document has it; empty without one."""
    match = _TABLE.search(DOCUMENT.read_text(encoding="utf-8"))
    return match[0] if match else ""


def write_table() -> bool:
    """Renew the table in the document; tell whether that changed it."""
    written, wanted = written_table(), table_of_names()
    text = DOCUMENT.read_text(encoding="utf-8")
    DOCUMENT.write_text(text.replace(written, wanted, 1), encoding="utf-8", newline="\n")
    return written != wanted

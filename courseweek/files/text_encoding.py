"""The text of a file's bytes: UTF-8, and nothing that a page can't show."""

from __future__ import annotations

import codecs

from courseweek.diagnostics import Diagnostics, Source
from courseweek.regex import lazy_pattern

_CONTROL = lazy_pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def decode_text(name: str, data: bytes, found: Diagnostics) -> Source | None:
    """Return the text of a file's bytes, or None with the place of what is not UTF-8 or can't be shown."""
    wide = _wide_encoding(data)
    if wide is not None:
        place = Source(name, "").whole()
        found.error("encoding", f"the file is saved as {wide}", place, help="save it as UTF-8")
        return None
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        source = Source(name, _with_lines(data.decode("utf-8")))
    except UnicodeDecodeError as error:
        _report_encoding(name, data, error, found)
        return None
    control = _CONTROL.search(source.text)
    if control:
        found.error(
            "control-character",
            f"the control character U+{ord(control[0]):04X} can't be shown on a page",
            source.span(control.start(), control.end()),
            help="delete it; it is invisible in most editors",
        )
        return None
    return source


def _wide_encoding(data: bytes) -> str | None:
    """Return which encoding by two or four bytes it is: by its byte order mark, or by the zeros beside ASCII."""
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "UTF-32"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "UTF-16"
    if b"\0" not in data[:8]:
        return None
    zeros = [place for place, byte in enumerate(data[:8]) if byte == 0]
    if zeros in ([1, 2, 3, 5, 6, 7], [0, 1, 2, 4, 5, 6]):
        return "UTF-32"
    return "UTF-16" if zeros in ([1, 3, 5, 7], [0, 2, 4, 6]) else None


def _with_lines(text: str) -> str:
    """Return the text with line ends that editors know: one that has only CR, as old ones wrote it, gets LF."""
    return text if "\n" in text else text.replace("\r", "\n")


def _report_encoding(name: str, data: bytes, error: UnicodeDecodeError, found: Diagnostics) -> None:
    good = data[: error.start].decode("utf-8")
    end = data.find(b"\n", error.start)
    rest = data[error.end : end if end >= 0 else len(data)].decode("utf-8", errors="replace")
    source = Source(name, f"{good}\ufffd{rest}")
    found.error(
        "encoding",
        f"the file is not UTF-8: it has the byte 0x{data[error.start]:02X} here",
        source.span(len(good), len(good) + 1),
        help="save the file as UTF-8",
    )

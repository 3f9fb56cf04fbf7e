"""Labelled links as people write them: `{Slides: [a.pdf, b.pptx], Video: https://…, Recording: }`."""

from __future__ import annotations

import re
from dataclasses import replace

from courseweek.diagnostics import Diagnostic, Diagnostics, Edit
from courseweek.files.paths import normal_form
from courseweek.model.link import Access, Link
from courseweek.model.moment import Moment
from courseweek.model.origin import Origin
from courseweek.read.tables.fields import LABELLED_LINKS, Field, Record, Shape, Table, schema_of
from courseweek.read.tables.forms import NOTHING, by_table, either, list_of_each, mapping_to, one_or_list, text
from courseweek.read.tables.reader import Reader
from courseweek.read.tables.remedies import fix_scalar
from courseweek.read.tables.shapes import TEXT, check_length, choice_of, one_line, text_shape
from courseweek.read.values.addresses import check_address, check_asset_path, check_start, scheme_of
from courseweek.read.values.doubtful_addresses import warn_of_address
from courseweek.read.values.misread import Misread
from courseweek.read.values.moments import read_release
from courseweek.regex import lazy_pattern
from courseweek.yamltext.document import Mapping, Node, Scalar, Sequence, quote_text
from courseweek.yamltext.slips.glued import (
    explain_glued_entry,
    explain_glued_key,
    glued_key,
    is_between_braces,
    is_written_with_colon,
    write_between_braces,
)

_LABEL_AND_ADDRESS = lazy_pattern(r"([^:\s](?:[^:]{0,200}[^:\s])?)[ ]?:?[ ]((?:https?://|mailto:|www\.)\S+)")
_MARKDOWN_LINK = lazy_pattern(r"\[([^\[\]]+)\]\(([^\s()]+)\)")
ACCESS: Shape[Access] = choice_of("open", "campus", "login")

_URL_TEXT = Field("url", TEXT, "an address, or the path of a file in `assets/`")
_LABEL = Field("label", TEXT, "the words of the link", required=True)
_ACCESS = Field("access", ACCESS, "who can open it: open, campus or login")
_PUBLISH_ON = Field(
    "publish_on",
    text_shape(text("a moment", examples=("24 hours after", "end"))),
    "when a meeting's material is released; a moment, also 24 hours after",
)
LINK = Table("a link", _LABEL, _URL_TEXT, _ACCESS, _PUBLISH_ON)
LINK_VALUE = Table("a link", _URL_TEXT, _ACCESS, _PUBLISH_ON)

# A mapping that holds keys of a link and no others is a link, any other has labels for its keys.
LABELLED = mapping_to(
    "labels with addresses",
    either(TEXT.schema, list_of_each(TEXT.schema), schema_of(LINK_VALUE), NOTHING),
    **{"not": {"propertyNames": {"enum": list(LINK.by_key)}}},
)
LINKS_FORM = one_or_list(either(by_table(LINK.what), LABELLED))


def read_links(node: Node, reader: Reader) -> tuple[Link, ...] | None:
    """Read links of a course or a reading: addresses, files of `assets/`, and texts that are shown as they are."""
    return _read(node, reader, texts=True)


def read_materials(node: Node, reader: Reader) -> tuple[Link, ...] | None:
    """Read links of a meeting: addresses and files of `assets/`; an empty one is announced."""
    return _read(node, reader, texts=False)


def _read(node: Node, reader: Reader, *, texts: bool) -> tuple[Link, ...] | None:
    found: list[Link] = []
    for item in node.items if isinstance(node, Sequence) else (node,):
        if not isinstance(item, Mapping):
            _report_no_link(item, reader, texts)
        elif _heads(item) <= LINK.by_key.keys():
            record = reader.record(item, LINK)
            if record is not None and record.whole(_LABEL):
                found += _link_of_record(record.need(_LABEL), record, reader, texts)
        else:
            found += _read_labels(item, reader, texts)
    return tuple(found)


def _heads(node: Mapping) -> set[str]:
    """Return the keys of a mapping, those that lack the space after their colon too."""
    return {glued.key if (glued := glued_key(key, value)) else key.text for key, value in node.entries}


def _report_no_link(node: Node, reader: Reader, texts: bool) -> None:
    """Report what is not a link, with the link that was probably meant."""
    reported = explain_glued_entry(node, (), sure=True) if isinstance(node, Scalar) else None
    if reported is not None:
        reader.lose(node)
        reader.found.add(reported)
        return
    message = "a link has a label and an address"
    text = node.text if isinstance(node, Scalar) else ""
    words = _MARKDOWN_LINK.fullmatch(text) or _LABEL_AND_ADDRESS.fullmatch(text)
    if words is not None:
        pair = f"{write_between_braces(words[1])}: {write_between_braces(words[2])}"
        fix = (Edit(node.span, f"{{{pair}}}"),) if "…" not in pair else ()
        reader.error("wrong-shape", message, node, f"write {{{pair}}}", fix=fix)
        return
    target = _find_target(node, reader, texts) if isinstance(node, Scalar) else None
    written = write_between_braces(target) if target is not None else "https://…"
    help = f"write {{Slides: {written}}}, with the words of the link before the colon"
    reader.error("wrong-shape", message, node, help)


def _find_target(scalar: Scalar, reader: Reader, texts: bool) -> str | None:
    """Return what a link can lead to: a text itself, or the address that is meant by it; None where it can't."""
    if not scalar.text.strip() or "\n" in scalar.text:
        return None
    try:
        address = check_address(scalar.text.strip())
    except Misread as misread:
        address = misread.fixed or misread.write or scalar.text.strip()
    for each in (scalar.text.strip(), address):
        trial = replace(reader, found=Diagnostics(), lost=set())
        if _link("", Scalar(each, scalar.span, ""), trial, texts) and not trial.found.errors:
            return each
    return None


def _read_labels(node: Mapping, reader: Reader, texts: bool) -> list[Link]:
    """Read labels with addresses. A label without one is announced, unless a slip has made it of something else."""
    found: list[Link] = []
    before: tuple[Scalar, Node] | None = None
    for key, value in node.entries:
        if isinstance(value, Scalar) and value.empty and is_between_braces(node):
            reported = _explain_label(key, before, reader, texts)
            if reported is not None:
                reader.lose(key)
                reader.found.add(reported)
                continue
        found += _links_of_entry(key, value, reader, texts)
        before = (key, value)
    return found


def _explain_label(key: Scalar, before: tuple[Scalar, Node] | None, reader: Reader, texts: bool) -> Diagnostic | None:
    """Explain a label without an address that is an address, or holds one; `before` is the entry before it."""
    if is_written_with_colon(key):
        return None
    glued = explain_glued_key(key)
    if glued is not None:
        return glued[1]
    words = _LABEL_AND_ADDRESS.fullmatch(key.text)
    if words is not None and not key.style:
        gap = key.part(words.end(1), words.start(2))
        written = f"{words[1]}: {write_between_braces(words[2])}"
        fix = (Edit(key.span, written),) if gap.text.isspace() else ()
        message = f"a `:` is missing after `{words[1]}`"
        return Diagnostic("error", "missing-colon", message, key.part(0, len(words[1])), f"write {written}", fix=fix)
    if not _is_target(key.text, reader):
        return _explain_cut(key, before) if before is not None else None
    if before is None:
        target = _find_target(key, reader, texts)
        written = write_between_braces(target) if target is not None else "https://…"
        help = f"write Slides: {written}, with the words of the link before the colon"
        return Diagnostic("error", "wrong-shape", "a link has a label and an address", key.span, help)
    return _explain_cut(key, before) or _explain_list(key, before)


def _is_target(text: str, reader: Reader) -> bool:
    path = text.removeprefix("./").removeprefix("assets/")
    return path in reader.assets or re.fullmatch(r"(?:https?://|mailto:|www\.)\S+", text) is not None


def _explain_cut(key: Scalar, before: tuple[Scalar, Node]) -> Diagnostic | None:
    """Explain an address that its own comma has cut, without a space behind it."""
    owner, value = before
    if not isinstance(value, Scalar) or value.empty or value.style or key.span.start != value.span.end + 1:
        return None
    whole = value.span.source.span(value.span.start, key.span.end)
    written = quote_text(whole.text)
    message = f"this comma ends the text of `{owner.text}`"
    fix = (Edit(whole, written),) if "…" not in written else ()
    comma = value.span.source.span(value.span.end, key.span.start)
    return Diagnostic("error", "comma", message, comma, f"write {owner.text}: {written}", fix=fix)


def _explain_list(key: Scalar, before: tuple[Scalar, Node]) -> Diagnostic | None:
    """Explain a second address of one label, which is an item of a list."""
    owner, value = before
    items = value.items if isinstance(value, Sequence) else (value,)
    if not all(isinstance(item, Scalar) for item in items) or (isinstance(value, Scalar) and value.empty):
        return None
    texts = [item.text for item in items if isinstance(item, Scalar)]
    written = f"[{', '.join(map(write_between_braces, (*texts, key.text)))}]"
    whole = value.span.source.span(value.span.start, key.span.end)
    fix = (Edit(whole, written),) if "\n" not in whole.text and "…" not in written else ()
    comma = value.span.source.text.rfind(",", 0, key.span.start)
    message = f"the comma ends what `{owner.text}` leads to here"
    place = value.span.source.span(comma, comma + 1)
    return Diagnostic("error", "comma", message, place, f"write {owner.text}: {written}", fix=fix)


def _links_of_entry(key: Scalar, value: Node, reader: Reader, texts: bool) -> list[Link]:
    label = one_line(key.text)
    if isinstance(value, Mapping):
        record = reader.record(value, LINK_VALUE)
        return _link_of_record(label, record, reader, texts) if record is not None else []
    if isinstance(value, Scalar) and value.empty:
        return [Link(label, origin=Origin(key.span))]
    if isinstance(value, Scalar):
        return _link(label, value, reader, texts)
    found = []
    for item in value.items:
        scalar = reader.scalar(item, "an address or a file in `assets/`")
        if scalar is not None:
            found += _link(_with_format(label, scalar.text, len(value.items)), scalar, reader, texts)
    return found


def _with_format(label: str, target: str, count: int) -> str:
    """Return the label with the file's format where several files share it: "Slides (PDF)"."""
    path = target.partition("://")[2].partition("/")[2] if "://" in target else target
    match = re.search(r"\.([A-Za-z0-9]{1,5})$", path)
    return f"{label} ({match[1].upper()})" if count > 1 and match else label


def _link(label: str, scalar: Scalar, reader: Reader, texts: bool, access: Access | None = None) -> list[Link]:
    origin = Origin(scalar.span)
    text = scalar.text.strip()
    try:
        check_start(text)
        if scheme_of(text) is not None and not (texts and " " in text):
            address = check_address(text)
            warn_of_address(address, scalar.span, reader.found)
            return [Link(label, address, access=access, origin=origin)]
        if texts and normal_form(text).removeprefix("./").removeprefix("assets/") not in reader.assets:
            flood = reader.find_flood(check_length(text))
            if flood is not None:
                raise Misread(flood, "shorten it, or make it a page", "too-many")
            return [Link(label, text=text, origin=origin)]
        path = check_asset_path(text, reader.assets, reader.found.suggest)
        return [Link(label, path, asset=True, access=access, origin=origin)]
    except Misread as misread:
        fix = fix_scalar(scalar, misread.fixed)
        reader.error(misread.name, misread.message, scalar, misread.help, fix=fix)
        return []


def _link_of_record(label: str, record: Record, reader: Reader, texts: bool) -> list[Link]:
    access = record[_ACCESS]
    written = "publish_on" in record.origin.fields
    released = _read_release(record, reader, texts) if written else None
    if written and released is None:
        return []  # it is not known when it may be shown: better not than too early
    if not record.whole(_URL_TEXT):
        return [Link(label, released=released, origin=record.origin)]
    scalar = Scalar(record.need(_URL_TEXT), record.origin.of("url"), "")
    links = _link(label, scalar, reader, texts, access)
    return [replace(link, released=released) for link in links]


def _read_release(record: Record, reader: Reader, texts: bool) -> Moment | None:
    """Return when a material is released: by its meeting (`24 hours after`), or any other moment."""
    span = record.origin.of("publish_on")
    text = record[_PUBLISH_ON]
    if texts or text is None:
        message = "only a meeting's material can be released later"
        reader.found.error("contradiction", message, record.origin.key("publish_on"), help="delete the line")
        return None
    try:
        return read_release(text, span, reader.window, language=reader.language)
    except Misread as misread:
        reader.found.error(misread.name, misread.message, span, help=misread.help)
        return None


LINKS = Shape(LABELLED_LINKS, read_links, LINKS_FORM)
MATERIALS = Shape(f"{LABELLED_LINKS} or files of `assets/`", read_materials, LINKS_FORM)

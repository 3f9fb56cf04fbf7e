"""The shapes that a value can have: texts, ids, addresses, counts, lists and choices of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from courseweek.diagnostics import Diagnostics, Edit, Span, suggest
from courseweek.files.paths import normal_form
from courseweek.model.slug import LONGEST_ID, is_id_character, make_slug
from courseweek.read.tables import forms, patterns
from courseweek.read.tables.fields import Shape
from courseweek.read.tables.forms import NOTHING, JsonSchema, either, of_types, one_or_list
from courseweek.read.tables.patterns import any_case, whole_text
from courseweek.read.tables.reader import Reader
from courseweek.read.tables.remedies import report_misread
from courseweek.read.values.addresses import check_address, check_asset_path, check_mail_address, check_web_address
from courseweek.read.values.doubtful_addresses import warn_of_address
from courseweek.read.values.misread import Misread
from courseweek.read.values.paper_numbers import LONGEST_COPIED, read_arxiv, read_doi
from courseweek.regex import lazy_pattern
from courseweek.yamltext.document import FLAGS, Node, Scalar, Sequence, quote_text

T = TypeVar("T")
W = TypeVar("W", bound=str)
LONGEST_TEXT = 20_000
"""Characters in one text: more are refused, since Markdown takes quadratic time on some."""
_SPACES = lazy_pattern(r"[ \t\r\n\u2028\u2029]+")
_IN_CURLY = lazy_pattern("[“„‟]([^”“]+)[”“‟]")
_CURLY = "“”„‟«»‘’‚"
_LANGUAGES = {
    "arabic": "ar", "chinese": "zh", "dutch": "nl", "english": "en", "french": "fr", "german": "de", "greek": "el",
    "hebrew": "he", "italian": "it", "japanese": "ja", "korean": "ko", "latin": "la", "portuguese": "pt",
    "russian": "ru", "spanish": "es",
}  # fmt: skip
# U+FB00 to U+FB06: ff, fi, fl, ffi, ffl and st in one character each.
_LIGATURE = lazy_pattern("[\ufb00-\ufb06]")


def one_line(text: str) -> str:
    """Return the text on one line: line ends, tabs and repeated spaces become a space; others stay as they are."""
    return _SPACES.sub(" ", text).strip(" ")


def shape_of_text(
    what: str, convert: Callable[[str, Reader], T], schema: JsonSchema, example: str | None = None
) -> Shape[T]:
    """Return the shape of a text that `convert` turns into a value, or raises `Misread` for.

    A remedy is offered only where `convert` takes it.
    """

    def takes(text: str, reader: Reader) -> bool:
        try:
            convert(check_length(text), replace(reader, found=Diagnostics()))
        except Misread:
            return False
        return True

    def read(node: Node, reader: Reader) -> T | None:
        if not isinstance(node, Scalar) or not node.text.strip():
            reader.scalar(node, what, lambda text: takes(text, reader))
            return None
        try:
            return convert(check_length(node.text), reader)
        except Misread as misread:
            if node.text.strip()[0] in _CURLY and misread.fixed is None:
                help = "curly quotes are part of the text; leave them out, or use straight ones"
                misread = Misread(misread.message, help, misread.name)
            report_misread(misread, node, reader, lambda text: takes(text, reader), example)
            return None

    return Shape(what, read, schema, example)


def shape_of_pattern(
    what: str, convert: Callable[[str, Reader], T], pattern: str, example: str | None = None
) -> Shape[T]:
    """Return the shape of a text that an editor can check by a pattern."""
    schema = forms.text(what, pattern, examples=() if example is None else (example,))
    return shape_of_text(what, convert, schema, example)


def list_of(shape: Shape[T], what: str) -> Shape[tuple[T, ...]]:
    """Return the shape of a list of such values; a single value is a list of one."""

    def read(node: Node, reader: Reader) -> tuple[T, ...] | None:
        if isinstance(node, Sequence):
            items = [item for item in node.items if not (isinstance(item, Scalar) and item.empty)]
            values = [shape.read(item, reader) for item in items]
            return tuple(value for value in values if value is not None)
        value = shape.read(node, reader)
        return None if value is None else (value,)

    return Shape(what, read, one_or_list(shape.schema, NOTHING))


def choice_of(*words: W) -> Shape[W]:
    """Return the shape of one of these words, in any case."""
    what = " or ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else words[0]

    def convert(text: str, reader: Reader) -> W:
        for word in words:
            if text.strip().casefold() == word.casefold():
                return word
        near = suggest(text.strip(), words)
        help = f"write {what}" if len(words) > 1 else f"write {what}, or delete the line"
        raise Misread(f"`{text.strip()}` is not {what}", f"did you mean `{near}`?" if near else help)

    schema = forms.words(*words, pattern=whole_text("|".join(any_case(word) for word in words)))
    return shape_of_text(what, convert, schema, words[0])


def count_shape(most: int) -> Shape[int]:
    """Return the shape of a whole number from 1 to `most`."""

    def convert(text: str, reader: Reader) -> int:
        if re.fullmatch(r"[0-9]{1,4}", text.strip()) and 1 <= int(text) <= most:
            return int(text)
        raise Misread(f"`{text.strip()}` is not a number from 1 to {most}", "write a number such as 2")

    what = f"a number from 1 to {most}"
    schema = either({"type": "integer", "minimum": 1, "maximum": most}, forms.text(what, patterns.COUNT))
    return shape_of_text(what, convert, schema, "2")


def text_shape(schema: JsonSchema) -> Shape[str]:
    """Return the shape of a text that its reader checks further, for example as a weight.

    So nobody knows here which text could be written instead of a list.
    """

    def read(node: Node, reader: Reader) -> str | None:
        scalar = reader.scalar(node, TEXT.what)
        return None if scalar is None else TEXT.read(scalar, reader)

    return Shape(TEXT.what, read, schema)


def node_shape(schema: JsonSchema) -> Shape[Node]:
    """Return the shape of a value with several forms, which its reader distinguishes."""
    return Shape("anything", lambda node, reader: node, schema)


def check_length(text: str) -> str:
    """Return the text; raise `Misread` where it is longer than a page can show in good time."""
    if len(text) > LONGEST_TEXT:
        message = f"this text has more than {LONGEST_TEXT:,} characters"
        raise Misread(message, "put it on a page of its own in content/", "too-long")
    return text


def _convert_text(text: str, reader: Reader) -> str:
    return one_line(check_length(text))


def _convert_markdown(text: str, reader: Reader) -> str:
    check_length(text)
    flood = reader.find_flood(text)
    if flood is not None:
        raise Misread(flood, "shorten it, or make it a page", "too-many")
    return text.strip("\n")


def _name(text: str) -> str:
    return unicodedata.normalize("NFC", one_line(text))


def is_id(text: str) -> bool:
    """Return whether a text has only the characters of an id."""
    return 0 < len(text) <= LONGEST_ID and all(map(is_id_character, text))


def _convert_identifier(text: str, reader: Reader) -> str:
    text = text.strip()
    if len(text) > LONGEST_ID:
        raise Misread(f"an id has at most {LONGEST_ID} characters", "write a shorter one", "bad-id")
    for char in text:
        if not is_id_character(char):
            slug = make_slug(text)
            shown = "a space" if char == " " else f"`{char}`"
            message = f"an id has only letters, digits, `-` and `_`, but `{text}` contains {shown}"
            raise Misread(message, f"write `{slug}`" if slug else "write one such as big-data", "bad-id")
    return unicodedata.normalize("NFC", text)


def _convert_yes_no(text: str, reader: Reader) -> bool:
    word = text.strip().lower()
    if word in FLAGS:
        return FLAGS[word]
    raise Misread(f"`{text.strip()}` is neither yes nor no", "write yes or no")


def _convert_year(text: str, reader: Reader) -> int:
    written = text.strip()
    if re.fullmatch(r"[1-9][0-9]{3}", written):
        return int(written)
    found = re.findall(r"(?<![0-9])[1-9][0-9]{3}(?![0-9])", written[:LONGEST_COPIED])
    short = re.fullmatch(r"['’]?([0-9]{2})[.,]?", written)
    message = f"`{written}` is not a year"
    if len(found) == 1:
        alone = re.fullmatch(r"[\W_]*[0-9]{4}[\W_]*", written) is not None
        raise Misread(message, write=found[0], fixed=found[0] if alone else None)
    if short is not None:
        raise Misread(message, write=f"{19 if int(short[1]) >= 70 else 20}{short[1]}")
    raise Misread(message, "write four digits, such as 2021")


def _convert_address(text: str, reader: Reader) -> str:
    path = normal_form(text.strip()).removeprefix("./").removeprefix("assets/")
    if path in reader.assets:
        message = f"`{text.strip()}` is a file in `assets/`, but an address is expected here"
        raise Misread(message, f"put files under links: or materials:, as in {{PDF: {path}}}", "bad-address")
    return check_address(text)


def _convert_repository(text: str, reader: Reader) -> str:
    address = check_address(text)
    if not address.startswith("https://"):
        help = "write one such as https://github.com/example/course"
        raise Misread("the repository's address begins with https://", help, "bad-address")
    return address.rstrip("/").removesuffix(".git")


def _convert_language(text: str, reader: Reader) -> str:
    tag = text.strip()
    # Languages have two or three letters: longer ones are reserved (RFC 5646, 2.2.1).
    if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*", tag):
        return tag
    known = _LANGUAGES.get(tag.casefold())
    help = f"write {known}" if known is not None else "write one such as en or de-CH (BCP 47)"
    raise Misread(f"`{tag}` is not a language tag", help)


def _convert_accent(text: str, reader: Reader) -> str:
    match = re.fullmatch(r"#?([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})", text.strip())
    if match is None:
        raise Misread(f"`{text.strip()}` is not a color", 'write one such as "#003262", in quotes')
    digits = match[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(char * 2 for char in digits))


def _read_title(node: Node, reader: Reader) -> str | None:
    """Read a text, and warn of what was hardly typed so: curly quotes around the whole of it, and ligatures."""
    if isinstance(node, Scalar) and not node.style and (match := _IN_CURLY.fullmatch(node.text)):
        fix = (Edit(node.span, quote_text(node.text)),) if node.span.text == node.text else ()
        help = f"write {quote_text(node.text)}; to show the curly quotes, put straight quotes around them"
        message = f"the curly quotes around `{match[1]}` are shown on the page"
        reader.found.warning("curly-quotes", message, node.span, help=help, fix=fix)
    if isinstance(node, Scalar) and (found := _LIGATURE.search(node.text)):
        _warn_of_ligatures(found[0], node, reader)
    return TEXT.read(node, reader)


def _warn_of_ligatures(first: str, node: Scalar, reader: Reader) -> None:
    """Warn of letters that are one character, as they are copied out of a PDF."""
    written = node.span.text
    fix = tuple(
        Edit(node.span.within(each.start(), each.end()), unicodedata.normalize("NFKC", each[0]))
        for each in _LIGATURE.finditer(written)
    )
    letters = unicodedata.normalize("NFKC", first)
    message = f"`{first}` is one character, so a search for `{letters}` does not find this text"
    shown = _LIGATURE.sub(lambda each: unicodedata.normalize("NFKC", each[0]), written)
    help = f"write {shown}" if "\n" not in shown else f"write {letters} in place of it"
    reader.found.warning("ligature", message, node.span, help=help, fix=fix)


TEXT = shape_of_text("text", _convert_text, forms.text("text", also=("number", "boolean")))
TITLE_TEXT = Shape("text", _read_title, TEXT.schema)
MARKDOWN = shape_of_text("text in Markdown", _convert_markdown, TEXT.schema)
IDENTIFIER = shape_of_text(
    "an id such as big-data",
    _convert_identifier,
    forms.text("an id such as big-data", patterns.IDENTIFIER, also=("number", "boolean")),
    "big-data",
)
REFERENCE = shape_of_text(
    "the id of something else, such as big-data",
    lambda text, reader: _name(text),
    forms.text("the id of something else, such as big-data,", patterns.IDENTIFIER, also=("number", "boolean")),
    "big-data",
)
"""The id of something that is written elsewhere: any text is read, since the schedule knows what may be meant."""
YES_NO = shape_of_text(
    "yes or no",
    _convert_yes_no,
    either(forms.words("yes", "no", pattern=patterns.YES_NO), of_types("boolean")),
    "yes",
)
YEAR = shape_of_text(
    "a year such as 2021",
    _convert_year,
    either({"type": "integer", "minimum": 1000, "maximum": 9999}, forms.text("a year such as 2021", patterns.YEAR)),
    "2021",
)
ASSET = shape_of_text(
    "a file in `assets/`",
    lambda text, reader: check_asset_path(text.strip(), reader.assets, reader.found.suggest),
    TEXT.schema,
)
DOI_NUMBER = shape_of_text(
    "a DOI such as 10.1145/2723372.2742797",
    lambda text, reader: read_doi(one_line(text)),
    forms.text("a DOI such as 10.1145/2723372.2742797", patterns.DOI),
    "10.1145/2723372.2742797",
)
ARXIV_NUMBER = shape_of_text(
    "an arXiv number such as 2005.14165",
    lambda text, reader: read_arxiv(one_line(text)),
    forms.text("an arXiv number such as 2005.14165", patterns.ARXIV, also=("number",)),
    "2005.14165",
)
EMAIL_ADDRESS = shape_of_pattern(
    "an address such as ta@example.edu", lambda text, reader: check_mail_address(text), patterns.MAIL_ADDRESS
)
_ADDRESS = shape_of_pattern("an address such as https://example.edu/", _convert_address, patterns.ADDRESS)


def _read_address(node: Node, reader: Reader) -> str | None:
    address = _ADDRESS.read(node, reader)
    if address is not None:
        warn_of_address(address, node.span, reader.found)
    return address


ADDRESS = Shape(_ADDRESS.what, _read_address, _ADDRESS.schema)
SITE_ADDRESS = shape_of_pattern(
    "an address such as https://example.edu/cs294/",
    lambda text, reader: check_web_address(text),
    patterns.WEB_ADDRESS,
)
REPOSITORY = shape_of_pattern(
    "an address such as https://github.com/example/course", _convert_repository, patterns.REPOSITORY
)
LANGUAGE = shape_of_pattern("a language tag such as en", _convert_language, patterns.LANGUAGE, "en")
ACCENT = shape_of_text(
    'a color such as "#003262"',
    _convert_accent,
    forms.text('a color such as "#003262"', patterns.COLOR, also=("number",)),
    '"#003262"',
)


def matching(pattern: str) -> Shape[str]:
    """Return the shape of a text that matches a pattern, in any case; any other is refused without a report."""
    expression = lazy_pattern(pattern, re.IGNORECASE)

    def read(node: Node, reader: Reader) -> str | None:
        return node.text if isinstance(node, Scalar) and expression.fullmatch(node.text.strip()) else None

    return Shape("text", read, TEXT.schema)


NAME = matching(r"(?!(?-i:[a-z_]+)$).*\w.*")
"""A name or a title as people write it, and no word that may be meant as a key: one in lower case alone."""
TEXTS = list_of(TEXT, "a list of texts")


def _read_placed(node: Node, reader: Reader) -> tuple[str, Span] | None:
    text = TEXT.read(node, reader)
    return None if text is None else (text, node.span)


PLACED_TEXTS = list_of(Shape("text", _read_placed, TEXT.schema), "a list of texts")
"""The same, each text with its place."""

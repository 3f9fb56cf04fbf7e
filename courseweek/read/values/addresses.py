"""Addresses and paths as people write them: which of them a page may link to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from courseweek.files.paths import normal_form
from courseweek.model.link import SCHEMES
from courseweek.read.values.misread import Misread
from courseweek.read.values.paper_numbers import find_arxiv
from courseweek.regex import lazy_pattern

_INVISIBLE = ("Cc", "Cf")
_HOST_ALONE = lazy_pattern(r"(?:www\.|[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}(?:/|$))\S*")
# `http//x`, `https:/x`, `htps://x`, `https;//x`, `https//:x`, `ttps://x`: the word, then two or three of these marks.
_START = lazy_pattern(
    r"(h?t{1,3}p{1,2}s?|hhttps?|hptts?|htpps?)(?=[:;/\\.])[:;.]?[/\\]{0,3}:?(?<=[:/\\])", re.IGNORECASE
)
_WELL = lazy_pattern(r"https?://[^/]", re.IGNORECASE)
_DOUBLED = lazy_pattern(r"(?:https?:?/{0,2})+(https?)(?::/{1,2}|//)", re.IGNORECASE)
_KNOWN_HOST = lazy_pattern(
    r"(?:www\.)?(?:arxiv\.org|doi\.org|dx\.doi\.org|dl\.acm\.org|github\.com|gitlab\.com|openreview\.net|youtube\.com"
    r"|youtu\.be|wikipedia\.org|en\.wikipedia\.org|proceedings\.mlr\.press|aclanthology\.org|usenix\.org)/\S+",
    re.IGNORECASE,
)
# `[words](address)` and `(address)`, as Markdown and mail programs write it.
_WRAPPED = lazy_pattern(r"(?:\[[^\]]*\])?\((https?://\S+)\)")
# A DOI (ISO 26324: `10.`, a registrant, `/` and what it gave), alone or behind its name.
_DOI = lazy_pattern(r"(?:doi:?\s*|(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
LONGEST_TAG = 500
"""A tag around an address is not looked for in longer texts."""
_HREF = lazy_pattern(r"<a\s[^<>]*?href\s*=\s*[\"']?([^\s\"'<>]+)[\"']?[^<>]*>.*", re.IGNORECASE)
_CURLY = lazy_pattern("[“”„‟‘’‚](.*?)[“”‟‘’]?")
# A file of one's own computer: `C:\\papers\\a.pdf`, `file:///home/…`, `~/Downloads/a.pdf`.
OWN_FILE = lazy_pattern(r"file:|[A-Za-z]:[\\/]|~/", re.IGNORECASE)
# `paper.pdf`, `./papers/x.pdf`, `/papers/x.pdf`: a file, and no host.
FILE = lazy_pattern(
    r"(?:\.{0,2}/|assets/)\S+|(?:[^\s:/?#.]+/)*[^\s:/?#]+\."
    r"(?:pdf|pptx?|docx?|xlsx?|csv|txt|tex|ipynb|epub|djvu|html?|zip|tar|gz|png|jpe?g|gif|svg|mp3|mp4|mov|webm)",
    re.IGNORECASE,
)
NOT_YET = lazy_pattern(
    r"t\.?b\.?[acd]\.?|none|n/?a|null|to come|to be (?:announced|added)|(?:coming )?soon|[?-]+", re.IGNORECASE
)
_SPLIT_SCHEME = lazy_pattern(r"(https?)\s*:\s*//\s*(\S+)", re.IGNORECASE)
_SEVERAL = lazy_pattern(r"(?:https?://|www\.)\S+", re.IGNORECASE)
# An address inside one by which a browser shows a page or a file.
_VIEWED = lazy_pattern(
    r"(?:chrome-extension|moz-extension|extension|view-source|read|about|web\+[a-z]+):\S*?(https?://\S+)", re.IGNORECASE
)
_FILE_NAME = lazy_pattern(r"\.[A-Za-z]\w{1,4}(?:[?#]\S*)?$")
_MAIL = lazy_pattern(r"[^\s@:/]+@[\w-]+(?:\.[\w-]+)+")


def scheme_of(text: str) -> str | None:
    """Return the scheme of an address in lower case, or None (RFC 3986, section 3.1).

    Spaces, control and format characters are dropped first, as a browser does (WHATWG URL, basic URL parser).
    """
    if text.startswith("https://"):
        return "https"  # as almost all do
    head = text[:200]
    cleaned = "".join(char for char in head if char > " " and unicodedata.category(char) not in _INVISIBLE)
    match = re.match(r"([A-Za-z][A-Za-z0-9+.\-]*):", cleaned)
    return match[1].lower() if match else None


def is_file_name(text: str) -> bool:
    """Return whether a text is the name or the path of a file, and not an address without its scheme."""
    return _WELL.match(text) is None and FILE.fullmatch(text) is not None and _KNOWN_HOST.match(text) is None


def check_address(text: str) -> str:
    """Return the address if it is one that a page may link to; raise `Misread` otherwise."""
    text = text.strip()
    wrapped = _WRAPPED.fullmatch(text)
    if wrapped is not None:
        message = "only the address belongs here, with nothing around it"
        raise Misread(message, f"write {wrapped[1]}", "bad-address", fixed=wrapped[1])
    check_start(text)
    if not _WELL.match(text):
        _check_kind(text)
    if re.search(r"\s", text):
        _check_one(text)
    scheme = scheme_of(text)
    if scheme is None:
        known = _KNOWN_HOST.match(text) or re.match(r"www\.[\w-]+(?:\.[\w-]+)+(?:/|$)", text)
        safe = f"https://{text}" if known and not re.search(r"\s", text) else None
        raise Misread(f"`{text}` is not an address", _whole_address(text), "bad-address", fixed=safe)
    if scheme not in SCHEMES:
        schemes = ", ".join(f"{each}:" for each in SCHEMES)
        raise Misread(f"a link can't begin with `{scheme}:`", f"use one of {schemes}", "bad-scheme")
    if re.search(r"\s", text):
        raise _explain_spaces(text)
    for char in text:
        if unicodedata.category(char) in _INVISIBLE:
            message = f"the address contains the invisible character U+{ord(char):04X}"
            clear = "".join(each for each in text if unicodedata.category(each) not in _INVISIBLE)
            raise Misread(message, f"delete it: {clear}", "bad-address", fixed=clear)
    if scheme in ("http", "https"):
        _check_host(text, scheme)
    return text


def _check_kind(text: str) -> None:
    """Refuse what is not an address but names something: a DOI, a file on one's own computer."""
    doi = _DOI.fullmatch(text)
    if doi is not None:
        clear = f"https://doi.org/{doi[1]}"
        raise Misread(f"`{text}` is a DOI, not an address", f"write {clear}", "bad-address", fixed=clear)
    arxiv = find_arxiv(text) if "://" not in text and not _KNOWN_HOST.match(text) else None
    if arxiv is not None and arxiv.sure:
        clear = f"https://arxiv.org/abs/{arxiv.text}"
        raise Misread(f"`{text}` is an arXiv number, not an address", name="bad-address", fixed=clear)
    viewed = _VIEWED.fullmatch(text) if len(text) <= LONGEST_TAG else None
    if viewed is not None:
        message = f"`{text.partition(':')[0]}:` comes from a browser and does not belong to the address"
        raise Misread(message, name="bad-scheme", fixed=viewed[1])
    if NOT_YET.fullmatch(text):
        message = f"`{text}` is not an address"
        raise Misread(message, "delete the line, and write it when there is an address", "bad-address")
    if is_file_name(text):
        path = re.sub(r"^(?:[./]*/)?(?:assets/)?", "", text)
        label = path.rpartition(".")[2].upper() if "." in path else "File"
        help = f"put the file into assets/, and name it under links: or materials:, as in {{{label}: {path}}}"
        raise Misread(f"`{text}` is a file, and an address is expected here", help, "bad-address")
    if OWN_FILE.match(text):
        message = f"`{text}` is a file on your own computer, which readers can't open"
        help = "write its web address; or put the file in `assets/` and list it under links: or materials:"
        raise Misread(message, help, "bad-scheme")


def _check_one(text: str) -> None:
    """Refuse several addresses in one text."""
    found = _SEVERAL.findall(text)
    if len(found) > 1:
        help = f"write {found[0].rstrip(',;')}, and the others under links: as in {{Slides: https://…}}"
        raise Misread("there is more than one address here", help, "bad-address")


def _explain_spaces(text: str) -> Misread:
    """Return why an address has spaces: words follow it, or a file name contains them."""
    address, *words = text.split()
    if not _FILE_NAME.search(text[-LONGEST_TAG:]) and not any("/" in word for word in words):
        message = "an address can't contain spaces, and words follow this one"
        return Misread(message, f"write {address} alone; for a space that belongs to it use %20", "bad-address")
    return Misread(
        "an address can't contain spaces", f"write %20 for a space: {'%20'.join([address, *words])}", "bad-address"
    )


def check_start(text: str) -> None:
    """Refuse an address whose beginning is mistyped, with the address that is meant."""
    href = _HREF.fullmatch(text) if len(text) <= LONGEST_TAG else None
    if href is not None:
        message = "only the address belongs here, with nothing around it"
        raise Misread(message, f"write {href[1]}", "bad-address", fixed=href[1])
    if text.startswith("<") and text.endswith(">"):
        clear = text[1:-1].strip()
        safe = clear if _WELL.match(clear) else None
        raise Misread("the address needs no `<` and `>` here", f"write {clear}", "bad-address", fixed=safe)
    split = _SPLIT_SCHEME.fullmatch(text) if re.search(r"\s", text) else None
    if split is not None:
        clear = f"{split[1].lower()}://{split[2]}"
        raise Misread("an address can't contain spaces", name="bad-address", fixed=clear)
    curly = _CURLY.fullmatch(text)
    if curly is not None and _WELL.match(curly[1]):
        message = "the curly quotes are part of the address"
        raise Misread(message, f"write {curly[1]}", "bad-address", fixed=curly[1])
    doubled = _DOUBLED.match(text)
    if doubled is not None:
        clear = f"{doubled[1].lower()}://{text[doubled.end() :]}"
        raise Misread("the address begins twice", f"write {clear}", "bad-address", fixed=clear)
    start = _START.match(text)
    if start is None or _WELL.match(text):
        return
    scheme = "http" if "s" not in start[1].lower() else "https"
    clear = f"{scheme}://{text[start.end() :]}"
    if not re.match(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]|$)", text[start.end() :]):
        return
    raise Misread(f"an address begins with {scheme}://", f"write {clear}", "bad-address", fixed=clear)


def check_mail_address(text: str) -> str:
    """Return a mail address without `mailto:`; raise `Misread` for anything else."""
    address = text.strip().removeprefix("mailto:")
    if _MAIL.fullmatch(address) is None:
        raise Misread(f"`{text.strip()}` is not an email address", "write one such as ta@example.edu", "bad-address")
    return address


def check_web_address(text: str) -> str:
    """Return the address if it is one of a page on the web; raise `Misread` otherwise."""
    address = check_address(text)
    if scheme_of(address) not in ("http", "https"):
        raise Misread(f"`{address}` is not a web address", "write one that begins with https://", "bad-address")
    return address


def _whole_address(text: str) -> str:
    if _MAIL.fullmatch(text):
        return f"write mailto:{text}"
    return f"write https://{text}" if _HOST_ALONE.fullmatch(text) else "an address begins with https://"


def _check_host(text: str, scheme: str) -> None:
    help = "an address looks like https://example.edu/paper.pdf"
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise Misread(f"`{text}` is not an address", help, "bad-address") from None
    if not host or not text[len(scheme) + 1 :].startswith("//"):
        raise Misread(f"`{text}` has no host", help, "bad-address")


Guess = Callable[[str, Iterable[str]], str | None]


def check_asset_path(text: str, assets: frozenset[str], guess: Guess) -> str:
    """Return the path of a file in `assets/`; raise `Misread` if it is missing or elsewhere.

    `guess` finds the file that was probably meant.
    """
    path = normal_form(text.strip()).removeprefix("./")
    trimmed = path.removeprefix("assets/")
    if trimmed in assets:
        return trimmed
    slashed = trimmed.replace("\\", "/").removeprefix("assets/")
    if "\\" in path and slashed in assets:
        raise Misread(f"the path `{text}` needs `/` between its folders", f"write {slashed}", "missing-file")
    if path.startswith("/") or "\\" in path or ".." in path.split("/"):
        help = "write the path as it is inside `assets/`"
        raise Misread(f"`{text}` is outside `assets/`", help, "outside")
    if any(part.startswith(".") and part != "." for part in trimmed.split("/")):
        help = "rename it without the dot: names that begin with a dot are not published"
        raise Misread(f"`{text}` is hidden: a name in it begins with a dot", help, "hidden-file")
    near = guess(trimmed, assets)
    help = (
        f"did you mean `{near}`?"
        if near
        else "add the file, or fix the path; leave it empty while there is no file yet"
    )
    if near is None and _HOST_ALONE.fullmatch(trimmed) and "/" in trimmed:
        help = f"add the file; a web address would be https://{trimmed}"
    raise Misread(f"there is no file `assets/{trimmed}`", help, "missing-file")

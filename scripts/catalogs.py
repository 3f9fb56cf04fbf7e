"""Renew the catalogs of the pages' words in `courseweek/language/catalogs/`, and say what is not translated.

    python scripts/catalogs.py

It collects the messages of the layouts, of the views and of the language room, puts them into each `.po` file, and
writes the `.mo` files that a build reads. A translation stays as long as its message does. Translate what it lists in
the `.po` files, then run it again. Babel is a dependency of the tests only.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "courseweek" / "language" / "catalogs"
LANGUAGES = ("ar", "de", "es", "fr", "zh-Hans")
"""Those with a catalog; the messages themselves are English."""
SOURCES = (
    ("layouts", "**/*.html", "jinja2.ext.babel_extract"),
    ("courseweek/render", "**/*.py", "python"),
    ("courseweek/outputs", "**/*.py", "python"),
    ("courseweek/plan", "**/*.py", "python"),
    ("courseweek/published", "**/*.py", "python"),
    ("courseweek/schedule", "**/*.py", "python"),
    ("courseweek/language", "*.py", "python"),
)
KEYWORDS: dict[str, Any] = {"_": None, "gettext": None, "ngettext": (1, 2), "noted": None, "noted_counts": (1, 2)}
"""What a message is the argument of; `noted` and `noted_counts` mark what is looked up elsewhere."""


class _Catalog(Catalog):
    """A catalog whose header says nothing of days and tools, so that the same messages make the same bytes."""

    def _get_mime_headers(self) -> list[tuple[str, str]]:
        kept = ("Language", "Plural-Forms", "MIME-Version", "Content-Type", "Content-Transfer-Encoding")
        return [each for each in super()._get_mime_headers() if each[0] in kept]

    mime_headers = property(_get_mime_headers, Catalog._set_mime_headers)


def _find_messages() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """Yield each message with the file that has it: a text, or its forms for one and for many."""
    for folder, pattern, method in SOURCES:
        for path in sorted((ROOT / folder).glob(pattern)):
            # The layouts' own reader of messages wants the options of this project: no space around blocks.
            options = {"trim_blocks": "true", "lstrip_blocks": "true"} if path.suffix == ".html" else {}
            with path.open("rb") as file:
                for _, message, _, _ in extract(method, file, KEYWORDS, (), options):
                    yield path.relative_to(ROOT).as_posix(), message


def collect() -> dict[str | tuple[str, ...], list[str]]:
    """Return all messages in order, each with the files that have it."""
    found: dict[str | tuple[str, ...], list[str]] = {}
    for file, message in _find_messages():
        files = found.setdefault(message, [])
        if file not in files:
            files.append(file)
    return dict(sorted(found.items(), key=lambda each: str(each[0])))


def read_catalog(language: str) -> Catalog:
    """Return what is translated into a language."""
    path = FOLDER / f"{language}.po"
    if not path.exists():
        return Catalog(locale=language.replace("-", "_"))
    with path.open("rb") as file:
        return read_po(file, locale=language.replace("-", "_"))


def _id_of(message: Message) -> Any:
    return tuple(message.id) if isinstance(message.id, list | tuple) else message.id


def renew(language: str, messages: dict[str | tuple[str, ...], list[str]]) -> Catalog:
    """Return the catalog of a language with these messages and the translations that it has of them."""
    known = {_id_of(message): message for message in read_catalog(language) if message.id}
    made = _Catalog(
        locale=language.replace("-", "_"), fuzzy=False, header_comment=f"# The words of the pages in {language}."
    )
    for each, files in messages.items():
        before = known.get(each)
        flags = {"python-brace-format"} if _placeholders(each) else set()
        string = before.string if before is not None else ""
        comments = before.user_comments if before is not None else ()
        made.add(each, string, [(file, 0) for file in files], flags=flags, user_comments=comments)
    return made


def _forms(text: Any) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def _placeholders(text: Any) -> set[str]:
    return {name for form in _forms(text) for _, name, _, _ in Formatter().parse(form) if name}


def find_faults(catalog: Catalog) -> Iterator[str]:
    """Yield what is wrong with the translations of a catalog: none, doubtful ones, and other placeholders."""
    for message in catalog:
        if not message.id:
            continue
        name = _forms(message.id)[0]
        forms = _forms(message.string)
        if not all(forms) or (message.pluralizable and len(forms) != catalog.num_plurals):
            yield f"not translated: {name}"
        elif message.fuzzy:
            yield f"doubtful: {name}"
        elif _placeholders(forms) != _placeholders(message.id):
            yield f"other placeholders: {name}"
        elif any(form != form.strip() for form in forms) and name == name.strip():
            yield f"spaces around it: {name}"


def make_files() -> dict[str, bytes]:
    """Return the `.po` and `.mo` files by their names."""
    made: dict[str, bytes] = {}
    messages = collect()
    for language in LANGUAGES:
        catalog = renew(language, messages)
        text, compiled = BytesIO(), BytesIO()
        write_po(text, catalog, width=120, include_lineno=False)
        write_mo(compiled, catalog)
        made[f"{language}.po"], made[f"{language}.mo"] = text.getvalue(), compiled.getvalue()
    return made


def main() -> int:
    """Write the files and print what is wrong with them; return the exit code."""
    FOLDER.mkdir(exist_ok=True)
    for name, data in make_files().items():
        (FOLDER / name).write_bytes(data)
    faults = [f"{each}.po: {fault}" for each in LANGUAGES for fault in find_faults(read_catalog(each))]
    print(*faults, sep="\n", end="\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

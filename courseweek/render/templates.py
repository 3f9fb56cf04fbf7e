"""Layouts: the only door to Jinja. A course's own files win over the built-in ones of the same name."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.loaders import split_template_path

from courseweek.cache import Memory
from courseweek.diagnostics import Diagnostics, Source, Span, suggest
from courseweek.render.bounds import BoundedEnvironment
from courseweek.render.compiled import CompiledLayouts

LARGEST_LAYOUT = 50_000
"""A larger layout (bytes) is refused."""

_REFERENCE = re.compile(r"""\{%[-+]?\s*(?:extends|include|import|from)\s+["']([^"']+)["']""")


class _Refused(TemplateError):
    """A layout that is not read: a link leads to it out of its folder, it is no file, or too large."""

    def __init__(self, name: str, template: str, reason: str) -> None:
        super().__init__(reason)
        self.name = name
        self.template = template
        self.reason = reason


class _InsideLoader(FileSystemLoader):
    """Loads layouts from a folder, and nothing that a link leads to elsewhere."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        top = Path(self.searchpath[0])
        path = top.joinpath(*split_template_path(template))
        try:
            real = path.resolve()
            if not real.is_relative_to(top.parent.resolve()):
                raise _Refused("outside", template, f"`layouts/{template}` leads out of the course's folder")
            if real.exists() and not real.is_file():
                raise _Refused("not-a-file", template, f"`layouts/{template}` is not a file")
            if real.is_file() and real.stat().st_size > LARGEST_LAYOUT:
                raise _Refused("too-large", template, f"`layouts/{template}` has more than {LARGEST_LAYOUT:,} bytes")
            return super().get_source(environment, template)
        except TemplateNotFound:
            raise
        except (OSError, RuntimeError, UnicodeDecodeError) as error:
            why = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else "the machine refuses it"
            raise _Refused("unreadable", template, f"`layouts/{template}` can't be read: {why}") from None


def _read_layout(folder: Path, path: Path) -> str | None:
    """Return the text of a file in a folder of layouts; None for what a page could not be drawn with."""
    try:
        if not path.is_file() or not path.resolve().is_relative_to(folder.parent.resolve()):
            return None
        return path.read_text(encoding="utf-8") if path.stat().st_size <= LARGEST_LAYOUT else None
    except (OSError, RuntimeError, ValueError):
        return None


class Layouts:
    """Draws pages with the layouts of a course and of the theme.

    Everything is escaped whatever the file's name, an unknown name is an error, and a layout can call nothing that
    reaches beyond what it is given. The course's own are held to bounds as well: what they may do, and how often.
    """

    def __init__(self, course_folder: Path, theme_folder: Path, memory: Memory | None = None) -> None:
        """Take the folders that hold `layouts/`, the course's and the theme's, and what knows them compiled."""
        self.folders = [course_folder / "layouts", theme_folder / "layouts"]
        own, theme = self.folders

        def is_own(file: str) -> bool:
            return own != theme and Path(file).is_relative_to(own)

        self.environment = BoundedEnvironment(
            is_own,
            bytecode_cache=CompiledLayouts(memory or Memory(), is_own),
            loader=ChoiceLoader([_InsideLoader(folder, encoding="utf-8") for folder in self.folders]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )

    @cached_property
    def identity(self) -> str:
        """What the layouts are: a text that differs where any of their files does."""
        parts: list[str] = []
        for folder in self.folders:
            for path in sorted(folder.rglob("*")):
                text = _read_layout(folder, path)
                if text is not None:  # what is not read is refused where a page asks for it
                    parts += [path.relative_to(folder).as_posix(), text]
        return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()

    def draw(self, layout: str, wanted_at: Span | None, found: Diagnostics, **values: Any) -> str | None:
        """Return the page that `layouts/LAYOUT.html` makes of the values, or None with the reason reported.

        `wanted_at` is where the layout was asked for, if a person did.
        """
        name = f"{layout}.html"
        if not _is_of_pages(name):
            self._report_missing(name, name, wanted_at, found)
            return None
        self.environment.begin_page()
        try:
            return self.environment.get_template(name).render(**values)
        except _Refused as error:
            found.error(error.name, error.reason, Source(f"layouts/{error.template}", "").whole())
        except TemplateNotFound as error:
            self._report_missing(str(error.name or name), name, wanted_at, found)
        except TemplateSyntaxError as error:
            found.error("layout", str(error.message), self._line(error.name or name, error.lineno))
        except TemplateError as error:
            found.error("layout", str(error.message), self._place(error, name))
        except RecursionError as error:
            # Which layouts did it nobody can tell from where the stack was full.
            found.error(
                "layout",
                "the layouts nest too deeply, or include or call each other without end",
                self._place(error, name),
            )
        except Exception as error:
            # A layout is a program: whatever it raises is about the layout, unless it is built in.
            if not self._is_own(name, error):
                raise
            found.error("layout", f"{type(error).__name__}: {error}", self._place(error, name))
        return None

    def own_sources(self, layout: str) -> tuple[Source, ...]:
        """Return the course's own files that take part when `layouts/LAYOUT.html` draws a page, itself first."""
        names, found = [f"{layout}.html"], []
        for name in names:  # grows while it is walked
            for folder in self.folders:
                text = _read_layout(folder, folder / name)
                if text is None:
                    continue
                if folder is self.folders[0]:
                    found.append(Source(f"layouts/{name}", text))
                names += [each for each in _REFERENCE.findall(text) if each not in names]
                break
        return tuple(found)

    def _report_missing(self, missing: str, name: str, wanted_at: Span | None, found: Diagnostics) -> None:
        names = sorted(self.environment.list_templates(extensions=["html"]))
        # A page asks for a layout of pages, a layout for any file.
        known = [each.removesuffix(".html") for each in names if missing != name or _is_of_pages(each)]
        near = suggest(missing.removesuffix(".html"), known)
        span = wanted_at if wanted_at is not None and missing == name else Source(f"layouts/{name}", "").whole()
        help = f"did you mean `{near}`?" if near else f"the layouts are {', '.join(f'`{each}`' for each in known)}"
        found.error("unknown-layout", f"there is no layout `layouts/{missing}`", span, help=help)

    def _line(self, name: str, number: int) -> Span:
        for folder in self.folders:
            try:
                source = Source(f"layouts/{name}", (folder / name).read_text(encoding="utf-8"))
            except (OSError, UnicodeDecodeError):
                continue
            start = len("".join(source.text.splitlines(keepends=True)[: max(0, number - 1)]))
            return source.span(start, start + len(source.line(number)))
        return Source(f"layouts/{name}", "").whole()

    def _place(self, error: Exception, name: str) -> Span:
        """Return the innermost line that an error passed through, in a layout of the course if in any."""
        for folder in self.folders:
            for file, line in reversed(_frames(error)):
                if file.is_relative_to(folder):
                    return self._line(file.relative_to(folder).as_posix(), line)
        return self._line(name, 1)

    def _is_own(self, name: str, error: Exception) -> bool:
        own, theme = self.folders
        files = [own / name, *(file for file, _ in _frames(error))]
        return own != theme and any(file.is_relative_to(own) and file.is_file() for file in files)


def _is_of_pages(name: str) -> bool:
    """Tell whether a layout draws whole pages: the base and the parts that others are made of do not."""
    pieces = [piece for piece in name.casefold().split("/") if piece not in ("", ".")]
    return pieces[:1] != ["parts"] and pieces != ["base.html"]


def _frames(error: BaseException) -> list[tuple[Path, int]]:
    """Return the layouts and lines that an error passed through, innermost last."""
    frames = []
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.endswith((".html", ".xml")):
            frames.append((Path(file), trace.tb_lineno))
        trace = trace.tb_next
    return frames

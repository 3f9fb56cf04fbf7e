"""Layouts: the only door to Jinja. A course's own files win over the built-in ones of the same name."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.environment import TemplateModule
from jinja2.loaders import split_template_path
from jinja2.utils import missing

from courseweek.cache import Memory
from courseweek.diagnostics import Diagnostics, Source, Span, suggest
from courseweek.files.file_names import spell_path
from courseweek.files.location import Astray, locate
from courseweek.files.project import NO_FILE_HELP, remedy_of
from courseweek.files.stored import open_plain
from courseweek.language.locale import EN, Locale
from courseweek.regex import lazy_pattern
from courseweek.render.layouts.bounds import MOST_STEPS, BoundedEnvironment
from courseweek.render.layouts.compiled import CompiledLayouts
from courseweek.render.sizes import TooLarge, join_page

if TYPE_CHECKING:
    from courseweek.render.layouts.faults import Fault

LARGEST_LAYOUT = 50_000
"""A larger layout (bytes) is refused."""

_REFERENCE = lazy_pattern(r"""\{%[-+]?\s*(?:extends|include|import|from)\s+["']([^"']+)["']""")


class _RefusedLayout(TemplateError):
    """A layout that is not read: a link out of its folder, not a file, or too large."""

    def __init__(self, name: str, template: str, reason: str, help: str) -> None:
        super().__init__(reason)
        self.help = help
        self.name = name
        self.template = template
        self.reason = reason


class _Absence(UndefinedError):
    """A layout asks for what is not there: a name of its own, or of `owner`, which is `missing` then."""

    def __init__(self, owner: Any, name: Any, message: str) -> None:
        super().__init__(message)
        self.owner = owner
        self.name = name


class _Absent(StrictUndefined):
    """What is not there: any use of it is an error that knows what was asked for."""

    __slots__ = ()

    def __init__(
        self, hint: str | None = None, obj: Any = missing, name: Any = None, exc: Any = UndefinedError
    ) -> None:
        super().__init__(hint, obj, name, partial(_Absence, obj, name) if hint is None else exc)  # type: ignore[arg-type]


class _InsideLoader(FileSystemLoader):
    """Loads layouts from a folder, and nothing that a link leads to elsewhere."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        top = Path(self.searchpath[0])
        template = spell_path(top, template)
        path = top.joinpath(*split_template_path(template))
        try:
            real = locate(top.parent, f"{top.name}/{path.relative_to(top).as_posix()}")
            if real.exists() and not real.is_file():
                raise _RefusedLayout("not-a-file", template, f"`layouts/{template}` is not a file", NO_FILE_HELP)
            if real.is_file() and real.stat().st_size > LARGEST_LAYOUT:
                reason = f"`layouts/{template}` is larger than {LARGEST_LAYOUT:,} bytes"
                raise _RefusedLayout("too-large", template, reason, "split it into parts, and include them")
            return super().get_source(environment, template)
        except Astray as astray:
            raise _RefusedLayout(astray.name, template, astray.message, astray.help) from None
        except TemplateNotFound:
            raise
        except (OSError, RuntimeError, UnicodeDecodeError) as error:
            why = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else "the computer refuses it"
            help = "save the file as UTF-8" if isinstance(error, UnicodeDecodeError) else remedy_of(error)
            raise _RefusedLayout("unreadable", template, f"`layouts/{template}` can't be read: {why}", help) from None


def _read_layout(folder: Path, path: Path) -> str | None:
    """Return the text of a file in a folder of layouts; None if a page can't be rendered with it."""
    try:
        real = locate(folder.parent, f"{folder.name}/{path.relative_to(folder).as_posix()}")
        if not real.is_file() or real.stat().st_size > LARGEST_LAYOUT:
            return None
        return real.read_text(encoding="utf-8")
    except (Astray, OSError, RuntimeError, ValueError):
        return None


def _read_layouts(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the files in a folder of layouts by name and text; what a page could not be rendered with is left out."""
    linked = folder.is_symlink()
    for where, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(where, name)  # noqa: PTH118 - a path object takes five times as long
            inner = os.path.relpath(path, folder).replace(os.sep, "/")
            if linked or inner.startswith(".") or "/." in inner or os.path.islink(path):  # noqa: PTH114
                text = _read_layout(folder, folder / inner)
            else:
                text = _read_plain(path)
            if text is not None:
                yield inner, text


def _read_plain(path: str) -> str | None:
    """Return the text of a file that is not a link, as `_read_layout` does."""
    try:
        with open_plain(path) as file:
            data = file.read(LARGEST_LAYOUT + 1)
        return data.decode("utf-8") if len(data) <= LARGEST_LAYOUT else None
    except (OSError, ValueError):
        return None


class Layouts:
    """Renders pages with the layouts of a course and of the theme.

    Everything is escaped whatever the file's name, an unknown name is an error, and a layout can call nothing that
    reaches beyond what it is given. The course's own are held to bounds as well: what they may do, and how often.
    """

    def __init__(self, course_folder: Path, theme_folder: Path, memory: Memory | None = None) -> None:
        """Take the folders that hold `layouts/`, the course's and the theme's, and what knows them compiled."""
        self._made_of = (course_folder, theme_folder)
        self.folders = [course_folder / "layouts", theme_folder / "layouts"]
        own, theme = self.folders

        def is_own(file: str) -> bool:
            return own != theme and Path(file).is_relative_to(own)

        self.environment = BoundedEnvironment(
            is_own,
            bytecode_cache=CompiledLayouts(memory or Memory(), is_own),
            loader=ChoiceLoader([_InsideLoader(folder, encoding="utf-8") for folder in self.folders]),
            autoescape=True,
            undefined=_Absent,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )

    def __reduce__(self) -> tuple[type[Layouts], tuple[Path, Path]]:
        """Return what another process makes the same layouts of; the memory stays here."""
        return Layouts, self._made_of

    def part_with_memory(self) -> None:
        """Compile what is not compiled yet without the memory: a copy of this process must not use its file."""
        self.environment.bytecode_cache = None

    def begin_site(self) -> None:
        """Give the course's own layouts a fresh count of steps; they are compiled once for several sites."""
        self.environment.steps = MOST_STEPS

    @cached_property
    def identity(self) -> str:
        """What the layouts are: a text that differs where any of their files does."""
        return self._identify()

    def have_changed(self) -> bool:
        """Return whether a file was saved since: then it is unknown which version rendered a page."""
        return self._identify() != self.identity

    def _identify(self) -> str:
        # What is not read is refused where a page asks for it.
        parts = [part for folder in self.folders for file in _read_layouts(folder) for part in file]
        return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()

    def render(self, layout: str, wanted_at: Span | None, found: Diagnostics, **values: Any) -> str | None:
        """Return the page that `layouts/LAYOUT.html` makes of the values, or None with the reason reported.

        `wanted_at` is where the layout was asked for, if a person did. Raises `TooLarge` where the page would be.
        """
        name = f"{layout}.html"
        if not _is_of_pages(name):
            self._report_missing(TemplateNotFound(name), name, wanted_at, found)
            return None
        self.environment.begin_page(values.get("locale", EN))
        try:
            path = getattr(values.get("page"), "path", name)
            return join_page(path, self.environment.get_template(name).generate(**values))
        except TooLarge:
            raise
        except _RefusedLayout as error:
            found.error(error.name, error.reason, Source(f"layouts/{error.template}", "").whole(), help=error.help)
        except TemplateNotFound as error:
            self._report_missing(error, name, wanted_at, found)
        except Exception as error:
            # A layout is a program: whatever it raises is about the layout, unless it is built in.
            if not isinstance(error, TemplateError | RecursionError) and not self._is_own(name, error):
                raise
            for fault in self._faults(error, layout, values):
                found.error("layout", fault.message, fault.span, help=fault.help, other=fault.other)
        return None

    def render_built_in(self, name: str, locale: Locale, **values: Any) -> str:
        """Return what a layout of the theme makes of the values, also where the course has one of this name."""
        self.environment.begin_page(locale)
        loader = _InsideLoader(self.folders[1], encoding="utf-8")
        template = loader.load(self.environment, name, self.environment.make_globals(None))
        return join_page(name, template.generate(**values))

    def _faults(self, error: Exception, layout: str, values: Mapping[str, Any]) -> Iterator[Fault]:
        """Yield what is wrong with a layout; if that is a former name, all former names in the course's layouts."""
        from courseweek.render.layouts.former_names import find_former, former_name, lacking_macros

        fault, former = self._fault(error, f"{layout}.html", values), None
        own = self.own_sources(layout)
        owner = getattr(error, "owner", None)
        if isinstance(error, _Absence):
            former = former_name("" if owner is missing else type(owner).__name__, str(error.name), fault.span)
        if isinstance(owner, TemplateModule) or str(error).startswith("macro "):
            frames, (_, theme) = _frames(error), self.folders
            if frames and frames[-1][0].is_relative_to(theme):
                former = lacking_macros(own, lambda name: _read_layout(theme, theme / name) or "")
        if former is None:
            yield fault
            return
        others = list(find_former(own))
        if (former.message, former.span.file) not in {(each.message, each.span.file) for each in others}:
            yield former
        yield from others

    def _fault(self, error: Exception, name: str, values: Mapping[str, Any]) -> Fault:
        """Return what is wrong with a layout, in its writer's words and at its place."""
        # Needed by what is wrong alone: most builds do without.
        from courseweek.render.layouts.faults import Fault, absent_name, absent_part, line_span, misfit
        from courseweek.render.layouts.misspellings import misspelling

        source, line = self._place(error, name)
        if isinstance(error, RecursionError):
            # The full stack does not show which layouts did it.
            message = "the layouts nest too deeply, or include or call each other endlessly"
            return Fault(message, line_span(source, line))
        if isinstance(error, _Absence) and error.owner is missing:
            return absent_name(str(error.name), values, source, line)
        if isinstance(error, _Absence):
            return absent_part(error.owner, error.name, source, line)
        if isinstance(error, TemplateError):
            return misspelling(str(error.message), source, line, self.environment.tests)
        return misfit(str(error), source, line)

    def report_unused(self, found: Diagnostics) -> None:
        """Report files of the course that replace a built-in layout of before, so that no page shows them."""
        own, theme = self.folders
        if own == theme or not own.is_dir():
            return
        from courseweek.render.layouts.former_names import FILES

        texts = dict(_read_layouts(own))
        used = {name for text in texts.values() for name in _REFERENCE.findall(text)}
        for name, now in FILES.items():
            if name in texts and name not in used:
                message = f"no page uses `layouts/{name}`: it is now `layouts/{now}`"
                help = f"delete it, or put what it shows into a copy of the built-in `layouts/{now}`"
                found.warning("unused-layout", message, Source(f"layouts/{name}", texts[name]).whole(), help=help)

    def own_sources(self, layout: str) -> tuple[Source, ...]:
        """Return the course's own files that `layouts/LAYOUT.html` uses to render a page, itself first."""
        names, found = [f"{layout}.html"], []
        for name in names:  # grows while it is walked
            for folder in self.folders:
                text = _read_layout(folder, folder / spell_path(folder, name))
                if text is None:
                    continue
                if folder is self.folders[0]:
                    found.append(Source(f"layouts/{name}", text))
                names += [each for each in _REFERENCE.findall(text) if each not in names]
                break
        return tuple(found)

    def _report_missing(self, error: TemplateNotFound, name: str, wanted_at: Span | None, found: Diagnostics) -> None:
        """Report a layout that is not there: where a page asks for it, or where another layout does."""
        missing_name = str(error.name or "")
        if missing_name != name:
            self._report_missing_part(error, name, found)
            return
        names = sorted(self.environment.list_templates(extensions=["html"]))
        known = [each.removesuffix(".html") for each in names if _is_of_pages(each)]
        near = suggest(name.removesuffix(".html"), known)
        span = wanted_at if wanted_at is not None else Source(f"layouts/{name}", "").whole()
        help = f"did you mean `{near}`?" if near else f"the layouts are {', '.join(f'`{each}`' for each in known)}"
        found.error("unknown-layout", f"there is no layout `layouts/{name}`", span, help=help)

    def _report_missing_part(self, error: TemplateNotFound, name: str, found: Diagnostics) -> None:
        from courseweek.render.layouts.faults import find_span, line_span
        from courseweek.render.layouts.former_names import FILES, find_former

        source, line = self._place(error, name)
        wanted = error.name
        if not isinstance(wanted, str) or not wanted:
            message = "the name of a layout is empty on this page"
            found.error("unknown-layout", message, line_span(source, line), help="write it in quotes")
            return
        if wanted in FILES:
            for fault in find_former(self.own_sources(name.removesuffix(".html"))):
                found.error("layout", fault.message, fault.span, help=fault.help)
            return
        near = suggest(wanted, self.environment.list_templates(extensions=["html"]))
        span = find_span(source, line, rf"[\"']({re.escape(wanted)})[\"']")
        help = f"did you mean `{near}`?" if near else "put it in `layouts/`, with its folder"
        found.error("unknown-layout", f"there is no layout `layouts/{wanted}`", span, help=help)

    def _source(self, name: str) -> Source:
        for folder in self.folders:
            try:
                # As the template language reads it, but for its line ends.
                real = locate(folder.parent, f"{folder.name}/{name}")
                return Source(f"layouts/{name}", real.read_bytes().decode("utf-8"))
            except (Astray, OSError, RuntimeError, ValueError):
                continue
        return Source(f"layouts/{name}", "")

    def _place(self, error: Exception, name: str) -> tuple[Source, int]:
        """Return the innermost layout and line that an error passed through, a layout of the course if any."""
        if isinstance(error, TemplateSyntaxError):
            return self._source(self._name(error.name or name)), error.lineno
        frames = _frames(error)
        if str(error).endswith("was not provided"):  # to a macro, by who called it
            frames = frames[:-1] or frames
        for folder in self.folders:
            for file, line in reversed(frames):
                if file.is_relative_to(folder):
                    return self._source(file.relative_to(folder).as_posix()), line
        return self._source(name), 1

    def _name(self, file: str) -> str:
        """Return the name of a layout, for which the template language sometimes gives its path."""
        path = Path(file)
        return next((path.relative_to(each).as_posix() for each in self.folders if path.is_relative_to(each)), file)

    def _is_own(self, name: str, error: Exception) -> bool:
        own, theme = self.folders
        files = [own / name, *(file for file, _ in _frames(error))]
        return own != theme and any(file.is_relative_to(own) and file.is_file() for file in files)


def _is_of_pages(name: str) -> bool:
    """Return whether a layout renders whole pages: the base and the parts that others are made of do not."""
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

"""The rules of the house: style, types, who may import whom, and what a checkout may say."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "courseweek"

TOOLS = {
    "ruff check": ["-m", "ruff", "check", "--quiet", "--output-format", "concise"],
    "ruff format": ["-m", "ruff", "format", "--check", "--output-format", "concise"],
    "mypy": ["-m", "mypy"],
    # A call that a system lacks is reachable only where the system is another.
    **{
        f"mypy for {system}": ["-m", "mypy", "--platform", system, "--no-warn-unreachable", "courseweek"]
        for system in ("win32", "darwin")
    },
    "lint-imports": ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
}

# One door for each library: the modules (and what is below them) that may import it.
DOORS = {
    "yaml": ("courseweek.yamltext.parse",),
    "bibtexparser": ("courseweek.read.pasted.bibtex",),
    "pylatexenc": ("courseweek.read.pasted.bibtex",),
    "dateutil": ("courseweek.schedule",),
    "jinja2": tuple(f"courseweek.render.layouts.{name}" for name in ("templates", "bounds", "compiled")),
    "markdown": tuple(f"courseweek.render.markdown.{name}" for name in ("markup", "dialect")),
    "math_core": ("courseweek.render.markdown.mathml",),
    "nh3": ("courseweek.render.markdown.cleaning",),
    "pygments": ("courseweek.render.markdown.code",),
    "icalendar": ("courseweek.outputs.calendars", "courseweek.lms.exported"),
    "livereload": ("courseweek.serve",),
    "typst": ("courseweek.outputs.typeset",),
    "tzdata": ("courseweek.read.values.zones",),
    "tornado": ("courseweek.serve",),
    "urllib3": ("courseweek.network.wire",),
    # A string type that layouts trust, not a library with an opinion.
    "markupsafe": ("courseweek.render", "courseweek.outputs", "courseweek.language"),
}

# Names that say nothing. The design names the one exception: the course as data, for other programs.
EMPTY_NAMES = {"util", "utils", "helper", "helpers", "manager", "managers", "data", "info", "item", "items"}
NAMED_BY_DESIGN = {"courseweek/outputs/data.py"}

# Modules of one name in several rooms are the same feature on another shelf: as a noun, as it is read, dated, shown or
# checked.
FEATURES = {
    "archive",
    "assignments",
    "bare_addresses",
    "calendars",
    "carryover",
    "changes",
    "citations",
    "course",
    "dates",
    "element_ids",
    "events",
    "formulas",
    "full_syllabus",
    "grading",
    "links",
    "notes",
    "office_hours",
    "pages",
    "past_terms",
    "people",
    "policy",
    "presenting",
    "published",
    "readings",
    "remarks",
    "repository",
    "term",
}

BINARY_MODES = {"rb", "wb", "ab", "xb", "r+b", "rb+", "w+b", "wb+"}

# Put together here, so that this file does not say them.
REGISTRIES = [
    "//" + host for host in ("pypi.org/simple", "files.pythonhosted.org", "test.pypi.org", "registry.npmjs.org")
] + ["--" + option for option in ("index-url", "extra-index-url", "find-links")]

QUICK_START = "pip install -e . -c constraints.txt && python build.py"
TEST_LINE = "pip install -e '.[test]' -c constraints.txt && python -m pytest"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python at the top of the checkout."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        timeout=300,
        check=False,
    )


@cache
def modules() -> Sequence[tuple[str, Path, ast.Module]]:
    """Return each module of the package with its dotted name."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts).removesuffix(".__init__")
        found.append((name, path, ast.parse(path.read_text(encoding="utf-8"), str(path))))
    return found


def tracked() -> list[Path]:
    """Return the files that git has or would add; without git, all but those of tools and hidden folders."""
    if shutil.which("git") and (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
        names = listed.stdout.decode("utf-8").split("\0")
        return [path for name in names if name and (path := ROOT / name).is_file()]
    skipped = {"__pycache__", "_site", "dist", ".venv", ".cache"}
    return [
        path
        for path in ROOT.rglob("*")
        if path.is_file() and not any(p in skipped or p.endswith("_cache") for p in path.parts)
    ]


@pytest.mark.parametrize(
    "tool", [pytest.param(tool, marks=pytest.mark.slow if tool.startswith("mypy for") else ()) for tool in TOOLS]
)
def test_tool_has_no_complaint(tool: str) -> None:
    ran = run(*TOOLS[tool])
    assert ran.returncode == 0, ran.stdout


def imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the line and the top-level name of each absolute import, wherever it stands."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, alias.name.partition(".")[0]) for alias in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield node.lineno, module.partition(".")[0]
            case ast.Call(
                func=ast.Name(id="__import__" | "import_module") | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(module)), *_],
            ):
                yield node.lineno, module.partition(".")[0]
            case _:
                pass


def is_below(module: str, room: str) -> bool:
    return module == room or module.startswith(f"{room}.")


def test_each_library_has_one_door() -> None:
    wrong = []
    for name, path, tree in modules():
        for line, library in imports(tree):
            if library == "courseweek" or library in sys.stdlib_module_names:
                continue
            doors = DOORS.get(library, ())
            if not any(is_below(name, door) for door in doors):
                where = " or ".join(doors) or "nowhere: give it a door in DOORS"
                wrong.append(f"{path}:{line}: {library} may be imported in {where}")
    assert wrong == []


def test_no_relative_imports() -> None:
    wrong = [
        f"{path}:{node.lineno}"
        for _, path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert wrong == [], "the doors are watched by absolute names"


def names_no_encoding(call: ast.Call) -> bool:
    """Say whether the call opens a text file without naming its encoding."""
    match call.func:
        case ast.Attribute(attr="read_text"):
            place = 0
        case ast.Attribute(attr="write_text"):
            place = 1
        case ast.Name(id="open"):
            place = 3
        case ast.Attribute(attr="open", value=value) if not (
            isinstance(value, ast.Name) and value.id in sys.stdlib_module_names
        ):
            place = 2
        case _:
            return False
    if len(call.args) > place or any(keyword.arg in {"encoding", None} for keyword in call.keywords):
        return False
    modes = [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg == "mode")]
    return not any(isinstance(mode, ast.Constant) and mode.value in BINARY_MODES for mode in modes)


def test_every_text_file_is_opened_with_its_encoding() -> None:
    wrong = [
        f"{path}:{node.lineno}"
        for _, path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and names_no_encoding(node)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("open(p)", True),
        ("open(p, 'rb')", False),
        ("open(p, mode='wb')", False),
        ("open(p, encoding='utf-8')", False),
        ("p.read_text()", True),
        ("p.read_text('utf-8')", False),
        ("p.write_text(t)", True),
        ("p.write_text(t, encoding='utf-8')", False),
        ("p.open('w')", True),
        ("p.open('xb')", False),
        ("os.open(p, flags)", False),
    ],
)
def test_missing_encoding_is_seen(call: str, expected: bool) -> None:
    (statement,) = ast.parse(call).body
    assert isinstance(statement, ast.Expr)
    assert isinstance(statement.value, ast.Call)
    assert names_no_encoding(statement.value) is expected


def test_no_name_says_nothing() -> None:
    names = {path.relative_to(ROOT) for path in tracked() if path.suffix == ".py"}
    wrong = [
        name.as_posix()
        for name in sorted(names)
        if name.as_posix() not in NAMED_BY_DESIGN and EMPTY_NAMES.intersection(name.with_suffix("").parts)
    ]
    assert wrong == []


def test_no_two_classes_share_a_name() -> None:
    places: dict[str, list[str]] = {}
    for name, _, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                places.setdefault(node.name.lstrip("_"), []).append(f"{name}:{node.lineno}")
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


def test_modules_of_one_name_are_one_feature() -> None:
    places: dict[str, set[str]] = {}
    for name, path, _ in modules():
        if path.stem not in ("__init__", "__main__"):
            places.setdefault(path.stem, set()).add(name)
    shared = {stem: sorted(names) for stem, names in places.items() if len(names) > 1}
    assert {stem: names for stem, names in shared.items() if stem not in FEATURES} == {}


def test_no_file_knows_where_it_was_written() -> None:
    root = ROOT.as_posix().encode()
    # The path of a checkout at the top of a disk, such as /app, may be a word of the text.
    patterns = [re.escape(root) + rb"(?![\w.-])"] if root.count(b"/") > 1 else []
    patterns += [re.escape(registry.encode()) for registry in REGISTRIES]
    unwanted = re.compile(b"|".join(patterns))
    wrong = [f"{path}: {found[0].decode()}" for path in tracked() for found in unwanted.finditer(path.read_bytes())]
    assert wrong == []


def test_ci_runs_what_the_readme_says() -> None:
    readme = [line.strip() for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines()]
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert QUICK_START in readme
    assert TEST_LINE in readme
    assert TEST_LINE in script


@pytest.mark.slow
def test_wheel_holds_the_package_and_its_theme(tmp_path: Path) -> None:
    built = run("-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path))
    assert built.returncode == 0, built.stdout
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    sources = {path.relative_to(ROOT).as_posix() for path in tracked()}
    package = {name for name in sources if name.startswith("courseweek/")}
    theme = {f"courseweek/theme/{name}" for name in sources if name.startswith(("layouts/", "assets/theme/"))}
    assert any(name.startswith("courseweek/theme/layouts/") for name in theme)
    assert any(name.startswith("courseweek/theme/assets/theme/") for name in theme)
    assert packed == package | theme

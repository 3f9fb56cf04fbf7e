"""What a course's own layout may do, and how much of it: a layout is a program that a contributor wrote.

The built-in layouts are left alone. Of a course's own, every construct is one of a short list, and whatever can
repeat something (a loop, a macro, a filter, a text that is shown or joined) counts steps before it does. So no layout
takes longer or grows larger than its steps allow, and no clock is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from jinja2 import TemplateRuntimeError, TemplateSyntaxError, Undefined, UndefinedError, nodes, pass_context
from jinja2.filters import make_attrgetter
from jinja2.runtime import BlockReference, Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Joiner, Namespace

from courseweek.language.locale import EN, Locale
from courseweek.render.direction import isolate, isolate_each, isolate_plain

MOST_STEPS = 200_000
"""Steps of the layouts of a course: each pass of a loop, each call and each piece of text is one."""
STEPS_OF_PAGE = 5_000
"""Steps that each further page brings."""
LONGEST_JOINED = 100_000
"""Characters of each text that `~` joins."""
PIECE = 64
"""Characters, or entries of a list, that count as one step."""

KNOWN_FILTERS = frozenset(
    """
    abs bdi bdi_join capitalize count d default dictsort e escape first float forceescape fsi groupby int items join
    last length list lower map max min reject rejectattr replace reverse safe select selectattr sort string
    striptags title trim truncate unique upper urlencode wordcount
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
_COMPARING = frozenset(
    "dictsort groupby max min reject rejectattr select selectattr sort unique".split()  # noqa: SIM905
)
"""Filters that look at all of each entry, some of them several times."""
_OF_TEXT = frozenset(
    {"string", "e", "escape", "forceescape", "urlencode", "upper", "lower", "title", "trim", "bdi", "fsi"}
)
_METHODS = frozenset(
    """
    capitalize casefold count endswith find get index isalnum isalpha isdigit isoformat items keys lower lstrip
    partition removeprefix removesuffix rfind rpartition rsplit rstrip split splitlines startswith strip title upper
    values weekday
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
_CONSTRUCTS: tuple[type[nodes.Node], ...] = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Extends, nodes.Block, nodes.Include, nodes.Import),
    *(nodes.FromImport, nodes.Macro, nodes.CallBlock, nodes.FilterBlock, nodes.If, nodes.For, nodes.Assign),
    *(nodes.AssignBlock, nodes.With, nodes.Name, nodes.NSRef, nodes.Const, nodes.Tuple, nodes.List, nodes.Dict),
    *(nodes.Pair, nodes.Keyword, nodes.CondExpr, nodes.Filter, nodes.Test, nodes.Call, nodes.Getattr, nodes.Getitem),
    *(nodes.Slice, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Concat, nodes.Add, nodes.Sub),
    *(nodes.Neg, nodes.Pos),
)
_SIGNS: dict[type[nodes.Node], str] = {
    nodes.Mul: "*",
    nodes.Pow: "**",
    nodes.Mod: "%",
    nodes.Div: "/",
    nodes.FloorDiv: "//",
}
_COMPARED = frozenset("== eq equalto != ne > gt greaterthan >= ge < lt lessthan <= le in".split())  # noqa: SIM905
"""Tests that look at all of two values."""
_SHOWN = (str, int, float, Undefined, type(None))
_SIZED = (str, list, tuple, dict, set, frozenset)
_CALLED = (Macro, BlockReference, LoopContext, Cycler, Joiner, Undefined)
_OF_COURSE = "{} of a course"


class TooMuch(TemplateRuntimeError):
    """A layout does more than a page can need."""


class BoundedEnvironment(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, in which layouts that `is_own` knows by their file are held to the bounds."""

    def __init__(self, is_own: Callable[[str], bool], **options: Any) -> None:
        super().__init__(**options)
        self._messages = (self._gettext, self._ngettext, self._comma)
        self.is_own = is_own
        self.steps = MOST_STEPS
        self.locale = EN
        self._safe: dict[tuple[type[Any], str], bool] = {}
        del self.globals["lipsum"], self.globals["dict"]
        self.globals |= {"range": _count_to, "_": self._messages[0], "ngettext": self._messages[1]}
        self.globals["comma"] = self._messages[2]
        self.filters |= {"bdi": self._isolate, "bdi_join": self._isolate_each, "fsi": isolate_plain}
        for name in KNOWN_FILTERS:
            self.filters[_OF_COURSE.format(name)] = _count_filter(self, name, self.filters[name])
        for ask in (self.weigh, self.compare, self.show, self.join, self.put, self.add, self.step):
            self.filters[_OF_COURSE.format(f"({ask.__name__})")] = _at_run_time(ask)

    def begin_page(self, locale: Locale) -> None:
        """Give the next page its steps, and the language in which `_` and `ngettext` answer."""
        self.locale = locale
        self.steps = min(self.steps + STEPS_OF_PAGE, MOST_STEPS)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        try:
            template = super()._parse(source, name, filename)
        except ValueError:  # Python refuses numbers with that many digits
            raise TemplateSyntaxError("a number has too many digits", 1, name, filename) from None
        if filename is not None and self.is_own(filename):
            bound_layout(template, name, filename)
        return template

    def _comma(self) -> str:
        """Return what is between the parts of a line in the page's language: `comma()` in a layout."""
        return self.locale.comma

    def _isolate(self, text: str) -> str:
        """Return a contributed text with its direction, and its language where the page is in another one: `bdi`."""
        return isolate(text, self.locale.text_tag)

    def _isolate_each(self, texts: Iterable[str], between: str) -> str:
        """Return contributed texts in a row, each as `bdi` does, with the comma of the page's language: `bdi_join`."""
        return isolate_each(texts, self.locale.comma if between == ", " else between, self.locale.text_tag)

    def _gettext(self, message: str, /, **values: object) -> str:
        """Return a message in the page's language: `_` in a layout."""
        return _limit_message(self.locale.gettext(message, **_limit_values(values)))

    def _ngettext(self, one: str, many: str, count: int, /, **values: object) -> str:
        """Return the message for a count in the page's language: `ngettext` in a layout."""
        return _limit_message(self.locale.ngettext(one, many, count, **_limit_values(values)))

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Return whether a layout may see this; asked once of each kind of value, as its type and the name decide."""
        key = (type(obj), attr)
        if key not in self._safe:
            self._safe[key] = super().is_safe_attribute(obj, attr, value)
        return self._safe[key]

    def is_safe_callable(self, obj: Any) -> bool:
        """Return whether a layout may call this: macros and the like, and methods that make nothing large."""
        allowed = (*self._messages, _count_to, Namespace, Cycler, Joiner)
        if isinstance(obj, _CALLED) or any(obj is each for each in allowed):
            return True
        owner, name = getattr(obj, "__self__", None), getattr(obj, "__name__", None)
        self.weigh(owner)
        if isinstance(owner, _CALLED) or (owner is not None and name in _METHODS):
            return True
        if not callable(obj):
            raise TooMuch("`( )` follows the name of a macro, but this is not a macro")
        raise TooMuch(f"a layout can't call `{name}`")

    def call(self, context: Context, obj: Any, /, *values: Any, **named: Any) -> Any:
        """Call a macro or a method; a method that can't use its arguments is reported by name."""
        try:
            return super().call(context, obj, *values, **named)
        except (TypeError, ValueError) as error:
            if isinstance(obj, _CALLED) or getattr(obj, "__self__", None) is None:
                raise
            raise TemplateRuntimeError(f"`{obj.__name__}` can't use what it is given here") from error

    def call_filter(self, name: str, *arguments: Any, **named: Any) -> Any:
        """Apply a filter by its name, as `map` does."""
        if name not in KNOWN_FILTERS:
            raise TooMuch(f"a layout has no filter `{name}`")
        return super().call_filter(_OF_COURSE.format(name), *arguments, **named)

    def step(self, steps: int) -> bool:
        """Count steps of a layout; raise `TooMuch` when there are none left."""
        self.steps -= steps
        if self.steps < 0:
            raise TooMuch("the layout repeats too much: no page needs that many loops, calls and texts")
        return True

    def weigh(self, value: Any) -> Any:
        """Return the value, its size counted."""
        self.step(1 + (len(value) // PIECE if isinstance(value, _SIZED) else 0))
        return value

    def compare(self, value: Any) -> Any:
        """Return a value that is compared, its size counted, and of a list that of each entry."""
        self.weigh(value)
        for each in value if isinstance(value, list | tuple) else ():
            if isinstance(each, str):
                self.step(len(each) // PIECE)
        return value

    def show(self, value: Any) -> Any:
        """Return a value that is shown, its size counted; lists are not shown, since one can hold another twice."""
        if not isinstance(value, _SHOWN) and not hasattr(value, "__html__"):
            raise TooMuch("a layout shows text and numbers, but this is neither")
        return self.weigh(value)

    def join(self, value: Any) -> Any:
        """Return a text that `~` joins to another."""
        if isinstance(value, str) and len(value) > LONGEST_JOINED:
            raise TooMuch(f"`~` joins texts of at most {LONGEST_JOINED:,} characters")
        return self.show(value)

    def put(self, value: Any) -> Any:
        """Return an entry of a list; a list in it could be that list itself, doubled again and again."""
        if isinstance(value, _SIZED) and not isinstance(value, str):
            raise TooMuch("a list in a layout can't contain a list that has a name")
        return value

    def add(self, value: Any) -> Any:
        """Return a number that is added to another."""
        if isinstance(value, Undefined) or (isinstance(value, int | float) and abs(value) < 1e15):
            return value
        raise TooMuch("a layout adds numbers, but this is not a number; write `~` between texts")


def _limit_values(values: dict[str, object]) -> dict[str, object]:
    """Return the values of a message, unless one is a list: that could hold another twice."""
    if not all(isinstance(each, _SHOWN) or hasattr(each, "__html__") for each in values.values()):
        raise TooMuch("a message shows text and numbers, but this is neither")
    return values


def _limit_message(message: str) -> str:
    """Return a message, unless it grows as `~` would not let it."""
    if len(message) > LONGEST_JOINED:
        raise TooMuch(f"a message has at most {LONGEST_JOINED:,} characters")
    return message


def _at_run_time(ask: Callable[[Any], Any]) -> Callable[..., Any]:
    """Return the method as a filter that is never applied beforehand, when a layout is compiled."""
    return pass_context(lambda _context, value: ask(value))


def _count_to(*bounds: int) -> range:
    """Return the numbers of `range(…)`; each pass of the loop over them counts."""
    numbers = range(*bounds)
    if len(numbers) > MOST_STEPS:
        raise TooMuch(f"`range` counts to at most {MOST_STEPS:,}")
    return numbers


def _count_filter(environment: BoundedEnvironment, name: str, plain: Callable[..., Any]) -> Callable[..., Any]:
    """Return the filter for a course's own layouts: what goes in and what comes out is counted."""
    passed = getattr(plain, "jinja_pass_arg", None)
    lead = 0 if passed is None else 1

    def counted(*values: Any, **named: Any) -> Any:
        try:
            return apply(*values, **named)
        except (TypeError, ValueError, AttributeError, LookupError, ArithmeticError) as error:
            raise TemplateRuntimeError(f"the filter `{name}` can't use what it is given here") from error

    def apply(*values: Any, **named: Any) -> Any:
        before, subject, rest = values[:lead], values[lead], values[lead + 1 :]
        for value in (subject, *rest, *named.values()):
            environment.weigh(value)
        if name in _OF_TEXT:
            environment.show(subject)
        if name in ("join", "bdi_join"):
            subject = [environment.show(each) for each in subject]
            sign = rest[0] if rest else named.get("d", named.get("between", ""))
            environment.step(len(subject) * len(str(environment.show(sign))) // PIECE)
        if name == "replace":
            old, new = (str(environment.show(each)) for each in (*rest, *named.values())[:2])
            environment.step(str(environment.show(subject)).count(old) * len(new) // PIECE)
        if name in _COMPARING:
            subject = _count_compared(environment, name, subject, rest, named)
        made = plain(*before, subject, *rest, **named)
        return _count_passes(environment, name, made) if isinstance(made, Iterator) else made

    if passed is not None:
        counted.jinja_pass_arg = passed  # type: ignore[attr-defined]
    return counted


def _count_compared(
    environment: BoundedEnvironment, name: str, subject: Any, rest: tuple[Any, ...], named: dict[str, Any]
) -> Any:
    """Return what a filter compares; the size of each entry is counted as often as it is compared, about."""
    if isinstance(subject, Undefined):
        return subject
    entries = list(subject.items()) if isinstance(subject, dict) else list(subject)
    turns = 1 + len(entries).bit_length() if name in ("sort", "dictsort", "groupby") else 2
    parts = [each for each in (*rest, *named.values()) if isinstance(each, str)]
    attributes = parts if named or name not in ("select", "reject") else []
    environment.step(sum(len(each) // PIECE for each in parts) * len(entries))
    for entry in entries:
        values = [entry, *(entry if isinstance(entry, tuple) else ())]
        for attribute in attributes:
            for path in attribute.split(","):
                try:
                    values.append(make_attrgetter(environment, path)(entry))
                except UndefinedError:
                    continue
        environment.step(1 + sum(len(each) // PIECE for each in values if isinstance(each, _SIZED)) * turns)
    return subject if isinstance(subject, dict) else entries


def _count_passes(environment: BoundedEnvironment, name: str, values: Iterator[Any]) -> Iterator[Any]:
    while True:
        environment.step(1)
        try:
            value = next(values)
        except StopIteration:
            return
        except (TypeError, ValueError, AttributeError, LookupError, ArithmeticError) as error:
            raise TemplateRuntimeError(f"the filter `{name}` can't use what it is given here") from error
        yield value


def bound_layout(template: nodes.Template, name: str | None, filename: str) -> None:
    """Hold a parsed layout to the bounds: refuse what is not on the list, and let the rest count its steps.

    Raises `TemplateSyntaxError`, with the line, for what a layout can't hold.
    """
    found = list(_walk(template))
    for node in found:
        reason = _reason_against(node)
        if reason is not None:
            raise TemplateSyntaxError(reason, node.lineno or 1, name, filename)
    for node in reversed(found):
        _count_node(node)


def _walk(template: nodes.Template) -> Iterator[nodes.Node]:
    waiting: list[nodes.Node] = [template]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += node.iter_child_nodes()


def _reason_against(node: nodes.Node) -> str | None:
    """Return why this isn't allowed in a layout, or None."""
    if type(node) in _SIGNS:
        return f"a layout computes nothing: `{_SIGNS[type(node)]}` isn't allowed here"
    if not isinstance(node, _CONSTRUCTS):
        return "this isn't allowed in a layout"
    if isinstance(node, nodes.Filter) and node.name not in KNOWN_FILTERS:
        return f"a layout has no filter `{node.name}`"
    if isinstance(node, nodes.Name) and node.name in ("varargs", "kwargs"):
        return f"a macro names its values: `{node.name}` isn't allowed here"
    return None


def _count_node(node: nodes.Node) -> None:
    """Make one construct of a layout count its steps; what is inside already does."""
    if isinstance(node, nodes.For | nodes.Macro | nodes.CallBlock | nodes.Block | nodes.Template):
        node.body.insert(0, _step(node))
    if isinstance(node, nodes.For) and node.test is not None:
        node.test = nodes.And(_ask("step", nodes.Const(1, lineno=node.lineno)), node.test, lineno=node.lineno)
    elif isinstance(node, nodes.Output):
        node.nodes = [each if isinstance(each, nodes.TemplateData) else _ask("show", each) for each in node.nodes]
    elif isinstance(node, nodes.Compare | nodes.Operand):
        node.expr = _ask("compare", node.expr)
    elif isinstance(node, nodes.Test):
        node.node = _ask("compare", node.node) if node.name in _COMPARED else node.node
        node.args = [_ask("compare", each) for each in node.args or ()]
    elif isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Slice):
        node.node = _ask("weigh", node.node)
    elif isinstance(node, nodes.List) or (isinstance(node, nodes.Tuple) and node.ctx == "load"):
        node.items = [_put(each) for each in node.items]
    elif isinstance(node, nodes.Pair):
        node.value = _put(node.value)
    elif isinstance(node, nodes.Concat):
        node.nodes = [_ask("join", each) for each in node.nodes]
    elif isinstance(node, nodes.Add | nodes.Sub):
        node.left, node.right = _ask("add", node.left), _ask("add", node.right)
    elif isinstance(node, nodes.Filter):
        node.name = _OF_COURSE.format(node.name)


def _put(value: nodes.Expr) -> nodes.Expr:
    """Return an entry of a list; a list that is written out in it is as long as the layout, any other is refused."""
    return value if isinstance(value, nodes.Const | nodes.List | nodes.Tuple | nodes.Dict) else _ask("put", value)


def _ask(method: str, value: nodes.Expr) -> nodes.Filter:
    """Return the value as it comes through a method of the environment that counts it."""
    return nodes.Filter(value, _OF_COURSE.format(f"({method})"), [], [], None, None, lineno=value.lineno)


def _step(node: nodes.Node) -> nodes.ExprStmt:
    """Return the statement that counts one pass through the body of a node, with its text."""
    length = sum(len(each.data) for each in node.find_all(nodes.TemplateData))
    return nodes.ExprStmt(_ask("step", nodes.Const(1 + length // PIECE, lineno=node.lineno)), lineno=node.lineno)

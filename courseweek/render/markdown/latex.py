"""What is wrong with a formula, in its author's words, from the complaint of the library that reads it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from courseweek.diagnostics import suggest
from courseweek.frozen import dataclass
from courseweek.regex import lazy_pattern

COMMANDS = tuple(
    """
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho varrho
    sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega frac
    dfrac tfrac cfrac binom sqrt sum prod int iint oint lim limsup liminf max min sup inf arg argmax argmin log
    ln exp sin cos tan arcsin arccos arctan sinh cosh tanh det dim ker deg gcd Pr infty partial nabla forall
    exists in notin subset subseteq supset supseteq cup cap bigcup bigcap setminus emptyset land lor lnot neg
    wedge vee oplus otimes odot times cdot cdots ldots dots vdots ddots div pm mp ast star circ bullet le leq ge
    geq ne neq equiv sim simeq approx cong propto ll gg prec succ perp parallel mid to rightarrow leftarrow
    leftrightarrow Rightarrow Leftarrow Leftrightarrow mapsto implies iff uparrow downarrow xrightarrow hat
    widehat tilde bar overline underline vec dot ddot overbrace underbrace overset underset stackrel boxed
    phantom text textbf textit textrm texttt mathrm mathbf mathit mathsf mathtt mathbb mathcal mathfrak mathscr
    boldsymbol operatorname left right middle big Big bigl bigr lfloor rfloor lceil rceil langle rangle lvert
    rvert lVert rVert begin end quad qquad hspace displaystyle textstyle limits hline color ell hbar Re Im prime
    dagger top bot angle therefore because colon models bmod pmod not mathop degree lesssim coprod over
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
"""Commands that are common in formulas, for what was probably meant."""
ENVIRONMENTS = ("aligned", "align", "array", "cases", "matrix", "pmatrix", "bmatrix", "vmatrix", "gathered", "equation")

# Other names that the formula reader knows, beyond the lists above.
_INSTEAD = {
    "mbox": r"\text",
    "mathbbm": r"\mathbb",
    "mathds": r"\mathbb",
    "E": r"\mathbb{E}",
    "R": r"\mathbb{R}",
    "N": r"\mathbb{N}",
    "Z": r"\mathbb{Z}",
    "widetilde": r"\tilde",
    "eqnarray": "align",
    "split": "aligned",
    "alignedat": "aligned",
    "alignat": "align",
    "smallmatrix": "matrix",
    "tabular": "array",
}
_SIGNS = {"√": r"\sqrt{…}", "∛": r"\sqrt[3]{…}", "∜": r"\sqrt[4]{…}", "∅": r"\emptyset", "∠": r"\angle"}
_SIGNS |= {"∴": r"\therefore", "∵": r"\because", "⊤": r"\top", "⊥": r"\perp"}
_TWO = frozenset({"frac", "dfrac", "tfrac", "cfrac", "binom", "dbinom", "tbinom", "overset", "underset", "stackrel"})
_DOLLAR = "write \\$ for a dollar sign that does not begin a formula"
_WORDS = lazy_pattern(r"(?<![\\{A-Za-z])[A-Za-z]{2,} [A-Za-z]{2,}")
_PARTNER = {"(": ")", "[": "]", r"\{": r"\}", "|": "|", r"\|": r"\|", r"\langle": r"\rangle", r"\lfloor": r"\rfloor"}
# A sign with `\` before it is not a brace; `\begin{…}` and `\end{…}` are one sign each.
_PIECE = lazy_pattern(r"\\(?:begin|end)\s*\{[^{}]*\}|\\[A-Za-z]+|\\[\s\S]|[\s\S]")


@dataclass(frozen=True, slots=True)
class Mistake:
    """Why a formula can't be shown: a clause, the indices between which it goes wrong, and the remedy."""

    message: str
    start: int
    end: int
    help: str | None = None


def find_mistake(message: str, latex: str, at: int) -> Mistake:
    """Return what is wrong with a formula that the library refuses with this message at this index."""
    for pattern, explain in _TELLERS:
        match = re.fullmatch(pattern, message, re.DOTALL)
        if match is not None:
            mistake = explain(match, latex, at)
            # Text between two prices is a sentence, not a formula.
            return replace(mistake, help=f"{_DOLLAR}; otherwise {mistake.help}") if _WORDS.search(latex) else mistake
    return Mistake(message, at, at + 1, f"formulas are LaTeX; {_DOLLAR}")


Teller = Callable[[re.Match[str], str, int], Mistake]


def _unclosed(match: re.Match[str], latex: str, at: int) -> Mistake:
    """Explain a brace, a bracket, `\\left` or `\\begin{…}` that is never closed, where it opens."""
    place, opener = _last_open(latex, match[1])
    if not opener:
        return Mistake("the formula is incomplete", max(0, at - 1), at, f"write {match[1]} where it belongs")
    end = place + len(opener)
    if match[1] == "}":
        return Mistake("`{` is not closed", place, end, "write } where it ends; to show a brace, use \\{")
    if match[1] == "]":
        return Mistake("`[` is not closed", place, end, "write ] where it ends")
    if match[1] == r"\right":
        bracket = re.compile(r"\s*(\\?[A-Za-z]+|\\.|.|)", re.DOTALL).match(latex, end)
        other = _PARTNER.get(bracket[1] if bracket else "", ".")
        return Mistake(r"`\left` has no `\right`", place, end, f"write \\right{other} where it ends")
    name = opener.split("{", 1)[1].strip("} ")
    return Mistake(f"`{opener}` is not closed", place, end, f"write \\end{{{name}}} where it ends")


def _last_open(latex: str, closer: str) -> tuple[int, str]:
    """Return the place and the text of the innermost opening sign that this closer lacks."""
    opens, closes = {
        "}": (r"\{", r"\}"),
        "]": (r"\[", r"\]"),
        r"\right": (r"\\left", r"\\right"),
    }.get(closer, (r"\\begin\s*\{.*\}", r"\\end\s*\{.*\}"))
    waiting: list[tuple[int, str]] = []
    for piece in _PIECE.finditer(latex):
        if re.fullmatch(opens, piece[0], re.DOTALL):
            waiting.append((piece.start(), piece[0]))
        elif waiting and re.fullmatch(closes, piece[0], re.DOTALL):
            waiting.pop()
    return waiting[-1] if waiting else (0, "")


def _surplus(match: re.Match[str], latex: str, at: int) -> Mistake:
    if match[1] == r"\right":
        return Mistake(
            r"`\right` has no `\left`", at, at + 6, r"write \left and its bracket before it; \left. for none"
        )
    if match[1] == "}":
        return Mistake("`}` closes nothing", at, at + 1, r"delete it; to show a brace, use \}")
    written = re.compile(r"\\end\s*\{[^{}]*\}|.", re.DOTALL).match(latex, at)
    text = written[0] if written else match[1]
    return Mistake(
        f"`{text}` closes nothing", at, at + len(text), f"delete it, or write {text.replace('end', 'begin')}"
    )


def _other_end(match: re.Match[str], latex: str, at: int) -> Mistake:
    found = re.compile(r"\\end\s*\{[^{}]*\}").search(latex, max(0, latex.rfind(r"\end", 0, at + 1)))
    start, end = found.span() if found else (at, at + 1)
    begun = match[1].replace("end", "begin")
    return Mistake(f"`{match[2]}` closes `{begun}`", start, end, f"write {match[1]}")


def _unknown_command(match: re.Match[str], latex: str, at: int) -> Mistake:
    name = match[1]
    if not name:
        return Mistake(r"nothing follows `\`", at, at + 1, "delete it, or write the command's name")
    near = suggest(name, COMMANDS, cutoff=0.75 if len(name) > 3 else 0.9)
    if name in _INSTEAD:
        help = f"write {_INSTEAD[name]}"
    elif near:
        help = f"did you mean \\{near}?"
    else:
        help = r"write a name that is shown as \operatorname{…}, and words as \text{…}"
    return Mistake(f"there is no command `\\{name}`", at, at + 1 + len(name), help)


def _unknown_environment(match: re.Match[str], latex: str, at: int) -> Mistake:
    name = match[1]
    start = max(at, latex.find(name, at))
    near = suggest(name, ENVIRONMENTS)
    help = f"write {_INSTEAD[name]}" if name in _INSTEAD else f"did you mean {near}?" if near else None
    help = help or f"there are {', '.join(ENVIRONMENTS)} and others"
    return Mistake(f"there is no environment `{name}`", start, start + len(name), help)


def _missing_argument(_match: re.Match[str], latex: str, at: int) -> Mistake:
    """Say what lacks something after it: `^`, or a command that takes one or two things."""
    text = latex.rstrip()
    groups = 0
    while (start := _group_before(text)) is not None:
        text = text[:start].rstrip()
        groups += 1
    found = re.search(r"\\([A-Za-z]+)\*?$|[\^_]$", text)
    if found is None:
        return Mistake("something is missing at the end", max(0, at - 1), at, None)
    sign = found[0]
    if found[1] in _TWO:
        has = "but has one" if groups == 1 else "but has none"
        return Mistake(
            f"`{sign}` needs two braces after it, {has}", found.start(), found.end(), f"write {sign}{{…}}{{…}}"
        )
    return Mistake(f"nothing follows `{sign}`", found.start(), found.end(), f"write {sign}{{…}}")


def _group_before(text: str) -> int | None:
    """Return where the `{…}` or `[…]` begins with which a text ends, or None."""
    if not text or text[-1] not in "}]" or text[-2:-1] == "\\":
        return None
    opener = {"}": "{", "]": "["}[text[-1]]
    depth = 0
    for place in range(len(text) - 1, -1, -1):
        if text[place - 1 : place] == "\\":
            continue
        depth += {text[-1]: 1, opener: -1}.get(text[place], 0)
        if depth == 0:
            return place
    return None


def _missing_bracket(match: re.Match[str], latex: str, at: int) -> Mistake:
    before = [*re.finditer(r"\\[A-Za-z]+", latex[:at])]
    name, start = (before[-1][0], before[-1].start()) if before else (match[1], at)
    shown = name + (")" if name == "\\right" else "(")
    none = f", or {name}. for none" if name in ("\\left", "\\right") else ""
    return Mistake(f"a bracket is missing after `{name}`", start, start + len(name), f"write it, as in {shown}{none}")


def _twice(_match: re.Match[str], latex: str, at: int) -> Mistake:
    sign = latex[at : at + 1]
    help = f"put braces around what belongs together, as in x{sign}{{a{sign}b}}"
    return Mistake(f"a second `{sign}` isn't allowed here", at, at + 1, help)


def _symbol(match: re.Match[str], _latex: str, at: int) -> Mistake:
    help = f"write {_SIGNS[match[1]]}" if match[1] in _SIGNS else "write its command"
    return Mistake(f"`{match[1]}` can't be in a formula as it is", at, at + 1, help)


def _plain(message: str, help: str | None = None, lead: str = "") -> Teller:
    """Return a function that fills in the match; `lead` is what comes before it at the library's index."""

    def explain(match: re.Match[str], latex: str, at: int) -> Mistake:
        word = match[1] if match.groups() else latex[at : at + 1]
        start = latex.find(word, at) if lead else at
        return Mistake(message.format(word), start, start + max(1, len(word)), help and help.format(word))

    return explain


_TELLERS: tuple[tuple[str, Teller], ...] = (
    (r'expected closing token "(.*)", but reached end of input', _unclosed),
    (r'unmatched closing token: "(.*)"', _surplus),
    (r'expected "(.*)", but found "(.*)"', _other_end),
    (r'unknown command "\\(.*)"', _unknown_command),
    (r'unknown environment "(.*)"', _unknown_environment),
    (r"expected argument but reached end of input", _missing_argument),
    (r'there must be a parenthesis after "(.*)", but not found', _missing_bracket),
    (r"duplicate subscript or superscript", _twice),
    (
        r"'\^' or '_' directly followed by .*",
        _plain("`{}` isn't allowed here", "put braces around what belongs together"),
    ),
    (
        r'found "(&)", which may only .*',
        _plain(
            "`&` is not in a table",
            r"write \& for the sign; columns go between \begin{{aligned}} and \end{{aligned}}",
        ),
    ),
    (
        r'found "(\\[a-z]+)(?:\[\*\])?", which may only appear in a numbered .*',
        _plain("`{}` isn't allowed here", "delete it"),
    ),
    (
        r'found "(\\[a-z]+)", which may only appear after .*',
        _plain(r"`{}` is allowed only after \sum, \int and the like", "delete it"),
    ),
    (
        r'found "\\h\[dash\]line", .*',
        lambda _match, _latex, at: Mistake(
            r"`\hline` is allowed only at the start of a row", at, at + 6, r"write it after \\"
        ),
    ),
    (r"direct Unicode input is not supported for this symbol yet: '(.)'", _symbol),
    (r"math mode within text mode .*", _plain(r"`$` isn't allowed in `\text{{…}}`", r"end \text{{…}} before it")),
    (
        r"not valid in text mode",
        _plain(r"`{0}` isn't allowed in `\text{{…}}`", r"write \{0}, or end \text{{…}} before it"),
    ),
    (
        r'expected length with units, found "(.*)"',
        _plain("`{}` is not a length", "write a number and a unit, as 1em", "{"),
    ),
    (r'unknown color "(.*)"', _plain("no color is called `{}`", "write one such as red, blue or gray", "{")),
    (
        r'expected column specification, found "(.*)"',
        _plain("`{}` does not describe a column", r"write \begin{{array}}{{lr}}: l, c or r for each column", "{"),
    ),
    (r'unexpected "(\$)"', _plain("`$` isn't allowed in a formula", r"write \$")),
    (
        r"invalid parameter number\. .*",
        lambda _match, _latex, at: Mistake("`#` isn't allowed here", at - 1, at, r"write \#"),
    ),
)

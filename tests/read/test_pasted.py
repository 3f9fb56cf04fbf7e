"""What is pasted into a list of readings is recognized: one error shows the lines to write, and those are right."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from courseweek.diagnostics import Source
from courseweek.fixes import apply_fixes
from courseweek.read.pasted.finder import find_pasted
from tests.mini import date_mini

SYLLABUS = """\
course: Knots
term: {starts: 2027-01-25, ends: 2027-02-08, timezone: America/Los_Angeles, meets: {day: Monday}}
schedule: [{topic: Knots, id: knots}, {topic: Links, id: links}, {topic: Braids, id: braids}]
"""
ABOVE = "knots:\n  required:\n    - title: Hitches\n      url: https://example.org/hitches\n"
BELOW = "links:\n  required:\n    - title: Links\n"

BIBTEX = """\
@inproceedings{dao2022,
  title={{FlashAttention}: Fast and Memory-Efficient Exact Attention with {IO}-Awareness},
  author={Dao, Tri and Fu, Daniel Y. and R{\\'e}, Christopher},
  booktitle={NeurIPS},
  year={2022}
}
"""
FLASH = """\
    - title: "FlashAttention: Fast and Memory-Efficient Exact Attention with IO-Awareness"
      authors: [Tri Dao, Daniel Y. Fu, Christopher Ré]
      venue: NeurIPS
      year: 2022
"""
SHORT = "    - title: FlashAttention\n      authors: [Tri Dao, Daniel Y. Fu]\n      year: 2022\n"
LINKED = "    - title: FlashAttention\n      url: https://example.org/flash\n"


def indent(text: str, by: int) -> str:
    return "".join(f"{' ' * by}{line}\n" if line else "\n" for line in text.splitlines())


@dataclass(frozen=True)
class Case:
    """What is pasted, what it is called, what it becomes, and how the message names it."""

    pasted: str
    becomes: str
    what: str = "BibTeX"
    name: str = "citation"


BIBTEX_CASES = {
    "at the margin": Case(BIBTEX, FLASH),
    "indented": Case(indent(BIBTEX, 4), FLASH),
    "after a dash": Case("    - " + indent(BIBTEX, 6).lstrip(), FLASH),
    "in a fence": Case("```bibtex\n" + BIBTEX + "```\n", FLASH),
    "two entries": Case(
        BIBTEX
        + '\n@book{b, title = "Bends \\& 100% more", author = "Ashley, {Clifford W.} and others", year = 1944}\n',
        FLASH
        + "    - title: Bends & 100% more\n      authors: [Clifford W. Ashley, et al.]\n      year: 1944\n"
        + "      kind: book\n",
    ),
    "of arXiv": Case(
        "@misc{a, title={Flash}, eprint={2205.14135}, archivePrefix={arXiv}, url={https://arxiv.org/abs/2205.14135}}\n",
        "    - title: Flash\n      arxiv: 2205.14135\n",
    ),
    "of DBLP": Case(
        "@article{a,\n  title = {Flash},\n  journal = {CoRR},\n  volume = {abs/2205.14135},\n  year = {2022}\n}\n",
        "    - title: Flash\n      year: 2022\n      arxiv: 2205.14135\n",
    ),
    "with a DOI": Case(
        "@article{a, title={Flash}, doi={10.1145/1.2}, url={https://doi.org/10.1145/1.2}, pages={1--9}}\n",
        "    - title: Flash\n      doi: 10.1145/1.2\n",
    ),
    "a formula": Case("@misc{a, title={Knots in $O(n^2)$}}\n", "    - title: Knots in $O(n^2)$\n"),
    "letters": Case(
        '@misc{a, title={Schr{\\"o}dinger and \\O rsted}, author={Erd{\\H o}s, Paul}}\n',
        "    - title: Schrödinger and Ørsted\n      authors: [Paul Erdős]\n",
    ),
    "fields alone": Case(
        "    - title={FlashAttention},\n      author={Dao, Tri and Fu, Daniel Y.},\n      year={2022},\n", SHORT
    ),
    "fields at the margin": Case(
        "title={FlashAttention},\nauthor={Dao, Tri and Fu, Daniel Y.},\nyear={2022}\n}\n", SHORT
    ),
    "braces around a title with a colon": Case(
        "    - title: {Flash: fast}\n      year: {2022},\n", '    - title: "Flash: fast"\n      year: 2022\n'
    ),
    "fields in a reading": Case(
        "    - title: FlashAttention\n      author={Dao, Tri and Fu, Daniel Y.},\n      year={2022},\n", SHORT
    ),
    "braces around values": Case(
        "    - title: {FlashAttention}\n      authors: {Dao, Tri and Fu, Daniel Y.},\n      year: {2022},\n", SHORT
    ),
}
EXPORTS = {
    "RIS": Case(
        "TY  - CONF\nTI  - FlashAttention\nAU  - Dao, Tri\nAU  - Fu, Daniel Y.\nPY  - 2022/06/22/\nER  - \n",
        SHORT,
        "RIS",
    ),
    "CSL-JSON": Case(
        '[\n  {\n    "type": "paper-conference",\n    "title": "FlashAttention",\n    "author": [\n'
        '      {"family": "Dao", "given": "Tri"},\n      {"family": "Fu", "given": "Daniel Y."}\n    ],\n'
        '    "issued": {"date-parts": [[2022]]}\n  }\n]\n',
        SHORT,
        "CSL-JSON",
    ),
    "CSL-JSON on one line": Case(
        '    - {"title": "FlashAttention", "author": [{"family": "Dao", "given": "Tri"}, '
        '{"family": "Fu", "given": "Daniel Y."}], "issued": {"date-parts": [["2022", 6]]}}\n',
        SHORT,
        "CSL-JSON",
    ),
    "JSON": Case('{\n  "title": "FlashAttention",\n  "url": "https://example.org/flash"\n}\n', LINKED, "JSON"),
}
REFERENCES = {
    "ACM": Case(
        "    - Tri Dao, Daniel Y. Fu, and Christopher Ré. 2022. FlashAttention: Fast and Memory-Efficient Exact "
        "Attention with IO-Awareness. In NeurIPS.\n",
        FLASH,
        "a reference",
    ),
    "ACM, wrapped at the margin": Case(
        "Tri Dao, Daniel Y. Fu, and Christopher Ré. 2022. FlashAttention: Fast and\nMemory-Efficient Exact Attention "
        "with IO-Awareness. In NeurIPS.\n",
        FLASH,
        "a reference",
    ),
    "APA": Case(
        "    - Dao, T., Fu, D. Y., & Ré, C. (2022). FlashAttention: Fast attention. *NeurIPS*, 35, 16344-16359.\n"
        "      https://doi.org/10.1145/1.2\n",
        '    - title: "FlashAttention: Fast attention"\n      authors: [T. Dao, D. Y. Fu, C. Ré]\n'
        '      venue: "*NeurIPS*"\n      year: 2022\n      doi: 10.1145/1.2\n',
        "a reference",
    ),
    "ACM, with a volume": Case(
        "    - Samuel Williams and David Patterson. 2009. Roofline: a model. Commun. ACM 52, 4 (April 2009), 65–76. "
        "https://doi.org/10.1145/1498765.1498785\n",
        '    - title: "Roofline: a model"\n      authors: [Samuel Williams, David Patterson]\n'
        "      venue: Commun. ACM\n      year: 2009\n      doi: 10.1145/1498765.1498785\n",
        "a reference",
    ),
    "IEEE": Case(
        '    - [1] T. Dao and D. Y. Fu, "FlashAttention: Fast," in Proc. NeurIPS, 2022, pp. 16344–16359.\n',
        '    - title: "FlashAttention: Fast"\n      authors: [T. Dao, D. Y. Fu]\n'
        "      venue: NeurIPS\n      year: 2022\n",
        "a reference",
    ),
    "MLA": Case(
        '    - Dao, Tri, et al. "FlashAttention: Fast." Advances in Learning 35 (2022): 16344-16359.\n',
        '    - title: "FlashAttention: Fast"\n      authors: [Tri Dao, et al.]\n      venue: Advances in Learning\n'
        "      year: 2022\n",
        "a reference",
    ),
    "a list of arXiv": Case(
        "[1] arXiv:2205.14135 [pdf, other]\nTitle: FlashAttention\nAuthors: Tri Dao, Daniel Y. Fu\n"
        "Comments: 30 pages\nSubjects: Machine Learning (cs.LG)\n",
        "    - title: FlashAttention\n      authors: [Tri Dao, Daniel Y. Fu]\n      arxiv: 2205.14135\n",
        "a page of arXiv",
    ),
    "a page of arXiv": Case(
        "arXiv:2205.14135\n[Submitted on 27 May 2022 (v1), last revised 23 Jun 2022 (this version, v2)]\n"
        "Title:FlashAttention\nAuthors:Tri Dao, Daniel Y. Fu\n",
        "    - title: FlashAttention\n      authors: [Tri Dao, Daniel Y. Fu]\n      arxiv: 2205.14135\n",
        "a page of arXiv",
    ),
}
TAGS = {
    "an item": Case('<li><a href="https://example.org/flash">FlashAttention</a></li>\n', LINKED, "HTML", "pasted-html"),
    "a link": Case('    - <a href="https://example.org/flash">FlashAttention</a>\n', LINKED, "HTML", "pasted-html"),
    "two links": Case(
        "    - <a href='https://example.org/flash'>FlashAttention</a>\n    - <a href='https://example.org/b'>B</a>\n",
        LINKED + "    - title: B\n      url: https://example.org/b\n",
        "HTML",
        "pasted-html",
    ),
    "an entity": Case(
        '<p><a href="https://example.org/?a=1&amp;b=2"><i>Flash</i> &amp; more</a></p>\n',
        "    - title: Flash & more\n      url: https://example.org/?a=1&b=2\n",
        "HTML",
        "pasted-html",
    ),
    "words around it": Case(
        '    - <li><a href="https://example.org/flash">FlashAttention: Fast</a>, NeurIPS 2022</li>\n',
        '    - "[FlashAttention: Fast](https://example.org/flash), NeurIPS 2022"\n',
        "HTML",
        "pasted-html",
    ),
    "a list": Case(
        '<ul>\n  <li><a href="https://example.org/flash">FlashAttention</a></li>\n  <li>\n'
        '    <a href="https://example.org/b">B</a>\n  </li>\n</ul>\n',
        LINKED + "    - title: B\n      url: https://example.org/b\n",
        "HTML",
        "pasted-html",
    ),
    "Slack": Case("    - <https://example.org/flash|FlashAttention>\n", LINKED, "a link from a chat", "chat-link"),
    "Slack, with bullets": Case(
        "• <https://example.org/flash|FlashAttention>\n• <https://example.org/b|B> (chapter 1)\n",
        LINKED + '    - "[B](https://example.org/b) (chapter 1)"\n',
        "a link from a chat",
        "chat-link",
    ),
}
RECORDS = {
    "EndNote": Case(
        "%0 Journal Article\n%T FlashAttention\n%A Dao, Tri\n%A Fu, Daniel Y.\n%V 35\n%D 2022\n",
        SHORT,
        "an EndNote record",
    ),
    "EndNote, two records": Case(
        "    %0 Book\n    %A Dao, Tri\n    %T FlashAttention\n    %U https://example.org/flash\n\n"
        "    %0 Conference Proceedings\n    %T B\n    %B NeurIPS\n",
        "    - title: FlashAttention\n      authors: [Tri Dao]\n      url: https://example.org/flash\n"
        "      kind: book\n"
        "    - title: B\n      venue: NeurIPS\n",
        "an EndNote record",
    ),
    "PubMed": Case(
        "PMID- 26017442\nOWN - NLM\nTI  - Deep\n      learning.\nPG  - 436-44\nLID - 10.1038/nature14539 [doi]\n"
        "FAU - LeCun, Yann\nAU  - LeCun Y\nFAU - Bengio, Yoshua\nAU  - Bengio Y\nJT  - Nature\nDP  - 2015 May 28\n",
        "    - title: Deep learning\n      authors: [Yann LeCun, Yoshua Bengio]\n      venue: Nature\n"
        "      year: 2015\n"
        "      doi: 10.1038/nature14539\n",
        "a PubMed record",
    ),
}
DEEP = """\
    - title: Deep learning
      authors: [Y. LeCun, Y. Bengio, G. Hinton]
      venue: Nature
      year: 2015
"""
FULL = (
    "    - title: Deep learning\n      authors: [Yann LeCun, Yoshua Bengio, Geoffrey Hinton]\n      venue: Nature\n"
    "      year: 2015\n"
)
SCHOLAR = """\
MLA
LeCun, Yann, Yoshua Bengio, and Geoffrey Hinton. "Deep learning." Nature 521.7553 (2015): 436-444.
APA
LeCun, Y., Bengio, Y., & Hinton, G. (2015). Deep learning. Nature, 521(7553), 436-444.
Harvard
LeCun, Y., Bengio, Y. and Hinton, G., 2015. Deep learning. Nature, 521(7553), pp.436-444.
Vancouver
LeCun Y, Bengio Y, Hinton G. Deep learning. Nature. 2015 May 28;521(7553):436-44.
"""
STYLES = {
    "Nature": "LeCun, Y., Bengio, Y. & Hinton, G. Deep learning. Nature 521, 436–444 (2015).",
    "Harvard": "LeCun, Y., Bengio, Y. and Hinton, G., 2015. Deep learning. Nature, 521(7553), pp.436-444.",
    "Vancouver": "LeCun Y, Bengio Y, Hinton G. Deep learning. Nature. 2015 May;521(7553):436-44.",
    "Vancouver, with a number": "1. LeCun Y, Bengio Y, Hinton G. Deep learning. Nature. 2015;521(7553):436-44.",
    "IEEE, with a number": '[1] Y. LeCun, Y. Bengio, and G. Hinton, "Deep learning," Nature, vol. 521, 2015.',
    "APA": "LeCun, Y., Bengio, Y., & Hinton, G. (2015). Deep learning. Nature, 521(7553), 436-444.",
}
FULL_STYLES = {
    "Chicago": 'LeCun, Yann, Yoshua Bengio, and Geoffrey Hinton. "Deep learning." Nature 521, no. 7 (2015): 436-444.',
    "Zotero": "LeCun, Yann, Yoshua Bengio, and Geoffrey Hinton. “Deep learning.” Nature 521, no. 7553 (2015): 436–44.",
    "DBLP": "Yann LeCun, Yoshua Bengio, Geoffrey Hinton: Deep learning. Nature 521(7553): 436-444 (2015)",
    "DBLP, of a conference": "Yann LeCun, Yoshua Bengio, Geoffrey Hinton: Deep learning. Nature 2015: 436-444",
    "ACL": "Yann LeCun, Yoshua Bengio, and Geoffrey Hinton. 2015. Deep learning. In Proceedings of Nature, pages 4–9.",
}
REFERENCES |= {
    **{name: Case(f"    {text}\n", DEEP, "a reference") for name, text in STYLES.items()},
    **{name: Case(f"    {text}\n", FULL, "a reference") for name, text in FULL_STYLES.items()},
    "IEEE, after a dash": Case(f"    - {STYLES['IEEE, with a number']}\n", DEEP, "a reference"),
    "two references": Case(
        f"{STYLES['Nature']}\n\nAda Lovelace, Alan Turing: Knots. ICML 2017: 1-9\n",
        DEEP + "    - title: Knots\n      authors: [Ada Lovelace, Alan Turing]\n      venue: ICML\n      year: 2017\n",
        "a reference",
    ),
    "the cite box of Google Scholar": Case(SCHOLAR, FULL, "the cite box of Google Scholar"),
    "the cite box, as a table": Case(
        SCHOLAR.replace("MLA\n", "MLA\t")
        .replace("APA\n", "APA\t")
        .replace("Harvard\n", "Harvard\t")
        .replace("Vancouver\n", "Vancouver\t"),
        FULL,
        "the cite box of Google Scholar",
    ),
    "LaTeX": Case(
        "\\bibitem[LeCun et al.(2015)]{lecun}\nYann LeCun, Yoshua Bengio, and Geoffrey Hinton.\n"
        "\\newblock Deep learning.\n\\newblock In {\\em Nature}, 2015.\n",
        FULL,
        "a LaTeX bibliography",
    ),
}
BOTH = LINKED + '    - "[B](https://example.org/b), chapter 1"\n'
MARKUPS = {
    "LaTeX": (
        "    \\item \\href{https://example.org/flash}{FlashAttention}\n"
        "    \\item \\href{https://example.org/b}{B}, chapter 1\n",
        "LaTeX",
    ),
    "LaTeX, all of a list": (
        "\\begin{itemize}\n  \\item FlashAttention, \\url{https://example.org/flash}\n"
        "  \\item \\href{https://example.org/b}{B}, chapter 1\n\\end{itemize}\n",
        "LaTeX",
    ),
    "Org": (
        "    - [[https://example.org/flash][FlashAttention]]\n    - [[https://example.org/b][B]], chapter 1\n",
        "an Org link",
    ),
    "MediaWiki": (
        "* [https://example.org/flash FlashAttention]\n* [https://example.org/b B], chapter 1\n",
        "a MediaWiki link",
    ),
    "reStructuredText": (
        "    - `FlashAttention <https://example.org/flash>`_\n    - `B <https://example.org/b>`__, chapter 1\n",
        "a reStructuredText link",
    ),
    "AsciiDoc": (
        "    * https://example.org/flash[FlashAttention^]\n    * link:https://example.org/b[B], chapter 1\n",
        "an AsciiDoc link",
    ),
    "Markdown": (
        "    - [FlashAttention][1]\n    - [B][b], chapter 1\n\n"
        "[1]: https://example.org/flash\n[b]: <https://example.org/b>\n",
        "Markdown with its addresses below",
    ),
}
MARKUP_CASES = {
    **{name: Case(text, BOTH, what, "pasted-markup") for name, (text, what) in MARKUPS.items()},
    "a Markdown reference": Case(
        '    [flash]: https://example.org/flash "FlashAttention"\n', LINKED, "a Markdown reference", "pasted-markup"
    ),
}
ROWS = (
    "    - title: Flash, fast\n      year: 2022\n      url: https://example.org/flash\n"
    "    - title: B\n      year: 2023\n      doi: 10.1145/1.2\n"
)
TABLES = {
    "of Markdown": (
        "| Paper | Year | Link |\n|-------|:----:|------|\n| Flash, fast | 2022 | <https://example.org/flash> |\n"
        "| B | 2023 | https://doi.org/10.1145/1.2 |\n",
        "a Markdown table",
    ),
    "rows of Markdown": (
        "    | [Flash, fast](https://example.org/flash) | 2022 |\n    | B | 2023 | 10.1145/1.2 |\n",
        "a Markdown table",
    ),
    "of a spreadsheet": (
        "Flash, fast\thttps://example.org/flash\t2022\nB\thttps://doi.org/10.1145/1.2\t2023\n",
        "a table with tabs",
    ),
    "of a spreadsheet, after dashes": (
        "    - Flash, fast\thttps://example.org/flash\t2022\n    - B\t10.1145/1.2\t2023\n",
        "a table with tabs",
    ),
    "CSV": (
        '    "Flash, fast","https://example.org/flash",2022\n    "B","https://doi.org/10.1145/1.2",2023\n',
        "CSV",
    ),
    "CSV with a head": (
        'title,url,year\n"Flash, fast",https://example.org/flash,2022\nB,https://doi.org/10.1145/1.2,2023\n',
        "CSV",
    ),
}
TABLE_CASES = {name: Case(text, ROWS, what, "pasted-table") for name, (text, what) in TABLES.items()}
TABLE_CASES["with people and notes"] = Case(
    "Title\tAuthors\tURL\tNotes\nFlashAttention\tTri Dao; Daniel Y. Fu\thttps://example.org/flash\tRead it.\n",
    "    - title: FlashAttention\n      authors: [Tri Dao, Daniel Y. Fu]\n      url: https://example.org/flash\n"
    "      note: Read it.\n",
    "a table with tabs",
    "pasted-table",
)
MAIL = {
    "keys": Case(
        "> - title: FlashAttention\n>   url: https://example.org/flash\n", LINKED, "a quoted e-mail", "pasted-mail"
    ),
    "keys, quoted twice": Case(
        "    >> - title: FlashAttention\n    >>   url: https://example.org/flash\n",
        LINKED,
        "a quoted e-mail",
        "pasted-mail",
    ),
    "bullets": Case(
        "> * FlashAttention: https://example.org/flash\n> * B, https://example.org/b\n",
        LINKED + "    - title: B\n      url: https://example.org/b\n",
        "a quoted e-mail",
        "pasted-mail",
    ),
}
CASES = {
    f"{group}: {name}": case
    for group, cases in (
        ("BibTeX", BIBTEX_CASES),
        ("export", EXPORTS),
        ("record", RECORDS),
        ("reference", REFERENCES),
        ("tags", TAGS),
        ("markup", MARKUP_CASES),
        ("table", TABLE_CASES),
        ("mail", MAIL),
    )
    for name, case in cases.items()
}


@pytest.mark.parametrize("name", CASES)
def test_a_paste_is_one_error_and_becomes_a_reading(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    text = ABOVE + case.pasted + BELOW
    mini = date_mini(tmp_path, SYLLABUS, text)
    assert mini.found == [f"error[{case.name}]: this is {case.what}; a reading has keys such as `title:` and `url:`"]
    after = apply_fixes(mini.diagnostics)["readings.yaml"]
    assert after == ABOVE + case.becomes + BELOW
    assert date_mini(tmp_path, SYLLABUS, after).found == []


@pytest.mark.parametrize("name", CASES)
def test_the_remedy_shows_the_lines(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    (found,) = date_mini(tmp_path, SYLLABUS, ABOVE + case.pasted + BELOW).diagnostics
    if "braces" in name:
        first, more = case.becomes.splitlines()[0].strip(), case.becomes.count("\n") - 1
        assert found.help == f"write {first}; likewise on {more} more line{'s' if more > 1 else ''}"
        return
    head, _, lines = (found.help or "").partition("\n")
    assert head == "write in its place:"
    shown = case.becomes if name != "BibTeX: fields in a reading" else case.becomes.partition("\n")[2]
    assert lines == shown.rstrip("\n")


LONG = "write title: and the title, and below it "
# Lines that lack a title, or whose place is not sure: what is said of them, and what to write.
NAMED = {
    "a DOI": ("    - doi:10.1145/1.2\n", "a DOI", f"{LONG}doi: 10.1145/1.2"),
    "DOIs": ("10.1145/1.2\n10.1145/3.4\n10.1145/5.6\n", "a DOI", f"{LONG}doi: 10.1145/1.2; likewise on 2 more lines"),
    "a DOI with capitals": ("    - DOI: 10.1145/1.2.\n", "a DOI", f"{LONG}doi: 10.1145/1.2"),
    "arXiv": ("    arXiv:1706.03762 [cs.CL]\n", "an arXiv number", f"{LONG}arxiv: 1706.03762"),
    "addresses": (
        "https://example.org/b\nhttps://example.org/c\n",
        "an address",
        f"{LONG}url: https://example.org/b; likewise on 1 more line",
    ),
    "a title in quotes": ("    “Flash: fast”\n", "a title in quotes", 'write - title: "Flash: fast"'),
}


@pytest.mark.parametrize("case", NAMED)
def test_what_lacks_a_title_is_named(case: str, tmp_path: Path) -> None:
    pasted, what, help = NAMED[case]
    (found,) = date_mini(tmp_path, SYLLABUS, ABOVE + pasted + BELOW).diagnostics
    assert (found.name, found.message) == (
        "citation",
        f"this is {what}; a reading has keys such as `title:` and `url:`",
    )
    assert (found.help, found.fix) == (help, ())


def test_an_address_below_a_reading_with_one_is_a_new_reading(tmp_path: Path) -> None:
    address = "    https://example.org/b\n"
    (found,) = date_mini(tmp_path, SYLLABUS, ABOVE + address + BELOW).diagnostics
    assert found.message == "the reading above already has an address, so this is a new reading"
    assert found.help == "write - title: and the title, and below it url: https://example.org/b"
    (found,) = date_mini(
        tmp_path, SYLLABUS, "knots:\n  required:\n    - title: Hitches\n" + address + BELOW
    ).diagnostics
    assert found.name == "lonely-text", "it may be the address of the reading above"


PAGES = {
    "Semantic Scholar": (
        "Attention is All you Need\nA. Vaswani, Noam Shazeer, +5 authors, Illia Polosukhin\n"
        "Published in Neural Information… 12 June 2017\nComputer Science\n\nTLDR\n"
        "A new architecture: the Transformer.\n",
        "    - title: Attention is All you Need\n      authors: [A. Vaswani, Noam Shazeer, Illia Polosukhin]\n"
        "      venue: Neural Information…\n      year: 2017",
    ),
    "the ACM Digital Library": (
        "Attention is all you need\nAuthors: Ashish Vaswani, Noam Shazeer Authors Info & Claims\n"
        "NIPS'17: Proceedings\nPages 6000 - 6010\nPublished: 04 December 2017\nAbstract:\nWe propose it.\n",
        "    - title: Attention is all you need\n      authors: [Ashish Vaswani, Noam Shazeer]\n      year: 2017",
    ),
    "OpenReview": (
        "    Adam: A Method\n    Diederik P. Kingma, Jimmy Ba\n"
        "    Published: 22 Dec 2014, Last Modified: 12 Mar 2024\n    Keywords: optimization\n",
        '    - title: "Adam: A Method"\n      authors: [Diederik P. Kingma, Jimmy Ba]\n      year: 2014',
    ),
}


@pytest.mark.parametrize("site", PAGES)
def test_a_copied_page_is_one_error(site: str, tmp_path: Path) -> None:
    pasted, shown = PAGES[site]
    (found,) = date_mini(tmp_path, SYLLABUS, ABOVE + pasted + BELOW).diagnostics
    assert found.message == f"this is a page of {site}; a reading has keys such as `title:` and `url:`"
    assert (found.help, found.fix) == (UNDECIDED + shown, ())


LISTS = {
    "of a word processor": ("•\tFlashAttention\n•\tB: a study\n", "•", '    - FlashAttention\n    - "B: a study"\n'),
    "with numbers and addresses": (
        "    1. FlashAttention, https://example.org/flash\n    2. B\n",
        "1.",
        LINKED + "    - B\n",
    ),
    "with links": (
        "* [B](https://example.org/b)\n* FlashAttention (https://example.org/flash)\n",
        "*",
        '    - "[B](https://example.org/b)"\n' + LINKED,
    ),
}


@pytest.mark.parametrize("case", LISTS)
def test_a_list_with_other_bullets_is_one_error(case: str, tmp_path: Path) -> None:
    pasted, bullet, becomes = LISTS[case]
    mini = date_mini(tmp_path, SYLLABUS, ABOVE + pasted + BELOW)
    assert mini.found == [f"error[bullet]: a list item begins with a hyphen and a space, not with `{bullet}`"]
    after = apply_fixes(mini.diagnostics)["readings.yaml"]
    assert after == ABOVE + becomes + BELOW
    assert date_mini(tmp_path, SYLLABUS, after).found == []


MOVE = "delete this line, and move the reading below `optional:` of its meeting"
FLAGS = {
    "Optional: yes": MOVE,
    "optional: true": MOVE,
    "required: no": MOVE,
    "mandatory: True": "delete this line: the reading is below `required:`",
    "optional: false": "delete this line: the reading is below `required:`",
}


@pytest.mark.parametrize("flag", FLAGS)
def test_a_key_that_says_that_a_reading_is_optional(flag: str, tmp_path: Path) -> None:
    (found,) = date_mini(tmp_path, SYLLABUS, f"{ABOVE}      {flag}\n{BELOW}").diagnostics
    assert (found.name, found.message) == ("unknown-key", f"a reading has no key `{flag.partition(':')[0]}`")
    assert (found.help, found.fix) == (FLAGS[flag], ())


# Where a paste is, and what the file becomes.
PLACES = {
    "in an empty list": ("knots:\n  required:\n" + BIBTEX, "knots:\n  required:\n" + FLASH),
    "under a meeting": ("knots:\n" + BIBTEX, "knots:\n" + indent(FLASH, 0).replace("\n  ", "\n").removeprefix("  ")),
    "above other readings": (
        "knots:\n  required:\n" + BIBTEX + "  - title: B\n",
        "knots:\n  required:\n" + FLASH.replace("\n  ", "\n").removeprefix("  ") + "  - title: B\n",
    ),
    "between two readings": (ABOVE + BIBTEX + "    - title: B\n", ABOVE + FLASH + "    - title: B\n"),
    "at the end": (ABOVE + "\n" + BIBTEX.rstrip(), ABOVE + "\n" + FLASH.rstrip()),
    "below pasted Markdown": (
        "knots: |\n  - [B](https://example.org/b)\n@misc{a, title={Flash}, doi={10.1145/1.2}, year={2022}}\n",
        "knots: |\n  - [B](https://example.org/b)\n  - [Flash](https://doi.org/10.1145/1.2). 2022\n",
    ),
    "with ends of lines as on Windows": (
        (ABOVE + BIBTEX + BELOW).replace("\n", "\r\n"),
        (ABOVE + FLASH + BELOW).replace("\n", "\r\n"),
    ),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_reading_takes_the_indent_of_its_place(place: str, tmp_path: Path) -> None:
    before, after = PLACES[place]
    mini = date_mini(tmp_path, SYLLABUS, before)
    assert len(mini.found) == 1
    assert apply_fixes(mini.diagnostics)["readings.yaml"] == after
    assert date_mini(tmp_path, SYLLABUS, after).found == []


UNDECIDED = "write in its place, with the title, the authors and the year where they belong:\n"
ELSEWHERE = "write it below `required:` or `optional:` of its meeting:\n"
# What is not sure: the remedy is shown, and the file stays.
UNSURE = {
    "no closing brace": (ABOVE + BIBTEX.rstrip("}\n") + "}\n\n" + BELOW, UNDECIDED + FLASH),
    "lines above a DOI": (
        ABOVE + "FlashAttention: Fast\nTri Dao, Daniel Y. Fu\nhttps://doi.org/10.1145/1.2\n" + BELOW,
        UNDECIDED
        + '    - title: "FlashAttention: Fast"\n      authors: [Tri Dao, Daniel Y. Fu]\n      doi: 10.1145/1.2',
    ),
    "inside of a reading": (
        "knots:\n  required:\n    - title: B\n" + BIBTEX + "      url: https://example.org/b\n",
        ELSEWHERE + FLASH,
    ),
    "above a list": ("knots:\n" + BIBTEX + "  required:\n    - title: B\n", ELSEWHERE + FLASH),
    "above all meetings": (BIBTEX + BELOW, ELSEWHERE + FLASH),
    "no title": (ABOVE + "@misc{a, year={2022}}\n", "write title: and the title, and below it url: and the address"),
    "a row with other cells": (
        ABOVE + "    | [B](https://example.org/b) | Ada Lovelace | week 3 |\n" + BELOW,
        UNDECIDED + "    - title: B\n      url: https://example.org/b\n      note: Ada Lovelace; week 3",
    ),
    "a letter": (
        ABOVE + "> Please add B: https://example.org/b\n> Thanks!\n" + BELOW,
        UNDECIDED + "    - title: Please add B\n      url: https://example.org/b",
    ),
    "Markdown without its addresses": (
        ABOVE + "    [1]: https://example.org/b\n" + BELOW,
        "write title: and the title, and below it url: https://example.org/b",
    ),
    "the title is there": (
        ABOVE + "    - title: Flash\n      @misc{a, title={Flash}}\n",
        "write in its place:\n    - title: Flash",
    ),
}


@pytest.mark.parametrize("case", UNSURE)
def test_what_is_not_sure_is_shown_and_stays(case: str, tmp_path: Path) -> None:
    text, help = UNSURE[case]
    (found,) = date_mini(tmp_path, SYLLABUS, text).diagnostics
    assert (found.help, found.fix) == (help.rstrip("\n"), ())
    assert found.name in ("citation", "pasted-mail", "pasted-markup", "pasted-table")


DIFFS = {
    "lines with a plus": (
        "+    - title: FlashAttention\n+      url: https://example.org/flash\n",
        "delete the `+` at the start of these 2 lines",
    ),
    "a line with a plus": ("+    - FlashAttention\n", "delete the `+` at the start of this line"),
    "a hunk": (
        "@@ -3,0 +4,2 @@ knots:\n+    - title: FlashAttention\n+      url: https://example.org/flash\n",
        "delete the lines that Git adds above the change, and the `+` at the start of the new lines",
    ),
    "all of it": (
        "diff --git a/readings.yaml b/readings.yaml\nindex 123abc4..456def7 100644\n--- a/readings.yaml\n"
        "+++ b/readings.yaml\n@@ -3,0 +4,2 @@ knots:\n+    - title: FlashAttention\n"
        "+      url: https://example.org/flash\n",
        "delete the lines that Git adds above the change, and the `+` at the start of the new lines",
    ),
}


@pytest.mark.parametrize("case", DIFFS)
def test_a_diff_becomes_what_it_adds(case: str, tmp_path: Path) -> None:
    pasted, help = DIFFS[case]
    mini = date_mini(tmp_path, SYLLABUS, ABOVE + pasted + BELOW)
    (found,) = mini.diagnostics
    assert (found.name, found.message, found.help) == (
        "pasted-diff",
        "this is a diff, not the file that it changes",
        help,
    )
    after = apply_fixes(mini.diagnostics)["readings.yaml"]
    added = [line[1:] for line in pasted.splitlines() if line.startswith("+ ")]
    assert after == ABOVE + "".join(f"{line}\n" for line in added) + BELOW
    assert date_mini(tmp_path, SYLLABUS, after).found == []


def test_a_diff_with_other_lines_stays(tmp_path: Path) -> None:
    pasted = "@@ -3,2 +3,3 @@ knots:\n     - title: Hitches\n-      url: https://example.org/h\n+      year: 2022\n"
    (found,) = date_mini(tmp_path, SYLLABUS, ABOVE + pasted + BELOW).diagnostics
    assert (found.name, found.fix) == ("pasted-diff", ())
    assert found.help == "keep the new lines, without the `+` before them, and delete the others"


def test_a_diff_in_the_syllabus(tmp_path: Path) -> None:
    syllabus = SYLLABUS.replace("course:", "+course:")
    mini = date_mini(tmp_path, syllabus.replace("+course: Knots", "+course:\n+  title: Knots"), BELOW)
    assert [each.name for each in mini.diagnostics] == ["pasted-diff"]
    assert date_mini(tmp_path, apply_fixes(mini.diagnostics)["syllabus.yaml"], BELOW).found == []


def test_readings_above_the_first_meeting(tmp_path: Path) -> None:
    text = "# An example:\n    - title: A\n      url: https://example.org/a\n# More.\n\n" + BELOW
    (found,) = date_mini(tmp_path, SYLLABUS, text).diagnostics
    assert (found.name, found.span.line, found.fix) == ("no-meeting", 2, ())
    assert found.message == "a reading belongs under a meeting, and no meeting is above it"
    assert found.help == "move these 2 lines below `required:` or `optional:` of its meeting, such as `links:`"


COMMENTS = {
    "#     - title: Roofline\n#       url: https://dl.acm.org/1\n": ["commented-reading"],
    "#     - title: A title\n#       url: https://example.org/paper.pdf\n": [],
    "#     - title: A title\n": [],
}


@pytest.mark.parametrize("comment", COMMENTS)
def test_a_reading_in_a_comment(comment: str, tmp_path: Path) -> None:
    found = date_mini(tmp_path, SYLLABUS, "# Like this:\n" + comment + BELOW).diagnostics
    assert [each.name for each in found] == COMMENTS[comment]
    assert date_mini(tmp_path, SYLLABUS, BELOW + comment).found == [], "below a meeting it may be kept for later"


# What looks like a paste and is not one: YAML takes it, and it means what it says.
RIGHT = [
    '    - {"title": "FlashAttention", "url": "https://example.org/flash"}\n',
    '    - "Dao, T. (2022). FlashAttention: Fast attention. NeurIPS, 35."\n',
    "    - Tri Dao and Dan Fu. 2022. FlashAttention. In NeurIPS.\n",
    "    - title: A\n      note: |\n        @misc{a, title={A}}\n",
    "    - title: A\n      note: >\n        +    - title: B\n",
    "    # @misc{a, title={A}}\n",
    '    - "@home, a study"\n',
    "    - title: A = {b}\n",
    "    - LeCun, Y., Bengio, Y. & Hinton, G. Deep learning. Nature 521, 436–444 (2015).\n",
    '    - "[Flash](https://example.org/flash) explains [all](https://example.org/all) of it"\n',
    "    - A list[int], and a | b\n",
    "    - title: A\tB\n",
    "    - title: A\n      doi: 10.1145/1.2\n",
    "    - title: A\n      note: See\n        [1] here\n        Dao T, Fu D. A. B. 2015;1.\n",
    "    - title: A\n      note: |\n        > quoted\n        1. one\n",
    "    - Title, in two parts, 2020\n",
    "    - title: A\n      note: See the rows\n        | a | b |\n        | c | d |\n",
]


LEFT = [
    "    - '`Beta <https://example.org/b>`_'\n",
    "    - See\n      https://example.org\n",
    "    - https://example.org\n",
]


@pytest.mark.parametrize("lines", LEFT)
def test_what_yaml_takes_as_text_is_no_paste(lines: str) -> None:
    assert find_pasted(Source("readings.yaml", ABOVE + lines + BELOW), readings=True) == []


@pytest.mark.parametrize("lines", RIGHT)
def test_what_is_right_stays(lines: str, tmp_path: Path) -> None:
    assert date_mini(tmp_path, SYLLABUS, ABOVE + lines + BELOW).found == []
    assert find_pasted(Source("readings.yaml", ABOVE + lines + BELOW), readings=True) == []

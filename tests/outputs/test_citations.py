"""The files for reference managers, each read back by a reader of its kind, and what pages have for them."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from jsonschema import Draft7Validator
from pylatexenc.latex2text import LatexNodes2Text

from courseweek.files.stored import read_whole
from courseweek.published.citations.citation_files import FORMATS
from tests.sites import COURSES, ROOT, make_in_memory, write_course

ALL = {
    "whole": ROOT,
    **{path.parent.name: path.parent for path in sorted((ROOT / "examples").glob("*/syllabus.yaml"))},
    **{path.parent.name: path.parent for path in sorted(COURSES.glob("*/syllabus.yaml"))},
}
NOW = datetime(2027, 3, 1, 12)
SYLLABUS = """
course: {title: Knots, url: https://example.edu/knots}
term:
  starts: 2027-02-01
  ends: 2027-03-12
  timezone: Europe/Zurich
  meets: {days: Monday, time: 10:00-12:00}
schedule:
  - {topic: Knots, id: knots}
  - {topic: Braids, id: braids}
"""

# What citation processors know (CSL 1.0.2, appendices III and IV), as far as it is written here.
TYPES = """
article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset
document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation
manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical
personal_communication post post-weblog regulation report review review-book software song speech standard thesis
treaty webpage
"""
TEXT = {"type": "string", "minLength": 1, "pattern": r"^[^\x00-\x1f]+$"}
NAME = {
    "type": "object",
    "properties": dict.fromkeys(("family", "given", "suffix", "literal"), TEXT),
    "additionalProperties": False,
    "oneOf": [{"required": ["family"]}, {"required": ["literal"]}],
}
NAMES = {"type": "array", "items": NAME, "minItems": 1}
YEAR = {"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 3}
TEXTS = "title container-title collection-title publisher edition page number DOI URL language"
CSL = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "id": TEXT,
            "type": {"enum": TYPES.split()},
            **dict.fromkeys(TEXTS.split(), TEXT),
            "author": NAMES,
            "editor": NAMES,
            "issued": {
                "type": "object",
                "properties": {"date-parts": {"type": "array", "items": YEAR, "minItems": 1, "maxItems": 2}},
                "additionalProperties": False,
            },
        },
        "required": ["id", "type", "title"],
        "additionalProperties": False,
    },
}


def make(folder: Path, readings: Mapping[str, Iterable[Any]]) -> dict[str, str]:
    """Return the files of the site of a course with these readings, those that are texts."""
    files = {"syllabus.yaml": SYLLABUS, "readings.yaml": json.dumps(readings, ensure_ascii=False)}
    return texts_of(write_course(folder, files))


def texts_of(course: Path) -> dict[str, str]:
    artifacts = make_in_memory(course, NOW).artifacts
    ends = (".html", *(f".{end}" for end in FORMATS))
    return {path: read_whole(content).decode("utf-8") for path, content in artifacts.items() if path.endswith(ends)}


def plain(latex: str) -> str:
    """Return the text that TeX would set; what keeps capitals does not show."""
    known = latex.replace(r"\textbraceleft{}", r"\{").replace(r"\textbraceright{}", r"\}")
    shown: str = LatexNodes2Text().latex_to_text(known.replace("--", "{-}{-}"))
    return shown.replace("\u02c6", "^").replace("\u02dc", "~")


def read_bibtex(text: str) -> dict[str, dict[str, str]]:
    library = parse_string(text)
    assert library.failed_blocks == []
    assert len(library.entries) == len(library.blocks) == len(re.findall(r"(?m)^@", text))
    return {entry.key: {field.key: field.value for field in entry.fields} for entry in library.entries}


def read_ris(text: str) -> list[dict[str, Any]]:
    assert text.count("\r\n") == text.count("\n")
    entries: list[dict[str, Any]] = rispy.loads(text)
    assert len(entries) == len(re.findall(r"(?m)^TY  - ", text))
    assert {tag for each in entries for tag in each.get("unknown_tag", ())} <= {"ED"}
    return entries


def read_csl(text: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads(text)
    Draft7Validator(CSL).validate(items)
    return items


def read_coins(page: str) -> list[list[tuple[str, str]]]:
    """Return the values of each context object as Zotero decodes them: it throws at a bad `%` or a part without `=`."""
    found = []
    for title in re.findall(r'<span class="Z3988" title="([^"]*)"></span>', page):
        parts = [part.split("=") for part in html.unescape(title).split("&")]
        assert [part for part in parts if len(part) != 2] == []
        assert re.search(r"%(?![0-9A-F]{2})|[^\w.%=&~-]", html.unescape(title), re.ASCII) is None
        found.append([(key, unquote(value, errors="strict")) for key, value in parts])
    return found


@pytest.mark.parametrize("name", ALL)
def test_each_course_reads_back(name: str) -> None:
    files = texts_of(ALL[name])
    course = json.loads(files["course.json"])
    used = {each["id"]: each["title"] for each in course["readings"] if each["meetings"]}
    if not used:
        assert [path for path in files if path.endswith((".bib", ".ris"))] == []
        return
    written = {"": used} | {
        meeting["id"]: {id: used[id] for id in (*meeting["readings"]["required"], *meeting["readings"]["optional"])}
        for meeting in course["meetings"]
    }
    for id, readings in written.items():
        stem = f"meetings/{id}" if id else "readings"
        if f"{stem}.html" not in files or not readings:
            assert f"{stem}.bib" not in files or not id
            continue
        titles = sorted(" ".join(title.split()) for title in readings.values())
        bibtex = read_bibtex(files[f"{stem}.bib"])
        assert sorted(plain(entry["title"]) for entry in bibtex.values()) == titles
        assert sorted(each["title"] for each in read_ris(files[f"{stem}.ris"])) == titles
        csl = read_csl(files[f"{stem}.json"])
        assert sorted(each["title"] for each in csl) == titles
        assert [each["id"] for each in csl] == [*bibtex]
        coins = read_coins(files[f"{stem}.html"])
        assert len(coins) <= len(readings)
        assert [each for each in coins if not {key for key, _ in each} & {"rft.au", "rft.aucorp", "rft_id"}] == []


HOSTILE = {
    "an unbalanced brace": "Knots { and braids",
    "a stray brace": "Knots } and braids",
    "a final backslash": "Knots and braids \\",
    "commands": r"\input{/etc/passwd} \write18{rm} $x^2$ #1 ~ a_b 100% & more",
    "an entry": "Knots}} @book{evil, title = {Evil}}",
    "lines": "Knots\r\nER  - \r\nTY  - BOOK\nTI  - Evil",
    "separators": "Knots\u2028and\u2029braids",
    "HTML": "</pre></details><script>alert(1)</script>\"'><img src=x onerror=alert(1)>",
    "CDATA": "Knots ]]> and <![CDATA[",
    "signs of addresses": 'C++ & C#: 50 % + "x=y" <z>; a?b',
    "quotes": "“Knots”, «braids» and „links“ – 1984",
    "other scripts": "結び目と組紐 – Узлы – العقد – Nœuds – 매듭 🪢",
    "a long title": "Knots and braids " * 600 + "end",
    "nothing but punctuation": "?!...",
    "dots": "." * 10_000 + "a",
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_text_is_inert(case: str, tmp_path: Path) -> None:
    text = HOSTILE[case]
    bad = {
        "id": "bad",
        "title": text,
        "authors": [text[:200], "Watt, Ian"],
        "editors": [text[:200]],
        "in": text[:500],
        "venue": text[:200],
        "publisher": text[:200],
        "edition": text[:100],
        "year": 1999,
    }
    good = {"id": "good", "title": "Knots", "authors": ["Ian Watt"]}
    files = make(tmp_path, {"knots": [bad, good]})
    title = " ".join(text.split())
    bibtex = read_bibtex(files["readings.bib"])
    assert [*bibtex] == ["bad", "good"]
    assert plain(bibtex["bad"]["title"]) == title
    assert bibtex["good"]["author"] == "Watt, Ian"
    assert plain(bibtex["bad"]["booktitle"]) == " ".join(text[:500].split())
    ris = read_ris(files["readings.ris"])
    assert [each["title"] for each in ris] == [title, "Knots"]
    assert [each["title"] for each in read_csl(files["readings.json"])] == [title, "Knots"]
    for page in ("readings.html", "meetings/knots.html"):
        coins = read_coins(files[page])
        assert [dict(each).get("rft.atitle", dict(each).get("rft.title")) for each in coins] == [title, "Knots"]
        shown = re.findall(r'<pre dir="ltr" translate="no">([^<]*)</pre>', files[page])
        assert "\n\n".join(map(html.unescape, shown)) + "\n" == files["readings.bib"]


KINDS: dict[str, tuple[dict[str, Any], str, str, str]] = {
    "journal": ({"venue": "Past & Present", "pages": "65–76"}, "article", "JOUR", "article-journal"),
    "journal of a year": ({"venue": "CACM 1978"}, "article", "JOUR", "article-journal"),
    "conference": ({"venue": "SOSP'19"}, "inproceedings", "CONF", "paper-conference"),
    "proceedings": ({"in": "Proceedings of the Knot Workshop"}, "inproceedings", "CONF", "paper-conference"),
    "chapter": ({"in": "On Knots", "publisher": "MIT Press"}, "incollection", "CHAP", "chapter"),
    "book": ({"publisher": "MIT Press", "edition": "2"}, "book", "BOOK", "book"),
    "book in a series": ({"kind": "book", "venue": "Rope Series", "publisher": "Knot"}, "book", "BOOK", "book"),
    "thesis": ({"kind": "PhD thesis", "venue": "ETH Zurich"}, "phdthesis", "THES", "thesis"),
    "report": ({"kind": "technical report", "venue": "Sun Labs 1994"}, "techreport", "RPRT", "report"),
    "preprint": ({"arxiv": "2005.14165"}, "misc", "UNPB", "article"),
    "preprint by its address": ({"url": "https://arxiv.org/pdf/2005.14165.pdf"}, "misc", "UNPB", "article"),
    "blog": ({"kind": "blog post", "url": "https://example.org/"}, "misc", "BLOG", "post-weblog"),
    "video": ({"kind": "video", "url": "https://example.org/"}, "misc", "VIDEO", "motion_picture"),
    "talk": ({"kind": "talk"}, "misc", "SLIDE", "speech"),
    "web page": ({"url": "https://example.org/"}, "misc", "ELEC", "webpage"),
    "nothing known": ({}, "misc", "GEN", "document"),
    "DOI alone": ({"doi": "10.1145/3341301.3359646"}, "misc", "GEN", "document"),
}


@pytest.mark.parametrize("case", KINDS)
def test_what_a_reading_is(case: str, tmp_path: Path) -> None:
    fields, bibtex, ris, csl = KINDS[case]
    files = make(tmp_path, {"knots": [{"title": "Knots", "authors": ["Ian Watt"], **fields}]})
    assert files["readings.bib"].startswith(f"@{bibtex}{{")
    assert read_ris(files["readings.ris"])[0]["type_of_reference"] == ris
    assert read_csl(files["readings.json"])[0]["type"] == csl
    (coins,) = read_coins(files["readings.html"])
    assert ("rft.au", "Watt, Ian") in coins


ENTRIES: dict[str, tuple[dict[str, Any], str]] = {
    "an article": (
        {
            "title": "C++ and TensorFlow-Based ML: a Sixteenth-Century View (TFX)",
            "authors": ["Jean de La Fontaine", "King, Martin Luther, Jr.", "et al."],
            "venue": "CACM 1978",
            "pages": "65–76",
            "doi": "10.1145/359576.359579",
        },
        """\
@article{knots,
  title = {{C++} and {TensorFlow-Based} {ML}: a Sixteenth-Century View ({TFX})},
  author = {de La Fontaine, Jean and King, Jr., Martin Luther},
  journal = {CACM},
  year = {1978},
  pages = {65--76},
  doi = {10.1145/359576.359579},
}
""",
    ),
    "a chapter": (
        {
            "title": "Why 50% & more?",
            "authors": ["{Barnes and Noble, Inc.}", "山田 太郎", "UNESCO"],
            "in": "Knots_and_#braids",
            "editors": ["Goody, Jack"],
            "publisher": "Norton",
            "edition": "2",
            "pages": "ch. 3",
            "url": "https://example.org/a_b%20c?x={1}&y=~2",
            "language": "fr",
        },
        """\
@incollection{knots,
  title = {Why 50\\% \\& more?},
  author = {{Barnes and Noble, Inc.} and 山田, 太郎 and {UNESCO}},
  editor = {Goody, Jack},
  booktitle = {Knots\\_and\\_\\#braids},
  edition = {2},
  publisher = {Norton},
  language = {fr},
  url = {https://example.org/a_b%20c?x=%7B1%7D&y=~2},
}
""",
    ),
    "a paper of which only the address has the DOI": (
        {"title": "Knots", "venue": "SOSP'19", "url": "https://dl.acm.org/doi/pdf/10.1145/3341301.3359646?x=1"},
        """\
@inproceedings{knots,
  title = {Knots},
  booktitle = {SOSP'19},
  year = {2019},
  doi = {10.1145/3341301.3359646},
  url = {https://dl.acm.org/doi/pdf/10.1145/3341301.3359646?x=1},
}
""",
    ),
    "a file of the course": (
        {"title": "Knots", "url": "assets/knots.pdf", "arxiv": "2005.14165v2"},
        """\
@misc{knots,
  title = {Knots},
  eprint = {2005.14165v2},
  archiveprefix = {arXiv},
  url = {https://example.edu/knots/assets/knots.pdf},
}
""",
    ),
}


@pytest.mark.parametrize("case", ENTRIES)
def test_entries_of_bibtex(case: str, tmp_path: Path) -> None:
    fields, expected = ENTRIES[case]
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "knots.pdf").write_bytes(b"%PDF-1.4")
    assert make(tmp_path, {"knots": [{"id": "knots", **fields}]})["readings.bib"] == expected


def test_names_in_each_format(tmp_path: Path) -> None:
    authors = ["{Barnes and Noble, Inc.}", "Watt, Ian", "山田 太郎", "Plato", "Martin Luther King Jr.", "others"]
    files = make(tmp_path, {"knots": [{"title": "Knots", "authors": authors}]})
    assert read_ris(files["readings.ris"])[0]["authors"] == [
        "Barnes and Noble Inc.",
        "Watt, Ian",
        "山田, 太郎",
        "Plato",
        "King, Martin Luther, Jr.",
    ]
    assert read_csl(files["readings.json"])[0]["author"] == [
        {"literal": "Barnes and Noble, Inc."},
        {"family": "Watt", "given": "Ian"},
        {"family": "山田", "given": "太郎"},
        {"literal": "Plato"},
        {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
    ]
    (coins,) = read_coins(files["readings.html"])
    assert [each for each in coins if each[0].startswith("rft.au")] == [
        ("rft.aucorp", "Barnes and Noble, Inc."),
        ("rft.au", "Watt, Ian"),
        ("rft.au", "山田, 太郎"),
        ("rft.au", "Plato"),
        ("rft.au", "King, Martin Luther"),
    ]
    assert (
        "Barnes and Noble, Inc., Ian Watt, 山田 太郎, Plato, Martin Luther King Jr., <cite>Knots</cite>"
        in files["readings.html"]
    )


def test_sixty_authors(tmp_path: Path) -> None:
    letters = [chr(ord("A") + number % 26) + "bc" * (number // 26 + 1) for number in range(60)]
    authors = [f"Ada {each}" for each in letters]
    files = make(tmp_path, {"knots": [{"title": "Knots", "authors": authors}]})
    (entry,) = read_bibtex(files["readings.bib"]).values()
    assert entry["author"].split(" and ") == [f"{each}, Ada" for each in letters]
    assert len(read_csl(files["readings.json"])[0]["author"]) == 60


@pytest.mark.parametrize(
    ("ids", "keys"),
    [
        (["spark", "Spark", "SPARK"], ["spark", "Spark-2", "SPARK-3"]),
        (["spark", "spark-2", "Spark"], ["spark", "spark-2", "Spark-3"]),
        (["Étude", "etude"], ["Etude", "etude-2"]),
        (["結び目"], ["reading-d5675c12"]),
    ],
)
def test_keys_are_ascii_and_differ_in_more_than_case(ids: list[str], keys: list[str], tmp_path: Path) -> None:
    files = make(tmp_path, {"knots": [{"title": f"Number {at}", "id": id} for at, id in enumerate(ids)]})
    assert [*read_bibtex(files["readings.bib"])] == keys
    assert [each["id"] for each in read_csl(files["readings.json"])] == keys


def test_a_reading_used_twice_is_written_once(tmp_path: Path) -> None:
    knots = {"title": "Knots", "id": "k", "authors": ["Ian Watt"]}
    files = make(tmp_path, {"knots": [knots], "braids": [{"reuse": "k"}, {"title": "Braids", "doi": "10.1000/b"}]})
    assert [*read_bibtex(files["readings.bib"])] == ["k", "braids"]
    assert [*read_bibtex(files["meetings/knots.bib"])] == ["k"]
    assert [*read_bibtex(files["meetings/braids.bib"])] == ["k", "braids"]
    assert len(read_coins(files["readings.html"])) == 2
    assert len(read_coins(files["meetings/braids.html"])) == 2
    assert read_coins(files["index.html"]) == []
    assert "Cite" not in files["index.html"]
    assert "Z3988" not in files["syllabus.html"]


def test_what_can_not_be_cited_is_in_the_files_alone(tmp_path: Path) -> None:
    readings = ["[Knots](https://example.org/knots) and more", {"title": "Braids", "arxiv": "2005.14165"}]
    files = make(tmp_path, {"knots": readings})
    assert read_coins(files["readings.html"]) == []
    assert files["readings.html"].count("<summary>Cite</summary>") == 1
    assert [each["title"] for each in read_csl(files["readings.json"])] == ["Knots", "Braids"]


def test_pages_lead_to_the_files(tmp_path: Path) -> None:
    files = make(tmp_path, {"knots": [{"title": "Knots"}]})
    for page, stem in (("readings.html", "readings"), ("meetings/knots.html", "knots")):
        links = re.findall(r'<a href="([^"]*)" download>([^<]*)</a>', files[page])
        assert links == [(f"{stem}.{end}", label) for end, label in FORMATS.items()]
    assert " download" not in files["meetings/braids.html"]
    assert "meetings/braids.bib" not in files


def test_without_pages_of_meetings_there_are_only_the_files_of_the_course(tmp_path: Path) -> None:
    text = f"{SYLLABUS}\nsite: {{meeting_pages: no}}\n"
    course = write_course(tmp_path, {"syllabus.yaml": text, "readings.yaml": "knots: [Knots]"})
    files = texts_of(course)
    assert sorted(path for path in files if not path.endswith(".html")) == [
        "course.json",
        "readings.bib",
        "readings.json",
        "readings.ris",
    ]

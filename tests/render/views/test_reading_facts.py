"""What is shown of a reading: the last names of its authors, its pages, its edition, its book."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from courseweek.files.stored import read_whole
from courseweek.language.locale import EN
from courseweek.model.author import last_name
from courseweek.render.views.reading_facts import name_edition, name_pages, name_people
from tests.sites import SIX_LINES, make_in_memory, write_course

LAST_NAMES = {
    "Ian Watt": "Watt",
    "Ursula K. Le Guin": "Le Guin",
    "Simone de Beauvoir": "de Beauvoir",
    "Ludwig van Beethoven": "van Beethoven",
    "Ludwig Mies van der Rohe": "van der Rohe",
    "Sor Juana Inés de la Cruz": "de la Cruz",
    "Agrippa d'Aubigné": "d'Aubigné",
    "Robert De Niro": "De Niro",
    "Van Morrison": "Morrison",
    "bell hooks": "hooks",
    "Goody, Jack": "Goody",
    "García Márquez, Gabriel": "García Márquez",
    "de Gaulle, Charles": "de Gaulle",
    "Martin Luther King, Jr.": "King",
    "Martin Luther King Jr.": "King",
    "King, Martin Luther, Jr.": "King",
    "Oliver Wendell Holmes, PhD": "Holmes",
    "Elizabeth II": "Elizabeth II",
    "J. R. R. Tolkien": "Tolkien",
    "Anne-Marie Slaughter": "Slaughter",
    "Li Wei": "Wei",
    "Li, Wei": "Li",
    "李伟": "李伟",
    "村上 春樹": "村上 春樹",
    "김 소월": "김 소월",
    "Ibn Khaldun": "Ibn Khaldun",
    "Plato": "Plato",
    "OpenAI": "OpenAI",
    "{Barnes and Noble, Inc.}": "Barnes and Noble, Inc.",
    "Barnes and Noble, Inc.": "Barnes and Noble, Inc.",
    "World Health Organization": "World Health Organization",
    "University of Chicago": "University of Chicago",
    "The Combahee River Collective": "The Combahee River Collective",
    "3M": "3M",
    ",": ",",
    "{}": "",
}
SHORT: dict[tuple[str, ...], tuple[str, str]] = {
    (): ("", ""),
    ("Jack Goody",): ("Goody", "Jack Goody"),
    ("Jack Goody", "Ian Watt"): ("Goody and Watt", "Jack Goody, Ian Watt"),
    ("Goody, Jack", "Watt, Ian"): ("Goody and Watt", "Goody, Jack; Watt, Ian"),
    ("Tri Dao", "Daniel Y. Fu", "Christopher Ré"): ("Dao et al.", "Tri Dao, Daniel Y. Fu, Christopher Ré"),
    ("Tri Dao", "et al."): ("Dao et al.", "Tri Dao, et al."),
    ("{Barnes and Noble, Inc.}",): ("Barnes and Noble, Inc.", "Barnes and Noble, Inc."),
}
PAGES = {
    "1-52": "pp. 1–52",
    "1 - 52": "pp. 1–52",
    "1--52": "pp. 1–52",
    "1–52": "pp. 1–52",
    "pp. 1-52": "pp. 1–52",
    "pages 1 to 52": "pp. 1–52",
    "p.5": "p. 5",
    "5": "p. 5",
    "xi-xx, 3-5": "pp. xi–xx, 3–5",
    "1-3, 7 and 9": "pp. 1–3, 7 and 9",
    "514a-521b": "pp. 514a–521b",
    "ch. 3": "ch. 3",
    "chapters 1-2": "chapters 1-2",
    "52 pages": "52 pages",
    "c": "c",
    "§ 4": "§ 4",
    "e1234": "e1234",
}
EDITIONS = {
    "2": "2nd ed.",
    "2nd": "2nd ed.",
    "3rd edition": "3rd ed.",
    "11": "11th ed.",
    "21": "21st ed.",
    "revised": "revised ed.",
    "Norton Critical Edition": "Norton Critical Edition",
    "2. Auflage": "2. Auflage",
}


@pytest.mark.parametrize("name", LAST_NAMES)
def test_the_last_name(name: str) -> None:
    assert last_name(name) == LAST_NAMES[name]


@pytest.mark.parametrize("names", SHORT)
def test_names_in_short_and_in_full(names: tuple[str, ...]) -> None:
    assert tuple(str(name_people(names, EN, full=full) or "") for full in (False, True)) == SHORT[names]


@pytest.mark.parametrize("pages", PAGES)
def test_pages(pages: str) -> None:
    assert name_pages(pages, EN) == PAGES[pages]


@pytest.mark.parametrize("edition", EDITIONS)
def test_editions(edition: str) -> None:
    assert name_edition(edition, EN) == EDITIONS[edition]


READINGS = """
opening:
  - title: Geflechte
    authors: [Jack Goody, Ian Watt, Ada Lovelace]
    in: Collected papers
    editors: [Serge Lang, John Tate]
    publisher: Springer
    edition: 2
    year: 1982
    pages: 416-441
    minutes: 90
    language: de
    url: scans/a b.pdf
    access: campus
  - {title: Alone, editors: Serge Lang}
  - "[Declaration](assets/scans/a%20b.pdf) in full"
"""
FACTS = "in Collected papers, eds. {} · 2nd ed. · Springer · 1982 · pp. 416–441 · 90 min · campus access"


def test_a_reading_on_the_schedule_and_on_its_page(tmp_path: Path) -> None:
    folder = write_course(
        tmp_path,
        {
            "syllabus.yaml": f"{SIX_LINES}schedule: [Opening, Middle, TBD]\n",
            "readings.yaml": READINGS,
            "assets/scans/a b.pdf": "%PDF-1.4\n",
        },
    )
    made = make_in_memory(folder, datetime(2026, 10, 1, tzinfo=UTC)).artifacts
    pages = {name: read_whole(made[name]).decode("utf-8") for name in ("index.html", "readings.html")}
    link = '<a href="assets/scans/a%20b.pdf" lang="de">Geflechte</a>'
    assert link in pages["index.html"]
    assert link in pages["readings.html"]
    assert "Geflechte Goody et al. · in Collected papers · 1982 · pp. 416–441 · campus access" in words(
        pages["index.html"]
    )
    full = FACTS.format("Serge Lang, John Tate")
    assert f"Geflechte Jack Goody, Ian Watt, Ada Lovelace · {full}" in words(pages["readings.html"])
    assert "Alone ed. Lang" in words(pages["index.html"])
    assert '<a href="assets/scans/a%20b.pdf">Declaration</a> in full' in pages["index.html"]


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())

"""Whole courses in each language: what their pages say, and that no place in a message stays open."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from courseweek.files.stored import read_whole
from tests.sites import COURSES, ROOT, SIX_LINES, make_in_memory, run_cli, write_course

NOW = datetime(2027, 3, 2, 18, tzinfo=UTC)
OPEN = re.compile(r">[^<]*\{[a-z]+\}[^<]*<")
"""A place for a value in a text, outside of the words for the script."""
EVERYTHING = COURSES / "everything"

SAID: Mapping[str, tuple[str, ...]] = {
    "en": ('<html lang="en">', "Week 2", "Mon 8 Mar", "Skip to the content"),
    "en-US": ('<html lang="en-US">', "Week 2", "Mon, Mar 8", "Times are Pacific time, America/Los_Angeles"),
    "de-CH": ('<html lang="de-CH">', "Woche 2", "Mo., 8. März", "Zum Inhalt springen"),
    "fr": ('<html lang="fr">', "Semaine 2", "lun. 8 mars", "Aller au contenu"),
    "es-MX": ('<html lang="es-MX">', "Semana 2", "lun, 8 mar", "Saltar al contenido"),
    "zh-CN": ('<html lang="zh-CN">', "第2周", "3月8日周一", "跳到正文"),
    "ar": ('<html lang="ar" dir="rtl">', "الأسبوع 2", "الاثنين، 8 مارس", "الانتقال إلى المحتوى"),
    "fi": ('<html lang="en">', "Week 2", "Mon 8 Mar", '<div class="prose" lang="fi">', '<bdi lang="fi">'),
}


def read_course(course: Path) -> dict[str, str | bytes]:
    return {
        path.relative_to(course).as_posix(): path.read_bytes()
        for path in course.rglob("*")
        if path.is_file() and "_site" not in path.parts
    }


def translate(course: Path, tag: str, folder: Path, site: str = "") -> dict[str, bytes]:
    """Build a copy of a course in another language; return its files by path."""
    files = read_course(course)
    syllabus = bytes(files["syllabus.yaml"]).decode("utf-8")  # type: ignore[arg-type]
    syllabus, changed = re.subn(r"\blanguage: [\w-]+", f"language: {tag}", syllabus, count=1)
    assert changed
    made = make_in_memory(write_course(folder, {**files, "syllabus.yaml": syllabus + site}), NOW).artifacts
    return {path: read_whole(data) for path, data in made.items()}


def speak(course: Path, tag: str, folder: Path, site: str = "") -> dict[str, str]:
    """Build a copy of a course in another language; return its pages by path."""
    made = translate(course, tag, folder, site)
    return {path: data.decode("utf-8") for path, data in made.items() if path.endswith(".html")}


@pytest.mark.parametrize("tag", SAID)
def test_a_course_speaks_its_language(tag: str, tmp_path: Path) -> None:
    pages = speak(EVERYTHING, tag, tmp_path)
    for text in SAID[tag]:
        assert text in pages["index.html"]
    for path, html in pages.items():
        assert not OPEN.search(re.sub("<pre.*?</pre>", "", html, flags=re.DOTALL)), path


def test_a_clock_and_words_of_its_own(tmp_path: Path) -> None:
    site = "site: {time: 12-hour, words: {week: Session, schedule: Plan}, calendar_week: yes}\n"
    home = speak(EVERYTHING, "en", tmp_path, site)["index.html"]
    for text in ("Session 2", "Plan</h2>", "calendar week 9", "PM"):
        assert text in home
    assert "Week 2" not in home


@pytest.mark.slow
@pytest.mark.parametrize("tag", SAID)
@pytest.mark.parametrize("example", sorted(path.name for path in (ROOT / "examples").iterdir()))
def test_each_example_in_each_language(example: str, tag: str, tmp_path: Path) -> None:
    for path, html in speak(ROOT / "examples" / example, tag, tmp_path).items():
        assert SAID[tag][0] in html, path
        assert not OPEN.search(re.sub("<pre.*?</pre>", "", html, flags=re.DOTALL)), path


def test_alerts_begin_with_the_word_of_the_language(tmp_path: Path) -> None:
    files = {**read_course(EVERYTHING), "content/plain.md": "> [!NOTE]\n> Eins.\n\n> [!WARNING]\n> Zwei.\n"}
    made = speak(write_course(tmp_path / "from", files), "de", tmp_path / "to")["plain.html"]
    assert re.findall("<strong>(.*?)</strong>", made) == ["Hinweis", "Warnung"]


SERIES = {
    "de": "Abgabe am Dienstag vor jeder Sitzung mit Pflichtlektüre um 23:30; "
    "verspätete Abgaben werden angenommen bis zum selben Tag um 23:59; "
    "Abgabe zu der Sitzung „Knots“ am Do., 18. Feb. um 23:30.",
    "fr": "À rendre le mardi précédant chaque séance avec lectures obligatoires à 23:30 ; "
    "dernier délai pour les travaux en retard : le jour même à 23:59 ; "
    "à rendre pour la séance « Knots » le jeu. 18 févr. à 23:30.",
    "es": "Entrega el martes anterior a cada sesión con lecturas obligatorias a las 23:30; "
    "las entregas fuera de plazo se aceptan hasta ese mismo día a las 23:59; "
    "entrega para la sesión «Knots» el jue, 18 feb a las 23:30.",
    "zh": "截止：每次有必读材料的课之前的星期二23:30；迟交作业最迟接收至当天23:59；“Knots”：截止2月18日周四23:30。",
    "ar": "التسليم يوم الثلاثاء السابق على كل لقاء له قراءات إلزامية الساعة 23:30؛ "
    "يُقبل التسليم المتأخر حتى يومها الساعة 23:59؛ "
    "التسليم لـ جلسة «Knots» يوم الخميس، 18 فبراير الساعة 23:30.",
}


@pytest.mark.parametrize("tag", SERIES)
def test_a_rule_is_a_sentence_of_the_language(tag: str, tmp_path: Path) -> None:
    home = speak(EVERYTHING, tag, tmp_path)["index.html"]
    assert SERIES[tag] in home


TIMES = {
    "Tue, Feb 16": False,
    "Mon, Feb 15": True,
    "Mon, Feb 15, 2027": True,
    "Mon, Feb 15, 5:00 PM": True,
    "Mon, Feb 15, 5:00 AM": False,
    "Mon, Feb 15, 5:00–6:00 PM": True,
    "Mon, Feb 15, 17:00": True,
    "Mon, Feb 15, 6:00 PM": False,
}


@pytest.mark.parametrize("words", TIMES)
def test_american_times_are_read_back(words: str, tmp_path: Path) -> None:
    syllabus = SIX_LINES.replace("course: ", "course:\n  language: en-US\n  title: ", 1)
    at = "2027-02-15T17:00:00-08:00" if ":" in words else "2027-02-15"
    page = f'By <time datetime="{at}">{words}</time>.\n'
    course = write_course(tmp_path, {"syllabus.yaml": syllabus, "content/plan.md": page})
    ran = run_cli("build", "--source", course, "--today", "2027-02-01")
    assert (f"`{words}` is shown for {at}" not in ran.err) is TIMES[words]

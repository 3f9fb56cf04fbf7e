"""What systems write around the name of a task, in the languages of those who teach."""

from __future__ import annotations

import pytest

from courseweek.lms.phrases import take_off_phrase

# By language: what is due, what closes, what opens, and what is to be graded.
LANGUAGES = {
    "en": ("{} is due", "{} closes", "{} opens", "{} is due to be graded"),
    "de": ("{} ist fällig.", "{} endet", "{} beginnt", "{} ist zur Bewertung fällig."),
    "fr": ("{} doit être rendu", "{} se termine", "{} s’ouvre", "{} doit être évalué"),
    "es": ("Vencimiento de {}", "Se cierra {}", "Se abre {}", "{} se debe calificar"),
    "pt-BR": (
        *("{} está marcado(a) para esta data", "Término de {}", "Início de {}"),
        "{} está com avaliação marcada para esta data",
    ),
    "pt": ("Termina o prazo de '{}'", "{} termina o prazo", "{} inicia", "Termina o prazo de avaliação de '{}'"),
    "it": ("{} è in scadenza", "{} chiude", "{} apre", "{} deve essere valutato"),
    "nl": ("{} moet worden ingeleverd", "{} sluit", "{} opent", "{} moet worden beoordeeld"),
    "pl": ("{} (termin oddania)", "{} zamyka się", "{} otwiera się", "{} - termin wystawienia ocen"),
    "tr": ("{} süresi doluyor", "{} kapanacak", "{} başlayacak", "{} not verilecek"),
    "sv": ("{} förfaller", "{} stänger", "{} öppnar", "{} ska betygsättas"),
    "zh-CN": ("{} 到期", "{}关闭", "{} 开启", "{} 待评分"),
    "zh-TW": ("{}已經過期", "{} 關閉", "{} 啟用", "{}已經過期無法計分"),
    "ja": ("{} の提出期限", "{} の受験可能期間終了", "{} の受験可能期間開始", "{} は評定期限です。"),
    "ar": ("{} مستحق", "{} يغلق", "{} يفتح", "{} مستحق لمنح التقدير"),
    "ru": ("{} - надо сдать", "{} закрывается", "{} открывается", "{} - должно быть оценено"),
    "ca": ("Venciment de {}", "{} es tanca el", "{} s'obre el", "{} s'ha de qualificar"),
}
NAME = "Übung 3: C++ – *Ferien*"


@pytest.mark.parametrize("phrases", LANGUAGES.values(), ids=LANGUAGES)
def test_moodle_in_many_languages(phrases: tuple[str, str, str, str]) -> None:
    read = [take_off_phrase(phrase.format(NAME), "Moodle") for phrase in phrases]
    assert read == [("due", NAME), ("due", NAME), ("never", NAME), ("never", NAME)]


@pytest.mark.parametrize(
    ("title", "system", "kind", "name"),
    [
        ("Essay is due (extension)", "Moodle", "extension", "Essay"),
        ("Read chapter 2 should be completed", "Moodle", "ends", "Read chapter 2"),
        ("What is due is due", "Moodle", "due", "What is due"),
        ("ESSAY IS DUE.", "Moodle", "due", "ESSAY"),
        ("is due", "Moodle", "other", "is due"),
        ("Tutorial", "Moodle", "other", "Tutorial"),
        ("", "Moodle", "other", ""),
        ("Essay - Due", "Brightspace", "due", "Essay"),
        ("Essay - Available", "Brightspace", "never", "Essay"),
        ("Essay - Availability Ends", "Brightspace", "ends", "Essay"),
        ("Essay is due", "Brightspace", "other", "Essay is due"),
        ("Due: Essay", "", "due", "Essay"),
        ("Library books due", "", "due", "Library books"),
        ("Lecture", "", "other", "Lecture"),
    ],
)
def test_kinds_of_entries(title: str, system: str, kind: str, name: str) -> None:
    assert take_off_phrase(title, system) == (kind, name)

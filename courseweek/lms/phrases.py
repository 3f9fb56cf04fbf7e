"""What learning-management systems write around the name of a task, in the languages of those who teach.

Moodle names an entry when somebody saves the activity, in the language of that person, and the name of the activity can
be anywhere in it. `{}` is that name. The phrases are those of Moodle's own language packs.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal

Kind = Literal["due", "ends", "extension", "never", "other"]
"""What an entry is: the deadline of a task; the end of when it is open, its deadline if it has no other; the deadline
of one student; surely not a deadline; or not known."""


def _list(phrases: str) -> tuple[str, ...]:
    """Return phrases that are written with `|` between them."""
    return tuple(each.strip() for each in phrases.replace("\n", "|").split("|") if each.strip())


_MOODLE: Mapping[Kind, tuple[str, ...]] = {
    "due": _list(
        """
        {} is due | {} closes | {} deadline for submissions | {} (Quiz closes) | {} (submissions deadline)
        {} ist fällig | {} endet | {} schließt | {} schliesst | {} Abgabetermin
        {} doit être rendu | {} est due | {} se termine | {} délai de remise | Délai de {}
        Vencimiento de {} | {} está pendiente | {} pendiente | Se cierra {} | {} cierra | {} cierran | {} cierre
        {} fecha límite para envíos
        {} está marcado(a) para esta data | {} é devido | Término de {} | {} - prazo limite de envios
        Termina o prazo de '{}' | {} termina o prazo | {} encerra
        {} è in scadenza | {} chiude | {} fine delle consegne | Devi intervenire in {}
        {} moet worden ingeleverd | {} moet klaar zijn | {} sluit | {} zal sluiten | {} deadline voor insturen
        {} (termin oddania) | Termin wykonania {} | {} zamyka się | {} ostateczny termin przesyłania prac
        {} süresi doluyor | {} kapanacak | {} kapanıyor | Gönderimler için {} son tarih
        {} förfaller | {} har förfallit | {} ska lämnas in | {} stänger | {} stängs
        {} 到期 | {} 已到期 | {} 已经到期 | {} 截止 | {} 关闭 | {} 已經過期 | {} 關閉 | {} 截止時間
        {} の提出期限 | {} の 提出期限 | {} は期限です | {} の終了日時 | {} の 終了日時 | {} 終了 | {} 非公開
        {} の受験可能期間終了 | {} の 受験可能期間終了
        {} مستحق | {} يغلق
        {} - надо сдать | {} закрывается | Закрывается {}
        Venciment de {} | Venciment del {} | {} es tanca | {} es tanca el
        """
    ),
    "extension": _list(
        """
        {} is due (extension) | {} ist fällig (Verlängerung) | {} doit être rendu (prolongation)
        {} est due (extension) | {} ha vencido (extensión)
        {} está vencido (prorrogação) | {} è in scadenza (estensione)
        {} moet klaar zijn (verlenging) | {} (przedłużony termin oddania) | {}'nın süresi bittii (uzatma)
        {} 到期 (延長)
        """
    ),
    "ends": _list(
        """
        {} should be completed | Abschluss erwartet für {} | {} doit être achevée | {} debería ser completado
        {} deve estar concluído | {} da completare | {} moet nog voltooid worden | {} powinno zostać ukończone
        {} tamamlanmalı | {} hauria d'estar completat
        """
    ),
    "never": _list(
        """
        {} is due to be graded | {} opens | {} opens for submissions | {} opens for assessment | {} (Quiz opens)
        {} deadline for assessment | {} is scheduled for
        {} ist zur Bewertung fällig | {} beginnt | {} öffnet | {} Abgabebeginn | {} Beginn der Beurteilungen
        {} Abgabetermin für Beurteilungen
        {} doit être évalué | {} doit être classé | {} s’ouvre | {} s'ouvre | {} ouverture des remises
        {} ouverture de l’évaluation | {} délai pour l’évaluation
        {} se debe calificar | {} está pendiente de ser calificado | Se abre {} | {} abre | {} abren
        {} se abre para envíos | {} se abre para evaluación | {} fecha límite para la evaluación
        {} está com avaliação marcada para esta data | Início de {} | {} - início de envios | {} inicia
        {} - início para avaliação | {} - prazo limite para avaliação | Termina o prazo de avaliação de '{}'
        {} deve essere valutato | {} apre | {} Inizio consegne | {} aperto per le valutazioni | {} fine valutazioni
        {} moet worden beoordeeld | {} opent | {} zal openen | {} gaat open voor insturen
        {} gaat open voor beoordeling | {} deadline voor beoordeling
        {} - termin wystawienia ocen | {} otwiera się | {} otwiera się przesyłanie prac
        {} (rozpoczyna się faza recenzowania) | {} ostateczny termin recenzowania
        {} not verilecek | {} notlandırılacak | {} başlayacak | {} açılacak | {} açılıyor
        {} başvurular için açıldı | {} değerlendirme için açıldı | {} (değerlendirme için son teslim tarihi)
        {} ska betygsättas | {} öppnar | {} öppnas
        {} 待评分 | {} 开启 | {} 开放 | {} 打开 | {} 啟用 | {} 開啟 | {} 已經過期無法計分
        {} は評定期限です | {} 公開 | {} 開始 | {} の受験可能期間開始 | {} の 受験可能期間開始
        {} مستحق لمنح التقدير | {} يفتح
        {} - должно быть оценено | {} открывается | Открывается {}
        {} s'ha de qualificar | {} s'obre | {} s'obre el
        """
    ),
}
_BRIGHTSPACE: Mapping[Kind, tuple[str, ...]] = {
    "due": _list("{} - Due | {} – Due | {} - À échéance | {} à échéance | {} - Fällig | {} - Vencimiento"),
    "ends": _list("{} - Availability Ends | {} - End Date | {} - Fin de la disponibilité"),
    "never": _list("{} - Available | {} - Availability Starts | {} - Start Date | {} - Disponible"),
}
_ANY: Mapping[Kind, tuple[str, ...]] = {
    "due": _list("{} - Due | {} is due | {} due | {} (due) | Due: {} | Deadline: {}"),
    "never": _list("{} opens | {} - Available"),
}
_OF_SYSTEM = {"Moodle": _MOODLE, "Brightspace": _BRIGHTSPACE}


def take_off_phrase(title: str, system: str) -> tuple[Kind, str]:
    """Return what an entry is, and the name of its task: its title without the phrase around it.

    The longest phrase that fits counts: "is due to be graded" is not "is due". Without one, the kind is `other`. Case
    and a full stop at the end don't matter.
    """
    bare = title.rstrip(".。 ")
    for before, after, kind in _phrases(system):
        name = bare[len(before) : len(bare) - len(after)].strip()
        if name and _same(bare[: len(before)], before) and _same(bare[len(bare) - len(after) :], after):
            return kind, name
    return "other", title


def _same(text: str, other: str) -> bool:
    return text.casefold() == other.casefold()


@cache
def _phrases(system: str) -> tuple[tuple[str, str, Kind], ...]:
    """Return the phrases of a system, the longest first, each as what is before and after the name.

    Those in scripts that write without spaces are there without them too.
    """
    made: list[tuple[str, str, Kind]] = []
    for kind, listed in _OF_SYSTEM.get(system, _ANY).items():
        for phrase in listed:
            dense = any("\u3040" <= char <= "\u9fff" for char in phrase)
            for each in (phrase, phrase.replace(" ", "")) if dense else (phrase,):
                before, _, after = each.partition("{}")
                made.append((before, after, kind))
    return tuple(sorted(made, key=lambda each: -len(each[0] + each[1])))

"""Keys as German, French and Spanish speakers write them, and what they are here, the likeliest first.

A course in another language has English keys all the same. Words that are English keys or synonyms too are left out.
"""

from __future__ import annotations

_MEANT = {
    "title topic name": "titel titre título titulo",
    "topic title": "thema sujet tema",
    "name title": "nom nombre",
    "date due year": "datum fecha",
    "due": "abgabe abgabefrist frist fällig faellig échéance echeance entrega vencimiento plazo",
    "starts from out": "anfang beginn début debut inicio comienzo",
    "ends to until": "ende fin",
    "until to ends": "bis hasta",
    "place": "ort raum lieu salle lugar sala",
    "time": "zeit uhrzeit heure horaire hora horario",
    "day date": "tag wochentag jour día dia",
    "days": "tage jours días dias",
    "weeks": "wochen semaines semanas",
    "authors": "autor autoren auteur auteurs autores",
    "publisher": "verlag éditeur editeur editorial",
    "editors": "herausgeber éditeurs editeurs editores",
    "year": "jahr année annee año",
    "pages": "seite seiten página páginas paginas",
    "kind role": "art typ tipo",
    "group groups name": "gruppe groupe grupo",
    "groups": "gruppen groupes grupos",
    "course": "kurs cours curso",
    "term name": "semestre trimestre",
    "lecturer staff": "dozent dozentin lehrkraft professeur enseignant profesor profesora",
    "staff": "dozenten lehrende personal personnel enseignants profesores",
    "role": "rolle rôle",
    "office_hours": "sprechstunde sprechstunden permanence permanences tutorías tutorias",
    "assignments": "aufgaben hausaufgaben devoirs tareas",
    "required": "pflicht pflichtlektüre obligatoire obligatorio obligatoria",
    "optional": "freiwillig facultatif opcional",
    "note": "notiz hinweis bemerkung remarque nota",
    "description note": "beschreibung descripción descripcion",
    "exam": "prüfung klausur examen",
    "grading": "benotung bewertung notation évaluation evaluación evaluacion",
    "weight": "gewicht gewichtung poids peso",
    "breaks": "ferien feiertage vacances vacaciones",
    "schedule events": "termine zeitplan calendrier programme programa calendario",
    "timezone": "zeitzone",
    "language": "sprache langue idioma",
    "guests": "gast gäste invité invités invitado invitados",
}

FOREIGN_WORDS = {word: meant for meant, words in _MEANT.items() for word in words.split()}
"""The keys that may be meant by each word."""

"""The footnotes of a text: the references to them, and their list below it."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element, SubElement

from courseweek.render.markdown.block_tree import Block
from courseweek.render.markdown.element_ids import make_footnote_label
from courseweek.render.markdown.own_classes import OWN


class Footnotes:
    """Numbers the footnotes of one text in the order in which it refers to them.

    `notes` has them by name in lower case; `unique`, if it is not 0, keeps their ids apart from those of other texts.
    """

    def __init__(self, notes: dict[str, Block], unique: int) -> None:
        self._notes = notes
        self._unique = unique
        self._numbers: dict[str, int] = {}
        self._times: dict[str, int] = {}

    def refer(self, written: str) -> Element | None:
        """Return the reference to a footnote, or None if no footnote has this name."""
        name = written.casefold()
        note = self._notes.get(name)
        if note is None:
            return None
        number = self._numbers.setdefault(name, len(self._numbers) + 1)
        self._times[name] = self._times.get(name, 0) + 1
        made = Element("sup", {"id": self._id_of_reference(note.fence, self._times[name])})
        link = SubElement(made, "a", {"href": f"#{self._id_of(note.fence)}", "class": f"{OWN}footnote-ref"})
        link.text = str(number)
        return made

    def _id_of(self, name: str) -> str:
        label = make_footnote_label(name)
        return f"fn:{self._unique}-{label}" if self._unique else f"fn:{label}"

    def _id_of_reference(self, name: str, time: int) -> str:
        again, label = str(time) if time > 1 else "", make_footnote_label(name)
        return f"fnref{again}:{self._unique}-{label}" if self._unique else f"fnref{again}:{label}"

    def add_to(self, root: Element, fill: Callable[[Element, Block], None]) -> None:
        """Put the list of all footnotes below a text; `fill` puts one into its entry."""
        if not self._notes:
            return
        made = SubElement(root, "div", {"class": f"{OWN}footnote"})
        made.text = made.tail = "\n"
        SubElement(made, "hr").tail = "\n"
        listed = SubElement(made, "ol")
        listed.text = listed.tail = "\n"
        notes = self._notes
        filled: dict[str, Element] = {}
        while len(filled) < len(notes):
            # A footnote may be the first to name another one. Those that nothing names come last.
            name = next((each for each in self._numbers if each not in filled), None)
            if name is None:
                name = next(each for each in notes if each not in filled)
            filled[name] = entry = SubElement(listed, "li", {"id": self._id_of(notes[name].fence)})
            entry.tail = "\n"
            fill(entry, notes[name])
        for number, (name, entry) in enumerate(filled.items(), start=1):
            self._lead_back(entry, notes[name].fence, number, max(self._times.get(name, 0), 1))

    def _lead_back(self, entry: Element, name: str, number: int, times: int) -> None:
        last = entry[-1] if len(entry) else entry
        if last.tag != "p":
            last = entry
        elif len(last):
            last[-1].tail = f"{last[-1].tail or ''}\u00a0"
        else:
            last.text = f"{last.text or ''}\u00a0"
        for time in range(1, times + 1):
            back = SubElement(
                last,
                "a",
                {
                    "href": f"#{self._id_of_reference(name, time)}",
                    "class": f"{OWN}footnote-backref",
                    "title": f"Jump back to footnote {number} in the text",
                },
            )
            back.text = "\u21a9"
            if time > 1:
                SubElement(back, "sup").text = str(time)
            if time < times:
                back.tail = " "

"""What a student can choose on the home page, and what the theme's scripts for it know on each page."""

from __future__ import annotations

from courseweek.model.course import Syllabus
from courseweek.render.direction import isolate_plain
from courseweek.render.views.layout_values import ChoiceView, ScriptOfChoicesView
from courseweek.schedule.own_choices import SECTION, Choice, list_choices


def view_choices(syllabus: Syllabus) -> tuple[ChoiceView, ...]:
    """Return the choices in words: "My group", or "My group: Lab" where several kinds of meetings have groups."""
    choices, locale = list_choices(syllabus), syllabus.locale
    of_groups = [each for each in choices if each.name != SECTION]

    def view(choice: Choice) -> ChoiceView:
        if choice.name == SECTION:
            return ChoiceView(choice.name, locale.gettext("My section"), locale.gettext("All sections"), choice.values)
        label = locale.gettext("My group")
        if len(of_groups) > 1 and choice.kind is not None:
            label = locale.gettext("My group: {kind}", kind=isolate_plain(choice.kind))
        return ChoiceView(choice.name, label, locale.gettext("All groups"), choice.values)

    return tuple(map(view, choices))


def view_script_of_choices(syllabus: Syllabus, script: str) -> ScriptOfChoicesView | None:
    """Return the script at an address and what it is given; None where there is nothing to choose."""
    choices = list_choices(syllabus)
    if not choices:
        return None
    values = (f"{each.name} {value}" for each in choices for value in each.values)
    return ScriptOfChoicesView(script, f"courseweek:{name_in_storage(syllabus)}:", "\n".join(values))


def name_in_storage(syllabus: Syllabus) -> str:
    """Return what names this course and its term in a browser's storage: all courses of one owner share an origin."""
    term = syllabus.term
    return f"{syllabus.code or syllabus.title}:{term.name or term.starts.isoformat()}"

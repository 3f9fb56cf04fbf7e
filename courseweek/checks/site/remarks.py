"""The remarks about rendered texts, each turned into diagnostics by the rule of its kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from courseweek.checks.site.element_ids import explain_bad_ids, explain_repeated_ids, explain_taken_ids
from courseweek.checks.site.formulas import explain_formulas
from courseweek.checks.site.images import explain_unnamed_images
from courseweek.checks.site.links import explain_refused_links, explain_unreadable_links, explain_wordless_links
from courseweek.checks.site.lost import (
    explain_across_comments,
    explain_cut_formulas,
    explain_left_out_tags,
    explain_open_comments,
    explain_surplus_rows,
    explain_unused_definitions,
)
from courseweek.checks.site.placed_text import PlacedText
from courseweek.diagnostics import Diagnostic
from courseweek.render.markdown.remarks import Remark, RemarkKind

Rule = Callable[[Sequence[Remark], PlacedText], Iterator[Diagnostic]]
"""From the remarks of one kind about a text to what is said of them."""

RULES: Mapping[RemarkKind, Rule] = {
    "refused-link": explain_refused_links,
    "wordless-link": explain_wordless_links,
    "unreadable-link": explain_unreadable_links,
    "unnamed-image": explain_unnamed_images,
    "formula": explain_formulas,
    "surplus-row": explain_surplus_rows,
    "unused-definition": explain_unused_definitions,
    "left-out-tag": explain_left_out_tags,
    "bad-id": explain_bad_ids,
    "taken-id": explain_taken_ids,
    "repeated-id": explain_repeated_ids,
    "across-comment": explain_across_comments,
    "endless-comment": explain_open_comments,
    "shown-comment": explain_open_comments,
    "cut-formula": explain_cut_formulas,
}
"""All kinds but `too-large`, which is reported where the text is rendered."""


def check_remarks(texts: Iterable[PlacedText]) -> Iterator[Diagnostic]:
    """Yield what the rules say of the remarks about these texts."""
    for text in texts:
        by_kind: dict[RemarkKind, list[Remark]] = {}
        # A text of the YAML files is rendered for each page that shows it.
        remarks = text.findings.remarks if text.page is not None else dict.fromkeys(text.findings.remarks)
        for remark in remarks:
            by_kind.setdefault(remark.kind, []).append(remark)
        for kind, some in by_kind.items():
            if kind in RULES:
                yield from RULES[kind](some, text)

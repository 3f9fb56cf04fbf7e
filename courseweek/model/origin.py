"""Where a value of the model was written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from courseweek.diagnostics import Span
from courseweek.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """The place of a thing and of each of its fields, so that any later stage can point at them.

    `span` is the thing's own place (the first value that names it), `fields` the place of each field's value
    by its key, `keys` that of the key itself.
    """

    span: Span
    fields: Mapping[str, Span] = field(default_factory=dict)
    keys: Mapping[str, Span] = field(default_factory=dict)

    def of(self, key: str) -> Span:
        """Return the place of the value written under `key`, or of the whole thing if it was not written."""
        return self.fields.get(key, self.span)

    def key(self, key: str) -> Span:
        """Return the place of the key itself, or of the whole thing if it was not written."""
        return self.keys.get(key, self.span)

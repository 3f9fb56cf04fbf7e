"""Regular expressions that are compiled when they are first used: of those here a build needs a third."""

from __future__ import annotations

import re
from typing import cast

_METHODS = ("search", "match", "fullmatch", "sub", "subn", "finditer", "findall", "split")
_NAMES = (*_METHODS, "pattern", "flags", "groups", "groupindex")


class _LazyPattern:
    """What a compiled pattern does. After the first use its methods are those of the compiled one, at their speed."""

    __slots__ = ("_flags", "_text", *_NAMES)

    def __init__(self, text: str, flags: int) -> None:
        self._text = text
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        """Return what is not there yet, and put all of the compiled pattern in its place."""
        if name not in _NAMES:
            raise AttributeError(name)
        compiled = re.compile(self._text, self._flags)
        for each in _NAMES:
            setattr(self, each, getattr(compiled, each))
        return getattr(compiled, name)

    def __reduce__(self) -> tuple[object, ...]:
        return _LazyPattern, (self._text, self._flags)


def lazy_pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern like that of `re.compile`; a mistake in the text is raised (re.error) at its first use."""
    return cast("re.Pattern[str]", _LazyPattern(text, flags))

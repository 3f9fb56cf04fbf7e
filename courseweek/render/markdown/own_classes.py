"""How the program's own classes differ from those that contributors write."""

from __future__ import annotations

import os

from courseweek.regex import lazy_pattern

OWN = f"own-{os.urandom(8).hex()}-"
"""What a class of the converter's own begins with until its text has been cleaned; rendered when the program starts.

Nobody can write it, and no page shows it.
"""

BARE = f"bare-{os.urandom(8).hex()}"
"""For an address without marks: if it is not an address after all, it is text."""

_OF_CODE = lazy_pattern(r"language-[A-Za-z0-9_+#.-]{1,40}")


def keep_classes(tag: str, value: str) -> str | None:
    """Return which classes of an element stay: the converter's own, and on code the name of its language."""
    classes = [name.removeprefix(OWN) for name in value.split() if name.startswith(OWN)]
    if tag == "code":
        classes += [name for name in value.split() if _OF_CODE.fullmatch(name)]
    return " ".join(classes) or None

"""Layouts as compiled by Jinja, kept from build to build as Python keeps its own modules compiled."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from jinja2.bccache import Bucket, BytecodeCache

from courseweek.cache import AnswerKind, Memory

_LAYOUT = AnswerKind[bytes]("layout", lambda code: code.decode("latin-1"), lambda text: text.encode("latin-1"))


class CompiledLayouts(BytecodeCache):
    """Jinja's store of compiled layouts, in the memory: what the memory has not sealed itself is never run."""

    def __init__(self, memory: Memory, is_own: Callable[[str], bool]) -> None:
        """Take the memory, and what recognizes a course's own layouts by file; all courses share the theme's.

        A course's own are compiled otherwise, with their bounds.
        """
        self._memory = memory
        self._is_own = is_own

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return what a layout's code depends on besides its text: its names are part of the code."""
        return f"{filename is not None and self._is_own(filename)}\0{name}\0{filename}"

    def get_source_checksum(self, source: str) -> str:
        """Return the key of a layout's text."""
        return sha256(source.encode("utf-8", "surrogatepass")).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Put the code into the bucket, if it is known."""
        code = self._memory_of(bucket).recall(_LAYOUT, f"{bucket.key}\0{bucket.checksum}")
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember the code in the bucket."""
        self._memory_of(bucket).keep(_LAYOUT, f"{bucket.key}\0{bucket.checksum}", bucket.bytecode_to_string())

    def _memory_of(self, bucket: Bucket) -> Memory:
        return self._memory if bucket.key.startswith("True") else self._memory.shared

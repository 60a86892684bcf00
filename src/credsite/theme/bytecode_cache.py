"""A cache of compiled templates on disk, so that a build that renders three pages does not compile thirty templates."""

from __future__ import annotations

import marshal
from contextlib import suppress
from pathlib import Path
from typing import Final

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from credsite.core.atomic_write import atomic_write
from credsite.core.code_version import code_digest
from credsite.core.hashing import combined_digest, digest

_COMPLETE: Final = "complete"
_LIBRARIES: Final = ("babel", "jinja2", "markupsafe")
_MODULES: Final = ("core/*.py", "schema/vocabularies.py", "theme/*.py")
"""The code whose results a compiled template may contain: Jinja applies filters to constants when it compiles."""
_CHECKSUM_LENGTH: Final = 32


class TemplateBytecodeCache(BytecodeCache):
    """The Python code of templates in ``folder``. Each file begins with a checksum, so damaged code is never run.

    ``state`` is what the code depends on beside a template's text: the theme, the language and the base path. Whoever may
    write to ``folder`` may run code, as may whoever writes a theme.
    """

    def __init__(self, folder: Path, state: str) -> None:
        self._folder = folder
        self._state = combined_digest([code_digest(_LIBRARIES, _MODULES), state])

    @property
    def is_complete(self) -> bool:
        """Whether the cache holds all templates as they are now."""
        try:
            return (self._folder / _COMPLETE).read_bytes() == self._state.encode()
        except OSError:
            return False

    def mark_complete(self) -> None:
        """Record that all templates have been compiled."""
        self._store(_COMPLETE, self._state.encode())

    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            data = (self._folder / bucket.key).read_bytes()
        except OSError:
            return
        checksum, code = data[:_CHECKSUM_LENGTH], data[_CHECKSUM_LENGTH:]
        if checksum == self._checksum(bucket, code):
            bucket.code = marshal.loads(code)  # noqa: S302 - a theme's own code

    def dump_bytecode(self, bucket: Bucket) -> None:
        code = marshal.dumps(bucket.code)
        self._store(bucket.key, self._checksum(bucket, code) + code)

    def _store(self, name: str, data: bytes) -> None:
        with suppress(OSError):  # a template that cannot be stored is compiled again next time
            self._folder.mkdir(parents=True, exist_ok=True)
            atomic_write(self._folder / name, data)

    def _checksum(self, bucket: Bucket, code: bytes) -> bytes:
        return combined_digest([self._state, bucket.checksum, digest(code)]).encode()

"""Keeps compiled templates in a folder, so that a build that renders three pages does not compile thirty templates."""

from __future__ import annotations

import marshal
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from credsite.core.code_version import code_digest
from credsite.core.hashing import combined_digest, digest

_COMPLETE: Final = "complete"


class TemplateBytecodeCache(BytecodeCache):
    """Python code of templates, each behind a digest: of a file that was damaged on the disk, no code is run.

    ``state`` is what the code depends on beside a template's text. Jinja works out filters of constants when it
    compiles, so that is the language, the words and the formats too. Whoever may write to ``folder`` may run code,
    as whoever may write a theme.
    """

    def __init__(self, folder: Path, state: str) -> None:
        self._folder = folder
        self._state = combined_digest(
            [code_digest(("babel", "jinja2", "markupsafe"), ("*.py", "theme/*.py")), state]
        )

    @property
    def are_complete(self) -> bool:
        """Whether all templates have been compiled as they are now."""
        try:
            return (self._folder / _COMPLETE).read_bytes() == self._state.encode()
        except OSError:
            return False

    def mark_complete(self) -> None:
        """Remember that all templates have been compiled."""
        self._keep(_COMPLETE, self._state.encode())

    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            data = (self._folder / bucket.key).read_bytes()
        except OSError:
            return
        seal, code = data[:32], data[32:]
        if seal == self._seal(bucket, code):
            bucket.code = marshal.loads(code)  # noqa: S302 - a theme's own code

    def dump_bytecode(self, bucket: Bucket) -> None:
        code = marshal.dumps(bucket.code)
        self._keep(bucket.key, self._seal(bucket, code) + code)

    def _keep(self, name: str, data: bytes) -> None:
        temporary = self._folder / f"{name}.{os.getpid()}.tmp"
        with suppress(OSError):  # what cannot be kept is compiled again
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
                temporary.write_bytes(data)
                temporary.replace(self._folder / name)
            finally:
                temporary.unlink(missing_ok=True)

    def _seal(self, bucket: Bucket, code: bytes) -> bytes:
        return combined_digest([self._state, bucket.checksum, digest(code)]).encode()

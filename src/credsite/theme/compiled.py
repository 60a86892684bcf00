"""Keeps compiled templates in a folder, so that a build that renders three pages does not compile thirty templates."""

from __future__ import annotations

import marshal
import os
from contextlib import suppress
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from credsite.digest import combined, digest
from credsite.versions import state_of


class CompiledTemplates(BytecodeCache):
    """Python code of templates, each behind a digest: of a file that was damaged on the disk, no code is run.

    ``state`` is what the code depends on beside a template's text. Jinja works out filters of constants when it
    compiles, so that is the language, the words and the formats too. Whoever may write to ``folder`` may run code,
    as whoever may write a theme.
    """

    def __init__(self, folder: Path, state: str) -> None:
        self._folder = folder
        self._state = combined([state_of(("babel", "jinja2", "markupsafe"), ("*.py", "theme/*.py")), state])

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
        temporary = self._folder / f"{bucket.key}.{os.getpid()}.tmp"
        with suppress(OSError):  # what cannot be kept is compiled again
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
                temporary.write_bytes(self._seal(bucket, code) + code)
                temporary.replace(self._folder / bucket.key)
            finally:
                temporary.unlink(missing_ok=True)

    def _seal(self, bucket: Bucket, code: bytes) -> bytes:
        return combined([self._state, bucket.checksum, digest(code)]).encode()

"""Runs the programs that publish, Git and rsync, and says in words what they could not do."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

from credsite.core.text import without_control_characters
from credsite.publishing.website import PublishError

_LINES: Final = 4
"""How many lines of what a program says are repeated: the last ones, which mostly say why."""


def run_program(
    *command: str, failure: str, missing: str, folder: Path | None = None, data: Iterable[bytes] = ()
) -> bytes:
    """What a program prints. It gets the parts of ``data`` as its input and works in ``folder``.

    Raises PublishError with the sentence ``missing`` where there is no such program, and with ``failure`` and what the program
    said where it fails, and what making ``data`` raises.
    """
    with tempfile.TemporaryFile() as printed, tempfile.TemporaryFile() as said:
        try:
            process = subprocess.Popen(  # noqa: S603 - no shell, and the arguments are checked by whoever gives them
                command, cwd=folder, stdin=subprocess.PIPE, stdout=printed, stderr=said
            )
        except FileNotFoundError as error:
            raise PublishError(missing) from error
        try:
            _feed(process, data)
        except BaseException:
            process.kill()
            process.wait()
            raise
        if process.wait():
            raise PublishError(f"{failure}{_last_lines(command[0], said)}")
        printed.seek(0)
        return printed.read()


def _feed(process: subprocess.Popen[bytes], data: Iterable[bytes]) -> None:
    if process.stdin is None:
        raise ValueError("the program has no input")
    with suppress(BrokenPipeError), process.stdin as stream:  # it has ended, and its exit code says how
        for part in data:
            stream.write(part)


def _last_lines(name: str, said: IO[bytes]) -> str:
    said.seek(0)
    lines = [line.strip() for line in said.read().decode("utf-8", "replace").splitlines() if line.strip()]
    if not lines:
        return ""
    told = "".join(f"\n  {without_control_characters(line)}" for line in lines[-_LINES:])
    return f" This is what {name} says:{told}"

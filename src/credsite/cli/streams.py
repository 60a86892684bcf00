"""Standard output and error, made such that no character and no closed pipe ends a command.

On Windows, and in many build servers, a pipe or a terminal can show only some hundred characters. A character that cannot
be shown is replaced. Data for programs are written as UTF-8 bytes instead (:func:`write_utf8`).
"""

from __future__ import annotations

import codecs
import errno
import io
import os
import sys
from contextlib import suppress
from typing import Any, Final, TextIO

import click

_ERRORS: Final = "credsite-replace"
_LOOK_ALIKES: Final = {
    **dict.fromkeys("\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}\N{NON-BREAKING HYPHEN}\u2500\u2501", "-"),
    **dict.fromkeys("\u2018\u2019\u201a", "'"),
    **dict.fromkeys("\u201c\u201d\u201e", '"'),
    **dict.fromkeys("\u00a0\u202f", " "),
    "\N{RIGHTWARDS ARROW}": "->",
    "\N{HORIZONTAL ELLIPSIS}": "...",
    "\N{BULLET}": "*",
    "\N{MULTIPLICATION SIGN}": "x",
}


def prepare_streams() -> None:
    """Prepare the standard streams of this process. To be called before anything is written."""
    codecs.register_error(_ERRORS, _look_alikes)
    if sys.stdin is None:  # closed by whoever started this program
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115 - open until the program ends
    elif isinstance(sys.stdin, io.TextIOWrapper):
        with suppress(io.UnsupportedOperation):  # something has been read already
            sys.stdin.reconfigure(errors="replace")
    sys.stdout, sys.stderr = _prepared(sys.stdout, sys.__stdout__), _prepared(sys.stderr, sys.__stderr__)


def write_utf8(text: str) -> None:
    """Write ``text`` as UTF-8, whatever the encoding of the terminal: a program will read it.

    Bytes of file names that are no text become escapes such as ``\\udcff``, as JSON has them.
    """
    click.echo(text.encode("utf-8", "backslashreplace"), nl=False)


def _prepared(stream: TextIO | None, original: TextIO | None) -> TextIO:
    if stream is None:
        return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    raw = getattr(stream.buffer, "raw", stream.buffer)  # with PYTHONUNBUFFERED there is no buffer
    if stream is original and isinstance(raw, io.FileIO) and not raw.isatty():
        stream.flush()
        return io.TextIOWrapper(
            io.BufferedWriter(_Pipe(raw.fileno(), "w", closefd=False)),
            encoding=stream.encoding,
            errors=_ERRORS,
            line_buffering=stream.line_buffering,
            write_through=stream.write_through,
        )
    stream.reconfigure(errors=_ERRORS)
    return stream


def _look_alikes(error: UnicodeError) -> tuple[str, int]:
    """What is written in place of characters that an encoding does not have. Handles the errors of encoders."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    missing = error.object[error.start : error.end]
    return "".join(_LOOK_ALIKES.get(character, "?") for character in missing), error.end


class _Pipe(io.FileIO):
    """A file or pipe to write to. What is written after its reader has left (such as ``head``) is dropped.

    So the command ends as usual, with its usual exit status. Another error, such as a full disk, is raised once.
    """

    _is_over = False

    def write(self, data: Any, /) -> int:
        size = memoryview(data).nbytes
        if self._is_over:
            return size
        try:
            return super().write(data)
        except OSError as error:
            self._is_over = True
            # Windows says "invalid argument" of a pipe that nobody reads.
            if isinstance(error, BrokenPipeError) or (os.name == "nt" and error.errno == errno.EINVAL):
                return size
            raise

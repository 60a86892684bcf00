"""Standard output and error, made such that no character and no closed pipe ends a command, and no text steers a terminal.

On Windows, and in many build servers, a pipe or a terminal can show only some hundred characters. A character that cannot
be shown is replaced. Data for programs are written as UTF-8 bytes instead (:func:`write_utf8`).

File names and texts may come from anybody, and a terminal obeys control characters: they can hide what is printed, or write
something else in its place. So every control character is replaced, except those of :func:`styled`. The logs of build servers
obey lines such as ``::add-mask::``, which are made harmless there.
"""

from __future__ import annotations

import codecs
import errno
import io
import os
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, Final, TextIO

import click

from credsite.core.text import STEERING_CHARACTERS

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


_CONTROL: Final = re.compile(rf"[{STEERING_CHARACTERS}\ud800-\udfff]")
_ESCAPE: Final = "\x1b["
_OWN_ESCAPE: Final = f"{_ESCAPE}{int.from_bytes(os.urandom(8))};"
"""How escape sequences of :func:`styled` begin until they are written. No text can contain the number."""
_COMMAND: Final = re.compile(r"^([^\S\n]*):(?=:)|##(?=\w*\[)", re.MULTILINE)
"""What begins a command in the log of a build server: ``::name`` or ``##[name]``."""
_BUILD_SERVERS: Final = ("CI", "TF_BUILD", "TEAMCITY_VERSION")
"""Environment variables that build servers set: nearly all, Azure Pipelines, TeamCity."""


def prepare_streams() -> None:
    """Prepare the standard streams of this process. To be called before anything is written."""
    codecs.register_error(_ERRORS, _look_alikes)
    if sys.stdin is None:  # closed by whoever started this program
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115 - open until the program ends
    elif isinstance(sys.stdin, io.TextIOWrapper):
        with suppress(io.UnsupportedOperation):  # something has been read already
            sys.stdin.reconfigure(errors="replace")
    sys.stdout, sys.stderr = _prepared(sys.stdout, sys.__stdout__), _prepared(sys.stderr, sys.__stderr__)


def styled(text: str, **style: Any) -> str:
    """``text`` with a ``style`` of :func:`click.style`, for a terminal."""
    return click.style(safe_text(text), **style).replace(_ESCAPE, _OWN_ESCAPE)


def write_utf8(text: str) -> None:
    """Write ``text`` as UTF-8, whatever the encoding of the terminal: a program will read it.

    Bytes of file names that are no text become escapes such as ``\\udcff``, as JSON has them.
    """
    if sys.stdout.isatty():
        click.echo(text, nl=False)
    else:
        click.echo(text.encode("utf-8", "backslashreplace"), nl=False)


def safe_text(text: str) -> str:
    """``text`` without control characters and, on a build server, without commands."""
    text = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)
    return without_commands(text) if any(map(os.environ.get, _BUILD_SERVERS)) else text


def one_line(text: str) -> str:
    """A file name or title as a part of a line: :func:`safe_text` without line feeds."""
    return safe_text(text).replace("\n", "\N{REPLACEMENT CHARACTER}")


def without_commands(text: str) -> str:
    """``text`` such that the log of a build server takes no line of it for a command."""
    return _COMMAND.sub(lambda match: "# #" if match[1] is None else f"{match[1]}: ", text)


def unfiltered(stream: TextIO) -> TextIO:
    """The stream as it was before :func:`prepare_streams`, for a library that writes escape sequences of its own.

    Whoever uses it has to make texts safe.
    """
    return getattr(stream, "credsite_unfiltered", stream)


def _prepared(stream: TextIO | None, original: TextIO | None) -> TextIO:
    if stream is None:
        return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    raw = getattr(stream.buffer, "raw", stream.buffer)  # with PYTHONUNBUFFERED there is no buffer
    if stream is original and isinstance(raw, io.FileIO) and not raw.isatty():
        stream.flush()
        stream = io.TextIOWrapper(
            io.BufferedWriter(_Pipe(raw.fileno(), "w", closefd=False)),
            encoding=stream.encoding,
            errors=_ERRORS,
            line_buffering=stream.line_buffering,
            write_through=stream.write_through,
        )
    else:
        stream.reconfigure(errors=_ERRORS)
    return _filtered(stream)


def _filtered(stream: io.TextIOWrapper) -> TextIO:
    """The stream, which from now on replaces control characters."""
    if not hasattr(stream, "credsite_unfiltered"):
        write = stream.write
        vars(stream).update(
            credsite_unfiltered=_Unfiltered(stream, write), write=partial(_write_safely, write)
        )
    return stream


def _write_safely(write: Callable[[str], int], text: str) -> int:
    write(_ESCAPE.join(map(safe_text, text.split(_OWN_ESCAPE))))
    return len(text)


class _Unfiltered:
    """A stream with its own ``write``."""

    def __init__(self, stream: TextIO, write: Callable[[str], int]) -> None:
        self._stream = stream
        self.write = write

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


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

"""Compressed copies beside the files of a website, for servers that send them as they are: `page.html.gz`, `page.html.br`.

Only texts of some length have copies, and only where these are smaller. A copy is made together with its file, so one of a file
that has not changed is not made again.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

from credsite.build.output.planned_output import Output, Rendered
from credsite.core.code_version import library_release
from credsite.core.hashing import combined_digest
from credsite.schema.compression import Encoding

_TEXTS: Final = (
    ".css", ".csv", ".html", ".ics", ".js", ".json", ".mjs", ".svg", ".txt", ".webmanifest", ".xml",
)  # fmt: skip
_MIN_BYTES: Final = 1000
"""Smaller files fit into one packet anyway."""
_BROTLI_QUALITY: Final = 10
"""The highest, 11, makes pages 3 % smaller still, and takes almost three times as long."""


def _gzip(data: bytes) -> bytes:
    return gzip.compress(data, 9, mtime=0)


def _brotli(data: bytes) -> bytes:
    import brotli

    compressed: bytes = brotli.compress(data, mode=brotli.MODE_TEXT, quality=_BROTLI_QUALITY)
    return compressed


class _Compressor(NamedTuple):
    """``suffix`` is that of the copies, ``version`` gives the release of what makes them: another may give other bytes."""

    suffix: str
    compress: Callable[[bytes], bytes]
    version: Callable[[], str]


_COMPRESSORS: Final[Mapping[Encoding, _Compressor]] = {
    "gzip": _Compressor(".gz", _gzip, lambda: zlib.ZLIB_RUNTIME_VERSION),
    "brotli": _Compressor(".br", _brotli, lambda: library_release("brotli")),
}
COPY_SUFFIXES: Final = tuple(compressor.suffix for compressor in _COMPRESSORS.values())


def compressor_versions(encodings: Iterable[Encoding]) -> list[str]:
    """What the bytes of the copies depend on, beside their files."""
    return [f"{encoding} {_COMPRESSORS[encoding].version()}" for encoding in encodings]


class _Copy(NamedTuple):
    """A copy of the file with the number ``source`` among those of an output."""

    source: int
    encoding: Encoding
    path: str


def with_compressed_copies(outputs: Iterable[Output], encodings: Sequence[Encoding]) -> Iterator[Output]:
    """The outputs, each with the copies that may come of it.

    A file that the site itself has at the path of a copy stays. The fingerprints of files that are not rendered are made to
    depend on the copies; those of pages depend on the settings anyway.
    """
    planned = list(outputs)
    encodings = tuple(dict.fromkeys(encodings))
    taken = {path for output in planned for path in output.paths}
    key = combined_digest(compressor_versions(encodings))
    for output in planned:
        copies = [
            _Copy(number, encoding, copy)
            for number, path in enumerate(output.paths)
            if path.endswith(_TEXTS)
            for encoding in encodings
            if (copy := path + _COMPRESSORS[encoding].suffix) not in taken
        ]
        yield _with_copies(output, copies, key) if copies else output


def _with_copies(output: Output, copies: Sequence[_Copy], key: str) -> Output:
    paths = tuple(copy.path for copy in copies)
    key = key if isinstance(output.identity, str) and output.identity else ""
    identity = _fingerprint(output.fingerprint, key) if key else output.identity
    return output._replace(
        identity=identity, render=partial(_render, output.render, copies, key), copies=paths
    )


def _render(
    render: Callable[[Any], Rendered], copies: Sequence[_Copy], key: str, looked_up: object
) -> Rendered:
    rendered = render(looked_up)
    files = (rendered.data, *rendered.companions)
    compressed = tuple(_compressed(files[copy.source], copy.encoding) for copy in copies)
    fingerprint = _fingerprint(rendered.fingerprint, key) if key else rendered.fingerprint
    return rendered._replace(fingerprint=fingerprint, copies=compressed)


def _fingerprint(fingerprint: str, key: str) -> str:
    return combined_digest([fingerprint, key])


def _compressed(data: bytes, encoding: Encoding) -> bytes | None:
    """The bytes of a copy; None where it is not worth it."""
    if len(data) < _MIN_BYTES:
        return None
    compressed = _COMPRESSORS[encoding].compress(data)
    return compressed if len(compressed) < len(data) else None

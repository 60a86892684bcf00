"""Digests of content, by BLAKE2b from the standard library: it is fast, and in practice no two inputs have the same."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from typing import Final

DIGEST_SIZE: Final = 16


def digest(data: bytes) -> str:
    """32 hexadecimal digits of ``data``."""
    return hashlib.blake2b(data, digest_size=DIGEST_SIZE).hexdigest()


def file_digest(file: str) -> str:
    """The :func:`digest` of a file's bytes, of which never all are in memory at once. Raises OSError."""
    with open(file, "rb") as stream:  # noqa: PTH123 - for callers with very many files
        return hashlib.file_digest(stream, _new).hexdigest()


def _new() -> hashlib.blake2b:
    return hashlib.blake2b(digest_size=DIGEST_SIZE)


def descriptor_digest(descriptor: int) -> str:
    """The :func:`digest` of the rest of an open file."""
    with os.fdopen(descriptor, "rb", closefd=False) as stream:
        return hashlib.file_digest(stream, _new).hexdigest()


def combined_digest(parts: Iterable[str]) -> str:
    """One digest of several texts, such as other digests; their order counts."""
    return digest("\0".join(parts).encode("utf-8", "surrogatepass"))

"""Digests of content. BLAKE2b from the standard library: fast, and no two inputs in practice share one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

SIZE: Final = 16


def digest(data: bytes) -> str:
    """32 hexadecimal digits of ``data``."""
    return hashlib.blake2b(data, digest_size=SIZE).hexdigest()


class Fingerprints:
    """Fingerprints of view models: equal models have equal fingerprints in every process and on every machine.

    Models that stand on many pages (cards, mostly) are worked through once: they are remembered by identity, and
    held, so that an identity cannot come to mean another object.
    """

    def __init__(self) -> None:
        self._known: dict[int, tuple[Any, bytes]] = {}
        self._names: dict[type, tuple[str, ...]] = {}
        self._plain = dict(_PLAIN)

    def of(self, value: Any) -> str:
        """32 hexadecimal digits of ``value``: a frozen dataclass, tuple or plain value. TypeError for others."""
        return self._bytes(value).hex()

    def _bytes(self, value: Any) -> bytes:
        known = self._known.get(id(value))
        if known is not None:
            return known[1]
        parts: list[bytes] = []
        kind: type = value.__class__
        names = self._names.get(kind)
        if names is None and is_dataclass(value):
            names = self._names[kind] = tuple(field.name for field in fields(value))
        if names is None:
            self._collect(value, parts)
        else:
            parts.append(b"<" + kind.__qualname__.encode())
            for name in names:
                self._collect(getattr(value, name), parts)
        result = hashlib.blake2b(b"".join(parts), digest_size=SIZE).digest()
        self._known[id(value)] = (value, result)
        return result

    def _collect(self, value: Any, parts: list[bytes]) -> None:
        kind: type = value.__class__
        encode = self._plain.get(kind)
        if encode is not None:
            text = encode(value)
            parts.append(b"%d:" % len(text))
            parts.append(text)
        elif kind is tuple:
            parts.append(b"(%d:" % len(value))
            for item in value:
                self._collect(item, parts)
        elif kind in self._names or is_dataclass(value):
            parts.append(b"#" + self._bytes(value))
        elif isinstance(value, str):
            self._plain[kind] = self._plain[str]
            self._collect(value, parts)
        else:
            raise TypeError(f"a view model holds a {kind.__name__}, which has no fingerprint")


_PLAIN: Final[dict[type, Callable[[Any], bytes]]] = {
    str: lambda value: b"s" + value.encode("utf-8", "surrogatepass"),
    int: lambda value: b"i%d" % value,
    bool: lambda value: b"T" if value else b"F",
    type(None): lambda _value: b"n",
    float: lambda value: b"f" + value.hex().encode(),
    Decimal: lambda value: b"d" + str(value).encode(),
    date: lambda value: b"D" + value.isoformat().encode(),
    datetime: lambda value: b"M" + value.isoformat().encode(),
    bytes: lambda value: b"b" + value,
}


def combined(parts: Iterable[str]) -> str:
    """One digest of several texts, such as other digests; their order counts."""
    return digest("\0".join(parts).encode("utf-8", "surrogatepass"))

"""How the files of a website are compressed beforehand, as `compress` in credsite.yaml has it."""

from collections.abc import Collection, Iterator
from importlib.util import find_spec
from typing import Literal

from credsite.problems.model import KeyPath
from credsite.schema.models.base import FieldFinding

Encoding = Literal["gzip", "brotli"]


def compression_findings(encodings: Collection[Encoding], key: KeyPath) -> Iterator[FieldFinding]:
    """The encodings for which a library is missing."""
    if "brotli" in encodings and find_spec("brotli") is None:
        message = "Brotli is not installed: pip install 'credsite[brotli]'. Or write only `gzip`."
        yield FieldFinding("brotli-missing", message, key)

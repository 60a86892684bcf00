"""How the files of a website are compressed beforehand, as `compress` in credsite.yaml has it."""

from typing import Literal

Encoding = Literal["gzip", "brotli"]

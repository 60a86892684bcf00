"""How many clicks the pages of a website are from its home page, without scripts."""

from __future__ import annotations

import re
from pathlib import Path

_TEMPLATE = re.compile(r"<template\b.*?</template>", re.S)
_LINK = re.compile(r"""<a\s[^>]*?href="/([^"?#]*)["?#]""")


def depths(folder: Path) -> dict[str, int]:
    """The fewest clicks to each page that links lead to, by its site path. The website is at the root of its host."""
    found = {"": 0}
    paths = [""]
    while paths:
        following: list[str] = []
        for path in paths:
            text = _TEMPLATE.sub("", (folder / path / "index.html").read_text(encoding="utf-8"))
            for other in set(_LINK.findall(text)) - found.keys():
                if (folder / other / "index.html").is_file():
                    found[other] = found[path] + 1
                    following.append(other)
        paths = following
    return found

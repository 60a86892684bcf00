"""Small pages and folders without faults, into which tests of the tools put faults."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg"/>'

GOOD = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>A page</title><meta name="viewport" content="width=device-width">
<link rel="canonical" href="https://example.org/{path}"></head>
<body><main id="main"><h1>A page</h1>
{content}
</main></body>
</html>
"""


def page_of(content: str, path: str = "") -> str:
    """A page without faults. `content` begins on its sixth line, and `path` is part of its canonical address."""
    return GOOD.format(content=content, path=path)


def write(root: Path, files: Mapping[str, str]) -> Path:
    """Write files, given as texts by their paths below `root`. Returns `root`."""
    for name, text in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root

"""Small pages and folders for tests of the tools: good, until a test plants a fault in them."""

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
    """A page without a fault; `content` begins on its sixth line, `path` goes into its canonical address."""
    return GOOD.format(content=content, path=path)


def write(root: Path, files: Mapping[str, str]) -> Path:
    """Writes files, given by their path below `root` and their text, and returns `root`."""
    for name, text in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root

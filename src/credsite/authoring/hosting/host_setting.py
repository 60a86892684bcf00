"""Writes the host into credsite.yaml: one line, and no other byte of the file changes."""

from __future__ import annotations

import re
from typing import Final

from credsite.schema.hosts import HostName

_HOST: Final = re.compile(r"^host:[ \t]*[\"']?[a-z0-9-]*[\"']?(?=[ \t]*(?:#.*)?\r?$)", re.MULTILINE)
_ANY_HOST: Final = re.compile(r"^[\"']?host[\"']?[ \t]*:", re.MULTILINE)
_BASE_URL: Final = re.compile(r"^base_url:[ \t]*[\"']?https?://[^\r\n]*(\r?\n|\Z)", re.MULTILINE)


def with_host(text: str, host: HostName) -> str | None:
    """``text`` of credsite.yaml with another host. None where it is not clear where that stands."""
    places = list(_ANY_HOST.finditer(text))
    if places:
        found = list(_HOST.finditer(text))
        if len(places) != 1 or len(found) != 1:
            return None
        return f"{text[: found[0].start()]}host: {host}{text[found[0].end() :]}"
    lines = list(_BASE_URL.finditer(text))
    if len(lines) != 1:
        return None
    end = lines[0].end()
    line_end = lines[0][1] or "\n"
    before = "" if lines[0][1] else "\n"
    return f"{text[:end]}{before}host: {host}{line_end}{text[end:]}"

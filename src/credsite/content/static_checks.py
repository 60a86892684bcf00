"""Files in ``static/`` that were perhaps not meant to be published: keys and passwords, and scripts.

What is in ``static/`` is trusted and published as it is, apart from private keys, which nobody means to publish. Of files
whose names are known to hold passwords, and of scripts, this only tells.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from credsite.content.image_inspection import Inspection, InspectionCache, Subject
from credsite.content.source_folders import STATIC
from credsite.core.paths import folders_above
from credsite.core.regular_files import read_regular
from credsite.problems.model import Location, Problem

_MAX_BYTES: Final = 1_000_000_000
_SECRET_NAME: Final = re.compile(
    r"id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?|[\w.-]*\.env|env"
    r"|[\w.-]*\.(?:p12|pfx|ppk|kdbx?|jks|keystore|1pif|agilekeychain|opvault|tfstate|ovpn)"
    r"|[._]?(?:htpasswd|netrc|pgpass|npmrc|pypirc|git-credentials)|credentials|wp-config\.php"
    r"|(?:client[_-]?secrets?|secrets)[\w.-]*\.(?:json|ya?ml|toml|ini)",
    re.IGNORECASE,
)
"""Names that say what is in the file. `credentials.csv` is not one of them: it may be a list of micro-credentials."""
_PRIVATE_NAMES: Final = frozenset(
    {".env", ".git", ".aws", ".git-credentials", ".htpasswd", ".netrc", ".npmrc", ".pgpass", ".ssh"}
)
_KEY_NAME: Final = re.compile(r".*\.(?:pem|key|crt|cer|asc|txt)|[^.]*", re.IGNORECASE | re.DOTALL)
_KEY: Final = re.compile(
    rb"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----|---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----|^PuTTY-User-Key-File-[0-9]"
)
_KEY_START: Final = 4096
_DOCUMENT: Final = (".html", ".htm", ".xhtml", ".xht", ".shtml", ".svg", ".xml", ".xsl")
_SCRIPT_FILE: Final = (".js", ".mjs", ".cjs", ".wasm")
_SCRIPT: Final = re.compile(rb"<(?:\w+:)?script\b|[\s\"'/]on[a-z]+\s*=|javascript:", re.IGNORECASE)
_GENERATED: Final = b"credsite-checksum-"
"""Stands in files that credsite itself puts into `static/`, such as the form's script."""
_PRIVATE_KEY_MESSAGE: Final = (
    "This file holds a private key, which nobody else may have, so it is not published. Move it out of the site. "
    "If it was published already, make a new one."
)


def static_problems(
    root: Path, files: Iterable[tuple[str, str]], inspections: InspectionCache
) -> Iterator[Problem]:
    """What to tell of the ``files`` in ``static/``, given by their paths in the site and their digests."""
    static = sorted(file for file in files if file[0].startswith(f"{STATIC}/"))
    for folder in sorted({STATIC, *folders_above(path for path, _ in static)}):
        for name in _private_names(f"{root}/{folder}"):
            message = f"`{name}` is not published, but it may hold what nobody should see. Move it out of `static/`."
            yield Problem("secret-file", message, Location(f"{folder}/{name}"))
    scripts: list[str] = []
    for path, digest in static:
        name = path.rpartition("/")[2]
        lower = name.lower()
        is_secret_name = _SECRET_NAME.fullmatch(name) is not None
        if (is_secret_name or _KEY_NAME.fullmatch(name)) and _found(
            root, path, digest, inspections, "secret"
        ):
            yield Problem("private-key", _PRIVATE_KEY_MESSAGE, Location(path))
        elif is_secret_name:
            message = (
                f"Files named `{name}` hold keys or passwords, and everything in `static/` is published. Move it out of the site, "
                "and if it was published already, make a new one."
            )
            yield Problem("secret-file", message, Location(path))
        elif lower.endswith((*_DOCUMENT, *_SCRIPT_FILE)) and _found(
            root, path, digest, inspections, "script"
        ):
            scripts.append(path)
    if scripts:
        what = (
            f"`{scripts[0]}` holds"
            if len(scripts) == 1
            else f"{len(scripts)} files here, such as `{scripts[0]}`, hold"
        )
        message = f"{what} scripts. They run in the browsers of visitors as part of the website. Publish only what you trust."
        yield Problem("static-script", message, Location(STATIC))


def _private_names(folder: str) -> list[str]:
    """What is in ``folder`` and may hold what nobody should see. The folder is listed: to ask for each name takes longer."""
    try:
        names = os.listdir(folder)  # noqa: PTH208
    except OSError:
        return []
    return sorted(name for name in names if name.lower() in _PRIVATE_NAMES)


def _found(root: Path, path: str, digest: str, inspections: InspectionCache, subject: Subject) -> bool:
    """Whether the file holds a ``script`` or a ``secret``. Its bytes are looked at once."""
    inspection = inspections.get(digest, subject)
    if inspection is None:
        try:
            data = read_regular(f"{root}/{path}", _MAX_BYTES)
        except OSError:  # removed or exchanged since it was found
            return False
        if subject == "secret":
            is_found = _KEY.search(data[:_KEY_START]) is not None
        elif _GENERATED in data[:1_000] or _GENERATED in data[-1_000:]:
            is_found = False
        else:
            text = data.replace(b"\0", b"")  # it may be in UTF-16
            is_found = path.lower().endswith(_SCRIPT_FILE) or _SCRIPT.search(text) is not None
        inspection = Inspection(code="found" if is_found else "")
        inspections.put(digest, subject, inspection)
    return bool(inspection.code)

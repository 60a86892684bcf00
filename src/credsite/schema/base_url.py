"""The address of the published site, `base_url`: what it may look like, and what was meant by one that does not."""

import re
from typing import Annotated, Any, Final
from urllib.parse import SplitResult, urlsplit

from pydantic import BeforeValidator, WithJsonSchema

from credsite.schema import patterns
from credsite.schema.field_types import likely_values, value_error

_USUAL_ADVICE: Final = "Write the address of the published site, such as https://courses.example/ ."
_DOTS: Final = re.compile(r"(?:\.|%2[eE]){1,2}")
"""A part of a path that leads nowhere or upwards, as browsers read it."""


def _base_url(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    address = value.strip()
    parts = _parts(address)
    if parts is None:
        likely = likely_values().address_advice(address)[1]
        is_better = likely.startswith("http") and likely != address
        raise value_error("bad-url", _USUAL_ADVICE, likely if is_better else "")
    if faults := [*_faults(address, parts)]:
        raise value_error("bad-url", " ".join((_USUAL_ADVICE, *faults)), _corrected(parts))
    return address.rstrip("/") + "/"


def _parts(address: str) -> SplitResult | None:
    """The parts of a web address; None for what is none."""
    try:
        parts = urlsplit(address)
        is_web = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # brackets around no number, or a port that is none
        return None
    return parts if is_web else None


def _faults(address: str, parts: SplitResult) -> list[str]:
    """A sentence for each thing that a web address may have, but not that of a site."""
    faults = (
        (re.search(r"\s", address), "It has no spaces: in the name of a folder, %20 stands for one."),
        ("@" in parts.netloc, "It has no user name or password: everybody would read them."),
        (any(map(_DOTS.fullmatch, parts.path.split("/"))), "It has no `.` or `..` between its slashes."),
        (re.search("[?#]", address), "It ends before any ? or #."),
    )
    return [sentence for is_there, sentence in faults if is_there]


def _corrected(parts: SplitResult) -> str:
    """The address without its faults, or "" where nobody can know what was meant."""
    host = parts.netloc.rpartition("@")[2]
    if re.search(r"\s", host):
        return ""
    names: list[str] = []
    for name in parts.path.replace(" ", "%20").split("/"):
        if not _DOTS.fullmatch(name):
            names.append(name)
        elif len(name.lower().replace("%2e", ".")) > 1:
            names[-1:] = []
    return f"{parts.scheme}://" + "/".join((host, *filter(None, names))) + "/"


BaseUrl = Annotated[
    str,
    BeforeValidator(_base_url),
    WithJsonSchema({"type": "string", "format": "uri", "pattern": patterns.SITE_ADDRESS}),
]
"""The address of a site, which ends with a slash."""

"""From where a workflow installs credsite: one line in `requirements.txt`, and always the same release.

Sources: PEP 508 (requirements), PEP 610 (what an installation knows of its origin), https://pip.pypa.io/en/stable/reference/requirements-file-format/.
"""

from __future__ import annotations

import json
import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import PurePosixPath
from typing import Any, Final

from credsite.authoring.editors.generated_files import CHECKSUM_MARKER, with_checksum
from credsite.core.errors import CredsiteError

REQUIREMENTS: Final = "requirements.txt"
_RELEASE: Final = re.compile(r"credsite(?:\[[a-z0-9,._-]+\])?==[0-9][A-Za-z0-9.!+_-]*")
_COMMIT: Final = re.compile(r"git\+(?:https|ssh)://[^\s#@]+(?:@[^\s#@/]+)?[^\s#@]*@[0-9a-f]{40}(?:#\S+)?")
_WHEEL_ADDRESS: Final = re.compile(r"https://\S+/credsite-[^/\s#]+\.whl#sha256=[0-9a-f]{64}")
_WHEEL: Final = re.compile(r"credsite-[A-Za-z0-9.!+_-]+\.whl")
_NAMED: Final = re.compile(r"^[ \t]*(?:credsite\b|\S*/credsite-[^/\s]+\.whl|git\+\S*credsite)", re.MULTILINE)
INSTALL_FROM_FORMS: Final = (
    "a release of a package index (credsite==1.2.0), a commit of a Git repository "
    "(git+https://git.college.example/credsite@ and its 40 digits), or a wheel in the site's folder "
    "(wheels/credsite-1.2.0-py3-none-any.whl)"
)


def requirement(install_from: str) -> str:
    """The line of `requirements.txt` for what somebody has given. Raises CredsiteError where that may be another release each time.

    A wheel is named by its path from the site's folder, with forward slashes.
    """
    text = re.sub(r"^credsite\s*@\s*", "", install_from.strip())
    if _RELEASE.fullmatch(text):
        return text
    if _COMMIT.fullmatch(text) or _WHEEL_ADDRESS.fullmatch(text):
        return f"credsite @ {text}"
    path = PurePosixPath(text.removeprefix("./"))
    if (
        _WHEEL.fullmatch(path.name)
        and not path.is_absolute()
        and ".." not in path.parts
        and "://" not in text
    ):
        return f"./{path}"
    if re.match(r"(git\+|https?://\S+\.git\b|ssh://|git@)", text):
        reason = "names no commit. Branches and tags move, so write git+, the address, an @ and the 40 digits of a commit"
    elif re.match(r"credsite\b(?!-)", text):
        reason = "names no release. Write two equal signs and its number"
    elif text.endswith(".whl"):
        reason = "is no wheel of credsite in the site's folder. Copy it there, and write its path from there"
    else:
        reason = "is no place from which credsite can be installed"
    raise CredsiteError(f"`{install_from}` {reason}. It can be {INSTALL_FROM_FORMS}.")


def installed_from() -> str:
    """The commit of a Git repository that the credsite which runs was installed from; "" where it was not, or is not known."""
    try:
        text = distribution("credsite").read_text("direct_url.json") or "{}"
        found = json.loads(text)
        return _commit_of(found)
    except (PackageNotFoundError, ValueError, CredsiteError):
        return ""


def _commit_of(direct_url: Any) -> str:
    vcs = direct_url.get("vcs_info", {})
    address = f"git+{direct_url.get('url', '')}@{vcs.get('commit_id', '')}"
    requirement(address)
    return address if vcs.get("vcs") == "git" else ""


def requirements_file(line: str) -> bytes:
    """`requirements.txt` with a line that :func:`requirement` gave."""
    return with_checksum(
        f"# What builds the website. `credsite host --install-from` changes it. {CHECKSUM_MARKER}\n{line}\n"
    )


def names_credsite(text: str) -> bool:
    """Whether a `requirements.txt` says from where credsite is installed."""
    return _NAMED.search(text) is not None

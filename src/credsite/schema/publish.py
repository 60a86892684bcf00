"""Where `credsite publish` puts the website, as `publish` in credsite.yaml has it: in a branch of Git, or in a folder by rsync.

Sources: git-check-ref-format (names of branches), rsync(1) (targets).
"""

import re
from collections.abc import Iterator
from typing import Annotated, Final

from pydantic import BeforeValidator, Field, WithJsonSchema

from credsite.problems.model import KeyPath
from credsite.schema import patterns
from credsite.schema.field_types import text_only, value_error
from credsite.schema.models.base import FieldFinding, Model

CODE: Final = "bad-publish-target"
_BRANCH: Final = re.compile(r"(?![\d.]*$|.*(?:\.\.|//|/\.|\.lock(?:/|$)))(?a:\w)(?a:[\w./-]*[\w-])?")
_REMOTE: Final = re.compile(r"(?a:[\w./~][\w.~-]*(?:[/:@](?!:)[\w.~@%+:/-]*)?)")
"""The name of a remote, a path, or an address such as git@host:path and https://host/path."""
_OTHER_COMPUTER: Final = re.compile(r"(?a:(?:[\w.-]+@)?\w[\w.-]*:(?!:|//)(?P<path>[\w./+@%,=-]+))")
_OWN_COMPUTER: Final = re.compile(r"\.{0,2}/[^\x00-\x1f:]*")
_TOO_HIGH: Final = re.compile(r"[./]*|(?:.*/)?\.\.(?:/.*)?")
"""Paths on another computer that are its root or somebody's home, or climb."""


def _branch(text: str) -> str:
    if not _BRANCH.fullmatch(text):
        raise value_error(CODE, f"`{text}` is no name of a branch. Write one such as gh-pages.")
    return text


def _remote(text: str) -> str:
    if not _REMOTE.fullmatch(text) or "::" in text:
        message = f"`{text}` is neither the name of a remote of Git, such as origin, nor the address of a repository."
        raise value_error(CODE, message)
    return text


def _rsync(text: str) -> str:
    match = _OTHER_COMPUTER.fullmatch(text)
    if match is None and not _OWN_COMPUTER.fullmatch(text):
        message = (
            f"`{text}` is no folder that rsync can write to. Write the name of your account, the server and the folder, such as "
            "web@www.college.example:/srv/www/courses, or the path of a folder on this computer, such as /srv/www/courses."
        )
        raise value_error(CODE, message)
    if (match and _TOO_HIGH.fullmatch(match["path"])) or not text.strip("/."):
        raise value_error(CODE, f"`{text}` names no folder of its own for the website. Write its whole path.")
    return text.rstrip("/")


GitBranch = Annotated[
    str,
    BeforeValidator(text_only(_branch)),
    WithJsonSchema({"type": "string", "pattern": patterns.GIT_BRANCH}),
]
GitRemote = Annotated[
    str,
    BeforeValidator(text_only(_remote)),
    WithJsonSchema({"type": "string", "pattern": patterns.GIT_REMOTE}),
]
RsyncTarget = Annotated[
    str,
    BeforeValidator(text_only(_rsync)),
    WithJsonSchema({"type": "string", "pattern": patterns.RSYNC_TARGET}),
]


class Publish(Model):
    """Where `credsite publish` puts the website: a branch of Git, a folder that rsync can write to, or both."""

    branch: GitBranch | None = Field(
        default=None,
        description="A branch of Git that holds the website and nothing else, such as the one that GitHub Pages shows.",
        examples=["gh-pages"],
    )
    remote: GitRemote = Field(
        default="origin",
        description="The repository of this branch: the name of a remote of Git, or an address.",
        examples=["origin"],
    )
    rsync: RsyncTarget | None = Field(
        default=None,
        description="A folder on a server, or on this computer, that holds the website.",
        examples=["web@www.college.example:/srv/www/courses"],
    )


def publish_findings(publish: Publish, key: KeyPath) -> Iterator[FieldFinding]:
    """What is wrong with the settings at ``key`` although each of them is right."""
    if not publish.branch and not publish.rsync:
        message = "Write where the website goes: a `branch`, such as gh-pages, or a folder by `rsync`."
        yield FieldFinding(CODE, message, key)

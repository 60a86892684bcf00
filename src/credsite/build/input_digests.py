"""Digests of everything that a site is made from, without parsing any of it.

Entries are read each time. Images and static files are read again only where the system says that they have changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn

from credsite.content.source_folders import CONTENT, SOURCE_FOLDERS, is_markdown, walk
from credsite.core.code_version import LIBRARIES, code_digest
from credsite.core.hashing import combined_digest, digest, file_digest
from credsite.core.stat_cache import Signature, StatCache
from credsite.theme.packaged import packaged_themes

_SETTINGS: Final = "credsite.yaml"


@dataclass(frozen=True, slots=True)
class InputDigests:
    """A digest of all files that a site is made from and of the code, and the digests of its Markdown files by path.

    ``newly_read`` are the other files of the site that had to be read for it.
    """

    digest: str
    sources: Mapping[str, str]
    newly_read: Mapping[str, tuple[Signature, str]]


def digest_inputs(
    root: Path, drafts: bool, keep_going: bool, base_url: str | None, file_digests: StatCache
) -> InputDigests | None:
    """The digests of the site at ``root``, for a build with these options.

    None where nobody can say whether that is everything: a folder is a symbolic link, or something cannot be read.
    """
    parts = [code_digest(LIBRARIES, ("**/*.py",)), repr((drafts, keep_going, base_url))]
    sources: dict[str, str] = {}
    others: set[str] = set()
    try:
        parts += [_SETTINGS, digest((root / _SETTINGS).read_bytes())]
        for folder in SOURCE_FOLDERS:
            for path in sorted(_files(f"{root}/{folder}", folder)):
                if folder == CONTENT and is_markdown(path):
                    # Not with Path: there may be ten thousand of them.
                    with open(f"{root}/{path}", "rb", buffering=0) as stream:  # noqa: PTH123
                        sources[path] = digest(stream.read())
                    parts += [path, sources[path]]
                else:
                    others.add(path)
                    parts += [path, file_digests.file_digest(root, path)]
        packaged = packaged_themes()
        for path in sorted(_files(str(packaged), "")):
            parts += [path, file_digest(f"{packaged}{path}")]
    except (OSError, _NotAFileError):
        return None
    file_digests.retain(others)
    return InputDigests(combined_digest(parts), sources, file_digests.newly_verified)


class _NotAFileError(Exception):
    """A folder holds something that is neither a file nor a folder."""


def _files(folder: str, name: str) -> Iterator[str]:
    """The paths of all files in a folder, with ``name`` in place of the folder's own path."""
    for path, item in walk(folder, name, _stop):
        if not item.is_file():
            raise _NotAFileError(path)
        yield path


def _stop(_path: str, error: OSError) -> NoReturn:
    raise error

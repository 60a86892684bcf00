"""The script of the form in the browser: Sveltia CMS and its icon font, from their npm packages.

The versions are pinned, and a package is opened only if its checksum is right. The icon font, which the script would load
from another host, is stored with it. Nothing else in the script is changed.

Sveltia CMS has the MIT licence, the font the SIL Open Font License 1.1. Both licences are copied into the site.
"""

from __future__ import annotations

import hashlib
import io
import re
import tarfile
import urllib.error
import urllib.request
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from credsite.authoring.editors.generated_files import CHECKSUM_MARKER, has_valid_checksum, with_checksum
from credsite.core.errors import CredsiteError
from credsite.core.regular_files import read_regular

SVELTIA_VERSION: Final = "0.221.1"
FONT_VERSION: Final = "5.3.8"
SCRIPT: Final = "sveltia-cms.js"
FONT: Final = f"material-symbols-{FONT_VERSION}.woff2"
_LICENCE: Final = "sveltia-cms-LICENSE.txt"
_FONT_LICENCE: Final = "material-symbols-LICENSE.txt"
_ICONS: Final = re.compile(
    r"url\(https://cdn\.jsdelivr\.net/fontsource/fonts/material-symbols-outlined[^)]*\)"
)
_OTHER_FONTS: Final = re.compile(r"url\(https://cdn\.jsdelivr\.net/[^)]*\)")
_BANNER: Final = (
    f"/*! Sveltia CMS {SVELTIA_VERSION}, MIT licence: {_LICENCE}. Fonts: of this site. {CHECKSUM_MARKER} */\n"
)
_TIMEOUT: Final = 120
MAX_PACKAGE_SIZE: Final = 50_000_000


@dataclass(frozen=True, slots=True)
class Package:
    """An npm package, with the SHA-256 of its file in hexadecimal digits."""

    name: str
    version: str
    sha256: str

    @property
    def url(self) -> str:
        file = self.name.rpartition("/")[2]
        return f"https://registry.npmjs.org/{self.name}/-/{file}-{self.version}.tgz"


CMS: Final = Package(
    "@sveltia/cms", SVELTIA_VERSION, "cfc6193c6c17c3d1d97c85bc2d63ec3655ba2a844b37c6fe5759f1a80821bb02"
)
ICONS: Final = Package(
    "@fontsource/material-symbols-outlined",
    FONT_VERSION,
    "2376c1d270cb5e024ffe4992a1ae59e2810dec2db58b71531b0c0d7a68c5955a",
)
PACKAGES: Final = (CMS, ICONS)


def is_installed(folder: Path) -> bool:
    """Whether ``folder`` has the files of this version, and the script is unchanged."""
    names = (SCRIPT, FONT, _LICENCE, _FONT_LICENCE)
    if not all((folder / name).is_file() for name in names):
        return False
    try:
        script = read_regular(folder / SCRIPT, MAX_PACKAGE_SIZE)
    except OSError:
        return False
    return script.startswith(_BANNER.partition(CHECKSUM_MARKER)[0].encode()) and has_valid_checksum(script)


def extract_files(packages: Iterable[bytes]) -> dict[str, bytes]:
    """The files for the folder of the form by their names, from the bytes of all PACKAGES in any order.

    Raises CredsiteError if a package is missing or has the wrong checksum.
    """
    by_checksum = {hashlib.sha256(data).hexdigest(): data for data in packages}
    for package in PACKAGES:
        if package.sha256 not in by_checksum:
            raise CredsiteError(
                f"{package.name} {package.version} is missing, or its file is damaged: its checksum is not the one that "
                f"credsite knows. The file is at {package.url} ."
            )
    cms, icons = by_checksum[CMS.sha256], by_checksum[ICONS.sha256]
    return {
        SCRIPT: patch_script(_member(cms, "package/dist/sveltia-cms.js").decode()),
        _LICENCE: _member(cms, "package/LICENSE.txt"),
        FONT: _member(icons, "package/files/material-symbols-outlined-latin-400-normal.woff2"),
        _FONT_LICENCE: _member(icons, "package/LICENSE"),
    }


def patch_script(script: str) -> bytes:
    """The script changed to load its icons from its own folder, and to show texts in the fonts of the system."""
    return with_checksum(_BANNER + _OTHER_FONTS.sub("local('system-ui')", _ICONS.sub(f"url({FONT})", script)))


def download(package: Package) -> bytes:
    """Download a package from the npm registry. Raises CredsiteError."""
    try:
        with urllib.request.urlopen(package.url, timeout=_TIMEOUT) as response:  # noqa: S310 - one of two addresses
            data: bytes = response.read(MAX_PACKAGE_SIZE)
    except (OSError, urllib.error.URLError) as error:
        reason = getattr(error, "reason", None) or error
        raise CredsiteError(
            f"{package.url} cannot be downloaded: {reason}. Get the file in another way, and name it with --package."
        ) from error
    return data


def _member(package: bytes, name: str) -> bytes:
    with tarfile.open(fileobj=io.BytesIO(package), mode="r:gz") as archive:
        file = archive.extractfile(name)
        assert file is not None, name  # the checksum has shown which package this is
        return file.read()

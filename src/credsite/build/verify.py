"""The proof that a website does not depend on what was built before: it is built from nothing, and compared."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from credsite.build.analysis import analyse
from credsite.build.options import Options
from credsite.build.output.disk import MANIFEST, Disk
from credsite.build.output.manifest import read_manifest
from credsite.build.pipeline import write


def differences(now: datetime, options: Options) -> list[str]:
    """Paths in the output folder whose bytes a build from nothing does not give, in order; the manifest is one of them.

    The site was built with ``options`` for the moment ``now``. Files that credsite did not write are not looked at.
    """
    with tempfile.TemporaryDirectory(prefix="credsite-") as folder:
        fresh = replace(options, output=Path(folder, "website"), now=now, no_cache=True)
        write(analyse(fresh), fresh)
        one, other = Disk(options.output_folder), Disk(fresh.output_folder)
        paths = {MANIFEST, *read_manifest(one).files, *read_manifest(other).files}
        return sorted(path for path in paths if one.read(path) != other.read(path))

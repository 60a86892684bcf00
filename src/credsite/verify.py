"""The proof that a website does not depend on what was built before: it is built from nothing, and compared."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from credsite.build import Options, Site, analyse, write
from credsite.output.disk import Disk
from credsite.output.manifest import read_manifest
from credsite.output.names import MANIFEST


def differences(site: Site, options: Options) -> list[str]:
    """Paths in the output folder whose bytes a build from nothing does not give, in order; the manifest is one of them.

    ``site`` was analysed and written with ``options``. Files that credsite did not write are not looked at.
    """
    if site.catalogue is None:
        raise ValueError("a site without a catalogue was not written")
    with tempfile.TemporaryDirectory(prefix="credsite-") as folder:
        fresh = replace(options, output=Path(folder, "website"), now=site.catalogue.clock.now, no_cache=True)
        write(analyse(fresh), fresh)
        one, other = Disk(options.output_folder), Disk(fresh.output_folder)
        paths = {MANIFEST, *read_manifest(one).files, *read_manifest(other).files}
        return sorted(path for path in paths if one.read(path) != other.read(path))

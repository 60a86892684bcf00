"""What of an output folder is published."""

from __future__ import annotations

from pathlib import Path

import pytest

from credsite.build.options import Options
from credsite.build.output.disk import MANIFEST, OutputError
from credsite.build.output.folder import OutputFolder
from credsite.build.pipeline import build
from credsite.publishing.website import PublishError, built_website
from tests.support.small_site import small_site


def test_all_that_the_build_wrote_and_nothing_else(tmp_path: Path) -> None:
    options = Options(small_site(tmp_path))
    (options.root / "static").mkdir()
    (options.root / "static/CNAME").write_text("courses.college.ca")
    build(options)
    (options.output_folder / "foreign.txt").write_text("foreign")
    with built_website(options) as website:
        contents = dict(website.contents())
        with pytest.raises(OutputError, match="Another build"):
            OutputFolder.open(options.output_folder, options.root, wait=0)
    assert contents["CNAME"] == b"courses.college.ca"
    assert "index.html" in contents
    assert not [path for path in contents if path.startswith(".credsite") or path == "foreign.txt"]
    (options.output_folder / MANIFEST).write_text("[]")
    with pytest.raises(PublishError, match="stopped meanwhile"), built_website(options):
        pass

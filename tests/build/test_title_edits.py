"""What is said of titles where ids are needed, while somebody edits the titles."""

from __future__ import annotations

from pathlib import Path

from credsite.build.analysis import analyse
from credsite.build.options import Options
from tests.support.small_site import small_site


def test_an_edited_title_is_compared_with_the_texts_of_other_entries(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    options = Options(site, no_cache=True, preview=True)
    quay, course = site / "content/places/quay.md", site / "content/courses/payroll.md"
    quay.parent.mkdir()
    quay.write_text("---\ntitle: Quay\n---\n")
    course.write_text(course.read_text().replace("---\ntitle", "---\nplaces: [The Quay]\ntitle", 1))
    before = analyse(options)
    assert "title-for-id" not in [one.code for one in before.problems]

    quay.write_text("---\ntitle: The Quay\n---\n")
    found = analyse(options, previous=before)
    assert [one.suggestion for one in found.problems if one.code == "title-for-id"] == ["quay"]

    quay.write_text("---\ntitle: Quay\n---\n")
    assert analyse(options, previous=found).problems == before.problems

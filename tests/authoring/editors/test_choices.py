"""What there is to choose from in a site."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from credsite.authoring.editors.choices import Choice, Choices, ids_of, keys_written_as_blocks, load_choices
from credsite.content.discovery import find_sources
from credsite.schema.config import Config
from credsite.schema.config_file import load_config
from credsite.schema.kinds import Kind
from tests.support.small_site import small_site


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return small_site(tmp_path)


def settings_of(site: Path) -> Config:
    settings, _ = load_config(site)
    assert settings is not None
    return settings


def choices(site: Path, **options: object) -> Choices:
    settings = settings_of(site)
    sources, _ = find_sources(site, settings.language)
    return load_choices(site, settings, sources, **options)  # type: ignore[arg-type]


def test_entries_are_offered_by_their_ids_with_their_titles(site: Path) -> None:
    found = choices(site)
    assert found["industries"][0] == Choice("business", "Business")
    assert found["provider"] == found["partners"] == found["recognised_by"]
    assert found["courses"] == found["prerequisites"]
    assert len(found["courses"]) == 12
    assert ids_of(found)["funding"][0] == "quillbay-bursary"
    assert found["background"][0] == Choice("career-changer", "Changing career")
    assert set(ids_of(found)["template"]) == {"page", "guide", "employers"}


def test_a_slug_of_its_own_is_the_id(site: Path) -> None:
    path = site / "content/providers/northmarsh.md"
    path.write_text(path.read_text().replace("title:", "slug: the-marsh\ntitle:"))
    assert Choice("the-marsh", "northmarsh", is_file_name=False) in choices(site)["provider"]


def test_delivery_modes_are_offered_whether_they_have_a_file_or_not(site: Path) -> None:
    with (site / "credsite.yaml").open("a") as file:
        file.write("fields: {course: {way: {type: reference, kind: delivery}}}\n")
        file.write("vocabularies: {delivery_modes: {hybrid: {hidden: true}, live: Live online}}\n")
    found = choices(site)["way"]
    assert [choice.id for choice in found] == ["online", "in-person", "blended", "live"]
    assert found[-1] == Choice("live", "Live online", is_file_name=False)


def test_a_broken_file_is_offered_by_its_name(site: Path) -> None:
    (site / "content/providers/broken.md").write_text("---\ntitle: [\n---\n")
    (site / "content/providers/bytes.md").write_bytes(b"---\ntitle: \xff\n---\n")
    (site / "content/providers/gone.md").symlink_to(site / "content/providers/nowhere.md")
    found = choices(site)["provider"]
    assert {Choice(name, name) for name in ("broken", "bytes", "gone")} <= set(found)


def test_only_what_is_asked_for_is_read(site: Path) -> None:
    found = choices(site, keys=("provider",))
    assert "courses" not in found
    assert "provider" in found


def test_a_missing_theme_is_no_hindrance(site: Path) -> None:
    settings = settings_of(site).model_copy(update={"theme": "nowhere"})
    assert ids_of(load_choices(site, settings, []))["template"] == ("page", "guide", "employers")


def test_blocks_in_the_place_of_lines_are_found(site: Path) -> None:
    settings = settings_of(site)
    sources, _ = find_sources(site, settings.language)
    assert keys_written_as_blocks(site, settings, sources) == {}
    path = site / "content/courses/sql.md"
    text = path.read_text()
    path.write_text(text.replace("\nprice: ", "\nprice: {amount: 5, note: x}\nlevel_: "))
    assert keys_written_as_blocks(site, settings, sources) == {Kind.COURSE: frozenset({"price"})}
    path.write_text(text.replace("skills: [", "skills: [{name: listening}, "))
    assert keys_written_as_blocks(site, settings, sources) == {Kind.COURSE: frozenset({"skills"})}


@pytest.mark.parametrize(
    ("meets", "has_blocks"),
    [
        ("[Mondays 18:00-20:00]", False),
        ("Mondays 18:00-20:00", True),
        ("{days: monday, from: 18:00, to: 20:00}", True),
        ("[{days: monday, from: 18:00, to: 20:00}]", True),
    ],
)
def test_blocks_in_the_place_of_lines_within_blocks_are_found(
    site: Path, meets: str, has_blocks: bool
) -> None:
    settings = settings_of(site)
    sources, _ = find_sources(site, settings.language)
    path = site / "content/courses/sql.md"
    sessions = f"sessions: [{{starts: 2027-02-01}}, {{starts: 2027-03-01, meets: {meets}}}]"
    path.write_text(
        re.sub(r"\nsessions:(?:\n .*)*", "", path.read_text()).replace("---\n", f"---\n{sessions}\n", 1)
    )
    found = keys_written_as_blocks(site, settings, sources)
    assert found == ({Kind.COURSE: frozenset({"sessions"})} if has_blocks else {})

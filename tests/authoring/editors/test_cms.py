"""The form's configuration: complete, as Sveltia CMS wants it, and asking what the models ask."""

from __future__ import annotations

import io
import json
import posixpath
import re
import tarfile
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from credsite.authoring.editors.choices import Choice
from credsite.authoring.editors.cms import BACKENDS, NO_RELOAD, Backend, cms_config, form_files
from credsite.authoring.editors.generated_files import has_valid_checksum
from credsite.schema.config import Config
from credsite.schema.kinds import KINDS, Kind, KindSpec
from credsite.schema.models import MODELS
from credsite.serve import app
from credsite.serve.responses import PageResponse
from tests.authoring.editors.test_vscode import CHOICES
from tests.support.tools import form_packages

SETTINGS_VALUES = {"title": "Courses & more", "base_url": "https://courses.example/"}
SETTINGS = Config.model_validate(SETTINGS_VALUES)
PLACE = Backend("github", "our-college/courses", "main")
CONFIG = cms_config(SETTINGS, CHOICES, PLACE, {})
COLLECTIONS = {each["name"]: each for each in CONFIG["collections"]}


def fields(folder: str) -> dict[str, dict[str, Any]]:
    return {field["name"]: field for field in COLLECTIONS[folder]["fields"]}


def test_sveltia_cms_accepts_it() -> None:
    with tarfile.open(fileobj=io.BytesIO(form_packages()[0])) as package:
        file = package.extractfile("package/schema/sveltia-cms.json")
        assert file is not None
        schema = json.load(file)
    assert list(Draft7Validator(schema).iter_errors(CONFIG)) == []


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.folder)
def test_every_key_has_a_field_with_its_explanation(kind: KindSpec) -> None:
    model, found = MODELS[kind.id], fields(kind.folder)
    assert set(found) == set(model.model_fields) - {"slug"} | {"body"}
    for name, field in model.model_fields.items():
        if name != "slug":
            assert found[name]["required"] == field.is_required()
            assert found[name]["hint"] == field.description


def test_a_field_of_the_sites_own_has_a_hint_only_where_it_says_more_than_its_label() -> None:
    declared = {"hall": "text", "fee": {"type": "money", "help": "What members pay."}}
    config = Config.model_validate({**SETTINGS_VALUES, "fields": {"course": declared}})
    courses = cms_config(config, CHOICES, PLACE, {})["collections"][0]["fields"]
    hints = {one["name"]: one["hint"] for one in courses if one["name"] in declared}
    assert hints == {"hall": "", "fee": "What members pay."}


def test_what_is_needed_comes_first_and_what_every_entry_has_last() -> None:
    names = list(fields("courses"))
    assert names[:6] == ["title", "summary", "provider", "industries", "delivery_modes", "body"]
    assert names[-6:] == ["aliases", "image", "draft", "publish_at", "expires_at", "featured"]


def test_entries_are_chosen_and_not_typed() -> None:
    story, course = fields("stories"), fields("courses")
    assert (story["courses"]["widget"], story["courses"]["collection"]) == ("relation", "courses")
    assert story["courses"]["multiple"] is True
    assert (course["industries"]["multiple"], course["industries"]["min"]) == (True, 1)
    assert (course["provider"]["collection"], course["industries"]["collection"]) == (
        "providers",
        "industries",
    )
    assert "multiple" not in course["provider"]
    assert [option["value"] for option in course["delivery_modes"]["options"]] == [
        "online", "in-person", "blended", "hybrid",
    ]  # fmt: skip
    assert course["funding"]["options"] == [{"label": "Bursary", "value": "bursary"}]


def test_an_entry_whose_file_has_another_name_is_chosen_by_its_id() -> None:
    known = {**CHOICES, "provider": (Choice("own", "Own College", is_file_name=False), Choice("b", "B"))}
    config = cms_config(SETTINGS, known, PLACE, {})
    (provider,) = [field for field in config["collections"][0]["fields"] if field["name"] == "provider"]
    assert provider["widget"] == "select"
    assert provider["options"] == [{"label": "Own College", "value": "own"}, {"label": "B", "value": "b"}]


def test_values_are_asked_for_as_they_are_written() -> None:
    course = fields("courses")
    sessions = {field["name"]: field for field in course["sessions"]["fields"]}
    assert (course["reviewed_at"]["widget"], course["reviewed_at"]["format"]) == ("datetime", "YYYY-MM-DD")
    pattern, _ = sessions["starts"]["pattern"]
    assert [bool(re.search(pattern, text)) for text in ("2027-02-01", "2027-02-01 18:00", "soon")] == [
        True,
        True,
        False,
    ]
    meets = sessions["meets"]["field"]
    assert meets["widget"] == "string"
    assert re.search(meets["pattern"][0], "Mondays 18:00-20:00")
    assert sessions["seats"]["min"] == 0
    for name, good, bad in [("price", "495 CAD", "cheap"), ("duration", "6 weeks", "soon"),
                            ("publish_at", "2027-01-31 09:00", "soon"), ("enrol_url", "https://a.example", "a")]:  # fmt: skip
        pattern, advice = course[name]["pattern"]
        assert re.search(pattern, good)
        assert not re.search(pattern, bad)
        assert advice.endswith(".")
    assert course["skills"]["field"]["widget"] == "string"
    assert fields("providers")["country"]["options"][0] == {"label": "Afghanistan (AF)", "value": "AF"}


def test_nothing_is_switched_on_in_entries_that_do_not_say_so() -> None:
    """A default would be written into every old entry that lacks the key."""

    def defaults(part: Any) -> list[Any]:
        if isinstance(part, dict):
            return [value for key, value in part.items() if key == "default"] + defaults(list(part.values()))
        return [found for each in part for found in defaults(each)] if isinstance(part, list) else []

    assert defaults(CONFIG) == []


def test_pictures_lie_where_entries_find_them() -> None:
    for name, collection in COLLECTIONS.items():
        place = posixpath.normpath(posixpath.join("content", name, collection["public_folder"]))
        assert f"/{place}" == collection["media_folder"] == "/content/images"
    assert fields("stories")["learner"]["fields"][-1] == {
        "name": "photo", "label": "Photo", "hint": "A photograph's file, relative to this file's folder.",
        "required": False, "widget": "image", "choose_url": False,
    }  # fmt: skip


def test_keys_that_are_left_out_are_left_out_of_one_kind() -> None:
    config = cms_config(SETTINGS, CHOICES, PLACE, {Kind.COURSE: frozenset({"price"})})
    names = [field["name"] for field in config["collections"][0]["fields"]]
    assert "price" not in names
    assert "skills" in names


def test_files_are_credsites_own() -> None:
    files = form_files(SETTINGS, CHOICES, PLACE, {})
    assert all(has_valid_checksum(data) for data in files.values())
    assert yaml.safe_load(files["config.yml"]) == CONFIG


@pytest.mark.parametrize("name", BACKENDS)
def test_the_page_asks_nobody_but_the_repositorys_host(name: str) -> None:
    page = form_files(SETTINGS, CHOICES, Backend(name, "a/b"), {})["index.html"].decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    hosts = set(re.findall(r"https?://[^\s;]+", policy[1]))
    assert hosts == set(BACKENDS[name])
    assert re.findall(r'(?:src|href)="([^"]+)"', page) == ["data:,", "sveltia-cms.js"]
    assert "<title>Edit Courses &amp; more</title>" in page


def test_a_service_of_ones_own() -> None:
    place = Backend("gitea", "a/b", host="https://git.example")
    assert place.settings() == {
        "name": "gitea", "repo": "a/b", "base_url": "https://git.example", "api_root": "https://git.example/api/v1",
    }  # fmt: skip
    assert (
        "connect-src 'self' blob: data: https://git.example;"
        in form_files(SETTINGS, CHOICES, place, {})["index.html"].decode()
    )


def test_the_preview_does_not_reload_the_form() -> None:
    page = form_files(SETTINGS, CHOICES, PLACE, {})["index.html"]
    assert NO_RELOAD.encode() in page
    assert app._with_script(PageResponse(page), "1", "").body == page
    assert app._with_script(PageResponse(b"<body></body>"), "1", "").body != b"<body></body>"


def test_the_sites_own_words_stand_in_the_form() -> None:
    modes = {"online": {"hidden": True}, "own-time": {"label": "In your own time", "same_as": "online"}}
    settings = Config.model_validate(
        {**SETTINGS.model_dump(exclude_unset=True), "vocabularies": {"delivery_modes": modes}}
    )
    collections = {one["name"]: one for one in cms_config(settings, CHOICES, PLACE, {})["collections"]}
    (field,) = (one for one in collections["courses"]["fields"] if one["name"] == "delivery_modes")
    assert field["options"][:2] == [
        {"label": "In your own time", "value": "own-time"},
        {"label": "in-person", "value": "in-person"},
    ]

"""The schemas accept what `check` accepts, as an editor's program reads it, and refuse what is plainly wrong."""

from __future__ import annotations

import copy
import re
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from credsite.authoring.editors.json_schema import SETTINGS_SCHEMA, json_schema, json_text
from credsite.authoring.scaffold import entry_text
from credsite.content.discovery import find_sources
from credsite.content.parser import parse
from credsite.core.quantities import parse_duration, parse_money
from credsite.core.text import normalize_text
from credsite.schema import patterns
from credsite.schema.config import CONFIG_FILE, Config
from credsite.schema.config_file import load_config
from credsite.schema.front_matter import split_front_matter
from credsite.schema.kinds import CREATABLE, Kind
from credsite.schema.models import MODELS
from credsite.schema.site_schema import BUILT_IN, SiteSchema
from credsite.schema.vocabularies import SETTING_NAMES
from credsite.schema.yaml import loader
from tests.authoring.test_scaffold import IDS, TODAY, switched_on
from tests.support.catalogues import settings
from tests.support.paths import REPOSITORY, STARTER
from tests.support.yaml_core import load_core

SITES = [REPOSITORY, STARTER, *(REPOSITORY / "tests/sites").glob("good-*")]
COURSE = {
    "title": "First aid",
    "summary": "What to do first.",
    "provider": "harbour-college",
    "industries": ["health"],
    "delivery_modes": ["online"],
}


@cache
def validator(kind: str, site: SiteSchema = BUILT_IN) -> Draft202012Validator:
    schema = json_schema(kind, {"provider": ("harbour-college",), "industries": ("health",)}, site)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def refusals(kind: str, values: Any, site: SiteSchema = BUILT_IN) -> list[str]:
    return [
        f"{'/'.join(map(str, error.path))}: {error.message}"
        for error in validator(kind, site).iter_errors(values)
    ]


@pytest.mark.parametrize("kind", [*map(str, MODELS), SETTINGS_SCHEMA])
def test_schemas_are_schemas(kind: str) -> None:
    assert validator(kind).schema["additionalProperties"] is False
    assert json_text(json_schema(kind)) == json_text(json_schema(kind))


@pytest.mark.parametrize("kind", [*map(str, MODELS), SETTINGS_SCHEMA])
def test_limits_have_the_keywords_of_json_schema(kind: str) -> None:
    """Where a validator stands before a limit, pydantic writes the limit under a name that no editor's program knows."""
    pydantic_names = {"ge", "gt", "le", "lt", "multiple_of", "min_length", "max_length"}
    assert pydantic_names.isdisjoint(re.findall(r'"(\w+)":', json_text(json_schema(kind))))


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_every_good_entry_is_accepted(site: Path) -> None:
    sources, _ = find_sources(site, "en-CA" if site == REPOSITORY else "en")
    config, _ = load_config(site)
    assert config is not None
    looked_at, wrong = 0, []
    for source in sources:
        data = (site / source.path).read_bytes()
        if parse(data, source, 10_000_000, schema=config.site_schema).entry is None:
            continue
        looked_at += 1
        values = load_core(split_front_matter(normalize_text(data.decode())).yaml)
        wrong += [
            f"{source.path} {refusal}" for refusal in refusals(str(source.kind), values, config.site_schema)
        ]
    assert wrong == []
    assert looked_at > 5


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_good_settings_are_accepted(site: Path) -> None:
    assert refusals(SETTINGS_SCHEMA, load_core(normalize_text((site / CONFIG_FILE).read_text("utf-8")))) == []


@pytest.mark.parametrize("kind", CREATABLE)
def test_every_key_of_a_new_entry_is_accepted(kind: Kind) -> None:
    for text in (entry_text(kind, "2027", IDS, TODAY), switched_on(entry_text(kind, "true", IDS, TODAY))):
        assert refusals(str(kind), load_core(split_front_matter(text).yaml)) == []


@pytest.mark.parametrize(
    "line",
    [
        "titel: x",
        "title: ",
        "title: [a, b]",
        "delivery_modes: [onlin]",
        "delivery_modes: online",
        "industries: []",
        "industries: [null]",
        "duration: soon",
        "duration: 6",
        "price: cheap",
        "price: -5",
        "price: {currency: CAD}",
        "price: {amount: 5, curency: CAD}",
        "sessions: [{ends: 2027-01-02}]",
        "sessions: [{starts: 02/06/2027}]",
        "sessions: [{starts: 2027-13-06}]",
        "sessions: [{starts: 2027-02-01 at six}]",
        "sessions: [{starts: 2027-02-01, meets: Mondays}]",
        "sessions: [{starts: 2027-02-01, meets: {days: [monday], from: 18:00}}]",
        "sessions: [{starts: 2027-02-01, meets: [{days: [monday], from: 6 pm, to: 8 pm}]}]",
        "draft: maybe",
        "credits: {value: -1, unit: ECTS}",
        "enrol_url: college.example",
        "publish_at: tomorrow",
        "level: expert",
        "languages: [English]",
        "ctid: ce-1",
        "slug: A slug",
        "aliases: [old]",
        "image: {src: a.jpg}",
    ],
)
def test_what_is_wrong_is_refused_by_both(line: str) -> None:
    values = {**COURSE, **load_core(line)}
    assert refusals("course", COURSE) == []
    assert refusals("course", values) != []
    texts, problems = loader.load_yaml(line, "")
    with pytest.raises(ValidationError):
        MODELS[Kind.COURSE].model_validate({**COURSE, **texts})
    assert problems == []


@pytest.mark.parametrize(
    "meets",
    [
        "Mondays and Wednesdays 18:00-20:00 except 2027-02-15",
        "[Mondays 18:00-20:00]",
        "{days: monday, from: 18:00, to: 20:00}",
        "[{days: [monday, friday], from: 9:00, to: 12:00, except: [2027-02-15]}, Fri 9:00-12:00]",
    ],
)
def test_meetings_are_accepted_by_both(meets: str) -> None:
    line = f"sessions: [{{starts: 2027-02-01 18:00, ends: 2027-03-15, meets: {meets}}}]"
    assert refusals("course", {**COURSE, **load_core(line)}) == []
    MODELS[Kind.COURSE].model_validate({**COURSE, **loader.load_yaml(line, "")[0]})


@pytest.mark.parametrize("line", ["problems: {missing-price: of}", "problems: {bad-date: off}", "base_url: nowhere",
                                  "page_size: 0", "menu: [About us]", "menu: [{label: A, items: [{label: B, items: [c]}]}]", "home: [industry]",
                                  "publish: {branch: a b}", "publish: {rsync: www.college.test}", "publish: {remote: --x}", "compress: zip",
                                  "footer: {social: [x]}", "funding: {A b: {title: x}}", "filters: [colour]"])  # fmt: skip
def test_wrong_settings_are_refused(line: str) -> None:
    good = {"title": "A site", "base_url": "https://courses.example/"}
    assert refusals(SETTINGS_SCHEMA, good) == []
    assert refusals(SETTINGS_SCHEMA, {**good, **load_core(line)}) != []


@pytest.mark.parametrize(
    "line",
    [
        "menu: [courses, about, /x/, {label: More, items: [page:about, {label: A, url: 'https://a.test/'}]}]",
        "home: [hero, {section: starts, count: 3}, {section: text, text: Welcome}]",
        "publish: {branch: site/live, remote: 'git@git.college.test:a/b.git', rsync: 'web@www.college.test:/srv/www'}",
        "publish: {rsync: ../www/courses}",
        "compress: gzip",
        "compress: [gzip, brotli]",
        "footer: {text: Hello, links: [about], social: ['https://x.com/a?b=1', {url: 'https://a.test/', network: mastodon}]}",
    ],
)
def test_menus_footers_and_home_pages_are_accepted(line: str) -> None:
    good = {"title": "A site", "base_url": "https://courses.example/"}
    assert refusals(SETTINGS_SCHEMA, {**good, **load_core(line)}) == []


def test_ids_are_offered_and_others_not_refused() -> None:
    schema = validator("course").schema
    assert {"enum": ["harbour-college"]} in schema["properties"]["provider"]["anyOf"]
    assert {"enum": ["health"]} in schema["properties"]["industries"]["items"]["anyOf"]
    assert refusals("course", {**COURSE, "provider": "another", "industries": ["another"]}) == []


@pytest.mark.parametrize(("kind", "model"), [*MODELS.items(), (SETTINGS_SCHEMA, Config)])
def test_every_key_is_described(kind: str, model: Any) -> None:
    properties = json_schema(kind)["properties"]
    assert list(properties) == list(model.model_fields)
    assert all({"description", "$ref"} & set(properties[name]) for name in properties)


def test_making_a_schema_leaves_the_models_as_they_are() -> None:
    before = copy.deepcopy(MODELS[Kind.COURSE].model_json_schema())
    json_schema("course", {"provider": ("a",)})
    assert MODELS[Kind.COURSE].model_json_schema() == before


amounts = st.decimals(0, 10**9, places=2).map(lambda amount: f"{amount.normalize():f}")
spans = st.builds(
    "{}{}{}{}".format, st.integers(1, 400), st.sampled_from(["", "-500", " to 500", " – 500"]),
    st.sampled_from(["", " "]), st.sampled_from(["days", "Day", "HOURS", "week", "months", "years", "minutes"]),
)  # fmt: skip


@given(spans | st.sampled_from(["P6W", "PT42H", "P1Y"]))
def test_the_pattern_of_lengths_of_time_stops_none_that_is_understood(text: str) -> None:
    assert parse_duration(text)
    assert re.search(patterns.DURATION, text)


@given(amounts, st.sampled_from(["", " CAD", "eur"]))
def test_the_pattern_of_prices_stops_none_that_is_understood(amount: str, currency: str) -> None:
    for text in (amount + currency, f"{Decimal(amount):,}" + currency, "free"):
        assert (parse_money(text) is not None) == bool(re.search(patterns.PRICE, text))


@given(st.text("0123456789 .,-CADfreweksP", max_size=12))
def test_what_patterns_stop_is_understood_by_nobody(text: str) -> None:
    if not re.search(patterns.DURATION, text):
        assert parse_duration(text) is None
    if not re.search(patterns.PRICE, text):
        found = parse_money(text)
        assert found is None or found.amount <= 0  # with a minus, which `check` explains


def test_an_editors_program_explains_patterns_and_offers_no_nonsense() -> None:
    schema = validator("course").schema
    properties = schema["properties"]
    assert "such as `495 CAD` or `free`" in schema["$defs"]["Price"]["anyOf"][0]["patternErrorMessage"]
    text = json_text(json_schema("course", {"provider": ("harbour-college",)}))
    assert '"null"\n' not in re.sub(r'"not": \{\s*"type": \[[^\]]*\]', "", text)
    assert '"type": "null"' not in text
    assert properties["provider"]["anyOf"][1]["errorMessage"] == "This needs one text."


def test_the_names_of_blocks_in_settings_are_offered() -> None:
    properties = json_schema(SETTINGS_SCHEMA)["properties"]
    offered = {name: list(properties[name]["anyOf"][0]["properties"]) for name in ("fields", "vocabularies")}
    assert offered == {"fields": list(map(str, Kind)), "vocabularies": list(SETTING_NAMES.values())}


def test_the_sites_own_words_stand_beside_their_ids() -> None:
    config = settings(vocabularies={"delivery_modes": {"sea": "At sea", "hybrid": {"hidden": True}}})
    modes = json_schema(Kind.COURSE, schema=config.site_schema)["properties"]["delivery_modes"]["items"]
    assert modes["enum"] == ["online", "in-person", "blended", "sea"]
    assert modes["enumDescriptions"] == ["", "", "", "At sea"]
    assert "enumDescriptions" not in json_schema(Kind.COURSE)["properties"]["delivery_modes"]["items"]

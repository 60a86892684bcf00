"""Reads credsite.yaml, and finds what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from credsite.core.errors import system_error_message
from credsite.core.regular_files import read_regular
from credsite.problems.codes import CODES, OWN_CODE
from credsite.problems.model import KeyPath, Location, Problem, Severity, keys_overlap
from credsite.problems.suggestions import Effort, unknown_value_problem
from credsite.schema.brand import brand_findings
from credsite.schema.config import CONFIG_FILE, Config, ConfigError
from credsite.schema.footer import USUAL_FOOTER, footer_findings
from credsite.schema.front_matter import decode_text
from credsite.schema.home import home_findings
from credsite.schema.kinds import Kind
from credsite.schema.merge_conflicts import without_conflicts
from credsite.schema.models.base import FieldFinding
from credsite.schema.navigation import navigation_findings
from credsite.schema.partial_validation import compact_keys
from credsite.schema.publish import publish_findings
from credsite.schema.recovery import damaged_keys, is_damaged, readable_text, recover_yaml
from credsite.schema.validation import partial_model
from credsite.schema.yaml.loader import load_document
from credsite.schema.yaml.lost_text import lost_text_problems, with_lost_text

BASE_URL_EXAMPLE: Final = "base-url-example"
_EXAMPLE_HOST: Final = re.compile(r"(?:.*\.)?example(?:\.(?:com|org|net))?", re.IGNORECASE)
"""Names that RFC 2606 keeps for examples."""
_TEST_HOST: Final = re.compile(r"(?:.*\.)?(?:test|invalid)", re.IGNORECASE)
"""Names that RFC 2606 keeps for tests, which lead nowhere either. They are no mistake in a site that is not published."""
OWN_COMPUTER: Final = re.compile(r"(?:.*\.)?localhost|127(?:\.\d+){3}|::1", re.IGNORECASE)
"""Names that lead to the computer on which they are used."""
_LICENCE_OF_NOTHING: Final = "This is the licence of the files in `api/v1/`, and this site publishes none. Write `api: true` too, or delete the line."
_LIKELY_FILTERS: Final[Mapping[str, str]] = {
    word: facet
    for facet, words in {
        "place": "location campu campus venue city where",
        "cost": "price fee",
        "mode": "delivery delivery-mode delivery_mode format",
        "start": "date start-date start_date when session",
        "timing": "time time-of-day schedule",
        "industry": "topic subject category sector",
        "duration": "length",
    }.items()
    for word in words.split()
}
"""Other words for filters, without an `s` at the end."""
_MAX_BYTES: Final = 2_000_000
_DECLARATIONS: Final = frozenset({"fields", "vocabularies"})
_USABLE: Final = _DECLARATIONS | {"menu", "footer", "home"}
"""The settings of which the rest can be used where a part disagrees with another."""
_DECLARATION_DEPTH: Final = 3
"""How many keys lead to the declaration of a field or of a value: `fields`, the kind and its own."""
_NO_CURRENCY: Final = "XXX"
"""What ISO 4217 has for no currency: stands for a wrong one, so that prices which name none are not wrong too."""


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """credsite.yaml: its settings, and what is wrong with them.

    ``wrong_keys`` are the settings that are wrong. Each has its usual value in ``config``, so that the content can be checked
    nevertheless; nothing may be published then.
    """

    config: Config
    problems: tuple[Problem, ...] = ()
    wrong_keys: frozenset[KeyPath] = frozenset()


def load_config(root: Path) -> tuple[Config | None, list[Problem]]:
    """The settings of the site in the folder ``root``, or None if they cannot be used, and what is wrong with them.

    ConfigError where there is no credsite.yaml, or it cannot be read.
    """
    file = read_settings(root)
    return (None if file.wrong_keys else file.config), list(file.problems)


def read_settings(root: Path) -> SettingsFile:
    """The settings of the site in the folder ``root``, as far as they are right, and all that is wrong with them.

    ConfigError where there is no credsite.yaml, or it cannot be read.
    """
    data = _read(root)
    text, problem = decode_text(data, CONFIG_FILE)
    if problem is not None:
        text = readable_text(data)
        settings = _parse(text)
        rest = (one for one in settings.problems if not is_damaged(one))
        return replace(
            settings,
            problems=(problem, *rest),
            wrong_keys=compact_keys(settings.wrong_keys.union(damaged_keys(f"---\n{text}\n---\n")), Config),
        )
    return _parse(text)


def _parse(text: str) -> SettingsFile:
    text, problems = without_conflicts(text, CONFIG_FILE)
    unreadable: frozenset[KeyPath] = frozenset({("",)}) if problems else frozenset()
    document = load_document(text, CONFIG_FILE)
    values = document.data
    if document.problems:
        readable = recover_yaml(text, CONFIG_FILE, 1, document.problems)
        values, unreadable = readable.values, unreadable | compact_keys(readable.wrong_keys, Config)
        problems += readable.problems
        text = readable.text
        document = load_document(text, CONFIG_FILE)
    elif not isinstance(values, dict):
        message = (
            "The settings are not a list of `key: value` lines. Begin with `title: The name of your site`."
        )
        problems.append(Problem("front-matter-shape", message, Location(CONFIG_FILE, 1, 1)))
        values, unreadable = {}, frozenset({()})
    config, wrong, found = partial_model(values, Config, CONFIG_FILE)
    if config is None:
        config, wrong = Config(title=CONFIG_FILE, base_url="https://site.example/"), frozenset({()})
    found = with_lost_text(found, lost_text_problems(document, text, CONFIG_FILE, 1, Config))
    problems += (one for one in found if not one.is_affected(unreadable))
    wrong |= unreadable
    disagreeing = [
        one
        for one in (
            *_filter_problems(config, wrong),
            *_cost_band_problems(config),
            *_severity_problems(config, wrong),
            *_finding_problems(config, wrong),
        )
        if not one.is_affected(wrong)
    ]
    config = _without(config, {one.location.key for one in disagreeing})
    if keys_overlap(("currency",), wrong):
        config = config.model_copy(update={"currency": _NO_CURRENCY})
    keys = frozenset(one.location.key for one in disagreeing)
    examples = (one for one in _example_address_problems(config) if not one.is_affected(wrong))
    return SettingsFile(config, (*problems, *disagreeing, *examples), wrong | keys)


def _without(config: Config, keys: Collection[KeyPath]) -> Config:
    """``config`` with the usual values of the settings at ``keys``, or without the codes of problems."""
    names = {str(key[0]) for key in keys} - _USABLE
    usual: dict[str, Any] = {name: Config.model_fields[name].default for name in names}
    if "problems" in usual:
        usual["problems"] = {
            code: severity for code, severity in config.problems.items() if ("problems", code) not in keys
        }
    return config.model_copy(update=usual)


def _read(root: Path) -> bytes:
    path = root / CONFIG_FILE
    try:
        return read_regular(path, _MAX_BYTES)
    except FileNotFoundError:
        from credsite.schema.missing_settings import missing_settings_message

        raise ConfigError(missing_settings_message(root)) from None
    except OSError as error:
        raise ConfigError(
            system_error_message(error) or f"{path} cannot be read: {error.strerror}."
        ) from None


def _example_address_problems(config: Config) -> Iterator[Problem]:
    """A warning for each address that cannot be the site's own, because such names are kept for examples."""
    host = _host(config.base_url)
    if _EXAMPLE_HOST.fullmatch(host) or OWN_COMPUTER.fullmatch(host):
        message = (
            f"`{config.base_url}` is only an example. Write the address at which visitors will find the site: search "
            "engines, feeds and calendars get it from here."
        )
        yield Problem(BASE_URL_EXAMPLE, message, Location(CONFIG_FILE, key=("base_url",)))
    if config.contact is not None and _EXAMPLE_HOST.fullmatch(_host(config.contact)):
        message = (
            f"`{config.contact}` is only an example, and every page offers it to visitors. "
            "Write whom they can ask, or delete the line."
        )
        yield Problem(BASE_URL_EXAMPLE, message, Location(CONFIG_FILE, key=("contact",)))


def is_real_address(address: str) -> bool:
    """Whether a web address may be that of a published website: not one that is kept for examples or tests, nor this computer."""
    host = _host(address)
    return not any(kept.fullmatch(host) for kept in (_EXAMPLE_HOST, _TEST_HOST, OWN_COMPUTER))


def _host(address: str) -> str:
    """The name of the computer that a web or e-mail address leads to."""
    parts = urlsplit(address)
    return parts.hostname or parts.path.rpartition("@")[2]


def _filter_problems(config: Config, wrong_keys: Collection[KeyPath]) -> Iterator[Problem]:
    seen: set[str] = set()
    facets = config.site_schema.facets
    for position, facet in enumerate(config.filters or ()):
        declaration = ("fields", Kind.COURSE.value, facet.replace("-", "_"))
        if facet not in facets and not keys_overlap(declaration, wrong_keys):
            message = f"`{facet}` cannot be one of its `filters`."
            location = Location(CONFIG_FILE, key=("filters", position))
            found = unknown_value_problem("unknown-value", message, location, facet, facets)
            likely = _LIKELY_FILTERS.get(facet.removesuffix("s"), "")
            yield replace(found, suggestion=likely) if likely in facets else found
        if facet in seen:
            message = f"`{facet}` is in `filters` twice. Remove one of the two."
            yield Problem("unknown-value", message, Location(CONFIG_FILE, key=("filters", position)))
        seen.add(facet)


def _finding_problems(config: Config, wrong_keys: Collection[KeyPath]) -> Iterator[Problem]:
    for finding in _findings(config):
        if finding.is_affected(wrong_keys):
            continue
        is_declaration = finding.key[0] in _DECLARATIONS and len(finding.key) == _DECLARATION_DEPTH
        location = Location(CONFIG_FILE, key=finding.key, target="key" if is_declaration else "value")
        yield Problem(finding.code, finding.message, location)


def _findings(config: Config) -> Iterator[FieldFinding]:
    """What is wrong with blocks of settings although each of their parts is right."""
    footer = config.footer or USUAL_FOOTER
    yield from navigation_findings(config.menu, ("menu",))
    yield from navigation_findings(footer.links, ("footer", "links"))
    yield from footer_findings(footer, ("footer",))
    yield from home_findings(config.home, ("home",))
    if config.data_licence and not config.api:
        yield FieldFinding("bad-declaration", _LICENCE_OF_NOTHING, ("data_licence",), depends_on=(("api",),))
    if config.brand:
        yield from brand_findings(config.brand, ("brand",))
    if config.publish:
        yield from publish_findings(config.publish, ("publish",))
    # Loaded late: most sites declare nothing.
    if config.fields:
        from credsite.schema.own_field_checks import own_field_findings

        yield from own_field_findings(config.fields)
    if config.vocabularies:
        from credsite.schema.own_vocabulary_checks import own_vocabulary_findings

        old_settings = {"backgrounds": config.backgrounds, "support": config.support}
        yield from own_vocabulary_findings(config.vocabularies, old_settings)


def _cost_band_problems(config: Config) -> Iterator[Problem]:
    for position, (low, high) in enumerate(pairwise(config.cost_bands), start=1):
        if low >= high:
            message = (
                f"The amounts of `cost_bands` must rise, but {low} comes before {high}. Put them in order."
            )
            yield Problem("bad-number", message, Location(CONFIG_FILE, key=("cost_bands", position)))


def _severity_problems(config: Config, wrong_keys: Collection[KeyPath]) -> Iterator[Problem]:
    effort = Effort()
    may_have_hooks = bool(config.hooks) or keys_overlap(("hooks",), wrong_keys)
    for code, severity in config.problems.items():
        if code.startswith(OWN_CODE) and may_have_hooks:
            continue  # whoever loads the hooks knows their codes
        if code not in CODES:
            message = f"There is no problem with the code `{code}`."
            location = Location(CONFIG_FILE, key=("problems", code), target="key")
            yield unknown_value_problem("unknown-id", message, location, code, tuple(CODES), effort=effort)
        elif severity == "off" and CODES[code].severity is not Severity.ADVICE:
            yield only_advice_problem(code)


def only_advice_problem(code: str) -> Problem:
    """That the settings turn off what is not advice."""
    message = f"`{code}` is not advice, so it cannot be turned off."
    return Problem("unknown-value", message, Location(CONFIG_FILE, key=("problems", code)))

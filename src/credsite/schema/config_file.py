"""Reads credsite.yaml, and finds what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from pydantic import ValidationError

from credsite.problems.codes import CODES
from credsite.problems.model import Location, Problem, Severity
from credsite.problems.suggestions import unknown_value_problem
from credsite.schema.config import CONFIG_FILE, Config, ConfigError
from credsite.schema.front_matter import decode_text
from credsite.schema.merge_conflicts import without_conflicts
from credsite.schema.validation import validation_problems
from credsite.schema.yaml.loader import load_document
from credsite.schema.yaml.lost_text import lost_text_problems, with_lost_text


def load_config(root: Path) -> tuple[Config | None, list[Problem]]:
    """The settings of the site in the folder ``root``, or None if they cannot be used, and what is wrong with them.

    ConfigError where there is no credsite.yaml, or it cannot be read.
    """
    data = _read(root)
    text, problem = decode_text(data, CONFIG_FILE)
    if problem is not None:
        return None, [problem]
    text, conflicts = without_conflicts(text, CONFIG_FILE)
    if conflicts:
        return None, conflicts
    document = load_document(text, CONFIG_FILE)
    settings, problems = document.data, document.problems
    if problems:
        return None, problems
    if not isinstance(settings, dict):
        message = (
            "The settings are not a list of `key: value` lines. Begin with `title: The name of your site`."
        )
        return None, [Problem("front-matter-shape", message, Location(CONFIG_FILE, 1, 1))]
    lost = lost_text_problems(document, text, CONFIG_FILE, 1, Config)
    try:
        config = Config.model_validate(settings)
    except ValidationError as error:
        return None, with_lost_text(validation_problems(error, Config, CONFIG_FILE), lost)
    problems = [*_filter_problems(config), *_cost_band_problems(config), *_severity_problems(config)]
    return (None if problems else config), [*problems, *lost]


def _read(root: Path) -> bytes:
    path = root / CONFIG_FILE
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise ConfigError(
            f"There is no {CONFIG_FILE} in {root}. Give the folder of a site, or make a new one with `credsite init`."
        ) from None
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}.") from None


def _filter_problems(config: Config) -> Iterator[Problem]:
    for position, facet in enumerate(config.filters):
        if facet in config.filters[:position]:
            message = f"`{facet}` is in `filters` twice. Remove one of the two."
            yield Problem("unknown-value", message, Location(CONFIG_FILE, key=("filters", position)))


def _cost_band_problems(config: Config) -> Iterator[Problem]:
    for position, (low, high) in enumerate(pairwise(config.cost_bands), start=1):
        if low >= high:
            message = (
                f"The amounts of `cost_bands` must rise, but {low} comes before {high}. Put them in order."
            )
            yield Problem("bad-number", message, Location(CONFIG_FILE, key=("cost_bands", position)))


def _severity_problems(config: Config) -> Iterator[Problem]:
    for code, severity in config.problems.items():
        if code not in CODES:
            message = f"There is no problem with the code `{code}`."
            location = Location(CONFIG_FILE, key=("problems", code), target="key")
            yield unknown_value_problem("unknown-id", message, location, code, tuple(CODES))
        elif severity == "off" and CODES[code].severity is not Severity.ADVICE:
            message = f"`{code}` is not advice, so it cannot be turned off."
            yield Problem("unknown-value", message, Location(CONFIG_FILE, key=("problems", code)))

"""What can be said of the content of a site while some of its settings are wrong."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Final

from credsite.problems.model import KeyPath, Problem, keys_overlap
from credsite.schema.config import CONFIG_FILE, Config
from credsite.schema.introspection import last_name, vocabulary_keys
from credsite.schema.kinds import Kind
from credsite.schema.models import MODELS
from credsite.schema.navigation import is_name
from credsite.schema.own_fields import likely_field_key
from credsite.schema.vocabularies import SETTING_NAMES
from credsite.site.settings_checks import navigation_links

_DEPENDENT: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "languages": (("unknown-language", ""), ("words-untranslated", "")),
    "theme": (("unknown-value", "template"),),
    **dict.fromkeys(("max_file_size", "max_image_size", "max_static_size"), (("file-too-large", ""),)),
    "funding": (("unknown-id", "funding"),),
    "timezone": (("time-zone-missing", ""),),
    "backgrounds": (("unknown-id", "background"),),
    "support": (("unknown-id", "support"),),
}
"""By setting, the codes and the outermost keys of problems that may only be there because it is wrong."""
_OF_LINKS: Final = frozenset({"broken-link", "held-back-link"})


def independent_problems(
    problems: Iterable[Problem], config: Config, wrong_settings: Collection[KeyPath]
) -> list[Problem]:
    """Those of ``problems`` that are not only there because some settings of ``config`` may be wrong."""
    targets = {(*key, "url"): link.url for key, link in navigation_links(config) if link.url is not None}
    return [one for one in problems if not _depends_on_settings(one, targets, wrong_settings)]


def _depends_on_settings(
    problem: Problem, targets: Mapping[KeyPath, str], wrong_settings: Collection[KeyPath]
) -> bool:
    """Whether ``problem`` may only be there because of ``wrong_settings``. ``targets`` are those of links in settings."""
    if problem.location.path == CONFIG_FILE:
        # A stand-in for a wrong link leads nowhere.
        return problem.code in _OF_LINKS and (
            problem.is_affected(wrong_settings)
            or _is_declared_wrongly(targets.get(problem.location.key, ""), wrong_settings)
        )
    key = str(problem.location.key[0]) if problem.location.key else ""
    if _depends_on_declaration(problem, key, wrong_settings) or _depends_on_vocabulary(
        problem, wrong_settings
    ):
        return True
    return any(
        (problem.code, key) in dependent or (problem.code, "") in dependent
        for setting, dependent in _DEPENDENT.items()
        if keys_overlap((setting,), wrong_settings)
    )


def _is_declared_wrongly(target: str, wrong_settings: Collection[KeyPath]) -> bool:
    """Whether a link of the menu or the footer leads to the values of an own field that is declared wrongly."""
    key = ("fields", Kind.COURSE.value, target.replace("-", "_"))
    return is_name(target) and keys_overlap(key, wrong_settings)


def _depends_on_declaration(problem: Problem, key: str, wrong_settings: Collection[KeyPath]) -> bool:
    """Whether ``problem``, at the outermost ``key`` of an entry, may only be there because an own field is declared wrongly."""
    for setting in wrong_settings:
        if setting[:1] not in ((), ("fields",)):
            continue
        if len(setting) < 3 and problem.code == "unknown-key":
            return True
        if len(setting) >= 3 and key and key in (setting[2], likely_field_key(str(setting[2]))):
            return True
    return False


def _depends_on_vocabulary(problem: Problem, wrong_settings: Collection[KeyPath]) -> bool:
    """Whether ``problem`` may only be there because the values of a vocabulary are declared wrongly."""
    if problem.code not in ("unknown-value", "unknown-id", "missing-key"):
        return False
    wrong = {
        name
        for name, setting in SETTING_NAMES.items()
        if keys_overlap(("vocabularies", setting), wrong_settings)
    }
    if not wrong:
        return False
    written = last_name(problem.location.key)
    # The file of a delivery mode has no key that is wrong: its name is.
    is_mode = "mode" in wrong and problem.code == "unknown-id" and not written
    return is_mode or not wrong.isdisjoint(_vocabularies_of_keys().get(written, ()))


@cache
def _vocabularies_of_keys() -> Mapping[str, Collection[str]]:
    """The names of the vocabularies from which keys of entries take values, by these keys."""
    names: dict[str, set[str]] = {}
    for model in MODELS.values():
        for name, key in vocabulary_keys(model):
            names.setdefault(key, set()).add(name)
    return names

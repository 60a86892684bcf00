"""The menu and the footer, as `menu` and `footer` in credsite.yaml have them."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Annotated, Any, ClassVar, Final

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from credsite.core.text import slugify
from credsite.problems.model import KeyPath
from credsite.problems.suggestions import closest_match
from credsite.schema import patterns
from credsite.schema.field_types import SLUG_PATTERN, parse_url, text_only, value_error
from credsite.schema.kinds import Kind
from credsite.schema.models.base import FieldFinding, TextOrBlock
from credsite.schema.vocabularies import N_

MENU_LISTS: Final[Mapping[str, str]] = {
    "courses": N_("Courses"),
    "industries": N_("Industries"),
    "delivery": N_("Delivery"),
    "pathways": N_("Pathways"),
    "stories": N_("Stories"),
    "guides": N_("Guides"),
}
"""The lists in the usual menu, by the names that editors write. The list with the name `courses` is at /courses/."""
LISTS: Final[Mapping[str, str]] = {
    **MENU_LISTS,
    "providers": N_("Providers"),
    "places": N_("Locations"),
    "skills": N_("Skills"),
    "shortlist": N_("Shortlist"),
    "compare": N_("Compare courses"),
}
"""All pages that no file has written and that links can name."""
MAX_ITEMS: Final = 40
"""How many links a menu, a group or a footer can have."""

_TARGET: Final = "Where it leads: a list such as `courses`, a page such as `about`, another entry such as `course:first-aid`, or an address."
_NAME: Final = re.compile(SLUG_PATTERN)
_ENTRY: Final = re.compile(rf"({'|'.join(Kind)}):({SLUG_PATTERN.strip('^$')})(?:#\S+)?")
_PATH: Final = re.compile(r"/(?![/\\])\S*")
_WORDS: Final = re.compile(rf"(?:(?:{'|'.join(Kind)}):)?[^:/.@+]+")
"""What is no address, not even a mistyped one."""


def is_name(target: str) -> bool:
    """Whether a link leads to a list, or to a page by its id."""
    return _NAME.fullmatch(target) is not None


def _link_target(text: str) -> str:
    if is_name(text) or _ENTRY.fullmatch(text) or _PATH.fullmatch(text):
        return text
    if not _WORDS.fullmatch(text):
        return parse_url(text)
    kind, colon, words = text.rpartition(":")
    slug = slugify(words)
    likely = f"{kind}:{slug}" if colon else closest_match(slug, LISTS) or slug
    message = (
        f"Nothing of the site is called `{text}`. Write a list such as `courses`, the id of a page such as `about`, another "
        "entry such as `course:first-aid`, or an address such as https://college.example/ ."
    )
    raise value_error("bad-url", message, likely if likely != text else "")


_TARGET_SCHEMA: Final = {
    "anyOf": [{"enum": list(LISTS)}, {"type": "string", "pattern": patterns.LINK_TARGET}]
}
LinkTarget = Annotated[str, BeforeValidator(text_only(_link_target)), WithJsonSchema(_TARGET_SCHEMA)]
"""A list, a page or another entry of the site, a path on it, or a whole address."""


class NavigationLink(TextOrBlock):
    """A link: where it leads, or a block that also says its words."""

    ONE_LINE: ClassVar[dict[str, Any]] = _TARGET_SCHEMA
    TEXT_KEY = "url"

    label: str = Field(
        default="", description="Its words; the name of the list or the title of the entry if left out."
    )
    url: LinkTarget = Field(
        description=_TARGET,
    )

    @model_validator(mode="before")
    @classmethod
    def _without_other_forms(cls, data: Any) -> Any:
        if isinstance(data, dict) and data.get("items") and "items" not in cls.model_fields:
            message = (
                "There are no groups in groups. Write the links of this one among those of the group around it, or make it a "
                "group beside that."
            )
            raise value_error("unknown-key", message)
        if isinstance(data, dict) and len(data) == 1:
            _refuse_pair(*next(iter(data.items())), cls.model_fields)
        return data


def _refuse_pair(key: Any, value: Any, fields: Collection[str]) -> None:
    """What other programs write for a link: its words before a colon, and behind it where it leads."""
    if key in fields or not isinstance(key, str) or not isinstance(value, str):
        return
    label, url = (value, key) if is_name(key) and not is_name(value) else (key, value)
    message = f"A link with words of its own has two keys: `{{label: {label}, url: {url}}}`."
    raise value_error("unknown-key", message)


class NavigationItem(NavigationLink):
    """A link, or a group of links below one label."""

    url: LinkTarget | None = Field(  # type: ignore[assignment]
        default=None,
        description=f"{_TARGET} A group has none.",
    )
    items: Annotated[tuple[NavigationLink, ...], Field(max_length=MAX_ITEMS)] = Field(
        default=(), description="The links of a group."
    )


NavigationItems = Annotated[tuple[NavigationItem, ...], Field(max_length=MAX_ITEMS)]


def all_links(items: tuple[NavigationItem, ...], key: KeyPath) -> Iterator[tuple[KeyPath, NavigationLink]]:
    """The links of a menu at ``key``, those in groups too, each with the key that leads to it."""
    for position, item in enumerate(items):
        if item.url is not None:
            yield (*key, position), item
        yield from (((*key, position, "items", at), link) for at, link in enumerate(item.items))


def navigation_findings(items: tuple[NavigationItem, ...], key: KeyPath) -> Iterator[FieldFinding]:
    """What is wrong with a menu at ``key`` although each of its parts is right."""
    for position, item in enumerate(items):
        here = (*key, position)
        if item.items and item.url is not None:
            message = "A group only opens and closes, so it has no address of its own. Delete this `url`, or make it one of the `items`."
            yield FieldFinding("unknown-key", message, (*here, "url"))
        elif item.items and not item.label:
            yield FieldFinding("missing-key", "A group needs a `label`: the words that open it.", here)
        elif not item.items and item.url is None:
            message = (
                "It says neither where it leads nor what is in it. Write a `url`, or the `items` of a group."
            )
            yield FieldFinding("missing-key", message, here)
    for link_key, link in all_links(items, key):
        if not link.label and not is_name(link.url) and not _ENTRY.fullmatch(link.url):
            message = f"Write which words lead to {link.url} : `{{label: …, url: {link.url}}}`."
            yield FieldFinding("missing-key", message, link_key)

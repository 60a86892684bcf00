"""The settings of a site, as credsite.yaml has them."""

import difflib
import re
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, ClassVar, Final, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import (
    BeforeValidator,
    Field,
    ValidationError,
    WithJsonSchema,
    field_validator,
)

from credsite.core.errors import CredsiteError
from credsite.problems.suggestions import closest_match
from credsite.schema import patterns
from credsite.schema.analytics import Analytics
from credsite.schema.base_url import BaseUrl
from credsite.schema.brand import Brand
from credsite.schema.compression import Encoding
from credsite.schema.field_types import (
    Currency,
    LanguageTag,
    Slug,
    Text,
    Url,
    value_error,
)
from credsite.schema.footer import Footer
from credsite.schema.home import HomeSections
from credsite.schema.hosts import HostName
from credsite.schema.images import USUAL_IMAGES, ImageSettings
from credsite.schema.models.base import Model
from credsite.schema.navigation import NavigationItems
from credsite.schema.one_or_many import ONE_OR_MANY
from credsite.schema.own_fields import OwnFields
from credsite.schema.own_vocabularies import OwnVocabularies, with_old_settings
from credsite.schema.publish import Publish
from credsite.schema.share_pictures import SharePictures
from credsite.schema.site_schema import BUILT_IN, SiteSchema, site_schema
from credsite.schema.verification import VerificationTags

CONFIG_FILE: Final = "credsite.yaml"
StandardId = Literal["eu", "ecampusontario", "osap"]
_REGIONS: Final = ("atlantic", "eastern", "central", "mountain", "pacific")
"""Time zones of North America as people call them. They hold in several countries."""
_CLOSE: Final = 0.8
"""How alike a word and the name of a city must be, from 0 to 1."""
_SIZE: Final = re.compile(r"(\d{1,12}(?:\.\d+)?)\s*(|B|kB|KB|MB|GB)")
_BYTES: Final = {"": 1, "B": 1, "kB": 1000, "KB": 1000, "MB": 1000**2, "GB": 1000**3}


class ConfigError(CredsiteError):
    """There is no readable credsite.yaml, so there is no site."""


class Funding(Model):
    """Financial aid for learners, which courses name by its id."""

    title: Text = Field(description="Its name.")
    summary: str = Field(default="", description="Who can have it, in a sentence.")
    url: Url | None = Field(default=None, description="Where to read more or apply.")


def _size(value: Any) -> Any:
    if isinstance(value, str):
        match = _SIZE.fullmatch(value.strip())
        if match is None or not float(match[1]):
            raise value_error("bad-number", "Write a size such as 2 MB or 500 kB.")
        return int(float(match[1]) * _BYTES[match[2]])
    return value


MAX_SIZE: Final = 1_000_000_000
"""Bytes: what no limit of a size may go beyond."""
_Size = Annotated[
    int,
    BeforeValidator(_size),
    Field(ge=1, le=MAX_SIZE),
    WithJsonSchema(
        {"type": ["integer", "string"], "pattern": patterns.SIZE, "minimum": 1, "maximum": MAX_SIZE}
    ),
]


def _likely_zone(written: str) -> str:
    """The time zone of the city in ``written``, or ""."""
    by_city: dict[str, list[str]] = {}
    for zone in sorted(available_timezones()):
        if "/" in zone and not zone.startswith(("Etc/", "US/", "Canada/", "posix/", "right/")):
            by_city.setdefault(zone.rpartition("/")[2], []).append(zone)
    city = re.split(r"[/,(]", written.strip().rstrip(")"))[-1].strip()
    if city.casefold().split(" ")[0] in _REGIONS:
        return ""
    closest = closest_match(city or written, by_city)
    is_close = (
        difflib.SequenceMatcher(None, closest.casefold(), city.casefold().replace(" ", "_")).ratio() > _CLOSE
    )
    return by_city[closest][0] if closest and is_close else ""


_Facet = Annotated[Text, WithJsonSchema({"enum": list(BUILT_IN.facets)})]


class Config(Model):
    """Everything that credsite.yaml may say."""

    KEEPS_EMPTY: ClassVar[Mapping[str, type | tuple[type, ...]]] = {
        **dict.fromkeys(("languages", "filters", "cost_bands"), list),
        **dict.fromkeys(("funding", "vocabularies", "backgrounds", "support", "problems"), dict),
    }

    title: Text = Field(description="The site's name.", examples=["Harbour College Short Courses"])
    base_url: BaseUrl = Field(
        description="The address of the published site, with its path.",
        examples=["https://courses.example/"],
    )
    host: HostName | None = Field(
        default=None,
        description="Where the site is published. The build writes the files that this host reads.",
        examples=["netlify"],
    )
    tagline: str = Field(
        default="",
        description="One line under the name on the home page.",
        examples=["Learn it here, use it on Monday"],
    )
    description: str = Field(
        default="",
        description="What the site is, in one or two sentences, for search engines.",
        examples=["Short courses for people who live and work on the coast."],
    )
    languages: Annotated[tuple[LanguageTag, ...], Field(min_length=1, max_length=1)] = Field(
        default=("en",),
        description="The language that the site is published in.",
        examples=[["fr-CA"]],
    )
    currency: Currency | None = Field(
        default=None, description="The currency of prices that name none.", examples=["CAD"]
    )
    timezone: Text = Field(
        default="UTC",
        description="The time zone that decides when a day begins.",
        examples=["America/Halifax"],
    )
    contact: Url | None = Field(
        default=None, description="Whom visitors can ask.", examples=["mailto:ask@courses.example"]
    )
    menu: NavigationItems = Field(
        default=(),
        description="The menu: lists, pages, other entries, addresses, and groups of them. All lists if left out.",
        examples=[["courses", "industries", "about"]],
    )
    footer: Footer | None = Field(
        default=None,
        description="The foot of every page.",
        examples=[{"text": "Part of **Harbour College**.", "links": ["about", "privacy"]}],
    )
    notice: str = Field(
        default="",
        description="What every visitor should know, at the foot of every page, in Markdown.",
        examples=["We are closed until 5 January."],
    )
    home: HomeSections = Field(
        default=(),
        description="The sections of the home page, in their order; the usual ones if left out.",
        examples=[["hero", "starts", "industries", "stories"]],
    )
    head: VerificationTags = Field(
        default={},
        description="Tags of the home page by which search engines see that the website is yours: names and contents.",
    )
    analytics: Analytics | None = Field(
        default=None,
        description="The service that counts visitors; none if left out.",
        examples=[{"service": "plausible", "id": "courses.college.example"}],
    )
    compress: Annotated[tuple[Encoding, ...], ONE_OR_MANY] = Field(
        default=(),
        description="Compressed copies beside the files of the website, for servers that send them as they are.",
        examples=[["gzip", "brotli"]],
    )
    publish: Publish | None = Field(
        default=None,
        description="Where `credsite publish` puts the website.",
        examples=[{"branch": "gh-pages"}],
    )
    theme: Slug = Field(
        default="default",
        description="The theme: `default`, or a folder in `themes/`.",
        examples=["harbour"],
    )
    brand: Brand | None = Field(
        default=None,
        description="The colours, fonts and pictures of your college.",
        examples=[{"logo": "brand/logo.svg", "colours": {"accent": "#7a1f3d"}}],
    )
    share_pictures: SharePictures = Field(
        default=SharePictures(),
        description="The pictures that other websites show beside links to pages.",
        examples=[False],
    )
    page_size: Annotated[int, Field(ge=1, le=500)] = Field(
        default=24, description="How many entries a list shows on a page.", examples=[48]
    )
    max_file_size: _Size = Field(
        default=2_000_000,
        description="The largest text that is read, such as `2 MB`, and 1 GB at most.",
        examples=["2 MB"],
    )
    max_image_size: _Size = Field(
        default=20_000_000,
        description="The largest picture that entries show, 1 GB at most.",
        examples=["20 MB"],
    )
    images: ImageSettings | None = Field(
        default=None,
        description="How the pictures of entries are published; in the usual widths and formats if left out.",
        examples=[{"widths": [480, 960, 1600], "formats": ["webp", "original"], "quality": 75}],
    )
    max_static_size: _Size = Field(
        default=100_000_000, description="The largest file in `static/`, 1 GB at most.", examples=["100 MB"]
    )
    fields: OwnFields = Field(
        default={},
        description="Fields of your own, by the kind of entry and by their keys.",
        examples=[
            {"course": {"syllabus": "url", "union_rate": {"type": "money", "show": ["facts", "card"]}}}
        ],
    )
    vocabularies: OwnVocabularies = Field(
        default={},
        description="Words of your own for delivery, levels and other lists that entries choose from: by the name of the list, ids and names.",
        examples=[{"levels": {"expert": {"label": "For experts", "same_as": "advanced"}}}],
    )
    filters: tuple[_Facet, ...] | None = Field(
        default=None,
        description="What visitors can filter courses by, in this order; everything if left out.",
        examples=[["industry", "mode", "cost", "start"]],
    )
    cost_bands: tuple[Annotated[int, Field(ge=1, le=1_000_000_000)], ...] = Field(
        default=(100, 250, 500),
        description="The amounts, in the site's currency, that divide the bands of the cost filter.",
        examples=[[100, 250, 500]],
    )
    funding: Mapping[Slug, Funding] = Field(
        default={},
        description="Financial aid, by the ids that courses use.",
        examples=[{"bursary": {"title": "Harbour Bursary"}}],
    )
    backgrounds: Mapping[Slug, Text] | None = Field(
        default=None,
        description="An older way to write `backgrounds` in `vocabularies`. The built-in ones that it does not name are hidden.",
    )
    support: Mapping[Slug, Text] = Field(
        default={}, description="An older way to write `support` in `vocabularies`."
    )
    api: bool = Field(
        default=False,
        description="`true` to publish the courses, stories and providers as files for other programs, in `api/v1/`.",
        examples=[True],
    )
    data_licence: Url | None = Field(
        default=None,
        description="The address of the licence under which others may use these files.",
        examples=["https://creativecommons.org/licenses/by/4.0/"],
    )
    standards: tuple[StandardId, ...] = Field(
        default=(),
        description="Standards for micro-credentials, which `credsite check` compares every course with.",
        examples=[["eu"]],
    )
    hooks: Annotated[tuple[Text, ...], ONE_OR_MANY] = Field(
        default=(),
        description="Code of your own that takes part in builds: `hooks.py`, or names of installed packages.",
        examples=["hooks.py"],
    )
    problems: Mapping[Text, Literal["error", "off"]] = Field(
        default={},
        description="Codes of problems to raise to an `error`, or advice to turn `off`.",
        examples=[{"missing-price": "error", "missing-workload": "off"}],
    )

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise value_error(
                "bad-time-zone",
                f"`{name}` is not a time zone. Write America/Toronto or Europe/Paris, for instance.",
                _likely_zone(name),
            ) from None
        return name

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @cached_property
    def site_schema(self) -> SiteSchema:
        """What the authors of the site may write, with what these settings declare."""
        vocabularies = self.vocabularies
        if self.backgrounds or self.support:
            vocabularies = with_old_settings(vocabularies, self.backgrounds, self.support)
        return site_schema(self.fields, vocabularies)

    @property
    def offered_filters(self) -> tuple[str, ...]:
        """What visitors can filter courses by, in order."""
        return self.site_schema.usual_filters if self.filters is None else self.filters

    @property
    def image_settings(self) -> ImageSettings:
        """How the pictures of entries are published."""
        return self.images or USUAL_IMAGES

    @property
    def language(self) -> str:
        return self.languages[0]

    def with_base_url(self, url: str) -> "Config":
        """The same settings for another address. ConfigError where it is none."""
        try:
            valid = Config(title=self.title, base_url=url)
        except ValidationError as error:
            raise ConfigError(f"{url!r} is not the address of a site. {error.errors()[0]['msg']}") from None
        # These settings may stand for wrong ones, so only the address is validated.
        return self.model_copy(update={"base_url": valid.base_url})

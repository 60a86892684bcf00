"""The footer, as `footer` in credsite.yaml has it."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Literal
from urllib.parse import urlsplit

from pydantic import Field

from credsite.problems.model import KeyPath
from credsite.schema import patterns
from credsite.schema.field_types import WebAddress
from credsite.schema.models.base import FieldFinding, Model, TextOrBlock
from credsite.schema.navigation import MAX_ITEMS, NavigationItems

NETWORKS: Final[Mapping[str, tuple[str, ...]]] = {
    "bluesky": ("Bluesky", "bsky.app"),
    "facebook": ("Facebook", "facebook.com", "fb.com", "fb.me"),
    "github": ("GitHub", "github.com"),
    "instagram": ("Instagram", "instagram.com"),
    "linkedin": ("LinkedIn", "linkedin.com"),
    "mastodon": ("Mastodon",),
    "threads": ("Threads", "threads.com", "threads.net"),
    "tiktok": ("TikTok", "tiktok.com"),
    "x": ("X", "x.com", "twitter.com"),
    "youtube": ("YouTube", "youtube.com", "youtu.be"),
}
"""Social networks by their ids: the name, and the websites by which an address is known."""
if TYPE_CHECKING:  # Type checkers cannot read the table.
    Network = str
else:
    Network = Literal[tuple(NETWORKS)]


class SocialProfile(TextOrBlock):
    """A profile on a social network: its address, or a block that also says its words."""

    ONE_LINE: ClassVar[dict[str, Any]] = {"type": "string", "format": "uri", "pattern": patterns.WEB_PAGE}
    TEXT_KEY = "url"

    url: WebAddress = Field(
        description="The address of the profile.", examples=["https://bsky.app/profile/college.example"]
    )
    network: Network | None = Field(
        default=None, description="Which network it is; known by the address of most if left out."
    )
    label: str = Field(default="", description="Its words; the name of the network if left out.")

    @property
    def known_network(self) -> str:
        """The id of the network, as far as it is said or known by the address; else ""."""
        host = (urlsplit(self.url).hostname or "").removeprefix("www.")
        by_address = (
            id_
            for id_, (_, *websites) in NETWORKS.items()
            if any(f".{host}".endswith(f".{website}") for website in websites)
        )
        return self.network or next(by_address, "")

    @property
    def title(self) -> str:
        return self.label or NETWORKS.get(self.known_network, ("",))[0]


class Footer(Model):
    """The foot of every page."""

    text: str = Field(
        default="",
        description="A text in Markdown: who you are, your address.",
        examples=["Part of *Harbour College*."],
    )
    links: NavigationItems = Field(
        default=(),
        description="Links, as in `menu`, and groups of them, each a column; all lists and pages if left out.",
        examples=[["about", "privacy"]],
    )
    social: Annotated[tuple[SocialProfile, ...], Field(max_length=MAX_ITEMS)] = Field(
        default=(), description="Your profiles on social networks."
    )


USUAL_FOOTER: Final = Footer.model_construct()
"""The footer of a site that says nothing about it. Nothing in it needs to be validated, so no validator is built for it."""


def footer_findings(footer: Footer, key: KeyPath) -> Iterator[FieldFinding]:
    """What is wrong with the social links of the footer at ``key`` although each of their parts is right."""
    for position, link in enumerate(footer.social):
        if not link.title:
            message = f"Write which network it is, such as `network: mastodon`, or a `label`: the words that lead to {link.url} ."
            yield FieldFinding("missing-key", message, (*key, "social", position))

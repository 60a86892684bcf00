"""Builds the small parts of view models: terms, links, pictures, prices."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, partial, wraps
from itertools import chain
from typing import Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import urlsplit

from babel import Locale

from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.enrolment import Enrolment
from credsite.catalogue.skills import skill_key
from credsite.content.entry import Entry
from credsite.content.image_slots import BADGE, PAGE, Slot
from credsite.content.images import Images
from credsite.content.loader import EntryLoader
from credsite.content.markdown.sanitizer import video_link
from credsite.content.records import PriceRecord, Record
from credsite.core.dates import unless_for_ever
from credsite.core.locales import locale_of, regional_language, words_language
from credsite.schema.config import Config
from credsite.schema.kinds import Kind
from credsite.schema.models import EntryFields
from credsite.schema.models.base import Credential, Video
from credsite.site import views
from credsite.site.dependencies.recorder import (
    LookupRecorder,
    SharedName,
    recording_link_resolver,
)
from credsite.site.labels import Labels, Translator
from credsite.site.links import LinkResolver
from credsite.site.pictures import picture_view, share_picture
from credsite.site.share_settings import ShareSettings
from credsite.site.urls import Urls, skill_path, story_list_path
from credsite.site.video_players import video_player
from credsite.site.views import Link, Picture, Term

Made = TypeVar("Made")
Keys = ParamSpec("Keys")
EntryModel = TypeVar("EntryModel", bound=EntryFields)


@dataclass(frozen=True)
class ViewBuilder:
    """What the functions that make view models get: the catalogue, settings, words, and methods for the small parts.

    ``catalogue``, ``images`` and ``link_resolver`` record each look-up in ``recorder``, so that it is known what a page depends
    on. Results depend on nothing else but the settings, ``share_settings`` and the words. What a :func:`shared_part` has made is kept in memory.
    """

    config: Config
    urls: Urls
    translations: Translator
    labels: Labels
    link_resolver: LinkResolver
    loader: EntryLoader
    recorder: LookupRecorder
    share_settings: ShareSettings | None = None
    _shared: dict[SharedName, Any] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        config: Config,
        translations: Translator,
        link_resolver: LinkResolver,
        entry_loader: EntryLoader,
        share_settings: ShareSettings | None = None,
    ) -> ViewBuilder:
        recorder = LookupRecorder()
        return cls(
            config,
            Urls(config.base_url),
            translations,
            Labels(config, translations),
            recording_link_resolver(link_resolver, recorder),
            entry_loader,
            recorder,
            share_settings,
        )

    @cached_property
    def catalogue(self) -> Catalogue:
        return self.link_resolver.catalogue

    @cached_property
    def words_locale(self) -> Locale:
        """How dates and numbers among the words of the theme are written."""
        language = words_language(self.translations, self.config.language)
        # The theme reports an unknown language when it loads its formatters.
        return locale_of(regional_language(language, self.config.language)) or Locale("en")

    @cached_property
    def images(self) -> Images:
        return self.link_resolver.images

    def patched(
        self, link_resolver: LinkResolver, entry_loader: EntryLoader, outdated: Collection[tuple[str, ...]]
    ) -> ViewBuilder:
        """A builder for the catalogue after an edit. It keeps all shared parts except those in ``outdated``."""
        builder = ViewBuilder.of(
            self.config, self.translations, link_resolver, entry_loader, self.share_settings
        )
        builder._shared.update((name, part) for name, part in self._shared.items() if name not in outdated)
        return builder

    def entry(self, record: Record) -> Entry[EntryFields]:
        """The entry of a record, with all front matter and the body. Only for pages of the entry itself: it is slow to load."""
        self.recorder.add_text(record.path)
        return self.loader.entry(record)

    def fields(self, record: Record, model: type[EntryModel]) -> EntryModel:
        """The front matter of the entry of a record, which must be a ``model``. Only for pages of the entry itself."""
        fields = self.entry(record).fields
        if not isinstance(fields, model):
            raise TypeError(f"{record.path} is not a {model.__name__}")
        return fields

    # --- terms and links ---

    def industry(self, slug: str) -> Term:
        return Term(slug, self.catalogue.industries[slug].title, self.urls.entry(Kind.INDUSTRY, slug))

    def industries(self, slugs: tuple[str, ...]) -> tuple[Term, ...]:
        return tuple(
            self.industry(slug) for slug in dict.fromkeys(slugs) if slug in self.catalogue.industries
        )

    def mode(self, mode: str) -> Term:
        entry = self.catalogue.modes[mode]
        url = self.urls.entry(Kind.DELIVERY_MODE, mode)
        return (
            Term(mode, entry.title, url, own=True)
            if entry is not None
            else self.labels.term("mode", mode, url)
        )

    def modes(self, modes: tuple[str, ...]) -> tuple[Term, ...]:
        return tuple(self.mode(mode) for mode in dict.fromkeys(modes))

    def entry_title(self, kind: Kind, slug: str) -> str:
        """The title of an entry or of a delivery mode; "" where visitors can see none."""
        if kind is Kind.DELIVERY_MODE:
            return self.mode(slug).title if slug in self.catalogue.modes else ""
        entry = self.catalogue.entry(kind, slug)
        return entry.title if entry is not None else ""

    def backgrounds(self, ids: tuple[str, ...]) -> tuple[Term, ...]:
        return tuple(
            self.labels.term("background", one, self.urls.to(story_list_path("background", one)))
            for one in ids
        )

    def mode_summary(self, mode: str) -> str:
        entry = self.catalogue.modes[mode]
        return (entry.summary if entry else "") or self.labels.summary("mode", mode)

    def provider(self, slug: str) -> Link:
        return Link(self.catalogue.providers[slug].title, self.urls.entry(Kind.PROVIDER, slug))

    def provider_or_text(self, value: str) -> Link | None:
        """A provider as a link, by its slug. A value that is not a slug is shown as text; None for a hidden provider."""
        if self.is_hidden(Kind.PROVIDER, value):
            return None
        return self.provider(value) if value in self.catalogue.providers else Link(value, "")

    def providers_or_text(self, values: tuple[str, ...]) -> tuple[Link, ...]:
        """The same of several values, without hidden providers."""
        links = map(self.provider_or_text, values)
        return tuple(link for link in links if link is not None)

    def is_hidden(self, kind: Kind, slug: str) -> bool:
        """Whether there is such an entry, but visitors may not see it: it is not published, or has errors."""
        exists = (kind, slug) in self.link_resolver.all_entries or (
            kind,
            slug,
        ) in self.link_resolver.invalid_entries
        return exists and slug not in self.catalogue.of_kind(kind)

    def skill(self, name: str) -> Link:
        usual_name, slug = self.catalogue.skill_names[skill_key(name)]
        return Link(usual_name, self.urls.to(skill_path(slug)) if slug else "")

    def guides(self) -> tuple[str, ...]:
        """The slugs of the pages that are guides, in order."""
        return tuple(slug for slug, page in self.catalogue.pages.items() if page.template == "guide")

    def stories_of(self, courses: Iterable[str], about: str) -> tuple[str, ...]:
        """The slugs of the stories ``about`` a pathway or a provider (``pathway:care``), then of those that name any of ``courses``."""
        by_course = (self.catalogue.stories_of.get(course, ()) for course in courses)
        return tuple(dict.fromkeys(chain(self.catalogue.stories_about.get(about, ()), *by_course)))

    # --- values ---

    def picture(self, entry: Record, src: str | None, alt: str, slot: Slot) -> Picture | None:
        image = self.images.get((entry.folder, src)) if src else None
        return picture_view(image, alt, slot, self.urls) if image else None

    def entry_picture(self, entry: Record, slot: Slot) -> Picture | None:
        image = entry.image
        return self.picture(entry, image.src, image.alt, slot) if image else None

    def share_picture(self, entry: Record) -> Picture | None:
        """The picture of an entry that other websites may show with a link to it. Its URL is absolute."""
        image = self.images.get((entry.folder, entry.image.src)) if entry.image else None
        return share_picture(image, entry.image.alt, self.urls) if image and entry.image else None

    def price(self, price: PriceRecord | None) -> views.PriceView | None:
        if price is None:
            return None
        return views.PriceView(
            price.amount, price.amount, price.currency or self.config.currency or "", price.note
        )

    def price_range(self, price: tuple[Decimal, Decimal, str] | None) -> views.PriceView | None:
        return views.PriceView(price[0], price[1], price[2] or self.config.currency or "") if price else None

    def credential(self, entry: Record, credential: Credential) -> views.CredentialView:
        return views.CredentialView(
            type=self.labels.term("credential", credential.type),
            name=credential.name or entry.title,
            picture=self.picture(entry, credential.image, "", BADGE),
            recognised_by=self.providers_or_text(credential.recognised_by),
            valid_for=credential.valid_for,
        )

    def video(self, entry: Record, video: Video | None) -> views.VideoView | None:
        if video is None:
            return None
        host = (urlsplit(video.url).hostname or "").removeprefix("www.")
        url = self.link_resolver.url(video_link(video.url), entry) if not host else video.url
        picture = self.picture(entry, video.image, "", PAGE)
        return views.VideoView(video.title, str(url), host, picture, video_player(video.url))

    def enrolment(self, enrolment: Enrolment) -> views.EnrolmentView:
        session = enrolment.session
        if session is None:
            return views.EnrolmentView(enrolment.state)
        apply_by = unless_for_ever(session.apply_by)
        opens = session.times.apply_from if session.times and enrolment.state == "early" else None
        return views.EnrolmentView(enrolment.state, session.starts, apply_by, enrolment.missed or "", opens)


def shared_part(
    make: Callable[Concatenate[ViewBuilder, Keys], Made],
) -> Callable[Concatenate[ViewBuilder, Keys], Made]:
    """For a function that makes a part of many pages, such as a card, from a builder and texts: it is made once, and its
    look-ups are recorded apart from those of the pages."""

    @wraps(make)
    def made_once(builder: ViewBuilder, /, *keys: Keys.args, **_: Keys.kwargs) -> Made:
        name: Any = (make.__name__, *keys)
        parts, recorder = builder._shared, builder.recorder
        if name not in parts:
            parts[name] = recorder.record_shared(name, partial(make, builder, *keys))
        recorder.add_shared(name)
        return parts[name]  # type: ignore[no-any-return]

    return made_once

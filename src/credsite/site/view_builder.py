"""From entries to the parts that pages are made of: terms, pictures, bodies, prices, cards.

A card is the same object on every page that shows it, so that it is made, and rendered, once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import Any, TypeVar

from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.relations import course_industries, skill_key
from credsite.content.entry import Entry
from credsite.content.images import ImageFile, Images
from credsite.content.loader import Library
from credsite.content.markdown import body
from credsite.content.records import Facts, PriceFact
from credsite.schema.config import Config
from credsite.schema.kinds import Kind
from credsite.schema.models import EntryFields
from credsite.schema.models.credential import Credential
from credsite.site import views
from credsite.site.dependencies.recorder import Reads, watched_catalogue, watched_images, watched_references
from credsite.site.labels import Labels, Translator
from credsite.site.link_resolver import LinkResolver
from credsite.site.urls import Urls
from credsite.site.views import Link, Picture, Term

Made = TypeVar("Made")
Fields = TypeVar("Fields", bound=EntryFields)
CONTENTS_FROM = 3
"""Headings from which a body has a table of contents."""


@dataclass(frozen=True)
class ViewBuilder:
    """Makes parts out of the catalogue, in which every look-up is noted in ``reads``.

    Everything here is pure; cards are remembered by slug.
    """

    catalogue: Catalogue
    config: Config
    images: Images
    urls: Urls
    translations: Translator
    labels: Labels
    link_resolver: LinkResolver
    library: Library
    reads: Reads
    _shared: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        catalogue: Catalogue,
        config: Config,
        images: Images,
        texts: Translator,
        references: LinkResolver,
        library: Library,
    ) -> ViewBuilder:
        reads = Reads()
        watched, seen = watched_catalogue(catalogue, reads), watched_images(images, reads)
        return cls(
            watched,
            config,
            seen,
            Urls(config.base_url),
            texts,
            Labels(config, texts),
            watched_references(references, watched, seen, reads),
            library,
            reads,
        )

    def retold(
        self, catalogue: Catalogue, references: LinkResolver, library: Library, gone: Collection[str]
    ) -> ViewBuilder:
        """The same for other words of entries. What is shared stays, but for that of the names ``gone``."""
        builder = ViewBuilder.of(
            catalogue, self.config, references.images, self.translations, references, library
        )
        builder._shared.update((name, made) for name, made in self._shared.items() if name not in gone)
        return builder

    def entry(self, facts: Facts) -> Entry[EntryFields]:
        """The whole entry, for its own page."""
        self.reads.note_text(facts.path)
        return self.library.entry(facts)

    def fields(self, facts: Facts, model: type[Fields]) -> Fields:
        """The front matter of the whole entry, for its own page."""
        found = self.entry(facts).fields
        if not isinstance(found, model):
            raise TypeError(f"{facts.path} is no {model.__name__}")
        return found

    def shared(self, make: Callable[..., Made], *keys: str) -> Made:
        """``make(*keys)``, made once: something that stands on many pages."""
        name = "\x1f".join((make.__name__, *keys))
        if name not in self._shared:
            self._shared[name] = self.reads.share(name, partial(make, *keys))
        self.reads.note_shared(name)
        return self._shared[name]  # type: ignore[no-any-return]

    # --- terms and links ---

    def industry(self, slug: str) -> Term:
        return Term(slug, self.catalogue.industries[slug].title, self.urls.entry(Kind.INDUSTRY, slug))

    def industries(self, slugs: tuple[str, ...]) -> tuple[Term, ...]:
        return tuple(
            self.industry(slug) for slug in dict.fromkeys(slugs) if slug in self.catalogue.industries
        )

    def mode(self, mode: str) -> Term:
        entry = self.catalogue.modes[mode]
        title = entry.title if entry is not None else self.labels.title("mode", mode)
        return Term(mode, title, self.urls.entry(Kind.DELIVERY_MODE, mode))

    def modes(self, modes: tuple[str, ...]) -> tuple[Term, ...]:
        return tuple(self.mode(mode) for mode in dict.fromkeys(modes))

    def backgrounds(self, ids: tuple[str, ...]) -> tuple[Term, ...]:
        return tuple(
            self.labels.term("background", one, self.urls.to(f"stories/background/{one}/")) for one in ids
        )

    def provider(self, slug: str) -> Link:
        return Link(self.catalogue.providers[slug].title, self.urls.entry(Kind.PROVIDER, slug))

    def providers_or_text(self, values: tuple[str, ...]) -> tuple[Link, ...]:
        """Provider ids become links, names stay names."""
        return tuple(
            self.provider(value) if value in self.catalogue.providers else Link(value, "")
            for value in values
            if not self._hidden(Kind.PROVIDER, value)
        )

    def _hidden(self, kind: Kind, slug: str) -> bool:
        known = (kind, slug) in self.link_resolver.all_entries or (kind, slug) in self.link_resolver.left_out
        return known and slug not in self.catalogue.of_kind(kind)

    def skill(self, name: str) -> Link:
        known, slug = self.catalogue.skill_names[skill_key(name)]
        return Link(known, self.urls.to(f"skills/{slug}/") if slug else "")

    # --- values ---

    def picture(self, entry: Facts, src: str | None, alt: str) -> Picture | None:
        image = self.images.get(entry.folder, src) if src else None
        return Picture(self.urls.to(image.output), alt, image.width, image.height) if image else None

    def entry_picture(self, entry: Facts) -> Picture | None:
        image = entry.image
        return self.picture(entry, image.src, image.alt) if image else None

    def price(self, price: PriceFact | None) -> views.Price | None:
        if price is None:
            return None
        return views.Price(
            price.amount, price.amount, price.currency or self.config.currency or "", price.note
        )

    def price_range(self, price: tuple[Decimal, Decimal, str] | None) -> views.Price | None:
        return views.Price(price[0], price[1], price[2] or self.config.currency or "") if price else None

    def credential(self, entry: Facts, credential: Credential | None) -> views.Credential | None:
        if credential is None:
            return None
        return views.Credential(
            type=self.labels.term("credential", credential.type),
            name=credential.name or entry.title,
            picture=self.picture(entry, credential.image, ""),
            recognised_by=self.providers_or_text(credential.recognised_by),
            valid_for=credential.valid_for,
        )

    def enrolment(self, slug: str) -> views.Enrolment:
        found = self.catalogue.enrolment[slug]
        session = found.session
        if session is None:
            return views.Enrolment(found.state)
        return views.Enrolment(found.state, session.starts, session.apply_by, found.missed or "")

    def body(self, facts: Facts | None) -> views.Body:
        if facts is None:
            return NO_BODY
        entry = self.entry(facts)

        def url_of(reference: body.Reference) -> str | body.Image | None:
            found = self.link_resolver.url(reference, facts)
            if isinstance(found, ImageFile):
                return body.Image(self.urls.to(found.output), found.width, found.height)
            return found

        html = body.resolve(
            entry.body,
            url_of,
            table_label=self.translations.gettext("Table"),
            back_label=self.translations.gettext("Back to the text"),
        )
        headings = entry.body.headings if len(entry.body.headings) >= CONTENTS_FROM else ()
        return views.Body(
            views.Html(html),
            tuple(views.TocItem(heading.id, heading.title, heading.level) for heading in headings),
        )

    def head(
        self,
        path: str,
        title: str,
        description: str,
        *,
        entry: Facts | None = None,
        canonical: str | None = None,
        pagination: views.Pagination | None = None,
        type: str = "website",  # noqa: A002 - Open Graph's name for it
        data: str = "",
    ) -> views.Head:
        """The head of the page at site path ``path``; ``canonical`` is another site path, if that is the one to index."""
        if pagination is not None and pagination.page > 1:
            title = self.translations.gettext("%(title)s, page %(number)s") % {
                "title": title,
                "number": pagination.page,
            }
        return views.Head(
            title=title,
            description=description,
            canonical=self.urls.absolute(path if canonical is None else canonical),
            indexed=not (entry is not None and entry.draft),
            type=type,
            image=self._shared_picture(entry) if entry is not None else None,
            previous=pagination.previous if pagination else "",
            next=pagination.next if pagination else "",
            updated=entry.updated if entry is not None else None,
            data=views.Html(data),
        )

    def _shared_picture(self, entry: Facts) -> Picture | None:
        """The picture that other sites may show with a link; they do not show SVG."""
        image = entry.image
        found = self.images.get(entry.folder, image.src) if image else None
        if image is None or found is None or found.output.endswith(".svg"):
            return None
        return Picture(self.urls.absolute(found.output), image.alt, found.width, found.height)

    def crumbs(self, *links: tuple[str, str]) -> tuple[Link, ...]:
        """Breadcrumbs from home through titles and site paths."""
        return (
            Link(self.translations.gettext("Home"), self.urls.to("")),
            *(Link(title, self.urls.to(path)) for title, path in links),
        )

    # --- cards ---

    def course_card(self, slug: str) -> views.CourseCard:
        return self.shared(self._course_card, slug)

    def _course_card(self, slug: str) -> views.CourseCard:
        course = self.catalogue.courses[slug]
        return views.CourseCard(
            id=slug,
            title=course.title,
            url=self.urls.entry(Kind.COURSE, slug),
            summary=course.summary,
            provider=self.provider(course.provider),
            industries=self.industries(course.industries),
            modes=self.modes(course.delivery_modes),
            level=self.labels.term("level", course.level) if course.level else None,
            pace=self.labels.term("pace", course.pace) if course.pace else None,
            duration=course.duration,
            workload=course.workload,
            price=self.price(course.price),
            credential=self.labels.term("credential", course.credential) if course.credential else None,
            enrolment=self.enrolment(slug),
            picture=self.entry_picture(course),
            draft=course.draft,
        )

    def course_cards(self, slugs: tuple[str, ...]) -> tuple[views.CourseCard, ...]:
        return tuple(self.course_card(slug) for slug in slugs)

    def story_card(self, slug: str) -> views.StoryCard:
        return self.shared(self._story_card, slug)

    def _story_card(self, slug: str) -> views.StoryCard:
        story = self.catalogue.stories[slug]
        return views.StoryCard(
            id=slug,
            title=story.title,
            url=self.urls.entry(Kind.STORY, slug),
            summary=story.summary,
            learner=story.learner,
            location=story.location,
            initials=initials(story.learner),
            photo=self.picture(story, story.photo, story.learner),
            quote=story.quote,
            before=story.before,
            after=story.after,
            backgrounds=self.backgrounds(story.background),
            industries=self.industries(course_industries(story, self.catalogue.courses)),
            draft=story.draft,
        )

    def story_cards(self, slugs: tuple[str, ...]) -> tuple[views.StoryCard, ...]:
        return tuple(self.story_card(slug) for slug in slugs)

    def pathway_card(self, slug: str) -> views.PathwayCard:
        return self.shared(self._pathway_card, slug)

    def _pathway_card(self, slug: str) -> views.PathwayCard:
        pathway = self.catalogue.pathways[slug]
        totals = self.catalogue.totals[slug]
        return views.PathwayCard(
            id=slug,
            title=pathway.title,
            url=self.urls.entry(Kind.PATHWAY, slug),
            summary=pathway.summary,
            provider=next(
                iter(self.providers_or_text((pathway.provider,) if pathway.provider else ())), None
            ),
            steps=len(pathway.steps),
            courses=totals.courses,
            duration=totals.duration,
            workload=totals.workload,
            price=self.price_range(totals.price),
            credential=pathway.credential,
            industries=self.industries(course_industries(pathway, self.catalogue.courses)),
            draft=pathway.draft,
        )

    def pathway_cards(self, slugs: tuple[str, ...]) -> tuple[views.PathwayCard, ...]:
        return tuple(self.pathway_card(slug) for slug in slugs)

    def guide_card(self, slug: str) -> views.GuideCard:
        entry = self.catalogue.pages[slug]
        return views.GuideCard(
            slug,
            entry.title,
            self.urls.entry(Kind.PAGE, slug),
            entry.summary,
            self.entry_picture(entry),
        )

    def guides(self) -> tuple[str, ...]:
        """The pages that are guides, in order."""
        return tuple(slug for slug, page in self.catalogue.pages.items() if page.template == "guide")

    def industry_card(self, slug: str) -> views.TopicCard:
        entry = self.catalogue.industries[slug]
        return self._topic_card(
            self.industry(slug), entry.summary, len(self.catalogue.by_industry.get(slug, ())), entry
        )

    def mode_card(self, mode: str) -> views.TopicCard:
        entry = self.catalogue.modes[mode]
        return self._topic_card(
            self.mode(mode), self.mode_summary(mode), len(self.catalogue.by_mode.get(mode, ())), entry
        )

    def mode_summary(self, mode: str) -> str:
        entry = self.catalogue.modes[mode]
        return (entry.summary if entry else "") or self.labels.summary("mode", mode)

    def _topic_card(self, term: Term, summary: str, count: int, entry: Facts | None) -> views.TopicCard:
        picture = self.entry_picture(entry) if entry is not None else None
        return views.TopicCard(term.id, term.title, term.url, summary, count, picture)


NO_BODY = views.Body(views.Html(""), ())


def initials(name: str) -> str:
    """The first letters of the first and the last word of a name."""
    words = [word for word in name.split() if word[0].isalnum()]
    return "".join(word[0].upper() for word in (words[:1] + words[1:][-1:]))

"""From entries to the parts that pages are made of: terms, pictures, bodies, prices, cards.

A card is the same object on every page that shows it, so that its fingerprint is computed once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.relations import course_industries, skill_key
from credsite.config import Config
from credsite.content import markdown
from credsite.content.images import ImageFile, Images
from credsite.content.model import Course, Entry, EntryFields, Kind
from credsite.content.model.course import Price as CoursePrice
from credsite.content.model.credential import Credential
from credsite.site import views
from credsite.site.labels import Labels, Texts
from credsite.site.references import References
from credsite.site.urls import Urls
from credsite.site.views import Link, Picture, Term

Card = TypeVar("Card")
CONTENTS_FROM = 3
"""Headings from which a body has a table of contents."""


@dataclass(frozen=True)
class Parts:
    """Makes parts out of the catalogue. Everything here is pure; cards are remembered by slug."""

    catalogue: Catalogue
    config: Config
    images: Images
    urls: Urls
    texts: Texts
    labels: Labels
    references: References
    _cards: dict[tuple[str, str], object] = field(default_factory=dict)

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

    def named(self, values: tuple[str, ...]) -> tuple[Link, ...]:
        """Provider ids become links, names stay names."""
        return tuple(
            self.provider(value) if value in self.catalogue.providers else Link(value, "")
            for value in values
            if not self._hidden(Kind.PROVIDER, value)
        )

    def _hidden(self, kind: Kind, slug: str) -> bool:
        known = (kind, slug) in self.references.all_entries or (kind, slug) in self.references.left_out
        return known and slug not in self.catalogue.of_kind(kind)

    def skill(self, name: str) -> views.SkillLink:
        skill = self.catalogue.skills[skill_key(name)]
        url = self.urls.to(f"skills/{skill.slug}/") if len(skill.courses) > 1 else ""
        return views.SkillLink(skill.name, url, len(skill.courses))

    # --- values ---

    def picture(self, entry: Entry[EntryFields], src: str | None, alt: str) -> Picture | None:
        image = self.images.get(entry.folder, src) if src else None
        return Picture(self.urls.to(image.output), alt, image.width, image.height) if image else None

    def entry_picture(self, entry: Entry[EntryFields]) -> Picture | None:
        image = entry.fields.image
        return self.picture(entry, image.src, image.alt) if image else None

    def price(self, price: CoursePrice | None) -> views.Price | None:
        if price is None:
            return None
        return views.Price(
            price.amount, price.amount, price.currency or self.config.currency or "", price.note
        )

    def price_range(self, price: tuple[Decimal, Decimal, str] | None) -> views.Price | None:
        return views.Price(price[0], price[1], price[2] or self.config.currency or "") if price else None

    def credential(self, entry: Entry[EntryFields], credential: Credential | None) -> views.Credential | None:
        if credential is None:
            return None
        return views.Credential(
            type=self.labels.term("credential", credential.type),
            name=credential.name or entry.title,
            picture=self.picture(entry, credential.image, ""),
            recognised_by=self.named(credential.recognised_by),
            valid_for=credential.valid_for,
        )

    def enrolment(self, slug: str) -> views.Enrolment:
        found = self.catalogue.enrolment[slug]
        session = found.session
        if session is None:
            return views.Enrolment(found.state)
        return views.Enrolment(found.state, session.starts, session.apply_by)

    def body(self, entry: Entry[EntryFields] | None) -> views.Body:
        if entry is None:
            return NO_BODY

        def url_of(reference: markdown.Reference) -> str | markdown.Image | None:
            found = self.references.url(reference, entry)
            if isinstance(found, ImageFile):
                return markdown.Image(self.urls.to(found.output), found.width, found.height)
            return found

        html = markdown.resolve(
            entry.body,
            url_of,
            table_label=self.texts.gettext("Table"),
            back_label=self.texts.gettext("Back to the text"),
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
        entry: Entry[EntryFields] | None = None,
        canonical: str | None = None,
        pagination: views.Pagination | None = None,
        type: str = "website",  # noqa: A002 - Open Graph's name for it
        data: str = "",
    ) -> views.Head:
        """The head of the page at site path ``path``; ``canonical`` is another site path, if that is the one to index."""
        if pagination is not None and pagination.page > 1:
            title = self.texts.gettext("%(title)s, page %(number)s") % {
                "title": title,
                "number": pagination.page,
            }
        return views.Head(
            title=title,
            description=description,
            canonical=self.urls.absolute(path if canonical is None else canonical),
            indexed=not (entry is not None and entry.fields.draft),
            type=type,
            image=self._shared_picture(entry) if entry is not None else None,
            previous=pagination.previous if pagination else "",
            next=pagination.next if pagination else "",
            updated=updated(entry) if entry is not None else None,
            data=views.Html(data),
        )

    def _shared_picture(self, entry: Entry[EntryFields]) -> Picture | None:
        """The picture that other sites may show with a link; they do not show SVG."""
        image = entry.fields.image
        found = self.images.get(entry.folder, image.src) if image else None
        if image is None or found is None or found.output.endswith(".svg"):
            return None
        return Picture(self.urls.absolute(found.output), image.alt, found.width, found.height)

    def crumbs(self, *links: tuple[str, str]) -> tuple[Link, ...]:
        """Breadcrumbs from home through titles and site paths."""
        return (
            Link(self.texts.gettext("Home"), self.urls.to("")),
            *(Link(title, self.urls.to(path)) for title, path in links),
        )

    # --- cards ---

    def course_card(self, slug: str) -> views.CourseCard:
        known = self._cards.get(("course", slug))
        if isinstance(known, views.CourseCard):
            return known
        entry = self.catalogue.courses[slug]
        course: Course = entry.fields
        card = views.CourseCard(
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
            credential=self.labels.term("credential", course.credential.type) if course.credential else None,
            enrolment=self.enrolment(slug),
            picture=self.entry_picture(entry),
            draft=course.draft,
        )
        self._cards["course", slug] = card
        return card

    def course_cards(self, slugs: tuple[str, ...]) -> tuple[views.CourseCard, ...]:
        return tuple(self.course_card(slug) for slug in slugs)

    def story_card(self, slug: str) -> views.StoryCard:
        known = self._cards.get(("story", slug))
        if isinstance(known, views.StoryCard):
            return known
        entry = self.catalogue.stories[slug]
        story = entry.fields
        card = views.StoryCard(
            id=slug,
            title=story.title,
            url=self.urls.entry(Kind.STORY, slug),
            summary=story.summary,
            learner=story.learner.name,
            location=story.learner.location,
            initials=initials(story.learner.name),
            photo=self.picture(entry, story.learner.photo, story.learner.name),
            quote=story.quote,
            before=story.before,
            after=story.after,
            backgrounds=self.backgrounds(story.background),
            industries=self.industries(course_industries(story, self.catalogue.courses)),
            draft=story.draft,
        )
        self._cards["story", slug] = card
        return card

    def story_cards(self, slugs: tuple[str, ...]) -> tuple[views.StoryCard, ...]:
        return tuple(self.story_card(slug) for slug in slugs)

    def pathway_card(self, slug: str) -> views.PathwayCard:
        known = self._cards.get(("pathway", slug))
        if isinstance(known, views.PathwayCard):
            return known
        pathway = self.catalogue.pathways[slug].fields
        totals = self.catalogue.totals[slug]
        card = views.PathwayCard(
            id=slug,
            title=pathway.title,
            url=self.urls.entry(Kind.PATHWAY, slug),
            summary=pathway.summary,
            provider=next(iter(self.named((pathway.provider,) if pathway.provider else ())), None),
            steps=len(pathway.steps),
            courses=totals.courses,
            duration=totals.duration,
            workload=totals.workload,
            price=self.price_range(totals.price),
            credential=(pathway.credential.name or pathway.title) if pathway.credential else "",
            industries=self.industries(course_industries(pathway, self.catalogue.courses)),
            draft=pathway.draft,
        )
        self._cards["pathway", slug] = card
        return card

    def pathway_cards(self, slugs: tuple[str, ...]) -> tuple[views.PathwayCard, ...]:
        return tuple(self.pathway_card(slug) for slug in slugs)

    def guide_card(self, slug: str) -> views.GuideCard:
        entry = self.catalogue.pages[slug]
        return views.GuideCard(
            slug,
            entry.title,
            self.urls.entry(Kind.PAGE, slug),
            entry.fields.summary,
            self.entry_picture(entry),
        )

    def guides(self) -> tuple[str, ...]:
        """The pages that are guides, in order."""
        return tuple(slug for slug, page in self.catalogue.pages.items() if page.fields.template == "guide")

    def industry_card(self, slug: str) -> views.TopicCard:
        entry = self.catalogue.industries[slug]
        return self._topic_card(
            self.industry(slug), entry.fields.summary, len(self.catalogue.by_industry.get(slug, ())), entry
        )

    def mode_card(self, mode: str) -> views.TopicCard:
        entry = self.catalogue.modes[mode]
        return self._topic_card(
            self.mode(mode), self.mode_summary(mode), len(self.catalogue.by_mode.get(mode, ())), entry
        )

    def mode_summary(self, mode: str) -> str:
        entry = self.catalogue.modes[mode]
        return (entry.fields.summary if entry else "") or self.labels.title("mode-summary", mode)

    def _topic_card(
        self, term: Term, summary: str, count: int, entry: Entry[EntryFields] | None
    ) -> views.TopicCard:
        picture = self.entry_picture(entry) if entry is not None else None
        return views.TopicCard(term.id, term.title, term.url, summary, count, picture)


NO_BODY = views.Body(views.Html(""), ())


def initials(name: str) -> str:
    """The first letters of the first and the last word of a name."""
    words = [word for word in name.split() if word[0].isalnum()]
    return "".join(word[0].upper() for word in (words[:1] + words[1:][-1:]))


def updated(entry: Entry[EntryFields]) -> date | datetime | None:
    """When an entry last changed for visitors, as far as it says; never the time of the build or of the file."""
    dates = [
        value
        for name in ("reviewed_at", "told_at", "publish_at")
        if (value := getattr(entry.fields, name, None)) is not None
    ]
    return max(dates, key=lambda value: value.isoformat()[:10]) if dates else None

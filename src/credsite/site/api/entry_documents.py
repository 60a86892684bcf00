"""Stories and providers for other programs."""

from __future__ import annotations

from credsite.catalogue.relations import course_industries
from credsite.schema.kinds import Kind
from credsite.site.api.documents import ProviderDocument, StoryDocument
from credsite.site.api.parts import day_document, term_document, term_documents
from credsite.site.urls import entry_path
from credsite.site.view_builder import ViewBuilder


def story_document(builder: ViewBuilder, slug: str) -> StoryDocument:
    """A published story: what its card says. Its photograph is left out, because it would stay elsewhere when consent ends."""
    catalogue = builder.catalogue
    story = catalogue.stories[slug]
    industries = course_industries(story, catalogue.courses, catalogue.pathways)
    return {
        "id": slug,
        "title": story.title,
        "summary": story.summary,
        "url": builder.urls.absolute(entry_path(Kind.STORY, slug)),
        "learner": story.learner,
        "quote": story.quote,
        "before": story.before,
        "after": story.after,
        "backgrounds": term_documents(builder.backgrounds(story.background)),
        "industries": term_documents(builder.industries(industries)),
        "courses": [
            {"id": one, "title": catalogue.courses[one].title}
            for one in story.courses
            if one in catalogue.courses
        ],
        "told_at": day_document(story.told_at),
        "updated": day_document(story.updated),
    }


def provider_document(builder: ViewBuilder, slug: str) -> ProviderDocument:
    provider = builder.catalogue.providers[slug]
    return {
        "id": slug,
        "title": provider.title,
        "summary": provider.summary,
        "url": builder.urls.absolute(entry_path(Kind.PROVIDER, slug)),
        "website": provider.url,
        "type": term_document(builder.labels.term("provider", provider.type)) if provider.type else None,
        "region": provider.region,
        "courses": len(builder.catalogue.by_provider.get(slug, ())),
    }

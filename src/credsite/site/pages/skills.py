"""The index of skills."""

from __future__ import annotations

from collections.abc import Iterator

from credsite.catalogue.catalogue import Catalogue
from credsite.core.text import first_letter
from credsite.schema.kinds import Kind
from credsite.site import views
from credsite.site.page_parts import page_fields
from credsite.site.planned import PlannedPage
from credsite.site.urls import skill_path
from credsite.site.view_builder import ViewBuilder


def skill_pages(catalogue: Catalogue) -> Iterator[PlannedPage]:
    """The index of skills, if there are any."""
    if catalogue.skill_names:
        yield PlannedPage("skills/", skill_index)


def skill_index(builder: ViewBuilder) -> views.SkillIndexPage:
    """All skills by first letter: those that two or more courses teach lead to their page, others to their course."""
    _ = builder.translations.gettext
    groups: dict[str, list[views.SkillLink]] = {}
    for skill in builder.catalogue.skills.values():
        alone = len(skill.courses) == 1
        url = (
            builder.urls.entry(Kind.COURSE, skill.courses[0])
            if alone
            else builder.urls.to(skill_path(skill.slug))
        )
        link = views.SkillLink(skill.name, url, len(skill.courses))
        groups.setdefault(first_letter(skill.name), []).append(link)
    summary = _("Find courses by the skill that you want to learn, or that your team lacks.")
    return views.SkillIndexPage(
        **page_fields(builder, "skills/", _("Skills"), summary, section="skills"),
        groups=tuple(views.SkillGroup(letter, tuple(skills)) for letter, skills in groups.items()),
        total=sum(len(skills) for skills in groups.values()),
    )

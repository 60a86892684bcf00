"""View models: everything that a template can see, one frozen dataclass for each kind of page.

A template receives exactly one page model (as ``page``) and the site's frame (as ``site``). Models hold plain
values: text, numbers, dates, finished URLs and other models; never an entry, never the catalogue.

Text in a model is ready to be shown in the site's language. Dates, prices, durations and language codes stay
values, because the theme decides how to write them. URLs are root-relative and carry the base path, except
where a docstring says absolute.
"""

from __future__ import annotations

from credsite.site.views.calendars import Calendar, CalendarCourse, CalendarEvent
from credsite.site.views.cards import (
    CourseCard,
    GuideCard,
    PathwayCard,
    PathwayPlace,
    PathwayStep,
    ProviderCard,
    Start,
    StoryCard,
    TopicCard,
)
from credsite.site.views.layout import BasePage, Head, MenuItem, SiteFrame
from credsite.site.views.lists import (
    ChosenValue,
    Facet,
    FacetValue,
    FilterLink,
    FilterNav,
    FilterPanel,
    PageLink,
    Pagination,
    SkillGroup,
    SkillLink,
)
from credsite.site.views.pages import (
    ComparePage,
    CourseListPage,
    CoursePage,
    GuideIndexPage,
    HomePage,
    NotFoundPage,
    PathwayIndexPage,
    PathwayPage,
    ProviderIndexPage,
    ProviderPage,
    RedirectPage,
    ShortlistPage,
    SkillIndexPage,
    StoryListPage,
    StoryPage,
    TextPage,
    TopicIndexPage,
)
from credsite.site.views.parts import (
    Body,
    Code,
    CredentialView,
    EnrolmentView,
    FundingView,
    Html,
    Link,
    Picture,
    PriceView,
    SessionView,
    Term,
    TocItem,
)

__all__ = [
    "BasePage",
    "Body",
    "Calendar",
    "CalendarCourse",
    "CalendarEvent",
    "ChosenValue",
    "Code",
    "ComparePage",
    "CourseCard",
    "CourseListPage",
    "CoursePage",
    "CredentialView",
    "EnrolmentView",
    "Facet",
    "FacetValue",
    "FilterLink",
    "FilterNav",
    "FilterPanel",
    "FundingView",
    "GuideCard",
    "GuideIndexPage",
    "Head",
    "HomePage",
    "Html",
    "Link",
    "MenuItem",
    "NotFoundPage",
    "PageLink",
    "Pagination",
    "PathwayCard",
    "PathwayIndexPage",
    "PathwayPage",
    "PathwayPlace",
    "PathwayStep",
    "Picture",
    "PriceView",
    "ProviderCard",
    "ProviderIndexPage",
    "ProviderPage",
    "RedirectPage",
    "SessionView",
    "ShortlistPage",
    "SiteFrame",
    "SkillGroup",
    "SkillIndexPage",
    "SkillLink",
    "Start",
    "StoryCard",
    "StoryListPage",
    "StoryPage",
    "Term",
    "TextPage",
    "TocItem",
    "TopicCard",
    "TopicIndexPage",
]

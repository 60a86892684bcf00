"""View models: everything that a template can use, one frozen dataclass for each kind of page.

A template receives one page model (as ``page``) and the site's frame (as ``site``). Models hold plain values: text, numbers,
dates, URLs and other models; never an entry, never the catalogue.

Text in a model is in the site's language, ready to be shown. Dates, prices, durations and language codes are values, because
the theme decides how to write them. URLs are root-relative with the base path, except where a docstring says absolute.
"""

from __future__ import annotations

from credsite.site.views.calendars import Calendar, CalendarCourse, CalendarEvent, Repeat
from credsite.site.views.cards import (
    ChosenValue,
    CourseCard,
    Facet,
    FacetValue,
    FilterLink,
    FilterNav,
    FilterPanel,
    GuideCard,
    LetterGroup,
    ListTemplates,
    PageLink,
    Pagination,
    PathwayCard,
    PathwayMembership,
    PathwayStep,
    PlaceCard,
    ProviderCard,
    SkillGroup,
    SkillLink,
    Start,
    StoryCard,
    TopicCard,
)
from credsite.site.views.feeds import Feed, FeedEntry, Follow
from credsite.site.views.frame import (
    BasePage,
    Crumb,
    Head,
    MenuItem,
    SiteFrame,
    SocialLink,
    TrackingScript,
)
from credsite.site.views.pages import (
    ComparePage,
    CourseIndexPage,
    CourseListPage,
    CoursePage,
    GuideIndexPage,
    HomePage,
    HomeSection,
    NotFoundPage,
    PageWithCourses,
    PathwayIndexPage,
    PathwayPage,
    PlaceIndexPage,
    PlacePage,
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
    DetailView,
    EnrolmentView,
    FundingView,
    Html,
    Link,
    MeetingTimes,
    OwnText,
    Picture,
    PictureSource,
    PlaceAddress,
    PricePart,
    PriceView,
    SessionView,
    Term,
    TocItem,
    VideoPlayer,
    VideoView,
)
from credsite.site.views.share import SHARE_HEIGHT, SHARE_WIDTH, SharePicture

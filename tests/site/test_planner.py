from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from credsite.schema.kinds import Kind
from credsite.schema.vocabularies import DELIVERY_MODES
from credsite.site import views
from credsite.site.planned import PlannedFile
from credsite.site.planner import Plan
from tests.support import catalogues
from tests.support.catalogues import (
    course,
    images_of,
    industry,
    mode,
    page,
    pages_of,
    pathway,
    plan,
    planned,
    provider,
    story,
    view_of,
)

# --- which pages there are --------------------------------------------------------------------------------


def test_every_entry_has_its_page() -> None:
    entries = [
        course("a", skills=["Hygiene"]),
        course("b", skills=["hygiene"]),
        story("s", "a", background=["newcomer"]),
        pathway("p", ["a"]),
        page("about"),
        page("what", template="guide"),
    ]
    assert set(pages_of(plan(*entries))) == {
        "",
        "courses/", "courses/a/", "courses/b/",
        "industries/", "industries/health/", "industries/health/online/",
        "delivery/", "delivery/online/", "delivery/in-person/", "delivery/blended/", "delivery/hybrid/",
        "providers/", "providers/college/",
        "skills/", "skills/hygiene/",
        "pathways/", "pathways/p/",
        "stories/", "stories/s/", "stories/industry/health/", "stories/background/newcomer/",
        "stories/delivery/online/",
        "guides/", "about/", "what/",
        "shortlist/", "compare/", "404.html",
    }  # fmt: skip


def test_a_section_without_entries_has_no_page_and_no_menu_item() -> None:
    site_plan = plan()
    assert set(pages_of(site_plan)) == {
        "", "courses/", "delivery/", *(f"delivery/{mode}/" for mode in DELIVERY_MODES), "404.html"
    }  # fmt: skip
    assert [item.section for item in site_plan.layout.menu] == ["courses", "delivery"]
    assert site_plan.layout.explore == (views.MenuItem("courses", "All courses", "/courses/"),)


def test_the_shortlist_and_comparison_are_not_indexed() -> None:
    site_plan = plan(course("a"))
    for path in ("shortlist/", "compare/"):
        one = pages_of(site_plan)[path]
        assert not one.in_sitemap
        assert not one.view(site_plan.view_builder).head.indexed
        assert one.view(site_plan.view_builder).all_courses == "/courses/"
    assert (site_plan.layout.shortlist, site_plan.layout.compare) == ("/shortlist/", "/compare/")
    assert (plan().layout.shortlist, plan().layout.compare) == ("", "")


def test_a_list_without_courses_is_not_indexed() -> None:
    site_plan = plan(course("a", delivery_modes=["online"]), industry("empty"))
    for path, found in {
        "courses/": True,
        "industries/health/": True,
        "delivery/online/": True,
        "industries/empty/": False,
        "delivery/in-person/": False,
    }.items():
        one = pages_of(site_plan)[path]
        assert (one.in_sitemap, one.view(site_plan.view_builder).head.indexed) == (found, found), path
    assert view_of(plan(), "courses/").head.indexed


def test_a_skill_of_one_course_leads_to_the_course() -> None:
    site_plan = plan(
        course("a", skills=["Hygiene"]), course("b", skills=["Care"]), course("c", skills=["Care"])
    )
    assert {path for path in pages_of(site_plan) if path.startswith("skills/")} == {"skills/", "skills/care/"}
    index = view_of(site_plan, "skills/")
    assert isinstance(index, views.SkillIndexPage)
    links = [(skill.name, skill.url, skill.count) for group in index.groups for skill in group.skills]
    assert links == [("Care", "/skills/care/", 2), ("Hygiene", "/courses/a/", 1)]
    assert index.total == 2


def test_the_layout_links_to_the_index_of_skills() -> None:
    assert plan(course("a", skills=["Hygiene"])).layout.skills == "/skills/"
    assert plan(course("a")).layout.skills == ""
    assert "Skills" not in [link.title for link in plan(course("a")).layout.explore]


def test_long_lists_have_several_pages() -> None:
    courses = [course(f"c-{number}") for number in range(5)]
    whole = plan(*courses, config=catalogues.settings(page_size=2))
    site_plan = pages_of(whole)
    assert {
        "courses/page/2/",
        "courses/page/3/",
        "industries/health/page/3/",
        "delivery/online/page/2/",
    } <= set(site_plan)
    assert "industries/health/online/page/3/" in site_plan
    assert "providers/college/page/3/" in site_plan
    assert "courses/page/4/" not in site_plan
    second = view_of(whole, "courses/page/2/")
    assert second.head.title == "All courses, page 2"
    assert (second.head.previous, second.head.next) == ("/courses/", "/courses/page/3/")
    assert second.head.canonical == "https://courses.test/courses/page/2/"


def test_only_the_first_page_of_a_list_has_an_introduction() -> None:
    entries = [
        industry("health", "About **health**."),
        mode("online", "About *online*."),
        course("a"),
        course("b"),
    ]
    site_plan = plan(*entries, config=catalogues.settings(page_size=1))
    for path in ("industries/health/", "delivery/online/"):
        first, second = view_of(site_plan, path), view_of(site_plan, f"{path}page/2/")
        assert isinstance(first, views.CourseListPage)
        assert isinstance(second, views.CourseListPage)
        assert "About" in first.body.html
        assert second.body.html == ""


def test_a_pair_that_equals_its_industry_points_to_it() -> None:
    """Search engines need not choose between two pages with the same courses."""
    entries = [
        course("a", industries=["one"]),
        course("b", industries=["two"]),
        course("c", industries=["two"], delivery_modes=["hybrid"]),
    ]
    site_plan = plan(*entries)
    same, other = "industries/one/online/", "industries/two/online/"
    assert view_of(site_plan, same).head.canonical == "https://courses.test/industries/one/"
    assert not pages_of(site_plan)[same].in_sitemap
    assert view_of(site_plan, other).head.canonical == "https://courses.test/industries/two/online/"
    assert pages_of(site_plan)[other].in_sitemap


def test_redirects_lead_to_the_entry() -> None:
    entry = course(
        "a", aliases=["/old/a/", "/old-a", "/a.html", "/old/a.php", "/%D0%BA%D1%83%D1%80%D1%81%D0%B8"]
    )
    site_plan = plan(entry, config=catalogues.settings(base_url="https://example.org/x/"))
    for path in ("old/a/", "old-a/", "a.html", "old/a.php/", "курси/"):
        view = view_of(site_plan, path)
        assert isinstance(view, views.RedirectPage)
        assert view.target == "/x/courses/a/"
        assert view.head.canonical == "https://example.org/x/courses/a/"
        assert view.head.indexed
    outputs = {path: one.output for path, one in pages_of(site_plan).items()}
    assert outputs["old-a/"] == "old-a/index.html"
    assert outputs["a.html"] == "a.html"
    assert outputs["old/a.php/"] == "old/a.php/index.html", "a host would not serve a.php as a page"
    assert outputs["курси/"] == "курси/index.html"


def test_unpublished_entries_have_no_redirects() -> None:
    assert "old/" not in pages_of(plan(course("a", aliases=["/old/"], draft=True)))


def test_drafts_are_marked_and_not_indexed() -> None:
    view = view_of(plan(course("a", draft=True), drafts=True), "courses/a/")
    assert isinstance(view, views.CoursePage)
    assert view.draft
    assert not view.head.indexed


def test_pages_name_the_file_that_they_come_from() -> None:
    site_plan = pages_of(plan(course("a"), page("about")))
    assert site_plan["courses/a/"].source == "content/courses/a.md"
    assert site_plan["about/"].source == "content/pages/about.md"
    assert site_plan["courses/"].source == ""


def test_backgrounds_are_in_the_order_of_the_settings() -> None:
    config = catalogues.settings(backgrounds={"z-first": "First", "a-second": "Second", "m-none": "None"})
    entries = [
        course("a"),
        story("s", "a", background=["a-second"]),
        story("t", "a", background=["z-first", "a-second"]),
    ]
    home = view_of(plan(*entries, config=config), "")
    assert isinstance(home, views.HomePage)
    assert [(link.id, link.count) for link in home.backgrounds] == [("z-first", 1), ("a-second", 2)]


def test_only_images_of_published_entries_are_copied() -> None:
    images = images_of(("courses", "a.jpg"), ("stories", "face.jpg"), ("stories", "other.jpg"))
    entries = [
        course("a", image={"src": "a.jpg", "alt": ""}),
        course("b", image={"src": "a.jpg", "alt": ""}),
        story(
            "s",
            "a",
            learner={"name": "Ada", "photo": "face.jpg"},
            consent={"given": "2026-01-01", "withdrawn": "2026-02-01"},
        ),
        story("t", "a", learner={"name": "Bo", "photo": "other.jpg"}),
    ]
    copied = [file.copy_of for file in plan(*entries, images=images).files if file.copy_of]
    assert copied == ["content/courses/a.jpg", "content/stories/other.jpg"]


def shown(site_plan: Plan) -> tuple[object, ...]:
    """Everything that a plan makes, its pages made."""
    pages = [
        (page.path, page.view(site_plan.view_builder), page.source, page.updated, page.in_sitemap)
        for page in site_plan.pages
    ]
    return (site_plan.layout, pages, site_plan.files)


def test_a_withdrawn_story_leaves_no_trace() -> None:
    gone = story(
        "gone-story",
        "a",
        learner={"name": "Zebedee"},
        quote="Secret words",
        consent={"given": "2026-01-01", "withdrawn": "2026-02-01"},
    )
    site_plan = plan(course("a"), story("t", "a"), gone)
    everything = repr(shown(site_plan))
    assert "t" in {path.split("/")[1] for path in pages_of(site_plan) if path.startswith("stories/t/")}
    for word in ("Zebedee", "Secret words", "gone-story"):
        assert word not in everything


def test_unpublished_and_invalid_providers_are_not_named() -> None:
    """An id would stand there in place of a name."""
    recognised = {"recognised_by": ["gone-guild", "broken-guild", "college", "The Crown"]}
    entries = [course("a", credential=recognised), provider("gone-guild", draft=True)]
    site_plan, _ = planned(*entries, invalid=[(Kind.PROVIDER, "broken-guild")])
    view = view_of(site_plan, "courses/a/")
    assert isinstance(view, views.CoursePage)
    assert [link.title for link in view.credentials[0].recognised_by] == ["College", "The Crown"]


def test_prerequisites_that_are_not_published_are_not_named() -> None:
    needed = ["shown-course", "draft-course", "broken-course", "Patience"]
    entries = [course("a", prerequisites=needed), course("shown-course"), course("draft-course", draft=True)]
    site_plan, _ = planned(*entries, invalid=[(Kind.COURSE, "broken-course")])
    view = view_of(site_plan, "courses/a/")
    assert isinstance(view, views.CoursePage)
    assert view.prerequisites == (
        views.Link("Shown course", "/courses/shown-course/"),
        views.Link("Patience", ""),
    )


# --- files --------------------------------------------------------------------------------------------------


def test_ready_made_robots_file_replaces_the_generated_one() -> None:
    site_plan, result = planned(static=[PlannedFile("robots.txt", copy_of="static/robots.txt")])
    assert result == []
    assert [file.copy_of for file in site_plan.files if file.output == "robots.txt"] == ["static/robots.txt"]


def test_static_files_are_at_their_own_paths() -> None:
    static = [
        PlannedFile(name, copy_of=f"static/{name}")
        for name in ("downloads/plan.pdf", ".well-known/security.txt")
    ]
    site_plan, result = planned(static=static)
    assert result == []
    assert {"downloads/plan.pdf", ".well-known/security.txt"} <= {file.output for file in site_plan.files}


# --- what holds for every catalogue -----------------------------------------------------------------------

INDUSTRIES = ("one", "two", "three")
A_COURSE = st.fixed_dictionaries(
    {
        "industries": st.lists(st.sampled_from(INDUSTRIES), min_size=1, max_size=3),
        "delivery_modes": st.lists(st.sampled_from(tuple(DELIVERY_MODES)), min_size=1, max_size=4),
        "provider": st.sampled_from(["college", "uni", "closed"]),
        "skills": st.lists(st.sampled_from(["C", "c", "C++", "Hygiene", "介護"]), max_size=3),
        "draft": st.booleans(),
        "prerequisites": st.just(["c-0"]),
    }
)
A_STORY: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "background": st.lists(st.sampled_from(["newcomer", "graduate"]), max_size=2),
        "consent": st.sampled_from([{"given": "2026-01-01"}, {}]),
        "industries": st.lists(st.sampled_from(INDUSTRIES), max_size=1),
    }
)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    courses = draw(st.lists(A_COURSE, max_size=7))
    slugs = [f"c-{number}" for number in range(len(courses))]
    entries = [provider("closed", expires_at="2026-01-01"), industry("empty"), page("about")]
    entries += (course(slug, "[x](/courses/)", **fields) for slug, fields in zip(slugs, courses, strict=True))
    if slugs:
        chosen = st.lists(st.sampled_from(slugs), min_size=1, max_size=3)
        entries += (
            story(f"s-{number}", *draw(chosen), **fields)
            for number, fields in enumerate(draw(st.lists(A_STORY, max_size=3)))
        )
        entries += (
            pathway(f"p-{number}", draw(chosen), choose=1) for number in range(draw(st.integers(0, 2)))
        )
    config = catalogues.settings(page_size=draw(st.integers(1, 4)), base_url="https://example.org/a/")
    return planned(*entries, config=config)[0]


def models(value: Any) -> Iterator[Any]:
    """Every view model in a page, the page itself included."""
    if isinstance(value, tuple):
        for item in value:
            yield from models(item)
    elif is_dataclass(value):
        yield value
        for field in fields(value):
            yield from models(getattr(value, field.name))


def total(view: views.BasePage) -> int:
    """How many entries a list has."""
    pagination: views.Pagination = getattr(view, "pagination")  # noqa: B009 - lists have one
    return pagination.total


@given(plans())
@settings(deadline=None)
def test_every_count_is_that_of_the_page_it_leads_to(site_plan: Plan) -> None:
    pages = {f"/a/{one.path}": one.view(site_plan.view_builder) for one in site_plan.pages}
    for path, view in pages.items():
        for model in models(view):
            if isinstance(model, views.FilterLink | views.TopicCard) or (
                isinstance(model, views.ProviderCard | views.SkillLink) and model.url
            ):
                target = pages[model.url]
                # A skill of one course leads to the course itself.
                shown = 1 if isinstance(target, views.CoursePage) else total(target)
                assert shown == model.count, (path, model)


@given(plans())
@settings(deadline=None)
def test_lists_show_each_of_their_entries_once(site_plan: Plan) -> None:
    listed: dict[str, list[str]] = {}
    totals: dict[str, int] = {}
    for path, one in pages_of(site_plan).items():
        view = one.view(site_plan.view_builder)
        if isinstance(view, views.CourseListPage | views.StoryListPage | views.ProviderPage):
            first = re.sub(r"page/\d+/$", "", path)
            listed.setdefault(first, []).extend(card.id for card in view.cards)
            totals[first] = view.pagination.total
    for path, slugs in listed.items():
        assert len(slugs) == len(set(slugs)) == totals[path], path


@given(plans())
@settings(deadline=None)
def test_every_industry_mode_and_pair_with_courses_has_a_page(site_plan: Plan) -> None:
    pages = pages_of(site_plan)
    assert "industries/empty/" in pages
    for slug in DELIVERY_MODES:
        assert f"delivery/{slug}/" in pages
    pairs = set()
    for one in site_plan.pages:
        view = one.view(site_plan.view_builder)
        if isinstance(view, views.CoursePage):
            pairs |= {(i.id, m.id) for i in view.industries for m in view.modes}
    result = {
        tuple(path.split("/")[1:3])
        for path in pages
        if re.fullmatch(r"industries/[a-z]+/(?!page)[a-z-]+/", path)
    }
    assert result == pairs


@given(plans())
@settings(deadline=None)
def test_no_link_is_dead(site_plan: Plan) -> None:
    there = {f"/a/{path}" for path in site_plan.outputs}
    for shown in (site_plan.layout, *(one.view(site_plan.view_builder) for one in site_plan.pages)):
        for model in models(shown):
            for name in (
                "url",
                "target",
                "previous",
                "next",
                "home",
                "all_courses",
                "all_stories",
                "all_pathways",
                "calendar",
            ):
                url = getattr(model, name, "")
                if isinstance(url, str) and url:
                    assert url in there, (model, name)


@given(plans())
@settings(deadline=None)
def test_canonical_links_lead_to_pages_that_may_be_found(site_plan: Plan) -> None:
    pages = {f"https://example.org/a/{path}": one for path, one in pages_of(site_plan).items()}
    for one in site_plan.pages:
        canonical = one.view(site_plan.view_builder).head.canonical
        target = pages[canonical]
        assert target.view(site_plan.view_builder).head.canonical == canonical
        assert target.in_sitemap == target.view(site_plan.view_builder).head.indexed


def test_a_plan_does_not_depend_on_the_order_of_files() -> None:
    entries = [
        *(
            course(f"c-{n}", title="Same", skills=["x"], publish_at="2026-01-01", industries=["a", "b"])
            for n in range(4)
        ),
        *(story(f"s-{n}", "c-1", "c-2", title="Same", background=["newcomer"]) for n in range(3)),
        pathway("p", ["c-2"], ["c-0", "c-1"]),
        page("one", title="Same"),
        page("two", title="Same"),
    ]
    assert shown(plan(*entries)) == shown(plan(*reversed(entries)))

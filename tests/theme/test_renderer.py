"""Rendering pages and cards, and what is said about a template that fails."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from credsite.site.views import (
    CourseCard,
    CourseListPage,
    Link,
    NotFoundPage,
    PriceView,
    RedirectPage,
)
from credsite.theme.loader import ThemeError
from credsite.theme.renderer import Renderer
from credsite.theme.translations import load_translations
from tests.theme.conftest import HEAD, PAGE, SITE, LoadTheme, MakeTheme, blank, text_page


def test_text_is_escaped_and_html_of_a_body_is_not(renderer) -> None:
    site_renderer = renderer(
        {"404.html": "{{ page.heading }} {{ site.title }}", "page.html": "{{ page.body.html }}"}
    )
    assert site_renderer.render(PAGE) == "Not &lt;here&gt; Quillbay &lt;Courses&gt;"
    assert site_renderer.render(text_page("page")) == "<p>Body</p>"


def test_a_template_sees_the_page_and_the_site_and_nothing_of_other_pages(renderer) -> None:
    site_renderer = renderer(
        {"404.html": "{{ self._TemplateReference__context.get_all() | list | sort | join(' ') }}"}
    )
    names = site_renderer.render(PAGE).split()
    assert {"page", "site"} < set(names)
    assert set(names) - {"page", "site"} == set(site_renderer._templates._environment.globals)


def test_assets_have_the_base_path_and_their_hash(renderer) -> None:
    site_renderer = renderer({"404.html": "{{ asset('images/a b.svg') }} {{ asset('site.css') }}"})
    image, sheet = site_renderer.render(PAGE).split()
    assert image == site_renderer._templates.asset_url("images/a b.svg")
    assert image.startswith("/base/assets/images/a%20b.")
    assert sheet.startswith("/base/assets/site.")


def test_filters_know_the_language(renderer) -> None:
    site_renderer = renderer(
        {"404.html": "{{ page.head.updated|date }} {{ page.head.updated|iso }} {{ 10000|number }}"}
    )
    assert site_renderer.render(PAGE) == "March 1, 2027 2027-03-01 10,000"


def test_texts_are_translated_trimmed_and_escape_what_is_filled_in(
    make_theme: MakeTheme, load: LoadTheme
) -> None:
    po = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'
        'msgid "Look: %(what)s"\nmsgstr "Voir : %(what)s"\n\n'
        'msgid "%(n)s course"\nmsgid_plural "%(n)s courses"\nmsgstr[0] ""\nmsgstr[1] "%(n)s cours !"\n'
    )
    template = (
        "{{ _('Look: %(what)s', what=page.heading) }}|"
        "{% trans n=2 %}\n  {{ n }} course\n{% pluralize %}\n  {{ n }} courses\n{% endtrans %}"
    )
    make_theme("plain", files={"templates/404.html": template, "locale/fr/LC_MESSAGES/messages.po": po})
    theme = load("plain")
    assert (
        Renderer(theme, SITE, load_translations(theme, "fr")).render(PAGE)
        == "Voir : Not &lt;here&gt;|2 cours !"
    )
    assert (
        Renderer(theme, SITE, load_translations(theme, "en")).render(PAGE)
        == "Look: Not &lt;here&gt;|2 courses"
    )


def test_a_text_page_takes_the_template_of_its_name_only_if_the_theme_lists_it(renderer) -> None:
    templates = {"page.html": "page", "guide.html": "guide", "base.html": "base"}
    site_renderer = renderer(templates, "templates: [page, guide]")
    names = ("page", "guide", "base", "other", "../guide", "")
    assert [site_renderer.render(text_page(name)) for name in names] == [
        "page",
        "guide",
        "page",
        "page",
        "page",
        "page",
    ]


def test_a_child_overrides_and_extends_its_parents_templates(make_theme: MakeTheme, load: LoadTheme) -> None:
    old = {
        "templates/base.html": "<{% block title %}old{% endblock %}>{% include 'part.html' %}",
        "templates/404.html": "{% extends 'base.html' %}",
        "templates/part.html": "old part",
    }
    make_theme("old", files=old)
    make_theme("middle", "extends: old", {"templates/part.html": "middle part"})
    base = "{% extends 'old/base.html' %}{% block title %}young, {{ super() }}{% endblock %}"
    make_theme("young", "extends: middle", {"templates/base.html": base})
    theme = load("young")
    site_renderer = Renderer(theme, SITE, load_translations(theme, "en-CA"))
    assert site_renderer.render(PAGE) == "<young, old>middle part"


@pytest.mark.parametrize("name", ["../secret.html", "/etc/passwd", "plain/../../secret.html"])
def test_a_template_outside_the_theme_is_out_of_reach(renderer, tmp_path: Path, name: str) -> None:
    site_renderer = renderer({"404.html": f"{{% include '{name}' %}}"})
    with pytest.raises(ThemeError, match="no template"):
        site_renderer.render(PAGE)


def test_plain_and_counted_words_escape_what_is_filled_in_and_keep_numbers(renderer) -> None:
    site_renderer = renderer(
        {
            "404.html": "{{ ngettext('%(num)d of %(what)s', '%(num)d of %(what)s, 100%%', 2, what=page.heading) }}|"
            "{{ ngettext('%(num)s', '%(num)s', 1, num=page.heading) }}|{{ _('%(a)s 100%%', a=page.head.title) }}|{{ _('100%%') }}"
        }
    )
    escaped = "Not &lt;here&gt;"
    assert site_renderer.render(PAGE) == f"2 of {escaped}, 100%|{escaped}|Title 100%|100%"


def test_titles_are_joined_and_escaped(renderer) -> None:
    site_renderer = renderer(
        {"404.html": "{{ page.links|titles }}|{{ page.links|titles(' <') }}|{{ ()|titles }}"}
    )
    page = blank(NotFoundPage, head=HEAD, links=(Link("A & B", "/"), Link("C", "/")))
    assert site_renderer.render(page) == "A &amp; B, C|A &amp; B &lt;C|"


CARD = "{% macro course_card(card, level=3) %}\n<h{{ level }}>{{ card.title }}</h{{ level }}>\n{% endmacro %}"
LIST = '{% from "parts/course-card.html" import course_card %}{{ cached(course_card, page.cards[0], 3) }}'


def test_a_card_is_that_of_lists_and_made_once_for_both(renderer) -> None:
    card = blank(CourseCard, title="A & B")
    page = blank(CourseListPage, head=HEAD, cards=(card,))
    site_renderer = renderer({"parts/course-card.html": CARD, "courses.html": LIST})
    assert site_renderer.data_part(card) == "<h3>A &amp; B</h3>" == site_renderer.render(page).strip()
    assert len(site_renderer._templates._fragments) == 1


@pytest.mark.parametrize(
    ("templates", "words", "path"),
    [
        ({}, "no template `parts/course-card.html`", None),
        ({"parts/course-card.html": "{% macro card(x) %}{% endmacro %}"}, "no macro `course_card`", "course-card.html"),
        ({"parts/course-card.html": CARD.replace("title", "titel")}, "Did you mean `title`?", "course-card.html"),
    ],
)  # fmt: skip
def test_a_card_that_cannot_be_rendered_is_an_error(
    renderer, templates: dict[str, str], words: str, path: str | None
) -> None:
    with pytest.raises(ThemeError) as caught:
        renderer(templates).data_part(blank(CourseCard, title="A"))
    assert words in caught.value.message
    assert (caught.value.path.name if caught.value.path else None) == path


def test_other_models_are_not_cards(renderer) -> None:
    with pytest.raises(TypeError, match="a Link is not a part of the data"):
        renderer({}).data_part(Link("A", "/"))


def test_a_price_can_be_written(renderer) -> None:
    site_renderer = renderer({"404.html": "{{ page.links[0]|price }}"})
    page = blank(NotFoundPage, head=HEAD, links=(PriceView(Decimal(495), Decimal(495), "CAD"),))
    assert site_renderer.render(page) == "$495"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("\n{{ page.headin }}", 2, "`headin`, which a NotFoundPage does not have. Did you mean `heading`?"),
        ("\n{{ pages.heading }}", 2, "does not exist: 'pages' is undefined"),
        ("\n{{ asset('icon.svg') }}", 2, "no asset `icon.svg`. Did you mean `icons.svg`?"),
        (
            "\n{% include 'parts/cart.html' %}",
            2,
            "no template `parts/cart.html`. Did you mean `parts/card.html`?",
        ),
        ("\n\n{% if %}", 3, "cannot be understood"),
        ("{{ page.heading|shout }}", 1, "cannot be understood: No filter named 'shout'"),
        ("\n{{ none|date }}", 2, "`date` takes a date, not nothing"),
        ("\n{{ 1 / 0 }}", 2, "ZeroDivisionError"),
    ],
)
def test_a_mistake_in_a_template_is_named_with_its_place(
    renderer, site: Path, text: str, line: int, words: str
) -> None:
    site_renderer = renderer({"404.html": text, "parts/card.html": ""})
    with pytest.raises(ThemeError) as caught:
        site_renderer.render(PAGE)
    assert words in caught.value.message
    assert (caught.value.path, caught.value.line) == (site / "themes/plain/templates/404.html", line)


def test_a_mistake_in_a_part_is_named_in_the_part(renderer, site: Path) -> None:
    site_renderer = renderer(
        {"404.html": "\n{% include 'parts/a.html' %}", "parts/a.html": "\n\n{{ page.x }}"}
    )
    with pytest.raises(ThemeError) as caught:
        site_renderer.render(PAGE)
    assert (caught.value.path, caught.value.line) == (site / "themes/plain/templates/parts/a.html", 3)


def test_a_page_without_a_template_is_named(renderer) -> None:
    site_renderer = renderer({"404.html": ""})
    page = blank(RedirectPage, head=HEAD, target="/")
    with pytest.raises(ThemeError, match=r"no template `redirect\.html`"):
        site_renderer.render(page)

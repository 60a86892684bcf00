"""The built sample catalogue has valid pages, and all its links lead somewhere."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from tests.support.html import check_html
from tests.support.links import check_links
from tests.support.report import listed
from tests.support.sample import ORIGIN
from tests.support.schema_org import site_faults
from tests.support.search_results import result_problems
from tests.support.tools import sitemap_schema


def test_every_page_is_valid_html(sample_site: Path) -> None:
    problems = check_html(sample_site)
    assert not problems, listed(problems)


def test_every_link_leads_somewhere_and_every_page_is_linked(sample_site: Path) -> None:
    problems = check_links(sample_site, origin=ORIGIN)
    assert not problems, listed(problems)


def test_links_stay_inside_the_folder_a_site_is_published_in(sample_site_subpath: Path) -> None:
    problems = check_links(sample_site_subpath, "/a/b/", origin=ORIGIN)
    assert not problems, listed(problems)


def test_both_builds_hold_the_same_files(sample_site: Path, sample_site_subpath: Path) -> None:
    def pages(site: Path) -> set[str]:
        return {page.relative_to(site).as_posix() for page in site.rglob("*.html")}

    assert pages(sample_site) == pages(sample_site_subpath)


def test_structured_data_is_as_schema_org_defines_it(sample_site: Path) -> None:
    problems = site_faults(sample_site)
    assert not problems, listed(problems)


def test_every_page_has_a_title_and_a_description_of_its_own(sample_site: Path) -> None:
    problems = result_problems(sample_site)
    assert not problems, listed(problems)


def test_the_sitemap_is_as_its_schema_asks_for(sample_site: Path) -> None:
    schema = etree.XMLSchema(etree.parse(sitemap_schema()))
    assert schema.validate(etree.parse(sample_site / "sitemap.xml")), schema.error_log

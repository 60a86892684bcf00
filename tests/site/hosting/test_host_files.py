"""The files of a host follow the settings and the catalogue; where the site names no host there are none."""

from __future__ import annotations

import json
from typing import Any, get_args

import pytest

from credsite.schema.hosts import HOSTS, HostName
from credsite.site.data.data_files import DataFileNames
from credsite.site.hosting.host_files import host_file_names
from credsite.site.planned import PlannedFile
from tests.support.catalogues import AnyEntry, course, planned, settings

POLICY = "default-src 'none'; script-src 'self'"


def host_files(host: str | None, *entries: AnyEntry, **options: Any) -> dict[str, str]:
    """The texts of the files by path, without those of every site."""
    base_url = options.pop("base_url", "https://courses.test/a/")
    usual = {"sitemap.xml", "robots.txt", *options.pop("usual", ())}
    plan, problems = planned(*entries, config=settings(base_url=base_url, host=host), **options)
    assert not problems
    return {file.output: file.data.decode() for file in plan.files if file.output not in usual}


def test_a_site_without_a_host_has_no_files_for_one() -> None:
    assert host_files(None, course("a", aliases=["/old/"])) == {}


def test_each_host_has_a_name_and_files() -> None:
    assert set(HOSTS) == set(get_args(HostName))
    for host in HOSTS:
        files = host_files(host, course("a", aliases=["/old/"]))
        assert set(files) == set(host_file_names(host))
        assert all(POLICY in text for name, text in files.items() if name not in ("_redirects", ".nojekyll"))


@pytest.mark.parametrize("host", [host for host in HOSTS if host != "github-pages"])
def test_old_addresses_are_redirects_below_the_path_of_the_site(host: str) -> None:
    files = host_files(host, course("a", aliases=["/old/list.php", "/alt"]), course("b"))
    redirects = [text for text in files.values() if "/courses/a/" in text]
    assert len(redirects) == 1
    assert redirects[0].count("/a/courses/a/") == 2
    assert "/a/courses/b/" not in redirects[0]


def test_a_preview_has_no_files_for_a_host() -> None:
    assert host_files("netlify", course("a"), data_names=DataFileNames(hashed=False)) == {}


def test_a_file_of_the_sites_own_takes_the_place_of_one_for_the_host() -> None:
    own = PlannedFile("_headers", copy_of="static/_headers")
    config = settings(base_url="https://courses.test/", host="netlify")
    plan, problems = planned(course("a"), config=config, static=[own])
    assert not problems
    assert [file.copy_of for file in plan.files if file.output == "_headers"] == ["static/_headers"]
    assert "_redirects" in {file.output for file in plan.files}


@pytest.mark.parametrize(
    ("base_url", "domain"),
    [
        ("https://courses.college.test/", "courses.college.test\n"),
        ("https://courses.college.test/short/", None),
        ("https://college.github.io/", None),
        ("https://college.github.io/short/", None),
    ],
)
def test_github_is_told_a_domain_of_the_colleges_own(base_url: str, domain: str | None) -> None:
    files = host_files("github-pages", base_url=base_url)
    assert files == {".nojekyll": "", **({"CNAME": domain} if domain else {})}


def test_pages_say_the_policy_where_the_host_sends_none() -> None:
    for host in HOSTS:
        config = settings(base_url="https://courses.test/", host=host)
        policy = planned(course("a"), config=config)[0].layout.policy
        assert bool(policy) == (host in ("github-pages", "gitlab-pages"))
        assert "frame-ancestors" not in policy
    assert planned(course("a"))[0].layout.policy == ""


def many(count: int) -> list[str]:
    return [f"/an/old/address/of/the/course/{number}/" for number in range(count)]


@pytest.mark.parametrize(
    ("host", "count", "name", "room"),
    [
        ("cloudflare-pages", 2003, "_redirects", 2000),
        ("gitlab-pages", 1001, "_redirects", 1000),
        ("vercel", 2050, "vercel.json", 2048),
        ("azure-static", 500, "staticwebapp.config.json", None),
    ],
)
def test_a_host_is_given_as_many_redirects_as_it_reads(
    host: str, count: int, name: str, room: int | None
) -> None:
    config = settings(base_url="https://courses.test/", host=host)
    plan, problems = planned(course("a", aliases=many(count)), config=config)
    text = next(file.data.decode() for file in plan.files if file.output == name)
    written = text.count("/courses/a/")
    assert [(one.code, one.location.path, one.location.key) for one in problems] == [
        ("host-limit", "credsite.yaml", ("host",))
    ]
    assert f"room for {written:,} redirects" in problems[0].message
    assert f"The other {count - written:,} are pages" in problems[0].message
    if room is not None:
        assert written == room
    else:
        assert 18_000 < len(text.encode()) <= 20_000
        json.loads(text)


def test_gitlab_has_no_pages_at_old_addresses_because_it_would_show_them() -> None:
    entries = (
        course("a", aliases=["/old/", "/x.php", "/page.html"]),
        course("b", "[Before](/old/) and [after](/x.php/)."),
    )
    kept = {"old/", "x.php/", "page.html"}
    for host, has_pages in (("gitlab-pages", False), ("netlify", True)):
        config = settings(base_url="https://courses.test/", host=host)
        plan, problems = planned(*entries, config=config)
        assert not problems  # links to old addresses are right nevertheless
        assert {page.path for page in plan.pages} & kept == (kept if has_pages else set())
    own = PlannedFile("_redirects", copy_of="static/_redirects")
    config = settings(base_url="https://courses.test/", host="gitlab-pages")
    plan, _ = planned(*entries, config=config, static=[own])
    assert {page.path for page in plan.pages} >= kept


def test_a_few_redirects_are_no_problem() -> None:
    for host in HOSTS:
        config = settings(base_url="https://courses.test/", host=host)
        assert planned(course("a", aliases=many(100)), config=config)[1] == []

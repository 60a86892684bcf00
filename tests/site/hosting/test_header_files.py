"""`_headers` sets no header by two rules that can meet, since hosts would send both values."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from credsite.site.hosting.header_files import cloudflare_files, gitlab_files, netlify_files
from credsite.site.hosting.hosted_site import FOREVER, HostedSite, Redirect

SITE = HostedSite(
    "netlify",
    "/a/",
    "default-src 'none'",
    (Redirect("/a/alt ü/", "/a/courses/a/"), Redirect("/a/x.php", "/a/courses/b/")),
    ("data/courses.0123.json", "data/cards/0.0123.json", "data/cards/1.0123.json"),
    ("admin/", "courses/", "index.html", "404.html"),
)
CLOUDFLARE = replace(SITE, host="cloudflare-pages")


def rules(text: str) -> dict[str, list[str]]:
    """The lines of each rule by its pattern."""
    found: dict[str, list[str]] = {}
    for rule in re.split(r"\n(?! )", text.strip("\n")):
        pattern, *lines = rule.split("\n")
        assert pattern not in found
        found[pattern] = [line.strip() for line in lines]
    return found


def headers(text: str, path: str) -> list[str]:
    """All headers that a path is given, with those of each rule that matches."""
    lines: list[str] = []
    for pattern, these in rules(text).items():
        if re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), path):
            taken_back = {line[2:] for line in these if line.startswith("! ")}
            lines = [line for line in lines if line.partition(":")[0] not in taken_back]
            lines += [line for line in these if not line.startswith("! ")]
    return lines


@pytest.mark.parametrize("form", [False, True])
@pytest.mark.parametrize("site", [SITE, CLOUDFLARE])
@pytest.mark.parametrize(
    "path",
    ["", "courses/b/", "404.html", "data/catalogue.json", "data/cards/1.0123.json", "assets/a.0123.css", "a.ics", "api/v1/a.json"],
)  # fmt: skip
def test_no_header_is_sent_twice(site: HostedSite, form: bool, path: str) -> None:
    make = netlify_files if site.host == "netlify" else cloudflare_files
    names = ("api/", "assets/", "data/", "a.ics", *site.top_names)
    text = make(replace(site, has_form=form, has_api=True, top_names=names))["_headers"]
    sent = [line.partition(":")[0] for line in headers(text, f"/a/{path}")]
    assert len(sent) == len(set(sent))
    assert "Content-Security-Policy" in sent
    assert ("Access-Control-Allow-Origin" in sent) == path.startswith("api/")


@pytest.mark.parametrize("make", [netlify_files, cloudflare_files])
def test_only_names_with_digests_are_kept_for_ever(make: type) -> None:
    text = make(SITE)["_headers"]
    kept = {
        path: f"Cache-Control: {FOREVER}" in headers(text, f"/a/{path}")
        for path in (
            "assets/a.css",
            "images/b.avif",
            "data/courses.0123.json",
            "data/cards/0.0123.json",
            "data/catalogue.json",
            "courses/",
        )
    }
    assert list(kept.values()) == [True, True, True, True, False, False]


@pytest.mark.parametrize("site", [SITE, CLOUDFLARE])
def test_the_form_has_its_own_policy(site: HostedSite) -> None:
    make = netlify_files if site.host == "netlify" else cloudflare_files
    sent = headers(make(replace(site, has_form=True))["_headers"], "/a/admin/index.html")
    assert not any(line.startswith("Content-Security-Policy") for line in sent)


def test_redirects_are_coded_and_take_the_place_of_pages_where_the_host_can() -> None:
    assert netlify_files(SITE)["_redirects"] == (
        "/a/alt%20%C3%BC/ /a/courses/a/ 301!\n/a/x.php /a/courses/b/ 301!\n"
    )
    assert gitlab_files(SITE) == {"_redirects": cloudflare_files(SITE)["_redirects"]}
    assert " 301\n" in cloudflare_files(SITE)["_redirects"]


def test_types_are_told_where_a_rule_may_end_with_a_suffix() -> None:
    assert "Content-Type: text/calendar; charset=utf-8" in headers(
        cloudflare_files(CLOUDFLARE)["_headers"], "/a/x.ics"
    )
    assert not any(re.search(r"\*.", pattern) for pattern in rules(netlify_files(SITE)["_headers"]))

"""The configuration of Vercel and Azure, and the headers of CloudFront."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from credsite.site.hosting.apache import apache_files
from credsite.site.hosting.hosted_site import FOREVER, HostedSite, Redirect
from credsite.site.hosting.json_files import azure_files, s3_files, vercel_files
from credsite.site.hosting.nginx import nginx_files

SITE = HostedSite(
    "vercel",
    "/a/",
    "default-src 'none'",
    (Redirect("/a/alt(neu)/ü.php", "/a/courses/a/"),),
    has_form=True,
    has_api=True,
)


def read(make: Callable[[HostedSite], dict[str, str]], name: str, site: HostedSite = SITE) -> Any:
    return json.loads(make(site)[name])


def vercel_headers(path: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for rule in read(vercel_files, "vercel.json")["headers"]:
        if re.fullmatch(rule["source"], path):  # our patterns mean the same as regular expressions
            new = {header["key"]: header["value"] for header in rule["headers"]}
            assert not found.keys() & new.keys()
            found |= new
    return found


def test_vercel_sends_each_header_once() -> None:
    policy = "Content-Security-Policy"
    assert vercel_headers("/a/courses/")[policy] == SITE.policy
    assert policy not in vercel_headers("/a/admin/index.html")
    assert vercel_headers("/a/admin/index.html")["X-Content-Type-Options"] == "nosniff"
    for path in ("assets/js/a.0123.js", "images/b.avif", "data/cards/0.0123.json"):
        assert vercel_headers(f"/a/{path}")["Cache-Control"] == FOREVER
    assert "Cache-Control" not in vercel_headers("/a/data/catalogue.json")
    assert vercel_headers("/a/courses/a/sessions.ics")["Content-Type"] == "text/calendar; charset=utf-8"


def test_scripts_of_other_websites_may_read_the_files_for_other_programs() -> None:
    shared = {"Access-Control-Allow-Origin": "*"}
    assert vercel_headers("/a/api/v1/courses.json").items() >= shared.items()
    assert not vercel_headers("/a/courses/").keys() & shared.keys()
    routes = {route["route"]: route for route in read(azure_files, "staticwebapp.config.json")["routes"]}
    assert routes["/a/api/*"]["headers"] == shared
    for make, name in ((nginx_files, "nginx.conf"), (apache_files, ".htaccess")):
        assert "Access-Control-Allow-Origin" in make(SITE)[name]
        assert "Access-Control-Allow-Origin" not in make(replace(SITE, has_api=False))[name]


def test_vercel_takes_no_character_of_an_old_address_for_a_pattern() -> None:
    redirect = read(vercel_files, "vercel.json")["redirects"][0]
    assert redirect == {
        "source": r"/a/alt%28neu%29/%C3%BC\.php",
        "destination": "/a/courses/a/",
        "statusCode": 301,
    }


@pytest.mark.parametrize(
    ("old", "source"), [("/a/old/", "/a/old/"), ("/a/old", "/a/old/"), ("/a/old.php", r"/a/old\.php")]
)
def test_vercel_looks_for_an_old_address_with_a_slash(old: str, source: str) -> None:
    site = replace(SITE, redirects=(Redirect(old, "/a/courses/a/"),))
    assert read(vercel_files, "vercel.json", site)["redirects"][0]["source"] == source


def test_azure_answers_by_the_first_route_that_matches() -> None:
    document = read(azure_files, "staticwebapp.config.json")
    routes = [route["route"] for route in document["routes"]]
    assert routes.index("/a/data/catalogue.json") < routes.index("/a/data/*")
    assert document["routes"][0] == {
        "route": "/a/alt%28neu%29/%C3%BC.php",
        "redirect": "/a/courses/a/",
        "statusCode": 301,
    }
    assert {"route": "/a/admin/*", "headers": {"Content-Security-Policy": ""}} in document["routes"]
    assert document["globalHeaders"]["Content-Security-Policy"] == SITE.policy
    assert document["responseOverrides"] == {"404": {"rewrite": "/a/404.html"}}
    assert document["mimeTypes"][".ics"].startswith("text/calendar")


def test_azure_knows_no_form_where_there_is_none() -> None:
    document = read(azure_files, "staticwebapp.config.json", replace(SITE, has_form=False))
    assert not any("admin" in route["route"] for route in document["routes"])


def test_cloudfront_is_given_the_policy() -> None:
    headers = read(s3_files, "cloudfront-headers.json")["SecurityHeadersConfig"]
    assert headers["ContentSecurityPolicy"]["ContentSecurityPolicy"] == SITE.policy
    assert s3_files(SITE)["_redirects"] == "/a/alt%28neu%29/%C3%BC.php /a/courses/a/\n"

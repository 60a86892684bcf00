"""The script that counts visitors, and the Content-Security-Policy that lets it do so."""

from __future__ import annotations

from pathlib import Path

import pytest

from credsite.build.options import Options
from credsite.build.sources import load_sources
from credsite.schema.analytics import Analytics
from credsite.schema.config import Config
from credsite.site.analytics import tracking_script
from credsite.site.security_policy import content_security_policy
from tests.support.cli import Run

UMAMI = "b59e9c65-ae32-47f1-8400-119fcf4861c4"


def settings(**analytics: str) -> Config:
    return Config.model_validate(
        {"title": "T", "base_url": "https://courses.test/", **({"analytics": analytics} if analytics else {})}
    )


def policy(**analytics: str) -> dict[str, str]:
    parts = content_security_policy(settings(**analytics)).split("; ")
    return dict(part.split(" ", 1) for part in parts)


@pytest.mark.parametrize(
    ("analytics", "script", "scripts_from", "sends_to"),
    [
        (
            {"service": "plausible", "id": "courses.test"},
            ("https://plausible.io/js/script.js", "data-domain", "courses.test"),
            "https://plausible.io",
            "https://plausible.io",
        ),
        (
            {"service": "plausible", "id": "courses.test", "url": "https://stats.test:8443/p"},
            ("https://stats.test:8443/p/js/script.js", "data-domain", "courses.test"),
            "https://stats.test:8443",
            "https://stats.test:8443",
        ),
        (
            {"service": "goatcounter", "id": "harbour"},
            ("https://gc.zgo.at/count.js", "data-goatcounter", "https://harbour.goatcounter.com/count"),
            "https://gc.zgo.at",
            "https://harbour.goatcounter.com",
        ),
        (
            {"service": "umami", "id": UMAMI, "url": "https://stats.test/"},
            ("https://stats.test/script.js", "data-website-id", UMAMI),
            "https://stats.test",
            "https://stats.test",
        ),
        (
            {"service": "matomo", "id": "3", "url": "https://stats.test/matomo/"},
            ("", "data-url", "https://stats.test/matomo/"),
            "https://stats.test",
            "https://stats.test",
        ),
    ],
)
def test_each_service_has_its_script_and_its_policy(
    analytics: dict[str, str], script: tuple[str, str, str], scripts_from: str, sends_to: str
) -> None:
    found = tracking_script(Analytics.model_validate(analytics))
    assert found is not None
    assert (found.url, *found.attributes[0]) == script
    allowed = policy(**analytics)
    assert allowed["script-src"] == f"'self' {scripts_from}"
    assert allowed["connect-src"] == allowed["img-src"] == f"'self' {sends_to}"
    others = {
        name: value for name, value in allowed.items() if name not in ("script-src", "connect-src", "img-src")
    }
    assert others == {name: value for name, value in policy().items() if name in others}


def test_a_site_that_counts_nobody_allows_no_other_server() -> None:
    assert tracking_script(None) is None
    assert "://" not in content_security_policy(settings())


def add_settings(site: Path, text: str) -> None:
    with (site / "credsite.yaml").open("a") as file:
        file.write(text)


def test_the_pages_have_the_script_and_the_preview_has_not(site: Path, run: Run) -> None:
    add_settings(site, "analytics: {service: matomo, id: 3, url: https://stats.test/}\n")
    add_settings(site, "head: {a-verification: '\"x&y'}\n")
    assert run("build", site).exit_code == 0
    home = (site / "public/index.html").read_text()
    course = next(site.glob("public/courses/*/index.html")).read_text()
    for page in (home, course):
        assert 'data-url="https://stats.test/" data-site="3"></script>' in page
    assert '<meta name="a-verification" content="&#34;x&amp;y">' in home
    assert "a-verification" not in course
    assert load_sources(Options(site, preview=True)).config.analytics is None
    assert load_sources(Options(site)).config.analytics is not None


def test_the_command_prints_the_policy(site: Path, run: Run) -> None:
    add_settings(site, f"analytics: {{service: umami, id: {UMAMI}}}\n")
    result = run("csp", site)
    assert (result.exit_code, result.stdout.count("https://cloud.umami.is")) == (0, 3)

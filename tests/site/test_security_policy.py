"""The policy allows what the brand and the videos of a site use, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from credsite.schema.config import Config
from credsite.site.security_policy import content_security_policy, policy_of_pages
from tests.support.cli import Run


@pytest.mark.parametrize(
    ("brand", "allowed"),
    [
        ({}, set()),
        ({"corners": "soft", "fonts": {"text": "humanist"}}, set()),
        ({"colours": {"accent": "#7a1f3d"}}, {"manifest-src 'self'"}),
        ({"logo": "brand/logo.svg", "fonts": {"text": "brand/text.woff2"}}, {"font-src 'self'", "manifest-src 'self'"}),
    ],
)  # fmt: skip
def test_fonts_and_the_manifest_are_allowed_where_there_are_any(
    brand: dict[str, object], allowed: set[str]
) -> None:
    config = Config.model_validate({"title": "A", "base_url": "https://courses.test/", "brand": brand})
    without = Config(title="A", base_url="https://courses.test/")
    policies = (set(content_security_policy(one).split("; ")) for one in (config, without))
    assert next(policies) - next(policies) == allowed


@pytest.mark.parametrize(
    ("videos", "allowed"),
    [
        ([], set()),
        (["https://tube.test/w/1", "/films/"], set()),
        (["https://youtu.be/0123456789a"] * 2, {"frame-src https://www.youtube-nocookie.com"}),
        (
            ["https://vimeo.com/2", "https://youtu.be/0123456789a", "/a.mp4", "https://media.test/b.webm"],
            {
                "frame-src https://player.vimeo.com https://www.youtube-nocookie.com",
                "media-src 'self' https://media.test",
            },
        ),
    ],
)
def test_players_are_allowed_where_there_are_any(videos: list[str], allowed: set[str]) -> None:
    config = Config(title="A", base_url="https://courses.test/")
    without = content_security_policy(config).split("; ")
    found = content_security_policy(config, videos).split("; ")
    assert set(found) - set(without) == allowed
    assert [one for one in found if one not in allowed] == without


def test_a_page_says_what_only_headers_do_not() -> None:
    policy = content_security_policy(Config(title="A", base_url="https://courses.test/"), ["/a.mp4"])
    assert policy_of_pages(policy) == policy.replace("; frame-ancestors 'none'", "")


def test_the_command_reads_the_videos_of_the_catalogue(site: Path, run: Run) -> None:
    assert "frame-src" not in run("csp", site).stdout
    course = next((site / "content/courses").glob("*.md"))
    head, _, rest = course.read_text().partition("\n---\n")
    video = "video: {url: https://vimeo.com/2, title: A day here}"
    course.write_text(f"{head}\n{video}\n---\n{rest}")
    result = run("csp", site)
    assert result.exit_code == 0
    assert "; frame-src https://player.vimeo.com; base-uri" in result.stdout

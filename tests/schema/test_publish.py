"""Where the website may be published to."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from credsite.schema.publish import Publish, publish_findings


@pytest.mark.parametrize(
    "target",
    [
        "web@www.college.test:/srv/www/courses",
        "server:courses",
        "/srv/www/courses/",
        "../www",
        "a-b.test:~x@y/z",
    ],
)
def test_folders_on_servers_and_on_this_computer(target: str) -> None:
    if "~" in target:
        with pytest.raises(ValidationError):
            Publish(rsync=target)
    else:
        assert Publish(rsync=target).rsync == target.rstrip("/")


@pytest.mark.parametrize(
    "target",
    [
        "www.college.test",
        "server:",
        "server:/",
        "server:.",
        "server:./",
        "server:../other",
        "server:www/../../etc",
        "server::module",
        "rsync://server/module",
        "-e sh:/srv",
        "server:/srv/$(id)",
        "server:/srv/a b",
        "server:/srv/*",
        "server:~/www",
        "/",
        "../",
        "/srv/a\nb",
        "public",
    ],
)
def test_what_is_no_folder_of_its_own_is_refused(target: str) -> None:
    with pytest.raises(ValidationError):
        Publish(rsync=target)


@pytest.mark.parametrize("branch", ["gh-pages", "pages", "site/live", "v1.0-live", "a"])
def test_names_of_branches(branch: str) -> None:
    assert Publish(branch=branch).branch == branch


@pytest.mark.parametrize(
    "branch",
    ["gh pages", "-f", "a..b", "a/", "a.lock", "a/.b", "a//b", "a:b", "a~1", "a.", "+a", "refs/*"],
)
def test_what_git_takes_for_no_branch_is_refused(branch: str) -> None:
    with pytest.raises(ValidationError):
        Publish(branch=branch)


@pytest.mark.parametrize(
    "remote",
    [
        "origin",
        "https://github.com/college/courses.git",
        "git@github.com:college/courses.git",
        "ssh://git@git.college.test:2222/courses.git",
        "../courses.git",
        "/srv/git/courses.git",
    ],
)
def test_remotes(remote: str) -> None:
    assert Publish(remote=remote).remote == remote


@pytest.mark.parametrize("remote", ["--upload-pack=x", "ext::sh -c id", "ext::id", "a b", "a\nb"])
def test_what_may_run_programs_is_no_remote(remote: str) -> None:
    with pytest.raises(ValidationError):
        Publish(remote=remote)


def test_a_place_is_wanted() -> None:
    assert [one.key for one in publish_findings(Publish(), ("publish",))] == [("publish",)]
    assert not list(publish_findings(Publish(branch="a"), ("publish",)))
    assert not list(publish_findings(Publish(branch="a", rsync="server:/srv/www"), ("publish",)))

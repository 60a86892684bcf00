"""A branch holds just the website, and nothing else of anybody's repository changes."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from credsite.publishing.git_branch import BranchPublisher
from credsite.publishing.website import Publication, PublishError, Website
from tests.publishing.conftest import MakeWebsite

ADDRESS = "https://courses.college.ca/"
FILES = {"index.html": "home", "a b/ü[1].html": "odd", "_x/data.json": "{}"}


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=Ann", "-c", "user.email=ann@college.test")
    done = subprocess.run(
        ["git", "-c", "core.quotePath=false", *identity, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder in a repository, with a commit on `main`, something in the index, and a remote `origin`."""
    folder = tmp_path / "work/site"
    folder.mkdir(parents=True)
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "remote.git")
    git(folder.parent, "init", "--quiet", "--initial-branch=main")
    git(folder.parent, "remote", "add", "origin", str(tmp_path / "remote.git"))
    (folder / "credsite.yaml").write_text("title: A")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message=Site")
    git(folder, "push", "--quiet", "origin", "main")
    (folder / "staged.txt").write_text("staged")
    git(folder, "add", "staged.txt")
    (folder / "own.txt").write_text("own")
    return folder


def publish(
    site: Path,
    website: Website,
    *,
    branch: str = "gh-pages",
    remote: str = "origin",
    dry_run: bool = False,
    takes_over: bool = False,
) -> Publication:
    return BranchPublisher(site, remote, branch).publish(
        website, ADDRESS, dry_run=dry_run, takes_over=takes_over
    )


def published(site: Path, branch: str = "gh-pages") -> dict[str, str]:
    remote = site.parent.parent / "remote.git"
    paths = git(remote, "ls-tree", "-r", "--name-only", branch).splitlines()
    return {path: git(remote, "show", f"{branch}:{path}") for path in paths}


def state(site: Path) -> tuple[str, ...]:
    """All of the site's repository that a user works with: the work tree, the index, where HEAD is, and the branches."""
    return (
        git(site, "status", "--porcelain=v2", "--branch"),
        git(site, "diff", "--cached"),
        git(site, "for-each-ref", "refs/heads", "refs/credsite", "refs/tags"),
    )


def change_branch(site: Path, path: str, text: str) -> None:
    """Commit to the branch as somebody else."""
    clone = site.parent.parent / "clone"
    git(site, "clone", "--quiet", "--branch", "gh-pages", str(site.parent.parent / "remote.git"), str(clone))
    (clone / path).write_text(text)
    git(clone, "add", "--force", path)
    git(clone, "commit", "--quiet", "--message=Mine")
    git(clone, "push", "--quiet")


def test_just_the_website_is_pushed_and_nothing_else_changes(site: Path, make_website: MakeWebsite) -> None:
    website = make_website(FILES)
    (website.folder / ".credsite-manifest.json").write_text("{}")
    (website.folder / "foreign.txt").write_text("foreign")
    before = state(site)
    result = publish(site, website)
    assert published(site) == {**FILES, ".nojekyll": ""}
    assert set(result.new) == {*FILES, ".nojekyll"}
    assert "branch `gh-pages`" in result.place
    assert state(site) == before


def test_the_branch_has_one_commit_that_says_what_it_is_made_from(
    site: Path, make_website: MakeWebsite
) -> None:
    publish(site, make_website(FILES))
    result = publish(site, make_website({**FILES, "index.html": "new", "more.html": "more"}))
    assert (result.new, result.changed, result.removed) == (("more.html",), ("index.html",), ())
    remote = site.parent.parent / "remote.git"
    assert git(remote, "rev-list", "--count", "gh-pages") == "1"
    message = git(remote, "log", "--format=%B", "gh-pages")
    assert message.startswith(f"Publish {ADDRESS}\n")
    assert git(site, "rev-parse", "HEAD") in message
    result = publish(site, make_website({"index.html": "new"}))
    assert set(result.removed) == FILES.keys() - {"index.html"} | {"more.html"}
    assert published(site) == {"index.html": "new", ".nojekyll": ""}


def test_what_has_not_changed_is_not_pushed(site: Path, make_website: MakeWebsite) -> None:
    publish(site, make_website(FILES))
    before = git(site.parent.parent / "remote.git", "rev-parse", "gh-pages")
    assert publish(site, make_website(FILES)).is_up_to_date
    assert git(site.parent.parent / "remote.git", "rev-parse", "gh-pages") == before


def test_a_dry_run_pushes_nothing(site: Path, make_website: MakeWebsite) -> None:
    assert set(publish(site, make_website(FILES), dry_run=True).new) == {*FILES, ".nojekyll"}
    assert git(site.parent.parent / "remote.git", "branch", "--list", "gh-pages") == ""


def test_from_a_fresh_clone_without_a_name_for_commits(
    site: Path, make_website: MakeWebsite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(site, make_website(FILES))
    clone = tmp_path / "fresh"
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{tmp_path}/remote.git", str(clone))
    for name in ("GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "EMAIL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    git(clone, "config", "user.useConfigOnly", "true")
    assert publish(clone, make_website({**FILES, "index.html": "new"})).changed == ("index.html",)
    assert (
        git(tmp_path / "remote.git", "log", "--format=%cn <%ce>", "gh-pages")
        == "credsite <noreply@courses.college.ca>"
    )


def test_a_branch_that_credsite_has_not_published_is_left_alone(
    site: Path, make_website: MakeWebsite
) -> None:
    git(
        site,
        "push",
        "--quiet",
        "origin",
        f"{git(site, 'commit-tree', '-m', 'Other', 'HEAD^{tree}')}:refs/heads/gh-pages",
    )
    before = published(site)
    with pytest.raises(PublishError, match="has not published it"):
        publish(site, make_website(FILES))
    assert published(site) == before
    publish(site, make_website(FILES), takes_over=True)
    assert published(site) == {**FILES, ".nojekyll": ""}


def test_what_somebody_has_added_to_the_branch_is_not_lost(site: Path, make_website: MakeWebsite) -> None:
    publish(site, make_website(FILES))
    change_branch(site, "other.txt", "other")
    with pytest.raises(PublishError, match=r"Somebody else has changed .* other\.txt"):
        publish(site, make_website(FILES))
    assert publish(site, make_website(FILES), takes_over=True).removed == ("other.txt",)


def test_a_domain_that_was_set_on_the_host_is_kept(site: Path, make_website: MakeWebsite) -> None:
    publish(site, make_website(FILES))
    change_branch(site, "CNAME", "courses.college.ca")
    result = publish(site, make_website({**FILES, "index.html": "new"}))
    assert published(site)["CNAME"] == "courses.college.ca"
    assert "CNAME" in "".join(result.notes)
    assert publish(site, make_website(FILES)).notes, "it is kept in later ones too"
    result = publish(site, make_website({**FILES, "CNAME": "new.college.ca"}))
    assert published(site)["CNAME"] == "new.college.ca"
    assert not result.notes


@pytest.mark.parametrize("takes_over", [True, False])
def test_the_branch_of_the_sites_own_files_is_never_replaced(
    site: Path, make_website: MakeWebsite, takes_over: bool
) -> None:
    before = published(site, "main")
    with pytest.raises(PublishError, match="own files"):
        publish(site, make_website(FILES), branch="main", takes_over=takes_over)
    remote = str(site.parent.parent / "remote.git")
    with pytest.raises(PublishError, match="own files"):
        publish(site, make_website(FILES), branch="main", remote=remote, takes_over=takes_over)
    git(site, "switch", "--quiet", "--create", "work")
    with pytest.raises(PublishError, match="own files"):
        publish(site, make_website(FILES), branch="main", takes_over=takes_over)
    assert published(site, "main") == before


def test_a_push_that_comes_between_is_not_overwritten(
    site: Path, make_website: MakeWebsite, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(site, make_website(FILES))
    contents = Website.contents

    def slow(website: Website) -> object:
        change_branch(site, "other.txt", "other")
        return contents(website)

    monkeypatch.setattr(Website, "contents", slow)
    with pytest.raises(PublishError, match="nothing was published"):
        publish(site, make_website({**FILES, "index.html": "new"}))
    assert "other.txt" in published(site)


def test_a_file_that_was_changed_after_the_build_stops_it(site: Path, make_website: MakeWebsite) -> None:
    website = make_website(FILES)
    (website.folder / "index.html").write_text("changed")
    with pytest.raises(PublishError, match="was changed after the website was built"):
        publish(site, website)
    assert git(site.parent.parent / "remote.git", "branch", "--list", "gh-pages") == ""
    assert git(site, "for-each-ref", "refs/credsite") == ""


def test_where_nothing_can_be_published(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(PublishError, match="no remote `upstream`"):
        BranchPublisher(site, "upstream", "gh-pages").check()
    (tmp_path / "plain").mkdir()
    with pytest.raises(PublishError, match="git init"):
        BranchPublisher(tmp_path / "plain", "origin", "gh-pages").check()
    monkeypatch.setenv("PATH", str(tmp_path / "plain"))
    with pytest.raises(PublishError, match="Install Git"):
        BranchPublisher(site, "origin", "gh-pages").check()


def test_a_repository_that_cannot_be_reached(site: Path, make_website: MakeWebsite, tmp_path: Path) -> None:
    git(site, "remote", "set-url", "origin", str(tmp_path / "nowhere.git"))
    with pytest.raises(PublishError, match="cannot reach `origin`"):
        publish(site, make_website(FILES))


def test_a_password_in_an_address_is_not_printed(site: Path) -> None:
    git(site, "remote", "set-url", "origin", "https://ann:secret@github.com/college/courses.git")
    assert BranchPublisher(site, "origin", "gh-pages").check() == "https://github.com/college/courses.git"

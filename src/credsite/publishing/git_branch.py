"""Publishes a website as the only commit of a branch, and pushes it.

The branch has one commit, which takes the place of the one before. So nothing that was withdrawn, such as the story of a
learner, stays in its history, and the repository does not grow. It is replaced only if it is still the one that was looked at.

Git reads the files from its input (`git fast-import`), so neither the work tree nor the index of the site's repository is
touched, nor any branch in it. Libraries for this, such as ghp-import, move a local branch, push whatever is in a folder, and
replace the branch whatever somebody else has pushed to it.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from credsite import __version__
from credsite.core.text import join_names, without_control_characters
from credsite.publishing.programs import run_program
from credsite.publishing.website import Publication, PublishError, Website

_MARK: Final = "Published-by: credsite"
"""By this line of its message, a commit is known as credsite's."""
_DOMAIN: Final = "CNAME"
"""The file by which GitHub Pages knows a domain. GitHub itself adds it to the branch where somebody sets it on the website."""
_NO_JEKYLL: Final = ".nojekyll"
_NO_GIT: Final = (
    "There is no program `git` on this computer. Install Git from https://git-scm.com/ , then publish again."
)
_MAX_COMMITS: Final = "50"
_USER: Final = re.compile(r"(?<=://)[^/@]*@")


class BranchPublisher:
    """Publishes to ``branch`` of ``remote``, a remote's name or an address, from the repository that ``site`` is in."""

    def __init__(self, site: Path, remote: str, branch: str) -> None:
        self._site = site
        self._remote = remote
        self._branch = branch
        self._ref = f"refs/heads/{branch}"
        self._temporary = f"refs/credsite/publish-{os.getpid()}"

    def check(self) -> str:
        """The address of the repository that is published to, without a password.

        Raises PublishError where nothing can be published, as far as that is known before anything is built.
        """
        self._git(
            "rev-parse",
            "--git-dir",
            failure=f"{self._site} is in no repository of Git that can be used. To begin one: git init",
        )
        if self._is_name:
            address = self._git(
                "remote",
                "get-url",
                "--push",
                self._remote,
                failure=f"The repository has no remote `{self._remote}`. Add it, `git remote add {self._remote} ADDRESS`, "
                "or name another one with --remote.",
            )
            if self._try("symbolic-ref", "--quiet", "--short", "HEAD") == self._branch:
                raise PublishError(_own_branch(self._branch))
        else:
            address = self._remote
        return _USER.sub("", without_control_characters(address))

    def publish(self, website: Website, base_url: str, *, dry_run: bool, takes_over: bool) -> Publication:
        """Make the branch hold just the website, and push it, unless ``dry_run``. What is different then.

        A branch that credsite has not published is only replaced if ``takes_over`` says so. Raises PublishError.
        """
        address = self.check()
        old = self._published()
        domain = self._checked(old, takes_over=takes_over) if old else ""
        notes = []
        if domain and _DOMAIN not in website.files:
            notes.append(f"The branch keeps its file {_DOMAIN}. Put it into static/ to have it in the site.")
        else:
            domain = ""
        try:
            new = self._commit(website, base_url, domain, is_for_pages=self._is_for_pages(address))
            changes = self._changes(old, new)
            if not dry_run and any(changes.values()):
                self._push(old, new)
        finally:
            with suppress(PublishError):
                self._git("update-ref", "-d", self._temporary, failure="")
        place = f"branch `{self._branch}` of {address}"
        return Publication(
            place, tuple(changes["A"]), tuple(changes["M"]), tuple(changes["D"]), notes=tuple(notes)
        )

    @property
    def _is_name(self) -> bool:
        return not any(mark in self._remote for mark in "/:")

    def _is_for_pages(self, address: str) -> bool:
        """Whether GitHub Pages shows the branch. It would leave out files whose names begin with an underscore."""
        return self._branch == "gh-pages" or "github" in (
            urlsplit(address).hostname or address.partition(":")[0]
        )

    def _published(self) -> str:
        """The commit at which the branch is, fetched; "" where there is no such branch."""
        found = self._git(
            "ls-remote", "--", self._remote, self._ref, failure=f"Git cannot reach `{self._remote}`."
        )
        commit = next(
            (line.split("\t")[0] for line in found.splitlines() if line.endswith(f"\t{self._ref}")), ""
        )
        if commit and self._try("cat-file", "-t", commit) is None:
            self._git(
                "fetch",
                "--quiet",
                "--no-tags",
                "--no-write-fetch-head",
                "--recurse-submodules=no",
                "--",
                self._remote,
                self._ref,
                failure=f"Git cannot fetch `{self._branch}` from `{self._remote}`.",
            )
        return commit

    def _checked(self, old: str, *, takes_over: bool) -> str:
        """The id of the branch's file CNAME, or "". Raises PublishError where the branch may not be replaced."""
        head = self._try("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        if head and (
            self._try("merge-base", "--is-ancestor", old, head) is not None
            or self._try("merge-base", "--is-ancestor", head, old) is not None
        ):
            raise PublishError(_own_branch(self._branch))
        published = self._git(
            "log",
            f"--max-count={_MAX_COMMITS}",
            f"--grep=^{_MARK}",
            "--format=%H",
            old,
            failure="Git cannot read the branch.",
        ).split("\n")[0]
        if not takes_over:
            self._refuse_others(published, old)
        return self._try("rev-parse", "--verify", "--quiet", f"{old}:{_DOMAIN}") or ""

    def _refuse_others(self, published: str, old: str) -> None:
        """Raise PublishError where the commit ``old`` has anything but what credsite ``published``."""
        if not published:
            raise PublishError(
                f"The branch `{self._branch}` exists, and credsite has not published it. Choose another branch. If the "
                "website is to take the place of all that is in it, add --take-over this once."
            )
        others = [
            path for paths in self._changes(published, old).values() for path in paths if path != _DOMAIN
        ]
        if others:
            raise PublishError(
                f"Somebody else has changed the branch `{self._branch}` since credsite published it: {join_names(others, 3)}. Put what "
                "is needed into static/, then add --take-over this once, and the website takes the place of all that is in it."
            )

    def _commit(self, website: Website, base_url: str, domain: str, *, is_for_pages: bool) -> str:
        """Add the website to the repository as a commit without a parent, which nothing but a temporary ref leads to. Its id."""
        run_program(
            "git",
            "fast-import",
            "--quiet",
            "--force",
            "--done",
            folder=self._site,
            data=self._stream(website, base_url, domain, is_for_pages=is_for_pages),
            failure="Git cannot take the files of the website.",
            missing=_NO_GIT,
        )
        return self._git("rev-parse", self._temporary, failure="Git has lost the website.")

    def _stream(self, website: Website, base_url: str, domain: str, *, is_for_pages: bool) -> Iterator[bytes]:
        """The input of `git fast-import`."""
        source = self._try("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        made_from = f"\nFrom commit {source} of the site.\n" if source else ""
        message = f"Publish {base_url}\n{made_from}\n{_MARK} {__version__}\n"
        yield f"commit {self._temporary}\ncommitter {self._committer(base_url)}\n".encode()
        yield _data(message.encode())
        for path, data in website.contents():
            yield _file(path) + _data(data)
        if is_for_pages and _NO_JEKYLL not in website.files:
            yield _file(_NO_JEKYLL) + _data(b"")
        if domain:
            yield f"M 100644 {domain} {_DOMAIN}\n".encode()
        yield b"done\n"

    def _committer(self, base_url: str) -> str:
        """Who commits, and when. A build server may have no name for it."""
        known = self._try("var", "GIT_COMMITTER_IDENT")
        return known or f"credsite <noreply@{urlsplit(base_url).hostname}> {int(time.time())} +0000"

    def _changes(self, old: str, new: str) -> dict[str, list[str]]:
        """The paths that are new (A), changed (M) and gone (D) from one commit to another; ``old`` may be ""."""
        found: dict[str, list[str]] = {"A": [], "M": [], "D": []}
        arguments = ("diff-tree", "-r", "--no-relative", "--no-renames", "--name-status", "-z")
        if old:
            listed = self._git(*arguments, old, new, failure="Git cannot compare the websites.").split("\0")
            for status, path in zip(listed[::2], listed[1::2], strict=False):
                found["A" if status == "A" else "D" if status == "D" else "M"].append(path)
        else:
            listed = self._git(
                "ls-tree",
                "--full-tree",
                "-r",
                "--name-only",
                "-z",
                new,
                failure="Git cannot list the website.",
            ).split("\0")
            found["A"] = [path for path in listed if path]
        return found

    def _push(self, old: str, new: str) -> None:
        self._git(
            "push",
            "--quiet",
            "--no-follow-tags",
            "--recurse-submodules=no",
            f"--force-with-lease={self._ref}:{old}",
            "--",
            self._remote,
            f"{new}:{self._ref}",
            failure=f"Git cannot push to `{self._branch}` of `{self._remote}`, so nothing was published.",
        )

    def _git(self, *arguments: str, failure: str) -> str:
        output = run_program("git", *arguments, folder=self._site, failure=failure, missing=_NO_GIT)
        return output.decode("utf-8", "surrogateescape").strip("\n")

    def _try(self, *arguments: str) -> str | None:
        """What Git prints; None where it fails."""
        try:
            return self._git(*arguments, failure="")
        except PublishError:
            return None


def _own_branch(branch: str) -> str:
    return (
        f"`{branch}` is the branch of the site's own files, which the website would take the place of. Choose another one, such as "
        "gh-pages."
    )


def _file(path: str) -> bytes:
    quoted = path.replace("\\", "\\\\").replace('"', '\\"')
    return f'M 100644 inline "{quoted}"\n'.encode()


def _data(data: bytes) -> bytes:
    return b"data %d\n%s\n" % (len(data), data)

"""A workflow always installs the same release of credsite, from wherever it is."""

from __future__ import annotations

import json

import pytest

from credsite.authoring.editors.generated_files import has_valid_checksum
from credsite.authoring.hosting import requirements
from credsite.authoring.hosting.requirements import names_credsite, requirement, requirements_file
from credsite.core.errors import CredsiteError

COMMIT = "0123456789abcdef0123456789abcdef01234567"
SHA = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ("credsite==1.2.0", "credsite==1.2.0"),
        (f"git+https://git.test/a/credsite@{COMMIT}", f"credsite @ git+https://git.test/a/credsite@{COMMIT}"),
        (f"credsite @ git+ssh://git@git.test/a.git@{COMMIT}", f"credsite @ git+ssh://git@git.test/a.git@{COMMIT}"),
        ("wheels/credsite-1.2.0-py3-none-any.whl", "./wheels/credsite-1.2.0-py3-none-any.whl"),
        ("./credsite-1.2.0-py3-none-any.whl", "./credsite-1.2.0-py3-none-any.whl"),
        (f"https://a.test/credsite-1.0-py3-none-any.whl#sha256={SHA}",
         f"credsite @ https://a.test/credsite-1.0-py3-none-any.whl#sha256={SHA}"),
    ],
)  # fmt: skip
def test_what_always_means_the_same_release_is_taken(given: str, line: str) -> None:
    assert requirement(given) == line
    data = requirements_file(line)
    assert has_valid_checksum(data)
    assert data.decode().splitlines()[-1] == line
    assert names_credsite(data.decode())


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("credsite", "names no release"),
        ("credsite>=1.2", "names no release"),
        ("git+https://git.test/a/credsite", "names no commit"),
        ("git+https://git.test/a/credsite@main", "names no commit"),
        (f"git+https://git.test/a/credsite@{COMMIT[:10]}", "names no commit"),
        ("https://git.test/a/credsite.git", "names no commit"),
        ("/tmp/credsite-1.0-py3-none-any.whl", "is no wheel of credsite in the site's folder"),
        ("../credsite-1.0-py3-none-any.whl", "is no wheel of credsite in the site's folder"),
        ("https://a.test/credsite-1.0-py3-none-any.whl", "is no wheel of credsite in the site's folder"),
        ("other-1.0-py3-none-any.whl", "is no wheel of credsite in the site's folder"),
        ("credsite==1.0\nevil", "names no release"),
        ("somewhere", "is no place from which credsite can be installed"),
    ],
)
def test_what_may_be_another_release_each_time_is_refused(given: str, reason: str) -> None:
    with pytest.raises(CredsiteError, match=reason) as error:
        requirement(given)
    assert "credsite==1.2.0" in str(error.value)


@pytest.mark.parametrize(
    ("text", "names"),
    [("credsite==1.0\n", True), ("# credsite\nother==1.0\n", False), ("./w/credsite-1.0-py3.whl\n", True), ("", False)],
)  # fmt: skip
def test_a_file_of_the_sites_own_is_asked_whether_it_names_credsite(text: str, names: bool) -> None:
    assert names_credsite(text) is names


class Distribution:
    """An installed package that knows its origin."""

    def __init__(self, text: str | None) -> None:
        self.text = text

    def read_text(self, name: str) -> str | None:
        assert name == "direct_url.json"
        return self.text


GIT = {"vcs": "git", "commit_id": COMMIT}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (json.dumps({"url": "https://git.test/a/credsite", "vcs_info": GIT}), f"git+https://git.test/a/credsite@{COMMIT}"),
        (json.dumps({"url": "file:///home/me/credsite", "vcs_info": GIT}), ""),
        (json.dumps({"url": "https://hg.test/credsite", "vcs_info": {**GIT, "vcs": "hg"}}), ""),
        (json.dumps({"url": "file:///home/me/credsite", "dir_info": {"editable": True}}), ""),
        ("[", ""),
        (None, ""),
    ],
)  # fmt: skip
def test_an_installation_knows_of_which_commit_it_is(
    monkeypatch: pytest.MonkeyPatch, text: str | None, found: str
) -> None:
    monkeypatch.setattr(requirements, "distribution", lambda _name: Distribution(text))
    assert requirements.installed_from() == found

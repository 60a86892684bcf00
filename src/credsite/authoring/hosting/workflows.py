"""The workflow that checks, builds and publishes a website, as text. It is the same for the same settings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from credsite.authoring.editors.generated_files import CHECKSUM_MARKER, with_checksum
from credsite.core.errors import CredsiteError
from credsite.schema.hosts import HostName
from credsite.site.hosting.host_files import host_file_names
from credsite.site.hosting.hosted_site import (
    ASK_EACH_TIME,
    BRIEF,
    CATALOGUE,
    DIGEST_FOLDERS,
    FOREVER,
    MEDIA_TYPES,
)

GITHUB_WORKFLOW: Final = ".github/workflows/website.yaml"
GITLAB_WORKFLOW: Final = ".gitlab-ci.yml"

_PLACEHOLDER: Final = re.compile(r"@@(\w+)@@")
_PLAIN: Final = re.compile(r"[A-Za-z0-9._~/-]+")
_STEPS: Final[Mapping[HostName, tuple[str, ...]]] = {
    "nginx": ("server", "nginx-reload"),
    "apache": ("server",),
}
"""The files with the steps that publish on a host, where they are not just the one with its name."""
_OWN_DOMAIN: Final = frozenset({"netlify", "cloudflare-pages", "vercel", "azure-static"})
"""Hosts that have one folder for a whole domain, so that a website under a path stands in folders of that name."""
_PAGES_JOB: Final = """\
    permissions:
      contents: read
      pages: write
      id-token: write
    environment:
      name: github-pages
      url: ${{ steps.deployment.outputs.page_url }}
"""
_AWS_JOB: Final = """\
    permissions:
      contents: read
      id-token: write
"""
_JOBS: Final[Mapping[str, str]] = {"github-pages": _PAGES_JOB, "s3": _AWS_JOB}


@dataclass(frozen=True, slots=True)
class Workflow:
    """What a workflow depends on. ``folder`` is the site's path in the repository, or "."; ``base_path`` that of its pages."""

    host: HostName
    base_path: str
    timezone: str
    folder: str = "."


def workflow_files(workflow: Workflow) -> dict[str, bytes]:
    """The files for the top folder of the repository, by path.

    Raises CredsiteError where a name cannot stand in them: they hold commands, in which other characters mean something.
    """
    for what, name in (("path of base_url", workflow.base_path), ("folder of the site", workflow.folder)):
        if not _PLAIN.fullmatch(name):
            raise CredsiteError(
                f"The {what}, `{name}`, has other characters than letters from a to z, digits, dots, hyphens and "
                "underscores, and no workflow can be written for it. Rename it."
            )
    if workflow.host == "gitlab-pages":
        return {GITLAB_WORKFLOW: with_checksum(_gitlab(workflow))}
    return {GITHUB_WORKFLOW: with_checksum(_github(workflow))}


def names_of(kind: str, files: Mapping[str, bytes]) -> list[str]:
    """The ``secrets`` or variables (``vars``) that somebody has to set for workflows, in their order.

    Those for which a workflow has another value are left out.
    """
    pattern = re.compile(rf"\b{kind}\.(\w+)(?! \|\|)\b")
    return list(dict.fromkeys(name for data in files.values() for name in pattern.findall(data.decode())))


def _github(workflow: Workflow) -> str:
    folder = workflow.folder
    prefix = "" if folder == "." else f"{folder}/"
    built_and = f"${{{{ !cancelled() && hashFiles('{prefix}public/index.html') != '' &&"
    is_moved = workflow.host in _OWN_DOMAIN and workflow.base_path != "/"
    values = {
        "host": workflow.host,
        "timezone": workflow.timezone,
        "folder": folder,
        "prefix": prefix,
        "path": workflow.base_path,
        "built": built_and.removesuffix(" &&") + " }}",
        "built_and": built_and,
        "upload": "upload" if is_moved else "public",
        "files": " ".join(host_file_names(workflow.host)),
        "job": _JOBS.get(workflow.host, ""),
        "brief": BRIEF,
        "uploads": _s3_uploads(),
        "kept": _filters("exclude", (*host_file_names("s3"), ".credsite*")),
        "checksum": CHECKSUM_MARKER,
    }
    steps = [*(("under-path",) if is_moved else ()), *_STEPS.get(workflow.host, (workflow.host,))]
    values["steps"] = "".join(_filled(_template(f"steps/{name}"), values) for name in steps).rstrip("\n")
    return _filled(_template("github"), values)


def _gitlab(workflow: Workflow) -> str:
    moved = (
        ""
        if workflow.folder == "."
        else '    - rm -rf "$CI_PROJECT_DIR/public" && cp -a public "$CI_PROJECT_DIR/public"\n'
    )
    values = {
        "host": workflow.host,
        "timezone": workflow.timezone,
        "folder": workflow.folder,
        "moved": moved,
        "checksum": CHECKSUM_MARKER,
    }
    return _filled(_template("gitlab"), values)


def _s3_uploads() -> str:
    """Uploads of files that browsers may keep for ever, and then of all others; each with its type where that is not known.

    Of the filters of one upload, the last that matches a file decides.
    """
    untyped = _filters("exclude", (f"*.{suffix}" for suffix in MEDIA_TYPES))
    folders = [f"{folder}*" for folder in DIGEST_FOLDERS]
    left = _filters("exclude", (*folders, *host_file_names("s3"), ".credsite*"))
    lines = [
        f'{_filters("include", folders)} --exclude "{CATALOGUE}" {untyped} --cache-control "{FOREVER}"',
        f'--include "{CATALOGUE}" --cache-control "{ASK_EACH_TIME}"',
    ]
    for suffix, media_type in MEDIA_TYPES.items():
        included = _filters("include", (f"{folder}*.{suffix}" for folder in DIGEST_FOLDERS))
        lines.append(f'{included} --content-type "{media_type}" --cache-control "{FOREVER}"')
    lines.append(f'--include "*" {left} {untyped} --cache-control "{BRIEF}"')
    for suffix, media_type in MEDIA_TYPES.items():
        lines.append(f'--include "*.{suffix}" {left} --content-type "{media_type}" --cache-control "{BRIEF}"')
    return "\n".join(f"          upload {line}" for line in lines)


def _filters(option: str, patterns: Iterable[str]) -> str:
    return " ".join(f'--{option} "{pattern}"' for pattern in patterns)


@cache
def _template(name: str) -> str:
    return (Path(__file__).parent / f"{name}.yaml").read_text(encoding="utf-8")


def _filled(text: str, values: Mapping[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda found: values[found[1]], text)

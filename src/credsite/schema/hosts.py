"""The hosts for which credsite writes the files that they read, as `host` in credsite.yaml names them."""

from collections.abc import Mapping
from typing import Final, Literal

HostName = Literal[
    "github-pages",
    "gitlab-pages",
    "netlify",
    "cloudflare-pages",
    "vercel",
    "azure-static",
    "s3",
    "nginx",
    "apache",
    "sftp",
]

HOSTS: Final[Mapping[HostName, str]] = {
    "github-pages": "GitHub Pages",
    "gitlab-pages": "GitLab Pages",
    "netlify": "Netlify",
    "cloudflare-pages": "Cloudflare Pages",
    "vercel": "Vercel",
    "azure-static": "Azure Static Web Apps",
    "s3": "Amazon S3",
    "nginx": "nginx",
    "apache": "Apache",
    "sftp": "a web space with SFTP",
}
"""What each host is called in sentences."""

"""One line of credsite.yaml changes, and nothing else."""

from __future__ import annotations

import pytest

from credsite.authoring.hosting.host_setting import with_host


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("title: A\nbase_url: https://a.test/ # ours\nmenu: []\n",
         "title: A\nbase_url: https://a.test/ # ours\nhost: nginx\nmenu: []\n"),
        ("base_url: 'https://a.test/'\r\nmenu: []\r\n", "base_url: 'https://a.test/'\r\nhost: nginx\r\nmenu: []\r\n"),
        ("title: A\nbase_url: https://a.test/", "title: A\nbase_url: https://a.test/\nhost: nginx\n"),
        ("host: netlify # for now\ntitle: A\n", "host: nginx # for now\ntitle: A\n"),
        ('host: "s3"\r\ntitle: A\r\n', "host: nginx\r\ntitle: A\r\n"),
        ("host:\ntitle: A\n", "host: nginx\ntitle: A\n"),
        ("base_url: >-\n  https://a.test/\n", None),
        ("{title: A, base_url: https://a.test/}\n", None),
        ("host: a\nhost: b\n", None),
        ("'host': netlify\n", None),
    ],
)  # fmt: skip
def test_the_host_is_written_where_that_is_clear(text: str, changed: str | None) -> None:
    assert with_host(text, "nginx") == changed

from __future__ import annotations

import re

import pytest
from pydantic import ValidationError

from credsite.schema import patterns
from credsite.schema.config import Config


def refused(address: str) -> tuple[str, str]:
    """The message and the suggestion for a wrong address."""
    with pytest.raises(ValidationError) as caught:
        Config(title="x", base_url=address)
    (error,) = caught.value.errors()
    assert error["type"] == "bad-url"
    return error["msg"], error["ctx"]["suggestion"]


@pytest.mark.parametrize(
    ("address", "said", "suggestion"),
    [
        ("https://x.example/a?b#c", ["before any ? or #"], "https://x.example/a/"),
        ("https://x.example/#a", ["before any ? or #"], "https://x.example/"),
        ("https://me:secret@x.example/a/", ["no user name or password"], "https://x.example/a/"),
        ("https://me@x.example:8000", ["no user name or password"], "https://x.example:8000/"),
        ("https://x.example/a/../b/", ["no `.` or `..`"], "https://x.example/b/"),
        ("https://x.example/..", ["no `.` or `..`"], "https://x.example/"),
        ("https://x.example/./a/", ["no `.` or `..`"], "https://x.example/a/"),
        ("https://x.example/a/%2E%2e/b/", ["no `.` or `..`"], "https://x.example/b/"),
        ("https://x.example/our courses/", ["no spaces"], "https://x.example/our%20courses/"),
        ("https://our college.example/", ["no spaces"], ""),
        ("https://me@x.example/a b/../?c", ["no spaces", "no user", "`..`", "before any ?"], "https://x.example/"),
        ("https://x.example:port/", ["such as https://courses.example/"], ""),
        ("https://[x/", ["such as https://courses.example/"], ""),
        ("courses.example", ["such as https://courses.example/"], "https://courses.example"),
    ],
)  # fmt: skip
def test_each_fault_of_an_address_is_named_with_what_is_right(
    address: str, said: list[str], suggestion: str
) -> None:
    message, suggested = refused(address)
    assert all(part in message for part in said)
    assert message.count("It has no") + message.count("It ends") == sum(
        "such as" not in part for part in said
    )
    assert suggested == suggestion
    if suggestion:
        assert Config(title="x", base_url=suggestion).base_url == suggestion.rstrip("/") + "/"


@pytest.mark.parametrize(
    "address",
    ["https://x.example", "http://localhost:8000/a/b", "https://x.example/a..b/.c/", "https://münchen.example/ä/"],
)  # fmt: skip
def test_other_addresses_are_right_for_editors_too(address: str) -> None:
    assert Config(title="x", base_url=address).base_url == address.rstrip("/") + "/"
    assert re.search(patterns.SITE_ADDRESS, address)


@pytest.mark.parametrize(
    "address",
    ["https://x.example/a?b", "https://x.example/a#b", "https://me@x.example/", "https://x.example/a/../b/",
     "https://x.example/..", "https://x.example/%2e/", "https://x.example/a b/"],
)  # fmt: skip
def test_editors_mark_wrong_addresses(address: str) -> None:
    assert not re.search(patterns.SITE_ADDRESS, address)

"""Extreme values for every key of every kind of entry and of credsite.yaml, each in a file of its own."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import yaml

from credsite.problems.model import KeyPath
from tests.support.paths import SITES

WHOLE_SITE: Final = SITES / "good-whole"
"""It has every key that there is."""

_WITH_BODIES: Final = ("content/courses/first-aid.md", "content/pages/about.md")

EXTREMES: Final[Mapping[str, Any]] = {
    "digits": "1" * 28,
    "thousands of digits": "9" * 5000,
    "negative": "-1",
    "negative with digits": "-" + "7" * 40,
    "zero": "0",
    "decimals": "0." + "3" * 40,
    "nan": ".nan",
    "NaN": "NaN",
    "inf": ".inf",
    "-Infinity": "-Infinity",
    "exponent": "1e999",
    "small exponent": "1E-999",
    "number beyond 64 bits": 2**70,
    "hexadecimal": "0xFFFFFFFFFFFFFFFFFF",
    "underscores": "1_000_000",
    "arabic digits": "\u0661\u0662\u0663",
    "superscript": "\u00b2\u00b3",
    "fraction": "\u00bd",
    "range": "1-" + "9" * 30,
    "long range of days": "1-999999999999 days",
    "weeks": "999999999999 weeks",
    "months of ISO": "P999999999M",
    "minutes": "0.000001 minutes",
    "amount": "999999999999.99 CAD",
    "amount with digits": "9" * 60 + " EUR",
    "first day": "0001-01-01",
    "day of 1900": "1900-01-01",
    "day of 2199": "2199-12-31",
    "last day": "9999-12-31",
    "29 February": "2028-02-29",
    "29 February that is none": "2027-02-29",
    "last moment": "9999-12-31T23:59:59.999999",
    "last moment in the west": "9999-12-31T23:59:59-12:00",
    "first moment in the east": "0001-01-01T00:00:00+14:00",
    "moment in the east": "1900-01-01T00:00:00+14:00",
    "moment in the west": "2199-12-31T23:59:59-12:00",
    "offset": "2027-01-01T00:00:00+23:59:59.999999",
    "week date": "2027-W01-1",
    "leap second": "2027-06-30T23:59:60Z",
    "day of year zero": "0000-00-00",
    "empty": "",
    "blank": " \t\n ",
    "no-break spaces": "\u00a0\u2003\u3000",
    "nobody sees it": "\u200b\u2060\ufeff",
    "lone surrogate": "a\ud800b",
    "low surrogate": "\udfff",
    "NUL": "a\0b",
    "controls": "a\x01\x07\x08\x1b[31m\x7fb",
    "C1 controls": "a\x80\x85\x9b31m\x9fb",
    "form feed": "a\x0cb",
    "vertical tab": "a\x0bb",
    "unit separators": "a\x1c\x1d\x1e\x1fb",
    "not characters": "a\ufffe\uffff\U0010ffffb",
    "bidi overrides": "a\u202e\u202d\u2066\u2069\u200fb",
    "right to left": "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    "combining": "e" + "\u0301" * 300,
    "private use": "\ue000\U000f0000",
    "tags": "\U000e0001\U000e0041",
    "emoji": "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "long": "x" * 10_000,
    "long words": "word " * 2_000,
    "long slug": "-".join(["a"] * 300),
    "lines": "a\nb\r\nc\u2028d\u2029e",
    "percent": "%s %(date)s %n %d %",
    "braces": "{0} {message} {0.__class__} {{ 7*7 }} {% x %}",
    "dollar": "${x} $x `x` \\1 \\g<0>",
    "HTML": "</script><script>alert(1)</script><!--",
    "entities": "&amp;&#0;&#xD800;&#x110000;&nosuch;",
    "JavaScript": "javascript:alert(1)//",
    "formula": "=cmd|' /C calc'!A0",
    "formula with at": "@SUM(1+1)*cmd",
    "quotation marks": "\"'`\u201c\u201d\\",
    "path": "../../../../etc/passwd",
    "Windows path": "C:\\Windows\\..\\con",
    "address": "https://[::1]:99999999/%zz?\u0000#",
    "address with brackets": "http://[",
    "address of digits": "https://" + "1" * 400 + "/",
    "host of dots": "https://" + "a." * 300 + "example/",
    "port": "https://college.example:" + "9" * 5000 + "/",
    "true": "true",
    "null": None,
    "list": ["a", "b"],
    "empty list": [],
    "empty map": {},
    "list of empty": ["", None, [], {}],
    "list of lists": [[["a"]]],
    "map": {"a": "b"},
    "map of map": {"": {"": {"": ""}}},
    "map with odd keys": {"\0": "a", "\ud800": "b", "a" * 3000: "c", "%(x)s {0}": "d", "null": "e"},
    "deep list": json.loads("[" * 38 + "]" * 38),
    "deeper list": json.loads("[" * 300 + "]" * 300),
    "deep map": json.loads('{"a":' * 38 + '""' + "}" * 38),
    "many values": [f"value {number}" for number in range(500)],
    "same values": ["online"] * 300,
}


def whole_files() -> Iterator[tuple[str, dict[str, Any], str]]:
    """The content files of a site that has every key: the path, the front matter and the body."""
    for file in sorted((WHOLE_SITE / "content").rglob("*.md")):
        _, front_matter, body = file.read_text(encoding="utf-8").split("---\n", 2)
        yield file.relative_to(WHOLE_SITE).as_posix(), yaml.load(front_matter, yaml.BaseLoader), body


def whole_settings() -> dict[str, Any]:
    """The settings of that site."""
    text = (WHOLE_SITE / "credsite.yaml").read_text(encoding="utf-8")
    settings: dict[str, Any] = yaml.load(text, yaml.BaseLoader)
    return settings


def keys_of(values: Any, key: KeyPath = ()) -> Iterator[KeyPath]:
    """The paths to all values in ``values``: those of maps and lists, and of what is in them."""
    items = (
        values.items() if isinstance(values, dict) else enumerate(values) if isinstance(values, list) else ()
    )
    for name, value in items:
        yield (*key, name)
        yield from keys_of(value, (*key, name))


def with_value(values: dict[str, Any], key: KeyPath, value: Any) -> dict[str, Any]:
    """``values`` with another value at ``key``."""
    changed = copy.deepcopy(values)
    inner: Any = changed
    for part in key[:-1]:
        inner = inner[part]
    inner[key[-1]] = value
    return changed


def front_matter(values: Mapping[str, Any], *, escaped: bool) -> bytes:
    """``values`` as YAML, in which characters beyond ASCII are ``escaped`` or stand as they are."""
    text = "".join(
        f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=escaped)}\n" for key, value in values.items()
    )
    return text.encode("utf-8", "surrogatepass")


def extreme_site(folder: Path, value: Any, *, escaped: bool = True) -> Path:
    """A site in ``folder`` that has, beside the good entries, a copy of an entry for each key with ``value`` there."""
    _copy_site(folder)
    for path, values, body in whole_files():
        copies = [with_value(values, key, value) for key in keys_of(values)]
        for number, copy_values in enumerate(copies):
            _write_copy(folder / path, number, copy_values, values, body.encode(), escaped=escaped)
    return folder


def site_with_bodies(folder: Path, bodies: Sequence[bytes]) -> Path:
    """A site in ``folder`` that has, beside the good entries, a copy of a page and of a course with each of the ``bodies``."""
    _copy_site(folder)
    for path, values, _ in whole_files():
        for number, body in enumerate(bodies if path in _WITH_BODIES else ()):
            _write_copy(folder / path, number, values, values, body, escaped=True)
    return folder


def site_with_titles(folder: Path, title: Any) -> Path:
    """A site in ``folder`` with share pictures that has, beside the good entries, a copy of each with this ``title``."""
    _copy_site(folder, has_share_pictures=True)
    for path, values, body in whole_files():
        _write_copy(
            folder / path, 0, with_value(values, ("title",), title), values, body.encode(), escaped=True
        )
    return folder


def _copy_site(folder: Path, *, has_share_pictures: bool = False) -> None:
    """The site that has every key, without its recorded report. Its share pictures take longer than everything else."""
    shutil.copytree(WHOLE_SITE, folder)
    (folder / "expected.txt").unlink()
    if not has_share_pictures:
        settings = folder / "credsite.yaml"
        lines = settings.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith("share_pictures:")]
        settings.write_text("".join([*kept, "share_pictures: false\n"]), encoding="utf-8")


def _write_copy(
    file: Path, number: int, values: dict[str, Any], original: dict[str, Any], body: bytes, *, escaped: bool
) -> None:
    """Write a copy of ``file`` beside it, without what only one entry may have, unless that differs from the ``original``."""
    values = {
        key: value
        for key, value in values.items()
        if key not in ("slug", "aliases", "ctid") or value != original[key]
    }
    if values.get("title") == original["title"]:
        values["title"] = f"{original['title']} {number}"
    data = b"---\n" + front_matter(values, escaped=escaped) + b"---\n" + body
    file.with_name(f"{file.stem}-copy-{number}.md").write_bytes(data)

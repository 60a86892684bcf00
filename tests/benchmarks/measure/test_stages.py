"""credsite's own table of stages is kept where this credsite can tell it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.measure.stages import Stage, can_profile, read


def program(folder: Path, said: str, code: int = 0) -> Path:
    path = folder / "credsite"
    path.write_text(f"#!/bin/sh\necho '{said}'\nexit {code}\n")
    path.chmod(0o755)
    return path


def test_a_profile_is_read_in_its_order() -> None:
    rows = [
        {"name": "read", "seconds": 0.25, "processes": 1},
        {"name": "render", "seconds": 2, "processes": 2, "more": "ignored"},
    ]
    assert read(json.dumps({"stages": rows, "total": 3})) == (
        Stage("read", 0.25, 1),
        Stage("render", 2.0, 2),
    )


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"stages": [{"name": "read"}]}', '{"stages": [3]}'])
def test_what_is_no_profile_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read(text)


def test_it_is_asked_only_of_a_credsite_that_knows_it(tmp_path: Path) -> None:
    assert can_profile(program(tmp_path, "  --profile-json FILE  Where the time went."))
    assert not can_profile(program(tmp_path, "  --quiet  Say nothing."))
    assert not can_profile(program(tmp_path, "--profile-json", code=2))

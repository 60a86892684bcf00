"""Programs that publish are run, and what they say is told."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from credsite.publishing.programs import run_program
from credsite.publishing.website import PublishError


def run(code: str, *data: bytes) -> bytes:
    return run_program(sys.executable, "-c", code, data=data, failure="It failed.", missing="It is missing.")


def test_input_and_output() -> None:
    assert run("print(input()[::-1])", b"ab", b"c\n").strip() == b"cba"


def test_the_last_lines_of_what_it_says_are_told_without_control_characters() -> None:
    code = "import sys; sys.stderr.write(chr(10).join(map(str, range(9))) + chr(27) + chr(10)); sys.exit(3)"
    with pytest.raises(PublishError) as raised:
        run(code)
    assert str(raised.value).startswith("It failed. This is what ")
    assert str(raised.value).endswith(" says:\n  5\n  6\n  7\n  8 ")


def test_a_program_that_reads_nothing_may_end_before_it_has_got_everything() -> None:
    with pytest.raises(PublishError, match=r"It failed\."):
        run("import sys; sys.stdin.close(); sys.exit(1)", *[b"x" * 100_000] * 100)


def test_a_program_that_is_not_there() -> None:
    with pytest.raises(PublishError, match=r"It is missing\."):
        run_program("no-program-of-this-name", failure="", missing="It is missing.")


def test_where_its_input_cannot_be_made_the_program_is_stopped() -> None:
    def data() -> Iterator[bytes]:
        yield b"a"
        raise PublishError("The file was changed.")

    with pytest.raises(PublishError, match="The file was changed"):
        run_program(sys.executable, "-c", "import time; time.sleep(60)", data=data(), failure="", missing="")

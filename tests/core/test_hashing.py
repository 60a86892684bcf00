from __future__ import annotations

import subprocess
import sys

from credsite.core.hashing import combined_digest, digest


def test_digest_is_32_hexadecimal_digits() -> None:
    assert len(digest(b"")) == 32
    assert int(digest(b"x"), 16)
    assert digest(b"a") != digest(b"b")


def test_combined_knows_where_a_text_ends() -> None:
    assert combined_digest(["ab", "c"]) != combined_digest(["a", "bc"])
    assert combined_digest(["a", "b"]) != combined_digest(["b", "a"])
    assert combined_digest(["a"]) == combined_digest(iter(["a"]))


def test_lone_surrogates_do_no_harm() -> None:
    assert combined_digest(["\ud800"]) != combined_digest(["\ud801"])


def test_other_processes_come_to_the_same() -> None:
    program = "from credsite.core.hashing import combined_digest; print(combined_digest(['a', 'é']))"
    found = {
        subprocess.run(
            [sys.executable, "-c", program], check=True, capture_output=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert found == {f"{combined_digest(['a', 'é'])}\n".encode()}

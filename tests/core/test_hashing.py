from __future__ import annotations

import subprocess
import sys

from credsite.core.hashing import combined, digest


def test_digest_is_32_hexadecimal_digits() -> None:
    assert len(digest(b"")) == 32
    assert int(digest(b"x"), 16)
    assert digest(b"a") != digest(b"b")


def test_combined_knows_where_a_text_ends() -> None:
    assert combined(["ab", "c"]) != combined(["a", "bc"])
    assert combined(["a", "b"]) != combined(["b", "a"])
    assert combined(["a"]) == combined(iter(["a"]))


def test_lone_surrogates_do_no_harm() -> None:
    assert combined(["\ud800"]) != combined(["\ud801"])


def test_other_processes_come_to_the_same() -> None:
    program = "from credsite.core.hashing import combined; print(combined(['a', 'é']))"
    found = {
        subprocess.run(
            [sys.executable, "-c", program], check=True, capture_output=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert found == {f"{combined(['a', 'é'])}\n".encode()}

"""Checks with many random edits that each build equals a clean one: ``python -m tests.end_to_end.long_incremental``.

At the first difference, it prints the edits that led to it and exits with 1.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from itertools import chain
from pathlib import Path

from tests.support.sequences import differences, like_a_large_site, preview_differences, ways_of


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.end_to_end.long_incremental", description=__doc__)
    parser.add_argument("--sequences", type=int, default=200, help="how many sequences of edits")
    parser.add_argument("--steps", type=int, default=5, help="how many builds after edits in each")
    parser.add_argument("--seed", type=int, default=0, help="the number of the first sequence")
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2, 3], help="the numbers of processes")
    parser.add_argument(
        "--start-methods", nargs="+", default=["fork", "spawn"], help="how several processes start"
    )
    given = parser.parse_args(arguments)
    ways = ways_of(given.jobs, given.start_methods)
    with like_a_large_site():  # a preview uses several processes only in its first build
        for seed in range(given.seed, given.seed + given.sequences):
            with tempfile.TemporaryDirectory(prefix="credsite-") as folder:
                for difference in chain(
                    differences(Path(folder, "builds"), seed, given.steps, ways),
                    preview_differences(Path(folder, "preview"), seed, given.steps * 2),
                ):
                    print(difference)
                    return 1
            print(f"{seed - given.seed + 1} of {given.sequences} sequences: equal", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Checks many times that a build after a stopped one is complete: ``python -m tests.end_to_end.long_killed``.

Builds are killed, or stopped with Ctrl-C, at random moments. At the first fault, it prints what led to it and exits with 1.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from pathlib import Path

from tests.support.sequences import ways_of
from tests.support.stopped import faults

TIMES = 5
"""The number of builds that are stopped, one after the other, before one is compared with a clean build."""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.end_to_end.long_killed", description=__doc__)
    parser.add_argument(
        "--kills",
        type=int,
        default=200,
        help="how many builds to stop, with each way of building and each signal",
    )
    parser.add_argument("--seed", type=int, default=0, help="the number of the first series")
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2, 3], help="the numbers of processes")
    parser.add_argument(
        "--start-methods", nargs="+", default=["fork", "spawn"], help="how several processes start"
    )
    given = parser.parse_args(arguments)
    for seed in range(given.seed, given.seed + -(-given.kills // TIMES)):
        for way in ways_of(given.jobs, given.start_methods):
            for sign in (signal.SIGKILL, signal.SIGINT):
                with tempfile.TemporaryDirectory(prefix="credsite-") as folder:
                    for fault in faults(Path(folder), seed, [sign] * TIMES, way):
                        print(fault)
                        return 1
        print(f"series {seed}: nothing wrong", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

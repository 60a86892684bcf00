"""The machine on which the bench runs, and how fast it is."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import time
from pathlib import Path
from typing import Final

_USUAL: Final = 0.085
"""Processor seconds of the work below on the slow machine of time_plan.py, where 10,000 courses take Hugo 35 seconds."""


def describe_machine(scratch: Path) -> str:
    """The processor, memory and system in a sentence."""
    model = _after_colon(Path("/proc/cpuinfo"), "model name") or platform.processor() or platform.machine()
    memory = _after_colon(Path("/proc/meminfo"), "MemTotal").removesuffix(" kB")
    size = f", {int(memory) / 2**20:.0f} GiB of memory" if memory.isdigit() else ""
    disk = shutil.disk_usage(scratch).total / 2**30
    return (
        f"The machine: {_processors()} processors ({model}){size}, a disk of {disk:.0f} GiB, "
        f"{platform.system()} {platform.release().partition('-')[0]}, Python {platform.python_version()}."
    )


def slowness() -> float:
    """How many times longer this machine takes than the one of time_plan.py, from a short piece of similar work."""
    return min(_sample_work() for _ in range(5)) / _USUAL


def _sample_work() -> float:
    start = time.process_time()
    words = [f"word {number}" for number in range(300)]
    for number in range(1_000):
        text = json.dumps({"number": number, "words": words})
        hashlib.sha256("".join(sorted(json.loads(text)["words"])).encode()).hexdigest()
    return time.process_time() - start


def _processors() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not available on every system
        return os.cpu_count() or 1


def _after_colon(path: Path, key: str) -> str:
    try:
        lines = path.read_text().splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(key)), "")

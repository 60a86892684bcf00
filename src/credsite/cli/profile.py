"""``credsite build --profile``: the seconds that each stage of a build took, as a table and as JSON."""

from __future__ import annotations

import json
import os
from pathlib import Path

from credsite.core.profiling import STAGES, Stopwatch


def print_profile(stopwatch: Stopwatch, total_seconds: float) -> None:
    """Print the stages with their seconds. ``total_seconds`` is how long the command has run so far."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"Where {total_seconds:.2f} s went", title_justify="left")
    for heading, justify in (("stage", "left"), ("here", "right"), ("in workers", "right"), ("", "left")):
        table.add_column(heading, justify=justify)  # type: ignore[arg-type]
    longest = max([*stopwatch.own.values(), *stopwatch.workers.values()], default=0.0)
    for name in STAGES:
        here, workers = stopwatch.own.get(name, 0.0), stopwatch.workers.get(name, 0.0)
        bar = "█" * round(24 * (here + workers) / (longest or 1.0)) if here + workers <= longest else "█" * 24
        table.add_row(name, f"{here:.3f} s", f"{workers:.3f} s" if workers else "", bar)
    other = total_seconds - sum(stopwatch.own.values())
    table.add_row("the rest", f"{max(other, 0.0):.3f} s", "", "")
    Console(stderr=True).print(table)


def profile_as_json(stopwatch: Stopwatch, total_seconds: float) -> str:
    """The stages as JSON: ``here`` are the seconds of this process, ``workers`` those of all worker processes together,
    and ``seconds`` their sum."""
    stages = [
        {
            "name": name,
            "seconds": round(stopwatch.own.get(name, 0.0) + stopwatch.workers.get(name, 0.0), 4),
            "here": round(stopwatch.own.get(name, 0.0), 4),
            "workers": round(stopwatch.workers.get(name, 0.0), 4),
            "processes": 1 + stopwatch.worker_count if name in stopwatch.workers else 1,
        }
        for name in STAGES
    ]
    return json.dumps({"whole": round(total_seconds, 4), "stages": stages}, indent=2) + "\n"


def process_age() -> float:
    """Seconds since this process started, before any of its code ran; 0 if the system does not say."""
    try:
        ticks = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19])
        uptime = float(Path("/proc/uptime").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return 0.0
    return max(0.0, uptime - ticks / os.sysconf("SC_CLK_TCK"))

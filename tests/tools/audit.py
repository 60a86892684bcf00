"""Asks PyPI whether weaknesses are known of any locked release: `python -m tests.tools.audit` or `make audit`.

pip-audit asks; a release that PyPI did not answer for counts as a failure here, where pip-audit ends with success.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.support.paths import REPOSITORY

LOCKS = ("bench.txt", "audit.txt", "release.txt")
"""In requirements/. All that is in the other files is in bench.txt too."""

TIMEOUT = 600


def findings(dependencies: Iterable[dict[str, Any]]) -> list[str]:
    """A sentence for each known weakness, and one for all releases that nothing could be learnt of.

    ``dependencies`` are those of pip-audit's JSON.
    """
    dependencies = list(dependencies)
    said = [
        f"{package['name']} {package['version']}: {weakness['id']}"
        + (f" ({', '.join(weakness['aliases'])})" if weakness.get("aliases") else "")
        + (
            f", fixed in {', '.join(weakness['fix_versions'])}."
            if weakness.get("fix_versions")
            else ", not fixed yet."
        )
        for package in dependencies
        for weakness in package.get("vulns", ())
    ]
    unanswered = [package["name"] for package in dependencies if "skip_reason" in package]
    if unanswered:
        said.append(
            f"NOT AUDITED: {len(unanswered)} of {len(dependencies)} releases, since the database of weaknesses did not "
            f"answer for them ({', '.join(unanswered[:3])}{' …' if len(unanswered) > 3 else ''}). Try again where "
            "pypi.org can be reached; a mirror may have the packages and not the database."
        )
    return said


def audit(lock: Path) -> list[str]:
    """What is wrong with the releases of a lock file, in sentences."""
    # Without --disable-pip, pip would resolve them all again; with it, pip-audit wants the hashes that are there.
    options = ["--disable-pip", "--require-hashes", "--format", "json", "--progress-spinner", "off"]
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pip_audit", *options, "--requirement", lock],
            check=False,
            capture_output=True,
            text=True,
            timeout=TIMEOUT,
        )
    except subprocess.TimeoutExpired:
        return [
            f"NOT AUDITED: the database of weaknesses did not answer within {TIMEOUT} seconds for {lock.name}."
        ]
    try:
        dependencies = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        reason = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
        return [
            f"NOT AUDITED: {lock.name}, since pip-audit could not ask the database of weaknesses: {reason}"
        ]
    return findings(dependencies)


def main() -> int:
    said = [sentence for lock in LOCKS for sentence in audit(REPOSITORY / "requirements" / lock)]
    for sentence in dict.fromkeys(said):
        print(sentence, file=sys.stderr)
    if not said:
        print("No weakness is known of any release in requirements/.")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())

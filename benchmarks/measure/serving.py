"""How long `credsite serve` takes to show a saved file: `python -m benchmarks.measure.serving SITE COURSE`.

A file is written outside the site and then moved to replace the course's file, as many editors do. The time is measured from
just before the move to the first frame in which a script in the page, in a real Chromium, sees the new words. Both times are
read from the system's clock, to a millisecond.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from benchmarks.measure.meter import RunError, run_module
from benchmarks.measure.stopping import started, stoppable

if TYPE_CHECKING:
    from playwright.sync_api import Page

EDITS: Final = 20
FEWEST: Final = 3
_WORDS: Final = "as saved "
_PAUSE_MS: Final = 400
"""Between two edits, so that each begins when the preview is at rest."""
_SLOWEST: Final = 120.0
"""Seconds until an edit that is not shown is an error."""

_LOOK: Final = """
(() => {
  let last = "";
  const look = () => {
    const found = document.body && document.body.textContent.match(/as saved (\\d+) times/);
    if (found && found[1] !== last) {
      last = found[1];
      window.benchShown(Number(last), Date.now());
    }
    requestAnimationFrame(look);
  };
  look();
})();
"""


@dataclass(frozen=True, slots=True)
class Reloads:
    """Edits of one kind: what was edited, and the milliseconds until each edit was shown."""

    what: str
    milliseconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return median(self.milliseconds)

    @property
    def worst(self) -> float:
        return max(self.milliseconds)


def measure_serving(
    program: Path,
    site: Path,
    now: str,
    course: str,
    seconds: float,
    *,
    edits: int = EDITS,
    environment: Mapping[str, str],
) -> tuple[Reloads, ...]:
    """Measure edits of a course's text and then of its title, in a process of its own. The site stays edited.

    Each kind ends after ``seconds``, but not before a few edits. Raises RunError if an edit is not shown.
    """
    arguments = [str(site), course, "--credsite", str(program), "--now", now]
    limits = ["--edits", str(edits), "--seconds", str(seconds)]
    said = run_module(
        "benchmarks.measure.serving", [*arguments, *limits], site.parent, environment, what="credsite serve"
    )
    return tuple(Reloads(one["what"], tuple(one["milliseconds"])) for one in json.loads(said))


def with_text(source: str, number: int) -> str:
    """A course's file with words for the ``number``-th edit at the end of the text."""
    return f"{source.rstrip()}\n\nThis is the text {_WORDS}{number} times.\n"


def with_title(source: str, number: int) -> str:
    """A course's file with words for the ``number``-th edit in the title."""

    def longer(found: re.Match[str]) -> str:
        title = json.loads(found[1]) if found[1].startswith('"') else found[1]
        return f"title: {json.dumps(f'{title}, {_WORDS}{number} times', ensure_ascii=False)}"

    return re.sub(r"^title: (.*)$", longer, source, count=1, flags=re.MULTILINE)


KINDS: Final[dict[str, Callable[[str, int], str]]] = {
    "the text of a course": with_text,
    "the title of a course": with_title,
}


def serve_and_edit(given: argparse.Namespace) -> list[Reloads]:
    from tests.support.browser import chromium

    command = [str(given.credsite), "serve", str(given.site), "--port", "0", "--now", given.now]
    file = given.site / "content" / "courses" / f"{given.course}.md"
    source = file.read_text(encoding="utf-8")
    with started(command) as server, chromium() as browser:
        address = _address(server)
        page = browser.new_page()
        shown: dict[int, float] = {}
        page.expose_function("benchShown", lambda number, when: shown.setdefault(number, when))
        page.add_init_script(_LOOK)
        page.goto(f"{address}courses/{given.course}/")
        found = []
        number = 0
        for what, edited in KINDS.items():
            times: list[float] = []
            end = time.monotonic() + given.seconds
            while len(times) < given.edits and (len(times) < FEWEST or time.monotonic() < end):
                number += 1
                page.wait_for_timeout(_PAUSE_MS)
                times.append(_edit(page, file, edited(source, number), number, shown))
            found.append(Reloads(what, tuple(times)))
        page.close()
    return found


def _edit(page: Page, file: Path, text: str, number: int, shown: dict[int, float]) -> float:
    """Save a file and wait until it is shown. Returns milliseconds."""
    new = file.parents[3] / f"{file.name}.new"  # beside the site, in a folder that is not watched
    new.write_text(text, encoding="utf-8")
    start = time.time() * 1000
    os.replace(new, file)  # noqa: PTH105 - what is measured is this system call
    late = time.monotonic() + _SLOWEST
    while number not in shown:
        if time.monotonic() > late:
            raise RunError(f"The edit of {file.name} was not shown within {_SLOWEST:.0f} seconds.")
        page.wait_for_timeout(5)
    return shown[number] - start


def _address(server: Any) -> str:
    for line in server.stdout:
        if found := re.search(r"http://\S+", line):
            return found[0]
    raise RunError(f"`credsite serve` ended: {server.stderr.read().strip()[-2000:]}")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.measure.serving", description=__doc__)
    parser.add_argument("site", type=Path, help="a site for credsite; it is edited")
    parser.add_argument("course", help="the slug of the course to edit")
    parser.add_argument("--credsite", type=Path, default=Path(sys.executable).parent / "credsite")
    parser.add_argument("--now", default="2026-11-23", help="the date of the preview")
    parser.add_argument("--edits", type=int, default=EDITS, help="of each kind")
    parser.add_argument("--seconds", type=float, default=60.0, help="for each kind")
    given = parser.parse_args(arguments)
    given.site = given.site.resolve()
    with stoppable():
        try:
            found = serve_and_edit(given)
        except RunError as error:
            print(error, file=sys.stderr)
            return 1
    print(json.dumps([asdict(one) for one in found]))
    return 0


if __name__ == "__main__":
    sys.exit(main())

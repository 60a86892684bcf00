"""How long it takes to filter and search a list: `python -m benchmarks.measure.filtering OUTPUT`.

The list of all courses is opened in a real Chromium, 1,280 pixels wide and not slowed down. Filters are toggled by clicks.
The page itself (``performance.measure``) times the work of its scripts from the click to the changed list, without loading
cards and without painting. Queries go to the search module once its index is ready, and are timed until it gives the
results.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from benchmarks.measure.meter import RunError, run_module
from benchmarks.measure.stopping import stoppable

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response

TIMES: Final = 100
_SEED: Final = 5
_CHANGE: Final = "list-change"
_CHOICES: Final = "[data-list] fieldset input[type=checkbox]"
_SEARCH_MODULE: Final = "assets/js/search/client.*.js"

_ASK: Final = """
async ([module, queries]) => {
  const search = await import(module);
  const begin = performance.now();
  await search.ready();
  const ready = performance.now() - begin;
  const answers = [];
  let found = 0;
  for (const query of queries) {
    const asked = performance.now();
    const { courses } = await search.search(query);
    answers.push(performance.now() - asked);
    found += courses.length > 0;
  }
  return { ready, answers, found };
}
"""


@dataclass(frozen=True, slots=True)
class Filtering:
    """Milliseconds of each change of a filter, of each answer of the search and of building its index, and the compressed
    bytes of all data that the first filter loads."""

    changes: tuple[float, ...]
    answers: tuple[float, ...]
    index: float
    data: int

    @property
    def change(self) -> float:
        return median(self.changes)

    @property
    def answer(self) -> float:
        return median(self.answers)


def measure_filtering(output: Path, environment: Mapping[str, str], times: int = TIMES) -> Filtering:
    """Filter and search the list of all courses below ``output``, in a process of its own. Raises RunError if it fails."""
    arguments = [str(output), "--times", str(times)]
    said = run_module(
        "benchmarks.measure.filtering", arguments, output, environment, what="the filtering of a list"
    )
    found = json.loads(said)
    return Filtering(tuple(found["changes"]), tuple(found["answers"]), found["index"], found["data"])


def filter_and_search(output: Path, times: int) -> Filtering:
    from tests.support.browser import chromium
    from tests.support.server import serve

    chance = random.Random(_SEED)
    with serve(output) as site, chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        data: list[Response] = []
        page.on("response", lambda answer: data.append(answer) if "/data/" in answer.url else None)
        page.goto(site.address("courses/"))
        changes = _changes(page, chance, data, times)
        weight = sum(len(gzip.compress(answer.body(), 9)) for answer in data[: changes.loaded])
        module = next(output.glob(_SEARCH_MODULE), None)
        if module is None:
            raise RunError(f"There is no search among the scripts in {output}.")
        address = site.address(module.relative_to(output).as_posix())
        asked: dict[str, Any] = page.evaluate(_ASK, [address, _queries(output, chance, times)])
        page.close()
    if asked["found"] < times / 2:
        raise RunError(f"Only {asked['found']} of {times} searches had results.")
    return Filtering(tuple(changes.milliseconds), tuple(asked["answers"]), asked["ready"], weight)


@dataclass(frozen=True, slots=True)
class _Changes:
    """The milliseconds of each change, and how many data files the first one loaded."""

    milliseconds: list[float]
    loaded: int


def _changes(page: Page, chance: random.Random, data: list[Response], times: int) -> _Changes:
    """Toggle filters one after the other; after every fourth, remove all that were chosen."""
    loaded = 0
    _toggle(page, 0, 1)  # loads the data, and does not count
    loaded = len(data)
    _toggle(page, 0, 2)
    page.evaluate("performance.clearMeasures()")
    chosen: list[int] = []
    for number in range(times):
        if len(chosen) == 4:
            choice = chosen.pop(0)
        else:
            choices = page.locator(_CHOICES)
            free = [
                at
                for at in range(choices.count())
                if at not in chosen and choices.nth(at).is_visible() and not choices.nth(at).is_checked()
            ]
            choice = chance.choice(free)
            chosen.append(choice)
        _toggle(page, choice, number + 1)
    found: list[float] = page.evaluate(
        f"performance.getEntriesByName('{_CHANGE}').map((entry) => entry.duration)"
    )
    if len(found) != times:
        raise RunError(f"Of {times} changes of a filter, {len(found)} were measured.")
    return _Changes(found, loaded)


def _toggle(page: Page, choice: int, changes: int) -> None:
    page.locator(_CHOICES).nth(choice).click()
    page.wait_for_function(f"performance.getEntriesByName('{_CHANGE}').length === {changes}")


def _queries(output: Path, chance: random.Random, times: int) -> list[str]:
    """Queries as people type them: words from titles, beginnings of words, two words, and some with a letter too many."""
    titles = [
        title
        for file in sorted((output / "data/search").glob("*.json"))
        for title, *_ in json.loads(file.read_bytes())["courses"]
    ]
    if not titles:
        raise RunError(f"There is nothing to search in {output}.")
    queries = []
    while len(queries) < times:
        words = re.findall(r"\w{4,}", chance.choice(titles))
        if len(words) < 2:
            continue
        first, second = chance.sample(words, 2)
        wrong = first[:2] + chance.choice("aeiou") + first[2:]
        queries.append(chance.choice([first, first[:4], f"{first} {second}", f"{first} {second[:3]}", wrong]))
    return queries


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.measure.filtering", description=__doc__)
    parser.add_argument("output", type=Path, help="a built site")
    parser.add_argument("--times", type=int, default=TIMES, help="changes of a filter, and searches")
    given = parser.parse_args(arguments)
    with stoppable():
        try:
            found = filter_and_search(given.output, given.times)
        except RunError as error:
            print(error, file=sys.stderr)
            return 1
    print(json.dumps(asdict(found)))
    return 0


if __name__ == "__main__":
    sys.exit(main())

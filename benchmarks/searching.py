"""How long search takes in a visitor's browser: `python -m benchmarks.searching OUTPUT`, where OUTPUT is a built site.

In a real Chromium, on this machine's processor as it is. The time of an answer is the page's: from the question to the
answer, the way to the worker and back included. Questions are made of the site's own search blocks, the same each time.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any, Final

from benchmarks.stopping import stoppable

QUESTIONS: Final = 200
_SEED: Final = 20261125

_MEASURE: Final = """async ([url, questions]) => {
  const {search, suggest, ready} = await import(url);
  const timed = async (what) => {
    const begin = performance.now();
    const found = await what();
    return [performance.now() - begin, found];
  };
  const [first] = await timed(() => suggest(questions[0].slice(0, 3)));
  const [rest] = await timed(ready);
  const answers = [], suggestions = [];
  let found = 0;
  for (const question of questions) {
    const [time, {courses}] = await timed(() => search(question));
    answers.push(time);
    found += courses.length > 0;
    suggestions.push((await timed(() => suggest(question.slice(0, 5))))[0]);
  }
  return {first, ready: first + rest, answers, suggestions, found};
}"""


def questions(output: Path, count: int = QUESTIONS) -> list[str]:
    """What visitors may type: words of titles, skills, providers and outcomes, their beginnings, and slips."""
    chance = random.Random(_SEED)
    blocks = [
        json.loads(path.read_text(encoding="utf-8")) for path in sorted(output.glob("data/search/*.json"))
    ]
    courses: list[list[str]] = [course for block in blocks for course in block["courses"]]
    made = _made(chance, courses)
    return [next(made) for _ in range(count)]


def _made(chance: random.Random, courses: list[list[str]]) -> Iterator[str]:
    while True:
        title, summary, skills, outcomes, provider, industries = chance.choice(courses)
        words = title.split()
        yield from (
            title,
            chance.choice(words),
            " ".join(chance.sample(words, min(2, len(words)))),
            words[-1][: max(3, len(words[-1]) // 2)],
            _slipped(chance, max(words, key=len)),
            chance.choice(skills.split(", ")),
            provider,
            f"{chance.choice(words)} {provider.split()[0]}",
            f"{chance.choice(industries.split(', '))} {chance.choice(skills.split(', '))}",
            " ".join(outcomes.split()[:5]),
            chance.choice(summary.split()),
        )


def _slipped(chance: random.Random, word: str) -> str:
    at = chance.randrange(1, len(word))
    return word[:at] + word[at + 1 :]


def measure(output: Path) -> dict[str, Any]:
    """Milliseconds to the first suggestion and until all can be found; of answers and suggestions, each."""
    from tests.support.browser import chromium
    from tests.support.server import serve

    (script,) = output.glob("assets/js/search.*.js")
    with serve(output) as site, chromium() as browser, browser.new_context() as context:
        page = context.new_page()
        page.goto(site.address("courses/"))
        found: dict[str, Any] = page.evaluate(
            _MEASURE, [site.address(script.relative_to(output).as_posix()), questions(output)]
        )
    return found


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.searching", description=__doc__)
    parser.add_argument("output", type=Path, help="a built site")
    with stoppable():
        found = measure(parser.parse_args(arguments).output.resolve())
    print(f"First suggestion after {found['first']:.0f} ms, index ready after {found['ready']:.0f} ms.")
    for name in ("answers", "suggestions"):
        times = sorted(found[name])
        print(
            f"{len(times)} {name}: median {median(times):.1f} ms, 95 % within "
            f"{times[len(times) * 95 // 100]:.1f} ms, worst {times[-1]:.1f} ms."
        )
    print(f"Courses were found for {found['found']} of {QUESTIONS} questions.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Extreme values for every key of every kind of entry, in texts and in credsite.yaml.

Numbers of many digits, the edges of the calendar, control characters, other scripts, lists where a text is wanted, and what
other programs would take for a formula, a command or a format.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any, Final

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credsite.cli import main
from credsite.content.parser import parse
from credsite.content.record_builder import record_of
from credsite.content.storage import entry_from_text, entry_to_text, summary_from_text, summary_to_text
from credsite.schema.config_file import read_settings
from credsite.schema.kinds import KINDS
from credsite.schema.models import MODELS
from tests.support.catalogues import LARGEST, source
from tests.support.extremes import (
    EXTREMES,
    WHOLE_SITE,
    extreme_site,
    front_matter,
    keys_of,
    site_with_bodies,
    site_with_titles,
    whole_files,
    whole_settings,
    with_value,
)
from tests.torture.trials import Trials

PROMISE = (
    "No value makes a command fail in itself; all other entries are published, with a cache and without."
)
NOW: Final = "2026-11-23"
SAMPLE: Final = ("last day", "empty map")
"""Values that `make test` tries."""
GOOD_PAGES: Final = (
    "courses/first-aid", "courses/hand-washing", "providers/harbour-college", "stories/amina", "pathways/care", "about",
)  # fmt: skip
KINDS_TRIED: Final = ("course", "story", "pathway", "provider", "industry", "page")
BODIES: Final = (
    "{0}", "# {0}", "- {0}\n- b", "[a]({0})", "[{0}](b)", "![{0}](team.png)", "![a]({0}.png)", "> {0}", "<b title='{0}'>{0}</b>",
    "| a | {0} |\n|---|---|\n| {0} | b |", "`{0}`", "```{0}\n{0}\n```", "a[^{0}]\n\n[^{0}]: {0}", "<{0}>", "&{0};", "[a](course:{0})",
    "[a][{0}]\n\n[{0}]: {0}", "    {0}", "{0}\n===", "1. {0}",
)  # fmt: skip
TEXTS: Final = {name: value for name, value in EXTREMES.items() if isinstance(value, str)}
MOMENTS: Final = (
    "1900-01-01", "1900-01-01T00:00+14:00", "2199-12-31", "2199-12-31T23:59:59-12:00", "2028-02-29", "9999-12-31", "0001-01-01",
    "2027-01-01T00:00+23:59", "1e999", "nan", "",
)  # fmt: skip


def run(*arguments: str | Path) -> Result:
    """Run credsite, which must not fail."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    said = f"{arguments}: {result.output[-3000:]}"
    assert result.exception is None or isinstance(result.exception, SystemExit), (
        f"{arguments}: {result.exception!r}"
    )
    assert result.exit_code in (0, 1, 2), said
    assert "internal-fault" not in said, said
    assert "Traceback" not in said, said
    return result


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".credsite")
    }


def try_site(site: Path, kinds: tuple[str, ...]) -> None:
    """Check, build, export and report; then build again with what is in the cache, and without a cache."""
    run("check", site, "--now", NOW, "--format", "json")
    websites = []
    for number, options in enumerate(([], [], ["--no-cache"])):
        output = site / f"website-{number}"
        result = run("build", site, "--keep-going", "--now", NOW, "--jobs", "1", "--output", output, *options)
        assert "Built" in result.output, result.output[-2000:]
        websites.append(files_in(output))
    assert websites[0] == websites[1] == websites[2]
    missing = [page for page in GOOD_PAGES if f"{page}/index.html" not in websites[0]]
    assert not missing
    for kind in kinds:
        for form in ("csv", "xlsx", "json"):
            file = site / f"{kind}.{form}"
            run("export", site, "--kind", kind, "--keep-going", "--text", "--output", file)
            assert file.stat().st_size
    run("report", site, "--no-file", "--now", NOW, "--format", "json")
    run("report", site, "--no-file", "--now", NOW)
    run("check", site, "--stale", "--now", NOW)


@pytest.mark.parametrize("escaped", [True, False], ids=["escaped", "as it is"])
def test_each_value_at_each_key(
    trials: Trials, whole: bool, part: slice, tmp_path: Path, escaped: bool
) -> None:
    names = list(EXTREMES) if whole else list(SAMPLE[: 2 if escaped else 1])
    if whole and not escaped:  # values in ASCII are the same as escaped
        names = [name for name in names if not front_matter({"a": EXTREMES[name]}, escaped=False).isascii()]
    for name in names[part]:
        site = tmp_path / "site"
        with trials(name):
            extreme_site(site, EXTREMES[name], escaped=escaped)
            try_site(site, KINDS_TRIED if escaped else ())
        shutil.rmtree(site, ignore_errors=True)


def test_each_value_in_texts(trials: Trials, whole: bool, part: slice, tmp_path: Path) -> None:
    names = list(TEXTS) if whole else ["form feed"]
    for name in names[part]:
        site = tmp_path / "site"
        with trials(name):
            bodies = [body.replace("{0}", TEXTS[name]).encode("utf-8", "surrogatepass") for body in BODIES]
            site_with_bodies(site, bodies)
            try_site(site, ("page",))
        shutil.rmtree(site, ignore_errors=True)


def test_each_value_in_share_pictures(trials: Trials, whole: bool, tmp_path: Path) -> None:
    for name in TEXTS if whole else ("form feed",):
        site = tmp_path / "site"
        with trials(name):
            site_with_titles(site, TEXTS[name])
            result = run("build", site, "--keep-going", "--now", NOW, "--output", tmp_path / "website")
            assert "Built" in result.output, result.output[-2000:]
            assert list((tmp_path / "website/images/share/courses").glob("first-aid.*.png"))
        shutil.rmtree(site, ignore_errors=True)


def _settings() -> Iterator[tuple[str, bytes]]:
    values = whole_settings()
    for name, extreme in EXTREMES.items():
        for key in keys_of(values):
            yield f"{key}: {name}", front_matter(with_value(values, key, extreme), escaped=True)
    for name, extreme in TEXTS.items():
        yield (
            f"a comment: {name}",
            f"# {extreme}\n".encode("utf-8", "surrogatepass") + front_matter(values, escaped=True),
        )


def test_each_value_in_the_settings(trials: Trials, whole: bool, part: slice, tmp_path: Path) -> None:
    site = Path(shutil.copytree(WHOLE_SITE, tmp_path / "site"))
    numbered = list(enumerate(_settings()))
    for number, (name, text) in (numbered if whole else numbered[::7])[part]:
        with trials(name):
            (site / "credsite.yaml").write_bytes(text)
            read_settings(site)
            if number % (53 if whole else 700) == 0:
                run("check", site, "--now", NOW)
                run(
                    "build",
                    site,
                    "--keep-going",
                    "--now",
                    NOW,
                    "--jobs",
                    "1",
                    "--output",
                    tmp_path / "website",
                )


def test_each_moment(trials: Trials, whole: bool, tmp_path: Path) -> None:
    site = Path(shutil.copytree(WHOLE_SITE, tmp_path / "site"))
    for moment in MOMENTS if whole else MOMENTS[1::2]:
        with trials(moment):
            run("check", site, "--now", moment)
            run("build", site, "--now", moment, "--jobs", "1", "--output", tmp_path / "website")
            run("report", site, "--no-file", "--now", moment)
            run("check", site, "--stale", "--now", moment)


ANYTHING: Final = st.recursive(
    st.none()
    | st.text(st.characters(exclude_categories=()), max_size=30)
    | st.integers().map(str)
    | st.floats().map(str)
    | st.decimals().map(str)
    | st.datetimes().map(str)
    | st.dates().map(str)
    | st.sampled_from(list(TEXTS.values())),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)
FILES: Final = [
    (kind, values, key)
    for path, values, _ in whole_files()
    for kind in (next(spec.id for spec in KINDS.values() if path.split("/")[1] == spec.folder),)
    for key in keys_of(values)
]


@pytest.mark.parametrize("escaped", [True, False])
def test_random_values_at_random_keys(trials: Trials, whole: bool, escaped: bool) -> None:
    numbers = count()

    @settings(
        max_examples=8_000 if whole else 250,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.sampled_from(FILES), ANYTHING, st.booleans())
    def try_value(file: Any, value: Any, is_new_key: bool) -> None:
        kind, values, key = file
        changed = with_value(
            values, (*key[:-1], str(value)[:40]) if is_new_key and isinstance(key[-1], str) else key, value
        )
        with trials(f"{next(numbers)} {kind} {key}: {value!r}"):
            data = b"---\n" + front_matter(changed, escaped=escaped) + b"---\nText.\n"
            parsed = parse(data, source(kind, "a"), LARGEST, "CAD")
            entry = parsed.entry or parsed.partial_entry
            record = record_of(entry) if entry is not None else None
            assert summary_from_text(summary_to_text(record, parsed.problems)) == (record, parsed.problems)
            if parsed.entry is not None:
                assert entry_from_text(entry_to_text(parsed.entry), MODELS) == parsed.entry
            assert entry is not None or parsed.problems

    try_value()

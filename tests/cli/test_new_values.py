"""`credsite new` with options for what an entry needs: what they say is in the file, or nothing is made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click import Context

from credsite.cli.new import command
from credsite.schema.front_matter import split_front_matter
from credsite.schema.introspection import required_fields
from credsite.schema.kinds import CREATABLE, Kind
from credsite.schema.models import MODELS
from credsite.schema.yaml import loader
from tests.cli.test_new import errors, needed
from tests.support.cli import Run


def made(site: Path, name: str) -> Any:
    (path,) = site.glob(f"content/*/{name}.md")
    values, problems = loader.load_yaml(split_front_matter(path.read_text(encoding="utf-8")).yaml, "")
    assert problems == []
    return values


def test_options_are_in_the_file(site: Path, run: Run) -> None:
    arguments = ("--summary", "Why: it's #1", "--provider", "example-college", "--industries", "business,healthcare",
                 "--delivery-modes", "online", "--delivery-modes", "hybrid")  # fmt: skip
    assert run("new", "course", "A new thing", *arguments, "--site", site).exit_code == 0
    assert made(site, "a-new-thing") == {
        "title": "A new thing",
        "summary": "Why: it's #1",
        "provider": "example-college",
        "industries": ["business", "healthcare"],
        "delivery_modes": ["online", "hybrid"],
        "draft": "true",
    }
    assert errors(site) == []


def test_what_blocks_need_has_options_too(site: Path, run: Run) -> None:
    story = ("--learner-name", "Ada N.", "--courses", "first-aid-at-work")
    pathway = ("--steps-title", "One, two", "--steps-courses", "first-aid-at-work, reception-in-a-clinic")
    assert run("new", "story", "Her story", *story, "--site", site).exit_code == 0
    assert run("new", "pathway", "A way", *pathway, "--site", site).exit_code == 0
    assert made(site, "her-story")["learner"] == {"name": "Ada N."}
    assert made(site, "her-story")["courses"] == ["first-aid-at-work"]
    step = {"title": "One, two", "courses": ["first-aid-at-work", "reception-in-a-clinic"]}
    assert made(site, "a-way")["steps"] == [step]
    assert errors(site) == []


def test_any_other_key_is_set_as_it_is_written(site: Path, run: Run) -> None:
    settings = ("price=495 CAD", "duration = 6 weeks", "draft=false", "publish_at=2027-01-31", "skills=[a, b]",
                'image={src: a.jpg, alt: ""}', "sessions=[{starts: 2027-02-01}]")  # fmt: skip
    options = [part for setting in settings for part in ("--set", setting)]
    result = run("new", "course", "A new thing", *needed(site, "course"), *options, "--site", site)
    assert result.exit_code == 0
    assert "It is a draft" not in result.stdout
    values = made(site, "a-new-thing")
    assert values["price"] == "495 CAD"
    assert values["sessions"] == [{"starts": "2027-02-01"}]
    assert values["image"] == {"src": "a.jpg", "alt": ""}
    text = (site / "content/courses/a-new-thing.md").read_text()
    assert "\npublish_at: 2027-01-31\n" in text
    assert "\nduration: 6 weeks\n" in text
    assert text.index("\ndraft: false\n") < text.index("Everything below may be left out")


@pytest.mark.parametrize("kind", CREATABLE)
def test_there_is_an_option_for_every_key_that_is_needed(kind: Kind) -> None:
    made = command.get_command(Context(command), kind)  # type: ignore[attr-defined]
    options = {name: parameter for parameter in made.params for name in parameter.opts}
    for leaf in required_fields(MODELS[kind]):
        if leaf.name != "title" or len(leaf.path) > 1:
            option = options["--" + "-".join(leaf.path).replace("_", "-")]
            assert (leaf.field.description or "").replace("`", "") in option.help


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--provider", "example-colege"), "There is no provider `example-colege`. Did you mean `example-college`?"),
        (("--provider", "x"), 'There is no provider `x`. Create it first with `credsite new provider "Its name"`.'),
        (("--delivery-modes", "virtual"), "There is no `virtual`. Did you mean `online`? It can be: online, in-person, blended, hybrid."),
        (("--set", "duration=soon"), "`soon` is not a length of time."),
        (("--set", "funding=[nobody]"), "`nobody` is not known in `funding`."),
        (("--set", "prise=free"), "`prise` cannot be set here. Did you mean `price`?"),
        (("--set", "slug=x"), "Did you mean `--slug`?"),
        (("--set", "titel=x"), "Did you mean `TITLE`?"),
        (("--set", "price"), "such as --set draft=false"),
        (("--set", "price=free\ndraft: false"), "on one line"),
        (("--set", 'price="free'), "`price`:"),
        (("--set", "sessions=[{starts: 2027-02-09, ends: 2027-02-01}]"), "The session ends before it starts"),
        (("--set", "provider=*x"), "`provider`:"),
        (("--set", "summary=In hall #2"), "Did you mean `summary: \"In hall #2\"`?"),
        (("--summary", "bell \a"), "no page can show"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_made(
    site: Path, run: Run, arguments: tuple[str, ...], said: str
) -> None:
    result = run("new", "course", "A new thing", *arguments, "--site", site)
    assert result.exit_code == 2
    assert said in result.stderr
    assert list(site.glob("content/*/a-new-thing*")) == []


def test_everything_that_is_wrong_is_said_at_once(site: Path, run: Run) -> None:
    wrong = ("--provider", "example-colege", "--set", "price=cheap", "--set", "level=expert")
    said = run("new", "course", "A new thing", *wrong, "--site", site).stderr
    assert all(
        word in said for word in ("example-colege", "cheap", "expert", "--industries", "--delivery-modes")
    )


def test_a_kind_that_is_misspelt(site: Path, run: Run) -> None:
    assert "Did you mean `course`?" in run("new", "cuorse", "A new thing").stderr
    assert "It can be: course," in run("new", "xyz", "A new thing").stderr


def test_options_take_the_values_that_the_site_has(site: Path, run: Run) -> None:
    own = "vocabularies: {delivery_modes: {online: {hidden: true}, live: {label: Live, same_as: online}}}\n"
    with (site / "credsite.yaml").open("a", encoding="utf-8") as file:
        file.write(own)
    needs = ("--summary", "Why", "--provider", "example-college", "--industries", "business", "--site", site)
    refused = run("new", "course", "One", "--delivery-modes", "online", *needs)
    assert refused.exit_code == 2
    assert "It can be: live, in-person, blended, hybrid." in " ".join(refused.stderr.split())
    assert run("new", "course", "Two", "--delivery-modes", "live", *needs).exit_code == 0
    assert made(site, "two")["delivery_modes"] == ["live"]

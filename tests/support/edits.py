"""Random edits of entries, as editors make them. Each changes a file of a site and returns a description."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from credsite.schema.kinds import FOLDERS

Edit = Callable[[Path, random.Random], str]
"""Edits the site in a folder, and returns a short description of the edit."""

FIRST_DAY: Final = date(2026, 11, 23)
_FOLDERS: Final = tuple(FOLDERS)
_MODES: Final = ("online", "in-person", "blended", "hybrid")
_WORDS: Final = ("amber", "birch", "clover", "dune", "ember", "fern", "gale", "heather")
_PLACES: Final = ("quay", "north")
_BROKEN: Final = (
    "---\ntitle: [\n---\n",
    "no front matter\n",
    "---\ntitle: x\ncolour: red\n---\n",
    "---\ntitle: Open end\n",
    "",
)


def removed(site: Path) -> Path:
    """The folder for files that were removed from a site, so that they can be restored."""
    return site.with_name(f"{site.name}-removed")


def words(chance: random.Random) -> str:
    return f"{chance.choice(_WORDS)} {chance.randrange(1000)}"


def day(chance: random.Random) -> date:
    return FIRST_DAY + timedelta(days=chance.randint(-400, 400))


def with_key(text: str, key: str, value: str | None) -> str:
    """YAML with the value of a top-level key replaced, or the key added at the start. None removes the key."""
    text = re.sub(rf"^{key}:.*\n(?: +.*\n|- .*\n)*", "", text, count=1, flags=re.MULTILINE)
    return text if value is None else f"{key}: {value}\n{text}"


def set_key(file: Path, key: str, value: str | None) -> str:
    """Set or remove a key in an entry's front matter. A file without front matter stays as it is."""
    text = file.read_text(encoding="utf-8")
    if text.startswith("---\n"):
        file.write_text("---\n" + with_key(text[4:], key, value), encoding="utf-8")
    return f"{file.parent.name}/{file.name}: {key} = {value}"


def entry(site: Path, chance: random.Random, kinds: Sequence[str] = _FOLDERS) -> Path:
    """The file of a random entry. The kind is chosen first, so the few industries are edited as often as the many courses."""
    found = {kind: sorted((site / "content" / kind).glob("*.md")) for kind in kinds}
    kind = chance.choice([kind for kind in kinds if found[kind]] or [kinds[0]])
    if not found[kind]:
        file = site / "content" / kind / "only.md"
        file.parent.mkdir(exist_ok=True)
        file.write_text("---\ntitle: Only\n---\n", encoding="utf-8")
        return file
    return chance.choice(found[kind])


def some_ids(site: Path, kind: str, chance: random.Random, most: int) -> str:
    """A YAML list of ids of existing entries, now and then with one that does not exist."""
    ids = sorted(file.stem for file in (site / "content" / kind).glob("*.md"))
    picked = chance.sample(ids, min(len(ids), chance.randint(1, most)))
    if chance.random() < 0.1:
        picked.append("nobody-knows-it")
    return f"[{', '.join(picked)}]"


def body(site: Path, chance: random.Random) -> str:
    file = entry(site, chance)
    with file.open("a", encoding="utf-8") as stream:
        link = chance.choice(["course:dashboards", "provider:tern-institute", "page:about"])
        stream.write(f"\n\n## Added {words(chance)}\n\nSee [this]({link}) for *more*.\n")
    return f"{file.parent.name}/{file.name}: more body"


def title(site: Path, chance: random.Random) -> str:
    return set_key(entry(site, chance), "title", f"Another title {words(chance)}")


def summary(site: Path, chance: random.Random) -> str:
    text = f"Another summary {words(chance)}." * chance.choice([1, 1, 9])
    return set_key(entry(site, chance), "summary", text)


def industries(site: Path, chance: random.Random) -> str:
    return set_key(
        entry(site, chance, ["courses"]), "industries", some_ids(site, "industries", chance, most=3)
    )


def modes(site: Path, chance: random.Random) -> str:
    picked = chance.sample(_MODES, chance.randint(1, len(_MODES)))
    return set_key(entry(site, chance, ["courses"]), "delivery_modes", f"[{', '.join(picked)}]")


def provider(site: Path, chance: random.Random) -> str:
    ids = sorted(file.stem for file in (site / "content" / "providers").glob("*.md"))
    return set_key(entry(site, chance, ["courses"]), "provider", chance.choice([*ids, "nobody-knows-it"]))


def prerequisites(site: Path, chance: random.Random) -> str:
    value = chance.choice([None, some_ids(site, "courses", chance, most=3)])
    return set_key(entry(site, chance, ["courses"]), "prerequisites", value)


def sessions(site: Path, chance: random.Random) -> str:
    starts = sorted(day(chance) for _ in range(chance.randint(0, 3)))
    more = (
        "",
        *(f", location: {place}" for place in _PLACES),
        f", delivery_mode: in-person, location: {_PLACES[0]}",
    )
    times = (
        "",
        ", meets: [Mondays 18:00-20:00, Saturdays 9:00-12:00]",
        f", apply_from: {day(chance)}, apply_by: {day(chance)} 12:00",
    )
    value = ", ".join(
        f"{{starts: {start}{chance.choice(['', ' 03:00', ' 18:30'])}, ends: {start + timedelta(30)}, "
        f"seats: {chance.choice([0, 5])}{chance.choice(more)}{chance.choice(times)}}}"
        for start in starts
    )
    return set_key(entry(site, chance, ["courses"]), "sessions", f"[{value}]")


def place(site: Path, chance: random.Random) -> str:
    """A place that is new, or is another one from now on."""
    file = site / "content" / "places" / f"{chance.choice(_PLACES)}.md"
    file.parent.mkdir(exist_ok=True)
    position = chance.choice(["", f"latitude: {chance.randint(-90, 90)}\nlongitude: 10.5\n"])
    file.write_text(
        f"---\ntitle: {words(chance)}\n{position}locality: {words(chance)}\n---\n", encoding="utf-8"
    )
    return f"places/{file.name}: new"


def course_places(site: Path, chance: random.Random) -> str:
    value = chance.choice([None, f"[{_PLACES[0]}]", f"[{_PLACES[1]}, Any pier]"])
    return set_key(entry(site, chance, ["courses"]), "places", value)


def price(site: Path, chance: random.Random) -> str:
    value = chance.choice(["free", "495", "12.50 EUR", "{amount: 80, note: with lunch}", "cheap", None])
    return set_key(entry(site, chance, ["courses"]), "price", value)


def skills(site: Path, chance: random.Random) -> str:
    return set_key(entry(site, chance, ["courses"]), "skills", f"[{', '.join(chance.sample(_WORDS, 3))}]")


def level(site: Path, chance: random.Random) -> str:
    value = chance.choice(["introductory", "intermediate", "advanced", None])
    return set_key(entry(site, chance, ["courses"]), "level", value)


def course_funding(site: Path, chance: random.Random) -> str:
    value = chance.choice(["[quillbay-bursary]", "[student-aid, employer-grant]", None])
    return set_key(entry(site, chance, ["courses"]), "funding", value)


def course_language(site: Path, chance: random.Random) -> str:
    value = chance.choice(["[fr]", "[uk, en-CA]", None])
    return set_key(entry(site, chance, ["courses"]), "languages", value)


def consent(site: Path, chance: random.Random) -> str:
    value = chance.choice(
        [
            None,
            "{given: 2026-01-01}",
            f"{{given: 2024-01-01, expires: {day(chance)}}}",
            f"{{given: 2024-01-01, withdrawn: {day(chance)}}}",
        ]
    )
    return set_key(entry(site, chance, ["stories"]), "consent", value)


def story_courses(site: Path, chance: random.Random) -> str:
    return set_key(entry(site, chance, ["stories"]), "courses", some_ids(site, "courses", chance, most=3))


def pathway_steps(site: Path, chance: random.Random) -> str:
    steps = [
        f"{{title: Step {words(chance)}, courses: {some_ids(site, 'courses', chance, 2)}}}" for _ in range(2)
    ]
    return set_key(entry(site, chance, ["pathways"]), "steps", f"[{', '.join(steps)}]")


def draft(site: Path, chance: random.Random) -> str:
    return set_key(entry(site, chance), "draft", chance.choice(["true", "true", None]))


def undraft(site: Path, chance: random.Random) -> str:
    drafts = [
        file
        for file in sorted((site / "content").rglob("*.md"))
        if "\ndraft: true\n" in file.read_text(encoding="utf-8")
    ]
    return set_key(chance.choice(drafts), "draft", None) if drafts else draft(site, chance)


def publish_at(site: Path, chance: random.Random) -> str:
    return set_key(entry(site, chance), "publish_at", chance.choice([None, f"{day(chance)}"]))


def expires_at(site: Path, chance: random.Random) -> str:
    return set_key(entry(site, chance), "expires_at", chance.choice([None, f"{day(chance)}"]))


def featured(site: Path, chance: random.Random) -> str:
    return set_key(entry(site, chance), "featured", chance.choice(["true", None]))


def alias(site: Path, chance: random.Random) -> str:
    value = chance.choice([f"[/old/{chance.randrange(8)}/]", f"[/courses/{chance.randrange(8)}/]", None])
    return set_key(entry(site, chance), "aliases", value)


def slug(site: Path, chance: random.Random) -> str:
    return set_key(entry(site, chance), "slug", chance.choice([f"slug-{chance.randrange(8)}", None]))


def image(site: Path, chance: random.Random) -> str:
    names = sorted(file.name for file in (site / "content" / "images").iterdir())
    return set_key(entry(site, chance), "image", f"{{src: {chance.choice([*names, 'none.png'])}, alt: Seen}}")


def broken(site: Path, chance: random.Random) -> str:
    file = entry(site, chance)
    _save_copy(site, file)
    file.write_text(chance.choice(_BROKEN), encoding="utf-8")
    return f"{file.parent.name}/{file.name}: broken"


def deleted(site: Path, chance: random.Random) -> str:
    file = entry(site, chance)
    _save_copy(site, file)
    file.unlink()
    return f"{file.parent.name}/{file.name}: deleted"


def renamed(site: Path, chance: random.Random) -> str:
    file = entry(site, chance)
    name = f"renamed-{chance.randrange(1000)}.md"
    file.rename(file.with_name(name))
    return f"{file.parent.name}/{file.name}: renamed to {name}"


def copied(site: Path, chance: random.Random) -> str:
    file = entry(site, chance)
    text = re.sub(r"^(?:slug|ctid): .*\n", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    name = f"copied-{chance.randrange(1000)}.md"
    file.with_name(name).write_text(text, encoding="utf-8")
    return f"{file.parent.name}/{file.name}: copied to {name}"


def brought_back(site: Path, chance: random.Random) -> str:
    """Restore a file that was broken or deleted."""
    kept = sorted(path for path in removed(site).rglob("*") if path.is_file())
    if not kept:
        return deleted(site, chance)
    path = chance.choice(kept)
    name = path.relative_to(removed(site))
    (site / name).parent.mkdir(parents=True, exist_ok=True)
    path.replace(site / name)
    return f"{name}: brought back"


def _save_copy(site: Path, file: Path) -> None:
    place = removed(site) / file.relative_to(site)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(file.read_bytes())


ENTRY_EDITS: Final[tuple[Edit, ...]] = (
    body, title, summary, industries, modes, provider, prerequisites, sessions, sessions, place, course_places, price, skills, level, course_funding,
    course_language, consent, story_courses, pathway_steps, draft, undraft, publish_at, expires_at, featured, alias,
    slug, image, broken, deleted, renamed, copied, brought_back, brought_back, brought_back,
)  # fmt: skip

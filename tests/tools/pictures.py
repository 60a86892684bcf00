"""Takes the pictures of the documentation: `python -m tests.tools.pictures` or `make pictures`.

They show the sample catalogue, the site that `credsite init` creates, and the three colleges of tests/colleges.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from typing import Final, Literal, NamedTuple

from PIL import Image
from playwright.sync_api import Browser, FloatRect

from tests.support.browser import chromium
from tests.support.cli import run_credsite
from tests.support.colleges import COLLEGES, NOW, write_college
from tests.support.paths import REPOSITORY, STARTER
from tests.support.server import ServedSite, serve

FOLDER: Final = REPOSITORY / "docs/pictures"
QUALITY: Final = 80
"""Of WebP, from 0 to 100. Letters stay sharp, and a picture of a whole page has about 50 kB."""
GROUND: Final = (226, 230, 234)
"""The background of pictures that are put together from several."""
GAP: Final = 24


class Shot(NamedTuple):
    """A part of a page: from the top to ``height``, or the element that ``part`` selects with everything that opens in it."""

    site: str
    path: str
    width: int = 1000
    height: int = 640
    part: str = ""
    click: str = ""
    scheme: Literal["light", "dark"] = "light"


def _brand(site: str, path: str) -> tuple[Shot, ...]:
    """The home page of a college on a desk, and another page of it on a phone in the dark."""
    return (Shot(site, "", 1280, 860), Shot(site, path, 396, 860, scheme="dark"))


PICTURES: Final[Mapping[str, tuple[Shot, ...]]] = {
    "catalogue": (
        Shot("sample", "", 1280, 860),
        Shot("sample", "courses/food-handler-licence/", 396, 860, scheme="dark"),
    ),
    "skerry-point": _brand("skerry-point", "courses/handling-a-small-boat/"),
    "heronsbrook": _brand("heronsbrook", "courses/"),
    "maplecross": _brand("maplecross", "courses/cuisine-de-saison/"),
    "start": (Shot("starter", "", 1180, 700),),
    "brand": (Shot("skerry-point", "", 1180, 700),),
    "menu": (Shot("skerry-point", "courses/", height=260, click=".menu-group summary"),),
    "footer": (Shot("skerry-point", "", part=".site-footer"),),
    "home": (Shot("heronsbrook", "", height=1500),),
    "fields-facts": (Shot("skerry-point", "courses/handling-a-small-boat/", part=".facts"),),
    "fields-pages": (Shot("skerry-point", "series/summer/", height=720),),
    "words": (Shot("skerry-point", "delivery/", height=700),),
    "places": (Shot("skerry-point", "places/harbour-campus/", height=700),),
    "times": (
        Shot("skerry-point", "courses/handling-a-small-boat/", 1280, part="section:has(> #course_sessions)"),
    ),
}
"""The shots of each picture, side by side, by the name of its file without ``.webp``."""


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary, ExitStack() as stack:
        sites = {
            name: stack.enter_context(serve(root)) for name, root in _built_sites(Path(temporary)).items()
        }
        browser = stack.enter_context(chromium())
        for name, shots in PICTURES.items():
            picture = _side_by_side([_taken(browser, sites[shot.site], shot) for shot in shots])
            picture.save(FOLDER / f"{name}.webp", quality=QUALITY, method=6)
            print(f"docs/pictures/{name}.webp")


def _built_sites(folder: Path) -> dict[str, Path]:
    """The output folders of all sites, by their names."""
    sample = folder / "sample"
    shutil.copytree(REPOSITORY / "content", sample / "content")
    shutil.copyfile(REPOSITORY / "credsite.yaml", sample / "credsite.yaml")
    sources = {"sample": sample, "starter": Path(shutil.copytree(STARTER, folder / "starter"))}
    sources |= {name: write_college(name, folder / name) for name in COLLEGES}
    for source in sources.values():
        built = run_credsite("build", source, "--quiet", "--now", NOW)
        assert built.exit_code == 0, built.output
    return {name: source / "public" for name, source in sources.items()}


def _taken(browser: Browser, site: ServedSite, shot: Shot) -> Image.Image:
    page = browser.new_page(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme=shot.scheme,
        reduced_motion="reduce",
    )
    page.goto(site.address(shot.path), wait_until="networkidle")
    clip: FloatRect | None = None
    if shot.click:
        page.locator(shot.click).first.click()
    if shot.part:
        clip = page.locator(shot.part).first.bounding_box()
        assert clip is not None, f"{shot.part} is not on {shot.path}"
    image = page.screenshot(clip=clip, full_page=clip is not None)
    page.close()
    return Image.open(BytesIO(image)).convert("RGB")


def _side_by_side(images: Iterable[Image.Image]) -> Image.Image:
    """Images in a row with a margin around each; one alone as it is."""
    row = list(images)
    if len(row) == 1:
        return row[0]
    width = sum(image.width + GAP for image in row) + GAP
    whole = Image.new("RGB", (width, max(image.height for image in row) + 2 * GAP), GROUND)
    left = GAP
    for image in row:
        whole.paste(image, (left, GAP))
        left += image.width + GAP
    return whole


if __name__ == "__main__":
    main()

"""Pictures: of each, browsers load the file that fits the place and the screen, and what is not near is loaded late."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.support.html import check_html
from tests.support.paths import SITES
from tests.support.report import listed
from tests.support.server import ServedSite, serve
from tests.support.visiting import POLICY, assert_fine, open_page, visitor

PICTURE = "{src: page.jpg, alt: A bench}"
ADDED = {
    "courses/first-aid.md": (
        "image: {src: course.jpg, alt: A ward}\nvideo: {url: /day.webm, title: A day, image: film.jpg}\ncredential: {image: badge.jpg}"
    ),
    "delivery-modes/online.md": f"image: {PICTURE}",
    "industries/health.md": f"image: {PICTURE}",
    "pages/about.md": f"image: {PICTURE}",
    "pathways/care.md": f"image: {PICTURE}",
    "places/quay.md": f"image: {PICTURE}",
    "providers/harbour-college.md": "logo: logo.jpg",
    "stories/amina.md": f"image: {PICTURE}\nimages: [{{src: gallery.jpg, alt: A ward}}, {{src: gallery.jpg, alt: A ward}}]",
}
"""Lines of the front matter of entries."""
FILES = ("badge", "course", "film", "gallery", "logo", "page", "portrait", "text")
"""One for each use: a browser that has a larger file of the same picture shows that."""
PAGES = (
    "", "courses/", "courses/first-aid/", "industries/", "delivery/", "providers/harbour-college/", "stories/amina/",
    "pathways/care/", "about/",
)  # fmt: skip
VIEWPORTS = ({"width": 360, "height": 740}, {"width": 768, "height": 1024}, {"width": 1440, "height": 900})

KINDS = {
    "card-picture", "course-picture", "credential-picture", "crest crest-large", "gallery-picture", "intro-picture",
    "portrait ", "portrait portrait-huge", "portrait portrait-large", "reading-picture", "tone", "video-still",
}  # fmt: skip
"""The classes of pictures on these pages."""

# What is shown of each picture of several files. A picture that fills its place may be wider than it.
LOADED = """async () => { const images = [...document.querySelectorAll("img[srcset]")];
    while (!images.every(image => image.currentSrc || !image.offsetWidth)) await new Promise(resolve => setTimeout(resolve, 2));
    return images.map(image => {
    const box = image.getBoundingClientRect(), ratio = image.getAttribute("width") / image.getAttribute("height");
    const fills = getComputedStyle(image).objectFit === "cover";
    const shown = fills ? Math.max(box.width, box.height * ratio) : Math.min(box.width, box.height * ratio || box.width);
    const width = address => Number(/-(\\d+)\\.[0-9a-f]{10}\\./.exec(address)[1]);
    const candidates = image.srcset.split(", ").map(width);
    return {name: `${image.className.split(" tone")[0]} (${box.width} px)`, shown, loaded: width(image.currentSrc || image.src),
        largest: Math.max(...candidates), smallest: Math.min(...candidates), type: image.currentSrc.split(".").pop(),
        hidden: !box.width, late: image.loading === "lazy", first: image.fetchPriority === "high"}; }); }"""


@pytest.fixture(scope="module")
def pictured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedSite]:
    """A site with the same picture wherever one can be."""
    from credsite.build.options import Options
    from credsite.build.pipeline import build

    root = tmp_path_factory.mktemp("pictures") / "site"
    shutil.copytree(SITES / "good-minimal", root)
    with (root / "credsite.yaml").open("a") as settings:
        settings.write("images: {formats: [webp, original]}\n")
    (root / "content/images").mkdir(exist_ok=True)
    for name in FILES:
        Image.new("RGB", (2000, 1333), "#7a5c48").save(root / f"content/images/{name}.jpg")
    for name, lines in ADDED.items():
        file = root / "content" / name
        file.parent.mkdir(exist_ok=True)
        head, _, rest = file.read_text().partition("\n---\n") if file.exists() else ("---", "", "")
        head = head.replace("learner: {", "learner: {photo: portrait.jpg, ")
        file.write_text(f"{head}\n{lines}\n---\n{rest}\n\n![A bench](text.jpg)\n")
    (root / "static").mkdir(exist_ok=True)
    (root / "static/day.webm").write_bytes(b"\x1a\x45\xdf\xa3")
    assert build(Options(root, no_cache=True)).report
    with serve(
        root / "public", headers={"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
    ) as served:
        yield served


@pytest.mark.parametrize("density", [1, 2])
@pytest.mark.parametrize("viewport", VIEWPORTS, ids=lambda size: str(size["width"]))
def test_the_file_that_is_loaded_fits(
    browser: Browser, pictured: ServedSite, viewport: dict[str, int], density: int
) -> None:
    found: list[str] = []
    seen: set[str] = set()
    with visitor(browser, viewport=viewport, device_scale_factor=density) as context:
        for path in PAGES:
            page = open_page(context, pictured, path)
            for one in page.evaluate(LOADED):
                seen.add(one["name"].split(" (")[0])
                found += [f"/{path}, {one['name']}: {fault}" for fault in faults(one, density)]
            page.close()
    assert not found, listed(found)
    assert seen == KINDS


def faults(picture: dict[str, Any], density: int) -> Iterator[str]:
    """What is wrong with the file that a browser has chosen for a picture, on a screen of a density."""
    if picture["hidden"]:
        return
    needed, loaded = picture["shown"] * density, picture["loaded"]
    if picture["type"] != "webp":
        yield f"the browser knows a better format than {picture['type']}"
    if loaded < needed * 0.99 and loaded < picture["largest"]:
        yield f"{loaded} pixels are too few for {needed:.0f}"
    if loaded > needed * 2 and loaded > picture["smallest"]:
        yield f"{loaded} pixels are too many for {needed:.0f}"


@pytest.mark.parametrize(
    ("path", "first"),
    [
        ("courses/", 1),
        ("courses/first-aid/", 1),
        ("industries/", 1),
        ("stories/amina/", 1),
        ("pathways/care/", 1),
        ("", 0),
    ],
)
def test_one_picture_of_a_page_is_loaded_first_and_the_others_late(
    browser: Browser, pictured: ServedSite, path: str, first: int
) -> None:
    with visitor(browser) as context:
        pictures = open_page(context, pictured, path).evaluate(LOADED)
    assert [one["late"] for one in pictures] == [not one["first"] for one in pictures]
    assert [one["first"] for one in pictures].count(True) == first


def test_pages_with_pictures_are_valid_and_can_be_used(browser: Browser, pictured: ServedSite) -> None:
    problems = check_html(pictured.root)
    assert not problems, listed(problems)
    with visitor(browser) as context:
        context.route("**/images/**", lambda route: route.abort())  # what they show is read in their places
        assert_fine(open_page(context, pictured, "stories/amina/"))

from __future__ import annotations

import os
import re
import time
import unicodedata
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from credsite.content import images
from credsite.content.image_inspection import Inspection, InspectionCache, inspected
from credsite.content.images import ImageFile, read_images
from credsite.content.record_builder import record_of
from credsite.core.hashing import digest
from credsite.core.published_names import path_fault
from credsite.core.stat_cache import StatCache
from tests.support.catalogues import AnyEntry, course, page, pathway, provider, story

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><path d="M0 0h40"/></svg>'


def picture(format: str = "PNG", size: tuple[int, int] = (40, 30), **options: Any) -> bytes:  # noqa: A002
    data = BytesIO()
    Image.new("RGB", size, "teal").save(data, format, **options)
    return data.getvalue()


def put(root: Path, path: str, data: bytes) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(data)


def using(src: str) -> AnyEntry:
    return page("about", image={"src": src, "alt": "A picture"})


def found(root: Path, src: str) -> ImageFile:
    using_it, problems = read_images(root, [record_of(using(src))])
    assert problems == []
    image = using_it.get(("content/pages", src))
    assert image is not None
    return image


def problem(root: Path, src: str) -> str:
    using_it, problems = read_images(root, [record_of(using(src))])
    assert using_it.get(("content/pages", src)) is None
    assert [str(one.location.path) for one in problems] == ["content/pages/about.md"]
    return problems[0].code


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", picture("PNG")),
        ("a.jpg", picture("JPEG")),
        ("a.JPEG", picture("JPEG")),
        ("a.gif", picture("GIF")),
        ("a.webp", picture("WEBP")),
        ("a.avif", picture("AVIF")),
        ("a.svg", SVG),
        ("a.jpg", picture("PNG")),
    ],
)
def test_images_are_measured(tmp_path: Path, name: str, data: bytes) -> None:
    put(tmp_path, f"content/pages/{name}", data)
    image = found(tmp_path, name)
    assert (image.width, image.height) == (40, 30)
    assert image.path == f"content/pages/{name}"
    assert image.digest == digest(data)
    assert re.fullmatch(r"images/pages/a(?:-40)?\.[0-9a-f]{10}\.[a-z]+", image.output)


@pytest.mark.parametrize(
    ("orientation", "size"), [(1, (40, 30)), (3, (40, 30)), (6, (30, 40)), (8, (30, 40))]
)
def test_photographs_are_measured_as_they_are_shown(
    tmp_path: Path, orientation: int, size: tuple[int, int]
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    put(tmp_path, "content/pages/a.jpg", picture("JPEG", exif=exif))
    image = found(tmp_path, "a.jpg")
    assert (image.width, image.height) == size


def test_beside_the_entry_comes_before_the_shared_folder(tmp_path: Path) -> None:
    put(tmp_path, "content/images/a.png", picture(size=(1, 1)))
    assert found(tmp_path, "a.png").path == "content/images/a.png"
    put(tmp_path, "content/pages/a.png", picture(size=(2, 2)))
    assert found(tmp_path, "a.png").path == "content/pages/a.png"
    assert found(tmp_path, "../images/a.png").path == "content/images/a.png"


def test_an_image_has_one_address_wherever_it_is_used(tmp_path: Path) -> None:
    put(tmp_path, "content/images/badges/Gold Star.png", picture())
    entries = [
        page("a", image={"src": "badges/Gold Star.png", "alt": ""}),
        course("b", image={"src": "../images/badges/Gold Star.png", "alt": ""}),
    ]
    using_it, problems = read_images(tmp_path, map(record_of, entries))
    assert problems == []
    assert len(set(using_it.values())) == 1
    assert {image.output.partition(".")[0] for image in using_it.values()} == {"images/badges/gold-star-40"}


@pytest.mark.parametrize("name", ["写真.png", "写/真.png", "-.png", "été/@.png"])
def test_no_address_is_hidden_or_empty(tmp_path: Path, name: str) -> None:
    """Hosts do not serve names that begin with a dot."""
    put(tmp_path, f"content/images/{name}", picture())
    output = found(tmp_path, name).output
    assert re.fullmatch(r"images(?:/[a-z0-9][a-z0-9.-]*)+", output), output


@pytest.mark.parametrize("name", [".a.png", "..a.png", ".hidden/a.png", "~$a.png", "#recycle/a.png"])
def test_images_with_the_names_of_leftovers_are_not_published(tmp_path: Path, name: str) -> None:
    put(tmp_path, f"content/pages/{name}", picture())
    assert problem(tmp_path, name) == "broken-image"


def test_other_bytes_have_another_address(tmp_path: Path) -> None:
    put(tmp_path, "content/pages/a.png", picture())
    first = found(tmp_path, "a.png").output
    put(tmp_path, "content/pages/a.png", picture(size=(9, 9)))
    assert found(tmp_path, "a.png").output != first


def test_the_time_of_a_file_does_not_count(tmp_path: Path) -> None:
    put(tmp_path, "content/pages/a.png", picture())
    first = found(tmp_path, "a.png")
    os.utime(tmp_path / "content/pages/a.png", (1, 1))
    assert found(tmp_path, "a.png") == first


@pytest.mark.parametrize(
    ("src", "code"),
    [
        ("gone.png", "broken-image"),
        ("../courses/gone.png", "broken-image"),
        ("../../../etc/passwd.png", "broken-image"),
        ("../../credsite.png", "broken-image"),
        ("/content/pages/here.png", "broken-image"),
        ("https://elsewhere.example/a.png", "broken-image"),
        ("HERE.png", "broken-image"),
        ("folder.png", "broken-image"),
        ("a" * 300 + ".png", "file-unreadable"),
        ("here", "image-unreadable"),
        ("notes.txt", "image-unreadable"),
        ("a.tiff", "image-unreadable"),
        ("a.pdf", "image-unreadable"),
    ],
)
def test_images_that_are_not_there(tmp_path: Path, src: str, code: str) -> None:
    put(tmp_path, "content/pages/here.png", picture())
    put(tmp_path, "credsite.png", picture())
    (tmp_path / "content/pages/folder.png").mkdir()
    assert problem(tmp_path, src) == code


@pytest.mark.parametrize(
    ("src", "advice"),
    [
        (r"photos\a b.png", "Write `/` and not `\\` between folders: `photos/a b.png`."),
        (r"C:\Users\me\here.png", "The file `here.png` is there: write only this name."),
        (r"C:\Users\me\gone.png", "Copy the picture there, and write only its name."),
        ("file:///C:/gone.png", "Copy the picture there, and write only its name."),
        ("../../photos/My Photo.PNG", "Copy the picture there, and write only its name."),
        ("https://elsewhere.example/a.png", "save it, put it beside this file, and write its name."),
        ("gone.png", "Check its name, or put it there."),
    ],
)
def test_what_to_do_about_an_image_that_is_not_there(tmp_path: Path, src: str, advice: str) -> None:
    put(tmp_path, "content/pages/here.png", picture())
    put(tmp_path, "content/pages/photos/a b.png", picture())
    put(tmp_path, "photos/My Photo.PNG", picture())
    (found_problem,) = read_images(tmp_path, [record_of(using(src))])[1]
    assert found_problem.message.endswith(advice)


@pytest.mark.parametrize(
    "data",
    [b"", b"not an image", b"\x89PNG\r\n\x1a\n", picture()[:40], picture("JPEG")[:20], picture("BMP"), picture("TIFF"),
     b"%PDF-1.7", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 5 5\n", SVG, b"<html></html>"],
)  # fmt: skip
def test_files_that_browsers_do_not_show(tmp_path: Path, data: bytes) -> None:
    put(tmp_path, "content/pages/a.png", data)
    assert problem(tmp_path, "a.png") == "image-unreadable"


def test_links_are_refused_wherever_they_lead(tmp_path: Path) -> None:
    site = tmp_path / "site"
    put(tmp_path, "secret.png", picture())
    put(site, "content/images/b.png", picture())
    (site / "content/pages").mkdir()
    (site / "content/pages/a.png").symlink_to(tmp_path / "secret.png")
    (site / "content/pages/b.png").symlink_to(site / "content/images/b.png")
    (site / "content/pages/loop.png").symlink_to("loop.png")
    (site / "content/pages/gone.png").symlink_to("nowhere.png")
    for name in ("a.png", "b.png", "loop.png", "gone.png"):
        assert problem(site, name) == "symbolic-link"


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "content/pages").mkdir(parents=True)
    os.mkfifo(tmp_path / "content/pages/a.png")
    assert problem(tmp_path, "a.png") == "file-unreadable"


def test_an_image_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    put(tmp_path, "content/pages/a.png", picture())
    size = (tmp_path / "content/pages/a.png").stat().st_size
    entries = [record_of(using("a.png"))]
    digests, inspections = StatCache(), InspectionCache()
    assert read_images(tmp_path, entries, digests, inspections, max_size=size)[1] == []
    _, [only] = read_images(tmp_path, entries, digests, inspections, max_size=size - 1)
    assert only.code == "file-too-large"
    assert "max_image_size" in only.message
    with (tmp_path / "content/pages/a.png").open("ab") as sparse:
        sparse.truncate(10**12)
    assert problem(tmp_path, "a.png") == "file-too-large"


def test_every_place_where_an_entry_uses_an_image() -> None:
    picture_of = {"src": "front.jpg", "alt": ""}
    body = "![Hands](body.jpg)\n\n[The plan](plan.png) [A course](../courses/x.md)\n"
    entries = [
        course("c", body, image=picture_of, credential={"image": "badge.svg"}),
        story("s", "c", learner={"name": "A", "photo": "face.jpg"}),
        pathway("p", ["c"], credential={"name": "Diploma", "image": "diploma.svg"}),
        pathway("q", ["c"]),
        provider("v", logo="logo.svg"),
        page("w"),
    ]
    uses = {
        entry.slug: [(use.src, use.key, use.snippet != "") for use in record_of(entry).images]
        for entry in entries
    }
    assert uses == {
        "c": [
            ("front.jpg", ("image", "src"), False),
            ("badge.svg", ("credential", "image"), False),
            ("body.jpg", (), True),
            ("plan.png", (), True),
        ],
        "s": [("face.jpg", ("learner", "photo"), False)],
        "p": [("diploma.svg", ("credential", "image"), False)],
        "q": [],
        "v": [("logo.svg", ("logo",), False)],
        "w": [],
    }


def test_each_use_of_a_broken_image_is_told_at_its_own_place(tmp_path: Path) -> None:
    put(tmp_path, "content/images/a.png", b"broken")
    entries = [page("one", image={"src": "a.png", "alt": ""}), page("two", "![A](a.png)")]
    problems = read_images(tmp_path, map(record_of, entries))[1]
    assert [(p.code, p.location.path) for p in problems] == [
        ("image-unreadable", "content/pages/one.md"),
        ("image-unreadable", "content/pages/two.md"),
    ]


def test_no_images_no_work(tmp_path: Path) -> None:
    assert read_images(tmp_path, [record_of(page("one"))]) == ({}, [])


SEEDS = [picture(kind) for kind in ("PNG", "JPEG", "GIF", "WEBP", "AVIF")] + [SVG]


@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.integers(0, 120), st.integers(0, 255)), max_size=5),
    st.integers(0, 400),
)
def test_damage_is_a_problem_and_no_crash(
    tmp_path_factory: pytest.TempPathFactory, seed: bytes, changes: list[tuple[int, int]], length: int
) -> None:
    data = bytearray(seed)
    for position, value in changes:
        data[position % len(data)] = value
    root = tmp_path_factory.getbasetemp() / "damaged"
    name = "a.svg" if seed is SVG else "a.png"
    put(root, f"content/pages/{name}", bytes(data[:length] if length < 200 else data))
    using_it, problems = read_images(root, [record_of(using(name))])
    assert len(using_it) + len(problems) == 1


def later() -> int:
    return time.time_ns() + 60_000_000_000


class Reads:
    """Counts which files are read and which images inspected."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.inspected = 0
        monkeypatch.setattr(images, "inspected", self._inspect)

    def _inspect(self, data: bytes, is_svg: bool) -> Inspection:
        self.inspected += 1
        return inspected(data, is_svg)


def test_bytes_that_were_inspected_are_not_inspected_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads, cache = Reads(monkeypatch), InspectionCache()
    put(tmp_path, "content/pages/a.png", picture())
    entries = [record_of(using("a.png"))]
    first = read_images(tmp_path, entries, inspections=cache)
    stored = cache.stored()
    assert reads.inspected == 1
    assert read_images(tmp_path, entries, inspections=InspectionCache(stored)) == first
    assert reads.inspected == 1
    put(tmp_path, "content/pages/a.png", picture(size=(9, 9)))
    changed = read_images(tmp_path, entries, inspections=InspectionCache(stored))[0]["content/pages", "a.png"]
    assert changed == found(tmp_path, "a.png")
    assert (changed.width, changed.height, changed.digest) == (9, 9, digest(picture(size=(9, 9))))


def test_a_file_of_known_digest_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "content/pages/a.png", picture())
    entries, cache = [record_of(using("a.png"))], InspectionCache()
    first = read_images(tmp_path, entries, inspections=cache)
    digests = StatCache(later)
    assert read_images(tmp_path, entries, digests, cache) == first
    monkeypatch.setattr(Path, "read_bytes", None)
    assert read_images(tmp_path, entries, digests, cache) == first


def test_a_change_of_the_same_size_with_the_old_time_is_noticed(tmp_path: Path) -> None:
    first, second = (picture("JPEG", comment=comment) for comment in (b"one", b"two"))
    assert len(first) == len(second)
    file = tmp_path / "content/pages/a.jpg"
    put(tmp_path, "content/pages/a.jpg", first)
    status = file.stat()
    entries, cache = [record_of(using("a.jpg"))], InspectionCache()
    digests = StatCache(later)
    read_images(tmp_path, entries, digests, cache)
    time.sleep(0.02)  # so that the change falls into another tick of the system's clock
    file.write_bytes(second)
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    image = read_images(tmp_path, entries, digests, cache)[0].get(("content/pages", "a.jpg"))
    assert image is not None
    assert image.digest == digest(second)


def test_a_change_within_one_tick_of_the_clock_is_noticed(tmp_path: Path) -> None:
    """A file that is so young is read each time, whatever the system says of it."""
    first, second = (picture("JPEG", comment=comment) for comment in (b"one", b"two"))
    entries, cache = [record_of(using("a.jpg"))], InspectionCache()
    digests = StatCache()
    for data in (first, second, first):
        put(tmp_path, "content/pages/a.jpg", data)
        image = read_images(tmp_path, entries, digests, cache)[0].get(("content/pages", "a.jpg"))
        assert image is not None
        assert image.digest == digest(data)


def test_the_system_is_not_asked_about_images_that_did_not_change(tmp_path: Path) -> None:
    put(tmp_path, "content/pages/a.png", picture())
    entries = [record_of(using("a.png"))]
    first = read_images(tmp_path, entries)
    (tmp_path / "content/pages/a.png").unlink()
    unchanged = {image.path: image for image in first[0].values()}
    assert read_images(tmp_path, entries, unchanged=unchanged) == first
    assert read_images(tmp_path, entries) != first


def test_a_problem_is_told_each_time(tmp_path: Path) -> None:
    put(tmp_path, "content/pages/a.png", b"broken")
    entries, cache = [record_of(using("a.png"))], InspectionCache()
    first = read_images(tmp_path, entries, inspections=cache)
    assert read_images(tmp_path, entries, inspections=InspectionCache(cache.stored())) == first
    assert [problem.code for problem in first[1]] == ["image-unreadable"]


def test_a_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    site = tmp_path / "site"
    put(tmp_path, "outside/a.png", picture())
    put(site, "content/real/b.png", picture())
    (site / "content/pages").mkdir()
    (site / "content/pages/out").symlink_to(tmp_path / "outside")
    (site / "content/pages/in").symlink_to(site / "content/real")
    assert problem(site, "out/a.png") == problem(site, "in/b.png") == "symbolic-link"


@pytest.mark.parametrize(
    ("name", "written"),
    [
        (unicodedata.normalize("NFD", "Übung.jpg"), "Übung.jpg"),
        ("Übung.jpg", unicodedata.normalize("NFD", "Übung.jpg")),
        (unicodedata.normalize("NFD", "Équipe/Übung.jpg"), "Équipe/Übung.jpg"),
    ],
)
@pytest.mark.parametrize("folder", ["content/pages", "content/images"])
def test_a_name_is_found_however_its_letters_are_coded(
    tmp_path: Path, folder: str, name: str, written: str
) -> None:
    put(tmp_path, f"{folder}/{name}", picture("JPEG"))
    image = found(tmp_path, written)
    assert image.path == f"{folder}/{name}"
    assert image.output == found(tmp_path, name).output
    assert image.output.isascii()


@pytest.mark.parametrize(
    ("name", "written"),
    [("Photo.PNG", "photo.png"), ("übung.png", "Übung.png"), ("Team/a.png", "team/a.png")],
)
@pytest.mark.parametrize("folder", ["content/pages", "content/images"])
def test_a_name_with_other_capital_letters_is_named(
    tmp_path: Path, folder: str, name: str, written: str
) -> None:
    put(tmp_path, f"{folder}/{name}", picture())
    _, [only] = read_images(tmp_path, [record_of(using(written))])
    assert only.code == "broken-image"
    assert only.message == (
        f"There is no image `{written}` beside this file or in `content/images`, but there is `{folder}/{name}`: "
        "the names differ only in capital letters. Write the same name in both places."
    )


def test_it_is_named_on_a_computer_that_takes_them_for_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "content/pages/Photo.PNG", picture())
    put(tmp_path, "content/pages/other.png", picture())
    (tmp_path / "CONTENT").mkdir()
    real = os.lstat

    def ignores_case(path: str) -> os.stat_result:
        return real(path.replace("photo.png", "Photo.PNG"))

    monkeypatch.setattr("os.lstat", ignores_case)
    monkeypatch.setattr(Path, "read_bytes", lambda _path: picture())
    assert problem(tmp_path, "photo.png") == "broken-image"
    assert found(tmp_path, "Photo.PNG").path == "content/pages/Photo.PNG"
    assert found(tmp_path, "other.png").path == "content/pages/other.png"


def test_the_name_as_it_is_written_comes_first(tmp_path: Path) -> None:
    put(tmp_path, f"content/pages/{unicodedata.normalize('NFD', 'é.png')}", picture(size=(1, 1)))
    put(tmp_path, "content/images/é.png", picture(size=(2, 2)))
    assert found(tmp_path, "é.png").path == "content/images/é.png"


def test_one_of_several_similar_names_must_be_chosen(tmp_path: Path) -> None:
    put(tmp_path, "content/pages/Team.png", picture())
    put(tmp_path, "content/pages/TEAM.png", picture())
    _, [ambiguous] = read_images(tmp_path, [record_of(using("team.png"))])
    assert ambiguous.code == "broken-image"
    assert "`content/pages/TEAM.png` and `content/pages/Team.png`" in ambiguous.message
    assert "differ only in capital letters" in ambiguous.message


def test_similar_names_lead_nowhere_else(tmp_path: Path) -> None:
    put(tmp_path, "static/a.png", picture())
    put(tmp_path, "content/pages/.A.png", picture())
    put(tmp_path, "content/pages/B.png/c.png", picture())
    for src in ("../../Static/a.png", ".a.png", "b.png"):
        assert problem(tmp_path, src) == "broken-image"


@pytest.mark.parametrize(
    "name",
    ["con.png", "Aux.jpeg", "nul/a.png", "com1/lpt9.png", f"{'x' * 245}.png", f"{'y' * 250}/a.png", "é .png"],
)
def test_the_published_name_is_one_that_every_system_can_have(tmp_path: Path, name: str) -> None:
    put(tmp_path, f"content/pages/{name}", picture("JPEG" if name.endswith("jpeg") else "PNG"))
    assert path_fault(found(tmp_path, name).output) == ""


def test_an_image_in_very_many_folders_gets_a_short_path(tmp_path: Path) -> None:
    folder = "/".join(["f" * 90] * 9)
    for name in ("a/a.png", "b/a.png"):
        put(tmp_path, f"content/pages/{folder}/{name}", picture())
    outputs = {found(tmp_path, f"{folder}/{name}").output for name in ("a/a.png", "b/a.png")}
    assert len(outputs) == 2
    assert not any(map(path_fault, outputs))


@pytest.mark.parametrize("start_method", ["fork", "spawn"])
def test_several_processes_find_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, start_method: Any
) -> None:
    monkeypatch.setattr(images, "_MIN_PICTURES", 2)
    names = ["a.png", "b.jpg", "c.png", "gone.png", "d.svg"]
    for name, data in zip(names, [picture(), picture("JPEG"), b"damaged", None, SVG], strict=True):
        if data is not None:
            put(tmp_path, f"content/pages/{name}", data)
    entries = [record_of(using(name)) for name in [*names, *names]]
    cache = InspectionCache()
    together = read_images(tmp_path, entries, inspections=cache, jobs=2, start_method=start_method)
    assert together == read_images(tmp_path, entries)
    assert cache.get(digest(picture()), "raster") is not None
    reads = Reads(monkeypatch)
    assert read_images(tmp_path, entries, inspections=cache, jobs=2) == together
    assert reads.inspected == 0

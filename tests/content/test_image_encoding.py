"""The files of a picture have its pixels and nothing else."""

from __future__ import annotations

import itertools
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from credsite.content.image_encoding import encoded_files
from credsite.content.image_inspection import inspected
from credsite.content.image_variants import ImageRecipe
from credsite.schema.images import USUAL_IMAGES
from tests.support.photos import SECRET, metadata, photo

RED, BLUE = (200, 0, 0), (0, 0, 200)


def files_of(data: bytes) -> dict[str, bytes]:
    """All files of the picture that ``data`` is, by their names."""
    found = inspected(data, is_svg=False)
    assert found.kind, found
    variants = ImageRecipe.of(USUAL_IMAGES).variants(
        "content/images/a.jpg", "0" * 32, (found.width, found.height), found.kind
    )
    return dict(zip([one.name for one in variants], encoded_files(data, variants, 80), strict=True))


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def is_near(colour: object, wanted: tuple[int, ...]) -> bool:
    assert isinstance(colour, tuple)
    return len(colour) == len(wanted) and all(abs(a - b) <= 24 for a, b in zip(colour, wanted, strict=True))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_no_metadata_is_left(tmp_path: Path, form: str) -> None:
    data = photo(form)
    (tmp_path / "before").write_bytes(data)
    for name, file in files_of(data).items():
        (tmp_path / name).write_bytes(file)
        assert SECRET not in file
    found = metadata(sorted(tmp_path.iterdir()))
    assert found.pop("before")  # so what is looked for can be found
    assert len(found) == 9  # three widths, each in three formats
    assert not any(found.values()), found


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_upright(form: str, orientation: int) -> None:
    inside = opened(photo(form, (60, 40), orientation=orientation))
    turns = {
        1: [],
        2: [Image.Transpose.FLIP_LEFT_RIGHT],
        3: [Image.Transpose.ROTATE_180],
        4: [Image.Transpose.FLIP_TOP_BOTTOM],
        5: [Image.Transpose.TRANSPOSE],
        6: [Image.Transpose.ROTATE_270],
        7: [Image.Transpose.TRANSVERSE],
        8: [Image.Transpose.ROTATE_90],
    }
    expected = inside.convert("RGB")
    for turn in turns[orientation]:
        expected = expected.transpose(turn)
    for file in files_of(photo(form, (60, 40), orientation=orientation)).values():
        image = opened(file)
        assert image.size == expected.size
        for x, y in itertools.product((4, image.width - 5), (4, image.height - 5)):
            wanted = expected.getpixel((x, y))
            assert isinstance(wanted, tuple)
            assert is_near(image.convert("RGB").getpixel((x, y)), wanted)


@pytest.mark.parametrize(
    ("form", "mode", "kind"),
    [
        ("JPEG", "CMYK", "jpeg"),
        ("JPEG", "L", "jpeg"),
        ("PNG", "L", "png"),
        ("PNG", "1", "png"),
        ("PNG", "P", "png"),
        ("PNG", "I;16", "png"),
        ("GIF", "P", "png"),
        ("WEBP", "RGB", "jpeg"),
        ("AVIF", "RGB", "jpeg"),
    ],
)
def test_all_kinds_of_pixels_become_the_same(form: str, mode: str, kind: str) -> None:
    stream = BytesIO()
    grey = Image.new("L", (60, 40), 255)
    image = (
        grey.point(lambda value: value * 256, "I").convert("I;16") if mode == "I;16" else grey.convert(mode)
    )
    image.save(stream, form)
    files = files_of(stream.getvalue())
    assert [name.partition(".")[2] for name in files] == ["avif", "webp", kind]
    for file in files.values():
        shown = opened(file)
        assert shown.mode == "RGB"
        assert is_near(shown.getpixel((30, 20)), (255, 255, 255))


@pytest.mark.parametrize(
    ("form", "mode"), [("PNG", "RGBA"), ("PNG", "LA"), ("WEBP", "RGBA"), ("AVIF", "RGBA")]
)
def test_transparency_is_kept(form: str, mode: str) -> None:
    image = Image.new("RGBA", (60, 40), (*RED, 0))
    image.paste((*RED, 255), (30, 0, 60, 40))
    stream = BytesIO()
    image.convert(mode).save(stream, form)
    for name, file in files_of(stream.getvalue()).items():
        shown = opened(file)
        assert shown.mode == "RGBA", name
        alpha = shown.getchannel("A")
        assert (alpha.getpixel((10, 20)), alpha.getpixel((50, 20))) == (0, 255)


def test_a_transparent_colour_of_a_palette_is_kept() -> None:
    image = Image.new("P", (60, 40), 1)
    image.putpalette([*RED, *BLUE])
    image.paste(0, (0, 0, 30, 40))
    stream = BytesIO()
    image.save(stream, "GIF", transparency=0)
    png = opened(files_of(stream.getvalue())["60.png"])
    assert png.getpixel((10, 20)) == (*RED, 0)
    assert png.getpixel((50, 20)) == (*BLUE, 255)


def test_transparency_that_hides_nothing_is_left_out() -> None:
    stream = BytesIO()
    Image.new("RGBA", (60, 40), (*RED, 255)).save(stream, "WEBP")
    assert [opened(file).mode for file in files_of(stream.getvalue()).values()] == ["RGB"] * 3


def exchanged_profile() -> bytes:
    """sRGB under another name, with red and blue exchanged."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    named = profile.replace("sRGB".encode("utf-16-be"), "test".encode("utf-16-be"))
    assert named != profile
    return named.replace(b"rXYZ", b"----").replace(b"bXYZ", b"rXYZ").replace(b"----", b"bXYZ")


@pytest.mark.parametrize(
    ("profile", "colour"), [(exchanged_profile(), BLUE), (b"damaged", RED), (exchanged_profile()[:200], RED)]
)
@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_the_colours_of_a_profile_become_those_of_srgb(
    form: str, profile: bytes, colour: tuple[int, ...]
) -> None:
    stream = BytesIO()
    Image.new("RGB", (60, 40), RED).save(stream, form, icc_profile=profile)
    assert inspected(stream.getvalue(), is_svg=False).colour == f"#{bytes(colour).hex()}"
    for file in files_of(stream.getvalue()).values():
        assert is_near(opened(file).getpixel((5, 5)), colour)


def test_only_the_first_picture_of_an_animation_is_shown() -> None:
    second = Image.new("RGB", (60, 40), BLUE)
    for form in ("GIF", "WEBP", "PNG", "AVIF"):
        stream = BytesIO()
        Image.new("RGB", (60, 40), RED).save(stream, form, save_all=True, append_images=[second])
        for file in files_of(stream.getvalue()).values():
            image = opened(file)
            assert not getattr(image, "is_animated", False)
            assert is_near(image.convert("RGB").getpixel((5, 5)), RED)


@pytest.mark.parametrize("size", [(1, 1), (20_000, 1), (1, 20_000), (3, 2000)])
def test_odd_sizes(size: tuple[int, int]) -> None:
    for name, file in files_of(photo("PNG", size)).items():
        assert opened(file).size[0] == int(name.partition(".")[0])


def test_the_same_picture_gives_the_same_bytes() -> None:
    data = photo("JPEG")
    assert files_of(data) == files_of(data)
    assert files_of(data) == files_of(photo("JPEG", comment=b"other"))

"""Decodes pictures: to upright pixels in sRGB, with nothing else of what was in the file.

Loaded only where a picture is inspected or published.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Final

from PIL import Image, ImageCms, ImageFile

FORMATS: Final = ("PNG", "JPEG", "GIF", "WEBP", "AVIF")
JPEG_FORMATS: Final = ("JPEG", "MPO")
"""MPO is a JPEG with other pictures behind it, as some cameras make."""
MAX_MEMORY: Final = 200_000_000
"""Bytes that the largest picture may take when it is decoded. With more, a build would need over 1 GB."""
_BYTES: Final = {"1": 2, "L": 1}
"""Bytes for each pixel, where they are not four."""
_ORIENTATION: Final = 0x0112
"""The Exif tag for how the camera was held."""
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_QUARTER: Final = 5
"""From this orientation on, the picture is turned by a quarter."""
_OPAQUE: Final = (255, 255)
_GAP: Final = 3.0
"""How many times as large as asked for a picture is made in a first, quick step."""


@contextmanager
def opened(data: bytes) -> Iterator[ImageFile.ImageFile]:
    """The picture that ``data`` is, of which only the first part has been read. Raises nearly anything where it is none."""
    with (
        # A large picture is no attack, and Pillow refuses the largest. Nor is odd metadata one.
        warnings.catch_warnings(action="ignore"),
        Image.open(BytesIO(data), formats=FORMATS) as image,
    ):
        yield image


def fits_in_memory(image: ImageFile.ImageFile) -> bool:
    """Whether a picture may be decoded. A JPEG always may: it is decoded in a smaller size."""
    memory = image.width * image.height * _BYTES.get(image.mode, 4)
    return image.format in JPEG_FORMATS or memory <= MAX_MEMORY


def is_animated(image: ImageFile.ImageFile) -> bool:
    """Whether a picture moves. The other pictures in an MPO are those of other lenses."""
    return image.format not in JPEG_FORMATS and bool(getattr(image, "is_animated", False))


def upright_size(image: ImageFile.ImageFile) -> tuple[int, int]:
    """The width and height in which a picture is shown."""
    width, height = image.size
    return (height, width) if _orientation(image) >= _QUARTER else (width, height)


def shrunk(image: ImageFile.ImageFile, width: int, height: int) -> Image.Image:
    """The first or only picture of a file as RGB or RGBA in sRGB, upright, with ``width`` × ``height`` pixels.

    A JPEG is decoded in about that size, which takes a fraction of the memory.
    """
    orientation = _orientation(image)
    size = (height, width) if orientation >= _QUARTER else (width, height)
    profile = image.info.get("icc_profile")
    if image.format in JPEG_FORMATS:
        image.draft(None, size)
    image.load()
    pixels = _plain(image)
    if pixels.size != size:
        pixels = resized(pixels, size)
    pixels = _in_srgb(pixels, profile) if isinstance(profile, bytes) else _without_profile(pixels)
    turn = _TURNS.get(orientation)
    plain = pixels.transpose(turn) if turn is not None else pixels.copy()
    plain.info = {}  # which has the metadata, and would be saved with the pixels
    return plain


def resized(pixels: Image.Image, size: tuple[int, int]) -> Image.Image:
    return pixels.resize(size, Image.Resampling.LANCZOS, reducing_gap=_GAP)


def average_colour(pixels: Image.Image) -> str:
    """The average colour as ``#rrggbb``, "" where the picture is transparent."""
    if pixels.mode != "RGB":
        return ""
    point = pixels.resize((1, 1), Image.Resampling.BOX).tobytes()
    return f"#{point.hex()}"


def _orientation(image: ImageFile.ImageFile) -> int:
    try:
        found = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # noqa: BLE001 - odd metadata is no fault of the picture
        return 1
    return found if isinstance(found, int) and found in _TURNS else 1


def _plain(image: Image.Image) -> Image.Image:
    """The picture with 8 bits for each channel, its colours not in a palette, and transparency only where it is used."""
    if image.has_transparency_data:
        pixels = image.convert("RGBA")
        return pixels.convert("RGB") if pixels.getchannel("A").getextrema() == _OPAQUE else pixels
    if image.mode.startswith("I"):  # 16 bits of grey, of which `convert` would cut off the bright ones
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode == "1":
        return image.convert("L")
    return image.convert("RGB") if image.mode == "P" else image


def _in_srgb(pixels: Image.Image, profile: bytes) -> Image.Image:
    """``pixels`` in sRGB. Where the profile is damaged or of another kind of picture, it is not used."""
    alpha = pixels.getchannel("A") if pixels.mode == "RGBA" else None
    colours = pixels.convert("RGB") if alpha else pixels
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        name = ImageCms.getProfileDescription(source)
        if "srgb" not in name.lower():
            converted = ImageCms.profileToProfile(
                colours, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
            colours = converted or colours
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        pass
    colours = _without_profile(colours)
    if alpha is not None:
        colours.putalpha(alpha)
    return colours


def _without_profile(pixels: Image.Image) -> Image.Image:
    return pixels if pixels.mode in ("RGB", "RGBA") else pixels.convert("RGB")

"""Makes the files that a picture is published as: its pixels and nothing else.

No metadata is written: no Exif, XMP or IPTC, no comments, no colour profile, no small picture inside. The same bytes give the
same files, whatever the number of processors.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any, Final

from PIL import Image

from credsite.content.image_pixels import opened, resized, shrunk
from credsite.content.image_variants import EncodedFormat, ImageVariant

_AVIF_SPEED: Final = 8
"""From 0, the slowest, to 10. To make five widths of a photo of 12 megapixels takes 1.6 s at 6, 0.5 s at 8 and 0.3 s at 9. At 6, files
are 8 % smaller; at 9, those of pictures with sharp edges are 20 % larger."""
_WEBP_METHOD: Final = 4
"""From 0, the quickest, to 6. At 2, it takes half the time, and files are 7 % larger."""
_AVIF_BELOW_JPEG: Final = 28
_WEBP_BELOW_JPEG: Final = 4
"""How much lower the quality is to be so that pictures look as a JPEG does: at 80, all have a signal-to-noise ratio of 31 dB."""


def encoded_files(data: bytes, variants: Iterable[ImageVariant], quality: int) -> list[bytes]:
    """The bytes of the ``variants`` of the picture that ``data`` is, which is decoded once for all of them.

    ``quality`` is from 1 to 100, as for a JPEG. Raises nearly anything where the picture is damaged.
    """
    wanted = list(variants)
    sizes = sorted({(one.width, one.height) for one in wanted}, reverse=True)
    with opened(data) as image:
        largest = shrunk(image, *sizes[0])
    pixels = {size: largest if size == sizes[0] else resized(largest, size) for size in sizes}
    return [_encoded(pixels[one.width, one.height], one.format, quality) for one in wanted]


def _encoded(pixels: Image.Image, form: EncodedFormat, quality: int) -> bytes:
    stream = BytesIO()
    pixels.save(stream, form.upper(), **_parameters(form, quality))
    return stream.getvalue()


def _parameters(form: EncodedFormat, quality: int) -> Mapping[str, Any]:
    match form:
        case "avif":
            # One thread and no tiles: how many there are would change the bytes.
            return {
                "quality": max(1, quality - _AVIF_BELOW_JPEG),
                "speed": _AVIF_SPEED,
                "max_threads": 1,
                "autotiling": False,
            }
        case "webp":
            return {"quality": max(1, quality - _WEBP_BELOW_JPEG), "method": _WEBP_METHOD}
        case "jpeg":
            return {"quality": quality, "optimize": True, "progressive": True}
        case "png":
            return {}

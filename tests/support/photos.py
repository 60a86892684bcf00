"""Photographs with everything that cameras and programs write into them, and what exiftool finds in files."""

from __future__ import annotations

import json
import shutil
import struct
import subprocess
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, PngImagePlugin

from tests.support.tools import ToolMissingError

SECRET = b"Qzsecret"
"""A word that is in each kind of metadata of :func:`photo`."""
_STRUCTURE = {
    "ExifTool",
    "System",
    "File",
    "Composite",
    "JFIF",
    "RIFF",
    "PNG",
    "QuickTime",
    "Meta",
    "SourceFile",
}
"""Groups of exiftool that are about the file and its pixels. In each of them, some tags are metadata all the same."""
_PLAIN = {
    *("JFIFVersion", "ResolutionUnit", "XResolution", "YResolution"),
    *(
        "VP8Version",
        "HorizontalScale",
        "VerticalScale",
        "WebP_Flags",
        "AlphaPreprocessing",
        "AlphaFiltering",
        "AlphaCompression",
    ),
    *("ImageWidth", "ImageHeight", "BitDepth", "ColorType", "Compression", "Filter", "Interlace"),
}
_ABOUT_PIXELS = {"JFIF", "RIFF", "PNG"}


def exiftool() -> str:
    found = shutil.which("exiftool")
    if found is None:
        raise ToolMissingError(
            "There is no exiftool: install it (on Debian and Ubuntu: apt-get install libimage-exiftool-perl)."
        )
    return found


def metadata(paths: Iterable[Path]) -> dict[str, list[str]]:
    """What exiftool finds in each of the files beside their pixels: ``Group:Tag``, by name of the file."""
    command = [exiftool(), "-json", "-groupNames1", "-duplicates", "-unknown", "-extractEmbedded"]
    done = subprocess.run([*command, *map(str, paths)], check=True, capture_output=True)
    files: list[dict[str, Any]] = json.loads(done.stdout)
    found = {}
    for file in files:
        pairs = (key.partition(":")[::2] for key in file)
        found[Path(file["SourceFile"]).name] = [
            f"{group}:{tag}"
            for group, tag in pairs
            if group not in _STRUCTURE or (group in _ABOUT_PIXELS and tag not in _PLAIN)
        ]
    return found


def photo(
    form: str, size: tuple[int, int] = (400, 300), *, orientation: int = 1, mode: str = "RGB", **more: Any
) -> bytes:
    """A picture, whose left half is red and whose right half is blue, with all the metadata that its format can hold."""
    image = Image.new("RGB", size, (200, 0, 0))
    image.paste((0, 0, 200), (size[0] // 2, 0, *size))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = exif[0x013B] = SECRET.decode()  # ImageDescription, Artist
    exif.get_ifd(0x8825).update({1: "N", 2: (44.0, 39.0, 1.0), 3: "W", 4: (63.0, 34.0, 1.0)})
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    xmp += (
        b'<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" dc:source="'
        + SECRET
        + b'"/></rdf:RDF></x:xmpmeta>'
    )
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    parameters: dict[str, Any] = {"exif": exif, "icc_profile": profile, "xmp": xmp}
    if form == "PNG":
        texts = PngImagePlugin.PngInfo()
        texts.add_text("Comment", SECRET.decode())
        texts.add_itxt("XML:com.adobe.xmp", xmp.decode())
        parameters = {"exif": exif, "icc_profile": profile, "pnginfo": texts}
    elif form == "GIF":
        parameters = {"comment": SECRET}
    elif form == "JPEG":
        parameters["comment"] = SECRET
    stream = BytesIO()
    image.convert(mode).save(stream, form, **{**parameters, **more})
    data = stream.getvalue()
    return _with_iptc(data) if form == "JPEG" else data


def _with_iptc(data: bytes) -> bytes:
    """A JPEG with the author's name as agencies write it."""
    field = b"\x1c\x02\x50" + struct.pack(">H", len(SECRET)) + SECRET
    resource = (
        b"Photoshop 3.0\x008BIM\x04\x04\0\0"
        + struct.pack(">I", len(field))
        + field
        + b"\0" * (len(field) % 2)
    )
    return data[:2] + b"\xff\xed" + struct.pack(">H", len(resource) + 2) + resource + data[2:]

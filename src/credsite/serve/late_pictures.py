"""The pictures of the preview, which are made when a browser asks for them: nobody waits for those that are not looked at.

They are what a build publishes, without any metadata, since others may see the preview too. Nothing of them is written to the
disk.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import BoundedSemaphore, Lock
from typing import Final

from credsite.build.render import SiteRenderer
from credsite.content.image_variants import ImageVariant, mark_of
from credsite.content.images import ImageFile

_AT_ONCE: Final = 2
"""Pictures that are made at the same time. Each takes up to 200 MB of memory."""
_MAX_MEMORY: Final = 100_000_000
"""Bytes of the pictures that are remembered: hundreds of them."""


class LatePictures:
    """Makes the pictures of the website that was written last. Several threads may ask for them at once."""

    def __init__(self) -> None:
        self._renderer: SiteRenderer | None = None
        self._images: dict[str, list[ImageFile]] = {}
        """By the digest in the names of their files. Several pictures may have the same bytes."""
        self._made: OrderedDict[str, bytes] = OrderedDict()
        self._memory = 0
        self._lock = Lock()
        self._makers = BoundedSemaphore(_AT_ONCE)

    def update(self, renderer: SiteRenderer | None) -> None:
        """Show the pictures of another website from now on, and forget those that it does not have. None shows none."""
        images: dict[str, list[ImageFile]] = {}
        for image in renderer.pictures() if renderer is not None else ():
            images.setdefault(mark_of(image.output), []).append(image)
        with self._lock:
            self._renderer, self._images = renderer, images
            for path in [path for path in self._made if mark_of(path) not in images]:
                self._memory -= len(self._made.pop(path))

    def get(self, path: str) -> bytes | None:
        """The file at an output path; None where the website has no such picture. Raises nearly anything where it is damaged."""
        found = self._find(path)
        if found is None:
            return None
        renderer, image, variant = found
        with self._makers:
            with self._lock:
                if path in self._made:
                    self._made.move_to_end(path)
                    return self._made[path]
            data = renderer.picture_file(image, variant)
            self._remember(path, data)
        return data

    def _find(self, path: str) -> tuple[SiteRenderer, ImageFile, ImageVariant] | None:
        with self._lock:
            renderer, images = self._renderer, self._images.get(mark_of(path), [])
        if renderer is None:
            return None
        pairs = ((image, variant) for image in images for variant in image.variants)
        return next(((renderer, image, variant) for image, variant in pairs if variant.output == path), None)

    def _remember(self, path: str, data: bytes) -> None:
        with self._lock:
            if mark_of(path) not in self._images or path in self._made:
                return
            self._made[path] = data
            self._memory += len(data)
            while self._memory > _MAX_MEMORY:
                _, oldest = self._made.popitem(last=False)
                self._memory -= len(oldest)

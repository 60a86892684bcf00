"""What a share picture shows: the picture that other websites put beside a link to a page.

Source for the size: https://developers.facebook.com/docs/sharing/webmasters/images/, which other networks follow.
"""

from __future__ import annotations

from typing import Final

from credsite.site.views.model import view_model

SHARE_WIDTH: Final = 1200
SHARE_HEIGHT: Final = 630


@view_model
class SharePicture:
    """What the share picture of an entry or of the site says.

    ``kind`` is that of the entry, ``site`` for the site's own picture. ``line`` stands below the title: a provider, a learner,
    the tagline. ``labels`` are short facts, the most important one first. ``seed`` chooses the drawing. ``language`` and
    ``direction`` (``ltr`` or ``rtl``) are those of the site's texts.
    """

    kind: str
    title: str
    line: str
    labels: tuple[str, ...]
    site: str
    seed: str
    language: str
    direction: str

    @property
    def description(self) -> str:
        """The words of the picture, for people who cannot see it."""
        return ", ".join(dict.fromkeys(text for text in (self.title, self.line, *self.labels) if text))

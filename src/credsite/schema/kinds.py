"""The kinds of entries."""

from __future__ import annotations

import enum


class Kind(enum.StrEnum):
    """The kinds of entries. The value is what references use: ``[text](course:first-aid)``."""

    COURSE = "course"
    STORY = "story"
    PATHWAY = "pathway"
    PROVIDER = "provider"
    INDUSTRY = "industry"
    DELIVERY_MODE = "delivery"
    PAGE = "page"

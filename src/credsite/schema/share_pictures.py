"""The pictures that other websites show beside a link to a page, as `share_pictures` in credsite.yaml has them."""

from typing import Annotated, Any, ClassVar

from pydantic import Field

from credsite.schema.models.base import TextOrBlock


class SharePictures(TextOrBlock):
    """Pictures for links that are shared: `true`, `false`, or a block that says how many there are."""

    ONE_LINE: ClassVar[dict[str, Any]] = {"type": "boolean"}
    TEXT_KEY = "drawn"

    drawn: bool = Field(default=True, description="`false` if there are none.")
    limit: Annotated[int, Field(ge=0, le=100_000)] = Field(
        default=500,
        description="The most courses with which each course, story and pathway has a picture of its own. With more, only the "
        "site and its industries have one.",
        examples=[2000],
    )

    def are_of_entries(self, courses: int) -> bool:
        """Whether each entry has a picture, where the site has this number of ``courses``."""
        return self.drawn and courses <= self.limit

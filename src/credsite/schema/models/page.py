"""A guide or any other page."""

from pydantic import Field

from credsite.schema.field_types import Slug, Text
from credsite.schema.models.base import EntryFields, Model, Order
from credsite.schema.vocabularies import USUAL_ORDER


class Menu(Model):
    """An entry in the site's menu."""

    label: Text = Field(description="The words in the menu.")
    order: int = Field(default=USUAL_ORDER, description="The position; lower comes first.", examples=["10"])


class Page(EntryFields):
    """A page of its own, such as a guide or an `about` page."""

    summary: Text = Field(description="One or two sentences, best under 160 characters.")
    order: Order = USUAL_ORDER
    menu: Menu | None = Field(default=None, description="An entry in the site's menu.")
    template: Slug = Field(
        default="page", description="The theme's template: `page`, `guide` or `employers`."
    )

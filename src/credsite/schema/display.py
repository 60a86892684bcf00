"""The mark of a course field that is shown as its declaration says."""

from __future__ import annotations

from dataclasses import dataclass

from credsite.schema.vocabularies import Vocabulary


@dataclass(frozen=True)
class Display:
    """Marks a field that is shown: ``Annotated[GroupSize | None, Display(N_("Group size"), vocabulary=GROUP_SIZES)]``.

    ``label`` is its name for visitors, in English. ``vocabulary`` has the words for values that editors choose from; text,
    whole numbers and true or false need none. ``icon`` is the name of a drawing in the theme's ``icons.svg``. ``id`` names
    the field in addresses and in the HTML; without one, the field's key does.
    """

    label: str
    vocabulary: Vocabulary | None = None
    icon: str = "info"
    on_card: bool = False
    is_filter: bool = False
    id: str = ""

"""What the files of data are made from."""

from __future__ import annotations

from dataclasses import dataclass

from credsite.catalogue.catalogue import Catalogue
from credsite.site.view_builder import ViewBuilder
from credsite.site.views import SiteFrame


@dataclass(frozen=True, slots=True)
class DataContext:
    """The catalogue, a view builder and the layout that all pages share.

    ``catalogue`` is not the one in ``builder``, which records every look-up: what a file of data depends on is in its
    ``input_digest`` instead.
    """

    catalogue: Catalogue
    builder: ViewBuilder
    layout: SiteFrame

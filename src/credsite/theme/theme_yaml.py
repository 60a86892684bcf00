"""The keys of a ``theme.yaml``."""

from collections.abc import Mapping

from credsite.schema.models.base import Model


class ThemeYaml(Model):
    """The keys of a ``theme.yaml``."""

    name: str = ""
    extends: str = ""
    stylesheets: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()
    copies: Mapping[str, str] = {}

"""What to do where there is no credsite.yaml: it has another name, or the command was started in the wrong folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from credsite.schema.config import CONFIG_FILE

_OTHER_NAMES: Final = frozenset(
    {
        *(CONFIG_FILE, "credsite.yml", "credsite.yaml.txt", "credsite.yml.txt", "credsite.txt", "credsite"),
        *("_credsite.yml", "credsite.yaml.yaml", "credsite.yaml.md", "credsite.md"),
    }
)
_MAX_FOLDERS: Final = 200
"""How many folders are looked into: the command may have been started anywhere."""
_MAX_LEVELS: Final = 5
"""How far up a site is looked for."""


def missing_settings_message(root: Path) -> str:
    """The sentences about ``root``, which has no credsite.yaml."""
    here = "this folder" if root.resolve() == Path.cwd() else f"`{root}`"
    message = f"There is no {CONFIG_FILE} in {here}"
    try:
        names = sorted(os.listdir(root))  # noqa: PTH208 - only the names
    except OSError:
        names = []
    if other := next(
        (name for name in names if name.lower() in _OTHER_NAMES and (root / name).is_file()), ""
    ):
        return f"{message}, but there is `{other}`. Rename it to `{CONFIG_FILE}`."
    around = root.resolve().parents[:_MAX_LEVELS]
    above = next((folder for folder in around if (folder / CONFIG_FILE).is_file()), None)
    if above is not None:
        return f"{message}, but the site around it has one. Go into the folder of the site first: `cd {_shown(above)}`."
    sites = [name for name in names[:_MAX_FOLDERS] if (root / name / CONFIG_FILE).is_file()]
    if len(sites) == 1:
        return f"{message}, but there is a site in `{sites[0]}`. Go into that folder first: `cd {_shown(root / sites[0])}`."
    if sites:
        return f"{message}, but in these folders: {', '.join(sites)}. Go into one of them first, with `cd`."
    return f"{message}. Go into the folder of a site with `cd`, or make a new site with `credsite init`."


def _shown(folder: Path) -> str:
    """``folder`` as it is typed behind ``cd``."""
    path = min(os.path.relpath(folder), str(folder.absolute()), key=len)
    return f'"{path}"' if " " in path else path

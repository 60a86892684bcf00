"""What a hook is: the functions that ``hooks.py`` or a package may have, and what they return."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

import pluggy

from credsite.problems.model import KeyPath

if TYPE_CHECKING:
    from credsite.hooks.site_view import EntryView, SiteView

PROJECT: Final = "credsite"
hook = pluggy.HookimplMarker(PROJECT)
"""Marks a function of ``hooks.py`` as a hook: ``@hook``."""
_specification: Final = pluggy.HookspecMarker(PROJECT)


@dataclass(frozen=True, slots=True)
class OutputHook:
    """Files of the website.

    ``make`` gets a :class:`SiteView` and yields paths in the output folder with their content, bytes or text. ``kinds``, ``files``
    and ``settings`` are all that it may ask for: kinds of entries, files of the site, keys of credsite.yaml. ``name`` is for
    messages, and decides the order. The same input must always give the same files.
    """

    name: str
    make: Callable[[SiteView], Iterable[tuple[str, bytes | str]]]
    kinds: Sequence[str] = ()
    files: Sequence[str] = ()
    settings: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class HookFinding:
    """Something that a check has found: a sentence that says what to do, and the entry that it is about.

    ``key`` is a key of its front matter, such as ``"price"`` or ``("sessions", 0, "starts")``. What is about no entry may name
    the ``path`` of another file of the site.
    """

    message: str
    entry: EntryView | None = None
    key: str | KeyPath = ()
    path: str = ""


@dataclass(frozen=True, slots=True)
class CheckHook:
    """A check of the content, which yields :class:`HookFinding`.

    ``code`` begins with ``own-``. ``meaning`` is a sentence on what problems with this code are. An ``"error"`` forbids to
    build; ``problems`` in credsite.yaml can change the severity as for all other codes.
    """

    code: str
    check: Callable[[SiteView], Iterable[HookFinding]]
    meaning: str
    severity: Literal["error", "warning", "advice"] = "warning"
    kinds: Sequence[str] = ()
    files: Sequence[str] = ()
    settings: Sequence[str] = ()


class HookFunctions:
    """The functions that ``hooks.py`` or a package may have. Each is called once."""

    @_specification
    def credsite_outputs(self) -> Sequence[OutputHook]:  # type: ignore[empty-body]
        """Files of the website."""

    @_specification
    def credsite_checks(self) -> Sequence[CheckHook]:  # type: ignore[empty-body]
        """Checks of the content."""

    @_specification
    def credsite_filters(self) -> Mapping[str, Callable[..., Any]]:  # type: ignore[empty-body]
        """Filters for templates, by their names."""

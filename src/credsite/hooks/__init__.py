"""Code of a publisher's own that takes part in builds: files of the website, checks, and filters for templates.

``hooks.py`` beside credsite.yaml, or an installed package, imports what it needs from here and from nowhere else in credsite:
``from credsite.hooks import CheckHook, HookFinding, OutputHook, hook``. docs/developing/hooks.md has an example.
"""

from __future__ import annotations

from credsite.hooks.api import CheckHook, HookFinding, OutputHook, hook
from credsite.hooks.site_view import EntryView, SiteView

__all__ = ["CheckHook", "EntryView", "HookFinding", "OutputHook", "SiteView", "hook"]

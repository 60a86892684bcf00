"""The tree of errors. What an editor can cause in content is a Problem, not an error (see problems.py)."""

from __future__ import annotations


class CredsiteError(Exception):
    """A run cannot go on. The message is one or more plain sentences that say what to do."""

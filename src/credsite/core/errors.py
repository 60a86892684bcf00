"""The base of all errors. What an author can cause in content is a Problem, not an error (see problems/)."""

from __future__ import annotations


class CredsiteError(Exception):
    """credsite cannot go on. The message is one or more plain sentences that say what to do."""

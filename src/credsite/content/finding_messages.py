"""What editors read about what is wrong in a text in Markdown."""

from __future__ import annotations

import re
from typing import Final

from credsite.content.markdown.sanitizer import Finding

_FROM_WORD: Final = re.compile(r"<[ovwm]:|\bMso|mso-", re.IGNORECASE)
"""What Microsoft Word leaves in HTML."""


def finding_message(finding: Finding) -> str:
    messages = {
        "link-scheme": _scheme_message(finding.detail),
        "html-not-allowed": f"`{finding.detail}` is not allowed in a text and is left out. {_html_advice(finding)}",
        "image-external": "An image would be loaded from another website. Put the image file beside this one instead.",
        "image-alt-missing": "Say what the image shows, for people who cannot see it: ![two learners at a desk](photo.jpg).",
        "markdown-unusual": finding.detail,
        "body-too-complex": finding.detail
        or "The text is nested too deeply or is too complicated. Write it more simply.",
    }
    return messages[finding.code]


def _scheme_message(scheme: str) -> str:
    if len(scheme) == 2 or scheme == "file:":  # `C:` of Windows
        return (
            "This link leads to a file on your own computer, which visitors do not have. Put a picture beside this file, and any "
            "other file into `static/`; then write only its name, for a file in `static/` with a slash before it."
        )
    return f"A link begins with `{scheme}`, which is not allowed. Use https://, http://, mailto: or tel:."


def _html_advice(finding: Finding) -> str:
    if finding.detail in ("<iframe>", "<embed>", "<object>", "<video>", "<audio>"):
        return "Pages show nothing of other websites. Write a link to it: `[Watch the film](https://www.youtube.com/watch?v=…)`."
    if _FROM_WORD.search(finding.snippet):
        return "It comes from a word processor: delete it, and paste the words again as plain text."
    return "Write Markdown instead."

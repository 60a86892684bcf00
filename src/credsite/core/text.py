"""Text as files hold it."""

from __future__ import annotations


def normalize_text(text: str) -> str:
    """``text`` without a byte order mark and with ``\\n`` line ends."""
    text = text.removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text

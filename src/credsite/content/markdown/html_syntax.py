"""What CommonMark takes for HTML within a text."""

from __future__ import annotations

from typing import Final

_ATTRIBUTE: Final = r"""\s++[A-Za-z_:][\w.:\-]*+(?:\s*+=\s*+(?:[^\s"'=<>`]++|'[^']*+'|"[^"]*+"))?+"""
TAG: Final = rf"<(?:[A-Za-z][A-Za-z0-9\-]*+(?:{_ATTRIBUTE})*+\s*+/?>|/[A-Za-z][A-Za-z0-9\-]*+\s*+>)"
"""An opening or a closing tag, as a regular expression."""

ENDS: Final = {"<!--": "-->", "<?": "?>", "<![CDATA[": "]]>", "<!": ">"}
"""How what is no tag begins, the longest first where two begin alike, and what ends it."""

"""Checks a page's accessibility with axe-core."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from playwright.sync_api import Page

from tests.support.tools import axe_script

# All rules that axe checks by default (WCAG 2.0 to 2.2 A and AA, and best practice), and two that it checks only on request:
# `target-size` is WCAG 2.2 AA and `label-content-name-mismatch` WCAG 2.1 A.
OPTIONS = {
    "resultTypes": ["violations"],
    "rules": {"target-size": {"enabled": True}, "label-content-name-mismatch": {"enabled": True}},
}

COLOURS = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
"""Only the rules whose result depends on the colour scheme."""


def axe_violations(page: Page, options: Mapping[str, Any] = OPTIONS) -> list[str]:
    """The problems that axe finds on the page in its current state, one sentence for each element.

    This works under a strict Content-Security-Policy too, because the script is injected through the browser's debugging
    interface. Raises ToolMissingError if axe-core was not fetched.
    """
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_source())
    result = page.evaluate("options => axe.run(document, options)", options)
    return [_sentence(violation, node) for violation in result["violations"] for node in violation["nodes"]]


@cache
def _source() -> str:
    # A function expression without a return value, so that no result is sent back.
    return f"() => {{ {axe_script().read_text(encoding='utf-8')} }}"


def _sentence(violation: dict[str, Any], node: dict[str, Any]) -> str:
    place = " > ".join(str(step) for step in node["target"])
    reasons = [check["message"] for key in ("any", "all", "none") for check in node[key]]
    html = node["html"] if len(node["html"]) <= 160 else node["html"][:157] + "..."
    return f"{violation['id']} ({violation['impact']}) at {place}: {'; '.join(reasons)} [{html}]"

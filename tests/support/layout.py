"""Finds text that does not fit: pages that scroll sideways, and elements whose content is cut or lies over its neighbours."""

from __future__ import annotations

from typing import Final

OVERFLOWS: Final = """() => {
    const found = [];
    const named = element => element.tagName.toLowerCase()
        + [...element.classList].map(name => `.${name}`).join("");
    const page = document.scrollingElement;
    if (page.scrollWidth > innerWidth) found.push(`the page is ${page.scrollWidth} px wide`);
    const scrolls = style => style.overflowX === "auto" || style.overflowX === "scroll";
    // What lies in the margin on purpose, such as the highlight of a value, is no overflow.
    const reachesOut = element => [...element.querySelectorAll("*")].some(
        inner => parseFloat(getComputedStyle(inner).marginRight) < 0 || parseFloat(getComputedStyle(inner).marginLeft) < 0);
    for (const element of document.querySelectorAll("body, body *")) {
        const style = getComputedStyle(element);
        if (style.display === "inline" || element.clientWidth === 0) continue;
        if (element.scrollWidth <= element.clientWidth + 1 || scrolls(style)) continue;
        // For screen readers only; controls that scroll by themselves.
        if (style.clipPath !== "none" || element.closest("svg, textarea, input, select")) continue;
        if (page.scrollWidth <= innerWidth && reachesOut(element)) continue;
        found.push(`${named(element.parentElement)} > ${named(element)}: `
            + `${element.scrollWidth} px in ${element.clientWidth} px`);
    }
    return found;
}"""
"""A script that says what does not fit, in an array of strings. What a reader can scroll fits."""

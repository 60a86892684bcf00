from __future__ import annotations

import pytest

from credsite.content.svg import SvgError, read_svg

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'


def are_too_many(inside: str) -> bool:
    try:
        read_svg(f"{HEAD}{inside}</svg>".encode())
    except SvgError as error:
        return "again and again" in error.fault.words
    return False


def chain(element: str, reference: str, length: int = 8) -> str:
    """Elements that each refer to the one before ten times."""
    links = "".join(
        f'<{element} id="a{n}">{reference.format(f"#a{n - 1}") * 10}</{element}>' for n in range(1, length)
    )
    return f'<{element} id="a0"><path/></{element}>{links}'


@pytest.mark.parametrize(
    ("element", "reference"),
    [
        ("g", '<use href="{}"/>'),
        ("g", '<use xlink:href=" {} "/>'),
        ("symbol", '<use href="{}"/>'),
        ("mask", '<path mask="url({})"/>'),
        ("pattern", "<path style=\"fill: url('{}')\"/>"),
        ("marker", '<path marker-mid="URL( &quot;{}&quot; )"/>'),
        ("filter", '<feImage href="{}"/>'),
        ("g", '<g><set attributeName="mask" to="url({})"/></g>'),
    ],
)
def test_long_chains(element: str, reference: str) -> None:
    assert are_too_many(chain(element, reference))
    assert not are_too_many(chain(element, reference, length=5))


def test_ids_that_are_percent_encoded() -> None:
    assert are_too_many(chain("g", '<use href="{}"/>').replace('"#a', '"#%61'))


@pytest.mark.parametrize(
    "inside",
    [
        '<g id="a"><use href="#a"/></g>',
        '<g id="a"><g><use href="#b"/></g></g><g id="b"><use href="#a"/></g>',
        '<pattern id="a"><path fill="url(#a)"/></pattern>',
    ],
)
def test_circles(inside: str) -> None:
    assert are_too_many(inside)


@pytest.mark.parametrize(
    "inside",
    [
        '<path id="m"/>' + '<use href="#m" fill="url(#g)"/>' * 50_000 + '<linearGradient id="g"/>',
        '<a id="a" href="#a"/><use href="#gone"/>',
        '<g id="a"><clipPath id="c"><path/></clipPath><path clip-path="url(#c)"/></g>',
        '<path id="a"/><g id="b"><use href="#a"/></g><g id="a"><use href="#b"/></g>',
        '<path id="a"/><text><textPath href="#a">x</textPath></text><animateMotion><mpath href="#a"/></animateMotion>',
    ],
)
def test_ordinary_references(inside: str) -> None:
    assert not are_too_many(inside)


def test_long_chains_of_single_references() -> None:
    """Each of them is drawn with all behind it."""
    links = [f'<g id="a{n}"><use href="#a{n + 1}"/></g>' for n in range(50_000)]
    assert not are_too_many("".join(links[:700]))
    assert are_too_many("".join(links))

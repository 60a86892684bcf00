"""Draws share pictures: the theme's template becomes an SVG, and that a PNG of few colours."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Sequence
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from jinja2 import BaseLoader, Environment, StrictUndefined, Template, TemplateNotFound

from credsite.content.icons import contained
from credsite.content.svg_drawing import drawn_svg
from credsite.site.views import SHARE_HEIGHT, SHARE_WIDTH, SharePicture
from credsite.theme.drawings import tiles
from credsite.theme.loader import ThemeError
from credsite.theme.renderer import template_error
from credsite.theme.share_pictures.design import SUFFIX, TEMPLATE, Design
from credsite.theme.share_pictures.lines import FittedText, fitted_text
from credsite.theme.share_pictures.picture_fonts import PictureFont, own_font, packaged_font
from credsite.theme.templates import theme_loader


class LogoImage(NamedTuple):
    """The logo as the ``href`` of an image, and its size in pixels."""

    href: str
    width: int
    height: int


class PictureDrawer:
    """Draws the share pictures of one site. Not thread-safe."""

    def __init__(self, design: Design) -> None:
        self._design = design
        self._loader = _PictureLoader(theme_loader(design.theme))
        self._environment = _environment(self._loader)
        self._environment.globals.update(
            design=design, logo=cache(self._logo), width=SHARE_WIDTH, height=SHARE_HEIGHT
        )
        self._environment.filters["fitted"] = self._fitted
        self._used: set[PictureFont] = set()
        self._is_rtl = False

    def draw(self, picture: SharePicture) -> bytes:
        """The PNG of a picture. The same picture gives the same bytes. ThemeError where the template is wrong."""
        self._used.clear()
        self._is_rtl = picture.direction == "rtl"
        folders = tuple(str(folder.path / "templates") for folder in self._design.theme.ancestry)
        template: Template | None = None
        try:
            template = self._environment.get_template(TEMPLATE)
            svg = template.render(picture=picture)
        except ThemeError:
            raise
        except Exception as error:
            known = [name for name in self._design.theme.files("templates") if name.endswith(SUFFIX)]
            raise template_error(error, TEMPLATE, known, folders) from error
        try:
            used = sorted(self._used, key=lambda one: (one.family, one.weight))
            return drawn_svg(svg, SHARE_WIDTH, SHARE_HEIGHT, [one.data for one in used])
        except ValueError as error:
            path = Path(template.filename) if template.filename else None
            raise ThemeError(f"What this template makes cannot be drawn: {error}.", path) from error

    def _fitted(
        self, text: str, width: float, sizes: Sequence[tuple[float, int]], *, is_title: bool = False
    ) -> FittedText:
        """The filter ``fitted``: a text in lines, with the font that it is drawn in."""
        fonts = self._title_fonts if is_title else self._text_fonts
        fitted = fitted_text(text, fonts, width, sizes, is_rtl=self._is_rtl)
        self._used.update(fitted.fonts)
        return fitted

    @cached_property
    def _title_fonts(self) -> tuple[PictureFont, ...]:
        """The fonts of titles, the best first: the site's headings, bold texts, and letters that no bold font has."""
        fonts = [
            *self._own("display-bold", 700),
            *self._own("display-regular", 400),
            *self._own("text-bold", 700),
        ]
        text = self._own("text-regular", 700)
        is_variable = any(one.is_variable for one in text)
        return (*fonts, *(text if is_variable else ()), packaged_font(700), *(() if is_variable else text))

    @cached_property
    def _text_fonts(self) -> tuple[PictureFont, ...]:
        return (*self._own("text-regular", 400), packaged_font(400), *self._own("display-regular", 400))

    def _own(self, name: str, weight: int) -> tuple[PictureFont, ...]:
        """The font of the site with a name such as ``text-bold``, if there is one that can be read."""
        data = self._design.fonts.get(name)
        font = own_font(data, f"own-{name}", weight) if data is not None else None
        return (font,) if font is not None else ()

    def _logo(self, width: int, height: int) -> LogoImage | None:
        """The function ``logo``: the logo, as large as it can be in ``width`` by ``height`` pixels; None for a site without."""
        logo = self._design.logo
        if logo is None:
            return None
        try:
            image = contained(logo.data, is_svg=logo.is_svg, width=width, height=height)
        except (
            ValueError,
            OSError,
        ):  # only browsers can draw it; where icons are made of it, that is a problem
            return None
        data = BytesIO()
        image.save(data, "PNG")
        href = f"data:image/png;base64,{b64encode(data.getvalue()).decode()}"
        return LogoImage(href, image.width, image.height)


def _environment(loader: BaseLoader) -> Environment:
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["tiles"] = tiles
    return environment


class _PictureLoader(BaseLoader):
    """Loads only templates of pictures: by these, it is known when pictures have to be drawn again."""

    def __init__(self, loader: BaseLoader) -> None:
        self._loader = loader

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        if not template.endswith(SUFFIX):
            raise TemplateNotFound(template)
        return self._loader.get_source(environment, template)

"""A site with a brand: a build after changes of it equals a clean build, and icons are drawn only when their picture changes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from credsite.cli import main
from credsite.content.icons import Icon
from tests.content.test_images import picture
from tests.end_to_end.test_incremental import build
from tests.support.small_site import small_site

BRAND = {"colours": '{accent: "#00827f"}', "logo": "brand/logo.png", "hero": "brand/hero.png"}
OTHER = {
    "colours": '{accent: "#7a1f3d"}',
    "corners": "square",
    "fonts": "{text: humanist}",
    "logo": "brand/logo.png",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    site = small_site(tmp_path)
    (site / "brand").mkdir()
    (site / "brand/logo.png").write_bytes(picture(size=(60, 20)))
    (site / "brand/hero.png").write_bytes(picture(size=(64, 48)))
    set_brand(site, BRAND)
    return site


def set_brand(site: Path, values: dict[str, str]) -> None:
    lines = "".join(f"  {key}: {value}\n" for key, value in values.items())
    settings = (site / "credsite.yaml").read_text(encoding="utf-8").partition("brand:\n")[0]
    (site / "credsite.yaml").write_text(f"{settings}brand:\n{lines}", encoding="utf-8")


def test_a_changed_brand_reaches_every_page_and_icons_are_drawn_only_of_a_changed_logo(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[int] = []
    draw = Icon.drawn
    monkeypatch.setattr(Icon, "drawn", lambda icon: drawn.append(icon.size) or draw(icon))
    first = build(site, tmp_path / "edited")
    assert sorted(drawn) == [32, 180, 192, 192, 512, 512]
    home = first["index.html"].decode()
    for address in re.findall(r'<link rel="(?:icon|apple-touch-icon|manifest)" href="([^"]+)"', home):
        assert any(address.endswith(path) for path in first), address
    set_brand(site, OTHER)
    build(site, tmp_path / "edited")
    assert len(drawn) == 6
    (site / "brand/logo.png").write_bytes(picture(size=(20, 60)))
    second = build(site, tmp_path / "edited")
    assert len(drawn) == 12
    assert {path for path in first if "brand/any-" in path}.isdisjoint(second)
    assert second == build(site, tmp_path / "clean", no_cache=True)


def test_a_logo_that_cannot_be_drawn_is_told_of(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Icon) -> bytes:
        raise ValueError("the document has no root node")

    monkeypatch.setattr(Icon, "drawn", fail)
    done = CliRunner().invoke(main, ["build", str(site)])
    assert done.exit_code == 2
    assert "cannot be drawn from its logo: the document has no root node" in " ".join(done.output.split())

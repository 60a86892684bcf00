"""Drawings of tiles: always the same for a text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from credsite.content.image_inspection import Inspection, inspected
from credsite.theme.drawings import mark_svg, tiles


def test_a_text_has_one_drawing_of_its_own() -> None:
    assert tiles("design", 3, 2) == tiles("design", 3, 2)
    seeds = [f"industry-{number}" for number in range(50)]
    assert len({tiles(seed, 3, 2) for seed in seeds}) == len(seeds)


def test_tiles_have_different_places_and_neighbours_different_shapes() -> None:
    for number in range(50):
        found = tiles(str(number), 5, 4)
        places = [(tile.column, tile.row) for tile in found]
        assert len(set(places)) == len(places) <= 20
        assert all(column < 5 and row < 4 for column, row in places)
        assert {tile.tone for tile in found} <= {1, 2, 3, 4}
        assert {tile.turn for tile in found} <= {0, 90, 180, 270}
        shapes = {(tile.column, tile.row): tile.shape for tile in found}
        assert not any(shapes.get((column + 1, row)) == shape for (column, row), shape in shapes.items())


@given(st.text())
def test_marks_are_pictures_that_credsite_accepts(seed: str) -> None:
    mark = mark_svg(seed, "#7a1f3d", ("#ffffff", "#ffd166"))
    assert mark == mark_svg(seed, "#7a1f3d", ("#ffffff", "#ffd166"))
    assert inspected(mark, is_svg=True) == Inspection(40, 40)

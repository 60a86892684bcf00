"""The keys of a theme.yaml, as a model."""

from __future__ import annotations

from credsite.theme.theme_yaml import ThemeYaml


def test_pydantic_compiles_no_annotation_at_each_start() -> None:
    annotations = vars(ThemeYaml)["__annotations__"]
    assert annotations
    assert not any(isinstance(annotation, str) for annotation in annotations.values())

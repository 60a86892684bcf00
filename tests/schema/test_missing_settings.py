"""Where the settings are missing, the message says what to type."""

from __future__ import annotations

from pathlib import Path

import pytest

from credsite.schema.missing_settings import missing_settings_message


@pytest.mark.parametrize("name", ["credsite.yml", "credsite.yaml.txt", "Credsite.YML"])
def test_another_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("title: A\n")
    assert missing_settings_message(tmp_path).endswith(f"there is `{name}`. Rename it to `credsite.yaml`.")


@pytest.mark.parametrize(
    ("sites", "start", "advice"),
    [
        ([""], "content/courses", "`cd ../..`."),
        (["our site"], "", '`cd "our site"`.'),
        (["a", "b"], "", "in these folders: a, b. Go into one of them first, with `cd`."),
        ([], "", "make a new site with `credsite init`."),
    ],
)
def test_the_wrong_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sites: list[str], start: str, advice: str
) -> None:
    tmp_path = tmp_path.joinpath("1", "2", "3", "4", "5", "6")  # other tests may have left a site above
    tmp_path.mkdir(parents=True)
    for site in sites:
        (tmp_path / site).mkdir(exist_ok=True)
        (tmp_path / site / "credsite.yaml").write_text("title: A\n")
    (tmp_path / start).mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(tmp_path / start)
    message = missing_settings_message(Path())
    assert message.startswith("There is no credsite.yaml in this folder")
    assert message.endswith(advice)


def test_a_folder_that_was_named(tmp_path: Path) -> None:
    assert f"There is no credsite.yaml in `{tmp_path}`" in missing_settings_message(tmp_path)

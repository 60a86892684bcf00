from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from credsite.core.errors import CredsiteError
from credsite.theme.loader import ThemeError, load_theme
from credsite.theme.packaged import packaged_themes
from credsite.theme.renderer import Renderer
from tests.support.paths import REPOSITORY
from tests.theme.conftest import PAGE, LoadTheme, MakeTheme


def test_a_theme_of_the_site_comes_before_one_that_comes_with_credsite(
    make_theme: MakeTheme, load: LoadTheme, packaged: Path
) -> None:
    make_theme("plain", parent=packaged)
    own = make_theme("plain")
    assert load("plain").ancestry[0].path == own


def test_a_child_is_followed_to_its_oldest_ancestor(
    make_theme: MakeTheme, load: LoadTheme, packaged: Path
) -> None:
    make_theme("old", parent=packaged)
    make_theme("middle", "extends: old")
    make_theme("young", "name: Young\nextends: middle")
    assert [folder.name for folder in load("young").ancestry] == ["young", "middle", "old"]


def test_the_childs_files_replace_its_parents(make_theme: MakeTheme, load: LoadTheme) -> None:
    parent = make_theme("parent", files={"assets/a.txt": "parent", "assets/b.txt": "parent"})
    child = make_theme("child", "extends: parent", {"assets/a.txt": "child"})
    theme = load("child")
    assert theme.files("assets") == {"a.txt": child / "assets/a.txt", "b.txt": parent / "assets/b.txt"}


def test_stylesheets_and_templates_add_up_from_the_oldest(make_theme: MakeTheme, load: LoadTheme) -> None:
    css = {
        "assets/css/a.css": "",
        "assets/css/b.css": "",
        "templates/page.html": "",
        "templates/guide.html": "",
    }
    make_theme("parent", "stylesheets: [css/a.css, css/b.css]\ntemplates: [page]", css)
    child = "extends: parent\nstylesheets: [css/c.css, css/a.css]\ntemplates: [guide]"
    make_theme("child", child, {"assets/css/c.css": ""})
    theme = load("child")
    assert theme.stylesheets == ("css/a.css", "css/b.css", "css/c.css")
    assert theme.templates == ("page", "guide")


@pytest.mark.parametrize(
    "changed", ["theme.yaml", "templates/a.html", "assets/a.txt", "locale/fr/LC_MESSAGES/messages.po"]
)
def test_the_digest_changes_with_every_file_of_the_chain(
    make_theme: MakeTheme, load: LoadTheme, changed: str
) -> None:
    files = {"templates/a.html": "a", "assets/a.txt": "a", "locale/fr/LC_MESSAGES/messages.po": "a"}
    parent = make_theme("parent", "name: a", files)
    make_theme("child", "extends: parent")
    before = load("child").digest
    assert load("child").digest == before
    (parent / changed).write_text("name: b")
    assert load("child").digest != before


def test_the_digest_changes_when_a_file_gets_another_name(make_theme: MakeTheme, load: LoadTheme) -> None:
    folder = make_theme("plain", files={"templates/a.html": "a"})
    before = load("plain").digest
    (folder / "templates/a.html").rename(folder / "templates/b.html")
    assert load("plain").digest != before


def test_hidden_files_and_backups_are_no_part_of_a_theme(make_theme: MakeTheme, load: LoadTheme) -> None:
    folder = make_theme("plain", files={"assets/a.txt": "a"})
    before = load("plain").digest
    (folder / "assets/.DS_Store").write_text("x")
    (folder / "assets/a.txt~").write_text("x")
    theme = load("plain")
    assert theme.digest == before
    assert list(theme.files("assets")) == ["a.txt"]


@pytest.mark.parametrize(
    ("settings", "line", "words"),
    [
        ("name: Plain\nextend: default", 2, "Did you mean `extends`?"),
        ("name: [a]", 1, "`name` needs one text"),
        ("- a", 1, "`key: value` lines"),
        ("name: Plain\nstylesheets: css/a.css", 2, "`stylesheets` needs a list"),
        ("stylesheets:\n  - css/a.css\n  - [b]", 3, "needs one text"),
        ("stylesheets:\n  - css/a.css\n  - css/bb.css", 3, "Did you mean `css/b.css`?"),
        ("templates: [page]", 1, "templates/page.html does not exist"),
        ("templates:\n  - ../page", 2, "not a name for a page template"),
        ("name: a\nname: b", 2, "twice"),
        ("name: a\n\textends: b", 2, "tab"),
        ("name: a\nextends: defalt", 2, "There is no theme `defalt`. Did you mean `default`?"),
        ("extends: bad", 1, "in a circle: bad extends bad"),
        ("extends: ../bad", 1, "There is no theme `../bad`."),
        ("copies:\n  templates/a.html: x\n  ../a.html: x", 3, "not the path of a file in this theme"),
        ("copies: {/etc/passwd: x}", 1, "not the path of a file in this theme"),
        ("copies: {theme.yaml: x}", 1, "not the path of a file in this theme"),
    ],
)
def test_a_mistake_in_theme_yaml_is_named_with_its_line(
    make_theme: MakeTheme, load: LoadTheme, packaged: Path, settings: str, line: int, words: str
) -> None:
    make_theme("default", parent=packaged)
    folder = make_theme("bad", settings, {"assets/css/a.css": "", "assets/css/b.css": ""})
    with pytest.raises(ThemeError) as caught:
        load("bad")
    assert words in caught.value.message
    assert (caught.value.path, caught.value.line) == (folder / "theme.yaml", line)
    assert str(caught.value).startswith(f"{folder / 'theme.yaml'}:{line}: ")
    assert isinstance(caught.value, CredsiteError)


def test_a_long_circle_is_named_completely(make_theme: MakeTheme, load: LoadTheme) -> None:
    make_theme("a", "extends: b")
    make_theme("b", "extends: c")
    last = make_theme("c", "name: C\nextends: b")
    with pytest.raises(ThemeError, match="a extends b extends c extends b") as caught:
        load("a")
    assert (caught.value.path, caught.value.line) == (last / "theme.yaml", 2)


def test_an_unknown_theme_names_those_that_there_are(
    make_theme: MakeTheme, load: LoadTheme, packaged: Path
) -> None:
    make_theme("default", parent=packaged)
    make_theme("harbour")
    with pytest.raises(ThemeError, match="There is: `default`, `harbour`") as caught:
        load("zzz")
    assert (caught.value.path, caught.value.line) == (None, 0)
    with pytest.raises(ThemeError, match="Did you mean `harbour`"):
        load("harbor")


def test_a_theme_folder_without_theme_yaml_is_named(site: Path, load: LoadTheme) -> None:
    (site / "themes/plain").mkdir(parents=True)
    with pytest.raises(ThemeError, match=r"no file theme\.yaml") as caught:
        load("plain")
    assert caught.value.path == site / "themes/plain/theme.yaml"


@pytest.mark.parametrize("name", ["", ".", "..", "../site", "a/b", "/"])
def test_a_name_that_is_a_path_is_no_theme(make_theme: MakeTheme, load: LoadTheme, name: str) -> None:
    make_theme("a")
    with pytest.raises(ThemeError, match="There is no theme"):
        load(name)


def test_theme_yaml_that_is_not_utf8(make_theme: MakeTheme, load: LoadTheme) -> None:
    make_theme("plain", files={"theme.yaml": b"name: \xff"})
    with pytest.raises(ThemeError, match="UTF-8"):
        load("plain")


@pytest.mark.parametrize(
    "name", ["theme.yaml", "templates/a.html", "assets/a.css", "assets/a.js", "locale/fr/LC_MESSAGES/a.po"]
)
@pytest.mark.parametrize("marker", ["<<<<<<< HEAD", ">>>>>>> spring"])
def test_a_merge_conflict_is_found_in_all_files(
    make_theme: MakeTheme, load: LoadTheme, name: str, marker: str
) -> None:
    folder = make_theme("plain", files={name: f"# a\n{marker}\n# b\n".encode()})
    with pytest.raises(ThemeError, match="merge conflict") as error:
        load("plain")
    assert (error.value.path, error.value.line) == (folder / name, 2)


@pytest.mark.parametrize("leads", ["out", "within", "nowhere"])
@pytest.mark.parametrize(
    "link", ["assets/secret.txt", "templates/a.html", "locale", "assets", "assets/more", "theme.yaml"]
)
def test_a_symbolic_link_is_refused_wherever_it_leads(
    make_theme: MakeTheme, load: LoadTheme, tmp_path: Path, link: str, leads: str
) -> None:
    outside = tmp_path / "outside"
    (outside / "folder").mkdir(parents=True)
    (outside / "file").write_text("name: secret")
    folder = make_theme(
        "plain", files={"assets/a.txt": "", "templates/b.html": "", "file": "", "folder/c": ""}
    )
    path = folder / link
    if link == "assets":
        (path / "a.txt").unlink()
        path.rmdir()
    elif path.exists():
        path.unlink()
    name = "file" if "." in link else "folder"
    path.symlink_to({"out": outside / name, "within": folder / name, "nowhere": "nowhere"}[leads])
    message = "no file theme.yaml" if (link, leads) == ("theme.yaml", "nowhere") else "symbolic link"
    with pytest.raises(ThemeError, match=message) as caught:
        load("plain")
    assert caught.value.path == path


def test_a_theme_that_is_a_link_is_refused(
    make_theme: MakeTheme, load: LoadTheme, site: Path, tmp_path: Path
) -> None:
    elsewhere = make_theme("plain", parent=tmp_path / "elsewhere")
    (site / "themes").mkdir()
    (site / "themes/plain").symlink_to(elsewhere)
    with pytest.raises(ThemeError, match="symbolic link"):
        load("plain")
    (site / "themes/plain").unlink()
    (site / "themes").rmdir()
    (site / "themes").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ThemeError, match="symbolic link"):
        load("plain")


@pytest.mark.parametrize("path", ["assets/a.txt", "templates/a.html", "locale/fr/LC_MESSAGES/messages.po"])
def test_a_pipe_is_not_waited_for(make_theme: MakeTheme, load: LoadTheme, path: str) -> None:
    folder = make_theme("plain")
    (folder / path).parent.mkdir(parents=True)
    os.mkfifo(folder / path)
    with pytest.raises(ThemeError, match="pipe or a device"):
        load("plain")


def test_a_template_is_not_read_through_a_link_that_appears_later(
    renderer: Callable[..., Renderer], site: Path, tmp_path: Path
) -> None:
    made = renderer({"404.html": "right"})
    (tmp_path / "secret").write_text("secret")
    template = site / "themes/plain/templates/404.html"
    template.unlink()
    template.symlink_to(tmp_path / "secret")
    with pytest.raises(ThemeError, match="symbolic link"):
        made.render(PAGE)


def test_the_default_theme_of_this_checkout_is_found_and_complete(tmp_path: Path) -> None:
    theme = load_theme("default", tmp_path)
    assert theme.ancestry[0].path == REPOSITORY / "themes/default"


def test_an_installed_package_brings_its_own_themes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = tmp_path / "site-packages/credsite/theme/loader.py"
    monkeypatch.setattr("credsite.theme.packaged.__file__", str(module))
    (tmp_path / "themes/default").mkdir(parents=True)
    (tmp_path / "themes/default/theme.yaml").touch()
    assert packaged_themes() == tmp_path / "site-packages/credsite/themes"


def test_only_the_renderer_imports_jinja() -> None:
    modules = [
        f"credsite.theme.{name}"
        for name in ("assets", "message_extraction", "formatters", "loader", "translations")
    ]
    code = f"import sys, {', '.join(modules)}; sys.exit('jinja2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("unreadable", ["assets", "assets/images"])
def test_a_folder_that_cannot_be_read(
    make_theme: MakeTheme, load: LoadTheme, monkeypatch: pytest.MonkeyPatch, unreadable: str
) -> None:
    folder = make_theme("plain", files={"assets/images/a.svg": "1"}) / unreadable
    scandir = os.scandir

    def refuse(path: str) -> object:
        if Path(path) == folder:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(ThemeError, match="cannot be read: Permission denied") as caught:
        load("plain")
    assert caught.value.path == folder


def test_a_theme_that_cannot_be_looked_into(
    make_theme: MakeTheme, load: LoadTheme, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_theme("plain")

    def refuse(path: Path) -> bool:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    monkeypatch.setattr(Path, "is_file", refuse)
    with pytest.raises(ThemeError, match="cannot be read: Permission denied"):
        load("plain")
